"""A real browser without a window: Chromium, steered over a pipe (the DevTools protocol)."""

from __future__ import annotations

import base64
import json
import os
import select
import shutil
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path

CHROMIUM = shutil.which("chromium")
_FLAGS = (
    "--headless --no-sandbox --disable-gpu --hide-scrollbars --disable-quic --no-first-run "
    "--disable-sync --disable-background-networking --disable-component-update "
    "--remote-debugging-pipe"
).split()
TIME = 60.0  # seconds for one call


class Browser:
    """One tab."""

    def __init__(self, write: int, read: int) -> None:
        self._write, self._read = write, read
        self._rest, self._number = b"", 0
        self.events: list[dict] = []
        target = self._call("Target.createTarget", {"url": "about:blank"})["targetId"]
        found = self._call("Target.attachToTarget", {"targetId": target, "flatten": True})
        self._session = found["sessionId"]
        for domain in ("Page", "Log", "Runtime", "Network"):
            self.call(f"{domain}.enable")
        self.call("Page.setLifecycleEventsEnabled", enabled=True)

    def call(self, method: str, **given) -> dict:
        """Carry out a command in the tab."""
        return self._call(method, given, self._session)

    def look_as(self, width: int, height: int, *, dark: bool, phone: bool = False) -> None:
        """Show pages on a screen of that size, in points."""
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height,
                  deviceScaleFactor=2 if phone else 1, mobile=phone)  # fmt: skip
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.call("Emulation.setEmulatedMedia", features=[scheme])

    def open(self, url: str) -> None:
        """Open *url* in place of what is open, and wait until it is loaded."""
        self._load("about:blank")
        self.events.clear()
        self._load(url)
        # What the address names is scrolled to by the next picture at the latest. A page that
        # may run nothing calls nobody back when that is done.
        self.call("Page.captureScreenshot")

    def _load(self, url: str) -> None:
        loader = self.call("Page.navigate", url=url)["loaderId"]
        end = time.monotonic() + TIME
        while not any(
            e["method"] == "Page.lifecycleEvent"
            and (e["params"]["name"], e["params"]["loaderId"]) == ("load", loader)
            for e in self.events
        ):
            assert time.monotonic() < end, "the page does not load"
            self.value("1")

    def value(self, script: str):
        """Compute *script*, as a person at the browser's console can, whatever the page allows."""
        found = self.call("Runtime.evaluate", expression=script, returnByValue=True)
        assert "exceptionDetails" not in found, found["exceptionDetails"]
        return found["result"].get("value")

    def complaints(self) -> list[str]:
        """List what the browser has had to complain of since the page was opened."""
        entries = [e["params"]["entry"] for e in self.events if e.get("method") == "Log.entryAdded"]
        return [e["text"] for e in entries if e["level"] in ("warning", "error")]

    def picture(self, path: Path) -> None:
        """Write what is seen as a PNG file."""
        path.write_bytes(base64.b64decode(self.call("Page.captureScreenshot")["data"]))

    def _call(self, method: str, given: dict, session: str | None = None) -> dict:
        self._number += 1
        message = {"id": self._number, "method": method, "params": given}
        message |= {"sessionId": session} if session else {}
        os.write(self._write, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._next()
            if answer.get("id") == self._number:
                assert "error" not in answer, (method, answer["error"])
                return answer["result"]
            self.events.append(answer)

    def _next(self) -> dict:
        while b"\0" not in self._rest:
            assert select.select([self._read], [], [], TIME)[0], "the browser is silent"
            data = os.read(self._read, 1 << 16)
            assert data, "the browser has ended"
            self._rest += data
        one, _, self._rest = self._rest.partition(b"\0")
        return json.loads(one)


@contextmanager
def browser(folder: Path):
    """Run a browser whose profile is in *folder*."""
    theirs, ours = os.pipe()
    mine, its = os.pipe()
    # The protocol is spoken on descriptors 3 and 4.
    command = ["bash", "-c", 'exec "$0" "$@" 3<&%d 4>&%d' % (theirs, its), CHROMIUM, *_FLAGS]  # noqa: UP031
    process = subprocess.Popen(
        [*command, f"--user-data-dir={folder}"], pass_fds=(theirs, its), stderr=subprocess.DEVNULL
    )
    os.close(theirs)
    os.close(its)
    try:
        yield Browser(ours, mine)
    finally:
        os.close(ours)
        process.terminate()
        process.wait(30)
        os.close(mine)

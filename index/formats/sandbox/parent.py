"""
Run what reads foreign HTML, XML and feeds in a child process with limits.

Such a reader can hang, crash or eat all memory over one page; here that costs one article. The
child is started fresh (no fork), without our environment, kept warm, and replaced after so
many calls or any fault. What comes back is JSON and never pickle: a child that was taken over
must not be able to run code here.
"""

from __future__ import annotations

import contextlib
import json
import signal
import subprocess
import sys
from collections.abc import Sequence
from threading import Lock
from typing import BinaryIO, cast

from index.errors import ArticleError
from index.formats.sandbox.child import (
    BAD,
    FULL,
    GOOD,
    LENGTH,
    MAX_MEMORY,
    MAX_SECONDS,
    MAX_WAIT,
    REFUSED,
    read_frame,
)

MAX_CALLS = 1_000
MAX_BYTES = 10_000_000
_START = (
    "import json, sys; paths, functions = map(json.loads, sys.argv[1:]); sys.path[:] = paths; "
    "from index.formats.sandbox.child import main; main(functions)"
)
_WAY_OUT = "save the article's text as .txt"


class _Child:
    """One child process, ready for calls when made."""

    def __init__(self, functions: Sequence[str]) -> None:
        self.calls = 0
        arguments = [json.dumps(sys.path), json.dumps(functions)]
        self._process = subprocess.Popen(  # noqa: S603  our own interpreter and words
            [sys.executable, "-I", "-X", "utf8", "-c", _START, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={},
        )
        if read_frame(self._output) != GOOD:
            self.end()
            raise ArticleError(
                "the reader of foreign formats does not start; install onrecord again"
            )

    @property
    def _output(self) -> BinaryIO:
        return cast(BinaryIO, self._process.stdout)

    def ask(self, header: bytes, data: bytes) -> bytes | None:
        """Send one call and wait; None if the child ended over it."""
        self.calls += 1
        stream = cast(BinaryIO, self._process.stdin)
        try:
            for body in (header, data):
                stream.write(LENGTH.pack(len(body)) + body)
            stream.flush()
        except BrokenPipeError:
            return None
        return read_frame(self._output)

    def end(self) -> int:
        """Kill the process, unless it has ended; returns its exit status."""
        self._process.kill()
        status = self._process.wait()
        self._output.close()
        with contextlib.suppress(BrokenPipeError):
            cast(BinaryIO, self._process.stdin).close()
        return status


class Sandbox:
    """
    Keeps one child warm, for one call at a time; usable from several threads.

    Args:
        functions: paths of what may be called: each takes bytes and a name, and gives JSON.
    """

    def __init__(self, functions: Sequence[str]) -> None:
        self._functions = functions
        self._lock = Lock()
        self._child: _Child | None = None

    def call(self, function: str, data: bytes, name: str, **options: str | None) -> bytes:
        """
        Call a function on *data* in the child.

        Args:
            function: one of those that may be called.
            data: what it reads, 10 MB at most.
            name: of the file or address; goes to the function, and into the message.
            options: further keywords of the function.

        Returns:
            What the function returns.

        Raises:
            ArticleError: naming *name*, for what takes more than 5 s of the processor or 512 MB
                or breaks the reader, and whatever ArticleError the function raises.
        """
        if len(data) > MAX_BYTES:
            raise ArticleError(
                f"{name}: {len(data):,} bytes are too much, the limit is {MAX_BYTES:,}; {_WAY_OUT}"
            )
        request = {"function": function, "name": name, **options}
        answer, status = self._ask(json.dumps(request).encode(), data)
        if answer is not None and answer.startswith(GOOD):
            return answer[1:]
        if answer is not None and answer.startswith(REFUSED):
            raise ArticleError(answer[1:].decode("utf-8", "replace"))
        raise ArticleError(f"{name}: {_fault(answer, status)}; {_WAY_OUT}")

    def close(self) -> None:
        """End the child; the next call starts another."""
        with self._lock:
            self._end()

    def _ask(self, header: bytes, data: bytes) -> tuple[bytes | None, int]:
        """Run one call; the answer is None for a child that ended, with its exit status."""
        with self._lock:
            if self._child is None:
                self._child = _Child(self._functions)
            answer = self._child.ask(header, data)
            faulty = answer is None or answer.startswith(FULL)
            status = self._end() if faulty or self._child.calls >= MAX_CALLS else 0
            return answer, status

    def _end(self) -> int:
        child, self._child = self._child, None
        return 0 if child is None else child.end()


def _fault(answer: bytes | None, status: int) -> str:
    """Word why a call has no result."""
    if answer is None and status == -signal.SIGPROF:
        return f"reading it took more than {MAX_SECONDS:.0f} seconds"
    if answer is None and status == -signal.SIGALRM:
        return f"reading it was not done after {MAX_WAIT:.0f} seconds"
    if answer is None:
        return "reading it broke the reader"
    if answer.startswith(FULL):
        return f"reading it needs more than {MAX_MEMORY // 1024**2} MB"
    reason = " ".join(answer.removeprefix(BAD).decode("utf-8", "replace").split())
    return f"it cannot be read ({reason[:200]})"

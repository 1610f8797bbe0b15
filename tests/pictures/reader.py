"""
Draw the reader's page for README, and check that everybody can read it (axe-core).

    python -m tests.pictures.reader

Writes ``reader.png`` (800 pixels wide, light) and ``reader-phone.png`` (390 points, dark), as
Chromium shows the page of a memo that is invented here, and prints what axe-core finds on it on
both screens in both themes; the exit code is 1 where that is serious. Needs what `draw` needs.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from index.core import open_index
from index.reader.links import ReaderLinks
from index.settings import load_index_settings
from index.types import Article
from tests.index.reader.browser import Browser, browser
from tests.index.reader.served import ADDRESS, serving

HERE = Path(__file__).parent
NOW = datetime(2018, 4, 24, 14, 6, tzinfo=UTC)
SCREENS = {"reader.png": (800, 820, False), "reader-phone.png": (390, 844, True)}
MEMO = Article(
    id="memo-ferries",
    title="Notes from the harbour council",
    text=(
        "The council met on Thursday to talk about the winter ferries.\n\n"
        "“The night ferry stays in port until its crew has slept,” Mayor Ana Horvat told the "
        "council. “We have asked for a second crew since March.”\n\n"
        "Ivo Babic, who speaks for the fishermen, said the quay was full of nets and would be "
        "cleared by Sunday. He did not say where they would go.\n\n"
        "The shipping line denied that anybody had worked two nights in a row, according to its "
        "spokeswoman Dana Kolar.\n\n"
        "A vote on the budget was put off until the ice is gone. Nobody in the hall objected."
    ),
    outlet="Harbour Desk",
    published_at=datetime(2018, 4, 19, 16, 20, tzinfo=UTC),
    byline="Mila Novak",
)


def main() -> int:
    """Write the pictures and check the page."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
        folder = Path(scratch)
        index = open_index(load_index_settings(data_dir=folder / "index", reader_url=ADDRESS))
        # The day on which the link ends stands on the page.
        index.__dict__["reader"] = ReaderLinks(ADDRESS, 7, folder, now=lambda: NOW)
        list(index.add([MEMO]))
        link = index.answer("what did Ana Horvat say?").quotes[0].reader
        assert link is not None
        with serving(index) as client, browser(folder / "profile") as tab:
            here = str(client.base_url).rstrip("/")
            for name, (width, height, phone) in SCREENS.items():
                tab.look_as(width, height, dark=phone, phone=phone)
                tab.open(link.replace(ADDRESS, here))
                tab.picture(HERE / name)
            parts = urlsplit(link)
            page = folder / "page.html"
            page.write_text(client.get(f"{parts.path}?{parts.query}").text, encoding="utf-8")
            found = checked(tab, page, axe(folder))
        index.close()
    for line in found:
        print(line)
    return int(any(line.startswith(("serious", "critical")) for line in found))


def axe(folder: Path) -> str:
    """Fetch axe-core."""
    shutil.copy(HERE / "package.json", folder)
    install = ["npm", "install", "--silent", "--ignore-scripts", "--no-audit", "--no-fund"]
    subprocess.run(install, cwd=folder, check=True)
    return (folder / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


def checked(tab: Browser, page: Path, script: str) -> list[str]:
    """List what axe finds; the page is opened from a file, where its own rules stop no script."""
    lines = []
    for width, height, phone in SCREENS.values():
        for dark in (False, True):
            tab.look_as(width, height, dark=dark, phone=phone)
            tab.open(page.as_uri() + "#s1")
            tab.value(script + ";1")
            # What is computed later is left in the page and fetched when it is there.
            tab.value("window.found = null; axe.run().then(all => window.found = all); 1")
            while not (text := tab.value("window.found && JSON.stringify(window.found)")):
                pass
            all_found = json.loads(text)
            lines.append(f"{width} {'dark' if dark else 'light'}: {len(all_found['passes'])} rules")
            lines += [f"{v['impact']} {v['id']}: {v['help']}" for v in all_found["violations"]]
            lines += [f"to look at: {v['id']}" for v in all_found["incomplete"]]
    return lines


if __name__ == "__main__":
    raise SystemExit(main())

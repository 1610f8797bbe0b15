"""
Draw the pictures of README: an answer as Slack shows it, on a desktop and on a phone.

    python -m tests.pictures.draw

Writes ``answer.png`` (800 pixels wide, light) and ``answer-phone.png`` (390 points wide, dark,
with a statement of some 400 characters) beside this file. The answers are those of the real
engine over the sample corpus, the blocks those that the bot sends; the phone's article is
invented here, because the sample has no sentence that long. The clock, the asker and the age of
the index are fixed, so that the same answer gives the same picture.

Needs Node 20 with npm (the packages of ``package.json`` are fetched into a temporary folder),
Chromium as ``chromium``, and the font Lato, which Slack uses: on Debian
``apt-get install chromium fonts-lato``. Look at both pictures before they are committed.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.blocks import briefing_message
from index.core import Index, open_index
from index.settings import load_index_settings
from index.sources.folder import read_paths
from index.types import Article

HERE = Path(__file__).parent
SAMPLE = HERE.parents[1] / "index" / "sample" / "articles.jsonl"
NOW = datetime(2018, 4, 24, 14, 6, tzinfo=UTC)
INDEXED = datetime(2018, 4, 24, 14, 3, tzinfo=UTC)
BUOYS = Article(
    id="harbour-buoys",
    title="Norway counts its missing buoys",
    text=(
        "“Before the winter we laid out three hundred buoys between Skarvholm and the ice edge, "
        "each with a lamp, a bell and a number, and when my inspectors went to count them in "
        "April they found two hundred and eleven, some without their bells, a few without their "
        "lamps and one with the telephone number of a garage in another country painted over "
        "ours,” Norwegian Transport Minister Halvard Brekkerud told a news conference in "
        "Oslo.\n\n"
        "He declined to say whom he suspected."
    ),
    outlet="Harbour Post",
    url="https://harbour-post.example/world/missing-buoys",
    published_at=datetime(2018, 4, 23, 15, 40, tzinfo=UTC),
)
CHROMIUM = (
    "chromium --headless --no-sandbox --disable-gpu --disable-quic --no-first-run "
    "--disable-background-networking --disable-component-update --disable-sync --hide-scrollbars"
).split()


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture: what is asked, and on what it is shown. *width* is in points."""

    name: str
    question: str
    width: int
    scale: int
    theme: str


PICTURES = (
    Picture("answer.png", "What did the UN say about the convoy?", 800, 1, "light"),
    Picture("answer-phone.png", "What did Norway say about the buoys?", 390, 2, "dark"),
)


def main() -> None:
    """Write every picture."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        for name in ("package.json", "page.js"):
            shutil.copy(HERE / name, folder)
        install = ["npm", "install", "--silent", "--ignore-scripts", "--no-audit", "--no-fund"]
        subprocess.run(install, cwd=folder, check=True)
        engine = open_index(load_index_settings(data_dir=folder / "index"))
        refused = [
            outcome.error
            for outcome in engine.add([*read_paths([str(SAMPLE)]), BUOYS])
            if outcome.status == "refused"
        ]
        if refused:
            raise SystemExit(f"not indexed: {refused}")
        for picture in PICTURES:
            draw(picture, conversation(engine, picture.question), folder)
        engine.close()


def conversation(engine: Index, question: str) -> list[dict[str, Any]]:
    """Ask *question* and lay out the two messages as `page.js` takes them."""
    briefing = engine.answer(question, now=NOW)
    if briefing.abstained:
        raise SystemExit(f"no answer to draw: {briefing.reason}")
    # The clock would make every run another picture.
    briefing = replace(briefing, coverage=replace(briefing.coverage, indexed_at=INDEXED))
    answer = briefing_message(briefing, engine.describe(briefing.query))
    mention = {"type": "user", "user_id": "UONRECORD"}
    words = {"type": "text", "text": f" {question}"}
    line = {"type": "rich_text_section", "elements": [mention, words]}
    asked = [{"type": "rich_text", "elements": [line]}]
    return [
        {"name": "Ines Holm", "blocks": asked, "app": False, "picture": _avatar("I", "#7c3a6e")},
        {
            "name": "onrecord",
            "blocks": answer.blocks,
            "app": True,
            "picture": _avatar("“", "#1f5f5b"),
        },
    ]


def draw(picture: Picture, messages: list[dict[str, Any]], folder: Path) -> None:
    """Render *messages* and write *picture*, as high as they are."""
    drawing = {
        "theme": picture.theme,
        "width": picture.width,
        "today": NOW.date().isoformat(),
        "messages": [{**message, "at": NOW.isoformat()} for message in messages],
    }
    page = folder / f"{picture.name}.html"
    made = subprocess.run(
        ["node", "page.js"],
        cwd=folder,
        input=json.dumps(drawing),
        capture_output=True,
        text=True,
        check=True,
    )
    page.write_text(made.stdout, encoding="utf-8")
    measured = chromium(picture, 1_000, page, folder, "--dump-dom")
    height = re.search(r'data-height="(\d+)"', measured)
    assert height is not None, measured
    chromium(picture, int(height[1]), page, folder, f"--screenshot={HERE / picture.name}")


def chromium(picture: Picture, height: int, page: Path, folder: Path, order: str) -> str:
    """Open *page* in a window of the picture's width, carry out *order*, return what it says."""
    with tempfile.TemporaryDirectory(dir=folder, ignore_cleanup_errors=True) as profile:
        command = [
            *CHROMIUM,
            f"--user-data-dir={profile}",
            f"--window-size={picture.width},{height}",
            f"--force-device-scale-factor={picture.scale}",
            order,
            page.as_uri(),
        ]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def _avatar(letter: str, colour: str) -> dict[str, str]:
    return {"letter": letter, "colour": colour}


if __name__ == "__main__":
    main()

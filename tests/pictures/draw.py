"""
Draw the pictures of README: answers, a comparison and the Home tab as Slack shows them.

    python -m tests.pictures.draw

Writes ``answer.png``, ``sides.png`` and ``home.png`` (800 pixels wide, light) and
``answer-phone.png`` (390 points wide, dark, with a statement of some 400 characters) beside this
file. The answers are those of the real engine over the sample corpus, the blocks those that the
bot sends; the phone's article is invented here, because the sample has no sentence that long. The
clock, the asker and the age of the index are fixed, so that the same answer gives the same
picture.

Needs Node 20 with npm (the packages of ``package.json`` are fetched into a temporary folder),
Chromium as ``chromium``, and the font Lato, which Slack uses: on Debian
``apt-get install chromium fonts-lato``. Look at every picture before it is committed.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.answering import questions_about
from bot.messages.blocks import briefing_message
from bot.messages.controls import Page
from bot.messages.sections import sections_message
from bot.messages.views.home import home_view
from bot.types import Message
from index.core import Index, open_index
from index.settings import load_index_settings
from index.sources.folder import read_paths
from index.types import Article, Briefing

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
PERSON, APP = ({"letter": "I", "colour": "#7c3a6e"}, {"letter": "“", "colour": "#1f5f5b"})
CHROMIUM = (
    "chromium --headless --no-sandbox --disable-gpu --disable-quic --no-first-run "
    "--disable-background-networking --disable-component-update --disable-sync --hide-scrollbars"
).split()


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture: what is asked, nothing on the Home tab, and on what it is shown, in points."""

    name: str
    question: str
    width: int = 800
    scale: int = 1
    theme: str = "light"


PICTURES = (
    Picture("answer.png", "What did the UN say about the convoy?"),
    Picture("answer-phone.png", "What did Norway say about the buoys?", 390, 2, "dark"),
    Picture("sides.png", "What did Russia and the UN say about the convoy?"),
    Picture("home.png", ""),
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
            asked = picture.question
            draw(picture, conversation(engine, asked) if asked else home(engine), folder)
        engine.close()


def conversation(engine: Index, question: str) -> list[dict[str, Any]]:
    """Ask *question* and lay out the two messages as `page.js` takes them."""
    answer = answer_to(engine, question)
    mention = {"type": "user", "user_id": "UONRECORD"}
    words = {"type": "text", "text": f" {question}"}
    line = {"type": "rich_text_section", "elements": [mention, words]}
    asked = [{"type": "rich_text", "elements": [line]}]
    return [
        {"name": "Ines Holm", "blocks": asked, "kind": "person", "picture": PERSON},
        {"name": "onrecord", "blocks": answer.blocks, "kind": "app", "picture": APP},
    ]


def answer_to(engine: Index, question: str) -> Message:
    """Answer *question* as the bot does: two sides one below the other."""
    briefing = engine.answer(question, now=NOW)
    if briefing.abstained:
        raise SystemExit(f"no answer to draw: {briefing.reason}")
    understood, page = engine.describe(briefing.query), Page("1")
    if briefing.query.other_parties:
        found = engine.compare(briefing.query)
        sides = tuple(replace(each, briefing=_fixed(each.briefing)) for each in found.sides)
        names = [engine.party_name(side.party.key, within=True) for side in sides]
        found = replace(found, sides=sides)
        return sections_message(found, understood, page=page, names=names)
    return briefing_message(_fixed(briefing), understood, page=page)


def home(engine: Index) -> list[dict[str, Any]]:
    """Lay out the Home tab as the one message of a conversation."""
    coverage = replace(engine.stats(), indexed_at=INDEXED)
    quoted = engine.most_quoted(since=NOW - timedelta(days=1))
    view = home_view(coverage, questions_about(engine, quoted), engine.newest())
    return [{"name": "onrecord", "blocks": view["blocks"], "kind": "home", "picture": APP}]


def _fixed(briefing: Briefing) -> Briefing:
    """Fix the age of the index: the clock would make every run another picture."""
    return replace(briefing, coverage=replace(briefing.coverage, indexed_at=INDEXED))


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


if __name__ == "__main__":
    main()

"""
Draw the pictures of README: answers, a comparison and the Home tab as Slack shows them.

    python -m tests.pictures.draw [--all FOLDER]

Writes ``answer.png``, ``sides.png`` and ``home.png`` (800 pixels wide, light) and
``answer-phone.png`` (390 points wide, dark, with a statement of some 400 characters) beside this
file. The answers are those of the real engine over the sample corpus, the blocks those that the
bot sends; the phone's article is invented here, because the sample has no sentence that long. The
clock, the asker and the age of the index are fixed, so that the same answer gives the same
picture. ``--all`` writes to FOLDER instead what people see most, to be looked at before a
change of the look is committed: each kind of `KINDS` at 390 and 760 points, light and dark.

Needs Node 20 with npm (the packages of ``package.json`` are fetched into a temporary folder),
Chromium as ``chromium``, and the font Lato, which Slack uses: on Debian
``apt-get install chromium fonts-lato``. Look at every picture before it is committed.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.messages.alerts.letter import Entry, alert_message
from bot.messages.alerts.watch_list import preview_message
from bot.messages.blocks import briefing_message, digest_message
from bot.messages.controls import Page
from bot.messages.marking import TakenBack, correction_message, marked
from bot.messages.sections import sections_message
from bot.messages.views.home import home_view
from bot.messages.views.statements_list import statements_view
from bot.suggestions import questions_about
from bot.types import Block, Mark, Message, ShownSentence
from index.core import Index, open_index
from index.labels import group_quotes
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
    """One picture: which kind of `KINDS`, about what, and on what it is shown, in points."""

    name: str
    kind: str
    asked: str = ""
    width: int = 800
    scale: int = 1
    theme: str = "light"


# What is asked for each kind of message; the Home tab needs nothing.
KINDS = {
    "answer": "What did the UN say about the convoy?",
    "digest": "convoy",
    "window": "convoy",
    "comparison": "What did Russia and the UN say about the convoy?",
    "abstention": "What did Turkey say about the convoy?",
    "home": "",
    "corrected": "What did the UN say about the convoy?",
    "notice": "What did the UN say about the convoy?",
    "alert": "UN on the convoy",
    "alerts": "UN on the convoy",
    "watch": "UN on the convoy",
}
PICTURES: tuple[Picture, ...] = (
    Picture("answer.png", "answer", KINDS["answer"]),
    Picture("answer-phone.png", "answer", "What did Norway say about the buoys?", 390, 2, "dark"),
    Picture("sides.png", "comparison", KINDS["comparison"]),
    Picture("home.png", "home"),
)
WIDTHS, THEMES = (390, 760), ("light", "dark")


def main(arguments: list[str] | None = None) -> None:
    """Write every picture."""
    parser = argparse.ArgumentParser(description="Draw what the bot shows, as Slack draws it.")
    parser.add_argument("--all", type=Path, metavar="FOLDER", help="every kind, width and theme")
    chosen = parser.parse_args(arguments).all
    pictures, into = PICTURES, HERE
    if chosen is not None:
        chosen.mkdir(parents=True, exist_ok=True)
        into = chosen.resolve()
        pictures = tuple(
            Picture(f"{kind}-{width}-{theme}.png", kind, asked, width, 1, theme)
            for kind, asked in KINDS.items()
            for width in WIDTHS
            for theme in THEMES
        )
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
        for picture in pictures:
            draw(picture, shown(engine, picture), folder, into)
        engine.close()


def shown(engine: Index, picture: Picture) -> list[dict[str, Any]]:
    """Lay out the messages of *picture* as `page.js` takes them."""
    if picture.kind == "home":
        return home(engine)
    if picture.kind == "window":
        digest = _fixed(engine.digest(picture.asked, limit=1_000))
        view = statements_view(digest, engine.describe(digest.query))
        return [{"name": "onrecord", "blocks": view["blocks"], "kind": "home", "picture": APP}]
    if picture.kind == "digest":
        digest = _fixed(engine.digest(picture.asked, limit=6))
        understood = engine.describe(digest.query)
        page = Page("1", 6, private=True)
        message = digest_message(digest, understood, asked=picture.asked, page=page)
        return [bot_says(message.blocks)]
    if picture.kind in ("alert", "alerts", "watch"):
        return [bot_says(watched(engine, picture.asked, picture.kind).blocks)]
    answer = answer_to(engine, picture.asked, abstains=picture.kind == "abstention")
    if picture.kind in ("corrected", "notice"):
        answer = corrected(answer, notice=picture.kind == "notice")
    return [person_asks(picture.asked), bot_says(answer.blocks)]


def person_asks(question: str) -> dict[str, Any]:
    """Lay out a mention of the bot."""
    mention = {"type": "user", "user_id": "UONRECORD"}
    words = {"type": "text", "text": f" {question}"}
    line = {"type": "rich_text_section", "elements": [mention, words]}
    asked = [{"type": "rich_text", "elements": [line]}]
    return {"name": "Ines Holm", "blocks": asked, "kind": "person", "picture": PERSON}


def bot_says(blocks: list[Block]) -> dict[str, Any]:
    """Lay out a message of the bot's."""
    return {"name": "onrecord", "blocks": blocks, "kind": "app", "picture": APP}


def watched(engine: Index, text: str, kind: str) -> Message:
    """Lay out what a watch finds: one statement, several of two watches, or its preview."""
    found = engine.answer(text, limit=8, now=NOW)
    if kind == "watch":
        understood = engine.describe(found.query)
        return preview_message(understood, found.total, found.quotes, "1", here=True)
    groups = [tuple(group) for group in group_quotes(found.quotes)]
    if kind == "alert":
        return alert_message([Entry(1, groups[0], (text,))], "1")
    names = ((text, "convoys"), (text,), ("convoys",))
    entries = [Entry(n, *each) for n, each in enumerate(zip(groups, names, strict=False))]
    entries[1] = entries[1]._replace(left="Northern Ledger")
    return alert_message(entries, "1", others=12)


def corrected(answer: Message, *, notice: bool) -> Message:
    """Mark the first sentence of *answer* as changed since; or say so, with its new wording."""
    first = answer.sentences[0]
    if notice:
        new = "Fourteen trucks reached the town on Thursday, the United Nations said."
        gone = answer.sentences[-1]
        changes = [TakenBack(first, "corrected", new), TakenBack(gone, "withdrawn", None)]
        return correction_message("1", changes)
    mark = Mark("corrected", INDEXED, "the number of trucks was wrong")
    return marked(answer, answer.sentences, {0: mark})


def answer_to(engine: Index, question: str, *, abstains: bool = False) -> Message:
    """Answer *question* as the bot does: two sides one below the other."""
    briefing = engine.answer(question, now=NOW)
    if briefing.abstained != abstains:
        raise SystemExit(f"not the answer to draw: {briefing.reason or question}")
    understood, page = engine.describe(briefing.query), Page("1")
    if briefing.query.other_parties:
        found = engine.compare(briefing.query)
        sides = tuple(replace(each, briefing=_fixed(each.briefing)) for each in found.sides)
        names = [engine.party_name(side.party.key, within=True) for side in sides]
        found = replace(found, sides=sides)
        return sections_message(found, understood, page=page, names=names)
    message = briefing_message(_fixed(briefing), understood, page=page)
    sentences = [
        ShownSentence(each.article_id, each.text, each.speaker) for each in briefing.quotes
    ]
    return message._replace(sentences=tuple(sentences))


def home(engine: Index) -> list[dict[str, Any]]:
    """Lay out the Home tab as the one message of a conversation."""
    coverage = replace(engine.stats(), indexed_at=INDEXED)
    quoted = engine.most_quoted(since=NOW - timedelta(days=1))
    view = home_view(coverage, questions_about(engine, quoted), engine.newest())
    return [{"name": "onrecord", "blocks": view["blocks"], "kind": "home", "picture": APP}]


def _fixed(briefing: Briefing) -> Briefing:
    """Fix the age of the index: the clock would make every run another picture."""
    return replace(briefing, coverage=replace(briefing.coverage, indexed_at=INDEXED))


def draw(picture: Picture, messages: list[dict[str, Any]], folder: Path, into: Path = HERE) -> None:
    """Render *messages* and write *picture* to *into*, as high as they are."""
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
    chromium(picture, int(height[1]), page, folder, f"--screenshot={into / picture.name}")


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

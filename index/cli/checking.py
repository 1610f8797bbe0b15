"""`onrecord check`: a draft's quotations against what is on record."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.cli.common import console, opened, print_json, print_line
from index.errors import ArticleError, SettingsError

if TYPE_CHECKING:
    from index.checking.checked import Checked, Verdict

# Read as they are, so that places are those of the file itself.
_AS_THEY_ARE = frozenset({"", ".txt", ".md", ".markdown"})
_LARGEST = 5_000_000  # bytes
_STDIN = "-"
_VERDICTS: dict[Verdict, tuple[str, str]] = {
    "found": ("found", "green"),
    "altered": ("altered", "yellow"),
    "other_speaker": ("another's words", "red"),
    "stitched": ("stitched from several", "red"),
    "out_of_context": ("out of its context", "yellow"),
    "not_on_record": ("not on record", "red"),
}
_REPORTED = ("reported; nearest on record", "cyan")
_ONE_TEXT = "a draft is one text; check the articles of this file one by one"


def check_draft(arguments: argparse.Namespace) -> int:
    """Say of every quotation of a draft whether it is on record, and as whose."""
    text = read_draft_file(arguments.path)
    index = opened(arguments)
    with closing(index):
        found = index.check(text)
    if arguments.json:
        for one in found:
            print_json(checked_record(one))
        return 0
    _show(found)
    return 0


def read_draft_file(path: str) -> str:
    """
    Read a draft: plain text and Markdown as they stand, other formats as articles are read.

    Args:
        path: a file, or "-" for standard input.

    Raises:
        SettingsError: for a file that is not there.
        ArticleError: for one that cannot be read as a text.
    """
    from index import formats
    from index.formats.parts.decoding import decode
    from index.types import Article

    data = _read(path)
    if path == _STDIN or Path(path).suffix.lower() in _AS_THEY_ARE:
        return decode(data, path)
    items = list(formats.parse(data, path))
    if len(items) != 1 or not isinstance(items[0], Article):
        failed = next((item for item in items if isinstance(item, ArticleError)), None)
        raise failed or ArticleError(f"{path}: {_ONE_TEXT}")
    return items[0].text


def _read(path: str) -> bytes:
    if path == _STDIN:
        data = sys.stdin.buffer.read(_LARGEST + 1)
    else:
        file = Path(path)
        if not file.is_file():
            raise SettingsError(f"{path}: there is no such file")
        with file.open("rb") as opened_file:
            data = opened_file.read(_LARGEST + 1)
    if len(data) > _LARGEST:
        raise ArticleError(f"{path}: a draft has {_LARGEST // 1_000_000} MB at most")
    return data


def checked_record(one: Checked) -> dict[str, Any]:
    """Lay out what is said of one quotation; a report has no "verdict"."""
    from index.cli.records import quote_record

    record: dict[str, Any] = {"start": one.start, "end": one.end, "text": one.text}
    if one.verdict is not None:
        record["verdict"] = one.verdict
    if one.speaker is not None:
        record["speaker"] = one.speaker
    record["matches"] = [quote_record(quote) for quote in one.matches]
    if one.differences:
        record["difference"] = [each._asdict() for each in one.differences]
    if one.why:
        record["why"] = one.why
    return record


def _show(found: Sequence[Checked]) -> None:
    """Print each quotation with its verdict and what it rests on, then the counts."""
    from rich.text import Text

    from index.cli.terminal import show_quotes
    from index.text.printable import printable

    out = console()
    for one in found:
        words, colour = _VERDICTS[one.verdict] if one.verdict else _REPORTED
        line = Text(words.upper() if one.verdict else words, style=f"bold {colour}")
        line.append(f"  “{printable(' '.join(one.text.split()))}”", style="default")
        if one.speaker:
            line.append(f" — {printable(one.speaker)}", style="default")
        out.print(line)
        for each in one.differences:
            print_line(
                f"  draft: {each.draft or '(nothing)'} · record: {each.record or '(nothing)'}"
            )
        if one.why:
            print_line(f"  {one.why}")
        show_quotes(out, one.matches)
        if not one.matches:
            out.print()
    counts = Counter(one.verdict for one in found if one.verdict)
    total = sum(counts.values())
    told = ", ".join(f"{n} {_VERDICTS[verdict][0]}" for verdict, n in counts.most_common())
    print_line(f"{total} quotation{'' if total == 1 else 's'}" + (f": {told}" if told else ""))

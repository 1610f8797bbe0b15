"""
The commands that answer: results on stdout, everything else on stderr.

An abstention is an answer, and so is a question that was not understood: both exit with 0.
Imports that load models stand inside the functions, as in `index.cli.common`.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from index.cli.common import console, opened, print_json, print_line
from index.errors import QuestionError, SettingsError

if TYPE_CHECKING:
    from index.answers.context import Aside, QuoteKey
    from index.core import Index
    from index.questions.overrides import Overrides
    from index.types import Briefing, Query

_ON_A_SCREEN = 10  # quotes
# Quotes in a document, which has room.
_IN_A_DOCUMENT = 200
_ROWS = (".csv", ".jsonl", ".txt")


def ask_question(arguments: argparse.Namespace) -> int:
    """Answer one question, or a file of them in one process."""
    if bool(arguments.question) == (arguments.batch is not None):
        print("onrecord ask: give a QUESTION or --batch FILE", file=sys.stderr)
        return 2
    if arguments.batch and arguments.out is not None:
        print("onrecord ask: --batch prints its answers; leave --out away", file=sys.stderr)
        return 2
    if arguments.batch:
        return _ask_batch(arguments)
    arguments.question = " ".join(arguments.question)
    if arguments.out is not None:
        from index.cli.exports.commands import export_answer

        return export_answer(
            arguments, arguments.question, lambda index: _understood(arguments, index)
        )
    from index.cli.records import briefing_record
    from index.cli.terminal import show_briefing

    def answer(index: Index) -> None:
        query = _understood(arguments, index)
        briefing = index.answer_query(query, limit=arguments.limit or _ON_A_SCREEN)
        asides = _asides(arguments, index, briefing)
        if arguments.json:
            print_json(briefing_record(briefing, arguments.question, index.tables, asides))
        else:
            show_briefing(console(), briefing, index.describe(briefing.query), asides)

    return _with_index(arguments, answer)


def _understood(arguments: argparse.Namespace, index: Index) -> Query:
    return index.override(index.parse(arguments.question), _typed(arguments))


def _typed(arguments: argparse.Namespace) -> Overrides:
    """Gather the options that override what is read out of the question."""
    from index.questions.overrides import Overrides

    return Overrides(**{name: getattr(arguments, name) for name in Overrides.__slots__})


def _with_index(arguments: argparse.Namespace, answer: Callable[[Index], None]) -> int:
    """Open the index for one question; say so where it was not understood."""
    from index.cli.records import misunderstood_record

    index = opened(arguments)
    try:
        answer(index)
    except QuestionError as exc:
        if arguments.json:
            print_json(misunderstood_record(arguments.question, str(exc), index.stats()))
        else:
            print(exc)
    finally:
        index.close()
    return 0


def _asides(
    arguments: argparse.Namespace, index: Index, briefing: Briefing
) -> dict[QuoteKey, Aside]:
    """Gather what `--explain` and `--context` put under each quote."""
    from index.answers.context import Aside, key_of

    if not (arguments.explain or arguments.context):
        return {}
    asides = {}
    for quote in (*briefing.quotes, *briefing.nearest):
        place = key_of(quote)
        why = index.explain(briefing.query, place) if arguments.explain else None
        context = index.context(*place, around=arguments.context) if arguments.context else None
        asides[place] = Aside(why, context)
    return asides


def compare_parties(arguments: argparse.Namespace) -> int:
    """Print what two parties said on one matter, side by side."""
    from index.cli.records import comparison_record
    from index.cli.terminal import show_comparison

    def answer(index: Index) -> None:
        query = index.parse(arguments.question)
        comparison = index.compare(query, limit=arguments.limit)
        if arguments.json:
            print_json(comparison_record(comparison, arguments.question, index.tables))
        else:
            show_comparison(console(), comparison, index.describe(query))

    return _with_index(arguments, answer)


def show_changes(arguments: argparse.Namespace) -> int:
    """Print where a party's later statements differ from its earlier ones."""
    from index.cli.records import changes_record
    from index.cli.terminal import show_changed

    def answer(index: Index) -> None:
        query = index.parse(arguments.question)
        found = index.changes(query, limit=arguments.limit)
        if arguments.json:
            print_json(changes_record(found, query, arguments.question, index.tables))
        else:
            show_changed(console(), found, index.describe(query))

    return _with_index(arguments, answer)


def _ask_batch(arguments: argparse.Namespace) -> int:
    """Answer lines of questions; a wrong line is named by its number and ends the run."""
    from index.cli.records import briefing_record, misunderstood_record

    questions = _read_batch(arguments.batch)
    index = opened(arguments)
    understood: dict[str, Query] = {}
    limit = arguments.limit or _ON_A_SCREEN
    for line in questions:
        text = line["question"]
        if line.get("after") and line["after"] not in understood:
            reason = f"{line['qid']}: no question {line['after']!r} before it was understood"
            print(f"{reason}; answered on its own", file=sys.stderr)
        try:
            briefing = index.answer(
                text, previous=understood.get(line.get("after") or ""), limit=limit
            )
            understood[line["qid"]] = briefing.query
            record = briefing_record(briefing, text, index.tables)
        except QuestionError as exc:
            record = misunderstood_record(text, str(exc), index.stats())
        print_json({"qid": line["qid"], **record})
    index.close()
    return 0


def _read_batch(name: str) -> list[dict[str, str]]:
    """Read a file of questions ("-" for standard input); raises QuestionError naming the line."""
    try:
        text = sys.stdin.read() if name == "-" else Path(name).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as exc:
        raise QuestionError(f"cannot read the questions in {name}: {exc}") from exc
    lines = []
    for number, raw in enumerate(text.split("\n"), 1):
        if not raw.strip():
            continue
        try:
            line = json.loads(raw)
            fits = isinstance(line["qid"], str) and isinstance(line["question"], str)
        except (ValueError, KeyError, TypeError):
            fits = False
        if not fits:
            raise QuestionError(
                f'{name}, line {number}: not {{"qid": "…", "question": "…"}}; fix the line'
            )
        lines.append(line)
    return lines


def brief_topic(arguments: argparse.Namespace) -> int:
    """Print who said what on a topic or in all, or write it as a document."""
    from index.cli.records import briefing_record
    from index.cli.terminal import show_briefing

    if arguments.out is not None:
        return _write_brief(arguments)
    index = opened(arguments)
    try:
        since = _since(arguments, index)
        briefing = index.digest(arguments.topic, since=since, limit=arguments.limit or 10)
        if arguments.json:
            print_json(briefing_record(briefing, arguments.topic, index.tables))
        else:
            show_briefing(console(), briefing, index.describe(briefing.query))
    finally:
        index.close()
    return 0


def _write_brief(arguments: argparse.Namespace) -> int:
    """Write who said what as a document."""
    from index.reports.gathering import gather
    from index.reports.writing import require_kind, write_report

    if arguments.out.suffix.lower() in _ROWS:
        from index.cli.exports.commands import export_brief

        return export_brief(arguments, lambda index: _since(arguments, index))
    require_kind(arguments.out)
    index = opened(arguments)
    try:
        since, now = _since(arguments, index), datetime.now(UTC)
        limit = arguments.limit or _IN_A_DOCUMENT
        report = gather(index, arguments.topic, since=since, now=now, limit=limit)
        write_report(report, arguments.out)
    finally:
        index.close()
    count = sum(len(section.statements) for section in report.sections)
    if arguments.json:
        print_json({"out": str(arguments.out), "statements": count})
    else:
        noun = "statement" if count == 1 else "statements"
        print_line(f"{count} {noun} written to {arguments.out}")
    return 0


def _since(arguments: argparse.Namespace, index: Index) -> datetime | None:
    """Read `--since`; raises SettingsError for what is no date."""
    from index.questions.dates import find_dates

    if not arguments.since:
        return None
    words = f"since {arguments.since}"
    since = find_dates(words, now=datetime.now(UTC), newest=index.stats().newest).since
    if since is None:
        reason = f"--since {arguments.since!r} is not a date; try 2018-02-13 or monday"
        raise SettingsError(reason)
    return since

"""`onrecord said`: what somebody is on record with, the newest first, or over time."""

from __future__ import annotations

import argparse
import sys
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from index.cli.common import console, opened, print_json
from index.errors import QuestionError

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from index.speakers import Tables
    from index.timelines import Held, Timeline


def show_said(arguments: argparse.Namespace) -> int:
    """Print the newest statements of somebody, or how many there are by month."""
    from index.cli.records import briefing_record, misunderstood_record
    from index.cli.terminal import show_briefing
    from index.timelines.words import over_time

    typed = " ".join(arguments.who)
    asked = over_time(typed) or typed
    over = arguments.timeline or asked != typed
    if arguments.out is not None and over:
        print("onrecord said: over time there is no file; leave --out away", file=sys.stderr)
        return 2
    if arguments.out is not None:
        from index.cli.exports.commands import export_answer

        return export_answer(
            arguments, typed, lambda index: replace(index.parse(typed), order="newest")
        )
    with closing(opened(arguments)) as index:
        try:
            query = index.parse(asked)
            if over:
                found = index.timeline(query)
                if arguments.json:
                    print_json(timeline_record(found, typed, index.tables))
                else:
                    show_timeline(console(), found, index.describe(query))
                return 0
            query = replace(query, order="newest")
            briefing = index.answer_query(query, limit=arguments.limit or 10)
        except QuestionError as exc:
            if arguments.json:
                print_json(misunderstood_record(typed, str(exc), index.stats()))
            else:
                print(exc)
            return 0
        if arguments.json:
            print_json(briefing_record(briefing, typed, index.tables))
        else:
            show_briefing(console(), briefing, index.describe(query))
    return 0


def timeline_record(found: Timeline, question: str, tables: Tables) -> dict[str, Any]:
    """Lay out what somebody said over time."""
    from index.cli.records import coverage_record, query_record, quote_record

    record: dict[str, Any] = {
        "question": question,
        "query": query_record(found.query, tables),
        "abstained": found.reason is not None,
    }
    if found.reason is not None:
        record["reason"] = found.reason
    return record | {
        "statements": found.statements,
        "undated": found.undated,
        "months": [
            {"month": f"{each.month:%Y-%m}", "statements": each.statements} for each in found.months
        ],
        "first": found.first and quote_record(found.first),
        "last": found.last and quote_record(found.last),
        "held": [_held_record(each) for each in found.held],
        "coverage": coverage_record(found.coverage),
    }


def _held_record(held: Held) -> dict[str, Any]:
    return {
        "name": held.name,
        "role": held.role,
        "party": held.party,
        "since": held.since and held.since.isoformat(),
        "until": held.until and held.until.isoformat(),
        "evidence": {
            "text": held.wording,
            "article_id": held.article_id,
            "outlet": held.outlet,
            "url": held.url,
        },
    }


def show_timeline(out: Console, found: Timeline, understood: str) -> None:
    """Print a bar for each month, the first and the last statement, and the offices held."""
    from rich.text import Text

    from index.cli.terminal import show_quotes
    from index.text.printable import printable
    from index.timelines.drawing import bars

    out.print(Text(printable(f"{understood} · over time"), style="bold"))
    if found.reason is not None:
        out.print(Text(printable(found.reason), style="yellow"))
        return
    noun = "statement" if found.statements == 1 else "statements"
    undated = f", {found.undated} without a date" if found.undated else ""
    out.print(Text(f"{found.statements:,} {noun}{undated}; copies in other outlets count too."))
    out.print()
    for line in bars(found):
        out.print(Text(line))
    out.print()
    for word, quote in (("Last", found.last), ("First", found.first)):
        if quote is not None:
            out.print(Text(f"{word}:", style="bold underline"))
            show_quotes(out, [quote])
    if found.held:
        out.print(Text("As articles introduce them:", style="bold underline"))
    for held in found.held:
        out.print(_held_line(held))
    out.print(Text(printable(str(found.coverage)), style="dim"))


def _held_line(held: Held) -> Text:
    from rich.text import Text

    from index.text.printable import printable

    days = [f"{day:%Y-%m-%d}" for day in (held.since, held.until) if day is not None]
    when = " to ".join(dict.fromkeys(days)) or "no date"
    who = " · ".join(part for part in (held.role, held.party) if part) or held.name
    where = ", ".join(part for part in (held.outlet, held.url or held.article_id) if part)
    return Text(printable(f"  {when}  {who}: “{held.wording}” ({where})"))

"""`onrecord alerts`: which watches there are, how the list is changed, and what they have found."""

from __future__ import annotations

import argparse
import sys
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from index.cli.common import console, opened, print_json, print_line
from index.errors import QuestionError
from index.text.date_format import iso_moment

if TYPE_CHECKING:
    from index.alerts.book import Alert, Book, Watch
    from index.alerts.standing import Standing
    from index.cli.records import Record
    from index.core import Index
    from index.types import Briefing, Query

# More a day are no news to anybody.
_MANY = 20
_EXAMPLES = 3


def list_watches(arguments: argparse.Namespace) -> int:
    """Print every watch, with what it found last."""
    from index.alerts.book import Book, is_book
    from index.alerts.feed_tokens import FeedTokens
    from index.settings import load_index_settings

    folder = load_index_settings(data_dir=arguments.data_dir).data_dir
    book = Book(folder) if is_book(folder) else None
    watches, last = (book.watches(""), book.last_alerts()) if book else ([], {})
    tokens = FeedTokens(folder) if watches else None
    if book:
        book.close()
    for watch in watches:
        at, feed = last.get(watch.number), tokens.path(watch.number) if tokens else ""
        if arguments.json:
            more = {"feed": feed, "last": iso_moment(at) if at else None}
            print_json(_watch_record(watch) | more)
        else:
            found = f"last alert {at:%Y-%m-%d %H:%M} UTC" if at else "no alert yet"
            paused = " · paused" if watch.paused else ""
            print_line(f"{watch.number}: {watch.text} · {found}{paused} · feed {feed}")
    if not watches:
        print("no watch is set yet; `onrecord alerts add TEXT`", file=sys.stderr)
    return 0


def change_addresses(arguments: argparse.Namespace) -> int:
    """Make the addresses of all feeds new."""
    from index.alerts.book import is_book
    from index.alerts.feed_tokens import replace_secret
    from index.settings import load_index_settings

    folder = load_index_settings(data_dir=arguments.data_dir).data_dir
    if not is_book(folder):
        print("onrecord: no watch is set here, so there is no feed", file=sys.stderr)
        return 1
    replace_secret(folder)
    if arguments.json:
        print_json({"changed": True})
    else:
        print("the addresses of all feeds are new; `onrecord alerts list` and *Feed* show them")
    return 0


def add_watch(arguments: argparse.Namespace) -> int:
    """Keep a watch, and say what it would have found lately."""
    from index.alerts.alerting import last_number
    from index.alerts.book import Book
    from index.settings import load_index_settings

    with closing(opened(arguments)) as index:
        query, text = _understood(index, arguments.text), " ".join(arguments.text)
        with closing(Book(load_index_settings(data_dir=arguments.data_dir).data_dir)) as book:
            _refuse_second(book, query)
            watch = book.add(
                text, query, after=last_number(index), silent_after=arguments.silent_after
            )
        lately, _ = _lately(index, query, arguments.days)
        if arguments.json:
            print_json(_watch_record(watch) | lately)
        else:
            print_line(f"watch {watch.number}: {index.describe(query)}")
            _print_lately(lately)
            for quote in lately["latest"]:
                print_line(f"  {quote['text']}")
            print("`onrecord watch` looks for it; `onrecord alerts read` shows what it finds")
    return 0


def _refuse_second(book: Book, query: Query) -> None:
    """Raise QuestionError if there is a watch for the same already."""
    from index.alerts.wording import looks_for_the_same

    for watch in book.watches(""):
        if looks_for_the_same(watch, query):
            raise QuestionError(f"watch {watch.number} looks for the same; nothing was added")


def remove_watch(arguments: argparse.Namespace) -> int:
    """Drop a watch and what it found."""
    from index.alerts.book import Book, is_book
    from index.settings import load_index_settings

    folder = load_index_settings(data_dir=arguments.data_dir).data_dir
    removed = False
    if is_book(folder):
        book = Book(folder)
        removed = book.remove(arguments.id)
        book.close()
    if arguments.json:
        print_json({"id": arguments.id, "removed": removed})
    elif removed:
        print(f"watch {arguments.id} is removed")
    if not removed:
        lists = "`onrecord alerts list` shows those there are"
        print(f"onrecord: there is no watch {arguments.id}; {lists}", file=sys.stderr)
    return 0 if removed else 1


def test_watch(arguments: argparse.Namespace) -> int:
    """Say what a watch would have found lately, without keeping it."""
    from index.cli.terminal import show_briefing

    with closing(opened(arguments)) as index:
        query = _understood(index, arguments.text)
        lately, found = _lately(index, query, arguments.days)
        if arguments.json:
            text = " ".join(arguments.text)
            print_json({"text": text, "understood": index.describe(query)} | lately)
        else:
            print_line(f"this would look for: {index.describe(query)}")
            _print_lately(lately)
            if found.quotes:
                show_briefing(console(), found, index.describe(query))
    return 0


def read_alerts(arguments: argparse.Namespace) -> int:
    """Print what the watches have found, newest first, and what has become of it since."""
    from index.alerts.book import Book, is_book
    from index.alerts.standing import standing
    from index.settings import load_index_settings

    folder = load_index_settings(data_dir=arguments.data_dir).data_dir
    if not is_book(folder):
        print("no watch is set yet; `onrecord alerts add TEXT`", file=sys.stderr)
        return 0
    book = Book(folder)
    names = {watch.number: watch.text for watch in book.watches("")}
    found = book.alerts(watch=arguments.id, limit=arguments.limit)
    book.close()
    with closing(opened(arguments)) as index:
        for alert in found:
            stands = standing(alert, index, found)
            state = _state(alert, stands)
            if arguments.json:
                print_json(_alert_record(alert, stands, state))
            else:
                at = index.changed_at(alert.article) if state != "new" else None
                since = f"{state} {at:%Y-%m-%d %H:%M} UTC" if at else state
                _print_alert(alert, names.get(alert.watch, ""), stands, since)
    if not found:
        print("nothing was found so far", file=sys.stderr)
    return 0


def _state(alert: Alert, stands: Standing) -> str:
    """Word what has become of a statement: "new" for nothing."""
    if stands.said:
        return "new" if stands.quotes[0].article_id == alert.article else "moved"
    return "corrected" if stands.now or alert.state == "corrected" else "withdrawn"


def _understood(index: Index, typed: list[str]) -> Query:
    """Read what a watch looks for; raises QuestionError for what none can."""
    from index.alerts.wording import read_watch

    return read_watch(" ".join(typed), index.parse)


def _lately(index: Index, query: Query, days: int) -> tuple[Record, Briefing]:
    """Count what a watch would have found in the last *days*, and take the latest of it."""
    from index.alerts.preview import LOOKED_AT, as_alerts
    from index.cli.records import quote_record

    since = datetime.now(UTC) - timedelta(days=days)
    # Copies are known as such among those that are looked at.
    looked_at = max(LOOKED_AT, _MANY * days)
    newest = replace(query, since=since, order="newest")
    found = as_alerts(index.answer_query(newest, limit=looked_at))
    total = found.total if found.quotes else 0
    note = None if total else _before(index, query)
    latest = replace(found, quotes=found.quotes[:_EXAMPLES])
    return {
        "days": days,
        "alerts": total,
        "many": total > _MANY * days,
        "latest": [quote_record(quote) for quote in latest.quotes],
        "note": note,
    }, latest


def _before(index: Index, query: Query) -> str | None:
    """Say what is on record of a watch that would have found nothing lately."""
    from index.alerts.wording import may_be_a_name

    ever = index.answer_query(query, limit=1)
    name = may_be_a_name(query)
    if name and ever.abstained:
        return (
            f"nobody called “{name}” is on record; for what somebody of that name says, "
            f"watch “statements by {name}”"
        )
    return ever.reason if ever.abstained else f"{ever.total:,} on record, all older"


def _print_lately(lately: Record) -> None:
    count, days = lately["alerts"], lately["days"]
    if lately["many"]:
        print_line(
            f"more than {_MANY} alerts a day: name a party, a person or a topic as well, or choose "
            "a digest instead (`onrecord brief TOPIC --since yesterday`)"
        )
    if lately["note"]:
        print_line(f"so far: {lately['note']}")
    word = "1 alert" if count == 1 else f"{count} alerts"
    span = "day" if days == 1 else f"{days} days"
    print_line(f"in the last {span} this would have sent {word}{'; the latest:' if count else ''}")


def _alert_record(alert: Alert, stands: Standing, state: str) -> Record:
    """Lay out an alert: its quotes as they were found, and those that are on record now."""
    from index.cli.records import quote_record

    also_in = list(stands.also_in)
    changed = state in ("corrected", "moved")
    return {
        "id": alert.number,
        "watch": alert.watch,
        "at": iso_moment(alert.at),
        "state": state,
        "reworded": alert.reworded,
        "quotes": [quote_record(quote) | {"also_in": also_in} for quote in alert.quotes],
        "now": [quote_record(quote) for quote in stands.words] if changed else [],
    }


def _print_alert(alert: Alert, watch: str, stands: Standing, state: str) -> None:
    from index.reports.wording import entry_of

    left = alert.quotes[0].outlet or "the article that was found"
    what = f"no longer in {left}" if state.startswith("moved") else state
    print_line(f"{alert.at:%Y-%m-%d %H:%M} UTC · {watch}{'' if state == 'new' else f' · {what}'}")
    shown = stands.quotes
    entry = entry_of([replace(shown[0], also_in=stands.also_in), *shown[1:]])
    print_line(f"  {entry.words}")
    if stands.now:
        print_line(f"  now: {entry_of(stands.now).words}")
    print_line(f"  — {entry.speaker}{entry.details} [{entry.how}]")
    where = (entry.place, entry.also_in, shown[0].url)
    print_line("  " + " · ".join(part for part in where if part))


def _watch_record(watch: Watch) -> Record:
    return {
        "id": watch.number,
        "text": watch.text,
        "created_at": iso_moment(watch.created_at),
        "paused": watch.paused,
        "silent_after": watch.silent_after,
    }

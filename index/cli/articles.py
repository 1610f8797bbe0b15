"""
The commands that take articles: `add`, `remove`, and `attributions`, which stores nothing.

What is given by hand wins over what a file says of itself: someone who adds a scan or a
transcript knows its outlet and date better than its file does. Imports that load models stand
inside the functions.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from index.cli.common import console, opened, print_json, print_line
from index.errors import ArticleError, SettingsError
from index.types import Article, Withdrawal

if TYPE_CHECKING:
    from index.formats import Item
    from index.ingest.indexing import Outcome
    from index.settings import IndexSettings

_ALIKE = 3  # refusals with one reason that are printed


def add_articles(arguments: argparse.Namespace) -> int:
    """Index what the paths name; refusals are lines on stderr."""
    from index.cli.progress import progress_on
    from index.queue import record_refusals
    from index.settings import load_index_settings
    from index.sources.folder import expected_articles
    from index.text.language import load_identifier

    settings = load_index_settings(data_dir=arguments.data_dir)
    items = read_items(arguments.path, settings, arguments.outlet, arguments.published_at)
    if arguments.dry_run:
        return preview(items, settings, print_json if arguments.json else None)
    load_identifier()
    index = opened(arguments, create=True)
    counts: Counter[str] = Counter()
    refused: list[str] = []
    failures = _Failures()
    statements = 0
    with (
        closing(index),
        progress_on(console(stderr=True), expected_articles(arguments.path)) as done,
    ):
        for outcome in index.add(items, force=arguments.again):
            done(outcome.sentences)
            counts[outcome.status] += 1
            statements += outcome.statements
            refused += [outcome.error] if outcome.error else []
            _print_outcome(outcome, failures, as_json=arguments.json)
    failures.print_rest()
    if refused:
        record_refusals(settings.data_dir, refused)
    if not arguments.json:
        summary = ", ".join(f"{n} {status}" for status, n in counts.items() if n)
        print(f"{summary or 'nothing found'}; {statements} statements found")
    good = sum(counts.values()) - counts["refused"] - counts["failed"]
    return 0 if good and good == sum(counts.values()) else 1


class _Failures:
    """Prints what was not taken, a line each; of many with one reason three, and their number."""

    def __init__(self) -> None:
        self._counts: Counter[tuple[str, str]] = Counter()

    def print(self, status: str, error: str) -> None:
        """Print one, unless three with the same reason were."""
        reason = error.partition(": ")[2] or error
        self._counts[status, reason] += 1
        if self._counts[status, reason] <= _ALIKE:
            print_line(f"{status}: {error}", error=True)

    def print_rest(self) -> None:
        """Count those that were not printed."""
        for (status, reason), count in self._counts.items():
            if count > _ALIKE:
                print_line(f"{status}: {count - _ALIKE:,} more: {reason}", error=True)


def _print_outcome(outcome: Outcome, failures: _Failures, *, as_json: bool) -> None:
    """Print what became of one article."""
    if outcome.error:
        failures.print(outcome.status, outcome.error)
    elif outcome.note:
        stands_beside = outcome.status == "indexed" and "beside " in outcome.note
        way_out = "; --again puts it in its place" if stands_beside else ""
        print_line(f"{outcome.id}: {outcome.note}{way_out}", error=True)
    if as_json:
        fields = ("id", "status", "sentences", "statements", "error", "note")
        print_json({f: getattr(outcome, f) for f in fields if getattr(outcome, f) is not None})


def remove_article(arguments: argparse.Namespace) -> int:
    """Forget one article."""
    index = opened(arguments)
    others = index.store.origins.other_versions(arguments.id)
    removed = index.remove(arguments.id)
    index.close()
    for other in others if removed else ():
        print_line(f"another source's version stays: {other.article_id}", error=True)
    if arguments.json:
        print_json({"id": arguments.id, "removed": removed})
    elif removed:
        print_line(f"removed {arguments.id}")
    if not removed:
        print(f"onrecord: no article has the id {arguments.id!r}", file=sys.stderr)
    return 0 if removed else 1


def read_items(
    paths: Sequence[str], settings: IndexSettings, outlet: str | None, published_at: str | None
) -> Iterator[Item]:
    """
    Read what *paths* name, with the outlet and date of the options.

    Args:
        paths: files, folders, globs, addresses, or "-".
        settings: name the addresses that may be fetched.
        outlet: wins over what an article says; None keeps that.
        published_at: likewise, as typed.

    Raises:
        SettingsError: for a date that cannot be read, before anything is read.
    """
    from index.sources.folder import read_paths
    from index.sources.web.fetch import Fetcher

    moment = _read_published_at(published_at)
    items = read_paths(paths, fetcher=Fetcher(allowed=settings.fetch_allow))
    return (_with(item, outlet, moment) for item in items)


def _read_published_at(text: str | None) -> datetime | None:
    from index.formats.parts.fields import read_date

    try:
        return None if text is None else read_date(text)
    except ValueError as exc:
        raise SettingsError(
            f"--published-at {text!r} is not a date; write 2018-02-13 or 2018-02-13T10:30:00Z"
        ) from exc


def _with(item: Item, outlet: str | None, published_at: datetime | None) -> Item:
    if not isinstance(item, Article):
        return item
    return replace(
        item, outlet=outlet or item.outlet, published_at=published_at or item.published_at
    )


def preview(
    items: Iterable[Item],
    settings: IndexSettings,
    emit: Callable[[dict[str, Any]], None] | None,
) -> int:
    """
    Print what `add` would do; nothing is stored, no model is loaded.

    Args:
        items: what would be added, with what could not be read.
        settings: name the longest article.
        emit: takes a record of each article; lines on stdout if None.

    Returns:
        The exit code: 1 if anything would be refused, or there is nothing.
    """
    from index.ingest.preview import lines_of, understood
    from index.ingest.validation import refusal

    wanted = refused = 0
    failures = _Failures()
    for item in items:
        reason = refusal(item, settings.max_characters) if isinstance(item, Article) else None
        if reason is not None or isinstance(item, ArticleError):
            refused += 1
            failures.print("refused", str(reason or item))
            continue
        wanted += 1
        record = understood(item)
        if emit is not None:
            emit(record)
        else:
            for line in lines_of(record):
                print_line(line)
    failures.print_rest()
    if emit is None:
        print(f"{wanted} would be indexed, {refused} refused; nothing was stored")
    return 1 if refused or not wanted else 0


def print_attributions(arguments: argparse.Namespace) -> int:
    """Print who said what in some files; nothing is stored."""
    from index.cli.records import attributions_record
    from index.cli.terminal import show_attributions
    from index.core import tables_of
    from index.ingest.analysis import analyse
    from index.settings import load_index_settings
    from index.sources.folder import read_paths

    settings = load_index_settings(data_dir=arguments.data_dir)
    tables = tables_of(settings)
    failed = False
    items = _not_too_long(read_paths(arguments.path), settings.max_characters)
    for item in _analysed(items, lambda batch: analyse(batch, tables)):
        if isinstance(item, ArticleError):
            print_line(f"refused: {item}", error=True)
            failed = True
        elif arguments.json:
            print_json(attributions_record(item))
        else:
            show_attributions(console(), item)
    return 1 if failed else 0


def _not_too_long(items: Iterable[Item], limit: int) -> Iterator[Item]:
    """Refuse the articles that `add` refuses for their length; analysing one takes minutes."""
    for item in items:
        if isinstance(item, Article) and len(item.text) > limit:
            size = f"{len(item.text):,} characters, the limit is {limit:,}"
            yield ArticleError(f"{item.title}: {size}; split the article into parts")
        else:
            yield item


def _analysed(
    articles: Iterable[Item], analyse: Callable[[list[Article]], Iterable[Any]]
) -> Iterator[Any]:
    """Analyse articles a few at a time, errors passed through and withdrawals left out."""
    batch: list[Article] = []
    for item in articles:
        if isinstance(item, ArticleError):
            yield item
        elif not isinstance(item, Withdrawal):
            batch.append(item)
        if len(batch) == 16:
            yield from analyse(batch)
            batch = []
    yield from analyse(batch)

"""
The commands that need no Slack: results on stdout, everything else on stderr.

Each takes the parsed arguments and returns the exit code. Imports that load models stand inside
the functions, so that `--help` and usage errors are instant.
"""

from __future__ import annotations

import argparse
import json
import logging
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any

from index.errors import ArticleError
from index.types import Withdrawal

if TYPE_CHECKING:
    from rich.console import Console

    from index.core import Index
    from index.formats import Item
    from index.ingest.indexing import Outcome
    from index.maintenance.backup import Extra, Manifest
    from index.maintenance.doctor import Finding
    from index.types import Article


def opened(arguments: argparse.Namespace, *, create: bool = False) -> Index:
    """
    Open the index that the arguments and settings name.

    Args:
        create: make it where there is none; else a folder without an index is refused.
    """
    from index.core import open_index
    from index.settings import load_index_settings

    return open_index(load_index_settings(data_dir=arguments.data_dir), create=create)


def print_json(record: dict[str, Any]) -> None:
    """Print one JSON object on a line of its own."""
    print(json.dumps(record, ensure_ascii=False), flush=True)


def console(*, stderr: bool = False) -> Console:
    """Make the console that people read."""
    from rich.console import Console

    return Console(stderr=stderr, highlight=False, soft_wrap=False)


def add_articles(arguments: argparse.Namespace) -> int:
    """Index what the paths name; every refusal is one line on stderr."""
    from index.cli.articles import preview, read_given
    from index.cli.progress import progress_on
    from index.settings import load_index_settings
    from index.sources.folder import expected_articles

    settings = load_index_settings(data_dir=arguments.data_dir)
    given = read_given(arguments.path, settings, arguments.outlet, arguments.published_at)
    if arguments.dry_run:
        return preview(given, settings, print_json if arguments.json else None)
    index = opened(arguments, create=True)
    counts: Counter[str] = Counter()
    statements = 0
    with (
        closing(index),
        progress_on(console(stderr=True), expected_articles(arguments.path)) as done,
    ):
        for outcome in index.add(given, force=arguments.again):
            done(outcome.sentences)
            counts[outcome.status] += 1
            statements += outcome.statements
            _tell_outcome(outcome, as_json=arguments.json)
    if not arguments.json:
        told = ", ".join(f"{n} {status}" for status, n in counts.items() if n)
        print(f"{told or 'nothing found'}; {statements} statements found")
    good = sum(counts.values()) - counts["refused"] - counts["failed"]
    return 0 if good and good == sum(counts.values()) else 1


def _tell_outcome(outcome: Outcome, *, as_json: bool) -> None:
    """Say what is to be said of one article."""
    if outcome.error:
        print(f"{outcome.status}: {outcome.error}", file=sys.stderr)
    elif outcome.note:
        print(f"{outcome.id}: {outcome.note}", file=sys.stderr)
    if as_json:
        fields = ("id", "status", "sentences", "statements", "error", "note")
        print_json({f: getattr(outcome, f) for f in fields if getattr(outcome, f) is not None})


def remove_article(arguments: argparse.Namespace) -> int:
    """Forget one article."""
    index = opened(arguments)
    removed = index.remove(arguments.id)
    index.close()
    if arguments.json:
        print_json({"id": arguments.id, "removed": removed})
    elif removed:
        print(f"removed {arguments.id}")
    if not removed:
        print(f"onrecord: no article has the id {arguments.id!r}", file=sys.stderr)
    return 0 if removed else 1


def show_stats(arguments: argparse.Namespace) -> int:
    """Print how much is indexed."""
    from index.cli.records import coverage_record
    from index.queue.backlog import backlog_lines, backlog_record, read_backlog
    from index.settings import load_index_settings

    index = opened(arguments)
    coverage = index.stats()
    index.close()
    backlog = read_backlog(load_index_settings(data_dir=arguments.data_dir).data_dir)
    if arguments.json:
        queue = {"queue": backlog_record(backlog)} if backlog else {}
        print_json({**coverage_record(coverage), **queue})
        return 0
    print(coverage)
    for line in backlog_lines(backlog) if backlog else ():
        print(line)
    return 0


def watch_arrivals(arguments: argparse.Namespace) -> int:
    """Index what arrives until told to stop."""
    from index.arrivals.indexer import run_indexer, sources_of, stop_on_signals
    from index.settings import load_index_settings

    settings = load_index_settings(data_dir=arguments.data_dir)
    logging.getLogger("index").setLevel(logging.INFO)
    sources = sources_of(settings, arguments.folder, poll=arguments.poll)
    stop = Event()
    stop_on_signals(stop)
    run_indexer(settings, sources, stop)
    return 0


def rebuild(arguments: argparse.Namespace) -> int:
    """Read every stored article again with the models and tables of today."""
    from index.cli.progress import progress_on
    from index.maintenance.rebuild import accept_losses, rebuild_index
    from index.settings import load_index_settings
    from index.store.factory import index_metadata

    settings = load_index_settings(data_dir=arguments.data_dir)
    for line in accept_losses(settings) if arguments.accept_loss else ():
        print(f"{line}; add again what came last, what is there stays", file=sys.stderr)

    with progress_on(console(stderr=True), index_metadata(settings).get("articles")) as done:

        def each(article_id: str, sentences: int) -> None:
            done(sentences)
            if arguments.json:
                print_json({"id": article_id, "status": "read again"})

        count = rebuild_index(settings, each)
    if not arguments.json:
        print(f"rebuilt {count} articles")
    return 0


def verify(arguments: argparse.Namespace) -> int:
    """Check the store; every problem is a line."""
    index = opened(arguments)
    problems = index.verify()
    index.close()
    if arguments.json:
        print_json({"ok": not problems, "problems": problems})
    else:
        print("\n".join(problems) or "every sentence, vector and quotation is as it should be")
    return 1 if problems else 0


def back_up(arguments: argparse.Namespace, extra: Extra | None = None) -> int:
    """Copy the index into a file."""
    from index.maintenance.backup import write_backup
    from index.settings import load_index_settings

    settings = load_index_settings(data_dir=arguments.data_dir)
    _tell_backup(arguments, write_backup(settings, arguments.file, extra), "written")
    return 0


def restore(arguments: argparse.Namespace, elsewhere: Mapping[str, Path] | None = None) -> int:
    """Make the index again from a file."""
    from index.maintenance.backup import restore_backup
    from index.settings import load_index_settings

    folder = load_index_settings(data_dir=arguments.data_dir).data_dir
    made = restore_backup(arguments.file, folder, force=arguments.force, elsewhere=elsewhere)
    _tell_backup(arguments, made, f"restored into {folder}")
    return 0


def _tell_backup(arguments: argparse.Namespace, made: Manifest, done: str) -> None:
    names = [member.name for member in made.members]
    size = sum(member.size for member in made.members)
    if arguments.json:
        told = {"file": str(arguments.file), "members": names, "bytes": size}
        print_json({**told, "generation": made.generation, "model": made.model})
    else:
        print(f"{arguments.file} {done}: {', '.join(names)} ({size / 1e6:.1f} MB)")


def see_doctor(arguments: argparse.Namespace) -> int:
    """Check the engine; every finding is a line."""
    from index.maintenance.doctor import examine

    return print_findings(examine(arguments.data_dir), as_json=arguments.json)


def print_findings(findings: Iterable[Finding], *, as_json: bool) -> int:
    """
    Print each finding as it comes.

    Args:
        findings: of the engine's doctor, or the bot's.
        as_json: one JSON object a line, else lines for people, each with its fix below.

    Returns:
        The exit code: 1 if any is a failure.
    """
    from index.cli.terminal import printable

    failed = False
    for finding in findings:
        failed = failed or finding.level == "fail"
        if as_json:
            found = {"check": finding.check, "level": finding.level, "found": finding.found}
            print_json({**found, "mend": finding.fix})
            continue
        fix = f"\n      → {finding.fix}" if finding.fix else ""
        line = f"{finding.level:<4}  {finding.check}: {finding.found}{fix}"
        print(printable(line), flush=True)
    return 1 if failed else 0


def tell_attributions(arguments: argparse.Namespace) -> int:
    """Print who said what in some files; nothing is stored."""
    from index.cli.records import attributions_record
    from index.cli.terminal import show_attributions
    from index.core import tables_of
    from index.ingest.analysis import analyse
    from index.settings import load_index_settings
    from index.sources.folder import read_paths

    tables = tables_of(load_index_settings(data_dir=arguments.data_dir))
    failed = False
    for item in _analysed(read_paths(arguments.path), lambda batch: analyse(batch, tables)):
        if isinstance(item, ArticleError):
            print(f"refused: {item}", file=sys.stderr)
            failed = True
        elif arguments.json:
            print_json(attributions_record(item))
        else:
            show_attributions(console(), item)
    return 1 if failed else 0


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

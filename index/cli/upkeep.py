"""
The commands that keep an index: watch, stats, rebuild, migrate, verify, backup, restore, doctor.

Each takes the parsed arguments and returns the exit code: results on stdout, everything else on
stderr. Imports that load models stand inside the functions, so that `--help` is instant.
"""

from __future__ import annotations

import argparse
import logging
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from index.cli.common import console, log_with_time, opened, print_json, print_line

if TYPE_CHECKING:
    from index.maintenance.backup import Extra, Manifest
    from index.maintenance.doctor import Finding


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
        print_line(line)
    return 0


def watch_arrivals(arguments: argparse.Namespace) -> int:
    """Index what arrives until it is stopped."""
    from index.arrivals.indexer import run_indexer, sources_of, stop_on_signals
    from index.settings import load_index_settings

    settings = load_index_settings(data_dir=arguments.data_dir)
    logging.getLogger("index").setLevel(logging.INFO)
    log_with_time()
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
        print(f"{line}; add the latest articles again, those that are there stay", file=sys.stderr)

    with progress_on(console(stderr=True), index_metadata(settings).get("articles")) as done:

        def each(article_id: str, sentences: int) -> None:
            done(sentences)
            if arguments.json:
                print_json({"id": article_id, "status": "read again"})

        count = rebuild_index(settings, each)
    if not arguments.json:
        print(f"rebuilt {count} articles")
    return 0


def migrate(arguments: argparse.Namespace) -> int:
    """Copy the index into another store."""
    from index.maintenance import migrate as moving
    from index.settings import load_index_settings

    settings = load_index_settings(data_dir=arguments.data_dir)

    def each(article_id: str) -> None:
        if arguments.json:
            print_json({"id": article_id, "status": "copied"})

    moved = moving.migrate(settings, arguments.store, each)
    if arguments.json:
        print_json(moved._asdict())
    else:
        print_line(
            f"copied {moved.written} of {moved.articles} articles and {moved.revisions} lines of "
            "history, compared them, and left the old index as it was; now set INDEX_STORE"
        )
    return 0


def verify(arguments: argparse.Namespace) -> int:
    """Check the store; every problem is a line."""
    index = opened(arguments)
    problems = index.verify()
    index.close()
    if arguments.json:
        print_json({"ok": not problems, "problems": problems})
    else:
        for line in problems or ["every sentence, vector and quotation is intact"]:
            print_line(line)
    return 1 if problems else 0


def back_up(arguments: argparse.Namespace, extra: Extra | None = None) -> int:
    """Copy the index into a file."""
    from index.maintenance.backup import write_backup
    from index.settings import load_index_settings

    settings = load_index_settings(data_dir=arguments.data_dir)
    _print_backup(arguments, write_backup(settings, arguments.file, extra), "written")
    return 0


def restore(arguments: argparse.Namespace, elsewhere: Mapping[str, Path] | None = None) -> int:
    """Make the index again from a file."""
    from index.maintenance.backup import restore_backup
    from index.settings import load_index_settings

    folder = load_index_settings(data_dir=arguments.data_dir).data_dir
    made = restore_backup(arguments.file, folder, force=arguments.force, elsewhere=elsewhere)
    _print_backup(arguments, made, f"restored into {folder}")
    return 0


def _print_backup(arguments: argparse.Namespace, made: Manifest, done: str) -> None:
    names = [member.name for member in made.members]
    size = sum(member.size for member in made.members)
    if arguments.json:
        record = {"file": str(arguments.file), "members": names, "bytes": size}
        print_json({**record, "generation": made.generation, "model": made.model})
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
    failed = False
    for finding in findings:
        failed = failed or finding.level == "fail"
        if as_json:
            found = {"check": finding.check, "level": finding.level, "found": finding.found}
            print_json({**found, "mend": finding.fix})
            continue
        print_line(f"{finding.level:<4}  {finding.check}: {finding.found}")
        if finding.fix:
            print_line(f"      → {finding.fix}")
        sys.stdout.flush()
    return 1 if failed else 0

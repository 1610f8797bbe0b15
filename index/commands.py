"""
The commands that need no Slack: results on stdout, everything else on stderr.

Each takes the parsed arguments and returns the exit code. Imports that load models stand inside
the functions, so that `--help` and usage errors are instant.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.errors import ArticleError, QuestionError

if TYPE_CHECKING:
    from rich.console import Console

    from index.core import Index
    from index.types import Article, Query


def opened(arguments: argparse.Namespace) -> Index:
    """Open the index that the arguments and settings name."""
    from index.core import open_index
    from index.settings import load_index_settings

    return open_index(load_index_settings(data_dir=arguments.data_dir))


def _print_json(record: dict[str, Any]) -> None:
    print(json.dumps(record, ensure_ascii=False), flush=True)


def _console(*, stderr: bool = False) -> Console:
    from rich.console import Console

    return Console(stderr=stderr, highlight=False, soft_wrap=False)


def add_articles(arguments: argparse.Namespace) -> int:
    """Index what the paths name; every refusal is one line on stderr."""
    from index.sources.folder import read_paths

    index = opened(arguments)
    counts = {"indexed": 0, "unchanged": 0, "refused": 0}
    statements = 0
    for outcome in index.add(_with_progress(read_paths(arguments.path), arguments.path)):
        counts[outcome.status] += 1
        statements += outcome.statements
        if outcome.error:
            print(f"refused: {outcome.error}", file=sys.stderr)
        if arguments.json:
            fields = ("id", "status", "sentences", "statements", "error")
            _print_json({f: getattr(outcome, f) for f in fields if getattr(outcome, f) is not None})
    index.close()
    if not arguments.json:
        told = ", ".join(f"{n} {status}" for status, n in counts.items() if n)
        print(f"{told or 'nothing found'}; {statements} statements found")
    return 1 if counts["refused"] or not sum(counts.values()) else 0


def _with_progress(
    articles: Iterable[Article | ArticleError], paths: Sequence[str]
) -> Iterator[Article | ArticleError]:
    """Draw a bar on stderr while *articles* are taken, if stderr is a terminal."""
    console = _console(stderr=True)
    if not console.is_terminal:
        yield from articles
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("indexing"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("indexing", total=None)
        listed = list(articles)
        progress.update(task, total=len(listed))
        for article in listed:
            yield article
            progress.advance(task)


def remove_article(arguments: argparse.Namespace) -> int:
    """Forget one article."""
    index = opened(arguments)
    removed = index.remove(arguments.id)
    index.close()
    if arguments.json:
        _print_json({"id": arguments.id, "removed": removed})
    elif removed:
        print(f"removed {arguments.id}")
    if not removed:
        print(f"onrecord: no article has the id {arguments.id!r}", file=sys.stderr)
    return 0 if removed else 1


def ask_question(arguments: argparse.Namespace) -> int:
    """Answer one question, or a file of them in one process."""
    if (arguments.question is None) == (arguments.batch is None):
        print("onrecord ask: give a QUESTION or --batch FILE", file=sys.stderr)
        return 2
    if arguments.batch:
        return _ask_batch(arguments)
    from index.console import show_briefing
    from index.records import briefing_record

    index = opened(arguments)
    try:
        briefing = index.answer(arguments.question, limit=arguments.limit)
        if arguments.json:
            _print_json(briefing_record(briefing, arguments.question, index.tables))
        else:
            show_briefing(_console(), briefing, index.describe(briefing.query))
    except QuestionError as exc:
        return _not_understood(arguments, index, exc)
    finally:
        index.close()
    return 0


def _not_understood(arguments: argparse.Namespace, index: Index, exc: QuestionError) -> int:
    """Tell that a question was not understood: an abstention, not a failure."""
    from index.records import misunderstood_record

    if arguments.json:
        _print_json(misunderstood_record(arguments.question, str(exc), index.stats()))
    else:
        print(exc)
    return 0


def _ask_batch(arguments: argparse.Namespace) -> int:
    """Answer lines of questions; a wrong line is named by its number and ends the run."""
    from index.records import briefing_record, misunderstood_record

    questions = _read_batch(arguments.batch)
    index = opened(arguments)
    asked: dict[str, Query] = {}
    for line in questions:
        text = line["question"]
        if line.get("after") and line["after"] not in asked:
            told = f"{line['qid']}: no question {line['after']!r} before it was understood"
            print(f"{told}; answered on its own", file=sys.stderr)
        try:
            briefing = index.answer(
                text, previous=asked.get(line.get("after") or ""), limit=arguments.limit
            )
            asked[line["qid"]] = briefing.query
            record = briefing_record(briefing, text, index.tables)
        except QuestionError as exc:
            record = misunderstood_record(text, str(exc), index.stats())
        _print_json({"qid": line["qid"], **record})
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
                f'{name}, line {number}: not {{"qid": "…", "question": "…"}}; mend the line'
            )
        lines.append(line)
    return lines


def brief_topic(arguments: argparse.Namespace) -> int:
    """Print who said what on a topic."""
    from index.console import show_briefing
    from index.dates import find_dates
    from index.records import briefing_record

    index = opened(arguments)
    try:
        since = None
        if arguments.since:
            newest = index.stats().newest
            told = f"since {arguments.since}"
            since = find_dates(told, now=datetime.now(UTC), newest=newest).since
            if since is None:
                print(
                    f"onrecord: --since {arguments.since!r} is no date; try 2018-02-13 or monday",
                    file=sys.stderr,
                )
                return 2
        briefing = index.digest(arguments.topic, since=since, limit=arguments.limit)
        if arguments.json:
            _print_json(briefing_record(briefing, arguments.topic, index.tables))
        else:
            show_briefing(_console(), briefing, index.describe(briefing.query))
    finally:
        index.close()
    return 0


def show_stats(arguments: argparse.Namespace) -> int:
    """Print how much is indexed."""
    from index.console import coverage_line
    from index.records import coverage_record

    index = opened(arguments)
    coverage = index.stats()
    index.close()
    if arguments.json:
        _print_json(coverage_record(coverage))
    else:
        print(coverage_line(coverage))
    return 0


def rebuild(arguments: argparse.Namespace) -> int:
    """Read every stored article again with the models and tables of today."""
    from index.core import rebuild_index
    from index.settings import load_index_settings

    def each(article_id: str) -> None:
        if arguments.json:
            _print_json({"id": article_id, "status": "read again"})

    count = rebuild_index(load_index_settings(data_dir=arguments.data_dir), each)
    if not arguments.json:
        print(f"rebuilt {count} articles")
    return 0


def verify(arguments: argparse.Namespace) -> int:
    """Check the store; every problem is a line."""
    index = opened(arguments)
    problems = index.verify()
    index.close()
    if arguments.json:
        _print_json({"ok": not problems, "problems": problems})
    else:
        print("\n".join(problems) or "every sentence, vector and quotation is as it should be")
    return 1 if problems else 0


def tell_attributions(arguments: argparse.Namespace) -> int:
    """Print who said what in some files; nothing is stored."""
    from index.console import show_attributions
    from index.core import tables_of
    from index.ingest import analyse
    from index.records import attributions_record
    from index.settings import load_index_settings
    from index.sources.folder import read_paths

    tables = tables_of(load_index_settings(data_dir=arguments.data_dir))
    failed = False
    for item in _analysed(read_paths(arguments.path), lambda batch: analyse(batch, tables)):
        if isinstance(item, ArticleError):
            print(f"refused: {item}", file=sys.stderr)
            failed = True
        elif arguments.json:
            _print_json(attributions_record(item))
        else:
            show_attributions(_console(), item)
    return 1 if failed else 0


def _analysed(
    articles: Iterable[Article | ArticleError], analyse: Callable[[list[Article]], Iterable[Any]]
) -> Iterator[Any]:
    """Analyse articles a few at a time, errors passed through."""
    batch: list[Article] = []
    for item in articles:
        if isinstance(item, ArticleError):
            yield item
            continue
        batch.append(item)
        if len(batch) == 16:
            yield from analyse(batch)
            batch = []
    yield from analyse(batch)

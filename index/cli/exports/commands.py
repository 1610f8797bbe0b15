"""`--out FILE`: an answer goes into a file, and one line says whether that is all."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime

from index.cli.common import opened, print_json, print_line
from index.cli.exports import gathering
from index.cli.exports.gathering import Export
from index.cli.exports.writing import require_form, write_export
from index.cli.paging import digest_is_cut, is_cut
from index.core import Index
from index.errors import QuestionError
from index.types import Query


def export_answer(
    arguments: argparse.Namespace, question: str, understand: Callable[[Index], Query]
) -> int:
    """
    Write the answer to a question; one that cannot be understood is an abstention.

    Args:
        arguments: ``out`` is the file, ``limit`` the most quotes, None for `gathering.MOST`.
        question: as typed.
        understand: reads it; may raise QuestionError.

    Raises:
        SettingsError: if the file's ending names no form.
        StoreError: if the index cannot be read or the file not written.
    """
    require_form(arguments.out)
    now, limit = datetime.now(UTC), arguments.limit or gathering.MOST
    with closing(opened(arguments)) as index:
        try:
            found = index.answer_query(understand(index), limit=limit)
            cut = is_cut(index, found, limit)
            export = gathering.export_of(index, found, question, cut=cut, now=now)
        except QuestionError as exc:
            export = gathering.misunderstood(question, str(exc), index.stats(), now)
    return _written(export, arguments)


def export_brief(arguments: argparse.Namespace, since: Callable[[Index], datetime | None]) -> int:
    """Write who said what on ``arguments.topic``, as `export_answer` does."""
    require_form(arguments.out)
    now, limit = datetime.now(UTC), arguments.limit or gathering.MOST
    with closing(opened(arguments)) as index:
        found = index.digest(arguments.topic, since=since(index), limit=limit)
        cut = digest_is_cut(found)
        export = gathering.export_of(index, found, arguments.topic, cut=cut, now=now)
    return _written(export, arguments)


def _written(export: Export, arguments: argparse.Namespace) -> int:
    write_export(export, arguments.out)
    if arguments.json:
        print_json({"out": str(arguments.out), "quotes": len(export.quotes), "note": export.note})
    else:
        print_line(f"{arguments.out}: {export.note}")
    return 0

"""`onrecord corrections`: who said what, as the desk decided it, whatever the models find."""

from __future__ import annotations

import argparse
import getpass
import sys
from contextlib import closing, suppress
from pathlib import Path

from index.cli.common import json_line, opened, print_json, print_line
from index.errors import StoreError
from index.text.printable import without_formulas


def show_corrections(arguments: argparse.Namespace) -> int:
    """Print what has been put right, the oldest first."""
    from index.ingest.corrections import labelled

    with closing(opened(arguments)) as index:
        rows = index.corrections.all()
        for row in rows:
            if arguments.json:
                print_json(labelled(row, index.store.get(row.article_id)))
            else:
                print_line(f"{row.article_id}: “{row.words}”")
                decided = " · ".join(part for part in (row.by, row.at) if part)
                print_line(f"  {row.speaker or 'nobody'}, not {row.was or 'nobody'} · {decided}")
    if not rows:
        print("nothing has been corrected; `onrecord corrections add`", file=sys.stderr)
    return 0


def add_correction(arguments: argparse.Namespace) -> int:
    """
    Put right who said a sentence, now and whenever its article is read again.

    Raises:
        ArticleError: if the index has no such sentence, or it is not clear which is meant.
    """
    by = arguments.by
    if by is None:
        by = ""
        with suppress(OSError, KeyError, ImportError):
            by = getpass.getuser()
    with closing(opened(arguments)) as index:
        row = index.correct(
            arguments.id,
            arguments.sentence,
            "" if arguments.speaker == "-" else arguments.speaker,
            was=arguments.was,
            role=arguments.role or "",
            party=arguments.party or "",
            by=by,
        )
    if arguments.json:
        print_json(row._asdict())
    else:
        print_line(f"corrected: {row.speaker or 'nobody'}, not {row.was or 'nobody'}")
    return 0


def export_corrections(arguments: argparse.Namespace) -> int:
    """
    Write what has been put right to a file, as labelled rows, one JSON object a line.

    Raises:
        StoreError: if the file cannot be written.
    """
    from index.database.files import require_output, write_whole
    from index.ingest.corrections import labelled

    with closing(opened(arguments)) as index:
        rows = index.corrections.all()
        found = [labelled(row, index.store.get(row.article_id)) for row in rows]
    lines = [json_line(without_formulas(each)) + "\n" for each in found]
    if arguments.file == "-":
        sys.stdout.writelines(lines)
        return 0
    path = Path(arguments.file)
    require_output(path)
    try:
        write_whole(path, ["".join(lines).encode()])
    except OSError as exc:
        raise StoreError(f"cannot write {path} ({exc.strerror}); name another file") from exc
    print_line(f"{len(lines)} correction{'' if len(lines) == 1 else 's'} written to {path}")
    return 0

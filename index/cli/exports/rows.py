"""
An answer as rows: CSV for spreadsheets, JSON lines for programs. Pure.

A spreadsheet computes a cell that begins as a formula does; such a text gets an apostrophe, and so
does one that begins with apostrophes before that, which makes `undefused` exact.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from typing import Any

from index.cli.exports.gathering import Export
from index.cli.records import quote_record
from index.sentence_links import quote_link
from index.text.date_format import iso_moment
from index.types import Quote

COLUMNS = (
    *("text", "speaker", "role", "party", "kind", "labels", "outlet", "published_at"),
    *("retrieved", "url", "link", "also_in", "article_id", "start", "end", "page"),
    *("question", "note"),
)
_FORMULA = re.compile(r"'*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")


def csv_of(export: Export) -> bytes:
    """
    Write a row for each quote, UTF-8 with the mark that spreadsheets need.

    Lists are joined by "; "; an abstention is one row that has only the question and the reason.
    """
    made = io.StringIO(newline="")
    writer = csv.writer(made)
    writer.writerow(COLUMNS)
    for record in _records(export):
        writer.writerow([defused(_cell(record.get(name))) for name in COLUMNS])
    return made.getvalue().encode("utf-8-sig")


def jsonl_of(export: Export) -> bytes:
    """
    Write a line for each quote, with the fields of `ask --json` and those of the file.

    An abstention is one line with ``"abstained": true``.
    """
    lines = (json.dumps(record, ensure_ascii=False) for record in _records(export))
    return "".join(f"{line}\n" for line in lines).encode()


def defused(text: str) -> str:
    """
    Put an apostrophe before what a spreadsheet would compute.

    >>> defused("=1+1")
    "'=1+1"
    """
    return f"'{text}" if _FORMULA.match(text) else text


def undefused(cell: str) -> str:
    """Read back what `defused` wrote."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def _records(export: Export) -> Iterator[dict[str, Any]]:
    told = {"question": export.question, "note": export.note}
    if not export.quotes:
        yield {"abstained": export.abstained, **told}
    for quote in export.quotes:
        yield quote_record(quote) | _added(quote, export) | told


def _added(quote: Quote, export: Export) -> dict[str, Any]:
    return {
        "retrieved": iso_moment(export.retrieved.get(quote.article_id)),
        "link": quote_link(quote),
    }


def _cell(value: Any) -> str:
    if isinstance(value, list):
        return "; ".join(map(str, value))
    return "" if value is None else str(value)

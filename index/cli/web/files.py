"""Answers as files: `?format=csv` and the other forms of export."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from starlette.exceptions import HTTPException
from starlette.responses import Response

from index.cli.exports import gathering
from index.cli.exports.gathering import Export
from index.cli.exports.writing import FORMS
from index.cli.paging import digest_is_cut, is_cut
from index.cli.web.parameters import Parameters
from index.core import Index
from index.errors import QuestionError
from index.types import Query

FARTHEST = 1_000  # quotes before a page
JSON = "json"
NAMES = (JSON, *FORMS)


@dataclass(frozen=True, slots=True)
class File:
    """An answer as a file; ``cut`` where there is more than it holds."""

    body: bytes
    mime: str
    name: str
    cut: bool

    def response(self, headers: Mapping[str, str]) -> Response:
        """Answer with it."""
        told = {
            "Content-Disposition": f'attachment; filename="{self.name}"',
            "Page-Shown": "cut" if self.cut else "all",
        }
        return Response(self.body, headers={**headers, **told}, media_type=self.mime)


def form_of(given: Parameters) -> str | None:
    """Give the form that is asked for; None for JSON, HTTPException 400 for one there is not."""
    form = given.text("format")
    if form is not None and form not in NAMES:
        raise HTTPException(400, f"format={form[:40]!r} is none of {', '.join(NAMES)}")
    return None if form == JSON else form


def ask_file(index: Index, given: Parameters, form: str, understand: Callable[[], Query]) -> File:
    """Answer a question as a file; one that cannot be understood is an abstention."""
    question = given.required("q")
    limit = given.number("limit", gathering.MOST, 1, gathering.MOST)
    offset = given.number("offset", 0, 0, FARTHEST)
    now, cut = datetime.now(UTC), False
    try:
        found = index.answer_query(understand(), limit=limit, offset=offset)
        cut = is_cut(index, found, limit, offset)
        export = gathering.export_of(index, found, question, cut=cut, now=now, offset=offset)
    except QuestionError as exc:
        export = gathering.misunderstood(question, str(exc), index.stats(), now)
    return _file(export, form, cut=cut)


def brief_file(
    index: Index, given: Parameters, form: str, begin: Callable[[], datetime | None]
) -> File:
    """Gather who said what as a file."""
    topic = given.text("topic") or ""
    limit = given.number("limit", gathering.MOST, 1, gathering.MOST)
    now, cut = datetime.now(UTC), False
    try:
        found = index.digest(topic, since=begin(), limit=limit)
        cut = digest_is_cut(found)
        export = gathering.export_of(index, found, topic, cut=cut, now=now)
    except QuestionError as exc:
        export = gathering.misunderstood(topic, str(exc), index.stats(), now)
    return _file(export, form, cut=cut)


def _file(export: Export, form: str, *, cut: bool) -> File:
    made = FORMS[form]
    return File(made.make(export), made.mime, f"onrecord.{form}", cut)

"""The API's answers: for each address what the index says, as the command line's JSON."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from starlette.exceptions import HTTPException

from index.cli.checking import checked_record
from index.cli.exports.gathering import MOST
from index.cli.paging import digest_is_cut, is_cut
from index.cli.records import Record, briefing_record, coverage_record, misunderstood_record
from index.cli.said import timeline_record
from index.cli.web.files import FARTHEST, File, ask_file, brief_file, form_of
from index.cli.web.parameters import Parameters, readable
from index.core import Index
from index.errors import QuestionError
from index.questions.overrides import Overrides
from index.types import Query

MOST_NAMES = 200
LONGEST_DRAFT = 200_000  # characters

ASK = ("q", "limit", "offset", "format", *Overrides.__slots__)
PEOPLE = ("q", "limit")
BRIEF = ("topic", "since", "limit", "format")
NONE: tuple[str, ...] = ()


def ask(index: Index, given: Parameters) -> Record | File:
    """Answer a question; one that cannot be understood is an abstention."""
    question = given.required("q")
    form = form_of(given)
    if form is not None:
        return ask_file(index, given, form, lambda: _understood(index, question, given))
    limit = given.number("limit", 10, 1, MOST)
    offset = given.number("offset", 0, 0, FARTHEST)
    try:
        query = _understood(index, question, given)
        found = index.answer_query(query, limit=limit, offset=offset)
        cut = is_cut(index, found, limit, offset)
    except QuestionError as exc:
        record = misunderstood_record(question, str(exc), index.stats())
        return record | {"page": _page(limit, offset, 0, cut=False)}
    record = briefing_record(found, question, index.tables)
    return record | {"page": _page(limit, offset, found.total, cut=cut, asked=given.given())}


def _understood(index: Index, question: str, given: Parameters) -> Query:
    typed = Overrides(**{name: given.text(name) for name in Overrides.__slots__})
    return index.override(index.parse(question), typed)


def brief(index: Index, given: Parameters) -> Record | File:
    """Gather who said what on a topic, by party; an empty topic takes all."""
    topic = given.text("topic") or ""
    form = form_of(given)
    if form is not None:
        return brief_file(index, given, form, lambda: _begin(index, given))
    limit = given.number("limit", 10, 1, MOST)
    try:
        found = index.digest(topic, since=_begin(index, given), limit=limit)
    except QuestionError as exc:
        record = misunderstood_record(topic, str(exc), index.stats())
        return record | {"page": _page(limit, 0, 0, cut=False)}
    page = _page(limit, 0, found.total, cut=digest_is_cut(found))
    return briefing_record(found, topic, index.tables) | {"page": page}


def _begin(index: Index, given: Parameters) -> datetime | None:
    since = given.text("since")
    return index.override(Query(text=""), Overrides(since=since)).since if since else None


def people(index: Index, given: Parameters) -> Record:
    """List those on record, the most quoted first; of *q* those whose names begin so."""
    limit = given.number("limit", 50, 1, MOST_NAMES)
    found = index.suggest("speaker", given.text("q") or "", limit=limit + 1)
    shown = "cut" if len(found) > limit else "all"
    return {"people": list(found[:limit]), "page": {"limit": limit, "shown": shown}}


def person(index: Index, given: Parameters) -> Record | None:
    """Say what somebody is on record with over time; None for nobody on record."""
    name = given.required("name")
    try:
        found = index.timeline(index.parse(name))
    except QuestionError:
        return None
    return None if found.reason is not None else timeline_record(found, name, index.tables)


def check(index: Index, draft: str) -> Record:
    """Check all quotations of a draft."""
    found = index.check(draft)
    counts: Counter[str] = Counter(one.verdict for one in found if one.verdict)
    return {"counts": dict(counts), "checked": [checked_record(one) for one in found]}


def coverage(index: Index, given: Parameters) -> Record:
    """Say how much is indexed."""
    return coverage_record(index.stats())


def draft_of(body: bytes, mime: str) -> str:
    """
    Read a draft out of a request.

    Args:
        body: the request's.
        mime: its content type: plain text, Markdown, or JSON with the key "text".

    Raises:
        HTTPException: 400 or 415 for what is no draft.
    """
    kind = mime.partition(";")[0].strip().lower()
    if kind not in ("text/plain", "text/markdown", "application/json"):
        reason = "send text/plain, text/markdown, or application/json with the key text"
        raise HTTPException(415, reason)
    try:
        text: Any = body.decode("utf-8-sig")
        if kind == "application/json":
            given = json.loads(text)
            text = given.get("text") if isinstance(given, Mapping) and len(given) == 1 else None
    except (ValueError, RecursionError) as exc:
        raise HTTPException(400, "the body is not UTF-8, or not JSON") from exc
    if not isinstance(text, str):
        raise HTTPException(400, 'the body is not {"text": "…"}')
    return readable(text, "the draft", LONGEST_DRAFT)


def _page(
    limit: int,
    offset: int,
    total: int,
    *,
    cut: bool,
    asked: Mapping[str, str] | None = None,
) -> Record:
    """Say which part of an answer this is, and where it goes on."""
    follows = {**(asked or {}), "limit": str(limit), "offset": str(offset + limit)}
    on = cut and asked is not None and offset + limit <= FARTHEST
    return {
        "limit": limit,
        "offset": offset,
        "total": total,
        "shown": "cut" if cut else "all",
        "next": f"/ask?{urlencode(follows)}" if on else None,
    }

"""
A selection as SQL of PostgreSQL; ``sqlite.select`` and ``store.selection`` mean the same.

Who is asked for leads: his statements are looked up by number, so that a question about one party
does not read the others'.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

import numpy as np

from index.store import UNDATED, Candidate, Keys, Selection, SentenceColumns, Tenure
from index.store.codec import from_micros, to_micros
from index.store.postgres.database import Connection, rows
from index.store.postgres.fulltext import array
from index.store.selection import in_columns
from index.text.date_format import as_day

_SELECT = """
SELECT p.key, a.id, p.sentence, s.position, p.part, a.published_at
FROM {source} JOIN articles a ON a.number = s.article
WHERE {clauses} ORDER BY a.id, s.position, p.part
"""
_COLUMNS = f"""
SELECT p.key, p.sentence, s.number, coalesce(s.published_at, {UNDATED})
FROM {{source}} {{articles}} WHERE {{clauses}}
"""
_STATEMENTS = "statements s JOIN parts p ON p.statement = s.number"
_CHOSEN = "({union}) w (statement) JOIN statements s ON s.number = w.statement"
_PARTS = "JOIN parts p ON p.statement = s.number"
_BY_PARTY = """
SELECT sp.statement FROM parties q JOIN statement_parties sp ON sp.party = q.number
WHERE q.key = ANY(%(parties)s::text[])
"""
_BY_SPEAKER = """
SELECT t.number FROM voices v JOIN statements t ON t.voice = v.number
WHERE v.key = ANY(%(speakers)s::text[])
"""
_BY_TENURE = """
SELECT t.number FROM unnest(
    %(held)s::text[], %(from)s::bigint[], %(to)s::bigint[], %(undated)s::boolean[]
) l (key, since, until, undated) JOIN voices v ON v.key = l.key
JOIN statements t ON t.voice = v.number AND {when}
WHERE NOT t.own
AND NOT EXISTS (SELECT 1 FROM titles x WHERE x.key = v.key AND x.article = t.article)
"""
_DATED = "t.published_at >= l.since AND t.published_at < l.until"
_UNDATED = "t.published_at IS NULL AND l.undated"
_BY_TENURES = " UNION ".join(_BY_TENURE.format(when=when) for when in (_DATED, _UNDATED))
_DAY = 86_400_000_000  # microseconds
_FIRST, _LAST = -(2**63), 2**63 - 1


def select(db: Connection, selection: Selection, among: Keys | None = None) -> list[Candidate]:
    """List the candidates of *selection*, as ``Store.select`` promises."""
    if among is not None and len(among) == 0:
        return []
    union, values = _whose(selection)
    clauses, more = _clauses(selection)
    source = f"{_CHOSEN.format(union=union)} {_PARTS}" if union else _STATEMENTS
    if among is not None:
        clauses.append("p.key = ANY(%(among)s::bigint[])")
        more["among"] = array(np.unique(np.asarray(among, dtype=np.int64)))
    query = _SELECT.format(source=source, clauses=" AND ".join(clauses))
    return _candidates(rows(db, query, values | more))


def select_columns(db: Connection, selection: Selection) -> SentenceColumns:
    """List the sentences of *selection* in columns, as ``Store.select_columns`` promises."""
    union, values = _whose(selection)
    clauses, more = _clauses(selection)
    source = f"{_CHOSEN.format(union=union)} {_PARTS}" if union else _STATEMENTS
    needed = selection.outlets or selection.article_id is not None
    articles = "JOIN articles a ON a.number = s.article" if needed else ""
    query = _COLUMNS.format(source=source, articles=articles, clauses=" AND ".join(clauses))
    found = np.array(rows(db, query, values | more), dtype=np.int64)
    return in_columns(found.reshape(-1, len(SentenceColumns._fields)))


def numbered(db: Connection, numbers: Keys) -> list[Candidate]:
    """List the candidates of some statements, as ``Store.statements`` promises."""
    query = _SELECT.format(source=_STATEMENTS, clauses="s.number = ANY(%s::bigint[])")
    return _candidates(rows(db, query, (array(np.unique(numbers)),))) if len(numbers) else []


def _candidates(found: list[tuple[Any, ...]]) -> list[Candidate]:
    moments: dict[int | None, datetime | None] = {None: None}
    candidates = []
    for key, name, sentence, statement, part, micros in found:
        if micros not in moments:
            moments[micros] = from_micros(micros)
        candidates.append(Candidate(key, name, sentence, statement, part, moments[micros]))
    return candidates


def _whose(selection: Selection) -> tuple[str, dict[str, Any]]:
    """Write who is selected as a query for the numbers of their statements; "" for anybody."""
    union, values = [], dict[str, Any]()
    if selection.parties:
        union.append(_BY_PARTY)
        values["parties"] = sorted(selection.parties)
    if selection.speakers:
        union.append(_BY_SPEAKER)
        values["speakers"] = sorted(selection.speakers)
    if selection.learned:
        union.append(_BY_TENURES)
        values |= _tenures(selection.learned)
    # UNION also takes out what is selected twice, so one query alone needs it too.
    return " UNION ".join([*union, "SELECT NULL::bigint WHERE false"]) if union else "", values


def _tenures(tenures: Collection[Tenure]) -> dict[str, Any]:
    listed = sorted(tenures, key=str)
    since = [_FIRST if t.since is None else _micros(t.since) for t in listed]
    until = [_LAST if t.until is None else _micros(t.until) for t in listed]
    return {
        "held": [t.key for t in listed],
        "from": array(since),
        "to": array(until),
        "undated": [bool(t.undated) for t in listed],
    }


def _clauses(selection: Selection) -> tuple[list[str], dict[str, Any]]:
    """Write what else is selected; a statement holds the date of its article."""
    clauses, values = ["true"], dict[str, Any]()
    if selection.cue_classes:
        clauses.append("s.cue_class = ANY(%(cues)s::text[])")
        values["cues"] = sorted(selection.cue_classes)
        if "said" not in selection.cue_classes:
            # The condition of an index that holds the few others.
            clauses.append("s.cue_class <> 'said'")
    if not selection.thoughts:
        clauses.append("NOT s.thought")
    if selection.attributed is not None:
        clauses.append(f"s.voice IS {'NOT ' if selection.attributed else ''}NULL")
    for sign, name, moment in ((">=", "since", selection.since), ("<", "until", selection.until)):
        if moment is not None:
            clauses.append(_bound(sign, name))
            at, of_days = _micros(moment), _micros(as_day(moment))
            wider = min(at, of_days) if sign == ">=" else max(at, of_days)
            values |= {name: at, f"{name}_day": of_days, f"{name}_wide": wider}
    if selection.outlets:
        clauses.append("a.outlet_folded = ANY(%(outlets)s::text[])")
        values["outlets"] = sorted({outlet.casefold() for outlet in selection.outlets})
    if selection.article_id is not None:
        clauses.append("a.id = %(article)s")
        values["article"] = selection.article_id
    return clauses, values


def _bound(sign: str, name: str) -> str:
    """
    Compare the date with a moment; where it holds only a day, with the days of that zone.

    The wider of the two stands first and alone, so that an index over the column is used.
    """
    return (
        f"s.published_at {sign} %({name}_wide)s::bigint AND s.published_at {sign} "
        f"CASE WHEN s.published_at %% {_DAY} = 0 THEN %({name}_day)s::bigint "
        f"ELSE %({name})s::bigint END"
    )


def _micros(moment: datetime) -> int:
    micros = to_micros(moment)
    assert micros is not None
    return micros

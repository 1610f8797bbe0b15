"""
A selection as SQL.

The narrowest field leads: a party or speaker is looked up first and its statements are
fetched by number, so that a question about one of them does not read the other statements.
Given sentences lead before anything else.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import datetime
from typing import Any

import apsw
import numpy as np

from index.store import Candidate, Keys, Selection, Term
from index.store.codec import from_micros, to_micros

_SELECT = """
SELECT p.key, a.id, p.sentence, s.position, p.part, a.published_at
FROM {source}
JOIN articles a ON a.number = s.article
WHERE {clauses}
ORDER BY a.id, s.position, p.part
"""
_STATEMENTS = "statements s JOIN parts p ON p.statement = s.number"
_CARRIED = """
carray(?) k CROSS JOIN parts p ON p.key = k.value CROSS JOIN statements s ON s.number = p.statement
"""
_BY_PARTY = """
SELECT sp.statement FROM parties q JOIN statement_parties sp ON sp.party = q.number
WHERE q.key IN ({marks})
"""
_BY_SPEAKER = """
SELECT t.number FROM voices v JOIN statements t ON t.voice = v.number WHERE v.key IN ({marks})
"""
# Of a term: key, since, until, undated. An office changes hands: of one speaker there may be sixty
# terms, and each must read only what he said in it.
_BY_TERM = """
SELECT t.number FROM json_each(?) l JOIN voices v ON v.key = l.value ->> 0
JOIN statements t ON t.voice = v.number AND ({when})
WHERE t.own = 0
AND NOT EXISTS (SELECT 1 FROM titles x WHERE x.key = v.key AND x.article = t.article)
"""
_DATED = f"""
t.published_at >= coalesce(l.value ->> 1, {-(2**63)})
AND t.published_at < coalesce(l.value ->> 2, {2**63 - 1})
"""
_UNDATED = "t.published_at IS NULL AND l.value ->> 3"
_BY_TERMS = " UNION ".join(_BY_TERM.format(when=when) for when in (_DATED, _UNDATED))


def query(selection: Selection, among: Keys | None = None) -> tuple[str, list[Any]]:
    """Write *selection* as one statement of SQL with its bindings."""
    clauses: list[str] = ["1"]
    bindings: list[Any] = []

    def restrict(clause: str, *values: str | int) -> None:
        clauses.append(clause)
        bindings.extend(values)

    source = _STATEMENTS
    if among is not None:
        source = _CARRIED
        bindings.append(apsw.carray(np.unique(np.asarray(among, dtype=np.int64))))

    whose = [
        (text.format(marks=_marks(keys)), sorted(keys))
        for text, keys in ((_BY_PARTY, selection.parties), (_BY_SPEAKER, selection.speakers))
        if keys
    ]
    if selection.learned:
        terms = _terms(selection.learned)
        whose.append((_BY_TERMS, [terms, terms]))
    if whose:
        union = " UNION ".join(text for text, _ in whose)
        restrict(f"s.number IN ({union})", *(key for _, keys in whose for key in keys))
    if selection.cue_classes:
        cues = sorted(selection.cue_classes)
        restrict(f"s.cue_class IN ({_marks(cues)})", *cues)
    if not selection.thoughts:
        restrict("s.thought = 0")
    if selection.attributed is not None:
        restrict(f"s.voice IS {'NOT ' if selection.attributed else ''}NULL")
    if selection.since is not None:
        restrict("a.published_at >= ?", _micros(selection.since))
    if selection.until is not None:
        restrict("a.published_at < ?", _micros(selection.until))
    if selection.outlets:
        folded = sorted({outlet.casefold() for outlet in selection.outlets})
        restrict(f"a.outlet_folded IN ({_marks(folded)})", *folded)
    if selection.article_id is not None:
        restrict("a.id = ?", selection.article_id)
    return _SELECT.format(source=source, clauses=" AND ".join(clauses)), bindings


def select(db: apsw.Connection, selection: Selection, among: Keys | None = None) -> list[Candidate]:
    """List the candidates of *selection*, as ``Store.select`` promises."""
    if among is not None and len(among) == 0:
        return []
    text, bindings = query(selection, among)
    moments: dict[int | None, datetime | None] = {None: None}
    found = []
    for key, name, sentence, statement, part, micros in db.execute(text, bindings):
        if micros not in moments:
            moments[micros] = from_micros(micros)
        found.append(Candidate(key, name, sentence, statement, part, moments[micros]))
    return found


def _terms(terms: Collection[Term]) -> str:
    """Write terms as JSON, in an order of their own."""
    listed = [(t.key, to_micros(t.since), to_micros(t.until), int(t.undated)) for t in terms]
    return json.dumps(sorted(listed, key=str))


def _marks(values: Collection[str]) -> str:
    return ",".join("?" * len(values))


def _micros(moment: datetime) -> int:
    micros = to_micros(moment)
    assert micros is not None
    return micros

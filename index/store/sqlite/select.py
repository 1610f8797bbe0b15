"""
A selection as SQL.

The narrowest field leads: a party or speaker is looked up first and its statements are
fetched by number, so that a question about one of them does not read the other statements.
Given sentences lead before anything else. Columns are read from an index that holds nothing
but what selects: a row of a statement is long, and a party may have a hundred thousand.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import datetime
from itertools import chain
from typing import Any

import apsw
import numpy as np

from index.store import UNDATED, Candidate, Keys, Selection, SentenceColumns, Tenure
from index.store.codec import from_micros, to_micros
from index.store.selection import in_columns
from index.text.date_format import as_day

_SELECT = """
SELECT p.key, a.id, p.sentence, s.position, p.part, a.published_at
FROM {source}
JOIN articles a ON a.number = s.article
WHERE {clauses}
ORDER BY a.id, s.position, p.part
"""
_COLUMNS = f"""
SELECT p.key, p.sentence, s.number, coalesce(s.published_at, {UNDATED})
FROM {{source}}
JOIN articles a ON a.number = s.article
WHERE {{clauses}}
"""
# Who asks by a party or a speaker needs the articles for their outlets only.
_COLUMNS_OF = f"""
SELECT p.key, p.sentence, s.number, coalesce(s.published_at, {UNDATED})
FROM ({{union}}) w
CROSS JOIN statements s INDEXED BY statements_briefly ON s.number = w.statement
CROSS JOIN parts p ON p.statement = s.number
{{articles}}
WHERE {{clauses}}
"""
_STATEMENTS = "statements s JOIN parts p ON p.statement = s.number"
_NUMBERED = """
carray(?) n CROSS JOIN statements s ON s.number = n.value CROSS JOIN parts p
ON p.statement = s.number
"""
_CARRIED = """
carray(?) k CROSS JOIN parts p ON p.key = k.value CROSS JOIN statements s ON s.number = p.statement
"""
_BY_PARTY = """
SELECT sp.statement FROM parties q JOIN statement_parties sp ON sp.party = q.number
WHERE q.key IN ({marks})
"""
_BY_SPEAKER = """
SELECT t.number AS statement FROM voices v JOIN statements t ON t.voice = v.number
WHERE v.key IN ({marks})
"""
# Of a tenure: key, since, until, undated. An office changes hands: of one speaker there may be
# sixty tenures, and each must read only what he said in it.
_BY_TENURE = """
SELECT t.number AS statement FROM json_each(?) l JOIN voices v ON v.key = l.value ->> 0
JOIN statements t INDEXED BY statements_unowned ON t.voice = v.number AND ({when})
WHERE t.own = 0
AND NOT EXISTS (SELECT 1 FROM titles x WHERE x.key = v.key AND x.article = t.article)
"""
_DATED = f"""
t.published_at >= coalesce(l.value ->> 1, {-(2**63)})
AND t.published_at < coalesce(l.value ->> 2, {2**63 - 1})
"""
_DAY = 86_400_000_000  # microseconds
_UNDATED = "t.published_at IS NULL AND l.value ->> 3"
_BY_TENURES = " UNION ".join(_BY_TENURE.format(when=when) for when in (_DATED, _UNDATED))


def query(selection: Selection, among: Keys | None = None) -> tuple[str, list[Any]]:
    """Write *selection* as one statement of SQL with its bindings."""
    source, given, number = _STATEMENTS, list[Any](), "s.number"
    if among is not None:
        source, given = _CARRIED, [_carray(among)]
        # With the plus SQLite looks a statement up among those of a party; without, it looks for
        # every one of them at each key: 6.5 s for 4,000 keys and 20,000 statements.
        number = "+s.number"
    union, whose = _whose(selection)
    clauses, bindings = _clauses(selection)
    if union:
        clauses.insert(0, f"{number} IN ({union})")
    text = _SELECT.format(source=source, clauses=" AND ".join(clauses))
    return text, [*given, *whose, *bindings]


def column_query(selection: Selection) -> tuple[str, list[Any]]:
    """Write *selection* as a statement of SQL that gives `SentenceColumns` row by row."""
    union, whose = _whose(selection)
    if not union:
        clauses, bindings = _clauses(selection)
        return _COLUMNS.format(source=_STATEMENTS, clauses=" AND ".join(clauses)), bindings
    clauses, bindings = _clauses(selection, dates="s")
    articles = "JOIN articles a ON a.number = s.article"
    needed = articles if selection.outlets or selection.article_id is not None else ""
    text = _COLUMNS_OF.format(union=union, articles=needed, clauses=" AND ".join(clauses))
    return text, [*whose, *bindings]


def _whose(selection: Selection) -> tuple[str, list[Any]]:
    """Write who is selected as a query for the numbers of their statements; "" for anybody."""
    whose = [
        (text.format(marks=_marks(keys)), sorted(keys))
        for text, keys in ((_BY_PARTY, selection.parties), (_BY_SPEAKER, selection.speakers))
        if keys
    ]
    if selection.learned:
        tenures = _tenures(selection.learned)
        whose.append((_BY_TENURES, [tenures, tenures]))
    return " UNION ".join(text for text, _ in whose), [key for _, keys in whose for key in keys]


def _clauses(selection: Selection, dates: str = "a") -> tuple[list[str], list[Any]]:
    """Write what else is selected; *dates* names the table whose date is compared."""
    clauses: list[str] = ["1"]
    bindings: list[Any] = []

    def restrict(clause: str, *values: str | int) -> None:
        clauses.append(clause)
        bindings.extend(values)

    if selection.cue_classes:
        cues = sorted(selection.cue_classes)
        restrict(f"s.cue_class IN ({_marks(cues)})", *cues)
        if "said" not in cues:
            # The condition of an index that holds the few others.
            restrict("s.cue_class <> 'said'")
    if not selection.thoughts:
        restrict("s.thought = 0")
    if selection.attributed is not None:
        restrict(f"s.voice IS {'NOT ' if selection.attributed else ''}NULL")
    if selection.since is not None:
        restrict(*_bound(f"{dates}.published_at", ">=", selection.since))
    if selection.until is not None:
        restrict(*_bound(f"{dates}.published_at", "<", selection.until))
    if selection.outlets:
        folded = sorted({outlet.casefold() for outlet in selection.outlets})
        restrict(f"a.outlet_folded IN ({_marks(folded)})", *folded)
    if selection.article_id is not None:
        restrict("a.id = ?", selection.article_id)
    return clauses, bindings


def _bound(column: str, sign: str, moment: datetime) -> tuple[str, *tuple[int, ...]]:
    """
    Compare *column* with *moment*; where it holds only a day, with the days of that zone.

    The wider of the two stands first and alone, so that an index over the column is used.
    """
    at, of_days = _micros(moment), _micros(as_day(moment))
    if at == of_days:
        return f"{column} {sign} ?", at
    wider = min(at, of_days) if sign == ">=" else max(at, of_days)
    exact = f"{column} {sign} iif({column} % {_DAY} = 0, ?, ?)"
    return f"{column} {sign} ? AND {exact}", wider, of_days, at


def select(db: apsw.Connection, selection: Selection, among: Keys | None = None) -> list[Candidate]:
    """List the candidates of *selection*, as ``Store.select`` promises."""
    if among is not None and len(among) == 0:
        return []
    return _candidates(db, *query(selection, among))


def numbered(db: apsw.Connection, numbers: Keys) -> list[Candidate]:
    """List the candidates of some statements, as ``Store.statements`` promises."""
    text = _SELECT.format(source=_NUMBERED, clauses="1")
    return _candidates(db, text, [_carray(numbers)]) if len(numbers) else []


def _candidates(db: apsw.Connection, text: str, bindings: list[Any]) -> list[Candidate]:
    moments: dict[int | None, datetime | None] = {None: None}
    found = []
    for key, name, sentence, statement, part, micros in db.execute(text, bindings):
        if micros not in moments:
            moments[micros] = from_micros(micros)
        found.append(Candidate(key, name, sentence, statement, part, moments[micros]))
    return found


def select_columns(db: apsw.Connection, selection: Selection) -> SentenceColumns:
    """List the sentences of *selection* in columns, as ``Store.select_columns`` promises."""
    text, bindings = column_query(selection)
    flat = np.fromiter(chain.from_iterable(db.execute(text, bindings)), dtype=np.int64)
    return in_columns(flat.reshape(-1, len(SentenceColumns._fields)))


def _tenures(tenures: Collection[Tenure]) -> str:
    """Write tenures as JSON, in an order of their own."""
    listed = [(t.key, to_micros(t.since), to_micros(t.until), int(t.undated)) for t in tenures]
    return json.dumps(sorted(listed, key=str))


def _carray(values: Keys) -> Any:
    """Bind integers, each once and rising."""
    return apsw.carray(np.unique(np.asarray(values, dtype=np.int64)))


def _marks(values: Collection[str]) -> str:
    return ",".join("?" * len(values))


def _micros(moment: datetime) -> int:
    micros = to_micros(moment)
    assert micros is not None
    return micros

"""What a watch and an alert are, and how a row of theirs is read."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from pydantic import TypeAdapter

from index.store.codec import from_micros
from index.types import Query, Quote

AlertState = Literal["new", "corrected", "withdrawn"]

QUERIES = TypeAdapter(Query)
QUOTES = TypeAdapter(tuple[Quote, ...])
CARRIERS = TypeAdapter(tuple[tuple[Quote, ...], ...])


@dataclass(frozen=True, slots=True)
class Watch:
    """
    A question that stays asked; ``owner`` "" is the shell, ``after`` as in `alerts.sql`.

    ``not_speakers`` and ``not_articles`` are names and ids that its owner does not want.
    """

    number: int
    text: str
    owner: str
    query: Query
    created_at: datetime
    after: int
    paused: bool = False
    silent_after: int | None = None
    not_speakers: tuple[str, ...] = ()
    not_articles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Alert:
    """
    A statement that a watch has found.

    ``quotes`` are its sentences as they were; ``also_in`` the outlets that carry it too.
    ``reworded`` is what its speaker says instead in a corrected article, if anything.
    ``carriers`` are the quotes of other articles that have carried it, the first one first.
    ``statement`` is the same for all alerts of one statement, whichever watches found it;
    ``change`` grows with whatever becomes of any alert.
    """

    number: int
    watch: int
    article: str
    quotes: tuple[Quote, ...]
    also_in: tuple[str, ...]
    state: AlertState
    reworded: str | None
    at: datetime
    statement: int
    change: int
    carriers: tuple[tuple[Quote, ...], ...] = ()

    @property
    def speaker(self) -> str | None:
        """Who says it; None where the article names nobody."""
        return self.quotes[0].speaker

    @property
    def party(self) -> str | None:
        """For whom it is said, if for anybody."""
        return self.quotes[0].party


def watch_of(row: Sequence[Any]) -> Watch:
    """Read a watch: number, text, owner and the others as in `alerts.sql`."""
    number, text, owner, query, created_at, after, paused, silent_after, excluded = row
    known = json.loads(excluded)
    return Watch(
        number,
        text,
        owner,
        QUERIES.validate_json(query),
        from_micros(created_at),
        after,
        bool(paused),
        silent_after,
        tuple(known.get("speakers", ())),
        tuple(known.get("articles", ())),
    )


def alert_of(row: Sequence[Any]) -> Alert:
    """Read an alert: number, watch, article and the others as in `alerts.sql`."""
    number, watch, article, quotes, also_in, state, reworded, at, statement, change, carried = row
    return Alert(
        number,
        watch,
        article,
        QUOTES.validate_json(quotes),
        tuple(json.loads(also_in)),
        state,
        reworded,
        from_micros(at),
        statement,
        change,
        CARRIERS.validate_json(carried),
    )

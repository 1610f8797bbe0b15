"""Who is on record in the tests of questions, and how a query is written in their tables."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from index.questions.parser import parse_question
from index.roster.directory import make_directory
from index.speakers.gazetteer.names import name_key
from index.speakers.gazetteer.tables import load_tables
from index.store import KnownSpeaker
from index.types import Party, Query

TABLES = load_tables()
NOW = datetime(2018, 2, 20, 15, tzinfo=UTC)  # a Tuesday
OUTLETS = ("Harbour Post", "The Daily Tern")
BRENNICK = Party("brennick energy", "Brennick Energy", "company")


def known(name: str, role: str | None, *parties: Party, statements: int = 5) -> KnownSpeaker:
    return KnownSpeaker(name_key(name), name, role, parties, statements)


def party(key: str) -> Party:
    return TABLES.parties[key]


SPEAKERS = [
    known("Anna Weller", "US Secretary of Defense", party("united states"), statements=50),
    known("Ilya Gromov", "Russian Foreign Minister", party("russia")),
    known("Pavel Sorin", "Kremlin spokesman", party("russia")),
    known("Tom Jordan", "Representative"),
    known("Olena Hrytsak", "Ukrainian negotiator", party("ukraine")),
    known("Russian officials", None, party("russia")),
    known("Judith Marlowe", "chief executive", BRENNICK),
    known("Defne Okumus", "Turkish trade minister", party("turkey")),
    known("Melda Weller", "painter", statements=2),
]


def parse(text: str, previous: Query | None = None, **options: Any) -> Query:
    directory = make_directory(options.pop("speakers", SPEAKERS), TABLES)
    settings = {"now": NOW, "outlets": OUTLETS}
    return parse_question(text, directory, previous=previous, **{**settings, **options})


def understood(query: Query) -> dict[str, Any]:
    """The fields that say something, but for how it is worded; `understood` only if it is not."""
    every = {name: getattr(query, name) for name in query.__slots__}
    fields = {
        name: value for name, value in every.items() if name not in ("text", "inherited", "clause")
    }
    fields["assumed"] = tuple(name for name in query.assumed if name != "why")
    vague = {} if fields.pop("understood") else {"understood": False}
    return {k: v for k, v in fields.items() if v not in (None, (), False, "best")} | vague

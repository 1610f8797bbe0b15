"""
What is given to a query beside its words: corrections in a form, and a channel's defaults.

A field goes out as words (``as_typed``) and comes back as words (``apply_overrides``): what comes
back as it went out is left alone, so that a date with an hour, or two roles of one party, survive
a form that can only show text. An empty field clears its restriction. Defaults are used where a
question names nobody, or no outlet; "Who said …?" and "anyone" do name somebody: everybody.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta
from typing import Any

from index.errors import QuestionError
from index.questions.around import without_courtesy
from index.questions.dates import find_dates
from index.questions.frames import STANCES, stance_of
from index.questions.subject import resolve_subject
from index.questions.topic import clean_topic
from index.questions.wishes import Wishes, read_wishes
from index.roster.directory import Directory
from index.speakers.gazetteer.tables import Tables
from index.text.date_format import iso_day
from index.types import Defaults, Query

_SHOWN = 5
_OR = re.compile(r"(?i)\s+or\s+|\s*,\s*")
_EVERYBODY = re.compile(r"(?i)\b(?:who|whom|whose|(?:any|every|some|no)\s?(?:one|body))\b")


@dataclass(frozen=True, slots=True)
class Overrides:
    """A query's fields as words; None for one that is not touched, "" for one left empty."""

    party: str | None = None
    speaker: str | None = None
    topic: str | None = None
    since: str | None = None
    until: str | None = None
    outlet: str | None = None
    stance: str | None = None
    filters: str | None = None


@dataclass(frozen=True, slots=True)
class FieldReader:
    """What typed fields are read against: who and which outlets are on record, and the time."""

    directory: Directory
    now: datetime
    newest: datetime | None = None
    outlets: Sequence[str] = ()


def as_typed(query: Query, tables: Tables) -> Overrides:
    """Word each field of *query* so that ``apply_overrides`` reads it back; dates are ISO days."""
    keys = [key for key in (query.party, *query.other_parties) if key]
    names = [name for name in (query.speaker, *query.other_speakers) if name]
    last = query.until - timedelta(microseconds=1) if query.until else None
    return Overrides(
        party=" and ".join(tables.parties[k].name if k in tables.parties else k for k in keys),
        speaker=" and ".join(names),
        topic=query.topic or "",
        since=iso_day(query.since),
        until=iso_day(last),
        outlet=" or ".join(o for o in (query.outlet, *query.other_outlets) if o),
        stance=("not " if query.negated else "") + query.stance if query.stance else "",
        filters=", ".join(_filters(query)),
    )


def _filters(query: Query) -> Iterator[str]:
    if query.direct:
        yield "direct quotes only"
    if query.officials:
        yield "officials only"
    yield from (f"no {group}" for group in query.without)


def apply_overrides(query: Query, typed: Overrides, reader: FieldReader) -> Query:
    """
    Replace what was understood by what somebody *typed*.

    Args:
        query: as it was understood.
        typed: the fields as words; those that read as they were shown change nothing.
        reader: who is on record, and what time it is.

    Raises:
        QuestionError: for a field that cannot be read; names it and words that can.
    """
    shown = as_typed(query, reader.directory.tables)
    changed: dict[str, Any] = {}
    for each in fields(Overrides):
        words = getattr(typed, each.name)
        if words is not None and words.strip() != getattr(shown, each.name):
            changed |= _READERS[each.name](words.strip(), reader)
    if not changed:
        return query
    made = replace(query, **{**_without(query, changed), **changed})
    assumed = tuple(name for name in query.assumed if not _answered(name, changed))
    nobody = not (made.party or made.speaker or made.quotation)
    return replace(made, anyone=nobody, understood=True, assumed=assumed)


def _without(query: Query, changed: Mapping[str, Any]) -> dict[str, Any]:
    """Clear what a correction makes void: another party's spokesman, a quotation."""
    void: dict[str, Any] = {}
    if "party" in changed and "speaker" not in changed and query.speaker:
        void |= {"speaker": None, "other_speakers": ()}
    if "speaker" in changed and "party" not in changed and query.speaker:
        void |= {"party": None, "other_parties": ()}
    if changed.get("topic"):
        void |= {"quotation": None}
    return void


def _answered(assumed: str, changed: Mapping[str, Any]) -> bool:
    """Return whether a correction settles what was *assumed*."""
    settled = {"newest": {"since", "until"}, "party": {"party", "speaker"}, "form": {"filters"}}
    return bool(settled.get(assumed, {assumed}) & set(changed))


def _read_party(words: str, reader: FieldReader) -> dict[str, Any]:
    parties = resolve_subject(words, reader.directory).parties if words else ()
    if words and not parties:
        known = [party.name for party in reader.directory.on_record.values()]
        raise _unread("party", words, list(dict.fromkeys(known)))
    return {"party": next(iter(parties), None), "other_parties": parties[1:]}


def _read_speaker(words: str, reader: FieldReader) -> dict[str, Any]:
    subject = resolve_subject(words, reader.directory) if words else None
    if subject is None:
        return {"speaker": None, "other_speakers": ()}
    if subject.parties and not subject.speakers:
        return {"party": subject.parties[0], "other_parties": subject.parties[1:], "speaker": None}
    if not subject.speakers:
        raise _unread("speaker", words, [s.name for s in reader.directory.speakers])
    read: dict[str, Any] = {"speaker": subject.speakers[0], "other_speakers": subject.speakers[1:]}
    return {**read, "party": subject.parties[0]} if subject.parties else read


def _read_topic(words: str, _: FieldReader) -> dict[str, Any]:
    return {"topic": clean_topic(without_courtesy(words)) if words else None}


def _read_since(words: str, reader: FieldReader) -> dict[str, Any]:
    when = find_dates(f"since {words}", now=reader.now, newest=reader.newest)
    if words and when.since is None:
        raise _unread("since", words, ["2018-02-13", "yesterday", "monday"])
    return {"since": when.since if words else None}


def _read_until(words: str, reader: FieldReader) -> dict[str, Any]:
    when = find_dates(f"until {words}", now=reader.now, newest=reader.newest)
    if words and when.until is None:
        raise _unread("until", words, ["2018-02-13", "yesterday", "monday"])
    return {"until": when.until if words else None}


def _read_outlet(words: str, reader: FieldReader) -> dict[str, Any]:
    known = {_bare(outlet): outlet for outlet in reversed(reader.outlets)}
    parts = [words] if _bare(words) in known else _OR.split(words)
    found = [known.get(_bare(part)) for part in parts if part.strip()]
    if None in found:
        raise _unread("outlet", words, reader.outlets)
    return {"outlet": found[0] if found else None, "other_outlets": tuple(found[1:])}


def _bare(outlet: str) -> str:
    return outlet.strip().casefold().removeprefix("the ")


def _read_filters(words: str, _: FieldReader) -> dict[str, Any]:
    """Read "officials only, no analysts": which kinds of statements are wanted."""
    wishes, rest = read_wishes(words)
    chosen = Wishes(direct=wishes.direct, officials=wishes.officials, without=wishes.without)
    if words and (not chosen or chosen != wishes or rest.strip(" ,;")):
        raise _unread("filters", words, ["officials only", "not analysts", "direct quotes only"])
    return {"direct": chosen.direct, "officials": chosen.officials, "without": chosen.without}


def _read_stance(words: str, _: FieldReader) -> dict[str, Any]:
    negated = words.lower().startswith("not ")
    stance = stance_of(words[4:] if negated else words) if words else None
    if words and stance is None:
        raise _unread("stance", words, list(STANCES))
    return {"stance": stance, "negated": negated}


def _unread(field: str, words: str, known: Sequence[str]) -> QuestionError:
    """Word which field cannot be read, and what can."""
    some = ", ".join(known[:_SHOWN]) or "nothing on record yet"
    return QuestionError(f"{field} “{words[:60]}” is not known; try one of: {some}")


_READERS: dict[str, Callable[[str, FieldReader], dict[str, Any]]] = {
    "party": _read_party,
    "speaker": _read_speaker,
    "topic": _read_topic,
    "since": _read_since,
    "until": _read_until,
    "outlet": _read_outlet,
    "stance": _read_stance,
    "filters": _read_filters,
}


def with_defaults(query: Query, defaults: Defaults) -> Query:
    """
    Fill in whom and where *query* asks, each only where it names none.

    Args:
        query: as it was understood.
        defaults: party keys, outlets and the kind of statements; what is empty fills in nothing.

    Returns:
        The query, which names in ``assumed`` what was filled in.
    """
    voices = (query.party, query.speaker, query.quotation, *query.other_parties)
    named = any(voices) or bool(query.other_speakers) or _EVERYBODY.search(query.text)
    if defaults.parties and not named:
        first, *others = defaults.parties
        query = replace(query, party=first, other_parties=tuple(others), anyone=False)
        query = replace(query, assumed=(*query.assumed, "party"))
    if defaults.outlets and query.outlet is None:
        here, *elsewhere = defaults.outlets
        query = replace(query, outlet=here, other_outlets=tuple(elsewhere))
        query = replace(query, assumed=(*query.assumed, "outlet"))
    chosen = replace(
        query,
        direct=query.direct or defaults.direct,
        officials=query.officials or defaults.officials,
        order=query.order if query.order != "best" else defaults.order,
    )
    return chosen if chosen == query else replace(chosen, assumed=(*query.assumed, "form"))

"""
The form in which a question is put together, and what it is read as. Pure.

A date field is a day where the asker is; a query's *until* is exclusive, the field's is not.
Names come from menus that complete what is on record; a party's entry carries its key. What the
form does not ask (denials, for example) stays as the question before had it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta, timezone, tzinfo
from typing import Any, NamedTuple

from bot.messages.elements import clip, field, plain_text
from bot.messages.views.choices import DIRECT, NEWEST, OFFICIALS, choices, chosen_options
from bot.messages.wording import FORM_DATES, FORM_EMPTY
from bot.types import Block
from index.types import NameKind, Query

QUESTION_FORM = "question"
PARTY, SPEAKER, OUTLET = "form-party", "form-speaker", "form-outlet"
TOPIC, SINCE, UNTIL, WHERE = "form-topic", "form-since", "form-until", "form-where"
CHOICE = "form-choice"
MENUS: dict[str, NameKind] = {PARTY: "party", SPEAKER: "speaker", OUTLET: "outlet"}


LONGEST = 150  # characters of what a menu's entry carries


class Filled(NamedTuple):
    """What somebody has filled in, empty where nothing; ``party`` is a key."""

    party: str = ""
    speaker: str = ""
    topic: str = ""
    outlet: str = ""
    since: date | None = None
    until: date | None = None
    channel: str = ""
    direct: bool = False
    officials: bool = False
    newest: bool = False


def question_form(
    note: str, query: Query, zone: tzinfo, *, party: str = "", choose_channel: bool
) -> Block:
    """
    Make the form.

    Args:
        note: what the form carries unseen.
        query: the question to change; an empty one for a new question.
        zone: the asker's.
        party: the name of the question's party.
        choose_channel: ask where the answer is to go.
    """
    since = _local(query.since, zone).date() if query.since else None
    last = _local(query.until, zone) - timedelta(microseconds=1) if query.until else None
    until = last.date() if last else None
    fields = [
        _menu(PARTY, "Country or organisation", party, query.party or ""),
        _menu(SPEAKER, "Person", query.speaker or "", query.speaker or ""),
        _optional("Topic", _text(TOPIC, query.topic or "")),
        _optional("From", _day(SINCE, since)),
        _optional("To", _day(UNTIL, until)),
        _menu(OUTLET, "Outlet", query.outlet or "", query.outlet or ""),
        choices(CHOICE, query.direct, query.officials, query.order == "newest"),
    ]
    return {
        "type": "modal",
        "callback_id": QUESTION_FORM,
        "private_metadata": note,
        "title": plain_text("Who said what?"),
        "submit": plain_text("Search"),
        "close": plain_text("Cancel"),
        "blocks": [*fields, *([_where()] if choose_channel else [])],
    }


def filled(view: Mapping[str, Any]) -> Filled:
    """Read what was filled in."""
    values = (view.get("state") or {}).get("values") or {}
    states = {action: state for block in values.values() for action, state in block.items()}

    def chosen(action: str) -> str:
        return str(((states.get(action) or {}).get("selected_option") or {}).get("value") or "")

    def picked(action: str) -> date | None:
        day = (states.get(action) or {}).get("selected_date")
        return date.fromisoformat(day) if day else None

    chosen_ways = chosen_options(states.get(CHOICE) or {})
    return Filled(
        party=chosen(PARTY),
        speaker=chosen(SPEAKER),
        topic=" ".join(str((states.get(TOPIC) or {}).get("value") or "").split()),
        outlet=chosen(OUTLET),
        since=picked(SINCE),
        until=picked(UNTIL),
        channel=str((states.get(WHERE) or {}).get("selected_conversation") or ""),
        direct=DIRECT in chosen_ways,
        officials=OFFICIALS in chosen_ways,
        newest=NEWEST in chosen_ways,
    )


def faults(form: Filled) -> dict[str, str]:
    """List what is wrong with a form, by field; empty if nothing is."""
    if not (form.party or form.speaker or form.topic):
        return {TOPIC: FORM_EMPTY}
    if form.since and form.until and form.since > form.until:
        return {UNTIL: FORM_DATES}
    return {}


def query_of(form: Filled, before: Query, zone: tzinfo) -> Query:
    """Make the query of a filled form; what the form does not ask is as in *before*."""
    party = form.party or None
    same = (party, form.speaker) == (before.party, before.speaker or "")
    until = form.until + timedelta(days=1) if form.until else None
    return replace(
        before,
        party=party,
        speaker=form.speaker or None,
        other_parties=before.other_parties if same else (),
        other_speakers=before.other_speakers if same else (),
        topic=form.topic or None,
        outlet=form.outlet or None,
        other_outlets=(),
        since=_midnight(form.since, zone),
        until=_midnight(until, zone),
        anyone=party is None and not form.speaker,
        quotation=None,
        understood=True,
        direct=form.direct,
        officials=form.officials,
        order="newest" if form.newest else "best",
        inherited=(),
    )


def option(name: str, value: str) -> Block:
    """Make an entry of a menu."""
    return {"text": plain_text(clip(name, 75)), "value": value}


def _midnight(day: date | None, zone: tzinfo) -> datetime | None:
    """Begin *day* where the asker is; as an offset, for a zone is not kept with a query."""
    if day is None:
        return None
    begins = datetime.combine(day, time(), zone)
    return begins.replace(tzinfo=timezone(begins.utcoffset() or timedelta()))


def _local(moment: datetime, zone: tzinfo) -> datetime:
    """Leave the beginning of a day, which may be another asker's, in its zone; shift the rest."""
    return moment if moment.time() == time() else moment.astimezone(zone)


def _menu(action: str, label: str, chosen: str, value: str) -> Block:
    menu: Block = {
        "type": "external_select",
        "action_id": action,
        "min_query_length": 0,
        "placeholder": plain_text("Anybody" if action != OUTLET else "All outlets"),
    }
    if chosen.strip() and len(value) <= LONGEST:
        menu["initial_option"] = option(chosen, value)
    return _optional(label, menu)


def _text(action: str, value: str) -> Block:
    entry: Block = {"type": "plain_text_input", "action_id": action, "max_length": 200}
    return {**entry, "initial_value": clip(value, 200)} if value else entry


def _day(action: str, day: date | None) -> Block:
    picker: Block = {"type": "datepicker", "action_id": action}
    return {**picker, "initial_date": day.isoformat()} if day else picker


def _where() -> Block:
    menu = {
        "type": "conversations_select",
        "action_id": WHERE,
        "placeholder": plain_text("A direct message to me"),
        "filter": {"include": ["public", "private"], "exclude_bot_users": True},
    }
    return _optional("Show the answer in", menu)


def _optional(label: str, element: Block) -> Block:
    return field(label, element, optional=True)

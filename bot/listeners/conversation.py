"""
What a message in a conversation gets: an answer, the next page, a line of courtesy, or nothing.

Colleagues talk in the threads of answers. What one of them says without calling the bot is
answered only if it surely asks for more and there is something to show: an abstention would be an
interruption. What was not answered is not remembered either.
"""

from __future__ import annotations

import re
from contextlib import nullcontext
from dataclasses import replace

from slack_sdk import WebClient

from bot.answering.going_on import last_speaker
from bot.messages.elements import plain
from bot.messages.talk.asides import aside_of, introduction_line
from bot.messages.talk.courtesy import BYE, FORGOTTEN, QUIET, YOU_ARE_WELCOME, SmallTalk, small_talk
from bot.messages.talk.help import wants_help
from bot.messages.wording import (
    MORE_ALREADY,
    MORE_OF_A_SIDE,
    NO_MORE_OF_SIDES,
    NOBODY_ELSE,
    SHARED,
    no_more,
)
from bot.services import Services
from bot.state.answers import Answer
from bot.types import ChannelDefaults, SlackPlace
from index.types import Introduced, Query


def answer(
    services: Services,
    client: WebClient,
    place: SlackPlace,
    question: str,
    *,
    called: bool = True,
    viewed: str = "",
) -> None:
    """
    Answer what was asked in a conversation, in its thread.

    Args:
        services: what it works with.
        client: of the asker's workspace.
        place: as the handler got it.
        question: plain text.
        called: whether the bot was mentioned, or written to alone; else it may stay silent.
        viewed: the channel that the asker looks at while writing to us directly.

    Raises:
        QuestionError: if nothing in *question* can be understood.
    """
    if place.shared and not services.settings.shared_channels:
        services.post(client, place, plain(SHARED), alone=True)
        services.note(place, "declined")
        return
    if _small_talk(services, client, place, question):
        return
    if _aside(services, client, place, question, called=called):
        return
    kind = services.engine.message_kind(question)
    previous = services.threads.recall(place) if kind in ("more", "others") else None
    last = services.answers.last_in(place) if previous is not None else None
    if last is not None and kind == "more":
        next_page(services, client, place, last)
        services.note(place, "answered")
        return
    if last is not None and previous is not None and previous.anyone:
        _others(services, client, place, previous, last)
        return
    chosen = _chosen(services, place, viewed)
    _answer(services, client, place, question, chosen, called=called)


def _others(
    services: Services, client: WebClient, place: SlackPlace, previous: Query, last: Answer
) -> None:
    """Answer "who else?", where everybody was asked: those who were not shown yet."""
    shown = services.engine.answer_query(last.query, limit=last.offset + len(last.quotes))
    query = services.engine.others_than(previous, shown.quotes)
    rendered = services.answering.query(place, query, alone=last.private)
    if rendered.abstained:
        services.post(client, place, plain(NOBODY_ELSE), alone=last.private)
        services.note(place, "answered")
        return
    services.remember(place, rendered.query, previous)
    services.post(client, place, rendered.message, alone=last.private)
    services.count(place, rendered)


def next_page(services: Services, client: WebClient, place: SlackPlace, before: Answer) -> None:
    """Show what comes after *before*; where others see it, once, no matter who asks."""
    if before.kind in ("comparison", "table"):
        whole = services.answering.shows_all_sides(before)
        line = NO_MORE_OF_SIDES if whole else MORE_OF_A_SIDE
        services.post(client, place, plain(line), alone=True)
        return
    deed = f"more:{place.team}:{before.id}"
    if not (before.private or services.claims.claim_for(place.answer_id, deed)):
        services.post(client, place, plain(MORE_ALREADY), alone=True)
        return
    rendered = services.answering.next_page(place, before)
    if rendered is None:
        query, shown = before.query, before.seen + len(before.statements)
        if before.kind == "answer" and services.engine.answer_query(query, limit=1).abstained:
            shown = 0  # what was shown stood below an abstention
        name = query.speaker or ""
        if query.party and not name:
            name = services.engine.party_name(query.party, within=True)
        services.post(client, place, plain(no_more(shown, query, name)), alone=True)
    else:
        services.post(client, place, rendered.message, alone=before.private)


def _small_talk(services: Services, client: WebClient, place: SlackPlace, text: str) -> bool:
    """Answer thanks, calls for help and "start over" with at most a line; False for the rest."""
    talk = small_talk(text)
    if talk == "hello":
        services.post(client, place, services.hello())
        services.note(place, "help")
        return True
    if talk == "help" or wants_help(text):
        services.post(client, place, services.help())
        services.note(place, "help")
        return True
    if talk is None:
        return False
    if talk in ("over", "quiet"):
        services.threads.forget(place)
    line = _LINES.get(talk, "")
    if line and (talk != "thanks" or _first_thanks(services, place)):
        services.post(client, place, plain(line))
    services.note(place, "courtesy")
    return True


def may_go_on(services: Services, place: SlackPlace, text: str, previous: Query) -> bool:
    """Return whether *text*, which calls nobody, asks for more of *previous* or about it."""
    if aside_of(text):
        return True
    engine = services.engine
    if engine.is_follow_up(text, previous=previous):
        return True
    asked = _with_speaker(services, place, text, previous)
    return bool(_introduced(services, text, asked, called=False))


def _aside(
    services: Services, client: WebClient, place: SlackPlace, text: str, *, called: bool
) -> bool:
    """Answer what is asked about an answer, about somebody, or about us; False for the rest."""
    if aside := aside_of(text):
        if called or aside in ("source", "whole") or _is_askers(services, place):
            services.post(client, place, plain(services.aside(aside)))
            services.note(place, "courtesy")
        else:
            services.note(place, "silent")
        return True
    previous = _with_speaker(services, place, text, services.threads.recall(place))
    found = _introduced(services, text, previous, called=called)
    if found is None:
        return False
    shown = (previous and previous.speaker) or ""
    services.post(client, place, plain(introduction_line(found, shown)))
    if found.kind in ("who", "speaks") and len(found.names) == 1 and not _ONE.search(text):
        # "and what did he say?" goes on with whoever was asked about last.
        services.remember(place, Query(text, speaker=found.names[0]), previous)
    services.note(place, "answered")
    return True


def _introduced(
    services: Services, text: str, previous: Query | None, *, called: bool
) -> Introduced | None:
    """Find who somebody is; among colleagues only where the articles name anybody."""
    found = services.engine.introduce(text, previous)
    return found if found is not None and (called or found.lines) else None


def _is_askers(services: Services, place: SlackPlace) -> bool:
    """Return whether who writes asked for the answer above; others may ask a colleague."""
    last = services.answers.last_in(place)
    return last is not None and last.asker == place.user


_LINES: dict[SmallTalk, str] = {
    "thanks": YOU_ARE_WELCOME,
    "bye": BYE,
    "over": FORGOTTEN,
    "quiet": QUIET,
}


def _first_thanks(services: Services, place: SlackPlace) -> bool:
    """Return whether nobody has been thanked back in this thread of late: once is enough."""
    thread = place.thread if place.in_thread else ""
    where = f"thanks:{place.team}:{place.channel}:{thread or place.user}"
    return services.claims.claim_for(place.answer_id, where)


def _answer(
    services: Services,
    client: WebClient,
    place: SlackPlace,
    question: str,
    chosen: ChannelDefaults,
    *,
    called: bool,
) -> None:
    status = services.agent.sessions.searching(client, place) if called else nullcontext()
    with services.metrics.seconds.time(), status:
        previous = _previous(services, place, question)
        rendered = services.answering.question(
            place,
            question,
            previous=previous,
            now=services.now(client, place),
            defaults=chosen.for_engine,
            alone=chosen.private,
            called=called,
            above=_above(services, place) if previous is not None else None,
        )
        if rendered is None:
            services.note(place, "silent")
            return
        # Before the reply: an error after it would show the asker a second reply.
        services.remember(place, rendered.query, previous)
        services.post(client, place, rendered.message, alone=chosen.private)
    services.count(place, rendered)


def _chosen(services: Services, place: SlackPlace, viewed: str) -> ChannelDefaults:
    """
    Fetch what the conversation has chosen.

    One without a choice of its own, between us and one person, asks about the same parties
    and outlets as the channel that the person looks at.
    """
    own = services.channels.channel_defaults(place.team, place.channel)
    if not (place.private and viewed) or own.parties or own.outlets:
        return own
    there = services.channels.channel_defaults(place.team, viewed)
    return replace(own, parties=there.parties, outlets=there.outlets, names=there.names)


def _previous(services: Services, place: SlackPlace, question: str) -> Query | None:
    """
    Fetch what a question goes on with: the last query of its thread.

    A direct message outside of any thread stands for itself, unless it says that it goes on.
    """
    apart = place.private and not place.in_thread
    if apart and not services.engine.is_follow_up(question, explicit=True):
        return None
    return _with_speaker(services, place, question, services.threads.recall(place))


def _above(services: Services, place: SlackPlace) -> Answer | None:
    """Fetch the answer before, if everybody sees it and Slack has said that it stands there."""
    last = services.answers.last_in(place)
    kept = services.answers.find(place.team, last.id) if last and not last.private else None
    return kept if kept is not None and kept.ts else None


def _with_speaker(
    services: Services, place: SlackPlace, text: str, previous: Query | None
) -> Query | None:
    """Let "she" and "he" mean who was shown last, where the question before named nobody."""
    if previous is None or not _ONE.search(text):
        return previous
    if previous.speaker and not _IS_ROLE.match(previous.speaker):
        return previous
    last = services.answers.last_in(place)
    limit = services.answering.limit
    name = last_speaker(services.engine, text, last, limit) if last is not None else ""
    return replace(previous, speaker=name, anyone=False) if name else previous


_IS_ROLE = re.compile(r"(?:the\s+)?[a-z]")  # "the minister" was asked about, whoever it is
_ONE = re.compile(
    r"(?i)\b(?:he|she|him|her|his|hers)\b|^\W*(?:and\s+)?who(?:['’]s|\s+(?:is|was))\s+(?:that|this)\W*$"
)

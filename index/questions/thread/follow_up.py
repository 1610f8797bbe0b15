"""
Follow-ups: "and Ukraine?", "and since Monday?", "what did he say about the Kurds?".

A follow-up keeps whatever it does not replace. The trap is to keep too much: a whole new
question in the same thread must not inherit the last one's topic or dates.
"""

from __future__ import annotations

import re
from dataclasses import replace

from index.query import INHERITED
from index.questions.around import meant_instead
from index.questions.description import party_within
from index.questions.frames import QuestionFrame
from index.questions.subject import Subject, resolve_subject
from index.questions.thread.again import asks_more
from index.questions.thread.others import subjects_of
from index.roster.directory import Directory
from index.roster.lookup import known_person
from index.text.words import is_number
from index.types import Query

_OPENING = re.compile(
    r"^(?:(?:and|but|or|also|then|plus|so|same\s+for|what\s+else|who\s+else)\b[\s,]*"
    r"|(?:and\s+)?(?:what|how)\s+about\b\s*|what\s+of\b\s+"
    r"|(?:only|just)\b\s+|(?:any\s+)?more\s+(?:from|by|on|about)\s+(?=\S))+",
    re.IGNORECASE,
)
_ELSE = re.compile(
    r"(?i)\W*(?:and\s+|did\s+|has\s+)*(?:(?:who|any(?:one|body))\s+else\b|(?:the\s+)?others\W*$)"
)
# "Russia's reply?", "and their side of it?"
_REPLY = re.compile(
    r"(?i)^(?:(?:and|but|so|ok|okay|any)\s+)?(?:what(?:['’]s|\s+(?:is|was))\s+)?"
    r"(?:(?P<who>[^\s,;:]+(?:\s+[^\s,;:]+){0,4}?)['’]s?|(?P<own>his|her|its|their))\s+"
    r"(?:reply|response|answer|reaction|rebuttal|comments?|version|view|take|line"
    r"|side(?:\s+of\s+(?:it|this|that))?)(?:\s+(?:to|on|of)\s+(?:that|this|it))?$"
)
_FIGURE = re.compile(
    r"(?i)^(?:(?:and|but|so|ok|okay)\s+)?(?P<asks>how\s+(?:many|much|long|big|far|old))"
    r"(?:\s+(?:exactly|of\s+them|in\s+all)|(?P<noun>(?:\s+\w+)?\s+\w{3,}))?$"
)
_ONE_OF_THEM = re.compile(
    r"(?i)\W*(?:(?:and|or|what\s+about)\s+)?the\s+(?P<which>[\w-]+)\s+one\W*$"
)
_MATTER_ALONE = re.compile(r"(?i)(?:about|regarding)\s+\S+(?:\s+\S+){0,3}")
_EITHER = re.compile(r"(?i)(?:so\s+)?(?P<one>[\w-]+),?\s+or\s+(?P<two>[\w-]+)")
_LONG_TOPIC = 6  # words; to a longer one nothing is joined
_ABOUT_IT = re.compile(
    r"(?i)\b(?:on|about|to|of|regarding|over)\s+(?:it|that|this|them|those)\W*$"
    r"|\bin\s+(?:reply|response|return|answer)\W*$"
    r"|^\W*(?:and\s+)?(?:(?:is|was)\s+there\s+)?(?:an?|any)\s+(?:official\s+)?(?:reactions?|responses?"
    r"|repl(?:y|ies)|comments?|word)\s+(?:from|by)\s|^\W*(?:and\s+)?anything(?:\s+(?:new|yet))?\s+from\s"
    r"|^\W*(?:and\s+)?(?:has|have|did)\s.*\ssa(?:id|y)\s+anything(?:\s+(?:yet|at\s+all))?\W*$"
    r"|^\W*(?:\S+\s+){1,4}(?:commented|reacted|responded|replied|answered)\?\s*$"
    r"|^\W*(?:(?:and|but|so)\s+)?(?:did|has|have|how\s+(?:did|has|have))\b.*\s"
    r"(?:comment|react|respond|repl[yi]|answer)(?:ed|ied)?(?:\s+(?:it|that|this|them))?\W*$"
)


def follows(text: str, *, goes_on: bool = False) -> tuple[bool, str]:
    """
    Return whether *text* opens like a follow-up ("and …"), and the text without the opening.

    Args:
        text: a message.
        goes_on: whether there is a question before; then "about the bank" follows it as well.
    """
    if meant := meant_instead(text):
        return True, opening_of(meant)[1]
    opening, rest = opening_of(text)
    if goes_on and not opening and _MATTER_ALONE.fullmatch(text):
        return True, text
    if not opening:
        return asks_more(text), text
    if re.match(r"(?i)who\s+else", opening):
        rest = f"who {rest}" if rest else "anyone"
    return True, rest or text


def as_reply(text: str) -> str:
    """Find who is asked for a reply to what is shown: "Russia's reply?"; "" in other messages."""
    match = _REPLY.match(text)
    return (match["who"] or match["own"]) if match else ""


def asks_figure(plain: str) -> bool:
    """Return whether *plain* asks for a number in what is shown, and for nothing else."""
    match = _FIGURE.match(plain)
    return (match is not None and not match["noun"]) or _is_either(plain)


def _is_either(plain: str) -> bool:
    """Return whether *plain* asks which of two numbers it is: "fourteen or forty?"."""
    match = _EITHER.fullmatch(plain)
    return match is not None and is_number(match["one"].lower()) and is_number(match["two"].lower())


def of_figure(previous: Query, text: str, plain: str) -> Query | None:
    """Ask *previous* for a number: "how many?"; None if *plain* asks something else."""
    match = _FIGURE.match(plain)
    if previous.topic is not None and _is_either(plain):
        return replace(previous, text=text, topic=f"how many, {previous.topic}", clause=True)
    if match is None or previous.topic is None:
        return None
    if match["noun"]:
        topic = f"{match['noun'].strip()}, {previous.topic}"
        return replace(previous, text=text, topic=topic, clause=True)
    asks = match["asks"].lower()
    topic = previous.topic if previous.topic.startswith("how ") else f"{asks}, {previous.topic}"
    return replace(previous, text=text, topic=topic, clause=True)


def opening_of(text: str) -> tuple[str, str]:
    """Split off what a follow-up opens with: "and", "what about"; "" where it opens otherwise."""
    match = _OPENING.match(text)
    return (match.group(), text[match.end() :].strip()) if match else ("", text)


def inherit(
    query: Query, previous: Query, subject: Subject, *, following: bool, framed: bool
) -> Query:
    """
    Fill what *query* leaves open from *previous*, if it is a follow-up.

    Args:
        query: as the text alone says.
        previous: the query before it in the thread.
        subject: how its speaker was named; a pronoun takes the speaker of *previous*.
        following: whether it opens like a follow-up.
        framed: whether it is worded as a whole question.
    """
    named = bool(query.party or query.speaker)
    others = subjects_of(previous) if _ELSE.match(query.text) else ()
    framed = framed or ("topic" in query.assumed and not following)
    if framed and not following and not subject.pronoun:
        return _with_topic(query, previous, others)
    if query.quotation or (named and query.topic and not following):
        return query
    kept = query
    if others:
        kept = replace(kept, anyone=True, besides=others)
    elif not named and (not framed or subject.pronoun):
        kept = replace(
            kept,
            party=previous.party,
            speaker=previous.speaker,
            other_parties=previous.other_parties,
            other_speakers=previous.other_speakers,
            anyone=previous.anyone,
        )
    return _restricted(kept, previous, framed=framed)


def of_reply(
    query: Query, previous: Query, directory: Directory, *, replies: bool = False
) -> Query:
    """
    Read "what did Ankara say to that?", where *previous* asked what the SDF say about Ankara.

    The matter is then not Ankara, which answers, but whom it answers.

    Args:
        query: as the text alone says.
        previous: the query before it in the thread.
        directory: who can be meant.
        replies: whether *query* asks for nothing but a reply ("Ankara's reply?").
    """
    if query.party and query.party == previous.party:
        return previous  # asked once more
    about = resolve_subject(previous.topic, directory) if previous.topic else Subject()
    unsaid = replies and previous.topic is None
    if not (unsaid or (query.party and query.party in about.parties)):
        return previous
    person = known_person(previous.speaker, directory) if previous.speaker else None
    parties = [party.key for party in person.parties] if person else []
    key = previous.party or next(iter(parties), None)
    name = party_within(key, directory.tables) if key else None
    return replace(previous, topic=name, clause=False)


def of_same_one(text: str) -> QuestionFrame | None:
    """Read "and about the reporter?": the same one is asked."""
    about = re.match(r"(?i)(?:about|on|regarding)\s+(?=\S)", text)
    return QuestionFrame("they", text[about.end() :]) if about else None


def of_the_same(query: Query, previous: Query, directory: Directory) -> Query:
    """Read "her colleague at the foreign ministry", "the ministry": as asked about before."""
    if query.speaker and query.party is None and previous.speaker is not None:
        role = query.speaker.lower().removeprefix("the ")
        if role in previous.speaker.lower().split():
            return replace(query, speaker=previous.speaker, party=previous.party)
    if (one := _ONE_OF_THEM.match(query.text)) and previous.speaker and not query.speaker:
        # "and the European one?", below what the central bank said
        kind = re.sub(r"(?i)^the\s+", "", previous.speaker)
        return replace(query, speaker=f"{one['which']} {kind}", topic=None, anyone=False)
    owned = re.match(r"(?i)(?:his|her|its|their)\s+(?=\S)", query.speaker or "")
    if owned is None or query.party or query.speaker is None:
        return query
    speaker = known_person(previous.speaker, directory) if previous.speaker else None
    parties = speaker.parties if speaker is not None else ()
    party = previous.party or (parties[0].key if parties else None)
    return replace(query, speaker=query.speaker[owned.end() :], party=party)


def mark_inherited(query: Query, alone: Query) -> Query:
    """Name in *query* what it has and *alone*, the same question without a thread, has not."""
    kept = [
        name
        for name, fields in INHERITED.items()
        if all(_is_open(getattr(alone, field)) for field in fields)
        and any(not _is_open(getattr(query, field)) for field in fields)
    ]
    return replace(query, inherited=tuple(kept))


def _is_open(value: object) -> bool:
    return value in (None, (), False, "best")


def _with_topic(query: Query, previous: Query, others: tuple[str, ...]) -> Query:
    """Give a whole question the topic of *previous* where it only refers to it, else nothing."""
    refers = _ABOUT_IT.search(query.text) and not _is_said(previous.topic, query.text)
    if query.topic is None and (query.stance is not None or refers):
        # "did Turkey deny it?", "Turkey on it": the topic is what was talked of.
        return replace(query, topic=previous.topic, clause=previous.clause, besides=others)
    named = bool(query.party or query.speaker)
    if not (named or query.topic or query.quotation or query.since or query.until):
        # "who said that?"
        same = replace(query, topic=previous.topic, clause=previous.clause)
        return replace(same, quotation=previous.quotation)
    return query


def _is_said(topic: str | None, text: str) -> bool:
    return topic is not None and topic.lower() in text.lower()


def _restricted(query: Query, previous: Query, *, framed: bool) -> Query:
    """Keep topic, dates, stance and outlet of *previous* where *query* names none."""
    if query.topic is None:
        query = replace(query, topic=previous.topic, clause=previous.clause)
    elif _asks_more_of(query, previous):
        # "and who was hurt?" below an answer on the gas line is about the gas line still.
        query = replace(query, topic=f"{query.topic}, {previous.topic}")
    if query.since is None and query.until is None:
        query = replace(query, since=previous.since, until=previous.until)
    stance = query.stance or (None if framed else previous.stance)
    if not (framed and query.stance):
        # "what did she demand?": few demands stand in direct quotes, and the question is whole.
        query = replace(
            query, direct=previous.direct, officials=previous.officials, without=previous.without
        )
    return replace(
        query,
        stance=stance,
        negated=query.negated or (stance == previous.stance and previous.negated and not framed),
        outlet=query.outlet or previous.outlet,
        other_outlets=query.other_outlets if query.outlet else previous.other_outlets,
        quotation=None,
        understood=True,
        order=previous.order,
        most=previous.most,
    )


def _asks_more_of(query: Query, previous: Query) -> bool:
    """Return whether *query*, a follow-up, asks for a fact of what *previous* is about."""
    named = bool(query.party or query.speaker)
    apart = previous.topic is not None and not _is_said(previous.topic, query.text)
    if previous.topic is None or len(previous.topic.split()) > _LONG_TOPIC:
        return False
    return apart and not named and "topic" in query.assumed

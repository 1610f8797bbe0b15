"""
Follow-ups: "and Ukraine?", "and since Monday?", "what did he say about the Kurds?".

A follow-up keeps whatever it does not replace. The trap is to keep too much: a whole new
question in the same thread must not inherit the last one's topic or dates.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta

from index.questions.subject import Subject
from index.speakers.gazetteer.names import name_key
from index.text.date_format import midnight
from index.types import Query

_OPENING = re.compile(
    r"^(?:(?:and|but|or|also|then|plus|so|same\s+for|what\s+else|who\s+else)\b[\s,]*"
    r"|(?:and\s+)?(?:what|how)\s+about\b\s*"
    r"|(?:only|just)\b\s+|(?:any\s+)?more\s+(?:from|by|on|about)\s+(?=\S))+",
    re.IGNORECASE,
)
_MORE = re.compile(r"(?i)^(?:more|and\??|go\s+on|anything\s+else|what\s+else|next|others?)$")

_NEWER = re.compile(
    r"(?i)(?:and\s+)?(?:(?:is|was|are)\s+there\s+)?(?:anything|any|something|what\s+is)?\s*"
    r"(?:new(?:er|s)?|more\s+recent(?:ly)?|later|fresh(?:er)?|updates?|(?:the\s+)?latest)"
    r"(?:\s+(?:statements?|quotes?|ones?|news|updates?))?"
    r"(?:\s+(?:on|about|from)\s+(?:this|that|it|them|him|her))?(?:\s+since\s+then)?"
    r"|(?:and\s+)?since\s+then"
)
_EARLIER = re.compile(
    r"(?i)(?:and\s+|anything\s+|what\s+did\s+(?:he|she|it|they)\s+say\s+)?(?:before\s+(?:that|then)"
    r"|earlier|older|previously)"
)
_ELSE = re.compile(r"(?i)\W*(?:and\s+|did\s+|has\s+)*(?:who|any(?:one|body))\s+else\b")
_RECENT = timedelta(days=7)


def shift(previous: Query, text: str, plain: str, newest: datetime) -> Query | None:
    """
    Ask *previous* again for what came after its days, or before; None if *plain* asks neither.

    Args:
        previous: the query before it in the thread.
        text: the follow-up as typed.
        plain: the same without greetings and final marks.
        newest: when the newest article was published; without days, its last week is meant.
    """
    border = midnight(newest) - _RECENT
    if _NEWER.fullmatch(plain):
        since = previous.until or max(border, previous.since or border)
        return replace(previous, text=text, since=since, until=None, assumed=("newest",))
    if _EARLIER.fullmatch(plain):
        until = previous.since or min(border, previous.until or border)
        return replace(previous, text=text, since=None, until=until, assumed=("newest",))
    return None


def follows(text: str) -> tuple[bool, str]:
    """Return whether *text* opens like a follow-up ("and …"), and the text without the opening."""
    match = _OPENING.match(text)
    if match is None:
        return bool(_MORE.match(text)), text
    rest = text[match.end() :].strip()
    if re.match(r"(?i)who\s+else", match.group()):
        rest = f"who {rest}" if rest else "anyone"
    return True, rest or text


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
    if _MORE.match(query.text.strip(" ?!.")):
        return replace(previous, text=query.text)
    named = bool(query.party or query.speaker)
    others = _subjects_of(previous) if _ELSE.match(query.text) else ()
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


def _with_topic(query: Query, previous: Query, others: tuple[str, ...]) -> Query:
    """Give a whole question the topic of *previous* where it only refers to it, else nothing."""
    if query.topic is None and query.stance is not None:
        # "did Turkey deny it?": the topic is what was talked of.
        return replace(query, topic=previous.topic, besides=others)
    named = bool(query.party or query.speaker)
    if not (named or query.topic or query.quotation or query.since or query.until):
        # "who said that?"
        return replace(query, topic=previous.topic)
    return query


def _restricted(query: Query, previous: Query, *, framed: bool) -> Query:
    """Keep topic, dates, stance and outlet of *previous* where *query* names none."""
    if query.topic is None:
        query = replace(query, topic=previous.topic)
    if query.since is None and query.until is None:
        query = replace(query, since=previous.since, until=previous.until)
    stance = query.stance or (None if framed else previous.stance)
    return replace(
        query,
        stance=stance,
        negated=query.negated or (stance == previous.stance and previous.negated and not framed),
        outlet=query.outlet or previous.outlet,
        other_outlets=query.other_outlets if query.outlet else previous.other_outlets,
        quotation=None,
        understood=True,
    )


def _subjects_of(previous: Query) -> tuple[str, ...]:
    """Collect the keys of those whom *previous* was about: "who else?" means none of them."""
    parties = [key for key in (previous.party, *previous.other_parties) if key]
    names = [name for name in (previous.speaker, *previous.other_speakers) if name]
    return (*([] if previous.speaker else parties), *map(name_key, names), *previous.besides)

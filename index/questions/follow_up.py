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
    """Tell whether *text* opens like a follow-up ("and …", "what about …"); strip the opening."""
    match = _OPENING.match(text)
    if match is None:
        return bool(_MORE.match(text)), text
    rest = text[match.end() :].strip()
    if re.match(r"(?i)who\s+else", match.group()):
        rest = f"who {rest}" if rest else "anyone"
    return True, rest or text


def inherit(
    query: Query, previous: Query, asked: Subject, *, following: bool, framed: bool
) -> Query:
    """
    Fill what *query* leaves open from *previous*, if it is a follow-up.

    Args:
        query: as the text alone says.
        previous: the query before it in the thread.
        asked: how its speaker was named; a pronoun takes the speaker of *previous*.
        following: whether it opens like a follow-up.
        framed: whether it is worded as a whole question.
    """
    named = bool(query.party or query.speaker)
    if _MORE.match(query.text.strip(" ?!.")):
        return replace(previous, text=query.text)
    others = _asked_before(previous) if _ELSE.match(query.text) else ()
    whole = framed and not following and not asked.pronoun
    if whole and query.topic is None and query.stance is not None:
        # "did Turkey deny it?": the topic is what was talked of.
        return replace(query, topic=previous.topic, besides=others)
    bare = not (named or query.topic or query.quotation or query.since or query.until)
    if whole and bare:
        # "who said that?"
        return replace(query, topic=previous.topic)
    if whole or query.quotation or (named and query.topic and not following):
        return query
    kept = query
    if others:
        kept = replace(kept, anyone=True, besides=others)
    elif not named and (not framed or asked.pronoun):
        kept = replace(
            kept,
            party=previous.party,
            speaker=previous.speaker,
            other_parties=previous.other_parties,
            other_speakers=previous.other_speakers,
            anyone=previous.anyone,
        )
    if kept.topic is None:
        kept = replace(kept, topic=previous.topic)
    if kept.since is None and kept.until is None:
        kept = replace(kept, since=previous.since, until=previous.until)
    stance = kept.stance or (None if framed else previous.stance)
    return replace(
        kept,
        stance=stance,
        negated=kept.negated or (stance == previous.stance and previous.negated and not framed),
        outlet=kept.outlet or previous.outlet,
        other_outlets=kept.other_outlets if kept.outlet else previous.other_outlets,
        quotation=None,
        understood=True,
    )


def _asked_before(previous: Query) -> tuple[str, ...]:
    """Collect the keys of those whom *previous* asked about: "who else?" means none of them."""
    parties = [key for key in (previous.party, *previous.other_parties) if key]
    names = [name for name in (previous.speaker, *previous.other_speakers) if name]
    return (*([] if previous.speaker else parties), *map(name_key, names), *previous.besides)

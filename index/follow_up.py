"""
Follow-ups: "and Ukraine?", "and since Monday?", "what did he say about the Kurds?".

A follow-up keeps whatever it does not replace. The trap is to keep too much: a whole new
question in the same thread must not inherit the last one's topic or dates.
"""

from __future__ import annotations

import re
from dataclasses import replace

from index.asked import Asked
from index.types import Query

_OPENING = re.compile(
    r"^(?:(?:and|but|or|also|then|plus|so|same\s+for|what\s+else|who\s+else)\b[\s,]*"
    r"|(?:and\s+)?(?:what|how)\s+about\b\s*)+",
    re.IGNORECASE,
)
_MORE = re.compile(r"(?i)^(?:more|and\??|go\s+on|anything\s+else|what\s+else|next|others?)$")


def follows(text: str) -> tuple[bool, str]:
    """Tell whether *text* opens like a follow-up ("and …", "what about …"); strip the opening."""
    match = _OPENING.match(text)
    if match is None:
        return bool(_MORE.match(text)), text
    rest = text[match.end() :].strip()
    if re.match(r"(?i)who\s+else", match.group()):
        rest = f"who {rest}" if rest else "anyone"
    return True, rest or text


def inherit(query: Query, previous: Query, asked: Asked, *, following: bool, framed: bool) -> Query:
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
    whole = framed and not following and not asked.pronoun
    if whole and query.topic is None and query.stance is not None:
        # "did Turkey deny it?": the topic is what was talked of.
        return replace(query, topic=previous.topic)
    if whole or query.quotation or (named and query.topic and not following):
        return query
    kept = query
    if re.match(r"(?i)\W*(?:and\s+)?who\s+else", query.text):
        kept = replace(kept, anyone=True)
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
        quotation=None,
        understood=True,
    )

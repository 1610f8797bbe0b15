"""
Read a watch as people word it: "alert me whenever Lavrov speaks", "any news from the president".

A watch is a question that stays asked, so its text is read as a question once the request around it
is taken off. What a question may be and a watch may not is refused, with what to write instead.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from index.alerts.alerting import watchable
from index.alerts.book import LONGEST_TEXT, Watch
from index.errors import QuestionError
from index.questions.frames import VERB, stance_of
from index.questions.wishes import read_wishes
from index.types import Query

_HINT = "try “Russia on exports”, “Lavrov” or “anyone denying the strike”"
_REQUEST = re.compile(
    r"(?i)^(?:(?:please|pls|can|could|would|will|you|i|we|want|wanna|need|like|would|to|be|get)\s+)*"
    r"(?:(?:alert|notif(?:y|ied)|tell|told|ping|inform(?:ed)?|warn|message|mail|e-?mail|call"
    r"|remind)(?:\s+(?:me|us))?|let\s+(?:me|us)\s+know|keep\s+(?:me|us)\s+(?:posted|updated|informed)"
    r"|alerts?|notifications?)\s+"
    r"(?P<when>if|when(?:ever)?|as\s+soon\s+as|once|(?:every|each|any)\s?time(?:\s+that)?|of|on"
    r"|about|for|to|with)\s+"
)
_LOOKING = re.compile(
    r"(?i)^(?:(?:please|pls|can|could|you)\s+)*(?:keep\s+an\s+eye\s+on|look\s+out\s+for|watch(?:\s+out)?"
    r"(?:\s+for)?|monitor|track|follow)\s+(?!(?:and|of)\b)(?=\S)"
)
_NEW = re.compile(
    r"(?i)^(?:any\s?thing|every\s?thing|some\s?thing|what(?:['’]s|\s+is)|whatever(?:\s+is)?|any\s+news"
    r"|news|all)(?:\s+(?:new|fresh|else|more|that\s+comes))?\s+(?P<from>from|by)\s+"
)
_ANYONE = re.compile(rf"(?i)^(?:any|some)\s?(?:one|body)\s+(?=(?:{VERB})\b)")
# "not only Russia", "not sending troops": nobody's name begins so.
_NO_NAME = re.compile(r"(?i)(?:only|just|\w{3,}ing\s)")
_NAMELIKE = re.compile(r"[A-Z][\w’'-]+(?:\s(?:[A-Z][\w’'-]+|al|bin|de|van|von)){0,3}")
_LEAVES_OUT = re.compile(
    r"(?i)(?:^|[\s,;(–—-]+)(?:but\s+not|not|but\s+no|no|except(?:ing)?(?:\s+for)?|excluding"
    r"|other\s+than|apart\s+from|minus)\s+(?P<who>\S.*?)\)?$"
)


def read_watch(text: str, parse: Callable[[str], Query]) -> Query:
    """
    Read what a watch looks for.

    Args:
        text: as typed.
        parse: reads a question.

    Raises:
        QuestionError: if nothing can be understood, no watch can look for it, it leaves somebody
            out by name, or it has more than `LONGEST_TEXT` characters.
    """
    if len(text) > LONGEST_TEXT:
        raise QuestionError(
            f"a watch has {LONGEST_TEXT} characters at most; this has {len(text):,}"
        )
    asked = as_question(text)
    _refuse_leaving_out(asked, parse)
    stance = stance_of(asked)
    try:
        # "accusations" alone are those of anybody.
        query = replace(parse("any denials"), stance=stance) if stance else parse(asked)
    except QuestionError as error:
        # What is offered for a question may be nothing that a watch can look for.
        reason, offers, _ = str(error).partition("; try “")
        if not offers:
            raise
        raise QuestionError(f"{reason}; {_HINT}") from error
    return watchable(query)


def as_question(text: str) -> str:
    """Take the request off a watch's text: "notify me if anyone mentions X" asks who mentions X."""
    plain = " ".join(text.split()).rstrip(".!… ")
    for request in (_REQUEST, _LOOKING):
        plain = request.sub("", plain, count=1)
    plain = _NEW.sub("statements by ", plain)
    return _ANYONE.sub("who ", plain)


def _refuse_leaving_out(text: str, parse: Callable[[str], Query]) -> None:
    """Refuse "Russia but not Lavrov": read on, the name would be what is looked for."""
    match = _LEAVES_OUT.search(read_wishes(text)[1])
    if match is None or _NO_NAME.match(match["who"]):
        return
    try:
        named = parse(match["who"])
    except QuestionError:
        return
    if (named.party or named.speaker) and not named.topic:
        raise QuestionError(
            f"a watch cannot leave out “{match['who']}” by name; set it without that, and press "
            "“Not this speaker” under an alert that you do not want"
        )


def looks_for_the_same(watch: Watch, query: Query) -> bool:
    """Return whether *watch* looks for what *query* does, in whatever letters it was typed."""
    return _alike(watch.query) == _alike(query)


def _alike(query: Query) -> Query:
    return replace(query, text="", topic=query.topic and " ".join(query.topic.casefold().split()))


def may_be_a_name(query: Query) -> str | None:
    """
    Return the text of *query* if it may name somebody whom nobody on record bears the name of.

    Args:
        query: what a watch looks for.

    Returns:
        "Jane Doe" where all that is looked for is said about "Jane Doe"; else None.
    """
    bare = replace(query, text="", topic=None, anyone=True, understood=True)
    if query.topic is None or bare != Query(text="", anyone=True):
        return None
    name = query.topic.strip()
    return name if _NAMELIKE.fullmatch(name) else None

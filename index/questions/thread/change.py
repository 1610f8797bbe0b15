"""
One thing of the question before is changed: a restriction dropped ("drop the dates"), somebody or
some days put in the place of others ("same for Turkey", "March instead").

Each is a whole message. What is no question and names no matter ("undo", "he contradicted") is
told apart here too, so that it is never looked for in the articles. Pure.
"""

from __future__ import annotations

import re
from dataclasses import replace

from index.query import INHERITED
from index.questions.frames import STANCE_NOUNS
from index.types import Query

_DROP = (
    r"(?:drop|forget(?:\s+about)?|ignore|remove|delete|clear|lose|skip|leave\s+out|leave|cut|take\s+(?:out|off)"
    r"|get\s+rid\s+of|without|no|never\s+mind)"
)
_DROPS = re.compile(
    rf"(?i)(?:(?:and|but|so|now|try|again|it|that)\s+)*{_DROP}\s+(?P<what>\S.*?)"
    r"(?:\s+(?:again|now|out|then|filters?|restrictions?|limits?))*"
)
_ANY = r"(?:(?:the|any|all|that|those|this|my|your)\s+)*"
# What can be dropped by its kind, and under which name it is kept in a query.
_KINDS = tuple(
    (name, re.compile(rf"(?i){_ANY}(?:{words})"))
    for name, words in (
        ("days", r"dates?|days|period|since|until|(?:date|time)\s*(?:frame|range|limit|span)"),
        ("topic", r"topics?|subject|theme|keywords?|search\s+(?:words?|terms?)"),
        ("outlet", r"outlets?|(?:news)?papers?"),
        ("stance", STANCE_NOUNS),
        ("who", r"names?|speakers?|persons?|party|country"),
    )
)  # fmt: skip
# "on anything", "everything he said": of those asked about before, whatever the matter.
_ANY_MATTER = re.compile(
    r"(?i)(?:and\s+|but\s+)?(?:(?:on|about)\s+(?:anything|everything|other\s+(?:topics|matters|things|subjects))"
    r"(?:\s+(?:at\s+all|else))?|any(?:\s+other)?\s+(?:topic|subject|matter)|in\s+general|(?:more\s+)?generally"
    r"|overall|(?:all|everything)\s+(?:(?:that\s+)?(?:he|she|they|it)(?:\s+(?:has|have|had|ever)|['’](?:s|ve))*\s+said"
    r"|(?:by|from)\s+(?:him|her|them|it)))"
)
_QUESTION = (
    r"(?:who|whom|what|when|where|why|how|which|did|does|has|have|is|are|was|were|can|could)\b"
)
_SAME = re.compile(
    r"(?i)(?:(?:and|do|try|now|show\s+me)\s+)*(?:the\s+)?same(?:\s+(?:thing|question|query|search|again|one))*"
    r"(?:[\s,:;–—-]+(?:but|with|for|by|of|only\s+for))*[\s,:;–—-]+"
    r"(?P<what>(?:(?:on|about|in|from|since|until|without|no|last|this|before|after|only|just|direct)\b)?.*\S)"
)
_LINKED = re.compile(
    r"(?i)(?:the\s+)?same(?:\s+(?:thing|question|query|search|again|one)\b|\s*[,:;–—]|\s+-\s|\s+(?:but|with|for|by|of"
    r"|on|about|in|from|since|until|without|no|only|just)\b)"
)
_INSTEAD = tuple(
    re.compile(rf"(?i)(?:(?:and|but|so|now|please)\s+)*{pattern}")
    for pattern in (
        rf"(?!{_QUESTION})(?:(?:try|use|take|make\s+(?:it|that)|ask|show(?:\s+me)?|rather)\s+)?"
        r"(?P<what>\S+(?:\s+\S+){0,4}?)\s+instead(?:\s+of\s+\S.*)?",
        r"(?:instead\s+of|rather\s+than)\s+[^,]+,\s*(?P<what>\S.*)",
        r"(?:replace|swap|exchange)\s+\S.*?\s+(?:with|for|by)\s+(?P<what>\S.*)",
        r"(?:change|set|switch|move)\s+(?:\S.*?\s+)?(?:to|into)\s+(?P<what>\S.*)",
        r"(?:try|make\s+(?:it|that))\s+(?P<what>(?:(?-i:[A-Z0-9])|(?:the|last|this|in|on|about|since|from)\s)\S*"
        r"(?:\s+\S+){0,3})",
    )
)
_ONLY_BEHIND = re.compile(
    rf"(?i)(?!{_QUESTION}|(?:and|but)\s|.*\b(?:direct|verbatim|quotes?)\b)(?P<who>[^\s,;]+(?:\s+[^\s,;]+){{0,3}})"
    r"\s+(?:only|alone)"
)
_NTH = r"first|second|third|fourth|fifth|last|next|top|bottom|middle|same|\d(?:st|nd|rd|th)"
# "the second quote", "not the minister": which is meant, only who looks at the answer can tell.
_POINTS = re.compile(
    r"(?i)(?:(?:and|no|but|what\s+about|show(?:\s+me)?)\b[\s,]*)*(?:(?:(?:the|that|this|those)\s+)?"
    rf"(?:other|wrong|{_NTH})\s+(?:ones?|quotes?|quotations?|statements?|sentences?|person|people"
    r"|man|woman|guy|lady|minister|president|spokes\w+|official|analyst)|(?:that|this)\s+one"
    r"|(?:number|quote|statement)\s+(?:\d|one|two|three|four|five))"
    r"|(?:but\s+)?not\s+(?:the|that|this|his|her)\s+\w+(?:\s+\w+)?"
)
_WHOLE = r"(?:full|whole|complete|exact|entire)\s+(?:quot(?:es?|ations?)|statements?|words|text)"
_WHOLE_OF = re.compile(
    rf"(?i)(?:(?:what\s+(?:is|was|were)|(?:can|could)\s+(?:i|we)\s+(?:have|get|see)|show\s+me|give\s+me)\s+)?"
    rf"(?:(?:the\s+)?{_WHOLE}\s+(?:of|by|from)\s+(?P<who>\S.*)|(?P<owner>\S.*?)['’]s?\s+{_WHOLE})"
)
_REPEATS = re.compile(
    r"(?i)(?:(?:please|and)\s+)*(?:(?:the\s+)?same(?:\s+(?:again|question|thing))?|once\s+(?:more|again)|again"
    r"|one\s+more\s+time|(?:repeat|say|show|ask|try|search|run)(?:\s+(?:that|this|it|them|me))*"
    r"(?:\s+(?:again|once\s+(?:more|again)|one\s+more\s+time))|repeat(?:\s+(?:that|this|it))?)"
)
# "undo", "change that": what is wanted of us, and no matter that anybody speaks of.
_ORDERS = re.compile(
    r"(?i)(?:please\s+)?(?:undo|redo|go\s+back|back|rewind|scratch|broaden|widen|narrow|expand|extend|change|fix|edit"
    r"|sort|filter|refine|delete|remove|drop|forget|ignore|skip|replace|swap|print|save|export|copy|post|send|pin"
    r"|correct|try|add|include|exclude|keep|use|set|highlight|scroll|check|look|wider|broader|narrower|closer)"
    r"(?:\s+(?:\S+\s+){0,3}?(?:it|that|this|them|those|one|back|again|down|up|in|out|more|me|us|too)"
    r"|\s+(?:the|a|an|all|my|your|his|her|their|its)\s+\S.*)?|(?:please\s+)?make\s+(?:it|that|this|them)(?:\s+\S+)+"
    r"|(?:please\s+)?(?:try|do|look|search)\s+(?:harder|better|again|properly|elsewhere)|same\s+(?:here|there|to\s+you)"
)
_SAYS_SO = re.compile(
    r"(?i)(?:but\s+|and\s+|so\s+)?(?:(?:he|she|they|it)(?:['’](?:s|re|d|ll|ve))?|(?:that|this)(?:['’]s|\s+(?:is|was"
    r"|will|would|sounds?|looks?|seems?)))(?:\s+\S+){1,6}"
)


def as_follow_up(plain: str) -> str:
    """
    Word what changes one thing of the question before as follow-ups are worded.

    Args:
        plain: a message without greetings and final marks.

    Returns:
        "and Turkey" for "same for Turkey", "Turkey instead" and "make it Turkey"; "newest first"
        for "the same, newest first"; *plain* itself where it changes nothing.
    """
    if (alone := _ONLY_BEHIND.fullmatch(plain)) is not None:
        return f"only {alone['who']}"
    if (whose := _WHOLE_OF.fullmatch(plain)) is not None:
        return f"and {whose['who'] or whose['owner']}, direct quotes only"
    if _SPAN_ALONE.fullmatch(plain):
        return f"and in {plain}"
    found = _SAME.fullmatch(plain) if _LINKED.match(re.sub(_BEFORE_SAME, "", plain)) else None
    found = found or next((m for each in _INSTEAD if (m := each.fullmatch(plain))), None)
    if found is None:
        return plain
    what = found["what"].strip(" ,:;–—-")
    what = f"in {what}" if _SPAN_ALONE.fullmatch(what.title()) else what
    return what if _DROPS.fullmatch(what) else f"and {what}"


# "March", "2019"; "may" begins a question.
_SPAN_ALONE = re.compile(
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
    r"(?:\s+(?:19|20)\d\d)?|(?:19|20)\d\d"
)
_BEFORE_SAME = re.compile(r"(?i)^(?:(?:and|do|try|now|show\s+me)\s+)+(?=(?:the\s+)?same\b)")


def asks_to_drop(plain: str) -> bool:
    """Return whether *plain* gives up a restriction by its kind: "drop the dates"."""
    match = _DROPS.fullmatch(plain)
    return match is not None and _kind_of(match["what"]) != ""


def asks_any_matter(plain: str) -> bool:
    """Return whether *plain* asks for what was said on whatever matter: "on anything"."""
    return _ANY_MATTER.fullmatch(plain) is not None


def is_order(plain: str) -> bool:
    """
    Return whether *plain* is no question and names no matter: "undo", "he contradicted".

    Such a message is not looked for in the articles, if nothing else is understood of it.
    """
    return bool(_ORDERS.fullmatch(plain) or _SAYS_SO.fullmatch(plain))


def is_pointing(plain: str) -> bool:
    """Return whether *plain* points at one of several that are shown: "the second quote"."""
    return _POINTS.fullmatch(plain) is not None


def drops_topic(previous: Query, plain: str) -> bool:
    """Return whether *plain* gives up what *previous* is about: "drop the Kurds"."""
    match = _DROPS.fullmatch(plain)
    return match is not None and _is_same(match["what"], previous.topic)


def _is_same(words: str, topic: str | None) -> bool:
    bare = [
        re.sub(r"(?i)^(?:the|a|an|any)\s+", "", each).casefold() for each in (words, topic or "")
    ]
    return bool(bare[1]) and bare[0] == bare[1]


def _kind_of(what: str) -> str:
    return next((name for name, pattern in _KINDS if pattern.fullmatch(what)), "")


def change(previous: Query, text: str, plain: str) -> Query | None:
    """
    Ask *previous* once more ("again"), or without what *plain* gives up.

    Args:
        previous: the query before it in the thread.
        text: the follow-up as typed.
        plain: the same without greetings and final marks.

    Returns:
        None if *plain* neither repeats it nor gives anything up.
    """
    if _REPEATS.fullmatch(plain):
        return kept_whole(replace(previous, text=text))
    match = _DROPS.fullmatch(plain)
    name = _kind_of(match["what"]) if match else ""
    if asks_any_matter(plain) or drops_topic(previous, plain):
        name = "topic"
    if not name:
        return None
    fields = INHERITED[name]
    empty = Query("")
    query = replace(previous, text=text, **{field: getattr(empty, field) for field in fields})
    query = replace(query, anyone=query.anyone or name == "who", changes=False)
    gone = {
        "days": ("newest",),
        "topic": ("topic", "why"),
        "outlet": ("outlet",),
        "who": ("party",),
    }
    kept = tuple(each for each in query.assumed if each not in gone.get(name, ()))
    return kept_whole(replace(query, assumed=kept))


def kept_whole(query: Query) -> Query:
    """Mark all that *query* has as kept of the question before."""
    empty = Query("")
    kept = (
        name
        for name, fields in INHERITED.items()
        if any(getattr(query, field) != getattr(empty, field) for field in fields)
    )
    return replace(query, inherited=tuple(kept))

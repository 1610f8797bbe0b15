"""
Tell the firm in "rival Vantix cut its outlook" from a person of that name.

What stands before the name may be said of people too; the text around decides: whose finance
chief, shares or plants it speaks of is no person. Offsets are characters into the text. No I/O.
"""

from __future__ import annotations

import re

from index.speakers.gazetteer.lexicon import words

_BEFORE = (
    r"(?:rival|parent|competitor|supplier|partner|owner|start-?up|challenger|peer|subsidiary"
    r"|affiliate|customer|client|lender|sponsor|contractor|operator|developer|backer|investor|buyer"
    r"|bidder|target|insurer|broker|brewer|retailer|carrier|distributor|leader|champion)"
)
_KIN = re.compile(rf"(?:(?:former|one-time|fellow|local|sister|bigger|smaller) )*{_BEFORE}", re.I)
_NOUN = "|".join(sorted(words("company noun"), key=len, reverse=True))
_HEAD = (
    r"(?:(?:finance|executive|operating|technology|interim|acting|deputy|group|global|chief|vice)\s"
    r"|co-)*(?:chief(?:\sexecutive|\sfinancial\sofficer|\soperating\sofficer)?|CEO|CFO|COO|chair\w*"
    r"|founder|boss|president|spokes\w+|executives?|management|board)\b"
)
_OWNED = (
    r"(?:shares?|stock|employees|workers|customers|plants?|factor(?:y|ies)|headquarters|products"
    r"|sales|profits?|revenues?|earnings|brands?|shareholders|investors)\b"
)


def is_firm(text: str, before: str, name: str) -> bool:
    """
    Return whether a name is a firm's: "rival" Vantix, of whose finance chief the text tells.

    Args:
        text: the article's.
        before: what stands before the name, as written.
        name: the name alone.
    """
    if not _KIN.fullmatch(before):
        return False
    own = re.escape(name)
    signs = (
        rf"\b{own}(?:['’]s?)?\s(?:[a-z-]+\s)?(?:{_HEAD}|{_OWNED})"
        rf"|\bspokes\w+\s(?:for|of|at)\s{own}\b|\b{own},\s(?:the|an?|which)\s[^,.;]{{0,50}}?"
        rf"\b(?:{_NOUN}|makes|sells|owns|employs)\b"
        rf"|\b{own}\s(?:said|says)\s(?:on\s\w+\s|in a statement\s)?(?:that\s)?it\b"
        rf"|\b{own}\s(?:\w+\s){{1,2}}its\s(?:\w+\s)?(?:outlook|forecast|guidance|prices|dividend)\b"
    )
    return re.search(signs, text) is not None

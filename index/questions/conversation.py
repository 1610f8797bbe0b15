"""
Which messages below an answer go on with its question, though they are addressed to nobody.

The trap is to answer colleagues who talk about the answer. So a message counts only if it opens
like a follow-up, or asks, or is a bare name, and in each case is short. Pure.
"""

from __future__ import annotations

import re

from index.questions.follow_up import follows
from index.speakers.gazetteer.parties import matches
from index.speakers.gazetteer.tables import Tables

MAX_WORDS = 20
BARE = 4  # words of a message that is little more than a name

_ASKS = re.compile(
    r"(?i)^(?:and\s+|but\s+)?(?:who|what|when|did|does|has|have|was|were|is|are)\b.*"
    r"\b(?:say|says|said|deny|denied|confirm|confirmed|respond|responded|comment|commented|react"
    r"|reacted|claim|claimed|announce|announced|warn|warned|promise|promised|demand|demanded"
    r"|accuse|accused|think|thinks|quoted|record)\b"
)


def is_follow_up(text: str, tables: Tables) -> bool:
    """
    Return whether *text* asks for more.

    Args:
        text: posted among others below an answer; plain text, without the names it calls.
        tables: the parties whose names count, the user's own among them.
    """
    words = text.split()
    if not 0 < len(words) <= MAX_WORDS:
        return False
    opens, _ = follows(text.rstrip(" ?!."))
    names = any(True for _ in matches(text, tables))
    asks = text.rstrip().endswith("?")
    if _ASKS.search(text):
        return True
    return (opens and (names or asks)) or (names and (asks or len(words) <= BARE))

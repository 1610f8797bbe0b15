"""
Where the comments of readers begin below an article.

Anybody may sign one "Vladimir Putin:", which is how a transcript labels a turn. Pure.
"""

from __future__ import annotations

import re

_HEADING = re.compile(
    r"^[^\w\n]{0,5}(?:\d[\d.,]{0,8}\s+)?(?:all |latest |top )?(?:reader['’]?s?['’]? |user |your )?"
    r"comments?(?:\s*\(\d[\d.,]{0,8}\))?\s*:?[^\w\n]{0,5}$",
    re.IGNORECASE | re.MULTILINE,
)
# "kim says:", "Kim Lind wrote on 3 March:", "anna77:"
_SIGNED = re.compile(r"\n[^\n:]{1,60}(?: (?:says|said|wrote|writes)[^\n:]{0,40})?:(?=\s)")


def comments_begin(text: str) -> int:
    """
    Find where the comments under an article begin.

    Returns:
        The place of their heading, if what follows is signed by somebody; else the text's length.
    """
    for found in _HEADING.finditer(text):
        if text[: found.start()].strip() and _SIGNED.search(text, found.end()):
            return found.start()
    return len(text)

"""
Join the two names of one person: "Pia Rosen, better known as Blixa". Offsets of the text. No I/O.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_NAME = r"[A-Z][\w’'-]+"
_KNOWN_AS = re.compile(
    r"(?:,? (?:an?|the) [\w -]{2,40}?)?,? (?:who (?:is|was) )?"
    r"(?:(?:better|also|widely|commonly|otherwise) known (?:as|by (?:his|her|the) [\w -]{2,40}?)"
    rf"|nicknamed|alias|a\.?k\.?a\.?) [“\"‘']?(?P<other>{_NAME}(?: {_NAME})?)"
)


def other_names(text: str, end: int) -> Iterator[str]:
    """
    Yield the other name that *text* gives somebody right behind a mention.

    Args:
        text: the article's.
        end: where the mention ends.
    """
    found = _KNOWN_AS.match(text, end)
    if found is not None:
        yield found.group("other")

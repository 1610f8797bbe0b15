"""
Part those of one surname whom only their titles tell apart: "Lord Tarrant" and "Lady Tarrant".

Where an article has a Mr and a Mrs of one surname, or the family of a man and a title that is a
woman's, neither is the other. Offsets are characters into the text. No I/O.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.speakers.cast.gender import title_gender
from index.speakers.cast.names_in_text import Named
from index.speakers.gazetteer.names import name_key
from index.speakers.gazetteer.tables import Tables

_FAMILY = re.compile(
    r"\b(?:wife|husband|widow(?:er)?|spouse|couple|married|wed|mother|father|daughter|son|sister"
    r"|brother|parents|mum|dad|aunt|uncle)\b",
    re.IGNORECASE,
)
_TITLE = re.compile(r"(?P<title>[A-Z]\w+\.?)\s*$")


class Couples:
    """
    The surnames of an article that a man and a woman with titles share.

    Args:
        text: the article's.
        found: the names in it.
        tables: for given names.
    """

    def __init__(self, text: str, found: Sequence[Named], tables: Tables) -> None:
        self._text = text
        self._tables = tables
        self._family = _FAMILY.search(text) is not None
        genders: dict[str, set[str]] = {}
        for named in found:
            gender = title_gender(text, named)
            key = name_key(text[slice(*named.name)])
            if gender is not None and key:
                genders.setdefault(key.split()[-1], set()).add(gender)
        self._both = {key for key, each in genders.items() if len(each) > 1}

    def are_two(self, key: str) -> bool:
        """Return whether the article has a man and a woman with titles and this surname."""
        return key in self._both

    def is_other(self, key: str, named: Named, known: str, gender: str | None) -> bool:
        """
        Return whether a title rules out that the one of a surname is meant.

        Args:
            key: the surname, alone.
            named: the mention.
            known: the key of the one who bears it.
            gender: of that one, if known.
        """
        own = title_gender(self._text, named)
        if own is None or gender in (None, own) or " " in key:
            return False
        sure = self._tables.genders.get(known.split()[0]) == gender
        return key in self._both or (sure and " " in known and self._family)

    def titled(self, named: Named) -> str | None:
        """Return a surname with the title before it: "Lady Tarrant"; None without one."""
        before = _TITLE.search(self._text[max(0, named.name.start - 12) : named.name.start])
        if before is None or title_gender(self._text, named) is None:
            return None
        return f"{before['title'].rstrip('.')} {self._text[slice(*named.name)]}"

"""
Guess a person's gender, for no other use than to read "he" and "she".

"Mr." and "Mrs." say it, then the wording of a role ("spokeswoman"), then the given name. Where
nothing says, it stays unknown and fits both pronouns. No I/O.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.speakers.cast.descriptions import Role
from index.speakers.cast.names_in_text import Named
from index.speakers.gazetteer.tables import Tables

_TITLE_GENDER = {
    "mr": "m", "sir": "m", "lord": "m", "king": "m", "prince": "m", "emir": "m", "sultan": "m",
    "mrs": "f", "ms": "f", "miss": "f", "lady": "f", "dame": "f", "queen": "f", "princess": "f",
}  # fmt: skip


def title_gender(text: str, named: Named) -> str | None:
    """Read the gender from "Mr.", "Mrs." and their like right before a name."""
    before = re.search(r"(\w+)\.?\s*$", text[max(0, named.name.start - 12) : named.name.start])
    return _TITLE_GENDER.get(before.group(1).lower()) if before else None


# "Spokesperson" ends in no son.
_ROLE_GENDER = re.compile(
    r"\b(?:(?P<f>\w*(?:woman|actress|mother|wife|daughter|sister|widow))"
    r"|(?P<m>\w*(?:spokesman|chairman|congressman|businessman|father|husband|brother)"
    r"|(?:grand|step|god)?son))\b",
    re.I,
)


def guess_gender(
    key: str, roles: Sequence[Role], text: str, named: Named, tables: Tables
) -> str | None:
    """
    Guess the gender from title, role or given name; None if unknown.

    Args:
        key: the person's, as `name_key` makes it.
        roles: what the article calls the person.
        text: the article's.
        named: the mention at hand, before which "Mr." or "Mrs." may stand.
        tables: for given names and office holders.

    Returns:
        "m", "f" or None.
    """
    titled = title_gender(text, named)
    if titled is not None:
        return titled
    for role in roles:
        # Only the head says who: "the senator's wife" and "wife of" are other people's.
        word = _ROLE_GENDER.search(role.text.split(" of ")[0])
        if word:
            return "f" if word.group("f") else "m"
    given = key.split()[0]
    if len(key.split()) > 1 and given in tables.genders:
        return tables.genders[given]
    for holder in tables.holders_of(key, None):
        return tables.genders.get(holder.key.split()[0])
    return None

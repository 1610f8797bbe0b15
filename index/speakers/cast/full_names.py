"""
Find the full name of a body that an article writes short: "the NWS", "the commission".

The long form stands once in the article, beside the letters in brackets or anywhere with these
initials; "the commission" is the one body before it whose name ends so. Where two fit, the short
form stays. Offsets are characters into ``Article.text``. No I/O.
"""

from __future__ import annotations

import re
from functools import lru_cache

from index.speakers.cast.joined import joined_names
from index.speakers.gazetteer.lexicon import words

_CAPITAL = r"(?:(?:[A-Z]\.){2,}|[A-Z][\w&’'-]*)"
_LONG = re.compile(rf"{_CAPITAL}(?: (?:(?:of|for|on|and|&|the|in) ){{0,2}}{_CAPITAL})+")
_BRACKETS = re.compile(
    rf"(?P<long>{_LONG.pattern})(?:['’]s)? \((?:the )?(?P<short>[A-Z][A-Za-z&-]{{1,9}})\)"
)
# "The Médecins pour le Climat Nord (MCN)": foreign letters need not be the initials.
_FOREIGN = re.compile(
    rf"(?<=[Tt]he )(?P<long>{_CAPITAL}(?: (?:[a-z]{{1,4}} ){{0,2}}{_CAPITAL}){{2,}})"
    r"(?:['’]s)? \((?:the )?(?P<short>[A-Z]{3,8})\)"
)
# "The Norwegian Skating Union (Norsk)": a name beside a name, no letters of it.
_BESIDE = re.compile(rf"(?P<long>{_LONG.pattern}) \((?P<short>[A-Z][a-z]{{2,11}})\)")
_TURNED = re.compile(rf"(?<![\w-])(?P<short>[A-Z]{{2,8}}), or (?:the )?(?P<long>{_LONG.pattern})")
# Two letters are a body's only where they act or are spoken for: "the PA", "a PA spokesman".
_TWO = re.compile(
    r"\b(?:[Tt]he|[Aa]n?) (?P<two>[A-Z]{2})(?= (?:spokes|said|says|has|is|was|chief)\w*\b)"
)
_NO_LETTERS = frozenset("US UK EU UN TV PM MP AP AI IT PR HR DC".split())
_LITTLE = frozenset({"of", "for", "on", "and", "the", "in", "&"})
_NO_BODY = frozenset({"said", "he", "she", "but"})
_BODIES = (
    words("body name heads")
    | words("group noun")
    | words("company noun")
    | frozenset(
        "department ministry office bureau service board command center centre institute bank"
        " authority survey division administration".split()
    )
)
# Two words point further back than one.
_NEAR, _FAR = 1_500, 8_000


@lru_cache(maxsize=32)
def short_forms(text: str) -> dict[str, str]:
    """Map the letters by which *text* names a body to its full name."""
    found: dict[str, str] = {}
    for pattern in (_BRACKETS, _TURNED):
        for match in pattern.finditer(text):
            long = _fitting(match.group("long"), match.group("short"))
            if long is not None:
                found.setdefault(match.group("short"), long)
    for match in _FOREIGN.finditer(text):
        found.setdefault(match.group("short"), match.group("long"))
    for match in _BESIDE.finditer(text):
        short, long = match.group("short"), re.sub("^The ", "", match.group("long"))
        again = re.search(rf"(?<![\w(-]){short}(?![\w)-])", text) is not None
        if again and long.split()[-1].lower() in _BODIES:
            found.setdefault(short, long)
    letters = {m.group() for m in re.finditer(r"(?<![\w-])[A-Z]{3,7}(?![\w-])", text)}
    letters |= {m.group("two") for m in _TWO.finditer(text)} - _NO_LETTERS
    for match in _LONG.finditer(text):
        for short in letters - found.keys():
            long = _fitting(match.group(), short, exact=True)
            if long is not None:
                found[short] = long
    return found


def _fitting(long: str, short: str, exact: bool = False) -> str | None:
    """Cut a run of capitals down to the words whose initials are *short*, from its front."""
    tokens = long.split()
    for first in range(len(tokens)):
        if tokens[first].lower() in _LITTLE | _NO_BODY:
            continue
        rest = tokens[first:]
        initials = "".join(t[0] for t in rest if t.lower() not in _LITTLE).upper()
        every = "".join(t[0] for t in rest).upper()
        wanted = short.upper()
        near = not exact and wanted[:1] == initials[:1] and initials.startswith(wanted[:2])
        if wanted in (initials, every) or near or (len(wanted) > 2 and initials.startswith(wanted)):
            return " ".join(rest)
    return None


# "The national NHO organisation"
_LETTERED = re.compile(
    r"(?:[Tt]he )?(?:(?:national|international|parent|umbrella) )?(?P<short>[A-Z]{3,8})"
    r" (?:organi[sz]ation|group|agency|federation|union|movement)"
)


def full_name(name: str, text: str) -> str:
    """Take the full name of a body that *name* writes in letters, else *name*."""
    lettered = _LETTERED.fullmatch(name)
    if lettered is not None:
        return short_forms(text).get(lettered.group("short"), name)
    bare = re.sub(r"^[Tt]he\s+|['’]s$", "", name)
    return short_forms(text).get(bare, name) if " " not in bare else name


def named_before(phrase: str, text: str, at: int) -> str | None:
    """
    Find the one body before *at* whose name ends as *phrase* does: "the hurricane center".

    Args:
        phrase: as written, with "the" and no capital.
        text: the article's.
        at: where the phrase stands.
    """
    found = re.fullmatch(r"[Tt]he\s+(?P<noun>[a-z][\w-]*(?: [a-z][\w-]*){0,2})", phrase)
    if found is None or found.group("noun").split()[-1] not in _BODIES:
        return None
    noun = found.group("noun").title()
    names: dict[str, int] = {}
    near = _FAR if len(noun.split()) > 1 else _NEAR
    for match in _LONG.finditer(text, max(0, at - near), at):
        whole = re.sub(r"^(?:The|A|An) ", "", match.group())
        for name in joined_names(whole) or [whole]:
            if (name.endswith(f" {noun}") or name.startswith(f"{noun} of ")) and name != noun:
                names[name] = match.start()
    shortest = min(names, key=len, default="")
    # "The US National Hurricane Center" is the "National Hurricane Center".
    return shortest if names and all(name.endswith(shortest) for name in names) else None

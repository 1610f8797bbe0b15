"""
Find the full form of a body's name that an article also writes short.

"The Bulletin" is the "Bulletin of Polar Science", "Strand" is "Strand Airlines", "Halvik RMC" the
"Halvik Regional Medical Center" of the same article. Where two fit, the short form stays. No I/O.
"""

from __future__ import annotations

import re
from functools import lru_cache

from index.speakers.cast.full_names import short_forms
from index.speakers.gazetteer.lexicon import words
from index.speakers.gazetteer.tables import Tables, phrase_key

# "St. Louis", but no full stop.
CAPITALISED = (
    r"(?:St\.|(?:[A-Z]\.){2,}|[A-Z0-9][\w&–-]*(?:\.(?:com|net|org|co|io|ai|tv)\b)?"
    r"(?:['’](?!s\b)\w+|(?<=s)['’](?= [A-Z]))?)"
)
PLACE = rf"{CAPITALISED}(?:['’]s)?(?:[ -](?:de |la |of |the |upon )?{CAPITALISED}(?:['’]s)?){{0,3}}"
RUN = re.compile(
    rf"{CAPITALISED}(?:(?: (?:of|for|on|and|&|de|del|de la|des|du)(?: the)?)? {CAPITALISED}"
    rf"| the {CAPITALISED})*"
)
_ENDS = "|".join(
    sorted({w.title() for w in words("company name ends") if len(w) > 3} | {"Inc", "Corp"})
)
_CAPITAL = r"[A-Z][\w&’'-]*"
_RUN = rf"{_CAPITAL}(?: (?:(?:of|for|and|&|the) ){{0,2}}{_CAPITAL})*"
_LITTLE = frozenset({"of", "for", "on", "and", "the", "in", "&"})


def whole_name(principal: str, worded: str) -> str:
    """Take the name that *principal* begins in *worded*, which may hold "of" and "for"."""
    at = worded.find(principal)
    goes_on = at >= 0 and re.match(r" (?:of|for|on)\b", worded[at + len(principal) :])
    found = RUN.match(worded, at) if goes_on else None
    return found.group() if found and len(found.group()) > len(principal) else principal


_KIND = "|".join(
    sorted(
        words("company noun") | words("group noun") | words("organisation kind")
        | {"operator", "website", "maker", "watchdog", "outlet", "producer", "startup", "militia"},
        key=len, reverse=True,
    )
)  # fmt: skip
_APPOSED = re.compile(
    rf"(?:(?:[Tt]he|[Aa]n?) |[A-Z]\w+['’]s )(?:[a-z][\w’'-]* ){{0,4}}?(?:{_KIND})"
    rf"(?: [^,]{{3,60}})?, (?P<name>{RUN.pattern})"
)


# "Press freedom organisation the Polar Committee"
_DESCRIBED = re.compile(rf"(?:[A-Za-z][\w’'-]* ){{1,6}}(?:{_KIND}) the (?P<name>{RUN.pattern})")


def apposed_body(bare: str) -> str | None:
    """Find the name behind what a body is: "the company that makes the pumps, Quell"."""
    bare = re.sub(r"\s\([A-Z]+\)$", "", bare.strip(" ,"))
    found = _APPOSED.fullmatch(bare) or _DESCRIBED.fullmatch(bare)
    return found.group("name") if found is not None else None


@lru_cache(maxsize=512)
def full_form(name: str, text: str) -> str:
    """
    Take the one longer form of a body's *name* in *text*, else *name*.

    Args:
        name: capitalised words, without an article.
        text: the article's.
    """
    tokens = name.split()
    last = tokens[-1]
    if len(tokens) == 1 and (name.isupper() or name in short_forms(text)):
        return short_forms(text).get(name, name)
    if len(tokens) == 1:
        bare = re.escape(name)
        ends = set(re.findall(rf"(?<![\w-]){bare} (?:{_ENDS})\b", text))
        of = set(re.findall(rf"(?<![\w-]){bare} (?:of|for) (?:the )?{_RUN}", text))
        found = ends or of or _team(bare, text)
        return found.pop() if len(found) == 1 else name
    if re.fullmatch(r"[A-Z]{2,5}", last):
        return _spelt_out(tokens, text) or name
    return name


def _team(bare: str, text: str) -> set[str]:
    """Find the names of *text* that end in a team's own word: "the Dodgers"."""
    if not bare.endswith("s") or not re.search(
        rf"\b[Tt]he {bare}\b|\b{bare} (?:manager|coach|head coach|owner|players|fans)\b", text
    ):
        return set()
    named = re.findall(rf"(?<![\w.-])((?:[A-Z][\w.]* ){{1,3}}{bare})(?![\w-])", text)
    return {re.sub("^The ", "", name) for name in named} - {bare}


def listed_form(name: str, text: str, tables: Tables) -> str | None:
    """Find the one firm of the tables that an article on its trade calls by its first word."""
    found = {
        alias.parties[0].name
        for end in words("company name ends")
        if end[:6] in text.lower() and (alias := tables.aliases.get(f"{phrase_key(name)} {end}"))
        if alias.parties and alias.parties[0].kind == "company"
    }
    return found.pop() if len(found) == 1 else None


def _spelt_out(tokens: list[str], text: str) -> str | None:
    """Find the one name in *text* that begins as *tokens* do and ends in what the letters are."""
    begin, letters = " ".join(tokens[:-1]), tokens[-1]
    found = set()
    for match in re.finditer(rf"(?<![\w-]){re.escape(begin)} (?P<rest>{_RUN})", text):
        rest = [w for w in match.group("rest").split() if w not in _LITTLE]
        if len(rest) >= len(letters) and "".join(w[0] for w in rest[: len(letters)]) == letters:
            cut = rest[len(letters) - 1]
            end = match.group().rfind(cut) + len(cut)
            found.add(match.group()[:end])
    return found.pop() if len(found) == 1 else None

"""
Find the runs of capitals in a text that may name people, and the titles in front of them.

A title and a name are written in one run of capitals ("Russian Foreign Minister Ivan Petrov"),
so words known as roles, parties and portfolios are cut off its front; what is left is a name, or
nothing. Offsets are characters of the text given. No I/O.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from index.speakers.cast.firms import is_firm
from index.speakers.gazetteer.lexicon import words
from index.speakers.gazetteer.names import TITLES, name_key
from index.speakers.gazetteer.parties import as_written
from index.speakers.gazetteer.regions import regions
from index.speakers.gazetteer.roles import MAX_ROLE_WORDS, longest_role, role_class
from index.speakers.gazetteer.tables import Tables, phrase_key
from index.types import Span

_CAPITAL = r"(?:[A-Z]\.(?:\s?[A-Z]\.)*|(?:[A-ZÀ-ÖØ-ÞĀ-Ž][\w’'-]*[\w]|[A-ZÓ]))"
_PARTICLE = r"(?:['’]t|de|da|di|du|van|von|der|den|bin|ibn|al|el|la|le|del|dos|ten|abu|ben)"
_BLANK = r"[ \u00a0]{1,2}"
_RUN = re.compile(
    rf"{_CAPITAL}(?:{_BLANK}(?:{_PARTICLE}{_BLANK})*(?:(?:al|el|ul|ur|as|ad|ash|an)-)?{_CAPITAL})"
    r"{0,11}(?:,? Jr\.?)?"
)
ABBREVIATED = re.compile(
    r"\b(?:Mr|Mrs|Ms|Dr|Sen|Sens|Rep|Reps|Gov|Gen|Lt|Col|Maj|Capt|Sgt|Adm|Brig|Prof|Amb|Rev|St"
    r"|Hon|Cmdr|Supt|Det|Insp|Cpl|Pvt|Atty|Pres|Msgr|Fr|Cllr)\.[ \u00a0]"
)
_NO_PERSON = words("no person")
_COMPANY_ENDS = words("company name ends")
NO_NAME = words("no name")
# What a minister is minister of, and the words that join it.
_PORTFOLIO = words("portfolio")
QUALIFIER = words("title qualifier")
_OFFICES = words("body name heads") | {"department", "ministry", "office", "bureau", "board"}
_BEFORE = words("before a name")
_PHRASE_STOP = words("phrase stop")
# Words that are given names too, before a surname: "Will Hunt, a baker", not "Will Hunt win?".
_GIVEN_TOO = frozenset({"will", "may", "bill", "june", "april", "august"})
_OF_PLACES = frozenset({"name", "capital", "place"})
_TWO = re.compile(r"\b([A-Z][\w’'-]*)\.?[ \u00a0](?=([A-Z][\w’'-]+))")
_COURTESY = frozenset("Mr Mrs Ms Miss Lord Lady Sir Dame".split())
_IN_MONTH = re.compile(
    r"\b(?:in|since|until|till|by|last|next|this|of|on|through|from|early|late|mid|before|after)"
    r"[ -]$|\d\s$",
    re.I,
)
# "Norway-based Anna Novak"
_OF_WHERE = re.compile(r"\w-(?:based|backed|born|led|run|owned|funded|trained|generated)$")
_OF_REGION = re.compile(r"\b(?:from|of|for)\s$")
_JOINS = frozenset("of the is are and in for to on under by".split())
_PAIR = 2
# How far back a title may begin, in characters.
_REACH = 110

_Token = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Named:
    """A run of capitals that may name a person: the name's span and the title before it."""

    name: Span
    title: Span | None


def bare_name(written: str) -> str:
    """Drop a possessive."""
    return re.sub(r"['’]s$|['’]$", "", written)


def find_named(text: str, tables: Tables) -> Iterator[Named]:
    """Find the runs of capitals that may be names, titles split off."""
    # An abbreviated title's full stop would end the run; a blank of the same width keeps offsets.
    masked = ABBREVIATED.sub(lambda m: m.group()[:-2] + "  ", text)
    for run in _RUN.finditer(masked):
        named = _split_run(text, run.start(), run.end(), tables)
        if named is not None:
            yield named


def _split_run(text: str, start: int, end: int, tables: Tables) -> Named | None:
    """Split a run of capitals into title and name; None if no name is left."""
    tokens = [
        (m.group(), start + m.start(), start + m.end())
        for m in re.finditer(r"[^\s,]+", text[start:end])
    ]
    given = _is_given_name(text, tokens, tables)
    cut = 0 if given else _title_tokens(text, tokens, tables)
    if cut >= len(tokens):
        return None
    firm = len(tokens) > 1 and is_firm(text, tokens[0][0], text[tokens[1][1] : end])
    if firm and not given:
        return None
    name = Span(tokens[cut][1], end)
    low = text[slice(*name)].lower().rstrip(".")
    if low in NO_NAME or role_class(bare_name(low)) or len(low) < 2:
        return None
    parts = [bare_name(w) for w in low.split()]
    if text[slice(*name)].isupper() and _JOINS.intersection(parts):
        # "UNDER THE CONTROL OF ANONYMOUS"
        return None
    if cut and len(parts) == 1 and parts[0] in _COMPANY_ENDS:
        # "General Motors": no general of that name.
        return None
    if any(w in _NO_PERSON for w in parts[given:]) or len(parts) > 5:
        return None
    if re.search(r"\b(?:of|and)\s+$", text[:start][-5:]) and set(parts) <= _PORTFOLIO:
        # "the Ministry of Foreign Affairs": nobody of that name.
        return None
    return Named(name, find_title(text, name.start, tables))


def _is_given_name(text: str, tokens: list[_Token], tables: Tables) -> bool:
    """
    Return whether a run begins with a word that is a given name here: "Will Hunt", "Bill Price".

    The surname stands alone elsewhere, or says at once who that is; no question asks with it.
    """
    if len(tokens) != _PAIR:
        return False
    if _plain(tokens[0][0]) not in _GIVEN_TOO:
        return _is_place_as_name(text, tokens, tables)
    last, end = bare_name(tokens[1][0]), tokens[1][2]
    if _plain(last) in NO_NAME | _NO_PERSON or role_class(last) or not last[:1].isupper():
        return False
    if _alias_size(text, tokens[1:], tables) or _IN_MONTH.search(text[: tokens[0][1]][-12:]):
        return False
    rest = re.split(r"(?<=[.!?])[\s”\"]", text[end : end + 300])[0]
    if rest.rstrip('”"').endswith("?"):
        return False
    alone = rf"(?<!{tokens[0][0]} )\b{re.escape(last)}\b"
    return bool(re.match(r",\s(?:an?|the|who|\d|[a-z-]+ of)\b|:", rest) or re.search(alone, text))


def _is_place_as_name(text: str, tokens: list[_Token], tables: Tables) -> bool:
    """Return whether a place is a given name: "Sofia Dahl" beside "Birgit Dahl" or "Mrs Dahl"."""
    (first, _, _), last = tokens[0], bare_name(tokens[1][0])
    alias = tables.aliases.get(phrase_key(first))
    if alias is None or alias.use not in _OF_PLACES or not first.istitle():
        return False
    if _alias_size(text, tokens[1:], tables) or role_class(last):
        return False
    others = _words_before(text).get(last, frozenset()) - {first}
    return any(name_key(o) in tables.genders or o in _COURTESY for o in others)


@lru_cache(maxsize=4)
def _words_before(text: str) -> dict[str, frozenset[str]]:
    """List, for each word in capitals, those that stand right before it."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for match in _TWO.finditer(text):
        found[bare_name(match[2])].add(match[1])
    return {last: frozenset(before) for last, before in found.items()}


def _title_tokens(text: str, tokens: list[_Token], tables: Tables) -> int:
    """Count the tokens in front of the name: roles, parties, function words."""
    lowered = [_plain(token) for token, _, _ in tokens]
    last = len(tokens) - 1
    at = cut = 0
    if re.search(r"\bof\s+$", text[max(0, tokens[0][1] - 5) : tokens[0][1]]):
        # "Minister of Foreign Affairs Anna Novak": the run begins within the title.
        at = cut = _skip_portfolio(lowered, 0)
    if _OF_REGION.search(text[max(0, tokens[0][1] - 6) : tokens[0][1]]):
        # "Senator from Vermont Anna Novak"
        at = cut = max(cut, _region_size(text, tokens))
    while at <= last:
        role = longest_role([bare_name(low) for low in lowered[at : at + MAX_ROLE_WORDS]])
        if at < last and _shouted(tokens[at][0], tokens[at + 1][0]):
            at = cut = at + 1
        elif role is not None and at + role[0] <= last:
            at = cut = _skip_portfolio(lowered, at + role[0])
        elif at > cut and lowered[at] in TITLES and name_key(lowered[at - 1]) in tables.genders:
            # "Hassan Sheikh Mohamud"
            at += 1
        elif lowered[at] in NO_NAME | _BEFORE or (
            at < last
            and (
                _ends_body(lowered, at, tables)
                or lowered[at] in TITLES
                or lowered[at].endswith("'s")
                or _OF_WHERE.search(lowered[at])
            )
        ):
            at = cut = at + 1
        else:
            size = _alias_size(text, tokens[at:], tables)
            if size == last - at and size == 1 and _follows_office(text[: tokens[at][1]][-20:]):
                # "Economy Minister German Lund": nobody writes a nation behind an office.
                break
            if size and (at + size <= last or at == cut):
                at = cut = at + size
            else:
                at += 1
    return cut


def _region_size(text: str, tokens: list[_Token]) -> int:
    """Count the tokens of a state's name that a run begins with, before a full name."""
    for size in (_PAIR, 1):
        if len(tokens) >= size + _PAIR and text[tokens[0][1] : tokens[size - 1][2]] in regions():
            return size
    return 0


def _ends_body(lowered: list[str], at: int, tables: Tables) -> bool:
    """Return whether a body's name ends where a person's begins: "Workers' Union Ruth Lund"."""
    two = at + _PAIR == len(lowered) - 1
    return two and lowered[at] in _OFFICES and lowered[at + 1] in tables.genders


def _follows_office(before: str) -> bool:
    """Return whether *before* ends in an office of state: "Economy minister"."""
    last = before.split()[-1:]
    return bool(last) and before.endswith(" ") and role_class(last[0]) == "state"


def _shouted(token: str, following: str) -> bool:
    """Return whether a word of a caption stands before a name: "MUST WATCH Novak sings"."""
    return len(token) > 4 and token.isalpha() and token.isupper() and following.istitle()


def _plain(token: str) -> str:
    """Lower a token, without its full stop."""
    return token.rstrip(".").lower().replace("’", "'")


def _skip_portfolio(lowered: list[str], at: int) -> int:
    """Step over "of foreign affairs", never over the last token."""
    while at < len(lowered) - 1 and lowered[at] in _PORTFOLIO:
        at += 1
    return at


def _alias_size(text: str, tokens: list[_Token], tables: Tables) -> int:
    """Count the tokens of the longest known party, place or demonym that *tokens* begin with."""
    for size in range(min(len(tokens), tables.longest), 0, -1):
        phrase = re.sub(r"['’]s$", "", text[tokens[0][1] : tokens[size - 1][2]])
        alias = tables.aliases.get(phrase_key(phrase))
        if alias is None or (alias.cased and not as_written(phrase, alias.spelling)):
            continue
        # The user's row for a person is a name here, not a party.
        if alias.use != "name" or name_key(phrase) not in tables.user_people:
            return size
    return 0


# "Union of Bakers (UB) Director": letters within a title end it no more than a word does.
_LETTERS = re.compile(r"(?<=\w\s)\([A-Z][A-Za-z&.-]{1,9}\)(?=\s[A-Z])")
_AS_WORD = str.maketrans("()", "  ")


def find_title(text: str, name: int, tables: Tables) -> Span | None:
    """Find the title before a name: back over the noun phrase it stands in, if that is a role."""
    reach = max(0, name - _REACH)
    before = _LETTERS.sub(lambda m: m.group().translate(_AS_WORD), text[reach:name])
    cut = max(before.rfind(mark) for mark in ',;:()—“”"\n') + 1
    stops = [m.end() for m in re.finditer(r"(?:(?<=[a-z]{3})|(?<=\d\d)|(?<=[)%]))[.!?]\s+", before)]
    begin = max([cut, *stops])
    found = list(re.finditer(r"\S+", before[begin:]))
    lowered = [re.sub(r"[.,]$", "", w.group().lower()) for w in found]
    for at in range(len(found) - 1, max(-1, len(found) - 9), -1):
        role = longest_role(lowered[at:])
        # The role must touch the name: "spokesman Ivan", not "the spokesman told Ivan".
        if role is None or not _leads_on([w.group() for w in found[at + role[0] :]], tables):
            continue
        if role[0] == 1 and lowered[at].endswith("s"):
            return None
        first = at
        while first > 0 and _qualifies(found[first - 1].group()):
            first -= 1
        first = _over_business([w.group() for w in found], first, role[1], tables)
        if first == at and lowered[at] == "member":
            return None
        base = reach + begin
        return Span(base + found[first].start(), base + found[-1].end())
    return None


def _over_business(tokens: list[str], first: int, kind: str, tables: Tables) -> int:
    """
    Step back over the business of an office, to whose office it is.

    "UN aid coordinator", "Bangladeshi Road Transport and Bridges Minister", "Florida Department
    of Transportation official".

    Returns:
        Where the title begins; *first* if nobody's name stands before the business.
    """
    office = first
    for at in range(first - 1, max(-1, first - 8), -1):
        token, low = tokens[at], tokens[at].lower()
        owner = tables.aliases.get(phrase_key(bare_name(token)))
        before = tokens[at - 1].lower() if at else ""
        if owner is not None and owner.parties:
            # "Turkey and Foreign Minister Anna Novak": she is another country's.
            return office if tokens[at + 1] == "and" else at
        if low == "of" and before in _OFFICES:
            office = at - 1
        elif (role_class(token) and at < first - 1) or name_key(token) in tables.genders:
            break
        elif low != "and" and token[0].isupper() and low not in NO_NAME:
            office = at if office < first else office
        elif low != "and" and not _names_work(low, kind):
            break
    return office


def _leads_on(between: list[str], tables: Tables) -> bool:
    """Return whether the words between a role and a name belong to the role ("to Turkey")."""
    if not between or (between[0] == "from" and " ".join(between[1:]) in regions()):
        return True
    if between[0] not in ("of", "to", "for") or len(between) == 1:
        return False
    rest = [w for w in between[1:] if w != "the"]
    known = tables.aliases.get(phrase_key(" ".join(rest)))
    # "the captain of the Polar Dawn": no title without what it is a title of.
    if known is not None:
        # "A member of the Tunisian Parliament": not somebody of that name.
        return known.use != "adjective"
    body = len(rest) > 1 and rest[-1].lower() in _OFFICES and all(w[:1].isupper() for w in rest)
    return bool(rest) and (body or all(w.lower() in _PORTFOLIO for w in rest))


def _names_work(word: str, kind: str) -> bool:
    """Return whether a lower-case word before a role can name its work: no verb, no "told"."""
    return (
        kind in ("head", "state", "spokes")
        and word.isalpha()
        and word not in _PHRASE_STOP | NO_NAME
        and not re.search(r"(?:ed|ing|s)$", word)
    )


def _qualifies(word: str) -> bool:
    """Return whether *word* can stand in a title before the role."""
    low = word.lower()
    if low.rstrip(".") in NO_NAME - {"the", "first", "second", "third"}:
        return False
    return word[0].isupper() or low in QUALIFIER or "-" in low[1:]

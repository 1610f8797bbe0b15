"""
Find the parties that a phrase or a question names.

"us" is a pronoun and "US" a country, "turkey" is poultry and "Turkey" a country: for such words
case decides, and a text without any capital letter is read by what stands around them. A
country's name inside another name ("New Mexico", "US-backed") is no party. Offsets are
characters of the text given. No I/O.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from index.speakers.gazetteer.lexicon import words
from index.speakers.gazetteer.names import name_key, surname
from index.speakers.gazetteer.roles import FORCE, UNNAMED, longest_role
from index.speakers.gazetteer.tables import Alias, Tables, phrase_key
from index.types import Party, Span

# Hyphens stay inside: "US-backed" and "pro-Russian" are words of their own.
WORD = re.compile(r"(?:[A-Za-z]\.){2,}|[^\W_]+(?:[-'’&+/][^\W_]+)*\+?")
POSSESSIVE = re.compile(r"['’]s$")

_PLACE_BEFORE = frozenset(
    {"in", "at", "near", "from", "to", "outside", "around", "inside", "via", "through"}
)
# After these a word that may be a country is none, in a text without capitals.
_COMMON_NOUN_BEFORE = frozenset(
    {"a", "an", "my", "your", "his", "her", "our", "some", "any", "roast"}
)
# What can follow a party in a question when the party's phrase is over.
# So many letters are written as a word by some papers: "Unicef", not "Who".
_SHORT = 3
_WORDS_TOO = frozenset({"AIMS", "DOGE", "CAIR"})
_FRAME = words("frame of a question")
_RUN_BY = frozenset({"minister", "ministers", "ministry", "department", "secretary"})
_NOT_CAMPAIGN = words("no campaign")
# Whoever has such a role acts for the country in front of it.
_OF_STATE = frozenset({"force", "state", "unnamed", "spokes"})
_MODIFIER = words("modifier")
_TITLE_WORDS = 8
_COMPOSED = re.compile(
    r"\b([^\W\d_][\w’'-]+?)(?:['’]s)? (campaign|administration|government)\b", re.I
)
_HEADS = ("president", "prime minister", "chancellor", "premier")


class PartyMatch(NamedTuple):
    """An alias of the tables found in a text."""

    span: Span
    alias: Alias


def find_party(phrase: str, tables: Tables) -> Party | None:
    """
    Find the one party that the whole of *phrase* names, the nearest first; None if there is none.

    Country, demonym, capital, institution, organisation, and what is composed of them: "the
    Russian Defence Ministry", "US officials", "the Clinton campaign".
    """
    bare = phrase.strip(" \t\n\r.,;:!?\"“”‘’'()")
    if not bare:
        return None
    alias = _lookup(bare, tables)
    if alias is not None:
        return alias.parties[0] if alias.parties else None
    bare = re.sub(r"^the\s+", "", bare, flags=re.I)
    for span, party in parties_in(bare, tables):
        if span.start == 0 and POSSESSIVE.sub("", bare[: len(bare)]) and _covers(span, bare):
            return party
    return None


def other_names(phrase: str, tables: Tables) -> list[str]:
    """
    List the other names of a body that *phrase* names whole: "the SDF" for its full form, and back.

    Args:
        phrase: the topic of a question.
        tables: the parties.

    Returns:
        The body's name and its abbreviations, without the one that *phrase* is; nothing for a
        country, or for words that name no body.
    """
    bare = re.sub(r"(?i)^the\s+", "", phrase.strip())
    alias = _lookup(bare, tables)
    party = alias.parties[0] if alias is not None and alias.parties else None
    if party is None or party.kind == "country":
        return []
    short = [
        each.spelling
        for each in tables.aliases.values()
        if each.cased and each.spelling.isalpha() and each.parties[:1] == (party,)
    ]
    names = [party.name, *(name for name in short if name.isupper())]
    if bare.casefold() not in {name.casefold() for name in names}:
        return []
    return [name for name in dict.fromkeys(names) if name.casefold() != bare.casefold()]


def parties_in(text: str, tables: Tables) -> list[tuple[Span, Party]]:
    """
    Find every name, demonym and institution in a question, in reading order.

    The longest match wins, whole words only. A span takes in what composes the party's phrase
    ("Russian Defence Ministry", "US officials") but never "the" before it.
    """
    found: list[tuple[Span, Party]] = []
    for span, alias in matches(text, tables, question=True):
        if alias.parties:
            found.append((_composed_end(text, span, alias), alias.parties[0]))
    for match in _COMPOSED.finditer(text):
        party = _composed_party(match.group(1), match.group(2), tables)
        span = Span(*match.span())
        if party is not None and not any(
            s.start < span.end and span.start < s.end for s, _ in found
        ):
            found.append((span, party))
    return sorted(found, key=lambda pair: pair[0])


def matches(text: str, tables: Tables, question: bool = False) -> Iterator[PartyMatch]:
    """
    Find the aliases in *text*, longest first from the left, places included.

    Args:
        text: a phrase, a question, or some sentences.
        tables: the aliases to look for.
        question: apply what only holds for typed questions (no capitals, capitals as places).
    """
    words = list(WORD.finditer(text))
    lower = question and text == text.lower()
    at = 0
    while at < len(words):
        step = 1
        for size, alias in reversed(
            _aliases_at(text, words[at : at + tables.longest], tables, lower)
        ):
            start, end = words[at].start(), words[at + size - 1].end()
            before = words[at - 1].group().lower() if at else ""
            after = words[at + size].group().lower() if at + size < len(words) else ""
            office = [w.group().lower() for w in words[max(0, at - 2) : at]]
            if _is_portfolio(alias, text[start:end], office, after):
                continue
            if question and not _meant(alias, text[start:end], before, after):
                continue
            yield PartyMatch(Span(start, end), alias)
            step = size
            break
        at += step


def _is_portfolio(alias: Alias, written: str, before: Sequence[str], after: str) -> bool:
    """Return whether a party's word names the business of an office: "Labour Minister"."""
    if not alias.parties or alias.parties[0].kind != "group" or " " in written:
        return False
    governed = before[-1:] in (["of"], ["for"]) and before[0] in _RUN_BY
    return governed or after in _RUN_BY


def _aliases_at(
    text: str, words: Sequence[re.Match[str]], tables: Tables, lower: bool
) -> list[tuple[int, Alias]]:
    """List the aliases that *words* begin with, shortest first, and of how many words each is."""
    found = []
    for size, word in enumerate(words, start=1):
        written = text[words[0].start() : word.end()]
        if "\n" in written:
            break
        alias = _lookup(written, tables, lower)
        if alias is not None:
            found.append((size, alias))
        # What no alias begins with cannot grow into one; a possessive only ends one.
        if phrase_key(written) not in tables.beginnings:
            break
    return found


def governments_in(text: str, tables: Tables) -> Iterator[tuple[Span, tuple[Party, ...]]]:
    """Find where a text names those who act for a state: "the Turkish army", "the Kremlin"."""
    for span, alias in matches(text, tables):
        if not alias.parties or alias.parties[-1].kind != "country":
            continue
        if alias.use in ("metonym", "agency"):
            if not alias.common_in:
                yield span, alias.parties
            continue
        following = list(WORD.finditer(text, span.end))[:_TITLE_WORDS]
        lowered = [word.group().lower() for word in following]
        for at, low in enumerate(lowered):
            role = longest_role(lowered[at:])
            if role is not None and role[1] in _OF_STATE:
                named = Span(span.start, following[at + role[0] - 1].end())
                # "went to Syria. Officials": not across a full stop.
                if not re.search(r"[.,;:]\s", text[span.end : named.end]):
                    yield named, alias.parties
            if role is not None or low not in _MODIFIER:
                break


def _lookup(written: str, tables: Tables, lower: bool = False) -> Alias | None:
    """Look up one phrase as written, then without a possessive."""
    for spelling in (written, POSSESSIVE.sub("", written)):
        alias = tables.aliases.get(phrase_key(spelling))
        if alias is not None and (
            not alias.cased or as_written(spelling, alias.spelling) or (lower and _loose(alias))
        ):
            return alias
    return None


def as_written(written: str, spelling: str) -> bool:
    """Compare with case, without full stops; a paper may write "Unicef", or "POLAR POST"."""
    plain, known = written.replace(".", "").replace("’", "'"), spelling.replace(".", "")
    if " " in known:
        return plain in (known, known.upper())
    letters = known.isupper() and len(known) > _SHORT
    return plain == known or (letters and plain == known.title() and known not in _WORDS_TOO)


def _loose(alias: Alias) -> bool:
    """Return whether an alias in lower case can be meant at all: countries and capitals."""
    return bool(alias.parties) and alias.parties[0].kind == "country"


def _meant(alias: Alias, written: str, before: str, after: str) -> bool:
    """Return whether a word of a question that fits an alias is meant as the party."""
    if alias.use == "capital":
        return before not in _PLACE_BEFORE
    if alias.cased and written.islower():
        if written in {"us", "is", "who"}:
            return written == "us" and (before == "the" or after in FORCE or after in UNNAMED)
        return before not in _COMMON_NOUN_BEFORE
    return True


def _composed_end(text: str, span: Span, alias: Alias) -> Span:
    """TenureInterval a country's match over the institution that follows it."""
    if alias.use not in ("name", "adjective", "capital") or not alias.parties:
        return span
    if alias.parties[0].kind != "country":
        return span
    words = list(WORD.finditer(text, span.end))[:6]
    lowered = [w.group().lower() for w in words]
    for size in range(min(5, len(words)), 0, -1):
        following = lowered[size] if size < len(lowered) else ""
        between = text[span.end : words[size - 1].end()]
        if not re.fullmatch(r"[\w\s'’-]*", between):
            continue
        phrase = " ".join(lowered[:size])
        ends = not following or following in _FRAME or text[words[size - 1].end()] in ",.;:?!"
        if ends and (_is_force(phrase) or phrase in UNNAMED):
            return Span(span.start, words[size - 1].end())
    return span


def _is_force(phrase: str) -> bool:
    """Return whether a lower-cased phrase is an institution that any state has."""
    return phrase in FORCE or bool(
        re.fullmatch(r"(?:(?:ministry|department) of (?:the )?[a-z]+(?: (?:and )?[a-z]+)?)", phrase)
        or re.fullmatch(r"[a-z]+ (?:ministry|department)", phrase)
        or (phrase.split()[0] in {"state", "senior", "top", "government", "military", "defence"}
            and longest_role(phrase.split()[1:]) is not None
            and " ".join(phrase.split()[1:]) in FORCE | UNNAMED)
    )  # fmt: skip


def _composed_party(name: str, noun: str, tables: Tables) -> Party | None:
    """Find the party of "Clinton campaign", "Trump administration"."""
    if name.lower() in _NOT_CAMPAIGN or _lookup(name, tables) is not None:
        return None
    if noun.lower() == "campaign":
        return campaign(name)
    for holder in tables.holders.get(surname(name_key(name)), ()):
        if holder.office.lower().startswith(_HEADS):
            return tables.parties.get(holder.party)
    return None


def campaign(name: str) -> Party:
    """Make the party of a person's election campaign; *name* as written ("Clinton")."""
    last = name.split()[-1]
    return Party(f"{name_key(last)} campaign", f"{last[:1].upper()}{last[1:]} campaign", "campaign")


def _covers(span: Span, text: str) -> bool:
    """Return whether *span* is all of *text* but a possessive."""
    return span.end >= len(POSSESSIVE.sub("", text))

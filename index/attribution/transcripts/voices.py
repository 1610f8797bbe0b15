"""
Whose voice a label stands for: "HN" is the Hana Novak of the lead, "BAN" is Ban Mi-rae.

A label is short once its voice is known. What it is short for must be one name, or it stands for
itself. Offsets are characters into the text. No I/O, no state.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar

from index.attribution.transcripts.turn_labels import Kind, TurnLabel
from index.types import Span

_Tokens = tuple[str, ...]
_Name = TypeVar("_Name", str, _Tokens)

_NAME = re.compile(
    r"(?:[A-ZÀ-ÖØ-Þ][\w'’\-]+\.?)(?: (?:[A-Z]\.|[A-ZÀ-ÖØ-Þ][\w'’\-]+|"
    r"(?:de|al|bin|van|von|der|den|la)(?= [A-Z]))){1,4}"
)
_TITLES = frozenset(
    """
    mr mrs ms dr sen senator rep representative gov governor gen general adm admiral col colonel
    lt sgt amb ambassador hon honourable honorable prof professor rev sir lord lady dame president
    minister secretary chairman chairwoman chair mayor judge justice king queen prince princess
    prime foreign deputy vice the engineer labour transport finance health defence defense
    economy interior chief captain
    """.split()
)
# "By Ana Petric" wrote it.
_SIGNED = frozenset({"By", "Text", "Words", "Photos", "Photo", "Photographs"})
_NO_SURNAMES = frozenset(
    """
    Agency Award Awards Association Bank Board Bridge College Court Cup Day Festival Gallery Games
    Hospital Library Museum Opera Orchestra Port Prize School Theatre Theater Treaty
    Board Chronicle City Club Committee Company Corp Council County Court
    Daily Express Foundation Gazette Group Guardian Hall Herald House Inc Independent Institute
    Island Islands Journal Lake League Ltd Magazine Mail Ministry Mirror News Party Post Press
    Radio Republic Review River Society Standard Star States Street Sun Telegraph Times Today
    Tribune Union University Valley Weekly
    """.split()
)
_WORD = re.compile(r"[^\W\d_][\w'’\-]*")
# "on Friday. She" is no name.
_PARTED = re.compile(r"[a-z]{4}\. ")
# Of two whom a lead names one asks: "Omar Haddad of the Post interviewed Captain Rosa Lind". A few
# words of an office may stand between the wording and the name.
_NEAR = 80
_INITIALS = 2  # characters that initials have at least
_OFFICE = r"(?: (?!(?:by|about|on|over|for|whether|if|why|how|what) )[a-z][\w’'-]*){0,4} \Z"
_IS_ASKED = re.compile(
    r"\b(?:[Ii]nterview(?:s|ed|ing)?(?: with| of)?|asks?|asked|questions (?:to|for)|"
    rf"[Cc]onversation with|Q ?& ?A with){_OFFICE}"
)
_IS_ASKING = re.compile(
    rf"\b(?:(?:interviewed|asked|questioned) by|questions (?:from|by|of)){_OFFICE}|"
    r"\b(?:[Rr]eporter|[Cc]orrespondent|[Jj]ournalist|[Ii]nterviewer) \Z"
)
_TOGETHER = re.compile(rf"(?:,| and|, and| &){_OFFICE}")
_SPEAKS_TO = re.compile(r"\b(?:sp(?:oke|eaks)|talk(?:s|ed)|said) to \Z")
_IS_REPORTER = re.compile(
    r",? (?:of|from|for) (?:the |our )?(?:[A-Z]\w+ )?(?:Post|Times|News|Herald|Press|Radio|TV|"
    r"Journal|Guardian|Tribune|Standard)\b|"
    r",? (?:a |an |the |our )?(?:[\w’'-]+ ){0,3}?(?:reporter|correspondent|journalist)\b|"
    r" (?:interviewed|interviews|asks|asked)\b|"
    r" (?:met|meets|joined|sp(?:oke|eaks) (?:to|with)|s[ai]ts? down with) (?:him|her|them)\b"
)


def voices_of(text: str, labels: Sequence[TurnLabel]) -> dict[Span, Span | None]:
    """Find for each label the fullest name of its voice: its own, another label's, the lead's."""
    named = {
        one.label: tuple(tokens_of(text[slice(*one.name)]))
        for one in labels
        if one.kind is Kind.NAMED
    }
    places = {one.label: one.name for one in labels}
    given: dict[_Tokens, Span] = {}
    first: dict[_Tokens, Span] = {}
    for label, tokens in named.items():
        given.setdefault(tokens, label)
        first[tokens] = min(label, first.get(tokens, label))
    before = text[: min((one.label.start for one in labels), default=0)]
    lead = {one.group(): Span(*one.span()) for one in _NAME.finditer(before)}
    # Each is looked up, not compared with every other: an article may have thousands of labels.
    fuller = _by_short_form({tokens: tokens for tokens in given})
    in_lead = _by_short_form({name: tuple(tokens_of(name)) for name in lead})
    offices = _by_office(text, labels)
    found: dict[Span, Span | None] = {one.label: None for one in labels}
    for label, tokens in named.items():
        full = {*([tokens] if len(tokens) > 1 else ()), *_full_forms(tokens, fuller)}
        meant = set() if full else _full_forms(tokens, in_lead)
        if tokens in offices and len(offices[tokens]) == 1:
            found[label] = next(iter(offices[tokens].values()))
        elif len(full) == 1:
            found[label] = places[given[full.pop()]]
        elif len(meant) == 1:
            found[label] = lead[meant.pop()]
        else:
            found[label] = places[first[tokens]]
    return found


def _by_office(text: str, labels: Sequence[TurnLabel]) -> dict[_Tokens, dict[_Tokens, Span]]:
    """List whom the labels name beside each office: "CHAIR (Rosa Finch)"; by the name's words."""
    found: dict[_Tokens, dict[_Tokens, Span]] = {}
    for one in labels:
        office = text[one.label.start : one.name.start].rstrip()
        if one.kind is Kind.NAMED and office.endswith("("):
            named = found.setdefault(tuple(tokens_of(office)), {})
            named.setdefault(tuple(tokens_of(text[slice(*one.name)])), one.name)
    return found


def _by_short_form(names: Mapping[_Name, _Tokens]) -> dict[_Tokens, set[_Name]]:
    """List by each short form the names that it may be short for."""
    found: dict[_Tokens, set[_Name]] = {}
    for name, full in names.items():
        for short in _short_forms(full):
            found.setdefault(short, set()).add(name)
    return found


def _full_forms(tokens: _Tokens, names: Mapping[_Tokens, set[_Name]]) -> set[_Name]:
    """Give the names that a label may be short for."""
    found = names.get(tokens, set())
    if len(tokens) == 1 and len(tokens[0]) >= _INITIALS:
        found = found | names.get(("", tokens[0].replace(".", "")), set())
    return found


def _short_forms(full: _Tokens) -> Iterator[_Tokens]:
    """Give what may be short for a name: its last word, its first, more of its end, initials."""
    if len(full) > 1:
        yield (full[0],)
        yield from (full[at:] for at in range(1, len(full)))
        yield ("", "".join(word[:1] for word in full))


def is_short_for(tokens: Sequence[str], full: Sequence[str]) -> bool:
    """Return whether a short label means a full name: its last word, its first, its initials."""
    return bool(_full_forms(tuple(tokens), _by_short_form({"": tuple(full)})))


def has_title(name: str) -> bool:
    """Return whether a name begins with an office or a form of address."""
    words = name.split()
    return len(words) > 1 and words[0].strip(".").casefold() in _TITLES


def tokens_of(name: str) -> list[str]:
    """List the words of a name in small letters, without the titles before it."""
    words = [word.strip(".'’").casefold() for word in _WORD.findall(name)]
    bare = [word for at, word in enumerate(words) if word not in _TITLES or at == len(words) - 1]
    return bare or words


def interviewee(text: str, end: int, byline: str | None = None) -> Span | None:
    """
    Find the one person that the lead names, or says to be asked; None for nobody or several.

    Args:
        text: the article's.
        end: where the first question begins.
        byline: whose names ask.
    """
    found: dict[str, Span] = {}
    asked: set[str] = set()
    asking: set[str] = set()
    last, at = "", 0
    for one in _NAME.finditer(text, 0, end):
        words = one.group().split()
        signed = words[0] in _SIGNED
        while words and (words[0].casefold().strip(".") in _TITLES or words[0] in _SIGNED):
            words.pop(0)
        if (
            len(words) < 2
            or _PARTED.search(one.group())
            or words[-1] in _NO_SURNAMES
            or _no_person(text, one.start())
        ):
            continue
        name = " ".join(words)
        found.setdefault(name, Span(one.end() - len(name), one.end()))
        start = one.start()
        before = text[max(0, start - _NEAR) : start]
        written = byline is not None and name.casefold() in byline.casefold()
        if (
            signed
            or written
            or _IS_ASKING.search(before)
            or _IS_REPORTER.match(text, one.end(), end)
        ):
            asking.add(name)
        elif _IS_ASKED.search(before) or (last in asked and _TOGETHER.fullmatch(text, at, start)):
            asked.add(name)
        last, at = name, one.end()
    left = [name for name in asked or found if name not in asking]
    # "Novelist Ada Rook" is Ada Rook.
    left = [one for one in left if not any(one.endswith(f" {other}") for other in left)]
    return found[left[0]] if len(left) == 1 else None


def addressed(text: str, line: Span) -> Span | None:
    """Find whom a question addresses by the whole name: "Minister Jon Vale, did you know?"."""
    found = _NAME.match(text, *line)
    if found is None or text[found.end() : found.end() + 2] != ", ":
        return None
    words = found.group().split()
    while words and words[0].casefold().strip(".") in _TITLES:
        words.pop(0)
    return Span(found.end() - len(" ".join(words)), found.end()) if len(words) > 1 else None


def _no_person(text: str, at: int) -> bool:
    """Return whether a name stands behind "the", or after a preposition of place."""
    if _SPEAKS_TO.search(text, max(0, at - _NEAR), at) or _IS_ASKING.search(
        text[max(0, at - _NEAR) : at]
    ):
        return False
    before = text[max(0, at - 12) : at].rstrip(" ").rpartition(" ")[2].lower().strip("(\n")
    return before in {"the", "in", "at", "of", "to", "from", "by"}

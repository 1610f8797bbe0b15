"""
List whom a source that names nobody can mean: "he", "they", "it", a quotation beside which no
name stands.

Candidates are the people named before it, everybody who has spoken, for "they" also those who
spoke together, and for "it" the bodies and the subjects of the sentences just before. Offsets are
characters into ``Article.text``. No I/O.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from index.speakers.cast.cast import Cast
from index.speakers.cast.people import Person
from index.speakers.gazetteer.lexicon import words
from index.speakers.gazetteer.parties import find_party
from index.speakers.gazetteer.roles import role_class
from index.speakers.resolve.back_references import SentenceGrid
from index.speakers.resolve.pronouns import HE, LEAD, SHE, THEY, Turn, is_one
from index.types import Attribution, Span

# So many sentences back a candidate may have been met last, so many turns back have spoken.
_REACH = 14
_TURNS = 14
# So many sentences back the subject of a sentence may be meant that never spoke.
_SUBJECTS = 2
MOST = 9
_FINITE = (
    r"(?:said|says|has|have|had|is|was|were|are|will|would|also|did|does|announced|plans|wants"
    r"|expects|can|could|may|might|[a-z]{3,}ed)\b"
)
_LEADS_IN = r"(?:(?:But|And|So|Yet|Still|However|Meanwhile|Also|While|When|As|After),?\s+)?"
_PHRASE = re.compile(
    rf"[\s“\"(]*(?:[A-Z][^,;:“”\"]{{1,60}},\s+)?{_LEADS_IN}"
    rf"(?P<who>(?:[Tt]he|[Aa]n?|[Hh]is|[Hh]er|[Tt]heir|[Ii]ts|[A-Z][\w’'.&-]*)"
    rf"(?:\s+(?!{_FINITE})[\w’'.&-]+){{0,5}}?)"
    rf"(?:\s+\([^()]{{1,20}}\))?(?:,[^,;:]{{2,90}},)?\s+{_FINITE}"
)
_NO_NAME = re.compile(
    r"\b(?:anti|pro|non|pre|post|mid)-|\w+-(?:based|led|backed|born|wide|run|owned|made)\b", re.I
)
# What follows is a place, no person.
_WHERE = re.compile(r"\b(?:in|near|outside|across|throughout|into|inside)\s+$")
# After whom "he" may follow, beside roles: "the teenager", "the award winner".
_ONE = re.compile(
    r"(?:man|woman|boy|girl|teenager|person|suspect|winner|\w+or|\w+er|\w+ist|\w+an)$"
)
_FULL_NAME = re.compile(
    r"[A-Z][\w’'-]+(?: (?:al|el|bin|de|del|van|von|der|da)\b-?)*(?: ?[A-Z][\w’'.-]*){1,2}"
)
SEVERAL = re.compile(r"(?:s|people|police|men|women)$")
# One word for several people.
_COMPANY = frozenset("family couple pair duo team group crew band staff union crowd".split())
_BARE = frozenset({"the", "a", "an", "his", "her", "its", "their"})
_OF = re.compile(r"\s(?:of|from|in|at|for|with|who|whose)\s")
# "The Novak administration" is one.
_NAMED_FOR = frozenset("administration government campaign regime foundation cabinet".split())
_NO_SUBJECT = words("phrase stop") | frozenset(
    "he she it they we i there this these those nor so such what".split()
)


def goes_on(text: str, cue: Span) -> str:
    """
    Say how a cue without a source leans on what stands before it in its sentence.

    Args:
        text: the article's.
        cue: "adding", "said", "expected".

    Returns:
        "and" for ", but said", "comma" for ", warning", "word" for "before announcing"; "" where
        nothing says that somebody goes on ("is expected").
    """
    before = text[max(0, cue.start - 40) : cue.start]
    if re.match(r"\w+ing\b", text[cue.start : cue.end]):
        if re.search(r"[,—–”\"]\s*(?:also |again |later )?$", before):
            return "comma"
        leads = r"\b(?:before|after|while|by|when|and|or|but|time|in)\s+(?:also |again )?$"
        return "word" if re.search(leads, before) else ""
    joined = re.search(r"\b(?:and|but|yet|then)\s+(?:also |later |then |has |have |had )?$", before)
    return (
        "and"
        if joined and re.match(r"\w+(?:ed|id|es|ys|s|ld|ote)\b", text[cue.start : cue.end])
        else ""
    )


@dataclass(frozen=True, slots=True)
class Reference:
    """
    A source that names nobody, or a quotation without a source.

    ``at`` is where it begins and ``pronoun`` what it says ("" for nothing); ``ruled`` is whom the
    rules of the sentences around find, ``doubt`` why they find nobody (see `look_back`).
    """

    attribution: Attribution
    at: int
    pronoun: str
    ruled: Turn | None = None
    doubt: str = ""

    @property
    def kind(self) -> str:
        """Return what sort of source it is: he, they, it, none (a quotation), chain (a cue)."""
        if self.pronoun in HE | SHE:
            return "he"
        if self.pronoun:
            return "they" if self.pronoun in THEY else "it"
        return "chain" if self.attribution.cue else "none"

    @property
    def gender(self) -> str | None:
        """Return "m" or "f", None if the source says nothing of it."""
        return "m" if self.pronoun in HE else "f" if self.pronoun in SHE else None


@dataclass(slots=True)
class Seen:
    """
    Somebody who may be meant.

    ``last`` is where the text or a turn last has them, ``places`` where it names them before,
    ``named`` how often the article does; ``turns`` counts back over those who spoke: 1 spoke last,
    0 did not speak.
    """

    turn: Turn
    last: Span
    places: list[Span] = field(default_factory=list)
    named: int = 1
    gender: str | None = None
    turns: int = 0

    @property
    def key(self) -> object:
        """Return what tells this one from others."""
        turn = self.turn
        if turn.others:
            return turn.span
        if turn.person is not None:
            return id(turn.person)
        name = turn.speaker.name if turn.speaker is not None else turn.phrase
        return name.lower().removeprefix("the ")


def _is_one(turn: Turn, gender: str) -> bool:
    """Return whether a turn may be one person's, also of whom nothing but a name is known."""
    return is_one(turn, gender) or is_full_name(turn)


def is_full_name(turn: Turn) -> bool:
    """Return whether nothing but a full name is known of who spoke."""
    speaker = turn.speaker
    if speaker is None or turn.person is not None or speaker.parties or speaker.found != "named":
        return False
    return _FULL_NAME.fullmatch(speaker.name) is not None


def _agrees(turn: Turn, kind: str) -> bool:
    """Return whether "it" or "they" can be said of somebody: "it" of no several, and so on."""
    speaker = turn.speaker
    name = speaker.name if speaker is not None else turn.phrase
    noun = re.split(r" (?:of|from|in|for) ", name)[0].split()[-1:]
    several = bool(turn.others) or bool(noun and SEVERAL.search(noun[0]))
    if kind == "it":
        return not (several and name[:1].islower())
    if several or (noun and noun[0] in _COMPANY):
        return True
    one = bool(noun) and role_class(noun[0]) not in (None, "force", "unnamed")
    return speaker is not None and speaker.found != "role" and not one


class Candidates:
    """Whom the sources of one article can mean."""

    def __init__(self, cast: Cast, grid: SentenceGrid) -> None:
        self.cast = cast
        self.grid = grid

    def of(self, reference: Reference, turns: Sequence[Turn]) -> list[Seen]:
        """
        List whom one source can mean, the one met last first.

        Args:
            reference: the source.
            turns: who spoke before it, in reading order.
        """
        at, kind, gender = reference.at, reference.kind, reference.gender
        found: list[Seen] = list(self._spoke(at, turns))
        if kind in ("he", "none", "chain"):
            found = [*self._people(at, turns), *found]
        if kind == "he":
            addressed = self._addressed(at)
            found = [
                each
                for each in found
                if each.gender in (gender, None) and id(each.turn.person) not in addressed
            ]
            found = [each for each in found if each.turn.person or _is_one(each.turn, gender or "")]
        if kind == "they":
            found += self._together(at, turns)
        if kind in ("it", "they", "chain"):
            found += self._bodies(at)
        if kind != "none":
            found += self._subjects(reference)
        if kind in ("it", "they"):
            found = [each for each in found if _agrees(each.turn, kind)]
        if reference.ruled is not None and self._can_be(reference.ruled):
            found.append(Seen(reference.ruled, reference.ruled.span, [reference.ruled.span]))
        unique: dict[object, Seen] = {}
        for each in sorted(found, key=lambda each: each.turns or 99):
            unique.setdefault(each.key, each)
        here = self.grid.sentence_at(at)
        near = [s for s in unique.values() if here - self.grid.sentence_at(s.last.start) <= _REACH]
        return sorted(near, key=lambda each: -each.last.start)[:MOST]

    def _addressed(self, at: int) -> set[int]:
        """List who is named in the clause that leads up to "he": "Wishing Anna Novak luck, he"."""
        start = self.grid.sentences[self.grid.sentence_at(at)].start
        lead = LEAD.fullmatch(self.cast.article.text, start, at)
        within = self.cast.people.within(Span(start, at)) if lead else []
        return {id(person) for _, person in within}

    def _people(self, at: int, turns: Sequence[Turn]) -> Iterator[Seen]:
        """List the people named before *at*."""
        spoken: dict[int, tuple[int, Span]] = {}
        for number, turn in enumerate(reversed(turns[-_TURNS:])):
            if turn.person is not None:
                spoken.setdefault(id(turn.person), (number + 1, turn.span))
        for person in self.cast.people:
            before = [m for m in person.mentions if m.start < at]
            number, place = spoken.get(id(person), (0, None))
            if not before or not self._is_person(person, spoke=place is not None):
                continue
            # Whoever is named inside a quotation did not say it.
            outside = [m for m in before if not self._quoted(m.start)]
            outside = outside or (before if place or self._quoted(at) else [])
            if not outside:
                continue
            last = max(outside[-1], place or outside[-1])
            seen = Seen(Turn(last, None, person), last, outside, len(person.mentions))
            seen.gender, seen.turns = person.gender, number
            yield seen

    def _can_be(self, turn: Turn) -> bool:
        """Return whether whom the rules find is none that only looks like a person."""
        return turn.person is None or self._is_person(turn.person, spoke=turn.speaker is not None)

    def _is_person(self, person: Person, *, spoke: bool = False) -> bool:
        """Return whether a run of capitals can be meant: no "Austin-based Tesla", no place."""
        if _NO_NAME.search(person.name) or not (person.plausible or spoke):
            return False
        if person.strong:
            return True
        text = self.cast.article.text
        place = any(
            _WHERE.search(text, max(0, m.start - 12), m.start)
            and text[m.end : m.end + 1] not in "'’"
            for m in person.mentions
        )
        return not place and find_party(person.name.strip(), self.cast.tables) is None

    def _quoted(self, offset: int) -> bool:
        """Return whether *offset* stands in a quotation, once."""
        if offset not in self._known_quoted:
            self._known_quoted[offset] = self.grid.in_quotation(offset)
        return self._known_quoted[offset]

    @cached_property
    def _known_quoted(self) -> dict[int, bool]:
        """Return what `_quoted` found so far."""
        return {}

    def _spoke(self, at: int, turns: Sequence[Turn]) -> Iterator[Seen]:
        """List who spoke before *at* without a name: "a witness", "the ministry"."""
        found: dict[str, Seen] = {}
        for number, turn in enumerate(reversed(turns[-_TURNS:])):
            if turn.person is not None or turn.speaker is None or turn.span.start >= at:
                continue
            known = found.setdefault(
                turn.speaker.key, Seen(turn, turn.span, [], 0, None, number + 1)
            )
            known.places.insert(0, turn.span)
            known.named += 1
        yield from found.values()

    def _together(self, at: int, turns: Sequence[Turn]) -> Iterator[Seen]:
        """List those who said one thing together, as one whom "they" can mean."""
        before = [turn for turn in turns[-_TURNS:] if turn.span.start < at]
        for number, turn in enumerate(before):
            rest = tuple(t for t in before[number + 1 :] if t.span == turn.span)
            first = all(t.span != turn.span for t in before[:number])
            if turn.together and rest and first:
                joint = Turn(turn.span, turn.speaker, turn.person, True, rest)
                seen = Seen(joint, turn.span, [turn.span], 1, None, len(before) - number)
                yield seen

    def _bodies(self, at: int) -> Iterator[Seen]:
        """List the bodies, firms and states that the sentences before *at* name."""
        first = self.grid.sentences[max(0, self.grid.sentence_at(at) - _SUBJECTS)].start
        found: dict[str, Seen] = {}
        for start, party in self.cast.organisations.mentions:
            if not first <= start < at or self._quoted(start):
                continue
            span = Span(start, start + len(party.name))
            turn = Turn(span, None, None, phrase=party.name)
            known = found.setdefault(party.key, Seen(turn, span))
            known.last = span
            known.places.append(span)
        yield from found.values()

    def _subjects(self, reference: Reference) -> Iterator[Seen]:
        """List what the sentences just before begin with: "The 27-year-old man was found"."""
        text, here = self.cast.article.text, self.grid.sentence_at(reference.at)
        for index in range(here, max(-1, here - 1 - _SUBJECTS), -1):
            bounds = self.grid.sentences[index]
            found = _PHRASE.match(text, bounds.start, min(bounds.end, reference.at))
            if found is None or found.group("who").split()[-1].lower() in _NO_SUBJECT:
                continue
            span = Span(*found.span("who"))
            quoted = self._quoted(span.start) and not self._quoted(reference.at)
            body = text[slice(*span)].split()[-1] in _NAMED_FOR
            if quoted or (self.cast.people.within(span) and not body):
                continue
            phrase = _OF.split(text[slice(*span)])[0]
            several = SEVERAL.search(phrase) is not None
            one = role_class(phrase.split()[-1]) or _ONE.search(phrase)
            if phrase.lower() in _BARE:
                continue
            if reference.kind != "chain" and several != (reference.kind == "they"):
                continue
            if reference.kind != "he" or (
                one and re.match(r"(?:the|an?|his|her|another)\s", phrase, re.I)
            ):
                yield Seen(Turn(span, None, None, phrase=text[slice(*span)]), span, [span])

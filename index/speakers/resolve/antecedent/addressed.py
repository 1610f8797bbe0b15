"""
Find whom "he" means where one person was asked, listened to or let speak by another.

"Novak asked Lind whether it was over. “Never,” he said": Lind answers, or it is open. Whoever asks
or listens is the subject of the sentence before, and so what is likeliest by all other signs.
Offsets are characters into ``Article.text``. No I/O.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from index.speakers.cast.cast import Cast
from index.speakers.cast.people import Person
from index.speakers.resolve.back_references import SentenceGrid
from index.speakers.resolve.pronouns import HE, IT, SHE, Turn
from index.types import Attribution, Span

_ASKS = re.compile(
    r"\b(?:asked|asks|questioned|questions|pressed|presses|quizzed|grilled|challenged|demanded of"
    r"|wanted to know from|put it to|[ie]nquired of)\s+(?!by\b)"
)
_WHAT = re.compile(
    r"[^.;“”\"]{0,90}?\b(?:whether|if|why|how|what|when|who|where|about|over|on)\b|\s*:"
)
_LISTENS = re.compile(
    r"\b(?:listen(?:ed|s)|watch(?:ed|es)|look(?:ed|s) on|nod(?:ded|s)|sat|stood|waited|waits|smiled"
    r"|smiles|frowned|applauded|wept|dozed|slept|took notes|grimaced|fidgeted|shook (?:his|her)"
    r" head|sipped|scribbled|yawned|stared)\b[^.;“”\"]{0,60}?\b(?:as|while|when)\s"
)
_SPEAKS = re.compile(
    r"\b(?:spoke|speaks|talked|talks|addressed|explained|lectured|took the (?:floor|stage|podium)"
    r"|answered|read out|delivered|gave (?:his|her|an?) (?:speech|address|talk)|thundered|ranted"
    r"|was speaking|was talking|made (?:his|her|an?) (?:case|speech|statement)|held forth)\b"
)
_LETS_SPEAK = re.compile(
    r"\b(?:introduced|introduces|gave the floor to|gave way to|made way for|yielded to|called on"
    r"|handed (?:over|the (?:floor|microphone|podium)) to|(?:was|were) (?:followed|interrupted) by"
    r"|passed the microphone to)\s"
)
# A guest's name that no list holds may still be one.
# "Novak let his deputy answer"
_LET = re.compile(
    r"\b(?:let|lets|allowed|asked|invited)\s(?P<who>[^.;:“”\"]{3,60}?)\s(?:to\s)?(?:speak|talk|answer|reply"
    r"|explain|go first|take the floor|take the questions?|respond)\b"
)
# "Novak was shown a leaflet": what it says is neither hers nor a state's
_SEEN = re.compile(
    r"\b(?:(?:was|were|been)\s(?:shown|handed|given|sent|passed)|received|found|tore up|picked up"
    r"|opened|unfolded|held(?: up)?|got|saw|noticed|dropped|burned|read)\s(?:an?"
    r"|the)\s(?:[a-z-]+\s){0,3}"
    r"(?:leaflets?|notes?|letter|poster|sign|banner|message|card|flyer|placard|e-?mail|slip|telegram"
    r"|postcard|pamphlet|sticker|speech|book)\b[^.;:“”\"]{0,40}[.]\s*$"
)
_SOMEBODY = re.compile(r"(?:(?:the|an?|his|her)\s+)?(?:[a-z]+\s+){0,2}[A-Z][\w’'-]+\s[A-Z]")
_HEARS = re.compile(r"\b(?:heard|hears|listened to|listens to|interviewed)\s")
_REPLIES = re.compile(
    r"\b(?:repl(?:ies|ied)|answer(?:s|ed)|respond(?:s|ed)|retort(?:s|ed)|counter(?:s|ed)"
    r"|shot back|shoots back)\b"
)
_ANSWER = re.compile(
    r"[“\"‘'\s]*(?:yes|no|never|not|of course|certainly|absolutely|I|we|maybe)\b", re.I
)
_ADDS = re.compile(r"\b(?:added|adds|also said|went on|continued)\b")
_BEGINS = re.compile(
    r"(?:The|An?|One|Another|His|Her|Their)\s+(?:[a-z-]+\s+){0,2}?(?P<noun>[a-z]+)(?=,|\s+[a-z]+)"
)
_VISITOR = frozenset(
    "guest visitor caller heckler stranger passer-by listener banker farmer shopkeeper neighbour"
    " neighbor host interviewer moderator protester demonstrator critic rival opponent impostor"
    " hostage prisoner tourist customer worker fan".split()
)
_SHORT = 8  # words
_NEAR = 90  # characters
_BACK = 2


@dataclass(frozen=True, slots=True)
class Addressed:
    """Whom a pronoun means; nobody for sure enough if ``turn`` is None."""

    turn: Turn | None


class Exchange:
    """The sentence before a pronoun, and who stands in it."""

    def __init__(
        self, own: Attribution, span: Span, low: str, cast: Cast, grid: SentenceGrid
    ) -> None:
        self.text = cast.article.text
        self.own, self.low = own, low
        self.gender = "m" if low in HE else "f"
        self._cast, self._grid = cast, grid
        before = (part.start for part in own.content if part.start <= span.start)
        first = max(before, default=span.start)
        self._here = grid.sentence_at(first)
        last = self._here - 1
        near = last >= 0 and grid.paragraphs_between(last, self._here) <= 1
        self.bounds = (
            Span(grid.sentences[last].start, grid.sentences[last].end) if near else Span(0, 0)
        )
        self.people = self.within(self.bounds)

    def within(self, bounds: Span) -> list[tuple[Span, Person]]:
        """List who is named in some place, outside quotations."""
        named = self._cast.people.within(bounds)
        return [(s, p) for s, p in named if p.plausible and not self._grid.in_quotation(s.start)]

    def fits(self, person: Person) -> bool:
        """Return whether the pronoun may mean a person."""
        return person.gender in (self.gender, None)

    def first_after(self, at: int) -> tuple[Span, Person] | None:
        """Find who is named right behind *at*."""
        found = next(((s, p) for s, p in self.people if s.start >= at), None)
        if found is None or found[0].start - at > _NEAR:
            return None
        return None if re.search(r"[.;:“”\"]", self.text[at : found[0].start]) else found

    def last_before(self, at: int) -> tuple[Span, Person] | None:
        """Find who is named last before *at*."""
        return next(((s, p) for s, p in reversed(self.people) if s.end <= at), None)

    def cue(self) -> str:
        """Return the words of the cue."""
        return " ".join(self.text[slice(*part)] for part in self.own.cue)

    def words(self) -> str:
        """Return what is said."""
        return " ".join(self.text[slice(*part)] for part in self.own.content)

    def paragraph(self) -> list[tuple[Span, Person]]:
        """List who is named in the last sentences before."""
        start = self._grid.sentences[max(0, self._here - _BACK)].start
        return self.within(Span(start, self.bounds.end))


def addressed(
    own: Attribution,
    span: Span,
    low: str,
    turns: Sequence[Turn],
    cast: Cast,
    grid: SentenceGrid,
    known: Callable[[Span], bool],
) -> Addressed | None:
    """
    Find whom a pronoun means in an exchange of two; None where no exchange is worded.

    "It" is nobody behind a paper that somebody was shown.

    Args:
        own: the statement, whose source the pronoun is.
        span: where the pronoun stands.
        low: the pronoun in small letters.
        turns: who has spoken so far.
        cast: the article and its people.
        grid: its sentences.
        known: returns whether a description at a place means a person of the article.
    """
    if low in IT:
        here = Exchange(own, span, low, cast, grid)
        seen = here.people and _SEEN.search(here.text, *here.bounds)
        return Addressed(None) if seen and here.last_before(seen.start()) else None
    if low not in HE | SHE or "?" in own_end(own, cast.article.text):
        return None
    here = Exchange(own, span, low, cast, grid)
    if here.bounds.end == 0:
        return None
    for rule in (_asked, _listened_to, _let_speak, _visitor(known)):
        found = rule(here)
        if found is not None:
            return found
    return _replying(here, turns) or _added(here, turns)


def own_end(own: Attribution, text: str) -> str:
    """Return how what is said ends."""
    return text[own.content[-1].end - 2 : own.content[-1].end] if own.content else ""


def _asked(here: Exchange) -> Addressed | None:
    """Decide "Novak asked Lind whether …": he answers, or it is open."""
    for verb in _ASKS.finditer(here.text, *here.bounds):
        asker, asked = here.last_before(verb.start()), here.first_after(verb.end())
        if asker is None or not here.fits(asker[1]):
            continue
        if asked is None or asked[1] is asker[1] or not here.fits(asked[1]):
            continue
        if not _WHAT.match(here.text, asked[0].end, here.bounds.end):
            continue
        if asker[1].gender == here.gender and asked[1].gender is None and not _answers(here):
            return Addressed(None)
        return Addressed(_at(asked) if _answers(here) else None)
    return None


def _answers(here: Exchange) -> bool:
    """Return whether words read like an answer."""
    words = here.words()
    short = len(words.split()) <= _SHORT
    return short or bool(_REPLIES.search(here.cue()) or _ANSWER.match(words))


def _listened_to(here: Exchange) -> Addressed | None:
    """Decide "Novak listened while Lind spoke": Lind is quoted."""
    listens = _LISTENS.search(here.text, *here.bounds)
    speaks = _SPEAKS.search(here.text, listens.end(), here.bounds.end) if listens else None
    if listens is None or speaks is None:
        return None
    named = [(s, p) for s, p in here.people if listens.end() <= s.start < speaks.start()]
    if not named:
        # "Novak listened as he spoke"
        subject = here.text[listens.end() : speaks.start()].strip().lower()
        return None if subject in HE | SHE else Addressed(None)
    return Addressed(_at(named[-1])) if here.fits(named[-1][1]) else None


def _let_speak(here: Exchange) -> Addressed | None:
    """Decide "Novak introduced Lind": Lind goes on; "Novak heard Lind" leaves it open."""
    let = _LET.search(here.text, *here.bounds)
    if let is not None and here.last_before(let.start()) is not None:
        named = here.within(Span(*let.span("who")))
        return Addressed(_at(named[-1]) if named and here.fits(named[-1][1]) else None)
    for pattern in (_LETS_SPEAK, _HEARS):
        verb = pattern.search(here.text, *here.bounds)
        first = here.last_before(verb.start()) if verb else None
        then = here.first_after(verb.end()) if verb else None
        if verb is None or first is None:
            continue
        if then is None and pattern is _LETS_SPEAK and _SOMEBODY.match(here.text, verb.end()):
            return Addressed(None)
        if then is None and verb.group().endswith("by ") and not first[0].start > verb.start():
            return Addressed(None)
        if then is None or first[1] is then[1]:
            continue
        if here.fits(first[1]) and here.fits(then[1]):
            return Addressed(_at(then) if pattern is _LETS_SPEAK else None)
    return None


def _visitor(known: Callable[[Span], bool]) -> Callable[[Exchange], Addressed | None]:
    """Make the rule for "The guest, a banker, left": he is nobody who is named farther off."""

    def rule(here: Exchange) -> Addressed | None:
        begins = _BEGINS.match(here.text, *here.bounds)
        if begins is None or any(here.fits(person) for _, person in here.people):
            return None
        noun = begins.group("noun")
        other = noun in _VISITOR and not known(Span(*begins.span()))
        return Addressed(None) if other else None

    return rule


def _replying(here: Exchange, turns: Sequence[Turn]) -> Addressed | None:
    """Decide "“Why?” asked Novak. “I must,” he replied": he is not who asked."""
    last = next((t for t in reversed(turns) if t.span.start < here.bounds.end), None)
    if last is None or not _REPLIES.search(here.cue()) or last.span.start < here.bounds.start:
        return None
    asked = last.content and "?" in here.text[last.content[-1].end - 2 : last.content[-1].end]
    if not asked or last.person is None or not here.fits(last.person):
        return None
    others = {id(p): (s, p) for s, p in here.paragraph() if p is not last.person and here.fits(p)}
    return Addressed(_at(next(iter(others.values()))) if len(others) == 1 else None)


def _added(here: Exchange, turns: Sequence[Turn]) -> Addressed | None:
    """Decide "Novak agreed with Lind, who said … . He added": Novak goes on."""
    spoke = [t for t in turns if here.bounds.start <= t.span.start < here.bounds.end]
    inner = spoke and here.text[slice(*spoke[-1].span)].lower() == "who"
    if not inner or len(spoke) < _BACK or not _ADDS.search(here.cue()):
        return None
    first = spoke[0].person
    return Addressed(spoke[0]) if first is not None and here.fits(first) else None


def _at(named: tuple[Span, Person]) -> Turn:
    """Make the turn of somebody found by place."""
    return Turn(named[0], None, named[1])

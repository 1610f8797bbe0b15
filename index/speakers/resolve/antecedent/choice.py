"""
Choose whom "he", "she", "they", "it" or a quotation without a source means, or nobody.

Whoever may be meant (`candidates`) and what can be seen of each (`traits`) goes to a head that
was trained on labelled articles. Offsets are characters into ``Article.text``. No I/O.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from index.speakers.cast.cast import Cast
from index.speakers.gazetteer.roles import role_class
from index.speakers.learned.head import Chooser, load_head
from index.speakers.resolve.antecedent.candidates import Candidates, Reference, Seen
from index.speakers.resolve.antecedent.traits import Traits
from index.speakers.resolve.back_references import SentenceGrid
from index.speakers.resolve.pronouns import THEY, Turn, is_subject
from index.types import Span

# How likely somebody must be before words are put in his mouth, by kind of source.
ENOUGH = {"he": 0.6, "they": 0.5, "it": 0.5, "none": 0.5, "chain": 0.55}
# Where nobody else can be meant; where the text leaves a doubt.
ALONE = 0.45
SUREST = 0.65
# Whoever spoke last or the rules find, where everybody else is so many times less likely.
CLEAR, _FEWER = 0.4, 2.5
# "It" is nobody where another body is so likely.
_RIVAL = 0.3
# Where so many paragraphs lie between that anybody may be meant.
FAR = 0.82
_TOLD = re.compile(
    r"\s+(?:(?:has|had|then|also)\s+)?(?:told|asked|urged|warned)\s+(?:[\w’'.-]+\s+){0,4}?\S$"
)
_SINGLE_MARKS, _DOUBLE_MARKS = ("'", "‘"), ('"', "“", "„", "«")
_SINGLE = re.compile(r"(?<!\w)['‘][^'’\n]{8,}['’](?!\w)")
_DOUBLE = re.compile(r"[\"“„«]")
_NEVER = 2.0
MIN_WORDS_ALONE = 9
LONG = 20
# So many paragraphs back one stands near.
_NEAR = 2
# So many lines back whoever spoke last still goes on.
_APART = 4
# "Tor Lie laughed." "The mayor of Eastholm shrugged."
_ACTS = re.compile(
    r"(?:(?!(?:The|An?|If|When|As|But|And|In|On|At|For|That|This|After|Before)\b)(?:[A-Z][\w’'-]+\s){1,2}[A-Z][\w’'-]+|The\s(?:[a-z-]+\s)?(?P<noun>[a-z]+)"
    r"(?:\sof\s(?:[A-Z][\w’'-]+\s?){1,3})?)\s(?:was|had|[a-z]{2,}ed|shook|grinned|stood|left|took)\b"
)
_COLON = re.compile(r"[a-z”\"]:\s$")


@dataclass(frozen=True, slots=True)
class Sighting:
    """A source that names nobody, as training sees it; ``rows`` end with what is nobody's."""

    reference: Reference
    candidates: Sequence[Seen]
    rows: Sequence[frozenset[str]]


@dataclass(frozen=True, slots=True)
class Watch:
    """What training puts in place of the shipped head, and what it collects."""

    head: Chooser
    seen: list[Sighting]


_watches: list[Watch] = []


@contextmanager
def watching(head: Chooser) -> Iterator[list[Sighting]]:
    """Collect the sources that name nobody, resolved by *head*, for training; not threaded."""
    watch = Watch(head, [])
    _watches.append(watch)
    try:
        yield watch.seen
    finally:
        _watches.remove(watch)


class Antecedents:
    """Chooses whom the sources of one article mean."""

    def __init__(self, cast: Cast, grid: SentenceGrid) -> None:
        self._cast = cast
        self._text = cast.article.text
        self._grid = grid
        self._candidates = Candidates(cast, grid)
        self._traits = Traits(cast, grid)

    def likeliest(self, reference: Reference, turns: Sequence[Turn]) -> Turn | None:
        """
        Find whom a source surely enough means; None if that is open.

        Args:
            reference: the source.
            turns: who spoke so far, in any order.
        """
        led = self._led_in(reference) if reference.kind == "none" else None
        if led is not None:
            return led
        before = sorted((t for t in turns if t.span.start < reference.at), key=lambda t: t.span)
        found = self._candidates.of(reference, before)
        rows = self._traits.of(reference, found, before)
        head = _watches[-1].head if _watches else load_head("antecedents")
        if _watches:
            _watches[-1].seen.append(Sighting(reference, found, rows))
        chances = head.chances(rows)
        if reference.pronoun in THEY:
            chances = _pooled(found, chances)
        best = max(range(len(found)), key=lambda at: (chances[at], -at), default=None)
        if best is None:
            return None
        enough = self._enough(reference, best, found, before)
        clear = enough == ENOUGH[reference.kind] and _is_clear(reference, best, found, chances)
        if clear and self._paragraphs_to(found[best].last, reference) <= 1:
            enough = CLEAR
        if chances[best] < enough or _has_rival(reference, best, found, chances):
            return None
        if self._another_acts(reference, found[best]):
            return None
        return found[best].turn

    def _another_acts(self, reference: Reference, candidate: Seen) -> bool:
        """Return whether somebody else acts right before: 'Tor Lie laughed. "We lost," he said.'"""
        own = self._grid.sentence_at(reference.at)
        if reference.kind != "he" or own == 0 or self._paragraphs_to(candidate.last, reference) < 1:
            return False
        before = self._grid.sentences[own - 1]
        quoted = any(s.start < before.end for s in reference.attribution.content)
        if quoted or self._grid.paragraphs_between(own - 1, own) > 0:
            return False
        acts = _ACTS.match(self._text, before.start, before.end)
        return acts is not None and (acts["noun"] is None or role_class(acts["noun"]) is not None)

    def _led_in(self, reference: Reference) -> Turn | None:
        """Find the subject of a sentence whose colon leads up to a quotation: 'Novak spoke: "'."""
        bounds = self._grid.sentences[self._grid.sentence_at(max(0, reference.at - 1))]
        lead = Span(bounds.start, reference.at)
        if not lead.start < lead.end or not _COLON.search(self._text, *lead):
            return None
        for mention, person in self._cast.people.within(lead):
            if person.strong and is_subject(self._text, lead, mention):
                return Turn(mention, None, person)
        for start, name, parties in self._cast.organisations.places:
            span = Span(start, start + len(name))
            own = lead.start <= start < lead.end and parties[0].kind in ("country", "body", "group")
            if own and is_subject(self._text, lead, span):
                return Turn(span, None, None, phrase=name)
        return None

    def _enough(
        self, reference: Reference, best: int, found: Sequence[Seen], turns: Sequence[Turn]
    ) -> float:
        """
        Say how likely the candidate at *best* must be to be meant.

        Where the sentences around leave a doubt it takes more. A doubt stays one, however sure
        the head is, where those who fit speak as one or in the pronoun's own sentence, where one
        told the other something, and where the only one who fits may be a firm of that name.
        """
        here, sentence_at = self._grid.sentence_at(reference.at), self._grid.sentence_at
        apart = "\n" in self._text[found[best].last.start : reference.at]
        if reference.kind == "none" and apart:
            return self._enough_apart(reference, found[best], turns)
        if reference.kind == "none" and self._marked_otherwise(reference, found[best]):
            return _NEVER
        far = self._paragraphs_to(found[best].last, reference) > _NEAR
        if not reference.doubt:
            enough = ALONE if len(found) == 1 else ENOUGH[reference.kind]
            return FAR if far else enough
        last = turns[-1:]
        # "They" may be all who spoke as one.
        all_of_them = bool(found[best].turn.others)
        joint = not all_of_them and any(
            turn.together or sentence_at(turn.span.start) == here for turn in last
        )
        answers = any(self._is_told(last, other) for other in found if other is not found[best])
        firm = reference.doubt == "firm" and len(found) == 1
        return _NEVER if joint or answers or firm else FAR if far else SUREST

    def _paragraphs_to(self, place: Span, reference: Reference) -> int:
        """Count the paragraph breaks from *place* to a source."""
        sentence_at = self._grid.sentence_at
        return self._grid.paragraphs_between(sentence_at(place.start), sentence_at(reference.at))

    def _enough_apart(self, reference: Reference, candidate: Seen, turns: Sequence[Turn]) -> float:
        """
        Say how likely *candidate* must be to speak in a quotation that stands in its own paragraph.

        Whoever was quoted last goes on; where each sentence has its line, so does whoever spoke
        some lines before, if the head is sure.
        """
        here, sentence_at = self._grid.sentence_at(reference.at), self._grid.sentence_at
        last = turns[-1:]
        away = min((here - sentence_at(turn.span.start) for turn in last), default=_APART + 1)
        own = candidate.turns == 1
        if self._grid.in_lines and away <= 1 and any(turn.quoted for turn in last):
            return ENOUGH["none"]
        if self._grid.in_lines:
            return SUREST if own and away <= _APART else _NEVER
        if not self._goes_on(reference, turns):
            return _NEVER
        return ENOUGH["none"] if own and any(turn.quoted for turn in last) else SUREST

    def _goes_on(self, reference: Reference, turns: Sequence[Turn]) -> bool:
        """
        Return whether a quotation in a paragraph of its own can go on with the one before.

        A short one may be anybody's; behind words that were not quoted it takes a long one.
        """
        words = sum(len(self._text[slice(*s)].split()) for s in reference.attribution.content)
        begun = any(turn.quoted for turn in turns[-1:])
        return words >= (MIN_WORDS_ALONE if begun else LONG)

    def _marked_otherwise(self, reference: Reference, candidate: Seen) -> bool:
        """
        Return whether a quotation has other marks than those of *candidate* right before it.

        An outlet keeps to one kind: words in the other were put together from another report.
        """
        before = self._text[candidate.last.start : reference.at]
        own = self._text[reference.at : reference.at + 1]
        single, double = _SINGLE.search(before), _DOUBLE.search(before)
        return bool(
            (own in _DOUBLE_MARKS and single and not double)
            or (own in _SINGLE_MARKS and double and not single)
        )

    def _is_told(self, last: Sequence[Turn], other: Seen) -> bool:
        """Return whether whoever spoke last told *other* something: who answers is open."""
        text = self._text
        return any(
            _TOLD.match(text, turn.span.end, other.last.start + 1) is not None for turn in last
        )


def _pooled(found: Sequence[Seen], chances: Sequence[float]) -> list[float]:
    """Give those who spoke as one the chances of each of them: "they" is no single person."""
    pooled = list(chances)
    for at, group in enumerate(found):
        if not group.turn.others:
            continue
        members = {t.speaker.key for t in (group.turn, *group.turn.others) if t.speaker}
        for other, single in enumerate(found):
            speaker = single.turn.speaker
            if speaker is not None and not single.turn.others and speaker.key in members:
                pooled[at] += pooled[other]
                pooled[other] = 0.0
    return pooled


def _has_rival(
    reference: Reference, best: int, found: Sequence[Seen], chances: Sequence[float]
) -> bool:
    """Return whether another body may as well be meant by "it" or "they"."""
    if reference.kind not in ("it", "they"):
        return False
    others = (chance for at, chance in enumerate(chances[: len(found)]) if at != best)
    return max(others, default=0.0) >= _RIVAL


def _is_clear(
    reference: Reference, best: int, found: Sequence[Seen], chances: Sequence[float]
) -> bool:
    """Return whether whoever spoke last, or the rules find, is far likelier than anybody else."""
    likely, ruled = found[best], reference.ruled
    if not reference.pronoun or not (likely.turns == 1 or (ruled and likely.key == _key(ruled))):
        return False
    others = (chance for at, chance in enumerate(chances[: len(found)]) if at != best)
    return chances[best] >= _FEWER * max(others, default=0.0)


def _key(turn: Turn) -> object:
    """Return what tells whom a turn is of from others."""
    return Seen(turn, turn.span).key

"""
Score whom "he", "she", "it" or a quotation without a source means, among those spoken of before.

Every person named before, and everybody who has spoken, is a candidate; what can be seen of each
(how far back, who spoke last, whose gender fits, how often the article names him) goes to a head
that was trained on labelled articles. Offsets are characters into ``Article.text``. No I/O.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from index.speakers.cast.cast import Cast
from index.speakers.learned.head import Head, load_head
from index.speakers.resolve.back_references import SentenceGrid
from index.speakers.resolve.pronouns import HE, IT, SHE, THEY, Turn, is_one
from index.types import Attribution, Span

# How likely somebody must be before words are put in his mouth.
SURE = 0.5
SURER = 0.6
SUREST = 0.8
_REACH = 14
_TURNS = 12
_SUBJECT = re.compile(r"^[\s“\"(]*(?:[^,;:.]{0,60},\s+)?[^,;:.]{0,50}$")
_PLURAL = re.compile(r"(?:s|people|police|men|women)$")


@dataclass(frozen=True, slots=True)
class Candidate:
    """Whom a source may mean, as the turn that it would repeat; what can be seen of it."""

    turn: Turn
    features: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Seen:
    """A person or a speaker without a name, with the last place where each was met."""

    turn: Turn
    last: Span
    mentions: int
    gender: str | None
    spoke: int


def candidates(
    at: int, pronoun: str, turns: Sequence[Turn], cast: Cast, grid: SentenceGrid
) -> list[Candidate]:
    """
    List whom a source can mean.

    Args:
        at: where the source, or the quotation without one, begins.
        pronoun: in lower case; "" for a quotation without a source.
        turns: who spoke before, in reading order.
        cast: the article, its people, the tables.
        grid: the sentences of the article.
    """
    seen = [*_people(at, turns, cast, grid), *_others(at, turns)]
    if pronoun in THEY | IT:
        seen = [each for each in seen if each.turn.person is None]
    else:
        seen = [each for each in seen if not _wrong_gender(each, pronoun)]
        if pronoun:
            gender = "m" if pronoun in HE else "f"
            seen = [each for each in seen if each.turn.person or is_one(each.turn, gender)]
    seen.sort(key=lambda each: -each.last.start)
    here = grid.sentence_at(at)
    near = [each for each in seen if here - grid.sentence_at(each.last.start) <= _REACH]
    shared = _shared(at, pronoun, turns, near, cast, grid)
    return [
        Candidate(
            each.turn, frozenset(_features(rank, each, near, at, pronoun, cast, grid, shared))
        )
        for rank, each in enumerate(near[:8])
    ]


def _wrong_gender(each: _Seen, pronoun: str) -> bool:
    """Return whether a candidate is surely of the other gender."""
    if pronoun in HE:
        return each.gender == "f"
    return pronoun in SHE and each.gender == "m"


def _people(at: int, turns: Sequence[Turn], cast: Cast, grid: SentenceGrid) -> list[_Seen]:
    """List the people named or heard before *at*."""
    spoken: dict[int, int] = {}
    last_turn: dict[int, Span] = {}
    for number, turn in enumerate(reversed(turns[-_TURNS:])):
        if turn.person is not None and turn.span.start < at:
            spoken.setdefault(id(turn.person), number + 1)
            last_turn.setdefault(id(turn.person), turn.span)
    found = []
    for person in cast.people:
        before = [m for m in person.mentions if m.start < at]
        outside = [m for m in before if not grid.in_quotation(m.start)]
        if not person.plausible or not before:
            continue
        places = [
            *(outside or before)[-1:],
            *([last_turn[id(person)]] if id(person) in last_turn else []),
        ]
        last = max(places, key=lambda span: span.start)
        turn = Turn(last, None, person)
        found.append(
            _Seen(turn, last, len(person.mentions), person.gender, spoken.get(id(person), 0))
        )
    return found


def _others(at: int, turns: Sequence[Turn]) -> list[_Seen]:
    """List who spoke before *at* without a name: "a witness", "the ministry"."""
    found: dict[str, _Seen] = {}
    for number, turn in enumerate(reversed(turns[-_TURNS:])):
        if turn.person is None and turn.speaker is not None and turn.span.start < at:
            known = found.get(turn.speaker.key)
            if known is None:
                found[turn.speaker.key] = _Seen(turn, turn.span, 1, None, number + 1)
    return list(found.values())


def _shared(
    at: int,
    pronoun: str,
    turns: Sequence[Turn],
    near: Sequence[_Seen],
    cast: Cast,
    grid: SentenceGrid,
) -> frozenset[str]:
    """Tell what holds for all candidates of one source."""
    text = cast.article.text
    bounds = grid.sentences[grid.sentence_at(at)]
    kind = "he" if pronoun in HE | SHE else pronoun or "none"
    fitting = sum(1 for each in near if each.turn.person is not None)
    gap = at - turns[-1].span.start if turns else 10_000
    before = text[bounds.start : at]
    place = (
        "begins"
        if not before.strip(' “"')
        else "quoted"
        if before.rstrip(" ")[-1:] in '”",'
        else "inside"
    )
    alone = "alone" if fitting <= 1 else "few" if fitting <= 3 else "many"
    return frozenset(
        {f"kind:{kind}", f"place:{place}", f"fitting:{alone}", f"gap:{min(gap // 200, 4)}"}
    )


def _features(
    rank: int, each: _Seen, near: Sequence[_Seen], at: int, pronoun: str, cast: Cast,
    grid: SentenceGrid, shared: frozenset[str],
) -> set[str]:  # fmt: skip
    """Tell what can be seen of one candidate."""
    text = cast.article.text
    here, there = grid.sentence_at(at), grid.sentence_at(each.last.start)
    bounds = grid.sentences[there]
    away, crossed = here - there, grid.paragraphs_between(there, here)
    wanted = "m" if pronoun in HE else "f" if pronoun in SHE else None
    gender = "any" if wanted is None else "fits" if each.gender == wanted else "unknown"
    most = max(other.mentions for other in near)
    spoken_rank = 1 + sum(1 for other in near if 0 < other.spoke < each.spoke) if each.spoke else 0
    people = [other for other in near if other.turn.person is not None]
    sure = [other for other in people if wanted and other.gender == wanted]
    subject = bool(_SUBJECT.match(text[bounds.start : each.last.start]))
    own = {
        f"rank:{min(rank, 3)}",
        f"away:{min(away, 5)}",
        f"crossed:{min(crossed, 3)}",
        f"gender:{gender}",
        f"spoke:{min(spoken_rank, 3)}",
        f"subject:{subject}",
        f"who:{'person' if each.turn.person is not None else _sort(each.turn)}",
        f"named:{_share(each.mentions, most)}",
        f"only:{len(sure) == 1 and each.gender == wanted}",
        f"rivals:{min(sum(1 for other in sure if other is not each), 2)}",
        f"roles:{bool(each.turn.person and each.turn.person.roles)}",
        f"quoted:{grid.in_quotation(each.last.start)}",
    }
    kind = next(f for f in shared if f.startswith("kind:"))
    pairs = {f"{a}&{b}" for a in own for b in own if a < b}
    return own | pairs | {f"{kind}&{f}" for f in own} | {f"{s}&{f}" for s in shared for f in own}


def _share(mentions: int, most: int) -> str:
    """Tell how often somebody is named, beside whom is named most."""
    return "most" if mentions == most else "half" if 2 * mentions >= most else "less"


def _sort(turn: Turn) -> str:
    """Tell which sort of speaker somebody without a name is."""
    speaker = turn.speaker
    if speaker is None:
        return "nobody"
    several = bool(_PLURAL.search(speaker.name.split(" of ")[0]))
    return f"{speaker.found}:{'several' if several else 'one'}"


@dataclass(frozen=True, slots=True)
class Sighting:
    """A source that names nobody, as training sees it."""

    attribution: Attribution
    at: int
    pronoun: str
    candidates: Sequence[Candidate]


@dataclass(frozen=True, slots=True)
class Watch:
    """What training puts in place of the shipped head, and what it collects."""

    head: Head
    seen: list[Sighting]


_watches: list[Watch] = []


@contextmanager
def watching(head: Head) -> Iterator[list[Sighting]]:
    """Collect the sources that name nobody, resolved by *head*, for training; not threaded."""
    watch = Watch(head, [])
    _watches.append(watch)
    try:
        yield watch.seen
    finally:
        _watches.remove(watch)


def likeliest(
    attribution: Attribution,
    at: int,
    pronoun: str,
    turns: Sequence[Turn],
    cast: Cast,
    grid: SentenceGrid,
    doubt: bool = False,
) -> Turn | None:
    """
    Find whom a source surely enough means; None if that is open.

    Args:
        attribution: whose source names nobody.
        at: where the source, or the quotation without one, begins.
        pronoun: in lower case; "" for a quotation without a source.
        turns: who spoke so far.
        cast: the article, its people, the tables.
        grid: the sentences of the article.
        doubt: whether several near it fit, by what the sentences say.
    """
    before = [turn for turn in turns if turn.span.start < at]
    found = candidates(at, pronoun, before, cast, grid)
    head = _watches[-1].head if _watches else load_head("antecedents")
    if _watches:
        _watches[-1].seen.append(Sighting(attribution, at, pronoun, found))
    chances = [(head.probability(each.features), -at) for at, each in enumerate(found)]
    chance, at_best = max(chances, default=(0.0, 0))
    enough = SUREST if doubt else SURE if pronoun else SURER
    if chance < enough or (
        doubt and _no_way_out(found[-at_best], found, at, pronoun, before, grid)
    ):
        return None
    return found[-at_best].turn


def _no_way_out(
    best: Candidate,
    found: Sequence[Candidate],
    at: int,
    pronoun: str,
    turns: Sequence[Turn],
    grid: SentenceGrid,
) -> bool:
    """
    Return whether a doubt stays one, however sure the head is.

    It does where those who fit speak as one or in the pronoun's own sentence, where no gender is
    known, and where the only one who fits may be a firm of that name.
    """
    person, wanted = best.turn.person, "m" if pronoun in HE else "f"
    if len(found) < 2 or person is None or person.gender != wanted:
        return True
    last = turns[-1] if turns else best.turn
    same = grid.sentence_at(last.span.start) == grid.sentence_at(at)
    return last.together or same

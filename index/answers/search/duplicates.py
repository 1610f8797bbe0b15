"""
From scored sentences to what is shown: order and near-duplicates. Pure.

Wire copy stands in many papers: it is shown once, but never folded with a sentence that differs
in a number or in a "not".
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from index.speakers.gazetteer.names import names_agree
from index.store import Scored
from index.text.words import STOP_WORDS, is_negation, is_number, stems, words
from index.types import IndexedArticle, Label, Speaker, Statement

# Reciprocal rank fusion, Cormack et al. 2009: the constant that needs no tuning.
_RRF = 60
_SAME_WORDING = 0.8
_SHORTEST_CONTAINED = 6
_EARLIEST = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Match:
    """
    A statement that may be shown: of one loaded article, with the sentences to show of it.

    ``statement`` is None for words of the article itself (only when a quotation is looked up).
    ``sure``: it is on the topic, and not perhaps on another matter.
    """

    item: IndexedArticle
    number: int
    sentences: tuple[int, ...]
    score: float
    sure: bool = True

    @property
    def statement(self) -> Statement | None:
        """The statement with its speaker."""
        return self.item.statements[self.number] if self.number >= 0 else None

    @property
    def texts(self) -> list[str]:
        """The sentences, verbatim."""
        chosen = [self.item.sentences[at] for at in self.sentences]
        return [self.item.article.text[s.start : s.end] for s in chosen]


@dataclass(frozen=True, slots=True)
class UniqueMatch:
    """
    A statement to show, and the other outlets that have it in the same words.

    ``labels``: what only the other statements of the answer tell about it; ``articles``: the ids
    of those that have it; ``copies`` the statement in each of them.
    """

    shown: Match
    also_in: tuple[str, ...] = ()
    labels: tuple[Label, ...] = ()
    articles: frozenset[str] = frozenset()
    copies: tuple[Match, ...] = ()

    @property
    def speaker(self) -> Speaker | None:
        """Who said it; None where the article names nobody."""
        return self.shown.statement.speaker if self.shown.statement else None


def fuse(*rankings: Sequence[Scored]) -> dict[int, float]:
    """Fuse rankings of keys by reciprocal rank; the score of a key that is first in all is 1."""
    best = len(rankings) / (_RRF + 1)
    fused: dict[int, float] = {}
    for ranking in rankings:
        for rank, scored in enumerate(ranking, 1):
            fused[scored.key] = fused.get(scored.key, 0.0) + 1 / (_RRF + rank) / best
    return fused


def newest_first(found: Iterable[Match]) -> list[Match]:
    """Order by date, newest first and undated last, then in reading order."""
    ordered = sorted(found, key=lambda f: (f.item.article.id, f.number, f.sentences))
    return sorted(ordered, key=lambda f: f.item.article.published_at or _EARLIEST, reverse=True)


def interleave_speakers(folded: Sequence[UniqueMatch], at_once: int = 2) -> list[UniqueMatch]:
    """
    Let others speak: after *at_once* statements of one speaker, the next ones come later.

    Args:
        folded: statements, best first.
        at_once: how many of one speaker may stand before the first of another.

    Returns:
        The same statements; those of each speaker keep their order.
    """
    rounds: dict[str, int] = {}
    placed = []
    for position, entry in enumerate(folded):
        statement = entry.shown.statement
        key = statement.speaker.key if statement and statement.speaker else ""
        turn = rounds.get(key, 0)
        rounds[key] = turn + 1
        placed.append((turn // at_once, position, entry))
    return [entry for _, _, entry in sorted(placed, key=lambda p: p[:2])]


def fold_copies(found: Sequence[Match]) -> list[UniqueMatch]:
    """
    Fold statements of the same wording by the same speaker, keeping the order of the first.

    Of each group the fullest is shown, of nearly equally full ones the earliest.
    """
    return Copies().fold(found)


class Copies:
    """Remembers statements, so that copies of them that come later are known as such."""

    def __init__(self) -> None:
        self._groups: list[list[tuple[Match, list[str]]]] = []
        self._by_word: dict[str, list[int]] = {}

    def fold(self, found: Sequence[Match]) -> list[UniqueMatch]:
        """Fold *found* as `fold_copies` does; copies of what came before are left out."""
        before = len(self._groups)
        for each in found:
            self._add(each)
        return [_folded(group) for group in self._groups[before:]]

    def _add(self, found: Match) -> None:
        """Put a statement with its copies."""
        tokens = words(" ".join(found.texts))
        # Copies share most words, so one of the longest three too.
        rare = sorted(set(tokens), key=lambda w: (-len(w), w))[:6]
        near = dict.fromkeys(g for word in rare for g in self._by_word.get(word, ()))
        home = next((g for g in near if _are_copies((found, tokens), self._groups[g][0])), None)
        if home is None:
            home = len(self._groups)
            self._groups.append([])
        self._groups[home].append((found, tokens))
        for word in set(tokens):
            if len(word) > 3 and home not in self._by_word.setdefault(word, []):
                self._by_word[word].append(home)


def _are_copies(a: tuple[Match, list[str]], b: tuple[Match, list[str]]) -> bool:
    """Return whether two statements are the same words out of the same mouth."""
    one, other = set(a[1]), set(b[1])
    if not one or not other or not same_mouth(a[0].statement, b[0].statement):
        return False
    if _is_denial(a[0].statement) != _is_denial(b[0].statement):
        return False
    if _is_same_quotation(a[0], b[0]) or _is_headline_of(a[0], b[0]) or _is_headline_of(b[0], a[0]):
        return True
    return same_wording(a[1], b[1])


def same_wording(one: Sequence[str], other: Sequence[str]) -> bool:
    """Return whether two lists of words say one thing: no number and no "not" sets them apart."""
    first, second = set(one), set(other)
    alike = len(first & second) >= _SAME_WORDING * len(first | second)
    if not alike and not _is_contained(one, other):
        return False
    return not any(is_negation(word) or is_number(word) for word in first ^ second)


def _is_same_quotation(a: Match, b: Match) -> bool:
    """Return whether both hold the same words in quotation marks, introduced otherwise."""
    one, other = _quotation_of(a), _quotation_of(b)
    return len(one) >= _SHORTEST_CONTAINED and one == other


def _quotation_of(found: Match) -> list[str]:
    """Read the words of a direct quotation whose sentences are shown whole; none of another."""
    statement = found.statement
    if statement is None or statement.attribution.kind != "direct":
        return []
    text = found.item.article.text
    return words(" ".join(text[span.start : span.end] for span in statement.attribution.content))


def _is_headline_of(headline: Match, found: Match) -> bool:
    """Return whether *headline* is an article's title and says in short what *found* says there."""
    article = found.item.article
    if headline.item.article.id != article.id or headline.texts != [article.title.strip()]:
        return False
    one, other = headline.statement, found.statement
    if one is None or other is None or found.texts == headline.texts:
        return False
    short, whole = words(headline.texts[0]), words(" ".join(found.texts))
    fixed = {w for w in short if is_negation(w) or is_number(w)}
    same = one.attribution.cue_class == other.attribution.cue_class and fixed <= set(whole)
    content = stems(headline.texts[0]) - STOP_WORDS
    return same and 2 * len(content & stems(" ".join(found.texts))) >= len(content) > 0


def _is_contained(one: Sequence[str], other: Sequence[str]) -> bool:
    short, long = sorted((one, other), key=len)
    return len(short) >= _SHORTEST_CONTAINED and f" {' '.join(short)} " in f" {' '.join(long)} "


def _is_denial(statement: Statement | None) -> bool:
    made = statement.attribution if statement is not None else None
    return made is not None and made.cue_class == "denied" and not made.negated


def same_mouth(a: Statement | None, b: Statement | None) -> bool:
    """
    Return whether two statements can be one: speakers agree, share a party, or one has none.

    Args:
        a: a statement, None for the article's own words.
        b: another.
    """
    if a is None or b is None or a.speaker is None or b.speaker is None:
        return True
    shared = {p.key for p in a.speaker.parties} & {p.key for p in b.speaker.parties}
    return bool(shared) or names_agree(a.speaker.key, b.speaker.key)


def _folded(group: Sequence[tuple[Match, list[str]]]) -> UniqueMatch:
    """Choose what is shown of a group of copies."""
    fullest = max(len(tokens) for _, tokens in group)
    full = [found for found, tokens in group if len(tokens) * 5 >= fullest * 4]
    named = [f for f in full if f.statement is not None and f.statement.speaker is not None] or full
    dated = [found for found in named if found.item.article.published_at] or named
    shown = min(dated, key=lambda f: f.item.article.published_at or _EARLIEST)
    shown = replace(shown, sure=any(found.sure for found, _ in group))
    own = shown.item.article.outlet
    others = [found.item.article.outlet for found, _ in group]
    articles = frozenset(found.item.article.id for found, _ in group)
    also_in = tuple(dict.fromkeys(o for o in others if o and o != own))
    copies = tuple(found for found, _ in group) if also_in else ()
    return UniqueMatch(shown, also_in, articles=articles, copies=copies)

"""
From scored sentences to what is shown: relevance, order, near-duplicates. Pure.

The nearest sentence is not an answer: something is always nearest. A sentence is about a topic
if it holds the topic's rarer words, or means nearly the same; the floors were set on questions
with known answers, half of them unanswerable. And wire copy stands in many papers: it is shown
once, but never folded with a sentence that differs in a number or in a "not".
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from index.speakers.names import names_agree
from index.store import Scored
from index.types import IndexedArticle, Statement
from index.wording import TURNING, stem, stems, words

# Reciprocal rank fusion, Cormack et al. 2009: the constant that needs no tuning.
_RRF = 60
# A sentence with this share of the topic's words, by weight, needs at least this cosine with the
# topic. Of 5,492 sentences by the right speaker on another subject and without a word of the
# topic, 4 come above 0.45; of 302 right ones with all its words, 3 fall below 0.11.
FLOORS = ((0.99, 0.05), (0.5, 0.30), (0.2, 0.42), (0.0, 0.45))
# One that lacks the words counts if what stands around it has them all ("He denied that"); with
# the higher floor where other statements hold them themselves.
NEARBY = 3
FLOOR_NEARBY = 0.15
FLOOR_NEARBY_BESIDE = 0.30
_SAME_WORDING = 0.8
_SHORTEST_CONTAINED = 6
_EARLIEST = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Found:
    """
    A statement that may be shown: of one loaded article, with the sentences to show of it.

    ``statement`` is None for words of the article itself (only when a quotation is looked up).
    """

    item: IndexedArticle
    number: int
    sentences: tuple[int, ...]
    score: float

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
class Folded:
    """A statement to show, and the other outlets that have it in the same words."""

    shown: Found
    also_in: tuple[str, ...] = ()


def fuse(*rankings: Sequence[Scored]) -> dict[int, float]:
    """Fuse rankings of keys by reciprocal rank; the score of a key that is first in all is 1."""
    best = len(rankings) / (_RRF + 1)
    fused: dict[int, float] = {}
    for ranking in rankings:
        for rank, scored in enumerate(ranking, 1):
            fused[scored.key] = fused.get(scored.key, 0.0) + 1 / (_RRF + rank) / best
    return fused


def word_coverage(holders: Mapping[str, Iterable[int]], sentences: int) -> dict[int, float]:
    """
    Measure how much of a topic's wording each sentence holds.

    Args:
        holders: for each content word the keys of the sentences that hold it.
        sentences: how many sentences were searched; a word that most of them hold weighs little.

    Returns:
        Key -> share in (0, 1]; sentences with none of the words are left out.
    """
    held = {word: frozenset(keys) for word, keys in holders.items()}
    weights = {w: math.log(1 + sentences / (1 + len(keys))) for w, keys in held.items()}
    whole = sum(weights.values())
    found: dict[int, float] = {}
    for word, keys in held.items():
        for key in keys:
            found[key] = found.get(key, 0.0) + weights[word] / whole
    return found


def is_relevant(cosine: float, coverage: float) -> bool:
    """Tell whether a sentence is about the topic (see the floors above)."""
    return any(coverage >= share and cosine >= floor for share, floor in FLOORS)


def may_be_told_nearby(cosine: float, words: int, beside: bool) -> bool:
    """
    Tell whether it is worth while to read what stands around a sentence.

    Args:
        cosine: of the sentence with the topic.
        words: how many words the topic has.
        beside: whether other statements are about the topic by themselves.
    """
    if not beside:
        return cosine >= FLOOR_NEARBY
    # Where others name a topic of one word, a sentence without it is about something else.
    return words > 1 and cosine >= FLOOR_NEARBY_BESIDE


def is_told_nearby(item: IndexedArticle, sentence: int, topical: Sequence[str]) -> bool:
    """Tell whether title, lead and the sentences around *sentence* hold all *topical* words."""
    first, last = max(0, sentence - NEARBY), min(len(item.sentences), sentence + NEARBY + 1)
    around = item.article.text[item.sentences[first].start : item.sentences[last - 1].end]
    lead = item.article.text[: item.sentences[min(2, len(item.sentences)) - 1].end]
    held = stems(f"{item.article.title} {lead} {around}")
    return bool(topical) and all(stem(word) in held for word in topical)


def newest_first(found: Iterable[Found]) -> list[Found]:
    """Order by date, newest first and undated last, then in reading order."""
    ordered = sorted(found, key=lambda f: (f.item.article.id, f.number, f.sentences))
    return sorted(ordered, key=lambda f: f.item.article.published_at or _EARLIEST, reverse=True)


def spread(folded: Sequence[Folded], at_once: int = 2) -> list[Folded]:
    """Let others speak: after *at_once* statements of one speaker, the next ones come later."""
    rounds: dict[str, int] = {}
    placed = []
    for position, entry in enumerate(folded):
        statement = entry.shown.statement
        key = statement.speaker.key if statement and statement.speaker else ""
        turn = rounds.get(key, 0)
        rounds[key] = turn + 1
        placed.append((turn // at_once, position, entry))
    return [entry for _, _, entry in sorted(placed, key=lambda p: p[:2])]


def fold_copies(found: Sequence[Found]) -> list[Folded]:
    """
    Fold statements of the same wording by the same speaker, keeping the order of the first.

    Of each group the fullest is shown, of nearly equally full ones the earliest.
    """
    groups: list[list[tuple[Found, list[str]]]] = []
    by_word: dict[str, list[int]] = {}
    for each in found:
        tokens = words(" ".join(each.texts))
        # Copies share most words, so one of the longest three too.
        rare = sorted(set(tokens), key=lambda w: (-len(w), w))[:6]
        near = dict.fromkeys(g for word in rare for g in by_word.get(word, ()))
        home = next((g for g in near if _are_copies((each, tokens), groups[g][0])), None)
        if home is None:
            home = len(groups)
            groups.append([])
        groups[home].append((each, tokens))
        for word in set(tokens):
            if len(word) > 3 and home not in by_word.setdefault(word, []):
                by_word[word].append(home)
    return [_folded(group) for group in groups]


def _are_copies(a: tuple[Found, list[str]], b: tuple[Found, list[str]]) -> bool:
    """Tell whether two statements are the same words out of the same mouth."""
    one, other = set(a[1]), set(b[1])
    if not one or not other or not _same_mouth(a[0].statement, b[0].statement):
        return False
    changed = one ^ other
    if any(word in TURNING or word.endswith("n't") or any(c.isdigit() for c in word)
           for word in changed):  # fmt: skip
        return False
    if len(one & other) >= _SAME_WORDING * len(one | other):
        return True
    short, long = sorted((a[1], b[1]), key=len)
    return len(short) >= _SHORTEST_CONTAINED and f" {' '.join(short)} " in f" {' '.join(long)} "


def _same_mouth(a: Statement | None, b: Statement | None) -> bool:
    """Tell whether two statements can be one: speakers agree, share a party, or one has none."""
    if a is None or b is None or a.speaker is None or b.speaker is None:
        return True
    shared = {p.key for p in a.speaker.parties} & {p.key for p in b.speaker.parties}
    return bool(shared) or names_agree(a.speaker.key, b.speaker.key)


def _folded(group: Sequence[tuple[Found, list[str]]]) -> Folded:
    """Choose what is shown of a group of copies."""
    fullest = max(len(tokens) for _, tokens in group)
    full = [found for found, tokens in group if len(tokens) * 5 >= fullest * 4]
    named = [f for f in full if f.statement is not None and f.statement.speaker is not None] or full
    dated = [found for found in named if found.item.article.published_at] or named
    shown = min(dated, key=lambda f: f.item.article.published_at or _EARLIEST)
    own = shown.item.article.outlet
    others = [found.item.article.outlet for found, _ in group]
    return Folded(shown, tuple(dict.fromkeys(o for o in others if o and o != own)))

"""
In which order an answer reads well. Pure.

The most probable sentence is not always the one to begin with: a proverb stands before the news
that it comments on, "She added" before what it adds to, a figure before the one that corrected it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from index.answers.search.duplicates import UniqueMatch, same_mouth
from index.labels import CORRECTED_LATER
from index.text.words import STOP_WORDS, content_words, folded, is_number, stem, stems, words
from index.types import Article, Attribution

_ADDS = frozenset({"added", "adds", "adding"})
# Who is meant by the first word stands in the sentence before this one, or in the one before that.
_LEANS = re.compile(r"(?:He|She|It|They)\b")
_REACH = 2
# What is so much less likely to be about the topic does not come before for its speaker's name.
_HALF = 0.5
# Scores this near each other are equal.
_EQUAL = 0.03
_CORRECTS = re.compile(
    r"(?:,\s*not|\bnot|\brather than|\binstead of)\s+(?:the\s+|about\s+)?([\w-]+)"
)
_EARLIEST = datetime.min.replace(tzinfo=UTC)


def arrange(entries: Sequence[UniqueMatch], topic: str) -> list[UniqueMatch]:
    """
    Order what is about a topic so that it reads well.

    Args:
        entries: statements, best first.
        topic: as typed.

    Returns:
        The same statements.
    """
    wanted = {stem(folded(word)) for word in content_words(topic)}
    held = {id(each): len(wanted & stems(" ".join(each.shown.texts))) for each in entries}
    ordered = in_reading_order(entries)
    ordered.sort(key=lambda each: not (each.shown.sure and held[id(each)] == len(wanted)))
    _newest_of_equal(ordered)
    for late in list(ordered):
        first = _before(late, ordered, held)
        if first is not None and ordered.index(first) > ordered.index(late):
            ordered.remove(first)
            ordered.insert(ordered.index(late), first)
    return _withdrawn_last(ordered)


def in_reading_order(entries: Sequence[UniqueMatch]) -> list[UniqueMatch]:
    """
    Let what somebody only adds ("She added …") stand behind what he said before it.

    Args:
        entries: statements, best first.

    Returns:
        The same statements; a speaker's in an article take the places that they had among them.
    """
    places: dict[tuple[str, str], list[int]] = {}
    for at, entry in enumerate(entries):
        if entry.speaker is not None:
            places.setdefault((entry.shown.item.article.id, entry.speaker.key), []).append(at)
    ordered = list(entries)
    for taken in places.values():
        theirs = [entries[at] for at in taken]
        late = sorted(filter(_adds, theirs), key=lambda each: each.shown.sentences)
        for entry in late:
            at = theirs.index(entry)
            earlier = [e.shown.sentences < entry.shown.sentences for e in theirs]
            behind = len(earlier) - earlier[::-1].index(True) if any(earlier) else 0
            if behind > at:
                theirs.insert(behind - 1, theirs.pop(at))
        for at, entry in zip(taken, theirs, strict=True):
            ordered[at] = entry
    return ordered


def mark_corrected(entries: Sequence[UniqueMatch]) -> list[UniqueMatch]:
    """
    Label statements with a figure that the same source has taken back since.

    Args:
        entries: statements, in any order.

    Returns:
        The same in the same order; "fourteen trucks, not forty" corrects an earlier "forty trucks".
    """
    corrections = [(each, taken) for each in entries if (taken := _taken_back(each))]
    marked = []
    for entry in entries:
        corrected = any(
            _is_later(later, entry) and _says(entry, taken, later) for later, taken in corrections
        )
        new = (*entry.labels, CORRECTED_LATER) if corrected else entry.labels
        marked.append(replace(entry, labels=new))
    return marked


def _adds(entry: UniqueMatch) -> bool:
    """Return whether the verb of a statement says that it is added to another."""
    made, text = _made(entry), _article(entry).text
    return made is not None and any(text[c.start : c.end].lower() in _ADDS for c in made.cue)


def _newest_of_equal(ordered: list[UniqueMatch]) -> None:
    """Let the newer of two neighbours by one source come first where neither is better."""
    turned = True
    while turned:
        turned = False
        for at in range(len(ordered) - 1):
            one, other = ordered[at], ordered[at + 1]
            if (
                abs(one.shown.score - other.shown.score) < _EQUAL
                and one.shown.sure == other.shown.sure
                and _is_later(other, one)
                and _same_source(one, other)
            ):
                ordered[at], ordered[at + 1] = other, one
                turned = True


def _before(
    late: UniqueMatch, entries: Sequence[UniqueMatch], held: dict[int, int]
) -> UniqueMatch | None:
    """
    Find what the same speaker says right before *late* and what that needs before it.

    A sentence that begins with a pronoun needs to know whom it means, unless it names the topic; a
    quotation needs the news that it comments on.
    """
    if late.speaker is None:
        return None
    begins = late.shown.sentences[0]
    leans, quoted = bool(_LEANS.match(late.shown.texts[0])), _is_direct(late)
    reach = _REACH if leans else 1
    if not leans and not quoted:
        return None
    earlier = [
        each
        for each in entries
        if _article(each).id == _article(late).id
        and each.speaker is not None
        and each.speaker.key == late.speaker.key
        and begins - reach <= each.shown.sentences[-1] < begins
        and each.shown.sure
        and each.shown.score >= _HALF * late.shown.score
        and held[id(each)] >= held[id(late)]
        and (leans or not _is_direct(each))
    ]
    return max(earlier, key=lambda each: each.shown.sentences, default=None)


def _withdrawn_last(ordered: Sequence[UniqueMatch]) -> list[UniqueMatch]:
    """Let what corrects or admits something since stand before it: that is on the matter surely."""
    found = list(ordered)
    for entry in filter(_is_in_doubt, ordered):
        for later in [each for each in found if _is_later(each, entry)]:
            if not (_corrects(later, entry) or _admits(later, entry)):
                continue
            at, place = found.index(later), found.index(entry)
            sure = replace(later, shown=replace(later.shown, sure=True))
            found[at] = sure
            if at > place:
                found.insert(place, found.pop(at))
    return found


def _is_in_doubt(entry: UniqueMatch) -> bool:
    made = _made(entry)
    return CORRECTED_LATER in entry.labels or (made is not None and made.cue_class == "denied")


def _corrects(later: UniqueMatch, entry: UniqueMatch) -> bool:
    return CORRECTED_LATER in entry.labels and _says(entry, _taken_back(later), later)


def _admits(later: UniqueMatch, entry: UniqueMatch) -> bool:
    """Return whether *later* confirms what *entry* denied."""
    denied, confirmed = _made(entry), _made(later)
    if denied is None or confirmed is None or denied.negated or confirmed.negated:
        return False
    if (denied.cue_class, confirmed.cue_class) != ("denied", "confirmed"):
        return False
    return _same_source(entry, later) and len(_content(entry) & _content(later)) > 1


def _taken_back(entry: UniqueMatch) -> frozenset[str]:
    """List the figures that a statement says are wrong: "forty" of "fourteen trucks, not forty"."""
    text = " ".join(entry.shown.texts).lower()
    wrong = frozenset(found for found in _CORRECTS.findall(text) if is_number(found))
    right = bool(wrong) and any(is_number(word) and word not in wrong for word in words(text))
    return wrong if right else frozenset()


def _says(entry: UniqueMatch, figures: frozenset[str], later: UniqueMatch) -> bool:
    """Return whether an earlier statement of a source gives one of *figures* for the same."""
    said = set(words(" ".join(entry.shown.texts).lower()))
    alike = any(not is_number(word) for word in _content(entry) & _content(later))
    return bool(figures & said) and alike and _same_source(entry, later)


def _same_source(one: UniqueMatch, other: UniqueMatch) -> bool:
    return (
        one.speaker is not None
        and other.speaker is not None
        and same_mouth(one.shown.statement, other.shown.statement)
    )


def _content(entry: UniqueMatch) -> frozenset[str]:
    made, text = _made(entry), _article(entry).text
    spans = made.content if made is not None else ()
    return frozenset(stems(" ".join(text[span.start : span.end] for span in spans))) - STOP_WORDS


def _is_later(one: UniqueMatch, other: UniqueMatch) -> bool:
    first = _article(other).published_at
    return first is not None and (_article(one).published_at or _EARLIEST) > first


def _is_direct(entry: UniqueMatch) -> bool:
    made = _made(entry)
    return made is not None and made.kind == "direct"


def _made(entry: UniqueMatch) -> Attribution | None:
    statement = entry.shown.statement
    return statement.attribution if statement is not None else None


def _article(entry: UniqueMatch) -> Article:
    return entry.shown.item.article

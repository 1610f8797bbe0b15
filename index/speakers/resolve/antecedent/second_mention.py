"""
Leave words with whoever said them first: "“You are liars,” Novak read out" is the heckler's cry.

Who mocks, reads out or repeats what another said says nothing of his own, and a quotation that
stands alone a second time is nobody else's. No I/O.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from index.attribution.told.second import repeats
from index.labels import FROM_CONTEXT, UNATTRIBUTED
from index.speakers.gazetteer.parties import WORD
from index.speakers.resolve.impostors import is_nobodys
from index.speakers.resolve.labelling import told_by
from index.speakers.resolve.source import Resolved
from index.types import Attribution

_QUOTED = re.compile(r"[“\"‘'](?P<words>[^“”\"\n]{8,}?)(?:[”\"]|['’](?!\w)|$)")
_FEWEST = 2
_HAD = re.compile(r"\bhad\b")


def quotations_of(attribution: Attribution, text: str) -> Iterator[str]:
    """List the quotations of a statement, each as its words alone, in small letters."""
    for span in attribution.content:
        for quoted in _QUOTED.finditer(text, span.start, span.end):
            yield " ".join(WORD.findall(quoted.group("words").lower()))


def said_first(
    order: Sequence[int],
    resolved: Mapping[int, Resolved],
    attributions: Sequence[Attribution],
    text: str,
) -> dict[int, Resolved]:
    """
    Give what is quoted a second time to whom it was quoted from first.

    Args:
        order: the attributions in reading order.
        resolved: of each attribution.
        attributions: of one article.
        text: the article's.

    Returns:
        What changes: who only repeats tells of the other's words, and a quotation whose speaker
        was inferred or is open has the first one's.
    """
    said = {i: {w for w in quotations_of(attributions[i], text) if _counts(w)} for i in order}
    found: dict[int, Resolved] = {}
    for place, index in enumerate(order):
        own = attributions[index]
        again, open_ = repeats(text, own.cue), not own.source
        if not said[index] or not (again or open_):
            continue
        for at, other in enumerate(order):
            first = attributions[other]
            if not said[index] & said[other] or not first.source or overlap(own, first):
                continue
            if repeats(text, first.cue) and not _is_thing(resolved[other]):
                continue
            if at < place or (at > place and any(_HAD.search(text, *s) for s in first.cue)):
                changed = _of_the_first(resolved[index], resolved[other], again=again)
                found |= {} if changed is None else {index: changed}
                break
    return found


def _is_thing(found: Resolved) -> bool:
    """Return whether words stand on a thing, which reads so: nobody reads them out."""
    return found.speaker is not None and is_nobodys(found.speaker.name)


def overlap(one: Attribution, other: Attribution) -> bool:
    """Return whether two attributions hold the same place, so that nothing is said twice."""
    return any(a.start < b.end and b.start < a.end for a in one.content for b in other.content)


def _counts(words: str) -> bool:
    """Return whether a quotation has so many words that nobody else says them by accident."""
    return words.count(" ") + 1 >= _FEWEST


def _of_the_first(own: Resolved, first: Resolved, *, again: bool) -> Resolved | None:
    """Give words to whoever said them first; None where they are that one's already."""
    if first.speaker is None:
        return Resolved(None, None, (UNATTRIBUTED,)) if again else None
    if own.speaker is not None and own.speaker.key == first.speaker.key:
        return None
    told = (told_by(own.speaker.name),) if again and own.speaker is not None else (FROM_CONTEXT,)
    labels = tuple(dict.fromkeys((*first.labels, *told)))
    return Resolved(first.speaker, first.person, labels)

"""
What is seen of one statement in one sentence, as names, to tell the stance that it takes.

The words of the content are not among them: few statements are labelled, and the sentence's
vector knows more of what words mean. Offsets are characters into the text. Pure; no I/O.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.attribution.cues import CueReading, classify_cue
from index.attribution.stance.words import stances_worded
from index.types import Attribution, Span

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_PRONOUNS = frozenset("he she they it we i".split())
_LENGTH, _LONGEST = 8, 4


def reading_of(text: str, made: Attribution) -> CueReading:
    """Read what the cue of *made* says about its content."""
    if not made.cue:
        return classify_cue("")
    first, last = made.cue[0], made.cue[-1]
    return classify_cue(
        " ".join(text[s.start : s.end] for s in made.cue),
        before=text[max(0, first.start - 120) : first.start],
        after=text[last.end : last.end + 40],
    )


def stance_features(
    text: str, made: Attribution, sentence: Span, reading: CueReading
) -> frozenset[str]:
    """
    Name what is seen of *made* in one *sentence* that its content overlaps.

    Args:
        text: the article's.
        made: the attribution, whole.
        sentence: where the sentence stands.
        reading: what the cue means, as `reading_of` has it.
    """
    here = bool(made.cue) and sentence.start <= made.cue[0].start < sentence.end
    return frozenset(
        (
            *_of_cue(text, made, sentence, reading, here=here),
            *_of_content(text, made, sentence),
            f"kind={made.kind}",
            f"here={here:d}",
        )
    )


def _of_cue(
    text: str, made: Attribution, sentence: Span, reading: CueReading, *, here: bool
) -> Iterator[str]:
    """Name what the cue is, and what stands behind it."""
    where = "here" if here else "far"
    yield from (f"class={made.cue_class},{where}", f"lemma={reading.lemma},{where}")
    yield f"cue={reading.cue_class},{reading.negated:d},{where}"
    yield from (f"not={reading.negated:d},{where}", f"thought={reading.thought:d}")
    cue = " ".join(text[s.start : s.end] for s in made.cue)
    yield from (f"word={word},{where}" for word in _lower(cue))
    if here:
        end = made.cue[-1].end
        after = " ".join(_lower(text[end : min(sentence.end, end + 40)])[:1])
        yield from (f"after={after}", f"lemma,after={reading.lemma},{after}")
    source = " ".join(text[s.start : s.end] for s in made.source)
    named = "pronoun" if source.lower() in _PRONOUNS else "named"
    yield f"source={named if source else 'none'}"


def _of_content(text: str, made: Attribution, sentence: Span) -> Iterator[str]:
    """Name how the content begins, and which words of a stance it holds."""
    written = text[sentence.start : sentence.end]
    content = " ".join(
        text[max(sentence.start, s.start) : min(sentence.end, s.end)]
        for s in made.content
        if min(sentence.end, s.end) > max(sentence.start, s.start)
    )
    low = _lower(content)
    if low:
        yield from (f"first={low[0]}", f"begins={' '.join(low[:2])}")
    yield f"length={min(_LONGEST, len(low) // _LENGTH)}"
    says = stances_worded(low)
    yield from (f"says={stance}" for stance in says)
    yield from (f"says,class={stance},{made.cue_class}" for stance in says)
    yield from (f"around={stance}" for stance in stances_worded(_lower(written)) - says)
    end = written.rstrip(" ”\"’'")[-1:]
    if end in ("?", "!"):
        yield f"end={end}"


def _lower(text: str) -> list[str]:
    return [word.lower().replace("’", "'") for word in _WORD.findall(text)]

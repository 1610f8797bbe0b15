"""
What is seen of one attribution in one sentence, as names.

A content may run over several sentences, and not all of them need be part of the statement: a
heading between two paragraphs is not. So each sentence is judged by itself. Names are
"group=value"; numbers are cut into a few steps. Offsets are characters into the text. Pure; no I/O.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from index.attribution.cues import CueReading, classify_cue
from index.types import Attribution, Span

_PRONOUNS = frozenset("he she it they we i who his her their its".split())
_BE = frozenset("is are was were be been being isn't wasn't aren't weren't".split())
_HAVE = frozenset("has have had hasn't haven't hadn't".split())
_MODAL = frozenset("will would could can may might should won't wouldn't".split())
_VAGUE = frozenset("no few many some most which that who this what".split())
_OPENERS = frozenset("that to whether how what who about for on of as it he they she a the".split())
_BREAKS = ("", "\n", "\r")
_NEAR = 20
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_STOPPED = re.compile(r"[.!?…:][\"”’)]*\s*$")
_MARKED = re.compile(r"[“”\"‘]")
_QUOTED = re.compile(r"[“\"]([^”\"]*)[”\"]")
# What a source is named by ends before these: "a report of the agency", "footage shared by …".
_TAIL = re.compile(
    r" (?:of|in|for|from|at|who|on|by|with|to|that|published|released|shared|obtained)\b|,"
)


def features_of(text: str, made: Attribution, sentence: Span) -> frozenset[str]:
    """
    Name what is seen of *made* in one *sentence* that its content overlaps.

    Args:
        text: the article's.
        made: the attribution, whole.
        sentence: where the sentence stands.
    """
    seen = _Seen(text, made, sentence)
    return frozenset([*_of_cue(seen), *_of_source(seen), *_of_content(seen), *_of_place(seen)])


@dataclass(frozen=True)
class _Seen:
    """An attribution and a sentence, with what several features need of them."""

    text: str
    made: Attribution
    sentence: Span

    @cached_property
    def cue(self) -> list[str]:
        """The cue's words, lower case."""
        return self.words(self.made.cue)

    @cached_property
    def reading(self) -> CueReading:
        """What the cue means."""
        if not self.made.cue:
            return classify_cue("")
        first, last = self.made.cue[0], self.made.cue[-1]
        return classify_cue(
            " ".join(self.text[s.start : s.end] for s in self.made.cue),
            before=self.text[max(0, first.start - 120) : first.start],
            after=self.text[last.end : last.end + 40],
        )

    @cached_property
    def lemma(self) -> str:
        """The word that decided."""
        return self.reading.lemma

    @cached_property
    def before(self) -> list[str]:
        """The last words before the cue, lower case."""
        if not self.made.cue:
            return []
        at = self.made.cue[0].start
        return _lower(self.text[max(0, at - 40) : at])[-3:]

    @cached_property
    def here(self) -> bool:
        """Whether the cue stands in this sentence."""
        cue = self.made.cue
        return bool(cue) and self.sentence.start <= cue[0].start < self.sentence.end

    @cached_property
    def shared(self) -> int:
        """How many characters of the sentence are content."""
        start, end = self.sentence
        return sum(max(0, min(s.end, end) - max(s.start, start)) for s in self.made.content)

    @cached_property
    def cover(self) -> int:
        """The share of the sentence that is content, in fifths."""
        return min(4, self.shared * 5 // max(1, self.sentence.end - self.sentence.start))

    def words(self, spans: tuple[Span, ...]) -> list[str]:
        """Split spans into words, lower case."""
        return _lower(" ".join(self.text[s.start : s.end] for s in spans))


def _lower(text: str) -> list[str]:
    return _WORD.findall(text.lower().replace("’", "'"))


def _of_cue(seen: _Seen) -> Iterator[str]:
    """Name what the cue is, and what stands around it."""
    made, reading, lemma = seen.made, seen.reading, seen.lemma
    around = {*seen.cue, *seen.before}
    be, have, modal = (bool(around & words) for words in (_BE, _HAVE, _MODAL))
    last = seen.cue[-1] if seen.cue else ""
    passive = be and last.endswith(("ed", "en", "wn"))
    yield from (f"lemma={lemma}", f"class={reading.cue_class},{reading.thought:d}")
    yield from (f"class,not={reading.cue_class},{reading.thought:d},{reading.negated:d}",)
    yield from (f"lemma,not={lemma},{reading.negated:d}", f"lemma,end={lemma},{last[-2:]}")
    yield from (f"lemma,be={lemma},{be:d}", f"lemma,modal={lemma},{modal:d}")
    yield from (f"be,have,modal={be:d}{have:d}{modal:d}", f"have,not={have:d}{reading.negated:d}")
    yield from (f"passive={passive:d},{_kind_of_source(seen)}", f"end={last[-3:]}")
    yield from (f"word={word}" for word in seen.cue)
    yield f"first={seen.cue[0] if seen.cue else ''}"
    if "yet" in around:
        yield "yet"
    if seen.cue[:1] == ["to"] or seen.before[-1:] == ["to"]:
        yield f"to={reading.cue_class},{reading.thought:d}"
    if seen.here:
        after = _lower(seen.text[made.cue[-1].end : made.cue[-1].end + 30])
        yield f"before={' '.join(seen.before[-1:])}"
        yield f"after={' '.join(after[:1])}"


def _kind_of_source(seen: _Seen) -> str:
    """Class a source: none, pronoun, name or common noun."""
    source = seen.made.source
    named = " ".join(seen.text[s.start : s.end] for s in source)
    if not named:
        return "none"
    if named.lower() in _PRONOUNS:
        return "pronoun"
    return "name" if any(c.isupper() for c in named) else "noun"


def _of_source(seen: _Seen) -> Iterator[str]:
    """Name who is said to have said it."""
    kind, thought = _kind_of_source(seen), f"{seen.reading.thought:d}"
    yield from (f"source={kind}", f"source,thought={kind},{thought}")
    yield f"source,lemma={kind},{seen.lemma}"
    source = " ".join(seen.text[s.start : s.end] for s in seen.made.source).lower()
    head = _lower(_TAIL.split(source)[0])[-1:]
    for word in head:
        yield from (f"head={word}", f"head,thought={word},{thought}")
    if kind == "noun" and head and head[0].endswith("s"):
        yield "head=several"
    yield from (f"vague={word}" for word in _VAGUE.intersection(_lower(source)))


def _of_content(seen: _Seen) -> Iterator[str]:
    """Name how the content begins, whether it is quoted, and how sure the tagger is."""
    made, reading = seen.made, seen.reading
    class_of = f"{reading.cue_class},{reading.thought:d}" if seen.lemma else "unknown"
    begins = " ".join(seen.words(made.content[:1])[:1])
    yield from (f"begins={begins}", f"begins,thought={begins},{reading.thought:d}")
    if made.cue:
        opens = _opener(seen)
        yield from (f"opens={opens},{bool(seen.lemma):d}", f"opens,lemma={opens},{seen.lemma}")
        yield f"content={'behind' if made.content[0].start > made.cue[0].start else 'ahead'}"
    quoted = _QUOTED.findall(" ".join(seen.text[s.start : s.end] for s in made.content))
    yield f"quoted={_step(max((len(q.split()) for q in quoted), default=0), 1, 3, 6)}"
    sure = made.confidence
    yield from (f"sure={int(sure * 10)}", f"kind={made.kind}")
    yield from (f"surer={sure >= 0.97:d}", f"surest={sure >= 0.995:d}")
    yield f"known,sure={bool(seen.lemma):d},{int(sure * 10)}"
    yield f"class,sure={class_of},{int(sure * 8)}"
    yield f"here,kind,sure={seen.here:d},{made.kind},{int(sure * 8)}"


def _opener(seen: _Seen) -> str:
    """Class the first word of what follows the cue."""
    end = seen.made.cue[-1].end
    behind = next((s for s in seen.made.content if s.start >= end), None)
    if behind is None:
        return "nothing"
    if seen.text[behind.start] in "“\"‘'":
        return "quote"
    word = " ".join(_lower(seen.text[behind.start : min(behind.end, behind.start + 30)])[:1])
    return word if word in _OPENERS else "other"


def _of_place(seen: _Seen) -> Iterator[str]:
    """Name what the sentence looks like, and how much of it the content covers."""
    start, end = seen.sentence
    written = seen.text[start:end]
    count = _step(len(written.split()), 5, 10, 25)
    stop = bool(_STOPPED.search(written))
    alone = _is_alone(seen.text, seen.sentence)
    shared = _step(seen.shared, 10, 25, 60)
    yield from (f"here={seen.here:d}", f"cover={seen.cover}", f"shared={shared}")
    yield f"shared,cover,here={shared},{seen.cover},{seen.here:d}"
    if not seen.here:
        yield from (f"far,cover={seen.cover}", f"far,kind={seen.made.kind}")
    yield from (f"length={count}", f"marks={bool(_MARKED.search(written)):d}", f"stop={stop:d}")
    yield f"alone,stop,length,here={alone:d}{stop:d}{min(count, 2)}{seen.here:d}"
    if written.rstrip().endswith("?"):
        yield "question"
    if start < 50:
        yield "opening"


def is_heading(text: str, sentence: Span) -> bool:
    """Return whether a sentence is a line of its own and ends without a stop."""
    return _is_alone(text, sentence) and not _STOPPED.search(text, *sentence)


def _is_alone(text: str, sentence: Span) -> bool:
    """Return whether a sentence is a line of its own."""
    start, end = sentence
    before = text[max(0, start - _NEAR) : start].rstrip(" \t\u00a0")
    behind = text[end : end + _NEAR].lstrip(" \t\u00a0")
    return before[-1:] in _BREAKS and behind[:1] in _BREAKS


def _step(value: int, *edges: int) -> int:
    """Count the edges that *value* reaches."""
    return sum(value >= edge for edge in edges)

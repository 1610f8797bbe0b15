"""
Find the turns of a transcript or interview, and who each voice is.

Who speaks stands in a label before the words, not in a sentence around them, so the tagger sees
a briefing as unattributed prose. A text is a transcript if labels come back: a press release has
"CONTACT:" once, a speaker speaks again. Captions say which words are labels. For interviews
without labels see `interviews`. Offsets are characters into the text. No I/O.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from index.attribution.transcripts.interviews import (
    bold_interview,
    bold_questions,
    pairs_of,
    plain_interview,
    split_at_marks,
)
from index.attribution.transcripts.turn import (
    QUESTION,
    Turn,
    before_prose,
    contents_of,
    until_stop,
)
from index.attribution.transcripts.turn_labels import (
    Kind,
    TurnLabel,
    is_aside,
    label_of,
    lines_of,
    name_alone,
)
from index.attribution.transcripts.voices import (
    has_title,
    interviewee,
    is_short_for,
    tokens_of,
    voices_of,
)
from index.types import Attribution, Mark, Span

_FEWEST = 3
_FEWEST_MIXED = 4
# So many labels make a transcript that says it is one, or of which each line has one.
_FEWEST_SURE = 2
_SHARE_SURE, _SHARE_ALL = 0.5, 0.9
_SHARE_MIXED = 0.3
_WORD = re.compile(r"[^\W\d_][\w'’\-]*")
_ANNOUNCED = re.compile(
    r"\b(?:transcripts?|hansard|column \d+|minutes of evidence|oral (?:answers|evidence|questions)|"
    r"(?:press|news) conference|briefing|interview|q ?& ?a|remarks|"
    r"panel|podcast|debate|hearing|inquiry|testimony|deposition|town hall|in conversation|talk)\b",
    re.IGNORECASE,
)
# So few lines stand above the speech of one person alone.
_HEAD_LINES = 4
_SPEECH = re.compile(r"\b(?:remarks|speech|address|statement|transcript)\b", re.IGNORECASE)
_TALK = re.compile(r"\?|!|\b(?:I|[Ww]e|[Mm]e|[Mm]y|[Uu]s|[Oo]ur|[Yy]ou|[Yy]our|Order)\b")
_NAMED = re.compile(r"[A-Z]{3}\. ")
_HEADING = re.compile(r"[^\n]{3,140}(?<![.!?…])\Z")
_BEGINS = re.compile(r"\s*(?:[(\[][^()\[\]\n]{1,60}[)\]]\s*)?[“\"‘'—–…-]*[A-Z0-9À-ÖØ-Þ]")
_ENDS = re.compile(r"[.!?…—–-][”\"’')\]]*\s*\Z")


def read_turns(
    text: str, marks: Sequence[Mark] = (), byline: str | None = None
) -> tuple[Turn, ...]:
    """
    Read the turns of *text*, in order; none for what is no transcript and no interview.

    Args:
        text: the article's.
        marks: what its format sets apart; see `Article.marks`.
        byline: of the article, whose names do not answer.

    Returns:
        Turns whose contents do not overlap; stage directions are in none.
    """
    if ":" not in text and "?" not in text and not marks and not _NAMED.search(text):
        return ()
    lines = split_at_marks(text, list(lines_of(text)), marks)
    labels = _marked_labels(text, lines, marks)
    if not labels:
        labels = {i: found for i, line in enumerate(lines) if (found := label_of(text, line))}
        labels = _with_weak(text, lines, _without_headline(text, lines, labels))
    if labels:
        asked = _asked_in_bold(lines, labels, bold_questions(text, lines, marks))
        return tuple(_labelled(text, lines, labels | asked))
    return tuple(bold_interview(text, lines, marks, byline) or plain_interview(text, lines))


def with_turns(
    text: str,
    found: Sequence[Attribution],
    marks: Sequence[Mark] = (),
    byline: str | None = None,
) -> list[Attribution]:
    """
    Put the turns of a transcript among the attributions that the tagger found in it.

    Within a turn only what its voice reports of others is kept; across two, nothing.
    """
    turns = read_turns(text, marks, byline)
    if not turns:
        return list(found)
    kept = [one for one in found if _stays(text, one, turns)]
    made = [
        Attribution((turn.source,) if turn.source else (), (), turn.content, "direct")
        for turn in turns
        if turn.content
    ]
    return sorted([*kept, *made], key=lambda one: (one.content or one.cue or one.source)[0])


def _marked_labels(text: str, lines: Sequence[Span], marks: Sequence[Mark]) -> dict[int, TurnLabel]:
    """Give the labels of which a format says that they are some: a caption's voices."""
    ends = {one.start: one.end for one in marks if one.kind == "voice"}
    labels: dict[int, TurnLabel] = {}
    if len(ends) == 1 and not any(label_of(text, line) for line in lines):
        return labels
    for i, line in enumerate(lines):
        if line.start not in ends:
            continue
        whole = Span(line.start, ends[line.start])
        written = text[slice(*whole)].rstrip(" \t:")
        named = any(map(str.isalpha, written))
        name = Span(whole.start, whole.start + len(written)) if named else whole
        kind = Kind.NAMED if named else Kind.UNKNOWN
        made = TurnLabel(whole, name, kind, capitals=not named, weak=not named)
        labels[i] = label_of(text, line) or made
    return labels


def _asked_in_bold(
    lines: Sequence[Span], labels: dict[int, TurnLabel], asked: Sequence[int]
) -> dict[int, TurnLabel]:
    """Give questions in bold a label without words where a transcript has none before them."""
    found = {}
    for i in asked:
        if i > min(labels) and i not in labels:
            place = Span(lines[i].start, lines[i].start)
            found[i] = TurnLabel(place, place, Kind.ASKS, capitals=True, weak=True)
    return found


def _without_headline(
    text: str, lines: Sequence[Span], labels: dict[int, TurnLabel]
) -> dict[int, TurnLabel]:
    """Leave out a label that the first line has and no other: "Panel: The future of the port"."""
    first = labels.get(0)
    if first is None or first.alone or _ENDS.search(text, first.label.end, lines[0].end):
        return labels
    others = {i: one for i, one in labels.items() if i}
    name = text[slice(*first.name)]
    again = any(text[slice(*one.name)] == name for one in others.values())
    return labels if again else others


def _with_weak(
    text: str, lines: Sequence[Span], labels: dict[int, TurnLabel]
) -> dict[int, TurnLabel]:
    """Give the labels of a transcript, those that are none alone only beside others."""
    strong = {i: one for i, one in labels.items() if not one.weak}
    signs = {i: one for i, one in labels.items() if one.weak and one.kind is Kind.UNKNOWN}
    letters = {i: one for i, one in labels.items() if one.weak and i not in signs}
    asks = {i: one for i, one in letters.items() if one.kind is Kind.ASKS}
    # "A Senate panel" begins a sentence; an answer stands behind a question, and again.
    order = [i for i, one in sorted(labels.items()) if i not in signs]
    behind = {b for a, b in pairwise(order) if labels[a].kind is Kind.ASKS}
    answers = {i: one for i, one in letters.items() if i not in asks and i in behind}
    if len(answers) > 1 and 2 * len(answers) >= len(asks):
        asks |= answers
    elif len(strong) < 2:
        asks = {}
    kept = _without_strays(text, lines, strong | asks)
    return kept | signs if kept else kept


def _without_strays(
    text: str, lines: Sequence[Span], labels: dict[int, TurnLabel]
) -> dict[int, TurnLabel]:
    """Give the labels if they are those of a transcript, without what only looks like one."""
    capitals = [one for one in labels.values() if one.capitals and not one.alone]
    asks = {one.kind for one in capitals}
    if {Kind.ASKS, Kind.ANSWERS} <= asks:
        # Beside "Q." and "A." a name before a colon is a name before a colon.
        return {i: one for i, one in labels.items() if one.capitals}
    labels = {i: one for i, one in labels.items() if one.kind is not Kind.ANSWERS}
    if _is_sure(text, lines, labels):
        return labels
    shouted = [one for one in labels.values() if one.capitals]
    if len(shouted) >= _FEWEST and _comes_back(text, shouted):
        short = [tokens_of(text[slice(*one.name)]) for one in shouted]
        return {
            i: one
            for i, one in labels.items()
            if one.capitals
            or one.kind is not Kind.NAMED
            or any(is_short_for(s, tokens_of(text[slice(*one.name)])) for s in short)
        }
    known = {text[slice(*one.name)] for one in labels.values() if one.alone}
    bare = {i: found for i, line in enumerate(lines) if (found := name_alone(text, line))}
    labels = {i: one for i, one in bare.items() if text[slice(*one.name)] in known} | labels
    enough = len(labels) >= _FEWEST_MIXED and _comes_back(text, list(labels.values()))
    first = min(labels, default=0)
    worded = [i for i, one in labels.items() if _is_speech(text, Span(one.label.end, lines[i].end))]
    if not enough or not 2 * len(worded) > len(labels) >= _SHARE_MIXED * (len(lines) - first):
        return {}
    if 2 * sum(1 for one in labels.values() if one.alone) > len(labels):
        # Later a debate's record gives the name alone.
        labels = {i: one for i, one in bare.items() if i > first} | labels
    return labels


def _is_sure(text: str, lines: Sequence[Span], labels: dict[int, TurnLabel]) -> bool:
    """
    Return whether a few labels are those of a short transcript.

    Either a heading above says what it is, or each line begins with a whole name and a sentence
    follows, as in "ANA VIK: We stay.".
    """
    first = min(labels, default=0)
    named = [one for one in labels.values() if not one.weak and _is_person(text, one)]
    parts = pairwise([*sorted(labels), len(lines)])
    spoken = [_is_spoken(text, lines[at:end], labels[at]) for at, end in parts]
    if not labels or len(named) < len(labels) or not all(spoken):
        return False
    voices = voices_of(text, list(labels.values()))
    above = [text[slice(*line)].strip() for line in lines[:first]]
    if len({voices[one.label] or one.kind for one in labels.values()}) < _FEWEST_SURE:
        speech = any(_HEADING.match(line) and _SPEECH.search(line) for line in above)
        titled = all(has_title(text[slice(*one.name)]) for one in labels.values())
        return speech and first < _HEAD_LINES and titled
    rest = [line for line in lines[first:] if not is_aside(text[slice(*line)])]
    share = len(labels) / len(rest)
    announced = any(_HEADING.match(line) and _ANNOUNCED.search(line) for line in above)
    # News in brief begins with places, "PORT ALDER: The tug sank.", and nobody says "we" in it.
    talk = [i for i in labels if _TALK.search(text, labels[i].label.end, lines[i].end)]
    if announced:
        return share >= _SHARE_SURE and bool(talk)
    titled = any(has_title(text[slice(*one.name)]) for one in labels.values())
    return share >= _SHARE_ALL and bool(talk) and (titled or 2 * len(talk) >= len(labels))


def _is_spoken(text: str, lines: Sequence[Span], label: TurnLabel) -> bool:
    """Return whether sentences stand behind a label, in its *lines*, which end before the next."""
    kept = [line for line in lines if not is_aside(text[slice(*line)])]
    begin = label.label.end
    if label.alone:
        return len(kept) > 1 and _ENDS.search(text, *kept[-1]) is not None
    return bool(_BEGINS.match(text, begin, lines[0].end) and _ENDS.search(text, *kept[-1]))


def _is_person(text: str, label: TurnLabel) -> bool:
    """Return whether a label is a voice's: a name of several words, a title, or who asks."""
    if label.kind is not Kind.NAMED:
        return True
    words = text[slice(*label.name)].split()
    return len(words) > 1 and not any(word[:1].islower() for word in words)


def _is_speech(text: str, rest: Span) -> bool:
    """Return whether the words behind a label are a sentence: a table of numbers has labels too."""
    written = text[slice(*rest)].strip()
    return not written or len(_WORD.findall(written)) > 1


def _comes_back(text: str, labels: Sequence[TurnLabel]) -> bool:
    """Return whether one of the voices speaks twice, and there are two."""
    voices = voices_of(text, labels)
    keys = [voices[one.label] or one.kind for one in labels]
    return len(set(keys)) >= 2 and len(set(keys)) < len(keys)


def _labelled(text: str, lines: Sequence[Span], labels: dict[int, TurnLabel]) -> list[Turn]:
    """Give each label the lines up to the next, or up to where its speech ends."""
    begins = sorted(labels)
    voices = voices_of(text, [labels[i] for i in begins])
    answering = interviewee(text, lines[begins[0]].start)
    alone = answering or _only_voice(text, labels.values(), voices)
    turns = []
    for begin, end in zip(begins, [*begins[1:], len(lines)], strict=True):
        label = labels[begin]
        voice, inferred = voices[label.label], False
        if label.kind is Kind.ANSWERS:
            voice, inferred = answering, True
        spoken = [Span(label.label.end, lines[begin].end), *lines[begin + 1 : end]]
        last = end == len(lines)
        rest = until_stop(text, spoken, voice)
        if last and len(begins) > 1:
            rest = before_prose(text, rest)
        asked = _late_question(text, rest) if last and label.kind is Kind.ANSWERS else len(rest)
        bare = label.label.start == label.label.end
        sign = bare or (label.weak and label.kind is Kind.UNKNOWN)
        source = None if sign else Span(label.label.start, _trimmed_end(text, label.label))
        if bare:
            # Behind a question in bold stands its answer, without a label too.
            answer = contents_of(text, rest[1:])
            turns.append(Turn(None, contents_of(text, rest[:1]), Kind.ASKS, None))
            turns += [Turn(None, answer, Kind.ANSWERS, alone, inferred=True)] if answer else []
            continue
        turns.append(Turn(source, contents_of(text, rest[:asked]), label.kind, voice, inferred))
        turns += pairs_of(text, rest[asked:], voice)
    return turns


def _only_voice(
    text: str, labels: Iterable[TurnLabel], voices: Mapping[Span, Span | None]
) -> Span | None:
    """Give the voice of a transcript in which labels name one; None for several."""
    named = [voices[one.label] for one in labels if one.kind is Kind.NAMED]
    found = {text[slice(*voice)].casefold(): voice for voice in named if voice}
    return next(iter(found.values())) if len(found) == 1 else None


def _late_question(text: str, lines: Sequence[Span]) -> int:
    """Find where a last answer goes over into a question without a label."""
    for at, line in enumerate(lines[:-1]):
        if at > 0 and QUESTION.fullmatch(text[slice(*line)].strip()):
            return at
    return len(lines)


def _trimmed_end(text: str, label: Span) -> int:
    """Find where a label ends, without the sign that sets it off."""
    written = text[slice(*label)]
    return label.start + len(written.rstrip(" \t:*_" if "(" in written else " \t:.*_)—–-"))


def _stays(text: str, one: Attribution, turns: Sequence[Turn]) -> bool:
    """Return whether an attribution of the tagger's is no turn's own words."""
    spans = [*one.source, *one.cue, *one.content]
    inside = {
        i
        for i, turn in enumerate(turns)
        for span in spans
        if turn.content and turn.content[0].start <= span.start < turn.content[-1].end
    }
    labels = [turn.source for turn in turns if turn.source]
    if any(span.start < label.end and label.start < span.end for label in labels for span in spans):
        return False
    if not inside:
        return True
    own = {"i", "we"} & {text[slice(*span)].lower() for span in one.source}
    return len(inside) == 1 and bool(one.source) and not own

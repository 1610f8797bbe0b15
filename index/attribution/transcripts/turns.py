"""
Find the turns of a transcript or interview, and who each voice is.

Who speaks stands in a label before the words, not in a sentence around them, so the tagger sees
a briefing as unattributed prose. A text is a transcript if labels come back: a press release has
"CONTACT:" once, a speaker speaks again. An interview without labels, questions in one paragraph
and answers in the next, counts only if the answers say "I" or "we" and the lead names one person
alone, for an explainer is laid out the same. Offsets are characters into the text. No I/O.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from index.attribution.transcripts.turn_labels import (
    ASIDES,
    Kind,
    TurnLabel,
    is_aside,
    is_stop,
    label_of,
    lines_of,
    name_alone,
)
from index.attribution.transcripts.voices import (
    interviewee,
    is_short_for,
    tokens_of,
    voices_of,
)
from index.types import Attribution, Span

_FEWEST = 3
_FEWEST_MIXED = 4
_SHARE_MIXED = 0.3
_WORD = re.compile(r"[^\W\d_][\w'’\-]*")
_QUESTION = re.compile(r"[^\n]{3,400}\?[\"”’')*_]*\s*")
_FIRST_PERSON = re.compile(r"\b(?:I|[Ww]e|[Mm]y|[Oo]ur)\b")
_QUOTED = re.compile(r"“[^”\n]*”|\"[^\"\n]*\"")
# What the lead of an interview says: "spoke to us", "Mayor Novak on the flood".
_INTERVIEW = re.compile(
    r"\b(?:interview\w*|sp(?:oke|eaks)|talk(?:s|ed)?|asked|questions?|answers?|answered|"
    r"conversation|Q ?& ?A|in (?:his|her|their) own words)\b|"
    r"[A-Z]\w+ on (?:the|his|her|why|how|life)\b"
)


@dataclass(frozen=True, slots=True)
class Turn:
    """
    What one voice says until the next.

    ``source`` is its label, None where there is none; ``voice`` the fullest name of the same
    voice in the text, None for one that is not named; ``inferred``: the voice follows from who
    is interviewed, not from the label.
    """

    source: Span | None
    content: tuple[Span, ...]
    kind: Kind
    voice: Span | None
    inferred: bool = False


def read_turns(text: str) -> tuple[Turn, ...]:
    """
    Read the turns of *text*, in order; none for what is no transcript and no interview.

    Returns:
        Turns whose contents do not overlap; stage directions are in none.
    """
    if ":" not in text and "?" not in text:
        return ()
    lines = list(lines_of(text))
    labels = {i: found for i, line in enumerate(lines) if (found := label_of(text, line))}
    labels = _with_weak(text, lines, labels)
    if labels:
        return tuple(_labelled(text, lines, labels))
    return tuple(_unlabelled(text, lines))


def with_turns(text: str, found: Sequence[Attribution]) -> list[Attribution]:
    """
    Put the turns of a transcript among the attributions that the tagger found in it.

    Within a turn only what its voice reports of others is kept; across two, nothing.
    """
    turns = read_turns(text)
    if not turns:
        return list(found)
    kept = [one for one in found if _stays(text, one, turns)]
    made = [
        Attribution((turn.source,) if turn.source else (), (), turn.content, "direct")
        for turn in turns
        if turn.content
    ]
    return sorted([*kept, *made], key=lambda one: (one.content or one.cue or one.source)[0])


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
    turns = []
    for begin, end in zip(begins, [*begins[1:], len(lines)], strict=True):
        label = labels[begin]
        voice, inferred = voices[label.label], False
        if label.kind is Kind.ANSWERS:
            voice, inferred = answering, True
        spoken = [Span(label.label.end, lines[begin].end), *lines[begin + 1 : end]]
        last = end == len(lines)
        rest = _until_stop(text, spoken, voice)
        if last:
            rest = _before_prose(text, rest)
        asked = _late_question(text, rest) if last and label.kind is Kind.ANSWERS else len(rest)
        sign = label.weak and label.kind is Kind.UNKNOWN
        source = None if sign else Span(label.label.start, _trimmed_end(text, label.label))
        turns.append(Turn(source, _contents(text, rest[:asked]), label.kind, voice, inferred))
        turns += _pairs(text, rest[asked:], voice)
    return turns


def _until_stop(text: str, lines: Sequence[Span], voice: Span | None) -> list[Span]:
    """Take the lines of one turn, up to a break or a paragraph about the speaker."""
    surname = text[slice(*voice)].split()[-1] if voice else None
    kept: list[Span] = []
    for line in lines:
        written = text[slice(*line)]
        if is_stop(written):
            break
        about = surname and kept and re.search(rf"\b{re.escape(surname)}\b", written)
        if about and not re.search(r"[“”\"]", written):
            break
        kept.append(line)
    return kept


def _before_prose(text: str, lines: Sequence[Span]) -> list[Span]:
    """
    Take the lines of the last turn: no label says where the article's own words go on.

    A further paragraph is still the speaker's if it asks, or says "I" or "we".
    """
    kept = list(lines[:1])
    for line in lines[1:]:
        written = text[slice(*line)]
        before = _QUESTION.fullmatch(text[slice(*kept[-1])].strip())
        asks = _QUESTION.fullmatch(written.strip())
        if not (
            asks or before or is_aside(written) or _FIRST_PERSON.search(_QUOTED.sub("", written))
        ):
            break
        kept.append(line)
    return kept


def _late_question(text: str, lines: Sequence[Span]) -> int:
    """Find where a last answer goes over into a question without a label."""
    for at, line in enumerate(lines[:-1]):
        if at > 0 and _QUESTION.fullmatch(text[slice(*line)].strip()):
            return at
    return len(lines)


def _pairs(text: str, lines: Sequence[Span], voice: Span | None) -> list[Turn]:
    """Read lines as questions, each with the answer behind it."""
    turns: list[Turn] = []
    for line in lines:
        asks = _QUESTION.fullmatch(text[slice(*line)].strip()) is not None
        content = _contents(text, [line])
        if asks:
            turns.append(Turn(None, content, Kind.ASKS, None))
        elif turns and turns[-1].kind is Kind.ANSWERS:
            turns[-1] = replace(turns[-1], content=turns[-1].content + content)
        else:
            turns.append(Turn(None, content, Kind.ANSWERS, voice, inferred=True))
    return turns


def _unlabelled(text: str, lines: Sequence[Span]) -> list[Turn]:
    """Read an interview whose questions and answers stand in paragraphs of their own."""
    asked = [i for i, line in enumerate(lines) if _QUESTION.fullmatch(text[slice(*line)].strip())]
    asked = [i for i in asked if i > 0 and i + 1 < len(lines)]
    if len(asked) < 2 or any(later == i + 1 for i, later in pairwise(asked)):
        return []
    voice = interviewee(text, lines[asked[0]].start)
    answers = [
        text[lines[begin + 1].start : lines[end - 1].end]
        for begin, end in zip(asked, [*asked[1:], len(lines)], strict=True)
    ]
    lead = text[: lines[asked[0]].start]
    bare = [_QUOTED.sub("", answer) for answer in answers]
    own = sum(1 for answer in bare if _FIRST_PERSON.search(answer))
    if voice is None or own < 2 or own * 3 < len(answers) * 2 or not _INTERVIEW.search(lead):
        return []
    rest = _until_stop(text, lines[asked[0] :], None)
    return _pairs(text, rest, voice)


def _contents(text: str, lines: Sequence[Span]) -> tuple[Span, ...]:
    """Give what is spoken in lines, without stage directions."""
    found: list[Span] = []
    for line in lines:
        if is_aside(text[slice(*line)]):
            continue
        at = line.start
        for aside in [*ASIDES.finditer(text, *line), None]:
            end = aside.start() if aside else line.end
            piece = text[at:end]
            if piece.strip():
                lead = len(piece) - len(piece.lstrip())
                found.append(Span(at + lead, at + len(piece.rstrip())))
            at = aside.end() if aside else end
    return tuple(found)


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

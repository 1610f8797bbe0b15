"""
Interviews without labels: questions in paragraphs of their own, answers behind them.

In plain text such an interview counts only if the answers say "I" or "we" and the lead names one
person alone, for an explainer is laid out the same. Where the questions are in bold type the
type tells who speaks: what is bold is asked, though it ends without a question mark; who answers
is named only where the lead says so. Offsets are characters into the text. No I/O, no state.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from index.attribution.transcripts.turn import (
    FIRST_PERSON,
    QUESTION,
    QUOTED,
    Turn,
    before_prose,
    contents_of,
    until_stop,
)
from index.attribution.transcripts.turn_labels import Kind, TurnLabel, label_of
from index.attribution.transcripts.voices import addressed, interviewee, is_short_for, tokens_of
from index.types import Mark, Span

# What the lead of an interview says: "spoke to us", "Mayor Novak on the flood".
_INTERVIEW = re.compile(
    r"\b(?i:interview\w*|sp(?:oke|eaks)|talk(?:s|ed)?|asked|questions?|answers?|answered|"
    r"conversation|Q ?& ?A|in (?:his|her|their) own words)\b|"
    r"[A-Z]\w+ on (?:the|his|her|why|how|life)\b"
)
# Beside questions in bold less will do: "Eve Hall met her", "Ana Vik: I will not sell".
_MEETING = re.compile(
    r"\b(?:m(?:et|eets) (?:him|her|them|with|[A-Z])|s[ai]ts? down with|caught up with|"
    r"tells? (?:us|[A-Z])|told us|explains?|reveals?|opens up)\b|"
    r"\A\W*(?:[A-Z]\w+ ){1,4}[A-Z]\w+: |[”’]\W{0,3}(?:[A-Z]\w+ ){1,4}[A-Z]\w+\W*$|"
    r"\A\W*[“‘][^”\n]{5,200}[”’]:? ",
    re.MULTILINE,
)
_OWN = re.compile(r"\b(?:I|me|my|mine|we|us|our|ours)\b", re.IGNORECASE)
_YOU = re.compile(r"\byou(?:r|rs|rself|['’](?:re|ve|d|ll))?\b", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?…][\"”’')\]]*\s*\Z")
_FEWEST = 2


def pairs_of(text: str, lines: Sequence[Span], voice: Span | None) -> list[Turn]:
    """Read lines as questions, each with the answer behind it."""
    turns: list[Turn] = []
    for line in lines:
        asks = QUESTION.fullmatch(text[slice(*line)].strip()) is not None
        content = contents_of(text, [line])
        if asks:
            turns.append(Turn(None, content, Kind.ASKS, None))
        elif turns and turns[-1].kind is Kind.ANSWERS:
            turns[-1] = replace(turns[-1], content=turns[-1].content + content)
        else:
            turns.append(Turn(None, content, Kind.ANSWERS, voice, inferred=True))
    return turns


def plain_interview(text: str, lines: Sequence[Span]) -> list[Turn]:
    """Read an interview whose questions and answers stand in paragraphs of their own."""
    asked = [i for i, line in enumerate(lines) if QUESTION.fullmatch(text[slice(*line)].strip())]
    asked = [i for i in asked if i > 0 and i + 1 < len(lines)]
    if len(asked) < 2 or any(later == i + 1 for i, later in pairwise(asked)):
        return []
    voice = interviewee(text, lines[asked[0]].start)
    answers = [
        text[lines[begin + 1].start : lines[end - 1].end]
        for begin, end in zip(asked, [*asked[1:], len(lines)], strict=True)
    ]
    lead = text[: lines[asked[0]].start]
    bare = [QUOTED.sub("", answer) for answer in answers]
    own = sum(1 for answer in bare if FIRST_PERSON.search(answer))
    if voice is None or own < 2 or own * 3 < len(answers) * 2 or not _INTERVIEW.search(lead):
        return []
    rest = until_stop(text, lines[asked[0] :], None)
    return pairs_of(text, rest, voice)


def split_at_marks(text: str, lines: Sequence[Span], marks: Sequence[Mark]) -> list[Span]:
    """Part each line behind a question in bold that begins it: "Why now? It was time."."""
    ends = {one.start: one.end for one in marks if one.kind == "bold"}
    found = []
    for line in lines:
        start = line.end - len(text[slice(*line)].lstrip())
        end = ends.get(start, line.end)
        asks = QUESTION.fullmatch(text[start:end]) is not None
        if asks and text[end : line.end].strip():
            found += [Span(start, end), Span(end, line.end)]
        else:
            found.append(line)
    return found


def bold_questions(text: str, lines: Sequence[Span], marks: Sequence[Mark]) -> list[int]:
    """
    Find the lines that ask in bold: questions, and sentences in bold after the first of them.

    Returns:
        Numbers of lines; none unless there are two, and most of what is in bold asks.
    """
    bold = {Span(one.start, one.end) for one in marks if one.kind == "bold"}
    trimmed = [_trimmed(text, line) for line in lines]
    asks = [i for i, line in enumerate(trimmed) if line in bold and _asks(text, line)]
    if not asks:
        return []
    stated = [
        i
        for i, line in enumerate(trimmed)
        if i > asks[0] and line in bold and i not in asks and _states(text, line)
    ]
    enough = len(asks) + len(stated) >= _FEWEST and 2 * len(asks) >= len(stated)
    return sorted([*asks, *stated]) if enough else []


def bold_interview(
    text: str, lines: Sequence[Span], marks: Sequence[Mark], byline: str | None
) -> list[Turn]:
    """
    Read an interview whose questions are in bold; [] for what is none.

    Args:
        text: the article's.
        lines: parted as `split_at_marks` does.
        marks: what is in bold.
        byline: who asked, most often.
    """
    asked = bold_questions(text, lines, marks)
    if not asked:
        return []
    groups = _groups(asked, len(lines))
    answers = [
        QUOTED.sub("", text[lines[begin].start : lines[end - 1].end]) for _, begin, end in groups
    ]
    questions = [text[lines[a].start : lines[b - 1].end] for a, b, _ in groups]
    own = sum(1 for answer in answers if _OWN.search(answer))
    to_them = sum(1 for question in questions if _YOU.search(question))
    lead = text[: lines[asked[0]].start]
    is_told = bool(_INTERVIEW.search(lead) or _MEETING.search(lead))
    if (
        len(groups) < _FEWEST
        or 3 * own < len(groups)
        or not (is_told or 3 * to_them >= len(groups))
    ):
        return []
    voice = addressed(text, lines[asked[0]])
    if voice is None and is_told:
        voice = interviewee(text, lines[asked[0]].start, byline)
    turns: list[Turn] = []
    bold = {Span(one.start, one.end) for one in marks}
    for at, (first, begin, end) in enumerate(groups):
        turns += _question(text, lines[first:begin])
        spoken = [line for line in lines[begin:end] if _trimmed(text, line) not in bold]
        spoken = until_stop(text, spoken, voice)
        if at + 1 == len(groups):
            spoken = before_prose(text, spoken)
        turns += _answers(text, spoken, voice)
    return turns


def _groups(asked: Sequence[int], count: int) -> list[tuple[int, int, int]]:
    """Give for each question its first line, that of its answer, and where the answer ends."""
    groups = []
    first = asked[0]
    for at, number in enumerate(asked):
        following = asked[at + 1] if at + 1 < len(asked) else count
        if following > number + 1:
            groups.append((first, number + 1, following))
            first = following
    return groups


def _question(text: str, lines: Sequence[Span]) -> list[Turn]:
    label = label_of(text, lines[0])
    if label is None or label.alone or label.weak or label.kind is not Kind.NAMED:
        return [Turn(None, contents_of(text, lines), Kind.ASKS, None)]
    content = contents_of(text, [Span(label.label.end, lines[0].end), *lines[1:]])
    return [Turn(label.name, content, Kind.ASKS, label.name)]


def _answers(text: str, lines: Sequence[Span], voice: Span | None) -> list[Turn]:
    """Read what stands behind a question: the interviewee's, or whose label it bears."""
    turns: list[Turn] = []
    for line in lines:
        label = _named(text, line, voice)
        if label is not None:
            content = contents_of(text, [Span(label.label.end, line.end)])
            turns.append(Turn(label.name, content, Kind.NAMED, _voice_of(text, label, voice)))
        elif turns:
            content = turns[-1].content + contents_of(text, [line])
            turns[-1] = replace(turns[-1], content=content)
        else:
            turns.append(Turn(None, contents_of(text, [line]), Kind.ANSWERS, voice, inferred=True))
    return [turn for turn in turns if turn.content]


def _named(text: str, line: Span, voice: Span | None) -> TurnLabel | None:
    """Read a label before an answer: a whole name, or a part of the interviewee's."""
    label = label_of(text, line)
    if label is None or label.alone or label.weak or label.kind is not Kind.NAMED:
        return None
    tokens = tokens_of(text[slice(*label.name)])
    whole = tokens_of(text[slice(*voice)]) if voice else []
    return label if len(tokens) > 1 or is_short_for(tokens, whole) else None


def _voice_of(text: str, label: TurnLabel, voice: Span | None) -> Span:
    tokens = tokens_of(text[slice(*label.name)])
    whole = tokens_of(text[slice(*voice)]) if voice else []
    return voice if voice and (tokens == whole or is_short_for(tokens, whole)) else label.name


def _trimmed(text: str, line: Span) -> Span:
    written = text[slice(*line)]
    return Span(line.end - len(written.lstrip()), line.start + len(written.rstrip()))


def _asks(text: str, line: Span) -> bool:
    return QUESTION.fullmatch(text[slice(*line)]) is not None


def _states(text: str, line: Span) -> bool:
    return _SENTENCE_END.search(text[slice(*line)]) is not None

"""
Mend sources that the tagger takes from the wrong side of a cue. No I/O.

"The post, directed at the mayor, said" is not the mayor's, and in "Berg was hurt, too, said Holm,
but he walked" it is Holm who said so.
"""

from __future__ import annotations

import re
from dataclasses import replace

from index.attribution.tagger import CueFrame
from index.types import Span

_ADDRESSED = re.compile(
    r"\b(?:directed|addressed|aimed|sent|written|delivered) (?:at|to|towards?)\s+(?:the\s+)?$"
)
# '…," an unsigned note slipped to Novak said'
_SENT_TO = re.compile(
    r"(?:^|[”\".,]\s+)(?P<who>(?:an?|the)\s(?:[a-z-]+\s){0,3}?[a-z]+)\s(?:slipped|handed|addressed"
    r"|directed|aimed|sent|written|delivered|passed|posted|left)\s(?:at|to|for|towards?)\s+(?:the\s+)?$",
    re.I,
)
# '…," cried the crowd in front of Novak'
_BESIDE = re.compile(
    r"\s(?P<who>(?:an?|the|one|some|another)\s(?:[a-z-]+\s){0,3}?[a-z-]+)\s(?:[a-z]+ing\s)?"
    r"(?:in front of|beside|next to|alongside|opposite|facing|behind|near)\s(?:the\s)?"
)
_SENT_REACH = 90  # characters
_SAID = re.compile(r"(?:said|says|added|adds|explained|warned)\Z")
# Behind a name that is the subject of what follows stands no such word.
_WHO = re.compile(
    r"\s+(?P<who>[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,3})"
    r"(?=\.\s|, (?:but|and|though|although|while)\b)"
)
_VERB = re.compile(r"\b(?:is|are|was|were|has|have|had|will|would|could|did|does|might|must)\b")
_RELATIVE = re.compile(r"(?:who|whose|which|that|when|where)\b")
_CLAUSE = re.compile(r"[^.!?\n“”\"]{8,200},\s*\Z")
_LONGEST = 240


def without_addressee(text: str, frame: CueFrame) -> CueFrame:
    """Leave out of a source in several pieces whom its words are addressed to."""
    first, *others = frame.source or (None,)
    sent = first and _SENT_TO.search(text[max(0, first.start - _SENT_REACH) : first.start])
    if first and sent and not others and first.end <= frame.cue[0].start:
        begin = first.start - len(sent.string)
        return replace(frame, source=(Span(begin + sent.start("who"), begin + sent.end("who")),))
    beside = first and _BESIDE.fullmatch(text, frame.cue[-1].end, first.start)
    if beside and not others:
        return replace(frame, source=(Span(*beside.span("who")),))
    kept = [s for s in others if s and not _ADDRESSED.search(text[max(0, s.start - 40) : s.start])]
    if first is None or len(kept) == len(others):
        return frame
    return replace(frame, source=(first, *kept))


# "A bill signed into law by Governor Novak last week, saying: ...": not the governor's words.
_GOVERNED = re.compile(
    r"\b(?:by|with|of|from|to|against|for|about|like)\s(?:the\s)?(?:[A-Z][\w.’'-]*\s){0,3}$"
)
_REPORTED = re.compile(r"\b(?:said|says|told|announced|wrote|tweeted)\b")
_SAYING = re.compile(r"(?:saying|adding|warning|insisting|claiming|arguing|noting|stressing)\b")


def without_governed(text: str, frame: CueFrame) -> CueFrame:
    """Leave out whom a clause only mentions before ", saying": its subject goes on."""
    if not frame.source or len(frame.cue) != 1 or not _SAYING.match(text, frame.cue[0].start):
        return frame
    source, cue = frame.source[-1], frame.cue[0]
    if not source.end < cue.start or text[cue.start - 2 : cue.start] != ", ":
        return frame
    # "Gov." ends no sentence.
    before = re.split(r"(?<=[a-z]{3})[.!?]\s|[\n“”\"]", text[: source.start][-300:])[-1]
    if not _GOVERNED.search(before) or not _REPORTED.search(before):
        return frame
    return replace(frame, source=())


# "He was poisoned, his friends" (had alleged before a court there sat)
_CLAUSE_AND_WHO = re.compile(
    r"(?:^|(?<=[.!?]\s)|(?<=[.!?][”\"]\s)|(?<=\n))(?P<what>[A-Z][^.!?;:\n“”\",]{4,160}),\s"
    r"(?P<who>(?:his|her|its|their|the|some|several|two)\s(?:[a-z’'-]+\s){0,2}[a-z’'-]+)\s\Z"
)
_ALLEGES = re.compile(
    r"(?:(?:had|has|have|later|also|then)\s)*(?:said|say|alleged?|claim(?:ed)?|believed?|insist(?:ed)?"
    r"|argued?|warned|told|reported)\b"
)


def clause_before(text: str, frame: CueFrame) -> CueFrame:
    """Give "He was poisoned, his friends had alleged before …" its clause and who says it."""
    if len(frame.cue) != 1:
        return frame
    (cue,) = frame.cue
    if not _ALLEGES.fullmatch(text[slice(*cue)]):
        return frame
    begin = max(0, cue.start - _LONGEST)
    found = _CLAUSE_AND_WHO.search(text[begin : cue.start])
    if found is None or not _VERB.search(found["what"]):
        return frame
    who = Span(begin + found.start("who"), begin + found.end("who"))
    what = Span(begin + found.start("what"), begin + found.end("what"))
    if frame.source and (frame.source != (who,) or any(s.end > what.end for s in frame.content)):
        return frame
    return replace(frame, source=(who,), content=(what,))


def turned(text: str, frame: CueFrame) -> CueFrame:
    """Give "Berg was hurt, said Holm, but he walked" to Holm, and the clause before its cue."""
    if len(frame.source) != 1 or len(frame.cue) != 1:
        return frame
    (source,), (cue,) = frame.source, frame.cue
    who = _WHO.match(text, cue.end)
    clause = _CLAUSE.search(text[max(0, source.start, cue.start - _LONGEST) : cue.start])
    told = text[source.end : cue.start].strip(" ,")
    is_clause = bool(clause and _VERB.search(told) and not _RELATIVE.match(told))
    if clause is None or who is None or not is_clause or cue.start < source.end:
        return frame
    if not _SAID.match(text[slice(*cue)]) or frame.content[0].start > who.end("who"):
        return frame
    end = cue.start - (len(clause.group()) - len(clause.group().rstrip(" ,")))
    return CueFrame((Span(*who.span("who")),), frame.cue, (Span(source.start, end),), frame.score)

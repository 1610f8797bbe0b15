"""
Find what somebody is reported to have said within another's statement.

"The minister said that Anna Novak had denied it" is also what she said. The tagger was trained on
one layer, so the inner one is read by its words: somebody, a verb of saying, and what follows it.
Only plain clauses count, outside quotation marks; what is claimed by a noun joins them. Offsets
are characters into the text. No I/O.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.attribution.tagger import CueFrame
from index.attribution.told.claims import with_claims
from index.types import Span

_SAYING = (
    r"said|told|warned|claimed|announced|denied|insisted|argued|promised|stated|confirmed|demanded"
    r"|admitted|pledged|testified|acknowledged|asserted|vowed|complained|threatened|declared|urged"
    r"|asked|requested|called (?:on|for)|rejected|refused|condemned|wrote|tweeted|noted|added"
    r"|suggested|proposed|emphasi[sz]ed|stressed|explained|recommended|accused"
)
# After a noun these may as well be participles: "a man accused of", "a plan announced in May".
_PARTICIPLE = frozenset(
    "told announced claimed promised demanded admitted urged declared asked requested rejected"
    " refused condemned noted added suggested proposed recommended accused".split()
)
# These say something where a name stands right before them.
_SAID_SO = frozenset("told announced claimed promised admitted declared suggested".split())
_CUE = re.compile(
    rf"(?P<aux>(?:had|has|have|also|previously|earlier|repeatedly|then|later|clearly|once)\s+)*(?P<verb>{_SAYING})\b"
    r"(?P<heard>(?:\s+(?:him|her|them|us|me|reporters|investigators|police|lawmakers|officers"
    r"|authorities|[A-Z]\w+))?)(?P<that>\s+that\b)?"
)
_BOUND = re.compile(
    r"[,;:—–“”\"()\[\]]|\b(?:that|and|but|when|as|because|while|after|before|if|whether|which|who"
    r"|where|since|until|how|why|what|although|though|than|or|for|in|on|with|about|from|by|to|at"
    r"|is|was|were|are|be|been|has|have|had|not)\b",
    re.I,
)
_WHO = re.compile(
    r"(?:(?:[Tt]he|[Aa]n?|his|her|their|its|some|several|many|two|[A-Z][\w.’'-]*['’]s?)\s+)?"
    r"(?:[\w.’'-]+\s+){0,6}[\w.’'-]+"
)
_NOBODY = frozenset(
    "he she it they we you i who which that this these those there one what him her them us".split()
)
_NAMED = re.compile(
    r"(?:the )?(?:[a-z]+ ){0,3}(?:(?:d[aeo]s?|del|al|el|bin|van|von|der)\s|[A-Z][\w.’'-]*\s?)+"
)
_ROLE_LAST = re.compile(
    r"(?:officials?|government|president|minister|ministry|spokes\w+|leaders?|delegation|council"
    r"|lawmakers?|sources?|lawyers?|attorneys?|witness(?:es)?|police|authorities|adviser|court"
    r"|commission|agency|department|company|group|union|team|director|chief|secretary|scientists?"
    r"|researchers?|experts?|analysts?|economists?|doctors?|residents?|neighbou?rs?|family|parents?"
    r"|mother|father|brother|sister|son|daughter|employees?|workers?|owner|man|woman|teacher"
    r"|ambassador|embassy|army|military|opposition|administration|organi[sz]ation|committee)$"
)
# "The Danish and Norwegian governments"
_BOTH = re.compile(r"(?:the )?[A-Z][\w-]+ and [A-Z][\w-]+(?: [A-Z][\w-]+)? [a-z]+s$")
# "he was told by the harbour master, Ann Corbin, that"
_TOLD_BY = re.compile(
    r"\b(?:was|were|been)\s(?P<verb>told|informed|warned|assured)\sby\s"
    r"(?P<who>(?:the\s)?[^,.;:“”\"]{3,60}?(?:,\s[A-Z][^,.;:“”\"]{2,40}(?=,))?),?\sthat\s"
)
# "(Corbin) said it was over" within a quotation
_IN_QUOTE = re.compile(
    r"(?:(?<=[“\"])|(?<=[.!?]\s))\(?(?P<who>(?!(?:He|She|They|We|I|You|It|This|That|Nobody|Everyone"
    r"|Everybody|People|Who)\b)(?:(?:Mr|Mrs|Ms|President|Gov|Sen)\.?\s)?[A-Z][\w-]+(?:\s[A-Z][\w-]+)?)\)?"
    r"\s(?:(?:clearly|also|has|had|just|once)\s)*(?P<verb>said|stated|promised|admitted|denied|claimed"
    r"|announced|warned)(?:\sthat\b|:)?\s"
)
_SHORTEST = 12


def with_inner(text: str, frames: Sequence[CueFrame]) -> list[CueFrame]:
    """
    Add the frames that stand as clauses within the contents of others.

    Args:
        text: the article's.
        frames: what the tagger found, in order of their cues.

    Returns:
        All frames, in order of their cues.
    """
    taken = sorted(span for frame in frames for span in frame.cue)
    found: list[CueFrame] = []
    for frame in frames:
        for span in frame.content:
            known = [*taken, *(f.cue[0] for f in found)]
            if text[span.start : span.start + 1] not in tuple("“\"‘'«"):
                found += _clauses(text, span, frame, known)
                found += _worded(text, span, frame, known, _TOLD_BY)
            else:
                found += _worded(text, span, frame, known, _IN_QUOTE)
    return with_claims(text, sorted([*frames, *found], key=lambda frame: frame.cue[0]))


def _clauses(text: str, span: Span, frame: CueFrame, taken: Sequence[Span]) -> list[CueFrame]:
    """Find the inner frames of one span of content."""
    made = []
    for cue in _CUE.finditer(text, span.start, span.end):
        own = Span(*cue.span("verb"))
        if any(t.start < own.end and own.start < t.end for t in taken):
            continue
        who = _subject(text, span.start, cue.start())
        named = cue.group("verb") in _SAID_SO and who and _begins_clause(text, span, who)
        if _quoted(text, span.start, own.start) or (_is_participle(cue) and not named):
            continue
        end = _end(text, cue.end(), span.end)
        if who is None or len(text[cue.end() : end].strip()) < _SHORTEST:
            continue
        rest = Span(
            cue.end() + len(text[cue.end() : end]) - len(text[cue.end() : end].lstrip()), end
        )
        made.append(CueFrame((who,), (own,), (rest,), frame.score))
    return made


def _worded(
    text: str, span: Span, frame: CueFrame, taken: Sequence[Span], wording: re.Pattern[str]
) -> list[CueFrame]:
    """Find the inner frames of one span of content that a wording shows."""
    made = []
    for match in wording.finditer(text, max(0, span.start - 1), span.end):
        own, end = Span(*match.span("verb")), _end(text, match.end(), span.end)
        met = any(t.start < own.end and own.start < t.end for t in taken)
        if not met and end - match.end() >= _SHORTEST:
            rest = Span(match.end(), end)
            made.append(CueFrame((Span(*match.span("who")),), (own,), (rest,), frame.score))
    return made


def _is_participle(cue: re.Match[str]) -> bool:
    """Return whether a verb may stand behind its object: no helper before it, no clause after."""
    if cue.group("verb") not in _PARTICIPLE or cue.group("aux") or cue.group("that"):
        return False
    return (
        not cue.group("heard")
        and re.match(
            r"\s+(?:h(?:im|er|is)|them|it|they|s?he|the|an?|no|to \w+ing)\b",
            cue.string[cue.end() :],
        )
        is None
    )


def _begins_clause(text: str, content: Span, who: Span) -> bool:
    """Return whether a name, no more, stands between "that" and the verb: "that Novak claimed"."""
    before = text[content.start : who.start].rstrip()
    return _NAMED.fullmatch(text, *who) is not None and (not before or before == "that")


def _quoted(text: str, start: int, at: int) -> bool:
    """Return whether *at* lies behind a quotation mark that has opened since *start*."""
    before = text[start:at]
    return before.count("“") > before.count("”") or before.count('"') % 2 == 1


def _subject(text: str, start: int, end: int) -> Span | None:
    """Find the noun phrase before a verb; None for a pronoun or no phrase of somebody."""
    before = text[start:end]
    bounds = [m.end() for m in _BOUND.finditer(before)]
    begin = start + (bounds[-1] if bounds else 0)
    while begin < end and text[begin].isspace():
        begin += 1
    who = text[begin:end].rstrip()
    if re.search(r"day$", who) or not who or who.lower() in _NOBODY or not _WHO.fullmatch(who):
        return None
    both = _BOTH.search(before.rstrip())
    if both is not None:
        return Span(start + both.start(), start + both.end())
    named = _NAMED.fullmatch(who)
    if not named and not _ROLE_LAST.search(who):
        return None
    return Span(begin, begin + len(who))


def _end(text: str, start: int, end: int) -> int:
    """Find where a clause ends: with its sentence, else with the content."""
    stop = re.search(r"(?<=[a-z]{2}[.!?])[”\"]?\s+(?=[A-Z“\"])|\n", text[start:end])
    return start + stop.start() if stop else end

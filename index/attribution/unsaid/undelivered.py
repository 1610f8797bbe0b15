"""
Recognise words that were never spoken: "was to say", "in a speech that was never delivered".

A speech may be told of before it is held, and may not be held at all. "Was later to say" tells of
what came. Offsets are characters into the text. Pure; no I/O.
"""

from __future__ import annotations

import re
from typing import Literal

from index.attribution.unsaid.clauses import followed_by, is_worded, led_by, verb_of
from index.types import Attribution

_SAY = (
    r"(?:say|tell|announce|declare|state|argue|warn|promise|pledge|urge|add|claim|insist|admit|call"
    r"|address|speak|reveal|confirm|demand|propose|vow|ask|write|stress|explain|outline|unveil"
    r"|accuse|condemn|denounce|apologi[sz]e)"
)
_AHEAD = (
    r"(?:expected|due|set|scheduled|supposed|slated|poised|going|about|meant|likely|planning|hoping"
    r"|preparing|prepared|ready|booked|billed|tipped|intending|planned|to have)"
)
_PLANS = re.compile(
    rf"\b(?:(?:is|are|was|were|be|been|being|['’]s|['’]re)\s+(?:(?:widely|also|still|then|now|reportedly"
    rf"|originally|initially|already|just)\s+)*(?:{_AHEAD}\s+)?(?:not\s+)?to\s+(?:have\s+)?"
    rf"(?:{_SAY}|said|told|announced|declared)\b"
    rf"|(?:had\s+)?(?:planned|intended|meant|hoped|prepared)\s+to\s+(?:have\s+)?"
    rf"(?:say|tell|announce|declare|said|told|announced|declared)\b"
    rf"|(?:plans|intends|hopes|aims|means)\s+to\s+(?:say|tell|announce|declare)\b"
    r"|(?:would|should|ought to|could|must)\s+(?:(?:probably|surely|then|also)\s+)*have\s+"
    r"(?!been\b|to\b|had\b)(?:\w+ed|said|told|sworn|spoken|written)\b)",
    re.IGNORECASE,
)
# "Novak would be wrong to say", "ought to say", "will say" (on Monday)
_UTTER = (
    r"(?:say|tell|announce|declare|state|argue|warn|admit|concede|claim|insist|promise|pledge|urge"
    r"|add|confirm|explain|apologi[sz]e|reply|answer|accuse)"
)
_SOMETIME = (
    r"(?:(?:also|then|surely|probably|certainly|likely|even|again|simply|just|formally)\s+)*"
)
_NOT_YET = re.compile(
    rf"\b(?:(?:would|should|might|could|['’]d)\s{_SOMETIME}(?:be|have\sbeen|do|have|need)\s"
    rf"(?:[\w’'-]+\s){{0,6}}?to\s(?:have\s)?{_UTTER}\b"
    rf"|(?:ought\sto|had\sbetter|['’]d\sbetter|should|shall|needs\sto|must)\s{_SOMETIME}{_UTTER}\b"
    rf"|(?:will|['’]ll)\s{_SOMETIME}(?:{_UTTER}|be\s(?:saying|telling|announcing|arguing|warning))\b"
    rf"|would\s{_SOMETIME}{_UTTER}\b(?=[^“”\"]{{0,40}}?\b(?:tomorrow|next\s(?:week|month)"
    r"|(?:on|next|by)\s(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)))",
    re.IGNORECASE,
)
_WOULD = re.compile(rf"(?:would|could|might|['’]d)\s{_SOMETIME}{_UTTER}\b", re.IGNORECASE)
_IF = re.compile(
    r"(?:^|[\s“\"])(?:if|were|had|suppose|supposing|imagine|assuming|unless|without)\s"
    r"[^“”\";:]{2,140},\s(?:[\w’'.-]+\s){0,3}?$",
    re.IGNORECASE,
)
_IF_BEHIND = re.compile(
    r"[^“”\"]*\w,?\s(?:if|were)\s(?:only\s)?(?:he|she|they|it|you|anyone|[A-Z][\w’'.-]+)\s(?:ever\s)?"
    r"(?:were|was|had|dared|could|did|wanted|wished|knew|asked|honest|to)\b"
)
_SUPPOSITION = re.compile(
    r"[\s“\"(]*(?:(?:but|and|now|so|just|then),?\s)?(?:suppose|supposing|imagine|picture|assume"
    r"|let(?:['’]s|\sus)\s(?:suppose|imagine|assume|say|pretend)|what\sif|if\sonly|pretend"
    r"|consider\s(?:what|how|a)|think\s(?:what|how)|in\san?\s(?:ideal|perfect|better|honest)\sworld)\b",
    re.IGNORECASE,
)
_PRESENT = re.compile(r"(?:then\s|also\s)?(?:says|adds|tells|replies|answers|declares|admits)\b")
_SENTENCES_BACK = 3
_ENDS = re.compile(r"(?<=[\w)”\"’'][.!?])[”\"]?\s+")
_SELF = re.compile(r"(?:I|[Ww]e)\b")
# "was later to say", "was to say years afterwards": so it came.
_CAME = re.compile(
    r"\b(?:later|afterwards?|subsequently|eventually|famously|repeatedly|often|again|in time)\b",
    re.IGNORECASE,
)
_DONE = re.compile(
    r"[,;]?\s+(?:and|which|as)\s+(?:(?:he|she|they|it)\s+)?(?:then |later |duly )?did\b", re.I
)
_PAPER = (
    r"(?:speech|address|remarks?|statement|text|lines?|words|letter|message|eulogy|sermon|toast"
    r"|broadcast|notes|draft|tweet|post|article|e-?mail|script|lecture|talk|passage|memo"
    r"|column)"
)
_HELD = (
    r"(?:delivered?|given?|gave|read(?: out)?|made?|make|spoken?|held|hold|sent|send|published"
    r"|publish|aired|air|broadcast|posted|post|used?|uttered?|heard|issued?|released?|finished|finish)"
)
_UNHELD = re.compile(
    rf"\b(?:undelivered|unsent|unread|unspoken|unposted|unaired|unused|unbroadcast|unheard|cancell?ed"
    rf"|scrapped|aborted|abandoned|discarded|called-off|shelved)\s+(?:\w+\s+){{0,2}}?{_PAPER}\b"
    rf"|\b{_PAPER}\b[^.;:“”\"]{{0,60}}?\b(?:never|not|n['’]t|nobody|no one|ever)\b\s+"
    r"(?:\w+\s+){0,3}?(?:(?:been|be|to|was|were|being|got to)\s+)?"
    rf"{_HELD}\b"
    rf"|\b{_PAPER}\s+(?:that|which)\s+(?:was|were|had been)\s+(?:then\s+|later\s+|never\s+)?"
    r"(?:cancell?ed|scrapped|dropped|abandoned|aborted|called off|withdrawn|binned|shelved)\b",
    re.IGNORECASE,
)
_WROTE = re.compile(r"\b(?:wrote|writes|written|writing|drafted|penned|typed)\b", re.IGNORECASE)
# "The speech was never held", right behind
_AFTERWARDS = re.compile(
    r"\s*(?:(?:but|yet|however|in the end),?\s+)?(?:the|his|her|their|that|this)\s+(?:\w+\s+){0,2}?"
    rf"{_PAPER}\s+(?:(?:was|were|has|had|is)\s+(?:been\s+)?)?(?:never\s+(?:\w+\s+)?{_HELD}\b|not\s+"
    rf"(?:\w+\s+)?{_HELD}\b|(?:cancell?ed|scrapped|dropped|abandoned|called off|binned|shelved)\b)",
    re.IGNORECASE,
)
_LEFT_OUT = re.compile(
    r"\b(?:fail(?:s|ed|ing)?|forgot|forgets?|forgotten|neglect(?:s|ed)?|omit(?:s|ted)?)\s+to\s+"
    r"(?:say|mention|state|tell|add|admit|declare|explain|warn)\b",
    re.IGNORECASE,
)
_OPEN = re.compile(
    r"\s*(?:whether|if|who|what|when|where|which|why|how|more|anything|so|on|at|about|us\b|them\b)"
)


def undelivered(text: str, made: Attribution) -> Literal["supposed", "not said"] | None:
    """
    Say whether words were only planned or never spoken; None where nothing tells so.

    Args:
        text: the article's.
        made: one of its attributions.
    """
    if not is_worded(text, made):
        return None
    cue = _cue(text, made)
    last = made.cue[-1].end
    first = min(span.start for span in (*made.source, *made.cue))
    before = led_by(text, first)
    rest, behind = followed_by(text, max(last, *(span.end for span in made.source)))
    own = re.split(r"[“”\"]", rest)[0]
    if not _WROTE.search(cue) and (
        _UNHELD.search(before)
        or _UNHELD.search(f"{cue}{own}")
        or _UNHELD.search(f"{_source(text, made)} {_between(text, made)}")
    ):
        return "not said"
    behind = behind if not made.content else text[max(last, made.content[-1].end) :][:160]
    if not _WROTE.search(cue) and _AFTERWARDS.match(behind.lstrip(' .”"')):
        return "not said"
    if _LEFT_OUT.search(cue) and not _OPEN.match(text[last : last + 20]):
        return "not said"
    between = _between(text, made)
    said = f"{between} {cue}"
    came = _CAME.search(f"{before} {said}") or _CAME.match(own.strip()) or _DONE.match(own)
    # "Novak, who was to say more on Monday, said": what she said she did say.
    planned = any(plan.end() > len(between) + 1 for plan in _PLANS.finditer(said))
    return "supposed" if (planned and not came) or _not_yet(text, made, said, before) else None


def _not_yet(text: str, made: Attribution, said: str, before: str) -> bool:
    """Return whether words are only foreseen, called for or supposed: "he would then say"."""
    if made.negated or _SELF.fullmatch(_source(text, made)):
        return False
    own = text[made.cue[-1].end : made.cue[-1].end + 80]
    start = len(said) - len(_cue(text, made))
    ends = [found.end() for found in _NOT_YET.finditer(f"{said}{own}")]
    if any(start < end <= len(said) for end in ends):
        return not _CAME.search(said)
    verb = verb_of(text, made)
    would = _WOULD.search(f"{said} ")
    if would is not None and not _CAME.search(said):
        rest = followed_by(text, verb.end)[0]
        if _IF.search(before) or _IF_BEHIND.match(rest):
            return True
    return bool(would or _PRESENT.match(_cue(text, made))) and _supposed_before(text, made)


def _supposed_before(text: str, made: Attribution) -> bool:
    """Return whether a sentence shortly before bids the reader suppose what follows."""
    start = min(span.start for span in (*made.source, *made.cue, *made.content))
    line = text[text.rfind("\n", 0, start) + 1 : start]
    return any(_SUPPOSITION.match(each) for each in _ENDS.split(line)[: -1 - _SENTENCES_BACK : -1])


def _cue(text: str, made: Attribution) -> str:
    """Return how a cue is worded."""
    return " ".join(text[slice(*span)] for span in made.cue)


def _source(text: str, made: Attribution) -> str:
    """Return how a source is worded."""
    return " ".join(text[slice(*span)] for span in made.source)


def _between(text: str, made: Attribution) -> str:
    """Return what stands from the last of a source before its cue to the cue."""
    ahead = [span.end for span in made.source if span.end <= made.cue[0].start]
    return text[max(ahead) : made.cue[0].start][-120:] if ahead else ""

"""
Recognise words that the text around sets aside: satire, a checked claim, a supposition, a plot.

What tells stands sentences away: "This article is satire", "RATING: False", "Imagine that the
minister were honest", "In Lind's novel". The sentence alone reads as a report. Offsets are
characters into the text. Pure; no I/O.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import zip_longest
from typing import Literal

from index.attribution.unsaid.clauses import followed_by, led_by
from index.types import Attribution

Aside = Literal["supposed", "not said", "unconfirmed"]

_REACH = 700  # characters before a report in which a supposition or a plot is looked for
_AHEAD = 200  # characters before a claim in which its verdict may stand
_MARKS = r"(?:[^\w\n]|_){0,8}"
_COLON = r"[:—–-][^\S\n]*\n{0,2}"
_PIECE = r"(?:article|piece|story|column|post|page|item|text|site|website|interview)"
_JEST = (
    r"(?:pure(?:ly)? |entirely |wholly |intended as |meant as )?(?:satire|satirical|fiction"
    r"|fictional|a (?:satire|spoof|parody|work of (?:fiction|satire)))\b"
)
_STARTS = r"(?:^|[.!?:*_(\[]\s?)"
# A line that says so alone, or a sentence of the writer's on the piece.
_SATIRE = re.compile(
    rf"^{_MARKS}(?:satire|satirical|spoof|parody|april fools?['’]?){_MARKS}$"
    rf"|{_STARTS}(?:(?:please )?note:? )?(?:this (?:\w+ )?{_PIECE}|the (?:above|preceding"
    rf"|following|foregoing)(?: {_PIECE})?|this) (?:is|was) {_JEST}"
    rf"|{_STARTS}(?:(?:please )?note:? )?(?:(?:all|any) (?:the )?|the )?(?:quotes|quotations)"
    rf"(?: in (?:this|the) {_PIECE}| above| here| \w+)? (?:are|were) (?:entirely |all )?"
    r"(?:made up|invented|fictional|fictitious|imaginary)\b"
    rf"|^{_MARKS}(?:satire|parody|spoof)[*_ ]{{0,3}}[:|/–—]"
    rf"|{_STARTS}this (?:(?:\w+ )?{_PIECE} )?(?:is|was) an april fools?['’]?s?\b"
    rf"|{_STARTS}none of (?:this|the|these) (?:{_PIECE}|quotes|quotations|statements|above|people"
    r"|events)\b[^.\n]{0,40} (?:is|are|was|were) (?:real|true|genuine)\b"
    rf"|{_STARTS}[^.\n“”\"]{{2,60}} (?:did not|didn['’]t|never)"
    r" (?:really |actually )?sa(?:y|id) any of the (?:things|words|quotes|above)\b"
    r"[^.\n“”\"]{0,40}?\b(?:here|above|in this)\b",
    re.IGNORECASE | re.MULTILINE,
)
_CLAIM = re.compile(
    rf"^{_MARKS}(?:the |viral |false )*(?:claims?(?: checked| made| reviewed)?|what (?:was|is|they"
    r"|is being) (?:claimed|said|say|claim)|what['’]s (?:claimed|being said)|allegation|rumou?r)"
    rf"{_MARKS}{_COLON}"
    rf"|^{_MARKS}(?:(?:the |viral )*claim|what was claimed){_MARKS}\n{{1,3}}",
    re.IGNORECASE | re.MULTILINE,
)
_VERDICT = re.compile(
    rf"^{_MARKS}(?:(?:our|the|final) )*(?:rating|verdict|ruling|conclusion|assessment|result"
    rf"|finding|facts?|truth|reality|status|answer){_MARKS}(?:{_COLON}|\n{{1,3}})"
    r"(?P<verdict>[^\n]*)"
    rf"|^{_MARKS}(?P<bare>(?:(?:mostly|partly|entirely|completely) )?(?:false|fake|untrue"
    r"|misleading|hoax|pants on fire|fabricated|invented|unproven)\b[^\n]{0,40})$",
    re.IGNORECASE | re.MULTILINE,
)
_TRUE = re.compile(r"\W*(?:mostly |largely |this is )?(?:true|correct|accurate|genuine)\b", re.I)
# It is the quotation that is false, not what it says.
_NO_QUOTATION = re.compile(
    r"\b(?:quot(?:e|es|ation|ations)|words|remarks?|statement|image|video|clip|audio|screenshot|post"
    r"|tweet|letter)\b[^.\n]{0,60}\b(?:invented|fabricated|fake|faked|made up|doctored|altered"
    r"|forged|manipulated|generated|misattributed|false|no record|satir\w+)"
    r"|\b(?:invented|fabricated|fake|faked|made-up|doctored|altered|forged|manipulated|generated"
    r"|misattributed) (?:\w+ )?(?:quot|words|remark|statement|image|video|clip|audio|screenshot"
    r"|post|tweet|letter)|\bnever (?:said|made|uttered|wrote|posted|spoke)"
    r"|\b(?:did|has|had)(?: not|n['’]t) (?:say|said|make|made|utter|write|post)"
    r"|\bmisattributed|\bfabricated|\bcontains no such|\bno (?:record|evidence) (?:of|that)\b",
    re.IGNORECASE,
)
_BEGIN = r"(?:\A|[.!?:][”\"’')]*\s+|\n\s*)[“\"]?"
_SUPPOSE = re.compile(
    rf"{_BEGIN}(?:(?:but|so|now|and|just|let us|let['’]s|try to),? )*"
    r"(?:imagine|suppose|supposing|pretend|picture)\b(?! (?:the|this|a) (?:scene|picture)\b)"
    rf"|{_BEGIN}(?:in (?:an?|some|my) (?:\w+ )?(?:ideal|parallel|perfect|imaginary|alternat\w+"
    r"|saner|better|different|just) (?:world|universe|history|country|timeline|reality)|what if"
    r"|if only|were (?:I|he|she|they|it)\b|if (?:I|he|she|they|we) were)\b",
    re.IGNORECASE,
)
# "Would only say" is a report of what was said.
_WOULD = re.compile(
    r"(?:\b(?:would|might|could)\b|['’]d )(?! (?:not|only|just|merely|\w+ only)\b)", re.IGNORECASE
)
_PRESENT = re.compile(
    r"(?:\w+ly )?(?:says|tells|asks|replies|answers|adds|shouts|cries|whispers|declares|announces"
    r"|warns|promises|insists|admits|confesses|mutters|snaps|exclaims|explains|orders|vows|jokes)\b",
    re.IGNORECASE,
)
_PLOT = re.compile(
    r"\b(?:[Ii]n|from|of|on|with|for|to) (?:[Tt]he|an?|his|her|its|their|one|this|that|another"
    r"|[A-Z][^.!?\n“”\"]{0,40}?['’]s?)\s(?:[\w’'-]+\s){0,3}?"
    r"(?:(?:stage )?play|novels?|novella|sketch|satire|parody|spoof|comedy|musical|sitcom|thriller"
    r"|short story|fable|farce|graphic novel|film|movie|miniseries|biopic|opera|screenplay|drama)\b"
    r"(?!\s(?:industry|business|studio|festival|awards?|critic|maker|star|director))"
)
_PLACE_IN_PLOT = re.compile(
    r"\b(?:in|on|by|at)(?: the (?:end|start|beginning|middle|close) of)? (?:chapter|act|scene|page"
    r"|part|episode|book) (?:\d+|[ivx]+\b|one|two|three|four|five|six|seven|eight|nine|ten|\w+teen)"
    r"|\b(?:in|by|of|at) (?:the|its|one) (?:first|second|third|fourth|fifth|sixth|opening|final"
    r"|last|closing|key|penultimate|next|best|funniest)"
    r" (?:act|scene|chapter|episode|pages?|reel)\b",
    re.IGNORECASE,
)
_WRITES = re.compile(r"\b(?:writ|wrot|argu|recall|record|not(?:es|ed))", re.IGNORECASE)
_MEMOIR = re.compile(r"\b(?:memoirs?|autobiograph\w+|diar(?:y|ies)|biograph\w+)\b", re.I)
_ENDED = re.compile(r"(?<=\w{2})[.!?][”\"’')]*\s|\n")
_OPEN, _CLOSE = "“", "”"


def set_aside(
    text: str, made: Attribution
) -> Literal["supposed", "not said", "unconfirmed"] | None:
    """
    Say how the text around a report sets it aside; None where it stands as one.

    Args:
        text: the article's.
        made: one of its attributions.
    """
    if not made.content:
        return None
    if _is_satire(text):
        return "supposed"
    start = min(span.start for span in (*made.cue, *made.content))
    for begin, end, verdict in _claims(text):
        if begin <= start < end:
            return verdict
    if _in_supposition(text, made, start) or _in_plot(text, made, start):
        return "supposed"
    return None


@lru_cache(maxsize=8)
def _is_satire(text: str) -> bool:
    """Return whether the writer calls the whole piece a satire, outside of any quotation."""
    return any(not _is_quoted(text, match.start()) for match in _SATIRE.finditer(text))


@lru_cache(maxsize=8)
def _claims(text: str) -> tuple[tuple[int, int, Aside], ...]:
    """List the paragraphs that only word a claim to be checked, with what the check found."""
    found: list[tuple[int, int, Aside]] = []
    claims = list(_CLAIM.finditer(text))
    for claim, after in zip_longest(claims, claims[1:]):
        stop = text.find("\n", claim.end())
        end = stop if stop >= 0 else len(text)
        upto = after.start() if after else len(text)
        ahead = max(claim.start() - _AHEAD, found[-1][1] if found else 0)
        verdict = _VERDICT.search(text, end, upto) or _VERDICT.search(text, ahead, claim.start())
        if verdict is None or _TRUE.match(verdict["verdict"] or ""):
            continue
        # The paragraph of the verdict says what is false: the quotation, or what was said.
        stop = text.find("\n", verdict.end() + 2)
        rest = text[verdict.start(verdict.lastgroup or 0) : stop if stop >= 0 else len(text)]
        found.append(
            (claim.start(), end, "not said" if _NO_QUOTATION.search(rest) else "unconfirmed")
        )
    return tuple(found)


def _in_supposition(text: str, made: Attribution, start: int) -> bool:
    """Return whether somebody "would" say so in what the writer bids the reader imagine."""
    cue = [text[slice(*span)] for span in made.cue[:1]]
    ahead = [led_by(text, span.start) for span in made.cue[:1]]
    *_, sentence = _ENDED.split(text[max(0, start - 200) : start])
    if not _WOULD.search(" ".join((sentence, *ahead, *cue))):
        return False
    before = text[max(0, start - _REACH) : start]
    opener = None
    for match in _SUPPOSE.finditer(before):
        opener = match
    if opener is None or _is_quoted(before, opener.end()):
        return False
    # From the opener on every paragraph must go on supposing.
    *between, _ = before[opener.end() :].split("\n")
    return all(_WOULD.search(part) for part in between[1:] if part.strip())


def _in_plot(text: str, made: Attribution, start: int) -> bool:
    """Return whether a report in the present tells on what happens in a work of fiction."""
    if not made.cue or not made.source:
        return False
    cue = " ".join(text[slice(*span)] for span in made.cue)
    if _WRITES.search(cue) or not _PRESENT.search(cue):
        return False
    before = text[max(0, start - _REACH) : start]
    if _MEMOIR.search(before):
        return False
    works = [match.end() for match in _PLOT.finditer(before) if not _is_quoted(before, match.end())]
    if not works:
        return False
    end = max(made.cue[-1].end, *(span.end for span in made.source))
    first = min(made.source[0].start, made.cue[0].start)
    around = led_by(text, first) + text[first:end] + followed_by(text, end)[0]
    return bool(_PLACE_IN_PLOT.search(around))


def _is_quoted(text: str, at: int) -> bool:
    """Return whether *at* lies within quotation marks that its paragraph opens."""
    part = text[text.rfind("\n", 0, at) + 1 : at]
    return part.count(_OPEN) > part.count(_CLOSE) or part.count('"') % 2 == 1

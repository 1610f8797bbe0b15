"""
Recognise quotations that the article itself exposes: "he never said so", "this quote is fake".

A headline asks, or says what somebody "really" said; a paper quotes somebody and he denies it in
the same paragraph; words in quotation marks return in a sentence that calls them invented. Offsets
are characters into the text. Pure; no I/O.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from index.attribution.unsaid.clauses import led_by
from index.types import Attribution, Span

_PAPER = (
    r"(?:quot(?:e|es|ation|ations)|remarks?|words|sentence|statement|comment|line|caption|tweet|post"
    r"|claim|headline|meme|screenshot|letter|message|clip|video)"
)
_FAKE = (
    r"(?:(?:\w+ly )?(?:fake|invented|made[ -]up|fabricated|forged|bogus|false|untrue|misattributed"
    r"|doctored|concocted)\b|an? (?:\w+ )?(?:fake|fabrication|forgery|hoax|invention|lie|fiction"
    r"|misquotation|misquote)\b|never (?:said|uttered|spoken|made|written)|not (?:genuine|authentic"
    r"|real|true)|wrongly attributed)"
)
_SAY = (
    r"(?:sa(?:y|id)|utter(?:ed)?|writ(?:e|ten)|wrote|ma[dk]e|used?|sp(?:eak|oken)|tweet(?:ed)?"
    r"|post(?:ed)?)"
)
_HERE = r"(?= *[.,;”\"]|$)"
_IT = (
    rf"(?:so{_HERE}|that{_HERE}|this{_HERE}|it{_HERE}|those|these|any such|such (?:a|things?)"
    r"|the words|the sentence|the quote|the phrase|anything (?:of the (?:kind|sort)|like)|any of)"
)
_DISOWNED = re.compile(
    rf"\b(?:{_PAPER})\b[^.;:!?\n]{{0,40}}?\s(?:is|are|was|were|has been|had been|proved"
    rf"|turned out to be)\s(?:\w+ly )?{_FAKE}"
    rf"|\b(?:call|dismiss|describ|denounc|reject|brand|label)\w*\s(?:[\w’'-]+ ){{0,3}}?{_PAPER}\s"
    rf"(?:as )?{_FAKE}"
    r"|\b(?:den(?:y|ies|ied)|disown(?:s|ed)?|repudiat(?:es|ed)|disput(?:es|ed)) (?:it\b|this\b"
    rf"|that{_HERE}|the {_PAPER})"
    r"|\bno (?:sign|record|proof|evidence|trace)\b[^.;]{0,40}\b(?:did|said|saying|uttered|wrote)\b"
    r"|\b(?:it|they|that|this) (?:is|are|was|were) (?:in (?:fact|truth)|really|actually)"
    r" (?:by|from|said by|the work of|coined by)\b",
    re.IGNORECASE,
)
_NEVER_SAID = re.compile(
    r"(?P<who>\b(?:[Hh]e|[Ss]he|[Tt]hey|[Ii]t|(?:[Tt]he )?(?:[A-Z][\w’'.-]+ ?){1,3}|[Tt]he [a-z]+))"
    r" ?(?i:"
    r"(?:(?:has|had|have|did) (?:not|never)|(?:did|has|had|have)n['’]t|never)(?: ever)?"
    rf" {_SAY} {_IT}"
    r"|(?:has |had |have )?said (?:nothing of the (?:kind|sort)|no such thing)"
    r"|(?:has |had |have |later |also )*den(?:y|ies|ied) (?:ever )?(?:having )?"
    r"(?:said|saying|made|making|used|using)\b)"
)
_NOT_SAY_THAT = re.compile(
    r"\b(?:(?:did|has|had|have) (?:not|never)|(?:did|has|had|have)n['’]t|never)(?: ever)?"
    r" (?:say|said|claimed?|stated?|declared?|written?|suggest(?:ed)?)\s(?:that\s)?"
    r"(?P<what>[^.,;:!?\n]+)",
    re.IGNORECASE,
)
_EXPOSES = re.compile(
    r"\bmisquot|\bnever (?:said|uttered|spoke|wrote|made|used)"
    r"|\b(?:did|has|had|have)(?: not|n['’]t) (?:say|said|utter|write|written|ma[dk]e|used?)\b"
    r"|\bden(?:y|ies|ied) (?:ever )?(?:having )?"
    rf"(?:sa(?:id|ying)|us(?:ed|ing))\b|\b{_PAPER}\b[^\n]{{0,60}}\b(?:is|was|are|were|as) {_FAKE}"
    r"|\b(?:fake|forged|fabricated|invented|doctored|made-up|bogus|false) (?:\w+ )?"
    rf"{_PAPER}\b|\b(?:was|were|is) (?:invented|made up|fabricated|taken out of context)\b",
    re.IGNORECASE,
)
# Who only hands on what another is to have said.
_HANDED_ON = re.compile(
    r"\b(?:quot|cit|credit|report|attribut|portray)(?:e|es|s|ed|ing)\b|\bas (?:saying|telling)\b"
    r"|\bto have (?:said|told|written|added|warned)\b",
    re.IGNORECASE,
)
# "Peskov quoted": he did say so, whatever comes of it.
_TELLS = re.compile(r"(?:has |had |have |also |later )*(?:quot|cit|report)(?:es?|s|ed|ing)", re.I)
_HANDS_ON = re.compile(
    r"\b(?:quot|cit|credit)(?:e|es|ed|ing)\b[^.;:]{0,60}\Z"
    r"|\b(?:report|claim|alleg|assert|suggest)(?:s|ed|ing)? (?:\w+ )?(?:that )?"
    r"(?:[\w’'.-]+ ){0,5}\Z"
    r"|\b(?:posts?|tweets?|memes?|sites?|website|tabloid|newspaper|paper|page|account|blog|video)"
    r"\b[^.;:]{0,40}\b(?:said|says|wrote|saying|that)(?: that)? (?:[\w’'.-]+ ){0,5}\Z",
    re.IGNORECASE,
)
_REALLY = re.compile(
    r"[\s”\"’',?–—-]*(?:(?:but|and|so|here['’]s|here is|this is)\s+)?(?:what|the words)\s+"
    r"(?:[\w’'.-]+\s+){1,4}?(?:really|actually|in fact|truly)\s+(?:said|says|told|wrote|meant)\b"
    r"|[\s”\"’',.–—-]*(?:(?:except|no),?\s+)?(?:he|she|they|it)\s+(?:did not|didn['’]t|never)"
    rf"(?:\s+(?:say|said)(?:\s{_IT}|\s*[.!]?\s*$)|\s*[.!]?\s*$)",
    re.IGNORECASE,
)
# "Novak did not, as was claimed," (say)
_PARTED = re.compile(
    r"\s(?:did|does|has|had|have)(?:\snot|n['’]t|\snever)\s?,[^,.;“”\"]{1,60},\s*\Z", re.I
)
_HEADED = re.compile(
    r"\W*(?:(?P<fake>fake(?: quote| news)?|hoax|false(?: quote| claim)?|debunked|misquoted?|myth"
    r"|not true|disinformation|misinformation|satire|made up|fabricated|forged|deepfake|doctored)"
    r"|fact[- ]?check(?:ed|ing)?|verified\?|rumou?r|true or false|reality check)\s*[:—–-]\s",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_STOP = re.compile(r"(?<=[\w)\]”\"’'%]{2})[.!?…]+[”\"’')]*\s+|\n")
_EMPTY = frozenset("the a an that of to in is are was were it he she they and or will be".split())
_QUOTED = re.compile(r"[“\"‘']([^“”\"\n]{6,200})[”\"’']")
_FEWEST = 2  # words that tell one quotation from another
_CAPITAL = re.compile(r"\b[A-Z][\w-]+")
_PRONOUNS = frozenset("he she they it the".split())
_MOST = 40
_SAME = 0.7


def exposed(text: str, made: Attribution) -> Literal["not said", "unconfirmed"] | None:
    """
    Say what the article exposes of a quotation; None where it stands by it.

    Args:
        text: the article's.
        made: one of its attributions.
    """
    if not made.source or not made.cue or not made.content:
        return None
    start = min(span.start for span in (*made.source, *made.cue, *made.content))
    end = max(span.end for span in (*made.source, *made.cue, *made.content))
    line_start = text.rfind("\n", 0, start) + 1
    headed = _HEADED.match(text, line_start, made.cue[-1].end)
    if headed is not None and not _STOP.search(text, headed.end(), max(headed.end(), start)):
        return "not said" if headed["fake"] else "unconfirmed"
    line_end = text.find("\n", end)
    line = text[end : line_end if line_end >= 0 else len(text)]
    if _REALLY.match(line[:120]):
        return "not said"
    own = Span(start, end)
    ahead = max((s.end for s in made.source if s.end <= made.cue[0].start), default=end)
    if _PARTED.match(text[ahead : made.cue[0].start]):
        return "not said"
    if _is_handed_on(text, made) and _is_disowned(text, made, own):
        return "not said"
    return "not said" if _returns_as_invented(text, made, own) else None


def _is_handed_on(text: str, made: Attribution) -> bool:
    """Return whether another than the speaker reports his words, or a headline's colon does."""
    cue = " ".join(text[slice(*span)] for span in made.cue).strip()
    if cue in (":", "—", "–", "-"):
        return True
    if _TELLS.fullmatch(cue) and made.source[-1].end <= made.cue[0].start:
        return False
    at = min(span.start for span in (*made.source, *made.cue))
    return bool(_HANDED_ON.search(cue) or _HANDS_ON.search(led_by(text, at)))


def _is_disowned(text: str, made: Attribution, own: Span) -> bool:
    """Return whether the sentence of a quotation, or one of the two behind it, disowns it."""
    begin, at = _sentence(text, own)
    for found in _NOT_SAY_THAT.finditer(text, begin, min(len(text), at + 300)):
        outside = found.end() <= own.start or found.start() >= own.end
        if outside and _alike(_words(found["what"]), _content(text, made)):
            return True
    rest = text[own.end : at + 400].split("\n")[0]
    source = " ".join(text[slice(*span)] for span in made.source)
    return any(
        _DISOWNED.search(sentence) or _says_he_did_not(sentence, source)
        for sentence in _STOP.split(rest)[:3]
    )


def _says_he_did_not(sentence: str, source: str) -> bool:
    """Return whether a sentence tells that the one whom *source* names never said so."""
    found = _NEVER_SAID.search(sentence)
    if found is None:
        return False
    names = {w for w in _CAPITAL.findall(found["who"]) if w.lower() not in _PRONOUNS}
    return not names or not names.isdisjoint(_CAPITAL.findall(source))


def _returns_as_invented(text: str, made: Attribution, own: Span) -> bool:
    """Return whether a sentence elsewhere repeats the words of a quotation and disowns them."""
    words = _content(text, made)
    if not _FEWEST <= len(words) <= _MOST:
        return False
    return any(
        _alike(each, words)
        for begin, end, quoted in _invented(text)
        if end <= own.start or own.end <= begin
        for each in quoted
    )


@lru_cache(maxsize=8)
def _invented(text: str) -> tuple[tuple[int, int, tuple[list[str], ...]], ...]:
    """List the sentences that disown a quotation, with the words of each quotation in them."""
    found = {}
    for match in _EXPOSES.finditer(text):
        begin, end = _sentence(text, Span(*match.span()))
        quoted = tuple(_words(each) for each in _QUOTED.findall(text, begin, end))
        if quoted:
            found[begin] = (begin, end, quoted)
    return tuple(found.values())


def _sentence(text: str, span: Span) -> tuple[int, int]:
    """Find where the sentences around *span* begin and end."""
    ends = [m.end() for m in _STOP.finditer(text, max(0, span.start - 400), span.start)]
    after = _STOP.search(text, span.end)
    return (ends[-1] if ends else max(0, span.start - 400)), (after.start() if after else len(text))


def _content(text: str, made: Attribution) -> list[str]:
    """List the words of what is reported that tell it from other reports."""
    return [word for span in made.content for word in _words(text[slice(*span)])]


def _words(part: str) -> list[str]:
    return [w for word in _WORD.findall(part) if (w := word.lower()) not in _EMPTY]


def _alike(some: list[str], own: list[str]) -> bool:
    """Return whether two wordings say the same, but for some words."""
    if len(own) < _FEWEST or len(some) < _FEWEST:
        return False
    shared = len(set(some) & set(own))
    return shared >= _SAME * max(len(set(own)), len(set(some)))

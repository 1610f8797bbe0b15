"""
Recognise contents that deny: "it had nothing to do with the attack", "the reports were false".

A spokesman rarely says "I deny", he says that nobody of his was there. The trap is the third
party: "Mattis said Russia had nothing to do with it" denies nothing of Mattis's own, so the
denied deed must be the speaker's (a pronoun, or a name that the source bears), or the denied
thing a report. A plain "did not" is no denial. Pure; no I/O.
"""

from __future__ import annotations

import re

from index.attribution.cues import classify_cue
from index.attribution.unsaid.clauses import verb_of
from index.types import Attribution

_BE = r"(?:is|are|am|was|were|be|been|has been|have been|had been)"
_ADVERB = r"(?:\s+(?:\w+ly|in any way|at all|ever))?"
_REPORTS = (
    r"(?:claims?|reports?|allegations?|accusations?|charges?|rumou?rs?|suggestions?|assertions?"
    r"|accounts?|stor(?:y|ies)|it|that|this|these|those|they)"
)
_UNTRUE = (
    r"(?:not true|untrue|false|fake|baseless|unfounded|groundless|without foundation|fabricated"
    r"|fabrications?|a fabrication|nonsense|an? (?:complete |total |outright )?lie|lies|slander)"
)
_DEED = (
    rf"(?:(?:has|have|had|having) nothing to do with"
    rf"|(?:plays?|played|has|have|had|takes?|took) no (?:part|role|hand|involvement|connections?"
    rf"|links?|ties)\b"
    rf"|(?:{_BE}{_ADVERB} not|(?:has|have|had) not been){_ADVERB} (?:involved|responsible|behind"
    rf"|guilty|to blame|complicit)\b"
    rf"|(?:did|had|has|have) not (?:take|taken) part\b|(?:did|had|has|have) not participated?\b)"
)
# The subject may be parted from its verb by a few words: "its forces in the east played no part".
_OWN = re.compile(
    rf"\b(?P<subject>[^.;:!?]{{0,60}}?)\b{_DEED}",
    re.IGNORECASE,
)
_NONE = re.compile(
    rf"\b(?:no|none of|not one)\s+(?P<subject>(?:[\w'-]+ ){{1,6}}?)(?:{_BE}{_ADVERB}"
    r"\s+(?:involved|responsible|behind|complicit)"
    r"|(?:had |has |have )?(?:joined|took part|taken part))\b",
    re.IGNORECASE,
)
_FALSE = re.compile(
    rf"\b{_REPORTS}\b[^.;:!?]{{0,60}}?\b(?:{_BE}){_ADVERB}\s+{_UNTRUE}"
    r"(?=\s*(?:$|[^\w\s]|(?:and|but|that|in|as|which)\b))",
    re.IGNORECASE,
)
# "It is untrue that Novak" (said); "false reports that Novak" (said).
_NOT_SO = re.compile(
    rf"(?:\b(?:it|this|that)(?:['’]s|\s+{_BE}|\s+would be)(?:\s+\w+ly)?\s+(?:{_UNTRUE}"
    r"|not(?:\s+\w+ly)?\s+(?:true|the case|correct|right|accurate|so))"
    r"|\b(?:it|this|that)\s+(?:is|was)n['’]t\s+(?:true|the case|correct|right|accurate|so)"
    r"|\b(?:false|fake|untrue|baseless|unfounded|bogus|debunked)\s+(?:claims?|reports?|rumou?rs?"
    r"|suggestions?|allegations?|stor(?:y|ies)))"
    r"(?:\s+to\s+(?:say|claim|suggest|report|assert))?\s+that\s+$",
    re.IGNORECASE,
)
# "Rumours that Novak" (said "we lost") "are false".
_TALK = re.compile(
    r"\b(?:claims?|reports?|rumou?rs?|suggestions?|allegations?|assertions?|stor(?:y|ies))"
    r"(?:\s+\w+){0,3}?\s+that\s+$",
    re.IGNORECASE,
)
_IS_FALSE = re.compile(
    rf"\s(?:is|are|was|were)(?:\s+\w+ly)?\s+{_UNTRUE}\s*[.!;]?\s*$", re.IGNORECASE
)
_WOULD_NOT_SAY = re.compile(
    r"(?:refus|declin)(?:e|es|ed|ing)\s+to\s+(?:say|state|declare|claim|admit|concede)\s+"
    r"(?!(?:whether|if|who|whom|whose|what|when|where|which|why|how|more|anything|much|exactly"
    r"|precisely|so|on|in|at|to|about)\b)(?:\S+\s+){2,}",
    re.IGNORECASE,
)
# "would not say that the gate was shut", but not "would not say whether"
_NOT_THAT = re.compile(
    r"(?:would|wo|will|could|can|did)\s?(?:not|n['’]t)(?:\s+(?:even|go so far as to))?\s+(?:say"
    r"|state"
    r"|declare|claim|admit|concede)\s+that\s",
    re.IGNORECASE,
)
# "Not once did Novak" (say); "never before" grants that she now does.
_AT_NO_TIME = re.compile(
    r"(?:^|[,;]\s|\b(?:and|but|yet|that)\s|^[\s”\"]*)(?:not (?:once|(?:even )?for (?:a|one)"
    r" (?:moment|second|minute))|nowhere|at no (?:point|time|stage|moment)"
    r"|never(?! before)(?: once)?|on no (?:occasion|account)|in no (?:way|speech|interview"
    r"|statement)|in none of|by no means|under no circumstances|nor|neither)\b[^.;:!?“”\"]{0,80}?"
    r"\s(?:did|does|do|has|have|had|would|will)\s+(?:\w+\s+){0,4}?$",
    re.IGNORECASE,
)
# "Neither the mayor, Ida Lind, nor the governor, Al Finn," (said)
_NEITHER = re.compile(
    r"^\W*(?:(?:and|but|yet)\s)?neither\s[^“”\"\n]{2,80}?\snor\s(?:[\w’'.-]+\s){0,5}?[\w’'.-]+"
    r"(?:,\s(?:[A-Z][\w’'.-]*\s?){1,4},)?\s(?:(?:has|have|had|ever|yet)\s)*$",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<=[a-z\d)”\"][.!?])\s|[;:\n]")
# "“We go” is not what Novak" (said)
_NOT_WHAT = re.compile(
    r"\b(?:is|was|are|were)(?:\s+not|n['’]t|\s+never)\s+(?:at all\s+)?(?:what|something|anything"
    r"|how|a word|the words?)\s+(?:that\s+)?(?:\w+\s+){0,4}?$",
    re.IGNORECASE,
)
_DENIES_SAYING = re.compile(
    r"(?:(?:(?:was|were|is|are|been|being)\s+)?(?:forced|obliged|compelled|made|left|pressed|driven)"
    r"\s+(?:again\s+)?to\s+|(?:had|has|have|having|was|is|moved|rushed|tried|sought|hurried)\s+to\s+"
    r"|(?:has|have|had|would|will|must|could|later|also|again|promptly)\s+)*"
    r"den(?:y|ies|ied|ying)\s+(?:ever\s+|having ever\s+)?(?:(?:saying|telling|writing|claiming"
    r"|threatening|promising|stating|calling|suggesting|using|uttering|making)\b|having\s+(?:ever\s+)?"
    r"(?:said|told|written|claimed|threatened|promised|stated|called|suggested|used|uttered|made)\b"
    r"|(?:(?:an?|the|any)\s+)?(?:(?:[a-z]+\s+)?(?:reports?|claims?|suggestions?|accounts?|rumou?rs?"
    r"|allegations?|stor(?:y|ies))\s+)?that\s+(?:he|she|it|they)\s+(?:(?:had|has|have)\s+)?(?:ever\s+)?"
    r"(?:said|told|written|claimed|threatened|promised|stated|called|suggested)\b)",
    re.IGNORECASE,
)
_SELF = re.compile(r"\b(?:it|he|she|they|we|i|its|his|her|their|our|my)\b", re.IGNORECASE)
_OPEN = re.compile(r"\b(?:if|whether|unless|until|would|could|might|may)\b", re.IGNORECASE)
_CLAUSE = re.compile(r"[.!?;:]\s|[“”\"\n]")
_LETTERS = 5


def denies(content: str, source: str) -> bool:
    """
    Return whether *content* denies a deed of the speaker's own, or calls a report untrue.

    Args:
        content: what was reported, its parts joined by blanks.
        source: the wording that names who reported it.
    """
    plain = " ".join(content.replace("’", "'").split())
    plain = re.sub(r"n't\b", " not", plain)
    for match in (*_OWN.finditer(plain), *_NONE.finditer(plain)):
        if not _OPEN.search(match.group()) and _is_own(match["subject"], match, source):
            return True
    return any(not _OPEN.search(match.group()) for match in _FALSE.finditer(plain))


def denies_in_substance(text: str, made: Attribution) -> bool:
    """Return whether *made* is a denial by its content alone, its cue being one of plain saying."""
    if made.cue_class != "denied" or not made.cue:
        return False
    cue = " ".join(text[span.start : span.end] for span in made.cue)
    end = made.cue[-1].end
    return classify_cue(cue, after=text[end : end + 40]).cue_class == "said"


def is_unsaid(text: str, made: Attribution) -> bool:
    """
    Return whether an article reports that what *made* holds was not said.

    That is so of "did not say", "it is untrue that she said", "reports that she said … are false"
    and "refused to say that"; "it is untrue that she never said" reports that she did.

    Args:
        text: the article's.
        made: one of its attributions.
    """
    if not made.cue:
        return False
    end = max(span.end for span in (*made.cue, *made.content))
    own = text[made.cue[0].start : end] + " "
    if made.cue_class == "declined":
        return bool(_NOT_THAT.match(own) or _WOULD_NOT_SAY.match(own))
    if _DENIES_SAYING.match(own):
        return True
    if made.cue_class != "said":
        return False
    # The very word that stands before the verb negates it: "Nor" (did Novak) "say".
    return _is_ruled_out(text, made) or made.negated != _is_called_untrue(text, made)


def _is_ruled_out(text: str, made: Attribution) -> bool:
    """Return whether a report begins with "nor did", "at no time has" or "is not what"."""
    verb = verb_of(text, made)
    if _NEITHER.search(_SENTENCE.split(text[max(0, verb.start - 160) : verb.start])[-1]):
        return True
    # A verb before its subject may be read as a part of it: "At no time" (did Novak) "say".
    last = max((s.start for s in made.source if s.end <= verb.start), default=verb.start)
    clause = _CLAUSE.split(text[max(0, last - 120) : last])[-1]
    return bool(_AT_NO_TIME.search(clause) or _NOT_WHAT.search(clause))


def _is_called_untrue(text: str, made: Attribution) -> bool:
    """Return whether the sentence around a report calls it untrue that it was said."""
    start = min(span.start for span in (*made.source, *made.cue))
    before = text[max(0, start - 120) : start]
    if _NOT_SO.search(before):
        return True
    behind = re.split(r"(?<=[.!?])\s|\n", text[made.cue[-1].end :][:400])[0]
    return bool(_TALK.search(before) and _IS_FALSE.search(behind))


def _is_own(subject: str, match: re.Match[str], source: str) -> bool:
    """Return whether the subject of a denied deed is the speaker or one of the speaker's."""
    if _SELF.search(subject):
        return True
    names = re.findall(r"\b[A-Z]\w+", subject)
    if not names:
        # "no forces were involved": whose they are goes without saying.
        return match.re is _NONE
    borne = {name[:_LETTERS].casefold() for name in re.findall(r"\w+", source)}
    return all(name[:_LETTERS].casefold() in borne for name in names)

"""
Recognise words that nobody said: supposed, played, put into somebody's mouth, only passed on.

"If Novak says that", "imagine Novak saying", "in the sketch, Novak says" and "did Novak say" have
a speaker, a cue and a content as a report has them; whoever reads the quote alone takes it for
one. What the article itself doubts ("allegedly said", "was misquoted as saying", "said in a
doctored video") is told apart too. Only what stands right before the speaker, in the cue or
around it in the same clause counts, for "if the vote fails, Novak said" is a report. Pure; no I/O.
"""

from __future__ import annotations

import re
from typing import Literal

from index.attribution.unsaid.clauses import followed_by
from index.attribution.unsaid.exposed import exposed
from index.attribution.unsaid.fiction import is_fiction
from index.attribution.unsaid.framing import set_aside
from index.attribution.unsaid.questions import asked
from index.attribution.unsaid.undelivered import undelivered
from index.types import Attribution

Unreal = Literal["supposed", "not said", "unconfirmed", "passed on"]

_REACH = 160  # characters of a clause that are looked at
_STOP = re.compile(r"[.!?;:“”\"\n]")
_TITLE = r"(?:(?:that|the|a|an|Mr|Mrs|Ms|Dr)\.?\s+)*"
# "If Novak says", "imagine Novak saying", "had Novak said" at the start, "wished Novak had said";
# "even if Novak says" grants that she does.
_SUPPOSED = re.compile(
    rf"(?:(?<!\beven )\b(?:if|unless|lest|whether|suppose|supposing|imagin(?:e[ds]?"
    rf"|ing)|pretend(?:s|ed|ing)?|assum(?:e|ing)|wish(?:es|ed)?|dream(?:s|t|ed)?"
    rf"|fantasi[sz](?:e[sd]?|ing)|jok(?:e[sd]?|ing)|mimick?(?:s|ed|ing)?)\s+{_TITLE}"
    rf"|\A\s*(?:should|had|were|did|does|do|has|have|will|would|could|can|may|might|is|are|was)\s+"
    rf"{_TITLE})\Z",
    re.IGNORECASE,
)
# In small letters: "May Lind said".
_MAY = re.compile(
    r"\b(?:might|may|could)\s+(?:(?:well|yet|also|have)\s+)*(?!(?:not|never|only)\b)\w+"
)
_PAPER = (
    r"(?:video|clip|audio|recording|transcript|post|tweet|statement|letter|interview|quote|quotation"
    r"|image|photo|account|speech|call|e-?mail|message|release|document|screenshot|page|site|article"
    r"|report|memo|note)s?\b"
)
# "He sat in front and said nothing."
_SILENCE = re.compile(
    r"(?:absolutely |almost )?nothing(?: (?:more|further|else|at all))?[.,]?", re.I
)
# Words for one thing: "A video is fake. In the clip Novak" (says)
_ONE_THING = (
    ("video", "clip", "footage", "recording"),
    ("audio", "recording", "call", "clip"),
    ("post", "tweet", "message", "screenshot"),
    ("letter", "memo", "document", "note", "statement"),
)
_FAKED = (
    r"(?:doctored|faked?|forged|fabricated|deepfaked?|deepfake|manipulated|ai-generated|spliced|"
    r"bogus|hoax|spoof|parody|made-up|invented|altered)"
)
_FORGERY = r"(?:forger(?:y|ies)|fakes?|hoax(?:es)?|fabrications?|deepfakes?)(?=[\s.,;:!?]|\Z)"
_FAKED_PAPER = rf"(?:{_FAKED}\s+(?:[\w-]+ ){{0,2}}?{_PAPER}|\b{_FORGERY}(?!\s+(?:news|claims?)\b))"
_FAKE = re.compile(
    r"\b(?:in|from|by|per|via|through|according to) (?:the|an?|this|that|another|some) (?:[\w-]+ )?"
    rf"{_FAKED_PAPER}|\b{_PAPER}\s(?:that was )?(?:written|sent|posted|published|issued) by"
    rf" [^,]{{3,40}}? in (?:his|her|its|their) name\b"
    rf"|{_FAKED_PAPER}[^,]{{0,40}}?\s(?:in which|where|wherein)\s+"
    r"(?:[\w’'.-]+\s+){0,6}?\Z",
    re.IGNORECASE,
)
# "A clip in which Novak" (says “we lost”) "is fake"; "in a clip that was fabricated"
_IN_WHICH = re.compile(
    rf"\b{_PAPER}[^,.;“”\"]{{0,40}}?\s(?:in which|where|wherein|of|showing|that shows|with)\s"
    r"(?:[\w’'.-]+\s+){0,6}?\Z",
    re.IGNORECASE,
)
_WAS_FAKED = (
    rf"(?:is|was|are|were|be|been)\s(?:an?\s)?(?:\w+ly\s)?(?:{_FAKED}\b|{_FORGERY}|made\s(?:by|with|using)"
    r"\s(?:an?\s)?(?:computer|AI|artificial)|generated\b|not\s(?:genuine|real|authentic))"
)
_PROVES_FAKED = re.compile(
    rf"\s*(?:that\s)?[,:]?\s?(?:“[^”\n]*”|\"[^\"\n]*\"),?\s(?:\w+ly\s)?{_WAS_FAKED}"
    r"|.*?\b(?:been\s|was\s|were\s)?(?:proven|proved|shown|found|revealed|exposed|confirmed|debunked|turned"
    rf"\sout|dismissed)\s(?:by\s[\w\s]{{2,40}}\s)?(?:to\sbe|to\shave\sbeen|as)\s(?:an?\s)?(?:\w+\s)?(?:{_FAKED}\b|{_FORGERY})",
    re.IGNORECASE,
)
_IN_FAKED = re.compile(
    rf"\bin\s(?:an?|the|this|that)\s(?:[\w-]+\s)?{_PAPER}\s(?:that|which)\s(?:\w+\s)?{_WAS_FAKED}",
    re.IGNORECASE,
)
# "A forged letter is about. In it, Novak" (says)
_IN_IT = re.compile(
    rf"\s*(?:in|on) (?:it|them|(?:the|this|that|these) (?P<noun>{_PAPER}))(?:,|\s)|\s*there,\s",
    re.IGNORECASE,
)
_FAKED_THING = re.compile(
    rf"\b{_FAKED_PAPER}|\b(?:is|was|were|are|be|been|as|proved)\s+(?:an?\s+)?(?:\w+ly\s+)?{_FAKED}\b",
    re.IGNORECASE,
)
_GENUINE = re.compile(r"\b(?:not|no|never|genuine|authentic|real)\b|n['’]t\b", re.IGNORECASE)
_MISQUOTED = re.compile(
    r"\bmis(?:quot|attribut|report|translat)\w+|\b(?:was|were|is|are|been|being)\s+(?:falsely|"
    r"wrongly|mistakenly|inaccurately|incorrectly|erroneously)\s+(?:quoted|reported|cited|credited|attributed|portrayed)\b",
    re.IGNORECASE,
)
_WRONGLY = r"(?:falsely|wrongly|mistakenly|inaccurately|incorrectly|erroneously|untruthfully)"
# "It was falsely reported that Novak" (said), "wrongly quoted Novak" (as saying)
_FALSE_REPORT = re.compile(
    rf"\b{_WRONGLY}\s+(?:reported|claimed|said|alleged|written|wrote|suggested|asserted|stated"
    rf"|rumou?red|circulated)\s+(?:[\w-]+\s+)?that\s+(?:[\w’'.-]+\s+){{0,4}}?\Z"
    rf"|\b(?:{_WRONGLY}\s+|mis-?)(?:quot|cit)(?:es?|ed|ing)\s+(?:[\w’'.-]+\s+){{0,4}}?\Z"
    rf"|\b{_WRONGLY}\s+(?:had|has)\s+(?:[\w’'.-]+\s+){{1,4}}\Z",
    re.IGNORECASE,
)
_FALSELY = re.compile(
    rf"\b{_WRONGLY}\s+(?:quot|cit|attribut|report)(?:es?|s|ed|ing)\b", re.IGNORECASE
)
_NOBODY = re.compile(
    r"\s*(?:nobody|no one|not)\b|.*\((?:a |an |his |her )?(?:parody|fake|fan|satire|spoof|deepfake|"
    r"unofficial|imitat\w+|impersonat\w+|not )[^()]*\)",
    re.IGNORECASE,
)
_DOUBTED = re.compile(
    r"\b(?:allegedly|reportedly|supposedly|purportedly|apparently|is (?:said|alleged|rumou?red|"
    r"reported) to|(?:often|widely|commonly|usually|sometimes|popularly|frequently) (?:credited"
    r"|attributed|ascribed))\b",
    re.IGNORECASE,
)
# "There is no record of Novak" (saying so)
_NO_PROOF = re.compile(
    r"\bno (?:record|evidence|proof|trace|sign|recording|transcript"
    r"|indication)\b[^,]{0,40}?\b(?:of|that)"
    r"\s+(?:[\w’'.-]+\s+){0,4}?\Z",
    re.IGNORECASE,
)
# "Novak all but" (said)
_ALMOST = re.compile(
    r"\b(?:almost|nearly|all but|as good as|practically)\s(?:sa(?:id|ys)|told|admit|conced|conf|ann"
    r"|prom|decl)"
)
_PURPORTS = re.compile(r"\bpurport(?:ing|s|ed|edly)\b", re.IGNORECASE)
_RUMOUR = re.compile(
    r"\b(?:according to|in|from) (?:an?|the|some|several) (?:unverified|unconfirmed|unsourced)\b"
    r"|\brumou?rs?\b[^,]{0,40}\Z",
    re.IGNORECASE,
)
_PASSED_ON = re.compile(
    r"\s*(?:(?:has|had|also|later|then|promptly|re)\s*)*(?:retweet|repost|reshar|re-post|re-tweet)"
    r"(?:e?d|s|es|ing)?\b|\s*(?:has |had |also |later |then )*(?:shar|lik|forward|circulat)"
    r"(?:e?d|e?s|ing)?\s+(?:an?|the|this|that|another|several)\s+(?:[\w’'-]+ ){0,3}?(?:post|tweet|"
    r"video|article|message|clip|link|meme|letter|story|column|quote)s?\b",
    re.IGNORECASE,
)


def unreal(text: str, made: Attribution) -> Unreal | None:
    """
    Say what keeps *made* from being a report of what was said; None for a report.

    Args:
        text: the article's.
        made: one of its attributions.
    """
    if not made.cue or not made.source:
        return set_aside(text, made)
    start = min(span.start for span in (*made.source, *made.cue))
    source = text[made.source[0].start : made.source[-1].end]
    before = _STOP.split(text[max(0, start - _REACH) : start])[-1]
    end = max(made.cue[-1].end, *(span.end for span in made.source))
    after = _STOP.split(text[end : end + _REACH])[0]
    said = text[made.source[-1].end : made.cue[-1].end] if made.source[-1].end < end else ""
    cue = " ".join(text[slice(*span)] for span in made.cue)
    if _FAKE.search(before) or _FAKE.search(f"{cue}{after}") or _MISQUOTED.search(f"{said} {cue}"):
        return "not said"
    rest = followed_by(text, end)[0]
    led = _STOP.split(text[max(0, end - _REACH) : made.cue[0].start])[-1]
    faked = _IN_WHICH.search(led) and _PROVES_FAKED.match(rest)
    if faked or _IN_FAKED.search(rest):
        return "not said"
    if _in_forgery(text[max(0, start - 2 * _REACH) : start]):
        return "not said"
    if _SILENCE.fullmatch(" ".join(text[slice(*span)] for span in made.content)):
        return "not said"
    if _NOBODY.match(source) or _FALSE_REPORT.search(before) or _FALSELY.search(cue):
        return "not said"
    found = asked(text, made) or undelivered(text, made) or exposed(text, made)
    found = found or set_aside(text, made)
    if found is not None:
        return found
    if _PASSED_ON.match(f"{cue}{after}"):
        return "passed on"
    if _ALMOST.search(text[max(0, made.cue[0].start - 12) : made.cue[0].start] + cue[:12]):
        return "supposed"
    if _SUPPOSED.search(before) or _MAY.match(cue) or _MAY.fullmatch(said.strip()):
        return "supposed"
    if is_fiction(text, made):
        return "supposed"
    if (
        _NO_PROOF.search(before)
        or _DOUBTED.search(f"{said} {cue}{after[:4]}")
        or _PURPORTS.search(source)
        or _RUMOUR.search(before)
    ):
        return "unconfirmed"
    return None


def _in_forgery(before: str) -> bool:
    """Return whether words stand "in it", and the sentence before tells of a forged paper."""
    *earlier, clause = _STOP.split(before)
    last = next((part for part in reversed(earlier) if part.strip()), "")
    here = _IN_IT.match(clause)
    if here is None or not _FAKED_THING.search(last) or _GENUINE.search(last):
        return False
    noun = (here.group("noun") or "").rstrip("s").lower()
    return any(
        noun in kind for kind in _ONE_THING if any(word in last.lower() for word in kind)
    ) or (noun in last.lower())

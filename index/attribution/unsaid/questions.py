"""
Recognise questions: "Did Novak say that the port was shut?" says nothing of what she said.

A question that asks why or how often grants that it was said. What answers a question ("No.",
"Yes, she did.") tells too. Offsets are characters into the text. Pure; no I/O.
"""

from __future__ import annotations

import re
from typing import Literal

from index.attribution.unsaid.clauses import followed_by, is_worded, led_by, verb_of
from index.types import Attribution

_JOINED = (
    r"[\s(*•–—-]*(?:(?:and|but|so(?=,|\s(?:what|when|where|who|how)\b)|or|then|now|well|yet|also"
    r"|first|again|really),?\s+)*"
)
_NOT = r"(?:n['’]t|\s+not)?"
_ASKS = (
    r"(?:(?P<asks>(?:(?:since|until|at|in|on|to|by|from|with)\s+)?(?:when|where|what|which|who|whom"
    r"|how|why)\b[^.?!;:]{0,40}?)\s+)?"
)
_DID = re.compile(
    rf"{_JOINED}{_ASKS}(?P<verb>did|does|do|will|would|could|can|should|shall|might|may|must){_NOT}"
    r"\s+\S",
    re.IGNORECASE,
)
_HAS = re.compile(rf"{_JOINED}{_ASKS}(?P<verb>has|have|had){_NOT}\s+\S", re.IGNORECASE)
_IS = re.compile(rf"{_JOINED}{_ASKS}(?P<verb>is|are|was|were){_NOT}\s+\S", re.IGNORECASE)
# "Could it be that Novak" (said), "do you believe Novak" (said)
_IS_IT_SO = re.compile(
    rf"{_JOINED}(?:is|was|are|were|do|does|did|can|could|would|may|might|will|should){_NOT}\s"
    r"[^.?!;:]{1,60}?\b(?:true|possible|likely|conceivable|so|correct|right|the case|credible"
    r"|plausible|certain|proven|be|believe|think|suppose|imagine|accept|swallow|mean)\s+(?:that\s+)?"
    r"(?:(?:the|an?|Mr|Mrs|Ms|Dr)\.?\s+)*\Z",
    re.IGNORECASE,
)
_OTHER_CLAUSE = re.compile(
    r"\b(?:who|whom|whose|which|that|when|while|because|since|after|before|as|if|where|although"
    r"|though|and then|until|unless|what)\b",
    re.IGNORECASE,
)
# "Had Novak said so, she would have gone."
_IF = re.compile(rf"{_JOINED}(?:had|should|were)\s+\S", re.IGNORECASE)
_FINITE = re.compile(
    r"\b(?:said|says|told|tells|wrote|writes|spoke|speaks|swore|[a-z]{2,}ed|[a-z]{3,}(?<!s)s)\b"
)
_GOING_ON = re.compile(r"\b[a-z]{2,}ing\b")
_GRANTS = re.compile(r"(?:why|how (?:often|many times|frequently|come))\b", re.IGNORECASE)
_MODAL = re.compile(r"(?:will|would|could|can|should|shall|might|may|must)", re.IGNORECASE)
_DONE = r"(?:he|she|they|it|we)\s(?:did|does|do|has|have|had|was|is)"
_YES = re.compile(
    r"[\s”\"’'–—-]*(?:yes\b|yep\b|indeed\b|it seems so|so it seems|absolutely\b(?! not)|correct\b"
    rf"|true\b|{_DONE}\b(?! ?n['’o]t| nothing| never))",
    re.IGNORECASE,
)
_NO = re.compile(
    r"[\s”\"’'–—-]*(?:no\b(?! (?:wonder|doubt|surprise))|nope\b|not\b|never\b|hardly\b|wrong\b"
    r"|false\b|untrue\b|of course not|absolutely not|nothing of the|far from it"
    rf"|fact[- ]check\w* sa(?:y|id) no\b|{_DONE}(?:\s?n['’]t| not| nothing| never))",
    re.IGNORECASE,
)
_INQUIRES = re.compile(r"\b(?:ask|wonder|inquir|enquir|question|quer|want)\w*", re.IGNORECASE)
# "Was asked" (whether he had said that): another's question, and no answer.
_WAS_ASKED = re.compile(
    r"(?:(?:was|were|is|are|been|being|be|when|if|once|after|while)\s)(?:\w+ly\s|again\s)?asked\Z",
    re.I,
)
_WHETHER = re.compile(r"[\s,]*(?:by\s[^,.]{2,60}?\s)?(?:whether|if)\s", re.I)
# "“We leave?” Lind asked": the mark ends what was said, not who says so.
_WITHIN = re.compile(r"[?][”\"’']\s*\Z")


def asked(text: str, made: Attribution) -> Literal["supposed", "not said"] | None:
    """
    Say what a question makes of a report; None where nothing is asked or the answer is yes.

    Args:
        text: the article's.
        made: one of its attributions.
    """
    if not is_worded(text, made):
        return None
    verb = verb_of(text, made)
    cue = text[slice(*verb)]
    if _WAS_ASKED.search(text[max(0, verb.end - 40) : verb.end]) and _WHETHER.match(text, verb.end):
        return "supposed"
    rest, behind = followed_by(text, verb.end)
    question = rest.endswith("?") or bool(_WITHIN.search(rest[:-1]) and behind[:1] in ("", "\n"))
    sentence = led_by(text, verb.start)
    subject = min((s.start for s in made.source if s.end <= verb.start), default=verb.start)
    inverted = _is_inverted(sentence, cue, question)
    uncertain = question and bool(_IS_IT_SO.fullmatch(led_by(text, max(subject, 0))))
    if not inverted and not uncertain:
        plain = question and not _INQUIRES.search(cue)
        return "not said" if plain and _NO.match(behind) else None
    if _YES.match(behind):
        return None
    return "not said" if _NO.match(behind) else "supposed"


def _is_inverted(sentence: str, cue: str, question: bool) -> bool:
    """Return whether a sentence up to its cue asks whether somebody said a thing."""
    did = _DID.match(sentence)
    if did is not None and not _FINITE.search(cue):
        grants = did["asks"] and _GRANTS.match(did["asks"]) and not _MODAL.fullmatch(did["verb"])
        modal = _MODAL.fullmatch(did["verb"])
        return not grants and (question or not (modal or did["asks"]) or _is_if(sentence))
    if not question:
        return _is_if(sentence)
    has = _HAS.match(sentence)
    if has is not None and not (has["asks"] and _GRANTS.match(has["asks"])):
        return not _OTHER_CLAUSE.search(sentence[has.end("verb") :])
    being = _IS.match(sentence)
    if being is None or not _GOING_ON.match(cue):
        return False
    return not _OTHER_CLAUSE.search(sentence[being.end("verb") :])


def _is_if(sentence: str) -> bool:
    """Return whether a sentence up to its cue only supposes: "Had Novak" (said)."""
    found = _IF.match(sentence)
    return found is not None and not _OTHER_CLAUSE.search(sentence[found.end() :])

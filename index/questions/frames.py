"""
The frames of questions: where the asked-about speaker stands, and where the topic.

"What did X say about Y", "X's reaction to Y", "according to X", "who denied Y". The trap is
that a speech verb or noun is often none ("chemical weapons claims", "the State Department"),
so a frame without question words holds only if its subject is somebody (*is_quotable*). Nothing
here knows who that is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from index.types import CueClass

# Cue class -> its verbs and nouns, as regular expressions.
_STANCES: tuple[tuple[CueClass, str, str], ...] = (
    (
        "denied",
        r"den(?:y|ies|ied|ying)|refut(?:es?|ed|ing)|disput(?:es?|ed|ing)|dismiss(?:es|ed|ing)?",
        r"denials?",
    ),
    (
        "confirmed",
        r"confirm(?:s|ed|ing)?|acknowledg(?:es?|ed|ing)|admit(?:s|ted|ting)?|conced(?:es?|ed|ing)",
        r"confirmations?|admissions?",
    ),
    (
        "accused",
        r"accus(?:es?|ed|ing)|blam(?:es?|ed|ing)|alleg(?:es?|ed|ing)",
        r"accusations?|allegations?",
    ),
    ("declined", r"declin(?:es?|ed|ing)|refus(?:es?|ed|ing)", r"refusals?"),
    (
        "demanded",
        r"demand(?:s|ed|ing)?|urg(?:es?|ed|ing)|call(?:s|ed|ing)?\s+(?:for|on|upon)"
        r"|request(?:s|ed|ing)?|insist(?:s|ed|ing)?",
        r"demands?|calls\s+for",
    ),
    (
        "warned",
        r"warn(?:s|ed|ing)?|threaten(?:s|ed|ing)?|caution(?:s|ed|ing)?",
        r"warnings?|threats?",
    ),
    (
        "promised",
        r"promis(?:es?|ed|ing)|pledg(?:es?|ed|ing)|vow(?:s|ed|ing)?",
        r"promises?|pledges?|vows?",
    ),
)
_SAYING = (
    r"sa(?:y|ys|id|ying)|tell|tells|told|telling|stated|stating|claim(?:s|ed|ing)?"
    r"|announc(?:es?|ed|ing)|comment(?:s|ed|ing)?|remark(?:s|ed|ing)?|respond(?:s|ed|ing)?"
    r"|repl(?:y|ies|ied|ying)|react(?:s|ed|ing)?|argu(?:es?|ed|ing)|thinks?|thought"
    r"|believ(?:es?|ed)|mention(?:s|ed|ing)?|noted|report(?:s|ed|ing)?|declar(?:es?|ed|ing)"
    r"|explain(?:s|ed|ing)?|suggest(?:s|ed|ing)?|describ(?:es?|ed|ing)|talk(?:s|ed|ing)?"
    r"|speak(?:s|ing)?|spoken?|writ(?:es?|ing)|wrote|written|tweet(?:s|ed|ing)?|answer(?:s|ed)?"
    r"|critici[sz](?:es?|ed|ing)|condemn(?:s|ed|ing)?|prais(?:es?|ed|ing)|call(?:s|ed|ing)?"
    r"|quoted|propos(?:es?|ed|ing)|ask(?:s|ed|ing)?\s+for|want(?:s|ed)?"
)
_NOUN = (
    r"statements?|comments?|remarks?|quotes?|quotations?|reactions?|responses?|repl(?:y|ies)"
    r"|positions?|views?|stance|opinions?|words?|line|take|claims?|version|answers?|verdicts?"
    r"|excuses?|explanations?|assessments?|forecasts?|predictions?|estimates?|advice|messages?"
    r"|apolog(?:y|ies)|criticism|praise|defen[cs]e|figures?|appeals?|pleas?|tributes?|complaints?"
)
STANCES = tuple(stance for stance, _, _ in _STANCES)
STANCE_NOUNS = "|".join(nouns for _, _, nouns in _STANCES)
NOUNS = rf"(?:{_NOUN}|{STANCE_NOUNS})"
VERB = "(?:" + "|".join(verbs for _, verbs, _ in _STANCES) + f"|{_SAYING})"
AUX = r"(?:did|does|do|has|have|had|is|was|are|were|will|would|can|could|should|might)(?:n['’]?t)?"
_ADVERB = (
    r"(?:have|had|been|be|being|ever|also|just|actually|really|publicly|officially|already|now|yet"
    r"|recently|lately|to|got|exactly|once|still|since|else|currently|explicitly|later)"
)
_ABOUT = r"(?:on|about|regarding|re|over|concerning|towards?|to|of|for|against|in|with)"
_ASK = r"(?:what|how|when|why|where|which|whom?|everything|whatever)"
# "how well does it work", "how far will it climb"
_MEASURE = (
    r"(?:well|far|long|old|big|bad|strong|fast|large|deep|soon|often|high|likely|dangerous|serious"
    r"|badly|late|close)"
)
_ANY_WORD = r"anything|something|everything|latest|news|word|updates?"


# "the minister on what the mayor said": the verb is another's.
_ASKED_ON = re.compile(r"(?i)\s(?:on|about|over)\s+(?:what|why|how|whether|who|when)\b")


@dataclass(frozen=True, slots=True)
class QuestionFrame:
    """
    What the wording of a question says.

    ``subject`` is the text that names who is asked about, None if nobody is named; ``topic``
    the text of the topic, not yet cleaned. ``firm`` if the frame alone makes the subject one,
    whoever it is: then an unknown name is a name. ``asks_fact`` if something else is asked than
    what was said ("did Russia shoot it down?"): only what was said of it can be answered.
    """

    subject: str | None
    topic: str
    stance: CueClass | None = None
    negated: bool = False
    firm: bool = True
    asks_fact: bool = False


IsQuotable = Callable[[str], bool]


def stance_of(word: str) -> CueClass | None:
    """Find the cue class of a verb or noun; None for plain saying."""
    bare = " ".join(word.casefold().split())
    for stance, verbs, nouns in _STANCES:
        if re.fullmatch(f"{verbs}|{nouns}", bare):
            return stance
    return None


def read_frame(text: str, is_quotable: IsQuotable) -> QuestionFrame | None:
    """
    Find the frame of a question.

    Args:
        text: the question without its dates, quotation and final marks.
        is_quotable: whether a phrase names a party, a known speaker or a role.

    Returns:
        The frame that fits first; None for bare words ("russia tank").
    """
    for reader in (_according, _who, _passive, _what_did, _noun, _stated, _yes_or_no, _about):
        for frame in reader(text, is_quotable):
            return frame
    return None


def _search(pattern: str, text: str) -> re.Match[str] | None:
    return re.search(pattern, text, re.IGNORECASE)


def _according(text: str, is_quotable: IsQuotable) -> Iterator[QuestionFrame]:
    """Read "according to X, what happened in Y" and "in X's words"."""
    match = _search(
        r"\b(?:according\s+to|as\s+per|in\s+the\s+words\s+of)\s+(?P<subject>[^,;:]+?)"
        r"(?P<rest>(?:[,;:]|\s+(?:on|about|regarding|over|what|how|why|who|in)\b).*)?$",
        text,
    )
    if match:
        topic = f"{text[: match.start()]} {(match['rest'] or '').lstrip(',;: ')}"
        topic = re.sub(rf"(?i)^\s*{_ASK}\s+(?:{_MEASURE}\s+)?(?:{AUX}\s+)?(?:happened|going on)?\b",
                       "", topic)  # fmt: skip
        yield QuestionFrame(match["subject"], topic)


def _who(text: str, _: IsQuotable) -> Iterator[QuestionFrame]:
    """Read "who has denied Y", "did anyone confirm Y": nobody in particular is asked about."""
    match = _search(
        rf"^(?:(?:who|whoever|which\s+\w+)(?:\s+(?:all|else))?"
        rf"(?:\s+in\s+(?P<place>.+?))?"
        rf"|{AUX}\s+(?:any(?:one|body)|some(?:one|body)))"
        rf"(?:\s+(?:{AUX}|{_ADVERB}))*(?P<negated>\s+(?:not|never))?\s+(?P<verb>{VERB})\b(?P<topic>.*)$",
        text,
    )
    if match:
        topic = re.sub(r"(?i)^\s*what\b(?:\s+about\b)?", "", match["topic"])
        stance = stance_of(match["verb"])
        yield QuestionFrame(match["place"], topic, stance, bool(match["negated"]))
        return
    match = _search(rf"^(?:who)\b(?P<fact>\s+{AUX})?(?P<topic>\s.*)$", text)
    if match and not _search(rf"^who(?:m)?\s+{AUX}\s+.+?\s{VERB}\b", text):
        yield QuestionFrame(None, match["topic"], asks_fact=bool(match["fact"]))


def _passive(text: str, _: IsQuotable) -> Iterator[QuestionFrame]:
    """Read "what was said about Y", "what has been said by X about Y"."""
    match = _search(
        rf"^(?:what|anything|something|has\s+anything|was\s+anything|how\s+much)"
        rf"(?:\s+(?:{AUX}|{_ADVERB}))+(?P<negated>\s+not)?\s+(?P<verb>{VERB})\b(?P<rest>.*)$",
        text,
    )
    if match:
        by = re.match(r"(?i)\s*(?:by|from)\s+(?P<subject>.+?)(?P<topic>\s+(?:on|about)\b.*)?$",
                      match["rest"])  # fmt: skip
        stance, negated = stance_of(match["verb"]), bool(match["negated"])
        if by:
            yield QuestionFrame(by["subject"], by["topic"] or "", stance, negated)
        else:
            yield QuestionFrame(None, match["rest"], stance, negated)


def _noun(text: str, is_quotable: IsQuotable) -> Iterator[QuestionFrame]:
    """Read "statements by X on Y", "reactions to Y from X", "X's reaction to Y"."""
    match = _search(
        rf"^(?:{_ASK}\s+{AUX}\s+)?(?:the\s+|any\s+|all\s+|latest\s+|recent\s+)*"
        rf"(?P<noun>{NOUNS}|{_ANY_WORD})\s+(?:made\s+|issued\s+|(?:new|fresh|else|more)\s+)?"
        rf"(?:by|from|of)\s+(?P<subject>.+?)(?P<topic>\s+{_ABOUT}\s.*)?$",
        text,
    )
    if match and (not text[match.end("noun") :].lower().startswith(" of ")
                  or is_quotable(match["subject"])):  # fmt: skip
        yield QuestionFrame(match["subject"], match["topic"] or "", stance_of(match["noun"]))
        return
    match = _search(
        rf"^(?:the\s+|any\s+|latest\s+)*(?P<noun>{NOUNS})(?P<topic>\s+{_ABOUT}\s.+?)"
        r"\s+(?:from|by|in)\s+(?P<subject>.+)$",
        text,
    )
    if match and is_quotable(match["subject"]):
        yield QuestionFrame(match["subject"], match["topic"], stance_of(match["noun"]))
        return
    match = _search(
        rf"^(?:(?:{_ASK}|{AUX})\s+(?:{AUX}\s+)?)?(?P<subject>.+?)(?P<poss>['’]s?)?\s+"
        rf"(?:latest\s+|recent\s+|official\s+|own\s+)*(?P<noun>{NOUNS})"
        rf"(?P<topic>\s+(?:{_ABOUT}|at|after|before|during|when)\s.*|\s*)$",
        text,
    )
    if match and is_quotable(match["subject"]):
        yield QuestionFrame(match["subject"], match["topic"], stance_of(match["noun"]))


def _what_did(text: str, is_quotable: IsQuotable) -> Iterator[QuestionFrame]:
    """Read "what did X say about Y", "did X deny Y", "what X said"."""
    ask = rf"(?P<ask>{_ASK}(?:\s+(?:else|exactly))?\s+(?:{AUX}\s+)?|{AUX}\s+)"
    for match in re.finditer(rf"\s(?P<verb>{VERB})\b", text, re.IGNORECASE):
        before = _search(rf"^{ask}(?P<subject>.+)$", text[: match.start()])
        if before is None:
            continue
        subject, negated = _bare_subject(before["subject"])
        if not subject:
            continue
        copula = _search(rf"^(?:{_ASK}\s+)?(?:is|was|are|were)\s", text)
        if copula and not is_quotable(subject):
            continue
        # "why did X leave the talks": after "did" no verb ends in -s, whatever else it is.
        plural = match["verb"].lower().endswith("s") and match["verb"].lower() != "says"
        if plural and not is_quotable(subject):
            continue
        negated = negated or bool(re.search(r"(?i)n['’]?t\b", before["ask"]))
        topic, stance = text[match.end() :], stance_of(match["verb"])
        if match["verb"].lower() in ("tell", "told", "telling"):
            # "tell Turkey about the tank": to whom it was said is no part of the topic.
            topic = re.sub(r"(?i)^(?:\s+\S+){1,4}?(?=\s+(?:about|on|regarding)\s+\S)", "", topic)
        either = _search(rf"^\s+(?:or|and)\s+{VERB}\b", topic)
        if either:  # "confirm or deny": any statement will do
            topic, stance = topic[either.end() :], None
        yield QuestionFrame(subject, topic, stance, negated)


def _bare_subject(text: str) -> tuple[str, bool]:
    """Strip what stands between a subject and its verb; say whether "not" was there."""
    trailing = re.compile(rf"(?:\s+|^)(?:{_ADVERB}|{AUX}|not|never)$", re.IGNORECASE)
    negated = False
    while match := trailing.search(text):
        negated = negated or match.group().strip().lower() in ("not", "never")
        text = text[: match.start()]
    return text.strip(" ,"), negated


def _stated(text: str, is_quotable: IsQuotable) -> Iterator[QuestionFrame]:
    """Read "Russia denies involvement", "Lavrov said on the Kurds"."""
    for match in re.finditer(rf"\s(?P<verb>{VERB})\b", text, re.IGNORECASE):
        subject, negated = _bare_subject(text[: match.start()])
        if subject and not _ASKED_ON.search(subject) and is_quotable(subject):
            yield QuestionFrame(subject, text[match.end() :], stance_of(match["verb"]), negated)


def _yes_or_no(text: str, is_quotable: IsQuotable) -> Iterator[QuestionFrame]:
    """Read "did Russia shoot the plane down?": what X says of it. "Was Russia …" asks anyone."""
    match = _search(
        rf"^(?:{_ASK}\s+)?(?:did|does|do|has|have|had|will|would|can|could|should)\s+(?P<rest>.+)$",
        text,
    )
    if match is None:
        return
    pieces = match["rest"].split()
    for size in range(min(6, len(pieces)), 0, -1):
        subject = " ".join(pieces[:size])
        # "When will the clinic open?" is no question to the clinic, were it ever quoted.
        described = subject.islower() and not text.islower()
        if is_quotable(subject) and not described:
            topic = " ".join(pieces[size:])
            opinion = _search(r"^(?:see|view|feel|stand|think)s?\b(?:\s+(?:on|about|of))?", topic)
            topic = topic[opinion.end() :] if opinion else topic
            spoken = _search(r"^apologi[sz]ed?\b", topic)  # to apologise is to say something
            topic = f"an apology {topic[spoken.end() :]}" if spoken else topic
            yield QuestionFrame(subject, topic, asks_fact=not (opinion or spoken))
            return


def _about(text: str, is_quotable: IsQuotable) -> Iterator[QuestionFrame]:
    """Read "US officials on sanctions", "Lavrov: Kurds"."""
    match = _search(
        r"^(?P<subject>.+?)(?:\s+(?:on|about|regarding|re|concerning|over)\s+|\s*:\s+)(?P<topic>.+)$",
        text,
    )
    if match and not _search(rf"^(?:{_ASK}|{AUX}|who|about|on)\b", text):
        yield QuestionFrame(match["subject"], match["topic"], firm=is_quotable(match["subject"]))


def read_sides(text: str, is_quotable: IsQuotable) -> QuestionFrame | None:
    """Read "X vs Y on Z" as a question to both sides; None unless both can be quoted."""
    match = _search(
        r"^(?:compare\s+)?(?P<one>.+?)\s+(?:vs\.?|versus)\s+(?P<other>.+?)"
        r"(?P<topic>\s+(?:on|about|regarding|concerning|over)\s+.+)?$",
        text,
    )
    if match is None or not (is_quotable(match["one"]) and is_quotable(match["other"])):
        return None
    return QuestionFrame(f"{match['one']} vs {match['other']}", (match["topic"] or "").strip())

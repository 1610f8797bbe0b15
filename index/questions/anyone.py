"""
Questions that ask nobody in particular: "any statements about Y", "who rubbished the paper?".

What stands between "who" and the matter only says how it was said ("weighed in on whether …",
"is worried about …") and is no part of the topic: no article says "rubbished". What is not known
here stays in the topic.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.questions.frames import AUX, VERB, IsQuotable, QuestionFrame, stance_of
from index.types import CueClass

_ABOUT = r"(?:on|about|regarding|re|concerning|over|towards?)"
_ASK = r"(?:what|how|when|why|where|which|whom?)"
_NOBODY = (
    r"who\s+says?\s+(?:so|it|what)|who\s+(?:said|says|spoke|thinks?|thought|commented)"
    r"(?:\s+(?:what|so|up|out|it|about\s+it))?|(?:according\s+to|says|said)\s+whom?|whose\s+words"
    r"|(?:any\s+)?(?:statements?|reactions?|comments?|quotes?|voices|opinions?|views?)"
    r"|who\s+(?:explained|explains|announced|confirmed|suggested|proposed|decided|wrote)\s+"
    r"(?:it|that|this|so)"
    r"|who\s+(?:gave|gives|has|had|cited)\s+(?:any\s+|the\s+)?(?:numbers?|figures?|views?|details)"
    r"|who\s+(?:brought|raised)\s+(?:that|it|this)(?:\s+up)?|who\s+(?:mentioned|raised)\s+(?:it|that)"
)
_ANYBODY = (
    r"voices|quotes?|reactions?|responses?|comments?|statements?|opinions?|views?|remarks?|takes?"
    r"|forecasts?|predictions?|warnings?|criticism|praise|figures?|numbers|estimates?|word|(?:any|every|some)(?:one|body)|people"
)
# How something was said, before its matter; with the stance that is taken so.
_WAYS: tuple[tuple[str, CueClass | None], ...] = (
    (
        r"(?:would|could|did|does|do|will)(?:n['’]?t|\s+not)\s+(?:talk|comment|speak|say|confirm"
        r"|discuss|answer|disclose|reveal|explain)(?:\s+(?:about|on|to|whether|if))?",
        "declined",
    ),
    (r"(?:declined|refused)\s+to\s+(?:talk|comment|speak|say|confirm|discuss|answer|disclose|reveal)"
     r"(?:\s+(?:about|on|to|whether|if))?", "declined"),
    (r"(?:has|have|had|got)\s+(?:something|anything|a\s+word|words|much)\s+to\s+say\s+(?:about|on|to)",
     None),
    (r"(?:is|was|are|were)\s+(?:\w+ly\s+)?(?:worried|concerned|upbeat|happy|angry|glad|optimistic"
     r"|pessimistic|s[ck]eptical|upset|alarmed|unhappy|relieved|afraid|confident|excited|sure)\s+"
     r"(?:about|by|over|at|that|of|for|with)", None),
    (r"(?:weighed|weighs|chimed)\s+in\s+(?:on|about)", None),
    (r"(?:gave|gives|cited|cites|quoted|offered|provided|named|put\s+out|has|have|had)\s+"
     r"(?:any\s+|the\s+|some\s+|an?\s+)?(?:figures?|numbers?|estimates?|details?|statistics"
     r"|explanations?|reasons?|advice|opinions?|views?|ideas?)\s+(?:for|on|about|of|to)", None),
    (r"(?:(?:has|have)\s+)?(?:brought\s+up|raised|mentioned|touched\s+on|addressed|discussed"
     r"|raises|mentions|discusses)", None),
    (r"(?:rubbished|slammed|blasted|attacked|critici[sz]e[sd]?|condemned|mocked|ridiculed|trashed"
     r"|praised|hailed|welcomed|applauded|lauded|rubbishes|slams|praises|condemns|oppose[sd]?|defended"
    r"|back(?:s|ed)|support(?:s|ed)?|object(?:s|ed)?\s+to|contradict(?:s|ed)?|(?:dis)?agree[sd]?\s+with"
    r"|(?:is|was|are|were|spoke|came\s+out)\s+(?:against|for|in\s+favou?r\s+of))", None),
    (r"(?:assured|assures|insisted|argued|argues|thinks?|thought|believes?|believed|doubts?|doubted"
     r"|reckons?|predicts?|predicted|feels?|felt|noted|vouched|is\s+sure|was\s+sure|said|says)\s+that",
     None),
    (r"(?:doubts?|thinks?|believes?|reckons?|predicts?|predicted)", None),
    (r"(?:has\s+|have\s+)?(?:spoken|spoke|speaks|talked|talks|written|wrote|writes|\w+ed)\s+"
     r"(?:on|about|of)(?:\s+whether)?", None),
)  # fmt: skip


def read_anyone(text: str, is_quotable: IsQuotable) -> Iterator[QuestionFrame]:
    """Read a question that asks everybody; nothing if it asks somebody."""
    for reader in (_anybody, _who):
        yield from reader(text, is_quotable)


def _who(text: str, _: IsQuotable) -> Iterator[QuestionFrame]:
    """Read "who weighed in on Y", "who wouldn't talk about Y", "who holds X responsible for Y"."""
    asks = _match(
        r"^(?:who(?:ever)?(?:\s+(?:all|else))?|(?:has|did|was)\s+(?:any|some)(?:one|body)"
        r"|(?:any|some)(?:one|body)\s+who)\s+(?P<rest>\S.*)$",
        text,
    )
    if asks is None:
        return
    rest = asks["rest"]
    blamed = _match(r"^(?:holds?|held)\s+(?P<who>.+?)\s+responsible\s+for\s+(?P<what>.+)$", rest)
    if blamed:
        yield QuestionFrame(None, _joined(blamed["who"], blamed["what"]), "accused")
        return
    cause = _match(r"^puts?\s+(?P<what>.+?)\s+down\s+to\s+(?P<why>.+)$", rest)
    if cause:
        yield QuestionFrame(None, _joined(cause["what"], cause["why"]))
        return
    for way, stance in _WAYS:
        match = _match(rf"^(?:{way})\s+(?P<topic>\S.*)$", rest)
        if match and not (stance is None and _match(rf"^(?:{VERB})\b", rest)):
            yield QuestionFrame(None, _unasked_matter(match["topic"]), stance)
            return


def _unasked_matter(topic: str) -> str:
    """Strip "whether", "how many" and the like from a matter."""
    return unasked(re.sub(r"(?i)^(?:whether|if|that|what)\s+", "", topic))


def _match(pattern: str, text: str) -> re.Match[str] | None:
    return re.search(pattern, text, re.IGNORECASE)


def _joined(first: str, rest: str) -> str:
    return " ".join(f"{first} {rest}".split())


def _anybody(text: str, is_quotable: IsQuotable) -> Iterator[QuestionFrame]:
    """Read "any statements about Y", "Y: who said what", "anything said on Y": asked of all."""
    which = _match(rf"^(?:which|what)(?P<kind>(?:\s+(?!{AUX}\b)[^\s,]+){{1,3}}?)\s+"
                   rf"(?P<verb>{VERB})\b(?P<topic>\s.*)$", text)  # fmt: skip
    if which and (_match(r"^which\s+[a-z]", text) or not is_quotable(which["kind"])):
        yield QuestionFrame(None, _joined(which["kind"], which["topic"]), stance_of(which["verb"]))
        return
    tail = _match(rf"^(?P<topic>.+?)\s*(?:[,;:–—]|\s-|\band\b)+\s*(?:{_NOBODY})$", text)
    if tail and not is_quotable(tail["topic"]):
        yield QuestionFrame(None, unasked(tail["topic"]))
        return
    head = _match(
        rf"^(?:(?:is|are|was|were)\s+there\s+)?(?P<any>(?:(?:any|all|the|some|more|latest|recent)\s+)*)"
        rf"(?P<kind>(?:[\w'’-]+\s+){{0,2}}?)"
        rf"(?:(?P<noun>{_ANYBODY})|(?:any|some|every)thing\s+(?:was\s+|been\s+)?said)\s+"
        rf"(?:made\s+)?(?:{_ABOUT}|to|for)\s+(?P<topic>.+)$",
        text,
    )
    plain = _match(r"^(?:\S+\s+){0,2}(?:voices|quotes)\s|^(?:any|every|some)", text)
    if head is None or not (head["any"] or plain) or (head["kind"] and is_quotable(head["kind"])):
        return
    if head["kind"] and not plain:
        return
    # "reactions to the fine from Norway" names one.
    voice = _match(r"\s(?:from|by)\s+(?P<subject>[^,]+)$", head["topic"])
    if voice is None or not is_quotable(voice["subject"]):
        yield QuestionFrame(None, head["topic"], stance_of(head["noun"] or "statement"))


def unasked(topic: str) -> str:
    """Strip the words that ask from a topic: "how many people have caught it"."""
    topic = re.sub(r"(?i)^(?:is|are|was|were)\s+there\s+(?:(?:any|some)\s+)?", "", topic)
    topic = re.sub(rf"(?i)^{_ASK}\s+(?:(?:many|much|big|far|long)\s+)?", "", topic)
    return re.sub(rf"(?i)^{AUX}\s+", "", topic)

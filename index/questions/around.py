"""
What stands around a question: greetings, requests, courtesies, corrections, other sentences.

"Hi, we need something for tonight. Sorry, I meant Turkey" holds one name that is asked for. The
trap is a full stop that ends no sentence ("Gov. Smith", "U.S. officials"), and a request that is
the question itself. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_GREETING = re.compile(
    r"^(?:(?:(?:hi|hello|hey|good\s+morning)(?:\s+(?:all|everyone|team|folks))?|sorry|ok|okay|so|well"
    r"|please|pls|thanks|thank\s+you|thx|there|(?:an?\s+)?(?:quick|short|new|another|one\s+more)\s+(?:one|question|q|thing)"
    r"|(?:no|nope|great|perfect|nice)(?=\s*[,;:.!–—]))\b"
    r"[\s,.!:;–—-]*)+(?=\w)",
    re.IGNORECASE,
)
_REQUEST = re.compile(
    r"^(?:(?:can|could|would|will)\s+you\s+)?(?:please\s+)?(?:also\s+)?"
    r"(?:(?:give|get|find|show|quote|send)\s+(?:me|us)\s+(?:something|anything|(?:an?|some|any)\s+(?:good\s+|short\s+)?"
    r"(?:quotes?|statements?))(?=\s+(?:on|about|by|from)\b)"
    r"|(?:tell|show|give|send|remind)\s+(?:me|us)(?:\s+of)?|show|find|get|list|search(?:\s+for)?"
    r"|look\s+up|compare(?!d?\s+(?:it\s+|that\s+)?(?:to|with|against)\b)|quote|(?:summari[sz]e|sum\s+up|(?:a\s+)?summary\s+of)"
    r"|(?:the\s+)?(?:differences?|comparison)\s+between"
    r"|(?:i|we)(?:['’]d)?\s+(?:want|need|would\s+like|like)\s+to\s+know|do\s+(?:you|we)\s+know"
    r"|(?:i|we)(?:['’]d)?\s+(?:need|want|would\s+like|like)\s+(?:something|anything|(?:a|some)\s+quotes?"
    r"|quotes?|statements?)(?=\s+(?:on|about|from|by)\b)"
    r"|any\s+idea|i\s+wonder|does\s+any(?:one|body)\s+know|(?:can|could|may)\s+(?:we|i)\s+(?:see|have|get|hear)"
    r"(?=\s+(?:what|who|quotes?|statements?)\b)|is\s+it\s+(?:true|right|correct)\s+that)\s+(?:if\s+|whether\s+)?(?=\S)",
    re.IGNORECASE,
)
_COURTESY = re.compile(
    r"(?i)(?:[\s,]+(?:please|pls|thanks|thank\s+you)"
    r"|(?<!since)(?<!before)(?<!by)[\s,]+(?:then|though|anyway|too|as\s+well|also))[?!. ]*$"
)
# What the answer is for, and when the asker needs it: not what was said, nor when.
_DEADLINE = re.compile(
    r"(?i)[\s,]+(?:for\s+(?:tonight|tomorrow|noon|later|(?:the|a|an|tonight['’]s|today['’]s|tomorrow['’]s|my|our)"
    r"\s+(?:(?:noon|evening|morning|late|early|next|lunchtime|midday|front|web|radio|tv)\s+)*(?:bulletin|news|show"
    r"|paper|edition|piece|story|article|page|site|script|report|package|explainer|profile|deadline|colleague"
    r"|briefing|programme|program|broadcast|newsletter|podcast|live\s+blog|roundup|wrap)"
    r"(?:\s+(?:that\s+)?(?:i|we)(?:['’](?:m|re)|\s+am|\s+are)?\s+\w+(?:\s+(?:on|up|now|today|tonight))?)?)"
    r"|asap|a\.s\.a\.p\.?|as\s+soon\s+as\s+(?:possible|you\s+can)|urgent(?:ly)?|quick(?:ly)?|in\s+a\s+hurry"
    r"|right\s+away|(?:before|by)\s+(?:\d{1,2}(?:[:.]\d\d)?\s*(?:[ap]\.?m\.?|o['’]clock)?|noon|midday"
    r"|midnight|lunch(?:time)?|(?:the\s+|my\s+|our\s+)?deadline|(?:the\s+)?(?:bulletin|end\s+of\s+(?:the\s+)?day)))"
    r"[?!. ]*$"
)
_MEANT = re.compile(
    r"^(?:(?:no|nope|nah|sorry|oops|actually|ah|oh|wait)\b[\s,.;:!–—-]*)*"
    r"(?:(?:i|we)\s+(?:meant|mean|(?:was|were)\s+asking(?=\s+about))"
    r"|not\s+(?:him|her|them|it|th(?:at|is)(?:\s+one)?)\s*[,;:.–—-]+(?:\s*(?:but|i\s+meant?)\b)?"
    r"|not\s+(?:him|her|them|it|th(?:at|is)(?:\s+one)?)\s+but)\s+(?=\S)",
    re.IGNORECASE,
)
_MEANT_BEHIND = re.compile(r"(?i)^(?P<what>\S.*?)[\s,]+(?:i|we)\s+mea?nt?\W*$")
# A full stop ends a sentence behind a word, not behind "Gov." or "U.S.".
_SENTENCE_ENDS = re.compile(
    r"(?<=[?!])\s+(?=\S)|(?<=[a-z]{3}[.])(?<!\bgov[.])(?<!\bsen[.])(?<!\brep[.])(?<!\bgen[.])"
    r"(?<!\bprof[.])(?<!\bcapt[.])\s+(?=[A-Z0-9])|,\s+and\s+(?=(?:who|what|why|how|when|did|has"
    r"|does)\s+\S+\s+\S)|(?:^|\s)\d[.)]\s+(?=[A-Za-z])",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"^\s*\(?\d[.)]\s+")
_ASKS = re.compile(
    r"(?i)^(?:(?:and|but|so|ok|okay|also|then|please)\s+)*(?:who|whom|what|when|where|why|how|which"
    r"|did|does|has|have|was|were|is|are|any(?:thing)?|(?:can|could)\s+you)\s+\S+\s+\S"
)
_ELSE_FROM = re.compile(
    r"(?i)^(?:and\s+)?(?:(?:is|was)\s+there\s+)?(?:any|some)thing\s+else\s+(?:said\s+)?(?:from|by)\s+"
    r"(?P<who>\S.*?)(?P<about>\s+(?:on|about)\s.*)?$"
)
_REACTION_FROM = re.compile(
    r"(?i)(?:and\s+)?(?:(?:is|was)\s+there\s+)?(?:an?|any)\s+(?:official\s+)?(?:reactions?|responses?|repl(?:y|ies)"
    r"|comments?|word)\s+(?:from|by)\s+(?P<who>(?!.*\s(?:on|about|to|over)\s)\S.*)"
    r"|(?:and\s+)?anything(?:\s+(?:new|yet))?\s+from\s+(?P<from>(?!.*\s(?:on|about|to|over|in|since)\s)\S.*)"
    r"|(?:and\s+)?(?:has|have|did)\s+(?P<whom>\S+(?:\s+\S+){0,4}?)\s+sa(?:id|y)\s+anything(?:\s+(?:yet|at\s+all))?"
)
# "any confirmation?", "confirmed by whom?", "who backed that up?", each as a whole question.
_SHORT = tuple(
    (re.compile(pattern, re.IGNORECASE), question)
    for pattern, question in (
        (
            r"(?:(?:so|and)\s+)?(?:nobody|no\s*one|none\s+of\s+them)\s+(?:has\s+)?confirmed\s+(?:it|that|this)"
            r"|(?:any\s+(?:official\s+)?confirmations?(?:\s+(?:of\s+(?:that|this|it)|yet))?"
            r"|(?:and\s+)?confirmed\s+by\s+whom?|confirmed\s+by\s+any(?:one|body)"
            r"|who\s+(?:has\s+|have\s+)?(?:backed|backs|back)\s+(?:that|this|it)\s+up"
            r"|(?:and\s+)?(?:is|was|has)\s+(?:that|this|it)\s+(?:been\s+)?confirmed(?:\s+by\s+any(?:one|body))?)",
            "who confirmed it",
        ),
        (
            r"(?:(?:so|and)\s+)?(?:nobody|no\s*one|none\s+of\s+them)\s+(?:has\s+)?denied\s+(?:it|that|this)"
            r"|(?:any\s+denials?(?:\s+(?:of\s+(?:that|this|it)|yet))?|(?:and\s+)?denied\s+by\s+whom?"
            r"|(?:and\s+)?(?:is|was|has)\s+(?:that|this|it)\s+(?:been\s+)?denied(?:\s+by\s+any(?:one|body))?)",
            "who denied it",
        ),
        (
            r"(?:any\s+(?:critics?|criticism|opposition|objections?)(?:\s+(?:of|to)\s+(?:that|this|it))?"
            r"|(?:and\s+)?criticised\s+by\s+whom?)",
            "who criticised it",
        ),
        (r"(?:and\s+)?(?:says?|said)\s+who|(?:and\s+)?according\s+to\s+whom?", "who said so"),
        (
            r"(?:and\s+)?what\s+(?:is|was|were|are)\s+(?P<own>his|her|its|their)\s+(?:main\s+)?(?:points?|arguments?"
            r"|message|reasoning|thoughts?|view|opinion)",
            "what did {they} say",
        ),
        (
            r"(?:and\s+)?(?:(?:the\s+)?others|any(?:one|body)\s+else\s+(?:on|about)\s+(?:it|this|that))",
            "who else",
        ),
    )
)
_THEY = {"his": "he", "her": "she", "its": "it", "their": "they"}
_QUOTES = re.compile(r"[\"“”„«»]")
_CYRILLIC = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґ",
        "a b v g d e e zh z i y k l m n o p r s t u f kh ts ch sh shch - y - e yu ya i yi ye "
        "g".split(),
        strict=True,
    )
)


def spelt_out(text: str) -> str:
    """Make a question of "anything else from him", "any confirmation": "who confirmed it"."""
    for pattern, question in _SHORT:
        if short := pattern.fullmatch(text):
            own = short.groupdict().get("own") or "its"
            return question.format(they=_THEY[own.lower()])
    if reaction := _REACTION_FROM.fullmatch(text):
        who = reaction["who"] or reaction["from"] or reaction["whom"]
        return f"what did {who} say to that"
    match = _ELSE_FROM.match(text)
    if match is None:
        return text
    who = {"him": "he", "her": "she", "them": "they"}.get(match["who"].lower(), match["who"])
    return f"what else did {who} say{match['about'] or ''}"


def without_greeting(text: str) -> str:
    """Take "hi", "thanks!", "no," off the beginning of *text*."""
    return _GREETING.sub("", text)


def without_request(text: str) -> str:
    """Take "could you show me" off the beginning of *text*."""
    return _REQUEST.sub("", text)


def without_courtesy(text: str) -> str:
    """Take "please", and what or when the answer is needed for, off the end of *text*."""
    while (shorter := _DEADLINE.sub("", _COURTESY.sub("", text))) != text and shorter.strip():
        text = shorter
    return text


def meant_instead(text: str) -> str:
    """Find what a correction puts in the place of what was asked: "no, I meant Turkey"; or ""."""
    if match := _MEANT.match(text):
        return text[match.end() :].strip()
    behind = _MEANT_BEHIND.match(without_greeting(text))
    return behind["what"] if behind else ""


def questions_in(text: str) -> list[str]:
    """
    List the questions of a message of several sentences.

    Args:
        text: a message as typed.

    Returns:
        *text* itself where it is one sentence, where none asks, or where words are quoted.
    """
    parts = [_NUMBER.sub("", part) for part in _SENTENCE_ENDS.split(text)]
    parts = [part for part in parts if part.strip(" .,;:!?")]
    if len(parts) < 2 or _QUOTES.search(text):
        return [text]
    return [part for part in parts if _ASKS.match(without_greeting(part))] or [text]


def in_latin(text: str, is_known: Callable[[str], bool]) -> str:
    """
    Spell Cyrillic names as English papers do.

    Args:
        text: a question.
        is_known: returns whether a spelling is that of a name on record; other words stay.
    """

    def respelt(match: re.Match[str]) -> str:
        word = "".join(_CYRILLIC.get(c, c) for c in match[0].lower()).replace("-", "")
        return word.capitalize() if is_known(word) else match[0]

    return re.sub(r"[Ѐ-ӿ]{3,}", respelt, text)

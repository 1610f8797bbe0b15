"""
What a question is about: the words that remain, without the frame around them.

The topic stays as typed, because it is shown ("about the tank") and embedded; only what no
article would say ("to say about", "please", "it") is taken off its ends.
"""

from __future__ import annotations

import re

from index.questions.subject import is_quotable
from index.roster.directory import Directory
from index.speakers.gazetteer.parties import WORD, matches

_QUOTED = re.compile(
    r"“(?P<a>[^“”]+)”|\"(?P<b>[^\"]+)\"|„(?P<c>[^„“”]+)[“”]|«(?P<d>[^«»]+)»"
    r"|(?<!\w)['‘](?P<e>[^‘]+?)['’](?!\w)"
)
# Before a quotation: "who called it a “…”" asks for whoever used the words.
_WORDED = re.compile(
    r"(?i)^(?:who|which\s.+?)\s+(?:(?:has|had|have|really|first|ever)\s+)*(?:said|says|called|calls"
    r"|described|describes|spoke|speaks|talked|warned|compared|dubbed|labelled|branded|used)\b"
    r"|^did\s.+\s(?:call|describe|speak|say|compare|use)\b"
)
_LEADING = re.compile(
    r"(?:about|on|regarding|re|concerning|over|of|to|that|with|for|against|by|in|at|into|as|towards?"
    r"|how\s+(?:well|far|long|old|big|bad|strong|fast|large|deep|soon|often|high|likely|dangerous"
    r"|serious|badly|late|close)(?=\s+(?:the|an?|its?|his|her|their|this|that)\s)"
    r"|if|whether|how|why|what|is|was|anything|something|much|else|and|but|or|also|then|happen(?:ed|s|ing)"
    r"|to\s+(?:say|comment|answer|discuss|talk|speak|confirm|deny|confirm\s+or\s+deny|reporters"
    r"|journalists|the\s+(?:press|media))|comment(?:ing)?|reporters|journalists|publicly|again"
    r"|the\s+(?:topic|subject|issue|matter|question|news)\s+of"
    r"|(?:the\s+)?(?:latest|newest|new|news|updates?|reactions?|responses?|comments?|statements?)"
    r"\s+(?:on|about|to|regarding|over|from))\s+(?=\S)",
    re.IGNORECASE,
)
_TRAILING = re.compile(
    r"(?:^|\s+)(?:please|pls|so\s+far|recently|lately|yet|ever|at\s+all|exactly|of\s+(?:any|some)thing"
    r"|to\s+say|to\s+(?:reporters|journalists|the\s+press)|in\s+the\s+(?:news|press)|thanks|or\s+not"
    r"|about|on|regarding|of|and|with|over|to|for|in|at|by|that|did|does|do|say|said|else|again"
    r"|to\s+comment|comment|what|in\s+(?:reply|response|return))$",
    re.IGNORECASE,
)
_EMPTY = re.compile(
    r"(?:it|this|that|these|those|them|so|such|anything|something|everything|nothing|what|which|whom"
    r"|the\s+(?:same|news|issue|matter|topic|subject|thing)|things|stuff|who|how|why|when|where"
    r"|news|him|her|us|me|there|here|is|was|are|were|did|does|do|the|a|an|new|latest|happening)+",
    re.IGNORECASE,
)
_QUESTION = re.compile(
    r"^(?:(?:what|who|when|where|why|how|which)\b(?:\s+(?:is|are|was|were|has|have|had|did|does|do"
    r"|will|would|can|many|much|about))*|(?:is|are|was|were)(?:\s+there)?)\s+(?=\S)",
    re.IGNORECASE,
)
_FACT = re.compile(
    r"(?!what\s+is\s+(?:the\s+)?(?:new|latest)\b)(?:(?:why|when|where|how|which)\b|(?:what|who)\s+(?:is|are|was|were|will|would|caused|happen(?:ed|s))\b"
    r"|(?:is|are|was|were|will|did|does|do|has|have|had|can|could)\b)\s",
    re.IGNORECASE,
)
# Behind these stands what was said, not what about: "who said the gas will run out".
_SAID_BEFORE = re.compile(
    r"(?i)(?:\b(?:say|says|said|claims?|claimed|thinks?|thought|believes?|believed|calls?|called|describes?"
    r"|described|labels?|labelled|brands?|branded|that|whether|if)|n['’]t)\s+$"
)
_CLAUSE = re.compile(
    r"(?i)\b(?:will|would|is|are|was|were|has|have|had|can|could|should|must|might|did|does|do|cannot)\b"
    r"|n['’]t\b|,|^\w+(?<!s)\s+(?:the|an?|its|his|her|their|any|all|it|them|him)\s"
)
_REPROACHED = re.compile(r"(?i)(?:critici[sz]|condemn|prais|blam|accus|thank|attack|mock)\w*")
_UNMOVED = frozenset(
    """about against among around at before behind between both by during for from in inside into
    near of off on onto out outside over through to toward towards under with within without all
    half""".split()
)
# No statement answers it: a reason, a cause, the truth of a thing.
_BEYOND = re.compile(
    r"(?i)^(?:(?:and|but|so|ok|okay)\s+)?(?:why\b|how\s+come\b|how\s+(?:did|could|does|do|was|were|is|are)\b"
    r"|what\s+(?:happened|happens|caused|is\s+happening|led|went|really)\b|what\s+(?:is|was|were|are)\s+the\s+"
    r"(?:reasons?|cause|causes|truth|background)|(?:did|does|do|has|have|had|is|was|were|are|will|would)\b)"
)
_GROUP = re.compile(r"(?i)the\s+(?P<who>[a-z]{3,}s)")
_PLACED = frozenset(
    """about against among around at before behind between beyond by during for from in inside into
    near of off on onto outside over through to toward towards under upon via with within without
    and or""".split()
)


def take_quotation(text: str, directory: Directory) -> tuple[str, str]:
    """Split off a quotation whose speaker is wanted; one after "about" is a topic."""
    match = _QUOTED.search(text)
    if match is None:
        return "", text
    quoted = next(part for part in match.groups() if part).strip(" .,;")
    before, after = text[: match.start()].strip(), text[match.end() :].strip()
    about = re.search(r"(?i)\b(?:about|on|regarding|over|of|to|the|a|in|called|named)$", before)
    about = None if _WORDED.match(before) else about
    if about or not quoted or not any(c.isalnum() for c in quoted):
        return "", f"{before} {quoted} {after}".strip()
    asks = re.search(
        r"(?i)^(?:who|did|does|do|has|have|was|were|is|where|when|which|what)\b", before or after
    )
    if before and not asks and not is_quotable(before.split()[0], directory):
        return "", f"{before} {quoted} {after}".strip()
    return quoted, f"{before} {after}".strip() or "who said"


def clean_topic(text: str, *, shouted: bool = False) -> str | None:
    """
    Strip what is no topic from both ends of *text*; None if nothing is left.

    Args:
        text: words of a question.
        shouted: whether all of it was typed in capitals, which then mean nothing.
    """
    topic = re.sub(r"[\"“”„]", "", text).strip(" \t,.;:?!+-–—")
    topic = topic.lower() if shouted else topic
    while True:
        shorter = _TRAILING.sub("", topic) if topic else topic
        match = _LEADING.match(shorter)
        if match:
            shorter = shorter[match.end() :]
        shorter = shorter.strip(" ,.;:?!-–—")
        if shorter == topic:
            break
        topic = shorter
    if not any(c.isalnum() for c in topic) or _EMPTY.fullmatch(topic.replace(" ", "")):
        return None
    return None if _LEADING.fullmatch(f"{topic} x"[:-1] + "x") else topic


def asks_fact(text: str) -> bool:
    """Return whether words without a frame ask why, when or how many: "why did talks collapse"."""
    return bool(_FACT.match(text))


def asks_beyond(text: str) -> bool:
    """Return whether *text* asks for a reason, a cause or the truth: no statement tells them."""
    return bool(_BEYOND.match(text))


def is_clause(topic: str | None, text: str) -> bool:
    """
    Return whether *topic* is a piece of the sentence *text* and names no matter.

    "the insulin will run out", "stop the trucks" are; "the strike on the base" is none.
    """
    if not topic:
        return False
    at = text.lower().find(topic.lower())
    if at > 0 and _SAID_BEFORE.search(text[:at]):
        return len(topic.split()) > 1
    before = text[:at].split()[-1:] if at > 0 else []
    # "who thanked Turkey", "who criticised the mayor for leaving"
    if [word.lower() for word in before] == ["who"]:
        return True
    if before and _REPROACHED.fullmatch(before[0]) and re.search(r"(?i)\s(?:for|of)\s", topic):
        return " of " not in topic or before[0].lower().startswith("accus")
    return bool(_CLAUSE.search(topic)) and topic.split()[0].lower() not in _UNMOVED


def whole_clause(topic: str, text: str) -> str:
    """Give the clause *topic* its last word back: "the talks will go on"."""
    match = re.search(rf"(?i){re.escape(topic)}\s+(?:on|in|over|to|of|for|by|at|again|with)$", text)
    return match[0] if match else topic


def bare_words(text: str, directory: Directory) -> tuple[str | None, str]:
    """
    Split words without a frame ("russia tank", "tank russia", "Lavrov") into whom and what.

    Args:
        text: the question without its dates and outlet.
        directory: who can be meant.

    Returns:
        The part that names somebody, None if no part does, and the rest.
    """
    text = re.sub(r"(?i)^(?:about|on|regarding|from|by)\s+(?=\S)", "", text)
    asks = _QUESTION.match(text)
    if asks:
        return None, text[asks.end() :]
    words = list(WORD.finditer(text))
    for size in range(min(len(words), 6), 0, -1):
        head, tail = text[words[0].start() : words[size - 1].end()], text[words[size - 1].end() :]
        known = is_quotable(head, directory, described=size == len(words))
        if known and not _is_adjective(head, tail, directory):
            return head, tail
    group = _GROUP.fullmatch(text)
    if group and group["who"].lower() in directory.by_token:
        # "the importers", where an association of them is on record; "the talks" are a matter.
        return text, ""
    if 1 < len(words) <= 3 and all(word.group()[:1].isupper() for word in words):
        return text, ""  # a name that nobody on record bears
    for at in range(1, len(words)):
        before = (w.group().lower() for w in reversed(words[:at]))
        if next((word for word in before if word not in ("the", "a", "an")), "") in _PLACED:
            continue
        head, tail = text[: words[at].start()], text[words[at].start() :]
        if is_quotable(tail, directory, described=False):
            return tail, head
    return None, text


def _is_adjective(head: str, tail: str, directory: Directory) -> bool:
    """Return whether *head* only describes the noun behind it: "Russian tank"."""
    if not tail.strip():
        return False
    found = next(matches(head, directory.tables, question=True), None)
    return found is not None and found.alias.use == "adjective" and found.span == (0, len(head))

"""
How an answer is wished for: "direct quotes only", "officials only", "newest first", "shorter".

Such words are taken off a question before it is read, or they would be its topic. Pure.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import NamedTuple

from index.questions.around import without_courtesy
from index.types import Order, Query

SHORTER = 1  # statements of an answer that is wished for "shorter"
MOST = 20

_NUMBERS = {
    word: value
    for value, word in enumerate("one two three four five six seven eight nine ten".split(), 1)
}
_ONLY = r"(?:only|just|nothing\s+but|exclusively|solely)"
_DIRECT = (
    r"(?:direct(?:ly)?|verbatim|literal|word[\s-]for[\s-]word)(?:\s+(?:quot(?:es?|ations?|ed)"
    r"|speech|words|statements?))?|(?:quotes?|quotations?)\s+in\s+quotation\s+marks"
)
_OFFICIALS = r"(?:(?:the\s+)?officials|official\s+(?:statements?|sources|voices|quotes))"
_COUNT = rf"\d{{1,2}}|{'|'.join(_NUMBERS)}"
# "two quotes on bread", "a couple of lines by Lavrov": how many, before anything else.
_AMOUNT = re.compile(
    rf"(?i)^(?:(?:i|we)(?:['’]d)?\s+(?:need|want|like|would\s+like)\s+)?(?:just\s+|only\s+|about\s+|maybe\s+)?"
    rf"(?P<count>a\s+(?:couple|pair)(?:\s+of)?|{_COUNT})\s+"
    r"(?:(?:good|short|strong|nice|quick|more|direct|recent|new|latest)\s+)*"
    r"(?:quotes?|quotations?|statements?|lines?|sentences?|soundbites?|reactions?|comments?)"
    r"(?=\s+(?:on|about|by|from|regarding)\s|$)"
)
# "what did they say, in their own words?": whose words are wanted stands before it.
_OWN_WORDS = re.compile(
    r"(?i)^(?P<rest>.*\b(?:say|says|said|put\s+(?:it|that|this)|answer(?:ed)?|comment(?:ed)?)\b.*?)[\s,]+"
    r"(?:in\s+(?:(?:his|her|its|their)\s+)?(?:(?:very|own|exact)\s+)+words|verbatim|literally|word[\s-]for[\s-]word)$"
)
_EXACT = re.compile(
    r"(?i)^(?:and\s+)?(?:(?:only|just)\s+)?(?:what\s+(?:is|was|are|were)\s+)?(?:in\s+)?"
    r"(?:(?:his|her|its|their|the)\s+(?:(?:very|own|exact)\s+)+|exact\s+)"
    r"(?:words|wording|quotes?)$|^what\s+exactly\s+did\s+(?:he|she|they|it)\s+say$"
    r"|^(?:(?:got|have|(?:do\s+)?(?:you|we)\s+have|give\s+(?:me|us)|show\s+(?:me|us)|(?:i|we)\s+need)\s+)?"
    r"(?:(?:an?|the|any|some)\s+)?(?:actual\s+|direct\s+|good\s+|real\s+)*quotes?$"
    r"|^(?:verbatim|literally|word[\s-]for[\s-]word)$"
)
_LATEST = re.compile(
    rf"(?i)(?:and\s+)?(?:{_ONLY}\s+(?:the\s+)?(?:latest|newest|most\s+recent)|(?:the\s+)?most\s+recent)"
    r"(?:\s+(?:one|quote|statement))?"
)
# How groups of speakers are called that somebody may not want, and the name each is kept under.
_LEFT_OUT = {
    "analysts": r"(?:outside\s+)?(?:analysts?|experts?|economists?|academics?|pundits?)",
    "companies": r"compan(?:y|ies)|firms?|businesses|corporations?",
    "officials": r"(?:government\s+)?officials?|governments?",
    "spokespeople": r"spokes(?:people|persons?|men|women|man|woman)",
    "unnamed sources": r"(?:anonymous|unnamed)(?:\s+(?:sources?|officials?|people|speakers?))?",
}
_GROUPS = "|".join(_LEFT_OUT.values())
_OR = r"(?:\s*,\s*|\s+(?:and|or)\s+)(?:no\s+|the\s+)?"
_EDGE = r"(?:^|[\s,;(–—-]+)(?:and\s+|but\s+|with\s+|as\s+|in\s+)?"
_END = r"(?=\s*(?:[,;.!?)]|$)|\s+(?:and|but|please|pls|from|by|on|about|since|until)\b)"

_VIEW = (
    r"(?:(?:its|his|her|their|the)\s+)?(?:position|positions|mind|minds|stance|line|story|tune|views?"
    r"|account|version|tone|opinion|course|statements?)"
)
_ON = r"(?:\s+(?:on|about|over|regarding|of|to|towards?)(?:\s+(?P<about>.+?))?)?"
_SO = re.compile(r"(?i)\salways\s.*(?:that|this|so|it)$")
_OWN = (
    r"(?:himself|herself|itself|themselves|each\s+other"
    r"|(?:his|her|its|their)\s+(?:own\s+)?(?:words|statements?))"
)
_CHANGES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?:(?:on|about)\s+)?(?:what|where|when|how)\s+(?:has|have|did|does|had)\s+(?P<who>.+?)"
        rf"\s+(?:changed?|shift(?:ed)?|revised?)\s+{_VIEW}{_ON}",
        rf"(?:has|have|did|does|had)\s+(?P<who>.+?)\s+(?:ever\s+)?(?:changed?|shift(?:ed)?|revised?)"
        rf"\s+{_VIEW}{_ON}",
        r"(?:what|anything)\s+(?:has\s+|have\s+|is\s+)?(?:changed|new)\s+in\s+what\s+(?P<who>.+?)\s+"
        r"(?:has\s+|have\s+)?(?:said|says?)(?:\s+(?:on|about)\s+(?P<about>.+?))?",
        rf"how\s+(?:has|have|did)\s+(?P<who>.+?)(?:['’]s?)?\s+(?:position|stance|line|tone|statements?)"
        rf"{_ON}\s+(?:changed?|shift(?:ed)?)",
        rf"changes?\s+(?:in|to|of)\s+(?P<who>.+?)['’]s?\s+(?:position|stance|line|statements?){_ON}",
        r"(?:(?:are|were)\s+there\s+)?any\s+contradictions?(?:\s+(?:there|in\s+(?:that|this|it)))?"
        r"(?:\s+(?:on|about)\s+(?P<about>.+?))?",
        r"(?P<who>.+?)\s+(?:changed|flip-?flops?|u-?turns?|contradictions?)"
        r"(?:\s+(?:on|about)\s+(?P<about>.+?))?",
        rf"(?:(?:did|does|do|has|have|had)\s+)?(?P<who>.+?)\s+(?:ever\s+)?contradict(?:ed|s)?\s+"
        rf"{_OWN}(?:\s+(?:on|about)\s+(?P<about>.+?))?",
        r"(?P<who>he|she|they|it)\s+contradict(?:ed|s)",
        r"(?:did|has|have)\s+(?P<who>.+?)\s+always\s+sa(?:y|id)\s+(?:that|this|so|it)",
        r"(?:is|was|are|were|has|have)\s+(?P<who>.+?)\s+(?:been\s+)?consistent(?:\s+(?:on|about)\s+(?P<about>.+?))?",
    )
)


class Wishes(NamedTuple):
    """What is wished for; empty where nothing is."""

    direct: bool = False
    officials: bool = False
    order: Order | None = None
    most: int | None = None
    changes: bool = False
    without: tuple[str, ...] = ()
    any_form: bool = False
    any_day: bool = False
    unfiltered: bool = False

    def __bool__(self) -> bool:
        """Return whether anything is wished for."""
        return self != Wishes()


_AGAIN = r"(?:\s+(?:again|too|as\s+well|now|this\s+time))"
_NO = (
    r"(?:no|without|drop|remove|clear|forget|ignore|skip|lose|minus|leave\s+out)\s+"
    r"(?:(?:the|any|all|those)\s+)*"
)
_ALL = (
    r"(?:(?:show|give)\s+(?:me\s+|us\s+)?)?(?:all|everyone|everybody|everything)"
    r"(?:\s+of\s+(?:them|it)|\s+(?:statements?|quotes?))?"
)
_PATTERNS = tuple(
    (name, re.compile(f"{_EDGE}(?:{pattern}){_END}", re.IGNORECASE))
    for name, pattern in (
        ("direct", rf"{_ONLY}\s+(?:the\s+)?(?:{_DIRECT})|(?:{_DIRECT})\s+{_ONLY}"),
        ("direct", rf"{_ONLY}\s+(?:the\s+)?(?:quotes|quotations)|(?:quotes|quotations)\s+{_ONLY}"),
        ("direct", rf"{_NO}(?:paraphrases?|paraphrasing|indirect(?:\s+(?:quotes?|speech))?)"),
        ("any_form", rf"(?:{_ALL}|paraphrases?|the\s+others?|analysts|experts){_AGAIN}"),
        ("any_form", rf"(?:back\s+to|show(?:\s+me|\s+us)?)\s+{_ALL}"),
        ("unfiltered", rf"{_NO}(?:filters?|restrictions?|limits)"),
        ("any_day", r"(?:at\s+)?(?:any|all)\s+(?:dates?|days?|times?)|whenever"),
        ("without", rf"(?:no|not|without|except(?:\s+for)?|leave\s+out|skip|excluding|minus)\s+"
                    rf"(?:any\s+|the\s+)?(?P<without>(?:{_GROUPS})(?:{_OR}(?:{_GROUPS}))*)"),
        ("officials", rf"{_ONLY}\s+(?:{_OFFICIALS})|(?:{_OFFICIALS})\s+{_ONLY}"),
        ("newest", r"(?:the\s+)?(?:newest|latest|most\s+recent)(?:\s+(?:ones|quotes|statements))?"
                   r"\s+first|(?:sort(?:ed)?|order(?:ed)?)\s+by\s+date"),
        ("oldest", r"(?:the\s+)?(?:oldest|earliest)(?:\s+(?:ones|quotes|statements))?\s+first"
                   r"|in\s+chronological\s+order|chronological(?:ly)?"),
        ("most", rf"(?:(?:{_ONLY}\s+)?(?:the\s+)?(?:top|best|first)\s+|{_ONLY}\s+)"
                 rf"(?P<count>{_COUNT})"
                 r"(?:\s+(?:quotes?|statements?|sentences?|ones?|of\s+(?:them|those)))?"),
        ("most", rf"(?P<count>{_COUNT})\s+(?:quotes?|statements?)\s+"
                 r"(?:only|at\s+most|(?:is|are)\s+enough)"),
        ("shorter", rf"{_ONLY}\s+(?:the\s+)?(?:first|top|best)(?:\s+(?:one|quote|statement))?"),
        ("shorter", r"(?:in\s+)?(?:one|a(?:\s+single)?)\s+(?:line|sentence)(?:\s+only)?"
                    r"|the\s+short\s+version|tl;?dr"),
        ("shorter", r"(?:(?:make\s+it|a\s+bit|a\s+little|much)\s+)?(?:shorter|briefer)"
                    r"(?:\s+(?:please|answer|version))?|keep\s+it\s+(?:short|brief)"
                    r"|(?:make\s+it|be)\s+brief"),
    )
)  # fmt: skip


def read_wishes(text: str) -> tuple[Wishes, str]:
    """
    Take the wishes off *text*.

    Args:
        text: a question, or a wish alone, without greetings and final marks.

    Returns:
        What is wished for, and the text without it; "" where it was nothing else.
    """
    found = Wishes()
    if asked := _asked_for_changes(text):
        found, text = found._replace(changes=True), asked
    if own := _OWN_WORDS.match(text):
        found, text = found._replace(direct=True), own["rest"]
    if _LATEST.fullmatch(text):
        return found._replace(order="newest", most=1), ""
    if _EXACT.match(text):
        return found._replace(direct=True), ""
    for name, pattern in _PATTERNS:
        while match := pattern.search(text):
            found = _with(found, name, match)
            text = f"{text[: match.start()]} {text[match.end() :]}".strip()
    if amount := _AMOUNT.match(text):
        found = found._replace(most=_number(amount["count"]))
        text = f"quotes{text[amount.end() :]}" if text[amount.end() :] else ""
    if found:
        text = " ".join(re.sub(r"(?i)(?:^|\s)(?:and|please|pls|but)(?=\s*$)", "", text).split())
        text = re.sub(r"\s+([,;.])", r"\1", text).strip(" ,;()–—-")
        text = without_courtesy(text)  # "…, for the noon bulletin, newest first"
        text = "" if re.fullmatch(r"(?i)(?:please|pls|and|but|show|give|me|us|\s)*", text) else text
    return found, text


def apply_wishes(query: Query, wishes: Wishes) -> Query:
    """Give *query* what is wished for; what is not, stays as it was."""
    if wishes.any_form or wishes.unfiltered:
        query = replace(
            query, direct=False, officials=False, without=(), besides=(), most=None, order="best"
        )
    if wishes.any_day or wishes.unfiltered:
        query = replace(query, since=None, until=None)
    if wishes.unfiltered:
        query = replace(query, stance=None, negated=False, outlet=None, other_outlets=())
    return replace(
        query,
        direct=query.direct or wishes.direct,
        officials=query.officials or wishes.officials,
        without=tuple(dict.fromkeys((*query.without, *wishes.without))),
        order=wishes.order or query.order,
        most=wishes.most or query.most,
        changes=query.changes or wishes.changes,
    )


def _asked_for_changes(text: str) -> str:
    """Turn "what has Russia changed its position on?" into a plain question; "" for another."""
    for pattern in _CHANGES:
        if match := pattern.fullmatch(text.strip()):
            found = match.groupdict()
            who, about = (found.get("who") or "they").strip(), (found.get("about") or "").strip()
            if not about and _SO.search(text):
                return f"and what did {who} say"
            return f"what did {who} say" + (f" about {about}" if about else "")
    return ""


def _with(found: Wishes, name: str, match: re.Match[str]) -> Wishes:
    if name == "direct":
        return found._replace(direct=True)
    if name == "without":
        named = re.split(_OR, match["without"], flags=re.IGNORECASE)
        groups = (
            group
            for each in named
            for group, words in _LEFT_OUT.items()
            if re.fullmatch(words, each, re.IGNORECASE)
        )
        return found._replace(without=tuple(dict.fromkeys((*found.without, *groups))))
    if name == "any_form":
        return found._replace(any_form=True)
    if name == "unfiltered":
        return found._replace(unfiltered=True)
    if name == "any_day":
        return found._replace(any_day=True)
    if name == "officials":
        return found._replace(officials=True)
    if name == "newest":
        return found._replace(order="newest")
    if name == "oldest":
        return found._replace(order="oldest")
    if name == "shorter":
        return found._replace(most=SHORTER)
    return found._replace(most=_number(match["count"]))


def _number(word: str) -> int:
    """Read "3", "three" or "a couple of", within what an answer may hold."""
    word = word.lower()
    if word.startswith("a"):
        return 2
    return min(max(int(word) if word.isdigit() else _NUMBERS[word], 1), MOST)

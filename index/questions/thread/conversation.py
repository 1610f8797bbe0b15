"""
Which messages below an answer go on with its question, though they are addressed to nobody.

The trap is to answer colleagues who talk about the answer: "Russia again, sigh", "Moscow is cold",
"is Russia right?". So a message counts only if it is a name and nothing else, opens like a
follow-up ("and …", "what about …"), wishes for another form of the answer, or asks what somebody
said; whoever says "you", "I" or "we" talks to a colleague. Pure.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime

from index.questions.around import meant_instead, spelt_out, without_greeting
from index.questions.dates import find_dates
from index.questions.subject import resolve_subject
from index.questions.thread.again import asks_more, asks_other_days, asks_since_when
from index.questions.thread.change import (
    as_follow_up,
    asks_any_matter,
    asks_to_drop,
    drops_topic,
    is_order,
    is_pointing,
)
from index.questions.thread.follow_up import as_reply, asks_figure, opening_of
from index.questions.thread.others import BESIDE, LEFT_OUT, OTHER_SIDE
from index.questions.wishes import read_wishes
from index.roster.directory import Directory
from index.roster.lookup import role_of
from index.text.spelling import SHORTEST
from index.types import MessageKind, Query

MAX_WORDS = 20
SHORT = 8  # words of a message that only opens like a follow-up
NAME = 6  # words of a message that is a name, and what it is asked about

_VERB = (
    r"say|says|said|saying|speak|speaks|spoke|spoken|deny|denies|denied|confirm|confirms|confirmed|respond|responded|comment"
    r"|commented|react|reacted|claim|claims|claimed|announce|announced|warn|warned|promise"
    r"|promised|demand|demanded|accuse|accused|think|thinks|quoted|record|argue|argued|explain|apologi[sz]ed?|answer|reply|mention"
    r"|expect(?:s|ed)?|plan(?:s|ned)?|predict(?:s|ed)?|offer(?:s|ed)?|critici[sz]ed?|condemn(?:ed)?|welcomed?|refused?|agreed?|support(?:ed)?|reject(?:ed)?|insist(?:ed)?|suggest(?:ed)?|call(?:ed)?|blamed?"
    r"|opposed?|backed|praised?|slammed|attacked|defended|disagreed?|against|contradict(?:ed)?|objected"
    r"|explained|admit|admitted|tell|told|changed?"
)
_ASKS = re.compile(
    r"(?i)^(?:(?:and|but|so|ok|okay|also)\s+)?(?:who|whom|what|when|where|why|how|which|did|does"
    rf"|has|have|had|was|were|is|are)\b.*\b(?:{_VERB})\b"
)
_ANYTHING = re.compile(r"(?i)(?:and\s+|is\s+there\s+)?anything\s+(?:on|about|from|by)\s+\S")
_OTHERS = re.compile(r"(?i)(?:and\s+)?(?:who|any(?:one|body))\s+else")
_WORD = re.compile(
    r"(?i)(?:who|whom|what|when|where|why|how|which|did|does|has|have|is|are|was|were)\b"
)
_REQUEST = re.compile(
    r"(?i)^(?:(?:can|could|would)\s+you\s+)?(?:please\s+)?(?:also\s+)?(?:show|find|give|tell|list)"
    r"(?:\s+(?:me|us))?\s+(?:also\s+)?(?:what|who|statements?|quotes?|more)\b"
)
# "does anyone know what Norway said?", "could we see quotes by Norway?": asked of nobody.
_INDIRECT = re.compile(
    r"(?i)(?:(?:do\s+we|does\s+any(?:one|body))\s+know|any\s+idea|(?:can|could|may)\s+(?:we|i)\s+(?:see|have|get|hear))"
    r"\s+(?:also\s+)?(?=(?:what|who|whether|if|when|why|any|some|statements?|(?:direct\s+)?quotes?)\b)"
)
# "quotes by Norway on the crew", "was there a response from Norway?", "show Norway"
_BY = re.compile(
    r"(?i)(?:(?:and|also|is|was|are|were|have|there|show|find|give|list|me|us|see|get|an?|any|all|the|some|more|new"
    r"|latest|direct|official|good)\s+)*(?:(?:statements?|quot(?:es?|ations?)|comments?|reactions?|responses?|repl(?:y|ies)"
    r"|answers?|remarks?|words?|news|updates?|everything|anything|something|denials?|confirmations?|line)\s+(?:new\s+|else\s+"
    r"|yet\s+)?(?:from|by|of))\s+(?P<who>\S.*?)"
    r"(?:\s+(?:on|about|regarding|over|to)\s+\S.*)?"
)
# "Norway denied it?"
_DID = re.compile(
    rf"(?i)(?P<who>\S+(?:\s+\S+){{0,3}}?)\s+(?:has\s+|have\s+)?(?:really\s+)?(?:{_VERB})\b.*"
)
_TO_A_COLLEAGUE = re.compile(r"(?i)(?<![\w.])(?:i|we|you|u|y['’]all|let['’]?s|guys|folks)(?![\w.])")
# "and who was hurt?"; what is going on now ("and who is buying lunch?") is talk.
_FACT = re.compile(
    r"(?i)(?:who|what|when|where|why|how|which)\s+(?:(?:many|much|long)\s+)?(?:\w+\s+)?(?:was|were|did"
    r"|has|had|have|caused|happened)\b"
)
# "how many trucks?": whether the answer above is meant shows in what is found.
_HOW_MANY = re.compile(
    r"(?i)^(?:(?:and|but|so|ok|okay)\s+)?how\s+(?:many|much)\s+(?:\w+\s+)?\w{3,}$"
)
_NO = re.compile(r"(?i)(?:no|nope|sorry|actually)\s*[,;:.!–—]")
_REFERS = re.compile(r"(?i)\b(?:he|she|they|it|that|this|those|him|her|them|his|their)\b")
_VERBAL = re.compile(
    r"(?i)\b(?:is|are|was|were|am|be|been|will|would|can|could|should|shall|must|may|might|has"
    r"|have|had|do|does|did|seems?|looks?|sounds?|gets?|got|goes|wins?|won|lost|lies|lied)\b"
)
_UNSPELT = 200  # letters of the shortest word that may be misspelt: none is
_SOME_DAY = datetime(2020, 6, 15, tzinfo=UTC)
_MATTER = re.compile(
    r"(?i)(?:about|on|regarding|in|from|by|the|its|his|her|their|those|these)\s+\S+(?:\s+\S+){0,3}$"
)
# "the transport minister", "about the bank": said of an answer, as nothing else is.
_WHICH = re.compile(
    r"(?i)the\s+[a-z-]+\s+[a-z-]+(?:\s+[a-z-]+)?|(?:about|on)\s+the\s+[\w-]+(?:\s+[\w-]+){0,2}"
)
_ABOUT = re.compile(r"(?i)\s(?:on|about|regarding|over)\s+\S")


def is_follow_up(
    text: str, directory: Directory, *, previous: Query | None = None, explicit: bool = False
) -> bool:
    """
    Return whether *text* asks for more.

    Args:
        text: posted among others below an answer; plain text, without the names it calls.
        directory: who is on record, and the parties with their names, the user's own among them.
        previous: the question that the answer above is to, where it is known.
        explicit: count only what cannot stand for itself: "and Turkey?", but not "Turkey?".
    """
    line = " ".join(text.split()).strip()
    plain = _plain(line)
    asks = line.endswith("?")
    if not 0 < len(plain.split()) <= MAX_WORDS:
        return False
    meant = meant_instead(plain) or (plain if _NO.match(line) else "")
    if meant and _is_meant(meant, directory):
        return True
    if meant_instead(plain):
        return False
    wishes, rest = read_wishes(plain)
    plain = rest if rest and wishes and not wishes.changes else plain
    if _changes_the_answer(plain, asks=asks) or (previous and drops_topic(previous, plain)):
        return True
    plain = _INDIRECT.sub("", plain) if asks else plain
    if _TO_A_COLLEAGUE.search(plain) and not _REQUEST.match(plain):
        return False
    if asks and (_asks_of_the_same(plain, directory) or _is_days(plain)):
        return True  # "15 February?", but "Monday?" is talk
    if OTHER_SIDE.fullmatch(plain) or BESIDE.fullmatch(plain):
        return _asks_others(plain, directory, asks=asks)
    opening, rest = opening_of(plain)
    if re.match(r"(?i)(?:the\s+)?same\b", line) and re.match(r"(?i)(?:about|on)\s", rest):
        return True  # "same, but about the bank"
    if opening and _continues(opening, rest, directory, asks=asks):
        return True
    whole = _ASKS.match(plain) or _REQUEST.match(plain) or (asks and _ANYTHING.match(plain))
    if whole or _names_whose(plain, directory, asks=asks):
        return not explicit or bool(_REFERS.search(plain))
    if _OTHERS.fullmatch(plain):
        return asks
    if left_out := LEFT_OUT.fullmatch(plain):
        return is_name(left_out["who"], directory, asks=False)
    if not explicit and asks and re.fullmatch(r"(?i)the\s+[\w-]+", plain):
        return True  # "the crew?": what is found shows whether it is asked of us
    if not explicit and _WHICH.fullmatch(plain):
        return role_of(plain) is not None or plain.lower().startswith(("about", "on"))
    return not explicit and _names_somebody(plain, directory, asks=asks)


def message_kind(text: str) -> MessageKind:
    """
    Return what *text* is, as far as its form shows.

    Returns:
        "more" where it asks for more of the same, "others" for "who else?", "question"; "order"
        for what is no question and names no matter ("undo", "he contradicted"), "pointer" for
        what points at one of those shown ("the second quote"); "" for the rest.
    """
    line = " ".join(text.split()).strip()
    plain = _plain(line)
    if asks_more(plain):
        return "more"
    left_out = LEFT_OUT.fullmatch(plain)
    if is_pointing(plain) or (left_out and role_of(left_out["who"]) is not None):
        return "pointer"
    if _OTHERS.fullmatch(plain):
        return "others"
    asks = line.endswith("?")
    if _ASKS.match(plain) or (asks and len(plain.split()) > 2 and _WORD.match(plain)):
        return "question"
    return "order" if is_order(plain) and not asks else ""


def _plain(line: str) -> str:
    """Take courtesies and final marks off a message: "thanks! and Norway please?"."""
    bare = without_greeting(line.rstrip(" ?!.…"))
    bare = as_follow_up(re.sub(r"(?i)[\s,]+(?:please|pls|thanks|thank you)$", "", bare))
    bare = spelt_out(bare)
    # "and then?" is talk; "and Norway then?", "Norway too?" are not.
    return re.sub(r"(?i)^(?!\S+\s+then$)(.+?)[\s,]+(?:then|too|as\s+well|also)$", r"\1", bare)


def _is_meant(phrase: str, directory: Directory) -> bool:
    """Return whether a correction names what can be asked for: somebody, a role, a matter."""
    short = len(phrase.split()) <= NAME
    known = _names_somebody(phrase, directory, asks=True) or role_of(phrase) is not None
    return short and (known or bool(re.match(r"(?i)(?:about|on)\s+\S", phrase)))


def _changes_the_answer(plain: str, *, asks: bool) -> bool:
    """Return whether *plain* wants the same answer continued, of other days, or in another form."""
    if asks_more(plain) or asks_since_when(plain) or asks_to_drop(plain):
        return True
    if asks_any_matter(plain):  # "overall" alone is talk
        return asks or len(plain.split()) > 1
    if asks_other_days(plain):  # "later" alone is what people say to each other
        return asks or len(plain.split()) > 1
    wishes, rest = read_wishes(plain)
    if wishes.changes and asks:
        return bool(_REFERS.search(plain) or re.match(r"(?i)(?:any|are)\s", plain))
    return bool(wishes) and not rest


def _asks_of_the_same(plain: str, directory: Directory) -> bool:
    """Return whether *plain* asks for a figure in what is shown, or for somebody's reply to it."""
    who = as_reply(plain)
    known = bool(who) and (bool(_REFERS.fullmatch(who)) or is_name(who, directory, asks=True))
    return known or asks_figure(plain) or bool(_HOW_MANY.match(plain))


def _continues(opening: str, rest: str, directory: Directory, *, asks: bool) -> bool:
    """Return whether what stands behind "and", "what about", "only" can be asked for."""
    if len(rest.split()) > SHORT:
        return bool(_ASKS.match(rest))
    if re.match(r"(?i)(?:and\s+)?(?:what|how)\s+about|who\s+else|what\s+else", opening):
        return bool(rest) or asks
    if _ASKS.match(rest) or _is_date(rest) or _names_somebody(rest, directory, asks=True):
        return True
    return asks and bool(_MATTER.match(rest) or _FACT.match(rest))


def _asks_others(plain: str, directory: Directory, *, asks: bool) -> bool:
    """Return whether *plain* asks the other side, or sets somebody on record beside those asked."""
    beside = BESIDE.fullmatch(plain)
    return is_name(beside["who"], directory, asks=True) if beside else asks


def _names_whose(plain: str, directory: Directory, *, asks: bool) -> bool:
    """Return whether *plain* asks for what somebody on record said, in the form of no question."""
    by = _BY.fullmatch(plain)
    if by and is_name(by["who"], directory, asks=asks):
        return True
    shown = re.match(r"(?i)(?:show|find|list)(?:\s+(?:me|us))?\s+(?P<who>\S.*)", plain)
    if shown and is_name(shown["who"], directory, asks=False):
        return True
    did = _DID.fullmatch(plain) if asks else None
    return did is not None and is_name(did["who"], directory, asks=True)


def _names_somebody(plain: str, directory: Directory, *, asks: bool) -> bool:
    """Return whether *plain* is a name, or one with what it is asked about: "Russia on grain"."""
    if len(plain.split()) > NAME:
        return False
    if is_name(plain, directory, asks=asks):
        return True
    about = _ABOUT.search(plain)
    if about and is_name(plain[: about.start()], directory, asks=asks):
        return not _VERBAL.search(plain)
    return False


def is_name(phrase: str, directory: Directory, *, asks: bool) -> bool:
    """
    Return whether *phrase* is the name of somebody who can be on record.

    Args:
        phrase: a few words.
        directory: who is on record.
        asks: whether it is asked for; else a typing error or a mere role ("Driver.") is none.
    """
    bare = phrase.strip(" ,.;:!?“”\"'")
    found = resolve_subject(bare, directory, SHORTEST + 1 if asks else _UNSPELT)
    named = found.sure and not found.described and bool(found.parties or found.speakers)
    return named and (asks or bool(found.parties) or role_of(bare) is None)


def _is_days(plain: str) -> bool:
    """Return whether *plain*, which asks, names days: "15 February?"; "Monday?" is talk."""
    placed = re.match(r"(?i)(?:and\s+)?(?:since|from|until|before|after|in)\s", plain)
    return _is_date(plain) and (placed is not None or "day" not in plain)


def _is_date(text: str) -> bool:
    """Return whether *text* is nothing but a date."""
    when = find_dates(text, now=_SOME_DAY)
    return not when.rest and when != find_dates("", now=_SOME_DAY)

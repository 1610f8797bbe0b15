"""
Small talk: thanks, goodbyes, "who are you?", "start over". It gets at most one line, no search.

Only a message that is nothing else counts: "thanks, and Turkey?" is a question. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

SmallTalk = Literal["hello", "help", "thanks", "bye", "nod", "over", "quiet"]

YOU_ARE_WELCOME = "You’re welcome. Ask me any time who said what."
HELLO = "Hello. Ask me who said what: “{question}” Say “help” for more ways to ask."
FORGOTTEN = "Done. I have forgotten what we were talking about; ask me something new."
BYE = "Bye."
QUIET = (
    "I only write when somebody writes to me, and send nothing on my own; I’ll be quiet. In a "
    "channel, /said settings can keep me to questions that mention me."
)

_POLITE = frozenset(
    """
    thanks thank you thx ty cheers great good nice cool perfect ok okay k alright fine yes yeah yep
    no nope bye goodbye ciao later bot job work well done very much so a lot many got it i see
    understood sure right awesome brilliant excellent super wonderful lovely hello hi hey morning
    afternoon evening night please sorry lol haha wow hmm never mind nevermind that is all s thats
    for now helpful was this love
    """.split()
)
_THANKS = frozenset(
    """
    thanks thank thx ty cheers great good nice cool perfect awesome brilliant excellent super
    wonderful lovely helpful bot job love
    """.split()
)
_GREETS = frozenset("hello hi hey morning afternoon evening".split())
_LEAVES = frozenset("bye goodbye ciao later night".split())
_HELP = re.compile(
    r"(?:please )?(?:"
    r"help(?: me)?|what(?: all)? can (?:you|i) (?:do|ask)(?: here| you)?"
    r"|what do you do|how (?:do|can|does) (?:i|you|this|it) (?:ask|work|use (?:you|this|it))"
    r"|how do i use (?:you|this|it)|commands|examples|menu|i need help"
    r")(?: please)?"
)
_OVER = re.compile(
    r"(?:please )?(?:"
    r"start (?:over|again)|cancel(?: that| it)?|reset|clear|new(?: topic"
    r"| question)?|forget (?:it|that|this|everything)|begin again"
    r")(?: please)?"
)
_QUIET = re.compile(
    r"(?:please )?(?:stop(?: it| that| this| now)?"
    r"|stop (?:sending|messaging|writing|posting|talking|replying|answering)"
    r"(?: \w+){0,3}|(?:do not|dont|never) (?:message|write to|write|text|contact|ping) (?:me|us)"
    r"(?: again| any ?more)?|leave (?:me|us) alone|be quiet|shut up|unsubscribe(?: me)?|go away)"
    r"(?: please)?"
)
_SHORTCODE = re.compile(r":[a-z0-9_+-]+:")
_LONGEST = 8  # words


def small_talk(text: str) -> SmallTalk | None:
    """
    Return what kind of small talk a message is; None for anything that may ask something.

    Args:
        text: as `question_of` gives it.
    """
    spoken = " ".join(re.findall(r"[a-z]+", _SHORTCODE.sub(" ", text.casefold()).replace("’", "")))
    spoken = spoken.replace("that s ", "thats ")
    if spoken.startswith("is that ") and text.rstrip().endswith("?"):
        return None  # "is that all?" asks for more
    if any(letter.isalpha() and not letter.isascii() for letter in text):
        return None  # perhaps a question in another language: it is refused with its reason
    if not spoken and any(letter.isdigit() for letter in _SHORTCODE.sub(" ", text)):
        return None  # "2019?"
    if not spoken:
        return "nod" if text.strip() else None
    if _HELP.fullmatch(spoken):
        return "help"
    if _QUIET.fullmatch(spoken):
        return "quiet"
    if _OVER.fullmatch(spoken):
        return "over"
    words = spoken.split()
    return _politeness(words) if len(words) <= _LONGEST and _POLITE.issuperset(words) else None


def _politeness(words: Sequence[str]) -> SmallTalk:
    """Return which reply polite *words* get: "ok", "no" and the like get none."""
    if not _GREETS.isdisjoint(words):
        return "hello"
    if not _LEAVES.isdisjoint(words):
        return "bye"
    return "nod" if _THANKS.isdisjoint(words) else "thanks"

"""How to ask: the help, and what to expect of an answer. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches

from bot.messages.elements import plain
from bot.types import Message

# How questions are asked, for those whose articles are unknown: NAME stands for anybody.
PATTERNS = ("What did NAME say about TOPIC?", "Did NAME deny it?", "Who said “WORDS”?")
WHAT_CAN_I_ASK = "What can I ask?"
KEY = (
    "Below each statement: “direct quote” is in the speaker’s own words, “paraphrased by the "
    "outlet” in the outlet’s, “partly quoted” in both; “speaker inferred” means that a program "
    "worked out who “he” or “the minister” is."
)
_WORDS = ("help", "settings")  # what a command takes beside questions


def wants_help(text: str) -> bool:
    """Return whether *text* asks for help, or nothing; a mistyped "help" counts."""
    word = text.strip().strip("?!.").casefold()
    return word in ("", "hello", "hi") or bool(get_close_matches(word, _WORDS, cutoff=0.8))


_EXAMPLES = {
    "/brief": ["TOPIC", *PATTERNS[:1]],
    "/watch": ["NAME", "NAME on TOPIC", "anyone denying TOPIC", "NAME, only direct quotes"],
}


def help_message(questions: Sequence[str], command: str = "") -> Message:
    """
    Say how to ask, with what to expect and what not.

    Args:
        questions: that can be answered now, about those who are on record.
        command: the command that was asked for help; "" for a conversation.
    """
    begins = f"{command} " if command else ""
    examples = _EXAMPLES.get(command, [*questions[:1], *PATTERNS])
    lines = [
        "Ask who said what. I answer with sentences copied from the indexed articles, each with "
        "its speaker, outlet, date and link. I write nothing myself.",
        *(f"• {begins}{example}" for example in examples),
        *([] if command else ["• And then, in the thread of an answer: “and NAME?”"]),
        *([] if command else [KEY]),
        "/watch NAME or TOPIC: I send what is said from now on; /watch alone lists your watches.",
        "/brief TOPIC every weekday 8:00: what is new, regularly; /brief schedules lists them.",
        "/said settings: whose statements, and which outlets, this channel asks about.",
        "Attributions are found by a program and can be wrong: follow the link before you quote.",
    ]
    return plain("\n".join(lines))

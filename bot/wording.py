"""The bot's own fixed sentences."""

from __future__ import annotations

from bot.elements import Message, plain

ASK = "what did Russia say about the tank since Monday?"

EXAMPLES = (
    "what did Russia say about the tank?",
    "did the ministry deny it?",
    "who said “beyond doubt”?",
    "and Turkey?  (in the thread of an answer)",
)

SHARED = (
    "I do not answer in channels that are shared with another organisation. "
    "Ask me in a direct message."
)

UNCONFIRMED = "My answer may not have arrived (ref {ref}). If you do not see it, ask again."

FAILED = "I could not search the articles (ref {ref})."


def wants_help(text: str) -> bool:
    """Tell a call for help, or an empty question, from a question."""
    return text.strip().strip("?!.").casefold() in ("", "help", "hello", "hi")


def help_message(usage: str) -> Message:
    """Say how to ask, with what to expect and what not."""
    lines = [
        "Ask who said what. I answer with sentences copied from the indexed articles, each with "
        "its speaker, outlet, date and link. I write nothing myself.",
        f"Ask like this: {usage}",
        *(f"• {example}" for example in EXAMPLES),
        "Attributions are found by a program and can be wrong: follow the link before you quote.",
    ]
    return plain("\n".join(lines))

"""Small talk is seen for what it is, and a question is never taken for it."""

from __future__ import annotations

import pytest

from bot.messages.talk.courtesy import small_talk


@pytest.mark.parametrize(
    ("text", "want"),
    [
        *((text, "thanks") for text in (
            "thanks!", "Thanks, great", "thx", "good bot", "thank you so much",
            "great, thanks :tada:", "no thanks",
        )),
        *((text, "nod") for text in (
            "ok", "yes", "no", "nope", "👍", ":+1:", "ok, got it", "That’s all for now", "???",
        )),
        *((text, "bye") for text in ("bye", "Goodbye!", "thanks, bye", "good night")),
        *((text, "quiet") for text in (
            "please stop sending me messages", "leave me alone", "Don’t message me again",
            "stop", "stop it", "stop posting here", "unsubscribe",
        )),
        *((text, "help") for text in (
            "what can you do?", "help me", "Help!",
            "how does this work?", "what can I ask you", "how do I use this?",
        )),
        *((text, "hello") for text in ("good morning", "hi", "Hello!")),
        *((text, "over") for text in (
            "cancel", "start over", "new", "forget it",
            "Reset please",
        )),
    ],
)  # fmt: skip
def test_small_talk_is_known(text, want):
    assert want == small_talk(text)


@pytest.mark.parametrize(
    "text",
    [
        "what did Russia say?",
        "thanks, and Turkey?",
        "and the US?",
        "Russia",
        "yes, but what did Lavrov say",
        "ok Lavrov",
        "who said “stop”?",
        "stop the war: who said it?",
        "the new government",
        "what can you tell me about Syria?",
        "help for Ukraine",
        "more",
        "",
        "спасибо что сказала Россия",
    ],
)
def test_a_question_is_no_small_talk(text):
    assert small_talk(text) is None

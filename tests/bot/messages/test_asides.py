"""Questions about an answer or the bot are known, and a question for statements is none."""

from __future__ import annotations

import pytest

from bot.messages.talk.asides import aside_line, aside_of, introduction_line
from index.types import Introduced


@pytest.mark.parametrize(
    ("text", "want"),
    [
        *((text, "sure") for text in (
            "are you sure?", "Is that true?", "really?", "how do you know that?",
        )),
        *((text, "source") for text in (
            "link?", "Where is that from?", "source please", "and the link?", "who wrote this?",
        )),
        *((text, "wrong") for text in ("you’re wrong", "That is not true.", "bad bot")),
        *((text, "translate") for text in ("can you translate that?", "translate it into German")),
        *((text, "summary") for text in ("summarise", "can you sum that up", "a summary please")),
        *((text, "quote") for text in ("can I quote this?", "may we use that")),
        *((text, "bot") for text in ("are you a bot?", "who are you?", "what do you think?")),
        *((text, "stock") for text in ("how many articles do you have?", "how old is your data?")),
        *((text, "names") for text in ("who is on record?", "which countries are on record?")),
        ("write me an article about wheat", "write"),
        ("why?", "why"),
    ],
)  # fmt: skip
def test_an_aside_is_known(text, want):
    assert want == aside_of(text)


@pytest.mark.parametrize(
    "text",
    ["", "what did Russia say?", "is that what Lavrov said?", "who wrote the report on grain?",
     "summarise the gas line story", "why did the talks collapse?", "in March", "wrong turn",
     "what is the source of the gas?", "how many articles mention the strike?", "Russia",
     "who is Lavrov?", "did he really say that about Turkey?"],
)  # fmt: skip
def test_a_question_is_no_aside(text):
    assert aside_of(text) is None


def test_no_aside_that_needs_no_index_is_without_its_line():
    silent = {text for text in ("sure?", "link?", "why?", "summarise") if (found := aside_of(text))
              and not aside_line(found)}  # fmt: skip

    assert set() == silent


def test_who_is_meant_is_told_beside_whom_else():
    both = ("Gleb Sazonov, Russian Agriculture Minister", "Anton Sazonov, a councillor")
    found = Introduced("which", "Sazonov", both, ("Gleb Sazonov", "Anton Sazonov"))

    line = introduction_line(found, "Gleb Sazonov")

    assert (
        "The answer above is about Gleb Sazonov, Russian Agriculture Minister. Also on record: "
        "Anton Sazonov, a councillor. Ask “What did Anton Sazonov say?”"
    ) == line


def test_who_speaks_for_somebody_is_told_even_if_nobody_does():
    assert "Nobody who speaks for Iran is on record here." == introduction_line(
        Introduced("for", "Iran", ()), ""
    )

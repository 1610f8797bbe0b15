"""Short texts in another language are refused where that is sure."""

from __future__ import annotations

import pytest

from index.text.language import refuse_foreign
from index.types import Article


def refused(text: str) -> str | None:
    error = refuse_foreign(Article(id="ferry", title="Ferry", text=text))
    return str(error) if error else None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Паром останется в гавани.", "Cyrillic letters"),
        ("市长说，桥不开放。", "Chinese or Japanese characters"),
        ("قال العمدة إن الجسر مغلق.", "Arabic letters"),
        ("Bürgermeisterin Holm sagte, wir öffnen das nicht.", "German"),
        ("La maire a dit que le pont est sûr.", "French"),
        ("La alcaldesa dijo que los barcos no salen este lunes.", "Spanish"),
    ],
)
def test_a_short_text_in_another_language_is_refused(text, name):
    assert f"reads as {name}, and only English" in str(refused(text))


@pytest.mark.parametrize(
    "text",
    [
        "“Nein,” said Mayor Ada Holm.",
        "Holm said the paper wrote “das ist nicht wahr”.",
        "Los Angeles, Las Vegas, El Paso shut harbours",
        "Kim Jong-il, Kim Jong-un meet Le Pen",
        "Berg: Паром stays shut, engineers warn",
        "Will he?",
        "Ferry late.",
    ],
)
def test_a_short_english_text_with_foreign_words_is_kept(text):
    assert refused(text) is None

"""An article is read with whole lines and letters, and found where it stands in the stored text."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime

import pytest

from index.ingest.analysis import analyse
from index.ingest.reading_copy import ReadingCopy
from index.speakers import load_tables
from index.types import (
    Article,
    Attribution,
    IndexedArticle,
    Introduction,
    Mark,
    Sentence,
    Span,
    Statement,
)

TEXT = "José Núñez said the café was shut. Zoë left."


def test_accents_are_joined_in_the_copy_and_places_are_those_of_the_stored_text():
    stored = unicodedata.normalize("NFD", TEXT)
    mark = Mark(0, stored.index(" said"), "bold")
    copy = ReadingCopy(Article("a", "José", stored, marks=(mark,)))
    named, said = Span(0, 10), Span(16, 33)
    found = Attribution((named,), (Span(11, 15),), (said,))
    moved = copy.moved(
        IndexedArticle(
            copy.article,
            (Sentence(0, 0, 34), Sentence(1, 35, len(TEXT))),
            (Statement(found, None),),
            datetime.now(UTC),
            (Introduction("k", "José Núñez", "owner", (), named),),
        )
    )

    def shown(span):
        return unicodedata.normalize("NFC", stored[span[0] : span[1]])

    assert (copy.article.text, copy.article.marks) == (TEXT, (Mark(0, 10, "bold"),))
    assert moved.article.text == stored
    assert [shown((s.start, s.end)) for s in moved.sentences] == [TEXT[:34], TEXT[35:]]
    (one,) = moved.statements
    assert shown(one.attribution.source[0]) == "José Núñez"
    assert shown(one.attribution.content[0]) == TEXT[16:33]
    assert shown(moved.introductions[0].span) == "José Núñez"


def test_what_needs_no_copy_is_read_itself():
    article = Article("a", "Café", TEXT)

    assert ReadingCopy(article).article is article


@pytest.mark.model
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_wrapped_statement_is_found_whole_and_the_stored_text_stays(end):
    text = f"“The pier is rusty.{end}It may fall soon,” Mayor Ada Holm said, “and we{end}know it.”"
    (item,) = analyse([Article("a", "Pier", text)], load_tables())
    (one,) = item.statements

    assert item.article.text == text
    assert [text[slice(*span)] for span in one.attribution.content] == [
        f"“The pier is rusty.{end}It may fall soon,”",
        f"“and we{end}know it.”",
    ]


@pytest.mark.model
def test_a_name_with_parted_accents_is_found_whole():
    text = unicodedata.normalize("NFD", "The café is shut, union leader José Núñez said.")
    (item,) = analyse([Article("a", "Café", text)], load_tables())

    assert [one.speaker and one.speaker.name for one in item.statements] == ["José Núñez"]

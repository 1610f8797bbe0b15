from datetime import UTC, datetime

import pytest

from index.speakers import read_speakers
from index.types import Article

DAY = datetime(2031, 5, 1, tzinfo=UTC)


def titles(text):
    """What an article says of its people: name, parties, wording, and whether that is certain."""
    article = Article("a", "", text, None, None, DAY)
    _, found = read_speakers(article, (), ())
    return [(t.name, [p.key for p in t.parties], text[slice(*t.span)], t.certain) for t in found]


def test_people_who_are_not_quoted_have_titles_too():
    text = "Kremlin spokesman Pyotr Zorin met Ines Duarte, head of the Portuguese delegation."

    assert [
        ("Pyotr Zorin", ["russia"], "Kremlin spokesman Pyotr Zorin", True),
        ("Ines Duarte", ["portugal"], "Ines Duarte, head of the Portuguese delegation", False),
    ] == titles(text)


def test_who_speaks_for_nobody_is_kept_as_that():
    text = (
        "Former Russian minister Pavel Gromov met Lena Sorin, a professor, "
        "and Ines Duarte, director of the Institute of Rivers."
    )

    assert [
        ("Pavel Gromov", [], "Former Russian minister Pavel Gromov", True),
        ("Lena Sorin", [], "Lena Sorin, a professor", False),
        ("Ines Duarte", [], "Ines Duarte, director of the Institute of Rivers", False),
    ] == titles(text)


def test_an_article_says_one_thing_of_one_person_and_a_party_comes_first():
    text = "Pavel Gromov, a retired general, left. Russian Foreign Minister Pavel Gromov smiled."

    assert [("Pavel Gromov", ["russia"], "Russian Foreign Minister Pavel Gromov", True)] == titles(
        text
    )


def test_a_bare_role_says_nothing():
    assert [] == titles("Minister Pavel Gromov met Anna Novak.")


@pytest.mark.parametrize(
    ("text", "role"),
    [
        (
            "Ruth Lund, a spokeswoman for Norway's navy said in a statement on Sunday about what "
            "it saw that boats left.",
            "Ruth Lund, a spokeswoman for Norway's navy",
        ),
        (
            "Mark Hale, Norway's harbour minister later warned that boats would sink.",
            "Mark Hale, Norway's harbour minister",
        ),
        ("Mark Hale, Norway's harbour minister, left.", "Mark Hale, Norway's harbour minister"),
    ],
)
def test_a_role_ends_where_its_bearer_says_something(text, role):
    assert [("norway", role)] == [(keys[0], wording) for _, keys, wording, _ in titles(text)]

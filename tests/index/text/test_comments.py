"""Who signs a comment under an article is not on record by that."""

import pytest

from index.text.comments import comments_begin

STORY = "The mayor opened the fair on Monday.\n\n“It is open,” she said.\n\n"


@pytest.mark.parametrize(
    "heading", ["Comments", "READER COMMENTS", "12 comments", "Comments (1,204):", "— Comments —"]
)
@pytest.mark.parametrize(
    "comments", ["Ada Quill: We shut it.\n", "Ada Quill says:\nMarch 3 at 4 pm\nWe shut it.\n"]
)
def test_comments_begin_with_their_heading(heading, comments):
    assert len(STORY) == comments_begin(f"{STORY}{heading}\n\n{comments}")


@pytest.mark.parametrize(
    "text",
    [
        STORY,
        f"{STORY}Comments\n\nThey were all about the rain.",
        f"{STORY}His comments: nobody liked them.\n\nAda Quill: We shut it.",
        "Comments\n\nAda Quill: We shut it.\n\nIvan Marek: We do not.",
    ],
)
def test_a_text_without_comments_is_all_the_articles(text):
    assert len(text) == comments_begin(text)

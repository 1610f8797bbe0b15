"""From an article to its statements: what was only done is none, but may tell who is meant."""

import pytest

from index.ingest.analysis import analyse
from index.speakers import load_tables
from index.types import Article

pytestmark = pytest.mark.model
TEXT = (
    "“Nobody was hurt,” said Ida Norum, who speaks for the shipping line.\n\n"
    "The pilots’ association contradicted her. Three of its members had been flown to hospital, "
    "the association said.\n\n"
    "Passengers wait at the harbour of Oslavik after the ferry was stopped on Monday.\n\n"
    "The shipping line is expected to order two new ferries next year."
)


def statements(text):
    (item,) = analyse([Article("x", "", text)], load_tables())
    return [
        (
            [text[s.start : s.end] for s in one.attribution.content],
            one.speaker and one.speaker.name,
        )
        for one in item.statements
        if not one.attribution.thought
    ]


def test_only_what_was_said_is_a_statement():
    said = [words for content, _ in statements(TEXT) for words in content]

    assert "“Nobody was hurt,”" in said
    assert not [words for words in said if "wait" in words or "ferries" in words]


def test_a_speaker_is_found_in_what_is_no_statement_itself():
    speakers = {content[0]: speaker for content, speaker in statements(TEXT)}

    assert "pilots’ association" in speakers["Three of its members had been flown to hospital"]


def test_a_comment_signed_with_a_name_is_nobodys_statement():
    story = "Ida Norum said on Monday: “Nobody was hurt in the port.”"
    comment = "Ida Norum: We will sell all the boats tomorrow.\n\nanna77: That is nonsense."

    assert statements(f"{story}\n\nComments\n\n{comment}") == statements(story)


@pytest.mark.parametrize("answer", ["No.", "No!", "Never.", "Yes."])
def test_an_answer_of_a_transcript_keeps_its_first_word(answer):
    said = statements(
        "Interview with Anna Brandt, owner of the line\n\nOle Lind: Did you sell the ferry?\n\n"
        f"Anna Brandt: {answer} The council sold it.\n\nOle Lind: Will you buy another?\n\n"
        f"Anna Brandt: {answer} I have better plans.\n"
    )

    assert ([f"{answer} The council sold it."], "Anna Brandt") in said
    assert ([f"{answer} I have better plans."], "Anna Brandt") in said

"""Labels that are some only beside others, offices, and voices that nobody names."""

from __future__ import annotations

import pytest

from index.formats import parse
from tests.index.attribution.test_transcripts import ASKED, said, spoken


def test_a_question_behind_a_lone_letter_is_the_questioners():
    text = (
        "MS. HOLM: The ferry sails at noon.\n\nQ Is that all?\n\nMS. HOLM: That is all.\n\n"
        "MINISTER BERG: The toll stays.\n\nQ You broke your word, Minister.\n\nMINISTER BERG: No."
    )

    assert ["Holm", ASKED, "Holm", "Berg", ASKED, "Berg"] == [
        (name or "").split()[-1] for name, _ in said(text)
    ]


def test_a_witness_answers_behind_a_lone_letter():
    text = (
        "MR. HOLM: Please begin.\n\nQ Were you there?\n\nA I was there.\n\nQ Who else was?\n\n"
        "A Nobody was.\n\nMR. HOLM: I object."
    )

    found = said(text)

    assert [ASKED, "Were you there?"] == list(found[1])
    assert [(ASKED, "Who else was?")] == found[3:4]
    assert ["I was there.", "Nobody was."] == [words for _, words in (found[2], found[4])]
    assert not {"Holm", "Mr. Holm"} & {name for name, _ in found[1:5]}


def test_a_sentence_that_begins_with_a_lone_letter_is_no_turn():
    text = (
        "ANN LEE: It was late.\n\nA Harbour ship was there.\n\nBO DAY: I saw it.\n\n"
        "ANN LEE: So did I.\n\nA Navy ship came later, I know."
    )

    assert ["Ann Lee", "Bo Day", "Ann Lee"] == [name for name, _ in said(text)]


def test_a_lone_letter_makes_no_transcript():
    assert not said("Q Magazine named us.\n\nA Ferry sank?\n\nQ Stores closed.\n\nWhy?")


@pytest.mark.parametrize("office", ["THE WITNESS", "THE COURT", "THE CHAIRWOMAN", "THE CLERK"])
def test_who_is_named_by_an_office_alone_has_the_turn(office):
    text = (
        f"MS. HOLM: Were you there?\n\n{office}: I saw nothing.\n\nMR. BERG: Objection.\n\n"
        f"{office}: Nothing at all."
    )

    found = said(text)

    assert ["Were you there?", "I saw nothing.", "Objection.", "Nothing at all."] == [
        words for _, words in found
    ]
    assert {office.lower()} == {str(found[1][0]).lower(), str(found[3][0]).lower()}


def test_what_is_no_office_is_no_label():
    text = "MS. HOLM: Here is it.\n\nTHE TOLL: Two crowns.\n\nMR. BERG: No.\n\nMS. HOLM: Yes."

    assert ["Holm", "Berg", "Holm"] == [str(name).split()[-1] for name, _ in said(text)]


def test_a_numbered_voice_ends_the_turn_before_it():
    text = (
        "[00:01:02] Ann Lee: We sell the mill.\n\n[00:01:40] Bo Day: I vote no.\n\n"
        "[00:02:05] Ann Lee: You are alone.\n\n[00:02:30] Speaker 3: He is not.\n\n"
        "[00:02:45] Bo Day: Thank you."
    )

    assert ["Ann Lee", "Bo Day", "Ann Lee", "Speaker 3", "Bo Day"] == [n for n, _ in said(text)]


def test_a_voice_in_small_letters_ends_a_turn_among_capitals():
    text = "ANN LEE: Yes.\n\nReporter: You lie.\n\nBO DAY: No.\n\nANN LEE: It is true."

    assert [("Ann Lee", "Yes."), (ASKED, "You lie.")] == said(text)[:2]


def test_a_bare_sign_of_captions_is_a_voice_nobody_knows():
    text = (
        ">> MAYOR ANN LEE: The dam is safe.\n\n>> You lie, Mayor. It will burst.\n\n"
        ">> MAYOR ANN LEE: It will not.\n\n>> HOST: Who paid?\n\n>> Nobody did."
    )

    assert ["Ann Lee", None, "Ann Lee", ASKED, None] == [name for name, _ in said(text)]


# Captions


def captions(*cues: str, head: str = "") -> str:
    made = [f"00:00:{at:02}.000 --> 00:00:{at + 1:02}.000\n{cue}" for at, cue in enumerate(cues)]
    return "\n\n".join([head, *made] if head else made)


def read(source: str, suffix: str = ".srt"):
    (article,) = parse(source.encode(), f"dam{suffix}")
    return article


def test_a_song_is_nobodys_speech():
    article = read(captions(">> ANN LEE: Stay. ♪ oh my dam ♪", "♪ la la\nla la ♪", "Please do."))

    assert article.text == ">> ANN LEE: Stay. Please do."


def test_a_name_in_brackets_begins_a_turn_and_a_sound_does_not():
    article = read(
        captions("[Ann Lee] Stay.", "(BO DAY) I go.", "[Door Slams] So there.", "[GASPS]")
    )

    assert article.text == "Ann Lee: Stay.\n\nBO DAY: I go. [Door Slams] So there. [GASPS]"


def test_a_caption_without_a_voice_is_nobodys_where_others_have_one():
    article = read(
        captions(
            "<v Ann Lee>The dam is safe.</v>",
            "<v Bo Day>Is it, Ann?\nReally?</v>",
            "It is about",
            "to burst.",
            "<v Bo Day>Who said that?</v>",
            "<v Ann Lee>I do not know.</v>",
            "<v Bo Day>Nor do I.</v>",
            head="WEBVTT",
        ),
        ".vtt",
    )

    assert [
        ("Ann Lee", "The dam is safe."),
        ("Bo Day", "Is it, Ann? Really?"),
        (None, "It is about to burst."),
        ("Bo Day", "Who said that?"),
        ("Ann Lee", "I do not know."),
        ("Bo Day", "Nor do I."),
    ] == spoken(article)

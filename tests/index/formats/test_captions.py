"""Captions: who speaks is whom the file names, and nobody where it names nobody."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from index.attribution.transcripts.turn_labels import Kind
from index.attribution.transcripts.turns import read_turns
from index.formats import parse
from index.types import Article

COLE, VALE, LIND = ("Anna Cole", "Jon Vale", "Rosa Lind")


def captions(*cues: str) -> Article:
    timed = (
        f"{at}\n00:00:{at:02},000 --> 00:00:{at:02},900\n{cue}" for at, cue in enumerate(cues, 1)
    )
    (article,) = parse("\n\n".join(timed).encode(), "debate.srt")
    assert isinstance(article, Article)
    return article


def turns(*cues: str) -> list[tuple[str | None, str]]:
    article = captions(*cues)
    return [
        (
            article.text[slice(*turn.voice)] if turn.voice else None,
            " ".join(article.text[slice(*span)] for span in turn.content),
        )
        for turn in read_turns(article.text, article.marks)
    ]


@pytest.mark.parametrize(
    ("cues", "expected"),
    [
        (
            ["- You knew of the leak. - I did not.", "ANNA COLE: Who paid?"],
            [(None, "You knew of the leak."), (None, "I did not."), ("ANNA COLE", "Who paid?")],
        ),
        (
            ["- Is it safe?\n- It is."],
            [(None, "Is it safe?"), (None, "It is.")],
        ),
        (
            ["Anna Cole: Will it hold?", "Jon Vale: It will\nhold for years."],
            [(COLE, "Will it hold?"), (VALE, "It will hold for years.")],
        ),
        (
            ["<v Rosa Lind>We sail.</v>", "<v Jon Vale>You will not.</v>", "Who says so?"],
            [(LIND, "We sail."), (VALE, "You will not."), (None, "Who says so?")],
        ),
        (
            ["<v Rosa Lind>We sail.</v>", "- At noon? - No."],
            [(LIND, "We sail."), (None, "At noon?"), (None, "No.")],
        ),
        (
            ["JON VALE: Listen: nobody paid.", "ROSA LIND: Is it so - at all?"],
            [("JON VALE", "Listen: nobody paid."), ("ROSA LIND", "Is it so - at all?")],
        ),
    ],
)
def test_each_turn_is_the_voices_that_the_file_names(cues, expected):
    assert expected == turns(*cues)


def test_a_word_before_a_colon_is_no_voice():
    assert [] == turns("Listen: we stay.", "Nobody will sail.")
    assert [("JON VALE", "We stay."), ("ROSA LIND", "No.")] == turns(
        "JON VALE: We stay.", "ROSA LIND: No.", "Remember: it is late."
    )


def test_a_reporter_in_a_caption_asks():
    article = captions("REPORTER: Is it safe?", "ROSA LIND: It is.")

    assert [Kind.ASKS, Kind.NAMED] == [t.kind for t in read_turns(article.text, article.marks)]


def test_captions_of_one_voice_are_all_its_own():
    source = (
        b"1\n00:00:01,000 --> 00:00:02,000\nEVA HOLM: We lost a summer.\n\n"
        b"2\n00:00:03,000 --> 00:00:04,000\nNo. We lost two.\n"
    )
    (article,) = parse(source, "speech.srt")
    (turn,) = read_turns(article.text, article.marks)

    assert article.text[slice(*turn.content[0])] == "We lost a summer. No. We lost two."


def test_the_head_of_captions_names_what_was_recorded_and_its_day():
    cue = "00:01.000 --> 00:04.000\nWe stay in port.\n"

    (article,) = parse(f"WEBVTT - Harbour council, 4 May 2018\n\n{cue}".encode(), "a.vtt")
    (plain,) = parse(f"WEBVTT\n\n{cue}".encode(), "a.vtt")

    assert article.title == "Harbour council, 4 May 2018"
    assert article.published_at == datetime(2018, 5, 4, tzinfo=UTC)
    assert (plain.title, plain.published_at) == ("a", None)


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["ANNA HOLT: I will sign. MARIA LENZ: Never."],
         "ANNA HOLT: I will sign.\n\nMARIA LENZ: Never."),
        (["ANNA HOLT: I sign the", "treaty. MARIA LENZ: Then it is", "dead. HOLT: You killed it."],
         "ANNA HOLT: I sign the treaty.\n\nMARIA LENZ: Then it is dead.\n\nHOLT: You killed it."),
        (["Anna Holt: Stay.", "Max Lund: Why? Anna Holt: It is late."],
         "Anna Holt: Stay.\n\nMax Lund: Why?\n\nAnna Holt: It is late."),
        (["Anna Holt: I say this. Breaking News: it is shut."],
         "Anna Holt: I say this. Breaking News: it is shut."),
        (["ANNA HOLT: Stay. NOTE: it is late."], "ANNA HOLT: Stay. NOTE: it is late."),
        (["ANNA HOLT: I met MARIA LENZ: she wept."], "ANNA HOLT: I met MARIA LENZ: she wept."),
    ],
)  # fmt: skip
def test_a_label_within_a_caption_begins_another_s_words(lines, text):
    cues = [
        f"{at}\n00:00:0{at},000 --> 00:00:0{at + 1},000\n{line}\n"
        for at, line in enumerate(lines, start=1)
    ]
    (article,) = parse("\n".join(cues).encode(), "talk.srt")

    assert text == article.text

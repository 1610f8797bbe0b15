"""Plain text that an editor wrapped has whole sentences again; what ends by will stays so."""

from __future__ import annotations

import textwrap

import pytest

from index.formats import parse

STORY = [
    "Bridge shut for the winter",
    "The old harbour bridge will stay shut until May, Mayor Ada Holm said on Monday. “We looked at "
    "every pier,” she said in a note that the council sent to reporters, “and two are rusty.”",
    "Nils Berg, who speaks for the ferries, said that the crews would work longer hours until the "
    "bridge was open, and that the fares would stay as they were.",
]


def read(text: str) -> str:
    (article,) = parse(text.encode(), "bridge.txt")
    return article.text


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("width", [56, 60, 72, 78, 90])
def test_wrapped_lines_are_joined(width, end):
    wrapped = (end * 2).join(textwrap.fill(one, width).replace("\n", end) for one in STORY)

    assert read(wrapped) == (end * 2).join(STORY)


def test_turns_stay_apart_where_their_lines_were_wrapped():
    turns = [f"MS. HOLM: {STORY[1]}", f"MR. BERG: {STORY[2]}", f"Q Why? {STORY[1]}"]

    assert read("\n".join(textwrap.fill(one, 70) for one in turns)) == "\n".join(turns)


@pytest.mark.parametrize(
    "text",
    [
        # Sentences, each on a line.
        "Mayor Ada Holm said that the bridge would stay shut till May.\n"
        "Nils Berg said that nobody had asked the crews of the ferries.\n"
        "Ines Brandt, who looked at the piers, said two of them rusted.\n"
        "The council of the harbour said that it would pay for all of it.\n",
        # A list.
        "- The old bridge across the harbour, which is shut till May\n"
        "- The ferries to the island, which sail twice in every hour\n"
        "- The road around the bay, which is open for lorries as well\n"
        "- The tunnel that the council has asked for since the winter\n",
        # An address.
        "Ada Holm\nThe Office of the Mayor of the Old Harbour, floor 3\nBay Road 4\nHarbour",
        # A table.
        "Pier one       rusty in four places      shut until May\n"
        "Pier two       rusty in two places       shut until May\n"
        "Pier three     as good as it was new     open for all of\n"
        "Pier four      as good as it was new     open for all of\n",
        # Long lines are paragraphs.
        f"{STORY[1]}\n{STORY[2]}\n{STORY[1]}\n{STORY[2]}",
    ],
)
def test_what_ends_by_will_stays_apart(text):
    assert read(text) == text


def test_a_parted_word_is_not_made_into_another():
    text = "\n".join([*textwrap.wrap(STORY[1], 60), *textwrap.wrap(STORY[2], 60)])
    parted = text.replace("reporters", "report-\ners")

    assert "report-\ners" in read(parted)


def test_a_parted_word_that_the_text_has_whole_is_one_word():
    text = "\n".join([*textwrap.wrap(STORY[1], 60), *textwrap.wrap(STORY[2], 60)])
    parted = text.replace("reporters", "report-\ners")

    assert "reporters" in read(f"{parted}\n\nThe reporters left.")
    assert "report-\ners" in read(f"{parted}\n\nThe reporter left.")


@pytest.mark.parametrize("following", ["MR. BERG: No.", "- two boats", "Boats     12"])
def test_what_begins_anew_is_not_joined_to_a_full_line(following):
    full = "the harbour of the old town would be shut to all ferries and"
    text = "\n".join([full] * 5 + [following])

    assert read(text).endswith(f"ferries and\n{following}")


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_ragged_lines_are_joined_where_a_sentence_or_a_quotation_goes_on(end):
    ragged = (
        "Bridge shut\n\n“Two piers are rusty,” Mayor Ada Holm said, “and we\nwill mend them.”\n\n"
        "Nils Berg said: “The ferries are old. The\ncrews are not.”\n\nHe had spoken to\n"
        "Holm about it."
    )

    assert read(ragged.replace("\n", end)) == (
        "Bridge shut\n\n“Two piers are rusty,” Mayor Ada Holm said, “and we will mend them.”\n\n"
        "Nils Berg said: “The ferries are old. The crews are not.”\n\nHe had spoken to "
        "Holm about it."
    ).replace("\n", end)


def test_letters_and_their_accents_are_joined():
    assert read("Café\n\nJosé Núñez left.") == "Café\n\nJosé Núñez left."
    assert read("Cafe\u0301\n\nJose\u0301 left.") == "Café\n\nJosé left."

"""Block quotations: words whose marks were their layout belong to whoever leads them in."""

import pytest

from index.attribution import find_many
from index.attribution.blocks import own_blocks
from index.attribution.quotations import quotation_spans
from index.attribution.tagger import CueFrame
from index.types import Article, Span

LETTER = (
    "Mayor Ada Holm wrote:\n\nThe quay stays open. I will not close it.\n\n"
    "The council meets in May, Nils Berg said."
)
BLOCK = "The quay stays open. I will not close it."


def span(text, part):
    at = text.index(part)
    return Span(at, at + len(part))


def frame(text, source, cue, *content):
    spans = tuple(span(text, part) for part in content)
    return CueFrame((span(text, source),), (span(text, cue),), spans, 0.9)


def contents(text, frames):
    return [[text[s.start : s.end] for s in f.content] for f in frames]


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        (LETTER, [BLOCK]),
        ("In the letter she said:\nWe stay. We will.\nThen prose.", ["We stay. We will."]),
        ("A statement by the union read:\n\nNo crew will sail!\n", ["No crew will sail!"]),
        ("He posted this message:\n\nThe port is shut.", ["The port is shut."]),
        ("She wrote:\n\n“We stay.”\n\nProse follows here.", ["“We stay.”"]),
        ("She wrote:\n\nWe stay\n\nProse follows here.", []),
        ("The list of ports:\n\nOslavik is the largest.", []),
        ("She wrote a letter.\n\nThe quay stays open.", []),
        ("She said:\n\nNo.", []),
        ("She said:\n\n- The quay stays open.", []),
        ("She said:\n\nThree things she wrote:\n\nThe quay stays open.", ["The quay stays open."]),
    ],
)
def test_a_paragraph_that_is_led_in_is_a_quotation(text, blocks):
    assert blocks == [text[s.start : s.end] for s in quotation_spans(text)]


def test_a_block_quotation_ends_with_its_paragraph():
    ran_on = frame(LETTER, "Ada Holm", "wrote", BLOCK + "\n\nThe council meets")

    found = own_blocks(LETTER, [ran_on], quotation_spans(LETTER))

    assert [[BLOCK]] == contents(LETTER, found)


def test_the_next_speaker_has_no_part_in_it():
    wrote = frame(LETTER, "Ada Holm", "wrote", "The quay stays open.")
    said = frame(LETTER, "Nils Berg", "said", "I will not close it.", "The council meets in May")

    found = own_blocks(LETTER, [wrote, said], quotation_spans(LETTER))

    assert [[BLOCK], ["The council meets in May"]] == contents(LETTER, found)


def test_a_verb_in_it_is_no_cue():
    wrote = frame(LETTER, "Ada Holm", "wrote", "The quay stays open.")
    inner = frame(LETTER, "I", "close", "it.")

    found = own_blocks(LETTER, [wrote, inner], quotation_spans(LETTER))

    assert [[BLOCK]] == contents(LETTER, found)


def test_what_is_said_in_the_lead_stays():
    text = f"The quay would be repaired in spring, Holm said, and she added:\n\n{BLOCK}"
    said = frame(text, "Holm", "said", "The quay would be repaired in spring")
    added = frame(text, "she", "added", "The quay stays open.")

    found = own_blocks(text, [said, added], quotation_spans(text))

    assert [["The quay would be repaired in spring"], [BLOCK]] == contents(text, found)


def test_without_anybody_in_the_lead_nothing_changes():
    text = f"In the letter one reads:\n\n{BLOCK}\n\nThe council meets in May, Nils Berg said."
    said = frame(text, "Nils Berg", "said", "The council meets in May")

    assert [said] == own_blocks(text, [said], quotation_spans(text))


@pytest.mark.model
@pytest.mark.parametrize(
    ("lead", "source"),
    [
        ("Harbour master Ole Lund wrote to the crews on Friday:", "Ole Lund"),
        ("In a letter to the town, Mayor Ada Holm said:", "Ada Holm"),
        ("Minister Nils Berg replied within the hour:", "Nils Berg"),
        ("The dockers' union answered on its website:", "union"),
        ("In a statement, the shipping line said:", "shipping line"),
        ("Captain Siri Dahl posted on Sunday:", "Siri Dahl"),
    ],
)
def test_the_words_belong_to_whoever_leads_them_in(lead, source):
    block = "The quay will stay open. Nobody has asked us to close it, whatever the town says."
    text = f"{lead}\n\n{block}\n\nThe council is to vote in May and a majority has left the room."

    (found,) = find_many([Article("x", "", text)])

    owners = [
        " ".join(text[s.start : s.end] for s in made.source)
        for made in found
        if block in [text[s.start : s.end] for s in made.content]
    ]
    assert [True] == [source in owner for owner in owners]
    prose = text.index("The council is")
    assert not [s for made in found for s in made.content if s.start < prose < s.end]

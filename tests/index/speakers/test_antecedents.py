"""Quotations and cues beside which nobody is named: who goes on, and what stays open."""

import pytest

from index.speakers import read_speakers
from index.speakers.learned.head import Chooser
from index.speakers.resolve.antecedent.choice import watching
from index.text.sentences import split_sentences
from index.types import Article, Attribution, Span


def span(text, words):
    at = text.index(words)
    return Span(at, at + len(words))


def quoted(text, words, source="", cue=""):
    """Build the attribution of a quotation in *text*."""
    named = (span(text, source),) if source else ()
    lifted = (span(text, cue),) if cue else ()
    return Attribution(named, lifted, (span(text, words),), kind="direct")


def names(text, *attributions):
    article = Article("a", "", text)
    found = read_speakers(article, split_sentences(text), attributions)[0]
    return [s.speaker and s.speaker.name for s in found]


FIRST = "“The mill will open in May,” said Ida Holm, its owner."
LONG = "“We have asked for the papers since spring, and nobody in the ministry has answered.”"
SHORT = "“Tell them the gate is open.”"


def test_the_second_half_of_a_quotation_is_whoever_began_it():
    text = f"{FIRST} {SHORT}"
    first = quoted(text, "“The mill will open in May,”", "Ida Holm", "said")

    assert ["Ida Holm", "Ida Holm"] == names(text, first, quoted(text, SHORT))


def test_a_long_quotation_in_the_next_paragraph_goes_on():
    text = f"{FIRST}\n\n{LONG}"
    first = quoted(text, "“The mill will open in May,”", "Ida Holm", "said")

    assert ["Ida Holm", "Ida Holm"] == names(text, first, quoted(text, LONG))


def test_a_short_quotation_in_a_paragraph_of_its_own_stays_open():
    text = f"{FIRST}\n\n{SHORT}"
    first = quoted(text, "“The mill will open in May,”", "Ida Holm", "said")

    assert ["Ida Holm", None] == names(text, first, quoted(text, SHORT))


def test_where_each_sentence_has_its_line_the_next_may_go_on():
    said = "“The mill will open in May,”"
    text = "\n".join(f"The harbour town lay quiet on day {day}." for day in range(9))
    text = f"{text}\n{FIRST}\n{SHORT}"
    first = quoted(text, said, "Ida Holm", "said")

    assert ["Ida Holm", "Ida Holm"] == names(text, first, quoted(text, SHORT))


def test_where_each_sentence_has_its_line_nobody_goes_on_behind_plain_words():
    text = "\n".join(f"The harbour town lay quiet on day {day}." for day in range(9))
    text = f"Ida Holm said the mill was safe.\n{text}\n{SHORT}"
    first = quoted(text, "the mill was safe", "Ida Holm", "said")

    assert ["Ida Holm", None] == names(text, first, quoted(text, SHORT))


def test_where_each_sentence_has_its_line_whoever_just_spoke_goes_on():
    text = "\n".join(f"The harbour town lay quiet on day {day}." for day in range(9))
    text = f"{text}\n{FIRST}\nHolm only came to town in May.\n{LONG}"
    first = quoted(text, "“The mill will open in May,”", "Ida Holm", "said")

    assert ["Ida Holm", "Ida Holm"] == names(text, first, quoted(text, LONG))


def test_in_the_next_paragraph_whoever_was_quoted_last_needs_less():
    text = "Mayor Jan Berg met Karl Holm. Mr Berg said little.\n\n"
    text = f"{text}“The mill will open in May,” the Harbour Guard said."
    text = f"{text}\n\n{LONG}"
    first = quoted(text, "“The mill will open in May,”", "the Harbour Guard", "said")

    assert ["the Harbour Guard"] * 2 == names(text, first, quoted(text, LONG))


def test_who_goes_on_is_labelled_as_inferred():
    text = f"{FIRST}\n\n{LONG}"
    first = quoted(text, "“The mill will open in May,”", "Ida Holm", "said")

    found = read_speakers(
        Article("a", "", text), split_sentences(text), [first, quoted(text, LONG)]
    )

    assert "inferred from the text around" in found[0][1].labels


@pytest.mark.parametrize("cue", ["is expected", "estimates"])
def test_a_cue_that_nobody_goes_on_with_stays_open(cue):
    text = f"Ida Holm said the mill was safe. The river {cue} to rise by a metre on Monday."
    first = quoted(text, "the mill was safe", "Ida Holm", "said")
    second = Attribution((), (span(text, cue),), (span(text, "to rise by a metre on Monday"),))

    assert ["Ida Holm", None] == names(text, first, second)


@pytest.mark.parametrize(
    ("behind", "want"),
    [('"Tell them the gate is open."', None), ("‘Tell them the gate is open.’", "Ida Holm")],
)
def test_a_quotation_with_marks_of_another_kind_stays_open(behind, want):
    text = f"Ida Holm said ‘the mill will open in May’. {behind}"
    first = quoted(text, "‘the mill will open in May’", "Ida Holm", "said")

    assert ["Ida Holm", want] == names(text, first, quoted(text, behind))


def spoken(text):
    first = quoted(text, "that the gate was shut", "a Coastguard spokeswoman", "said")
    second = quoted(text, "“It stays so,”", "Cmdr Ida Holm", "said")
    found = read_speakers(Article("a", "", text), split_sentences(text), [first, second])[0]
    return [[party.name for party in s.speaker.parties] for s in found]


def test_a_spokesman_who_is_named_with_the_next_quotation_speaks_for_the_same():
    text = (
        "In Norway a Coastguard spokeswoman said that the gate was shut. It was late."
        "\n\n“It stays so,” said Cmdr Ida Holm."
    )

    first, second = spoken(text)
    assert first
    assert first == second


def test_a_person_who_is_introduced_or_comes_much_later_speaks_for_nobody_before():
    head = "In Norway a Coastguard spokeswoman said that the gate was shut."
    late = " It was late." * 6
    text = f"{head}{late}\n\n“It stays so,” said Cmdr Ida Holm."

    assert spoken(text)[1] == []


@pytest.mark.parametrize(
    ("lead", "want"),
    [
        ("Mayor Ida Holm spoke to the press after the vote:", "Ida Holm"),
        # Another one named there, and a body.
        (
            "In a statement issued after the storm, the United Nations defended the closure, which"
            " was signed by Mayor Jan Berg, as a last resort:",
            "United Nations",
        ),
        # A place that is no subject does not speak.
        ("The ferry to Norway was late that day:", None),
    ],
)
def test_the_subject_of_a_sentence_that_leads_up_to_a_quotation_speaks(lead, want):
    said = "“The mill is shut, and it will stay so for as long as the river rises.”"
    text = f"Nobody came on Monday.\n\n{lead} {said}"

    assert [want] == names(text, quoted(text, said))


@pytest.mark.parametrize(("nearness", "meant"), [(3.0, "the harbour agency"), (0.5, None)])
def test_it_is_nobody_where_another_body_is_nearly_as_likely(nearness, meant):
    text = "The mill company said it was late. So did the harbour agency. It denied more."
    first = Attribution((span(text, "The mill company"),), (), (span(text, "it was late"),))
    second = Attribution((span(text, "the harbour agency"),), (), (span(text, "So did"),))
    third = Attribution((span(text, "It"),), (), (span(text, "more"),))

    with watching(Chooser({"rank:0": nearness, "nobody nobody:nobody": -9.0})):
        found = names(text, first, second, third)

    assert found[2] == meant

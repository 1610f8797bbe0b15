"""Whoever is quoted by an office alone has the name of who is quoted with the same words."""

import pytest

from index.speakers import read_speakers
from index.text.sentences import split_sentences
from index.types import Article, Attribution, Span

LEAD = "An ICC spokesperson said the port had “the duty to help”."
LATER = (
    "Ida Holm, a spokesperson for the ICC, said on Friday: “All ports have the duty to help us.”"
)


def at(text, part):
    start = text.index(part)
    return Span(start, start + len(part))


def said(text, source, *content, **more):
    spans = tuple(at(text, part) for part in content)
    return Attribution((at(text, source),), (at(text, "said"),), spans, **more)


def names(text, *attributions):
    found, _ = read_speakers(Article("a", "", text), split_sentences(text), attributions)
    return [one.speaker and one.speaker.name for one in found]


def test_the_same_words_have_the_name_that_stands_later():
    text = f"{LEAD} Nobody came.\n\n{LATER}"
    lead = said(text, "An ICC spokesperson", "the port had “the duty to help”")
    later = said(
        text, "Ida Holm, a spokesperson for the ICC", "“All ports have the duty to help us.”"
    )

    assert ["Ida Holm", "Ida Holm"] == names(text, lead, later)


@pytest.mark.parametrize(
    ("lead", "more"),
    [
        # Of another body; words of one's own; several; and who denies them.
        (LEAD.replace("An ICC", "A Kremlin"), {}),
        (LEAD.replace("duty to help", "chance to leave"), {}),
        (LEAD.replace("An ICC spokesperson", "ICC officials"), {}),
        (LEAD, {"cue_class": "denied"}),
        (LEAD, {"negated": True}),
    ],
)
def test_nobody_is_named_who_may_be_another(lead, more):
    text = f"{lead} Nobody came.\n\n{LATER}"
    source, content = lead.split(" said ")
    first = said(text, source, content.rstrip("."))
    later = said(
        text,
        "Ida Holm, a spokesperson for the ICC",
        "“All ports have the duty to help us.”",
        **more,
    )

    assert [source, "Ida Holm"] == names(text, first, later)


@pytest.mark.parametrize("lead", ["A heckler", "The envoy"])
def test_nobody_is_named_who_only_repeats(lead):
    text = (
        f"{lead} said: “All ports are rotten today.”\n\n"
        "“All ports are rotten today,” Ida Holm mocked."
    )
    first = said(text, lead, "“All ports are rotten today.”")
    second = Attribution(
        (at(text, "Ida Holm"),), (at(text, "mocked"),), (at(text, "“All ports are rotten today,”"),)
    )

    assert [lead, lead] == names(text, first, second)

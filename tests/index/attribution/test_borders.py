"""A statement ends at headings, lists and headlines; only a quotation mark carries it across."""

from __future__ import annotations

import pytest

from index.attribution import find_attributions
from index.attribution.quotations import quotation_spans
from index.attribution.statements.borders import within_borders, without_headline
from index.attribution.tagger import CueFrame
from index.text.sentences import split_sentences
from index.types import Article, Attribution, Span


def spans(text: str, *words: str) -> tuple[Span, ...]:
    return tuple(Span(text.index(one), text.index(one) + len(one)) for one in words)


def frame_of(text: str, content: Span) -> CueFrame:
    return CueFrame(spans(text, "said"), spans(text, "Ana Holm"), (content,), 1.0)


def contents(text: str, frame: CueFrame) -> list[str]:
    cut = within_borders(text, [frame], quotation_spans(text))
    return [text[slice(*span)] for one in cut for span in one.content]


@pytest.mark.parametrize(
    "above",
    ["Who pays", "What happens next?", "Soup", "- Soup and bread", "The bill is due in May."],
)
@pytest.mark.parametrize("end", ["\n", "\n\n", "\r\n"])
def test_what_stands_above_a_statement_is_no_part_of_it(above, end):
    text = f"{above}{end}The town will pay, Ana Holm said."
    frame = frame_of(text, Span(0, text.index(", Ana")))

    assert contents(text, frame) == ["The town will pay"]


@pytest.mark.parametrize("below", ["A second chance", "Who else pays?"])
def test_what_stands_under_a_heading_is_another_matter(below):
    text = f"Ana Holm said the town will pay.\n\n{below}\n\nThe ferries are old."
    begin = text.index("the town")
    frame = frame_of(text, Span(begin, len(text)))

    assert contents(text, frame) == ["the town will pay."]


def test_a_quotation_runs_across_paragraphs():
    text = "“The town is broke.\n\n“We have nothing left,” Ana Holm said."
    frame = frame_of(text, Span(0, text.index(" Ana Holm")))

    assert contents(text, frame) == [text[: text.index(" Ana Holm")]]


def test_a_list_that_a_statement_announces_is_part_of_it():
    text = "Ana Holm said the town would:\nSell the tram\nShut the pool\n"
    begin = text.index("the town")
    frame = frame_of(text, Span(begin, len(text) - 1))

    assert contents(text, frame) == ["the town would:\nSell the tram\nShut the pool"]


@pytest.mark.parametrize("heading", ["How much will it cost", "What happens next?"])
def test_the_tagger_s_statements_are_kept_within_headings(heading):
    text = (
        f"The plan was shown on Friday.\n\n{heading}\n\n"
        "The tram will cost two billion, treasurer Iris Coe said."
    )
    found = find_attributions(Article("a", "Tram", text), split_sentences(text))

    said = [text[slice(*span)] for one in found for span in one.content]
    assert "The tram will cost two billion" in said
    assert not any(heading in one for one in said)


def test_a_headline_above_its_text_is_nobody_s_statement():
    text = "Captain denies he slept\n\nCaptain Vera Moss denied that she slept."
    above = Attribution(spans(text, "Captain"), spans(text, "denies"), spans(text, "he slept"))
    below = Attribution(
        spans(text, "Captain Vera Moss"), spans(text, "denied"), spans(text, "she slept")
    )
    article = Article("a", "Captain denies he slept", text)

    assert without_headline(article, [above, below]) == [below]


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Captain denies he slept", "Captain denies he slept"),
        ("Captain denies he slept.", "Captain denies he slept.\nMore follows."),
        ("Tug sinks", "Captain denies he slept\nMore follows."),
    ],
)
def test_a_first_line_that_is_the_text_keeps_its_statement(title, text):
    one = Attribution((), spans(text, "denies"), spans(text, "he slept"))

    assert without_headline(Article("a", title, text), [one]) == [one]

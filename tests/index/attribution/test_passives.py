"""Who speaks in the passive."""

import pytest

from index.attribution.linking import link
from index.attribution.tagger import CueFrame
from index.types import Span


def spans(text, *parts):
    return tuple(Span(text.index(part), text.index(part) + len(part)) for part in parts)


def linked(text, source, cue, *content):
    frame = CueFrame(spans(text, *source), spans(text, cue), spans(text, *content), 0.9)
    [found] = link(text, [frame])
    return [[text[slice(*s)] for s in each] for each in (found.source, found.content)]


def test_whoever_is_reported_to_have_said_it_said_it():
    text = "“The port stays open,” Holm was reported to have said on Monday."

    found = linked(text, [], "was reported to have said", "“The port stays open,” Holm")

    assert [["Holm"], ["“The port stays open,”"]] == found


def test_whoever_told_it_follows_by():
    text = "A crew outside the hall were told by police that the envoy had left."

    found = linked(
        text, ["A crew outside the hall", "police"], "were told", "that the envoy had left"
    )

    assert [["police"], ["that the envoy had left"]] == found


def test_two_behind_by_stay_two():
    text = "The sale was confirmed by the Tern and by the Harbour Post."

    found = linked(text, ["the Tern", "the Harbour Post"], "was confirmed", "The sale")

    assert [["the Tern", "the Harbour Post"], ["The sale"]] == found


@pytest.mark.parametrize(
    ("text", "content", "want"),
    [
        ("Holm was described as “a menace” by the police.", "as “a menace” by the police",
         [["the police"], ["as “a menace”"]]),
        ("It was said to be “safe” by the Harbour Works Board.", "“safe” by the Harbour",
         [["the Harbour Works Board"], ["“safe”"]]),
        # Words of the quotation itself name nobody.
        ("Holm was described as “left by the police”.", "as “left by the police”",
         [[], ["as “left by the police”"]]),
    ],
)  # fmt: skip
def test_whoever_follows_by_behind_the_quotation_said_it(text, content, want):
    cue = "was described" if "described" in text else "was said"

    assert want == linked(text, [], cue, content)


def test_an_active_cue_names_nobody_by_by():
    text = "Holm called it “a menace” by the sea."

    assert [[], ["it “a menace” by the sea"]] == linked(
        text, [], "called", "it “a menace” by the sea"
    )

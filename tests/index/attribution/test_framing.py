"""What the text around sets aside, sentences away: satire, checked claims, suppositions, plots."""

from __future__ import annotations

import time

import pytest

from index.attribution.unsaid.framing import set_aside
from index.types import Attribution, Span


def made(text: str, content: str, source: str = "", cue: str = "") -> Attribution:
    def spans(part: str) -> tuple[Span, ...]:
        at = text.rindex(part) if part else 0
        return (Span(at, at + len(part)),) if part else ()

    return Attribution(spans(source), spans(cue), spans(content))


@pytest.mark.parametrize(
    "notice",
    [
        "SATIRE\n\n{}",
        "{}\n\nThis article is satire.",
        "{}\n\n(This story is a work of fiction.)",
        "Editor's note: this piece is a spoof.\n\n{}",
        "*This is satire. Nothing else.*\n\n{}",
        "The above is satire.\n\n{}",
        "{}\n\nAll quotes are invented.",
    ],
)
def test_nothing_in_a_satire_was_said(notice):
    text = notice.format("“It was delicious,” Lund said.")

    assert "supposed" == set_aside(text, made(text, "“It was delicious,”", "Lund", "said"))


@pytest.mark.parametrize(
    "around",
    [
        "“This article is satire,” Lund said of the report. {}",
        "She said of the paper: “This story is a work of fiction.”\n\n{}",
        "The novelist said that this story is fiction. {}",
        "Lund laughed at the satire. {}",
        "The speech was a joke. This report is fiction, Kern said. {}",
        "Kern promised a bridge. None of this happened. {}",
    ],
)
def test_who_speaks_of_a_satire_writes_none(around):
    text = around.format("“It was delicious,” Lund said.")

    assert set_aside(text, made(text, "“It was delicious,”", "Lund", "said")) is None


@pytest.mark.parametrize(
    ("verdict", "want"),
    [
        ("Verdict: Fake. No record of the remark exists.", "not said"),
        ("RATING: False. The quotation is invented.", "not said"),
        ("Our verdict\n\nLund never said this.", "not said"),
        ("Conclusion: The video was doctored.", "not said"),
        ("Our verdict\n\nFalse. Crime fell by a tenth.", "unconfirmed"),
        ("Rating: Missing context", "unconfirmed"),
        ("Verdict: True. She said so on Monday.", None),
        ("Later the council met.", None),
    ],
)
@pytest.mark.parametrize(
    "heading", ["CLAIM: ", "Claim:\n", "What was claimed\n\n", "The claim: ", "Viral claim — "]
)
def test_a_claim_is_what_its_check_found(heading, verdict, want):
    text = f"{heading}Lund said “we will sell the park”.\n\n{verdict}\n\nThe park stays."

    assert want == set_aside(text, made(text, "“we will sell the park”", "Lund", "said"))


def test_what_stands_below_a_check_is_none_of_its_claim():
    text = "Claim: Lund sells the park.\n\nVerdict: Fake.\n\n“It stays,” Lund said."

    assert set_aside(text, made(text, "“It stays,”", "Lund", "said")) is None


@pytest.mark.parametrize(
    ("text", "content", "source", "cue", "want"),
    [
        ("Imagine, for once, that Lund were honest. She would say: “I lost.”", "“I lost.”", "She",
         "say", True),
        ("Imagine that Lund were honest. She would stand up and say: “I lost.”", "“I lost.”", "",
         "", True),
        ("Suppose Lund lost.\n\nShe would tell us: “I lost.”", "“I lost.”", "She", "tell", True),
        ("In a better world Lund would speak. She might say: “I lost.”", "“I lost.”", "She", "say",
         True),
        ("What if Lund had won? “We would have built it,” Lund said.", "“We would have built it,”",
         "Lund", "said", False),
        ("Imagine a town without cars. Lund would only say that a plan exists.",
         "that a plan exists", "Lund", "say", False),
        ("Lund was a tough boss. She would say: “Work is a gift.” Imagine that!",
         "“Work is a gift.”", "She", "say", False),
        ("“Imagine we had lost,” Kern said. Lund would say later: “We won.”", "“We won.”", "Lund",
         "say", False),
        ("Suppose Lund lost.\n\nIn fact she won.\n\nShe would say later: “We won.”", "“We won.”",
         "She", "say", False),
        ("In Moll's new novel the minister is a spy. “Burn it,” she says in chapter four.",
         "“Burn it,”", "she", "says", True),
        ("In the film he is a spy. In the final scene Lund says: “I rule.”", "“I rule.”", "Lund",
         "says", True),
        ("In the novel she is a spy. “Burn it,” she says on page 40.", "“Burn it,”", "she",
         "says on", True),
        ("In her new novel Kern goes home. “I wrote it in a month,” Kern says.",
         "“I wrote it in a month,”", "Kern", "says", False),
        ("In chapter four of her memoir Lund says she was poor.", "she was poor", "Lund", "says",
         False),
        ("He liked the novel. Berg writes in chapter four that he left.", "that he left", "Berg",
         "writes", False),
    ],
)  # fmt: skip
def test_what_is_imagined_or_played_sentences_before_was_not_said(text, content, source, cue, want):
    assert ("supposed" if want else None) == set_aside(text, made(text, content, source, cue))


@pytest.mark.parametrize("part", ["\n", "Claim:\n", "_*:", "Imagine ", "in the novel ", "This is "])
def test_hostile_text_takes_no_time(part):
    text = part * 20_000 + "“It stays,” Lund said."
    began = time.process_time()

    set_aside(text, made(text, "“It stays,”", "Lund", "said"))

    assert time.process_time() - began < 1.0

"""The report of a draft's quotations fits into a message, and says what it leaves out."""

from __future__ import annotations

import json

import pytest

from bot.messages.draft_report import report_message
from bot.messages.elements import MAX_BLOCKS, MAX_CHARACTERS, size
from index.checking.checked import Checked, Difference
from tests.acceptance.engine_double import quote


def checked(verdict, n=0, **more):
    words = f"We will stay {n} days"
    return Checked(0, len(words), words, verdict, "Ivan Marek", (quote(),), **more)


@pytest.mark.parametrize(
    ("verdict", "says"),
    [
        ("found", "Found"),
        ("altered", "Altered"),
        ("other_speaker", "Another’s words"),
        ("stitched", "Stitched from several statements"),
        ("out_of_context", "Out of its context"),
        ("not_on_record", "Not on record"),
    ],
)
def test_each_verdict_is_said_in_plain_words(verdict, says):
    message = report_message([checked(verdict)])

    assert f"1 quotation: 1 {says.lower()}" == message.text
    assert says in json.dumps(message.blocks, ensure_ascii=False)


def test_what_does_not_fit_is_counted():
    found = [
        checked("altered", n, differences=(Difference("a" * 90, "b" * 90),)) for n in range(80)
    ]

    message = report_message(found)

    assert size(message.blocks) <= MAX_CHARACTERS
    assert len(message.blocks) <= MAX_BLOCKS
    assert "more quotations did not fit" in json.dumps(message.blocks)
    assert "80 quotations: 80 altered" == message.text


def test_reports_are_no_quotations():
    assert "no quotation" in report_message([checked(None)]).text

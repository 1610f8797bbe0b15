"""What somebody is reported to have said within another's statement is found as well."""

import pytest

from index.attribution.inner import with_inner
from index.attribution.tagger import CueFrame
from index.types import Span


def inner(text):
    """Read a text whose first clause is "Ann Corbin said", and list what stands within."""
    cue = text.index("said")
    outer = CueFrame((Span(0, cue - 1),), (Span(cue, cue + 4),), (Span(cue + 5, len(text)),), 1.0)
    found = with_inner(text, [outer])
    return [
        (text[slice(*f.source[0])], text[slice(*f.cue[0])], text[slice(*f.content[0])])
        for f in found
        if f is not outer
    ]


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("Ann Corbin said the owner had told him the alarm was broken.",
         ("the owner", "told", "the alarm was broken.")),
        ("Ann Corbin said that Ned Corbin had denied taking the money.",
         ("Ned Corbin", "denied", "taking the money.")),
        ("Ann Corbin said the harbour ministry warned that ships would sink.",
         ("the harbour ministry", "warned", "ships would sink.")),
        ("Ann Corbin said, when officials insisted the gate was shut, that it was not.",
         ("officials", "insisted", "the gate was shut, that it was not.")),
    ],
)  # fmt: skip
def test_a_clause_of_somebody_else_is_his_statement(text, want):
    assert [want] == inner(text)


@pytest.mark.parametrize(
    "text",
    [
        "Ann Corbin said the plan announced in May was too dear for the town.",
        "Ann Corbin said he had told them twice that it was over.",
        "Ann Corbin said it was late: “It rained, and the owner warned that the alarm broke.”",
        "Ann Corbin said the ships and the boats denied entry would wait outside.",
        "Ann Corbin said the owner had told him.",
    ],
)
def test_participles_pronouns_and_quoted_words_are_none(text):
    assert [] == inner(text)

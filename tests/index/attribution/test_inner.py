"""What somebody is reported to have said within another's statement is found as well."""

import pytest

from index.attribution.tagger import CueFrame
from index.attribution.told.inner import with_inner
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
        ("Ann Corbin said the Danish and Norwegian governments also asked the ship to leave port.",
         ("the Danish and Norwegian governments", "asked", "the ship to leave port.")),
        ("Ann Corbin said Lina da Corbin admitted to taking the money from the till.",
         ("Lina da Corbin", "admitted", "to taking the money from the till.")),
        ("Ann Corbin said she was told by the harbour master, Ned Corbin, that the gate was shut.",
         ("the harbour master, Ned Corbin", "told", "the gate was shut.")),
        ("Ann Corbin said that Lund claimed whoever shut the gate wanted money.",
         ("Lund", "claimed", "whoever shut the gate wanted money.")),
        ("Ann Corbin said “(Corbin) said he was going to mend the gate at once.”",
         ("Corbin", "said", "he was going to mend the gate at once.”")),
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
        "Ann Corbin said the help asked of the owner came late to the town.",
        "Ann Corbin said “He said he was going to mend the gate at once.”",
    ],
)
def test_participles_pronouns_and_quoted_words_are_none(text):
    assert [] == inner(text)

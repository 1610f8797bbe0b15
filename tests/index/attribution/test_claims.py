"""What somebody claims by a noun is found as what he says."""

import pytest

from index.attribution.tagger import CueFrame
from index.attribution.told.claims import is_claim, with_claims
from index.types import Span


def claims(text, frames=()):
    return [
        (text[slice(*f.source[0])], text[slice(*f.cue[0])], text[slice(*f.content[0])])
        for f in with_claims(text, frames)
        if f not in frames
    ]


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("Ann Corbin disputed Novak’s repeated claims that the harbour was shut on Monday.",
         ("Novak", "claims", "the harbour was shut on Monday.")),
        ("The strikes contradicted Novak's promises to end the war abroad, and nobody spoke.",
         ("Novak", "promises", "end the war abroad")),
        ("The shock announcement by Ida Novak that the ships would leave the north was late.",
         ("Ida Novak", "announcement", "the ships would leave the north was late.")),
        ("Corbin rejected a Norwegian statement urging restraint in the north.",
         ("Norwegian", "statement", "urging restraint in the north.")),
        ("Nobody left when Ida Novak issued a stern warning that the dam could break.",
         ("Ida Novak", "issued a stern warning", "the dam could break.")),
    ],
)  # fmt: skip
def test_a_noun_of_saying_has_whose_it_is_and_what_follows(text, want):
    assert [want] == claims(text)


@pytest.mark.parametrize(
    "text",
    [
        "The statements made by Ida Novak is that you set ships in motion in the north.",
        "His repeated claims that the harbour was shut on Monday were false.",
        "The claims that the harbour was shut on Monday were false.",
        "Novak's promises to wait.",
        "Novak's plan to end the war abroad was late, and nobody spoke.",
    ],
)
def test_what_nobody_is_named_for_is_none(text):
    assert [] == claims(text)


def test_what_the_tagger_found_is_not_found_again():
    text = "Ann Corbin disputed Novak’s repeated claims that the harbour was shut on Monday."
    at = text.index("claims")
    known = CueFrame((Span(20, 25),), (Span(at, at + 6),), (Span(at + 7, len(text)),), 1.0)

    assert [] == claims(text, [known])


def test_whose_claim_is_told_of_does_not_speak_here():
    text = "Novak’s claims that it was shut. The claim by Corbin that it was. Novak claims that."
    spans = {word: Span(text.index(word), text.index(word) + len(word)) for word in ("Corbin",)}
    verb = Span(text.index("claims that."), text.index("claims that.") + 6)

    assert is_claim(text, Span(0, 5), Span(8, 14))
    assert is_claim(text, spans["Corbin"], Span(text.index("claim by"), text.index("claim by") + 5))
    assert not is_claim(text, Span(verb.start - 6, verb.start - 1), verb)

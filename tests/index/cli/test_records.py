from datetime import UTC, datetime

import pytest

from index.cli.records import attributions_record
from index.types import (
    Article,
    Attribution,
    IndexedArticle,
    Party,
    Sentence,
    Span,
    Speaker,
    Statement,
)

NORWAY = Party("norway", "Norway", "country")
SWEDEN = Party("sweden", "Sweden", "country")
UNION = Party("european union", "European Union", "body")
COUNCIL = Party("european council", "European Council", "body")
TEXT = "They said no."


def laid_out(*speakers):
    """Lay out one attribution that several speakers share: its speakers and parties."""
    spoken = Attribution((Span(0, 4),), (Span(5, 9),), (Span(10, 12),))
    item = IndexedArticle(
        Article("a", "", TEXT),
        (Sentence(0, 0, len(TEXT)),),
        tuple(Statement(spoken, speaker) for speaker in speakers),
        datetime(2026, 1, 1, tzinfo=UTC),
    )
    return [(r["speaker"], r["party"]) for r in attributions_record(item)["attributions"]]


def named(name, *parties):
    return Speaker(name.lower(), name, None, parties)


def test_each_of_two_who_speak_together_keeps_the_own_party():
    found = laid_out(named("Oslo", NORWAY), named("Stockholm", SWEDEN))

    assert [("Oslo", "Norway"), ("Stockholm", "Sweden")] == found


def test_two_of_one_party_are_the_speaker_together():
    found = laid_out(named("Ann Berg", NORWAY), named("Lars Holm", NORWAY))

    assert [("Ann Berg and Lars Holm", "Norway")] == found


@pytest.mark.parametrize(
    ("parties", "wanted"), [((COUNCIL, UNION), "European Union"), ((), None), ((NORWAY,), "Norway")]
)
def test_a_body_of_a_state_or_of_the_union_speaks_for_that(parties, wanted):
    assert [("Pia Rosen", wanted)] == laid_out(named("Pia Rosen", *parties))

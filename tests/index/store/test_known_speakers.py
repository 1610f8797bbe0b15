"""Who is on record, folded anew only where something has changed."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from index.store import SpeakerVariant
from index.store.codec import from_micros
from index.store.known_speakers import SpeakerFold, known_speakers
from index.store.sqlite.rows import REMEMBERED
from tests.index.store.store_builders import (
    BRYN,
    EAST,
    NORLAND,
    SOL,
    UNION,
    VIK,
    article,
    day,
    said,
    speaker,
    vectors,
)

SPEAKERS = (
    VIK,
    SOL,
    BRYN,
    speaker("Vik", UNION),
    speaker("Vik", role="Envoy"),
    speaker("Bryn", NORLAND),
)
VOICES = st.builds(
    lambda who, count, newest: SpeakerVariant(
        who.key, who.name, who.role, who.parties, count, from_micros(newest)
    ),
    st.sampled_from(SPEAKERS),
    st.integers(1, 3),
    st.none() | st.integers(0, 9),
)
STEPS = st.lists(st.dictionaries(st.integers(1, 5), st.none() | VOICES), max_size=6)


def folded(known, changed):
    """What is known after *changed* speakers, in the order of the store."""
    now = {key: each for key, each in {**known, **changed}.items() if each is not None}
    return now, sorted(now.values(), key=lambda s: (-s.statements, s.key))


@given(STEPS)
def test_a_roll_that_hears_of_changes_alone_knows_what_all_voices_tell(steps):
    fold, held, known = SpeakerFold(), {}, {}

    for changes in steps:
        held = {n: v for n, v in {**held, **changes}.items() if v is not None}
        known, listed = folded(known, fold.apply(changes))
        assert known_speakers(held.values()) == listed


def test_a_roll_folds_only_the_speakers_whose_voices_have_changed(monkeypatch):
    fold, calls = SpeakerFold(), []
    voices = [SpeakerVariant(w.key, w.name, w.role, w.parties, 1, day(5)) for w in (VIK, SOL, BRYN)]
    fold.apply(dict(enumerate(voices)))
    real = known_speakers
    monkeypatch.setattr(
        "index.store.known_speakers.known_speakers", lambda voices: calls.append(1) or real(voices)
    )

    fold.apply({1: voices[1]._replace(statements=2)})

    assert 1 == len(calls)


def test_what_is_heard_since_any_generation_makes_the_same_roll_as_all(store):
    """Articles come, change, change back and go; the changes since any earlier look are enough."""

    def put(name, *who):
        store.put(article(name, "aaaaaaaaa", says=[said(w) for w in who]), vectors(EAST))

    steps = (
        lambda: put("a", VIK, SOL),
        lambda: put("b", SOL, BRYN, None),
        lambda: put("a", BRYN),
        lambda: store.remove("b"),
        lambda: put("b", VIK),
        lambda: put("a", VIK, SOL),
        lambda: store.remove("a"),
    )
    rolls = []
    for step in steps:
        rolls.append((SpeakerFold(), {}, None))
        step()
        for at, (fold, known, since) in enumerate(rolls):
            # The first looks every time, the second every other time, and so on.
            if since is None or store.generation() % (at + 1) == 0:
                changes = store.speaker_changes(since)
                if changes.whole:
                    fold, known = SpeakerFold(), {}
                known, listed = folded(known, fold.apply(changes.variants))
                rolls[at] = (fold, known, changes.generation)
                assert store.speakers() == listed


def test_only_what_has_changed_is_told_on_disk(on_disk):
    store = on_disk()
    store.put(article("a", "aaaaaaaaa", says=[said(VIK)]), vectors(EAST))
    before = store.generation()

    store.put(article("b", "aaaaaaaaa", says=[said(SOL)]), vectors(EAST))
    changes = store.speaker_changes(before)

    assert (False, ["sol"]) == (changes.whole, [v.key for v in changes.variants.values()])
    assert {} == store.speaker_changes(changes.generation).variants


def test_who_looked_too_long_ago_or_at_a_later_state_is_told_all(on_disk):
    store = on_disk()
    store.put(article("a", "aaaaaaaaa", says=[said(VIK)]), vectors(EAST))
    with store._database.writing() as db:
        db.execute("UPDATE meta SET value = ? WHERE name = 'generation'", (REMEMBERED + 2,))

    for since in (0, 1, REMEMBERED + 3):
        changes = store.speaker_changes(since)
        assert (True, ["vik"]) == (
            changes.whole,
            [v.key for v in changes.variants.values()],
        )

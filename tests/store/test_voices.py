"""Who is on record, folded anew only where something has changed."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from store_builders import BRYN, NORLAND, SOL, UNION, VIK, speaker

from index.store.codec import decode_voice, encode_voice, from_micros
from index.store.voices import Roll, Voice, known_speakers

VOICES = (
    VIK,
    SOL,
    BRYN,
    speaker("Vik", UNION),
    speaker("Vik", role="Envoy"),
    speaker("Bryn", NORLAND),
)
COUNTS = st.dictionaries(
    st.sampled_from([encode_voice(voice) for voice in VOICES]),
    st.tuples(st.integers(1, 3), st.none() | st.integers(0, 9)),
)


@given(steps=st.lists(COUNTS, max_size=6))
def test_a_roll_called_again_and_again_is_that_of_the_last_counts(steps):
    roll = Roll()

    for counts in steps:
        voices = [
            Voice(*decode_voice(body), count, from_micros(newest))
            for body, (count, newest) in counts.items()
        ]
        assert known_speakers(voices) == roll.call(counts)


def test_a_roll_folds_only_the_speakers_whose_counts_have_changed(monkeypatch):
    roll, folded = Roll(), []
    counts = {encode_voice(voice): (1, 5) for voice in (VIK, SOL, BRYN)}
    roll.call(counts)
    real = known_speakers
    monkeypatch.setattr(
        "index.store.voices.known_speakers", lambda voices: folded.append(1) or real(voices)
    )

    roll.call({**counts, encode_voice(SOL): (2, 6)})

    assert 1 == len(folded)

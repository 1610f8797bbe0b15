"""What an article costs grows with its length, and not with the square of it: nobody else waits."""

from __future__ import annotations

import subprocess
import sys

import pytest

from index.attribution.transcripts.turns import read_turns
from index.speakers import read_speakers
from index.speakers.resolve import labelling
from index.text.sentences import split_sentences
from index.types import Article, Attribution, Span

SECONDS = 30  # far more than it takes; without the guard it takes years


def calls_of(function) -> int:
    """Count the calls of functions while *function* runs."""
    count = 0

    def note(frame, event, argument):
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(note)
    try:
        function()
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("start", [" " * 200, "\n" * 200, "<?x?> " * 60])
def test_a_file_that_begins_with_blanks_is_read_at_once(start):
    data = f"{start}x".encode()
    code = f"from index import formats; print(len(list(formats.parse({data!r}, 'a.txt'))))"

    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=SECONDS, check=True
    )

    assert "1" == done.stdout.strip()


@pytest.mark.parametrize("label", ["A{}a", "Ada Quill", "Q"])
def test_twice_as_many_labels_of_a_transcript_cost_about_twice_as_much(label):
    def text(count: int) -> str:
        names = (label.format("".join(chr(97 + int(c)) for c in str(i))) for i in range(count))
        return "".join(f"{name}: we go there now.\n" for name in names)

    once, twice = (calls_of(lambda n=n: read_turns(text(n))) for n in (200, 400))

    assert twice < 2.3 * once


def test_only_who_speaks_around_a_statement_is_asked_whether_he_tells_of_it(monkeypatch):
    asked = []
    monkeypatch.setattr(labelling, "_tells", lambda outer, *_: bool(asked.append(outer)))
    text = "A ministry said it. The council said an aide said it. " * 50
    made = []
    for at in range(0, len(text), 54):
        made += [
            Attribution((Span(at, at + 10),), (Span(at + 11, at + 15),), (Span(at + 16, at + 18),)),
            Attribution(
                (Span(at + 20, at + 31),), (Span(at + 32, at + 36),), (Span(at + 37, at + 52),)
            ),
            Attribution(
                (Span(at + 37, at + 44),), (Span(at + 45, at + 49),), (Span(at + 50, at + 52),)
            ),
        ]

    read_speakers(Article("a", "", text), split_sentences(text), made)

    assert [one for one in made if one.source[0].end % 54 == 31] == asked

"""
A table of sentences: who reports what in each of them, and where nobody reports anything.

A row that the tagger still gets wrong carries ``xfail = "reason"``; it is strict, so a mended
row says so.
"""

import re
import tomllib
from itertools import pairwise
from pathlib import Path

import pytest

from index.attribution import find_attributions
from index.attribution.cues import classify_cue
from index.attribution.linking import kind_of
from index.attribution.quotations import quotation_spans
from index.text.sentences import split_sentences
from index.types import Article, Attribution, Span

ROWS = tomllib.loads((Path(__file__).parent / "rows.toml").read_text(encoding="utf-8"))["row"]
WANTED = [(row, want) for row in ROWS for want in row["want"]]
CUED = [(row, want) for row, want in WANTED if want["cue"]]
KEYS = {"source", "cue", "content", "kind", "cue_class", "negated", "thought", "nth"}
WORD = re.compile(r"[^\W_]+(?:['’.,&-][^\W_]+)*")
AFTER_HEAD = re.compile(r"[,(;:—–]|(?<=\s)(?:who|which|that|of|in|for|at|on|from|with|to|by)\s")
JACCARD = 0.8


def place(text, piece, nth=None):
    """Find *piece* as whole words in *text*; it must occur once, or *nth* tells which."""
    left = r"(?<!\w)" if piece[0].isalnum() else ""
    right = r"(?!\w)" if piece[-1].isalnum() else ""
    hits = [m.span() for m in re.finditer(left + re.escape(piece) + right, text)]
    assert len(hits) >= (nth or 1), f"{piece!r} is missing"
    assert nth or len(hits) == 1, f"{piece!r} occurs {len(hits)} times: give nth"
    return Span(*hits[(nth or 1) - 1])


def spans(text, want, key):
    pieces = want["content"] if key == "content" else [want[key]]
    return [place(text, piece, want.get("nth", {}).get(key)) for piece in pieces if piece]


def words(text, parts):
    return {m.start() for start, end in parts for m in WORD.finditer(text, start, end)}


def head(text, parts):
    """Choose the word that a source is about: the last before "of", "who" or a comma."""
    start, end = parts[0]
    found = words(text, parts[:1])
    cut = AFTER_HEAD.search(text, start + 1, end)
    return max((w for w in found if not cut or w < cut.start()), default=min(found))


def same_source(text, want, found):
    if not want or not found:
        return not want and not found
    return head(text, want) in words(text, found) or head(text, found) in words(text, want)


def overlap(want, found):
    if not want or not found:
        return not want and not found
    return any(a.start < b.end and b.start < a.end for a in want for b in found)


def like(text, want, found):
    a, b = words(text, want), words(text, found)
    return len(a & b) >= JACCARD * len(a | b)


def fits(text, want, attribution):
    given = {key: want[key] for key in ("kind", "cue_class", "negated", "thought") if key in want}
    return (
        same_source(text, spans(text, want, "source"), attribution.source)
        and overlap(spans(text, want, "cue"), attribution.cue)
        and like(text, spans(text, want, "content"), attribution.content)
        and given == {key: getattr(attribution, key) for key in given}
    )


def inside_quotations(text):
    marks = bytearray(len(text))
    for start, end in quotation_spans(text):
        marks[start:end] = b"\1" * (end - start)
    return marks


def message(text, attributions):
    """Word attributions for a failure's message."""
    return [
        (*(" … ".join(text[s:e] for s, e in part) for part in (a.source, a.cue, a.content)), a.kind)
        for a in attributions
    ]


def as_param(row):
    marks = [pytest.mark.xfail(strict=True, reason=row["xfail"])] if "xfail" in row else []
    return pytest.param(row, id=row["id"], marks=marks)


@pytest.fixture(scope="session")
def tagger():
    from index.attribution.tagger import shipped_tagger

    return shipped_tagger()


@pytest.mark.model
@pytest.mark.parametrize("row", [as_param(row) for row in ROWS])
def test_the_attributions_of_a_row_are_found(row, tagger):
    text = row["text"]

    found = find_attributions(Article(row["id"], "", text), split_sentences(text), tagger)

    missing = [w for w in row["want"] if not any(fits(text, w, a) for a in found)]
    assert missing == [], message(text, found)
    assert row["want"] or not found, message(text, found)


@pytest.mark.parametrize(("row", "want"), CUED, ids=[f"{r['id']}-{w['cue']}" for r, w in CUED])
def test_the_cue_of_a_row_is_read_as_the_row_says(row, want):
    text = row["text"]
    start, end = spans(text, want, "cue")[0]

    reading = classify_cue(want["cue"], text[:start], text[end:])

    expected = (
        want.get("cue_class", "said"),
        want.get("negated", False),
        want.get("thought", False),
    )
    assert expected == (reading.cue_class, reading.negated, reading.thought)


@pytest.mark.parametrize(("row", "want"), WANTED, ids=[f"{r['id']}-{w['cue']}" for r, w in WANTED])
def test_every_wanted_piece_stands_in_its_text(row, want):
    pieces = {key: spans(row["text"], want, key) for key in ("source", "cue", "content")}

    inside = sorted(span for found in pieces.values() for span in found)

    assert set(want) <= KEYS
    assert pieces["content"] == sorted(pieces["content"])
    assert pieces["content"]
    assert all(a.end <= b.start for a, b in pairwise(inside))


@pytest.mark.parametrize(("row", "want"), WANTED, ids=[f"{r['id']}-{w['cue']}" for r, w in WANTED])
def test_a_perfect_reading_fits_its_row_and_has_its_kind(row, want):
    text = row["text"]
    source, cue, content = (tuple(spans(text, want, k)) for k in ("source", "cue", "content"))
    given = {key: want[key] for key in ("cue_class", "negated", "thought") if key in want}

    kind = kind_of(text, content, inside_quotations(text))

    assert kind == want["kind"]
    assert fits(text, want, Attribution(source, cue, content, kind=kind, **given))


def test_the_table_is_large_and_its_ids_are_unique():
    ids = [row["id"] for row in ROWS]

    assert sorted(set(ids)) == sorted(ids)
    assert all(set(row) <= {"id", "text", "want", "xfail"} for row in ROWS)
    assert len(ROWS) >= 200
    assert sum(not row["want"] for row in ROWS) >= 30


def test_the_measures_of_the_table_tell_right_from_wrong():
    text = "The mayor of Split, Ana Marić, said the road was closed."
    right, other = [place(text, "The mayor of Split, Ana Marić,")], [place(text, "the road")]

    assert same_source(text, right, [place(text, "The mayor")])
    assert not same_source(text, right, other)
    assert not same_source(text, right, [])
    assert like(text, other, other)
    assert not like(text, other, [place(text, "the road was closed")])

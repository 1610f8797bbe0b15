"""What every store owes: any article comes back as it went in."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.types import (
    Article,
    Attribution,
    Evidence,
    IndexedArticle,
    Party,
    Sentence,
    Span,
    Speaker,
    Statement,
)
from tests.index.store.store_builders import DIM, day

TEXT = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=20) | st.text(
    alphabet="aA.!?“”‘’\"' \n\0é😀", max_size=20
)
MOMENT = st.datetimes().map(lambda moment: moment.replace(tzinfo=day(1).tzinfo))
PARTY = st.builds(Party, TEXT, TEXT, st.sampled_from(["country", "people"]))
EVIDENCE = st.builds(
    Evidence, TEXT, st.sampled_from(["user", "corpus"]), st.none() | TEXT, published_at=MOMENT
)
SPEAKER = st.builds(
    Speaker,
    TEXT,
    TEXT,
    st.none() | TEXT,
    st.lists(PARTY, max_size=2).map(tuple),
    st.lists(EVIDENCE, max_size=1).map(tuple),
    st.sampled_from(["named", "pronoun"]),
    st.none() | TEXT,
)


@st.composite
def indexed_articles(draw):
    text = draw(TEXT)
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=6)))
    bounds = list(pairwise(cuts))[:: draw(st.integers(1, 2))]
    at = st.integers(0, len(text))
    span = st.tuples(at, at).map(lambda pair: Span(*sorted(pair)))
    spans = st.lists(span, max_size=2).map(tuple)
    attribution = st.builds(
        Attribution,
        spans,
        spans,
        spans,
        st.sampled_from(["direct", "mixed"]),
        st.sampled_from(["denied", "said"]),
        st.booleans(),
        st.booleans(),
        st.floats(0, 1),
    )
    statement = st.builds(
        Statement, attribution, st.none() | SPEAKER, st.lists(TEXT, max_size=2).map(tuple)
    )
    return IndexedArticle(
        draw(
            st.builds(
                Article,
                TEXT,
                TEXT,
                st.just(text),
                st.none() | TEXT,
                st.none() | TEXT,
                st.none() | MOMENT,
                pages=st.lists(at, max_size=3).map(tuple),
            )
        ),
        tuple(Sentence(n, *bound) for n, bound in enumerate(bounds)),
        draw(st.lists(statement, max_size=3).map(tuple)),
        draw(MOMENT),
    )


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=100
)
@given(item=indexed_articles())
def test_any_article_comes_back_as_it_went_in(store, item):
    angles = np.arange(len(item.sentences), dtype=np.float64)
    rows = np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32).reshape(-1, DIM)

    store.put(item, rows)

    assert item == store.get(item.article.id)
    assert rows.astype(np.float16).tolist() == store.vectors(item.article.id).tolist()
    quoted = {s.speaker.key for s in item.statements if s.speaker is not None}
    assert quoted <= {known.key for known in store.speakers()}

"""Vectors made in integers: near to the others, their text's alone, and never mixed with them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index import models
from index.core import open_index
from index.errors import EmbeddingError, StoreError
from index.models import open_embedder
from index.models.embedder import INT8_MODEL, MODEL
from index.models.onnx_embedder import OnnxEmbedder
from index.settings import IndexSettings

NEWSPRINT = st.text(alphabet="aA.!?“”‘’\"' \n5\ud800é的", max_size=60)
TEXTS = [
    "The gate was shut.",
    "Nobody came to the harbour on the night of the storm, the minister told reporters.",
    "The gate was open.",
]


@pytest.fixture(scope="module")
def whole():
    return OnnxEmbedder(INT8_MODEL)


@pytest.mark.model
def test_they_point_nearly_where_those_of_full_precision_point(whole):
    cosines = (whole.embed_passages(TEXTS) * OnnxEmbedder().embed_passages(TEXTS)).sum(axis=1)

    assert [True] * 3 == [0.98 < cosine < 0.9999 for cosine in cosines]


@pytest.mark.model
@settings(max_examples=25, deadline=None)
@given(st.lists(NEWSPRINT, min_size=1, max_size=6))
def test_a_vector_is_of_length_one_and_depends_on_no_text_beside_it(whole, texts):
    together = whole.embed_passages([*texts, *TEXTS])

    assert np.allclose(np.linalg.norm(together, axis=1), 1, atol=1e-5)
    alone = np.array([whole.embed_query(text) for text in [*texts, *TEXTS]])
    assert np.allclose(alone, together, atol=1e-5)


@pytest.mark.parametrize(("first", "second"), [(MODEL, INT8_MODEL), (INT8_MODEL, MODEL)])
def test_an_index_of_the_one_is_refused_by_the_other(tmp_path, first, second):
    def at(name):
        return IndexSettings(
            _env_file=None, data_dir=tmp_path, backend="onnx", embedding_model=name
        )

    open_index(at(first)).close()

    with pytest.raises(StoreError, match=f"'{first}', settings name '{second}'.*rebuild"):
        open_index(at(second))


def test_only_onnx_runs_it(monkeypatch):
    monkeypatch.setattr(models, "has_gpu", lambda: True)

    def chosen(backend):
        return open_embedder(
            IndexSettings(_env_file=None, backend=backend, embedding_model=INT8_MODEL)
        )

    assert INT8_MODEL == chosen("auto").name
    with pytest.raises(EmbeddingError, match=r"INDEX_BACKEND=auto, or .* run `onrecord rebuild`"):
        chosen("torch")

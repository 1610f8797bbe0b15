"""Both embedders make the same vectors, and the settings choose between them."""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
from pathlib import Path
from threading import Barrier, current_thread

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index import models
from index.models import onnx_runtime, open_embedder
from index.models.embedder import INT8_MODEL, MODEL, SentenceTransformerEmbedder
from index.models.onnx_embedder import OnnxEmbedder
from index.settings import IndexSettings
from index.store.factory import stored_model
from index.store.sqlite.store import SqliteStore

ROOT = Path(__file__).parents[3]
NEWSPRINT = st.text(alphabet="aA.!?“”‘’\"' \n5\ud800é的", max_size=60)


@pytest.fixture(scope="module")
def both():
    return OnnxEmbedder(), SentenceTransformerEmbedder()


@pytest.mark.model
@settings(max_examples=25, deadline=None)
@given(st.lists(NEWSPRINT, min_size=1, max_size=6))
def test_an_index_may_hold_vectors_of_both(both, texts):
    onnx, torch = (embedder.embed_passages(texts) for embedder in both)

    assert np.allclose(onnx, torch, atol=1e-5)


@pytest.mark.model
def test_long_and_short_sentences_get_the_vectors_of_sentence_transformers(both):
    texts = ["The gate was shut, the minister said. " * n for n in (1, 2, 9, 40, 1)]

    onnx, torch = (embedder.embed_passages(texts) for embedder in both)

    assert np.allclose(onnx, torch, atol=1e-5)


@pytest.mark.model
def test_a_sentence_that_comes_again_is_run_once(both, monkeypatch):
    onnx, _ = both
    onnx.load()
    seen = []
    monkeypatch.setattr(onnx, "_run", lambda ids: seen.extend(ids) or np.ones((len(ids), 384)))

    rows = onnx.embed_passages(["The gate was shut.", "It rained.", "The gate was shut."])

    assert (3, 384) == rows.shape
    assert 2 == len(seen)


@pytest.mark.model
def test_onnx_embeds_without_loading_torch():
    code = (
        "import sys; from index.models.onnx_embedder import OnnxEmbedder;"
        "OnnxEmbedder().embed_query('The gate was shut.');"
        "print([m for m in ('torch', 'transformers', 'sentence_transformers') if m in sys.modules])"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert "[]" == done.stdout.strip()


@pytest.mark.model
@pytest.mark.parametrize("telemetry", [None, "0"])
def test_the_runtime_keeps_no_account_of_what_is_done_with_it(tmp_path, telemetry):
    code = (
        "from index.models.onnx_embedder import OnnxEmbedder;"
        "OnnxEmbedder().embed_query('The gate was shut.')"
    )
    home = {"HOME": str(tmp_path), "PATH": os.environ["PATH"]}

    setting = {} if telemetry is None else {"ORT_DISABLE_TELEMETRY": telemetry}
    subprocess.run([sys.executable, "-c", code], env=home | setting, check=True, cwd=ROOT)

    assert [] == list(tmp_path.rglob("*"))


@pytest.mark.parametrize(
    ("backend", "gpu", "kind", "device"),
    [
        ("auto", False, OnnxEmbedder, None),
        ("auto", True, SentenceTransformerEmbedder, "cuda"),
        ("onnx", True, OnnxEmbedder, None),
        ("torch", False, SentenceTransformerEmbedder, "cpu"),
        ("torch", True, SentenceTransformerEmbedder, "cuda"),
    ],
)
def test_a_gpu_is_used_where_there_is_one(monkeypatch, backend, gpu, kind, device):
    monkeypatch.setattr(models, "has_gpu", lambda: gpu)

    named = IndexSettings(_env_file=None, backend=backend, embedding_model=MODEL)
    made = open_embedder(named)

    assert kind is type(made)
    assert device == getattr(made, "_device", None)


@pytest.mark.parametrize(
    ("backend", "gpu", "new"),
    [
        ("auto", False, INT8_MODEL),
        ("auto", True, MODEL),
        ("onnx", True, INT8_MODEL),
        ("torch", False, MODEL),
    ],
)
def test_an_index_keeps_its_model_and_a_new_one_gets_the_fastest(
    tmp_path, monkeypatch, backend, gpu, new
):
    monkeypatch.setattr(models, "has_gpu", lambda: gpu)

    def chosen(folder, name="auto"):
        named = IndexSettings(
            _env_file=None, backend=backend, data_dir=folder, embedding_model=name
        )
        return open_embedder(named, stored_model(named))

    assert new == chosen(tmp_path / "new").name
    assert not (tmp_path / "new").exists()
    SqliteStore(tmp_path / "whole", MODEL, 384).close()
    assert MODEL == chosen(tmp_path / "whole").name
    if backend != "torch":
        SqliteStore(tmp_path / "rough", INT8_MODEL, 384).close()
        assert INT8_MODEL == chosen(tmp_path / "rough").name
        assert MODEL == chosen(tmp_path / "rough", MODEL).name


def test_without_the_library_of_a_driver_there_is_no_gpu(monkeypatch):
    def missing(name):
        raise OSError(name)

    monkeypatch.setattr(ctypes, "CDLL", missing)
    onnx_runtime.has_gpu.cache_clear()
    try:
        assert onnx_runtime.has_gpu() is False
    finally:
        onnx_runtime.has_gpu.cache_clear()


@pytest.mark.parametrize("threads", [1, 3])
def test_models_run_in_as_many_threads_as_the_settings_say(monkeypatch, threads):
    monkeypatch.setattr(onnx_runtime, "_threads", 0)
    open_embedder(IndexSettings(_env_file=None, backend="onnx", threads=threads))
    together = Barrier(threads)

    def meet(job):
        together.wait(20)
        return job, current_thread().name

    done = onnx_runtime.side_by_side(meet, range(3 * threads))

    assert [*range(3 * threads)] == [job for job, _ in done]
    assert threads == len({name for _, name in done})

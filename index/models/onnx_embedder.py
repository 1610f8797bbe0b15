"""
all-MiniLM-L6-v2 in ONNX Runtime: the vectors of sentence-transformers, in half the time.

Sentences of one length in tokens are run together, without padding. So a sentence's vector does
not depend on its neighbours, and it differs from the one that torch makes by less than 1e-6:
an index may hold both.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from index.models.embedder import (
    DIM,
    INT8_MODEL,
    MODEL,
    PackagedEmbedder,
    Vectors,
    encoder_folder,
    readable,
    warn_of_cuts,
)
from index.models.onnx_graph import Graph, encoded
from index.models.onnx_runtime import open_session, side_by_side

# `max_seq_length` of the packaged model.
_LIMIT = 256
# Tokens that are run at once; more is no faster.
_TOKENS = 512


class OnnxEmbedder(PackagedEmbedder):
    """
    An `Embedder` with the packaged model on the CPU; loading takes a second.

    Safe for several threads, which need not take turns.
    """

    def __init__(self, name: str = MODEL) -> None:
        """
        Choose the model.

        Raises:
            EmbeddingError: for another name than all-MiniLM-L6-v2, or that with -int8.
        """
        super().__init__(name, (MODEL, INT8_MODEL))
        self._session: Any = None
        self._tokenizer: Any = None

    def load(self) -> None:
        """Load the model now, if it is not yet."""
        from tokenizers import Tokenizer

        with self._lock:
            if self._session is None:
                self._tokenizer = Tokenizer.from_file(str(encoder_folder() / "tokenizer.json"))
                self._tokenizer.enable_truncation(_LIMIT)
                self._tokenizer.no_padding()
                graph = Graph(rough=self.name == INT8_MODEL)
                self._session = open_session(_written(graph))

    def _embed_one(self, text: str) -> Vectors:
        self.load()
        vector: Vectors = self._run([self._tokenizer.encode(text).ids])[0]
        vector.setflags(write=False)
        return vector

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """
        Embed *texts* as passages; one that stands there several times is embedded once.

        Args:
            texts: n sentences; a longer one is cut at the model's limit, with a warning.

        Returns:
            Shape (n, dim), rows of length 1, in the order of *texts*; (0, dim) for no texts.

        Raises:
            EmbeddingError: if the model cannot be loaded.
        """
        if not texts:
            return np.empty((0, DIM), dtype=np.float32)
        self.load()
        number = {text: i for i, text in enumerate(dict.fromkeys(texts))}
        encodings = self._tokenizer.encode_batch([readable(text) for text in number])
        cut = [e for e in encodings if e.overflowing]
        # What flows over is counted with the two tokens that enclose each piece.
        warn_of_cuts([_LIMIT + sum(len(o.ids) - 2 for o in e.overflowing) for e in cut], _LIMIT)
        rows = np.empty((len(number), DIM), dtype=np.float32)
        groups = list(_of_one_length([len(e.ids) for e in encodings]))
        found = side_by_side(lambda group: self._run([encodings[i].ids for i in group]), groups)
        for group, vectors in zip(groups, found, strict=True):
            rows[group] = vectors
        return rows[[number[text] for text in texts]]

    def _run(self, ids: list[list[int]]) -> Vectors:
        vectors: Vectors = self._session.run(None, {"ids": np.array(ids, dtype=np.int64)})[0]
        return vectors


def _of_one_length(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Put together the numbers of texts of one length, as many as are run at once."""
    alike: dict[int, list[int]] = {}
    for number, length in enumerate(lengths):
        alike.setdefault(length, []).append(number)
    for length, numbers in alike.items():
        size = max(1, _TOKENS // length)
        for at in range(0, len(numbers), size):
            yield numbers[at : at + size]


def _written(graph: Graph) -> bytes:
    """Write the encoder down, and the mean over its tokens brought to length 1."""
    from safetensors.numpy import load_file

    weights = load_file(encoder_folder() / "model.safetensors")
    words = graph.constant(weights["embeddings.word_embeddings.weight"])
    states = encoded(graph, weights, [graph.one("Gather", words, "ids")])
    mean = graph.one("ReduceMean", states, graph.constant(np.array([1])), keepdims=0)
    vectors = graph.one("LpNormalization", mean, axis=-1, p=2)
    return graph.serialized({"ids": (int, 2)}, {"vectors": vectors})

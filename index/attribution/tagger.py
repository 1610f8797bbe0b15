"""
Find the frames of an article: for every cue its source, cue and content spans.

Articles are read in overlapping windows, windows of several articles in one batch. A cue is
decided where it has most context on both sides, and its roles are decoded by Viterbi over
sequences that cannot be impossible: no inside without a begin, one cue, at its anchor.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.attribution.windows import CLS, PAD, SEP, Tokens, Window, tokenize, windows_of
from index.embedding import encoder_folder
from index.errors import AttributionError
from index.types import Span

WEIGHTS = Path(__file__).parent / "weights"
THRESHOLD = 0.5
BATCH = 16
_FORBIDDEN = -1e4
_SOURCE, _CUE, _CONTENT = (1, 2), (3, 4), (5, 6)

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Frame:
    """What one cue lifts out: spans of the article's text, and how sure the tagger is (0..1)."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    score: float


class Tagger:
    """
    The trained tagger.

    Raises:
        AttributionError: if the weights are missing or not the recorded ones.
    """

    def __init__(self, folder: Path = WEIGHTS) -> None:
        from tokenizers import Tokenizer

        self._model = load_model(folder)
        self._tokenizer: Any = Tokenizer.from_file(str(encoder_folder() / "tokenizer.json"))
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()

    def find_frames(self, texts: Sequence[str]) -> list[list[Frame]]:
        """
        Find the frames of each text, in order of their cues.

        Args:
            texts: n articles of any length.

        Returns:
            n lists; an empty one for a text without reported speech.
        """
        articles = [tokenize(text, self._tokenizer) for text in texts]
        jobs = [(i, w) for i, tokens in enumerate(articles) for w in windows_of(len(tokens.ids))]
        jobs.sort(key=lambda job: job[1].last - job[1].first)
        owners = [_owners(len(tokens.ids)) for tokens in articles]
        found: list[list[Frame]] = [[] for _ in texts]
        for batch in _chunks(jobs, BATCH):
            for i, frame in self._read(articles, owners, batch):
                found[i].append(frame)
        return [_without_doubles(frames) for frames in found]

    def _read(
        self,
        articles: list[Tokens],
        owners: list[NDArray[np.int64]],
        batch: list[tuple[int, Window]],
    ) -> Iterator[tuple[int, Frame]]:
        """Run the network over one batch of windows and decode what it finds."""
        import torch

        with torch.inference_mode():
            ids, case, mark, mask = (torch.from_numpy(x) for x in _inputs(articles, batch))
            states = self._model.encode(ids, case, mark, None if bool(mask.all()) else mask)
            scores = torch.sigmoid(self._model.anchors(states).float()).numpy()
            rows, places = _anchors(scores, owners, batch)
            if not len(rows):
                return
            roles = self._model.roles(
                states, torch.from_numpy(rows), torch.from_numpy(places)
            ).float()
            logits = torch.log_softmax(roles, dim=-1).numpy()
        lengths = np.array([w.last - w.first for _, w in batch])[rows]
        paths = best_paths(logits, places, lengths)
        for row, place, path in zip(rows, places, paths, strict=True):
            i, window = batch[row]
            yield i, _frame(articles[i], window, path, float(scores[row, place]))


def load_model(folder: Path) -> Any:
    """Load the encoder with the shipped weights laid over it, checked by SHA-256."""
    import torch
    from safetensors.torch import load_file
    from transformers import BertConfig, BertModel

    from index.attribution.model import AttributionModel

    file = folder / "tagger.safetensors"
    try:
        record = json.loads((folder / "tagger.json").read_text(encoding="utf-8"))
        actual = hashlib.sha256(file.read_bytes()).hexdigest()
    except (OSError, ValueError) as exc:
        raise AttributionError(f"no attribution weights in {folder}: {exc}; reinstall") from exc
    if actual != record["sha256"]:
        raise AttributionError(
            f"{file} has SHA-256 {actual}, recorded is {record['sha256']}: reinstall the package"
        )
    base = encoder_folder()
    encoder = BertModel(
        BertConfig.from_pretrained(base, local_files_only=True), add_pooling_layer=False
    )
    model = AttributionModel(encoder)
    words = load_file(base / "model.safetensors")["embeddings.word_embeddings.weight"]
    state = {name: tensor.float() for name, tensor in load_file(file).items()}
    state["encoder.embeddings.word_embeddings.weight"] = words
    missing, unexpected = model.load_state_dict(state, strict=False)
    if unexpected or any(not name.endswith("position_ids") for name in missing):
        raise AttributionError(f"{file} does not fit the network: {missing or unexpected}")
    model.eval()
    with torch.no_grad():
        return model.requires_grad_(False)


@lru_cache(maxsize=1)
def shipped_tagger() -> Tagger:
    """Load the tagger that the package carries, once a process."""
    return Tagger()


def best_paths(
    logits: Floats, anchors: NDArray[np.int64], lengths: NDArray[np.int64]
) -> NDArray[np.int64]:
    """
    Decode the best possible sequence of roles for each anchor.

    Args:
        logits: (k, tokens, 7) log-probabilities, token 0 being CLS.
        anchors: (k,) the token at which the cue begins.
        lengths: (k,) number of tokens after CLS that are text; the rest is outside.

    Returns:
        (k, tokens) roles.
    """
    scores = logits.copy()
    k, count, _ = scores.shape
    lines = np.arange(k)
    position = np.arange(count)[None]
    outside = (position < 1) | (position > lengths[:, None])
    scores[outside, 1:] = _FORBIDDEN
    begins = scores[lines, anchors, 3].copy()
    scores[:, :, 3] = _FORBIDDEN
    scores[lines, anchors] = _FORBIDDEN
    scores[lines, anchors, 3] = np.maximum(begins, -50.0)
    best = scores[:, 0].copy()
    best[:, [2, 4, 6]] = _FORBIDDEN
    back = np.zeros((k, count, 7), dtype=np.int8)
    for t in range(1, count):
        top = best.argmax(axis=1)
        value = best[lines, top]
        step = np.repeat(value[:, None], 7, axis=1)
        back[:, t] = top[:, None]
        for begin, inside in (_SOURCE, _CUE, _CONTENT):
            stays = best[:, inside] > best[:, begin]
            back[:, t, inside] = np.where(stays, inside, begin)
            step[:, inside] = np.where(stays, best[:, inside], best[:, begin])
        best = step + scores[:, t]
    paths = np.zeros((k, count), dtype=np.int64)
    paths[:, -1] = best.argmax(axis=1)
    for t in range(count - 1, 0, -1):
        paths[:, t - 1] = back[lines, t, paths[:, t]]
    return paths


def _chunks(items: list[Any], size: int) -> Iterator[list[Any]]:
    """Cut a list into pieces of *size*."""
    for at in range(0, len(items), size):
        yield items[at : at + size]


def _owners(count: int) -> NDArray[np.int64]:
    """Tell for each token the window (by its first token) that gives it most context."""
    margin = np.full(count, -1, dtype=np.int64)
    owner = np.zeros(count, dtype=np.int64)
    for window in windows_of(count):
        place = np.arange(window.first, window.last)
        left = np.where(window.first == 0, count, place - window.first)
        right = np.where(window.last == count, count, window.last - 1 - place)
        room = np.minimum(left, right)
        better = room > margin[window.first : window.last]
        owner[place[better]] = window.first
        margin[place[better]] = room[better]
    return owner


def _inputs(articles: list[Tokens], batch: list[tuple[int, Window]]) -> list[NDArray[np.int64]]:
    """Pad the windows of one batch: ids, case, mark, mask, each (windows, tokens)."""
    longest = max(w.last - w.first for _, w in batch) + 2
    ids, case, mark, mask = (np.full((len(batch), longest), PAD, dtype=np.int64) for _ in range(4))
    for row, (i, window) in enumerate(batch):
        n, part = window.last - window.first, slice(window.first, window.last)
        ids[row, 0], ids[row, n + 1] = CLS, SEP
        ids[row, 1 : n + 1] = articles[i].ids[part]
        case[row, 1 : n + 1] = articles[i].case[part]
        mark[row, 1 : n + 1] = articles[i].mark[part]
        mask[row, : n + 2] = 1
    return [ids, case, mark, mask]


def _anchors(
    scores: Floats, owners: list[NDArray[np.int64]], batch: list[tuple[int, Window]]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """List (row, token) of the anchors that their window owns."""
    rows: list[int] = []
    places: list[int] = []
    for row, (i, window) in enumerate(batch):
        n = window.last - window.first
        own = owners[i][window.first : window.last] == window.first
        hits = np.flatnonzero((scores[row, 1 : n + 1] >= THRESHOLD) & own)
        rows += [row] * len(hits)
        places += [int(hit) + 1 for hit in hits]
    return np.array(rows, dtype=np.int64), np.array(places, dtype=np.int64)


def _frame(tokens: Tokens, window: Window, path: NDArray[np.int64], score: float) -> Frame:
    """Turn one path of roles into spans of the text."""
    spans: dict[int, list[Span]] = {1: [], 3: [], 5: []}
    for t in np.flatnonzero(path):
        role, token = int(path[t]), window.first + int(t) - 1
        begin, end = int(tokens.start[token]), int(tokens.end[token])
        if role in spans:
            spans[role].append(Span(begin, end))
        else:
            last = spans[role - 1][-1]
            spans[role - 1][-1] = Span(last.start, max(last.end, end))
    source, cue, content = (
        tuple(span for span in spans[role] if span.end > span.start) for role in (1, 3, 5)
    )
    return Frame(source, cue, content, score)


def _without_doubles(frames: list[Frame]) -> list[Frame]:
    """Drop a frame whose cue overlaps that of a surer one; order by cue."""
    kept: list[Frame] = []
    for frame in sorted((f for f in frames if f.cue and f.content), key=lambda f: f.cue[0]):
        if not kept or frame.cue[0].start >= kept[-1].cue[0].end:
            kept.append(frame)
        elif frame.score > kept[-1].score:
            kept[-1] = frame
    return kept

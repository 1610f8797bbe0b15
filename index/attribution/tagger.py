"""
Find the frames of an article: for every cue its source, cue and content spans.

Articles are read in overlapping windows, each by itself and several beside each other: on a CPU
a batch of them is no faster, and what stands in one article never changes what is found in
another. A cue is decided where it has most context on both sides, and its roles are decoded by
Viterbi over sequences that cannot be impossible: no inside without a begin, one cue, at its
anchor.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.attribution.network import WEIGHTS, open_network
from index.attribution.windows import CLS, SEP, Tokens, Window, tokenize, windows_of
from index.models.embedder import encoder_folder
from index.models.onnx_runtime import side_by_side
from index.types import Span

# Below 0.5 a cue is a guess: it counts only where what it lifts out proves to be a statement.
THRESHOLD = 0.35
_FORBIDDEN = -1e4
_LOADING = Lock()
_SOURCE, _CUE, _CONTENT = (1, 2), (3, 4), (5, 6)
# Windows whose roles are kept at once; one can have 318 anchors, that is 3 MB.
_BATCH_SIZE = 64
_LONGEST_WORD = 40

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class CueFrame:
    """What one cue lifts out: spans of the article's text, and how sure the tagger is (0..1)."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    score: float


@dataclass(frozen=True, slots=True)
class _Opened:
    """An article ready to be read; ``owners`` as from `_owners`."""

    tokens: Tokens
    windows: list[Window]
    owners: Ints


@dataclass(frozen=True, slots=True)
class _Read:
    """
    What the network says of a window with k anchors.

    ``scores`` is (k,), ``roles`` (k, tokens, 7), None where there is no anchor.
    """

    tokens: Tokens
    window: Window
    anchors: Ints
    scores: Floats
    roles: Floats | None


class Tagger:
    """
    The trained tagger.

    Raises:
        AttributionError: if the weights are missing or not the recorded ones.
    """

    def __init__(self, folder: Path = WEIGHTS) -> None:
        from tokenizers import Tokenizer

        self._network = open_network(folder)
        self._tokenizer: Any = Tokenizer.from_file(str(encoder_folder() / "tokenizer.json"))
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()

    def find_frames(self, texts: Sequence[str]) -> list[list[CueFrame]]:
        """
        Find the frames of each text, in order of their cues.

        Args:
            texts: n articles of any length.

        Returns:
            n lists; an empty one for a text without reported speech.
        """
        articles = [_opened(tokenize(text, self._tokenizer)) for text in texts]
        jobs = [(i, window) for i, article in enumerate(articles) for window in article.windows]
        found: list[list[CueFrame]] = [[] for _ in texts]
        for at in range(0, len(jobs), _BATCH_SIZE):
            part = jobs[at : at + _BATCH_SIZE]
            read = side_by_side(lambda job: self._read(articles[job[0]], job[1]), part)
            for (i, _), frames in zip(part, _decoded(read), strict=True):
                found[i] += frames
        return [
            _without_doubles([whole_words(text, frame) for frame in frames])
            for text, frames in zip(texts, found, strict=True)
        ]

    def _read(self, article: _Opened, window: Window) -> _Read:
        """Run the network over a window of an article."""
        states, scores = self._network.read(*_inputs(article.tokens, window))
        anchors = _anchors(scores, article.owners, window)
        roles = self._network.roles(states, anchors) if len(anchors) else None
        return _Read(article.tokens, window, anchors, scores[anchors], roles)


def shipped_tagger() -> Tagger:
    """Load the tagger that the package carries, once a process, whichever threads ask for it."""
    with _LOADING:
        return _loaded()


@lru_cache(maxsize=1)
def _loaded() -> Tagger:
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


def _opened(tokens: Tokens) -> _Opened:
    """Lay the windows over an article."""
    windows = windows_of(len(tokens.ids))
    return _Opened(tokens, windows, _owners(len(tokens.ids), windows))


def _owners(count: int, windows: Sequence[Window]) -> Ints:
    """Find for each token the window (by its first token) that gives it most context."""
    margin = np.full(count, -1, dtype=np.int64)
    owner = np.zeros(count, dtype=np.int64)
    for window in windows:
        place = np.arange(window.first, window.last)
        left = np.where(window.first == 0, count, place - window.first)
        right = np.where(window.last == count, count, window.last - 1 - place)
        room = np.minimum(left, right)
        better = room > margin[window.first : window.last]
        owner[place[better]] = window.first
        margin[place[better]] = room[better]
    return owner


def _inputs(tokens: Tokens, window: Window) -> tuple[Ints, Ints, Ints]:
    """Cut a window out, between CLS and SEP: ids, case and mark, each (tokens,)."""
    part = slice(window.first, window.last)
    ids = np.concatenate([[CLS], tokens.ids[part], [SEP]])
    return ids, np.pad(tokens.case[part], 1), np.pad(tokens.mark[part], 1)


def _anchors(scores: Floats, owners: Ints, window: Window) -> Ints:
    """List the anchors that the window owns, as tokens of the window."""
    own = owners[window.first : window.last] == window.first
    return np.flatnonzero((scores[1:-1] >= THRESHOLD) & own) + 1


def _decoded(read: Sequence[_Read]) -> list[list[CueFrame]]:
    """Decode the roles of several windows in one go, and list the frames of each."""
    roles_read = [one.roles for one in read if one.roles is not None]
    if not roles_read:
        return [[] for _ in read]
    longest = max(roles.shape[1] for roles in roles_read)
    logits = np.concatenate(
        [np.pad(roles, ((0, 0), (0, longest - roles.shape[1]), (0, 0))) for roles in roles_read]
    )
    anchors = np.concatenate([one.anchors for one in read])
    lengths = [one.window.last - one.window.first for one in read for _ in one.anchors]
    paths = iter(best_paths(logits, anchors, np.array(lengths)))
    return [
        [_frame(one.tokens, one.window, next(paths), float(score)) for score in one.scores]
        for one in read
    ]


def _frame(tokens: Tokens, window: Window, path: NDArray[np.int64], score: float) -> CueFrame:
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
    return CueFrame(source, cue, content, score)


def whole_words(text: str, frame: CueFrame) -> CueFrame:
    """Move the edges of a frame that stand within a word out to the word's own edges."""

    def whole(spans: tuple[Span, ...]) -> tuple[Span, ...]:
        return tuple(Span(_edge(text, s.start, -1), _edge(text, s.end, 1)) for s in spans)

    return CueFrame(whole(frame.source), whole(frame.cue), whole(frame.content), frame.score)


def _edge(text: str, at: int, step: int) -> int:
    """Go from *at* in steps of *step* to where a word ends; a run of letters is no word."""
    for edge in range(at, at + step * _LONGEST_WORD, step):
        if not text[max(0, edge - 1) : edge].isalnum() or not text[edge : edge + 1].isalnum():
            return edge
    return at


def _without_doubles(frames: list[CueFrame]) -> list[CueFrame]:
    """Drop a frame whose cue overlaps that of a surer one; order by cue."""
    kept: list[CueFrame] = []
    for frame in sorted((f for f in frames if f.cue and f.content), key=lambda f: f.cue[0]):
        if not kept or frame.cue[0].start >= kept[-1].cue[0].end:
            kept.append(frame)
        elif frame.score > kept[-1].score:
            kept[-1] = frame
    return kept

"""
The tagger's network, ready to run: in ONNX Runtime, or in torch where there is a GPU.

The ONNX one is written down from the shipped weights and needs no torch. Its encoder multiplies
in integers, so its probabilities are off by some hundredths: of the attributions in the
development articles it gets as many right (75.5 and 75.4 points of F1), in two thirds of the time.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from index.errors import AttributionError
from index.models.embedder import encoder_folder
from index.models.onnx_graph import Graph, Weights, encoded
from index.models.onnx_runtime import has_gpu, open_session

WEIGHTS = Path(__file__).parent / "weights"
_WORDS = "embeddings.word_embeddings.weight"

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]


class Network(Protocol):
    """Reads one window of tokens at a time."""

    def read(self, ids: Ints, case: Ints, mark: Ints) -> tuple[Any, Floats]:
        """
        Read a window of n tokens, (n,) each.

        Returns:
            The states, as `roles` takes them, and (n,) the probability of each token that a
            cue begins there.
        """

    def roles(self, states: Any, anchors: Ints) -> Floats:
        """Compute the log-probabilities of the roles around k anchors: (k, n, 7)."""


def open_network(folder: Path = WEIGHTS) -> Network:
    """
    Load the network for what there is to run it on.

    Raises:
        AttributionError: if the weights are missing or not the recorded ones.
    """
    return TorchNetwork(folder, "cuda") if has_gpu() else OnnxNetwork(folder)


class OnnxNetwork:
    """
    A `Network` in ONNX Runtime.

    Safe for several threads. ``rough`` multiplies in integers (see `Graph`).
    """

    def __init__(self, folder: Path = WEIGHTS, *, rough: bool = True) -> None:
        from safetensors.numpy import load_file

        weights = load_file(weights_file(folder))
        words = load_file(encoder_folder() / "model.safetensors")[_WORDS]
        self._reader = open_session(_reader(weights, words, Graph(rough)))
        self._roles = open_session(_role_head(weights))

    def read(self, ids: Ints, case: Ints, mark: Ints) -> tuple[Any, Floats]:
        """Read a window of tokens."""
        given = {"ids": ids[None], "case": case[None], "mark": mark[None]}
        states, scores = self._reader.run(None, given)
        return states, scores[0, :, 0]

    def roles(self, states: Any, anchors: Ints) -> Floats:
        """Compute the roles around each anchor."""
        logits: Floats = self._roles.run(None, {"states": states, "anchors": anchors})[0]
        return logits


class TorchNetwork:
    """A `Network` in torch, on a device as torch names them."""

    def __init__(self, folder: Path = WEIGHTS, device: str = "cpu") -> None:
        self._model = load_model(folder).to(device)
        self._device = device

    def read(self, ids: Ints, case: Ints, mark: Ints) -> tuple[Any, Floats]:
        """Read a window of tokens."""
        import torch

        with torch.inference_mode():
            given = (torch.from_numpy(part[None]).to(self._device) for part in (ids, case, mark))
            states = self._model.encode(*given, None)
            return states, torch.sigmoid(self._model.anchors(states)[0]).cpu().numpy()

    def roles(self, states: Any, anchors: Ints) -> Floats:
        """Compute the roles around each anchor."""
        import torch

        with torch.inference_mode():
            places = torch.from_numpy(anchors).to(self._device)
            roles = self._model.roles(states, torch.zeros_like(places), places)
            logits: Floats = torch.log_softmax(roles, dim=-1).cpu().numpy()
        return logits


def _reader(weights: Weights, words: NDArray[Any], graph: Graph) -> bytes:
    """Write down the encoder and the head that finds anchors."""
    inputs = {"ids": words, "case": weights["case.weight"], "mark": weights["mark.weight"]}
    embedded = [graph.one("Gather", graph.constant(table), name) for name, table in inputs.items()]
    states = encoded(graph, weights, embedded, prefix="encoder.")
    scores = graph.one("Sigmoid", graph.linear(states, weights, "anchor"))
    return graph.serialized(dict.fromkeys(inputs, (int, 2)), {"states": states, "scores": scores})


def _role_head(weights: Weights) -> bytes:
    """Write down the head that tells the roles around an anchor (`model.RoleHead`)."""
    graph = Graph()
    first, zero, one = (graph.constant(value) for value in (np.array([1]), 0, 1))
    window = graph.one("Squeeze", "states", graph.constant(np.array([0])))
    at = graph.one("Unsqueeze", graph.one("Gather", window, "anchors"), first)
    table = weights["roles.distance.weight"]
    reach = len(table) // 2
    count = graph.one("Squeeze", graph.one("Shape", "states", start=1, end=2))
    places = graph.one("Range", zero, count, one)
    steps = graph.one("Sub", places, graph.one("Unsqueeze", "anchors", first))
    near = graph.one("Clip", steps, graph.constant(-reach), graph.constant(reach))
    apart = graph.one("Add", near, graph.constant(reach))

    def around(anchor: str, join: str, token: str) -> str:
        """Join what each anchor says with what each token says."""
        own = graph.linear(at, weights, f"roles.{anchor}")
        return graph.one(join, graph.linear("states", weights, f"roles.{token}"), own)

    mixed = graph.one(
        "Add", around("anchor", "Add", "token"), graph.one("Gather", graph.constant(table), apart)
    )
    logits = graph.one(
        "Add",
        graph.linear(graph.one("Gelu", mixed), weights, "roles.mixed"),
        graph.linear(around("left", "Mul", "right"), weights, "roles.product"),
    )
    inputs = {"states": (float, 3), "anchors": (int, 1)}
    return graph.serialized(inputs, {"logits": graph.one("LogSoftmax", logits, axis=-1)})


def weights_file(folder: Path = WEIGHTS) -> Path:
    """
    Find the weights in *folder*, checked against their recorded SHA-256.

    Raises:
        AttributionError: if they are missing or not the recorded ones.
    """
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
    return file


def load_model(folder: Path) -> Any:
    """
    Load the encoder with the shipped weights laid over it, checked by SHA-256.

    Raises:
        AttributionError: if the weights are missing or not the recorded ones.
    """
    import torch
    from safetensors.torch import load_file
    from transformers import BertConfig, BertModel

    from index.attribution.model import AttributionModel

    file = weights_file(folder)
    base = encoder_folder()
    encoder = BertModel(
        BertConfig.from_pretrained(base, local_files_only=True), add_pooling_layer=False
    )
    model = AttributionModel(encoder)
    words = load_file(base / "model.safetensors")[_WORDS]
    state = {name: tensor.float() for name, tensor in load_file(file).items()}
    state[f"encoder.{_WORDS}"] = words
    missing, unexpected = model.load_state_dict(state, strict=False)
    if unexpected or any(not name.endswith("position_ids") for name in missing):
        raise AttributionError(f"{file} does not fit the network: {missing or unexpected}")
    model.eval()
    with torch.no_grad():
        return model.requires_grad_(False)

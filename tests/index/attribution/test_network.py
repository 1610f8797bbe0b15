"""The tagger's network gives the same in ONNX Runtime as in torch."""

from __future__ import annotations

import numpy as np
import pytest

from index.attribution import network
from index.attribution.network import OnnxNetwork, TorchNetwork, open_network


@pytest.fixture(scope="module")
def both():
    return OnnxNetwork(rough=False), TorchNetwork()


@pytest.mark.model
@pytest.mark.parametrize("count", [3, 40, 320])
def test_both_networks_give_the_same_numbers(both, count):
    chance = np.random.default_rng(count)
    ids = chance.integers(1_000, 30_000, count)
    case, mark = chance.integers(0, 5, count), chance.integers(0, 4, count)
    anchors = np.array([1, count - 2])

    found = []
    for one in both:
        states, scores = one.read(ids, case, mark)
        found.append((scores, one.roles(states, anchors)))
    (scores, roles), (wanted_scores, wanted_roles) = found

    assert ((count,), (2, count, 7)) == (scores.shape, roles.shape)
    assert np.allclose(wanted_scores, scores, atol=1e-4)
    assert np.allclose(wanted_roles, roles, atol=1e-3)


@pytest.mark.model
def test_in_integers_no_probability_moves_far(both):
    chance = np.random.default_rng(7)
    ids = chance.integers(1_000, 30_000, 300)
    case, mark = chance.integers(0, 5, 300), chance.integers(0, 4, 300)

    _, exact = both[0].read(ids, case, mark)
    _, rough = OnnxNetwork().read(ids, case, mark)

    assert 0 < np.abs(exact - rough).max() < 0.1


@pytest.mark.parametrize(("gpu", "expected"), [(True, ["cuda"]), (False, [])])
def test_the_tagger_runs_on_a_gpu_where_there_is_one(monkeypatch, gpu, expected):
    devices = []
    monkeypatch.setattr(network, "has_gpu", lambda: gpu)
    monkeypatch.setattr(network, "TorchNetwork", lambda folder, device: devices.append(device))
    monkeypatch.setattr(network, "OnnxNetwork", lambda folder: None)

    open_network()

    assert expected == devices

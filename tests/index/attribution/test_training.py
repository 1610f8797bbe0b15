"""The command that makes the weights, on two articles of our own."""

from __future__ import annotations

import json
import sys

import pytest
import torch

from index.attribution import training
from index.attribution.tagger import Tagger
from index.errors import AttributionError

pytestmark = pytest.mark.model


def annotated(text: str, source: str, cue: str, content: str) -> dict[str, object]:
    def span(part: str) -> list[list[int]]:
        return [[text.index(part), text.index(part) + len(part)]]

    attribution = {"source": span(source), "cue": span(cue), "content": span(content)}
    return {"id": text[:8], "text": text, "attributions": [attribution]}


@pytest.fixture
def trained(tmp_path, monkeypatch):
    lines = [
        annotated("Horvat said the gate was shut.", "Horvat", "said", "the gate was shut"),
        annotated("“We stay,” Babić told them.", "Babić", "told them", "“We stay,”"),
    ]
    data = tmp_path / "train.jsonl"
    data.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    out = tmp_path / "weights"
    command = ["training", str(data), "--out", str(out), "--epochs", "1"]
    monkeypatch.setattr(sys, "argv", command)
    random_state = torch.random.get_rng_state()
    training.main()
    torch.random.set_rng_state(random_state)
    return out


def test_the_weights_it_writes_are_the_ones_the_tagger_reads(trained):
    record = json.loads((trained / "tagger.json").read_text(encoding="utf-8"))

    assert (7, 2, 1) == (record["settings"]["seed"], record["articles"], record["epochs_done"])
    assert 64 == len(record["data_sha256"])
    assert (trained / "tagger.safetensors").stat().st_size < 25_000_000
    assert 1 == len(Tagger(trained).find_frames(["Horvat said the gate was shut."]))


def test_weights_with_a_changed_byte_are_refused_by_name(trained):
    file = trained / "tagger.safetensors"
    damaged = bytearray(file.read_bytes())
    damaged[-1] ^= 1
    file.write_bytes(damaged)

    with pytest.raises(AttributionError, match=r"tagger\.safetensors has SHA-256"):
        Tagger(trained)

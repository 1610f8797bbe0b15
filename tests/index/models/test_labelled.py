"""The command that trains a head: what it reads, prints and hands over to be written."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from index.models.labelled import Figures, read_labelled, run_training

ARTICLE = {"id": "a", "title": "Harbour", "text": "It is open.", "published_at": "2018-02-07"}
LABELS = {"doc": "a", "sentences": [{"start": 0, "end": 11, "statements": []}]}


def _folder(parent: Path) -> Path:
    folder = parent / "north"
    folder.mkdir()
    (folder / "articles.jsonl").write_text(json.dumps(ARTICLE) + "\n\n", encoding="utf-8")
    (folder / "labels.jsonl").write_text(json.dumps(LABELS) + "\n", encoding="utf-8")
    return folder


def _run(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> tuple[int, list[object]]:
    written: list[object] = []

    def gather(files: Sequence[Path]) -> list[str]:
        return [article.id for path in files for article, _ in read_labelled(path)]

    def tried(examples: list[str]) -> Figures:
        return {"examples": len(examples)}

    def write(examples: list[str], data_sha256: str, figures: Figures) -> None:
        written.extend([examples, data_sha256, figures])

    monkeypatch.setattr(sys, "argv", ["training", *arguments])
    return run_training("Train a head.\n\nMore.", gather, tried, write), written


def test_labelled_articles_come_with_their_sentences(tmp_path: Path) -> None:
    ((article, sentences),) = read_labelled(_folder(tmp_path) / "articles.jsonl")

    assert (article.id, article.title, article.text) == ("a", "Harbour", "It is open.")
    assert article.published_at is not None
    assert article.published_at.day == 7
    assert sentences == LABELS["sentences"]


def test_figures_are_printed_and_nothing_is_written_unasked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _folder(tmp_path)

    code, written = _run(monkeypatch, str(tmp_path))

    assert (code, written) == (0, [])
    assert json.loads(capsys.readouterr().out) == {"examples": 1}


def test_weights_are_written_with_the_hash_of_articles_and_labels(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = _folder(tmp_path)
    data = (folder / "articles.jsonl").read_bytes() + (folder / "labels.jsonl").read_bytes()

    code, written = _run(monkeypatch, str(tmp_path), "--write")

    assert code == 0
    assert written == [["a"], hashlib.sha256(data).hexdigest(), {"examples": 1}]


def test_a_folder_without_articles_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code, written = _run(monkeypatch, str(tmp_path), "--write")

    assert (code, written) == (1, [])
    assert str(tmp_path) in capsys.readouterr().out

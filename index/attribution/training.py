"""
Train the attribution tagger from a folder of annotated articles.

    python -m index.attribution.training TRAIN.jsonl --out FOLDER [--epochs N] [--limit N]

Each line is an article ``{"id", "text", "attributions": [{"source", "cue", "content"}]}`` with
spans as lists of ``[start, end)``. Word embeddings stay frozen; everything else is trained in
bfloat16 autocast and averaged over steps. Writes ``tagger.safetensors`` (float16, only what
differs from the encoder) and ``tagger.json`` (seed, data hash, epochs, settings).
"""

from __future__ import annotations

import argparse
import hashlib
import json
import logging
import math
import random
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors.torch import save_file
from torch import Tensor, nn

from index.attribution.model import ROLES, AttributionModel
from index.attribution.windows import CLS, PAD, SEP, WINDOW, Tokens, Window, tokenize, windows_of
from index.models.embedder import encoder_folder

log = logging.getLogger(__name__)
MASK = 103
IGNORE = -100


@dataclass(frozen=True, slots=True)
class Settings:
    """What a training run can vary; recorded beside the weights."""

    seed: int = 7
    epochs: int = 5
    batch: int = 8
    encoder_rate: float = 3e-4
    head_rate: float = 1e-3
    decay: float = 0.998
    masked: float = 0.03


@dataclass(frozen=True, slots=True)
class Example:
    """One annotated article: its tokens and, for each attribution, its roles."""

    tokens: Tokens
    anchors: list[int]
    roles: list[dict[int, int]]


def example_of(article: dict[str, Any], tokenizer: Any) -> Example:
    """Turn an annotated article into token roles; an attribution without a cue is left out."""
    tokens = tokenize(article["text"], tokenizer)
    anchors, roles = [], []
    for attribution in article["attributions"]:
        labels: dict[int, int] = {}
        for part, first in (("content", 5), ("source", 1), ("cue", 3)):
            for start, end in attribution[part] or []:
                _label(tokens, start, end, first, labels)
        cue = [t for t, role in labels.items() if role == 3]
        if cue:
            anchors.append(min(cue))
            roles.append(labels)
    return Example(tokens, anchors, roles)


def _label(tokens: Tokens, start: int, end: int, first: int, labels: dict[int, int]) -> None:
    """Write the roles *first* and *first* + 1 on the tokens between two offsets."""
    lo = int(np.searchsorted(tokens.end, start, side="right"))
    begun = False
    for t in range(lo, len(tokens.ids)):
        if tokens.start[t] >= end:
            break
        if tokens.end[t] > tokens.start[t]:
            labels[t] = first + 1 if begun else first
            begun = True
        elif begun:
            labels[t] = first + 1


def _batches(
    examples: list[Example], rng: random.Random, batch: int
) -> list[list[tuple[int, Window]]]:
    """Lay windows over all articles, each at a random offset; batches in random order."""
    size, found = WINDOW - 2, []
    for i, example in enumerate(examples):
        count = len(example.tokens.ids)
        shift = rng.randrange(size) if count > size else 0
        if shift > 40:
            found.append((i, Window(0, min(shift + 60, size, count))))
        found += [
            (i, Window(w.first + shift, min(w.last + shift, count)))
            for w in windows_of(max(count - shift, 1), size, size - 60, full=True)
        ]
    rng.shuffle(found)
    # Batches of like length need no padding, and attention without a mask is a fifth faster.
    found.sort(key=lambda iw: iw[1].last - iw[1].first, reverse=True)
    full = sum(w.last - w.first == size for _, w in found)
    batches = [found[at : at + batch] for at in range(0, full, batch)]
    batches += [found[at : at + batch] for at in range(full, len(found), batch)]
    rng.shuffle(batches)
    return batches


@dataclass(frozen=True, slots=True)
class Batch:
    """Tensors of one step; (b, t) but for the anchors' (k,) and their roles (k, t)."""

    ids: Tensor
    case: Tensor
    mark: Tensor
    mask: Tensor
    is_anchor: Tensor
    labels: Tensor
    rows: Tensor
    anchors: Tensor
    roles: Tensor


def _batch(examples: list[Example], chosen: list[tuple[int, Window]], masked: float) -> Batch:
    """Pad the chosen windows to one length and lay out their targets."""
    longest = max(w.last - w.first for _, w in chosen) + 2
    shape = (len(chosen), longest)
    ids = np.full(shape, PAD)
    case, mark, mask = np.zeros(shape, int), np.zeros(shape, int), np.zeros(shape, int)
    is_anchor = np.full(shape, -1.0, dtype=np.float32)
    labels = np.full(shape, IGNORE)
    rows, anchors, roles = [], [], []
    for b, (i, window) in enumerate(chosen):
        tokens, n = examples[i].tokens, window.last - window.first
        part, inner = slice(window.first, window.last), slice(1, n + 1)
        ids[b, 0], ids[b, n + 1] = CLS, SEP
        ids[b, inner], case[b, inner] = tokens.ids[part], tokens.case[part]
        mark[b, inner], mask[b, : n + 2] = tokens.mark[part], 1
        is_anchor[b, inner], labels[b, inner] = 0.0, 0
        for anchor, wanted in zip(examples[i].anchors, examples[i].roles, strict=True):
            row = np.full(longest, IGNORE)
            row[inner] = 0
            for t, role in wanted.items():
                if window.first <= t < window.last:
                    row[t - window.first + 1] = role
                    labels[b, t - window.first + 1] = role
            if window.first <= anchor < window.last:
                is_anchor[b, anchor - window.first + 1] = 1.0
                rows.append(b)
                anchors.append(anchor - window.first + 1)
                roles.append(row)
    hidden = (np.random.rand(*shape) < masked) & (ids > 999)
    ids = np.where(hidden, MASK, ids)
    stacked = np.array(roles).reshape(-1, longest)
    return Batch(
        ids=torch.from_numpy(ids).long(),
        case=torch.from_numpy(case).long(),
        mark=torch.from_numpy(mark).long(),
        mask=torch.from_numpy(mask).long(),
        is_anchor=torch.from_numpy(is_anchor),
        labels=torch.from_numpy(labels).long(),
        rows=torch.tensor(rows, dtype=torch.long),
        anchors=torch.tensor(anchors, dtype=torch.long),
        roles=torch.from_numpy(stacked).long(),
    )


def loss_of(model: AttributionModel, batch: Batch) -> Tensor:
    """
    Add up the losses of the anchors, the roles and the plain labels.

    Returns:
        A scalar: 20 times the loss of the anchors, 5 of the roles, 0.5 of the plain labels.
    """
    with torch.autocast("cpu", dtype=torch.bfloat16):
        mask = None if batch.mask.all() else batch.mask
        states = model.encode(batch.ids, batch.case, batch.mark, mask)
        scores = model.anchors(states).float()
        labels = model.labels(states).float()
        roles = model.roles(states, batch.rows, batch.anchors).float() if len(batch.rows) else None
    known = batch.is_anchor >= 0
    loss = 20 * nn.functional.binary_cross_entropy_with_logits(
        scores[known], batch.is_anchor[known]
    )
    loss = loss + 0.5 * nn.functional.cross_entropy(
        labels.flatten(0, 1), batch.labels.flatten(), ignore_index=IGNORE
    )
    if roles is not None:
        loss = loss + 5 * nn.functional.cross_entropy(
            roles.flatten(0, 1), batch.roles.flatten(), ignore_index=IGNORE
        )
    return loss


def train(articles: list[dict[str, Any]], settings: Settings, after_epoch: Any = None) -> Any:
    """
    Train on annotated *articles*.

    Args:
        articles: as in a line of the training file; those without attributions are left out.
        settings: rates, epochs and seed.
        after_epoch: called with (epoch, averaged state) after each epoch.

    Returns:
        The averaged state, name -> tensor, without the frozen word embeddings.
    """
    for seeded in (random.seed, np.random.seed, torch.manual_seed):
        seeded(settings.seed)
    folder = encoder_folder()
    tokenizer = _tokenizer(folder)
    examples = [example_of(a, tokenizer) for a in articles if a["attributions"]]
    model = AttributionModel(_encoder(folder))
    model.encoder.embeddings.word_embeddings.requires_grad_(False)
    parts = [(n, p) for n, p in model.named_parameters() if p.requires_grad]
    optimizer = _optimizer(parts, settings)
    rng = random.Random(settings.seed)
    per_epoch = len(_batches(examples, random.Random(0), settings.batch))
    total = per_epoch * settings.epochs
    schedule = _schedule(optimizer, total)
    average = {n: p.detach().clone() for n, p in parts}
    step, begun = 0, time.monotonic()
    for epoch in range(settings.epochs):
        model.train()
        running = 0.0
        for chosen in _batches(examples, rng, settings.batch):
            loss = loss_of(model, _batch(examples, chosen, settings.masked))
            _descend(loss, optimizer, [p for _, p in parts])
            schedule.step()
            step += 1
            kept = min(settings.decay, step / (step + 10))
            for name, parameter in parts:
                average[name].lerp_(parameter.detach(), 1 - kept)
            running = 0.98 * running + 0.02 * loss.item()
            if step % 50 == 0:
                fraction = running / (1 - math.pow(0.98, step)) if epoch == 0 else running
                log.info(
                    "step %d/%d loss %.3f, %.0f s", step, total, fraction, time.monotonic() - begun
                )
        if after_epoch is not None:
            after_epoch(epoch, average)
    return average


def _optimizer(parts: list[tuple[str, nn.Parameter]], settings: Settings) -> torch.optim.AdamW:
    """Give the encoder and the heads their own learning rates."""
    return torch.optim.AdamW(
        [
            {"params": [p for n, p in parts if n.startswith(prefix)], "lr": rate}
            for prefix, rate in (
                ("encoder", settings.encoder_rate),
                (("case", "mark", "anchor", "labels", "roles"), settings.head_rate),
            )
        ],
        weight_decay=0.01,
        betas=(0.9, 0.98),
    )


def _schedule(optimizer: torch.optim.Optimizer, total: int) -> torch.optim.lr_scheduler.LambdaLR:
    """Raise the rates over the first 8 % of *total* steps, then lower them to a fiftieth."""
    return torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda s: min((s + 1) / (0.08 * total), max(0.02, (total - s) / (0.92 * total)))
    )


def _descend(loss: Tensor, optimizer: torch.optim.Optimizer, parts: list[nn.Parameter]) -> None:
    """Take one step down the gradient of *loss*, clipped to length 1."""
    optimizer.zero_grad()
    loss.backward()  # type: ignore[no-untyped-call]
    nn.utils.clip_grad_norm_(parts, 1.0)
    optimizer.step()


def _tokenizer(folder: Path) -> Any:
    """Load the encoder's tokenizer, which neither cuts nor pads."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def _encoder(folder: Path) -> Any:
    """Load the encoder; dropout within attention would more than double the time of a step."""
    from transformers import BertModel

    return BertModel.from_pretrained(
        folder, add_pooling_layer=False, attention_probs_dropout_prob=0.0, local_files_only=True
    )


def save(state: dict[str, Tensor], record: dict[str, Any], folder: Path) -> None:
    """
    Write the weights (float16) and their record into *folder*.

    Args:
        state: name -> tensor, as `train` returns it.
        record: what is known of the run; the weights' hash is added to it.
        folder: made if it is missing.
    """
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "tagger.safetensors"
    save_file({n: t.half().contiguous() for n, t in state.items()}, file)
    record["sha256"] = hashlib.sha256(file.read_bytes()).hexdigest()
    record["roles"] = list(ROLES)
    (folder / "tagger.json").write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    """Run a training from the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").strip().splitlines()[0])
    parser.add_argument("train", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=Settings().epochs)
    parser.add_argument("--limit", type=int)
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    data = arguments.train.read_bytes()
    articles = [json.loads(line) for line in data.splitlines()][: arguments.limit]
    settings = Settings(epochs=arguments.epochs)
    record = {
        "data_sha256": hashlib.sha256(data).hexdigest(),
        "articles": len(articles),
        "encoder": "all-MiniLM-L6-v2",
        "settings": asdict(settings),
    }

    def after_epoch(epoch: int, state: dict[str, Tensor]) -> None:
        save(state, {**record, "epochs_done": epoch + 1}, arguments.out)

    train(articles, settings, after_epoch)


if __name__ == "__main__":
    main()

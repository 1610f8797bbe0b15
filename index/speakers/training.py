"""
Train the head that chooses whom a source without a name means, on labelled articles.

    python -m index.speakers.training FOLDER [--write]

FOLDER holds folders with ``articles.jsonl`` and ``labels.jsonl``. Prints, by kind of source, what
heads choose that were trained on the other folders; ``--write`` then trains on all and writes
``learned/weights/``. There is no chance in it: the same articles give the same weights.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index.attribution import find_candidates
from index.models.descent import minimise
from index.models.labelled import Figures, Labelled, read_labelled, run_training
from index.models.logistic import Head, write_head
from index.speakers import read_speakers
from index.speakers.learned.head import WEIGHTS, Chooser
from index.speakers.resolve.antecedent.choice import ENOUGH, Sighting, watching
from index.speakers.resolve.pronouns import Turn
from index.text.sentences import split_sentences
from index.types import Article, Attribution, Span

ROUNDS = 2
LEAST = 4
DECAY = 30.0
_OVERLAP = 3
_JOINING = frozenset({"of", "the", "and", "for", "in", "on", "de"})
_LITTLE = frozenset({"the", "of", "a", "an", "s", "spokesman", "official", "officials"})

Vector = npt.NDArray[np.float64]
Weights = dict[str, float]
Reading = tuple[Article, Sequence[Attribution], Sequence[Labelled]]


@dataclass(frozen=True, slots=True)
class Instance:
    """A source that names nobody: what is seen of each candidate and of nobody; who is right."""

    kind: str
    rows: tuple[frozenset[str], ...]
    right: tuple[bool, ...]


def main() -> int:
    """Print the figures; write the weights where that is asked for."""
    return run_training(__doc__ or "", _gather, tried, _write)


def _gather(files: Sequence[Path]) -> dict[str, list[Instance]]:
    return gather({path.parent.name: read(path) for path in files})


def read(path: Path) -> list[Reading]:
    """Read the articles of one file, their attributions and their labels."""
    readings = read_labelled(path)
    found = find_candidates([article for article, _ in readings])
    return [(a, some, labels) for (a, labels), some in zip(readings, found, strict=True)]


def gather(folders: Mapping[str, Sequence[Reading]]) -> dict[str, list[Instance]]:
    """
    Collect the sources that name nobody, in rounds.

    Whom "he" means hangs on who spoke before, and so on what the head found there: the first
    round finds nobody, each later one whom a head finds that was trained on the other folders.
    """
    heads = dict.fromkeys(folders, Chooser({"nobody nobody:nobody": 30.0}))
    found: dict[str, list[Instance]] = {}
    for turn in range(ROUNDS + 1):
        found = {name: list(_instances(folders[name], heads[name])) for name in folders}
        if turn < ROUNDS:
            heads = {name: Chooser(fit(_without(found, name))) for name in folders}
    return found


def _without(instances: Mapping[str, Sequence[Instance]], name: str) -> list[Instance]:
    """Put together the instances of all folders but one."""
    return [x for other, each in instances.items() if other != name for x in each]


def _instances(readings: Sequence[Reading], head: Chooser) -> Iterator[Instance]:
    """Find the sources that name nobody, as *head* lets them be resolved."""
    for article, attributions, labels in readings:
        sentences = tuple(split_sentences(article.text))
        with watching(head) as seen:
            read_speakers(article, sentences, attributions)
        for found in seen:
            instance = _instance(found, labels)
            if instance is not None:
                yield instance


def _instance(found: Sighting, labels: Sequence[Labelled]) -> Instance | None:
    """Compare the candidates of one source with the speakers that the labels give."""
    reference = found.reference
    over = [
        z for z in labels if any(_overlap(s, z) > _OVERLAP for s in reference.attribution.content)
    ]
    near = [z for z in over if z["start"] <= reference.at < z["end"] and z["statements"]] or over
    gold = {s["speaker"] for z in near for s in z["statements"] if s["speaker"]}
    if reference.pronoun and not gold:
        # A sentence that states nothing has no label that says whom its pronoun means.
        return None
    names = [_name(each.turn) for each in found.candidates]
    right = [any(same_name(name, other) for other in gold) for name in names]
    return Instance(reference.kind, tuple(found.rows), (*right, not any(right)))


def _overlap(span: Span, sentence: Labelled) -> int:
    """Count the characters that a span and a labelled sentence share."""
    return min(span.end, int(sentence["end"])) - max(span.start, int(sentence["start"]))


def _name(turn: Turn) -> str:
    """Name whom a turn is of."""
    if turn.others:
        return " and ".join(_name(each) for each in (replace(turn, others=()), *turn.others))
    if turn.person is not None:
        return turn.person.name
    return turn.speaker.name if turn.speaker is not None else turn.phrase


def fit(instances: Sequence[Instance]) -> Weights:
    """Fit the weights, by gradients: the logarithm of the right ones' share, less a penalty."""
    counts = Counter(name for each in instances for row in each.rows for name in row)
    names = sorted(name for name, count in counts.items() if count >= LEAST)
    place = {name: at for at, name in enumerate(names)}
    rows = [row for each in instances for row in each.rows]
    true = [sorted(place[name] for name in row if name in place) for row in rows]
    # One more that is true of all: it changes no share, and no row is empty.
    true = [[*each, len(names)] for each in true]
    flat, lengths = np.concatenate(true).astype(np.int64), np.array([len(each) for each in true])
    begins = np.concatenate(([0], np.cumsum(lengths)[:-1]))
    right = np.array([r for each in instances for r in each.right], dtype=np.float64)
    sizes = np.array([len(each.rows) for each in instances])
    starts = np.concatenate(([0], np.cumsum(sizes)[:-1]))

    def loss(weights: Vector) -> tuple[float, Vector]:
        scores = np.add.reduceat(weights[flat], begins)
        most = np.repeat(np.maximum.reduceat(scores, starts), sizes)
        powers = np.exp(scores - most)
        chance = powers / np.repeat(np.add.reduceat(powers, starts), sizes)
        hit = np.add.reduceat(chance * right, starts)
        meant = chance * right / np.repeat(hit, sizes)
        slope = np.bincount(flat, np.repeat(chance - meant, lengths), len(weights))
        penalty = DECAY / 2 * float(weights @ weights)
        return float(-np.log(hit).sum()) + penalty, slope + DECAY * weights

    solved = minimise(loss, len(names) + 1)
    return {name: round(float(w), 3) for name, w in zip(names, solved, strict=False)}


def tried(instances: Mapping[str, Sequence[Instance]]) -> dict[str, dict[str, int]]:
    """Count what heads that were trained on the other folders choose, by kind of source."""
    figures: dict[str, Counter[str]] = {}
    for name, mine in instances.items():
        head = Chooser(fit(_without(instances, name)))
        for each in mine:
            count = figures.setdefault(each.kind, Counter())
            chances = head.chances(each.rows)
            best = int(np.argmax(chances))
            given = best < len(each.rows) - 1 and chances[best] >= ENOUGH[each.kind]
            count["sources"] += 1
            count["can be right"] += not each.right[-1]
            if given:
                count["right" if each.right[best] else "wrong"] += 1
    return {kind: dict(sorted(count.items())) for kind, count in sorted(figures.items())}


def _write(instances: Mapping[str, Sequence[Instance]], data_sha256: str, figures: Figures) -> None:
    """Train on all, and write the head with the hash of what it was trained on."""
    weights = fit([x for each in instances.values() for x in each])
    record = {"data_sha256": data_sha256, "decay": DECAY, "figures": figures}
    write_head(WEIGHTS / "antecedents.json", Head(0.0, weights), record)


def same_name(name: str, other: str) -> bool:
    """Return whether two names share a word, or one is the other's initials."""
    if _words(name) & _words(other):
        return True
    return any(
        len(a) > 1 and re.sub(r"\W", "", a.lower().removeprefix("the ")) == _initials(b)
        for a, b in ((name, other), (other, name))
    )


def _initials(name: str) -> str:
    """Put the initials of a name together."""
    words = re.findall(r"[^\W\d_]+", name)
    return "".join(w[0] for w in words if w.lower() not in _JOINING).lower()


def _words(name: str) -> set[str]:
    """Split a name into the words by which it is compared."""
    return set(re.findall(r"[^\W\d_]+", name.lower())) - _LITTLE


if __name__ == "__main__":
    raise SystemExit(main())

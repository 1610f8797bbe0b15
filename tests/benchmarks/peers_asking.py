"""The processes of `peers`: building in one, asking in several that take turns."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any, Self

import numpy as np

from tests.benchmarks.peers_report import OURS
from tests.benchmarks.scale import bytes_in

ROOT = Path(__file__).parents[2]
WARM_UP = 20
# A thread of torch's spins for a moment after its work, on the core of the one asked next.
PAUSE = 0.01
# Invented: who, of what, about what, and what was said. The first is for warming up.
NEWS = (
    ("Ada Quill", "harbour minister", "lighthouse", "We will mend the lighthouse before winter"),
    ("Tomas Verrin", "mayor", "tramway", "The tramway shall run to the old quarry again"),
    ("Ilse Marrow", "chief inspector", "granary", "Nobody was near the granary when it burned"),
    ("Pell Oduya", "spokesman", "glacier", "The glacier has lost a third of its length"),
    ("Rosa Lindqvast", "treasurer", "pension", "No pension will be cut while I hold the keys"),
    ("Emre Hallow", "coach", "stadium", "Our stadium needs a roof more than a statue"),
)


@dataclass(frozen=True, slots=True)
class Plan:
    """What a round does: how much is indexed and asked, where, and how the processes are set."""

    folder: Path
    articles: int
    questions: Sequence[str]
    threads: int
    environment: Mapping[str, str]


class Child:
    """A process with one system in it; its stderr is a file beside the indexes."""

    def __init__(self, system: str, plan: Plan) -> None:
        self._errors = (plan.folder / f"{system}.log").open("a+", encoding="utf-8")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.benchmarks.peers_child", system, str(plan.threads)],
            cwd=ROOT, env=dict(plan.environment), text=True, encoding="utf-8",
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._errors,
        )  # fmt: skip

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate()
        self._errors.close()

    def begin(self, what: str, **words: Any) -> None:
        """Give a command without waiting for its reply."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({"do": what, **words}) + "\n")
        self._process.stdin.flush()

    def reply(self) -> dict[str, Any]:
        """
        Wait for the reply to the command before.

        Raises:
            RuntimeError: if the process died of it, with the last line it wrote.
        """
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            self._errors.seek(0)
            raise RuntimeError(f"{self._errors.name}: {self._errors.readlines()[-1:]}")
        found: dict[str, Any] = json.loads(line)
        return found

    def do(self, what: str, **words: Any) -> dict[str, Any]:
        """Give a command and wait for its reply."""
        self.begin(what, **words)
        return self.reply()


def turned(systems: Sequence[str], by: int) -> list[str]:
    """Let another one begin each time."""
    at = by % len(systems)
    return [*systems[at:], *systems[:at]]


def build(system: str, plan: Plan) -> dict[str, float]:
    """Index the plan's articles, after one article for warming up."""
    few, whole = plan.folder / f"{system}-few", plan.folder / f"{system}-whole"
    with Child(system, plan) as child:
        first = child.do("build", folder=str(few), articles=1)
        done = child.do("build", folder=str(whole), articles=plan.articles)
        memory = child.do("memory")
    return {
        "few": first["sentences"],
        "sentences": done["sentences"],
        "rate": done["sentences"] / done["seconds"],
        "cpu_rate": done["sentences"] / done["cpu"],
        "index_peak": memory["peak"],
        "disk": bytes_in(whole) / done["sentences"],
    }


def start(system: str, plan: Plan) -> dict[str, float]:
    """Start a process, open the index and answer; the seconds of all that."""
    begun = time.perf_counter()
    with Child(system, plan) as child:
        child.begin("open", folder=str(plan.folder / f"{system}-whole"))
        child.reply()
        child.do("ask", question=plan.questions[0])
        return {"cold": time.perf_counter() - begun}


def ask_all(
    systems: Sequence[str], plan: Plan, sizes: Mapping[str, Mapping[str, float]]
) -> dict[str, dict[str, float]]:
    """Open all, ask them in turns, then add articles; *sizes* is what `build` gave of each."""
    with ExitStack() as stack:
        children = {s: stack.enter_context(Child(s, plan)) for s in systems}
        figures = {s: _opened(children[s], s, plan, sizes[s]) for s in systems}
        for system, taken in _asked(children, plan.questions).items():
            wall, cpu = (1_000 * np.array([each[unit] for each in taken]) for unit in (0, 1))
            for at in (50, 95, 99):
                figures[system][f"p{at}"] = float(np.percentile(wall, at))
            figures[system]["question_cpu"] = float(np.median(cpu))
        for system in systems:
            figures[system]["ask_peak"] = children[system].do("memory")["peak"]
            figures[system]["fresh"] = _freshness(children[system])
        figures[OURS]["fresh_elsewhere"] = _freshness_elsewhere(children[OURS], plan)
    return figures


def _opened(child: Child, system: str, plan: Plan, size: Mapping[str, float]) -> dict[str, float]:
    """Open the small index and then the whole; what the memory grows by is that of sentences."""
    resident = []
    for which in ("few", "whole"):
        child.do("open", folder=str(plan.folder / f"{system}-{which}"))
        for question in plan.questions[:WARM_UP]:
            child.do("ask", question=question)
        resident.append(child.do("memory")["resident"])
    more = size["sentences"] - size["few"]
    return {"resident": resident[1], "memory": (resident[1] - resident[0]) * 2**20 / more}


def _asked(
    children: Mapping[str, Child], questions: Sequence[str]
) -> dict[str, list[tuple[float, float]]]:
    """Ask each question of each, those for warming up left out: seconds and CPU seconds."""
    taken: dict[str, list[tuple[float, float]]] = {system: [] for system in children}
    for number, question in enumerate(questions[WARM_UP:]):
        for system in turned(list(children), number):
            time.sleep(PAUSE)
            done = children[system].do("ask", question=question)
            taken[system].append((done["seconds"], done["cpu"]))
    return taken


def _freshness(child: Child) -> float:
    """Add articles, the first for warming up; the median milliseconds until one is found."""
    taken = []
    for number, news in enumerate(NEWS[:-1]):
        article, question = article_on(news, f"fresh-{number}")
        taken.append(1_000 * child.do("add", article=article, question=question)["seconds"])
    return float(np.median(taken[1:]))


def _freshness_elsewhere(writer: Child, plan: Plan) -> float:
    """Add an article in one process and ask in another; the milliseconds until it is found."""
    article, question = article_on(NEWS[-1], "elsewhere")
    with Child(OURS, plan) as reader:
        reader.do("open", folder=str(plan.folder / f"{OURS}-whole"))
        reader.do("ask", question=question)
        begun = time.perf_counter()
        writer.begin("add", article=article, question=question)
        for _ in count():
            found = reader.do("ask", question=question)["found"]
            if any(doc == article["id"] for doc, _, _ in found):
                break
        taken = 1_000 * (time.perf_counter() - begun)
        writer.reply()
    return taken


def article_on(news: tuple[str, str, str, str], name: str) -> tuple[dict[str, str], str]:
    """Write an article with one statement; gives it with the question that finds it."""
    who, office, what, said = news
    text = (
        f"The {what} was all that was talked about in the town on Tuesday. “{said},” {office} "
        f"{who} told reporters. It rained in the evening."
    )
    article = {"id": name, "title": f"The {what}", "text": text, "outlet": "Harbour Post"}
    return article, f"What did {who} say about the {what}?"

"""
onrecord beside what one would take instead: plain sentence-transformers + FAISS, txtai, LlamaIndex.

    pip install -e ".[bench]"
    python -m tests.benchmarks.peers [--sentences 1500] [--rounds 3] [--isa avx2]
        [--json FILE] [--plot FILE]

Every system runs in processes of its own, on the same cores and with as many threads, over the
same sentences and questions (see `peers_systems`). In a round each is built, started cold, and
then all stand open while each question goes to one after the other; who is first changes. Speed
is never shown without quality: each also indexes all annotated articles, and what it finds is
scored by the same answer key.

``--isa avx2`` keeps torch, MKL and FAISS from AVX-512. ONNX Runtime, which onrecord runs on, has no
such switch: on a processor with AVX-512 that is unfair to the peers, on one without it is the same.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from index.models.embedder import encoder_folder
from index.text.sentences import split_sentences
from tests.benchmarks import peers_report as report
from tests.benchmarks.ladder import missing_articles, real_articles
from tests.benchmarks.peers_asking import ROOT, WARM_UP, Child, Plan, ask_all, build, start, turned
from tests.benchmarks.peers_systems import SYSTEMS
from tests.benchmarks.questions import DEFAULT, lines_of

QUESTIONS = DEFAULT / "questions_dev.jsonl"
PACKAGES = (
    "sentence-transformers", "torch", "faiss-cpu", "txtai", "llama-index-core", "onnxruntime",
)  # fmt: skip
NO_AVX512 = {
    "ONEDNN_MAX_CPU_ISA": "AVX2",
    "ATEN_CPU_CAPABILITY": "avx2",
    "MKL_ENABLE_INSTRUCTIONS": "AVX2",
    "FAISS_OPT_LEVEL": "avx2",
}
_LOADING = (
    "import sys, sentence_transformers as s; s.SentenceTransformer(sys.argv[1], device='cpu')"
)


def main() -> int:
    """Measure all, print the table; 1 if a peer is not installed."""
    options = _arguments()
    if missing := missing_articles() or (None if QUESTIONS.exists() else QUESTIONS):
        print(f"skipped: no {missing}")
        return 0
    try:
        versions = {name: version(name) for name in PACKAGES}
    except PackageNotFoundError as exc:
        print(f'{exc.name} is not installed; run pip install -e ".[bench]"', file=sys.stderr)
        return 1
    # Inherited by every process that is started.
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[: options.cores])
    rounds: list[report.Round] = []
    with tempfile.TemporaryDirectory() as scratch:
        plan = _plan(Path(scratch), options)
        for figures in _measured(plan, options.rounds, quality=options.quality):
            rounds.append(figures)
            if options.json:
                record = {"versions": versions, "isa": options.isa, "cores": options.cores}
                written = json.dumps({**record, "rounds": rounds}, indent=1)
                options.json.write_text(written + "\n", encoding="utf-8")
    print(report.table(rounds, list(SYSTEMS)))
    print("\n" + "\n".join([*report.goals(rounds), *_foot(options, plan, versions)]))
    if options.plot:
        report.plot(rounds, list(SYSTEMS), options.plot)
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0].strip())
    parser.add_argument("--sentences", type=int, default=1_500, help="indexed in a round, about")
    parser.add_argument("--questions", type=int, default=200, help="timed in a round")
    parser.add_argument("--rounds", type=int, default=3, help="0: quality only")
    parser.add_argument("--cores", type=int, default=2, help="and threads")
    parser.add_argument("--isa", choices=("native", "avx2"), default="native")
    parser.add_argument("--no-quality", dest="quality", action="store_false")
    parser.add_argument("--json", type=Path, help="write each round's figures, as it ends")
    parser.add_argument("--plot", type=Path, help="draw a picture")
    return parser.parse_args()


def _plan(folder: Path, options: argparse.Namespace) -> Plan:
    """Choose the articles that hold so many sentences, and the questions."""
    sentences = articles = 0
    for article in real_articles():
        if sentences >= options.sentences:
            break
        sentences += len(split_sentences(article.text))
        articles += 1
    asked = list(dict.fromkeys(line["question"] for line in lines_of(QUESTIONS)))
    environment = {
        **os.environ,
        "HF_HUB_OFFLINE": "1",
        "OMP_NUM_THREADS": str(options.cores),
        "INDEX_THREADS": str(options.cores),
        **(NO_AVX512 if options.isa == "avx2" else {}),
    }
    return Plan(folder, articles, asked[: WARM_UP + options.questions], options.cores, environment)


def _own_folder(plan: Plan, name: str) -> Plan:
    folder = plan.folder / name
    folder.mkdir()
    return replace(plan, folder=folder)


def _measured(plan: Plan, rounds: int, *, quality: bool) -> Iterator[report.Round]:
    """Measure speed so many times, then quality once; says on stderr how far it is."""
    for number in range(rounds):
        print(f"round {number + 1} of {rounds}", file=sys.stderr, flush=True)
        yield _round(_own_folder(plan, f"round-{number}"), number)
    if quality:
        print("quality", file=sys.stderr, flush=True)
        yield dict(_quality(_own_folder(plan, "quality")))


def _round(plan: Plan, number: int) -> report.Round:
    """Measure every system once; another one is first in each round."""
    order = turned(list(SYSTEMS), number)
    figures = {system: build(system, plan) for system in order}
    for system in order:
        figures[system] |= start(system, plan)
    for system, more in ask_all(order, plan, figures).items():
        figures[system] |= more
    command = ["-m", "bot", "--data-dir", str(plan.folder / f"{report.OURS}-whole"), "--json"]
    figures[report.OURS]["command"] = _seconds([*command, "ask", plan.questions[0]], plan)
    figures[report.BASE]["loading"] = _seconds(["-c", _LOADING, str(encoder_folder())], plan)
    return figures


def _seconds(words: list[str], plan: Plan) -> float:
    """Run Python in a new process; gives its wall seconds."""
    begun = time.perf_counter()
    subprocess.run(
        [sys.executable, *words], cwd=ROOT, env=dict(plan.environment), check=True,
        capture_output=True,
    )  # fmt: skip
    return time.perf_counter() - begun


def _quality(plan: Plan) -> Iterator[tuple[str, dict[str, float]]]:
    """Let each system answer all questions over all annotated articles, and score it."""
    annotated = len(lines_of(DEFAULT / "polnear_dev.jsonl"))
    for system in SYSTEMS:
        with Child(system, plan) as child:
            folder = str(plan.folder / system)
            child.do("build", folder=folder, articles=annotated)
            child.do("open", folder=folder)
            answers = [
                (q["qid"], child.do("ask", question=q["question"])) for q in lines_of(QUESTIONS)
            ]
        yield system, _scored(plan.folder / f"{system}.jsonl", answers)


def _scored(file: Path, answers: list[tuple[str, dict[str, Any]]]) -> dict[str, float]:
    """Write answers as the scorer reads them, and run it."""
    lines = [
        {
            "qid": qid,
            "abstain": not reply["found"],
            "sentences": [{"doc": d, "start": s, "end": e} for d, s, e in reply["found"]],
        }
        for qid, reply in answers
    ]
    file.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    figures = file.with_suffix(".json")
    scorer = [sys.executable, str(DEFAULT / "score_questions.py"), "dev", str(file)]
    subprocess.run([*scorer, "--json", str(figures)], check=True, capture_output=True)
    scored = json.loads(figures.read_text(encoding="utf-8"))["all"]
    return {
        "ndcg": scored["nDCG@10"], "precision": scored["P@5"], "wrong": scored["wrong@10"],
        "abstention": scored["balanced_abstention"],
    }  # fmt: skip


def _foot(options: argparse.Namespace, plan: Plan, versions: dict[str, str]) -> list[str]:
    """Say what the figures rest on."""
    flags = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    wide = "AVX-512" if "avx512f" in flags else "AVX2" if "avx2" in flags else "SSE"
    peers = "AVX2 at most" if options.isa == "avx2" else wide
    return [
        f"medians of {options.rounds} rounds; {plan.articles} articles, "
        f"{len(plan.questions) - WARM_UP} questions, {options.cores} cores and threads; "
        "in brackets: beside plain",
        f"instructions: torch, MKL and FAISS {peers}; ONNX Runtime (onrecord) {wide}",
        "plain: sentence-transformers + FAISS; txtai: hybrid, content stored; LlamaIndex: FAISS",
        "another process sees what was added: onrecord only, the others save and load again",
        ", ".join(f"{name} {number}" for name, number in versions.items()),
    ]


if __name__ == "__main__":
    sys.exit(main())

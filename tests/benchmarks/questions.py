"""
Ask the benchmark's questions of its articles through the command line, and score the answers.

    python -m tests.benchmarks.questions [FOLDER]

FOLDER holds ``polnear_dev.jsonl``, ``questions_dev.jsonl`` and ``score_questions.py``; by default
it is ``../shared/bench/polnear`` beside the checkout. Every quote is checked against its article.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

DEFAULT = Path(__file__).parents[3] / "shared" / "bench" / "polnear"
LIMIT = "10"


def main() -> int:
    """Index, ask, check and score; 1 if a quote is not in its article."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT
    if not (folder / "questions_dev.jsonl").exists():
        print(f"skipped: no {folder / 'questions_dev.jsonl'}")
        return 0
    with tempfile.TemporaryDirectory() as scratch:
        return _run(folder, Path(scratch))


def _run(folder: Path, scratch: Path) -> int:
    """Do it all in a scratch folder."""
    articles = lines_of(folder / "polnear_dev.jsonl")
    questions = lines_of(folder / "questions_dev.jsonl")
    _write(scratch / "articles.jsonl", [_article(a) for a in articles])
    _write(scratch / "questions.jsonl", [{k: q[k] for k in ("qid", "question")} for q in questions])
    added, seconds = _onrecord(scratch, "add", "articles.jsonl")
    print(f"indexed {len(added)} articles in {seconds:.0f} s")
    answers, seconds = _onrecord(scratch, "ask", "--limit", LIMIT, "--batch", "questions.jsonl")
    print(f"answered {len(answers)} questions in {seconds:.0f} s")
    wrong = _not_verbatim(answers, {a["id"]: a["text"] for a in articles})
    print(f"quotes that are not their article's text[start:end]: {wrong}")
    _write(scratch / "predicted.jsonl", [_predicted(a) for a in answers])
    scorer = [sys.executable, str(folder / "score_questions.py"), "dev"]
    subprocess.run([*scorer, str(scratch / "predicted.jsonl")], check=True)
    return 1 if wrong or len(answers) != len(questions) else 0


def lines_of(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def _write(file: Path, records: list[dict[str, Any]]) -> None:
    lines = [json.dumps(record, ensure_ascii=False) + "\n" for record in records]
    file.write_text("".join(lines), encoding="utf-8")


def _article(annotated: dict[str, Any]) -> dict[str, Any]:
    """Leave of an annotated article what ``add`` takes, without the annotation."""
    return {
        "id": annotated["id"],
        "title": annotated["title"] or "",
        "text": annotated["text"],
        "outlet": annotated["publisher"],
        "published_at": annotated["date"],
    }


def _onrecord(scratch: Path, *words: str) -> tuple[list[dict[str, Any]], float]:
    """Run the command; gives its JSON lines and its wall seconds."""
    begun = time.perf_counter()
    command = [sys.executable, "-m", "bot", "--data-dir", "data", "--json", *words]
    done = subprocess.run(
        command, cwd=scratch, check=True, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    )
    return [json.loads(line) for line in done.stdout.splitlines()], time.perf_counter() - begun


def _not_verbatim(answers: list[dict[str, Any]], texts: dict[str, str]) -> int:
    """Count the quotes that are not what stands in their article."""
    quotes = [quote for answer in answers for quote in answer["quotes"]]
    return sum(texts[q["article_id"]][q["start"] : q["end"]] != q["text"] for q in quotes)


def _predicted(answer: dict[str, Any]) -> dict[str, Any]:
    """Lay an answer out as the scorer reads it."""
    return {
        "qid": answer["qid"],
        "abstain": answer["abstained"],
        "sentences": [
            {"doc": q["article_id"], "start": q["start"], "end": q["end"]} for q in answer["quotes"]
        ],
    }


if __name__ == "__main__":
    sys.exit(main())

"""
Questions as people type them, over labelled world news, through the public commands.

    python -m tests.benchmarks.world [SET ...] [--folder FOLDER] [--misses FILE]

Each set is an index of its own. Prints nDCG@5, P@5, recall@10, wrong speakers and abstentions by
type of question, then how many statements, speakers and parties are found; ``--misses`` writes
every question that went wrong, with what was shown and what is missing. The scorer comes with the
data; nothing is trained on these sets.
"""

from __future__ import annotations

import argparse
import shlex
import subprocess
import sys
from pathlib import Path

DEFAULT = Path(__file__).parents[3] / "shared" / "bench" / "world"


def main() -> int:
    """Run the data's own scorer over this checkout's command; its exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[1])
    parser.add_argument("sets", nargs="*", metavar="SET")
    parser.add_argument("--folder", type=Path, default=DEFAULT)
    parser.add_argument("--misses", type=Path, metavar="FILE")
    asked = parser.parse_args()
    scorer = asked.folder / "run.py"
    if not scorer.exists():
        print(f"skipped: no {scorer}")
        return 0
    command = [sys.executable, str(scorer), shlex.join([sys.executable, "-m", "bot"]), *asked.sets]
    more = ["--misses", str(asked.misses)] if asked.misses else []
    return subprocess.run([*command, *more], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())

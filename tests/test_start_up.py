"""The shell's first answer: help and usage wait for no model, no store and no Slack."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = {
    "apsw", "apscheduler", "faiss", "lxml", "numpy", "onnxruntime", "pydantic", "rich",
    "sentence_transformers", "slack_bolt", "starlette", "torch", "trafilatura", "transformers",
}  # fmt: skip


@pytest.mark.parametrize("package", ["bot", "index"])
def test_help_loads_none_of_the_heavy_libraries(package):
    program = (
        "import contextlib, importlib, sys\n"
        f"main = importlib.import_module({package + '.__main__'!r}).main\n"
        "with contextlib.suppress(SystemExit): main(['--help'])\n"
        "print(*sys.modules, sep='\\n', file=sys.stderr)\n"
    )

    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)

    assert "usage:" in ran.stdout
    assert set() == HEAVY & set(ran.stderr.split())


def test_the_list_of_heavy_libraries_is_one_of_libraries_that_asking_does_load():
    program = "import index.core, bot.server, sys; print(*sys.modules, sep='\\n')"

    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)

    assert {"numpy", "apsw", "pydantic", "slack_bolt", "starlette"} <= set(ran.stdout.split())

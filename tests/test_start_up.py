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


# What Windows lacks is taken away, and its locks stand in a table, which others do not pass.
WINDOWS = """
import os, sys, types
import apsw, numpy, pydantic_settings
from pathlib import Path

held = set()

def locking(file, mode, count):
    where = os.fstat(file).st_ino, os.lseek(file, 0, os.SEEK_CUR)
    assert where[1] > 1_000_000, "others could not read the content"
    if mode == "unlock":
        held.remove(where)
    elif where in held:
        raise PermissionError(13, "locked")
    else:
        held.add(where)

sys.modules["fcntl"] = sys.modules["resource"] = None
sys.modules["msvcrt"] = types.SimpleNamespace(LK_NBLCK="lock", LK_UNLCK="unlock", locking=locking)
for name in ("pread", "fchmod", "fchown", "geteuid"):
    delattr(os, name)
linux, sys.platform = sys.platform, "win32"
"""
NOTING = """
from index.database.commit_note import CommitNote, open_slots
path, made = Path(sys.argv[1], "db"), CommitNote(bytes(16), 7)
with open_slots(path, like=path) as slots, open_slots(path, wait=False) as other:
    slots.write(made)
    print(other, len(held))
with open_slots(path) as slots:
    print(slots.latest == made, slots.whole)
from index.arrivals.lock import only_indexer
with only_indexer(path.parent):
    print(len(held))
print(len(held))
"""
ASKING = """
sys.platform = linux
import index.cli.upkeep, index.core, index.maintenance.doctor, index.maintenance.backup
import index.arrivals.indexer, bot.server
from bot.__main__ import main
main(["--help"])
"""


def test_without_what_windows_lacks_notes_are_kept_and_commands_start(tmp_path):
    words = [sys.executable, "-c", WINDOWS + NOTING + ASKING, str(tmp_path)]

    ran = subprocess.run(words, capture_output=True, text=True)

    noting, _, asking = ran.stdout.partition("usage:")
    assert ("None 1\nTrue True\n1\n0\n", "") == (noting, ran.stderr)
    assert "onrecord" in asking


def test_the_list_of_heavy_libraries_is_one_of_libraries_that_asking_does_load():
    program = "import index.core, bot.server, sys; print(*sys.modules, sep='\\n')"

    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)

    assert {"numpy", "apsw", "pydantic", "slack_bolt", "starlette"} <= set(ran.stdout.split())

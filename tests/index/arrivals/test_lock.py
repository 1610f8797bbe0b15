"""One indexer to a folder, whatever became of the one before."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from index.arrivals.lock import only_indexer
from index.errors import StoreError

ROOT = Path(__file__).parents[3]
HOLD = """
import sys, time
from pathlib import Path
from index.arrivals.lock import only_indexer
with only_indexer(Path(sys.argv[1])):
    print("locked", flush=True)
    time.sleep(600)
"""


def test_a_second_indexer_is_refused_with_the_first_ones_number_until_that_is_killed(tmp_path):
    words = [sys.executable, "-c", HOLD, str(tmp_path)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, cwd=ROOT) as first:
        first.stdout.readline()

        with (
            pytest.raises(StoreError, match=rf"another indexer \(process {first.pid}\)"),
            only_indexer(tmp_path),
        ):
            pass
        first.send_signal(signal.SIGKILL)

    with only_indexer(tmp_path):
        assert str(os.getpid()) == (tmp_path / "indexer.lock").read_text()


def test_a_folder_that_cannot_be_made_is_refused_with_the_way_out(tmp_path):
    (tmp_path / "file").write_text("")

    with (
        pytest.raises(StoreError, match="INDEX_DATA_DIR"),
        only_indexer(tmp_path / "file" / "data"),
    ):
        pass

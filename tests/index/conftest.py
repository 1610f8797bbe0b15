from __future__ import annotations

import pytest

from index.queue import Queue
from tests.index.arrivals.arrivals_builders import open_tiny


@pytest.fixture
def queue(tmp_path):
    made = Queue(tmp_path / "data")
    yield made
    made.close()


@pytest.fixture
def engine(tmp_path):
    made = open_tiny(tmp_path / "data")
    yield made
    made.close()

from __future__ import annotations

from threading import Event

import pytest

from index.arrivals.feeds.poll import FeedPoll
from index.arrivals.feeds.state import FeedStates
from index.queue import Queue
from index.sources.web.fetch import Fetcher
from tests.index.arrivals.feed_builders import EVERY, Newsroom
from tests.index.sources.sites import serving


@pytest.fixture
def newsroom():
    with serving({}) as site:
        yield Newsroom(site)


@pytest.fixture
def queue(tmp_path):
    made = Queue(tmp_path)
    yield made
    made.close()


@pytest.fixture
def poll(queue):
    fetcher = Fetcher(allowed=frozenset({"127.0.0.1"}), seconds=5)
    return FeedPoll(queue, FeedStates(queue.database), fetcher, EVERY, first=20, stop=Event())

"""Writers and readers of one database while processes of its server are killed."""

from __future__ import annotations

import os
import random
import signal
from contextlib import closing, suppress
from threading import Event, Thread

import numpy as np
import pytest

from index.errors import StoreError
from index.store import Selection
from tests.index.store.postgres_server import Server, lack, programs
from tests.index.store.store_builders import (
    DIM,
    NORLAND,
    article,
    day,
    said,
    speaker,
)

pytestmark = [
    pytest.mark.server,
    pytest.mark.skipif(lack() is not None, reason=str(lack())),
]

# More of them by hand: KILLS=50.
KILLS = int(os.environ.get("KILLS", "3"))
WRITERS, READERS, NAMES, SENTENCES = 3, 4, 8, 6


def version(name, number):
    """An article whose sentences, speaker and vectors all tell which version it is."""
    texts = [f"v{number:06} word{at}" for at in range(SENTENCES)]
    says = [said(speaker(f"Vik {number}", NORLAND), (0, 7))]
    made = article(name, *texts, says=says, published_at=day(1))
    angles = np.full(SENTENCES, number / 1e4)
    return made, np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)


def number_of(item):
    """The version of an article; AssertionError if it is mixed of two."""
    text = item.article.text
    found = {text[s.start : s.start + 7] for s in item.sentences}
    found |= {f"v{int(s.speaker.name.split()[1]):06}" for s in item.statements}
    assert len(found) == 1, f"mixed: {found}"
    return int(found.pop()[1:])


class Crowd:
    """Threads that write and read through stores of their own until they are stopped."""

    def __init__(self, open_store):
        self.open_store = open_store
        self.stop = Event()
        self.acknowledged: dict[str, int] = {}
        self.reads = self.writes = self.refused = 0
        self.faults = []
        self.threads = [Thread(target=self.write, args=(n,)) for n in range(WRITERS)]
        self.threads += [Thread(target=self.read) for _ in range(READERS)]

    def run(self, meanwhile):
        for thread in self.threads:
            thread.start()
        try:
            meanwhile()
        finally:
            self.stop.set()
            for thread in self.threads:
                thread.join(60)
        assert [] == self.faults

    def write(self, own):
        number = 0
        with closing(self.open_store()) as store:
            while not self.stop.is_set():
                number += 1
                name = f"w{own}-{number % NAMES}"
                try:
                    store.put(*version(name, number))
                except StoreError:
                    self.refused += 1
                    continue
                self.acknowledged[name] = number
                self.writes += 1

    def read(self):
        chance = random.Random(self.reads)
        with closing(self.open_store()) as store:
            while not self.stop.is_set():
                try:
                    self.look(store, f"w{chance.randrange(WRITERS)}-{chance.randrange(NAMES)}")
                except StoreError:
                    self.refused += 1
                except AssertionError as exc:
                    self.faults.append(str(exc))

    def look(self, store, name):
        before = self.acknowledged.get(name, 0)
        item = store.get(name)
        if item is not None:
            number = number_of(item)
            assert number >= before, f"lost: {number} after {before}"
        selected = store.select(Selection(article_id=name))
        assert len(selected) <= 1, f"mixed: {selected}"
        self.reads += 1


def crowd_survives(server, kill, times, pause=0.5):
    from index.store.postgres.store import PostgresStore

    url = server.new_database()
    crowd = Crowd(lambda: PostgresStore(url, "tiny", DIM))
    PostgresStore(url, "tiny", DIM).close()

    def kill_now_and_then():
        for _ in range(times):
            crowd.stop.wait(pause)
            with suppress(ProcessLookupError):
                kill()
            server.wait()
        crowd.stop.wait(pause)

    crowd.run(kill_now_and_then)
    print(f"{times} times: {crowd.writes} writes, {crowd.reads} reads, {crowd.refused} refused")
    with closing(PostgresStore(url, "tiny", DIM)) as store:
        held = {name: number_of(item) for name, item in store.get_many(list(store.ids())).items()}
        lost = {n: at for n, at in crowd.acknowledged.items() if held.get(n, 0) < at}
        assert {} == lost
        assert [] == store.verify()
    return crowd


@pytest.fixture
def own_server():
    made = Server(programs())
    yield made
    made.remove()


def test_three_writers_and_four_readers_never_mix_versions(own_server):
    crowd = crowd_survives(own_server, lambda: None, times=4)

    assert crowd.refused == 0
    assert min(crowd.reads, crowd.writes) > 10


def test_no_acknowledged_article_is_lost_when_a_child_of_the_server_is_killed(own_server):
    chance = random.Random(5)

    def kill_a_child():
        os.kill(chance.choice(own_server.children()), signal.SIGKILL)

    crowd = crowd_survives(own_server, kill_a_child, times=KILLS)

    assert crowd.writes > 10


def test_no_acknowledged_article_is_lost_when_the_server_is_killed(own_server):
    def kill_and_start():
        own_server.kill()
        own_server.start()

    crowd = crowd_survives(own_server, kill_and_start, times=KILLS)

    assert crowd.writes > 10

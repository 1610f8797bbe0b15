"""Look at a folder with an index, and damage its files."""

from __future__ import annotations

from contextlib import closing

from index.database.commit_note import ENDING, open_slots
from index.store.sqlite.store import DATABASE, SqliteStore
from tests.index.store.store_builders import DIM

LOG = f"{DATABASE}-wal"
NOTED = DATABASE + ENDING
FRAME = 24 + 4_096


def names(folder):
    with closing(SqliteStore(folder, "tiny", DIM)) as store:
        return list(store.ids())


def noted(path):
    with open_slots(path) as slots:
        return slots.latest


def cut(path, size):
    path.write_bytes(path.read_bytes()[:size])


def flip(path, at):
    data = bytearray(path.read_bytes())
    data[at] ^= 16
    path.write_bytes(bytes(data))

"""The projection: snapshots left behind, damaged or foreign, and exact search in it."""

from __future__ import annotations

import random
import shutil

import numpy as np
import pytest

from index.database.commit_note import ENDING
from index.database.in_use import LOCK
from index.errors import StoreError
from index.store.sqlite import projection_sync
from index.store.sqlite.store import DATABASE, SNAPSHOT
from tests.index.store.store_builders import EAST, NORTH, WEST, article, keys_of, nearest, vectors
from tests.index.store.store_writer import fill


def test_a_snapshot_is_written_when_much_changed_and_not_for_little(on_disk, tmp_path):
    store = on_disk()
    fill(store, 3)
    store.close()
    assert not (tmp_path / SNAPSHOT).exists()

    store = on_disk()
    fill(store, projection_sync.WORTH_SAVING // 20 + 1)
    store.close()
    assert (tmp_path / SNAPSHOT).exists()
    kept = [LOCK, DATABASE, DATABASE + ENDING, SNAPSHOT]
    assert kept == sorted(path.name for path in tmp_path.iterdir())


def test_a_snapshot_left_behind_is_caught_up(on_disk, tmp_path):
    store = on_disk()
    store.put(article("a", "x"), vectors(EAST))
    store.put(article("b", "x", "y"), vectors(WEST, NORTH))
    store.rebuild_projection()
    store.remove("a")
    store.put(article("b", "x"), vectors(NORTH))
    store.put(article("c", "x"), vectors(WEST))
    store.close()

    store = on_disk()
    assert [("b", 0), ("c", 0)] == nearest(store, EAST)
    assert [] == store.verify()


def test_a_projection_that_was_caught_up_by_half_is_begun_anew(on_disk, monkeypatch):
    store = on_disk()
    store.put(article("a", "x"), vectors(EAST))
    nearest(store, EAST)
    store.put(article("b", "x"), vectors(NORTH))
    honest = projection_sync.follow

    def breaks_off(db, projection, origin):
        generation = projection.generation
        honest(db, projection, origin)
        projection.generation = generation
        raise StoreError("the disk is gone")

    with monkeypatch.context() as broken:
        broken.setattr(projection_sync, "follow", breaks_off)
        with pytest.raises(StoreError, match="the disk is gone"):
            nearest(store, EAST)

    assert [("a", 0), ("b", 0)] == nearest(store, EAST)


@pytest.mark.parametrize("seed", range(25))
def test_a_damaged_snapshot_is_rebuilt(on_disk, tmp_path, seed):
    store = on_disk()
    fill(store, 5)
    expected = nearest(store, EAST)
    store.rebuild_projection()
    store.close()
    chance = random.Random(seed)
    path = tmp_path / SNAPSHOT
    data = bytearray(path.read_bytes())
    if seed % 5 == 0:
        data = data[: chance.randrange(len(data))]
    else:
        # Every other one hits the line of the manifest.
        at = chance.randrange(len(data) if seed % 2 else data.index(b"\n") + 1)
        data[at] ^= 1 << chance.randrange(8)
    path.write_bytes(bytes(data))

    store = on_disk()
    assert expected == nearest(store, EAST)
    assert [] == store.verify()


def test_a_snapshot_of_a_newer_state_is_not_used_after_a_restore(on_disk, tmp_path):
    store = on_disk()
    store.put(article("a", "x"), vectors(EAST))
    store.close()
    shutil.copy(tmp_path / DATABASE, tmp_path / "backup")
    store = on_disk()
    store.put(article("lost", "x"), vectors(NORTH))
    store.rebuild_projection()
    store.close()
    shutil.move(tmp_path / "backup", tmp_path / DATABASE)
    (tmp_path / (DATABASE + ENDING)).unlink()

    store = on_disk()
    store.put(article("b", "x"), vectors(WEST))

    assert [("a", 0), ("b", 0)] == nearest(store, EAST)
    assert [] == store.verify()


def test_a_projection_too_far_behind_is_read_anew(on_disk, monkeypatch):
    monkeypatch.setattr("index.store.sqlite.rows.REMEMBERED", 3)
    monkeypatch.setattr("index.store.sqlite.projection_sync.REMEMBERED", 3)
    reader, writer = on_disk(), on_disk()
    writer.put(article("a", "x"), vectors(EAST))
    assert [("a", 0)] == nearest(reader, EAST)

    writer.remove("a")
    for name in "bcdefg":
        writer.put(article(name, "x"), vectors(NORTH))

    assert [(name, 0) for name in "bcdefg"] == nearest(reader, EAST)
    assert [] == reader.verify()


def test_search_among_many_is_exact_with_ties_and_removed_rows(on_disk):
    chance = np.random.default_rng(3)
    store = on_disk()
    angles = chance.choice(np.linspace(0, 6, 40), size=6_000)
    every = np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float16)
    for number in range(12):
        part = every[number * 500 : (number + 1) * 500]
        store.put(article(f"n{number:02}", *["x"] * 500), part)
    nearest(store, EAST)
    store.remove("n03")
    keys = keys_of(store, *(f"n{number:02}" for number in range(12)))
    left = np.concatenate([every[:1500], every[2000:]]).astype(np.float64)
    left /= np.linalg.norm(left, axis=1, keepdims=True)
    asked = np.array([0.6, 0.8])
    scores = (left * asked).sum(axis=1)

    for among in (None, chance.permutation(keys)[:4_000], keys[:100]):
        kept = np.ones(len(keys), bool) if among is None else np.isin(keys, among)
        order = np.lexsort((keys[kept], -scores[kept]))
        for k in (1, 10, 500, 10_000):
            hits = store.search((3 * asked).astype(np.float32), k, among)
            assert keys[kept][order][:k].tolist() == [hit.key for hit in hits]
            assert np.allclose(scores[kept][order][:k], [hit.score for hit in hits], atol=1e-6)
            assert len(hits) == min(k, int(kept.sum()))


@pytest.mark.parametrize("puts", [12, 13, 30])
def test_a_check_after_another_connection_merged_the_word_index_sees_no_damage(on_disk, puts):
    reader, writer = on_disk(), on_disk()
    for number in range(5):
        writer.put(article(f"n{number}", "tank one two"), vectors(EAST))
    reader.match("tank", 1)

    for number in range(puts):
        writer.put(article(f"n{number % 4}", "tank one two"), vectors(EAST))

    assert [] == reader.verify()
    assert 5 == len(reader.match("tank", 100))

"""An index moves to another store and back, whole, with its history."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace

import pytest

from index.errors import SettingsError, StoreError
from index.maintenance.migrate import migrate
from index.settings import IndexSettings
from index.store import Selection
from index.store.factory import open_side, open_store
from index.types import Article, Party, Withdrawal
from tests.index.store.postgres_server import lack, server
from tests.index.store.store_builders import (
    BRYN,
    DIM,
    EAST,
    NORTH,
    NORTH_EAST,
    SOL,
    VIK,
    WEST,
    article,
    day,
    said,
    vectors,
)

needs_server = pytest.mark.skipif(lack() is not None, reason=str(lack()))


@pytest.fixture
def url():
    made = server().new_database()
    yield made
    server().drop_database(made)


def settings(folder, store="sqlite"):
    return IndexSettings(data_dir=folder, store=store)


def filled(folder, count=4):
    """An index in a folder with articles, one replaced, one withdrawn, one of an origin."""
    with closing(open_store(settings(folder), "tiny", DIM)) as store:
        for n in range(count):
            says = [said(VIK, (0, 9)), said(SOL, (10, 19), cue_class="denied"), said(BRYN, (0, 9))]
            made = article(f"n{n}", "aaaaa\0aaa", f"word{n:05}", says=says, published_at=day(n + 1))
            store.put(made, vectors(EAST, NORTH_EAST))
        store.put(article("n0", "changed"), vectors(WEST))
        store.withdraw(Withdrawal("n1", "an error", day(9)))
        store.withdraw(Withdrawal("never", "not ours", day(9), origin="wire", given_id="x"))
        fed = article("fed", "from a feed")
        whose = replace(fed.article, origin="https://wire.example/feed", given_id="77")
        store.put(replace(fed, article=whose), vectors(NORTH))


def shown(where):
    with closing(open_store(where, "tiny", DIM)) as store:
        items = store.get_many(list(store.ids()))
        return (
            items,
            {name: store.vectors(name).tolist() for name in items},
            store.revisions(0),
            [store.last_revision(Article(name, "", "")) for name in ("n1", "never")],
            [store.origins.owner(name) for name in ("fed", "never", "n0")],
            store.coverage(),
            store.speakers(),
            store.parties(),
            [c[1:] for c in store.select(Selection(parties=frozenset({"norland"})))],
            [row.score for row in store.search(vectors(EAST)[0], 9)],
            store.verify(),
        )


@needs_server
def test_an_index_moves_to_a_database_and_back_the_same(tmp_path, url):
    filled(tmp_path / "old")
    before = shown(settings(tmp_path / "old"))
    copied = []

    moved = migrate(settings(tmp_path / "old"), url, copied.append)
    there = shown(settings(tmp_path, url))
    back = migrate(settings(tmp_path / "new", url), "sqlite", copied.append)

    assert before == there == shown(settings(tmp_path / "new")) == shown(settings(tmp_path / "old"))
    assert before[-1] == []
    assert (4, 4, 8) == moved == back
    assert ["n2", "n3", "n0", "fed"] * 2 == copied


@needs_server
def test_after_a_move_the_history_goes_on(tmp_path, url):
    filled(tmp_path)
    migrate(settings(tmp_path), url, lambda _: None)

    with closing(open_store(settings(tmp_path, url), "tiny", DIM)) as store:
        store.put(article("n1", "again"), vectors(EAST))
        (last,) = store.revisions(8)
        assert (9, "n1", "restored") == (last.number, last.article_id, last.what)


@needs_server
def test_a_move_that_was_stopped_goes_on_and_cannot_be_used_before(tmp_path, url):
    filled(tmp_path)
    copied = []

    def stop(name):
        copied.append(name)
        if len(copied) == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        migrate(settings(tmp_path), url, stop)
    with pytest.raises(StoreError, match="half filled by `onrecord migrate`"):
        open_store(settings(tmp_path, url), "tiny", DIM)
    with closing(open_store(settings(tmp_path), "tiny", DIM)) as store:
        store.remove("n2")  # was copied already
    migrate(settings(tmp_path), url, copied.append)

    assert ["n2", "n3", "n0", "fed"] == copied
    assert shown(settings(tmp_path)) == shown(settings(tmp_path, url))


@needs_server
def test_a_place_that_holds_an_index_and_half_of_another_are_refused(tmp_path, url):
    filled(tmp_path / "one")
    filled(tmp_path / "two")
    quietly = settings(tmp_path / "one"), url, lambda _: None

    def stop(name):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        migrate(settings(tmp_path / "one"), url, stop)
    with pytest.raises(StoreError, match=r"half filled from .*one"):
        migrate(settings(tmp_path / "two"), url, lambda _: None)
    migrate(*quietly)
    with pytest.raises(StoreError, match="holds an index already"):
        migrate(*quietly)
    with pytest.raises(StoreError, match="holds an index already"):
        migrate(settings(tmp_path / "two", url), "sqlite", lambda _: None)


@needs_server
def test_what_did_not_arrive_as_it_was_is_found(tmp_path, url, monkeypatch):
    from index.store.postgres.moving import PostgresSide

    filled(tmp_path)
    write = PostgresSide.write

    def spoilt(self, item, rows):
        write(self, item, rows if item.article.id != "n3" else rows[::-1])

    with monkeypatch.context() as patched:
        patched.setattr(PostgresSide, "write", spoilt)
        with pytest.raises(StoreError, match=r"1 of 4 articles are not the same.*'n3'"):
            migrate(settings(tmp_path), url, lambda _: None)
    migrate(settings(tmp_path), url, lambda _: None)

    assert shown(settings(tmp_path)) == shown(settings(tmp_path, url))


def test_what_is_no_other_store_is_refused(tmp_path):
    filled(tmp_path)

    for target in ("sqlite", "memory"):
        with pytest.raises(StoreError, match="nothing to move"):
            migrate(settings(tmp_path), target, print)
    with pytest.raises(SettingsError, match="name sqlite, or a database"):
        migrate(settings(tmp_path), "mysql://x", print)
    with pytest.raises(StoreError, match="no index in"):
        migrate(settings(tmp_path / "empty"), "postgresql://x", print)


@needs_server
def test_a_party_and_a_speaker_of_any_length_fit(tmp_path, url):
    long = "x" * 30_000
    who = replace(VIK, key=long, name=long, parties=(Party(long, long),))
    with closing(open_side(settings(tmp_path), "sqlite")):
        pass
    with closing(open_store(settings(tmp_path), "tiny", DIM)) as store:
        made = article(long, "aaaaaaaaa", says=[said(who, (0, 9))], outlet=long)
        made = replace(made, article=replace(made.article, url=f"https://herald.example/{long}"))
        store.put(made, vectors(EAST))

    migrate(settings(tmp_path), url, lambda _: None)

    assert shown(settings(tmp_path)) == shown(settings(tmp_path, url))

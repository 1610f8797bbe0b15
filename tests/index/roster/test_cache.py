"""What questions are read against keeps step with the store, whoever changes it."""

from __future__ import annotations

import pytest

from index.roster.cache import RosterCache
from index.roster.directory import Directory
from index.store.memory.store import MemoryStore
from index.store.sqlite.store import SqliteStore
from tests.index.briefing_builders import DIM, TABLES, WordEmbedder, article, said


@pytest.fixture(params=["memory", "sqlite"])
def store(request, tmp_path):
    made = MemoryStore(DIM) if request.param == "memory" else SqliteStore(tmp_path, "words", DIM)
    yield made
    made.close()


def put(store, item):
    texts = [item.article.text[s.start : s.end] for s in item.sentences]
    store.put(item, WordEmbedder().embed_passages(texts))


def names(register):
    return [speaker.name for speaker in register.current().directory.speakers]


def test_who_comes_and_who_goes_is_known_at_the_next_look(store):
    register = RosterCache(store, lambda: TABLES)
    assert [] == names(register)

    put(store, article("a", said("Ilya Gromov", "We will stay."), day=1))
    put(store, article("b", said("Anna Weller", "We will go."), day=3, outlet="Herald"))
    first = register.current()
    assert ["Anna Weller", "Ilya Gromov"] == names(register)
    assert (["Harbour Post", "Herald"], 3) == (first.outlets, first.newest.day)

    put(store, article("b", said("Ilya Gromov", "We will stay."), day=2))
    assert ["Ilya Gromov"] == names(register)
    assert 2 == register.current().directory.by_key["ilia gromov"].statements

    store.remove("a")
    store.remove("b")
    assert [] == names(register)
    assert {} == register.current().directory.on_record


def test_an_unchanged_store_is_not_read_again(store, monkeypatch):
    register = RosterCache(store, lambda: TABLES)
    put(store, article("a", said("Ilya Gromov", "We will stay.")))
    known = register.current()

    monkeypatch.setattr(store, "speaker_changes", None)

    assert known is register.current()


@pytest.mark.parametrize("step", ["outlets", "updated"])
def test_a_step_that_fails_half_way_leaves_nobody_behind(store, monkeypatch, step):
    register = RosterCache(store, lambda: TABLES)
    put(store, article("a", said("Ilya Gromov", "We will stay.")))
    put(store, article("b", said("Anna Weller", "We will go.")))
    register.current()
    store.remove("a")

    with monkeypatch.context() as patched:
        patched.setattr(store if step == "outlets" else Directory, step, lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            register.current()

    assert ["Anna Weller"] == names(register)


def test_what_the_articles_hold_is_no_slip(store):
    register = RosterCache(store, lambda: TABLES)
    put(store, article("a", said("Ilya Gromov", "Delphi will stay."), day=1))

    directory = register.current().directory

    assert not directory.may_be_slip("Delphi", "Delhi")
    assert directory.may_be_slip("Delpi", "Delhi")

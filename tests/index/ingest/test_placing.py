"""Nobody speaks for another source: what two origins bring under one id or at one address."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from index.ingest.placing import placed
from index.ingest.versions import judge, judge_withdrawal
from index.origins import second_id
from index.store.memory.store import MemoryStore
from index.store.sqlite.store import SqliteStore
from index.types import Article, IndexedArticle, Sentence, Withdrawal
from tests.index.store.store_builders import day

URL = "https://wire.example/pact"
WIRE, RIVAL = "feed https://wire.example/rss", "feed https://rival.example/rss"
FOLDER, DESK = "folder /in", "files /home/desk"
PACT = Article("guid", "Pact", "The pact would be kept.", "Wire", URL, day(3))
FALSE = replace(PACT, text="The pact was torn up.", published_at=day(4))


@pytest.fixture(params=["memory", "sqlite"])
def store(request, tmp_path):
    made = MemoryStore(2) if request.param == "memory" else SqliteStore(tmp_path, "tiny", 2)
    yield made
    made.close()


def take(store, item, origin, *, force=False, manual=False):
    """Do with *item* what indexing does; gives its standing."""
    own = placed(replace(item, origin=origin), store, force=force)
    if isinstance(own, Withdrawal):
        if (verdict := judge_withdrawal(own, store)) is None:
            store.withdraw(own)
        return verdict and verdict.standing
    verdict = judge(own, store, manual=manual)
    if verdict is None or force:
        sentences = (Sentence(0, 0, len(own.text)),)
        rows = np.array([[1, 0]], dtype=np.float32)
        store.put(IndexedArticle(own, sentences, (), day(20)), rows)
    return verdict and verdict.standing


def texts(store):
    return {name: store.get(name).article.text for name in store.ids()}


@pytest.mark.parametrize(
    "claim",
    [
        FALSE,
        replace(FALSE, url="https://rival.example/other"),
        replace(FALSE, url=None),
        replace(FALSE, id="other"),
        replace(FALSE, id="other", url=URL.replace("https", "http") + "/?utm_source=mail"),
    ],
    ids=["id and address", "id", "id without address", "address", "address spelt otherwise"],
)
@pytest.mark.parametrize("rival", [RIVAL, FOLDER, "push", DESK, None, "page rival.example/pact"])
def test_another_origins_version_is_an_article_beside_the_first(store, claim, rival):
    take(store, PACT, WIRE)

    assert take(store, claim, rival) is None

    assert PACT.text == store.get("guid").article.text
    assert sorted([PACT.text, claim.text]) == sorted(texts(store).values())
    (second,) = set(store.ids()) - {"guid"}
    assert WIRE == store.origins.owner("guid")
    assert rival == store.get(second).article.origin
    assert ["guid"] == [claim.article_id for claim in store.origins.other_versions(second)]


def test_each_origin_goes_on_with_its_own_version(store):
    take(store, PACT, WIRE)
    take(store, FALSE, RIVAL)

    take(store, replace(PACT, text="The pact was kept.", published_at=day(5)), WIRE)
    take(store, replace(FALSE, text="The pact was burnt.", published_at=day(6)), RIVAL)
    assert "older" == take(store, PACT, WIRE)
    assert "older" == take(store, FALSE, RIVAL)

    second = second_id("guid", RIVAL)
    assert {"guid": "The pact was kept.", second: "The pact was burnt."} == texts(store)
    assert [("guid", "added"), (second, "added"), ("guid", "changed"), (second, "changed")] == [
        (r.article_id, r.what) for r in store.revisions(0)
    ]


def test_no_origin_withdraws_anothers_article(store):
    take(store, PACT, WIRE)

    for rival in (RIVAL, FOLDER, "push", DESK):
        take(store, Withdrawal("guid", "legal", day(9)), rival)
    assert {"guid": PACT.text} == texts(store)

    take(store, Withdrawal("guid", "legal", day(9)), WIRE)
    assert {} == texts(store)


def test_a_withdrawal_that_came_first_keeps_only_its_own_origins_article_away(store):
    take(store, Withdrawal("guid", "legal", day(9)), RIVAL)

    assert take(store, PACT, WIRE) is None
    assert "withdrawn" == take(store, FALSE, RIVAL)


def test_who_copies_an_article_first_can_neither_change_nor_withdraw_it(store):
    take(store, PACT, RIVAL)
    assert take(store, PACT, WIRE) is None

    take(store, FALSE, RIVAL)
    take(store, Withdrawal("guid", "legal", day(9)), RIVAL)

    assert {second_id("guid", WIRE): PACT.text} == texts(store)


@pytest.mark.parametrize("origin", [FOLDER, RIVAL, "page rival.example/pact", "push", DESK])
def test_a_copy_of_what_stands_at_its_own_address_is_unchanged(store, origin):
    take(store, PACT, WIRE)

    assert "unchanged" == take(store, PACT, origin)
    assert "unchanged" == take(store, replace(PACT, id="other", outlet=None), origin)
    assert {"guid": PACT.text} == texts(store)


def test_a_copy_under_another_outlet_or_date_is_an_article_of_its_own(store):
    take(store, PACT, WIRE)

    assert take(store, replace(PACT, outlet="Rival"), RIVAL) is None
    assert take(store, replace(PACT, published_at=day(9)), "push") is None
    assert 3 == len(texts(store))


def test_a_feed_that_is_listed_under_its_other_spelling_goes_on(store):
    take(store, PACT, WIRE)
    take(store, FALSE, "feed http://www.wire.example/rss/")

    assert {"guid": FALSE.text} == texts(store)


def test_what_was_added_out_of_a_folder_goes_on_when_that_is_watched(store):
    take(store, PACT, "files /in/2018", manual=True)
    take(store, FALSE, FOLDER)

    assert ({"guid": FALSE.text}, FOLDER) == (texts(store), store.origins.owner("guid"))


def test_the_operator_replaces_what_came_from_files_and_it_stays_the_folders(store):
    take(store, PACT, FOLDER)
    take(store, FALSE, DESK, manual=True)
    take(store, replace(PACT, text="It is kept.", published_at=day(5)), FOLDER)

    assert {"guid": "It is kept."} == texts(store)


def test_adding_the_same_again_replaces_the_operators_own_version(store):
    take(store, PACT, DESK, manual=True)
    take(store, FALSE, "files /home/elsewhere", manual=True)

    assert {"guid": FALSE.text} == texts(store)


@pytest.mark.parametrize("claim", [FALSE, replace(FALSE, id="other")])
def test_with_again_the_operators_version_takes_the_place_and_the_owner_stays(store, claim):
    take(store, PACT, WIRE)
    take(store, claim, DESK, force=True, manual=True)
    assert [FALSE.text] == list(texts(store).values())

    take(store, replace(PACT, text="It is kept.", published_at=day(5)), WIRE)

    assert ["It is kept."] == list(texts(store).values())


def test_an_id_that_looks_like_a_second_one_is_nobody_elses(store):
    forged = replace(PACT, id=second_id("guid", RIVAL), url=None)
    take(store, PACT, WIRE)
    take(store, forged, WIRE)
    take(store, FALSE, RIVAL)

    assert (PACT.text, PACT.text) == (texts(store)["guid"], texts(store)[forged.id])
    assert 3 == len(texts(store))


def test_an_article_without_a_recorded_origin_goes_on_being_the_operators(store):
    take(store, PACT, None)
    take(store, FALSE, None)
    assert {"guid": FALSE.text} == texts(store)

    take(store, replace(PACT, text="No.", published_at=day(9)), RIVAL)

    assert {"guid": FALSE.text, second_id("guid", RIVAL): "No."} == texts(store)


@pytest.mark.parametrize("claim", [FALSE, replace(FALSE, id="other")])
def test_a_newer_version_of_one_origin_makes_none_of_anothers_older(store, claim):
    take(store, claim, RIVAL)

    assert take(store, PACT, WIRE) is None
    assert sorted([PACT.text, claim.text]) == sorted(texts(store).values())


def test_what_an_article_replaces_because_of_its_address_is_named(engine):
    first = replace(PACT, origin=WIRE)
    second = replace(first, id="second", text="The pact was torn up.", published_at=day(4))

    outcomes = list(engine.add([first, second]))

    assert ["guid", "second"] == [outcome.id for outcome in outcomes]
    assert [None, "replaced guid, which had its address"] == [one.note for one in outcomes]

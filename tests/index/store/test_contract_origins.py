"""What every store owes about whose its articles are."""

from __future__ import annotations

from dataclasses import replace

import pytest

from index.errors import OwnedError
from index.store.origins import Claim, article_at
from index.types import Withdrawal
from tests.index.store.store_builders import EAST, article, day, vectors

HOUR = "https://wire.example/2018/strike"
WIRE, RIVAL = "feed https://wire.example/rss", "feed https://rival.example/rss"


def put(store, name, *texts, origin=None, given=None, url=None):
    made = article(name, *texts)
    whose = replace(made.article, origin=origin, given_id=given, url=url)
    store.put(replace(made, article=whose), vectors(*[EAST] * len(texts)))


def test_an_article_comes_out_with_its_origin(store):
    put(store, "a", "Ten boats.", origin=WIRE)
    put(store, "a · push", "Six boats.", origin="push", given="a")
    put(store, "b", "Two boats.")

    whose = [(i.article.origin, i.article.given_id) for i in map(store.get, ["a", "a · push", "b"])]

    assert [(WIRE, None), ("push", "a"), (None, None)] == whose
    assert ("push", None) == (store.origins.owner("a · push"), store.origins.owner("none"))


def test_an_article_that_names_no_origin_keeps_the_one_it_has(store):
    put(store, "a", "Ten boats.", origin=WIRE)
    put(store, "a", "Six boats.")

    assert WIRE == store.get("a").article.origin


def test_an_article_does_not_replace_what_another_origin_has_stored_meanwhile(store):
    put(store, "a", "Ten boats.", origin=WIRE)

    with pytest.raises(OwnedError, match="send it again"):
        put(store, "a", "Six boats.", origin=RIVAL)

    assert ("Ten boats.", WIRE) == (
        store.get("a").article.text,
        store.origins.owner("a"),
    )


def test_claims_are_those_of_all_who_gave_an_id_and_outlast_the_article(store):
    put(store, "a", "Ten boats.", origin=WIRE)
    put(store, "a · push", "Six boats.", origin="push", given="a")
    put(store, "b", "Two boats.")
    store.remove("a")
    store.withdraw(Withdrawal("c", "legal", origin=RIVAL))

    assert [Claim("a", WIRE), Claim("a · push", "push")] == store.origins.claims("a")
    assert [Claim("b", None)] == store.origins.claims("b")
    assert [Claim("c", RIVAL)] == store.origins.claims("c")
    assert [] == store.origins.claims("none")


def test_an_article_replaces_at_its_address_only_its_own_origins(store):
    put(store, "a", "Ten boats.", origin=WIRE, url=HOUR)
    put(store, "b", "Six boats.", origin=RIVAL, url=HOUR + "/")
    put(store, "c", "Two boats.", origin=RIVAL, url=HOUR)

    assert ["a", "c"] == list(store.ids())
    assert [Claim("a", WIRE), Claim("c", RIVAL)] == store.origins.at_address(HOUR)
    assert [] == store.origins.at_address(None)


def test_of_several_articles_at_an_address_that_of_its_own_site_stands_for_it(store):
    put(store, "a", "Ten boats.", origin=RIVAL, url=HOUR)
    assert "a" == article_at(store.origins, HOUR)

    put(store, "b", "Six boats.", origin=WIRE, url=HOUR)

    assert "b" == article_at(store.origins, HOUR)
    assert article_at(store.origins, HOUR + "/2") is None


def test_other_versions_share_the_id_or_the_address_but_not_the_text(store):
    put(store, "a", "Ten boats.", origin=WIRE, url=HOUR)
    put(store, "a · push", "Six boats.", origin="push", given="a")
    put(store, "b", "Two boats.", origin=RIVAL, url=HOUR)
    put(store, "c", "Ten boats.", origin="folder /in", url=HOUR)
    put(store, "d", "No boats.", origin="folder /in", url=HOUR + "/2")

    others = {
        name: [claim.article_id for claim in store.origins.other_versions(name)]
        for name in ("a", "a · push", "b", "d", "none")
    }

    assert {
        "a": ["a · push", "b"],
        "a · push": ["a"],
        "b": ["a", "c"],
        "d": [],
        "none": [],
    } == others


def test_what_one_origin_withdrew_stays_open_to_the_others_unless_it_was_by_hand(store):
    put(store, "a", "Ten boats.", origin=RIVAL, url=HOUR)
    asked = replace(article("b", "x").article, origin=WIRE, url=HOUR)

    store.withdraw(Withdrawal("a", "legal", day(3), origin=RIVAL))
    assert store.last_revision(asked) is None
    assert "withdrawn" == store.last_revision(replace(asked, origin=RIVAL)).what

    put(store, "a", "Ten boats.", origin=RIVAL, url=HOUR)
    store.remove("a")
    assert "removed by hand" == store.last_revision(asked).reason

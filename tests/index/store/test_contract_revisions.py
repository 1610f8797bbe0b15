"""What every store owes: one version of an article, and the history of what became of it."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.store.memory.store import MemoryStore
from index.store.origins import article_at
from index.types import Withdrawal
from tests.index.store.store_builders import DIM, EAST, NORTH, article, day, matched, vectors

HOUR = "https://herald.example/2018/strike"
REPORT = "The crews of the harbour left their ferries on Monday and nobody could say for how long"


def version(name, *texts, url=None, at=1, note=None):
    made = article(name, *texts)
    changed = replace(made.article, url=url, note=note)
    return replace(made, article=changed, indexed_at=day(at))


def put(store, item):
    store.put(item, vectors(*[EAST] * len(item.sentences)))
    return store.fingerprint(item.article.id)


def recorded(store, after=0):
    return [
        (r.article_id, r.at.day, r.what, r.reason, r.old, r.new) for r in store.revisions(after)
    ]


def what_last(store, asked):
    last = store.last_revision(asked)
    return last.article_id, last.what


def test_each_change_of_an_article_is_recorded_once_with_both_versions(store):
    first = put(store, version("a", "Ten boats.", at=1))
    put(store, version("a", "Ten boats.", at=2))
    second = put(store, version("a", "Six boats.", at=3, note="Ten was wrong."))
    store.withdraw(Withdrawal("a", "legal", day(4)))
    store.withdraw(Withdrawal("a", "legal", day(5)))
    third = put(store, version("a", "Two boats.", at=6))

    assert [
        ("a", 1, "added", None, None, first),
        ("a", 3, "changed", "Ten was wrong.", first, second),
        ("a", 4, "withdrawn", "legal", second, None),
        ("a", 6, "restored", None, None, third),
    ] == recorded(store)
    assert [1, 2, 3, 4] == [r.number for r in store.revisions(0)]
    assert recorded(store)[2:] == recorded(store, after=2)
    assert [2] == [r.number for r in store.revisions(1, limit=1)]


def test_a_withdrawn_article_leaves_no_sentence_behind(store):
    put(store, version("a", "Ten boats."))

    assert store.withdraw(Withdrawal("a", "legal"))

    assert ([], [], None) == (list(store.ids()), matched(store, "boats"), store.get("a"))


def test_a_withdrawal_of_what_never_came_is_remembered_and_a_removal_is_not(store):
    assert not store.remove("a")
    assert not store.withdraw(Withdrawal("b", "legal", day(2)))

    assert [("b", 2, "withdrawn", "legal", None, None)] == recorded(store)


def test_an_article_removed_by_hand_is_remembered_as_withdrawn(store):
    put(store, version("a", "Ten boats."))

    assert store.remove("a")

    assert ("withdrawn", "removed by hand") == (recorded(store)[1][2], recorded(store)[1][3])


def test_an_article_replaces_the_one_at_its_address_under_another_id(store):
    old = put(store, version("a", "Ten boats.", url=f"{HOUR}/?utm_source=mail"))
    new = put(store, version("b", "Six boats.", url=HOUR.replace("https://", "http://www."), at=2))

    assert ["b"] == list(store.ids())
    assert [("b", 0)] == matched(store, "boats")
    assert ("b", None) == (
        article_at(store.origins, HOUR + "#live"),
        article_at(store.origins, HOUR + "/2"),
    )
    assert [("a", "changed", old, new), ("b", "added", None, new)] == [
        (name, what, *marks) for name, _, what, _, *marks in recorded(store)[1:]
    ]


def test_articles_that_name_only_a_front_page_do_not_replace_each_other(store):
    put(store, version("a", "Ten boats.", url="https://herald.example/"))
    put(store, version("b", "Six boats.", url="https://herald.example"))

    assert ["a", "b"] == list(store.ids())
    assert article_at(store.origins, "https://herald.example/") is None


def test_what_was_withdrawn_is_known_by_its_address_too(store):
    put(store, version("a", "Ten boats.", url=HOUR))
    store.withdraw(Withdrawal("a", "legal", day(3)))

    last = store.last_revision(version("b", "x", url=HOUR + "/").article)

    assert ("a", "withdrawn", day(3)) == (last.article_id, last.what, last.at)
    assert store.last_revision(version("b", "x").article) is None


def test_of_what_happened_to_an_id_and_at_its_address_the_later_is_told(store):
    asked = version("b", "x", url=HOUR).article

    put(store, version("b", "Ten boats."))
    put(store, version("a", "Six boats.", url=HOUR))
    assert ("a", "added") == what_last(store, asked)

    store.withdraw(Withdrawal("b", "legal"))
    assert ("b", "withdrawn") == what_last(store, asked)


def test_near_copies_lead_to_each_other_and_go_with_their_article(store):
    put(store, version("wire", REPORT, "A union spoke of weeks."))
    put(store, version("post", REPORT, "A union spoke of months."))
    put(
        store, version("other", "Snow fell in the valley and the schools of the north stayed shut.")
    )

    assert [("post",), ("wire",), (), ()] == [
        store.near_copies(name) for name in ("wire", "post", "other", "none")
    ]
    store.remove("post")
    assert () == store.near_copies("wire")


def test_texts_without_words_are_nobodys_copies(store):
    put(store, version("a", "…"))
    put(store, version("b", "…"))

    assert () == store.near_copies("a")


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=20
)
@given(order=st.permutations(range(6)), cut=st.integers(0, 9))
def test_copies_do_not_depend_on_the_order_of_arrival(order, cut):
    """Each article lacks a few more of the report's words than the one before."""
    words = REPORT.split()
    items = [version(f"n{n}", " ".join(words[: len(words) - n * cut % 7])) for n in range(6)]
    one, other = MemoryStore(DIM), MemoryStore(DIM)
    for n in range(6):
        put(one, items[n])
        put(other, items[order[n]])

    names = [f"n{n}" for n in range(6)]
    assert [*map(one.near_copies, names)] == [*map(other.near_copies, names)]


def test_both_stores_link_the_same_articles(store):
    twin = MemoryStore(DIM)
    words = REPORT.split()
    for n in range(12):
        item = version(f"n{n}", " ".join(words[n % 5 : len(words) - n % 4]))
        store.put(item, vectors(NORTH))
        twin.put(item, vectors(NORTH))

    names = [f"n{n}" for n in range(12)]
    assert [*map(twin.near_copies, names)] == [*map(store.near_copies, names)]

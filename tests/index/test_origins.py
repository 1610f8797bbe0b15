"""Whose an article is, and who may bring another version of it."""

from __future__ import annotations

import pytest

from index.origins import may_replace, owner_after, second_id, speaks_for

WIRE, RIVAL = "feed https://wire.example/rss", "feed https://rival.example/rss"


@pytest.mark.parametrize(
    ("owner", "origin", "expected"),
    [
        (WIRE, WIRE, True),
        (WIRE, "feed http://www.wire.example/rss/", True),
        (WIRE, RIVAL, False),
        (WIRE, "feed https://wire.example/other", False),
        (WIRE, "folder /in", False),
        (WIRE, "push", False),
        (WIRE, None, False),
        (WIRE, "files /home", False),
        (WIRE, "page wire.example/1", True),
        (WIRE, "page wire.example/2", False),
        (RIVAL, "page wire.example/1", False),
        ("page wire.example/1", WIRE, False),
        ("page wire.example/1", "page wire.example/1", True),
        ("push", "folder /in", False),
        ("folder /in", "push", False),
        ("folder /in", "folder /inn", False),
        ("folder /in", None, True),
        ("folder /in", "files /elsewhere", True),
        ("files /in/2018", "folder /in", True),
        ("files /in", "folder /in", True),
        ("files /elsewhere", "folder /in", False),
        ("files /inner", "folder /in", False),
        (None, "files /in", True),
        ("files /in", None, True),
        (None, "folder /in", False),
        (None, WIRE, False),
    ],
)
def test_an_origin_replaces_only_what_it_published_itself(owner, origin, expected):
    assert expected == may_replace(owner, origin, "wire.example/1")


def test_what_the_operator_replaces_stays_with_the_folder_it_came_from():
    assert "folder /in" == owner_after("folder /in", "files /elsewhere")
    assert "folder /in" == owner_after("files /in", "folder /in")
    assert ("push", None) == (owner_after(None, "push"), owner_after(None, None))


@pytest.mark.parametrize(
    ("origin", "url", "expected"),
    [
        (WIRE, "http://www.wire.example/1", True),
        (WIRE, "https://rival.example/1", False),
        (WIRE, "https://news.wire.example/1", False),
        ("feed http://127.0.0.1:8001/rss", "http://127.0.0.1:8002/1", False),
        ("page wire.example/1", "https://wire.example/1", True),
        ("folder /in", "https://wire.example/1", False),
        (WIRE, None, False),
        (None, "https://wire.example/1", True),
    ],
)
def test_a_feed_speaks_for_the_addresses_of_its_own_site(origin, url, expected):
    assert expected == speaks_for(origin, url)


@pytest.mark.parametrize(
    ("origin", "expected"),
    [
        ("feed https://wire.example/rss?key=s3cret", "a · feed wire.example "),
        ("page wire.example/1?key=s3cret", "a · page wire.example "),
        ("folder /srv/s3cret/in", "a · folder "),
        ("files /home/s3cret", "a · by hand "),
        ("push", "a · push "),
    ],
)
def test_the_second_id_names_its_origin_without_its_secrets(origin, expected):
    made = second_id("a", origin)

    assert (expected, 6) == (made[:-6], len(made.rpartition(" ")[2]))
    assert made != second_id("a", f"{origin}x")

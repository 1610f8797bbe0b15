"""A link to the reader's page says which article, which version and until when, signed."""

from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import SettingsError, StoreError
from index.reader.links import KEY, ReaderLinks, Ticket, is_version
from index.settings import load_index_settings

MADE = datetime(2018, 3, 1, 23, 50, tzinfo=UTC)
PRINT = "0123456789abcdef" * 4


def links(folder, at=MADE, days=7, address="https://desk.example"):
    return ReaderLinks(address, days, folder, now=lambda: at)


def parts(link):
    """Take a link apart as the server gets it."""
    split = urlsplit(link)
    given = {name: values[0] for name, values in parse_qs(split.query).items()}
    return [unquote(split.path).removeprefix("/article/"), given["v"], given["until"], given["key"]]


def test_a_link_opens_the_article_it_was_made_for(tmp_path):
    made = links(tmp_path).link("note-1", PRINT, 12)

    assert made.startswith("https://desk.example/article/note-1?v=0123456789ab&until=20180308&key=")
    assert made.endswith("#s12")
    ticket = links(tmp_path).ticket(*parts(made))
    assert Ticket("note-1", "0123456789ab", "20180308") == ticket
    assert is_version(ticket, PRINT)
    assert not is_version(ticket, PRINT[::-1])


def test_all_links_of_a_day_are_the_same_and_end_with_a_day(tmp_path):
    made = links(tmp_path).link("a", PRINT, 0)

    assert made == links(tmp_path, MADE.replace(hour=0)).link("a", PRINT, 0)
    last = datetime(2018, 3, 8, 23, 59, 59, tzinfo=UTC)
    assert links(tmp_path, last).ticket(*parts(made)) is not None
    assert links(tmp_path, last + timedelta(seconds=1)).ticket(*parts(made)) is None


def test_no_part_of_a_link_can_be_changed(tmp_path):
    reader = links(tmp_path)
    good = parts(reader.link("note-1", PRINT, 0))
    others = ["note-2", "ffffffffffff", "20990101", "0" * 40]

    for number, other in enumerate(others):
        changed = [*good[:number], other, *good[number + 1 :]]
        assert reader.ticket(*changed) is None
    assert reader.ticket(*good[:3], "") is None
    assert reader.ticket(*good[:3], good[3][:-1]) is None
    assert reader.ticket(*good[:3], good[3].upper()) is None
    assert reader.ticket("", "", "", "") is None


def test_a_link_of_another_data_folder_is_worth_nothing(tmp_path):
    made = links(tmp_path / "one").link("note-1", PRINT, 0)

    assert links(tmp_path / "two").ticket(*parts(made)) is None


@pytest.mark.skipif(sys.platform == "win32", reason="modes are of POSIX")
def test_the_secret_is_for_this_account_alone_and_stays(tmp_path):
    links(tmp_path)
    made = (tmp_path / KEY).read_bytes()
    links(tmp_path)

    assert 0o600 == (tmp_path / KEY).stat().st_mode & 0o777
    assert made == (tmp_path / KEY).read_bytes()


def test_what_is_no_secret_is_not_used(tmp_path):
    (tmp_path / KEY).write_bytes(b"short")

    with pytest.raises(StoreError, match="is no secret of reader's page"):
        links(tmp_path)


@pytest.fixture(scope="module")
def reader(tmp_path_factory):
    return links(tmp_path_factory.mktemp("data"))


@given(st.one_of(st.text(min_size=1), st.text("./~?#%& =\\\x00Aa", min_size=1)))
def test_any_id_comes_back_through_an_address_that_servers_on_the_way_leave_alone(reader, name):
    link = reader.link(name, PRINT, 3)

    if link is not None:
        path = urlsplit(link).path
        assert "%" not in path
        assert "/article/" == path[: path.rindex("/") + 1]
        assert path.rpartition("/")[2] not in ("", ".", "..")
        assert name == reader.ticket(*parts(link)).article_id


@given(st.lists(st.text(), min_size=4, max_size=4))
def test_whatever_is_sent_opens_nothing(reader, sent):
    assert reader.ticket(*sent) is None


def test_an_id_too_long_for_an_address_has_no_link(reader):
    assert reader.link("a" * 3_000, PRINT, 0) is None


@pytest.mark.parametrize(
    "address",
    ["desk.example", "ftp://desk.example", "https://a@desk.example", "https://d.example/?q"],
)
def test_an_address_that_makes_no_links_is_refused(address):
    with pytest.raises(SettingsError, match="INDEX_READER_URL"):
        load_index_settings(reader_url=address)


def test_links_stand_below_the_path_of_the_address(tmp_path):
    address = load_index_settings(reader_url="https://desk.example/record/").reader_url

    made = links(tmp_path, address=address).link("a", PRINT, 0)
    assert made.startswith("https://desk.example/record/article/a?")

"""The list of feeds, where it is larger or stranger than lists are."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from index.arrivals.feeds import subscriptions
from index.arrivals.feeds.subscriptions import OPML, follow, followed
from index.errors import SettingsError
from index.formats import opml
from index.formats.opml import ListedFeed, read_opml
from index.settings import load_index_settings


def test_a_list_longer_than_anybody_reads_ends(monkeypatch):
    monkeypatch.setattr(opml, "MAX_FEEDS", 2)
    outlines = "".join(f'<outline xmlUrl="https://{name}.example/"/>' for name in "abc")

    found = read_opml(f"<opml><body>{outlines}</body></opml>".encode(), "feeds.opml")

    assert ["https://a.example/", "https://b.example/"] == [feed.url for feed in found]


def test_a_file_too_large_for_a_list_is_not_read(tmp_path, monkeypatch):
    monkeypatch.setattr(subscriptions, "LARGEST", 20)
    (tmp_path / OPML).write_text("<opml><body></body></opml>", "utf-8")

    with pytest.raises(SettingsError, match="more than 20 bytes"):
        followed(load_index_settings(data_dir=tmp_path))


def test_a_name_is_written_without_what_xml_cannot_hold(tmp_path):
    settings = load_index_settings(data_dir=tmp_path)

    follow(settings, [ListedFeed("https://a.example/", "Harbour\x07\ud83d Post")])

    assert [("https://a.example/", "Harbour Post")] == followed(settings)


def test_of_many_who_add_feeds_at_the_same_time_none_undoes_another(tmp_path):
    settings = load_index_settings(data_dir=tmp_path)
    addresses = [f"https://feed{number}.example/" for number in range(40)]

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda url: follow(settings, [ListedFeed(url, None)]), addresses))

    assert set(addresses) == {feed.url for feed in followed(settings)}

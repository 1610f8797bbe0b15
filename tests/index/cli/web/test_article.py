"""Articles without an address open behind a signed link; every other link gets one answer."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from urllib.parse import urlsplit

import pytest

from index.cli.exports.gathering import export_of
from index.cli.exports.rows import jsonl_of
from index.cli.web.article import NOTHING, reader_routes
from index.cli.web.routes import doors
from index.errors import StoreError
from index.reader.links import ReaderLinks
from index.reader.page import HEADERS, MOVED
from index.types import Article
from tests.index.arrivals.arrivals_builders import open_tiny
from tests.index.cli.web.conftest import TEXT
from tests.index.reader.served import ADDRESS, serving

pytestmark = pytest.mark.server

QUESTION = "what did Ana Horvat say?"
FORGED = f"/article/memo?v=000000000000&until=20990101&key={'0' * 40}"


@pytest.fixture
def desk(tmp_path):
    made = open_tiny(tmp_path / "data", reader_url=ADDRESS)
    list(made.add([Article("memo", "Ferry", TEXT, "Desk")]))
    yield made
    made.close()


def link_of(index):
    return index.answer(QUESTION).quotes[0].reader


def sent(link):
    """What a browser asks the server for when it opens *link*."""
    parts = urlsplit(link)
    return f"{parts.path}?{parts.query}"


def test_the_link_of_a_quote_opens_its_article_at_its_sentence(desk):
    quote = desk.answer(QUESTION).quotes[0]

    with serving(desk) as client:
        answer = client.get(sent(quote.reader))

    assert 200 == answer.status_code
    assert quote.reader.startswith(f"{ADDRESS}/article/memo?")
    assert f'id="{urlsplit(quote.reader).fragment}"' in answer.text
    assert "The ferry stays in port until the crew has slept" in answer.text
    assert HEADERS.items() <= {n.title(): v for n, v in answer.headers.items()}.items()


def test_without_an_address_in_the_settings_there_is_neither_link_nor_page(engine):
    list(engine.add([Article("memo", "Ferry", TEXT, "Desk")]))

    assert engine.answer(QUESTION).quotes[0].reader is None
    assert [] == reader_routes(engine)


def test_the_page_is_open_without_a_token_for_programs(desk):
    with doors(desk, desk._settings) as routes:
        assert ["/article/{id}"] == [route.path for route in routes]


def test_an_article_with_an_address_has_no_other(desk):
    list(
        desk.add(
            [Article("a", "Nets", TEXT.replace("Horvat", "Kolar"), "Post", "https://p.example/a")]
        )
    )

    (quote,) = desk.answer("what did Ana Kolar say?").quotes
    assert (None, "https://p.example/a") == (quote.reader, quote.url)


def refused(desk, tmp_path):
    """Links that must open nothing, each with why."""
    good = sent(link_of(desk))
    later = ReaderLinks(ADDRESS, 7, tmp_path / "data", now=lambda: datetime(2018, 1, 1, tzinfo=UTC))
    other = ReaderLinks(ADDRESS, 7, tmp_path / "other")
    print_ = desk.store.fingerprint("memo")
    return {
        "unsigned": "/article/memo",
        "forged": FORGED,
        "changed": good.replace("until=2", "until=3"),
        "of another article": good.replace("/memo?", "/other?"),
        "over": sent(later.link("memo", print_, 0)),
        "of another data folder": sent(other.link("memo", print_, 0)),
        "of nothing here": sent(desk.reader.link("gone", print_, 0)),
        "no encoding": "/article/~%00%ff?v=1&until=20990101&key=é",
    }


def test_what_opens_nothing_gets_one_answer_whatever_the_reason(desk, tmp_path):
    with serving(desk) as client:
        answers = {why: client.get(link) for why, link in refused(desk, tmp_path).items()}

    told = {
        why: (answer.status_code, answer.text, sorted(set(answer.headers) - {"date"}))
        for why, answer in answers.items()
    }
    assert dict.fromkeys(answers, (404, NOTHING, told["forged"][2])) == told


def test_nothing_is_looked_up_for_a_link_that_was_not_made_here(desk, monkeypatch):
    asked = []
    monkeypatch.setattr(desk.store, "get", lambda *given: asked.append(given))
    monkeypatch.setattr(desk.store, "fingerprint", lambda *given: asked.append(given))

    with serving(desk) as client:
        client.get(FORGED)

    assert [] == asked


def test_a_withdrawn_article_is_not_shown(desk):
    link = sent(link_of(desk))
    desk.remove("memo")

    with serving(desk) as client:
        answer = client.get(link)

    assert (404, NOTHING) == (answer.status_code, answer.text)


def test_a_link_to_an_earlier_version_points_at_no_sentence_of_the_new_one(desk):
    link = link_of(desk)
    list(desk.add([Article("memo", "Ferry", f"Ivo Babic said no.\n\n{TEXT}", "Desk")]))

    with serving(desk) as client:
        answer = client.get(sent(link))

    assert MOVED in answer.text
    assert f'id="{urlsplit(link).fragment}"' not in answer.text


def test_a_kept_quote_is_not_linked_to_another_sentence_of_a_later_version(desk):
    (kept,) = desk.answer(QUESTION).quotes
    list(desk.add([Article("memo", "Ferry", TEXT.replace("slept", "a nap"), "Desk")]))

    assert [None] == [quote.reader for quote in desk.opened([kept])]


def test_a_store_that_cannot_be_read_is_told_in_a_line(desk, monkeypatch):
    link = sent(link_of(desk))

    def broken(*given):
        raise StoreError("/secret/path is damaged")

    monkeypatch.setattr(desk.store, "get", broken)
    with serving(desk) as client:
        answer = client.get(link)

    assert 503 == answer.status_code
    assert "secret" not in answer.text


def test_only_reading_is_possible(desk):
    link = sent(link_of(desk))

    with serving(desk) as client:
        assert 200 == client.head(link).status_code
        assert 405 == client.post(link).status_code


def test_a_timeline_and_an_export_link_to_the_page_too(desk):
    now = datetime(2018, 3, 1, tzinfo=UTC)
    list(desk.add([Article("memo", "Ferry", TEXT, "Desk", published_at=now)]))
    found = desk.timeline(desk.parse("Ana Horvat"))
    (quote,) = desk.answer(QUESTION).quotes

    assert [quote.reader] * 2 == [found.first.reader, found.last.reader]
    export = export_of(desk, desk.answer(QUESTION), QUESTION, cut=False, now=now)
    assert quote.reader == json.loads(jsonl_of(export))["link"]

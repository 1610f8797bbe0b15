"""Pushing articles over real HTTP: what is taken, what is refused, and how it is said."""

from __future__ import annotations

import asyncio
import hmac
import json
import socket
from contextlib import ExitStack

import httpx
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from index.arrivals import push as push_module
from index.arrivals.push import Push, push_app
from index.arrivals.schedule import Schedule
from index.errors import SettingsError
from index.settings import load_index_settings
from index.types import Withdrawal
from tests.index.arrivals.arrivals_builders import article, lines, working

pytestmark = pytest.mark.server

TOKEN = "a-long-secret"
ONE = {"id": "a", "title": "Harbour", "text": article("a").text}


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def serve(queue, tmp_path):
    """Start the server; gives a client that knows the token."""
    running = []

    def start(**given):
        port = free_port()
        settings = load_index_settings(
            data_dir=tmp_path / "data", push_token=TOKEN, push_port=port, **given
        )
        push = Push(settings)
        push.start(queue, Schedule())
        client = httpx.Client(
            base_url=f"http://127.0.0.1:{port}",
            headers={"Authorization": f"Bearer {TOKEN}"},
            timeout=60,
            trust_env=False,
        )
        running.append((push, client))
        return client

    yield start
    for push, client in running:
        client.close()
        push.stop()


def pushed(queue):
    return [arrival.item for arrival in queue.take(9)]


def test_an_article_is_received_and_its_status_can_be_asked_for(serve, queue):
    client = serve()

    answer = client.post("/articles", json=ONE)
    record = answer.json()["articles"][0]

    assert (202, "a", "waiting") == (answer.status_code, record["id"], record["status"])
    assert record["url"] == answer.headers["location"]
    status = client.get(record["url"])
    understood = record.pop("understood")
    assert ("Harbour", "English", 1) == tuple(
        understood[key] for key in ("title", "language", "paragraphs")
    )
    assert (200, record) == (status.status_code, status.json())
    assert [article("a").text] == [item.text for item in pushed(queue)]


def test_a_dry_run_says_what_would_be_understood_and_stores_nothing(serve, queue):
    page = (
        "<html><body><article><h1>Ferry stays</h1><p>The ferry stays in port, the captain said on "
        "Tuesday, and will not sail before the engine is repaired.</p><p>Sign up for our newsletter"
        "</p></article></body></html>"
    )
    french = {**ONE, "id": "b", "text": "La capitainerie a dit que le navire restera au port. " * 5}

    html = {"Content-Type": "text/html"}
    answer = serve().post("/articles?dry_run=true", content=page, headers=html)
    refused = serve().post("/articles?dry_run=1", json=french)

    (record,) = answer.json()["articles"]
    assert (200, "Ferry stays", None) == (answer.status_code, record["title"], record["refused"])
    assert [("notice", ["Sign up for our newsletter"])] == [
        (part["kind"], part["lines"]) for part in record["left_out"]
    ]
    (record,) = refused.json()["articles"]
    assert record["language"] is None
    assert "reads as French" in record["refused"]
    assert [] == pushed(queue)


@pytest.mark.model
def test_who_waits_is_answered_when_the_article_is_indexed(serve, engine, queue):
    client = serve()
    with working(engine, queue):
        asked = client.post("/articles?wait=30", json=ONE)
        preferred = client.post("/articles", json=ONE, headers={"Prefer": "wait=30"})
        gone = client.delete("/articles/a?wait=30")
        back = client.put("/articles/a?wait=30", json=ONE)

    assert [(200, "indexed"), (200, "unchanged"), (200, "withdrawn"), (200, "indexed")] == [
        (answer.status_code, answer.json()["articles"][0]["status"])
        for answer in (asked, preferred, gone, back)
    ]
    assert ["a"] == list(engine.store.ids())


@pytest.mark.parametrize(
    ("mime", "body", "expected"),
    [
        ("application/json", json.dumps(ONE).encode(), ["a"]),
        ("application/json", json.dumps([ONE, {**ONE, "id": "b"}]).encode(), ["a", "b"]),
        ("application/x-ndjson; charset=utf-8", lines("a", "b", "c"), ["a", "b", "c"]),
    ],
)
def test_each_content_type_is_read_as_the_files_of_that_format(serve, mime, body, expected):
    answer = serve().post("/articles", content=body, headers={"Content-Type": mime})

    assert expected == [record["id"] for record in answer.json()["articles"]]


def test_an_article_without_an_id_is_the_same_when_it_is_sent_again(serve, queue):
    client = serve()
    page = b"<html><title>Harbour</title><p>The boats of the harbour left in the evening.</p>"
    typed = {"Content-Type": "text/html"}

    names = [
        client.post("/articles", content=body, headers=typed).json()["articles"][0]["id"]
        for body in (page, page, page.replace(b"boats", b"crews"))
    ]

    assert names[0] == names[1] != names[2]


def test_an_article_is_put_under_the_id_of_its_address_and_a_deletion_keeps_its_reason(
    serve, queue
):
    client = serve()

    client.put("/articles/desk/7", json=ONE)
    client.delete("/articles/b", params={"reason": "legal"})

    withdrawal, put = pushed(queue)[0], pushed(queue)[0]
    assert ("desk/7", article("a").text) == (put.id, put.text)
    assert Withdrawal("b", "legal", withdrawal.at, origin="push") == withdrawal


@pytest.mark.parametrize(
    ("method", "path", "more", "code", "message"),
    [
        ("POST", "/articles", {"content": b"{bad", "type": "application/json"}, 422, "JSON"),
        ("POST", "/articles", {"content": b"[" * 99_999, "type": "application/json"}, 422, "JSON"),
        ("POST", "/articles", {"content": b'{"id":"a"}', "type": "application/json"}, 422, "text"),
        ("POST", "/articles", {"content": b"", "type": "application/json"}, 400, "empty"),
        ("POST", "/articles", {"content": b"x", "type": "image/png"}, 415, "image/png"),
        ("POST", "/articles", {"content": b"x"}, 415, "missing"),
        ("POST", "/articles?wait=soon", {"json": ONE}, 400, "soon"),
        ("PUT", "/articles/a", {"json": [ONE, {**ONE, "id": "b"}]}, 422, "2 articles"),
        ("GET", "/articles/none/status", {}, 404, "none"),
        ("GET", "/articles", {}, 405, "Method"),
        ("GET", "/nothing", {}, 404, "Not Found"),
    ],
)
def test_what_cannot_be_taken_is_refused_in_one_line_and_nothing_is_received(
    serve, queue, method, path, more, code, message
):
    headers = {"Content-Type": more.pop("type")} if "type" in more else {}

    answer = serve().request(method, path, headers=headers, **more)

    assert code == answer.status_code
    assert message in answer.json()["error"]
    assert ("Traceback" in answer.text, pushed(queue)) == (False, [])


def test_a_compressed_body_is_refused(serve):
    headers = {"Content-Type": "application/json", "Content-Encoding": "gzip"}

    assert 415 == serve().post("/articles", content=b"x", headers=headers).status_code


def test_a_body_over_the_limit_is_refused_however_long_it_was_said_to_be(serve, queue, monkeypatch):
    monkeypatch.setattr(push_module, "MAX_BYTES", 1_000)
    typed = {"Content-Type": "application/x-ndjson"}

    answer = serve().post("/articles", content=iter([b" " * 600] * 2), headers=typed)

    assert (413, []) == (answer.status_code, pushed(queue))


@pytest.mark.parametrize(
    "given",
    [
        "",
        "Bearer",
        "Bearer wrong",
        f"Basic {TOKEN}",
        f"Bearer {TOKEN}x",
        f"Bearer {TOKEN[:-1]}",
        "é",
    ],
)
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_without_the_token_nothing_is_taken(serve, queue, method, given):
    path = "/articles" if method == "POST" else "/articles/a"

    answer = serve().request(
        method, path, content=json.dumps(ONE), headers={b"Authorization": given.encode("latin-1")}
    )

    assert (401, "Bearer") == (answer.status_code, answer.headers["www-authenticate"])
    assert TOKEN not in answer.text
    assert [] == pushed(queue)


def test_the_token_is_compared_in_constant_time(serve, monkeypatch):
    compared = []
    honest = hmac.compare_digest
    monkeypatch.setattr(hmac, "compare_digest", lambda *two: compared.append(two) or honest(*two))

    serve().get("/articles/a/status")

    assert [(TOKEN.encode(), TOKEN.encode())] == compared


@pytest.mark.parametrize("empty", ["", "  "])
def test_an_empty_token_is_none_and_without_one_there_is_no_server(queue, empty):
    settings = load_index_settings(push_token=empty)

    assert settings.push_token is None
    with pytest.raises(SettingsError, match="nobody may push"):
        push_app(queue, settings)


def test_nobody_waits_longer_than_the_limit(serve, monkeypatch):
    monkeypatch.setattr(push_module, "LONGEST_WAIT", 0.1)

    answer = serve().post("/articles?wait=inf", json=ONE, timeout=20)

    assert (202, "waiting") == (answer.status_code, answer.json()["articles"][0]["status"])


def test_of_a_body_that_breaks_off_nothing_is_received(queue):
    app = push_app(queue, load_index_settings(push_token=TOKEN))
    headers = {"content-type": "application/x-ndjson", "authorization": f"Bearer {TOKEN}"}
    scope = {
        "type": "http",
        "method": "POST",
        "path": "/articles",
        "query_string": b"",
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
    }
    events = [
        {"type": "http.request", "body": lines("a"), "more_body": True},
        {"type": "http.disconnect"},
    ]
    sent = []

    async def receive():
        return events.pop(0)

    async def send(message):
        sent.append(message)

    asyncio.run(app(scope, receive, send))

    assert (400, []) == (sent[0]["status"], pushed(queue))


def test_connections_that_say_nothing_keep_nobody_from_pushing(serve):
    client = serve()

    with ExitStack() as stack:
        for _ in range(500):
            address = (client.base_url.host, client.base_url.port)
            stack.enter_context(socket.create_connection(address))
        status = client.put("/articles/a", json=ONE).status_code

    assert 202 == status


@pytest.mark.parametrize("name", ["", "%20", "%00", "a%00", "%ff%fe", "a%1b%5b31m", "%c2%85"])
def test_an_id_that_no_article_has_is_refused(serve, queue, name):
    client = serve()

    answers = [client.put(f"/articles/{name}", json=ONE), client.delete(f"/articles/{name}")]

    assert ([400, 400], []) == ([answer.status_code for answer in answers], pushed(queue))


def test_too_many_requests_are_told_when_to_come_back(serve):
    client = serve(push_rate=3)

    codes = [client.get("/articles/a/status").status_code for _ in range(4)]
    late = client.get("/articles/a/status")

    assert [404, 404, 404, 429] == codes
    assert 1 <= int(late.headers["retry-after"]) <= 21


def test_the_description_names_what_the_server_does(serve):
    client = serve()
    client.headers.pop("Authorization")

    description = client.get("/openapi.json").json()

    routes = {
        (method.upper(), path)
        for path, item in description["paths"].items()
        for method in item
        if method != "parameters"
    }
    assert {
        ("POST", "/articles"),
        ("PUT", "/articles/{id}"),
        ("DELETE", "/articles/{id}"),
        ("GET", "/articles/{id}/status"),
    } == routes
    assert "INDEX_PUSH_TOKEN" in client.get("/").text
    status = description["paths"]["/articles/{id}/status"]["get"]["responses"]
    codes = {
        str(client.get(path, headers=headers).status_code)
        for path in ("/articles/none/status", "/articles/%F3%9B%97%AD/status")
        for headers in ({}, {"Authorization": f"Bearer {TOKEN}"})
    }
    assert {"400", "401", "404"} == codes
    assert codes < set(status)


def test_another_method_is_told_which_there_are(serve):
    answer = serve().request("PATCH", "/articles/a")

    assert 405 == answer.status_code
    assert {"PUT", "DELETE"} == set(answer.headers["allow"].split(", "))


def test_a_taken_port_is_refused_with_the_setting(queue):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        settings = load_index_settings(push_token=TOKEN, push_port=taken.getsockname()[1])

        with pytest.raises(SettingsError, match="INDEX_PUSH_PORT"):
            Push(settings).start(queue, Schedule())


def test_whatever_is_pushed_is_answered_with_received_or_refused(serve):
    client = serve(push_rate=100_000)
    json_like = st.text(alphabet='{}[]":,aid textl1\\u', max_size=40).map(str.encode)

    @hypothesis_settings(max_examples=40, deadline=None)
    @given(
        body=st.binary(max_size=40) | json_like,
        mime=st.sampled_from(["application/json", "application/x-ndjson", "text/plain"]),
    )
    def answered(body, mime):
        answer = client.post("/articles", content=body, headers={"Content-Type": mime})

        assert answer.status_code in (202, 400, 422)

    answered()


def test_the_status_is_that_of_what_was_pushed(serve, queue):
    queue.receive("feed https://a.example/rss", [article("a")])

    assert 404 == serve().get("/articles/a/status").status_code


@pytest.mark.parametrize("name", ["При", "記事1", "😀", "x/status", "a?b#c", "50%"])
def test_the_address_of_a_status_is_that_of_its_article_whatever_the_id(serve, queue, name):
    client = serve()
    client.post("/articles", json={**ONE, "id": "x"})

    answer = client.post("/articles", json={**ONE, "id": name})
    status = client.get(answer.headers["location"])

    assert (202, 200, name) == (answer.status_code, status.status_code, status.json()["id"])
    assert answer.headers["location"].isascii()


@pytest.mark.parametrize("name", ["a\0", "a\x1b[31m", "a\x85b"])
def test_a_pushed_id_with_characters_that_nobody_sees_is_refused(serve, queue, name):
    answer = serve().post("/articles", json={**ONE, "id": name})

    assert (400, []) == (answer.status_code, pushed(queue))


def test_what_cannot_be_previewed_is_received_and_acknowledged(serve, queue, monkeypatch):
    def fail(item):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(push_module, "understood", fail)
    answer = serve().post("/articles", json=ONE)

    assert (202, None) == (answer.status_code, answer.json()["articles"][0]["understood"])
    assert ["a"] == [item.id for item in pushed(queue)]

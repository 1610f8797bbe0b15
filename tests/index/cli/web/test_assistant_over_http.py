"""An assistant gets the same over HTTP, standard input and in memory; strangers get one line."""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path

import httpx2
import pytest
from mcp.client.client import Client
from mcp.client.stdio import StdioServerParameters, stdio_client
from mcp.client.streamable_http import streamable_http_client
from starlette.testclient import TestClient

from index.admission import is_known_host
from index.cli.assistant import over_http
from index.cli.assistant.server import make_server
from index.cli.records import quote_record
from index.cli.web.routes import door_routes
from index.core import open_index
from index.settings import load_index_settings
from index.types import Article
from tests.index.cli.web.conftest import TEXT, TOKEN

pytestmark = pytest.mark.server

ROOT = Path(__file__).parents[4]
QUESTION = "what did Ana Horvat say?"
CALLS = {
    "who_said": {"question": QUESTION},
    "brief": {"topic": "ferry"},
    "quoted_in": {"url": "https://p.example/a"},
    "coverage": {},
    "verify_quotation": {"text": "The ferry stays in port until the crew has slept"},
    "check_draft": {"text": "“The ferry stays in port until the crew has slept,” said Ana Horvat."},
}
HELLO = {"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {}}
KINDS = {"Accept": "application/json, text/event-stream", "Content-Type": "application/json"}


async def every_tool(transport):
    """List the tools and resources, call each tool; gives what they said, as JSON."""
    async with Client(transport) as client:
        tools = {tool.name for tool in (await client.list_tools()).tools}
        found = {name: await client.call_tool(name, CALLS[name]) for name in sorted(tools)}
        read = await client.read_resource("onrecord://article/a")
        shown = {name: result.structured_content for name, result in found.items()}
        return json.dumps({"tools": shown, "article": read.contents[0].text}, sort_keys=True)


async def over_the_net(client, use):
    headers = {"Authorization": client.headers["Authorization"]}
    async with httpx2.AsyncClient(headers=headers, trust_env=False) as http:
        return await use(streamable_http_client(f"{client.base_url}/mcp", http_client=http))


def post(client, **given):
    return client.post("/mcp", **{"json": HELLO, "headers": KINDS} | given)


@pytest.mark.model
def test_every_transport_gives_the_same(tmp_path):
    folder = tmp_path / "data"
    settings = load_index_settings(data_dir=folder, api_token=TOKEN)
    engine = open_index(settings)
    list(engine.add([Article("a", "Ferry", TEXT, "Harbour Post", "https://p.example/a")]))
    command = StdioServerParameters(
        command=sys.executable, args=["-m", "index", "--data-dir", str(folder), "mcp"], cwd=ROOT
    )

    over_stdio = asyncio.run(every_tool(stdio_client(command)))
    in_memory = asyncio.run(every_tool(make_server(engine)))
    engine.close()

    assert in_memory == over_stdio
    assert set(CALLS) == set(json.loads(in_memory)["tools"])


def test_over_http_it_is_what_it_is_in_memory(serve, record):
    over_http_ = asyncio.run(over_the_net(serve(), every_tool))

    assert asyncio.run(every_tool(make_server(record))) == over_http_
    quotes = [quote_record(quote) for quote in record.answer(QUESTION, limit=10).quotes]
    found = json.loads(over_http_)["tools"]["who_said"]["quotes"]
    assert json.loads(json.dumps(quotes)) == found != []


@pytest.mark.parametrize(
    "given", ["", "Bearer", "Bearer wrong", f"Basic {TOKEN}", TOKEN, f"Bearer {TOKEN[:-1]}", "é"]
)
def test_without_the_token_nothing_is_said(serve, given):
    answer = post(serve(), headers={**KINDS, "Authorization": given.encode("latin-1")})

    assert (401, "Bearer") == (answer.status_code, answer.headers["www-authenticate"])
    assert ["error"] == list(answer.json())
    assert TOKEN not in answer.text


def test_without_a_token_in_the_settings_there_is_no_door(record, tmp_path):
    for token in (None, "", "  "):
        settings = load_index_settings(data_dir=tmp_path / "data", api_token=token)
        assert [] == door_routes(record, settings)


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "127.0.0.1.evil.example", ""])
def test_under_another_name_the_server_does_not_answer(serve, host):
    answer = post(serve(), headers={**KINDS, "Host": host})

    assert 421 == answer.status_code
    assert ["error"] == list(answer.json())


def test_a_name_in_the_settings_is_its_own(serve):
    client = serve(api_hosts="news.example, other.example")

    assert 200 == post(client, headers={**KINDS, "Host": "news.example:8443"}).status_code
    assert 421 == post(client, headers={**KINDS, "Host": "x.news.example"}).status_code


def test_pages_of_other_hosts_may_not_ask(serve):
    client = serve(api_hosts="news.example")

    def status(origin):
        return post(client, headers={**KINDS, "Origin": origin}).status_code

    assert [403, 403, 200, 200] == [
        status(origin)
        for origin in (
            *("https://evil.example", "null"),
            *("https://news.example", "http://localhost:5173"),
        )
    ]


@pytest.mark.parametrize(
    ("authority", "known"),
    [
        *(("localhost", True), ("127.0.0.2:80", True), ("[::1]:3000", True), ("[::1", False)),
        *(("127.1.evil.example", False), ("localhost@evil.example", False), ("0x7f.1", False)),
    ],
)
def test_only_this_machine_is_known_by_itself(authority, known):
    assert known == is_known_host(authority, frozenset())


@pytest.mark.parametrize("declared", [True, False])
def test_a_body_over_the_limit_is_refused_however_long_it_was_said_to_be(serve, declared):
    data = b"x" * 10_000_000

    answer = post(serve(), json=None, content=data if declared else iter([data]))

    assert 413 == answer.status_code
    assert ["error"] == list(answer.json())


def test_too_many_requests_are_told_when_to_come_back(serve):
    client = serve(api_rate=2)

    answers = [post(client) for _ in range(3)]

    assert [200, 200, 429] == [answer.status_code for answer in answers]
    assert 1 <= int(answers[-1].headers["retry-after"]) <= 31


def test_more_than_may_wait_are_sent_away(record, tmp_path, monkeypatch):
    from index.admission import Guarded

    settings = load_index_settings(data_dir=tmp_path / "data", api_token=TOKEN)
    (route,) = [route for route in door_routes(record, settings) if route.path == "/mcp"]
    guarded = route.endpoint._app
    assert isinstance(guarded, Guarded)
    monkeypatch.setattr(guarded, "_present", 1_000)

    client = TestClient(route.endpoint, base_url="http://localhost")
    answer = client.post("/mcp", json=HELLO, headers={"Authorization": f"Bearer {TOKEN}"})

    assert (503, "1") == (answer.status_code, answer.headers["retry-after"])


@pytest.mark.parametrize("method", ["GET", "DELETE", "PUT"])
def test_no_stream_is_held_open(serve, method):
    assert 405 == serve().request(method, "/mcp", headers=KINDS).status_code


@pytest.mark.parametrize("body", [b"", b"\x00\xff\xfe", b"[]", b"{", b'{"jsonrpc": "2.0"}', b"1"])
def test_what_is_no_request_is_refused_in_one_answer(serve, body):
    answer = post(serve(), json=None, content=body)

    assert answer.status_code in (400, 202)
    assert "Traceback" not in answer.text


def test_a_stream_that_waits_for_news_ends(serve, monkeypatch):
    monkeypatch.setattr(over_http, "LONGEST", 0.2)
    version = {"io.modelcontextprotocol/protocolVersion": "2026-07-28"}
    info = {"io.modelcontextprotocol/clientInfo": {"name": "t", "version": "1"}}
    meta = {**version, **info, "io.modelcontextprotocol/clientCapabilities": {}}
    listen = {
        "jsonrpc": "2.0", "id": 1, "method": "subscriptions/listen",
        "params": {"notifications": {"toolsListChanged": True}, "_meta": meta},
    }  # fmt: skip
    headers = {
        **KINDS, "Mcp-Protocol-Version": "2026-07-28", "Mcp-Method": "subscriptions/listen"
    }  # fmt: skip

    answer = post(serve(), json=listen, headers=headers, timeout=5)

    assert "notifications" in answer.text


def test_what_takes_too_long_is_given_up(serve, monkeypatch):
    client = serve()
    monkeypatch.setattr(over_http, "LONGEST", 0.0)

    answer = post(client)

    assert 504 == answer.status_code
    assert ["error"] == list(answer.json())

"""An assistant gets what the command line gets: the same quotes, read-only, with their source."""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path

import pytest
from mcp.client.client import Client
from mcp.client.stdio import StdioServerParameters, stdio_client
from mcp.shared.exceptions import MCPError

from index.cli.assistant.server import make_server
from index.cli.records import quote_record
from index.core import open_index
from index.errors import StoreError
from index.settings import load_index_settings
from index.types import Article

pytestmark = pytest.mark.model

ROOT = Path(__file__).parents[3]
TEXT = (
    "“The ferry stays in port until the crew has slept,” Mayor Ana Horvat told reporters.\n\n"
    "Ivo Babic, a fisherman, said the harbour was full of nets."
)
TOOLS = {"who_said", "brief", "quoted_in", "coverage", "verify_quotation", "check_draft"}


@pytest.fixture
def asked(engine):
    list(engine.add([Article("a", "Ferry", TEXT, "Harbour Post", "https://p.example/a")]))
    server = make_server(engine)

    def ask(use):
        async def run():
            async with Client(server) as client:
                return await use(client)

        return asyncio.run(run())

    return ask


@pytest.fixture
def call(asked):
    return lambda tool, **arguments: asked(lambda client: client.call_tool(tool, arguments))


def test_every_tool_only_reads_and_says_what_it_gives(asked):
    tools = asked(lambda client: client.list_tools()).tools

    assert TOOLS == {tool.name for tool in tools}
    for tool in tools:
        hints = tool.annotations
        assert (True, False, False) == (
            hints.read_only_hint, hints.destructive_hint, hints.open_world_hint
        )  # fmt: skip
        assert tool.output_schema["properties"]


@pytest.mark.parametrize("question", ["what did Ana Horvat say?", "who said anything on nets?"])
def test_the_quotes_are_those_of_the_command_line(engine, call, question):
    found = call("who_said", question=question)

    wanted = [quote_record(quote) for quote in engine.answer(question, limit=10).quotes]
    assert wanted
    assert json.loads(json.dumps(wanted)) == found.structured_content["quotes"]


def test_the_readable_text_holds_quote_speaker_outlet_and_address(call):
    text = call("who_said", question="what did Ana Horvat say?").content[0].text

    for part in (TEXT.partition("\n")[0], "Ana Horvat", "Harbour Post", "https://p.example/a"):
        assert part in text


@pytest.mark.parametrize("question", ["what did Peru say?", "", "?!", "x" * 2_001])
def test_no_answer_is_a_result_with_its_reason(call, question):
    found = call("who_said", question=question)

    assert not found.is_error
    assert found.structured_content["abstained"]
    assert found.structured_content["reason"] in found.content[0].text
    assert [] == found.structured_content["quotes"]


def test_an_outlet_and_a_day_narrow_an_answer(call):
    asked = {"question": "what did Ana Horvat say?"}

    assert call("who_said", **asked, outlets=["Harbour Post"]).structured_content["quotes"]
    assert call("who_said", **asked, outlets=["Other"]).structured_content["abstained"]
    assert call("who_said", **asked, since="2018-01-01").structured_content["abstained"]
    assert call("who_said", **asked, since="not a day").structured_content["abstained"]


def test_a_quotation_is_verified(call):
    wording = "The ferry stays in port until the crew has slept"

    def verdict(text, speaker):
        found = call("verify_quotation", text=text, speaker=speaker)
        return [one["verdict"] for one in found.structured_content["checked"]]

    assert ["found"] == verdict(wording, "Ana Horvat")
    assert ["found"] == verdict(f"“{wording},”", None)
    assert ["other_speaker"] == verdict(wording, "Ivo Babic")
    assert ["altered"] == verdict(wording.replace("crew", "cook"), "Ana Horvat")
    assert ["not_on_record"] == verdict("Nobody has ever said this in public", "Ana Horvat")


def test_a_draft_is_checked(call):
    draft = "“The ferry stays in port until the crew has slept,” said Ivo Babic."

    found = call("check_draft", text=draft)

    assert {"other_speaker": 1} == found.structured_content["counts"]
    assert "Ana Horvat" in found.content[0].text


def test_who_is_quoted_in_an_article_is_listed(call):
    assert call("quoted_in", url="https://p.example/a").structured_content["quotes"]
    assert call("quoted_in", url="https://p.example/b").structured_content["abstained"]


def test_what_cannot_be_asked_is_one_plain_line(call):
    for tool, arguments in (
        ("verify_quotation", {"text": "…"}),
        ("check_draft", {"text": "x" * 200_001}),
    ):
        found = call(tool, **arguments)

        assert found.is_error
        assert 1 == len(found.content[0].text.splitlines())


def test_a_broken_index_is_said_in_one_line(engine, call, monkeypatch):
    def fails(*arguments, **how):
        raise StoreError("the disk is gone")

    monkeypatch.setattr(engine.store, "coverage", fails)

    found = call("coverage")
    assert found.is_error
    assert "temporarily unavailable: the disk is gone" in found.content[0].text


def test_an_article_is_told_without_its_text(asked):
    found = asked(lambda client: client.read_resource("onrecord://article/a")).contents[0].text

    assert "Harbour Post" == json.loads(found)["outlet"]
    assert "in port" not in found


def test_an_unknown_article_is_said_in_one_line(asked):
    async def read(client):
        with pytest.raises(MCPError, match=r"^no article has the id 'none'$"):
            await client.read_resource("onrecord://article/none")
        return True

    assert asked(read)


def test_coverage_and_parties_are_resources(asked):
    read = {
        name: json.loads(
            asked(lambda client, name=name: client.read_resource(name)).contents[0].text
        )
        for name in ("onrecord://coverage", "onrecord://parties")
    }

    assert 1 == read["onrecord://coverage"]["articles"]
    assert isinstance(read["onrecord://parties"], list)


@pytest.mark.parametrize(
    "text", ["\x1b[31mred", "\u202eturned", "a\x00b", "<script>", "%s{}", "🙂" * 300]
)
def test_hostile_words_steer_nothing(call, text):
    for tool in ("who_said", "brief"):
        found = call(tool, **{"question" if tool == "who_said" else "topic": text})
        shown = found.content[0].text
        assert not {"\x1b", "\x00", "\u202e"} & set(shown)


def test_nothing_but_the_protocol_goes_to_standard_output(tmp_path):
    open_index(load_index_settings(data_dir=tmp_path / "data")).close()
    command = StdioServerParameters(
        command=sys.executable,
        args=["-m", "index", "--data-dir", str(tmp_path / "data"), "mcp"],
        cwd=ROOT,
    )

    async def run():
        async with Client(stdio_client(command)) as client:
            return await client.list_tools()

    assert TOOLS == {tool.name for tool in asyncio.run(run()).tools}


def test_a_named_set_of_outlets_and_filters_narrow_an_answer(engine, call, tmp_path):
    (tmp_path / "data" / "sets.toml").write_text('wires = ["harbour post"]\nothers = ["AFX"]')
    asked = {"question": "who said anything?"}

    def speakers(**more):
        found = call("who_said", **asked, **more).structured_content
        return {quote["speaker"] for quote in found["quotes"]}

    assert speakers() == speakers(outlets=["wires"]) == speakers(outlets=["the wires"])
    assert set() == speakers(outlets=["others"])
    assert "Ivo Babic" in speakers(filters="not officials")
    assert "Ivo Babic" not in speakers(filters="officials only")

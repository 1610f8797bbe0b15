"""The manifest asks for what the code does, and for nothing more."""

from __future__ import annotations

import ast
import json
from importlib import import_module
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from slack_sdk import WebClient

import bot
from bot.__main__ import main
from bot.listeners import commands
from bot.manifest import CALLS, EVENTS, create_link, manifest

ROOT = Path(bot.__file__).parents[1]
FILES = sorted((ROOT / "bot").rglob("*.py"))


def web_api_calls():
    """The methods of WebClient that the bot calls."""
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in FILES]
    called = {
        node.func.attr
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    }
    return {name for name in called if hasattr(WebClient, name)} - {"__init__"}


def events_listened_to():
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in FILES]
    return {
        node.args[0].value
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "event"
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "app"
    }


def shortcuts_listened_to():
    """The callback ids of the shortcuts; each stands in a constant of its module."""
    found = set()
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr == "shortcut"
            ):
                name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
                found.add(getattr(import_module(name), node.args[0].id))
    return found


def test_every_call_in_the_code_has_its_scope_in_the_manifest():
    assert web_api_calls() == set(CALLS)


def test_every_event_subscribed_to_is_listened_to():
    assert {name.partition(".")[0] for name in EVENTS} == events_listened_to()


def test_the_scopes_are_these_and_no_more():
    asked = manifest()["oauth_config"]["scopes"]

    assert [
        "app_mentions:read",
        "assistant:write",
        "channels:history",
        "channels:read",
        "chat:write",
        "commands",
        "groups:history",
        "groups:read",
        "im:history",
        "users:read",
    ] == asked["bot"]
    optional = ["channels:history", "channels:read", "groups:history", "groups:read", "users:read"]
    assert optional == asked["bot_optional"]


def test_links_are_asked_for_only_where_they_are_unfurled():
    without, with_links = manifest(), manifest(unfurl_domains=("news.example",))

    assert "links" not in str(without["oauth_config"])
    assert "link_shared" not in without["settings"]["event_subscriptions"]["bot_events"]
    assert {"links:read", "links:write"} <= set(with_links["oauth_config"]["scopes"]["bot"])
    assert "link_shared" in with_links["settings"]["event_subscriptions"]["bot_events"]
    assert ["news.example"] == with_links["features"]["unfurl_domains"]


@pytest.mark.parametrize("address", [None, "https://bot.example"])
def test_every_command_is_in_the_manifest(address):
    listed = manifest(address)["features"]["slash_commands"]

    assert [module.NAME for module in commands.ALL] == [command["command"] for command in listed]


def test_every_shortcut_in_the_manifest_is_listened_to():
    listed = manifest(links=True)["features"]["shortcuts"]

    assert shortcuts_listened_to() == {shortcut["callback_id"] for shortcut in listed}


def test_the_shortcut_for_links_is_offered_only_where_they_are_indexed():
    names = [
        {each["callback_id"] for each in manifest(links=links)["features"]["shortcuts"]}
        for links in (False, True)
    ]

    assert {"index_this_link"} == names[1] - names[0]


def test_only_http_needs_an_address():
    over_http = manifest("https://bot.example/")
    settings = over_http["settings"]

    assert "http" not in str(manifest())
    assert "https://bot.example/slack/events" == settings["event_subscriptions"]["request_url"]
    assert {
        "is_enabled": True,
        "request_url": "https://bot.example/slack/events",
        "message_menu_options_url": "https://bot.example/slack/events",
    } == settings["interactivity"]
    redirects = over_http["oauth_config"]["redirect_urls"]
    assert ["https://bot.example/slack/oauth_redirect"] == redirects


def test_the_link_carries_the_manifest(capsys, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    code = main(["manifest", "--link"])

    link = capsys.readouterr().out.strip()
    query = parse_qs(urlsplit(link).query)
    assert (0, create_link(manifest())) == (code, link)
    assert manifest() == json.loads(query["manifest_json"][0])


def test_what_it_suggests_is_on_record_and_nothing_of_the_sample(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    folder = str(tmp_path / "data")
    article = {
        "id": "a",
        "title": "Harbour",
        "text": "“The harbour stays open,” Norwegian Transport Minister Halvard Brekke said.",
        "published_at": "2020-05-01T10:00:00Z",
    }
    (tmp_path / "a.jsonl").write_text(json.dumps(article), encoding="utf-8")
    before = main(["--data-dir", folder, "manifest"]), capsys.readouterr().out
    assert 0 == main(["--data-dir", folder, "add", "a.jsonl"])
    capsys.readouterr()
    after = main(["--data-dir", folder, "manifest"]), capsys.readouterr().out

    prompts = [
        [each["message"] for each in json.loads(out)["features"]["agent_view"]["suggested_prompts"]]
        for code, out in (before, after)
    ]
    assert [["What can I ask?"], ["What did Norway say?"]] == prompts
    assert not any(word in before[1] for word in ("Russia", "tank", "ministry"))


def test_what_it_says_of_itself_fits_slacks_limits():
    about = manifest()["display_information"]

    assert len(about["description"]) <= 140
    assert 175 <= len(about["long_description"]) <= 4_000
    assert len(create_link(manifest())) < 8_000

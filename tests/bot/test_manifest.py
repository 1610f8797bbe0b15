"""The manifest asks for what the code does, and for nothing more."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from slack_sdk import WebClient

import bot
from bot import commands
from bot.manifest import CALLS, EVENTS, manifest, scopes

FILES = sorted(Path(bot.__file__).parent.rglob("*.py"))


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


def test_every_call_in_the_code_has_its_scope_in_the_manifest():
    assert web_api_calls() == set(CALLS)


def test_every_event_subscribed_to_is_listened_to():
    assert {name.partition(".")[0] for name in EVENTS} == events_listened_to()


def test_the_scopes_are_these_and_no_more():
    assert [
        "app_mentions:read",
        "assistant:write",
        "chat:write",
        "commands",
        "im:history",
    ] == scopes()


@pytest.mark.parametrize("address", [None, "https://bot.example"])
def test_every_command_is_in_the_manifest(address):
    listed = manifest(address)["features"]["slash_commands"]

    assert [module.NAME for module in commands.ALL] == [command["command"] for command in listed]


def test_only_http_needs_an_address():
    assert "http" not in str(manifest())
    events = manifest("https://bot.example/")["settings"]["event_subscriptions"]
    assert "https://bot.example/slack/events" == events["request_url"]

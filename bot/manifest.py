"""
The Slack app's manifest, made from what the code does.

Slack repeats events that nobody handles, so only handled ones are subscribed to; a scope
that no call needs is one more question from the workspace's owner.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from bot.listeners import commands
from bot.messages.talk.help import WHAT_CAN_I_ASK

EVENTS_PATH = "/slack/events"
REDIRECT_PATH = "/slack/oauth_redirect"

# The bot events with the scope each needs.
EVENTS = {
    "agent_session_stopped": None,
    "app_context_changed": None,
    "app_home_opened": None,
    "app_mention": "app_mentions:read",
    "app_uninstalled": None,
    "function_executed": None,
    "link_shared": "links:read",
    "message.channels": "channels:history",
    "message.groups": "groups:history",
    "message.im": "im:history",
    "team_access_revoked": None,
    "tokens_revoked": None,
}

# The Web API methods the bot calls, with the scope its token needs for each.
CALLS = {
    "apps_connections_open": None,  # with the app-level token
    "auth_teams_list": None,
    "auth_test": None,
    "blocks_validate": None,
    "conversations_history": "channels:history",
    "conversations_info": "channels:read",
    "conversations_members": "channels:read",
    "conversations_replies": "channels:history",
    "oauth_v2_access": None,  # with the client secret
    "chat_postMessage": "chat:write",
    "chat_postEphemeral": "chat:write",
    "agents_sessions_rename": "chat:write",
    "agents_sessions_setStatus": "chat:write",
    "assistant_threads_setSuggestedPrompts": "assistant:write",
    "functions_completeError": None,
    "functions_completeSuccess": None,
    "users_info": "users:read",
    "views_open": None,
    "views_publish": None,
    "chat_delete": "chat:write",
    "chat_update": "chat:write",
    "chat_unfurl": "links:write",
}

# The same as channels:read, for conversations.info of private channels.
PRIVATE_CHANNELS = "groups:read"

# What else a person can start: (type, callback id, name, description).
SHORTCUTS = (
    ("message", "who_said_this", "Who said this?", "Looks up the words of a message"),
    (
        "message",
        "check_quotations",
        "Check quotations",
        "Checks a draft's quotations word for word",
    ),
    ("global", "ask_onrecord", "Ask onrecord", "Asks who said what, with a form"),
    ("global", "check_draft", "Check a draft", "Checks the quotations of pasted text"),
)

# Offered only where links may be indexed.
LINK_SHORTCUT = (
    "message", "index_this_link", "Index this link", "Adds the article behind a message's link"
)  # fmt: skip

# Without these the bot works: the workspace's owner may refuse them one by one.
OPTIONAL = frozenset(
    {"channels:history", "channels:read", "groups:history", PRIVATE_CHANNELS, "users:read"}
)

# Asked for only where article links are to be unfurled.
UNFURLING = frozenset({"links:read", "links:write"})


def _parameter(name: str, kind: str, title: str, about: str, *, needed: bool = True) -> Any:
    given = {"type": kind, "name": name, "title": title, "description": about}
    return name, {**given, "is_required": needed}


_OUTPUTS = dict(
    (
        _parameter("text", "string", "Text", "The statements, or why there is none"),
        _parameter("count", "number", "Count", "How many statements there are"),
        _parameter("link", "string", "Link", "The link of the first", needed=False),
    )
)
# Steps for Workflow Builder, by the names under which `bot.listeners.events.steps` does them.
_STEPS = {
    "ask": {
        "title": "Ask who said what",
        "description": "Answers a question with sentences copied from the news",
        "input_parameters": dict(
            (_parameter("question", "string", "Question", "What did NAME say about TOPIC?"),)
        ),
        "output_parameters": _OUTPUTS,
    },
    "brief": {
        "title": "Brief on a topic",
        "description": "Gathers who is on record on a topic",
        "input_parameters": dict(
            (
                _parameter("topic", "string", "Topic", "What it is about"),
                _parameter("days", "string", "Days", "Only the last so many days", needed=False),
            )
        ),
        "output_parameters": _OUTPUTS,
    },
}

_CREATE = "https://api.slack.com/apps?new_app=1&manifest_json="
_SUMMARY = "Answers who said what, with sentences copied from the news and nothing generated."
_ABOUT = (
    "Ask who said what: “What did NAME say about TOPIC?” The answer is made of sentences copied "
    "word for word from the articles that this workspace has indexed, each with its speaker, "
    "outlet, date and a link to the very sentence. Nothing is generated or summarised. If nobody "
    "said it, the answer says so. Who said a sentence is found by a program and can be wrong: "
    "open the link before you quote."
)
_COLOUR = "#1f5f5b"  # behind the app's name


def scopes(*, unfurl: bool = False) -> list[str]:
    """List the bot scopes that the events, the calls and the commands need."""
    needed = {"commands", PRIVATE_CHANNELS, *EVENTS.values(), *CALLS.values()} - {None}
    return sorted(scope for scope in needed if scope and (unfurl or scope not in UNFURLING))


def manifest(
    address: str | None = None,
    unfurl_domains: Sequence[str] = (),
    *,
    links: bool = False,
    questions: Sequence[str] = (),
) -> dict[str, Any]:
    """
    Make the manifest to create the Slack app from.

    Args:
        address: where Slack reaches the bot over HTTP; None for Socket Mode, which needs none.
        unfurl_domains: domains of articles whose links are to be unfurled.
        links: whether people may send links to be indexed.
        questions: that the index can answer, to be suggested to those who open the app.
    """
    base = (address or "").rstrip("/")
    url = {"request_url": base + EVENTS_PATH} if base else {}
    menus = {"message_menu_options_url": base + EVENTS_PATH} if base else {}
    asked = scopes(unfurl=bool(unfurl_domains))
    events = [name for name, scope in EVENTS.items() if scope is None or scope in asked]
    optional = sorted(OPTIONAL & set(asked))
    return {
        "display_information": {
            "name": "onrecord",
            "description": _SUMMARY,
            "long_description": _ABOUT,
            "background_color": _COLOUR,
        },
        "features": _features(url, unfurl_domains, questions, links=links),
        "oauth_config": {
            **({"redirect_urls": [base + REDIRECT_PATH]} if base else {}),
            "scopes": {"bot": asked, "bot_optional": optional},
        },
        "functions": _STEPS,
        "settings": {
            "event_subscriptions": {**url, "bot_events": sorted(events)},
            "interactivity": {"is_enabled": True, **url, **menus},
            "function_runtime": "remote",
            "org_deploy_enabled": True,
            "socket_mode_enabled": not base,
            "token_rotation_enabled": False,
        },
    }


def create_link(made: dict[str, Any]) -> str:
    """Make the link that opens Slack's page for a new app with the manifest filled in."""
    return _CREATE + quote(json.dumps(made, separators=(",", ":")), safe="")


def _features(
    url: dict[str, str], unfurl_domains: Sequence[str], questions: Sequence[str], *, links: bool
) -> dict[str, Any]:
    prompts = list(questions[:3]) or [WHAT_CAN_I_ASK]
    shortcuts = [
        {"type": kind, "callback_id": callback, "name": name, "description": about}
        for kind, callback, name, about in (*SHORTCUTS, *([LINK_SHORTCUT] if links else []))
    ]
    return {
        "app_home": {
            "home_tab_enabled": True,
            "messages_tab_enabled": True,
            "messages_tab_read_only_enabled": False,
        },
        "agent_view": {
            "agent_description": _SUMMARY,
            "suggested_prompts": [{"title": text, "message": text} for text in prompts],
        },
        "bot_user": {"display_name": "onrecord", "always_online": True},
        "slash_commands": [_command(module, url) for module in commands.ALL],
        "shortcuts": shortcuts,
        **({"unfurl_domains": list(unfurl_domains)} if unfurl_domains else {}),
    }


def _command(module: Any, url: dict[str, str]) -> dict[str, Any]:
    return {
        "command": module.NAME,
        "description": module.DESCRIPTION,
        "usage_hint": module.USAGE,
        "should_escape": getattr(module, "ESCAPED", False),
        **({"url": url["request_url"]} if url else {}),
    }

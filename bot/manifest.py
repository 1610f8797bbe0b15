"""
The Slack app's manifest, made from what the code does.

Slack repeats events that nobody handles, so only handled ones are subscribed to; a scope
that no call needs is one more question from the workspace's owner.
"""

from __future__ import annotations

from typing import Any

from bot import commands
from bot.wording import EXAMPLES

EVENTS_PATH = "/slack/events"

# The bot events with the scope each needs.
EVENTS = {"app_home_opened": None, "app_mention": "app_mentions:read", "message.im": "im:history"}

# The Web API methods the bot calls with its bot token, with the scope each needs.
CALLS = {
    "auth_test": None,
    "chat_postMessage": "chat:write",
    "chat_postEphemeral": "chat:write",
    "assistant_threads_setStatus": "assistant:write",
    "assistant_threads_setSuggestedPrompts": "assistant:write",
}

_SUMMARY = "Answers who said what, with sentences copied from the news and nothing generated."


def scopes() -> list[str]:
    """List the bot scopes that the events, the calls and the commands need."""
    needed = {"commands", *EVENTS.values(), *CALLS.values()}
    return sorted(scope for scope in needed if scope is not None)


def manifest(address: str | None = None) -> dict[str, Any]:
    """
    Make the manifest to create the Slack app from.

    Args:
        address: where Slack reaches the bot over HTTP; None for Socket Mode, which needs none.
    """
    url = {} if address is None else {"request_url": address.rstrip("/") + EVENTS_PATH}
    return {
        "display_information": {"name": "onrecord", "description": _SUMMARY},
        "features": {
            "app_home": {
                "home_tab_enabled": False,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "agent_view": {
                "agent_description": _SUMMARY,
                "suggested_prompts": [{"title": text, "message": text} for text in EXAMPLES[:3]],
            },
            "bot_user": {"display_name": "onrecord", "always_online": True},
            "slash_commands": [_command(module, url) for module in commands.ALL],
        },
        "oauth_config": {"scopes": {"bot": scopes()}},
        "settings": {
            "event_subscriptions": {**url, "bot_events": sorted(EVENTS)},
            "interactivity": {"is_enabled": False},
            "org_deploy_enabled": False,
            "socket_mode_enabled": address is None,
            "token_rotation_enabled": False,
        },
    }


def _command(module: Any, url: dict[str, str]) -> dict[str, Any]:
    return {
        "command": module.NAME,
        "description": module.DESCRIPTION,
        "usage_hint": module.USAGE,
        "should_escape": False,
        **({"url": url["request_url"]} if url else {}),
    }

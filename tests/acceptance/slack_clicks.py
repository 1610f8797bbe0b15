"""What people do with the bot's messages: clicks, shortcuts and forms, as Slack delivers them."""

from __future__ import annotations

import itertools
import json
from urllib.parse import urlencode

from tests.acceptance.slack_payloads import command, mention
from tests.acceptance.slack_sender import HttpSender

THREAD = "1700000001.000100"

_numbers = itertools.count(1)


def interact(bot, payload):
    """Deliver an interaction; over HTTP the response is returned."""
    if isinstance(bot.sender, HttpSender):
        body = urlencode({"payload": json.dumps(payload)}).encode()
        return bot.sender.post(body, "application/x-www-form-urlencoded")
    return bot.sender.slack.push("interactive", payload)


def buttons(sent):
    """The buttons of a posted message and the entries of its menus, by words; the first of each."""
    found = {}
    for element in _elements(sent["blocks"]):
        if element["type"] == "feedback_buttons":
            for side in ("positive_button", "negative_button"):
                choice = element[side]
                found[choice["text"]["text"]] = {**element, "value": choice["value"]}
        elif element["type"] == "overflow":
            for option in element["options"]:
                entry = {key: element[key] for key in ("action_id", "type")}
                found.setdefault(option["text"]["text"], {**entry, "selected_option": option})
        else:
            found.setdefault(element["text"]["text"], {"value": "", **element})
    return found


def _elements(blocks):
    """What can be clicked: in rows of buttons, and beside lines."""
    for block in blocks:
        yield from block.get("elements", ()) if "actions" in block["type"] else ()
        if "accessory" in block:
            yield block["accessory"]


def click(slack, sent, text, *, user="U1", ephemeral=False, team="T1"):
    """A click on the button called *text* of the message *sent*."""
    number = next(_numbers)
    button = buttons(sent)[text]
    message = {"ts": "1700000500.000100", "thread_ts": sent.get("thread_ts")}
    keys = ("action_id", "type", "value", "selected_option")
    action = {key: button[key] for key in keys if key in button}
    return {
        "type": "block_actions",
        **_who(team, user, number),
        "channel": {"id": sent.get("channel", "C1")},
        "container": {"message_ts": message["ts"], "is_ephemeral": ephemeral},
        **({} if ephemeral else {"message": message}),
        "response_url": f"http://127.0.0.1:{slack.port}/respond/c{number}",
        "actions": [{**action, "action_ts": f"{number}.1"}],
    }


def home_click(button, *, user="U1", **chosen):
    """A click on a button of the Home tab, or what was *chosen* in a menu there."""
    number = next(_numbers)
    action = {key: button[key] for key in ("action_id", "type", "value") if key in button} | chosen
    return {
        "type": "block_actions",
        **_who("T1", user, number),
        "container": {"type": "view", "view_id": "V1"},
        "actions": [{**action, "action_ts": f"{number}.1"}],
    }


def shortcut(slack, callback, text=None):
    """The use of a shortcut; *text* is the message's that it was used on."""
    number = next(_numbers)
    who = {"callback_id": callback, **_who("T1", "U1", number)}
    if text is None:
        return {"type": "shortcut", "action_ts": f"{number}.1", **who}
    return {
        "type": "message_action",
        **who,
        "channel": {"id": "C1"},
        "message": {"ts": "1700000001.000100", "text": text},
        "message_ts": "1700000001.000100",
        "response_url": f"http://127.0.0.1:{slack.port}/respond/s{number}",
    }


def submission(view, **fields):
    """The sending of a form that was opened as *view*, with *fields* filled in by action."""
    number = next(_numbers)
    states = {}
    for action, value in fields.items():
        name = action.replace("_", "-")
        kind = "value"
        if name.endswith(("party", "speaker", "outlet", "reason")):
            kind, value = "selected_option", {"value": value}
        elif name.endswith(("since", "until")):
            kind = "selected_date"
        elif name.endswith("where"):
            kind = "selected_conversation"
        states[name] = {name: {kind: value}}
    for block in (each for each in view["blocks"] if "block_id" in each):
        states.setdefault(block["block_id"], {block["block_id"]: {}})
    given = {"id": f"V{number}", "hash": "h", "state": {"values": states}, "type": "modal"}
    kept = {key: view[key] for key in ("callback_id", "private_metadata")}
    return {"type": "view_submission", **_who("T1", "U1", number), "view": {**given, **kept}}


def suggestion(action, typed):
    """What somebody has typed into a menu."""
    number = next(_numbers)
    return {
        "type": "block_suggestion",
        **_who("T1", "U1", number),
        "action_id": action,
        "block_id": action,
        "value": typed,
    }


def _who(team, user, number):
    return {
        "team": {"id": team},
        "user": {"id": user, "team_id": team},
        "trigger_id": f"x{number}",
        "api_app_id": "A1",
    }


def asked(slack, bot, text="<@U0BOT> what did Russia say?"):
    """An answer in a channel's thread, as it was posted."""
    bot.sender.event(mention(text, ts=THREAD))
    [(_, sent)] = slack.settled(1)
    return sent


def asked_alone(slack, bot, name="/said", text="Russia on the tank"):
    """An answer to a command, as it was sent to its asker."""
    before = len(slack.replies)
    bot.sender.command(command(slack, name, text))
    return slack.settled(before + 1)[before][1]

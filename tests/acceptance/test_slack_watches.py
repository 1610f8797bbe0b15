"""Watches in Slack: set, listed and changed, over real sockets."""

from __future__ import annotations

import pytest

from tests.acceptance.slack_clicks import buttons, click, interact
from tests.acceptance.slack_payloads import command, wording

pytestmark = pytest.mark.server


def watch(slack, bot, text, *, channel="C1", user="U1"):
    """The reply to the command."""
    before = len(slack.replies)
    bot.sender.command({**command(slack, "/watch", text), "channel_id": channel, "user_id": user})
    return slack.settled(before + 1)[before][1]


def press(slack, bot, sent, button, **given):
    """The reply to a click on a message that only its asker sees."""
    before = len(slack.replies)
    interact(bot, click(slack, sent, button, ephemeral=True, **given))
    return slack.settled(before + 1)[before][1]


def test_a_watch_is_previewed_saved_listed_paused_and_deleted(slack, bot):
    preview = watch(slack, bot, "the tank")

    said = wording(preview)
    assert "In the last 7 days this would have sent 23 alerts; the latest:" in said
    assert {"Save for this channel", "Save for me", "Refine", "Cancel"} <= set(buttons(preview))

    saved = press(slack, bot, preview, "Save for this channel")
    assert "Saved" in wording(saved)
    assert saved["replace_original"]
    [kept] = bot.made.workers.services.watching.shelf.book().watches()
    assert ("slack:T1:C1:U1", "the tank") == (kept.owner, kept.text)

    listed = watch(slack, bot, "")
    assert "the tank" in wording(listed)
    paused = press(slack, bot, listed, "Pause")
    assert "paused" in wording(paused)
    resumed = press(slack, bot, paused, "Resume")
    assert "paused" not in wording(resumed)
    gone = press(slack, bot, resumed, "Delete")
    assert "You have no watch here" in wording(gone)

"""The elements that messages are built of."""

from __future__ import annotations

from bot.messages.elements import plain


def test_a_plain_message_is_not_parsed_by_slack():
    message = plain("no <!here> & no <@U1>")

    assert "plain_text" == message.blocks[0]["text"]["type"]
    assert "no &lt;!here&gt; &amp; no &lt;@U1&gt;" == message.text

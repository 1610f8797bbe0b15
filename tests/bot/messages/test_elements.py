"""The elements that messages are built of."""

from __future__ import annotations

import json

from bot.messages.elements import escape, heading, link, plain, quotation


def test_a_plain_message_is_not_parsed_by_slack():
    message = plain("no <!here> & no <@U1>")

    assert "plain_text" == message.blocks[0]["text"]["type"]
    assert "no &lt;!here&gt; &amp; no &lt;@U1&gt;" == message.text


def test_nothing_turns_the_direction_of_words():
    text = "we will \u202eton\u202c \u2066pay\u2069"
    shown = [quotation([text]), heading(text), link("https://harbour-post.example/", text)]

    written = json.dumps([*shown, escape(text)], ensure_ascii=False)

    assert 4 == written.count("we will \ufffdton\ufffd \ufffdpay\ufffd")

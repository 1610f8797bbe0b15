"""Whatever an article or a question holds: nothing comes alive, nothing is refused or altered."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings

from bot.messages.elements import context, words
from tests.bot.messages.slack_limits import alive, broken_limits
from tests.bot.messages.slack_strings import check, messages


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(messages())
def test_no_string_comes_alive_breaks_a_limit_or_is_altered(strings):
    check(*strings)


def test_the_checker_sees_a_live_mention_and_a_limit_that_is_broken():
    assert alive([context("hello <!channel>")])
    assert alive([], "<@U1>")
    assert broken_limits([{"type": "header", "text": {"type": "plain_text", "text": "x" * 151}}])
    assert broken_limits([{"type": "divider"}] * 51)
    assert not alive([context("as of <!date^1519135380^{date_num}|2018-02-20>")])
    assert [] == broken_limits([{"type": "rich_text", "elements": words("fine")}])

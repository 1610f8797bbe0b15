"""The form of a channel's defaults: within Slack's limits, and read back as it was filled in."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.messages.views.channel_form import MAX_CHOICES, choice_form, chosen_in
from bot.types import ChannelDefaults

NAMES = st.text(alphabet="aЖ<>&*_|@!\u202e\u200b 🇷", min_size=1, max_size=200)
CHOSEN = st.builds(
    lambda parties, outlets, private, mention_only: ChannelDefaults(
        tuple(parties), tuple(outlets), private, mention_only, tuple(parties)
    ),
    st.lists(NAMES, max_size=MAX_CHOICES, unique=True),
    st.lists(NAMES, max_size=MAX_CHOICES, unique=True),
    st.booleans(),
    st.booleans(),
)


def filled_in(form):
    """The form as Slack sends it when nothing was changed."""
    values = {
        block["block_id"]: {
            block["block_id"]: {"selected_options": block["element"].get("initial_options")}
        }
        for block in form["blocks"]
        if block["type"] == "input"
    }
    return {**form, "state": {"values": values}}


@given(CHOSEN)
def test_what_was_chosen_comes_back_from_an_unchanged_form(chosen):
    again = chosen_in(filled_in(choice_form("C1", chosen)))

    def short(names):
        return tuple(name for name in names if name.strip() and len(name) <= 150)

    assert (short(chosen.parties), short(chosen.outlets), chosen.private, chosen.mention_only) == (
        again.parties,
        again.outlets,
        again.private,
        again.mention_only,
    )
    assert len(again.names) == len(again.parties)


@given(CHOSEN)
def test_no_menu_is_over_slacks_limits_and_nothing_in_it_is_parsed(chosen):
    form = choice_form("C1", chosen)

    options = [
        option
        for block in form["blocks"]
        if block["type"] == "input"
        for option in block["element"].get("initial_options", [])
    ]
    assert all(option["text"]["type"] == "plain_text" for option in options)
    assert all(1 <= len(option["text"]["text"]) <= 75 for option in options)
    assert all(0 < len(option["value"]) <= 150 for option in options)
    assert all(
        1 <= len(block["element"]["initial_options"])
        for block in form["blocks"]
        if "initial_options" in block.get("element", {})
    )

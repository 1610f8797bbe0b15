"""Slack is asked to look at one of each kind of message, and none is forgotten."""

from __future__ import annotations

import ast
from pathlib import Path

import bot
from bot.doctor import samples
from bot.doctor.samples import sample_messages, sample_views
from tests.bot.messages.slack_limits import broken_limits

MESSAGES = Path(bot.__file__).parent / "messages"


def layouts():
    """The functions of the messages' folder that make a message or a view."""
    for path in sorted(MESSAGES.rglob("*.py")):
        for node in ast.parse(path.read_text("utf-8")).body:
            if not isinstance(node, ast.FunctionDef) or node.name.startswith("_"):
                continue
            makes = ast.unparse(node.returns)
            if makes.startswith("Message") or node.name.endswith(("_form", "_view")):
                yield node.name


def test_every_layout_has_a_sample():
    source = Path(samples.__file__).read_text("utf-8")

    found = set(layouts())
    assert found > {"briefing_message", "home_view", "choice_form", "plain"}
    assert set() == {name for name in found if f"{name}(" not in source}


def test_no_sample_is_over_a_limit_of_slack():
    made = [(name, blocks, "message") for name, blocks in sample_messages()]
    made += [(name, view["blocks"], view["type"]) for name, view in sample_views()]

    assert {} == {
        name: broken for name, blocks, kind in made if (broken := broken_limits(blocks, kind))
    }
    assert len(made) == len({name for name, _, _ in made})

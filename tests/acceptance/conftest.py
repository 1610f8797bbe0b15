"""Fixtures for tests that go through Slack, and for those of the command."""

from __future__ import annotations

import pytest

from bot.__main__ import main
from tests.acceptance.slack_bot import Bot
from tests.acceptance.slack_server import SlackServer


@pytest.fixture
def slack():
    server = SlackServer()
    yield server
    server.close()


@pytest.fixture(params=["http", "socket"])
def bot(request, slack, tmp_path):
    running = Bot(slack, tmp_path, request.param)
    yield running
    running.close()


@pytest.fixture
def make_bot(slack, tmp_path):
    made = []

    def make(engine=None, folder=None, transport="http", **given):
        made.append(Bot(slack, folder or tmp_path, transport, engine, **given))
        return made[-1]

    yield make
    for each in made:
        each.close()


@pytest.fixture
def onrecord(tmp_path, capsys, monkeypatch):
    """Run the command in a folder of its own; gives (exit code, stdout, stderr)."""
    monkeypatch.chdir(tmp_path)

    def run(*words: str) -> tuple[int, str, str]:
        try:
            code = main(["--data-dir", str(tmp_path / "data"), *words])
        except SystemExit as exit_:
            code = int(exit_.code or 0)
        out = capsys.readouterr()
        return code, out.out, out.err

    return run

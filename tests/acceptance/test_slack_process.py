"""The bot as a process: how it starts, which mode it takes, how it ends."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest
from starlette.responses import JSONResponse

from bot.app import STATE_FILE, build_bot
from bot.server import listening
from bot.settings import load_bot_settings
from bot.state.schedules import Schedules
from bot.state.state import State
from bot.timetable import EVERY_DAY, Timetable
from bot.types import Plan, Schedule
from index.alerts.book import Book
from index.alerts.feed_tokens import FeedTokens
from index.errors import SettingsError
from index.types import Query
from tests.acceptance.engine_double import NOW, EngineDouble, quote
from tests.acceptance.slack_bot import TOKENS, Bot
from tests.acceptance.slack_payloads import mention
from tests.acceptance.slack_sender import HttpSender, SocketSender
from tests.acceptance.slack_server import SECRET

pytestmark = pytest.mark.server

LEASE = 2.0  # seconds for which a question stays with a process that was killed


def test_a_token_that_slack_refuses_stops_the_start(slack, tmp_path):
    slack.refuse("auth.test", JSONResponse({"ok": False, "error": "invalid_auth"}))
    settings = load_bot_settings(**TOKENS, slack_api_url=slack.url, data_dir=tmp_path)

    with pytest.raises(SettingsError, match=r"refuses SLACK_BOT_TOKEN \(invalid_auth\); copy"):
        build_bot(EngineDouble(), settings)


def test_a_port_that_is_taken_is_named(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        settings = load_bot_settings(**TOKENS, host="127.0.0.1", port=port, data_dir=tmp_path)

        with pytest.raises(SettingsError, match=f"port {port} .*set PORT to another"):
            listening(settings)


def test_oauth_names_in_the_environment_change_nothing(slack, tmp_path, monkeypatch):
    monkeypatch.setenv("SLACK_CLIENT_ID", "1.2")
    monkeypatch.setenv("SLACK_CLIENT_SECRET", "s")
    monkeypatch.setenv("HOME", str(tmp_path))
    bot = Bot(slack, tmp_path)
    bot.sender.event(mention("<@U0BOT> what did Russia say?"))

    replies = slack.settled(1)
    bot.close()
    assert ["chat.postMessage"] == [method for method, _ in replies]


@pytest.mark.parametrize("transport", ["http", "socket"])
def test_what_was_accepted_is_answered_before_the_process_ends(slack, tmp_path, transport):
    process, sender = spawn(slack, tmp_path, transport, delay=1.0)
    try:
        sender.event(mention("<@U0BOT> what did Russia say?"))
        process.send_signal(signal.SIGTERM)

        code = process.wait(60)
        log = process.stderr.read()
    finally:
        process.kill()
        process.wait()
        process.stderr.close()

    assert (0, ["chat.postMessage"]) == (code, [method for method, _ in slack.replies]), log
    assert f"mode: {'HTTP' if transport == 'http' else 'Socket Mode'}" in log
    assert "Traceback" not in log


def test_what_is_not_done_when_the_drain_ends_waits_for_the_next_start(slack, tmp_path):
    process, sender = spawn(slack, tmp_path, "http", delay=60.0, BOT_DRAIN="0.5")
    try:
        sender.event(mention("<@U0BOT> what did Russia say?"))
        process.send_signal(signal.SIGTERM)
        code = process.wait(60)
        log = process.stderr.read()
    finally:
        process.kill()
        process.wait()
        process.stderr.close()
    assert (0, []) == (code, slack.replies), log
    assert "stopped with questions under way" in log

    second, _ = spawn(slack, tmp_path, "http", delay=0.0)
    try:
        replies = slack.settled(1)
    finally:
        second.kill()
        second.communicate()

    assert ["chat.postMessage"] == [method for method, _ in replies]


@pytest.mark.parametrize("moment", [0.1, 0.7])
def test_what_was_acknowledged_is_answered_once_after_a_kill(slack, tmp_path, moment):
    process, sender = spawn(slack, tmp_path, "http", delay=0.5)
    sender.event(mention("<@U0BOT> what did Russia say?"))
    for channel in ("C2", "C3"):
        sender.event(mention("<@U0BOT> what did Russia say?", channel=channel))
    time.sleep(moment)
    process.kill()
    process.communicate()

    second, _ = spawn(slack, tmp_path, "http", delay=0.0)
    try:
        replies = slack.settled(3)
    finally:
        second.kill()
        second.communicate()

    assert ["C1", "C2", "C3"] == sorted(sent["channel"] for _, sent in replies)


@pytest.mark.parametrize("transport", ["http", "socket"])
def test_neither_log_nor_numbers_repeat_what_was_asked_or_a_token(slack, tmp_path, transport):
    process, sender = spawn(slack, tmp_path, transport, delay=0.0, BOT_LOG_JSON="true")
    slack.refuse("chat.postMessage", "after", JSONResponse({"ok": False, "error": "is_archived"}))
    try:
        for _ in range(2):
            sender.event(mention("<@U0BOT> what did Russia say about quinine?"))
        slack.settled(2)
        health = process.page("healthz").json()
        numbers = process.page("metrics").text
        process.send_signal(signal.SIGTERM)
        log = process.communicate(timeout=60)[1]
    finally:
        process.kill()
        process.wait()

    lines = [json.loads(line) for line in log.splitlines()]
    assert {"at", "level", "logger", "message"} <= set(lines[0])
    assert "is_archived" in log
    assert all(word not in log + numbers for word in ("quinine", "xoxb-1", "xapp-1", SECRET))
    assert "ok" == health["status"]
    assert transport == "http" or health["connected"]
    assert "onrecord_queue_length " in numbers
    assert 'onrecord_deliveries_total{outcome="first",surface="mention"} 2.0' in numbers


@pytest.mark.parametrize("moment", [0.2, 0.6])
def test_a_briefing_that_is_due_is_posted_once_after_a_kill(slack, tmp_path, moment):
    now = time.time()
    plan = Plan(Query("", anyone=True), Timetable(EVERY_DAY, 0, "UTC"), empty=True)
    state = State(tmp_path / STATE_FILE)
    for n in range(5):
        schedule = Schedule("T1", f"s{n}", f"C{n}", "U1", plan, now + n * 0.1, 0, now - 3_600)
        assert Schedules(state).add(schedule)
    state.close()

    process, _ = spawn(slack, tmp_path, "http", delay=0.0)
    time.sleep(moment)
    process.kill()
    process.communicate()
    second, _ = spawn(slack, tmp_path, "http", delay=0.0)
    try:
        replies = slack.settled(5)
        time.sleep(0.5)
    finally:
        second.kill()
        second.communicate()

    posted = sorted(sent["channel"] for method, sent in slack.replies)
    assert (5, [f"C{n}" for n in range(5)]) == (len(replies), posted)


@pytest.mark.parametrize("transport", ["http", "socket"])
def test_the_feed_of_a_watch_is_served_to_who_has_its_address(slack, tmp_path, transport):
    book = Book(tmp_path)
    watch = book.add("Russia", Query("Russia"), after=0)
    with book.changing() as changes:
        changes.record(watch.number, (quote(),), NOW)
    book.close()
    process, _ = spawn(slack, tmp_path, transport, delay=0.0)
    try:
        found = process.page(FeedTokens(tmp_path).path(watch.number).removeprefix("/"))
        closed = process.page(f"feeds/{watch.number}.atom?token=1")
        process.send_signal(signal.SIGTERM)
        log = process.communicate(timeout=60)[1]
    finally:
        process.kill()
        process.wait()

    assert (200, 404) == (found.status_code, closed.status_code)
    assert "We will stay" in found.text
    assert "token=" not in log


class BotProcess(subprocess.Popen):
    """The bot in a process of its own, with health and numbers on *port*."""

    def __init__(self, words, port, **given):
        super().__init__(words, stderr=subprocess.PIPE, text=True, **given)
        self.port = port

    def page(self, name):
        # Without certificates: loading them takes longer than the request.
        return httpx.get(f"http://127.0.0.1:{self.port}/{name}", timeout=60, verify=False)

    @property
    def up(self):
        try:
            return self.page("healthz").is_success
        except httpx.ConnectError:
            assert self.poll() is None, self.stderr.read()
            return False

    @property
    def idle(self):
        """Whether no question waits for its reply."""
        return "onrecord_queue_length 0.0" in self.page("metrics").text


def spawn(slack, folder, transport, delay, **more):
    """Start the bot in a process of its own; returns it with what sends to it."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    here = Path(__file__).parent
    environment = {
        **os.environ,
        "SLACK_BOT_TOKEN": "xoxb-1",
        "SLACK_SIGNING_SECRET": SECRET,
        "SLACK_API_URL": slack.url,
        "BOT_HOST": "127.0.0.1",
        "BOT_DATA_DIR": str(folder),
        "PORT": str(port),
        "PYTHONPATH": str(here.parent.parent),
        **({"SLACK_APP_TOKEN": "xapp-1"} if transport == "socket" else {}),
        **more,
    }
    words = [sys.executable, str(here / "engine_double.py"), str(delay), str(LEASE)]
    process = BotProcess(words, port, env=environment)
    slack.bots = [process]
    slack.wait(lambda: process.up)
    return process, SocketSender(slack) if transport == "socket" else HttpSender(port)

"""No token, key or secret is told to anybody but Slack: not by logs, numbers, pages or errors."""

from __future__ import annotations

import logging
import traceback
from contextlib import closing

import httpx
import pytest
from cryptography.fernet import Fernet
from starlette.responses import JSONResponse
from starlette.testclient import TestClient

from bot.__main__ import main
from bot.settings import BotSettings
from bot.state.installations import Installation
from index.arrivals.push import push_app
from index.queue import Queue
from index.settings import IndexSettings, load_index_settings
from tests.acceptance.engine_double import EngineDouble
from tests.acceptance.slack_payloads import command, mention
from tests.acceptance.slack_server import SECRET

pytestmark = pytest.mark.server

KEY = Fernet.generate_key().decode()
SECRETS = {
    "SLACK_BOT_TOKEN": "xoxb-canary-bot",
    "SLACK_APP_TOKEN": "xapp-canary-app",
    "SLACK_SIGNING_SECRET": SECRET,
    "SLACK_CLIENT_SECRET": "canary-client",
    "BOT_ENCRYPTION_KEYS": KEY,
    "INDEX_PUSH_TOKEN": "canary-push",
}
WORDS = (*SECRETS.values(), "canary")


@pytest.fixture
def environment(monkeypatch, tmp_path, slack):
    """Every secret set in the environment; an index folder and a Slack of the test's own."""
    monkeypatch.chdir(tmp_path)
    others = {"SLACK_API_URL": slack.url, "INDEX_DATA_DIR": str(tmp_path / "data")}
    for name, value in {**SECRETS, **others}.items():
        monkeypatch.setenv(name, value)
    return monkeypatch


def leaks(text: str) -> list[str]:
    return [word for word in WORDS if word in text]


@pytest.mark.parametrize("transport", ["http", "socket"])
def test_a_bot_in_trouble_tells_no_secret_in_log_numbers_or_replies(
    make_bot, slack, caplog, transport
):
    caplog.set_level(logging.DEBUG)
    bot = make_bot(
        EngineDouble(error=RuntimeError("broken engine")),
        transport=transport,
        **{name.lower(): value for name, value in SECRETS.items() if name.startswith("SLACK_B")},
    )
    slack.refuse("users.info", JSONResponse({"ok": False, "error": "token_revoked"}))
    slack.refuse("chat.postMessage", "after", JSONResponse({"ok": False, "error": "fatal_error"}))
    bot.sender.event(mention("<@U0BOT> what did Russia say?"))
    bot.sender.command(command(slack, "/said", "what did Russia say?"))
    replies = slack.settled(2)

    message = caplog.text + bot.metrics.text().decode() + repr(replies)
    assert "broken engine" in caplog.text
    assert [] == leaks(message)


def test_pages_for_strangers_tell_no_secret(make_bot, slack, tmp_path):
    given = {name.lower(): value for name, value in SECRETS.items() if "CLIENT" in name}
    bot = make_bot(
        slack_bot_token="", slack_client_id="1.2", encryption_keys=KEY, **given, folder=tmp_path
    )
    address, pages = bot.sender.address, []
    for path in (
        *("/slack/install", "/slack/oauth_redirect?code=x&state=y", "/healthz", "/metrics"),
        *("/slack/oauth_redirect?error=access_denied", "/nowhere", "/slack/events"),
    ):
        answer = httpx.get(address + path, verify=False)
        pages.append(f"{answer.status_code} {answer.headers} {answer.text}")
    pages.append(bot.sender.post(b"{}", "application/json", headers={}).text)
    settings = load_index_settings(data_dir=tmp_path, push_token=SECRETS["INDEX_PUSH_TOKEN"])
    with closing(Queue(tmp_path)) as queue, TestClient(push_app(queue, settings)) as client:
        for path in ("/", "/articles/a", "/articles/a/status", "/nowhere"):
            answer = client.get(path, headers={"Authorization": "Bearer wrong"})
            pages.append(f"{answer.headers} {answer.text}")

    assert [] == leaks("".join(pages))


@pytest.mark.parametrize(
    "words",
    [
        ("doctor",),
        ("--json", "doctor"),
        ("stats",),
        ("manifest",),
        ("ask", ""),
        ("backup", "b.zip", "--with-state"),
        ("restore", "missing.zip"),
        ("feedback", "export"),
        pytest.param(("serve",), marks=pytest.mark.model),
        ("watch",),
    ],
)
def test_no_command_prints_a_secret_in_whatever_it_fails(environment, slack, words, capfd, caplog):
    caplog.set_level(logging.DEBUG)
    slack.refuse("auth.test", JSONResponse({"ok": False, "error": "invalid_auth"}))
    environment.setenv("INDEX_PUSH_PORT", str(slack.port))  # taken, so that `watch` ends

    main(words)

    shown = capfd.readouterr()
    assert shown.out + shown.err or words[0] == "feedback"
    assert [] == leaks(shown.out + shown.err + caplog.text)


@pytest.mark.parametrize("name", ["PORT", "BOT_LIMIT", "BOT_THREADS", "SLACK_API_URL"])
def test_a_token_that_was_pasted_under_a_wrong_name_is_not_repeated(environment, capsys, name):
    environment.setenv(name, "xoxb-canary-bot")

    code = main(["feedback", "export"])

    message = capsys.readouterr().err
    assert (2, True, []) == (code, f"setting {name}=" in message, leaks(message))


@pytest.mark.parametrize("name", ["INDEX_THREADS", "INDEX_FEEDS", "INDEX_EMBEDDING_MODEL"])
@pytest.mark.parametrize("words", [["stats"], ["doctor"]])
def test_what_looks_like_a_token_is_not_repeated_for_a_setting_of_the_engine(
    environment, capsys, name, words
):
    environment.setenv(name, "xoxb-123456789012-canary0bot")

    main(words)

    shown = "".join(capsys.readouterr())
    assert (True, []) == (f"setting {name}=… looks like a token" in shown, leaks(shown))


def test_what_a_crash_would_print_of_our_objects_holds_no_secret(environment):
    objects = [BotSettings(), IndexSettings(), Installation("T1", "xoxb-canary-bot")]

    try:
        raise RuntimeError(f"{objects}")
    except RuntimeError:
        trace = traceback.format_exc()

    assert "Installation(team='T1'" in trace
    assert [] == leaks(trace)

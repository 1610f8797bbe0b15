"""Settings of the bot: the mode is chosen openly, faults name their mend, secrets stay secret."""

from __future__ import annotations

import pytest
from cryptography.fernet import Fernet

from bot.settings import load_bot_settings
from index.errors import SettingsError

NAMES = (
    "SLACK_BOT_TOKEN",
    "SLACK_APP_TOKEN",
    "SLACK_SIGNING_SECRET",
    "SLACK_CLIENT_ID",
    "SLACK_CLIENT_SECRET",
    "SLACK_API_URL",
    "PORT",
    "BOT_HOST",
    "BOT_DATA_DIR",
    "INDEX_DATA_DIR",
)


@pytest.fixture(autouse=True)
def clean(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def environment(monkeypatch):
    def set_all(**values):
        for name, value in values.items():
            monkeypatch.setenv(name, value)

    return set_all


def test_an_app_token_chooses_socket_mode(environment):
    environment(SLACK_BOT_TOKEN="xoxb-1", SLACK_APP_TOKEN="xapp-1")

    assert "socket" == load_bot_settings().mode


def test_without_an_app_token_it_is_http(environment):
    environment(SLACK_BOT_TOKEN="xoxb-1", SLACK_SIGNING_SECRET="s", SLACK_APP_TOKEN="", PORT="81")

    settings = load_bot_settings()

    assert ("http", 81, "https://slack.com/api/") == (
        settings.mode,
        settings.port,
        settings.slack_api_url,
    )


def test_oauth_names_do_not_choose_a_mode(environment):
    environment(SLACK_BOT_TOKEN="xoxb-1", SLACK_APP_TOKEN="xapp-1", SLACK_CLIENT_ID="1")

    assert "socket" == load_bot_settings().mode


def test_a_client_id_without_a_bot_token_serves_whoever_installs(environment):
    key = Fernet.generate_key().decode()
    environment(
        SLACK_CLIENT_ID="1.2",
        SLACK_CLIENT_SECRET="s",
        SLACK_SIGNING_SECRET="s",
        BOT_ENCRYPTION_KEYS=f"{key}, {Fernet.generate_key().decode()}",
        BOT_UNFURL_DOMAINS="news.example, other.example",
    )

    settings = load_bot_settings()

    assert ("http", True, ("news.example", "other.example")) == (
        settings.mode,
        settings.oauth,
        settings.unfurl_domains,
    )
    assert key not in repr(settings)


def test_the_state_lies_beside_the_index(environment, tmp_path):
    environment(SLACK_BOT_TOKEN="xoxb-1", SLACK_APP_TOKEN="xapp-1", INDEX_DATA_DIR=str(tmp_path))

    assert tmp_path == load_bot_settings().data_dir


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({}, "SLACK_BOT_TOKEN is missing; copy it"),
        ({"SLACK_BOT_TOKEN": "xoxb-1"}, "SLACK_SIGNING_SECRET is missing; .*SLACK_APP_TOKEN"),
        ({"SLACK_BOT_TOKEN": "xapp-1", "SLACK_APP_TOKEN": "xoxb-1"}, "the two are swapped"),
        ({"SLACK_BOT_TOKEN": "xoxb-…", "SLACK_APP_TOKEN": "xapp-1"}, "no token of that kind"),
        ({"SLACK_BOT_TOKEN": "foo", "SLACK_APP_TOKEN": "xapp-1"}, "no token of that kind"),
        ({"SLACK_API_URL": "http://slack.example/api/"}, "setting SLACK_API_URL=.*https"),
        ({"SLACK_API_URL": "http://[bad/"}, "setting SLACK_API_URL="),
        ({"SLACK_API_URL": "slack.com"}, "setting SLACK_API_URL="),
        ({"PORT": "none"}, "setting PORT='none'"),
        ({"BOT_THREADS": "0"}, "setting BOT_THREADS='0'"),
        ({"BOT_TREADS": "5"}, "unknown setting BOT_TREADS; known are BOT_ALERT_WINDOW,"),
        (
            {"SLACK_BOT_TOKEN": "xoxb-your-bot-token", "SLACK_APP_TOKEN": "xapp-1"},
            "SLACK_BOT_TOKEN is only a placeholder; copy it",
        ),
        (
            {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-your-app-level-token"},
            "SLACK_APP_TOKEN is only a placeholder; copy it",
        ),
        (
            {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "your-signing-secret"},
            "SLACK_SIGNING_SECRET is only a placeholder; .*Basic Information",
        ),
        ({"SLACK_CLIENT_ID": "1.2"}, "SLACK_CLIENT_SECRET is missing"),
        (
            {"SLACK_CLIENT_ID": "1.2", "SLACK_CLIENT_SECRET": "s"},
            "BOT_ENCRYPTION_KEYS is missing: .* make a key with python",
        ),
        (
            {"SLACK_CLIENT_ID": "1.2", "SLACK_APP_TOKEN": "xapp-1"},
            "several workspaces, which need HTTP; unset SLACK_APP_TOKEN",
        ),
        ({"BOT_UNFURL_DOMAINS": "a,b,c,d,e,f"}, "setting BOT_UNFURL_DOMAINS="),
    ],
)
def test_a_fault_names_the_setting_and_the_mend(environment, values, message):
    environment(**values)

    with pytest.raises(SettingsError, match=message):
        load_bot_settings()


def test_a_folder_of_the_bots_own_wins_over_the_indexs(environment, tmp_path):
    environment(SLACK_BOT_TOKEN="xoxb-1", SLACK_APP_TOKEN="xapp-1", BOT_DATA_DIR=str(tmp_path))

    assert tmp_path == load_bot_settings(data_dir=tmp_path / "index").data_dir


@pytest.mark.parametrize(
    ("given", "address"),
    [
        ({"slack_app_token": "xapp-1"}, "127.0.0.1"),
        ({"slack_app_token": "xapp-1", "host": "0.0.0.0"}, "0.0.0.0"),
        ({"slack_signing_secret": "s"}, "0.0.0.0"),
        ({"slack_signing_secret": "s", "host": "::1"}, "::1"),
    ],
)
def test_socket_mode_is_reached_from_this_machine_alone_unless_told_otherwise(given, address):
    assert address == load_bot_settings(slack_bot_token="xoxb-1", **given).listening_on


def test_the_names_that_are_listed_are_those_of_the_manual(environment):
    environment(BOT_FOO="1")

    with pytest.raises(SettingsError) as fault:
        load_bot_settings()

    assert ("BOT_SLACK" in str(fault.value), "BOT_PORT" in str(fault.value)) == (False, False)


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "localhost:8000", "[::1]:8000"])
def test_plain_http_is_for_this_machine(host):
    settings = load_bot_settings(
        slack_bot_token="xoxb-1", slack_app_token="xapp-1", slack_api_url=f"http://{host}/api"
    )

    assert f"http://{host}/api/" == settings.slack_api_url


def test_no_token_is_printed():
    settings = load_bot_settings(slack_bot_token="xoxb-top", slack_signing_secret="secret-top")

    assert "top" not in repr(settings)


def test_a_swapped_token_is_not_repeated():
    with pytest.raises(SettingsError) as fault:
        load_bot_settings(slack_bot_token="xapp-top-secret", slack_app_token="y")

    assert "top-secret" not in str(fault.value)


def test_who_corrects_is_named_by_workspace():
    of_one = load_bot_settings(
        slack_bot_token="xoxb-1", slack_signing_secret="s", correctors="U7, T1/U8,T2/U9"
    )

    assert ("U7", "U8") == of_one.correctors_of("T1")
    assert ("U7", "U9") == of_one.correctors_of("T2")
    several = of_one.model_copy(update={"slack_bot_token": None, "slack_client_id": "1.2"})
    assert ("U8",) == several.correctors_of("T1")


@pytest.mark.parametrize("value", ["ines", "U7;U8", "C012/U7"])
def test_what_is_no_person_corrects_nothing(value):
    with pytest.raises(SettingsError, match="BOT_CORRECTORS"):
        load_bot_settings(slack_bot_token="xoxb-1", slack_signing_secret="s", correctors=value)

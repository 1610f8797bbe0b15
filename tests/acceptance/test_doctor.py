"""`onrecord doctor`: what is missing or wrong is named with its mend, and no secret is."""

from __future__ import annotations

import json
import socket
from contextlib import closing
from dataclasses import replace
from email.utils import formatdate

import apsw
import pytest
from cryptography.fernet import Fernet
from starlette.responses import JSONResponse

from bot.__main__ import main
from bot.encryption import Keys
from bot.state.installations import Installation, Installations
from bot.state.state import State
from bot.types import Message
from index.__main__ import main as engine_main
from index.database.commit_note import ENDING, open_slots
from index.errors import ModelError
from index.maintenance.doctor import _CHECKS, examine, split_hint
from index.store.sqlite.store import DATABASE, SqliteStore
from tests.acceptance.slack_server import SECRET

pytestmark = pytest.mark.server

OLD, NEW = Fernet.generate_key().decode(), Fernet.generate_key().decode()
SLACK = ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET", "SLACK_CLIENT_ID")


@pytest.fixture(autouse=True)
def clean(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    for name in (*SLACK, "BOT_DATA_DIR", "INDEX_DATA_DIR", "SLACK_API_URL", "PORT"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def set_up(monkeypatch, slack):
    """Set the app up for Socket Mode or HTTP; other settings by name."""

    def set_all(**values):
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        ordinary = {"SLACK_API_URL": slack.url, "PORT": str(port), "BOT_HOST": "127.0.0.1"}
        for name, value in {**ordinary, **values}.items():
            monkeypatch.setenv(name, value)

    return set_all


@pytest.fixture
def asked(capsys, tmp_path):
    """Run the command; the exit code, and what was found by the name of the check."""

    def ask():
        code = main(["--data-dir", str(tmp_path), "--json", "doctor"])
        lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
        return code, {line["check"]: line for line in lines}

    return ask


def engine(folder):
    return {finding.check: finding for finding in examine(folder)}


# --- the engine -----------------------------------------------------------------------------


def test_a_fresh_machine_is_told_to_add_articles(tmp_path, capsys):
    code = engine_main(["--data-dir", str(tmp_path / "new"), "doctor"])

    message = capsys.readouterr().out
    assert (0, False) == (code, (tmp_path / "new").exists())
    assert "info  index: nothing is indexed yet\n      → add articles: onrecord add PATH" in message
    assert all(f"ok    {part}: " in message for part in ("SQLite", "embedding model", "tagger"))
    assert "Slack" not in message


def test_an_index_that_cannot_be_used_fails_with_its_mend(tmp_path):
    (tmp_path / DATABASE).write_bytes(b"no database " * 100)

    found = engine(tmp_path)

    assert ("fail", True) == (found["writing"].level, "not a database" in found["writing"].found)
    assert "move it away" in found["index"].fix


def test_an_index_of_another_model_is_told(tmp_path):
    SqliteStore(tmp_path, "another-model", 384).close()

    found = engine(tmp_path)["index"]

    assert ("fail", True) == (found.level, "another-model" in found.found)
    assert "onrecord rebuild" in found.fix


def test_a_damaged_log_is_told_with_both_ways_out(tmp_path):
    SqliteStore(tmp_path, "all-MiniLM-L6-v2", 384).close()
    acknowledge_one_more(tmp_path / DATABASE)

    found = engine(tmp_path)["index"]

    assert ("fail", True) == (found.level, f"{DATABASE}-wal is damaged" in found.found)
    assert "--force" in found.fix
    assert "--accept-loss" in found.fix


def acknowledge_one_more(path):
    """Note a change as acknowledged that is not in the database, as if its log was lost."""
    with open_slots(path.with_name(path.name + ENDING)) as slots:
        slots.write(replace(slots.latest, number=slots.latest.number + 1))


def test_an_empty_index_warns_and_another_writer_is_noticed(tmp_path):
    SqliteStore(tmp_path, "all-MiniLM-L6-v2", 384).close()
    with closing(apsw.Connection(str(tmp_path / DATABASE))) as other:
        other.execute("BEGIN IMMEDIATE")
        found = {finding.check: finding.level for finding in _of_index(tmp_path)}

    assert "warn" == found["writing"]
    assert "warn" == engine(tmp_path)["index"].level


def _of_index(folder):
    """The checks up to the one for writers; opening would wait for the writer."""
    for finding in examine(folder):
        yield finding
        if finding.check == "writing":
            return


def test_a_folder_that_is_a_file_is_refused(tmp_path):
    (tmp_path / "file").write_text("x")

    assert "fail" == engine(tmp_path / "file")["data folder"].level


def test_a_changed_model_fails_and_the_rest_is_still_looked_at(tmp_path, monkeypatch):
    def changed():
        raise ModelError("model file config.json has another SHA-256; reinstall it")

    monkeypatch.setattr("index.models.embedder.encoder_folder", changed)

    found = engine(tmp_path)

    assert ("fail", "reinstall it") == (
        found["embedding model"].level,
        found["embedding model"].fix,
    )
    assert "tagger" in found
    assert len(_CHECKS) <= len(found)


def test_a_wrong_setting_is_one_finding(tmp_path, monkeypatch):
    monkeypatch.setenv("INDEX_THREADS", "many")

    assert ["settings"] == list(engine(tmp_path))


# --- Slack ----------------------------------------------------------------------------------


def test_without_slack_settings_that_is_no_fault(asked):
    code, found = asked()

    assert (0, "info", "not set up") == (code, found["Slack"]["level"], found["Slack"]["found"])


@pytest.mark.parametrize(
    "transport", [{"SLACK_APP_TOKEN": "xapp-1-top"}, {"SLACK_SIGNING_SECRET": SECRET}]
)
def test_an_app_that_is_set_up_right_is_ok(asked, set_up, transport, capsys):
    set_up(SLACK_BOT_TOKEN="xoxb-1-top", **transport)

    code, found = asked()

    levels = {found[name]["level"] for name in ("bot token", "bot token: scopes", "clock")}
    assert (0, {"ok"}) == (code, levels)
    assert "ok" == found["app token" if "SLACK_APP_TOKEN" in transport else "port"]["level"]
    assert not any(word in str(found) for word in ("top", SECRET))


@pytest.mark.parametrize(
    ("values", "check", "message"),
    [
        ({"SLACK_BOT_TOKEN": "xapp-1", "SLACK_APP_TOKEN": "xoxb-1"}, "Slack settings", "swapped"),
        ({"SLACK_BOT_TOKEN": "xoxb-1"}, "Slack settings", "SLACK_SIGNING_SECRET is missing"),
        (
            {"SLACK_CLIENT_ID": "1.2", "SLACK_CLIENT_SECRET": "s", "SLACK_SIGNING_SECRET": "s"},
            "Slack settings",
            "BOT_ENCRYPTION_KEYS is missing",
        ),
        (
            {
                "SLACK_BOT_TOKEN": "xoxb-1",
                "SLACK_APP_TOKEN": "xapp-1",
                "SLACK_API_URL": "http://127.0.0.1:9/api/",
            },
            "Slack",
            "cannot be reached",
        ),
    ],
)
def test_what_is_wrong_in_the_settings_is_named(asked, set_up, values, check, message):
    set_up(**values)

    code, found = asked()

    assert (1, "fail") == (code, found[check]["level"])
    assert message in found[check]["found"] + found[check]["mend"]


@pytest.mark.parametrize("method", ["auth.test", "apps.connections.open"])
def test_a_token_that_slack_refuses_is_named(asked, set_up, slack, method):
    set_up(SLACK_BOT_TOKEN="xoxb-1", SLACK_APP_TOKEN="xapp-1")
    slack.refuse(method, JSONResponse({"ok": False, "error": "token_expired"}))

    code, found = asked()

    token = found["bot token" if method == "auth.test" else "app token"]
    assert (1, "fail", "Slack answers token_expired") == (code, token["level"], token["found"])


def test_a_token_that_was_revoked_is_told_to_be_made_anew(asked, set_up, slack):
    set_up(SLACK_BOT_TOKEN="xoxb-1", SLACK_APP_TOKEN="xapp-1")
    slack.refuse("auth.test", JSONResponse({"ok": False, "error": "token_revoked"}))

    assert "reinstall the app" in asked()[1]["bot token"]["mend"]


def test_slack_out_of_reach_is_told_once_and_in_our_words(asked, set_up, caplog):
    set_up(
        SLACK_BOT_TOKEN="xoxb-1",
        SLACK_APP_TOKEN="xapp-1",
        SLACK_API_URL="http://127.0.0.1:9/api/",
    )

    _, found = asked()

    assert [True, False] == [name in found for name in ("Slack", "app token")]
    assert "Failed to send" not in caplog.text


def test_a_state_folder_that_cannot_be_written_is_told_with_the_way_out(asked, set_up, tmp_path):
    (tmp_path / "file").write_text("x")
    set_up(
        SLACK_BOT_TOKEN="xoxb-1",
        SLACK_APP_TOKEN="xapp-1",
        BOT_DATA_DIR=str(tmp_path / "file" / "state"),
    )

    code, found = asked()

    state = found["state folder"]
    assert (1, "fail") == (code, state["level"])
    assert "BOT_DATA_DIR" in state["mend"]


def test_a_state_file_that_cannot_be_written_is_told(asked, set_up, tmp_path, monkeypatch):
    State(tmp_path / "bot.db").close()
    set_up(SLACK_BOT_TOKEN="xoxb-1", SLACK_APP_TOKEN="xapp-1")
    monkeypatch.setattr(State, "fault", lambda state: "the bot's state cannot be written")

    assert "fail" == asked()[1]["state folder"]["level"]


def test_a_state_folder_that_is_well_is_left_as_it_was(asked, set_up, tmp_path):
    set_up(
        SLACK_BOT_TOKEN="xoxb-1",
        SLACK_APP_TOKEN="xapp-1",
        BOT_DATA_DIR=str(tmp_path / "state"),
    )

    assert "ok" == asked()[1]["state folder"]["level"]
    assert not (tmp_path / "state").exists()


@pytest.mark.parametrize(
    ("without", "code", "level"), [("chat:write", 1, "fail"), ("users:read", 0, "info")]
)
def test_scopes_that_were_not_granted_are_listed(asked, set_up, slack, without, code, level):
    set_up(SLACK_BOT_TOKEN="xoxb-1", SLACK_APP_TOKEN="xapp-1")
    slack.scopes = ",".join(scope for scope in slack.scopes.split(",") if scope != without)

    exit_code, found = asked()

    message = found["bot token: scopes"]
    assert (code, level, True) == (exit_code, message["level"], without in message["found"])


def test_slack_is_asked_to_look_at_one_of_each_message_and_view(asked, set_up, slack):
    set_up(SLACK_BOT_TOKEN="xoxb-1", SLACK_APP_TOKEN="xapp-1")

    code, found = asked()

    looked_at = [sent for method, sent in slack.calls if method == "blocks.validate"]
    shown = "".join(sent.get("message", "") for sent in looked_at)
    assert (0, "ok") == (code, found["messages"]["level"])
    assert f"all {len(looked_at)} kinds" in found["messages"]["found"]
    assert [29, 9] == [sum(name in sent for sent in looked_at) for name in ("message", "view")]
    for part in ("table", "data_table", "rich_text_quote", "feedback_buttons", "overflow"):
        assert f'"type": "{part}"' in shown
    assert [] == slack.replies


def test_a_message_that_slack_would_refuse_is_named_with_the_place(
    asked, set_up, slack, monkeypatch
):
    set_up(SLACK_BOT_TOKEN="xoxb-1", SLACK_APP_TOKEN="xapp-1")
    monkeypatch.setattr("bot.doctor.samples.plain", lambda text: Message([], text))

    code, found = asked()

    line = found["messages: line"]
    assert (1, "fail", "Slack refuses it at /blocks: 0 blocks") == (
        code,
        line["level"],
        line["found"],
    )
    assert "messages" not in found


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (JSONResponse({"ok": False, "error": "ratelimited"}), "Slack answers ratelimited"),
        ("before", "does not answer"),
    ],
)
def test_where_slack_does_not_look_at_messages_that_is_no_fault(
    asked, set_up, slack, answer, words
):
    set_up(SLACK_BOT_TOKEN="xoxb-1", SLACK_APP_TOKEN="xapp-1")
    slack.refuse("blocks.validate", answer)

    code, found = asked()

    assert (0, "info", True) == (
        code,
        found["messages"]["level"],
        words in found["messages"]["found"],
    )


def test_a_clock_that_is_wrong_is_told(asked, set_up, slack):
    set_up(SLACK_BOT_TOKEN="xoxb-1", SLACK_APP_TOKEN="xapp-1")
    slack.date = formatdate(1_000_000_000, usegmt=True)

    code, found = asked()

    assert (1, "fail") == (code, found["clock"]["level"])
    assert found["clock"]["found"].endswith("s ahead")


def test_a_port_that_is_taken_warns(asked, set_up):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        set_up(SLACK_BOT_TOKEN="xoxb-1", SLACK_SIGNING_SECRET=SECRET, PORT=port)
        code, found = asked()

    assert (0, "warn") == (code, found["port"]["level"])


def test_tokens_under_an_old_key_are_counted(asked, set_up, tmp_path):
    state = State(tmp_path / "bot.db")
    Installations(state, Keys([OLD])).keep(Installation("T1", "xoxb-T1"))
    Installations(state, Keys([NEW])).keep(Installation("T2", "xoxb-T2"))
    state.close()
    set_up(
        SLACK_CLIENT_ID="1.2",
        SLACK_CLIENT_SECRET="client-secret",
        SLACK_SIGNING_SECRET=SECRET,
        BOT_ENCRYPTION_KEYS=f"{NEW},{OLD}",
    )

    code, found = asked()

    assert (0, "warn", "1 tokens under an old key") == (
        code,
        found["encryption"]["level"],
        found["encryption"]["found"],
    )
    assert ["ok", "ok"] == [found[f"workspace {team}"]["level"] for team in ("T1", "T2")]
    assert not any(word in str(found) for word in (OLD, NEW, "xoxb", "client-secret"))


def test_a_hint_is_what_follows_the_first_semicolon_outside_brackets():
    missing = "X is missing; copy it (a page; a field) or set Y; then try again"

    assert ("X is missing", "copy it (a page; a field) or set Y; then try again") == split_hint(
        missing
    )
    assert ("no answer (refused; again)", "try later") == split_hint(
        "no answer (refused; again); try later"
    )
    assert ("nothing to add", "") == split_hint("nothing to add")


@pytest.mark.parametrize(
    ("added", "level", "found"),
    [(["T1", "T2"], "ok", "in Desk T1, Desk T2;"), ([], "warn", "none")],
)
def test_the_workspaces_of_an_organisation_are_named(
    asked, set_up, slack, tmp_path, added, level, found
):
    state = State(tmp_path / "bot.db")
    Installations(state, Keys([NEW])).keep(Installation("E1", "xoxb-E1", "Herald", "E1"))
    state.close()
    set_up(
        SLACK_CLIENT_ID="1.2",
        SLACK_CLIENT_SECRET="client-secret",
        SLACK_SIGNING_SECRET=SECRET,
        BOT_ENCRYPTION_KEYS=NEW,
    )
    slack.added = added

    finding = asked()[1]["workspaces of Herald"]

    assert (level, True) == (finding["level"], found in finding["found"])

"""Tokens of workspaces, and that what is kept of one never meets another; on a real file."""

from __future__ import annotations

from dataclasses import replace

import pytest
from cryptography.fernet import Fernet
from hypothesis import given, settings
from hypothesis import strategies as st
from slack_bolt.authorization import AuthorizeResult

from bot.encryption import Keys
from bot.slack.payloads import enterprise_of, team_of
from bot.slack.people import People
from bot.state.answers import Answer, Answers
from bot.state.channels import Channels
from bot.state.feedback import Feedback
from bot.state.inbox import Inbox
from bot.state.installations import Installation, Installations
from bot.state.outbox import Outbox, OutgoingAlert
from bot.state.schedules import Schedules
from bot.state.shown import Shown
from bot.state.state import State
from bot.state.teams import OneTeam, erase, suspend
from bot.state.threads import Threads
from bot.state.watches import SlackWatch, Watches
from bot.timetable import Timetable
from bot.types import ChannelDefaults, Message, Plan, Schedule, ShownSentence, SlackPlace
from index.errors import SettingsError, StoreError
from index.types import Query

OLD, NEW = Fernet.generate_key().decode(), Fernet.generate_key().decode()
DESK = Installation("T1", "xoxb-1", "Services", "E1", "U0BOT", "B0BOT", ("chat:write",))


@pytest.fixture
def state(tmp_path):
    opened = State(tmp_path / "bot.db")
    yield opened
    opened.close()


def installations(state, *keys):
    return Installations(state, Keys(keys or (NEW,)))


# --- tokens ---------------------------------------------------------------------------------


def test_an_installation_comes_back_as_it_was(state):
    installations(state).keep(DESK)

    assert DESK == installations(state).find("T1")
    assert ("xoxb-1", "U0BOT", "T1") == (
        installations(state).authorize("T1").bot_token,
        installations(state).authorize("T1").bot_user_id,
        installations(state).authorize("T1").team_id,
    )


def test_a_team_without_the_app_uses_that_of_its_enterprise_and_no_others(state):
    installations(state).keep(Installation("E1", "xoxb-whole"))
    installations(state).keep(Installation("T1", "xoxb-own"))

    tokens = [
        installations(state).token_of(*asked)
        for asked in (("T1", "E1"), ("T2", "E1"), ("T2", ""), ("T2", "E2"), ("", ""))
    ]

    assert ["xoxb-own", "xoxb-whole", None, None, None] == tokens


def test_a_workspace_that_an_organisations_delivery_came_from_uses_its_token_afterwards(state):
    installations(state).keep(Installation("E1", "xoxb-whole", enterprise="E1"))
    made = installations(state)

    before = made.token_of("T2")
    made.authorize("T2", "E1")

    assert (None, "xoxb-whole", None) == (before, made.token_of("T2"), made.token_of("T3"))
    assert made.authorize("T2") is None


def test_a_new_key_is_put_in_front_and_takes_over_at_the_next_start(state):
    installations(state, OLD).keep(DESK)
    both = installations(state, NEW, OLD)

    before, count, after = both.under_old_keys(), both.renew(), both.under_old_keys()

    assert (1, 1, 0) == (before, count, after)
    assert DESK == installations(state, NEW).find("T1")


def test_a_key_that_opens_nothing_stops_the_start_and_names_the_team(state):
    installations(state, OLD).keep(DESK)

    with pytest.raises(SettingsError, match=r"no key of BOT_ENCRYPTION_KEYS opens .* team T1; add"):
        installations(state, NEW).renew()


def test_a_token_that_was_moved_to_another_team_is_not_taken(state):
    installations(state).keep(DESK)
    with state.transaction() as db:
        db.execute("UPDATE installations SET team = 'T2'")

    with pytest.raises(StoreError, match="team T2"):
        installations(state).find("T2")


@pytest.mark.parametrize("texts", [(), ("short",), ("é" * 44,), (NEW, "x")])
def test_what_is_no_key_is_refused_with_the_command_that_makes_one(texts):
    with pytest.raises(SettingsError, match=r"BOT_ENCRYPTION_KEYS .*Fernet.generate_key") as fault:
        Keys(texts)

    assert NEW not in str(fault.value)


def test_the_token_of_one_workspace_is_used_until_it_leaves():
    team = OneTeam(AuthorizeResult(enterprise_id=None, team_id="T1", bot_token="xoxb-1"))

    team.forget("T2")
    before = team.token_of("T1")
    team.forget("T1")

    assert ("xoxb-1", None) == (before, team.token_of("T1"))


@pytest.mark.parametrize(
    ("body", "team", "enterprise"),
    [
        ({"team_id": "T1", "enterprise_id": "E1"}, "T1", "E1"),
        ({"team": {"id": "T1"}, "enterprise": {"id": "E1"}}, "T1", "E1"),
        ({"team_id": "T9", "authorizations": [{"team_id": "T1"}]}, "T1", ""),
        ({"team": None, "enterprise": {"id": "E1"}}, "E1", "E1"),
        ({"authorizations": [{"team_id": None, "enterprise_id": "E1"}]}, "E1", "E1"),
        ({"authorizations": []}, "", ""),
    ],
)
def test_a_delivery_is_the_installed_teams_then_the_enterprises(body, team, enterprise):
    assert (team, enterprise) == (team_of(body), enterprise_of(body))


# --- apart ----------------------------------------------------------------------------------


def keep_everything(state, team):
    """Something of *team* in every table that there is."""
    place = SlackPlace("mention", team, "C1", "U1", thread="1.0")
    installations(state).keep(Installation(team, f"xoxb-{team}"))
    with state.transaction() as db:
        db.execute("REPLACE INTO members VALUES (?, 'E1')", (team,))
    Channels(state).choose(team, "C1", ChannelDefaults((f"party of {team}",)))
    Answers(state).keep(Answer("a1", team, "C1", None, "U1", Query(f"asked by {team}")))
    Feedback(state).record(team, "a1", "U1", good=True, query=Query(team), quotes=())
    inbox = Inbox(state)
    inbox.put("mention", team, (f"post:{team}:C1:1.0",), {"event": team})
    [job] = inbox.take(1)
    asked = replace(place, answer_id=job.id)
    Threads(state).remember(asked, Query(f"asked by {team}"), Query(team))
    sentence = ShownSentence("a1", f"said to {team}")
    Shown(state).keep(team, "a1", Message([], "text"), [sentence])
    Shown(state).follow(3)
    plan = Plan(Query(f"regularly for {team}"), Timetable((0,), 480, "UTC"))
    Schedules(state).add(Schedule(team, "s1", "C1", "U1", plan, 4e9, 0, 0.0))
    People(state)
    suspend(state, team, 4e9)
    watch = SlackWatch(team, 1, "C1", "U1")
    Watches(state).keep(watch)
    Watches(state).first_to_say(watch, 4e9, lambda db: None)
    outbox = Outbox(state)
    alert = OutgoingAlert(team, 1, 1, "C1", "C1", 1, "a1", 4e9, "a1")
    outbox.take(outbox.followed(), 3, [(alert, 4e9)], [alert])
    outbox.mute(team, "C1", 4e9)
    outbox.meet(team, "U1", "D1")
    with state.transaction() as db:
        row = (team, "U1", "Europe/Paris", "fr", 4e9)
        db.execute("REPLACE INTO people VALUES (?, ?, ?, ?, ?)", row)


def kept(state):
    """Every row of every table but the ledger, which counts changes; as text."""
    with state.reading() as db:
        tables = [t for (t,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        return {
            table: [repr(row) for row in db.execute(f'SELECT * FROM "{table}"')]
            for table in tables
            if table != "ledger"
        }


def test_every_table_but_claims_and_the_last_revision_says_whose_a_row_is(state):
    keep_everything(state, "T1")

    tables = kept(state)
    with state.reading() as db:
        without = {
            table
            for table in tables
            if "team" not in [row[1] for row in db.execute(f'PRAGMA table_info("{table}")')]
        }

    assert {"seen", "followed"} == without


def test_what_a_team_left_behind_is_gone_from_every_table_and_byte(state, tmp_path):
    keep_everything(state, "T77001")
    keep_everything(state, "T2")
    others = {
        table: [row for row in rows if "T77001" not in row] for table, rows in kept(state).items()
    }

    erase(state, "T77001")

    assert others == kept(state)
    assert all(others.values())
    assert b"T77001" not in b"".join(path.read_bytes() for path in tmp_path.iterdir())


TEAMS = st.text(alphabet="T12%_*'\"; -:\\\u202e", max_size=6) | st.text(max_size=6)


@settings(deadline=None, max_examples=40)
@given(TEAMS, TEAMS.map(lambda team: team or "T"))
def test_no_forged_team_reads_or_erases_what_is_anothers(tmp_path_factory, forged, team):
    if forged == team:
        return
    state = State(tmp_path_factory.mktemp("state") / "bot.db")
    try:
        keep_everything(state, team)
        before = kept(state)
        place = SlackPlace("mention", forged, "C1", "U1", thread="1.0")

        found = (
            installations(state).find(forged),
            Threads(state).recall(place),
            Answers(state).find(forged, "a1"),
        )
        chosen = Channels(state).channel_defaults(forged, "C1")
        erase(state, forged)

        assert ((None, None, None), ChannelDefaults()) == (found, chosen)
        assert {**before, "seen": []} == {**kept(state), "seen": []}
    finally:
        state.close()

"""Several workspaces over real sockets: installing, answering each with its own token, leaving."""

from __future__ import annotations

import json
import time
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from cryptography.fernet import Fernet
from starlette.responses import JSONResponse, Response

from bot.state import teams
from bot.state.channels import Channels
from bot.state.state import State
from bot.types import ChannelDefaults
from index.types import Defaults, Revision
from tests.acceptance.engine_double import NOW
from tests.acceptance.slack_payloads import command, direct, mention

pytestmark = pytest.mark.server

KEY = Fernet.generate_key().decode()
OAUTH = {
    "slack_bot_token": None,
    "slack_client_id": "11.22",
    "slack_client_secret": "client-secret",
    "encryption_keys": KEY,
}


@pytest.fixture
def several(make_bot):
    """The bot for whichever workspace installs it."""
    return make_bot(**OAUTH)


@pytest.fixture
def browser(several):
    with httpx.Client(base_url=several.sender.address) as client:
        yield client


def begin(browser):
    """The first request of an installation: the state that Slack is given."""
    answer = browser.get("/slack/install")
    assert 302 == answer.status_code
    (state,) = parse_qs(urlsplit(answer.headers["location"]).query)["state"]
    # httpx keeps a Secure cookie from plain http to itself; a browser of https would send it.
    browser.headers["cookie"] = answer.headers["set-cookie"].partition(";")[0]
    return state


def finish(browser, **query):
    return browser.get("/slack/oauth_redirect", params=query)


def install(slack, browser, team):
    """Install the app in *team*, from the first request to the last."""
    slack.granted[f"code-{team}"] = {
        "access_token": f"xoxb-{team}",
        "team": {"id": team, "name": f"Services <{team}>"},
        "bot_user_id": "U0BOT",
        "scope": "chat:write,commands",
    }
    return finish(browser, state=begin(browser), code=f"code-{team}")


def of_team(payload, team):
    """The same delivery from another workspace."""
    authorized = [{**payload["authorizations"][0], "team_id": team}]
    return {**payload, "team_id": team, "authorizations": authorized}


def leave(kind, team, **event):
    """The event that a workspace has taken the app out."""
    return of_team(
        {
            "type": "event_callback",
            "event_id": f"Ev{kind}{team}",
            "event": {"type": kind, **event},
            "authorizations": [{"team_id": team}],
        },
        team,
    )


def posts(slack):
    return [token for method, token in slack.tokens if method == "chat.postMessage"]


# --- installing -----------------------------------------------------------------------------


def test_the_browser_is_sent_to_slack_to_grant_the_scopes(browser, slack):
    answer = browser.get("/slack/install")

    address = urlsplit(answer.headers["location"])
    asked = parse_qs(address.query)
    assert (302, f"127.0.0.1:{slack.port}", "/oauth/v2/authorize") == (
        answer.status_code,
        address.netloc,
        address.path,
    )
    assert ["11.22"] == asked["client_id"]
    assert slack.scopes.split(",") == asked["scope"][0].split(",")
    cookie = answer.headers["set-cookie"]
    assert all(word in cookie for word in ("HttpOnly", "Secure", "SameSite=lax"))


def test_a_workspace_that_installed_the_app_is_answered_with_its_token(several, slack, browser):
    page = install(slack, browser, "T77001")
    install(slack, browser, "T3")

    several.sender.event(of_team(mention("<@U0BOT> what did Russia say?"), "T77001"))
    slack.settled(1)
    several.sender.event(of_team(direct("what did Russia say?"), "T3"))
    slack.settled(2)

    assert ["xoxb-T77001", "xoxb-T3"] == posts(slack)
    assert 200 == page.status_code
    assert "Services &lt;T77001&gt;" in page.text
    assert "default-src 'none'" == page.headers["content-security-policy"]


def test_a_workspace_that_never_installed_the_app_gets_no_call(several, slack, browser):
    install(slack, browser, "T77001")
    calls = len(slack.calls)

    status = several.sender.event(of_team(mention("<@U0BOT> what did Russia say?"), "T9"))
    several.sender.event(of_team(mention("<@U0BOT> what did Russia say?"), "T77001"))
    slack.settled(1)

    assert 200 == status.status_code
    assert {"xoxb-T77001"} == {token for _, token in slack.tokens[calls:]}


def test_a_state_counts_once_and_in_one_browser_only(slack, browser):
    install(slack, browser, "T77001")
    used = browser.headers["cookie"].partition("=")[2]
    slack.granted["another"] = {"access_token": "xoxb-T5", "team": {"id": "T5"}}

    again = finish(browser, state=used, code="another")
    respelt = used + "=="
    browser.headers["cookie"] = f"onrecord-install={respelt}"
    spelt_otherwise = finish(browser, state=respelt, code="another")
    fresh = begin(browser)
    browser.headers["cookie"] = "onrecord-install=of-another-browser"
    elsewhere = finish(browser, state=fresh, code="another")

    statuses = [answer.status_code for answer in (again, spelt_otherwise, elsewhere)]
    assert [400, 400, 400] == statuses
    assert "another" in slack.granted


def test_a_state_that_is_too_old_is_refused(slack, browser, monkeypatch):
    monkeypatch.setattr("bot.transport.oauth.STATE_TIME", -1)

    answer = install(slack, browser, "T77001")

    assert (400, ["code-T77001"]) == (answer.status_code, list(slack.granted))


def test_a_sealed_token_is_no_state(slack, browser):
    slack.granted["x"] = {"access_token": "xoxb-T5", "team": {"id": "T5"}}
    token = Fernet(KEY).encrypt(b"{}").decode()
    browser.headers["cookie"] = f"onrecord-install={token}"

    assert 400 == finish(browser, state=token, code="x").status_code


@pytest.mark.parametrize(
    ("fault", "status"),
    [
        (JSONResponse({"ok": False, "error": "invalid_code"}), 400),
        (Response(status_code=503), 400),
        ("before", 502),
    ],
)
def test_what_slack_refuses_ends_in_one_plain_page(slack, browser, fault, status):
    slack.refuse("oauth.v2.access", fault)

    answer = install(slack, browser, "T77001")

    assert status == answer.status_code
    assert "Nothing was changed." in answer.text


def test_nothing_that_a_request_brings_is_shown(slack, browser):
    nasty = "<script>alert(1)</script>"

    refused = finish(browser, error=nasty)
    denied = finish(browser, error="access_denied")
    forged = finish(browser, state=nasty, code=nasty)

    assert not any("script" in page.text for page in (refused, forged))
    assert "Slack says: access_denied." in denied.text


def test_no_token_lies_readable_in_the_state_file_or_the_log(slack, browser, tmp_path, caplog):
    caplog.set_level("DEBUG", logger="bot")
    install(slack, browser, "T77001")

    kept = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert b"xoxb-T77001" not in kept
    assert "xoxb-" not in caplog.text
    assert "client-secret" not in caplog.text


def test_one_workspace_serves_no_install_pages(make_bot):
    bot = make_bot()

    assert 404 == httpx.get(f"{bot.sender.address}/slack/install").status_code


# --- leaving --------------------------------------------------------------------------------


REVOKED = {"tokens": {"bot": ["U0BOT"]}}


def test_a_team_that_leaves_is_erased_and_asked_nothing_more(several, slack, browser, tmp_path):
    for team in ("T77001", "T3"):
        install(slack, browser, team)
        several.sender.event(of_team(mention("<@U0BOT> what did Russia say?"), team))
        slack.wait(lambda team=team: f"xoxb-{team}" in posts(slack))
    slack.settled(2)
    several.sender.event(leave("app_uninstalled", "T77001"))
    left = len(slack.calls)

    several.sender.event(of_team(mention("<@U0BOT> and Turkey?"), "T77001"))
    several.sender.event(of_team(mention("<@U0BOT> and Turkey?"), "T3"))
    slack.settled(3)

    assert {"xoxb-T3"} == {token for _, token in slack.tokens[left:]}
    assert b"T77001" not in b"".join(path.read_bytes() for path in tmp_path.iterdir())


def test_a_team_whose_token_is_revoked_is_asked_nothing_and_keeps_what_it_chose(
    several, slack, browser
):
    install(slack, browser, "T77001")
    several.sender.event(of_team(mention("<@U0BOT> what did Russia say?"), "T77001"))
    slack.settled(1)
    several.sender.event(leave("tokens_revoked", "T77001", **REVOKED))
    several.sender.event(of_team(mention("<@U0BOT> and Turkey?"), "T77001"))
    slack.settled(1)
    kept = several.query("SELECT team FROM answers")
    install(slack, browser, "T77001")
    several.sender.event(of_team(mention("<@U0BOT> and Turkey?"), "T77001"))

    assert ([("T77001",)], []) == (kept, several.query("SELECT team FROM suspended"))
    assert 2 == len(slack.settled(2))


def test_a_team_without_a_token_is_erased_after_a_month(several, slack, browser, tmp_path):
    install(slack, browser, "T77001")
    several.sender.event(of_team(mention("<@U0BOT> what did Russia say?"), "T77001"))
    slack.settled(1)
    several.sender.event(leave("tokens_revoked", "T77001", **REVOKED))

    early = teams.erase_suspended(several._state, time.time() + teams.KEPT - 60)
    late = teams.erase_suspended(several._state, time.time() + teams.KEPT + 60)

    assert ([], ["T77001"]) == (early, late)
    assert b"T77001" not in b"".join(path.read_bytes() for path in tmp_path.iterdir())


def test_the_one_workspace_of_a_revoked_token_is_unhealthy_and_says_why(slack, make_bot):
    bot = make_bot()
    before = httpx.get(f"{bot.sender.address}/healthz").status_code

    bot.sender.event(leave("tokens_revoked", "T1", **REVOKED))
    health = httpx.get(f"{bot.sender.address}/healthz")

    assert (200, 503) == (before, health.status_code)
    assert "SLACK_BOT_TOKEN" in health.json()["status"]


def test_an_answer_that_was_under_way_when_its_team_left_leaves_nothing_behind(
    several, slack, browser, tmp_path
):
    install(slack, browser, "T77001")
    several.engine.delay = 1.0
    several.sender.event(of_team(mention("<@U0BOT> what did Russia say?"), "T77001"))
    slack.wait(lambda: several.engine.asked)
    several.sender.event(leave("app_uninstalled", "T77001"))

    several.close()  # which lets it finish

    assert [] == slack.replies
    assert b"T77001" not in b"".join(path.read_bytes() for path in tmp_path.iterdir())


def test_a_person_who_revokes_their_own_token_changes_nothing(several, slack, browser):
    install(slack, browser, "T77001")

    several.sender.event(leave("tokens_revoked", "T77001", tokens={"oauth": ["U1"]}))
    several.sender.event(of_team(mention("<@U0BOT> what did Russia say?"), "T77001"))

    assert 1 == len(slack.settled(1))


def test_the_one_workspace_of_a_token_can_leave_too(slack, make_bot):
    bot = make_bot()
    bot.sender.event(leave("app_uninstalled", "T1"))

    bot.sender.event(mention("<@U0BOT> what did Russia say?"))

    assert [] == slack.settled(0)


# --- what a channel chooses -----------------------------------------------------------------


def choose(view, **picked):
    """Fill the form as a person would, and send it."""
    values = {
        block["block_id"]: {block["block_id"]: {"selected_options": picked.get(block["block_id"])}}
        for block in view["blocks"]
        if block["type"] == "input"
    }
    return {
        "type": "view_submission",
        "team": {"id": "T1"},
        "user": {"id": "U1"},
        "view": {**view, "state": {"values": values}},
    }


def interact(bot, payload):
    """Send what Slack sends when somebody uses a form."""
    return bot.sender.command({"payload": json.dumps(payload)})


def test_a_channel_chooses_whom_it_asks_about_and_how_it_is_answered(slack, make_bot):
    bot = make_bot()
    bot.sender.command(command(slack, "/said", "settings"))
    slack.wait(lambda: any(method == "views.open" for method, _ in slack.calls))
    [view] = [sent["view"] for method, sent in slack.calls if method == "views.open"]

    offered = interact(
        bot,
        {
            "type": "block_suggestion",
            "action_id": "default_parties",
            "value": "ru",
            "team": {"id": "T1"},
            "user": {"id": "U1"},
        },
    ).json()
    private = [{"text": {"type": "plain_text", "text": "…"}, "value": "private"}]
    saved = interact(
        bot, choose(view, default_parties=offered["options"], default_ways=private)
    ).json()

    assert "update" == saved["response_action"]
    slack.settled(1)  # the channel is told
    bot.sender.event(mention("<@U0BOT> what about the tank?"))
    [_, (method, sent)] = slack.settled(2)
    [(now, defaults)] = bot.engine.circumstances
    assert ("chat.postEphemeral", "U1") == (method, sent["user"])
    assert Defaults(("russia",), ()) == defaults
    assert "America/New_York" == str(now.tzinfo)


def test_the_form_shows_what_was_chosen_before(slack, make_bot, tmp_path):
    bot = make_bot()
    chosen = ChannelDefaults(("russia",), ("Harbour Post",), mention_only=True, names=("Russia",))
    state = State(tmp_path / "bot.db")
    Channels(state).choose("T1", "C1", chosen)
    state.close()

    bot.sender.command(command(slack, "/said", " Settings "))

    slack.wait(lambda: any(method == "views.open" for method, _ in slack.calls))
    [view] = [sent["view"] for method, sent in slack.calls if method == "views.open"]
    filled = {
        block["block_id"]: [option["value"] for option in block["element"]["initial_options"]]
        for block in view["blocks"]
        if block["type"] == "input" and "initial_options" in block["element"]
    }
    assert {
        "default_parties": ["russia"],
        "default_outlets": ["Harbour Post"],
        "default_ways": ["mention_only"],
    } == filled
    assert [] == slack.replies


# --- organisations --------------------------------------------------------------------------------


def of_organisation(payload, team, enterprise="E1"):
    """The same delivery from a workspace of an organisation that installed the app as a whole."""
    made = of_team(payload, team)
    [authorized] = made["authorizations"]
    whole = {**authorized, "enterprise_id": enterprise, "is_enterprise_install": True}
    return {**made, "enterprise_id": enterprise, "authorizations": [whole]}


@pytest.fixture
def organisation(slack, browser):
    """An organisation that has installed the app."""
    slack.granted["code-E1"] = {
        "access_token": "xoxb-TE1",
        "team": None,
        "enterprise": {"id": "E1", "name": "Herald"},
        "is_enterprise_install": True,
        "bot_user_id": "U0BOT",
    }
    assert 200 == finish(browser, state=begin(browser), code="code-E1").status_code


def test_a_workspace_of_an_organisation_is_answered_and_its_answers_are_corrected(
    slack, several, organisation, monkeypatch
):
    monkeypatch.setattr("bot.slack.corrections.PAUSE", 0.02)
    several.sender.event(of_organisation(mention("<@U0BOT> what did Russia say?"), "T5"))
    slack.settled(1)

    several.engine.gone.add("“We will stay,” said Ivan Marek.")
    several.engine.history.append(Revision(1, "a1", NOW, "changed", None))
    slack.settled(2)

    assert {"xoxb-TE1"} == {
        token for method, token in slack.tokens if method in ("chat.postMessage", "chat.update")
    }
    assert [("T5", "E1")] == several.query("SELECT team, enterprise FROM members")


@pytest.mark.parametrize("kind", ["app_uninstalled", "team_access_revoked"])
def test_an_organisation_that_takes_the_app_away_leaves_nothing(slack, several, organisation, kind):
    for number, team in enumerate(("T5", "T6"), 1):
        several.sender.event(of_organisation(mention("<@U0BOT> what did Russia say?"), team))
        slack.settled(number)
    kept = "SELECT DISTINCT team FROM answers ORDER BY team"
    assert [("T5",), ("T6",)] == several.query(kept)

    several.sender.event(of_organisation(leave(kind, "T5", team_ids=["T5"]), "T5"))

    gone = kind == "app_uninstalled"
    assert ([] if gone else [("T6",)]) == several.query(kept)
    assert ([] if gone else [("E1",)]) == several.query("SELECT team FROM installations")

"""
Settings, state folder, tokens, scopes, clock and port: what is wrong, each with a fix.

Nothing is posted and no secret is printed.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from email.utils import parsedate_to_datetime
from pathlib import Path
from tempfile import TemporaryFile

from slack_sdk.errors import SlackApiError

from bot.app import STATE_FILE, open_state
from bot.doctor.messages import examine_messages
from bot.encryption import Keys
from bot.manifest import OPTIONAL, scopes
from bot.server import listening
from bot.settings import BotSettings, load_bot_settings, read_bot_settings, secret, split
from bot.slack.client import BROKEN, new_token, web_client
from bot.state.installations import Installation, Installations
from index.errors import OnRecordError, SettingsError
from index.maintenance.doctor import Finding, failure, split_hint

UNREACHABLE = "Slack"

_ROOM = 1_000_000  # bytes that the state needs on the disk
_SKEW = 60  # seconds; Slack's signatures count for 300


def examine_slack(data_dir: Path | None) -> Iterator[Finding]:
    """Look at Slack's side, as the settings describe it."""
    try:
        read = read_bot_settings(data_dir=data_dir)
        named = (read.slack_bot_token, read.slack_app_token, read.slack_signing_secret)
        if not any(secret(value) for value in named) and not read.slack_client_id:
            yield Finding("Slack", "info", "not set up", "see README, “In Slack”")
            return
        settings = load_bot_settings(data_dir=data_dir)
    except SettingsError as exc:
        yield failure("Slack settings", exc)
        return
    yield Finding("Slack settings", "ok", f"tokens of the right kinds, {_mode(settings)}")
    yield from _state_folder(settings)
    try:
        findings = list(_installed(settings) if settings.oauth else _one_team(settings))
    except OnRecordError as exc:
        findings = [failure("Slack", exc)]
    yield from findings
    if any(each.check == UNREACHABLE for each in findings):
        return  # said once
    yield from _app_token(settings) if settings.mode == "socket" else _port(settings)


def _state_folder(settings: BotSettings) -> Iterator[Finding]:
    """Look whether the bot can keep its state; a file of a moment is written beside it."""
    name, path = "state folder", settings.data_dir / STATE_FILE
    folder = next((each for each in (path.parent, *path.parent.parents) if each.exists()), None)
    fix = (
        "give this account write access and some space there, or set BOT_DATA_DIR elsewhere; "
        "until then questions are answered without buttons and memory"
    )
    try:
        with TemporaryFile(dir=folder) as file:
            file.write(bytes(_ROOM))
            file.flush()
        if path.exists():
            with closing(open_state(settings)) as state:
                fault = state.fault()
        else:
            fault = ""
    except OSError as exc:
        fault = f"{path.parent} cannot be written ({exc.strerror})"
    except OnRecordError as exc:
        fault, fix = split_hint(str(exc))
    yield Finding(name, "fail" if fault else "ok", fault or str(path.parent), fix if fault else "")


def _mode(settings: BotSettings) -> str:
    transport = "Socket Mode" if settings.mode == "socket" else "HTTP"
    return f"{transport}, {'several workspaces (OAuth)' if settings.oauth else 'one workspace'}"


def _one_team(settings: BotSettings) -> Iterator[Finding]:
    token = secret(settings.slack_bot_token)
    found = list(_token(settings, token, "bot token"))
    yield from found
    if found[0].level == "ok":
        yield from examine_messages(web_client(settings), token)


def _installed(settings: BotSettings) -> Iterator[Finding]:
    """Look at each workspace that has installed the app, and at the keys of their tokens."""
    with closing(open_state(settings)) as state:
        teams = Installations(state, Keys(split(secret(settings.encryption_keys))))
        old = teams.under_old_keys()
        fix = "restart every onrecord serve: it encrypts them with the first key" if old else ""
        detail = f"{old} tokens under an old key" if old else "every token under the first key"
        yield Finding("encryption", "warn" if old else "ok", detail, fix)
        known = teams.known()
    if not known:
        yield Finding("workspaces", "info", "none yet", "open /slack/install in a browser")
    usable = ""
    for team in known:
        fix = "let the workspace install the app again: /slack/install"
        found = list(_token(settings, team.token, f"workspace {team.team}", fix))
        yield from found
        if found[0].level == "ok":
            usable = usable or team.token
        if team.enterprise and team.team == team.enterprise:
            yield from _workspaces(settings, team)
    if usable:
        yield from examine_messages(web_client(settings), usable)


def _workspaces(settings: BotSettings, whole: Installation) -> Iterator[Finding]:
    """Name the workspaces of an organisation that have the app: in the others it stays silent."""
    check = f"workspaces of {whole.name or whole.team}"
    try:
        found = web_client(settings).auth_teams_list(token=whole.token, limit=1_000)
    except SlackApiError as exc:
        yield Finding(check, "info", f"Slack answers {exc.response.get('error')}")
        return
    except BROKEN as exc:
        yield _unreachable(settings, exc)
        return
    names = sorted(str(each.get("name") or each.get("id")) for each in found.get("teams") or ())
    how = "an Org Admin adds others on the app's page, Manage workspaces"
    if names:
        yield Finding(check, "ok", f"in {', '.join(names)}; in all others it is silent: {how}")
    else:
        yield Finding(check, "warn", "the app is in none of them yet, and so it is silent", how)


def _token(settings: BotSettings, token: str, check: str, fix: str = "") -> Iterator[Finding]:
    """Ask Slack whose token it is and what it may do, and what the time is there."""
    try:
        found = web_client(settings).auth_test(token=token)
    except SlackApiError as exc:
        fault = str(exc.response.get("error"))
        yield Finding(check, "fail", f"Slack answers {fault}", fix or new_token(fault))
        return
    except BROKEN as exc:
        yield _unreachable(settings, exc)
        return
    yield Finding(check, "ok", f"{found.get('user')} in {found.get('team')}")
    headers = {name.lower(): value for name, value in found.headers.items()}
    yield from _scopes(settings, headers, check)
    yield from _clock(headers)


def _scopes(settings: BotSettings, headers: Mapping[str, str], check: str) -> Iterable[Finding]:
    """Compare the scopes that Slack granted with those that the code needs."""
    if "x-oauth-scopes" not in headers:
        return
    granted = set(split(headers["x-oauth-scopes"]))
    lacking = set(scopes(unfurl=bool(settings.unfurl_domains))) - granted
    fix = "add them under OAuth & Permissions, or paste `onrecord manifest`, and install again"
    if needed := sorted(lacking - OPTIONAL):
        yield Finding(f"{check}: scopes", "fail", f"missing {', '.join(needed)}", fix)
    elif lacking:
        detail = f"without the optional {', '.join(sorted(lacking))}"
        yield Finding(f"{check}: scopes", "info", detail, fix)
    else:
        yield Finding(f"{check}: scopes", "ok", "all granted")


def _clock(headers: Mapping[str, str]) -> Iterable[Finding]:
    """Compare the clocks: Slack's signatures count for five minutes."""
    try:
        apart = time.time() - parsedate_to_datetime(headers.get("date", "")).timestamp()
    except (TypeError, ValueError):
        return
    fits = abs(apart) <= _SKEW
    detail = "as Slack's" if fits else f"{abs(apart):.0f} s {'ahead' if apart > 0 else 'behind'}"
    fix = "" if fits else "set this machine's clock (NTP): Slack's signatures count for minutes"
    yield Finding("clock", "ok" if fits else "fail", detail, fix)


def _app_token(settings: BotSettings) -> Iterator[Finding]:
    """Ask for a Socket Mode connection, and open none."""
    fix = "make an app-level token with connections:write under Basic Information"
    try:
        web_client(settings).apps_connections_open(app_token=secret(settings.slack_app_token))
    except SlackApiError as exc:
        yield Finding("app token", "fail", f"Slack answers {exc.response.get('error')}", fix)
    except BROKEN as exc:
        yield _unreachable(settings, exc)
    else:
        yield Finding("app token", "ok", "Socket Mode may be opened")


def _port(settings: BotSettings) -> Iterator[Finding]:
    """See whether the port can be had."""
    try:
        listening(settings).close()
    except SettingsError as exc:
        fix = "nothing to do if that is onrecord serve; else end it or set PORT to another"
        yield Finding("port", "warn", str(exc).partition("; ")[0], fix)
    else:
        yield Finding("port", "ok", f"{settings.port} is free")


def _unreachable(settings: BotSettings, exc: Exception) -> Finding:
    detail = f"cannot be reached at {settings.slack_api_url} ({exc})"
    return Finding(UNREACHABLE, "fail", detail, "check the network and SLACK_API_URL")

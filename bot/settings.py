"""
Settings of the bot: ``BOT_`` names, and Slack's own names as Slack's pages print them.

An empty variable counts as missing. Tokens are secrets: no message here repeats a value of one.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from dotenv import dotenv_values
from platformdirs import user_data_path
from pydantic import AliasChoices, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.encryption import Keys
from index.errors import SettingsError
from index.settings import faulty_name, first_fault, refuse_unknown

Mode = Literal["socket", "http"]

LOOPBACK = ("localhost", "127.0.0.1", "::1")

# What stands in .env.example, and in instructions, for what is to be filled in.
_PLACEHOLDER = re.compile(r"\byour-|\.{3}|x{4}", re.IGNORECASE)
_PERSON = re.compile(r"(?:T[A-Z0-9]+/)?[UW][A-Z0-9]+")
# How Slack's tokens begin; one may be pasted under a wrong name.
_TOKEN = re.compile(r"\bx(?:ox[a-z]|app)-")


class BotSettings(BaseSettings):
    """How the bot reaches Slack and Slack reaches the bot."""

    model_config = SettingsConfigDict(
        env_prefix="BOT_",
        env_file=".env",
        env_ignore_empty=True,
        extra="ignore",
        populate_by_name=True,
    )

    # Bot token ("xoxb-…"): OAuth & Permissions, after the app is installed.
    slack_bot_token: SecretStr | None = Field(default=None, validation_alias="SLACK_BOT_TOKEN")
    # App-level token ("xapp-…") with connections:write; set, it chooses Socket Mode.
    slack_app_token: SecretStr | None = Field(default=None, validation_alias="SLACK_APP_TOKEN")
    # Signing secret (Basic Information); needed for HTTP.
    slack_signing_secret: SecretStr | None = Field(
        default=None, validation_alias="SLACK_SIGNING_SECRET"
    )
    # Client id of the Slack app; without a bot token, workspaces install the app by OAuth.
    slack_client_id: str | None = Field(default=None, validation_alias="SLACK_CLIENT_ID")
    # Client secret of the Slack app; goes with the client id.
    slack_client_secret: SecretStr | None = Field(
        default=None, validation_alias="SLACK_CLIENT_SECRET"
    )
    # Web API that every client of the bot calls; plain http only on this machine.
    slack_api_url: str = Field(default="https://slack.com/api/", validation_alias="SLACK_API_URL")
    # Port of the HTTP transport, of /healthz and of /metrics.
    port: int = Field(
        default=3000, ge=0, le=65535, validation_alias=AliasChoices("PORT", "BOT_PORT")
    )
    # Address that is listened on; "" is every one over HTTP, and this machine alone in Socket Mode.
    host: str = ""
    # Address at which this process is reached from outside, for the addresses of feeds.
    public_url: str = ""
    # Folder of the bot's own state (what was answered, threads); the index's folder by default.
    data_dir: Path = Field(
        default_factory=lambda: user_data_path("onrecord"),
        validation_alias=AliasChoices("BOT_DATA_DIR", "INDEX_DATA_DIR"),
    )
    # Questions answered at the same time.
    threads: int = Field(default=10, ge=1, le=100)
    # Questions that may wait for an answer; as many more get the reply "busy".
    queue: int = Field(default=200, ge=1, le=100_000)
    # Seconds that answers under way get when the bot is stopped; the rest waits for its start.
    drain: float = Field(default=20.0, ge=0, le=600)
    # Write each log line as a JSON object.
    log_json: bool = False
    # Seconds between two messages with alerts to one channel; what comes meanwhile is merged.
    alert_window: float = Field(default=120.0, ge=0, le=3_600)
    # Statements shown in an answer.
    limit: int = Field(default=5, ge=1, le=20)
    # Answer in channels that are shared with other organisations.
    shared_channels: bool = False
    # Keys for the tokens of workspaces, separated by commas; the first encrypts, all decrypt.
    encryption_keys: SecretStr | None = None
    # Domains of articles, separated by commas, whose links show who is quoted there.
    unfurl_domains: Annotated[tuple[str, ...], NoDecode, Field(max_length=5)] = ()

    # Hosts, separated by commas, whose links people may send to be indexed; none: nobody may.
    link_hosts: Annotated[frozenset[str], NoDecode] = frozenset()
    # Ids of channels ("C…"), separated by commas, whose links to those hosts are indexed.
    link_channels: Annotated[frozenset[str], NoDecode] = frozenset()

    # Who accepts corrections of speakers: ids of people ("U…", with several workspaces "T…/U…").
    correctors: Annotated[tuple[str, ...], NoDecode] = ()

    @field_validator("slack_api_url")
    @classmethod
    def _encrypted_unless_local(cls, value: str) -> str:
        """Refuse an address that would send the token in the clear; end it with a slash."""
        refuse_plain(value)
        return value if value.endswith("/") else value + "/"

    @field_validator("public_url")
    @classmethod
    def _bare(cls, value: str) -> str:
        """Refuse what is no address; end it without a slash."""
        if value:
            refuse_plain(value)
        return value.rstrip("/")

    @field_validator("unfurl_domains", "correctors", mode="before")
    @classmethod
    def _listed(cls, value: object) -> object:
        """Take a list that is separated by commas apart."""
        return split(value) if isinstance(value, str) else value

    @field_validator("link_hosts", "link_channels", mode="before")
    @classmethod
    def _named(cls, value: object) -> object:
        """Take a list that is separated by commas apart, without what stands around a host."""
        return frozenset(map(_host_of, split(value))) if isinstance(value, str) else value

    @field_validator("correctors")
    @classmethod
    def _people(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        """Refuse what is no id of a person."""
        if odd := [each for each in value if not _PERSON.fullmatch(each)]:
            raise ValueError(f"{odd[0]!r} is no id of a person; write U0123 or T0123/U0123")
        return value

    def correctors_of(self, team: str) -> tuple[str, ...]:
        """List who accepts corrections in a workspace; a bare id is the one workspace's."""
        split_up = [each.rpartition("/") for each in self.correctors]
        return tuple(
            user for its, _, user in split_up if its == team or (not its and not self.oauth)
        )

    @property
    def oauth(self) -> bool:
        """Whether workspaces install the app themselves: no bot token, but a client id."""
        return not secret(self.slack_bot_token) and bool(self.slack_client_id)

    @property
    def knows_slack(self) -> bool:
        """Whether anything of Slack's is set."""
        tokens = (self.slack_bot_token, self.slack_app_token, self.slack_signing_secret)
        return any(secret(token) for token in tokens) or bool(self.slack_client_id)

    @property
    def listening_on(self) -> str:
        """
        The address that is listened on.

        Over HTTP every request must carry Slack's signature, so strangers may knock. In Socket
        Mode nobody but this machine needs to: the health and the numbers are for whoever runs it.
        """
        return self.host or ("127.0.0.1" if self.mode == "socket" else "0.0.0.0")  # noqa: S104

    @property
    def mode(self) -> Mode:
        """The transport: Socket Mode where there is an app-level token, else HTTP."""
        return "socket" if self.slack_app_token is not None else "http"


def refuse_plain(url: str) -> None:
    """Raise ValueError unless *url* is encrypted, or stays on this machine."""
    parts = urlsplit(url)
    if parts.scheme in ("https", "wss") and parts.hostname:
        return
    if parts.scheme in ("http", "ws") and parts.hostname in LOOPBACK:
        return
    raise ValueError("must be an https address (http only for 127.0.0.1, ::1 and localhost)")


def load_bot_settings(**given: object) -> BotSettings:
    """
    Read the settings as `read_bot_settings`, for a bot that is to answer.

    Raises:
        SettingsError: as there, and for a token that the chosen transport needs and that is
            missing or in the wrong place.
    """
    settings = read_bot_settings(**given)
    _check_tokens(settings)
    return settings


def read_bot_settings(**given: object) -> BotSettings:
    """
    Read the settings; *given* ones win over the environment, and that over ``.env``.

    A *given* data folder is the index's: BOT_DATA_DIR, where it is set, names the bot's own.

    Raises:
        SettingsError: for a value that does not fit, or an unknown ``BOT_`` name.
    """
    refuse_unknown("BOT_", BotSettings)
    if {**dotenv_values(".env"), **os.environ}.get("BOT_DATA_DIR"):
        given.pop("data_dir", None)
    try:
        return BotSettings(**{k: v for k, v in given.items() if v is not None})  # type: ignore[arg-type]
    except ValidationError as exc:
        raise SettingsError(_fault(exc)) from exc


def _fault(exc: ValidationError) -> str:
    """Word the first fault of the bot's settings; a token of Slack is not repeated."""
    fault = exc.errors()[0]
    named = str(fault["loc"][0]).upper()
    prefix = "" if named.startswith(("SLACK_", "PORT", "BOT_", "INDEX_")) else "BOT_"
    if _TOKEN.search(repr(fault["input"])):
        name = faulty_name(prefix, exc)
        return f"setting {name}=… holds a token of Slack, which belongs elsewhere; correct it"
    return first_fault(prefix, exc)


def _check_tokens(settings: BotSettings) -> None:
    """Raise SettingsError for a token that is missing or swapped with another."""
    if settings.oauth:
        _check_oauth(settings)
    else:
        _require("SLACK_BOT_TOKEN", settings.slack_bot_token, "OAuth & Permissions")
    if settings.mode == "http":
        wanted = "Basic Information; or set SLACK_APP_TOKEN to use Socket Mode"
        _require("SLACK_SIGNING_SECRET", settings.slack_signing_secret, wanted)
    for name, token, wrong, right in (
        ("SLACK_BOT_TOKEN", settings.slack_bot_token, "xapp-", "xoxb-"),
        ("SLACK_APP_TOKEN", settings.slack_app_token, "xoxb-", "xapp-"),
    ):
        if token is not None and token.get_secret_value().startswith(wrong):
            raise SettingsError(
                f"{name} holds a token that begins with {wrong}, wanted is the one that begins "
                f"with {right}; the two are swapped"
            )
    _check_shape("SLACK_BOT_TOKEN", settings.slack_bot_token, "xoxb-")
    if settings.mode == "socket":
        _require("SLACK_APP_TOKEN", settings.slack_app_token, "Basic Information")
    _check_shape("SLACK_APP_TOKEN", settings.slack_app_token, "xapp-")


def _check_oauth(settings: BotSettings) -> None:
    """Raise SettingsError unless workspaces can install the app by OAuth."""
    if settings.mode == "socket":
        raise SettingsError(
            "SLACK_CLIENT_ID without SLACK_BOT_TOKEN is for several workspaces, which need HTTP; "
            "unset SLACK_APP_TOKEN, or set SLACK_BOT_TOKEN to serve one workspace"
        )
    if bare := [each for each in settings.correctors if "/" not in each]:
        raise SettingsError(
            f"BOT_CORRECTORS={bare[0]} names nobody's workspace; with several write T0123/{bare[0]}"
        )
    _require("SLACK_CLIENT_SECRET", settings.slack_client_secret, "Basic Information")
    Keys(split(secret(settings.encryption_keys)))


def _check_shape(name: str, token: SecretStr | None, begins: str) -> None:
    """Raise SettingsError for a token that cannot be one; its value is never repeated."""
    value = secret(token)
    if value and not (value.isascii() and value.startswith(begins)):
        raise SettingsError(
            f"{name} is no token of that kind: it begins with {begins} and holds only letters, "
            "digits and hyphens; copy it again from the Slack app's page"
        )


def _require(name: str, value: SecretStr | None, where: str) -> None:
    found = secret(value)
    if not found or _PLACEHOLDER.search(found):
        raise SettingsError(
            f"{name} is {'only a placeholder' if found else 'missing'}; copy it from the Slack "
            f"app's page ({where}) into the environment or .env"
        )


def _host_of(text: str) -> str:
    """Take a host out of "https://www.news.example/", "*.news.example"; ids stay as they are."""
    host = text.partition("://")[2] or text
    host = host.partition("/")[0].removeprefix("*.")
    return host.lower().removeprefix("www.") if "." in host else host


def split(text: str) -> tuple[str, ...]:
    """Take a list that is separated by commas apart."""
    return tuple(part.strip() for part in text.split(",") if part.strip())


def secret(value: SecretStr | None) -> str:
    """Reveal a secret; empty where there is none."""
    return value.get_secret_value().strip() if value is not None else ""

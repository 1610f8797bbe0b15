"""
Settings of the bot: ``BOT_`` names, and Slack's own names as Slack's pages print them.

An empty variable counts as missing. Tokens are secrets: no message here repeats a value of one.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from platformdirs import user_data_path
from pydantic import AliasChoices, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from index.errors import SettingsError
from index.settings import first_fault, refuse_unknown

Mode = Literal["socket", "http"]

LOOPBACK = ("localhost", "127.0.0.1", "::1")


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
    # Client id of the Slack app; read so that it cannot change the mode, not used otherwise.
    slack_client_id: str | None = Field(default=None, validation_alias="SLACK_CLIENT_ID")
    # Client secret of the Slack app; as above.
    slack_client_secret: SecretStr | None = Field(
        default=None, validation_alias="SLACK_CLIENT_SECRET"
    )
    # Web API that every client of the bot calls; plain http only on this machine.
    slack_api_url: str = Field(default="https://slack.com/api/", validation_alias="SLACK_API_URL")
    # Port of the HTTP transport.
    port: int = Field(
        default=3000, ge=0, le=65535, validation_alias=AliasChoices("PORT", "BOT_PORT")
    )
    # Address the HTTP transport listens on; every request to it must carry Slack's signature.
    host: str = "0.0.0.0"  # noqa: S104
    # Folder of the bot's own state (what was answered, threads); the index's folder by default.
    data_dir: Path = Field(
        default_factory=lambda: user_data_path("onrecord"),
        validation_alias=AliasChoices("BOT_DATA_DIR", "INDEX_DATA_DIR"),
    )
    # Questions answered at the same time.
    threads: int = Field(default=10, ge=1, le=100)
    # Statements shown in an answer.
    limit: int = Field(default=5, ge=1, le=20)
    # Answer in channels that are shared with other organisations.
    shared_channels: bool = False

    @field_validator("slack_api_url")
    @classmethod
    def _encrypted_unless_local(cls, value: str) -> str:
        """Refuse an address that would send the token in the clear; end it with a slash."""
        refuse_plain(value)
        return value if value.endswith("/") else value + "/"

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
    Read the settings; *given* ones win over the environment, and that over ``.env``.

    Raises:
        SettingsError: for a value that does not fit, an unknown ``BOT_`` name, or a token that
            the chosen transport needs and that is missing or in the wrong place.
    """
    refuse_unknown("BOT_", BotSettings)
    try:
        settings = BotSettings(**{k: v for k, v in given.items() if v is not None})  # type: ignore[arg-type]
    except ValidationError as exc:
        named = str(exc.errors()[0]["loc"][0]).upper()
        slacks = named.startswith(("SLACK_", "PORT", "BOT_", "INDEX_"))
        raise SettingsError(first_fault("" if slacks else "BOT_", exc)) from exc
    _check_tokens(settings)
    return settings


def _check_tokens(settings: BotSettings) -> None:
    """Raise SettingsError for a token that is missing or swapped with another."""
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
    _check_shape("SLACK_APP_TOKEN", settings.slack_app_token, "xapp-")


def _check_shape(name: str, token: SecretStr | None, begins: str) -> None:
    """Raise SettingsError for a token that cannot be one; its value is never repeated."""
    value = secret(token)
    if value and not (value.isascii() and value.startswith(begins)):
        raise SettingsError(
            f"{name} is no token of that kind: it begins with {begins} and holds only letters, "
            "digits and hyphens; copy it again from the Slack app's page"
        )


def _require(name: str, value: SecretStr | None, where: str) -> None:
    if value is None or not value.get_secret_value().strip():
        raise SettingsError(
            f"{name} is missing; copy it from the Slack app's page ({where}) into the "
            "environment or .env"
        )


def secret(value: SecretStr | None) -> str:
    """Reveal a secret; empty where there is none."""
    return value.get_secret_value().strip() if value is not None else ""

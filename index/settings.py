"""Settings of the engine: environment or ``.env``, names that begin with ``INDEX_``."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal

from dotenv import dotenv_values
from platformdirs import user_data_path
from pydantic import AliasChoices, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from index.errors import SettingsError
from index.sentence_links import article_link

# A long word of letters and digits that is no part of a path or an address: most likely a token
# that was pasted under a wrong name.
_TOKEN = re.compile(r"(?<![\w/.-])(?=[\w-]*\d)(?=[\w-]*[A-Za-z])[\w-]{24,}(?![\w/.-])")


# How the address of a database begins.
POSTGRES = ("postgresql://", "postgres://")


class IndexSettings(BaseSettings):
    """How and where articles are kept and read."""

    model_config = SettingsConfigDict(env_prefix="INDEX_", env_file=".env", extra="ignore")

    # Folder of the index; made when missing.
    data_dir: Path = Field(default_factory=lambda: user_data_path("onrecord"))
    # Engine of the store: sqlite, memory, or the postgresql:// address of a database.
    store: str = Field(default="sqlite", repr=False)
    # Embedding model; auto: that of the index; of a new one the fastest here, -int8 without a GPU.
    embedding_model: Literal["auto", "all-MiniLM-L6-v2", "all-MiniLM-L6-v2-int8"] = "auto"
    # What embeds: auto takes torch where there is a GPU, else onnx; torch makes no -int8 vectors.
    backend: Literal["auto", "torch", "onnx"] = "auto"
    # Longest article in characters; a longer one is refused.
    max_characters: int = Field(default=400_000, ge=1_000)
    # CPU threads of the models; 0 leaves the choice to them.
    threads: int = Field(default=0, ge=0)
    # Hosts of one's own that articles are fetched from, whatever their address and port.
    fetch_allow: Annotated[frozenset[str], NoDecode] = frozenset()

    # Folders that `onrecord watch` watches, separated by ":" (";" on Windows).
    watch: str = ""
    # Token that other programs push articles with; without one nobody may push.
    push_token: SecretStr | None = None
    # Address and port on which pushed articles are received.
    push_host: str = "127.0.0.1"
    push_port: int = Field(default=3001, ge=1, le=65_535)
    # Most requests a minute that are received.
    push_rate: int = Field(default=600, ge=1)
    # Token that programs and assistants ask with over HTTP; without one nobody may.
    api_token: SecretStr | None = None
    # Names, separated by commas, by which they reach this server, besides those of this machine.
    api_hosts: Annotated[frozenset[str], NoDecode] = frozenset()
    # Most questions a minute that are answered.
    api_rate: int = Field(default=600, ge=1)
    # Address by which people reach `serve`; set, articles without one of their own open there.
    reader_url: str = ""
    # Days after which a link to such an article opens nothing any more.
    reader_days: int = Field(default=7, ge=1, le=365)
    # Feeds that are followed besides those of feeds.opml, separated by blanks.
    feeds: Annotated[tuple[str, ...], NoDecode] = ()
    # Seconds from one look at a feed to the next.
    feed_every: float = Field(default=300.0, ge=0.1, le=86_400)
    # Entries that are taken at the first look at a feed, the newest.
    feed_first: int = Field(default=20, ge=0, le=1_000)

    # Hours after which a publication causes no alert any more.
    alert_age: float = Field(default=48.0, ge=0.1, le=8_760)
    # Hours without a new article after which that is reported; 0 for never.
    silent_after: float = Field(default=24.0, ge=0, le=8_760)

    @field_validator("store")
    @classmethod
    def _engine(cls, value: str) -> str:
        """Refuse what is no engine; an address may hold a password, so it is not repeated."""
        if value in ("sqlite", "memory") or value.startswith(POSTGRES):
            return value
        raise ValueError("sqlite, memory or postgresql://user:password@host/database were possible")

    @field_validator("push_token", "api_token")
    @classmethod
    def _something(cls, value: SecretStr | None) -> SecretStr | None:
        """Take an empty token for none: it would let everybody in."""
        return value if value is not None and value.get_secret_value().strip() else None

    @field_validator("reader_url")
    @classmethod
    def _opens(cls, value: str) -> str:
        """Refuse what nothing can be put behind to make a link; end it without a slash."""
        value = value.strip().rstrip("/")
        if value and (article_link(value) != value or any(mark in value for mark in "?#")):
            raise ValueError("this is no http or https address without user, query and fragment")
        return value

    @field_validator("feeds", mode="before")
    @classmethod
    def _addresses(cls, value: object) -> object:
        """Take a list that is separated by blanks apart: an address may hold commas."""
        return tuple(value.split()) if isinstance(value, str) else value

    @field_validator("feeds")
    @classmethod
    def _of_the_web(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        """Refuse what is no address of the web."""
        if odd := [url for url in value if not url.lower().startswith(("http://", "https://"))]:
            raise ValueError(f"{odd[0]!r} is no http or https address")
        return value

    @field_validator("fetch_allow", "api_hosts", mode="before")
    @classmethod
    def _listed(cls, value: object) -> object:
        """Take a list that is separated by commas apart."""
        if not isinstance(value, str):
            return value
        return frozenset(host.strip().lower() for host in value.split(",") if host.strip())


def load_index_settings(**given: object) -> IndexSettings:
    """
    Read the settings; *given* ones win over the environment, and that over ``.env``.

    Raises:
        SettingsError: for a value that does not fit, or an unknown ``INDEX_`` name.
    """
    refuse_unknown("INDEX_", IndexSettings)
    try:
        return IndexSettings(**{k: v for k, v in given.items() if v is not None})  # type: ignore[arg-type]
    except ValidationError as exc:
        raise SettingsError(first_fault("INDEX_", exc)) from exc


def refuse_unknown(prefix: str, model: type[BaseSettings]) -> None:
    """Raise SettingsError for a variable with *prefix* that *model* has no field for."""
    known = {f"{prefix}{name}".upper() for name in model.model_fields}
    named = sorted(name for name in _documented(prefix, model) if name.startswith(prefix))
    for name in sorted({*os.environ, *dotenv_values(".env")}):
        if name.upper().startswith(prefix) and name.upper() not in known:
            raise SettingsError(
                f"unknown setting {name}; known are {', '.join(named)}: correct or unset it"
            )


def _documented(prefix: str, model: type[BaseSettings]) -> Iterator[str]:
    """List the names by which README knows the settings of *model*."""
    for name, field in model.model_fields.items():
        alias = field.validation_alias
        if isinstance(alias, AliasChoices):
            yield str(next(each for each in alias.choices))
        else:
            yield str(alias) if alias is not None else f"{prefix}{name}".upper()


def first_fault(prefix: str, exc: ValidationError) -> str:
    """Word the first fault of a validation in one line; what may be a token is not repeated."""
    fault, name = exc.errors()[0], faulty_name(prefix, exc)
    value = repr(fault["input"])
    if "://" in value and "@" in value:
        return f"setting {name}=…: {fault['msg']}; correct or unset it"
    if _TOKEN.search(value):
        return f"setting {name}=… looks like a token, which belongs elsewhere; correct it"
    return f"setting {name}={value}: {fault['msg']}; correct or unset it"


def faulty_name(prefix: str, exc: ValidationError) -> str:
    """Name the variable of the first fault, as it is set in the environment."""
    return prefix + "_".join(str(part) for part in exc.errors()[0]["loc"]).upper()

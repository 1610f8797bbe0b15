"""Settings of the engine: environment or ``.env``, names that begin with ``INDEX_``."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Literal

from dotenv import dotenv_values
from platformdirs import user_data_path
from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from index.errors import SettingsError


class IndexSettings(BaseSettings):
    """How and where articles are kept and read."""

    model_config = SettingsConfigDict(env_prefix="INDEX_", env_file=".env", extra="ignore")

    # Folder of the index; made when missing.
    data_dir: Path = Field(default_factory=lambda: user_data_path("onrecord"))
    # Engine of the store.
    store: Literal["sqlite", "memory"] = "sqlite"
    # Embedding model; the store remembers which one made its vectors.
    embedding_model: Literal["all-MiniLM-L6-v2"] = "all-MiniLM-L6-v2"
    # Longest article in characters; a longer one is refused.
    max_characters: int = Field(default=400_000, ge=1_000)
    # CPU threads of the models; 0 leaves the choice to them.
    threads: int = Field(default=0, ge=0)


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
    for name in sorted({*os.environ, *dotenv_values(".env")}):
        if name.upper().startswith(prefix) and name.upper() not in known:
            raise SettingsError(
                f"unknown setting {name}; known are {', '.join(sorted(known))}: correct or unset it"
            )


def first_fault(prefix: str, exc: ValidationError) -> str:
    """Word the first fault of a validation in one line."""
    fault = exc.errors()[0]
    name = prefix + "_".join(str(part) for part in fault["loc"]).upper()
    return f"setting {name}={fault['input']!r}: {fault['msg']}; correct or unset it"

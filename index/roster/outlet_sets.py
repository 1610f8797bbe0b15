"""
Named sets of outlets: "in the wires".

``sets.toml`` in the data folder has a line for each, ``wires = ["Reuters", "AFP"]``. A query keeps
the set's name, with its article ("the wires"), and what is in the set is looked up when it is
answered: a watch or a channel's default follows the file.
"""

from __future__ import annotations

import logging
import re
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from threading import Lock

from index.errors import SettingsError

FILE = "sets.toml"
_LARGEST = 1_000_000  # bytes

Sets = Mapping[str, tuple[str, ...]]

log = logging.getLogger(__name__)


class OutletSets:
    """The sets as the file has them now; may be used from several threads."""

    def __init__(self, folder: Path) -> None:
        """
        Read them.

        Raises:
            SettingsError: if the file is not as it must be.
        """
        self._path = folder / FILE
        self._lock = Lock()
        self._seen = self._state()
        self._sets: Sets = read_outlet_sets(self._path)

    def current(self) -> Sets:
        """Give the sets; those before where the file has been spoilt since, with a warning."""
        with self._lock:
            seen = self._state()
            if seen != self._seen:
                self._seen = seen
                try:
                    self._sets = read_outlet_sets(self._path)
                except SettingsError as exc:
                    log.warning("%s; the sets stay as they were", exc)
            return self._sets

    def _state(self) -> tuple[int, int] | None:
        try:
            found = self._path.stat()
        except OSError:
            return None
        return found.st_mtime_ns, found.st_size


def read_outlet_sets(path: Path) -> Sets:
    """
    Read a file of sets.

    Returns:
        From the name as it is displayed ("the wires") to the outlets; empty without a file.

    Raises:
        SettingsError: if it cannot be read; says where and what would be right.
    """
    try:
        with path.open("rb") as file:
            found = tomllib.loads(file.read(_LARGEST).decode("utf-8-sig"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as exc:
        raise SettingsError(f"cannot read {path} ({exc}); {_EXAMPLE}") from exc
    for name, outlets in found.items():
        listed = isinstance(outlets, list) and outlets and all(isinstance(o, str) for o in outlets)
        if not listed or not _bare(name) or not all(outlet.strip() for outlet in outlets):
            raise SettingsError(f"{path}: {name!r} lists no outlets; {_EXAMPLE}")
    return {
        f"the {_bare(name, fold=False)}": tuple(dict.fromkeys(o.strip() for o in outlets))
        for name, outlets in found.items()
    }


def in_sets(names: Iterable[str], sets: Sets) -> frozenset[str]:
    """Put in place of each set among *names* what is in it; a set wins over an outlet so named."""
    known = {_bare(name): outlets for name, outlets in sets.items()}
    return frozenset(outlet for name in names for outlet in known.get(_bare(name), (name,)))


_EXAMPLE = 'a line is: wires = ["Reuters", "AFP"]'
_THE = re.compile(r"(?i)^the(?:\s+|$)")


def _bare(name: str, *, fold: bool = True) -> str:
    bare = _THE.sub("", " ".join(name.split()))
    return bare.casefold() if fold else bare

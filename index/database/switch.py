"""
Replace several files of a data folder as one step.

The new files lie in a folder aside, whole and on disk, before anything is touched. Then a journal
is written, in one step: before it nothing has happened, after it the rest is only moving, which
whoever opens the folder next finishes, from wherever it was interrupted. A file of which the copy
aside is gone has been put in place; any other one of its name is old. What is replaced moves into
a folder of its own, nothing is deleted. A file may belong to another folder (the bot's state):
there lies a note that leads to the journal.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from index.database.files import sync_folder, tighten, write_whole
from index.errors import StoreError

JOURNAL = "restore.json"
ASIDE = ".restoring-"
REPLACED = "replaced-"

Place = tuple[Path, str]


@dataclass(frozen=True, slots=True)
class Switch:
    """
    Which files are put in place and which are moved away, each as (its folder, its name).

    ``folder`` keeps the journal; ``name`` tells this switch from others.
    """

    folder: Path
    name: str
    new: tuple[Place, ...]
    old: tuple[Place, ...]

    def aside(self, home: Path) -> Path:
        """Return where the new files of *home* lie."""
        return home / f"{ASIDE}{self.name}"

    def replaced(self, home: Path) -> Path:
        """Return where the old files of *home* go."""
        return home / f"{REPLACED}{self.name}"

    @property
    def homes(self) -> list[Path]:
        """List the folders that take part, each once, that of the journal first."""
        return list(dict.fromkeys((self.folder, *(home for home, _ in (*self.new, *self.old)))))


def begin(switch: Switch) -> None:
    """
    Write the journal: from now on the switch is finished, whatever happens.

    Raises:
        OSError: if it cannot be written; nothing has changed then.
    """
    for home in switch.homes:
        if switch.aside(home).exists():
            sync_folder(switch.aside(home))
        if home != switch.folder:
            _write(home / JOURNAL, {"main": str(switch.folder.resolve())})
    record = {
        "name": switch.name,
        "new": [[_home(switch, home), name] for home, name in switch.new],
        "old": [[_home(switch, home), name] for home, name in switch.old],
    }
    _write(switch.folder / JOURNAL, record)


def is_pending(folder: Path) -> bool:
    """Return whether a switch of files of *folder* was interrupted."""
    return (folder / JOURNAL).exists()


def homes_of(folder: Path) -> list[Path]:
    """
    List the folders that an interrupted switch of *folder* is about.

    Raises:
        StoreError: if the journal cannot be read.
    """
    main, switch = _read(folder)
    return list(dict.fromkeys([folder, main, *(switch.homes if switch else ())]))


def finish(folder: Path) -> None:
    """
    Move what an interrupted switch has not moved yet; take it back if it never began.

    Raises:
        StoreError: if something cannot be moved; the next one to come tries again.
    """
    with _explained(folder):
        _, switch = _read(folder)
        if switch is not None:
            _move(switch)
            for home in switch.homes:
                sync_folder(home)
        for home in dict.fromkeys((*(switch.homes if switch else ()), folder)):
            (home / JOURNAL).unlink(missing_ok=True)
            sync_folder(home)
            clear(home)


def clear(folder: Path) -> None:
    """
    Remove the copies aside of a switch that never began; not while one is under way.

    What older versions have replaced, and the snapshot of the vectors, become files of this
    account alone.
    """
    for left in (*folder.glob(f"{REPLACED}*"), *folder.glob("*.faiss")):
        tighten(left)
    for left in folder.glob(f"{ASIDE}*"):
        shutil.rmtree(left, ignore_errors=True)


def _move(switch: Switch) -> None:
    waiting = {(home, name) for home, name in switch.new if (switch.aside(home) / name).exists()}
    for home, name in switch.old:
        place = (home, name)
        if (place in switch.new and place not in waiting) or not (home / name).exists():
            continue
        switch.replaced(home).mkdir(mode=0o700, exist_ok=True)
        (home / name).replace(_free(switch.replaced(home) / name))
    for home in switch.homes:
        if switch.replaced(home).exists():
            sync_folder(switch.replaced(home))
    for home, name in switch.new:
        if (home, name) in waiting:
            (switch.aside(home) / name).replace(home / name)


def _free(place: Path) -> Path:
    numbered = (place.with_name(f"{place.name}.{number}") for number in range(1, 1_000))
    return place if not place.exists() else next(path for path in numbered if not path.exists())


def _home(switch: Switch, home: Path) -> str:
    """Name a folder in the journal: a data folder may be mounted elsewhere at the next start."""
    return "" if home == switch.folder else str(home.resolve())


def _read(folder: Path) -> tuple[Path, Switch | None]:
    """Read the journal that concerns *folder*: where it lies, and what it says if it is there."""
    with _explained(folder):
        try:
            record = json.loads((folder / JOURNAL).read_bytes())
            main = Path(record.get("main", folder))
            if main != folder:
                if not is_pending(main):
                    return main, None
                record = json.loads((main / JOURNAL).read_bytes())
            new, old = (_places(main, record[key]) for key in ("new", "old"))
            return main, Switch(main, str(record["name"]), new, old)
        except FileNotFoundError:
            return folder, None
        except (ValueError, KeyError, TypeError, AttributeError) as exc:
            raise StoreError(
                f"{folder / JOURNAL} is damaged; move the files in {folder} whose folder begins "
                f"with {ASIDE} or {REPLACED} back by hand, and delete it"
            ) from exc


def _places(main: Path, listed: Sequence[Sequence[str]]) -> tuple[Place, ...]:
    return tuple((Path(home) if home else main, str(name)) for home, name in listed)


def _write(path: Path, record: Mapping[str, object]) -> None:
    write_whole(path, [json.dumps(record).encode()])


@contextmanager
def _explained(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as exc:
        raise StoreError(
            f"the restore into {folder} cannot be finished ({exc}); free space and give this "
            "account write access: the next command finishes it"
        ) from exc

"""
One indexer to a data folder.

A lock of the operating system, not a file with a process number: it is gone with the process,
however that ends.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO

from index.database.files import make_private, make_private_folder, tighten
from index.database.locking import locked
from index.errors import StoreError
from index.queue.running import LOCK

_PAUSES = (0.0, 0.05, 0.2)  # seconds before each try


@contextmanager
def only_indexer(folder: Path) -> Iterator[None]:
    """
    Be the only indexer of *folder* until the end of the block.

    Raises:
        StoreError: if another process is, or the folder cannot be written.
    """
    path = folder / LOCK
    try:
        make_private_folder(folder)
        make_private(path)
        tighten(path)
        file = path.open("a+")
    except OSError as exc:
        raise StoreError(
            f"{path} cannot be written ({exc.strerror}); give this account write access or set "
            "INDEX_DATA_DIR elsewhere"
        ) from exc
    with file, ExitStack() as stack:
        if not any(_is_alone(file, stack, pause) for pause in _PAUSES):
            file.seek(0)
            raise StoreError(
                f"another indexer (process {file.read().strip() or 'unknown'}) works on {folder}; "
                "stop it first, or set INDEX_DATA_DIR to another folder"
            )
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield


def _is_alone(file: IO[str], stack: ExitStack, pause: float) -> bool:
    """Try to lock *file* after *pause* seconds: who looks whether an indexer runs soon lets go."""
    time.sleep(pause)
    return stack.enter_context(locked(file.fileno(), wait=False))

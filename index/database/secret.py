"""A secret in the data folder, for this account alone: who has it can make what lets others in."""

from __future__ import annotations

import os
import secrets
import time
from pathlib import Path

from index.database.files import BINARY, PRIVATE_FILE, make_private_folder
from index.errors import StoreError

BYTES = 32
_PAUSES = (0.01, 0.05, 0.2)  # seconds in which another process may still be writing it


def kept_secret(path: Path, use: str) -> bytes:
    """
    Read the secret in the file *path*, or make it there.

    Args:
        path: in the data folder, which is made if it is missing.
        use: what it is for, in the messages: "feeds".

    Returns:
        `BYTES` bytes.

    Raises:
        StoreError: if it cannot be read or made, or the file holds none.
    """
    try:
        make_private_folder(path.parent)
        try:
            file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | BINARY, PRIVATE_FILE)
        except FileExistsError:
            pass
        else:
            with os.fdopen(file, "wb") as made:
                made.write(secrets.token_hex(BYTES).encode())
                made.flush()
                os.fsync(made.fileno())
        text = _read(path)
        if len(text) == 2 * BYTES:
            return bytes.fromhex(text.decode("ascii"))
    except (OSError, ValueError) as exc:
        raise StoreError(
            f"the secret of the {use}, {path}, cannot be read or made ({exc}); check the folder"
        ) from exc
    raise StoreError(f"{path} is no secret of {use}; move it away, and the addresses are new")


def _read(path: Path) -> bytes:
    for pause in _PAUSES:
        if text := path.read_bytes():
            return text
        time.sleep(pause)
    return path.read_bytes()

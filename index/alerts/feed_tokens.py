"""
The token in the address of a watch's feed, by which feed readers are let in.

It is made of the watch's number and a secret in the data folder, so nothing of it is stored, and
without the secret nobody can tell which watches there are.
"""

from __future__ import annotations

import hashlib
import hmac
from pathlib import Path

from index.database.files import sync_folder
from index.database.secret import kept_secret
from index.errors import StoreError

KEY = "feeds.key"


class FeedTokens:
    """Makes and checks the tokens of one data folder; the secret is made when it is missing."""

    def __init__(self, folder: Path) -> None:
        """
        Read the secret, or make it; it is read again for each token, since it may be replaced.

        Raises:
            StoreError: here and later, if it cannot be read or made, or is no secret.
        """
        self._folder = folder
        kept_secret(folder / KEY, "feeds")

    def token(self, number: int) -> str:
        """Make the token of the watch of that number."""
        return self._mac(f"watch:{number}")[:40]

    def is_right(self, number: int, token: str) -> bool:
        """Return whether *token* is that of the watch, in a time that says nothing of it."""
        given = token.encode(errors="replace")
        return hmac.compare_digest(self.token(number).encode(), given)

    @property
    def name(self) -> str:
        """A name of this folder's feeds, the same as long as the secret is."""
        return self._mac("name")[:16]

    def path(self, number: int) -> str:
        """Word the address of a watch's feed, without the host."""
        return f"/feeds/{number}.atom?token={self.token(number)}"

    def _mac(self, message: str) -> str:
        secret = kept_secret(self._folder / KEY, "feeds")
        return hmac.new(secret, message.encode(), hashlib.sha256).hexdigest()


def replace_secret(folder: Path) -> None:
    """
    Replace the secret of a data folder: no address of a feed that was given out is right any more.

    Raises:
        StoreError: if it cannot be replaced; then the old one stays.
    """
    path = folder / f"{KEY}.new"
    try:
        path.unlink(missing_ok=True)
        kept_secret(path, "feeds")
        path.replace(folder / KEY)
        sync_folder(folder)
    except OSError as exc:
        raise StoreError(f"{folder / KEY} cannot be replaced ({exc}); check the folder") from exc

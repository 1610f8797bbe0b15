"""
Encryption of what the bot must keep but nobody may read: the tokens of workspaces.

The first key encrypts and all decrypt, so a key is changed by putting a new one in front. A
message says which setting is wrong and never repeats a key.
"""

from __future__ import annotations

from collections.abc import Sequence

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from index.errors import SettingsError

MAKE_ONE = (
    'python -c "from cryptography.fernet import Fernet; print(Fernet.generate_key().decode())"'
)


class Keys:
    """The keys of BOT_ENCRYPTION_KEYS."""

    def __init__(self, texts: Sequence[str]) -> None:
        """
        Take the keys, the one that encrypts first.

        Raises:
            SettingsError: for no key, or one that is none.
        """
        if not texts:
            raise SettingsError(
                "BOT_ENCRYPTION_KEYS is missing: tokens of several workspaces are kept encrypted; "
                f"make a key with {MAKE_ONE}"
            )
        try:
            keys = [Fernet(text) for text in texts]
        except ValueError as exc:
            raise SettingsError(
                "BOT_ENCRYPTION_KEYS holds something that is no key (44 letters and digits that "
                f"end in =); make one with {MAKE_ONE}"
            ) from exc
        self._first = keys[0]
        self._all = MultiFernet(keys)

    def seal(self, plain: bytes) -> bytes:
        """Encrypt with the first key."""
        return self._first.encrypt(plain)

    def unseal(self, sealed: bytes, ttl: int | None = None) -> bytes | None:
        """Decrypt; None if no key fits, or it was sealed more than *ttl* seconds ago."""
        try:
            return self._all.decrypt(sealed, ttl)
        except InvalidToken:
            return None

    def is_old(self, sealed: bytes) -> bool:
        """Return whether another key than the first sealed it."""
        try:
            self._first.decrypt(sealed)
        except InvalidToken:
            return True
        return False

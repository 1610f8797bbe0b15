"""
Links that open an article on a page of ours, until a day that stands in them.

Each is signed with a secret of the data folder, over all that it says: which article, in which
version, and until when. So nothing is stored, nobody can make one or let one live longer, and a
link of another data folder is worth nothing here. It lasts to the end of a day: all links of one
day are the same.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode

from index.database.secret import kept_secret
from index.sentence_links import article_link

KEY = "reader.key"
PATH = "/article/"
_AS_IT_IS = re.compile(r"\w(?:[\w.-]*[\w-])?", re.ASCII)
_ENCODED = "~"
_DAY = re.compile(r"\d{8}", re.ASCII)
_VERSION = 12  # characters of an article's fingerprint


class Ticket(NamedTuple):
    """What a link says: an article's id, its version, and the last day, as "20180308"."""

    article_id: str
    version: str
    until: str


class ReaderLinks:
    """Makes and checks the links of one data folder."""

    def __init__(
        self,
        address: str,
        days: int,
        folder: Path,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """
        Read the secret, or make it.

        Args:
            address: by which people reach the server.
            days: how long a link opens the article.
            folder: has the secret.
            now: the clock.

        Raises:
            StoreError: if the secret cannot be read or made.
        """
        self._address = address
        self._days = days
        self._secret = kept_secret(folder / KEY, "reader's page")
        self._now = now

    def link(self, article_id: str, fingerprint: str, sentence: int) -> str | None:
        """
        Make the link to a sentence.

        Args:
            article_id: the article.
            fingerprint: of its version.
            sentence: its number in the article.

        Returns:
            The link; None where the id makes it too long to be sent.
        """
        until = self._now().astimezone(UTC).date() + timedelta(days=self._days)
        ticket = Ticket(article_id, fingerprint[:_VERSION], f"{until:%Y%m%d}")
        said = {"v": ticket.version, "until": ticket.until, "key": self._signature(ticket)}
        path = f"{PATH}{_written(article_id)}?{urlencode(said)}"
        return article_link(f"{self._address}{path}#{anchor(sentence)}")

    def ticket(self, path: str, version: str, until: str, key: str) -> Ticket | None:
        """
        Read a link, as it came back.

        Args:
            path: what names the article.
            version: the parameter "v".
            until: the parameter of that name.
            key: the signature.

        Returns:
            What it says; None for one that was never made here, or is over.
        """
        article_id = _read(path)
        if article_id is None or not _DAY.fullmatch(until):
            return None
        ticket = Ticket(article_id, version, until)
        signed = hmac.compare_digest(self._signature(ticket).encode(), _bytes(key))
        return ticket if signed and not self._is_over(ticket) else None

    def _is_over(self, ticket: Ticket) -> bool:
        return f"{self._now().astimezone(UTC):%Y%m%d}" > ticket.until

    def _signature(self, ticket: Ticket) -> str:
        # Neither version nor day can hold the character between them and the id.
        message = f"article\0{ticket.until}\0{ticket.version}\0{ticket.article_id}"
        return hmac.new(self._secret, _bytes(message), hashlib.sha256).hexdigest()[:40]


def anchor(sentence: int) -> str:
    """Name the place of a sentence on the page, by its number in the article."""
    return f"s{sentence}"


def is_version(ticket: Ticket, fingerprint: str) -> bool:
    """Return whether *ticket* was made for the version with that fingerprint."""
    return ticket.version == fingerprint[:_VERSION]


def _written(article_id: str) -> str:
    """Write an id as one part of a path, which no server on the way takes for something else."""
    if _AS_IT_IS.fullmatch(article_id):
        return article_id
    return _ENCODED + base64.urlsafe_b64encode(_bytes(article_id)).decode().rstrip("=")


def _read(part: str) -> str | None:
    if not part.startswith(_ENCODED):
        return part
    try:
        encoded = part.removeprefix(_ENCODED).encode()
        whole = encoded + b"=" * (-len(encoded) % 4)
        return base64.b64decode(whole, b"-_", validate=True).decode("utf-8", "surrogatepass")
    except (ValueError, binascii.Error):
        return None


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")

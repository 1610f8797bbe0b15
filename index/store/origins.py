"""What a store owes about whose its articles are (`index.origins`)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple, Protocol

from index.origins import speaks_for


class Claim(NamedTuple):
    """An article, stored or gone, and whose it is; *origin* is None if it came by hand."""

    article_id: str
    origin: str | None


class Origins(Protocol):
    """Whose the articles of a store are; remembered also of those that have gone."""

    def owner(self, article_id: str) -> str | None:
        """Find whose the article with this id is; None if it came by hand, or never."""

    def claims(self, given_id: str) -> list[Claim]:
        """List the articles, stored or gone, to which their origin gave this id, oldest first."""

    def at_address(self, url: str | None) -> list[Claim]:
        """List the stored articles with this address, however it is spelt, oldest first."""

    def other_versions(self, article_id: str) -> list[Claim]:
        """
        List the stored articles of other origins with the id or the address of this one.

        Those with the very same text are left out. Empty for an article that is not stored.
        """

    def adopt(self, origins: Mapping[str, str]) -> int:
        """
        Note whose articles are that an older version stored, which recorded nothing of it.

        Args:
            origins: by the id of the article.

        Returns:
            How many were noted; 0 for an index that this was done for, or that needs none.
        """


def article_at(origins: Origins, url: str | None) -> str | None:
    """Find the article with this address: of several that of the address's site, or the oldest."""
    claims = origins.at_address(url)
    own = [claim for claim in claims if claim.origin and speaks_for(claim.origin, url)]
    return next((claim.article_id for claim in [*own, *claims]), None)

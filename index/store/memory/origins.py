"""Whose the articles of a store in memory are; ``sqlite.origins`` is its twin on disk."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from threading import RLock

from index.store.memory.history import History
from index.store.memory.verify import Entry
from index.store.origins import Claim
from index.text.urls import canonical_url
from index.types import IndexedArticle


class MemoryOrigins:
    """
    `Origins` without files.

    Args:
        stored: gives the entries by id, in the order in which they came, and the history.
        lock: the store's own.
    """

    def __init__(
        self, stored: Callable[[], tuple[Mapping[str, Entry], History]], lock: RLock
    ) -> None:
        self._stored = stored
        self._lock = lock
        self._known: dict[str, tuple[str | None, str]] = {}

    def note(self, article_id: str, origin: str | None, given_id: str | None) -> None:
        """Remember whose an article is; one that names no origin keeps the one it has."""
        if origin is not None or given_id is not None:
            with self._lock:
                self._known[article_id] = (origin, given_id or article_id)

    def with_origin(self, item: IndexedArticle) -> IndexedArticle:
        """Give an article with the origin that is remembered of it."""
        with self._lock:
            origin, given = self._known.get(item.article.id, (None, item.article.id))
        given_id = given if given != item.article.id else None
        return replace(item, article=replace(item.article, origin=origin, given_id=given_id))

    def owner(self, article_id: str) -> str | None:
        """Find whose the article with this id is."""
        with self._lock:
            return self._known.get(article_id, (None, ""))[0]

    def claims(self, given_id: str) -> list[Claim]:
        """List the articles, stored or gone, to which their origin gave this id."""
        entries, history = self._stored()
        with self._lock:
            found = [
                Claim(name, origin)
                for name, (origin, given) in self._known.items()
                if given == given_id
            ]
            was_there = given_id in entries or history.last_of(given_id) is not None
            if given_id not in self._known and was_there:
                found.append(Claim(given_id, None))
        return sorted(found, key=lambda claim: (len(claim.article_id), claim.article_id))

    def at_address(self, url: str | None) -> list[Claim]:
        """List the stored articles with this address, oldest first."""
        address = canonical_url(url)
        entries, _ = self._stored()
        return [
            Claim(name, self.owner(name))
            for name, entry in entries.items()
            if address is not None and canonical_url(entry.item.article.url) == address
        ]

    def other_versions(self, article_id: str) -> list[Claim]:
        """List the stored articles of other origins with the id or the address of this one."""
        entries, _ = self._stored()
        if article_id not in entries:
            return []
        own = entries[article_id].item.article
        with self._lock:
            given = self._known.get(article_id, (None, article_id))[1]
        near = {claim.article_id for claim in [*self.claims(given), *self.at_address(own.url)]}
        return [
            Claim(name, self.owner(name))
            for name, entry in entries.items()
            if name in near - {article_id} and entry.item.article.text != own.text
        ]

    def adopt(self, origins: Mapping[str, str]) -> int:
        """Do nothing: no older version has stored anything here."""
        return 0

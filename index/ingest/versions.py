"""
Which version of an article counts: what is unchanged, older, withdrawn, or not to be read yet.

Versions arrive in any order: a queue that was off, a feed that repeats itself, a file copied
again. A version is dated by when its publisher made it, else by when the article appeared;
where either has no date, the one that comes later counts.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Literal, NamedTuple

from index.store import Store
from index.store.codec import fingerprint
from index.text.urls import canonical_url
from index.types import Article, IndexedArticle, Withdrawal

Standing = Literal["unchanged", "older", "withdrawn", "held"]


class Verdict(NamedTuple):
    """Why an article is not indexed now; ``told`` is a clause for people."""

    standing: Standing
    told: str | None = None


def judge(article: Article, store: Store, *, manual: bool) -> Verdict | None:
    """
    Say why *article* must not be stored now; None if it is to be stored.

    Args:
        manual: somebody asked for this very article: it comes back though it was withdrawn.
    """
    if store.fingerprint(article.id) == fingerprint(article):
        return Verdict("unchanged")
    until = article.embargoed_until
    if until is not None and until > datetime.now(UTC):
        return Verdict("held", f"held until {_said(until)}; `onrecord watch` indexes it then")
    stored = held_version(article, store)
    if stored is not None:
        return _against(stored.article, article)
    last = store.last_revision(article)
    if manual or last is None or last.what != "withdrawn" or _after(dated(article), last.at):
        return None
    told = f"withdrawn at {_said(last.at)} ({last.reason}); `onrecord add` brings it back"
    return Verdict("withdrawn", told)


def judge_withdrawal(withdrawal: Withdrawal, store: Store) -> Verdict | None:
    """Say why a withdrawal is void: the version in the store came after it."""
    held = store.get(withdrawal.id)
    if held is None or withdrawal.at is None or not _after(dated(held.article), withdrawal.at):
        return None
    return Verdict("older", f"a newer version came after it was withdrawn {_said(withdrawal.at)}")


def newest_of_each(articles: Iterable[Article]) -> list[Article]:
    """Keep the newest version of each id: by date, else the last."""
    newest: dict[str, Article] = {}
    for article in articles:
        held = newest.get(article.id)
        if held is None or not _after(dated(held), dated(article)):
            newest[article.id] = article
    return list(newest.values())


def dated(article: Article) -> datetime | None:
    """Tell when this version was made, as far as its publisher says."""
    return article.revised_at or article.published_at


def held_version(article: Article, store: Store) -> IndexedArticle | None:
    """Fetch the version that *article* would replace; None if there is none."""
    name = article.id
    if canonical_url(article.url) and store.fingerprint(name) is None:
        name = store.article_of_url(article.url or "") or name
    return store.get(name)


def _against(stored: Article, article: Article) -> Verdict | None:
    if _after(dated(stored), dated(article)):
        told = f"the index holds the version of {_said(dated(stored))}; --again stores this one"
        return Verdict("older", told)
    same = fingerprint(replace(article, id=stored.id, url=stored.url)) == fingerprint(stored)
    if stored.id != article.id and same:
        return Verdict("unchanged", f"the index holds it as {stored.id}")
    return None


def _after(one: datetime | None, other: datetime | None) -> bool:
    return one is not None and other is not None and one > other


def _said(moment: datetime | None) -> str:
    return "" if moment is None else f"{moment:%Y-%m-%d %H:%M} UTC"

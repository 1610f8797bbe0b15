"""
Which version of an article counts: what is unchanged, older, withdrawn, or under embargo.

Versions arrive in any order: a queue that was off, a feed that repeats itself, a file copied
again. A version is dated by when its publisher made it, else by when the article appeared;
where either has no date, the one that comes later counts.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final, Literal, NamedTuple

from index.ingest.placing import is_said_by, others_of
from index.origins import may_replace, word_origin
from index.store import Store
from index.store.codec import fingerprint
from index.text.date_format import minute_utc
from index.text.urls import canonical_url
from index.types import Article, IndexedArticle, Withdrawal

Standing = Literal["unchanged", "older", "withdrawn", "held"]
# As queue and command line have always spelt it.
EMBARGOED: Final = "held"


class Verdict(NamedTuple):
    """Why an article is not indexed now; ``note`` is a clause for people."""

    standing: Standing
    note: str | None = None


def judge(article: Article, store: Store, *, manual: bool) -> Verdict | None:
    """
    Say why *article* must not be stored now; None if it is to be stored.

    Args:
        article: under the id that the index keeps it by (`index.ingest.placing`).
        manual: somebody asked for this very article: it comes back though it was withdrawn.
    """
    if store.fingerprint(article.id) == fingerprint(article):
        return Verdict("unchanged")
    until = article.embargoed_until
    if until is not None and until > datetime.now(UTC):
        return Verdict(
            EMBARGOED, f"held until {minute_utc(until)}; `onrecord watch` indexes it then"
        )
    stored = stored_version(article, store)
    if stored is not None:
        return _against(stored.article, article)
    last = store.last_revision(article)
    if manual or last is None or last.what != "withdrawn" or _after(dated(article), last.at):
        return _already_said(article, store)
    note = f"withdrawn at {minute_utc(last.at)} ({last.reason}); `onrecord add` brings it back"
    return Verdict("withdrawn", note)


def judge_withdrawal(withdrawal: Withdrawal, store: Store) -> Verdict | None:
    """Say why a withdrawal is void: the version in the store came after it."""
    stored = store.get(withdrawal.id)
    if stored is None or withdrawal.at is None or not _after(dated(stored.article), withdrawal.at):
        return None
    return Verdict(
        "older", f"a newer version came after it was withdrawn {minute_utc(withdrawal.at)}"
    )


def newest_of_each(articles: Iterable[Article]) -> list[Article]:
    """Keep the newest version of each id: by date, else the last."""
    newest: dict[str, Article] = {}
    for article in articles:
        best = newest.get(article.id)
        if best is None or not _after(dated(best), dated(article)):
            newest[article.id] = article
    return list(newest.values())


def dated(article: Article) -> datetime | None:
    """Return when this version was made, as far as its publisher says."""
    return article.revised_at or article.published_at


def stored_version(article: Article, store: Store) -> IndexedArticle | None:
    """Fetch the version that *article* would replace; None if there is none."""
    return store.get(replaced_at_address(article, store) or article.id)


def replaced_at_address(article: Article, store: Store) -> str | None:
    """Return the other id under which the store has what *article* replaces; None if none."""
    if (address := canonical_url(article.url)) and store.fingerprint(article.id) is None:
        for claim in store.origins.at_address(article.url):
            if may_replace(claim.origin, article.origin, address):
                return claim.article_id
    return None


def _already_said(article: Article, store: Store) -> Verdict | None:
    """Say of a copy of what another origin published at its own address that it is there."""
    for claim in others_of(article, store):
        stored = store.get(claim.article_id)
        if stored is not None and is_said_by(article, stored.article):
            where = f"{claim.article_id} ({word_origin(claim.origin)})"
            return Verdict("unchanged", f"the index holds it as {where}")
    return None


def _against(stored: Article, article: Article) -> Verdict | None:
    if _after(dated(stored), dated(article)):
        note = (
            f"the index holds the version of {minute_utc(dated(stored))}; --again stores this one"
        )
        return Verdict("older", note)
    same = fingerprint(replace(article, id=stored.id, url=stored.url)) == fingerprint(stored)
    if stored.id != article.id and same:
        return Verdict("unchanged", f"the index holds it as {stored.id}")
    return None


def _after(one: datetime | None, other: datetime | None) -> bool:
    return one is not None and other is not None and one > other

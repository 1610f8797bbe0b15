"""
What is on record of a statement now, whatever became of its article since it was found.

While one article holds the statement it is on record, whichever outlet took it back. An article
that gives it other words by the same speaker corrects it, also where others still carry the old.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from index.alerts.records import Alert
from index.answers.search.duplicates import same_wording
from index.text.words import words
from index.types import Label, Quote

CORRECTED = Label("corrected")


class Articles(Protocol):
    """Whoever knows what articles say now: the index."""

    def still_said(
        self, article_id: str, text: str, *, speaker: str | None, url: str | None = None
    ) -> bool:
        """Return whether an article still holds a sentence, word for word, by that speaker."""

    def reworded(self, place: str, text: str, speaker: str | None, url: str | None) -> str | None:
        """Find what that speaker now says in the article instead, if anything."""

    def changed_at(self, article_id: str) -> datetime | None:
        """Find when something last became of an article."""


@dataclass(frozen=True, slots=True)
class Standing:
    """
    A statement as it stands now.

    ``quotes`` are its sentences as an article has them; those that were found, where none has.
    ``now`` is the statement in the other words of the article that was found, where these correct
    it. ``also_in`` names the other outlets that carry ``quotes`` still.
    """

    quotes: tuple[Quote, ...]
    said: bool
    now: tuple[Quote, ...] = ()
    also_in: tuple[str, ...] = ()

    @property
    def words(self) -> tuple[Quote, ...]:
        """What its speaker is on record with now; empty for nothing."""
        return self.now or (self.quotes if self.said else ())


def standing(alert: Alert, articles: Articles, others: Iterable[Alert] = ()) -> Standing:
    """
    Find what is on record of the statement of *alert* now.

    Args:
        alert: as it is kept.
        articles: knows what is still said.
        others: of the same article; what they found is no other wording of this.

    Raises:
        StoreError: if an article cannot be read.
    """
    carriers = [quotes for quotes in alert.carriers if _is_said(quotes, articles)]
    if _is_said(alert.quotes, articles):
        return Standing(alert.quotes, True, (), _outlets(alert, alert.quotes, carriers))
    now = _reworded(alert, articles, others)
    if not now or same_wording(_tokens(alert.quotes), _tokens(now)):
        for quotes in carriers:
            if same_wording(_tokens(alert.quotes), _tokens(quotes)):
                return Standing(quotes, True, (), _outlets(alert, quotes, carriers))
    return Standing(alert.quotes, False, now, _outlets(alert, alert.quotes, carriers))


def _is_said(quotes: Sequence[Quote], articles: Articles) -> bool:
    return all(
        articles.still_said(quote.article_id, quote.text, speaker=quote.speaker, url=quote.url)
        for quote in quotes
    )


def _reworded(alert: Alert, articles: Articles, others: Iterable[Alert]) -> tuple[Quote, ...]:
    """Give the statement in the words that its article has now; nothing where it has none."""
    known = {
        quote.text
        for each in others
        if each.statement != alert.statement and each.article == alert.article
        for quote in each.quotes
    }
    found: dict[str, Quote] = {}
    for quote in alert.quotes:
        if _is_said([quote], articles):
            found[quote.text] = quote
            continue
        now = articles.reworded(quote.article_id, quote.text, quote.speaker, quote.url)
        if now is not None and now not in known and now not in found:
            found[now] = _in_other_words(quote, now)
    return tuple(found.values())


def _in_other_words(quote: Quote, text: str) -> Quote:
    """Give a quote its new words; where they stand is not known, so it has no link to them."""
    labels = (*(label for label in quote.labels if label != "continues"), CORRECTED)
    return replace(
        quote, text=text, start=0, end=0, content=(), source=None, cue=None, fragment="",
        labels=labels,
    )  # fmt: skip


def _outlets(
    alert: Alert, shown: Sequence[Quote], carriers: Sequence[tuple[Quote, ...]]
) -> tuple[str, ...]:
    """Name the other outlets that carry what is *shown*."""
    places = {quotes[0].outlet for quotes in alert.carriers}
    by_name_alone = [name for name in alert.also_in if name not in places]
    mine = _tokens(shown)
    carrying = (q[0].outlet for q in carriers if same_wording(mine, _tokens(q)))
    named = dict.fromkeys((*by_name_alone, *carrying))
    return tuple(name for name in named if name and name != shown[0].outlet)


def _tokens(quotes: Sequence[Quote]) -> list[str]:
    return words(" ".join(quote.text for quote in quotes))

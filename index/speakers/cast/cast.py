"""Who and what one article is about, as every later step reads it. No I/O."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from index.speakers.cast.country import Countries
from index.speakers.cast.organisations import Organisations
from index.speakers.cast.people import People
from index.speakers.gazetteer.tables import Tables
from index.types import Article, Evidence


@dataclass(frozen=True, slots=True)
class Cast:
    """What every decision needs: the article, its people, organisations, countries, the tables."""

    article: Article
    people: People
    tables: Tables
    organisations: Organisations
    countries: Countries

    @property
    def day(self) -> date | None:
        """The article's day, None if it has no date."""
        return self.article.published_at.date() if self.article.published_at else None

    def evidence_of(self, text: str) -> Evidence:
        """Make evidence of a wording of this article."""
        article = self.article
        return Evidence(text, "article", article.id, article.outlet, article.published_at)

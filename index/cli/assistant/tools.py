"""Ask the index, and lay out what it says as results; nothing is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from index.checking.checked import Checked
from index.cli.assistant import results
from index.cli.checking import checked_record
from index.cli.paging import is_cut, statements_in
from index.cli.records import attributions_record, coverage_record, quote_record
from index.core import Index
from index.errors import QuestionError
from index.questions.overrides import Overrides
from index.text.date_format import iso_moment
from index.types import Briefing, Query, Quote

MOST = 50  # quotes at once
LONGEST_QUESTION = 2_000  # characters
LONGEST_DRAFT = 200_000


class Tools:
    """What an assistant may ask, each answered by a result."""

    def __init__(self, index: Index) -> None:
        """
        Open the doors.

        Args:
            index: is asked from several threads.
        """
        self._index = index

    def who_said(
        self,
        question: str,
        since: str | None,
        until: str | None,
        outlets: list[str],
        filters: str | None,
        limit: int,
    ) -> results.Answer:
        """Answer a question; what cannot be understood is an abstention with the reason."""
        try:
            query = self._index.parse(_short(question))
            typed = Overrides(since=since, until=until, filters=filters)
            query = self._index.override(query, typed) if since or until or filters else query
            if outlets:
                query = replace(query, outlet=outlets[0], other_outlets=tuple(outlets[1:]))
            found = self._index.answer_query(query, limit=_limit(limit))
            cut = is_cut(self._index, found, _limit(limit))
        except QuestionError as exc:
            return self._misunderstood(question, str(exc))
        return self._answer(question, found, self._index.describe(found.query), cut)

    def brief(self, topic: str, since: str | None, limit: int) -> results.Answer:
        """Gather who said what on a topic; an empty topic takes all."""
        try:
            begin = self._since(since) if since else None
            found = self._index.digest(_short(topic), since=begin, limit=_limit(limit))
        except QuestionError as exc:
            return self._misunderstood(topic, str(exc))
        return self._answer(topic, found, self._index.describe(found.query), _is_short(found))

    def _since(self, typed: str) -> datetime | None:
        return self._index.override(Query(text=""), Overrides(since=typed)).since

    def quoted_in(self, url: str) -> results.Answer:
        """List who is quoted in the article with that address."""
        found = self._index.quoted_in(_short(url), limit=MOST)
        if found is None:
            return self._misunderstood(url, "no article with that address is on record")
        return self._answer(url, found, "", _is_short(found))

    def verify_quotation(self, text: str, speaker: str | None) -> results.Report:
        """Check one quotation."""
        return _report([self._index.check_quotation(_short(text), speaker)])

    def check_draft(self, text: str) -> results.Report:
        """Check all quotations of a draft; one that is too long is refused."""
        if len(text) > LONGEST_DRAFT:
            raise QuestionError(f"a draft has {LONGEST_DRAFT:,} characters at most")
        return _report(self._index.check(text))

    def coverage(self) -> results.Coverage:
        """Say how much is indexed."""
        return results.Coverage(**coverage_record(self._index.stats()))

    def parties(self) -> list[str]:
        """List the parties on record."""
        return list(self._index.suggest("party", "", limit=1_000))

    def article(self, article_id: str) -> dict[str, Any] | None:
        """Lay out an article's metadata and statements, never its text; None if unknown."""
        item = self._index.store.get(article_id)
        if item is None:
            return None
        article = item.article
        return {
            "title": article.title,
            "outlet": article.outlet,
            "url": article.url,
            "published_at": iso_moment(article.published_at),
        } | attributions_record(item)

    def _misunderstood(self, question: str, reason: str) -> results.Answer:
        return results.Answer(
            question=question,
            understood="",
            abstained=True,
            reason=reason,
            quotes=[],
            coverage=self.coverage(),
        )

    def _answer(self, question: str, found: Briefing, understood: str, cut: bool) -> results.Answer:
        return results.Answer(
            question=question,
            understood=understood,
            abstained=found.abstained,
            reason=found.reason,
            quotes=[_quote(quote) for quote in found.quotes],
            nearest=[_quote(quote) for quote in found.nearest],
            total=found.total,
            cut=cut,
            coverage=results.Coverage(**coverage_record(found.coverage)),
        )


def _quote(quote: Quote) -> results.Quote:
    return results.Quote(**quote_record(quote))


def _is_short(found: Briefing) -> bool:
    return statements_in(found) < found.total


def _report(found: Sequence[Checked]) -> results.Report:
    counts: Counter[str] = Counter(one.verdict for one in found if one.verdict)
    checked = [results.Checked(**checked_record(one)) for one in found]
    return results.Report(counts=dict(counts), checked=checked)


def _short(text: str) -> str:
    if len(text) > LONGEST_QUESTION:
        raise QuestionError(f"a question has {LONGEST_QUESTION:,} characters at most")
    return text


def _limit(limit: int) -> int:
    return max(1, min(limit, MOST))

"""
Whom the articles in memory quote, how often and for whom.

What is counted is the same as in SQL (``sqlite.speaker_counts``): the two stand side by side in
one suite of tests.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from index.store import SpeakerVariant
from index.store.known_speakers import known_parties, spoken_for
from index.types import IndexedArticle, Party

_Wording = tuple[str, str, str | None, tuple[Party, ...]]


def speaker_variants(items: Iterable[IndexedArticle]) -> list[SpeakerVariant]:
    """List everybody who is quoted, each wording apart, with its statements and the newest."""
    counts: Counter[_Wording] = Counter()
    newest: dict[_Wording, datetime] = {}
    for item in items:
        published = item.article.published_at
        for statement in item.statements:
            if (speaker := statement.speaker) is None:
                continue
            wording = (speaker.key, speaker.name, speaker.role, speaker.parties)
            counts[wording] += 1
            if published is not None:
                newest[wording] = max(newest.get(wording, published), published)
    return [SpeakerVariant(*wording, n, newest.get(wording)) for wording, n in counts.items()]


def count_parties(
    items: Iterable[IndexedArticle], since: datetime | None = None
) -> list[tuple[Party, int]]:
    """Count the statements of parties, as ``Store.parties`` promises."""
    counts = Counter(
        party
        for item in items
        if since is None or ((at := item.article.published_at) is not None and at >= since)
        for statement in item.statements
        for party in spoken_for(statement.speaker)
    )
    return known_parties(counts.items())

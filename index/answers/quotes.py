"""
Make the quotes that are shown: verbatim, or not at all.

A quote is a whole sentence, sliced out of the stored article and compared with it once more
when the briefing is made. Spans of a statement may reach over several sentences; those of a
quote are clipped to its own.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import replace

from index.answers.captions import names_party, stance_of
from index.answers.fragments import text_fragment
from index.answers.search.carriers import witnesses_of
from index.answers.search.duplicates import UniqueMatch
from index.errors import StoreError
from index.labels import CONTINUES, OTHER_MATTER
from index.speakers.gazetteer.tables import Tables
from index.types import Article, IndexedArticle, Label, Party, Quote, Sentence, Span, Statement
from index.witnesses import Witnesses


def make_quotes(
    folded: UniqueMatch,
    wanted: frozenset[str] = frozenset(),
    tables: Tables | None = None,
    labels: Sequence[Label] = (),
) -> list[Quote]:
    """
    Make one quote for each sentence of a statement.

    Args:
        folded: the statement, and the outlets that copied it.
        wanted: party keys that were asked for; of a speaker's parties, one of them is shown.
        tables: the parties as they are displayed; None takes names as the article has them.
        labels: labels beside the statement's own.

    Raises:
        StoreError: if a sentence lies outside its article.
    """
    found, before = folded.shown, -2
    labels = (*labels, *folded.labels)
    if not found.sure:
        labels = (*labels, OTHER_MATTER)
    party = _party(found.statement, wanted, tables.parties if tables else {})
    witnesses = witnesses_of(folded.copies) if folded.also_in else None
    quotes: list[Quote] = []
    for at in found.sentences:
        follows = at == before + 1 and bool(quotes)
        shown = (*labels, CONTINUES) if follows else tuple(labels)
        quotes.append(
            _quote(found.item, found.item.sentences[at], found.statement, found.score, shown,
                   folded.also_in, witnesses, party, tables)
        )  # fmt: skip
        before = at
    return quotes


class QuoteMaker:
    """Makes the quotes of one article's statements, each once for all questions that show it."""

    def __init__(self, tables: Tables) -> None:
        """Display parties as *tables* name them."""
        self._tables = tables
        self._made: dict[tuple[int, tuple[int, ...], frozenset[str], bool], list[Quote]] = {}

    def make(self, found: UniqueMatch, wanted: frozenset[str]) -> tuple[Quote, ...]:
        """Make the quotes of a statement; the arguments are those of `make_quotes`."""
        shown, speaker = found.shown, found.speaker
        asked = wanted & {party.key for party in speaker.parties} if speaker else frozenset[str]()
        key = shown.number, shown.sentences, asked, shown.sure
        if key not in self._made:
            self._made[key] = make_quotes(found, wanted, self._tables)
        return tuple(replace(quote, score=shown.score) for quote in self._made[key])


def _quote(
    item: IndexedArticle,
    sentence: Sentence,
    statement: Statement | None,
    score: float,
    labels: Sequence[Label],
    also_in: tuple[str, ...],
    witnesses: Witnesses | None,
    party: str | None,
    tables: Tables | None,
) -> Quote:
    """Make the quote of one sentence of a statement; *statement* None for the article's own."""
    article = item.article
    speaker = statement.speaker if statement else None
    made = statement.attribution if statement else None
    source = made.source[0] if made and made.source else None
    cue = made.cue[0] if made and made.cue else None
    name, role = (speaker.name, speaker.role) if speaker else (None, None)
    text = article.text[sentence.start : sentence.end]
    quote = Quote(
        article_id=article.id,
        start=sentence.start,
        end=sentence.end,
        text=text,
        speaker=name,
        role=role,
        party=party,
        kind=made.kind if made else "direct",
        labels=tuple(dict.fromkeys((*(statement.labels if statement else ()), *labels))),
        source=source,
        cue=cue,
        content=clipped(made.content if made else (), sentence),
        outlet=article.outlet,
        published_at=article.published_at,
        url=article.url,
        score=score,
        title=article.title,
        also_in=also_in,
        witnesses=witnesses,
        evidence=speaker.evidence if speaker else (),
        cue_text=article.text[cue.start : cue.end] if cue else None,
        source_text=article.text[source.start : source.end] if source else None,
        stance=stance_of(text, sentence.start, cue),
        names_party=tables is not None and names_party(name, role, party, tables),
        fragment=_fragment(article, sentence),
        page=bisect_right(article.pages, sentence.start) or None,
    )
    return checked(quote, item)


def _fragment(article: Article, sentence: Sentence) -> str:
    if not article.url:
        return ""
    return text_fragment(article.text, sentence.start, sentence.end, article.title)


def checked(quote: Quote, item: IndexedArticle) -> Quote:
    """
    Return *quote* if the article holds it verbatim at its place.

    Raises:
        StoreError: if it does not; the store is damaged.
    """
    text = item.article.text
    inside = 0 <= quote.start < quote.end <= len(text)
    if not inside or text[quote.start : quote.end] != quote.text:
        raise StoreError(
            f"article {quote.article_id!r} has no such sentence at {quote.start}:{quote.end}; "
            f"run `onrecord doctor`, or add the article again"
        )
    return quote


def clipped(spans: Sequence[Span], sentence: Sentence) -> tuple[Span, ...]:
    """Cut *spans* to *sentence*; those outside are left out."""
    cut = (Span(max(s.start, sentence.start), min(s.end, sentence.end)) for s in spans)
    return tuple(span for span in cut if span.start < span.end)


def _party(
    statement: Statement | None, wanted: frozenset[str], names: Mapping[str, Party]
) -> str | None:
    """Choose the party shown with a statement: the one asked for, else the nearest."""
    if statement is None or statement.speaker is None or not statement.speaker.parties:
        return None
    parties = statement.speaker.parties
    party = next((p for p in parties if p.key in wanted), parties[0])
    return names.get(party.key, party).name

"""
Nouns to rows and back, and what a store checks before it keeps an article.

Times are kept as whole microseconds since 1970 in UTC: a float would lose the last digits.
A statement goes into one JSON text whole; the columns beside it are only for finding it.
"""

from __future__ import annotations

import hashlib
import json
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache, partial
from operator import attrgetter
from typing import Any, NamedTuple, overload

from index.errors import ArticleError
from index.labels import NOT_SAID
from index.types import (
    Article,
    Attribution,
    Evidence,
    IndexedArticle,
    Introduction,
    Label,
    Mark,
    Party,
    Sentence,
    Span,
    Speaker,
    Statement,
)

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_START, _END = attrgetter("start"), attrgetter("end")
# Articles are decoded by the dozen for one question: as `Span._make`, in a third of the time.
_span = partial(tuple.__new__, Span)
# As labels were worded in articles that were indexed before.
_REWORDED = {"told as not said": NOT_SAID}


class Outline(NamedTuple):
    """Of a statement the spans of its content, and the key of its speaker, if it has one."""

    content: Sequence[Sequence[int]]
    speaker: str | None


def fingerprint(article: Article) -> str:
    """Hash all fields of *article* (SHA-256, hexadecimal)."""
    fields = [
        article.id,
        article.title,
        article.text,
        article.outlet,
        article.url,
        to_micros(article.published_at),
    ]
    # Left out where they say nothing: an article stored before there were details is unchanged.
    if details := encode_details(article):
        fields.append(details)
    return hashlib.sha256(_dump(fields).encode()).hexdigest()


def encode_details(article: Article) -> str | None:
    """Write what is seldom known, from the byline to the marks of an interview, as JSON."""
    details: list[object] = [
        article.byline,
        to_micros(article.embargoed_until),
        article.note,
        article.rights,
        to_micros(article.revised_at),
    ]
    if article.pages or article.marks:
        details.append(article.pages)
    if article.marks:
        details.append(article.marks)
    return None if details == [None] * len(details) else _dump(details)


def decode_details(body: str | None) -> dict[str, Any]:
    """Read back what `encode_details` wrote, as fields of an Article."""
    if body is None:
        return {}
    byline, embargoed_until, note, rights, revised_at, *more = json.loads(body)
    return {
        "byline": byline,
        "embargoed_until": from_micros(embargoed_until),
        "note": note,
        "rights": rights,
        "revised_at": from_micros(revised_at),
        "pages": tuple(more[0]) if more else (),
        "marks": tuple(Mark(*mark) for mark in more[1]) if len(more) > 1 else (),
    }


def seal(sentences: Sequence[Sentence], bodies: Sequence[str]) -> str:
    """Hash what was derived from an article: its sentences and its encoded statements."""
    spans = [[s.index, s.start, s.end] for s in sentences]
    return hashlib.sha256(_dump([spans, *bodies]).encode()).hexdigest()


def to_micros(moment: datetime | None) -> int | None:
    """Count the microseconds from 1970 to an aware datetime."""
    return None if moment is None else (moment - _EPOCH) // _MICROSECOND


@overload
def from_micros(micros: int) -> datetime: ...
@overload
def from_micros(micros: int | None) -> datetime | None: ...
def from_micros(micros: int | None) -> datetime | None:
    """Turn microseconds since 1970 into a datetime in UTC."""
    return None if micros is None else _EPOCH + timedelta(microseconds=micros)


def parts_of(statement: Statement, item: IndexedArticle) -> list[int]:
    """
    List the sentences of *item* that carry the content of its *statement*, in reading order.

    A sentence counts from one shared character on. Needs what `check_item` makes sure of:
    sentences in order, without overlap.
    """
    carrying: set[int] = set()
    for start, end in statement.attribution.content:
        if start < end:
            first = bisect_right(item.sentences, start, key=_END)
            carrying.update(range(first, bisect_left(item.sentences, end, key=_START)))
    return sorted(carrying)


def check_item(item: IndexedArticle) -> None:
    """
    Refuse an article whose parts do not fit its text, before anything is stored.

    Raises:
        ArticleError: naming the article and the first thing that does not fit.
    """
    name, length = item.article.id, len(item.article.text)
    reached = 0
    for position, sentence in enumerate(item.sentences):
        start, end = sentence.start, sentence.end
        if sentence.index != position or not reached <= start < end <= length:
            raise ArticleError(
                f"article {name!r}: sentence {position} is {sentence}, after {reached} and up to "
                f"{length} were possible; split the article again"
            )
        reached = end
    for position, statement in enumerate(item.statements):
        made = statement.attribution
        for start, end in (*made.source, *made.cue, *made.content):
            if not 0 <= start <= end <= length:
                raise ArticleError(
                    f"article {name!r}: statement {position} has the span {start}:{end}, the text "
                    f"ends at {length}; find its attributions again"
                )
    for title in item.introductions:
        if not 0 <= title.span.start <= title.span.end <= length:
            raise ArticleError(
                f"article {name!r}: the title of {title.name!r} has the span {title.span}, the "
                f"text ends at {length}; read its people again"
            )
    _check_texts(item)
    _check_moments(item)


def _check_texts(item: IndexedArticle) -> None:
    for text in _texts(item):
        try:
            (text or "").encode()
        except UnicodeEncodeError as exc:
            raise ArticleError(
                f"article {item.article.id!r}: character {exc.start} of {text[:40]!r}… is half a "
                "surrogate pair; fix the encoding of the file it came from"
            ) from exc


def _texts(item: IndexedArticle) -> Iterator[str]:
    article = item.article
    yield from (article.id, article.title, article.text, article.outlet or "", article.url or "")
    yield from (article.byline or "", article.note or "", article.rights or "")
    for title in item.introductions:
        yield from (title.key, title.name, title.role)
        yield from (field for p in title.parties for field in (p.key, p.name, p.kind))
    for statement in item.statements:
        yield from statement.labels
        speaker = statement.speaker
        if speaker is not None:
            yield from (speaker.key, speaker.name, speaker.role or "", speaker.via or "")
            for party in speaker.parties:
                yield from (party.key, party.name, party.kind)
            for evidence in speaker.evidence:
                yield from (evidence.text, evidence.article_id or "", evidence.outlet or "")


def _check_moments(item: IndexedArticle) -> None:
    speakers = [s.speaker for s in item.statements if s.speaker is not None]
    evidence = [e.published_at for speaker in speakers for e in speaker.evidence]
    article = item.article
    stated = (article.published_at, article.embargoed_until, article.revised_at)
    for moment in (*stated, item.indexed_at, *evidence):
        if moment is not None and moment.utcoffset() is None:
            raise ArticleError(
                f"article {article.id!r}: the time {moment} has no time zone; give it in UTC"
            )


def encode_parties(parties: Sequence[Party]) -> str:
    """Write parties as JSON, in their order."""
    return _dump([[p.key, p.name, p.kind] for p in parties])


def decode_parties(body: str) -> tuple[Party, ...]:
    """Read back what `encode_parties` wrote."""
    return tuple(Party(*party) for party in json.loads(body))


def encode_introduction(title: Introduction) -> str:
    """Write a title whole as JSON."""
    span = [int(at) for at in title.span]
    parties = encode_parties(title.parties)
    return _dump([title.key, title.name, title.role, parties, span, bool(title.certain)])


def decode_introduction(body: str) -> Introduction:
    """Read back what `encode_introduction` wrote."""
    key, name, role, parties, span, certain = json.loads(body)
    return Introduction(key, name, role, decode_parties(parties), Span(*span), certain)


def encode_voice(speaker: Speaker) -> str:
    """Write who speaks, in which role and for whom: what two statements may have in common."""
    parties = [[p.key, p.name, p.kind] for p in speaker.parties]
    return _dump([speaker.key, speaker.name, speaker.role, parties])


@lru_cache(maxsize=8_192)
def decode_voice(body: str) -> tuple[str, str, str | None, tuple[Party, ...]]:
    """Read key, name, role and parties back."""
    key, name, role, parties = json.loads(body)
    return key, name, role, tuple(Party(*party) for party in parties)


def encode_statement(statement: Statement) -> str:
    """Write a statement whole as JSON."""
    made, speaker = statement.attribution, statement.speaker
    attribution = [
        [[int(at) for at in span] for span in made.source],
        [[int(at) for at in span] for span in made.cue],
        [[int(at) for at in span] for span in made.content],
        made.kind,
        made.cue_class,
        bool(made.negated),
        bool(made.thought),
        float(made.confidence),
    ]
    encoded = None
    if speaker is not None:
        evidence = [
            [e.text, e.origin, e.article_id, e.outlet, to_micros(e.published_at)]
            for e in speaker.evidence
        ]
        encoded = [encode_voice(speaker), evidence, speaker.found, speaker.via]
    return _dump([attribution, encoded, list(statement.labels)])


def decode_statement(body: str) -> Statement:
    """Read back what `encode_statement` wrote."""
    (source, cue, content, *rest), encoded, labels = json.loads(body)
    made = Attribution(_spans(source), _spans(cue), _spans(content), *rest)
    read = tuple(_REWORDED.get(label, Label(label)) for label in labels)
    return Statement(made, _decode_speaker(encoded), read)


def decode_outlines(bodies: Sequence[str]) -> list[Outline]:
    """Read back of statements, as `encode_statement` wrote them, what an `Outline` holds."""
    # Read as one text, which takes a third of the time.
    return [
        Outline(attribution[2], speaker and decode_voice(speaker[0])[0])
        for attribution, speaker, _ in json.loads(f"[{','.join(bodies)}]")
    ]


def _spans(pairs: list[list[int]]) -> tuple[Span, ...]:
    return tuple(map(_span, pairs))


def _decode_speaker(encoded: list[Any] | None) -> Speaker | None:
    if encoded is None:
        return None
    voice, evidence, found, via = encoded
    key, name, role, parties = decode_voice(voice)
    why = tuple(
        Evidence(text, origin, article_id, outlet, from_micros(micros))
        for text, origin, article_id, outlet, micros in evidence
    )
    return Speaker(key, name, role, parties, why, found, via)


def _dump(value: object) -> str:
    return json.dumps(value, separators=(",", ":"))

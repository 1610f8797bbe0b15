"""
Why a sentence was shown: the cue, how the speaker was found, for whom they speak, the topic.

Plain lines for people who have to answer for what they print. Each says what stands in the
article, or which list said so; none says that it is true.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from index.answers.context import QuoteKey, sentence_at
from index.answers.search.relevance import is_named_nearby
from index.answers.search.selection import party_keys
from index.answers.search.session import ReadSession
from index.attribution.stance.features import reading_of
from index.questions.description import name_of
from index.store.statements import statement_parts
from index.text.date_format import short_day
from index.text.words import content_words, passage_stems, stem
from index.types import (
    Attribution,
    CueClass,
    Evidence,
    IndexedArticle,
    Query,
    Sentence,
    Span,
    Speaker,
    Statement,
)

_CUES: dict[CueClass, str] = {
    "said": "a statement",
    "denied": "a denial",
    "confirmed": "a confirmation",
    "accused": "an accusation",
    "declined": "a refusal",
    "demanded": "a demand",
    "warned": "a warning",
    "promised": "a promise",
}
_ORIGINS = {
    "user": "your own list of parties",
    "shipped": "the list of office holders that comes with onrecord",
}


def explain(query: Query, place: QuoteKey, session: ReadSession) -> tuple[str, ...]:
    """
    Say why the sentence at *place* answers *query*.

    Args:
        query: the question that it was shown for.
        place: the quote's article, start and end.
        session: the articles, the model of their vectors, the parties.

    Returns:
        A line for each step; none if the article no longer has that sentence.

    Raises:
        StoreError: if the store cannot be read.
    """
    article_id, start, end = place
    item = session.get_many([article_id]).get(article_id)
    sentence = sentence_at(item, start, end)
    if item is None or sentence is None:
        return ()
    statement = _statement(item, sentence, query)
    if statement is None:
        lines = ["Nobody is quoted with this sentence: the article says it itself."]
    else:
        lines = [_cue(item, statement.attribution), *_speaker(item, statement, query, session)]
    if query.topic is not None:
        lines.append(_topic(item, sentence, query.topic, session))
    return tuple(lines)


def _statement(item: IndexedArticle, sentence: Sentence, query: Query) -> Statement | None:
    """Choose of the statements that this sentence carries the one by those whom *query* names."""
    carried = [
        statement
        for statement, parts in zip(item.statements, statement_parts(item), strict=True)
        if sentence.index in parts
    ]
    wanted = party_keys(query)

    def fit(statement: Statement) -> tuple[bool, bool, bool]:
        speaker = statement.speaker
        named = speaker is not None and bool(wanted & {p.key for p in speaker.parties})
        return named, speaker is not None, not statement.attribution.thought

    return max(carried, key=fit, default=None)


def _cue(item: IndexedArticle, made: Attribution) -> str:
    """Word by what the sentence was known for a statement."""
    if not made.cue:
        return "Cue: none, only the quotation marks."
    # A denial may be worded by any verb: "said it had nothing to do with it".
    denied = made.cue_class == "denied"
    ruled = "denied" if denied else reading_of(item.article.text, made).cue_class
    kind = "a thought, not said aloud" if made.thought else _CUES[ruled]
    withheld = ", negated" if made.negated else ""
    other = ruled != made.cue_class and not made.thought
    read = f"; as a whole it is read as {_CUES[made.cue_class]}" if other else ""
    return f"Cue: {_quoted(item, made.cue)} marks {kind}{withheld} ({made.kind}){read}."


def _speaker(
    item: IndexedArticle, statement: Statement, query: Query, session: ReadSession
) -> Iterator[str]:
    """Word who speaks, how that was found, and for whom."""
    speaker = statement.speaker
    if speaker is None:
        written = f": it writes {_quoted(item, statement.attribution.source)}" if \
            statement.attribution.source else ""  # fmt: skip
        yield f"Speaker: the article does not say who{written}."
        return
    yield f"Speaker: {speaker.name}, {_found(item, statement.attribution, speaker)}."
    if speaker.via:
        yield f"Via: {speaker.via}."
    wanted = party_keys(query)
    parties = [p for p in speaker.parties if p.key in wanted] or list(speaker.parties[:1])
    names = [name_of(party, session.tables) for party in parties]
    if not names:
        yield "Speaks for: nobody but themselves, as far as is known."
    else:
        why = "; ".join(_evidence(each, item) for each in speaker.evidence)
        yield f"Speaks for: {' and '.join(names)}" + (f", by {why}." if why else ".")


def _found(item: IndexedArticle, made: Attribution, speaker: Speaker) -> str:
    """Word how the source led to the speaker."""
    written = _quoted(item, made.source)
    ways = {
        "named": f"named as {written}",
        "role": f"meant by {written}",
        "pronoun": f"inferred from the pronoun {written}",
        "institution": f"which speaks as {written}",
    }
    return ways.get(speaker.found, f"written {written}") if made.source else "named nearby"


def _evidence(evidence: Evidence, item: IndexedArticle) -> str:
    """Word one piece of evidence: the wording, where it stands, and when."""
    if evidence.origin in _ORIGINS:
        return f"“{evidence.text}” in {_ORIGINS[evidence.origin]}"
    day = evidence.published_at
    dated = f", {short_day(day)}" if day else ""
    here = evidence.origin == "article" or evidence.article_id == item.article.id
    where = "in this article" if here else "in another article"
    return f"“{evidence.text}” {where} ({evidence.outlet or 'outlet unknown'}{dated})"


def _topic(item: IndexedArticle, sentence: Sentence, topic: str, session: ReadSession) -> str:
    """Word how near the sentence is to the topic, in words and in meaning."""
    text = item.article.text[sentence.start : sentence.end]
    topical, contained = content_words(topic), passage_stems(text)
    shared = [word for word in topical if stem(word) in contained]
    rows = session.store.vectors(item.article.id)
    vector = session.embedder.embed_query(topic)
    meaning = float(np.dot(rows[sentence.index], vector)) if rows is not None else 0.0
    words = f"shares {len(shared)} of {len(topical)} words" + (
        f" ({', '.join(shared)})" if shared else ""
    )
    line = f"Topic “{topic}”: {words}; nearness of meaning {meaning:.2f} of 1"
    if len(shared) < len(topical) and is_named_nearby(item, sentence.index, topical):
        line += "; the sentences around it name the topic"
    return f"{line}."


def _quoted(item: IndexedArticle, spans: tuple[Span, ...]) -> str:
    words = " … ".join(" ".join(item.article.text[s.start : s.end].split()) for s in spans)
    return f"“{words}”"

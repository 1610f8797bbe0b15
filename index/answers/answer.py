"""
Answer a query with quotes, or say that there is no answer.

Nothing is generated: an answer is sentences of stored articles, in an order. Where nobody who
was asked about is on record, the nearest statements by others are kept apart: shown as an
answer they would be words in the wrong mouth.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from index.answers.names import names_like
from index.answers.pages import page_of
from index.answers.quotation import (
    NEAREST,
    by_those_asked,
    find_quotation,
    nearly_said,
    own_label,
)
from index.answers.quotes import make_quotes
from index.answers.search.arranged import arrange, mark_corrected
from index.answers.search.beside import count_beside
from index.answers.search.candidates import passages
from index.answers.search.duplicates import (
    Copies,
    Match,
    UniqueMatch,
    fold_copies,
    interleave_speakers,
    newest_first,
)
from index.answers.search.meant import is_described
from index.answers.search.retrieval import find_statements, load
from index.answers.search.selection import (
    form_fits,
    is_formed,
    party_fits,
    party_keys,
    selection_of,
    stance_fits,
)
from index.answers.search.session import ReadSession
from index.labels import BY_DESCRIPTION, NOT_WORD_FOR_WORD
from index.questions.description import abstention
from index.roster.lookup import known_person
from index.roster.seats import seat_of
from index.types import Briefing, Label, NearestKind, Query, Quote

_NEAREST = 3
# Statements loaded at a time, so that copies of one in other papers are found.
_BLOCK = 64
# Statements that are looked at one by one to count those of a kind.
_COUNTED = 512
# An answer of so few may have left something out.
_COUNTED_BESIDE = 10
# Beside an abstention few are shown, on one page.
_BLOCK_NEAREST = 24


def answer(
    query: Query, session: ReadSession, *, limit: int | None = 5, offset: int = 0
) -> Briefing:
    """
    Answer *query*.

    Args:
        query: a parsed question.
        session: the articles, the model of their vectors, the parties.
        limit: the maximum number of quotes; None for all.
        offset: quotes shown before, in answers with this very *limit*.

    Returns:
        Quotes best first, each checked against its article; or an abstention with its reason
        and up to three nearest statements.

    Raises:
        StoreError: if the store cannot be read, or a sentence is not in its article.
    """
    if query.quotation is not None:
        return _verified(query, session, limit, offset)
    if query.most is not None and limit is not None:
        limit = min(limit, query.most)
    # As many statements as the pages up to this one can take in.
    wanted = None if limit is None else max(offset + 2 * limit, 1)
    folded, total = statements_on(query, session, wanted)
    if not folded:
        return abstain(query, session)
    quotes = _page(folded, query, session, limit, offset, _described_labels(query, session))
    estimated = is_formed(query) and total > len(folded)
    coverage = session.store.coverage()
    beside = count_beside(folded, query, session) if total <= _COUNTED_BESIDE else 0
    return Briefing(query, quotes, coverage, total=total, estimated=estimated, beside=beside)


def _described_labels(query: Query, session: ReadSession) -> tuple[Label, ...]:
    """Label statements by somebody who is only taken to be whom the question describes."""
    unnamed = query.speaker is not None and selection_of(query, session) is None
    return (BY_DESCRIPTION,) if unnamed else ()


def statements_on(
    query: Query,
    session: ReadSession,
    wanted: int | None,
    *,
    around: bool = False,
    guess: bool = False,
    at_once: int = _BLOCK,
) -> tuple[list[UniqueMatch], int]:
    """
    Find the statements to show, and count all that fit.

    Thoughts come only where nothing was said. Copies and statements that share a sentence count
    once; those that were not loaded count as they stand.

    Args:
        query: a parsed question, not for a quotation.
        session: the articles, the model of their vectors, the parties.
        wanted: how many at least, where there are so many; None for all.
        around: whether all that is said in articles whose title names the topic is about it.
        guess: whether those whom a description only may mean will do.
        at_once: among how many statements copies are looked for.

    Returns:
        The statements, best first, and how many fit in all; see `passages`.

    Raises:
        StoreError: if the store cannot be read.
    """
    for thoughts in (False, True):
        references = find_statements(query, session, thoughts=thoughts, around=around, guess=guess)
        found = load(references, session)
        fitting = (each for each in found if _fits(each, query))
        every = wanted is None or query.stance is not None
        every = every or (is_formed(query) and references.count_excluding(()) <= _COUNTED)
        folded, loaded = _ordered(fitting, query, None if every else wanted, at_once)
        total = sum(passages(each.shown.sentences) for each in folded)
        if every and folded:
            return folded, total
        if folded:
            # Its sentences may be loaded with another statement already: each counts once.
            seen = {(f.item.article.id, at) for f in loaded for at in f.sentences}
            return folded, total + references.count_excluding(seen)
    return [], 0


def _fits(found: Match, query: Query) -> bool:
    return all(fits(found, query) for fits in (stance_fits, party_fits, form_fits))


def _ordered(
    fitting: Iterator[Match], query: Query, wanted: int | None, at_once: int
) -> tuple[list[UniqueMatch], list[Match]]:
    """
    Fold and order statements in blocks of *at_once*, until *wanted* are there.

    A block's order does not hang on the blocks behind it, so that a longer answer begins like
    a shorter one.
    """
    copies, folded, loaded = Copies(), list[UniqueMatch](), list[Match]()
    while wanted is None or len(folded) < wanted:
        block = list(islice(fitting, at_once))
        if not block:
            break
        loaded += block
        fresh = copies.fold(block)
        fresh = mark_corrected(fresh)
        if query.order == "best":
            topic = query.topic
            fresh = interleave_speakers(fresh) if topic is None else arrange(fresh, topic)
        folded += fresh
    return folded, loaded


def _page(
    folded: Sequence[UniqueMatch],
    query: Query,
    session: ReadSession,
    limit: int | None,
    offset: int = 0,
    labels: Sequence[Label] = (),
) -> tuple[Quote, ...]:
    """Make the quotes of one page of an answer."""
    wanted = party_keys(query)
    each = (make_quotes(entry, wanted, session.tables, labels) for entry in folded)
    return page_of(each, limit, offset)


def _verified(query: Query, session: ReadSession, limit: int | None, offset: int) -> Briefing:
    """Answer "who said '…'?"."""
    said, others = find_quotation(query, session)
    matches = said or nearly_said(others, query.quotation or "")
    wanted = by_those_asked(matches, query, session)
    coverage = session.store.coverage()
    if wanted:
        labels = _quotation_labels(wanted[0], word_for_word=bool(said))
        ordered = fold_copies(_oldest_first(wanted) if said else wanted)
        quotes = _page(ordered, query, session, limit, offset, labels)
        total = sum(passages(each.shown.sentences) for each in ordered)
        return Briefing(query, quotes, coverage, total=total)
    near = [*said, *(found for found in others if found.score >= NEAREST)]
    nearest = _page(fold_copies(near), query, session, _NEAREST)
    reason = abstention(query, coverage, session.tables)
    return Briefing(query, (), coverage, abstained=True, reason=reason, nearest=nearest)


def _quotation_labels(first: Match, *, word_for_word: bool) -> tuple[Label, ...]:
    """Label a quotation that was looked up: in whose words, and whether word for word."""
    if not word_for_word:
        return (NOT_WORD_FOR_WORD,)
    return (own_label(first),) if first.statement is None else ()


def _oldest_first(found: Sequence[Match]) -> list[Match]:
    """Order so that the first to say it comes first; undated articles last."""
    dated = [f for f in newest_first(found) if f.item.article.published_at]
    return [*reversed(dated), *(f for f in found if not f.item.article.published_at)]


def abstain(query: Query, session: ReadSession) -> Briefing:
    """
    Say that there is no answer, with the nearest statements kept apart.

    Args:
        query: a parsed question that nothing answers.
        session: the articles, the model of their vectors, the parties.

    Returns:
        An abstention with its reason and up to three nearest statements.

    Raises:
        StoreError: if the store cannot be read, or a sentence is not in its article.
    """
    coverage = session.store.coverage()
    nothing = Briefing(
        query,
        (),
        coverage,
        abstained=True,
        reason=abstention(query, coverage, session.tables),
        names=names_like(query, session),
    )
    for kind, wider in _wider(query, session):
        guess, around = kind == "others" and wider == query, kind == "matters"
        folded, _ = statements_on(
            wider, session, _NEAREST, guess=guess, around=around, at_once=_BLOCK_NEAREST
        )
        if folded:
            labels = (BY_DESCRIPTION,) if guess else ()
            # They are shown apart as it is.
            near = [replace(each, shown=replace(each.shown, sure=True)) for each in folded]
            nearest = _page(near[:_NEAREST], wider, session, _NEAREST, labels=labels)
            return replace(nothing, nearest=nearest, nearest_kind=kind)
    return nothing


def _wider(query: Query, session: ReadSession) -> Iterator[tuple[NearestKind, Query]]:
    """
    List what comes nearest to *query*: without its filters, itself where those whom it describes
    can be guessed, by the same on other matters, by the party of the person asked, and then by
    anyone on its topic.
    """
    unfiltered = replace(
        query,
        since=None,
        until=None,
        outlet=None,
        stance=None,
        negated=False,
        direct=False,
        officials=False,
        without=(),
        order="best",
    )
    if unfiltered != query:
        yield "filters", unfiltered
    if is_described(query) and selection_of(query, session) is None:
        yield "others", query
    anyone = replace(
        unfiltered, party=None, speaker=None, other_parties=(), other_speakers=(), anyone=True
    )
    if seat_of(query.speaker or ""):
        # What its state says of the same comes nearer than what it says of something else.
        yield "party", replace(anyone, party=query.party, anyone=False)
    if query.topic is None:
        return
    if query.party or query.speaker:
        # What they say in articles about the topic comes nearer than what they say elsewhere.
        yield "matters", unfiltered
        yield "matters", replace(unfiltered, topic=None)
    person = known_person(query.speaker, session.directory) if query.speaker else None
    if person is not None and person.parties:
        yield "party", replace(anyone, party=person.parties[0].key, anyone=False)
    if anyone != unfiltered:
        yield "others", anyone

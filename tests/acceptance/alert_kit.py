"""Watches and what they find, for tests of alerts: written into the book as the indexer does."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.types import WatchOptions
from index.alerts.book import Book
from index.types import Query
from tests.acceptance.engine_double import quote


def keep(bot, text="the tank", *, team="T1", place="C1", person="U1", **options):
    """A watch that is saved already; the number that the index gives it."""
    watching = bot.made.workers.services.watching
    kept = watching.add(team, place, person, text, Query(text, topic=text), WatchOptions(**options))
    return kept.watch.number


def find(folder, number, words, *, article=None, **fields):
    """Let a watch find a statement; returns the number of its statement."""
    [statement] = find_all(folder, [(number, words)], article=article, **fields)
    return statement


def find_all(folder, found, *, article=None, at=None, **fields):
    """
    Let watches find statements, in one step, as the indexer does for an article.

    Args:
        folder: of the index.
        found: pairs of a watch's number and the words; the same words are one statement.
        article: the id of the article; one for each words if None.
        at: when it was indexed; now if None.

    Returns:
        The number of each statement.
    """
    book, statements = Book(folder), {}
    with book.changing() as changes:
        for number, words in found:
            said = quote(words, article_id=article or words, **fields)
            known = statements.get(words)
            _, statements[words] = changes.record(number, (said,), at or datetime.now(UTC), known)
    book.close()
    return list(statements.values())


def again(folder, number, words, statement):
    """Let another watch find a statement that is known already."""
    book = Book(folder)
    with book.changing() as changes:
        changes.record(number, (quote(words, article_id=words),), datetime.now(UTC), statement)
    book.close()


def change(folder, act):
    """Let *act* change, with the hand of the indexer, what was found last of all."""
    book = Book(folder)
    [alert] = book.alerts(limit=1)
    with book.changing() as changes:
        act(changes, alert)
    book.close()


def posts(slack):
    """What was posted for everybody."""
    return [sent for method, sent in slack.calls if method == "chat.postMessage"]


def updates(slack):
    return [sent for method, sent in slack.calls if method == "chat.update"]

"""
An index of a few statements in memory, for tests that are about Slack and not about searching.

Also run as a program: the bot in a process of its own, to be killed.
"""

from __future__ import annotations

import sys
import time
from datetime import UTC, datetime

from index.errors import QuestionError
from index.types import Briefing, Coverage, Query, Quote

NOW = datetime(2018, 2, 20, 14, 3, tzinfo=UTC)
COVERAGE = Coverage(articles=12, sentences=340, newest=NOW, indexed_at=NOW)


def quote(text="“We will stay,” said Ivan Marek.", **fields):
    """A quote with ordinary details."""
    given = {
        "article_id": "a1",
        "start": 0,
        "end": len(text),
        "speaker": "Ivan Marek",
        "role": "foreign minister",
        "party": "Russia",
        "kind": "direct",
        "labels": (),
        "source": None,
        "cue": None,
        "content": (),
        "outlet": "Harbour Post",
        "published_at": datetime(2018, 2, 7, 9, 30, tzinfo=UTC),
        "url": "https://harbour-post.example/marek",
        "score": 1.0,
    }
    return Quote(text=text, **{**given, **fields})


class EngineDouble:
    """Answers every question with *quotes*; remembers what it was asked."""

    def __init__(self, quotes=None, error=None, delay=0.0):
        self.quotes = (quote(),) if quotes is None else tuple(quotes)
        self.error = error
        self.delay = delay
        self.asked = []

    def answer(self, question, *, previous=None, limit=5):
        self.asked.append((question, previous))
        time.sleep(self.delay)
        if self.error is not None:
            raise self.error
        if question == "tank tank tank":
            raise QuestionError("Ask who said what, for example: what did Russia say?")
        query = Query(text=question, party="russia", topic="tank", since=NOW)
        if "Iran" in question:
            reason = "No statement by Iran on the tank in 12 articles"
            return Briefing(query, (), COVERAGE, True, reason, nearest=self.quotes)
        return Briefing(query, self.quotes[:limit], COVERAGE, total=23)

    def digest(self, topic, *, since=None, limit=10):
        return self.answer(topic, limit=limit)

    def stats(self):
        return COVERAGE

    def describe(self, query):
        return f"Statements by Russia · about {query.topic}"


if __name__ == "__main__":
    import logging

    from bot.server import serve
    from bot.settings import load_bot_settings

    logging.basicConfig(level=logging.INFO)
    sys.exit(serve(EngineDouble(delay=float(sys.argv[1])), load_bot_settings()))

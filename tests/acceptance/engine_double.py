"""
An index of a few statements in memory, for tests that are about Slack and not about searching.

Also run as a program, with the delay and the lease of a question in seconds: the bot in a process
of its own, to be killed.
"""

from __future__ import annotations

import sys
import time
from dataclasses import replace
from datetime import UTC, datetime

from index.checking.checked import Checked, Difference
from index.errors import ArticleError, QuestionError
from index.outcomes import LinkOutcome
from index.questions.thread.conversation import is_follow_up, message_kind
from index.roster.directory import make_directory
from index.speakers.gazetteer.tables import load_tables
from index.timelines import Timeline
from index.types import (
    Article,
    Briefing,
    Comparison,
    Context,
    Coverage,
    Party,
    Query,
    Quote,
    Side,
)

NOW = datetime(2018, 2, 20, 14, 3, tzinfo=UTC)
RUSSIA, TURKEY = Party("russia", "Russia"), Party("turkey", "Turkey")
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
        self.circumstances = []
        self.queries = []
        self.checked = []
        self.history = []
        self.gone = set()
        self.rewordings = {}
        self.links = {}
        self.taken = []
        self.windows = []
        self.total = 23
        self.corrected, self.decisions = {}, []

    def answer(self, text, *, previous=None, limit=5, now=None, defaults=None):
        self.asked.append((text, previous))
        self.circumstances.append((now, defaults))
        time.sleep(self.delay)
        if self.error is not None:
            raise self.error
        if text.startswith("tank tank tank"):
            raise QuestionError("Ask who said what, for example: what did Russia say?")
        query = Query(text=text, party="russia", topic="tank", since=NOW)
        if "Iran" in text:
            reason = "No statement by Iran on the tank in 12 articles"
            return Briefing(query, (), COVERAGE, True, reason, nearest=self.quotes)
        if "Turkey and Russia" in text:
            query = replace(query, party="turkey", other_parties=("russia",))
        return Briefing(query, self.quotes[:limit], COVERAGE, total=self.total)

    def parse(self, text, *, now=None):
        if text.startswith("tank tank tank"):
            raise QuestionError("Ask who said what, for example: what did Russia say?")
        return Query(text=text, topic=text if text != "everything" else None)

    def check(self, text):
        self.checked.append(text)
        words = "We will stay"
        if words not in text:
            return ()
        start = text.index(words)
        differences = (Difference("stay", "leave"),) if "altered" in text else ()
        verdict = "altered" if differences else "found"
        place = (start, start + len(words), words)
        return (Checked(*place, verdict, "Ivan Marek", self.quotes[:1], differences),)

    def answer_query(self, query, *, limit=5, offset=0):
        self.queries.append(query)
        quotes = self.quotes[offset : offset + limit]
        if not quotes or query.quotation == "nobody ever said that loudly":
            reason = f"Nobody is on record with the words “{query.quotation}”"
            return Briefing(query, (), COVERAGE, True, reason)
        return Briefing(query, quotes, COVERAGE, total=self.total)

    def compare(self, query, *, limit=5):
        sides = [(TURKEY, self.quotes[:1]), (RUSSIA, self.quotes[:limit])]
        answers = [
            Side(party, Briefing(_of(query, party), quotes, COVERAGE, total=len(quotes)))
            for party, quotes in sides
        ]
        return Comparison(query, tuple(answers))

    def context(self, article_id, start, end, *, around=2):
        found = next((q for q in self.quotes if (q.start, q.end) == (start, end)), None)
        return found and Context(("It rained.", "It snowed."), found.text, ("He left.",))

    def explain(self, query, place):
        return ("Cue: “said” marks a statement (direct).", f"About {query.topic}: {place[0]}.")

    def quoted_in(self, url, *, limit=10):
        if url != "https://harbour-post.example/marek":
            return None
        return Briefing(Query(""), self.quotes[:limit], COVERAGE, total=len(self.quotes))

    def revisions(self, after):
        return [revision for revision in self.history if revision.number > after]

    def opened(self, quotes):
        return tuple(quotes)

    def correct(self, article_id, words, speaker, *, was, by):
        if any(was != who for place, who in self.corrected.items() if place == (article_id, words)):
            raise ArticleError("decided")
        self.corrected[article_id, words] = speaker
        self.decisions.append((article_id, words, speaker, was, by))

    def still_said(self, article_id, text, *, speaker, url=None):
        return text not in self.gone and (article_id, text) not in self.gone

    def reworded(self, article_id, text, speaker, url):
        return self.rewordings.get(text)

    def changed_at(self, article_id):
        found = [r.at for r in self.history if r.article_id == article_id]
        return found[-1] if found else None

    def take_link(self, url, hosts, *, origin, seconds):
        self.taken.append((url, frozenset(hosts)))
        return self.links.get(
            url, LinkOutcome(url, "refused", reason=f"{url}: the site answers 404")
        )

    def suggest(self, what, prefix, *, limit=20):
        names = {"party": ("Russia", "Turkey"), "speaker": ("Ivan Marek",)}
        found = names.get(what, ("Harbour Post",))
        return tuple(name for name in found if name.casefold().startswith(prefix.casefold()))

    def party_named(self, name):
        return next((party for party in (RUSSIA, TURKEY) if party.name == name), None)

    def party_name(self, key, *, within=False):
        if within and key == "united states":
            return "the United States"
        return {party.key: party.name for party in (RUSSIA, TURKEY)}.get(key, key.title())

    def is_follow_up(self, text, *, previous=None, explicit=False):
        directory = make_directory((), load_tables())
        return is_follow_up(text, directory, previous=previous, explicit=explicit)

    def others_than(self, query, quotes):
        return replace(query, besides=tuple(quote.speaker for quote in quotes))

    def person_meant(self, text, quotes):
        return ""

    def introduce(self, text, previous=None):
        return None

    def namesakes(self, query):
        return ()

    def message_kind(self, text):
        return message_kind(text)

    def changes(self, query, *, limit=3):
        return ()

    def timeline(self, query):
        return Timeline(query, self.stats())

    def most_quoted(self, *, since, limit=3):
        return (RUSSIA, TURKEY)[:limit]

    def digest(self, topic, *, since=None, limit=10, now=None, news=None):
        if news is not None:
            return self.news_of(topic, since, limit, news)
        return self.answer(getattr(topic, "text", topic), limit=limit, now=now)

    def news_of(self, query, since, limit, news):
        """The quotes of the articles that came in with the revisions of *news*."""
        self.windows.append((news.after, news.upto, since))
        came = {r.article_id for r in self.history if news.after < r.number <= news.upto}
        new = [q for q in self.quotes if q.article_id in came]
        new = [q for q in new if (q.article_id, q.text) not in news.shown][:limit]
        if not new:
            return Briefing(query, (), COVERAGE, True, "No statement by anyone")
        found = replace(query, since=since)
        return Briefing(found, tuple(new), COVERAGE, total=len(new), headings={"russia": "Russia"})

    def read_topic(self, topic, *, now=None):
        key = topic.casefold()
        party = {"russia": "russia", "turkey": "turkey"}.get(key)
        if party:
            return Query(topic, party=party)
        return Query(topic, topic=topic or None, anyone=True)

    def newest(self, limit=5):
        marek = Article("a1", "Marek stays", "", "Harbour Post", quote().url, NOW)
        return (marek, Article("a2", "Fog", "", None, "javascript:x", NOW))[:limit]

    def stats(self):
        return COVERAGE

    def describe(self, query, *, noted=False):
        return f"Statements by Russia · about {query.topic}"


def _of(query, party):
    return replace(query, party=party.key, other_parties=())


if __name__ == "__main__":
    import logging

    from bot import workers
    from bot.logs import log_as_json
    from bot.server import serve
    from bot.settings import load_bot_settings
    from bot.state import inbox

    logging.basicConfig(level=logging.INFO)
    inbox.LEASE = workers.LEASE = float(sys.argv[2])
    settings = load_bot_settings()
    if settings.log_json:
        log_as_json()
    sys.exit(serve(EngineDouble(delay=float(sys.argv[1])), settings))

"""What the bot needs of the index, and nothing more."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Protocol

from index.checking.checked import Checked
from index.outcomes import LinkOutcome
from index.timelines import Timeline
from index.types import (
    Article,
    Briefing,
    Change,
    Comparison,
    Context,
    Coverage,
    Defaults,
    Introduced,
    MessageKind,
    NameKind,
    News,
    Party,
    Query,
    Quote,
    Revision,
)


class Engine(Protocol):
    """The index, as the bot sees it. Any method may raise; all are called from threads."""

    def answer(
        self,
        text: str,
        *,
        previous: Query | None = None,
        limit: int = 5,
        now: datetime | None = None,
        defaults: Defaults | None = None,
    ) -> Briefing:
        """
        Answer a question.

        Args:
            text: as typed.
            previous: the query of the question before it in the thread.
            limit: how many quotes at most.
            now: the moment that "yesterday" is relative to.
            defaults: whom and where to look when the question names nobody.

        Raises:
            QuestionError: if nothing in *text* can be understood.
        """

    def parse(self, text: str, *, now: datetime | None = None) -> Query:
        """
        Understand a question without answering it.

        Raises:
            QuestionError: if nothing in *text* can be understood.
        """

    def check(self, text: str) -> Sequence[Checked]:
        """Check what a draft quotes against the articles."""

    def answer_query(self, query: Query, *, limit: int = 5, offset: int = 0) -> Briefing:
        """Answer *query* from the *offset*-th quote on."""

    def digest(
        self,
        topic: str | Query,
        *,
        since: datetime | None = None,
        limit: int = 10,
        now: datetime | None = None,
        news: News | None = None,
    ) -> Briefing:
        """Gather who said what on *topic*, or on what was understood of it before; or its news."""

    def read_topic(self, topic: str, *, now: datetime | None = None) -> Query:
        """Understand what a digest is to be about: names of parties alone are asked for theirs."""

    def changes(self, query: Query, *, limit: int = 3) -> tuple[Change, ...]:
        """Find where later statements of those whom *query* names differ from earlier ones."""

    def timeline(self, query: Query) -> Timeline:
        """
        Count by month what those whom *query* names have said.

        Raises:
            QuestionError: if it names nobody.
        """

    def compare(self, query: Query, *, limit: int = 5) -> Comparison:
        """Answer *query* for each of those that it names."""

    def context(self, article_id: str, start: int, end: int, *, around: int = 2) -> Context | None:
        """Fetch a sentence with *around* on each side; None if it is no longer in the index."""

    def explain(self, query: Query, place: tuple[str, int, int]) -> tuple[str, ...]:
        """Explain why the sentence at *place* answers *query*, a line for each step."""

    def quoted_in(self, url: str, *, limit: int = 10) -> Briefing | None:
        """Quote who is on record in the article at *url*; None if the index has no such article."""

    def suggest(self, what: NameKind, prefix: str, *, limit: int = 20) -> tuple[str, ...]:
        """Complete a name on record."""

    def party_named(self, name: str) -> Party | None:
        """Find the party on record with exactly this name; None if there is none."""

    def party_name(self, key: str, *, within: bool = False) -> str:
        """Name the party of *key* as displayed, or *within* a sentence ("the United Nations")."""

    def is_follow_up(
        self, text: str, *, previous: Query | None = None, explicit: bool = False
    ) -> bool:
        """
        Return whether *text*, posted among others below an answer, asks for more.

        Args:
            text: without the names it calls.
            explicit: count only what cannot stand for itself: "and Turkey?", but not "Turkey?".
        """

    def message_kind(self, text: str) -> MessageKind:
        """Return whether *text* asks for "more" of the same, for "others", or is a "question"."""

    def introduce(self, text: str, previous: Query | None = None) -> Introduced | None:
        """
        Answer who somebody is: "who is she?", "which Sazonov?", "who speaks for Putin?".

        Args:
            text: as typed.
            previous: the query before it in the thread, whose speaker "she" means.

        Returns:
            None where *text* asks something else, or for nobody that can be on record.
        """

    def person_meant(self, text: str, quotes: Sequence[Quote]) -> str:
        """Find whom "he" or "she" in *text* means among those quoted; "" for nobody."""

    def namesakes(self, query: Query) -> tuple[str, ...]:
        """List others on record with the bare surname by which *query* names its speaker."""

    def others_than(self, query: Query, quotes: Sequence[Quote]) -> Query:
        """Ask *query* of everybody but the speakers of *quotes*: "who else?"."""

    def most_quoted(self, *, since: datetime, limit: int = 3) -> tuple[Party, ...]:
        """List the parties with most statements in articles since then."""

    def newest(self, limit: int = 5) -> tuple[Article, ...]:
        """List the articles published last, the newest first."""

    def stats(self) -> Coverage:
        """Count what the index holds."""

    def revisions(self, after: int) -> Sequence[Revision]:
        """List what became of articles after the revision with this number, oldest first."""

    def opened(self, quotes: Sequence[Quote]) -> tuple[Quote, ...]:
        """Link quotes of articles without an address to the page that shows them, if there is."""

    def correct(
        self, article_id: str, words: str, speaker: str, *, was: str | None, by: str
    ) -> object:
        """
        Decide who said a sentence of an article, for everybody.

        Raises:
            ArticleError: if nobody called *was* is on record with it.
        """

    def still_said(
        self, article_id: str, text: str, *, speaker: str | None, url: str | None = None
    ) -> bool:
        """
        Return whether an article still holds a sentence, word for word, by the same speaker.

        Args:
            article_id: the article.
            text: the sentence.
            speaker: as it was shown; None for a quotation without one.
            url: where it was shown to be; None if nowhere.
        """

    def reworded(self, place: str, text: str, speaker: str | None, url: str | None) -> str | None:
        """
        Find how a sentence reads now that its article no longer holds.

        Args:
            place: the article.
            text: the sentence, as it was shown.
            speaker: as it was shown; None for a quotation without one.
            url: where it was shown to be; None if nowhere.

        Returns:
            The sentence by the same speaker, verbatim; None if nothing is like it.
        """

    def changed_at(self, article_id: str) -> datetime | None:
        """Find when something last became of an article; None if it never came."""

    def take_link(
        self, url: str, hosts: Collection[str], *, origin: str, seconds: float
    ) -> LinkOutcome:
        """
        Put the article at *url* into the queue.

        Args:
            url: as sent.
            hosts: those allowed, each with the names below it.
            origin: who sent it.
            seconds: how long to wait until it is indexed.
        """

    def describe(self, query: Query, *, noted: bool = False) -> str:
        """Word *query* for people; *noted*: what cannot be answered of it is said elsewhere."""

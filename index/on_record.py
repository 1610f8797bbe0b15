"""
Names, questions and messages, read against who is on record: a part of `index.core.Index`.

Nothing here searches articles; it completes a name, words one, tells a question from talk, and
finishes what was found.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import cached_property

from index.answers import digest, finishing, introduction
from index.checking.checked import Checked
from index.errors import ArticleError, QuestionError
from index.ingest.corrections import corrected, correction_for
from index.ingest.corrections_file import Correction, CorrectionsFile, now_written
from index.questions import parser
from index.questions.description import name_of, party_within
from index.questions.overrides import with_defaults
from index.questions.thread import conversation
from index.reader.links import ReaderLinks
from index.roster import completion
from index.roster.cache import RosterCache
from index.roster.outlet_sets import OutletSets, Sets
from index.settings import IndexSettings
from index.speakers import Tables, load_tables
from index.store import Store
from index.store.codec import fingerprint
from index.types import (
    Article,
    Briefing,
    Defaults,
    Introduced,
    MessageKind,
    NameKind,
    Party,
    Query,
    Quote,
)

LONGEST = 200  # characters of a name


class OnRecord:
    """Who is on record, over all articles, and the parties with their names."""

    def __init__(self, store: Store, settings: IndexSettings) -> None:
        self.store = store
        self._settings = settings
        self._roster = RosterCache(store, lambda: self.tables)
        self._sets = OutletSets(settings.data_dir)

    @cached_property
    def tables(self) -> Tables:
        """The tables of parties, the user's own first."""
        return tables_of(self._settings)

    def opened(self, quotes: Sequence[Quote]) -> tuple[Quote, ...]:
        """Link quotes of articles without an address to the page that shows them, if there is."""
        return finishing.opened(quotes, self.store, self.reader)

    @cached_property
    def reader(self) -> ReaderLinks | None:
        """
        What makes and checks the links to articles without an address; None where it is off.

        Raises:
            StoreError: if its secret cannot be read or made.
        """
        of = self._settings
        return ReaderLinks(of.reader_url, of.reader_days, of.data_dir) if of.reader_url else None

    def _finished(self, found: Briefing) -> Briefing:
        return finishing.finished(found, self.store, self.reader)

    def _opened_matches(self, one: Checked) -> Checked:
        return replace(one, matches=self.opened(one.matches))

    def changed_at(self, article_id: str) -> datetime | None:
        """Find when something last became of an article; None if it never came."""
        last = self.store.last_revision(Article(article_id, "", ""))
        return last.at if last is not None else None

    @cached_property
    def corrections(self) -> CorrectionsFile:
        """What the desk has decided, which wins over the models."""
        return CorrectionsFile(self._settings.data_dir)

    def correct(
        self,
        article_id: str,
        words: str,
        speaker: str,
        *,
        was: str | None = None,
        role: str = "",
        party: str = "",
        by: str = "",
    ) -> Correction:
        """
        Decide who said a sentence, now and whenever its article is read again.

        Args:
            article_id: its article.
            words: the sentence.
            speaker: whose it is; "" for nobody's.
            was: who is on record with it; None where there is only one.
            role: the speaker's, if it is to be another than the article's.
            party: whom the speaker speaks for, likewise.
            by: who decided it.

        Raises:
            ArticleError: if there is no such statement, or it is not clear which is meant.
            StoreError: if it cannot be written.
        """
        item = self.store.get(article_id)
        if item is None:
            raise ArticleError(f"the index has no article {article_id!r}; `ask --json` has ids")
        name, role, party, by = (
            " ".join(each.split())[:LONGEST] for each in (speaker, role, party, by)
        )
        row = correction_for(item, words, was)._replace(
            speaker=name, role=role, party=party, by=by, at=now_written(datetime.now(UTC))
        )
        self.corrections.add(row)
        vectors = self.store.vectors(article_id)
        # Another version that has come meanwhile was read, or will be, with this decision.
        if vectors is not None and self.store.fingerprint(article_id) == fingerprint(item.article):
            self.store.put(corrected(item, [row], self.tables), vectors)
        return row

    def parse(
        self,
        text: str,
        *,
        previous: Query | None = None,
        now: datetime | None = None,
        defaults: Defaults | None = None,
    ) -> Query:
        """
        Understand a question without answering it; the arguments are those of `answer`.

        Raises:
            QuestionError: if nothing in *text* can be understood; says what would work.
        """
        known = self._roster.current()
        query = parser.parse_question(
            text,
            known.directory,
            now=now or datetime.now(UTC),
            newest=known.newest,
            previous=previous,
            outlets=self._outlets(known.outlets),
        )
        return with_defaults(query, defaults) if defaults else query

    def outlet_sets(self) -> Sets:
        """Give the named sets of outlets, as the file in the data folder has them now."""
        return self._sets.current()

    def _outlets(self, on_record: Sequence[str]) -> list[str]:
        """Name where a question may look: the outlets on record and the sets."""
        return [*self.outlet_sets(), *on_record]

    def read_topic(self, topic: str, *, now: datetime | None = None) -> Query:
        """
        Understand what a digest is to be about.

        A topic that only names parties or people asks for what these say ("Russia and Ukraine");
        any other for what is said on it by anyone, "" for everything.
        """
        known = self._roster.current()
        plain = digest.read_topic(topic, now=now or datetime.now(UTC), newest=known.newest)
        if plain.topic is None:
            return plain
        try:
            query = self.parse(topic, now=now)
        except QuestionError:
            return plain
        names = query.party or query.speaker or query.other_parties or query.other_speakers
        alone = query.topic is None and query.quotation is None and not query.changes
        return query if query.understood and names and alone and query.stance is None else plain

    def suggest(self, what: NameKind, prefix: str, *, limit: int = 20) -> tuple[str, ...]:
        """Complete a name that somebody types: one of those on record."""
        names = completion.names_of(what, self.store, self._roster.current().directory.speakers)
        names = self._outlets(names) if what == "outlet" else names
        return completion.complete(names, prefix, limit)

    def party_named(self, name: str) -> Party | None:
        """Find the party on record with exactly this name, as `suggest` gives it."""
        return completion.party_named(self.store, name)

    def party_name(self, key: str, *, within: bool = False) -> str:
        """Name the party of *key* as displayed; *within* a sentence: "the Philippines"."""
        if within:
            return party_within(key, self.tables)
        return name_of(Party(key, key.title()), self.tables)

    def is_follow_up(
        self, text: str, *, previous: Query | None = None, explicit: bool = False
    ) -> bool:
        """Return whether *text*, below an answer, asks for more; *explicit*: in so many words."""
        directory = self._roster.current().directory
        return conversation.is_follow_up(text, directory, previous=previous, explicit=explicit)

    def message_kind(self, text: str) -> MessageKind:
        """Return whether *text* asks for "more" of the same, for "others", or is a "question"."""
        return conversation.message_kind(text)

    def introduce(self, text: str, previous: Query | None = None) -> Introduced | None:
        """Answer "who is she?", "which Sazonov?", "who speaks for Putin?"; None for the rest."""
        return introduction.introduce(text, previous, self._roster.current().directory)

    def person_meant(self, text: str, quotes: Sequence[Quote]) -> str:
        """Find whom "he" or "she" in *text* means among those quoted; "" for nobody."""
        return introduction.person_meant(text, quotes, self._roster.current().directory)

    def namesakes(self, query: Query) -> tuple[str, ...]:
        """List others on record with the bare surname by which *query* names its speaker."""
        return introduction.namesakes(query, self._roster.current().directory)

    def others_than(self, query: Query, quotes: Sequence[Quote]) -> Query:
        """Ask *query* of everybody but the speakers of *quotes*: "who else?"."""
        names = [self._key_or_name(quote.speaker) for quote in quotes if quote.speaker]
        return replace(query, besides=tuple(dict.fromkeys((*query.besides, *names))))

    def _key_or_name(self, name: str) -> str:
        """Give the key of a party that speaks itself, whatever its article calls it."""
        bare = re.sub(r"(?i)^the\s+", "", name)
        party = self.party_named(bare)
        return party.key if party is not None else bare

    def most_quoted(self, *, since: datetime, limit: int = 3) -> tuple[Party, ...]:
        """List the parties with most statements since then."""
        return completion.most_quoted(self.store, since, limit)


def tables_of(settings: IndexSettings) -> Tables:
    """Load the tables of parties; the user's own, ``parties.tsv`` in the data folder, wins."""
    own = settings.data_dir / "parties.tsv"
    return load_tables(own if own.exists() else None)

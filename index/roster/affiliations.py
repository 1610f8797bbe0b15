"""
For whom somebody speaks where only other articles tell.

"Peskov said" finds no party in its own article; hundreds of others call him Kremlin spokesman.
What they say is counted when it is asked for, so that neither the order of indexing nor a later
correction matters. The article's own words always win: nothing is learned for a speaker to whom
it gives a party or a title. The shipped tables give way to what the articles say.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC

from index.roster.directory import Directory
from index.roster.votes import TenureInterval, decide, is_full, near, tenures_for
from index.speakers.gazetteer.names import surname
from index.store import Store, Tenure, Vote
from index.store.known_speakers import is_owned
from index.store.statements import changed
from index.types import Article, Evidence, IndexedArticle, Speaker, Statement


@dataclass(slots=True)
class _Learned:
    """What was counted in one generation of the store, by speaker and by party."""

    generation: int
    intervals: dict[str, tuple[TenureInterval, ...]] = field(default_factory=dict)
    tenures: dict[str, frozenset[Tenure]] = field(default_factory=dict)


class Affiliations:
    """Learns parties from the titles in a store; may be used from several threads."""

    def __init__(self, store: Store, known: Callable[[], Directory]) -> None:
        self._store = store
        self._known = known
        self._learned = _Learned(-1)

    def tenures(self, parties: Iterable[str]) -> frozenset[Tenure]:
        """Find who speaks for one of *parties*, and when, by what other articles say."""
        learned = self._now()
        found: frozenset[Tenure] = frozenset()
        for party in parties:
            if party not in learned.tenures:
                full = [key for key in self._store.introduced_as(party) if is_full(key)]
                keys = {*full, *map(surname, full)}
                intervals = self._intervals(keys, learned)
                tenures = (tenures_for(party, key, intervals[key]) for key in keys)
                learned.tenures[party] = frozenset[Tenure]().union(*tenures)
            found |= learned.tenures[party]
        return found

    def with_affiliations(
        self,
        items: Mapping[str, IndexedArticle],
        only: Mapping[str, Collection[int]] | None = None,
    ) -> dict[str, IndexedArticle]:
        """
        Give the speakers of *items* the parties that other articles tell, with the evidence.

        Args:
            items: articles by id.
            only: by id, the numbers of the statements to do this for; None for all.
        """
        learned = self._now()
        undecided = {
            name: _open(item, range(len(item.statements)) if only is None else only[name])
            for name, item in items.items()
        }
        keys = {speaker.key for each in undecided.values() for speaker in each.values()}
        intervals = self._intervals(keys, learned)
        verdicts = {
            (name, number): vote
            for name, each in undecided.items()
            for number, speaker in each.items()
            if (vote := _verdict(intervals[speaker.key], items[name].article)) is not None
        }
        shown = self._store.get_many(list({v.article_id for v in verdicts.values()}))
        completed: defaultdict[str, dict[int, Statement]] = defaultdict(dict)
        for (name, number), vote in verdicts.items():
            if vote.article_id in shown:
                evidence = _evidence(vote, shown[vote.article_id].article)
                statement = items[name].statements[number]
                completed[name][number] = _with_parties(statement, vote, evidence)
        return {
            name: replace(item, statements=changed(item.statements, completed[name]))
            if name in completed
            else item
            for name, item in items.items()
        }

    def _now(self) -> _Learned:
        """Forget what was counted before the store changed."""
        generation = self._store.generation()
        if self._learned.generation != generation:
            self._learned = _Learned(generation)
        return self._learned

    def _intervals(
        self, keys: Collection[str], learned: _Learned
    ) -> Mapping[str, tuple[TenureInterval, ...]]:
        """Count the votes on *keys*, full names or surnames, those not counted yet."""
        fresh = [key for key in keys if key not in learned.intervals]
        alone = self._unique_people([key for key in fresh if not is_full(key)])
        full = {*(key for key in fresh if is_full(key)), *alone.values()}
        votes: defaultdict[str, list[Vote]] = defaultdict(list)
        for vote in self._store.votes(full) if full else ():
            votes[vote.key].append(vote)
        for key in fresh:
            person = key if is_full(key) else alone.get(key, "")
            intervals = decide(votes[person]) if votes.get(person) else ()
            learned.intervals[key] = (
                intervals if person == key else near(intervals, votes.get(person, ()))
            )
        return learned.intervals

    def _unique_people(self, surnames: Collection[str]) -> dict[str, str]:
        """Find whom each of *surnames* means: the only one on record with it, if there is one."""
        if not surnames:
            return {}
        introduced: defaultdict[str, set[str]] = defaultdict(set)
        for key in self._store.introduced_with_surname(surnames):
            if is_full(key):
                introduced[surname(key)].add(key)
        directory = self._known()
        everybody = {last: introduced[last] | directory.surnamed(last) for last in surnames}
        return {last: next(iter(keys)) for last, keys in everybody.items() if len(keys) == 1}


def _open(item: IndexedArticle, numbers: Iterable[int]) -> dict[int, Speaker]:
    """Find the speakers of some statements, by number, of whom the article says nothing."""
    introduced = {each.key for each in item.introductions}
    speakers = ((n, item.statements[n].speaker) for n in numbers if n < len(item.statements))
    return {
        number: speaker for number, speaker in speakers
        if speaker is not None and not is_owned(speaker) and speaker.key not in introduced
    }  # fmt: skip


def _verdict(intervals: Iterable[TenureInterval], article: Article) -> Vote | None:
    """Find the vote that decides for the day of *article*; None if none does."""
    published = article.published_at
    day = published.astimezone(UTC).date() if published else None
    vote = next((s.vote for s in intervals if s.holds_on(day)), None)
    # An office that ended is over; who is only a scholar elsewhere may hold one here.
    return vote if vote is not None and (vote.parties or vote.certain) else None


def _with_parties(statement: Statement, vote: Vote, evidence: Evidence) -> Statement:
    """Give the speaker of *statement* the parties of *vote*."""
    speaker = statement.speaker
    assert speaker is not None
    why = (evidence,) if vote.parties else ()
    return replace(statement, speaker=replace(speaker, parties=vote.parties, evidence=why))


def _evidence(vote: Vote, article: Article) -> Evidence:
    """Show the wording behind *vote*."""
    text = article.text[slice(*vote.span)]
    return Evidence(text, "corpus", article.id, article.outlet, article.published_at)

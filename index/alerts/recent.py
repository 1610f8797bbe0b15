"""
The statements that watches have found lately, so that the same one is known when it comes again.

Outlets carry one another's quotations, and articles are corrected and published again: what was
said once is one statement, whichever watches find it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from index.alerts.records import Alert
from index.answers.search.duplicates import same_wording
from index.speakers.gazetteer.names import name_key, names_agree
from index.store import Store
from index.store.statements import statement_parts
from index.text.words import words
from index.types import IndexedArticle, Quote

# Two statements that are one share most words, so one of the longest few too.
_LONGEST = 6
_LOOKED_AT = 12
_SHORTEST = 3  # characters; words of no more stand everywhere


@dataclass(frozen=True, slots=True)
class Wording:
    """A statement in the words of one article, and out of whose mouth."""

    tokens: tuple[str, ...]
    speaker: str | None
    party: str | None
    denied: bool


@dataclass(slots=True)
class KnownStatement:
    """
    A statement that watches have found.

    ``wordings``: those of its alerts, each once; ``alerts``: by watch the number of the alert
    that it caused, and the outlet that this was first found in.
    """

    number: int
    wordings: list[Wording] = field(default_factory=list)
    alerts: dict[int, tuple[int, str | None]] = field(default_factory=dict)


class RecentStatements:
    """Remembers statements by their words."""

    def __init__(self, alerts: Iterable[Alert]) -> None:
        """Remember those of *alerts*."""
        self._known: dict[int, KnownStatement] = {}
        self._by_word: dict[str, set[int]] = {}
        for alert in alerts:
            self.add(alert.number, alert.watch, alert.quotes, alert.statement)
            if alert.reworded:
                self.reword(alert.statement, [replace(alert.quotes[0], text=alert.reworded)])

    def add(self, number: int, watch: int, quotes: Sequence[Quote], statement: int) -> None:
        """
        Remember the statement of an alert.

        Args:
            number: of the alert.
            watch: the number of the watch that found it.
            quotes: its sentences.
            statement: its number.
        """
        known = self._known.setdefault(statement, KnownStatement(statement))
        known.alerts.setdefault(watch, (number, quotes[0].outlet))
        self._remember(known, wording_of(quotes))

    def reword(self, statement: int, quotes: Sequence[Quote]) -> None:
        """Remember a statement in the other words that *quotes*, a correction, give it."""
        known = self._known.get(statement)
        if known is not None:
            self._remember(known, wording_of(quotes))

    def _remember(self, known: KnownStatement, wording: Wording) -> None:
        if wording not in known.wordings:
            known.wordings.append(wording)
            for word in set(wording.tokens):
                if len(word) > _SHORTEST:
                    self._by_word.setdefault(word, set()).add(known.number)

    def find(self, quotes: Sequence[Quote]) -> list[KnownStatement]:
        """Find the statements that say what *quotes* say, the first one first."""
        wording = wording_of(quotes)
        longest = sorted(set(wording.tokens), key=lambda word: (-len(word), word))[:_LONGEST]
        near = set[int]().union(*(self._by_word.get(word, ()) for word in longest))
        chosen = (self._known[number] for number in sorted(near))
        return [each for each in chosen if any(is_same(w, wording) for w in each.wordings)]


def wording_of(quotes: Sequence[Quote]) -> Wording:
    """Take the words of a statement out of its *quotes*."""
    first = quotes[0]
    tokens = tuple(words(" ".join(quote.text for quote in quotes)))
    return Wording(tokens, first.speaker, first.party, first.stance == "denied")


def is_same(one: Wording, other: Wording) -> bool:
    """Return whether two statements are the same words out of the same mouth."""
    if one.denied != other.denied or not same_wording(one.tokens, other.tokens):
        return False
    if one.speaker and other.speaker:
        shared = one.party is not None and one.party == other.party
        if not shared and not names_agree(name_key(one.speaker), name_key(other.speaker)):
            return False
    return True


class FirstSaid:
    """
    Finds when the statements of one revision of an article were first said.

    To be made anew for each revision: what stands near many statements is read once.
    """

    def __init__(self, store: Store) -> None:
        """
        Know nothing yet.

        Args:
            store: the articles.
        """
        self._store = store
        self._items: dict[str, IndexedArticle] = {}
        self._wordings: dict[str, list[Wording]] = {}
        self._found: dict[tuple[int, ...], datetime | None] = {}

    def find(self, quotes: Sequence[Quote]) -> datetime | None:
        """
        Find when the first article that says the same was indexed, but for the statement's own.

        Args:
            quotes: the sentences of a statement.

        Returns:
            None if no other does.

        Raises:
            StoreError: if the store cannot be read.
        """
        place = tuple(quote.start for quote in quotes)
        if place not in self._found:
            self._found[place] = self._look(quotes)
        return self._found[place]

    def _look(self, quotes: Sequence[Quote]) -> datetime | None:
        wording, own = wording_of(quotes), quotes[0].article_id
        longest = sorted(set(wording.tokens), key=lambda word: (-len(word), word))[:_LONGEST]
        hits = self._store.match(" ".join(longest), _LOOKED_AT)
        places = self._store.locate([hit.key for hit in hits])
        names = {name for name, _ in places.values()} - {own}
        self._items |= self._store.get_many([*names - self._items.keys()])
        near = {
            name
            for name, at in places.values()
            if name != own and name in self._items and _shares(self._items[name], at, wording)
        }
        return min(
            (self._items[name].indexed_at for name in near if self._says(name, wording)),
            default=None,
        )

    def _says(self, name: str, wording: Wording) -> bool:
        if name not in self._wordings:
            self._wordings[name] = [*_wordings(self._items[name])]
        return any(is_same(each, wording) for each in self._wordings[name])


def _shares(item: IndexedArticle, at: int, wording: Wording) -> bool:
    """Return whether most words of a sentence are those of a statement."""
    if at >= len(item.sentences):
        return False
    span = item.sentences[at]
    tokens = set(words(item.article.text[span.start : span.end]))
    return 2 * len(tokens.intersection(wording.tokens)) >= len(tokens)


def _wordings(item: IndexedArticle) -> Iterator[Wording]:
    """List the statements of an article in its words."""
    text = item.article.text
    for statement, parts in zip(item.statements, statement_parts(item), strict=True):
        said = " ".join(text[item.sentences[at].start : item.sentences[at].end] for at in parts)
        speaker, made = statement.speaker, statement.attribution
        name = speaker.name if speaker else None
        party = speaker.parties[0].name if speaker and speaker.parties else None
        denied = made.cue_class == "denied" and not made.negated
        yield Wording(tuple(words(said)), name, party, denied)

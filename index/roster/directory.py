"""
Everybody on record, as questions look them up: by the tokens of their names, by party, by role.

An article changes a few of a hundred thousand speakers. So a directory is never changed, but a
new one takes over all that stays the same: a question that reads the old one goes on with it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property

from index.roster.votes import is_full
from index.speakers.gazetteer.names import surname
from index.speakers.gazetteer.parties import matches
from index.speakers.gazetteer.tables import Tables, phrase_key
from index.store import KnownSpeaker
from index.store.known_speakers import most_first
from index.text.spelling import SHORTEST, sounded
from index.text.words import STOP_WORDS, stems
from index.types import Party

Buckets = Mapping[str, tuple[KnownSpeaker, ...]]
# Speakers that went, came or were replaced: as they were and as they are, None for not at all.
Changes = Sequence[tuple[KnownSpeaker | None, KnownSpeaker | None]]


# Roles and names of which it is remembered which parties they hold.
_MOST_NAMED = 20_000
# A word that is so many times rarer than another may be a slip for it, in the articles too.
_RARER = 20
# What initials may leave out.
_SMALL = frozenset("of the for and in on at to de la du des".split())


class Directory:
    """
    Everybody who can be asked about: the tables, and who is on record. Never changed.

    ``by_token``: the speakers by the tokens of their keys, without those that name nobody
    ("messages on the"), which are ``nameless``. ``parties_by_spelling``: what each spelling of a
    party's name or its key may mean, with the statements of those who speak for it.
    """

    def __init__(
        self,
        tables: Tables,
        by_key: Mapping[str, KnownSpeaker] | None = None,
        by_token: Buckets | None = None,
        nameless: Mapping[str, KnownSpeaker] | None = None,
        parties_by_spelling: Mapping[str, Mapping[Party, int]] | None = None,
        *,
        by_stem: Buckets | None = None,
        by_sound: Mapping[str, frozenset[str]] | None = None,
        named: dict[str, frozenset[str]] | None = None,
        printed: Callable[[str], int] = lambda word: 0,
    ) -> None:
        """
        Begin with nobody on record; the other arguments are what `updated` takes over.

        *printed* counts the sentences on record that hold a word.
        """
        self.tables = tables
        self.by_key = by_key or {}
        self.by_token = by_token or {}
        self.nameless = nameless or {}
        self.parties_by_spelling = parties_by_spelling or {}
        self._by_stem = by_stem
        self._by_sound = by_sound
        self._named = {} if named is None else named
        self._printed = printed

    @cached_property
    def speakers(self) -> Sequence[KnownSpeaker]:
        """Everybody on record, the most quoted first."""
        return most_first(self.by_key.values())

    @cached_property
    def on_record(self) -> Mapping[str, Party]:
        """The parties on record by key and by name; of several with one name the most quoted."""
        return {
            name: max(parties, key=lambda p: (parties[p], p.key, p.name, p.kind))
            for name, parties in self.parties_by_spelling.items()
        }

    @cached_property
    def spellings(self) -> Sequence[str]:
        """The names of parties, with which a mistyped one is compared."""
        return [key for key in (*self.tables.aliases, *self.on_record) if len(key) >= SHORTEST]

    @cached_property
    def by_initials(self) -> Mapping[str, frozenset[str]]:
        """The keys of bodies on record by their initials: "diaa", "j&j"."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for party in self.on_record.values():
            words = party.name.replace("-", " ").split()
            if party.kind != "country" and len(words) > 1:
                for left_out in (_SMALL, frozenset[str]()):
                    kept = [w for w in words if w.casefold() not in left_out]
                    found["".join(w[0] for w in kept).casefold()].add(party.key)
        return {initials: frozenset(keys) for initials, keys in found.items()}

    @property
    def by_sound(self) -> Mapping[str, frozenset[str]]:
        """The tokens of names on record, by how they sound."""
        if self._by_sound is None:
            self._by_sound = _sounds({}, _all_new(self.by_key), self.by_token)
        return self._by_sound

    @property
    def by_stem(self) -> Buckets:
        """The speakers by the stems of their names and roles."""
        if self._by_stem is None:
            self._by_stem = _sorted_in({}, _all_new(self.by_key), _stems)
        return self._by_stem

    def worded(self, wanted: frozenset[str]) -> Sequence[KnownSpeaker]:
        """List the speakers who may hold all the stems *wanted*; everybody for none."""
        near = (self.by_stem.get(each, ()) for each in wanted)
        return min(near, key=len) if wanted else self.speakers

    def sharing(self, tokens: Iterable[str]) -> list[KnownSpeaker]:
        """List the speakers whose names hold one of *tokens*, each once."""
        found = {s.key: s for token in tokens for s in self.by_token.get(token, ())}
        return [*found.values()]

    def spelling_of(self, token: str) -> str | None:
        """Find the token of a name on record that sounds like *token*, the most quoted one."""
        alike = self.by_sound.get(sounded(token), ())
        return min(alike, key=lambda each: (-_most(self.by_token[each]), each), default=None)

    def may_be_slip(self, typed: str, meant: str) -> bool:
        """Return whether the word *typed* may be a slip for *meant*: the articles hold it not."""
        count = self._printed(typed)
        return count == 0 or count * _RARER < self._printed(meant)

    def surnamed(self, last: str) -> set[str]:
        """List the keys of the people with the surname *last* whose given name is known."""
        named = (speaker.key for speaker in self.by_token.get(last, ()))
        return {key for key in named if is_full(key) and surname(key) == last}

    def parties_named(self, words: str) -> frozenset[str]:
        """Collect the keys of the parties that somebody's role and name hold."""
        found = self._named.get(words)
        if found is None:
            if len(self._named) >= _MOST_NAMED:
                self._named.clear()
            found = frozenset(
                alias.parties[0].key for _, alias in matches(words, self.tables) if alias.parties
            )
            self._named[words] = found
        return found

    def updated(self, changed: Mapping[str, KnownSpeaker | None]) -> Directory:
        """Make a directory of who is on record after some speakers *changed*, None for gone."""
        changes = [(self.by_key.get(key), new) for key, new in changed.items()]
        by_key = _replaced(self.by_key, changed)
        vague = {key: new for key, new in changed.items() if not _is_name(key)}
        nameless = _replaced(self.nameless, vague)
        by_token = _sorted_in(self.by_token, changes, _tokens)
        # What was looked at once is looked at again, and is slow to make.
        by_stem, by_sound = self._by_stem, self._by_sound
        return Directory(
            self.tables,
            by_key,
            by_token,
            nameless,
            _parties_by_spelling(self.parties_by_spelling, changes),
            by_stem=None if by_stem is None else _sorted_in(by_stem, changes, _stems),
            by_sound=None if by_sound is None else _sounds(by_sound, changes, by_token),
            named=self._named,
            printed=self._printed,
        )

    def prepare(self) -> None:
        """Make now what only some questions need, so that none of them waits."""
        _ = self.by_sound, self.by_stem


def make_directory(speakers: Iterable[KnownSpeaker], tables: Tables) -> Directory:
    """Make a directory of *speakers*."""
    return Directory(tables).updated({speaker.key: speaker for speaker in speakers})


def _all_new(by_key: Mapping[str, KnownSpeaker]) -> Changes:
    return [(None, speaker) for speaker in by_key.values()]


def _is_name(key: str) -> bool:
    """Return whether a key can name anybody: "in" and "messages on the" cannot."""
    tokens = key.split()
    return bool(tokens) and tokens[-1] not in STOP_WORDS


def _replaced(
    before: Mapping[str, KnownSpeaker], changed: Mapping[str, KnownSpeaker | None]
) -> dict[str, KnownSpeaker]:
    """Put what has *changed* in its place, None for gone."""
    made = dict(before)
    for key, new in changed.items():
        made.pop(key, None)
        if new is not None:
            made[key] = new
    return made


def _tokens(speaker: KnownSpeaker) -> Iterable[str]:
    return dict.fromkeys(speaker.key.split()) if _is_name(speaker.key) else ()


def _stems(speaker: KnownSpeaker) -> Iterable[str]:
    return stems(speaker.name) | stems(speaker.role or "")


def _sorted_in(
    buckets: Buckets, changes: Changes, labels: Callable[[KnownSpeaker], Iterable[str]]
) -> dict[str, tuple[KnownSpeaker, ...]]:
    """Sort changed speakers into *buckets* by their labels; the other buckets are taken over."""
    gone: defaultdict[str, set[str]] = defaultdict(set)
    come: defaultdict[str, list[KnownSpeaker]] = defaultdict(list)
    for old, new in changes:
        if old is not None:
            for label in labels(old):
                gone[label].add(old.key)
        if new is not None:
            for label in labels(new):
                come[label].append(new)
    made = dict(buckets)
    for label in gone.keys() | come.keys():
        stay = (each for each in made.pop(label, ()) if each.key not in gone[label])
        if bucket := (*stay, *come[label]):
            made[label] = bucket
    return made


def _parties_by_spelling(
    by_spelling: Mapping[str, Mapping[Party, int]], changes: Changes
) -> dict[str, Mapping[Party, int]]:
    """Count for whom changed speakers speak; what is said of the other names is taken over."""
    more: defaultdict[str, defaultdict[Party, int]] = defaultdict(lambda: defaultdict(int))
    for old, new in changes:
        for speaker, sign in ((old, -1), (new, 1)):
            if speaker is not None:
                for party in dict.fromkeys(speaker.parties):
                    for name in {party.key, phrase_key(party.name)}:
                        more[name][party] += sign * speaker.statements
    made = dict(by_spelling)
    for name, counts in more.items():
        before = made.pop(name, {})
        added = {p: before.get(p, 0) + counts.get(p, 0) for p in (*before, *counts)}
        if parties := {party: count for party, count in added.items() if count}:
            made[name] = parties
    return made


def _sounds(
    by_sound: Mapping[str, frozenset[str]], changes: Changes, now: Buckets
) -> dict[str, frozenset[str]]:
    """Bring the tokens by sound up to those *now* in use, after *changes*."""
    made = dict(by_sound)
    for token in {t for pair in changes for who in pair if who is not None for t in _tokens(who)}:
        sound = sounded(token)
        alike = made.pop(sound, frozenset()) - {token} | ({token} & now.keys())
        if alike:
            made[sound] = alike
    return made


def _most(bucket: Iterable[KnownSpeaker]) -> int:
    return max(speaker.statements for speaker in bucket)

"""
Questions made out of what is on record, in the shapes in which people ask.

A conversation is one question or two, the second a follow-up. To a party, a person, an office, to
anyone; with a topic of one word or two, and without; for a denial or a warning; and some that must
be declined: about somebody who is not on record, or about words that nobody has put together.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from typing import NamedTuple

from index.store import Store
from index.text.words import content_words
from index.types import Speaker

_SEED = 7
_SHAPES = (
    ("What did {party} say about {topic}?",),
    ("What did {person} say about {topic}?",),
    ("What did {party} say about {word}?",),
    ("What did {party} say?",),
    ("What did {person} say since May?",),
    ("What did the ministry say about {topic}?",),
    ("Did {party} warn of {word}?",),
    ("What did Quillan Varro say about {topic}?",),
    ("What was said about {topic}?",),
    ("What was said about {word}?",),
    ("Who denied the {topic}?",),
    ("What did {party} say about {topic}?", "And what did others say?"),
    ("What did {party} say about {word}?", "And about {topic}?"),
)


def made_conversations(store: Store, count: int) -> Iterator[tuple[str, ...]]:
    """Make *count* conversations, always the same of one store."""
    chance = random.Random(_SEED)
    for speaker, words, _ in spoken_statements(store, count, chance):
        names = {
            "party": speaker.parties[0].name, "person": speaker.name,
            "topic": " ".join(words), "word": words[0],
        }  # fmt: skip
        yield tuple(turn.format(**names) for turn in chance.choice(_SHAPES))


class Spoken(NamedTuple):
    """A statement on record: who speaks, for some party; two words of what is said; all of it."""

    speaker: Speaker
    words: list[str]
    text: str


def spoken_statements(store: Store, count: int, chance: random.Random) -> Iterator[Spoken]:
    """Choose *count* statements on record by somebody who speaks for a party."""
    names = sorted(store.ids())
    while count > 0:
        item = store.get(chance.choice(names))
        speakers = [(s.speaker, s) for s in item.statements if s.speaker] if item else []
        spoken = [(who, s) for who, s in speakers if who.parties]
        if item is None or not spoken:
            continue
        speaker, statement = chance.choice(spoken)
        content = [item.article.text[slice(*span)] for span in statement.attribution.content]
        text = " ".join(content)
        words = [w for w in content_words(text) if re.fullmatch("[a-z]{4,}", w)]
        if len(words) >= 2:
            yield Spoken(speaker, chance.sample(words, 2), text)
            count -= 1

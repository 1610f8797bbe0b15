"""
What speaks for a speaker being the one that a description means, as numbers.

"The iPhone maker", "the labour watchdog's spokeswoman", "the deposit insurer": no role on record
holds these words, but whoever spoke on the question's topic can be compared with them: by
meaning, by what stands beside the name in the article, and by whether a person or a body is asked
for. Names are no descriptions: a name that nobody on record bears never becomes another's.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from index.answers.search.scoring.evidence import Numbers
from index.answers.search.scoring.spoken import spoken_article
from index.models.embedder import Embedder
from index.roster.descriptions import head_of
from index.roster.lookup import role_of
from index.roster.meanings import like_meanings
from index.speakers.gazetteer.names import name_key
from index.speakers.gazetteer.parties import matches
from index.speakers.gazetteer.tables import Tables
from index.store import Vectors
from index.text.words import STOP_WORDS, folded, stems
from index.types import IndexedArticle, Party

VOICE_NAMES = (
    "nearness", "below nearest", "like words", "like head", "words beside", "words of article",
    "nearness beside", "words of description", "party", "another party", "topic of article",
    "topic", "below topic", "proper", "role and role", "role and none", "none and role",
    "same class", "body and body", "body and person", "many and many", "unknown words",
    "sentences", "words of title",
)  # fmt: skip
_BODY = re.compile(
    r"(?i)\b(?:agenc(?:y|ies)|authorit(?:y|ies)|office|ministry|department|company|firm|group|union"
    r"|association|lobby|bank|federation|council|committee|institute|cent(?:re|er)|campaign|camp"
    r"|police|cops|army|military|forces?|government|govt|party|maker|giant|watchdog|regulator"
    r"|bod(?:y|ies)|organi[sz]ations?|fund|service|clinics?|hospitals?|university|militia|insurer"
    r"|alliance|airline|carrier|platform|app|court|commission|club|exchange|operator|lender)\b"
)


@dataclass(slots=True)
class Voice:
    """A speaker of one article: as worded there, and the sentences that carry his statements."""

    key: str
    name: str
    role: str | None
    parties: tuple[Party, ...]
    article_id: str
    sentences: set[int] = field(default_factory=set)
    topic: float = 0.0

    @property
    def description(self) -> str:
        """Name, role and party in one line."""
        more = [self.role] if self.role else []
        more += [p.name for p in self.parties[:2] if p.name not in self.name]
        return ", ".join([self.name, *more])


def voice_numbers(
    phrase: str,
    party: str | None,
    voices: Sequence[Voice],
    items: dict[str, IndexedArticle],
    vectors: dict[str, Vectors],
    embedder: Embedder,
    tables: Tables,
) -> Numbers:
    """
    Measure how well *phrase* describes each of *voices*.

    Args:
        phrase: as typed.
        party: for whom they must speak, if that is known.
        voices: who spoke, at least one.
        items: the articles of *voices*, by id.
        vectors: the vectors of all their sentences, by id.
        embedder: the model of these.
        tables: the parties.

    Returns:
        (len(voices), len(VOICE_NAMES)).
    """
    asked = _Described(phrase, party, tables, embedder.embed_query(phrase))
    near = (embedder.embed_passages([v.description for v in voices]) @ asked.vector).tolist()
    articles = {name: _Article(items[name], vectors[name], asked) for name in
                {v.article_id for v in voices}}  # fmt: skip
    topics = {name: max(v.topic for v in voices if v.article_id == name) for name in articles}
    best, most = max(near), max(topics.values())
    rows = [
        [
            cosine,
            cosine - best,
            *asked.compared(voice),
            *articles[voice.article_id].beside(voice),
            topics[voice.article_id],
            voice.topic,
            voice.topic - most,
            math.log1p(len(voice.sentences)),
        ]
        for voice, cosine in zip(voices, near, strict=True)
    ]
    made = np.array(rows, dtype=np.float32)
    order = [_ROW.index(name) for name in VOICE_NAMES]
    return made[:, order]


# The order in which `voice_numbers` puts them together.
_ROW = (
    "nearness", "below nearest",
    "like words", "like head", "words of description", "party", "another party", "proper",
    "role and role", "role and none", "none and role", "same class", "body and body",
    "body and person", "many and many",
    "words beside", "words of article", "nearness beside", "unknown words", "words of title",
    "topic of article", "topic", "below topic", "sentences",
)  # fmt: skip


class _Described:
    """A description, taken apart."""

    def __init__(self, phrase: str, party: str | None, tables: Tables, vector: Vectors) -> None:
        self.vector = vector
        self.words = _plain(phrase)
        self._tables = tables
        self._meant = like_meanings(phrase)
        self._parties = _parties_in(phrase, tables) | ({party} if party else set())
        head = head_of(phrase)
        last = head.split()[-1]
        self._head = like_meanings(last)
        self._role = role_of(phrase)
        self._is_body = bool(_BODY.search(head))
        self._many = last.lower().endswith("s") and not last.lower().endswith("ss")

    def compared(self, voice: Voice) -> list[float]:
        """Compare it with what an article calls somebody."""
        text = " ".join([voice.description, *(p.name for p in voice.parties)])
        found = like_meanings(text)
        theirs = {p.key for p in voice.parties} | _parties_in(text, self._tables)
        kind = (role_of(voice.role) or "other") if voice.role else role_of(voice.name)
        body = bool(_BODY.search(voice.name)) or (voice.role is None and bool(voice.parties))
        asks = self._role is not None
        return [
            len(self._meant & found) / max(1, len(self._meant)),
            float(bool(self._head & found)),
            len(self.words & _plain(text)) / max(1, len(self.words)),
            float(bool(self._parties & theirs)),
            float(bool(self._parties) and not self._parties & theirs),
            float(is_proper(voice.name)),
            float(asks and kind is not None),
            float(asks and kind is None),
            float(not asks and kind is not None),
            float(asks and self._role == kind),
            float(self._is_body and body),
            float(self._is_body and not body),
            float(self._many and voice.name.rstrip().endswith("s")),
        ]


class _Article:
    """Where an article holds the words of a description."""

    def __init__(self, item: IndexedArticle, vectors: Vectors, asked: _Described) -> None:
        self._count = max(1, len(asked.words))
        self._held = spoken_article(item).folded.holding(tuple(asked.words))
        self._titled = asked.words & _plain(item.article.title)
        self._cosines = (vectors @ asked.vector).tolist()
        self._texts = [folded(item.article.text[s.start : s.end]) for s in item.sentences]

    def beside(self, voice: Voice) -> list[float]:
        """Measure what stands in the sentences that name *voice*."""
        last = folded((name_key(voice.name).split() or ["\0"])[-1])
        naming = [at for at, text in enumerate(self._texts) if last in text]
        naming = naming or sorted(voice.sentences)[:1]
        beside = max((sum(at in places for places in self._held.values()) for at in naming),
                     default=0)  # fmt: skip
        held = {word for word, places in self._held.items() if places} | self._titled
        return [
            beside / self._count,
            len(held) / self._count,
            max((self._cosines[at] for at in naming), default=0.0),
            1.0 - len(held) / self._count,
            len(self._titled) / self._count,
        ]


def is_proper(name: str) -> bool:
    """Return whether *name* means the same in every article: "Apple", not "the company"."""
    return name[:1].isupper() and not re.match(
        r"(?i)(?:the|an?|some|its|their|his|her)\s+[a-z]", name
    )


def _parties_in(text: str, tables: Tables) -> set[str]:
    found = matches(text, tables, question=True)
    return {match.alias.parties[0].key for match in found if match.alias.parties}


def _plain(text: str) -> frozenset[str]:
    """Collect the stems of the words that carry a description."""
    return frozenset(
        w for w in stems(re.sub(r"['’]s\b", "", text)) if w not in STOP_WORDS and len(w) > 1
    )

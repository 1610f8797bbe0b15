"""
Find whom a description means that fits nobody's role or name: "the iPhone maker".

Whoever spoke on the question's topic, or in the same articles, comes into question; a learned
model says how probably the description means them (`scoring.voices`). It must be sure enough,
since a wrong guess is words in the wrong mouth; and what is found so is labelled.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from index.answers.search.scoring.evidence import NAMES, Numbers
from index.answers.search.scoring.model import load_model
from index.answers.search.scoring.voices import Voice, is_proper, voice_numbers
from index.answers.search.session import ReadSession
from index.roster.descriptions import is_description
from index.roster.lookup import role_of
from index.roster.meanings import like_meanings
from index.speakers.gazetteer.names import name_key, names_agree, surname
from index.speakers.gazetteer.parties import find_party
from index.speakers.gazetteer.roles import role_class
from index.speakers.gazetteer.tables import Tables, phrase_key
from index.store import Keys, Selection
from index.store.statements import statement_parts
from index.types import IndexedArticle, Query

# Articles whose speakers come into question, and how many of these.
_ARTICLES, _VOICES = 5, 40
# A paper speaks in every article that quotes it; it is meant where one is asked for.
_PRESS = re.compile(
    r"(?i)\b(?:papers?|newspapers?|magazines?|dail(?:y|ies)|weekl(?:y|ies)|tabloids?|press|media"
    r"|outlets?|broadcasters?|networks?|channels?|stations?|agenc(?:y|ies)|journals?|websites?)\b"
)
_COMPANIES = re.compile(
    r"(?i)\b(?:companies|firms|banks|airlines|carriers|makers|lenders|insurers|operators|retailers"
    r"|providers|businesses|manufacturers)$"
)
_OWNER = re.compile(r"(?i)^(?:the\s+)?(?P<name>[^\W\d_][\w.-]*(?:\s[\w.-]+)?)['’]s?\s+\S")
_FOES = re.compile(r"(?i)\b(?:opponents?|foes?|enem(?:y|ies)|adversar(?:y|ies)|critics?|rivals?)\b")
# Another one is meant too from this share of the best one's probability on.
_BESIDE = 0.85
# From this probability on somebody is meant. Of 34 descriptions in corpora left out, 15 are then
# taken rightly and 3 wrongly, and 13 of 330 that mean nobody there; what is likelier than the
# model's own threshold is a guess, and no answer. So it is where another one comes so near.
_SURE, _RIVAL = 0.2, 0.72
_SEVERAL = re.compile(r"(?i)[^s\W]s$|(?:people|police|men|women)$")
_WINDOW, _WORDS_NEAR = NAMES.index("window"), NAMES.index("words near")


def meant_by_description(
    query: Query, session: ReadSession, base: Selection, *, guess: bool = False
) -> list[Selection]:
    """
    Select what is said by those whom the description in *query* means.

    Args:
        query: a question whose speaker is nobody on record.
        session: the articles, and who is on record.
        base: dates, outlets and kinds of statements that are wanted.
        guess: whether a guess will do.

    Returns:
        Selections to be taken together; none if nobody is surely meant, or it may be this one or
        that.

    Raises:
        StoreError: if the store cannot be read.
    """
    if not is_described(query):
        return []
    # The same is asked for what was said and for what was thought, and for the labels of either.
    asked = (query.speaker, query.party, query.topic, query.since, query.until)
    if asked not in session.voices:
        session.voices[asked] = voices_of(query, session)
    voices, numbers = session.voices[asked]
    if not voices:
        return []
    model = load_model()
    chances = model.voice.probabilities(numbers)
    best = float(chances.max())
    floor = max(model.meant if guess else _SURE, _BESIDE * best)
    chosen = [v for v, p in zip(voices, chances.tolist(), strict=True) if p >= floor]
    rivals = [v for v, p in zip(voices, chances.tolist(), strict=True) if p >= _RIVAL * best]
    if not guess and not _SEVERAL.search(query.speaker or "") and _are_several(rivals, query):
        return []
    return [_selection(voice, base, session) for voice in chosen]


def _are_several(voices: Sequence[Voice], query: Query) -> bool:
    """Return whether some voices are not all of one person, or of one body and its people."""
    body = role_of(query.speaker or "") is None
    return any(
        not names_agree(voice.key, voices[0].key)
        and not (body and {*voice.parties} & {*voices[0].parties})
        for voice in voices[1:]
    )


def is_described(query: Query) -> bool:
    """Return whether *query* asks one speaker, by what he is and not by name."""
    alone = not query.other_speakers and not query.other_parties
    return query.quotation is None and alone and is_description(query.speaker or "")


def _selection(voice: Voice, base: Selection, session: ReadSession) -> Selection:
    """Select what *voice* says, and where it is a body all that is said for it."""
    bare = phrase_key(voice.name).removeprefix("the ")
    party = session.directory.on_record.get(bare) if voice.role is None else None
    if party is not None:
        return replace(base, parties=frozenset({party.key}), attributed=True)
    found = replace(base, speakers=frozenset({voice.key}), attributed=True)
    return found if is_proper(voice.name) else replace(found, article_id=voice.article_id)


def voices_of(query: Query, session: ReadSession) -> tuple[list[Voice], Numbers]:
    """
    Gather who may be meant by the speaker that *query* names, with the evidence.

    Raises:
        StoreError: if the store cannot be read.
    """
    store = session.store
    best, scores = _near_topic(query, session)
    names = sorted(best, key=lambda name: (-best[name], name))[:_ARTICLES]
    items = session.get_many(names)
    vectors = {name: found for name in items if (found := store.vectors(name)) is not None
               and len(found) == len(items[name].sentences)}  # fmt: skip
    voices = [v for name in names if name in vectors for v in _speaking(items[name], scores)]
    if not _PRESS.search(query.speaker or ""):
        voices = [v for v in voices if not _is_paper(v.name, session.tables)]
    voices = [v for v in voices if _can_be(query.speaker or "", v)]
    if query.party is not None:
        voices = [v for v in voices if not v.parties or query.party in {p.key for p in v.parties}]
    if _COMPANIES.search(query.speaker or ""):
        # An expert who speaks for nobody is no company.
        voices = [v for v in voices if v.parties or not v.role]
    voices = sorted(voices, key=lambda v: (-best[v.article_id], -v.topic))[:_VOICES]
    if not voices:
        return [], np.empty((0, 0), dtype=np.float32)
    phrase, tables = query.speaker or "", session.tables
    numbers = voice_numbers(phrase, query.party, voices, items, vectors, session.embedder, tables)
    return voices, numbers


def _near_topic(
    query: Query, session: ReadSession
) -> tuple[dict[str, float], dict[tuple[str, int], float]]:
    """Say how near articles are to the topic, by id, and their sentences, by id and number."""
    keys, near = _on_topic(query, session)
    places = session.store.locate(keys)
    best: dict[str, float] = {}
    scores: dict[tuple[str, int], float] = {}
    for key, chance in zip(keys, near, strict=True):
        if key in places:
            scores[places[key]] = chance
            name = places[key][0]
            best[name] = max(best.get(name, 0.0), chance)
    return best, scores


def least_near(query: Query, session: ReadSession) -> float:
    """
    Return how near the topic an article must be for its speakers to come into question.

    To be asked right after `meant_by_description`, which has looked at the same; infinity if
    nobody is described.

    Raises:
        StoreError: if the store cannot be read.
    """
    if not is_described(query):
        return math.inf
    ordered = sorted(_near_topic(query, session)[0].values(), reverse=True)
    return ordered[_ARTICLES - 1] if len(ordered) >= _ARTICLES else -math.inf


def topic_of(query: Query) -> str:
    """Return what the article is about in which those whom *query* describes speak."""
    return query.topic or query.speaker or ""


def nearness_of(numbers: Numbers) -> list[float]:
    """Say how near the topic (n, len(NAMES)) sentences are, the first columns being enough."""
    found: list[float] = (numbers[:, _WINDOW] + 0.5 * numbers[:, _WORDS_NEAR]).tolist()
    return found


def _can_be(phrase: str, voice: Voice) -> bool:
    """Return whether *voice* is not plainly another: "Hadid's aide" is not Hadid, nor a mayor."""
    owner = _OWNER.match(phrase)
    if owner is not None:
        last = surname(name_key(owner["name"]))
        if is_proper(voice.name) and last == surname(voice.key):
            return False
        if _FOES.search(phrase) and last in voice.key.split():
            return False
    asks_spokesman = "_spokesman" in like_meanings(phrase)
    return not asks_spokesman or not voice.role or "_spokesman" in like_meanings(voice.role)


def _on_topic(query: Query, session: ReadSession) -> tuple[list[int], Sequence[float]]:
    """List the sentences that may be about the topic, whoever says them, and how near they are."""
    dated = Selection(since=query.since, until=query.until, thoughts=True)
    among: Keys | None = None
    if dated != Selection(thoughts=True):
        among = np.unique(session.store.select_columns(dated).keys)
    found, numbers = session.evidence.find(topic_of(query), among, named=False)
    return found, nearness_of(numbers)


def _is_paper(name: str, tables: Tables) -> bool:
    """Return whether *name* is a newspaper's."""
    party = find_party(name, tables)
    return party is not None and party.kind == "newspaper"


def _speaking(item: IndexedArticle, scores: dict[tuple[str, int], float]) -> list[Voice]:
    """List who speaks in an article."""
    found: dict[str, Voice] = {}
    for statement, parts in zip(item.statements, statement_parts(item), strict=True):
        speaker = statement.speaker
        if speaker is None or role_class(speaker.name) == "unnamed":
            continue
        voice = found.setdefault(
            speaker.key,
            Voice(speaker.key, speaker.name, None, speaker.parties, item.article.id),
        )
        voice.role = voice.role or speaker.role
        voice.sentences |= set(parts)
        voice.topic = max([voice.topic, *(scores.get((item.article.id, at), 0.0) for at in parts)])
    return list(found.values())

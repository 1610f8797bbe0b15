"""Parties learned from other articles: read, stored, asked, and shown with their evidence."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from itertools import permutations

import pytest

from index.answers.answer import answer
from index.answers.search.session import ReadSession
from index.speakers import read_speakers
from index.store.memory.store import MemoryStore
from index.text.sentences import split_sentences
from index.types import Article, Attribution, Evidence, IndexedArticle, Query, Span
from tests.index.briefing_builders import DIM, TABLES, WordEmbedder

MAY = datetime(2031, 5, 1, tzinfo=UTC)
INTRODUCED = "Kremlin spokesman Pyotr Zorin was silent on the barges."
QUOTED = "[Pyotr Zorin] said the barges had left."


def read(name, marked, published_at=MAY, outlet="Harbour Post", tables=TABLES):
    """Read an article whose sources are in brackets; what each said is its sentence."""
    text = marked.replace("[", "").replace("]", "")
    attributions = []
    for part in marked.split("[")[1:]:
        source = part.split("]")[0]
        sentence = next(s for s in split_sentences(text) if source in text[s.start : s.end])
        start = text.index(source, sentence.start)
        content = Span(start + len(source) + 1, sentence.end)
        attributions.append(Attribution((Span(start, start + len(source)),), (), (content,)))
    article = Article(name, f"Title of {name}", text, outlet, None, published_at)
    sentences = tuple(split_sentences(text))
    statements, titles = read_speakers(article, sentences, attributions, tables)
    return IndexedArticle(article, sentences, statements, MAY, titles)


def store_of(*items):
    store, embedder = MemoryStore(DIM), WordEmbedder()
    for item in items:
        texts = [item.article.text[s.start : s.end] for s in item.sentences]
        store.put(item, embedder.embed_passages(texts))
    return store


def said_by(party, *items, tables=TABLES):
    """What *party* said, by the articles *items*."""
    query = Query(f"what did {party} say?", party=party)
    return answer(query, ReadSession(store_of(*items), WordEmbedder(), tables), limit=None).quotes


def test_who_has_no_party_here_speaks_for_the_one_that_another_article_names():
    (quote,) = said_by("russia", read("a", INTRODUCED), read("b", QUOTED))

    assert ("Pyotr Zorin said the barges had left.", "Russia") == (quote.text, quote.party)
    assert (
        Evidence("Kremlin spokesman Pyotr Zorin", "corpus", "a", "Harbour Post", MAY),
    ) == quote.evidence


def test_the_order_of_indexing_does_not_matter():
    items = [read("a", INTRODUCED), read("b", QUOTED), read("c", "[Zorin] said nothing had left.")]

    answers = {tuple(q.text for q in said_by("russia", *order)) for order in permutations(items)}

    assert {("Pyotr Zorin said the barges had left.", "Zorin said nothing had left.")} == answers


@pytest.mark.parametrize(
    ("own", "why"),
    [
        ("Former Kremlin spokesman [Pyotr Zorin] said the barges had left.", "he is it no more"),
        ("[Pyotr Zorin], a professor, said the barges had left.", "he speaks for nobody here"),
        ("[Pyotr Zorin, spokesman for Hamas,] said the barges had left.", "he is another's here"),
    ],
)
def test_what_his_own_article_says_of_him_comes_first(own, why):
    assert () == said_by("russia", read("a", INTRODUCED), read("b", own)), why


def test_a_user_s_row_comes_before_the_corpus():
    user = replace(read("b", QUOTED).statements[0].speaker, parties=(TABLES.parties["turkey"],),
                   evidence=(Evidence("Pyotr Zorin: Turkey", "user"),))  # fmt: skip
    item = read("b", QUOTED)
    owned = replace(item, statements=(replace(item.statements[0], speaker=user),))

    assert () == said_by("russia", read("a", INTRODUCED), owned)
    assert 1 == len(said_by("turkey", read("a", INTRODUCED), owned))


def test_one_weak_wording_is_not_enough():
    weak = "Pyotr Zorin, head of the Russian delegation, was silent."
    other = weak.replace("silent", "late")

    assert () == said_by("russia", read("a", weak), read("b", QUOTED))
    assert 1 == len(
        said_by("russia", read("a", weak), read("c", other, outlet="Herald"), read("b", QUOTED))
    )


def test_a_surname_two_people_on_record_have_is_learned_for_neither():
    zorins = [
        read("b", "[Zorin] said it."),
        read("c", "Lena Zorin, a teacher, ate. [Lena Zorin] said so."),
    ]

    assert 1 == len(said_by("russia", read("a", INTRODUCED), zorins[0]))
    assert () == said_by("russia", read("a", INTRODUCED), *zorins)


def test_a_surname_of_another_year_is_not_learned():
    later = MAY.replace(year=2032)

    assert () == said_by("russia", read("a", INTRODUCED), read("b", "[Zorin] said it.", later))
    assert 1 == len(said_by("russia", read("a", INTRODUCED), read("b", QUOTED, later)))


def test_the_corpus_outranks_the_shipped_tables():
    day = datetime(2016, 5, 1, tzinfo=UTC)
    bare = read("b", "[Sergey Lavrov] said the barges had left.", day)
    moved = [
        read(name, "Turkish Foreign Minister Sergey Lavrov flew home.", day, outlet)
        for name, outlet in (("c", "Herald"), ("d", "Post"))
    ]

    assert "shipped" == said_by("russia", bare)[0].evidence[0].origin
    assert () == said_by("russia", bare, *moved)
    assert "corpus" == said_by("turkey", bare, *moved)[0].evidence[0].origin


def test_a_removed_article_is_forgotten_as_evidence():
    store = store_of(read("a", INTRODUCED), read("b", QUOTED))
    engine = ReadSession(store, WordEmbedder(), TABLES)
    query = Query("what did Russia say?", party="russia")

    before = answer(query, engine).quotes
    store.remove("a")

    assert (1, 0) == (len(before), len(answer(query, engine).quotes))

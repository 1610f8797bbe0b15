"""What an article says on a question is what the question finds in it among all articles."""

from __future__ import annotations

import json

import numpy as np
import pytest

import index.alerts.register as register_module
from index.alerts.alerting import Alerting
from index.alerts.register import Register
from index.answers.quoted_in import find_in
from index.answers.search import backdrop
from index.answers.search.arrived_evidence import ArrivedFinder
from index.answers.search.backdrop import Backdrops
from index.answers.search.meant import voices_of
from index.answers.search.scoring import lasting
from index.answers.search.scoring.lasting import pass_all, will_last
from index.errors import StoreError
from index.types import Query
from tests.index.alerts.conftest import article

pytestmark = pytest.mark.model

FERRY = (
    "“The ferry stays in port for nine days,” Mayor Ana Horvat said. “Nobody will be paid for it,” "
    "she added. “The harbour is too shallow for the new ferry,” said Ivo Babic, a fisherman. It "
    "rained. “We had no say in the matter of the school,” Babic said."
)
SCHOOL = (
    "Mayor Ana Horvat denied that the school would close. “The school stays where it is,” she told "
    "reporters. “A new roof costs forty thousand,” said Lena Novak, who owns the bakery."
)
BAKERY = (
    "“Bread is dearer than ever,” said Lena Novak. The bakery on the quay has closed. “We will pay "
    "for the bread of the school,” Mayor Ana Horvat promised."
)
OVEN = (
    "“The oven of the bakery is cold and the bread comes from the next town,” said Lena Novak. "
    "“The town buys the oven by autumn,” Mayor Ana Horvat promised the bakers."
)
QUESTIONS = [
    "Ana Horvat on the ferry",
    "Ana Horvat",
    "anyone on the ferry",
    "who denied that the school closes?",
    "Lena Novak on bread and the school",
    "Ana Horvat, only direct",
    "what did the mayor promise?",
    "who spoke about the roof of the school?",
]


def make_backdrops(engine, judge=will_last):
    return engine.read(lambda session: Backdrops(session.store, session.embedder, judge))


def found_by_watches(engine, name, backdrops):
    queries = [engine.parse(question) for question in QUESTIONS]
    found = {query.text: set() for query in queries}
    said = engine.read(lambda session: [*find_in(name, lambda *_: queries, session, backdrops)])
    for query, quotes in said:
        found[query.text] |= {quote.text for quote in quotes}
    return found


def found_by_questions(engine, name):
    answers = {question: engine.answer(question, limit=100).quotes for question in QUESTIONS}
    return {
        question: {quote.text for quote in quotes if quote.article_id == name}
        for question, quotes in answers.items()
    }


def test_the_first_look_finds_what_the_question_finds(engine, add):
    add(article("a", FERRY), article("b", SCHOOL), article("c", BAKERY))

    for name in "abc":
        found = found_by_watches(engine, name, make_backdrops(engine, pass_all))
        assert found_by_questions(engine, name) == found
    assert any(found_by_questions(engine, "a").values())


def test_what_was_looked_at_before_is_not_searched_again(engine, add, monkeypatch):
    searches = []
    look = backdrop.Backdrops.look

    def counted(self, question, among, sentences):
        searches.append(question.topic)
        return look(self, question, among, sentences)

    monkeypatch.setattr(backdrop.Backdrops, "look", counted)
    filler = [article(f"f{n}", SCHOOL.replace("forty", f"{n}")) for n in range(12)]
    add(*filler, article("a", FERRY))
    backdrops = make_backdrops(engine, pass_all)
    add(article("b", BAKERY))
    for name in ("a", "f0", "b"):
        found_by_watches(engine, name, backdrops)
    before = len(searches)

    add(article("c", OVEN))

    assert found_by_questions(engine, "c") == found_by_watches(engine, "c", backdrops)
    assert 0 < before == len(searches)


def test_queries_are_answered_in_their_order_by_the_quotes_of_each_statement(engine, add):
    add(article("a", FERRY))

    said = engine.said_in("a", [engine.parse(question) for question in QUESTIONS])

    assert len(QUESTIONS) == len(said)
    texts = [{quote.text for quotes in each for quote in quotes} for each in said]
    assert [*found_by_questions(engine, "a").values()] == texts
    assert [()] == engine.said_in("nowhere", [engine.parse("Ana Horvat")])


def test_an_article_that_is_looked_at_twice_counts_once(engine, add):
    add(article("a", FERRY), article("b", SCHOOL))
    backdrops = make_backdrops(engine, pass_all)

    first = found_by_watches(engine, "a", backdrops)

    assert first == found_by_watches(engine, "a", backdrops)
    kept = [each for each in backdrops.kept() if each.standings]
    assert kept
    for each in kept:
        places = [(standing.article_id, standing.sentence) for standing in each.standings]
        assert len(set(places)) == len(places)


def test_what_was_prepared_is_not_searched_again(engine, book, add, watch, monkeypatch):
    filler = [article(f"f{n}", SCHOOL.replace("forty", f"{n}")) for n in range(12)]
    add(*filler, article("a", FERRY))
    for question in QUESTIONS:
        watch(question)
    alerting = Alerting(engine, book)
    while alerting.prepare():
        pass
    monkeypatch.setattr(backdrop.Backdrops, "look", None)

    add(article("d", FERRY.replace("nine", "ten")))

    assert "Ana Horvat on the ferry" in {kept.text for kept, _ in alerting.catch_up()}


def test_what_the_model_says_will_not_last_is_not_found(engine, add):
    add(article("a", FERRY))

    def nothing(asked, article_id, places, numbers):
        assert (len(places), len(lasting.LASTING_NAMES)) == numbers.shape
        return np.zeros(len(places), dtype=bool)

    found = found_by_watches(engine, "a", make_backdrops(engine, nothing))

    assert not found["anyone on the ferry"]
    # Without a topic there is nothing to judge.
    assert found["Ana Horvat"]


def test_what_names_the_topic_is_found_in_an_index_of_three_articles(engine, add):
    add(article("a", "“The ferry stays in port,” Mayor Ana Horvat told reporters."))
    add(article("b", "“The ferry will leave,” said Ivo Babic, a fisherman."), article("c", BAKERY))

    for name in "ab":
        assert found_by_watches(engine, name, make_backdrops(engine))["anyone on the ferry"]


def test_equal_questions_are_one_and_only_those_that_an_article_concerns_are_asked(
    engine, book, add, watch
):
    add(article("a", FERRY), article("c", BAKERY))
    for text in ("Ana Horvat on the ferry", "what did Ana Horvat say about the ferry?"):
        watch(text, owner=text)
    watch("Lena Novak on the ferry")
    paused = watch("Ivo Babic on the ferry")
    book.pause(paused.number, True)
    register = Register(book.watches(), make_backdrops(engine))
    item, vectors = engine.store.get("a"), engine.store.vectors("a")

    passing = register.passing(item, vectors, 99)

    assert (2, [2]) == (len(register), [len(each.watches) for each in passing])
    assert [] == register.passing(item, vectors, 2)


def test_a_statement_whose_own_words_are_far_from_the_topic_is_judged_all_the_same(
    engine, add, monkeypatch
):
    add(article("a", FERRY))
    query, backdrops = engine.parse("Ana Horvat on the bomber"), make_backdrops(engine, pass_all)
    far = -engine.store.vectors("a")[0]
    monkeypatch.setattr(type(backdrops.embedder), "embed_query", lambda self, text: far)
    judged = []
    find = ArrivedFinder.find

    def noted(self, topic, *rest, **how):
        judged.append(topic)
        return find(self, topic, *rest, **how)

    monkeypatch.setattr(ArrivedFinder, "find", noted)
    engine.read(lambda session: [*find_in("a", lambda *_: [query], session, backdrops)])

    assert ["the bomber"] == judged


def test_whom_a_description_means_is_asked_anew_only_for_what_is_among_the_nearest(
    engine, add, monkeypatch
):
    asked = []

    def noted(query, reading):
        asked.append(reading.store.coverage().articles)
        return voices_of(query, reading)

    monkeypatch.setattr("index.answers.search.meant.voices_of", noted)
    query = Query("?", speaker="ferry operator", topic="the ferry in the harbour")
    late = "“The ferry is {} minutes late,” said Ivo Babic, a fisherman."
    add(*(article(f"f{n}", late.format(n + 3)) for n in range(8)))
    backdrops = make_backdrops(engine)

    def look(name):
        engine.read(lambda session: [*find_in(name, lambda *_: [query], session, backdrops)])

    look("f0")
    first = len(asked)
    add(article("far", "“The roof of the school leaks,” said Lena Novak, a baker."))
    look("far")
    far = len(asked)
    add(article("near", "“The ferry is in the harbour,” said Ivo Babic, a fisherman."))
    look("near")

    assert (1, 1, 2) == (first, far, len(asked))


def test_a_topic_is_embedded_when_it_is_needed_or_before_while_nothing_waits(
    engine, add, watch, book, monkeypatch
):
    add(article("a", FERRY))
    asked = ("Ana Horvat on the ferry", "Lena Novak on dear bread", "Lena Novak on the roof")
    topics = [watch(text).query.topic for text in asked]
    backdrops = make_backdrops(engine)
    register = Register(book.watches(), backdrops)
    monkeypatch.setattr(register_module, "_AT_ONCE", 1)

    assert not any(map(backdrops.is_embedded, topics))
    [passing] = register.passing(engine.store.get("a"), engine.store.vectors("a"), 99)
    needed = [*map(backdrops.is_embedded, topics)]
    steps = [register.prepare() for _ in range(3)]

    assert ("Ana Horvat on the ferry", [True, False, False]) == (passing.query.text, needed)
    assert [True, True, False] == steps
    assert all(map(backdrops.is_embedded, topics))


def test_a_register_that_is_made_anew_embeds_nothing_again(engine, watch, book, monkeypatch):
    watch("Ana Horvat on the ferry")
    backdrops = make_backdrops(engine)
    while Register(book.watches(), backdrops).prepare():
        pass
    removed = watch("Lena Novak on the roof")
    topic = removed.query.topic
    while Register(book.watches(), backdrops).prepare():
        pass
    monkeypatch.setattr(type(backdrops.embedder), "embed_passages", None)

    book.remove(removed.number)
    register = Register(book.watches(), backdrops)

    assert not register.prepare()
    assert not backdrops.is_embedded(topic)


def test_a_model_that_is_not_as_it_was_made_is_refused(tmp_path, monkeypatch):
    text = lasting.files("index.answers.search.scoring").joinpath(lasting.FILE).read_text()
    record = json.loads(text)
    record["model"]["bias"] += 1.0
    (tmp_path / lasting.FILE).write_text(json.dumps(record))
    monkeypatch.setattr(lasting, "files", lambda package: tmp_path)
    lasting.load_lasting.cache_clear()

    with pytest.raises(StoreError, match=r"lasting\.json is not as it was made"):
        lasting.load_lasting()
    lasting.load_lasting.cache_clear()

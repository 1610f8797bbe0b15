"""What an article that is compared with many topics gives is what it gives a single one."""

from __future__ import annotations

import numpy as np
import pytest

from index.answers.search.many_topics import ManyTopics
from index.answers.search.scoring.evidence import ArticleEvidence, Topic
from index.answers.search.scoring.spoken import SpokenArticle
from tests.index.briefing_builders import article, said

GROMOV, WELLER = "Ilya Gromov", "Anna Weller"
LONG = article(
    "a",
    said(GROMOV, "The bridges will be mended.", "Nobody denied that it costs much."),
    said(None, "It will not be dear.", own_words=True),
    said(WELLER, "The mayor's bridge is closed.", cue_class="denied"),
    said(GROMOV, "Bread is dear.", "No comment."),
    said(None, "We shall demand bread."),
    said(WELLER, "I promise that it opens."),
)
SHORT = article("b", said(GROMOV, "The bridge is closed."))
ONE_VOICE = article("c", said(GROMOV, "The bridge is closed.", "It stays so."))
UNSAID = article("d", said(None, "The bridge is closed.", own_words=True))


def unit(*shape: int) -> np.ndarray:
    rows = np.random.default_rng(sum(shape)).normal(size=shape).astype(np.float32)
    return rows / np.linalg.norm(rows, axis=-1, keepdims=True)


TOPICS = {
    "words": Topic(unit(8), unit(3, 8), {"bridge": 2.0, "mayor": 1.0, "tunnel": 3.0}, 0.5),
    "one word": Topic(unit(1, 8)[0], unit(1, 8), {"bread": 1.5}, 0.1),
    "no words": Topic(unit(8), unit(8)[None], {}, 0.0),
    "words that weigh nothing": Topic(unit(8), unit(2, 8), {"bridge": 0.0}, 0.0),
}


@pytest.mark.parametrize("item", [LONG, SHORT, ONE_VOICE], ids=["long", "short", "one voice"])
@pytest.mark.parametrize("name", TOPICS)
@pytest.mark.parametrize("stance", [None, "denied", "demanded", "promised"])
def test_every_number_is_that_of_a_single_topic(item, name, stance):
    spoken, vectors = SpokenArticle(item), unit(len(item.sentences), 8)
    places = sorted(spoken.carrying)[::-1]
    spoken.folded.prepare()

    many = ManyTopics(spoken, vectors)
    many.rows(TOPICS["one word"], "one word", places, None)

    alone = ArticleEvidence(spoken, vectors, TOPICS[name])
    np.testing.assert_allclose(
        alone.rows(places, stance), many.rows(TOPICS[name], name, places, stance), atol=2e-5
    )


def test_some_sentences_get_the_numbers_that_they_have_among_all():
    spoken, vectors = SpokenArticle(LONG), unit(len(LONG.sentences), 8)
    many, topic = ManyTopics(spoken, vectors), TOPICS["words"]
    places = sorted(spoken.carrying)

    every, last = (many.rows(topic, "words", chosen, None) for chosen in (places, places[-1:]))

    assert every[-1:].tolist() == last.tolist()


def test_an_article_in_which_nobody_speaks_can_be_made_ready():
    ManyTopics(SpokenArticle(UNSAID), unit(len(UNSAID.sentences), 8))

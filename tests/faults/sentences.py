"""
Every stored sentence once more against its article, and every quote of an answer.

``python -m tests.faults.sentences [--sentences 100000 --seed 7]``. Articles of
newsprint's own characters (curly quotes, letters beyond the basic plane, combining marks, line
breaks) are split by the real splitter and stored; the slices are kept here. The index is opened
anew, and every sentence that comes back must be the slice ``text[start:end]`` that went in. Then
questions are answered, and each quote must stand in its article, word for word, at its offsets.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from contextlib import closing
from pathlib import Path

from index.core import Index
from index.settings import load_index_settings
from index.text.sentences import split_sentences
from index.types import Article, Attribution, IndexedArticle, Span, Statement
from tests.faults.made import Tiny, make, open_tiny, report, vectors

_WORDS = (
    "“We", "stay,”", "said", "Ana", "Vik", "—", "‘no’", "𝒩orland", "e\u0301te\u0301", "U.S.", "Mr.",
    "3.5", "harbour", "the", "left.", "Why?", "Kőszeg", "北京", "🚢", "\n\n", "…", "tank", "bridge",
)  # fmt: skip


def write(name: str, chance: random.Random) -> IndexedArticle:
    """Write an article of 20 lines; Ana Vik says every sentence with a quotation in it."""
    lines = [" ".join(chance.choices(_WORDS, k=chance.randrange(3, 15))) for _ in range(20)]
    model = make(name)
    article = Article(name, "News", ". ".join(lines) + ".", "Herald", None, None)
    sentences = tuple(split_sentences(article.text))
    said = tuple(
        Statement(Attribution((), (), (Span(s.start, s.end),)), model.statements[0].speaker)
        for s in sentences
        if "“" in article.text[s.start : s.end]
    )
    return IndexedArticle(article, sentences, said, model.indexed_at)


def drive(sentences: int, questions: int, seed: int) -> tuple[tuple[int, int], tuple[int, int]]:
    """Store, open anew, compare; gives sound and all sentences, sound and all quotes."""
    chance, kept = random.Random(seed), dict[str, list[str]]()
    with tempfile.TemporaryDirectory() as folder:
        stored = 0
        with closing(open_tiny(Path(folder))) as store:
            while stored < sentences:
                item = write(f"n{len(kept)}", chance)
                text = item.article.text
                kept[item.article.id] = [text[s.start : s.end] for s in item.sentences]
                stored += len(item.sentences)
                store.put(item, vectors(item))
        with closing(open_tiny(Path(folder))) as store:
            sound = sum(
                item.article.text[s.start : s.end] == wanted
                for name, wanteds in kept.items()
                if (item := store.get(name)) is not None
                for s, wanted in zip(item.sentences, wanteds, strict=True)
            )
            index = Index(store, Tiny(), load_index_settings(data_dir=folder))
            return (sound, stored), _quotes(index, questions, chance)


def _quotes(index: Index, questions: int, chance: random.Random) -> tuple[int, int]:
    sound = total = 0
    for _ in range(questions):
        topic = chance.choice(("tank", "bridge", "harbour"))
        page = chance.randrange(5) * 5
        answer = index.answer(f"what did Norland say about the {topic}?", offset=page)
        for quote in (*answer.quotes, *answer.nearest):
            held = index.store.get(quote.article_id)
            total += 1
            sound += held is not None and held.article.text[quote.start : quote.end] == quote.text
    return sound, total


def main() -> int:
    """Run, and print the counts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sentences", type=int, default=100_000)
    parser.add_argument("--questions", type=int, default=200)
    parser.add_argument("--seed", type=int, default=7)
    given = parser.parse_args()
    stored, quoted = drive(given.sentences, given.questions, given.seed)
    code = report("stored sentences", *stored, given.seed)
    return code | report("quotes", *quoted, given.seed)


if __name__ == "__main__":
    sys.exit(main())

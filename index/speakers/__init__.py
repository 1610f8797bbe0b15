"""
Find whom each source of an article means, and for whom that speaker speaks.

The answer to "what did Russia say?" stands or falls here: a minister calls no country by name
when he speaks, and the one who names Russia is mostly somebody else. No I/O but the tables.
"""

from __future__ import annotations

from collections.abc import Sequence

from index.speakers.mentions import Resolver
from index.speakers.organisations import find_organisations
from index.speakers.people import read_people
from index.speakers.tables import Tables, load_tables
from index.speakers.voices import Context
from index.speakers.within import Place
from index.types import Article, Attribution, Sentence, Statement

__all__ = ["Tables", "identify_speakers", "load_tables"]


def identify_speakers(
    article: Article,
    sentences: Sequence[Sentence],
    attributions: Sequence[Attribution],
    tables: Tables | None = None,
) -> list[Statement]:
    """
    Find the speaker of each attribution, with the parties spoken for.

    Args:
        article: its text, and the date on which office holders are looked up.
        sentences: the article's; they bound how far back a pronoun may reach.
        attributions: of the same article, in any order.
        tables: as loaded by ``load_tables``; the shipped ones if None.

    Returns:
        One statement per attribution, in their order.
    """
    if not attributions:
        return []
    known = tables or load_tables()
    people = read_people(article.text, known)
    sources = [article.text[slice(*span)] for a in attributions for span in a.source]
    organisations = find_organisations(article.text, sources, people, known)
    context = Context(article, people, known, organisations)
    return Resolver(context, Place(article.text, sentences), attributions).statements()

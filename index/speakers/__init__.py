"""
Find whom each source of an article means, and for whom that speaker speaks.

The answer to "what did Russia say?" stands or falls here: a minister calls no country by name
when he speaks, and the one who names Russia is mostly somebody else. No I/O but the tables.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from index.attribution.transcripts.turns import read_turns
from index.speakers.affiliation.introductions import find_introductions
from index.speakers.cast.cast import Cast
from index.speakers.cast.country import (
    find_countries,
    named_for_another,
    tables_at_home,
    without_homonyms,
)
from index.speakers.cast.organisations import find_organisations
from index.speakers.cast.people import read_people
from index.speakers.gazetteer.tables import Tables, load_tables
from index.speakers.resolve.back_references import SentenceGrid
from index.speakers.resolve.corrections import with_corrections
from index.speakers.resolve.resolver import Resolver
from index.speakers.resolve.transcript import as_introduced, in_small_letters, in_transcript
from index.types import Article, Attribution, Introduction, Sentence, Statement

__all__ = ["Tables", "load_tables", "read_speakers"]


def read_speakers(
    article: Article,
    sentences: Sequence[Sentence],
    attributions: Sequence[Attribution],
    tables: Tables | None = None,
) -> tuple[tuple[Statement, ...], tuple[Introduction, ...]]:
    """
    Find the speaker of each attribution with the parties spoken for, and everybody's title.

    Args:
        article: its text, and the date on which office holders are looked up.
        sentences: the article's; they bound how far back a pronoun may reach.
        attributions: of the same article, in any order.
        tables: as loaded by ``load_tables``; the shipped ones if None.

    Returns:
        One statement per attribution, in their order; and how the article introduces its
        people, whether it quotes them or not.
    """
    # Agencies tie "of" to what follows; of the same width, so every offset holds.
    turns = read_turns(article.text, article.marks, article.byline)
    article = replace(article, text=in_small_letters(article.text.replace("\u00a0", " "), turns))
    known = without_homonyms(article.text, tables or load_tables())
    countries = find_countries(article, known)
    known = named_for_another(article.text, tables_at_home(known, countries.home))
    people = read_people(article.text, known)
    sources = [article.text[slice(*span)] for a in attributions for span in a.source]
    organisations = find_organisations(article.text, sources, people, known)
    cast = Cast(article, people, known, organisations, countries)
    introduced = as_introduced(attributions, turns)
    resolver = Resolver(cast, SentenceGrid(article.text, sentences), introduced)
    statements = in_transcript(resolver.statements(), attributions, turns, article.text)
    return tuple(with_corrections(statements, article)), find_introductions(cast)

"""
Put right who said what, as the desk decided it, whatever the models find. Pure.

A decision holds for the words: it follows them when the article is read again or they move, and
ends when the article no longer has them. It changes who said them and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from index.errors import ArticleError
from index.ingest.corrections_file import Correction
from index.labels import (
    ANONYMOUS,
    BY_THE_DESK,
    FROM_CONTEXT,
    FROM_PRONOUN,
    TOGETHER_WITH,
    UNATTRIBUTED,
    VIA_SPOKESPERSON,
)
from index.speakers import Tables
from index.speakers.gazetteer.names import name_key
from index.speakers.gazetteer.tables import phrase_key
from index.types import (
    Evidence,
    IndexedArticle,
    Label,
    Party,
    Sentence,
    Speaker,
    Statement,
)

# What the models say of how they found a speaker: of one that the desk names it would be wrong.
_OF_THE_FINDING = (ANONYMOUS, FROM_CONTEXT, FROM_PRONOUN, UNATTRIBUTED, VIA_SPOKESPERSON)
_THE = re.compile(r"(?i)^the\s+")


def corrected(
    item: IndexedArticle, rows: Sequence[Correction], tables: Tables | None
) -> IndexedArticle:
    """
    Give *item* the speakers that the desk has decided on.

    Args:
        item: as the models read it, or as it is stored.
        rows: what was decided of it, the oldest first.
        tables: tell for whom somebody speaks; None if nothing is to be known of that.
    """
    for row in rows:
        sentence = _sentence(item, row)
        here = [s for s in item.statements if sentence and _touches(s, sentence)]
        chosen = _meant(here, row)
        if chosen:
            speaker = _speaker(row, item, tables)
            made = [_put_right(s, speaker) if s in chosen else s for s in item.statements]
            item = replace(item, statements=tuple(dict.fromkeys(made)))
    return item


def correction_for(item: IndexedArticle, words: str, was: str | None) -> Correction:
    """
    Find the sentence that is to be put right.

    Args:
        item: its article.
        words: the sentence, verbatim.
        was: who is on record with it; None where there is only one.

    Returns:
        A correction that names nobody yet.

    Raises:
        ArticleError: if there is no such sentence, or it does not tell which statement is meant.
    """
    row = Correction(item.article.id, 0, " ".join(words.split()), was or "", "")
    sentence = _sentence(item, row)
    if sentence is None:
        raise ArticleError(
            f"{item.article.id} has no sentence {row.words[:80]!r}; copy it from `ask --json`"
        )
    here = [s for s in item.statements if _touches(s, sentence)]
    names = list(dict.fromkeys(_name(s) for s in here))
    if was is None and len(names) == 1:
        was = names[0]
    if was not in names:
        known = ", ".join(name or "nobody" for name in names) or "no statement at all"
        raise ArticleError(f"on record with this sentence: {known}; name one of them with --was")
    return row._replace(place=sentence.start, was=was)


def labelled(row: Correction, item: IndexedArticle | None) -> dict[str, object]:
    """
    Lay out a correction as a labelled row: the sentence, where it stands, and whose it is.

    Args:
        row: what was decided.
        item: its article, as it is now; None if it is gone. ``start`` and ``end`` are None where
            the article no longer has the sentence.
    """
    sentence = _sentence(item, row) if item is not None else None
    span = (sentence.start, sentence.end) if sentence else (None, None)
    return {
        "article_id": row.article_id,
        "start": span[0],
        "end": span[1],
        "text": item.article.text[slice(*span)] if item and sentence else row.words,
        "speaker": row.speaker or None,
        "role": row.role or None,
        "party": row.party or None,
        "was": row.was or None,
        "by": row.by or None,
        "at": row.at or None,
    }


def _sentence(item: IndexedArticle, row: Correction) -> Sentence | None:
    text = item.article.text
    same = [s for s in item.sentences if " ".join(text[s.start : s.end].split()) == row.words]
    return min(same, key=lambda s: abs(s.start - row.place), default=None)


def _touches(statement: Statement, sentence: Sentence) -> bool:
    spans = statement.attribution.content
    return any(a < sentence.end and sentence.start < b for a, b in spans)


def _meant(here: Sequence[Statement], row: Correction) -> list[Statement]:
    """Choose the statements of a sentence that a row is about; none where that is not sure."""
    if by_them := [s for s in here if _name(s) == row.was]:
        return by_them
    # Another model may find somebody else than was found when the desk decided.
    return list(here) if len({_name(s) for s in here}) == 1 else []


def _name(statement: Statement) -> str:
    return statement.speaker.name if statement.speaker else ""


def _put_right(statement: Statement, speaker: Speaker | None) -> Statement:
    kept = [
        label
        for label in statement.labels
        if label not in _OF_THE_FINDING and not label.startswith(TOGETHER_WITH)
    ]
    of_nobody: list[Label] = [] if speaker else [UNATTRIBUTED]
    labels = tuple(dict.fromkeys((*kept, *of_nobody, BY_THE_DESK)))
    return replace(statement, speaker=speaker, labels=labels)


def _speaker(row: Correction, item: IndexedArticle, tables: Tables | None) -> Speaker | None:
    """Make the speaker that a row names: as the article knows them, where it does."""
    if not row.speaker:
        return None
    key = name_key(row.speaker) or row.speaker.casefold()
    speakers = (s.speaker for s in item.statements if s.speaker)
    known = next((s for s in speakers if s.key == key), Speaker(key, row.speaker))
    found = replace(known, found="named", via=None, role=row.role or known.role)
    if row.party or not found.parties:
        parties = _parties(row.party or row.speaker, tables, named=bool(row.party))
        evidence = (Evidence(BY_THE_DESK, "user"),) if row.party and parties else found.evidence
        found = replace(found, parties=parties or found.parties, evidence=evidence)
    return found


def _parties(name: str, tables: Tables | None, *, named: bool) -> tuple[Party, ...]:
    """Look up the parties that a name stands for; one that is unknown is made where it is named."""
    bare = _THE.sub("", name)
    alias = tables.aliases.get(phrase_key(bare)) if tables else None
    if alias is not None and alias.parties and alias.use != "adjective":
        return alias.parties
    return (Party(phrase_key(bare), bare, "group"),) if named else ()

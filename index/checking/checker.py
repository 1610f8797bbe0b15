"""Check a draft against the articles; `index.core.Index.check` leads here."""

from __future__ import annotations

from index.answers.search.session import ReadSession
from index.checking.checked import Checked
from index.checking.draft import Passage, read_draft, without_marks
from index.checking.verdicts import Judge
from index.errors import QuestionError
from index.speakers.gazetteer.names import name_key, names_agree
from index.types import FoundBy, Span, Speaker


def check(text: str, session: ReadSession) -> tuple[Checked, ...]:
    """
    Check every quotation of a draft, and find what is near to its reports.

    Args:
        text: the draft.
        session: the articles, the model of their vectors, the parties.

    Returns:
        In reading order; a report, which gets no verdict, only where something is near to it.

    Raises:
        StoreError: if the store cannot be read.
        AttributionError: if the weights of the tagger cannot be loaded.
    """
    draft = read_draft(text, session.tables)
    judge = Judge(session)
    quotations = [judge.judge(quotation) for quotation in draft.quotations]
    reports = [near for report in draft.reports if (near := judge.near_to(report)) is not None]
    return tuple(sorted((*quotations, *reports), key=lambda one: (one.start, one.end)))


def check_quotation(text: str, speaker: str | None, session: ReadSession) -> Checked:
    """
    Check one quotation, with or without its marks.

    Args:
        text: what is said to have been said.
        speaker: who is said to have said it, as typed; None for anybody.
        session: the articles, the model of their vectors, the parties.

    Raises:
        QuestionError: if there is no word in *text*.
        StoreError: if the store cannot be read.
    """
    span = without_marks(text, Span(0, len(text)))
    if not any(character.isalnum() for character in text):
        raise QuestionError("a quotation has at least one word")
    by = _typed(speaker, session) if speaker and name_key(speaker) else None
    return Judge(session).judge(Passage(span, text[span.start : span.end], by))


def _typed(name: str, session: ReadSession) -> Speaker:
    """Make a speaker of a typed name; one that nobody on record bears may be a description."""
    key = name_key(name)
    known = session.directory.by_token.get(key.split()[-1], ())
    found: FoundBy = "named" if any(names_agree(each.key, key) for each in known) else "role"
    return Speaker(key, name.strip(), found=found)

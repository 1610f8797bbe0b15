"""Check a draft against the articles; `index.core.Index.check` leads here."""

from __future__ import annotations

from index.answers.search.session import ReadSession
from index.checking.checked import Checked
from index.checking.draft import read_draft
from index.checking.verdicts import Judge


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

"""
What the tools give: the objects of the command line's JSON, with a schema.

Offsets are characters of the article's text, end exclusive; moments are ISO 8601 in UTC.
"""

from __future__ import annotations

from pydantic import BaseModel

from index.checking.checked import Verdict

Span = tuple[int, int]


class Coverage(BaseModel):
    """How much is indexed, and how fresh it is."""

    articles: int
    sentences: int
    newest: str | None
    indexed_at: str | None


class Witnesses(BaseModel):
    """
    Of the outlets that have a statement, those that carry one report, and those with their own.

    One in neither list may be either. ``agency`` is whose report it is, if that is known.
    """

    one_report: list[str]
    own: list[str]
    agency: str | None


class Quote(BaseModel):
    """One sentence of an article, word for word: ``text`` is its ``start:end``."""

    article_id: str
    start: int
    end: int
    text: str
    speaker: str | None
    role: str | None
    party: str | None
    kind: str
    labels: list[str]
    source: Span | None
    cue: Span | None
    content: list[Span]
    outlet: str | None
    published_at: str | None
    url: str | None
    score: float
    also_in: list[str]
    witnesses: Witnesses | None
    page: int | None
    reader: str | None


class Answer(BaseModel):
    """
    An answer: quotes, best first, or an abstention with its reason.

    ``nearest`` are no answer. ``total`` counts the statements there are, shown or not; ``cut``:
    more than are shown.
    """

    question: str
    understood: str
    abstained: bool
    reason: str | None = None
    quotes: list[Quote]
    nearest: list[Quote] = []
    total: int = 0
    cut: bool = False
    coverage: Coverage


class Difference(BaseModel):
    """Words that a quotation has instead of those on record."""

    draft: str
    record: str


class Checked(BaseModel):
    """
    A quotation, ``draft[start:end]``, and what is on record of it.

    Without a ``verdict`` it is what the draft reports, and ``matches`` are the nearest statements.
    """

    start: int
    end: int
    text: str
    verdict: Verdict | None = None
    speaker: str | None = None
    matches: list[Quote]
    difference: list[Difference] = []
    why: str | None = None


class Report(BaseModel):
    """The quotations of a draft, in reading order, and how many got each verdict."""

    counts: dict[str, int]
    checked: list[Checked]

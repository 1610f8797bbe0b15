"""
The nouns of the project, in one place.

All are frozen. Offsets are characters (code points) into ``Article.text``, end exclusive;
scores are similarities, higher is nearer; dates are aware datetimes in UTC.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, NamedTuple, NewType

from index.query import CueClass as CueClass
from index.query import Defaults as Defaults
from index.query import News as News
from index.query import Order as Order
from index.query import Query as Query
from index.witnesses import Witnesses

Kind = Literal["direct", "indirect", "mixed"]
RevisionKind = Literal["added", "changed", "withdrawn", "restored"]
FoundBy = Literal["named", "role", "pronoun", "institution", "none"]
EvidenceOrigin = Literal["user", "article", "corpus", "shipped"]
NameKind = Literal["party", "speaker", "outlet"]
MessageKind = Literal["", "more", "others", "question", "order", "pointer"]
NearestKind = Literal["", "filters", "matters", "kind", "above", "page", "event", "party", "others"]
MarkKind = Literal["bold", "voice", "quote", "cite"]

# See `index.labels`. No Literal, since one of them is followed by names.
Label = NewType("Label", str)


class Span(NamedTuple):
    """A stretch of an article's text: ``text[start:end]``."""

    start: int
    end: int


class Mark(NamedTuple):
    """
    What a format sets apart at the beginning of a line: ``text[start:end]``.

    "bold" is a question or a label in bold type, "voice" the label of a caption's voice, "quote"
    a quotation set apart, and "cite" behind it whom the page names for it.
    """

    start: int
    end: int
    kind: MarkKind


@dataclass(frozen=True, slots=True)
class Article:
    """
    One news article as it came in. ``text`` is stored unchanged.

    ``id`` is the caller's, or derived from the URL or path. ``published_at`` is None if unknown,
    and midnight sharp where only the day is known: it belongs to that day in every time zone.
    ``revised_at`` is when the publisher made this version; ``embargoed_until`` the moment before
    which nobody may read it; ``note`` says what was corrected. ``pages``: where in the text each
    page of a document begins. ``marks``: in reading order, what tells who speaks.
    ``left_out``: kinds and lines, not stored. Last: `index.origins`.
    """

    id: str
    title: str
    text: str
    outlet: str | None = None
    url: str | None = None
    published_at: datetime | None = None
    byline: str | None = None
    embargoed_until: datetime | None = None
    note: str | None = None
    rights: str | None = None
    revised_at: datetime | None = None
    pages: tuple[int, ...] = ()
    marks: tuple[Mark, ...] = ()
    left_out: tuple[tuple[str, str], ...] = field(default=(), compare=False, repr=False)
    origin: str | None = None
    given_id: str | None = None


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """The publisher took back the article with this id: at once, or until further notice."""

    id: str
    reason: str
    at: datetime | None = None
    origin: str | None = None
    given_id: str | None = None


@dataclass(frozen=True, slots=True)
class Revision:
    """
    What became of an article, and when; ``number`` counts up over all articles.

    ``old`` and ``new`` are the fingerprints of the versions, None where there is no version.
    """

    number: int
    article_id: str
    at: datetime
    what: RevisionKind
    reason: str | None = None
    old: str | None = None
    new: str | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """The *index*-th sentence of an article: ``article.text[start:end]``, no outer blanks."""

    index: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Attribution:
    """
    Who reported what: spans of one article's text.

    ``source`` names who reported it, ``cue`` is the word that lifts it out ("said",
    "according to"), ``content`` is what was reported. An attribution whose article names nobody
    has an empty ``source``; a bare quotation has neither source nor cue. Content may be
    discontinuous ("We," he said, "will stay.").
    """

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    kind: Kind = "indirect"
    cue_class: CueClass = "said"
    negated: bool = False
    thought: bool = False
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Party:
    """
    Whom a speaker speaks for. ``key`` is canonical: "russia", "united nations", "nato".

    ``kind`` is one of country, body, group, company, campaign, newspaper, people.
    """

    key: str
    name: str
    kind: str = "country"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a speaker is said to speak for a party: the wording, where, and when."""

    text: str
    origin: EvidenceOrigin
    article_id: str | None = None
    outlet: str | None = None
    published_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Speaker:
    """
    Whom a source means.

    ``name`` is the fullest name the article gives ("Sergei Lavrov"), else the description as
    written ("Russian officials"); ``key`` is its normal form, by which two mentions are one.
    ``role`` is as the article words it ("Russian Foreign Minister"). ``parties`` are those the
    speaker speaks for, the nearest first; ``found`` tells how the source led to the speaker.
    """

    key: str
    name: str
    role: str | None = None
    parties: tuple[Party, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    found: FoundBy = "named"
    via: str | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """An attribution with its speaker; ``speaker`` is None where the article names nobody."""

    attribution: Attribution
    speaker: Speaker | None
    labels: tuple[Label, ...] = ()


class Introduced(NamedTuple):
    """
    Who somebody is, as the articles introduce them.

    ``kind``: asked "who" it is, "which" of several, who speaks "for" them, or for whom somebody
    "speaks"; ``name`` is what was asked for, ``lines`` those found, each with its role, ``names``
    their names alone. Of one who is asked to speak for somebody ``parties`` are for whom the
    articles have that person speak.
    """

    kind: Literal["who", "which", "for", "speaks"]
    name: str
    lines: tuple[str, ...]
    names: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Introduction:
    """
    A wording by which an article says who somebody is ("Kremlin spokesman Dmitry Peskov").

    ``key`` and ``name`` as a Speaker's; ``role`` as worded; ``span`` is that wording with the
    name. ``parties`` are those spoken for, the nearest first; empty where the article says that
    it is none: an office that ended, a scholar, a legislator. ``certain``: the office leaves no
    doubt for whom it speaks, or that it ended.
    """

    key: str
    name: str
    role: str
    parties: tuple[Party, ...]
    span: Span
    certain: bool = False


@dataclass(frozen=True, slots=True)
class IndexedArticle:
    """Everything the index knows of one article; goes into and out of a store whole."""

    article: Article
    sentences: tuple[Sentence, ...]
    statements: Sequence[Statement]
    indexed_at: datetime
    introductions: tuple[Introduction, ...] = ()


@dataclass(frozen=True, slots=True)
class Quote:
    """One sentence on the record, verbatim: ``text == article.text[start:end]``."""

    article_id: str
    start: int
    end: int
    text: str
    speaker: str | None
    role: str | None
    party: str | None
    kind: Kind
    labels: tuple[Label, ...]
    source: Span | None
    cue: Span | None
    content: tuple[Span, ...]
    outlet: str | None
    published_at: datetime | None
    url: str | None
    score: float
    title: str = ""
    also_in: tuple[str, ...] = ()
    witnesses: Witnesses | None = None  # whether those carry one report
    evidence: tuple[Evidence, ...] = ()
    cue_text: str | None = None
    source_text: str | None = None
    stance: str = ""  # a cue class but "said", or the words of a negated cue; both of this sentence
    names_party: bool = False  # the speaker's name or role tells the party
    fragment: str = ""  # opens ``url`` at this very sentence; "" where no words match it alone
    page: int | None = None  # of the document, from 1
    reader: str | None = None  # opens it on a page of ours, for some days; None where ``url`` does


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much the index holds, and how fresh it is."""

    articles: int
    sentences: int
    newest: datetime | None
    indexed_at: datetime | None

    def __str__(self) -> str:
        """Word it: "1,204 articles, 31,877 sentences, newest 2018-03-05"."""
        newest = f", newest {self.newest:%Y-%m-%d}" if self.newest else ""
        return f"{self.articles:,} articles, {self.sentences:,} sentences{newest}"


@dataclass(frozen=True, slots=True)
class Briefing:
    """
    The answer to one question: quotes best first, or an abstention with its reason.

    ``nearest`` holds, for an abstention only, what comes nearest: shown apart. ``nearest_kind``:
    without the question's "filters", by those asked on other "matters", of the "kind" asked for, or
    by them in the articles "above" in a thread, or by others there, since what was found is of
    another "event", by their "party", or by "others"; ``names`` are some on record, where nobody
    asked for is. ``total`` counts all that matched, shown or not; ``estimated`` where not all were
    looked at. ``beside`` counts what else they say there, ``undated`` what has no date.
    """

    query: Query
    quotes: tuple[Quote, ...]
    coverage: Coverage
    abstained: bool = False
    reason: str | None = None
    nearest: tuple[Quote, ...] = ()
    total: int = 0
    headings: Mapping[str, str] = field(default_factory=dict)
    estimated: bool = False
    nearest_kind: NearestKind = ""
    names: tuple[str, ...] = ()
    beside: int = 0
    undated: int = 0


@dataclass(frozen=True, slots=True)
class Context:
    """A sentence among those around it in its article, each verbatim, in reading order."""

    before: tuple[str, ...]
    text: str
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Side:
    """What one of several has said; a person who is asked for by name is a party of one."""

    party: Party
    briefing: Briefing


@dataclass(frozen=True, slots=True)
class Comparison:
    """Several parties on one matter, in the order in which the question names them."""

    query: Query
    sides: tuple[Side, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """Two statements of one party on one matter that differ; which is true is not judged."""

    earlier: Quote
    later: Quote

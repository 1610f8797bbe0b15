"""
Find who speaks in a paper: "the ministry's statement", "ONS data", "the letter".

A paper says what its author says. Whose it is stands in front of it; "the statement" is that of
the one who has just spoken "in a statement". Where the text says neither, the paper stays what it
is. Offsets are characters into ``Article.text``. No I/O.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from index.labels import FROM_CONTEXT
from index.speakers.cast.cast import Cast
from index.speakers.gazetteer.tables import phrase_key
from index.speakers.resolve.back_references import SentenceGrid
from index.speakers.resolve.pronouns import Turn
from index.speakers.resolve.source import Resolved
from index.types import Span, Speaker

Describe = Callable[[Span, str], Resolved]

_PAPER = (
    r"(?P<paper>statement|report|letter|study|survey|memo|tweet|post|release|data|figures|poll"
    r"|proclamation|affidavit|complaint|website|filing|analysis|e-?mail|announcement|document"
    r"|readout|notice|bulletin|video|order|decree|resolution|alert|forecast|index|plan|designation"
    r"|declaration|assessment|findings|records?|research|paper|ruling|request|note|message|audit"
    r"|guideline|advisory|communique|communiqué|dispatch|review|opinion|summary)s?"
)
_WRITTEN_FOR = rf"(?: (?:[a-z]+|Facebook|Twitter|Instagram|Telegram|blog|news|press))?\s+{_PAPER}"
_POSSESSED = re.compile(rf"(?P<owner>[^,;“”\"]{{2,60}}?)['’]s?{_WRITTEN_FOR}(?P<rest>\s.*)?$")
_DAYS = (
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August"
    r"|September|October|November|December"
)
# "The Polar Institute report", "a 2023 UN study citing witnesses"
_NAMED = re.compile(
    rf"(?:(?:[Tt]he|[Aa]n?|new|latest|recent|official|\d{{4}})\s+)*"
    rf"(?P<owner>(?!(?:The|An?|{_DAYS})\b)[A-Z][\w.&-]*(?:\s(?:of\s)?[A-Z][\w.&-]*){{0,4}})"
    rf"\s+(?:news\s+)?{_PAPER}(?:\s(?:citing|quoting|on|about|of)\s.*)?"
)
# "a statement on the ministry's website"
_ON = re.compile(
    r"(?:an?|the)\s+[a-z]+\s+(?:(?:posted|published|released)\s+)?(?:on|in)\s+(?=the\s)"
)
_BARE = re.compile(
    r"(?:the|that|this|its|their)(?: same)?"
    rf"(?: (?-i:[A-Z]{{2,3}}|[a-z-]+|{_DAYS})){{0,2}}\s+{_PAPER}",
    re.I,
)
# "Agency data" is the agency's.
_OF_THE_BODY = re.compile(
    r"(?:(?:the|new|latest|recent|internal|its)\s+)*(?P<body>agency|company|ministry|department"
    r"|commission|council|committee|union|university|hospital|airline|campaign|bank|court|charity)"
    rf"\s+(?:[a-z]+\s+)?{_PAPER}", re.I,
)  # fmt: skip
_THEIRS = re.compile(rf"their (?:[a-z]+ )?{_PAPER}", re.I)
_REPORTED = re.compile(r"\breport(?:ed|s)\b")
_FAR = 8
_JUST_NOW = 2
# So far back a paper may have been introduced, in characters.
_REACH = 3_000
_CAPITAL = r"(?:(?:[A-Z]\.)+|[A-Z][\w&’'-]*)"
_NAME = (
    rf"(?:the\s+)?(?!(?:{_DAYS}|The|But|In)\b){_CAPITAL}"
    rf"(?:\s+(?:(?:of|for|on|and|the)\s+){{0,2}}{_CAPITAL}){{0,8}}"
)
_INTRODUCED = (
    r"(?P<owner>{name})['’]s\s+(?:[a-z-]+\s+){{0,3}}{noun}s?\b"
    r"|\b{noun}s?\b[^.;“”\"]{{0,40}}?\s(?:by|from)\s+(?:researchers (?:at|from) )?"
    r"(?P<by>(?:the (?:[a-z]+ ){{1,2}}office of )?{name}|the [a-z ]+['’]s office of {name})"
    r"|\b(?P<letters>[A-Z]{{2,6}})\s{noun}s?\b"
)
# A study is quoted by many; only the one who published it is meant.
_SPOKE_IN = (
    r"\b(?:in|by|through|on|via|released|issued|published|put out|signed|wrote|posted|sent|shared)"
    r"\b[^.;]{{0,70}}\b{}"
)
# How else the same paper is called.
_CALLED = {
    "statement": "(?:statement|announcement|declaration|release)",
    "release": "(?:release|statement|announcement)",
    "announcement": "(?:announcement|statement|release)",
    "tweet": "(?:tweet|twitter|post)",
    "post": "(?:post|tweet|twitter|facebook|instagram|telegram|truth social)",
    "report": "(?:report|study|analysis|assessment|plans)",
    "study": "(?:study|paper|report|research)",
    "document": "(?:document|paper|report)",
    "letter": "(?:letter|e-?mail)",
    "video": "(?:video|address)",
}


def author_of(span: Span, bare: str, cast: Cast, describe: Describe) -> Resolved | None:
    """
    Find whose paper a source is by its own words; None if they do not tell.

    Args:
        span: where the source stands.
        bare: its words.
        cast: the article and the tables.
        describe: resolves whom the words at a place mean.
    """
    owner = owner_of(span, bare, cast)
    if owner is not None:
        return describe(owner, cast.article.text[slice(*owner)])
    own = _OF_THE_BODY.fullmatch(bare)
    body = f"the {own.group('body').lower()}" if own is not None else ""
    found = describe(span, body) if body else None
    speaker = found.speaker if found is not None else None
    named = speaker is not None and speaker.parties and speaker.name.lower() != body
    return found if named else None


def owner_of(span: Span, bare: str, cast: Cast) -> Span | None:
    """
    Find whose paper a source words: "FBBV's Facebook post", "ONS data"; None if it does not.

    Args:
        span: where the source stands.
        bare: its words.
        cast: the article and the tables; a nation's adjective, or a word that has a capital only
            here, is no name.
    """
    given = giver_of(span, bare, cast.article.text)
    if given is not None:
        return given
    found = _POSSESSED.fullmatch(bare)
    if found is None:
        found = _NAMED.fullmatch(bare)
        owner = found.group("owner") if found else ""
        alone = owner.isalpha() and not owner.isupper()
        alias = cast.tables.aliases.get(phrase_key(owner))
        if alias is not None and alias.use == "adjective":
            return None
        if alone and not re.search(rf"[\w,] {re.escape(owner)}\b", cast.article.text):
            return None
    if found is None:
        return None
    on = _ON.match(found.group("owner"))
    first = found.start("owner") + (on.end() if on else 0)
    return Span(span.start + first, span.start + found.end("owner"))


# "Per numbers" (reported by the Polar Institute)
_NUMBERS = re.compile(r"(?:Per )?(?:[a-z]+ )?(?:numbers|figures|data|statistics|estimates)", re.I)
_GIVEN_BY = re.compile(
    rf"\s+(?:reported|released|published|compiled|collected|provided|cited)\s+by\s+"
    rf"(?P<by>(?:The\s+)?{_NAME})"
)


def giver_of(span: Span, bare: str, text: str) -> Span | None:
    """Find who gave the numbers that a source is: "data released by the Polar Institute"."""
    found = _GIVEN_BY.match(text, span.end) if _NUMBERS.fullmatch(bare) else None
    return Span(*found.span("by")) if found is not None else None


def author_named(span: Span, bare: str, cast: Cast, describe: Describe) -> Resolved | None:
    """
    Find whose paper "the report" is that the text introduced: "a report from the Polar Institute".

    Args:
        span: where the source stands.
        bare: the source as written.
        cast: the article and the tables.
        describe: resolves whom the words at a place mean.

    Returns:
        The author; None if the paper is not introduced by its author's name.
    """
    text = cast.article.text
    paper = _BARE.fullmatch(re.split(r",\s", bare)[0])
    if paper is None:
        return None
    noun = re.sub(r"s$", "", paper.group("paper").lower())
    wording = re.compile(_INTRODUCED.format(name=_NAME, noun=f"(?:{noun}|{noun.title()})"))
    last = None
    for match in wording.finditer(text, max(0, span.start - _REACH), span.start):
        last = Span(*match.span(match.lastgroup or "owner"))
    if last is None:
        return None
    found = describe(last, text[slice(*last)])
    return replace(found, labels=(*found.labels, FROM_CONTEXT))


def spoke_in(
    span: Span, bare: str, turns: Sequence[Turn], text: str, grid: SentenceGrid
) -> list[Turn]:
    """
    Find who spoke in the paper that "the statement" points back to.

    Args:
        span: where the source stands.
        bare: the source as written.
        turns: who spoke before.
        text: the article's.
        grid: its sentences.

    Returns:
        The turn of its author, or of each of several; empty if that is open.
    """
    bare = re.split(r",\s", bare)[0]
    found = _BARE.fullmatch(bare)
    if found is None:
        return []
    paper = found.group("paper").lower()
    called = _CALLED.get(paper, paper)
    wording = re.compile(_SPOKE_IN.format(called), re.I)
    here = grid.sentence_at(span.start)
    for turn in reversed(turns):
        at = grid.sentence_at(turn.span.start)
        if turn.span.start >= span.start or turn.speaker is None:
            continue
        if here - at > _FAR:
            return []
        bounds = grid.sentences[at].start, grid.sentences[at].end
        theirs = turn.together and here - at <= _JUST_NOW and _THEIRS.fullmatch(bare)
        reported = paper == "report" and turn.person is None and _REPORTED.search(text, *bounds)
        if theirs or reported or _again(turn, called, text) or wording.search(text, *bounds):
            return [each for each in turns if each.span == turn.span and each.speaker]
    return []


def _again(turn: Turn, called: str, text: str) -> bool:
    """Return whether somebody spoke in the same paper, which his source names alone."""
    own = text[slice(*turn.span)]
    found = _BARE.fullmatch(own)
    alone = turn.speaker is None or turn.speaker.name.lower() == own.lower()
    return (
        found is not None and not alone and bool(re.fullmatch(called, found.group("paper"), re.I))
    )


def without_paper(speaker: Speaker | None) -> Speaker | None:
    """Return *speaker* without the newspaper it is: that speaks for its state or for nobody."""
    if speaker is None or not any(p.kind == "newspaper" for p in speaker.parties):
        return speaker
    kept = tuple(p for p in speaker.parties if p.kind != "newspaper")
    return replace(speaker, parties=kept, evidence=speaker.evidence if kept else ())

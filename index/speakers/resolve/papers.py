"""
Find who speaks in a paper: "the ministry's statement", "ONS data", "the letter".

A paper says what its author says. Whose it is stands in front of it; "the statement" is that of
the one who has just spoken "in a statement". Where the text says neither, the paper stays what it
is. Offsets are characters into ``Article.text``. No I/O.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from index.speakers.cast.cast import Cast
from index.speakers.gazetteer.tables import phrase_key
from index.speakers.resolve.back_references import SentenceGrid
from index.speakers.resolve.pronouns import Turn
from index.types import Span, Speaker

_PAPER = (
    r"(?P<paper>statement|report|letter|study|survey|memo|tweet|post|release|data|figures|poll"
    r"|proclamation|affidavit|complaint|website|filing|analysis|e-?mail|announcement|document"
    r"|readout|notice|bulletin|video|order|decree|resolution|alert|forecast|index|plan|designation)s?"
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
    rf"(?:the|that|this|its|their)(?: same)?(?: (?:news|press|new|final|joint|open|public|latest"
    rf"|annual|full|initial|brief|video|(?-i:(?:[A-Z]{{2,3}} )?[a-z]+)))?\s+{_PAPER}",
    re.I,
)
_FAR = 8
# So far back a paper may have been introduced, in characters.
_REACH = 3_000
_CAPITAL = r"(?:(?:[A-Z]\.)+|[A-Z][\w&’'-]*)"
_NAME = (
    rf"(?:the\s+)?(?!(?:{_DAYS}|The|But|In)\b){_CAPITAL}"
    rf"(?:\s+(?:(?:of|for|on|and|the)\s+){{0,2}}{_CAPITAL}){{0,8}}"
)
_INTRODUCED = (
    r"(?P<owner>{name})['’]s\s+(?:[a-z-]+\s+){{0,3}}{noun}s?\b"
    r"|\b{noun}s?\b[^.;“”\"]{{0,40}}?\s(?:by|from)\s+(?:researchers (?:at|from) )?(?P<by>{name})"
)
# A study is quoted by many; only the one who published it is meant.
_SPOKE_IN = (
    r"\b(?:in|by|through|on|via|released|issued|published|signed|wrote|posted|sent|shared)\b"
    r"[^.;]{{0,70}}\b{}"
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


def author_named(span: Span, bare: str, text: str) -> Span | None:
    """
    Find where the text names whose paper "the report" is: "a report from the Polar Institute".

    Args:
        span: where the source stands.
        bare: the source as written.
        text: the article's.

    Returns:
        The name; None if the paper is not introduced by its author's.
    """
    found = _BARE.fullmatch(re.split(r",\s", bare)[0])
    if found is None:
        return None
    noun = re.sub(r"s$", "", found.group("paper").lower())
    wording = re.compile(_INTRODUCED.format(name=_NAME, noun=f"(?:{noun}|{noun.title()})"))
    last = None
    for match in wording.finditer(text, max(0, span.start - _REACH), span.start):
        last = Span(*match.span("owner" if match.group("owner") else "by"))
    return last


def spoke_in(
    span: Span, bare: str, turns: Sequence[Turn], text: str, grid: SentenceGrid
) -> Turn | None:
    """
    Find who spoke in the paper that "the statement" points back to; None if that is open.

    Args:
        span: where the source stands.
        bare: the source as written.
        turns: who spoke before.
        text: the article's.
        grid: its sentences.
    """
    found = _BARE.fullmatch(re.split(r",\s", bare)[0])
    if found is None:
        return None
    paper = found.group("paper").lower()
    wording = re.compile(_SPOKE_IN.format(_CALLED.get(paper, paper)), re.I)
    here = grid.sentence_at(span.start)
    for turn in reversed(turns):
        at = grid.sentence_at(turn.span.start)
        if turn.span.start >= span.start or turn.speaker is None:
            continue
        if here - at > _FAR:
            return None
        sentence = grid.sentences[at]
        if wording.search(text, sentence.start, sentence.end):
            return None if turn.together else turn
    return None


def without_paper(speaker: Speaker | None) -> Speaker | None:
    """Return *speaker* without the newspaper it is: that speaks for its state or for nobody."""
    if speaker is None or not any(p.kind == "newspaper" for p in speaker.parties):
        return speaker
    kept = tuple(p for p in speaker.parties if p.kind != "newspaper")
    return replace(speaker, parties=kept, evidence=speaker.evidence if kept else ())

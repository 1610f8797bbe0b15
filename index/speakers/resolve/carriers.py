"""
Tell who only carries what another said: an outlet that reports, a paper in which it stands.

"The port was shut, officials said, the Daily Tern reported" is what officials say. An outlet that
reports something "citing the ministry" carries the ministry's words. Offsets are characters into
``Article.text``. No I/O.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate

from index.attribution.cues import classify_cue
from index.attribution.told.claims import is_claim
from index.speakers.affiliation.bodies import MEDIA
from index.speakers.gazetteer.parties import matches
from index.speakers.gazetteer.tables import Tables
from index.types import Attribution, Span

_CARRIES = frozenset(
    "report cite quote according write say add air publish broadcast tell reveal".split()
)
# Who is carried says something; "he met", "they refuse" are the outlet's words.
_SAYS = frozenset(
    "say tell announce deny warn add write confirm claim estimate believe argue explain state"
    " insist call accuse according urge promise demand note acknowledge describe declare suggest"
    " condemn testify tweet post stress speak identify plan intend quote cite reiterate predict"
    " expect conclude report ask vow".split()
)
_CITING = re.compile(r"(?:citing|quoting|cited|quoted)(?: by)?", re.I)
_OUTLET = re.compile(
    r"\b(?:news (?:agency|outlet|site|website|service|channel)|newspaper|broadcaster|outlet|channel"
    r"|magazine|network|television|TV|radio|media|affiliate|wire service|daily|tabloid)s?\b", re.I,
)  # fmt: skip
_PAPER = re.compile(
    r"\b(?:statement|report|letter|memo|tweet|post|release|documents?|filings?|affidavit"
    r"|complaint|website|plans|transcript|recording|remarks|reporting|video|testimony|interview"
    r"|readout|e-?mails?|records|audio|footage|indictment|lawsuit|comments|text messages?)\b",
    re.I,
)
# "Ministry data", "ten people familiar with it", but no clause and no reason.
_WHO = re.compile(
    r"(?:(?:an?|the|its|two|three|several|some|unnamed|anonymous|local|senior)\s+)*"
    r"[\w’'., -]{3,70}"
)
_NO_WHO = re.compile(
    r"\b(?:data|statistics|figures|concerns?|fears?|reasons?|need|lack|demand|law|security|health"
    r"|age|deaths?|progress|surge|issues?|rules?|evidence|weather|costs?|threats?|risks?|plans?)\b",
    re.I,
)
_LEAST_SHARED = 0.5
_NAME = r"(?:(?:[A-Z][\w.’'-]*|al|de|van|von|bin)\s){0,3}[A-Z][\w’'-]*"
# "The Tern quoted an unnamed pilot as saying": the words begin behind it.
_QUOTED_AS = re.compile(
    r"(?P<who>[^,;:“”\"]{3,70}?)\s+as\s+(?:saying(?:\s+that)?\s+|(?=[a-z]+ing\b))"
)
# "The gate stayed shut, a senior pilot, Anna Novak," (was quoted by the Tern as saying)
_BEFORE_QUOTED = re.compile(rf",\s+(?P<who>(?:(?:an?|the)\s[^,]{{3,60}},\s)?{_NAME})$")
# "“It stays so,” Novak wrote" (according to the paper)
_WROTE = re.compile(rf"[”\"]\s+(?P<who>{_NAME})\s+(?P<cue>wrote|said|added|told \w+)$")
# "The ministry, however, denied it" (the Tern later reported)
_DENIED = re.compile(
    r"(?P<cue>denied|confirmed|rejected|acknowledged|admitted|said)\s+(?:that\s+)?"
)
_HOWEVER = re.compile(r",\s(?:however|though|meanwhile),\s")
_NO_COMMENT = re.compile(
    r"(?P<who>[^,;“”\"]{3,60}?)\s+(?=(?:had no (?:immediate )?comment"
    r"|(?:declined|refused) to comment|did not (?:immediately )?(?:comment|respond|reply))\b)"
)


_LONGEST = 120  # characters
_PAPER_ALONE = re.compile(r".*\b(?:paper|site|article|story|piece|version)(?: of .*)?", re.I)
_QUOTES = re.compile(r"\bquot(?:ed|es|ing)\b", re.I)
_QUOTED_BY = re.compile(r"\s+by\s+(?P<who>[^,.;:“”\"\n]{2,70}?)\s+as\s+(?:saying|telling)\b")
_QUOTER = re.compile(
    r"(?:^|[,.;:“”\"\n]\s*)(?P<who>[^,.;:“”\"\n]{2,90}?)\s+(?:has\s+|had\s+|then\s+)*quot(?:ed|es)\s+$"
)


def is_outlet(source: str, tables: Tables) -> bool:
    """Return whether a source is a newspaper, an agency or a channel, and nobody of it."""
    bare = re.sub(r"^(?:the|an?)\s+", "", source.strip(" ,"), flags=re.I)
    for match in matches(bare, tables):
        parties = match.alias.parties
        if match.span.start == 0 and parties and parties[0].kind == "newspaper":
            return not re.match(r"['’]s?\s|\s+[a-z]+(?:er|or|ist)\b", bare[match.span.end :])
        break
    last = re.split(r",\s", bare)[0]
    named = re.fullmatch(r"(?:[A-Z][\w.’'-]*\s?)+(?:and [A-Z][\w. -]*)?", last)
    return bool(_OUTLET.search(last) or (named and MEDIA.search(last)))


def carries_words(source: str, tables: Tables) -> bool:
    """Return whether a source is an outlet or a paper, which carries what others say."""
    return is_outlet(source, tables) or bool(_PAPER.search(source))


def with_cited(attributions: Sequence[Attribution], text: str, tables: Tables) -> list[Attribution]:
    """
    Give what an outlet reports "citing the ministry" to the ministry.

    Args:
        attributions: of one article.
        text: the article's.
        tables: by which a name is an outlet's.

    Returns:
        The attributions, those of outlets that cite somebody turned into theirs.
    """
    found = list(attributions)
    gone: set[int] = set()
    for at, own in enumerate(attributions):
        words_of = _words_of_another(own, text, tables)
        if words_of is not None:
            found[at] = words_of
            continue
        who = _cited(own, text, tables)
        if who is None:
            continue
        rest = tuple(span for span in own.content if span != who)
        if rest:
            found[at] = replace(own, source=(who,), content=rest)
            continue
        carrier = next(
            (
                i
                for i, each in enumerate(attributions)
                if i != at and each.source == own.source and _near(each, own)
            ),
            None,
        )
        if carrier is not None:
            cue = (*attributions[carrier].cue, *own.cue)
            found[carrier] = replace(attributions[carrier], source=(who,), cue=cue)
            gone.add(at)
    return [each for at, each in enumerate(found) if at not in gone]


def _words_of_another(own: Attribution, text: str, tables: Tables) -> Attribution | None:
    """Give what an outlet only passes on to the one whose words hold who says it."""
    if not own.cue or not own.source or not own.content:
        return None
    source = text[own.source[0].start : own.source[-1].end]
    cue = " ".join(text[slice(*span)] for span in own.cue).lower()
    paper = re.fullmatch(r"the (?:paper|report|newspaper|agency)", source, re.I)
    if not paper and not is_outlet(source, tables):
        return None
    for at, span in enumerate(own.content):
        words = text[slice(*span)]
        quoted = _QUOTED_AS.match(words) if cue in ("quoted", "quotes") else None
        silent = _NO_COMMENT.match(words) if _verb(own, text) in _CARRIES else None
        behind = _BEFORE_QUOTED.search(words) if cue == "was quoted" else None
        wrote = _WROTE.search(words) if cue == "according to" else None
        match = quoted or silent or behind or wrote
        denied = _DENIED.match(words) if at and _verb(own, text) in _CARRIES else None
        if denied is not None and _HOWEVER.fullmatch(text[own.content[at - 1].end : span.start]):
            cue_at = Span(span.start, span.start + denied.end("cue"))
            rest = [Span(span.start + denied.end(), span.end), *own.content[at + 1 :]]
            return replace(own, source=(own.content[at - 1],), cue=(cue_at,), content=tuple(rest))
        if match is None or (quoted and span.start - own.cue[-1].end > 1):
            continue
        who = Span(span.start + match.start("who"), span.start + match.end("who"))
        first = quoted or silent
        begin, end = (match.end(), len(words)) if first else (0, match.start() + bool(wrote))
        rest = [*own.content]
        rest[at] = Span(span.start + begin, span.start + end)
        cues = own.cue
        if wrote:
            cues = (Span(span.start + wrote.start("cue"), span.start + wrote.end("cue")),)
        return replace(own, source=(who,), cue=cues, content=tuple(rest))
    return None


def _cited(own: Attribution, text: str, tables: Tables) -> Span | None:
    """Find whom an outlet cites; None if it is no outlet, or cites no one."""
    if not own.cue or not _CITING.fullmatch(text[slice(*own.cue[-1])]) or not own.source:
        return None
    if not is_outlet(text[own.source[0].start : own.source[-1].end], tables):
        return None
    behind = [span for span in own.content if 0 <= span.start - own.cue[-1].end <= 1]
    if len(behind) != 1 or not _WHO.fullmatch(text[slice(*behind[0])]):
        return None
    return None if _NO_WHO.search(text[slice(*behind[0])]) else behind[0]


def _near(carrier: Attribution, own: Attribution) -> bool:
    """Return whether a statement stands just before the cue that cites somebody for it."""
    return bool(carrier.cue) and abs(own.cue[0].start - carrier.cue[0].end) < 60


def carried(attributions: Sequence[Attribution], text: str, tables: Tables) -> dict[int, list[int]]:
    """
    List who only carries what others said, with those others.

    Args:
        attributions: of one article.
        text: the article's.
        tables: by which a name is an outlet's.

    Returns:
        For the place of a carrier, the places of whom it carries; nothing for all others.
    """
    found: dict[int, list[int]] = {}
    for at, own in enumerate(attributions):
        if not own.source or not own.cue or not own.content:
            continue
        source = text[own.source[0].start : own.source[-1].end]
        outlet = is_outlet(source, tables)
        paper = not outlet and _PAPER.search(source) and not re.match(r"[A-Z]\w+['’]s", source)
        cue = _verb(own, text)
        if not (outlet and cue in _CARRIES) and not (paper and cue == "according"):
            continue
        inner = [
            i
            for i, each in enumerate(attributions)
            if i != at
            and each.source
            and each.source[0] not in own.source
            and _verb(each, text) in _SAYS
            and _within(own, each)
            and not is_outlet(text[slice(*each.source[0])], tables)
        ]
        if inner:
            found[at] = inner
    return found


def told_of(attributions: Sequence[Attribution], text: str, tables: Tables) -> frozenset[int]:
    """
    List whose words somebody else tells, so that who speaks there is the teller.

    Args:
        attributions: of one article.
        text: the article's.
        tables: by which a name is an outlet's, which only carries words.

    Returns:
        The places of what is told within another's statement, or claimed by a noun.
    """
    tellers = [
        bool(one.source)
        and not carries_words(text[one.source[0].start : one.source[-1].end], tables)
        for one in attributions
    ]
    contents = sorted(
        (s, i) for i, one in enumerate(attributions) if tellers[i] for s in one.content
    )
    starts = [span.start for span, _ in contents]
    # An article may have thousands: only what lies around a cue is looked at.
    reach = list(accumulate((span.end for span, _ in contents), max))
    found = set()
    for at, own in enumerate(attributions):
        if not own.source or not own.cue:
            continue
        cue = own.cue[0]
        last = bisect_right(starts, cue.start) - 1
        told = is_claim(text, own.source[0], cue)
        while not told and last >= 0 and reach[last] >= cue.end:
            span, teller = contents[last]
            told = cue.end <= span.end and attributions[teller].source != own.source
            last -= 1
        if told:
            found.add(at)
    return frozenset(found)


def quoter(own: Attribution, text: str, tables: Tables) -> Span | None:
    """
    Find who quotes somebody: "Novak quoted Lind as saying", "Lind was quoted by Norway as saying".

    Args:
        own: what is quoted.
        text: the article's.
        tables: by which a name is an outlet's, which only carries words.

    Returns:
        Where the text names who quotes; None for nobody, for an outlet and for a paper.
    """
    if not own.cue or not own.source:
        return None
    cue = own.cue[0]
    if not _QUOTES.search(text, max(0, cue.start - 40), cue.end):
        return None
    by = _QUOTED_BY.match(text, cue.end)
    lead = text[max(0, cue.start - _LONGEST) : own.source[0].start]
    before = _QUOTER.search(lead)
    if by is not None:
        found = Span(*by.span("who"))
    elif before is not None:
        first = own.source[0].start - len(lead)
        found = Span(first + before.start("who"), first + before.end("who"))
    else:
        return None
    who = text[slice(*found)]
    return None if carries_words(who, tables) or _PAPER_ALONE.fullmatch(who) else found


def _verb(own: Attribution, text: str) -> str:
    """Take the first word of what a cue is a form of; "" for a cue without words."""
    lemma = classify_cue(" ".join(text[slice(*span)] for span in own.cue)).lemma
    return lemma.split()[0] if lemma else ""


def _within(own: Attribution, each: Attribution) -> bool:
    """Return whether the words of *each* are mostly among those that *own* reports."""
    size = sum(span.end - span.start for span in each.content)
    shared = sum(
        max(0, min(a.end, b.end) - max(a.start, b.start)) for a in own.content for b in each.content
    )
    begins = each.cue and any(s.start <= each.cue[0].start < s.end for s in own.content)
    return size > 0 and shared >= _LEAST_SHARED * size and (bool(begins) or shared == size)

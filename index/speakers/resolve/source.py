"""
Read the source of a statement: what it names, which person that is, or which of several.

The tagger takes in datelines ("GENEVA (Agency) - Norway"), the paper in which something is said
("a statement by Hamas") and the words around ("Johnson as", "in"): `tidy_source` cuts them off.

"A spokesman for Petrov", "Petrov's young guard" and "Petrov supporters" all hold a name, and none
of them is Petrov: `named_person` finds the person that a source names, not one it mentions.

Offsets are characters of the text given. No I/O.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.attribution.unattributed import signature
from index.speakers.affiliation.bodies import is_body
from index.speakers.affiliation.officials import is_no_person
from index.speakers.affiliation.phrases import phrase_affiliation
from index.speakers.cast.cast import Cast
from index.speakers.cast.descriptions import ASIDE
from index.speakers.cast.people import Person
from index.speakers.gazetteer.lexicon import words
from index.speakers.gazetteer.role_phrases import read_role
from index.speakers.gazetteer.roles import role_class
from index.speakers.resolve.antecedent.whole_names import whole_name
from index.speakers.resolve.impostors import impostor, without_neighbour
from index.speakers.resolve.joint.parted import nearest_first, rejoined
from index.types import Attribution, Label, Span, Speaker

_DATELINE = re.compile(r"[A-Z][A-Z .,'’-]{2,40}(?:\([^()\n]{2,40}\)\s*)?(?:[-–—]\s+)(?=\w)")
# Who made a paper says what it says.
_PAPER_BY = re.compile(
    r"(?:(?:an?|the|another|one)\s+)?(?:[a-z-]+\s+){0,3}?(?:estimate|figure|data|statistic"
    r"|statement|report|study|studie|survey|analysi|letter|release|readout|memo|filing|tweet|post"
    r"|e-?mail|document|record|bulletin|notice|assessment|poll|research|paper|message|audit"
    r"|advisory|review|guideline)s?\s+"
    r"(?:by|from|(?:issued|released|published|compiled|provided|posted|written|sent(?: out)?) by)"
    r"\s+(?!(?:(?:last|this|early|late)\s|\w+day\b|January|February|March|April|May|June|July"
    r"|August|September|October|November|December))(?=[^\W\d_])",
    re.I,
)
_DAY = re.compile(
    r"(?:\s+at an? (?:[a-z]+ )?(?:news conference|briefing|rally|hearing|meeting|interview))?"
    r"\s+(?:on\s+|last\s+|late\s+|early\s+)?(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:January|February|March|April|May|June"
    r"|July|August|September|October|November|December)\s+\d{1,2})(?:\s+(?:night|morning|evening"
    r"|afternoon))?$"
)
# "RT @annberg": who passes it on is not named, whose words they are is.
_PASSED_ON = re.compile(r"(?:RT|MT|via|VIA)\s*:?\s+(?P<who>@\w+)")
_ABBREVIATION = re.compile(r"\s+\([A-Z][\w.&-]{1,9}\)?$")
_REFLEXIVE = re.compile(r"(?<=\w)\s(?:him|her|it|them)sel(?:f|ves)$")
_REFLEXIVE_ALONE = re.compile(r"(?:him|her|it|them)sel(?:f|ves)")
# "Holm" (himself)
_NAME_BEFORE = re.compile(r"(?:[A-Z][\w.’'-]*\s){1,4}$")
_LAST_WORD = re.compile(r"(?:^|\s+)[^\s]+$")
_NO_NOUN = (
    words("phrase stop")
    | frozenset(
        "the a an this meanwhile also later now then just previously reportedly recently however"
        " last next earlier instead today yesterday tomorrow".split()
    )
) - {"that"}
_AROUND = " ,.;:“”\"'()\n\t"
_GOVERNS = re.compile(r"\b(?:of|for|to|by|from|at|with|against|about|behind)\s")
_TITLE_OF = re.compile(
    r"\b(?:chief|director|head|commissioner|superintendent|dean|secretary|vice president|manager"
    r"|minister|professor|chair\w*) of (?:the )?[a-z]+(?: (?:and )?[a-z]+){0,3}(?=[ ,]*$)"
    r"|\bhouse of (?:commons|lords|representatives)\b"
    r"|\b(?:secretary of (?:state|defen[cs]e|the treasury)|minister of (?:the )?\w+(?: affairs)?"
    r"|chief of (?:the general )?staff|speaker of the house)\b",
    re.I,
)
# "University of Hull professor Anna Novak" is no governing "of".
_BODY_OF = re.compile(
    rf"\b(?:{'|'.join(sorted(words('body name heads')))}) of (?:the )?[A-Z][\w-]+", re.I
)
_COURTESY_BEFORE = re.compile(r",?\s+(?:Mr|Mrs|Ms|Dr|Prof|Professor|Sir|Dame)\.?\s*$")
# After these a name is over; any other word makes it part of another phrase.
_NAME_ENDS = frozenset(
    {"and", "or", "also", "of", "in", "who", "on", "from", "at", "with", "himself", "herself"}
)


# "A diplomat who met Anna Novak": the noun speaks, a name in its clause does not.
_CLAUSE = re.compile(
    r"(?P<head>(?:(?:[Aa]n?|[Tt]he|[Oo]ne)\s+)?[a-z-]+(?:\s+[a-z-]+){0,3}?),?\s+"
    r"(?:who|whom|whose|which|that)\s+(?!(?:works?|worked|serves?|served|speaks?|spoke|represents?"
    r"|represented|belongs?|heads?|leads?|runs?|commands?|(?:is|was|are|were) (?:an?|the|with))\s)"
    r"(?=[^,;:]*\b[A-Z])"
)
# "Prime Minister Anna Novak, whose brother, Mark Hale" (said)
_WHOSE = re.compile(
    r"[^“”\"\n]{3,120}?,\swhose\s[a-z][a-z-]*(?:\s[a-z-]+){0,2},\s(?P<name>(?:[A-Z][\w.’'-]*\s?){1,4}),?"
)
# "Beekeepers in Delaware" are no Delaware.
_PEOPLE_IN = re.compile(r"[A-Z]?[a-z]+(?: [a-z]+){0,2} (?:in|across|around|near)(?: the)? ")
_OWNERS = frozenset({"his", "her", "its", "their"})


# The tagger may leave "Mr" of "Mr Novak".
_COURTESY_ALONE = re.compile(r"(?P<title>Mr|Mrs|Ms|Dr|Prof|Sir|Dame|Lord|Lady)\.? [A-Z][\w’'-]+")
_SHORT = 6


def source_spans(text: str, attribution: Attribution) -> list[Span]:
    """
    Find the spans that say who reported something, each cut down to the one it names.

    None for a source that names nobody; a name that signs the quotation before is left out.
    """
    spans = [tidy_source(text, span) for span in rejoined(text, attribution)]
    spans = [whole_name(text, span) for span in spans]
    # The tagger may part "the" from whom it belongs to.
    spans = [span for span in spans if span.start < span.end]
    if len(spans) > 1 and text[spans[0].end : spans[1].start] == ", ":
        spans = spans[_is_addressed(text, spans[0].start) :]
    # "Petrov met Novak – their second meeting – and said": "their" is nobody beside a name.
    spans = [s for s in spans if text[slice(*s)].lower() not in _OWNERS] or spans
    return _signed(text, attribution, nearest_first(text, attribution, spans))


def tidy_source(text: str, span: Span) -> Span:
    """Cut *span* down to the one it names; an empty span if it holds no noun ("in", "54")."""
    start, end = span
    handle = _PASSED_ON.match(text, start)
    if handle is not None:
        return Span(*handle.span("who"))
    false = impostor(text, span) or without_neighbour(text, span)
    if false is not None:
        return false
    if _REFLEXIVE_ALONE.fullmatch(text, start, end):
        named = _NAME_BEFORE.search(text[max(0, start - 60) : start])
        return Span(start - len(named.group()), start - 1) if named else span
    start = _behind_addressee(text, span)
    kin = _WHOSE.fullmatch(text, start, end)
    start = kin.start("name") if kin else start
    clause = _CLAUSE.match(text, start, end)
    end = clause.end("head") if clause else end
    # The credit of a picture or a heading is no part of who speaks behind it.
    lines = text[start:end].rstrip().rfind("\n\n")
    start = start + lines + 2 if lines >= 0 else start
    for pattern in (_DATELINE, _PAPER_BY):
        found = pattern.match(text, start, end)
        start = found.end() if found else start
    while start < end and text[start] in _AROUND:
        start += 1
    while start < end:
        shorter = start + len(_shortened(text[start:end]))
        if shorter == end:
            break
        end = shorter
    courtesy = _COURTESY_ALONE.match(text, start) if end - start < _SHORT else None
    if courtesy is not None and courtesy.end("title") == end:
        return Span(start, courtesy.end())
    return Span(start, end) if re.search(r"[^\W\d_]", text[start:end]) else Span(start, start)


# "In remarks to the editor, Anna Novak, Petrov also said": who is spoken to is none who speaks.
_TO_WHOM = re.compile(
    r"(?:[Ii]n|[Dd]uring)\s(?:an?\s|his\s|her\s|their\s)?(?:[a-z]+\s)?(?:remarks?|comments?|interview"
    r"|conversation|meeting|call|letter|message|talks|response|reply|answer|address|speech)"
    r"\s(?:to|with)\s|(?:[Ss]peaking|[Tt]alking|[Ww]riting|[Rr]esponding|[Rr]eplying)\s(?:to|with)\s"
)
_SAID = re.compile(r"\b(?:said|told|added|wrote)\b")


def _is_addressed(text: str, start: int) -> bool:
    """Return whether the one named at *start* is spoken to: "in remarks to the editor, Novak"."""
    lead = max(0, start - 80)
    ends = [m.end() for m in re.finditer(r"[.;:“”\"\n]\s", text[lead:start])]
    lead += ends[-1] if ends else 0
    led = _TO_WHOM.search(text, lead, start)
    return led is not None and not _SAID.search(text, led.start(), start)


def _behind_addressee(text: str, span: Span) -> int:
    """Return where a source begins behind the comma that ends whom its sentence addresses."""
    comma = text.rfind(", ", span.start, span.end)
    name = comma > 0 and text[comma + 2].isupper() and _is_addressed(text, span.start)
    return comma + 2 if name else span.start


def _shortened(written: str) -> str:
    """Cut off what cannot end a name: marks, a day, a word like "of"."""
    bare = written.rstrip(_AROUND if "(" not in written else _AROUND.replace(")", ""))
    bare = _DAY.sub("", _ABBREVIATION.sub("", _REFLEXIVE.sub("", bare)))
    last = _LAST_WORD.search(bare)
    word = last.group().strip() if last else ""
    # "USA TODAY" ends in no time of the day.
    cut = word.lower() in _NO_NOUN and not (word.isupper() and len(word) > 1)
    return bare[: last.start()] if last and cut else bare


def _signed(text: str, attribution: Attribution, source: list[Span]) -> list[Span]:
    """Leave a name that signs the quotation before it to that one: “…” ― Anna Novak."""
    cue, content = attribution.cue, attribution.content
    if not cue or not content or not re.fullmatch("[—–―]|--?", text[slice(*cue[0])]):
        return source
    begin = content[0].start
    own = [span for span in source if span.end > begin or "\n" not in text[span.end : begin]]
    return own if own or not source else [*signature(text, content[-1])[0]]


def starts_at(attribution: Attribution) -> int:
    """Return where the source of an attribution stands, else its cue, else its content."""
    spans = attribution.source or attribution.cue or attribution.content or (Span(0, 0),)
    return spans[0].start


def is_nobody(person: Person, bare: str) -> bool:
    """Return whether a lone word is a body's letters, a region or officials, no person."""
    return (person.name.isupper() and len(bare) > 2) or is_no_person(bare)


def with_name(source: Sequence[Span], cast: Cast) -> Span:
    """Join a role and the name behind its comma, which the tagger may part."""
    first = source[0]
    if len(source) < 2 or not re.fullmatch(r",\s", cast.article.text[first.end : source[1].start]):
        return first
    return Span(first.start, source[1].end)


# "Anna Novak with the Polar Fund"
_SENT_BY = re.compile(r",?\s(?:with|from)\s(?:the\s)?[A-Z]")
# "Novak and Petrov's mother" is not Novak.
_SHARED_KIN = re.compile(r"\s+and\s+[A-Z][\w-]+['’]s?\s+[a-z-]+,\s[A-Z]")


def named_person(span: Span, bare: str, cast: Cast) -> Person | None:
    """
    Find the person that a source names, not one it merely mentions.

    Args:
        span: where the source stands.
        bare: its words.
        cast: the article, its people, the tables.
    """
    text = cast.article.text
    for mention, person in cast.people.within(span):
        before, after = text[span.start : mention.start], text[mention.end : span.end]
        full = " " in text[slice(*mention)] and _SENT_BY.match(after) and not is_body(person.name)
        if full and not re.search(r"[a-z]", before):
            return person
        if not person.plausible and re.search(r"\w", before + after):
            # "Hundreds of voters", "the Science Directorate": a capital alone is no person.
            continue
        possessive = text[slice(*mention)].endswith(("'s", "’s")) or after[:1] in ("'", "’")
        if possessive and re.search(r"\w", after):
            continue
        if _PEOPLE_IN.fullmatch(before):
            continue
        if _SHARED_KIN.match(after):
            continue
        if _GOVERNS.search(_BODY_OF.sub("", _TITLE_OF.sub("", before))):
            # "a spokesman for Petrov", but "Minister of Defence Petrov".
            role = read_role(before, cast.tables)
            touches = _touches(before, person, mention) or _heads_name(before)
            if role is None or not touches:
                continue
        follows = re.match(r"\s+([\w'’-]+)", after)
        if follows and follows.group(1).lower() not in _NAME_ENDS:
            # "Petrov supporters", "Petrov adviser Anna Novak".
            continue
        return person
    if _PEOPLE_IN.match(bare):
        return None
    if bare[:1].isupper() and len(bare.split()) <= 3 and phrase_affiliation(bare, cast) is None:
        return cast.people.find(bare)
    return None


def _heads_name(before: str) -> bool:
    """Return whether a role with "of" goes with the name behind it: "Director of Public Health"."""
    found = re.search(r"(?P<role>\w+) of (?P<work>(?:[A-Z][\w-]+ (?:and )?){1,5})$", before)
    if found is None or role_class(found.group("role")) is None:
        return False
    return not any(role_class(word) for word in found.group("work").split())


def _touches(before: str, person: Person, mention: Span) -> bool:
    """Return whether the title before a mention is the mentioned person's own."""
    bare = ASIDE.sub("", _COURTESY_BEFORE.sub("", before).rstrip(" ,"))
    end = mention.start - len(before) + len(bare)
    return any(role.span.end == end and len(role.text) >= len(bare) - 5 for role in person.roles)


@dataclass(frozen=True, slots=True)
class Resolved:
    """A resolved source: the speaker, the person behind it, and the labels."""

    speaker: Speaker | None
    person: Person | None = None
    labels: tuple[Label, ...] = ()

"""
Sentences and paragraphs of one article, and what a description in it points back to.

"The minister", "the ministry" and "the group" name somebody that the article has named before;
with two ministers in the article they name nobody. Offsets are characters into
``Article.text``. No I/O.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

from index.speakers.affiliation.bodies import RUN, is_body
from index.speakers.cast.cast import Cast
from index.speakers.cast.people import Person
from index.speakers.gazetteer.lexicon import words
from index.speakers.gazetteer.parties import WORD, governments_in, matches
from index.speakers.gazetteer.role_phrases import read_role
from index.speakers.gazetteer.roles import role_class
from index.types import Attribution, Party, Sentence, Span

_CARRIED = re.compile(
    r"(?:according to|reported by|cited by|quoted by|in a report by)\s+(?:the\s+)?"
    r"(?P<a>[^,.;]{2,50})"
    r"|,\s+(?:the\s+)?(?P<b>[A-Z][^,.;]{1,40}?)\s+(?:reported|reports|quoted|cited)\b"
)
_MINISTRY = re.compile(
    r"(?:[A-Z][\w.’']*\s+(?:[\w-]+\s+){0,2})?(?:[Mm]inistry(?: of (?:the )?[A-Z]\w+(?: \w+)?)?|"
    r"[Gg]overnment|[Ee]mbassy|[Aa]rmy|[Mm]ilitary|[Nn]avy|[Pp]olice|[Aa]dministration)\b"
)
# "Hospital officials" are another matter.
_OF_A_GOVERNMENT = re.compile(
    r"(?:the )?(?:(?:two|three|several|some|many|senior|top|unnamed|government|defen[cs]e|military"
    r"|security|intelligence|foreign ministry) )*officials|(?:the )?authorities"
    r"|the (?:government|military|army|air force|navy|foreign ministry|defen[cs]e ministry)"
    r"|a (?:senior |top )*(?:government|military|army) (?:official|spokes\w+)",
    re.I,
)
# What a country has one of.
_OF_THE_STATE = re.compile(
    r"the (?!local|regional|provincial|state|city)(?:government|military|army|air force|navy"
    r"|coast guard|(?:[\w-]+ ){1,4}ministry|ministry of .+"
    r"|(?:[\w-]+ ){0,3}(?<!first )(?<!chief )minister(?: of [\w-]+)?)",
    re.I,
)
# So many characters before a phrase may stand what it points back to.
MAX_REACH = 1_200
# So many sentences, so surely each on a line of its own, are no paragraphs; how many are one.
_MANY_LINES, _SURELY, _LINES_EACH = 8, 0.85, 3
_NP_STOP = words("phrase stop")
_WHEN = re.compile(
    r"(?: \([A-Z][\w&.-]*\))?(?: (?:on|in|last|late|early|this))?"
    r" (?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:week|month|year|(?:January|February|March"
    r"|April|May|June|July|August|September|October|November|December)(?: \d{1,2})?))$"
    r"| \([A-Z][\w&.-]*\)$"
)
# "Defend its content", "gave the council": what begins with a verb is no noun.
_GOVERNED = re.compile(
    r"(?!(?:the|an?|his|her|its|their|this|that|these|those|some|many|several|two|three)\b)[a-z]+"
    r"(?:\s[a-z]+)?\s(?P<noun>(?:the|an?|his|her|its|their|this|these|those)\s.+)"
)
# "Anna Novak, a harbour pilot who", "Sen. Ivan Petrov, R-Mo., who"
_APPOSED = re.compile(
    r",\s(?:\d{1,3},\s)?(?:an?\s[^,;:“”\"]{2,60}|[DRI]-[A-Z][\w.]+(?: [A-Z][\w.]+)?|\d{1,3})"
)


class SentenceGrid:
    """The sentences and paragraphs of an article."""

    def __init__(self, text: str, sentences: Sequence[Sentence]) -> None:
        self.text = text
        self.sentences = sorted(sentences, key=lambda s: s.start) or [Sentence(0, 0, len(text))]
        self._starts = [s.start for s in self.sentences]
        gaps = [text[a.end : b.start] for a, b in pairwise(self.sentences)]
        broken = sum("\n" in gap for gap in gaps)
        # Each sentence on a line of its own: the lines tell nothing of paragraphs.
        self.in_lines = (
            len(gaps) >= _MANY_LINES
            and broken >= _SURELY * len(gaps)
            and not any(gap.count("\n") > 1 for gap in gaps)
        )

    def sentence_at(self, offset: int) -> int:
        """Find the index of the sentence at *offset*."""
        return max(0, bisect_right(self._starts, offset) - 1)

    def paragraphs_between(self, first: int, last: int) -> int:
        """Count the paragraph breaks between two sentences."""
        gap = self.text[self.sentences[first].end : self.sentences[last].start]
        inner = range(first, last)
        if first >= last:
            return 0
        if "\n" not in gap:
            return 0
        breaks = sum(
            "\n" in self.text[self.sentences[i].end : self.sentences[i + 1].start] for i in inner
        )
        return breaks // _LINES_EACH if self.in_lines else breaks

    def in_quotation(self, offset: int) -> bool:
        """Return whether *offset* lies between the quotation marks of its paragraph."""
        before = self.text[self.text.rfind("\n", 0, offset) + 1 : offset]
        if "“" in before or "”" in before:
            return before.rfind("“") > before.rfind("”")
        return before.count('"') % 2 == 1

    def credits_another(self, attribution: Attribution, cast: Cast, own: str) -> bool:
        """
        Return whether the sentence of *attribution* credits an outlet other than *own*.

        Args:
            attribution: of this article.
            cast: the tables, by which a name is an outlet's.
            own: the article's outlet, in small letters and without "the".
        """
        spans = attribution.cue or attribution.content
        if not spans:
            return False
        sentence = self.sentences[self.sentence_at(spans[0].start)]
        text = self.text[sentence.start : sentence.end]
        for found in _CARRIED.finditer(text):
            name = found.group("a") or found.group("b")
            outlets = [
                m.alias.parties[0]
                for m in matches(name, cast.tables)
                if m.span.start == 0 and m.alias.parties
            ]
            if outlets and outlets[0].kind == "newspaper":
                return outlets[0].name.casefold().removeprefix("the ") != own
        return False


def role_holder(span: Span, bare: str, cast: Cast, grid: SentenceGrid) -> Person | None:
    """
    Find the one person of the article whom "the minister" means; None for nobody or several.

    Args:
        span: where the description stands; only people named before it count.
        bare: its words.
        cast: the article, its people, the tables.
        grid: its sentences; of several, one named in this or the last sentence is meant.
    """
    words = [w.group().lower() for w in WORD.finditer(bare)]
    if len(words) < 2 or words[0] not in ("the", "this", "that") or len(words) > 5:
        return None
    head = role_class(" ".join(words[1:])) and " ".join(words[1:])
    head = head or (words[-1] if role_class(words[-1]) else None)
    if head is None or role_class(head) in ("force", "unnamed") or head.endswith("s"):
        return None
    wanted = {w for w in words[1:] if w not in head.split()}
    known = [p for p in cast.people if _has_role(p, head, wanted, cast)]
    before = [p for p in known if any(m.start < span.start for m in p.mentions)]
    if len(before) == 1:
        return before[0]
    near = {
        id(p): p
        for p in before
        for m in p.mentions
        if m.start < span.start and grid.sentence_at(span.start) - grid.sentence_at(m.start) <= 1
    }
    return next(iter(near.values())) if len(near) == 1 else None


def _has_role(person: Person, head: str, wanted: set[str], cast: Cast) -> bool:
    """Return whether the article calls *person* by the role *head* with the words *wanted*."""
    for role in person.roles:
        reading = read_role(role.text, cast.tables)
        if reading is None or reading.ended or head.split()[-1] not in reading.head.split():
            continue
        if all(re.search(rf"\b{re.escape(w)}", role.text, re.I) for w in wanted):
            return True
    return False


def ministry_meant(span: Span, bare: str, cast: Cast) -> str | None:
    """
    Find the wording of the institution that "the ministry" or "the army" points back to.

    Args:
        span: where the description stands.
        bare: its words ("the ministry", "their army").
        cast: the article and the tables.
    """
    found = re.fullmatch(r"(?:the|its|their)\s+((?:[\w-]+\s+){0,2}[\w-]+)", bare, re.I)
    if found is None:
        return None
    noun = found.group(1).lower()
    text = cast.article.text
    start = max(0, span.start - MAX_REACH)
    before = text[start : span.start]
    last = noun.split()[-1]
    named = [m.group() for m in _MINISTRY.finditer(before) if m.group().lower().endswith(last)]
    named = [n for n in named if (r := read_role(n, cast.tables)) is not None and r.parties]
    if named and not bare.lower().startswith("the "):
        # "Norwegians ... their government": not the Russian one named further back.
        between = before[before.rfind(named[-1]) + len(named[-1]) :]
        if any(m.alias.parties for m in matches(between, cast.tables)):
            return None
    return named[-1] if named else None


def government_meant(
    span: Span, bare: str, cast: Cast, grid: SentenceGrid
) -> tuple[Party, str] | None:
    """
    Find the one government whose "officials" or "military" are meant, and how it is worded.

    Its paragraph says, up to the end of the sentence, else the headline; both only by naming
    one government as such ("the Turkish army"), not a mere country. A ministry without either
    is the article's country's.
    """
    if _OF_A_GOVERNMENT.fullmatch(bare):
        government, is_named = _government_around(span, cast, grid)
        if is_named:
            return government
    return cast.countries.home if _OF_THE_STATE.fullmatch(bare) else None


def _government_around(
    span: Span, cast: Cast, grid: SentenceGrid
) -> tuple[tuple[Party, str] | None, bool]:
    """Find the one government named around *span*; and whether any is."""
    start = cast.article.text.rfind("\n", 0, span.start) + 1
    end = grid.sentences[grid.sentence_at(span.start)].end
    for text in (cast.article.text[start:end], cast.article.title):
        found = {
            parties[-1].key: (parties[-1], text[slice(*named)])
            for named, parties in governments_in(text, cast.tables)
        }
        if found:
            return (next(iter(found.values())) if len(found) == 1 else None), True
    return None, False


_SOMEONES = re.compile(
    r"(?:^|[\s“\"])(?:(?:an?|one|two|some|several)\s(?:[a-z-]+\s){1,3}?|the\s(?:[a-z-]+\s)?(?:brother"
    r"|sister|wife|husband|son|daughter|father|mother|lawyer|aide|adviser|friend|assistant|widow"
    r"|partner|colleague)\s)(?:to|of|for|with)\s"
    r"(?:(?:[A-Z][\w.’'-]*|the|president|minister|mayor|senator)\s)*$",
    re.IGNORECASE,
)


def relative_phrase(span: Span, cast: Cast, grid: SentenceGrid) -> Span | None:
    """
    Find the noun phrase in front of "who".

    Args:
        span: where "who" stands.
        cast: the article and its people.
        grid: its sentences; the phrase begins in the same one.

    Returns:
        The phrase with the name it begins with, if any; None if no words stand there.
    """
    text = cast.article.text
    sentence = grid.sentences[grid.sentence_at(span.start)]
    end = span.start
    while end > sentence.start and text[end - 1] in " ,\u00a0\n":
        end -= 1
    # "Data of the Polar Institute (PI) on Friday, which"
    end = sentence.start + len(_WHEN.sub("", text[sentence.start : end]))
    before = cast.people.within(Span(sentence.start, end))
    for mention, person in reversed(before):
        if not person.plausible:
            continue
        gap = text[mention.end : end]
        kin = None if gap.strip(" ,") else _whose_kin(mention, before)
        if kin is not None:
            return Span(kin.start, end)
        if not gap.strip(" ,") and _SOMEONES.search(text[sentence.start : mention.start]):
            # "An aide to Novak, who": it may be either.
            return None
        owned = any(r.span.start >= mention.end and r.span.end <= end for r in person.roles)
        if (
            not gap.strip(" ,()")
            or (owned and gap.startswith(","))
            or re.fullmatch(r"\s*\([^)]*\)|\s+of [A-Z][\w ]*", gap)
            or _APPOSED.fullmatch(gap)
        ):
            return Span(mention.start, end)
        break
    return _noun_phrase(text, sentence.start, end)


def _whose_kin(mention: Span, before: Sequence[tuple[Span, Person]]) -> Span | None:
    """Find whose apposition ends in a name: "Anna Novak, the sister of Ivan Novak, who"."""
    for named, person in before:
        roles = [r.span for r in person.roles if named.end < r.span.start <= mention.start]
        if named.end < mention.start and any(mention.end <= role.end for role in roles):
            return named
    return None


def _noun_phrase(text: str, start: int, end: int) -> Span | None:
    """Find the noun phrase that ends at *end*, or the whole of a body's name; None for neither."""
    words = list(re.finditer(r"[^\s,;:“”\"()]+", text[start:end]))
    first = len(words)
    while first > 0 and len(words) - first < 6:
        word = words[first - 1].group().lower()
        joined = first == len(words) or not re.search(
            r"[,;:“”\"()]",
            text[start + words[first - 1].end() : start + words[first].start()],
        )
        if word in _NP_STOP or not joined:
            break
        first -= 1
    if first == len(words):
        return None
    begin = start + words[first].start()
    # "The Board of Ice and Snow, which"
    named = [m for m in RUN.finditer(text, start, end) if m.end() == end]
    whole = named and " " in named[0].group() and is_body(named[0].group())
    return Span(min(begin, named[0].start()) if whole else begin, end)


def noun_alone(span: Span, cast: Cast) -> Span:
    """
    Cut the verb off what stands in front of "which": "defend its content".

    Args:
        span: what `relative_phrase` found.
        cast: the article and the tables.

    Returns:
        The noun phrase; an empty span where that is a thing of somebody's, which does not speak.
    """
    found = _GOVERNED.fullmatch(cast.article.text, *span)
    if found is None or read_role(found.group().split()[0], cast.tables) is not None:
        return span
    noun = found.group("noun")
    owned = noun.lower().startswith(("its ", "his ", "her ", "their "))
    silent = owned and role_class(noun.split()[-1].lower()) is None
    return Span(span.end, span.end) if silent else Span(found.start("noun"), span.end)

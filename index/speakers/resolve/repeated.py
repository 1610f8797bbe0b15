"""
Find whom "the governor", "the entrepreneur" or "the official" means, who spoke or was named before.

Whoever the article calls so is meant, then who spoke with that noun ("a White House official"),
then, for a noun that is no office, the person who has just spoken alone. Where the article calls
that person something else, the phrase stays what it is. Offsets are characters into
``Article.text``. No I/O.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.labels import FROM_CONTEXT
from index.speakers.cast.cast import Cast
from index.speakers.cast.people import Person
from index.speakers.gazetteer.names import name_key
from index.speakers.gazetteer.roles import role_class
from index.speakers.resolve.back_references import SentenceGrid
from index.speakers.resolve.pronouns import Turn
from index.speakers.resolve.source import Resolved
from index.types import Span

_PHRASE = re.compile(
    r"(?:(?:[Oo]ne|[Tt]wo|[Ss]ome|[Bb]oth) of )?"
    r"(?:(?P<the>[Tt]he|[Tt]his|[Tt]hat|[Tt]hose)\s+)?(?:same\s+|former\s+|ex-)?"
    r"(?P<before>(?:(?:and\s+)?(?:[a-z][\w’'-]*|\d+-year-old|[A-Z][\w’'-]*)\s+){0,5}?)"
    r"(?P<noun>[a-z]+)(?:,? (?:himself|herself|also))?"
)
# What may follow "one of the officials" without a word on who speaks.
_OF_SEVERAL = re.compile(r"^((?:[Oo]ne|[Tt]wo|[Ss]ome) of .*?)\s(?:[a-z]+ing|briefed|familiar)\b.*")
# How titles before a name stand for the office.
_SHORT = {
    "governor": ("gov",), "senator": ("sen",), "congressman": ("rep", "representative"),
    "congresswoman": ("rep", "representative"), "representative": ("rep",), "general": ("gen",),
    "professor": ("prof",), "doctor": ("dr",), "lawmaker": ("sen", "rep", "mp", "senator",
    "representative", "congressman", "congresswoman"), "premier": ("prime minister",),
    "spokesperson": ("spokesman", "spokeswoman"), "attorney": ("lawyer",), "lawyer": ("attorney",),
    "officer": ("sgt", "lt", "capt"), "executive": ("ceo", "chief executive"),
    "leader": ("president", "prime minister", "chairman", "premier"), "judge": ("justice",),
    "councilman": ("councilman", "councilmember"), "chief": ("chief",), "source": ("person",
    "official"), "person": ("official", "source", "person"), "scientist": ("researcher",),
    "researcher": ("scientist",), "scientists": ("researchers",), "researchers": ("scientists",),
    "president-elect": ("president-elect",), "minister": ("minister",),
}  # fmt: skip
_HUMAN = re.compile(
    r"(?:er|or|ist|ian|man|woman|ant|eer|ee|star|teenager|peer|guard|chef|pilot|nurse|athlete|mum"
    r"|dad|mother|father|native|graduate|veteran|youth|boy|girl|candidate|cleric|monk|nun)$"
)
# These end like words for people.
_NO_PERSON = frozenset(
    "bluster cluster disaster danger anger answer water fever labor favor humor rumor honor offer"
    " paper newspaper order letter center number matter power river tower chapter border offer"
    " error color mirror sector factor motor monitor restaurant giant plant grant committee decree"
    " degree degree employer carrier maker manufacturer retailer operator insurer producer"
    " broadcaster automaker carmaker supplier brewer regulator regulators publisher developer"
    " lender builder drugmaker chipmaker poster banner computer quarter weather summer"
    " winter coastguard".split()
)
# Whom an event calls for: who has spoken is none of these unless the text says so.
_ON_DUTY = frozenset(
    "coroner harbourmaster harbormaster guard lifeguard bodyguard ombudsman registrar bailiff usher"
    " interpreter translator moderator presenter interviewer reporter photographer caller officer"
    " constable detective inspector prosecutor magistrate judge lawyer solicitor barrister attorney"
    " doctor medic paramedic nurse surgeon pathologist firefighter driver pilot passenger bystander"
    " onlooker neighbour neighbor referee umpire dispatcher investigator receptionist".split()
)
# Who has an office may be called these as well; "the auditor" beside a senator is another.
_ANYBODY = frozenset(
    "man woman mother father brother sister son daughter husband wife widow widower friend"
    " grandmother grandfather aunt uncle cousin author writer veteran businessman businesswoman"
    " billionaire entrepreneur investor oligarch philanthropist socialite star player athlete"
    " footballer nationalist separatist dissident survivor victim pensioner citizen critic".split()
)
_BEHIND = r"\s(?:of|for|from|in|at|with|who|close|familiar|to|on)\s"
_FAR = 10
_CLOSE = 3
_BESIDE = 60  # characters
_CLOSE_BY = 400  # characters


def speaker_repeated(
    span: Span, bare: str, turns: Sequence[Turn], cast: Cast, grid: SentenceGrid
) -> Resolved | Person | None:
    """
    Find whom a description without a name points back to.

    Args:
        span: where it stands.
        bare: its words.
        turns: who spoke so far, in reading order.
        cast: the article, its people, the tables.
        grid: its sentences.

    Returns:
        A person of the article; or a speaker without a name; None if that is open.
    """
    bare = re.sub(r" of (?:one|two|three|four|five|six|seven|eight|nine|ten|\d+)$", "", bare)
    found = _PHRASE.fullmatch(_OF_SEVERAL.sub(r"\1", re.split(r",\s", bare)[0]))
    if found is None:
        return None
    noun, before = found.group("noun"), found.group("before").split()
    kind = role_class(noun)
    several = noun.endswith("s") or noun in ("people", "police")
    definite = found.group("the") is not None
    if kind == "force" or noun in _NO_PERSON or not (kind or _HUMAN.search(noun)):
        return None
    if definite and not several:
        person = _called(span, noun, before, cast, grid)
        if person is not None and not unnamed_since(span, noun, person, turns):
            return person
    if not before or definite:
        earlier = _spoke_so(span, noun, definite, turns, grid)
        if earlier is not None:
            return Resolved(earlier.speaker, None, (FROM_CONTEXT,))
    nation = any(word[:1].isupper() for word in before)
    if several or nation or not definite or kind in ("state", "head", "spokes", "unnamed"):
        return None
    owner = _owner_of_page(span, cast, grid)
    if owner is None and noun in _ON_DUTY:
        last = _spoke_last(span, noun, turns, cast, grid)
        return last if last is not None and _is_called(last, noun, span, cast) else None
    return owner or _spoke_last(span, noun, turns, cast, grid) or _unlisted_last(span, turns, grid)


def _is_called(person: Person, noun: str, span: Span, cast: Cast) -> bool:
    """Return whether *noun* stands beside a name of *person* before *span*."""
    text = cast.article.text
    return any(
        re.search(
            rf"\b{noun}\b", text[max(0, at.start - _BESIDE) : min(at.end + _BESIDE, span.start)]
        )
        for at in person.mentions
        if at.start < span.start
    )


def unnamed_since(span: Span, noun: str, person: Person, turns: Sequence[Turn]) -> bool:
    """
    Return whether somebody else whom the text calls so, without a name, has spoken since.

    Args:
        span: where "the spokesperson" stands.
        noun: its last word.
        person: whom the text called so by name.
        turns: who spoke so far, in reading order.
    """
    last = max((m.start for m in person.mentions if m.start < span.start), default=0)
    return any(
        turn.person is None
        and turn.speaker is not None
        and last < turn.span.start < span.start
        and re.match(r"(?:an?|another|the)\s", turn.speaker.name, re.I)
        and _head_of(turn.speaker.name) in _words_for(noun)
        for turn in turns
    )


def _head_of(name: str) -> str:
    """Take the noun of a description: "spokesperson" of "a spokesperson for the port"."""
    return re.split(_BEHIND, name.lower())[0].split()[-1]


_PAGE = re.compile(
    r"\bon\s+(?P<owner>[A-Z][\w-]+(?:\s[A-Z][\w-]+)?)['’]s?\s+(?:[\w-]+\s+){0,2}"
    r"(?:page|account|feed|profile|channel|blog|website)\b"
)


def _owner_of_page(span: Span, cast: Cast, grid: SentenceGrid) -> Person | None:
    """Find on whose page somebody speaks: "On Novak's Instagram page, the athlete said"."""
    start = grid.sentences[grid.sentence_at(span.start)].start
    found = list(_PAGE.finditer(cast.article.text, start, span.start))
    others = cast.people.within(Span(start, span.start))
    if len(found) != 1 or any(not p.key.endswith(_surname(found[0])) for _, p in others):
        return None
    # A namesake may follow.
    owners = [
        p
        for p in cast.people
        if p.strong and p.mentions[0].start < start and p.key.endswith(_surname(found[0]))
    ]
    return owners[0] if len(owners) == 1 else None


def _surname(page: re.Match[str]) -> str:
    """Take the key of the surname of a page's owner."""
    return name_key(page.group("owner")).split()[-1]


def _unlisted_last(span: Span, turns: Sequence[Turn], grid: SentenceGrid) -> Resolved | None:
    """Find who has just spoken by a full name that is no name the article's people have."""
    before = [t for t in turns if t.span.start < span.start]
    speaker = before[-1].speaker if before else None
    if speaker is None or before[-1].person is not None or before[-1].together:
        return None
    gap = grid.text[before[-1].span.end : span.start]
    near = gap.count("\n\n") <= 1 and len(gap) < _CLOSE_BY
    full = speaker.found == "named" and not speaker.parties and len(speaker.name.split()) > 1
    named = full and all(word[:1].isupper() for word in speaker.name.split())
    return Resolved(speaker, None, (FROM_CONTEXT,)) if named and near else None


def _words_for(noun: str) -> tuple[str, ...]:
    """List the words by which a noun's bearer may be called."""
    return (noun, *_SHORT.get(noun, ()))


def _calls(person: Person, noun: str, before: Sequence[str]) -> bool:
    """Return whether the article calls a person by a noun and what stands before it."""
    plain = [w.lower() for w in before if w.lower() not in ("former", "and")]
    for role in person.roles:
        low = re.sub(r"[.’']", "", role.text.lower())
        words = re.findall(r"[\w-]+", low)
        if any(f" {w} " in f" {low} " or w in words for w in _words_for(noun)) and all(
            w in words for w in plain
        ):
            return True
    return False


def _called(
    span: Span, noun: str, before: Sequence[str], cast: Cast, grid: SentenceGrid
) -> Person | None:
    """Find the one person before *span* whom the article calls so; of several, one near."""
    here = grid.sentence_at(span.start)
    known = [
        (max(m.start for m in p.mentions if m.start < span.start), p)
        for p in cast.people
        if p.plausible and _calls(p, noun, before) and any(m.start < span.start for m in p.mentions)
    ]
    if len(known) == 1:
        return known[0][1]
    near = [(at, p) for at, p in known if here - grid.sentence_at(at) <= _CLOSE]
    return near[0][1] if len(near) == 1 else None


def _spoke_so(
    span: Span, noun: str, definite: bool, turns: Sequence[Turn], grid: SentenceGrid
) -> Turn | None:
    """Find who spoke last under the same noun and says more of himself: "a Navy official"."""
    here = grid.sentence_at(span.start)
    for turn in reversed(turns):
        speaker = turn.speaker
        if speaker is None or turn.person is not None or turn.span.start >= span.start:
            continue
        if here - grid.sentence_at(turn.span.start) > _FAR:
            return None
        head = re.split(_BEHIND, speaker.name)[0]
        words = head.lower().split()
        if words and words[-1] in _words_for(noun) and (len(speaker.name.split()) > 2 or definite):
            return turn
    return None


def _spoke_last(
    span: Span, noun: str, turns: Sequence[Turn], cast: Cast, grid: SentenceGrid
) -> Person | None:
    """Find the person who has just spoken, if nobody else is named since and nothing gainsays."""
    before = [t for t in turns if t.span.start < span.start and t.speaker is not None]
    if not before or before[-1].person is None or before[-1].together:
        return None
    turn, person = before[-1], before[-1].person
    far = grid.sentence_at(span.start) - grid.sentence_at(turn.span.start)
    crossed = grid.paragraphs_between(
        grid.sentence_at(turn.span.start), grid.sentence_at(span.start)
    )
    if far > _CLOSE or crossed > 2 or not person.plausible:
        return None
    since = cast.people.within(Span(turn.span.end, span.start))
    if any(p is not person and p.plausible and not grid.in_quotation(s.start) for s, p in since):
        return None
    known = {w for role in person.roles for w in re.findall(r"[a-z-]+", role.text.lower())}
    kinds = {kind for w in known if (kind := role_class(w))}
    if role_class(noun) in kinds or (kinds and role_class(noun) and noun not in _ANYBODY):
        return None
    return person

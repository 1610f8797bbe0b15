"""
Keep apart who holds an office and who deputises, held it once or is to hold it.

"The deputy minister" is no minister, "the former mayor" not the mayor, and beside both "the
minister" is not the deputy. Whom the article says to have left is a former one too. No I/O.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.speakers.cast.cast import Cast
from index.speakers.cast.people import Person
from index.types import Span

_RANKS = {
    "deputy": "deputy", "vice": "deputy", "assistant": "deputy", "associate": "deputy",
    "junior": "deputy", "sub": "deputy", "under": "deputy", "auxiliary": "deputy",
    "lieutenant": "deputy", "former": "former", "ex": "former", "onetime": "former",
    "previous": "former", "erstwhile": "former", "ousted": "former", "retired": "former",
    "then": "former", "shadow": "shadow", "opposition": "shadow", "acting": "acting",
    "interim": "acting", "caretaker": "acting", "provisional": "acting", "new": "new",
    "incoming": "new", "next": "new", "elect": "new", "designate": "new", "honorary": "honorary",
    "emeritus": "honorary", "would-be": "new", "self-styled": "self-styled",
    "self-proclaimed": "self-styled",
}  # fmt: skip
_BEHIND = re.compile(r",\s|\s(?:of|for|from|in|at|with|who|which|whose|to|on)\s")
# Who has left is a former one, who came is a new one.
_LEFT = re.compile(
    r"\b(?:resign(?:ed|s|ing)|quit|step(?:ped|s|ping) (?:down|aside)|retir(?:ed|es|ing)|left"
    r" (?:office|the (?:post|job|ministry|company|bank|firm))|lost (?:his|her|the|an?)\b|was"
    r" (?:sacked|fired|dismissed|ousted|removed|replaced|forced out|voted out|convicted|jailed"
    r"|sentenced|arrested|impeached|toppled|overthrown)|who (?:served|ran|led|headed|held"
    r"|governed)|until (?:\d{4}|last|this)|ousted|sacked|fired|dismissed|jailed|toppled|outgoing)\b"
)
_CAME = re.compile(
    r"\b(?:appoint(?:ed|s)|named|sworn in|took (?:office|over|up)|takes over|(?:re-?)?elected"
    r"|won the|succeed(?:s|ed)|replac(?:es|ed)|will (?:lead|head|succeed|replace|take)"
    r"|becom(?:es|ing)|became|start(?:s|ed) (?:work|the job))\b"
)
_SENTENCE = re.compile(r"(?<=[a-z\d)”\"][.!?])[”\"]?\s|\n")
# "Her deputy, Gus Field,"
_BY_RANK = {
    rank: re.compile(rf"\b[Hh](?:is|er)\s(?:[\w-]+\s){{0,2}}?(?:{nouns})(?:\sas\s[\w\s]+)?,?\s$")
    for rank, nouns in (
        ("deputy", r"deputy|number\stwo|second[-\s]in[-\s]command"),
        ("former", "predecessor"),
        ("new", "successor|replacement"),
    )
}


def of_rank(span: Span, bare: str, person: Person, cast: Cast) -> Person | None:
    """
    Keep *person* for a description only if the article gives the same rank.

    Args:
        span: where the description stands.
        bare: its words.
        person: whom it may mean.
        cast: the article, its people, the tables.

    Returns:
        The person; whoever else of the article has that rank; None for nobody.
    """
    words = _words(_BEHIND.split(bare)[0])
    ranks, head, plain = _read(words)
    if not head:
        return person
    before = [p for p in cast.people if p.plausible and p.mentions[0].start < span.start]
    if ranks:
        if _has_rank(person, ranks, head, cast):
            return person
        others = [
            p
            for p in before
            if p is not person and _is_called(p, ranks, head, plain, cast.article.text)
        ]
        return others[0] if len(others) == 1 else None
    own = _ranks_of(person, head)
    if not own or any(not each for each in own):
        return person
    others = [p for p in before if p is not person and _holds_plainly(p, head, plain)]
    return person if not others else others[0] if len(others) == 1 else None


def _words(phrase: str) -> list[str]:
    """Split a phrase into small words; "ex-minister" gives two."""
    kept = re.sub(r"\b(would|self)-(be|styled|proclaimed)\b", r"\1_\2", phrase.lower())
    return [word.replace("_", "-") for word in re.findall(r"[^\W\d]+(?:['’][^\W\d]+)*", kept)]


def _read(words: Sequence[str]) -> tuple[frozenset[str], str, frozenset[str]]:
    """Part a phrase into its ranks, its head and what else tells the office apart."""
    nouns = [w for w in words if w not in _RANKS and w not in ("the", "this", "that", "same")]
    ranks = frozenset(_RANKS[w] for w in words if w in _RANKS)
    return ranks, nouns[-1] if nouns else "", frozenset(nouns[:-1])


def _ranks_of(person: Person, head: str) -> list[frozenset[str]]:
    """List with which ranks the article gives *person* an office of that head."""
    read = [_words(_BEHIND.split(role.text)[0]) for role in person.roles]
    return [_read(words)[0] for words in read if head in words]


def _has_rank(person: Person, ranks: frozenset[str], head: str, cast: Cast) -> bool:
    """Return whether nothing gainsays that *person* has an office with these ranks."""
    own = _ranks_of(person, head)
    if any(ranks <= each for each in own):
        return True
    if ranks <= {"former"} and (_said_to(person, _LEFT, cast) or _is_over(person, head, cast)):
        return True
    if ranks <= {"new"} and _said_to(person, _CAME, cast) and not _said_to(person, _LEFT, cast):
        return True
    if own:
        return False
    # No office of his own words, but one that a table knows.
    return not any(
        head in _words(holder.office) for holder in cast.tables.holders_of(person.key, cast.day)
    )


def _is_over(person: Person, head: str, cast: Cast) -> bool:
    """Return whether a table says that *person* held such an office and no longer does."""
    held = [h for h in cast.tables.holders_of(person.key, None) if head in _words(h.office)]
    day = cast.day
    return day is not None and bool(held) and not any(holder.serves(day) for holder in held)


def _said_to(person: Person, happened: re.Pattern[str], cast: Cast) -> bool:
    """Return whether a sentence that names *person* says what *happened* to the one."""
    text = cast.article.text
    return any(
        happened.search(_SENTENCE.split(text[max(0, m.start - 40) : m.start])[-1])
        or happened.search(_SENTENCE.split(text[m.end : m.end + 160])[0])
        for m in person.mentions
    )


def _is_called(
    person: Person, ranks: frozenset[str], head: str, plain: frozenset[str], text: str
) -> bool:
    """Return whether the article calls *person* so, or somebody's deputy or predecessor."""
    for role in person.roles:
        words = _words(_BEHIND.split(role.text)[0])
        if head in words and ranks <= _read(words)[0] and plain <= set(words):
            return True
    kin = _BY_RANK.get(next(iter(ranks))) if len(ranks) == 1 else None
    return kin is not None and any(
        kin.search(text[max(0, m.start - 60) : m.start]) for m in person.mentions
    )


def _holds_plainly(person: Person, head: str, plain: frozenset[str]) -> bool:
    """Return whether the article gives *person* the office itself."""
    for role in person.roles:
        words = _words(_BEHIND.split(role.text)[0])
        if head in words and not _read(words)[0] and plain <= set(words):
            return True
    return False

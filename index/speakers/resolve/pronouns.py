"""
Find whom "he", "she", "they" and "it" mean.

Sentences are walked back from the pronoun. In each, whoever spoke comes first, then the
subject, then a person who is the only one named. A person of unknown gender fits both,
but gives way to doubt as soon as somebody else fits.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.speakers.cast.cast import Cast
from index.speakers.cast.people import Person
from index.speakers.gazetteer.parties import matches
from index.speakers.resolve.back_references import SentenceGrid
from index.types import Span, Speaker

HE = frozenset({"he", "him", "his", "himself"})
SHE = frozenset({"she", "her", "hers", "herself"})
THEY = frozenset({"they", "them", "their", "themselves"})
IT = frozenset({"it", "its", "itself"})
I = frozenset({"i", "we", "me", "my", "us", "our", "myself"})  # noqa: E741
YOU = frozenset({"you", "your", "yours", "yourself"})
RELATIVE = frozenset({"who", "which", "that", "whom", "whose"})

_SUBJECT_BEFORE = re.compile(
    r"^[\s“\"(]*(?:(?:but|and|so|yet|when|as|after|while|before|although|though|if|later|then|"
    r"meanwhile|instead|still|however|(?:in|on|at|for|with|by|from|during|under|despite|since|like)\s"
    r"[^,]{1,60},)[,\s]+)*(?P<title>[^,;:.]{0,60})$", re.I,
)  # fmt: skip
# What speaks, but is no "he": "the web page post".
_PAPER = re.compile(
    r"\b(?:posts?|statement|letter|report|tweet|message|document|release|page|website|study|survey"
    r"|poll|video|article|bill|order|lawsuit|filing)$", re.I,
)  # fmt: skip
# "… when Novak was asked"
_CLAUSE = re.compile(
    r"\b(?:when|while|after|as|because|where)\s+(?:(?:President|Mr|Mrs|Ms)\.?\s+)?$"
)
_ACTS = re.compile(
    r"\s+(?:is|was|has|had|will|would|did|does|could|said|told|went|made|took|gave|\w{3,}ed)\b"
)
_ONE_PERSON = re.compile(r"(?:an?|the|his|her|one(?! of\b)|another)\s", re.I)
# "A spokesman for the Harbour Works" is one.
_WHOSE = re.compile(r",?\s(?:of|for|from|in|at|with|to|on|who)\s")
_NAMED_AFTER = frozenset({"company", "newspaper"})
# "Speaking to Ivan Petrov, he said": whom he speaks to, he is not.
_SPOKEN_TO = re.compile(
    r"[\s“\"(]*(?:(?:speaking|talking|writing|responding|replying) (?:to|with)|asked by"
    r"|(?:in|during) an? (?:[\w-]+ )?(?:interview|conversation|meeting|call|letter) (?:with|to))"
    r"\s[^,;.]{1,80},\s*", re.I,
)  # fmt: skip
# "Speaking to Anna Novak, he said": her he is not. "Following Novak's words" may be his own.
LEAD = re.compile(
    r"[\s“\"(]*(?!(?:According|Following|During|Regarding|Including|Concerning|Being)\b)"
    r"[A-Z][a-z]+ing\s[^,;:.“”\"]{2,90},\s*"
)
# "The murder of the journalist Ivan Petrov"
_OF_HIM = re.compile(r"\bof\s+(?:the\s+)?(?:[\w’'.-]+\s+){0,3}?$")
MAX_SENTENCES_BACK = 3
MAX_TURNS_BACK = 40
_PRONOUN_FIRST = {"m": re.compile(r"[\s“\"(]*(?:but |and )?he\b", re.I),
                  "f": re.compile(r"[\s“\"(]*(?:but |and )?she\b", re.I)}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Turn:
    """
    Somebody who spoke, and where the source stands; or somebody found by place alone.

    ``together``: the same source names others as well, ``others`` if they are meant too;
    ``phrase``: the words of somebody of whom nothing else is known; ``content``: what was said,
    ``quoted`` if in quotation marks.
    """

    span: Span
    speaker: Speaker | None
    person: Person | None
    together: bool = False
    others: tuple[Turn, ...] = ()
    phrase: str = ""
    content: tuple[Span, ...] = ()
    quoted: bool = False


def antecedent(
    span: Span, pronoun: str, turns: Sequence[Turn], cast: Cast, grid: SentenceGrid
) -> Turn | None:
    """
    Find the turn whose speaker, or the person whom, *pronoun* at *span* means; None if open.

    Args:
        span: where the pronoun stands.
        pronoun: in small letters.
        turns: who has spoken so far, in reading order.
        cast: the article and its people.
        grid: its sentences and paragraphs.
    """
    return look_back(span, pronoun, turns, cast, grid)[0]


def look_back(
    span: Span, pronoun: str, turns: Sequence[Turn], cast: Cast, grid: SentenceGrid
) -> tuple[Turn | None, str]:
    """
    Look back for whom a pronoun means.

    Args:
        span: where the pronoun stands.
        pronoun: in small letters.
        turns: who has spoken so far, in reading order.
        cast: the article and its people.
        grid: its sentences and paragraphs.

    Returns:
        The turn, None if it is open; and why it is so: ``several`` fit, the only one may be a
        ``firm`` of that name, some ``thing`` acts instead; "" where nobody near fits.
    """
    at = grid.sentence_at(span.start)
    if pronoun in THEY | IT:
        return _group(span, at, pronoun in THEY, turns, grid), ""
    gender = "m" if pronoun in HE else "f"
    for index in range(at, max(-1, at - 1 - MAX_SENTENCES_BACK), -1):
        if grid.paragraphs_between(index, at) > 1:
            return None, ""
        bounds = grid.sentences[index]
        end = min(bounds.end, span.start)
        sentence = Span(bounds.start, end)
        found, doubt = _in_sentence(sentence, gender, turns, cast, grid, span.start)
        if found is not None or doubt:
            return found, doubt
    return None, ""


def _in_sentence(
    bounds: Span, gender: str, turns: Sequence[Turn], cast: Cast, grid: SentenceGrid, at: int
) -> tuple[Turn | None, str]:
    """
    Look for the antecedent of the pronoun *at* in one sentence, up to the pronoun.

    Returns:
        The turn, None if open; and the doubt that ends the search here, "" to go on.
    """
    same = bounds.end == at
    named = cast.people.within(bounds)
    if not grid.in_quotation(at):
        # Whoever is named inside a quotation did not say it.
        named = [(s, p) for s, p in named if not grid.in_quotation(s.start)]
    here = [(s, p) for s, p in named if p.plausible]
    fitting = list({id(p): (s, p) for s, p in here if p.gender in (gender, None)}.values())
    spoke = [
        t
        for t in turns[-MAX_TURNS_BACK:]
        if bounds.start <= t.span.start < bounds.end and is_one(t, gender)
    ]
    if any(t.speaker is not None for t in spoke):
        turn = _of_those_who_spoke(spoke, [p for _, p in fitting], gender, same)
        return turn, "" if turn is not None else "several"
    text = cast.article.text
    if same and (_SPOKEN_TO.fullmatch(text, *bounds) or LEAD.fullmatch(text, *bounds)):
        return None, ""
    if _PRONOUN_FIRST[gender].match(text, *bounds):
        # The subject is the same pronoun again: whoever it means stands further back.
        return None, ""
    if any(is_subject(text, bounds, s) and not p.plausible for s, p in named):
        return (None, "thing") if same else _acts_in_clause(fitting, bounds, text, gender)
    acting = [(s, p) for s, p in fitting if not _OF_HIM.search(text, bounds.start, s.start)]
    subject = next(((s, p) for s, p in acting if is_subject(text, bounds, s)), None)
    if subject is None and not same and len(acting) == 1 < len(fitting):
        subject = acting[0] if _sure(acting[0][1], gender) else None
    if subject is not None:
        others = [p for _, p in acting if p is not subject[1]]
        clear = _outdoes(subject[1], others, gender, turns, bounds)
        return (Turn(subject[0], None, subject[1]), "") if clear else (None, "several")
    if same:
        return None, ""
    if len(fitting) == 1 and _sure(fitting[0][1], gender):
        before = text[bounds.start : fitting[0][0].start]
        if any(_NAMED_AFTER & {p.kind for p in m.alias.parties}
               for m in matches(before, cast.tables)):  # fmt: skip
            # "Bloomberg endorsed Biden": a firm of that name may be its founder.
            return None, "firm"
        return Turn(fitting[0][0], None, fitting[0][1]), ""
    return None, "several" if fitting else ""


def _acts_in_clause(
    fitting: Sequence[tuple[Span, Person]], bounds: Span, text: str, gender: str
) -> tuple[Turn | None, str]:
    """Find the only one who acts in a clause, "it was seen when Novak was asked"; or a doubt."""
    acting = [
        (s, p) for s, p in fitting
        if _CLAUSE.search(text, bounds.start, s.start) and _ACTS.match(text, s.end, bounds.end)
    ]  # fmt: skip
    if len(acting) != 1 or not _sure(acting[0][1], gender):
        return None, "thing"
    return Turn(acting[0][0], None, acting[0][1]), ""


def _outdoes(
    subject: Person, others: Sequence[Person], gender: str, turns: Sequence[Turn], bounds: Span
) -> bool:
    """Return whether a sentence's subject is meant before all *others* that it names."""
    if not any(p.gender == gender for p in others):
        return True
    # Beside a rival the subject is meant only if it also spoke last before this sentence.
    last = next((t for t in reversed(turns) if t.span.start < bounds.start), None)
    return last is not None and last.person is subject


def _of_those_who_spoke(
    spoke: Sequence[Turn], fitting: Sequence[Person], gender: str, same: bool
) -> Turn | None:
    """
    Choose among the turns of a sentence, one of which at least has a speaker; None if open.

    Args:
        fitting: who is named there and may be meant.
        same: whether the pronoun stands in that sentence too.
    """
    distinct = {t.speaker.key: t for t in spoke if t.speaker is not None}
    if len(distinct) > 1:
        clear = not spoke[-1].together and not same and _sure(spoke[-1].person, gender)
        return spoke[-1] if clear else None
    (turn,) = distinct.values()
    rivals = [p for p in fitting if p is not turn.person and p.gender == gender]
    return None if rivals and not _sure(turn.person, gender) else turn


def _sure(person: Person | None, gender: str) -> bool:
    """Return whether a person's gender is known to be *gender*."""
    return person is not None and person.gender == gender


def is_one(turn: Turn, gender: str) -> bool:
    """Return whether a turn's speaker is one person of that gender, as far as known."""
    if turn.speaker is None:
        return False
    if turn.person is not None:
        return turn.person.gender in (gender, None)
    if turn.speaker.found in ("institution",) or (
        turn.speaker.parties and turn.speaker.found == "named"
    ):
        return False
    name = re.split(_WHOSE, turn.speaker.name)[0]
    return bool(_ONE_PERSON.match(name)) and not (name.endswith("s") or _PAPER.search(name))


def is_subject(text: str, bounds: Span, mention: Span) -> bool:
    """Return whether a mention stands where a sentence's subject does, before a verb."""
    before = text[bounds.start : mention.start]
    if len(before) > 200:
        return False
    if text[slice(*mention)].endswith(("'s", "’s")) or "“" in before or '"' in before:
        return False
    found = _SUBJECT_BEFORE.match(before)
    if found is None:
        return False
    title = found.group("title").strip().lower()
    if re.search(r"\b(?:by|to|for|with|from|of|on|at|told|said|that|is|was|were|are)\b", title):
        return False
    return bool(
        re.match(
            r"(?:,[^,]{2,90},|\s+[—–][^—–]{2,120}[—–])?\s+[a-z]", text[mention.end : bounds.end]
        )
    )


def _group(
    span: Span, at: int, plural: bool, turns: Sequence[Turn], grid: SentenceGrid
) -> Turn | None:
    """Find the group or institution that spoke last, in this sentence or the one before."""
    for turn in reversed(turns):
        if turn.span.start >= span.start or turn.speaker is None:
            continue
        index = grid.sentence_at(turn.span.start)
        if index < at - 1 or grid.paragraphs_between(index, at) > 1:
            return None
        if turn.person is not None:
            # "They" after a person may be anybody.
            return None
        several = bool(
            re.search(r"(?:s|people|police|men|women)$", turn.speaker.name.split(" of ")[0])
        )
        if plural and (several or turn.speaker.found == "institution"):
            return turn
        if not plural and (turn.speaker.found == "institution" or not several):
            return turn
        return None
    return None

"""
Name what can be seen of each candidate for a source that names nobody, for the head that chooses.

How far back it stands, who spoke last, whose gender fits, where in its sentence it stands, how
often the article names it, what the rules say. Offsets are characters into ``Article.text``. No
I/O.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import combinations

from index.speakers.cast.cast import Cast
from index.speakers.cast.people import Person
from index.speakers.gazetteer.lexicon import words
from index.speakers.gazetteer.roles import role_class
from index.speakers.resolve.antecedent.candidates import (
    SEVERAL,
    Reference,
    Seen,
    goes_on,
    is_full_name,
)
from index.speakers.resolve.back_references import SentenceGrid
from index.speakers.resolve.pronouns import Turn, is_subject
from index.types import Span, Speaker

_OBJECT = re.compile(
    r"\b(?:told|with|by|to|of|from|for|at|about|against|asked|between|on|like|including|and)\s+"
    r"(?:(?:the|a|an|his|her|Mr\.?|Mrs\.?|Ms\.?)\s+)?(?:[\w’'.-]+\s+){0,3}$"
)
# How the words before and behind a name hold it: "but Novak is", "signed by Novak".
_HELD = re.compile(
    r"(?:^|[,;:—–]|\b(?P<how>and|but|that|as|while|when|after|before|because|who|which|if|by|to"
    r"|with|of|from|for|on|about|than|like))\s+"
    r"(?:(?:the|a|an|his|her|its|then|former|President|Mr\.?|Ms\.?|Mrs\.?|Dr\.?)\s+)*"
    r"(?:[\w’'.-]+\s+){0,2}$"
)
_ACTS = re.compile(
    r"(?:,[^,;]{2,90},|\s+[—–-][^—–]{2,120}[—–-])?\s+(?:also |then |later |has |had )?"
    r"(?:is|was|has|had|will|would|does|did|can|could|may|might|says|said|wants|\w{3,}ed|told|went"
    r"|made|took|gave|wrote)\b"
)
# Groups of people and bodies, which can say something.
_GROUPS = frozenset().union(
    words("body name heads"),
    words("group noun"),
    words("company noun"),
    "family families parents couple factions rebels fighters militants activists analysts".split(),
    "experts department ministry bureau service agency party team union newspaper paper".split(),
)
_GOES_ON = re.compile(r"\b(?:add(?:s|ed|ing)?|continu\w+|go(?:es)? on|went on|conclud\w+)\b", re.I)
_PRONOUNS = {"m": re.compile(r"\b(?:he|him|his)\b", re.I),
             "f": re.compile(r"\b(?:she|her|hers)\b", re.I)}  # fmt: skip
# What is paired with what: the order and the place with who spoke, and so on.
_PAIRED = (
    "rank", "away", "crossed", "spoke", "ruled", "role", "gender", "who", "named", "rivals",
    "goes_on", "place", "holds", "new", "heads", "sort",
)  # fmt: skip


class Traits:
    """Names what can be seen of candidates of one article."""

    def __init__(self, cast: Cast, grid: SentenceGrid) -> None:
        self.text = cast.article.text
        self.title = cast.article.title
        self.grid = grid
        self.people = cast.people
        self._said = {g: len(p.findall(self.text)) for g, p in _PRONOUNS.items()}
        self._leanings: dict[int, str] = {}

    def of(
        self, reference: Reference, found: Sequence[Seen], turns: Sequence[Turn]
    ) -> list[frozenset[str]]:
        """
        Name what can be seen of each candidate.

        Args:
            reference: the source.
            found: its n candidates, the one met last first.
            turns: who spoke before it, in reading order.

        Returns:
            n + 1 sets of names; the last is what speaks for nobody.
        """
        shared = self._shared(reference, found, turns)
        rows = [self._one(reference, rank, found, turns) for rank in range(len(found))]
        nobody = {
            "nobody": "nobody",
            **shared,
            "best": max((r["spoke"] for r in rows), default="0"),
        }
        nobody["near"] = min((r["away"] for r in rows), default="none")
        nobody["ruled"] = str(reference.ruled is not None)
        each = [_named({**row, **shared}, reference.kind) for row in rows]
        return [
            *each,
            frozenset(f"nobody {k}:{v}" for k, v in nobody.items())
            | frozenset(
                f"nobody {a}:{nobody[a]}&{b}:{nobody[b]}"
                for a, b in combinations(sorted(nobody), 2)
            ),
        ]

    def _shared(
        self, reference: Reference, found: Sequence[Seen], turns: Sequence[Turn]
    ) -> dict[str, str]:
        """Name what holds for all candidates of one source."""
        text, at = self.text, reference.at
        before = text[self.grid.sentences[self.grid.sentence_at(at)].start : at]
        place = (
            "begins"
            if not before.strip(' “"')
            else "quoted"
            if before.rstrip(" ")[-1:] in '”",'
            else "inside"
        )
        cue = " ".join(text[slice(*span)] for span in reference.attribution.cue)
        gap = at - turns[-1].span.start if turns else 10_000
        line = text.rfind("\n", 0, at) + 1
        return {
            "kind": reference.kind,
            "place": place,
            "fitting": str(min(len(found), 4)),
            "gap": str(min(gap // 200, 4)),
            "goes_on": _going(cue, text, reference),
            "form": reference.attribution.kind,
            "doubt": reference.doubt,
            "opens": str(not text[line:at].strip(" “\"'‘")),
            "many": str(min(sum(1 for t in turns if t.span.start >= line), 3)),
        }

    def _one(
        self, reference: Reference, rank: int, found: Sequence[Seen], turns: Sequence[Turn]
    ) -> dict[str, str]:
        """Name what can be seen of one candidate."""
        each, at, grid = found[rank], reference.at, self.grid
        here, there = grid.sentence_at(at), grid.sentence_at(each.last.start)
        rivals = [other for other in found if other is not each]
        wanted = reference.gender
        sure = [other for other in rivals if wanted and other.gender == wanted]
        order = 1 + sum(1 for other in rivals if 0 < other.turns < each.turns)
        ruled = reference.ruled
        person = each.turn.person
        line = self.text.rfind("\n", 0, at) + 1
        mine = [t for t in turns if _same(t, each.turn)]
        return {
            "rank": str(min(rank, 3)),
            "away": str(min(here - there, 5)),
            "crossed": str(min(grid.paragraphs_between(there, here), 3)),
            "gender": self._gender(each, wanted),
            "spoke": str(min(order, 3)) if each.turns else "no",
            "since": str(min(here - grid.sentence_at(mine[-1].span.start), 6)) if mine else "no",
            "role": self._role(each),
            "who": "person" if person is not None or is_full_name(each.turn) else _sort(each.turn),
            "named": _share(each.named, max(other.named for other in found)),
            "rivals": f"{len(sure) if len(sure) < 3 else 3}",
            "ruled": "none" if ruled is None else str(_same(ruled, each.turn)),
            "title": str(_headline(each, self.title)),
            "roles": str(bool(person and person.roles)),
            "quoted": str(grid.in_quotation(each.last.start)),
            "holds": str(self._holds(reference, mine)),
            "here": str(sum(1 for p in each.places if p.start >= line) and "yes"),
            "early": str(bool(each.places) and grid.sentence_at(each.places[0].start) < 4),
            "new": str(
                bool(each.places) and (not turns or each.places[0].start > turns[-1].span.start)
            ),
            "heads": self._heads(each, line),
            "sort": "weak full bare" if is_full_name(each.turn) else _certainty(person),
            "held": self._held(each),
            "number": _number(each.turn, reference.kind),
            "times": str(min(len(mine), 3)),
        }

    def _gender(self, each: Seen, wanted: str | None) -> str:
        """Say how sure the gender fits: known, said by the article's own pronouns, or not."""
        if wanted is None:
            return "any"
        if each.gender == wanted:
            return "fits"
        leaning = self._leaning(each)
        if leaning:
            return "leans" if leaning == wanted else "against"
        other = self._said["f" if wanted == "m" else "m"]
        return "alone" if 4 * other <= self._said[wanted] else "unknown"

    def _leaning(self, each: Seen) -> str:
        """Guess the gender from the pronouns behind a name; "" if they say nothing."""
        person = each.turn.person
        if person is None:
            return ""
        if id(person) not in self._leanings:
            count = Counter(g for m in person.mentions for g in self._behind(m))
            most = max("mf", key=lambda g: (count[g], g))
            rest = count.total() - count[most]
            self._leanings[id(person)] = most if count[most] > 2 * rest else ""
        return self._leanings[id(person)]

    def _behind(self, mention: Span) -> list[str]:
        """List the genders of the first pronoun behind a name, before another name stands."""
        here = self.grid.sentence_at(mention.start)
        last = self.grid.sentences[min(here + 1, len(self.grid.sentences) - 1)]
        others = [m.start for m, p in self.people.within(Span(mention.end, last.end))]
        text = self.text[mention.end : min([last.end, *others])]
        first = re.search(r"\b(?:(?P<m>he|him|his|himself)|(?P<f>she|her|herself))\b", text, re.I)
        return [str(first.lastgroup)] if first else []

    def _role(self, each: Seen) -> str:
        """Say where in its sentence the candidate stands."""
        last = each.last
        bounds = self.grid.sentences[self.grid.sentence_at(last.start)]
        before = self.text[bounds.start : last.start]
        if self.text[slice(*last)].endswith(("'s", "’s")) or self.text[last.end : last.end + 2] in (
            "'s",
            "’s",
        ):
            return "owner"
        if is_subject(self.text, Span(bounds.start, bounds.end), last):
            return "subject"
        return "object" if _OBJECT.search(before) else "begins" if len(before) < 40 else "other"

    def _held(self, each: Seen) -> str:
        """Say which word leads to the candidate where it was last named, and whether it acts."""
        last = each.places[-1] if each.places else each.last
        bounds = self.grid.sentences[self.grid.sentence_at(last.start)]
        leads = _HELD.search(self.text, max(bounds.start, last.start - 80), last.start)
        acts = "acts" if _ACTS.match(self.text, last.end, bounds.end) else "lies"
        return f"{acts} {(leads and leads.group('how')) or 'no'}"

    def _heads(self, each: Seen, line: int) -> str:
        """Return whether a candidate opens this paragraph, the one before, or neither."""
        before = self.text.rfind("\n", 0, max(0, line - 2)) + 1
        opened = [("here", line), ("before", before)]
        for name, begin in opened:
            bounds = self.grid.sentences[self.grid.sentence_at(begin)]
            if any(
                bounds.start <= p.start < bounds.end
                and is_subject(self.text, Span(bounds.start, bounds.end), p)
                for p in each.places
            ):
                return name
        return "no"

    def _holds(self, reference: Reference, mine: Sequence[Turn]) -> bool:
        """Return whether the source stands in what the candidate says."""
        return any(
            span.start < reference.at < span.end for turn in mine[-2:] for span in turn.content
        )


def _named(row: dict[str, str], kind: str) -> frozenset[str]:
    """Write down single facts, each also by kind of source, and those that go together."""
    single = [f"{k}:{v}" for k, v in row.items()]
    sort = "group" if kind in ("it", "they") else kind
    with_kind = [f"{sort}&{each}" for each in single]
    paired = [f"{a}:{row[a]}&{b}:{row[b]}" for a, b in combinations(_PAIRED, 2)]
    return frozenset((*single, *with_kind, *paired))


def _going(cue: str, text: str, reference: Reference) -> str:
    """Say whether the cue says that somebody goes on: "added", ", warning", "but said"."""
    if reference.kind == "chain":
        return goes_on(text, reference.attribution.cue[0])
    return str(bool(_GOES_ON.search(cue)))


def _certainty(person: Person | None) -> str:
    """Say how surely a run of capitals is a person's name."""
    if person is None:
        return "none"
    known = "strong" if person.strong else "weak"
    human = "human" if person.gender or person.roles else "bare"
    return f"{known} {'one' if ' ' not in person.name.strip() else 'full'} {human}"


def _same(turn: Turn, other: Turn) -> bool:
    """Return whether two turns are of one speaker."""
    if turn.person is not None or other.person is not None:
        return turn.person is other.person
    if turn.speaker is None or other.speaker is None:
        return False
    return turn.speaker.key == other.speaker.key


def _number(turn: Turn, kind: str) -> str:
    """Say how well "it" or "they" can be said of somebody: of one body, of several, of a name."""
    if kind not in ("it", "they"):
        return "any"
    speaker = turn.speaker
    name = speaker.name if speaker is not None else turn.phrase
    if turn.others:
        return f"{kind} joined"
    noun = re.split(r" (?:of|from|in|for|at|with|who|which|that|to|on) ", name)[0].split()[-1:]
    several = bool(noun) and bool(SEVERAL.search(noun[0]))
    spoke = "spoke" if speaker is not None else "named"
    return f"{kind} {'several' if several else 'one'} {_can_say(noun, speaker)} {spoke}"


def _can_say(noun: Sequence[str], speaker: Speaker | None) -> str:
    """Say what sort of speaker a noun makes: a body, a role, a group, a name; or a thing."""
    if speaker is not None and (speaker.found == "institution" or speaker.parties):
        return "body"
    word = noun[0] if noun else ""
    if role_class(word.lower()):
        return "role"
    return "group" if word.lower() in _GROUPS else "name" if word[:1].isupper() else "thing"


def _share(named: int, most: int) -> str:
    """Say how often somebody is named, beside whom is named most."""
    return "most" if named == most else "half" if 2 * named >= most else "less"


def _sort(turn: Turn) -> str:
    """Say which sort of speaker somebody without a name is."""
    speaker = turn.speaker
    name = speaker.name if speaker is not None else turn.phrase
    several = bool(turn.others) or bool(SEVERAL.search(name.split(" of ")[0]))
    found = speaker.found if speaker is not None else "phrase"
    return f"{found}:{'several' if several else 'one'}"


def _headline(each: Seen, title: str) -> bool:
    """Return whether the headline names a candidate."""
    turn = each.turn
    name = turn.person.name if turn.person else turn.speaker.name if turn.speaker else turn.phrase
    return bool(title) and name.split()[-1].lower() in title.lower() if name else False

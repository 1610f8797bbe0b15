"""
Resolve the source of each attribution to a speaker, within one article.

A pronoun means the nearest fitting person that spoke or was a sentence's subject, no further
back than the paragraph before. Where two people fit, or the only guess rests on nothing, it
stays open: words in the wrong mouth cost more than a missing name. Offsets are characters into
``Article.text``. No I/O.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.speakers.names import name_key
from index.speakers.organisations import Organisation
from index.speakers.people import Person
from index.speakers.pronouns import HE, IT, RELATIVE, SHE, THEY, YOU, I, Turn, antecedent
from index.speakers.reading import read_role
from index.speakers.roles import UNNAMED
from index.speakers.voices import Context, Voice, make_speaker, person_voice, phrase_voice
from index.speakers.within import Place, group_meant, relative_phrase, role_holder
from index.types import Attribution, Span, Speaker, Statement
from index.types import Found as How

UNATTRIBUTED = "unattributed in source"
PRONOUN = "inferred from a pronoun"
VIA = "via spokesperson"
OTHER_OUTLET = "reported by another outlet"
ANONYMOUS = "anonymous"
THOUGHT = "thought, not said"
UNSAID = "told as not said"

_GOVERNS = re.compile(r"\b(?:of|for|to|by|from|at|with|against|about|behind)\s")
_TITLE_OF = re.compile(
    r"\b(?:secretary of (?:state|defen[cs]e|the treasury)|minister of (?:the )?\w+(?: affairs)?"
    r"|chief of (?:the general )?staff|speaker of the house)\b",
    re.I,
)
# "GENEVA (Agency) - Norway": the tagger takes the place for a part of the source.
_DATELINE = re.compile(r"[A-Z][A-Z .,'’-]{2,40}(?:\([^()\n]{2,40}\)\s*)?(?:[-–—]\s+)(?=\w)")
# After these a name is over; any other word makes it part of another phrase.
_NAME_ENDS = frozenset(
    {"and", "or", "also", "of", "in", "who", "on", "from", "at", "with", "himself", "herself"}
)


@dataclass(frozen=True, slots=True)
class Found:
    """A resolved source: the speaker, the person behind it, and the labels."""

    speaker: Speaker | None
    person: Person | None = None
    labels: tuple[str, ...] = ()


_OPEN = Found(None, None, (UNATTRIBUTED,))


class Resolver:
    """Resolves the sources of one article in reading order, remembering who spoke."""

    def __init__(self, context: Context, place: Place, attributions: Sequence[Attribution]) -> None:
        self.context = context
        self.place = place
        self.attributions = attributions
        self.turns: list[Turn] = []
        self._done: dict[int, Found] = {}
        self._voices: dict[int, Voice] = {}

    def statements(self) -> list[Statement]:
        """Resolve every attribution; the result keeps their order."""
        order = sorted(range(len(self.attributions)), key=self._starts)
        for index in order:
            self._resolve(index)
        return [
            Statement(a, self._done[i].speaker, self._labels(i, self._done[i]))
            for i, a in enumerate(self.attributions)
        ]

    def _starts(self, index: int) -> tuple[int, int]:
        """Sort key: where the source stands, else the content."""
        attribution = self.attributions[index]
        spans = attribution.source or attribution.cue or attribution.content or (Span(0, 0),)
        return spans[0].start, index

    def _resolve(self, index: int, busy: frozenset[int] = frozenset()) -> Found:
        """Resolve one attribution, once."""
        if index in self._done:
            return self._done[index]
        source = self.attributions[index].source
        if not source:
            found = _OPEN
        else:
            found = self._source(_with_name(source, self.context), index, busy | {index})
            if found.speaker is None and len(source) > 1:
                found = self._source(source[1], index, busy | {index})
        self._done[index] = found
        if found.speaker is not None:
            self.turns.append(Turn(source[0], found.speaker, found.person))
        return found

    def _source(self, span: Span, index: int, busy: frozenset[int]) -> Found:
        """Resolve one source span."""
        dateline = _DATELINE.match(self.context.article.text, span.start, span.end)
        span = Span(dateline.end(), span.end) if dateline else span
        bare = self.context.article.text[slice(*span)].strip(" ,.;:“”\"'()\n\t")
        low = re.sub(r"['’](?:s|d|ll|ve|re|m)$", "", bare.lower())
        if len(bare) > 1 and bare.isupper():
            # "WHO" and "US" are parties.
            return self._described(span, bare)
        if low in YOU:
            return _OPEN
        if low in I:
            return self._enclosing(span, busy)
        if low in HE | SHE | THEY | IT:
            return self._pronoun(span, low)
        if low in RELATIVE:
            return self._relative(span)
        return self._described(span, bare)

    def _enclosing(self, span: Span, busy: frozenset[int]) -> Found:
        """Resolve "I" and "we" to the speaker of the quotation they stand in."""
        holders = [
            (sum(c.end - c.start for c in a.content), i)
            for i, a in enumerate(self.attributions)
            if i not in busy and any(c.start <= span.start and span.end <= c.end for c in a.content)
        ]
        for _, index in sorted(holders):
            found = self._resolve(index, busy)
            if found.speaker is not None:
                return self._as_pronoun(found.speaker, found.person, found.labels)
        return _OPEN

    def _pronoun(self, span: Span, low: str) -> Found:
        """Resolve a pronoun of the third person."""
        turn = antecedent(span, low, self.turns, self.context, self.place)
        if turn is None:
            return _OPEN
        if turn.speaker is not None:
            return self._as_pronoun(turn.speaker, turn.person, ())
        if turn.person is None:
            return _OPEN
        found = self._person(turn.person)
        return self._as_pronoun(found.speaker, found.person, found.labels)

    def _as_pronoun(
        self, speaker: Speaker | None, person: Person | None, labels: tuple[str, ...]
    ) -> Found:
        """Mark a speaker as inferred from a pronoun."""
        if speaker is None:
            return _OPEN
        if person is not None and VIA not in labels and self._voice(person).spokes:
            labels = (*labels, VIA)
        kept = tuple(x for x in labels if x not in (PRONOUN, UNATTRIBUTED))
        return Found(replace(speaker, found="pronoun"), person, (*kept, PRONOUN))

    def _relative(self, span: Span) -> Found:
        """Resolve "who" to what stands before it."""
        before = relative_phrase(span, self.context, self.place)
        if before is None:
            return _OPEN
        bare = self.context.article.text[slice(*before)].strip(" ,")
        return self._described(before, bare)

    def _person(self, person: Person) -> Found:
        """Make the speaker of a person of the article."""
        voice = self._voice(person)
        return Found(make_speaker(person, voice), person, (VIA,) if voice.spokes else ())

    def _voice(self, person: Person) -> Voice:
        """Decide for whom a person speaks, once."""
        if id(person) not in self._voices:
            self._voices[id(person)] = person_voice(person, self.context)
        return self._voices[id(person)]

    def _described(self, span: Span, bare: str) -> Found:
        """Resolve a name, an institution or a description."""
        organisation = self.context.organisations.named(bare)
        if organisation is not None:
            return self._organisation(organisation, bare)
        person = self._named_person(span, bare)
        if person is not None:
            return self._person(person)
        if not re.search(r"\w", bare):
            return _OPEN
        owned = re.match(r"(his|her)\s+(.+)", bare, re.I)
        if owned:
            return self._owned(span, bare, owned.group(1).lower(), owned.group(2))
        voice = phrase_voice(bare, self.context, span.start)
        if voice is None or not voice.parties:
            holder = role_holder(span, bare, self.context, self.place)
            if holder is not None:
                found = self._person(holder)
                speaker = found.speaker and replace(found.speaker, found="role")
                return Found(speaker, holder, found.labels)
            named = group_meant(span, bare, self.context, self.place)
            if named is not None:
                meant = phrase_voice(named, self.context)
                if meant is not None and meant.parties:
                    return self._phrase(named, meant)
            organisation = self.context.organisations.meant(bare, span.start)
            if organisation is not None and re.match(r"the\s", bare, re.I):
                return self._organisation(organisation, bare)
        return self._phrase(bare, voice or Voice())

    def _organisation(self, organisation: Organisation, bare: str) -> Found:
        """Make the speaker of an organisation that only the article knows."""
        voice = Voice((organisation.party,), (self.context.shown(bare),))
        return self._phrase(organisation.name, voice)

    def _owned(self, span: Span, bare: str, pronoun: str, rest: str) -> Found:
        """Resolve "his campaign", "her spokesman": the voice of whom the pronoun means."""
        turn = antecedent(span, pronoun, self.turns, self.context, self.place)
        if turn is None or turn.person is None:
            return self._phrase(bare, Voice())
        voice = phrase_voice(f"{turn.person.name}'s {rest}", self.context) or Voice()
        written = self.context.article.text[slice(*span)].strip(" ,.")
        shown = (self.context.shown(written),) if voice.parties else ()
        found = self._phrase(bare, replace(voice, evidence=shown))
        return replace(found, labels=(*found.labels, PRONOUN)) if voice.parties else found

    def _phrase(self, bare: str, voice: Voice) -> Found:
        """Make the speaker of a description."""
        reading = read_role(bare, self.context.tables)
        name = re.split(r",\s", bare)[0]
        key = name_key(re.sub(r"^(?:the|an?)\s+", "", name, flags=re.I)) or name.casefold()
        institution = bool(voice.parties) and (reading is None or reading.kind == "force")
        described = reading is not None or bool(
            re.match(r"[a-z]|(?:The|An?|Some|Many)\s[a-z]", name)
        )
        how: How = "institution" if institution else "role" if described else "named"
        labels = [VIA] if voice.spokes else []
        if reading is not None and not voice.spokes and _is_unnamed(reading.head):
            labels.append(ANONYMOUS)
        speaker = Speaker(key, name, None, voice.parties, voice.evidence, how, voice.via)
        return Found(speaker, None, tuple(labels))

    def _named_person(self, span: Span, bare: str) -> Person | None:
        """Find the person that a source names, not one it merely mentions."""
        text = self.context.article.text
        for mention, person in self.context.register.within(span):
            before, after = text[span.start : mention.start], text[mention.end : span.end]
            if not person.plausible and re.search(r"\w", before + after):
                # "Hundreds of voters", "the Science Directorate": a capital alone is no person.
                continue
            possessive = text[slice(*mention)].endswith(("'s", "’s")) or after[:1] in ("'", "’")
            if possessive and re.search(r"\w", after):
                continue
            if _GOVERNS.search(_TITLE_OF.sub("", before)):
                # "a spokesman for Petrov", but "Minister of Defence Petrov".
                role = read_role(before, self.context.tables)
                if role is None or not _touches(before, person, mention):
                    continue
            follows = re.match(r"\s+([\w'’-]+)", after)
            if follows and follows.group(1).lower() not in _NAME_ENDS:
                # "Petrov supporters", "Petrov adviser Anna Novak".
                continue
            return person
        if bare[:1].isupper() and len(bare.split()) <= 3 and not self._is_party(bare):
            return self.context.register.find(bare)
        return None

    def _is_party(self, bare: str) -> bool:
        """Tell whether a source is a phrase of the tables."""
        voice = phrase_voice(bare, self.context)
        return voice is not None

    def _labels(self, index: int, found: Found) -> tuple[str, ...]:
        """Put an attribution's labels together."""
        labels = list(found.labels)
        attribution = self.attributions[index]
        if found.speaker is not None and self._carried(index, found.speaker):
            labels.append(OTHER_OUTLET)
        if attribution.thought:
            labels.append(THOUGHT)
        if attribution.negated and attribution.cue_class == "said":
            labels.append(UNSAID)
        return tuple(dict.fromkeys(labels))

    def _carried(self, index: int, speaker: Speaker) -> bool:
        """Tell whether another outlet than the article's own reports the statement."""
        outlet = (self.context.article.outlet or "").casefold().removeprefix("the ")
        if speaker.parties and speaker.parties[0].kind == "newspaper":
            return speaker.parties[0].name.casefold().removeprefix("the ") != outlet
        return self.place.carrier(self.attributions[index], self.context, outlet)


def _with_name(source: Sequence[Span], context: Context) -> Span:
    """Join a role and the name behind its comma, which the tagger may part."""
    first = source[0]
    if len(source) < 2 or not re.fullmatch(
        r",\s", context.article.text[first.end : source[1].start]
    ):
        return first
    return Span(first.start, source[1].end)


def _is_unnamed(head: str) -> bool:
    """Tell whether a role head is that of unnamed officials."""
    return head in UNNAMED or head.split()[-1] in UNNAMED


def _touches(before: str, person: Person, mention: Span) -> bool:
    """Tell whether the title before a mention is the mentioned person's own."""
    return any(role.span.end <= mention.start and mention.start - role.span.end <= 2
               and len(role.text) >= len(before.strip()) - 5 for role in person.roles)  # fmt: skip

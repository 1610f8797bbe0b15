"""
Resolve the source of each attribution to its speaker or speakers, within one article.

A pronoun means the nearest fitting person that spoke or was a sentence's subject, no further
back than the paragraph before. Where two people fit, or the only guess rests on nothing, it
stays open: words in the wrong mouth cost more than a missing name. Offsets are characters into
``Article.text``. No I/O.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from index.labels import FROM_CONTEXT, FROM_PRONOUN, UNATTRIBUTED, VIA_SPOKESPERSON
from index.speakers.affiliation.affiliation import Affiliation, make_speaker
from index.speakers.affiliation.offices import person_affiliation
from index.speakers.affiliation.officials import unnamed_officials
from index.speakers.affiliation.phrases import phrase_affiliation
from index.speakers.affiliation.sides.counterparts import counterpart_meant
from index.speakers.cast.cast import Cast
from index.speakers.cast.people import Person
from index.speakers.resolve.antecedent.addressed import addressed
from index.speakers.resolve.antecedent.candidates import Reference, goes_on
from index.speakers.resolve.antecedent.choice import Antecedents
from index.speakers.resolve.antecedent.named_later import named_later
from index.speakers.resolve.antecedent.pairs import pair_meant, states_meant
from index.speakers.resolve.antecedent.ranks import of_rank
from index.speakers.resolve.antecedent.same_words import said_again
from index.speakers.resolve.antecedent.second_mention import said_first
from index.speakers.resolve.back_references import SentenceGrid, noun_alone, relative_phrase
from index.speakers.resolve.carriers import carried, told_of, with_cited
from index.speakers.resolve.described import apposed_person, kin_described, person_described
from index.speakers.resolve.impostors import is_nobodys, played_part
from index.speakers.resolve.joint.listed import members_named
from index.speakers.resolve.joint.several import (
    from_first,
    joined_span,
    joint_speakers,
    split_source,
    together,
)
from index.speakers.resolve.labelling import Tellers, statement_labels
from index.speakers.resolve.papers import author_named, author_of, spoke_in, without_paper
from index.speakers.resolve.phrases import (
    government_speaker,
    organisation_speaker,
    phrase_speaker,
    speaker_owned,
    unlisted_speaker,
)
from index.speakers.resolve.pointing_back import kin_meant, points_back
from index.speakers.resolve.pronouns import (
    HE,
    IT,
    RELATIVE,
    SHE,
    THEY,
    YOU,
    I,
    Turn,
    look_back,
)
from index.speakers.resolve.source import (
    Resolved,
    is_nobody,
    named_person,
    source_spans,
    starts_at,
    with_name,
)
from index.types import Attribution, Label, Span, Speaker, Statement

_OPEN = Resolved(None, None, (UNATTRIBUTED,))


class Resolver:
    """Resolves the sources of one article in reading order, remembering who spoke."""

    def __init__(self, cast: Cast, grid: SentenceGrid, attributions: Sequence[Attribution]) -> None:
        self.cast = cast
        self.grid = grid
        text, tables = cast.article.text, cast.tables
        self.attributions = with_cited(attributions, text, tables)
        self.carried = carried(self.attributions, text, tables)
        self.told_of = told_of(self.attributions, text, tables)
        self.antecedents = Antecedents(cast, grid)
        self.turns: list[Turn] = []
        self._resolved: dict[int, Resolved] = {}
        self._others: dict[int, list[Resolved]] = {}
        self._affiliations: dict[int, Affiliation] = {}
        self._called: dict[int, frozenset[str]] = {}

    def statements(self) -> list[Statement]:
        """Resolve every attribution, a statement for each that speaks; they keep their order."""
        starts = [starts_at(a) for a in self.attributions]
        order = sorted(range(len(starts)), key=lambda i: (starts[i], i))
        for index in order:
            self._resolve(index)
        self._resolved |= named_later(order, self._resolved, self.attributions, self.grid)
        self._resolved |= said_again(order, self._resolved, self.attributions, self.grid.text)
        self._resolved |= said_first(order, self._resolved, self.attributions, self.grid.text)
        tellers = Tellers(self.attributions, self._resolved, self.cast)
        return [
            Statement(
                a,
                without_paper(found.speaker),
                statement_labels(found, a, self.cast, self.grid, tellers.labels(i)),
            )
            for i, a in enumerate(self.attributions)
            if not self._only_carries(i)
            for found in (self._resolved[i], *self._others.get(i, ()))
        ]

    def _only_carries(self, index: int) -> bool:
        """Return whether an outlet or a paper only carries what somebody else says."""
        return any(self._resolved[i].speaker is not None for i in self.carried.get(index, ()))

    def _resolve(self, index: int, busy: frozenset[int] = frozenset()) -> Resolved:
        """Resolve one attribution, once."""
        if index in self._resolved:
            return self._resolved[index]
        text = self.cast.article.text
        source = source_spans(text, self.attributions[index])
        joint = self._together(joined_span(source, text), index) if source else []
        if not source:
            found = self._without_source(index)
        elif joint:
            found, *self._others[index] = joint
        else:
            found = self._source(with_name(source, self.cast), index, busy | {index})
            if found.speaker is None and len(source) > 1 and not self._is_pronoun(source[0]):
                found = self._source(source[1], index, busy | {index})
        self._resolved[index] = found
        several = joint or [found, *self._others.get(index, ())]
        own = self.attributions[index]
        for each in () if index in self.told_of else several:
            if each.speaker is not None:
                place = source[0] if source else own.content[0]
                turn = Turn(place, each.speaker, each.person, len(several) > 1, content=own.content)
                self.turns.append(replace(turn, quoted=own.kind != "indirect"))
        return found

    def _without_source(self, index: int) -> Resolved:
        """Find who goes on speaking where nobody is named."""
        own = self.attributions[index]
        if not own.content or (own.kind != "direct" and not own.cue):
            return _OPEN
        if own.cue and not goes_on(self.cast.article.text, own.cue[0]):
            return _OPEN
        at = (own.cue or own.content)[0].start
        turn = self.antecedents.likeliest(Reference(own, at, ""), self.turns)
        if turn is None:
            return _OPEN
        found = self._meant(turn)
        return Resolved(found.speaker, found.person, (*found.labels, FROM_CONTEXT))

    def _meant(self, turn: Turn) -> Resolved:
        """Resolve whom a turn is of."""
        if turn.person is not None:
            return self._person(turn.person)
        return Resolved(turn.speaker) if turn.speaker else self._described(turn.span, turn.phrase)

    def _together(self, span: Span, index: int) -> list[Resolved]:
        """Resolve each of several who say one thing; nobody where there are not several."""
        text = self.cast.article.text
        bare = text[slice(*span)].strip(" ,")
        pair = [self._person(p) for p in pair_meant(span, bare, self.cast, self.grid)] or [
            government_speaker(p.name, p, text[slice(*s)], self.cast)
            for s, p in states_meant(span, bare, self.cast, self.grid)
        ]
        paper = spoke_in(span, bare, self.turns, text, self.grid)
        if len(paper) > 1:
            pair = [self._meant(turn) for turn in paper]
        if pair:
            return together([replace(f, labels=(*f.labels, FROM_CONTEXT)) for f in pair])
        members = members_named(span, text)
        each = [self._described(m, text[slice(*m)], listed=True) for m in members]
        if members and len({f.speaker.name for f in each if f.speaker}) == len(members):
            return together(each)
        parts = split_source(from_first(span, self.cast), self.cast)
        found = [
            self._pronoun(part.span, low, index)
            if (low := part.words.lower()) in HE | SHE
            else self._described(part.span, part.words, listed=True)
            for part in (parts if len(parts) > 1 else ())
        ]
        return joint_speakers(parts, found, self.cast)

    def _source(self, span: Span, index: int, busy: frozenset[int]) -> Resolved:
        """Resolve one source span."""
        bare = self.cast.article.text[slice(*span)]
        low = re.sub(r"['’](?:s|d|ll|ve|re|m)$", "", bare.lower())
        if is_nobodys(bare):
            return phrase_speaker(bare, Affiliation(), self.cast)
        part = played_part(span, self.attributions[index], self.cast)
        if part is not None:
            return phrase_speaker(part, Affiliation(), self.cast)
        if len(bare) > 1 and bare.isupper():
            # "WHO" and "US" are parties.
            return self._described(span, bare)
        if low in YOU:
            return _OPEN
        if low in I:
            return self._enclosing(span, busy)
        if low in HE | SHE | THEY | IT:
            return self._pronoun(span, low, index)
        if low in RELATIVE:
            return self._relative(span)
        return self._described(span, bare)

    def _is_pronoun(self, span: Span) -> bool:
        """Return whether a source span is "he" or "she": what follows it is somebody else."""
        return self.cast.article.text[slice(*span)].strip().lower() in HE | SHE

    def _enclosing(self, span: Span, busy: frozenset[int]) -> Resolved:
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

    def _pronoun(self, span: Span, low: str, index: int) -> Resolved:
        """Resolve a pronoun of the third person."""
        own = self.attributions[index]
        meant = addressed(own, span, low, self.turns, self.cast, self.grid, self._is_known)
        if meant is not None:
            return self._named_again(meant.turn, low) if meant.turn else _OPEN
        ruled, doubt = look_back(span, low, self.turns, self.cast, self.grid)
        reference = Reference(own, span.start, low, ruled, doubt)
        turn = self.antecedents.likeliest(reference, self.turns)
        if turn is None:
            return _OPEN
        if not turn.others:
            return self._named_again(turn, low)
        several = [self._named_again(each, low) for each in (turn, *turn.others)]
        found, *self._others[index] = together(several)
        return found

    def _is_known(self, span: Span) -> bool:
        """Return whether a description means a person whom the article names."""
        return self._described(span, self.cast.article.text[slice(*span)]).person is not None

    def _named_again(self, turn: Turn, low: str) -> Resolved:
        """Resolve whom a turn is of, whom a pronoun names again; nobody who was "she" is "he"."""
        found = self._meant(turn)
        own = HE if low in HE else SHE if low in SHE else None
        if found.person and own and self._called.setdefault(id(found.person), own) is not own:
            return _OPEN
        return self._as_pronoun(found.speaker, found.person, found.labels)

    def _as_pronoun(
        self, speaker: Speaker | None, person: Person | None, labels: tuple[Label, ...]
    ) -> Resolved:
        """Mark a speaker as inferred from a pronoun."""
        if speaker is None:
            return _OPEN
        spokes = person is not None and self._affiliation(person).spokes
        if (spokes or speaker.via) and VIA_SPOKESPERSON not in labels:
            labels = (*labels, VIA_SPOKESPERSON)
        kept = tuple(x for x in labels if x not in (FROM_PRONOUN, UNATTRIBUTED))
        return Resolved(replace(speaker, found="pronoun"), person, (*kept, FROM_PRONOUN))

    def _relative(self, span: Span) -> Resolved:
        """Resolve "who" to what stands before it."""
        before = relative_phrase(span, self.cast, self.grid)
        if before is None:
            return _OPEN
        bare = self.cast.article.text[slice(*noun_alone(before, self.cast))].strip(" ,")
        return self._described(before, bare) if bare else _OPEN

    def _person(self, person: Person) -> Resolved:
        """Make the speaker of a person of the article."""
        affiliation = self._affiliation(person)
        labels = (VIA_SPOKESPERSON,) if affiliation.spokes else ()
        if affiliation.inferred:
            labels = (*labels, FROM_CONTEXT)
        return Resolved(make_speaker(person, affiliation), person, labels)

    def _by_role(self, person: Person) -> Resolved:
        """Make the speaker of a person whom a description means."""
        found = self._person(person)
        speaker = found.speaker and replace(found.speaker, found="role")
        return Resolved(speaker, person, found.labels)

    def _affiliation(self, person: Person) -> Affiliation:
        """Decide for whom a person speaks, once."""
        if id(person) not in self._affiliations:
            self._affiliations[id(person)] = person_affiliation(person, self.cast)
        return self._affiliations[id(person)]

    def _described(self, span: Span, bare: str, *, listed: bool = False) -> Resolved:
        """Resolve a name, an institution or a description; *listed*: only by what is known."""
        organisation = self.cast.organisations.named(bare)
        apposed = apposed_person(span, self.cast)
        if organisation is not None and apposed is None:
            return organisation_speaker(organisation, bare, self.cast)
        # "British (and Norwegian) leaders": what is shared is not written there.
        written = not listed or bare == self.cast.article.text[slice(*span)].strip(" ,")
        person = named_person(span, bare, self.cast) if written else None
        person = person or apposed or kin_described(span, bare, self.cast)
        if person is not None and (person.plausible or not is_nobody(person, bare)):
            return self._person(person)
        kin = kin_meant(bare, self.cast) or counterpart_meant(bare, self.cast)
        if kin is not None:
            return self._by_role(kin)
        owned = re.match(r"(his|her|its|their)\s+(.+)", bare, re.I)
        if owned:
            whose = Span(span.start, span.start + owned.end(1))
            found = speaker_owned(whose, bare, self.turns, self.cast, self.grid)
            if found is not None:
                return found
        affiliation = phrase_affiliation(bare, self.cast, span.start)
        described = person_described(span, bare, affiliation, self.cast, self.turns)
        earlier: Person | Resolved | None = described
        if described is None and (affiliation is None or not affiliation.parties):
            earlier = points_back(span, bare, self.turns, self.cast, self.grid)
        if isinstance(earlier, Person):
            earlier = of_rank(span, bare, earlier, self.cast)
        if earlier is not None:
            return self._by_role(earlier) if isinstance(earlier, Person) else earlier
        known = affiliation or Affiliation()
        if listed and written:
            if not known.parties:
                known = unnamed_officials(bare, self.cast, span.start) or known
            return phrase_speaker(bare, known, self.cast)
        if not known.parties:
            paper = self._paper(span, bare)
            if paper is not None:
                return paper
        return unlisted_speaker(bare, known, self.cast, span.start)

    def _paper(self, span: Span, bare: str) -> Resolved | None:
        """Resolve "the ministry's statement" and "the statement" to the one who spoke in it."""
        found = author_of(span, bare, self.cast, self._described)
        if found is not None:
            return found
        turn = next(iter(spoke_in(span, bare, self.turns, self.cast.article.text, self.grid)), None)
        if turn is None:
            return author_named(span, bare, self.cast, self._described)
        spokes = turn.person is not None and self._affiliation(turn.person).spokes
        labels = (FROM_CONTEXT, VIA_SPOKESPERSON) if spokes else (FROM_CONTEXT,)
        return Resolved(turn.speaker, turn.person, labels)

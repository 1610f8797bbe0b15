"""
Make the speaker of a source that names no person: an institution, an organisation, a description.

No I/O.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from index.labels import ANONYMOUS, FROM_CONTEXT, FROM_PRONOUN, VIA_SPOKESPERSON
from index.speakers.affiliation.affiliation import Affiliation
from index.speakers.affiliation.bodies import RUN, body_affiliation, is_body
from index.speakers.affiliation.employers import employer_parties
from index.speakers.affiliation.full_forms import apposed_body
from index.speakers.affiliation.offices import person_affiliation
from index.speakers.affiliation.officials import unnamed_officials
from index.speakers.affiliation.phrases import country_called, phrase_affiliation
from index.speakers.affiliation.publishers import published_by
from index.speakers.affiliation.refining import refined
from index.speakers.affiliation.servants import servant_described
from index.speakers.affiliation.sides.customers import only_owns
from index.speakers.affiliation.sides.sides import phrase_side
from index.speakers.affiliation.signs import named_organisation
from index.speakers.cast.cast import Cast
from index.speakers.cast.full_names import full_name, named_before
from index.speakers.cast.organisations import GROUP_WORDS, Organisation
from index.speakers.gazetteer.lexicon import rows
from index.speakers.gazetteer.names import name_key
from index.speakers.gazetteer.role_phrases import read_role
from index.speakers.gazetteer.roles import UNNAMED
from index.speakers.gazetteer.tables import phrase_key
from index.speakers.resolve.back_references import SentenceGrid
from index.speakers.resolve.pronouns import IT, THEY, Turn, antecedent
from index.speakers.resolve.source import Resolved
from index.types import FoundBy, Party, Span, Speaker

_CARRIES_NEWS = re.compile(r"\b(?:news (?:web)?site|newspaper|broadcaster|news outlet|magazine)\b")
_ANY_SPOKESMAN = re.compile(r"(?:an?|the|another) (?:unnamed )?spokes(?:man|woman|person)", re.I)


def phrase_speaker(bare: str, affiliation: Affiliation, cast: Cast) -> Resolved:
    """Make the speaker of a description that speaks for whom *affiliation* says."""
    reading = read_role(bare, cast.tables)
    name = _of_whom(bare, affiliation.parties) or _official(_proper(bare), cast)
    key = name_key(re.sub(r"^(?:the|an?)\s+", "", name, flags=re.I)) or name.casefold()
    institution = bool(affiliation.parties) and (reading is None or reading.kind == "force")
    described = reading is not None or bool(re.match(r"[a-z]|(?:The|An?|Some|Many)\s[a-z]", name))
    how: FoundBy = "institution" if institution else "role" if described else "named"
    labels = [VIA_SPOKESPERSON] if affiliation.spokes else []
    if reading is not None and not affiliation.spokes and _is_unnamed(reading.head):
        labels.append(ANONYMOUS)
    speaker = Speaker(
        key, name, None, affiliation.parties, affiliation.evidence, how, affiliation.via
    )
    if affiliation.inferred:
        labels.append(FROM_CONTEXT)
    return Resolved(speaker, None, tuple(labels))


_OFFICIALS = re.compile(r"(?:the )?(?P<who>officials|authorities)", re.I)
_SHORT = {"united states": "US", "united kingdom": "UK", "european union": "EU"}
_SHORT |= {"united nations": "UN", "united arab emirates": "UAE"}


def _of_whom(bare: str, parties: Sequence[Party]) -> str | None:
    """Name whose "officials" they are: "Norwegian officials"; None for anybody else."""
    found = _OFFICIALS.fullmatch(bare)
    if found is None or not parties:
        return None
    party = parties[-1] if parties[-1].kind == "country" else parties[0]
    known = _SHORT.get(party.key) or _adjectives().get(party.key)
    return f"{known or re.sub(r'^[Tt]he ', '', party.name)} {found.group('who').lower()}"


@lru_cache(maxsize=1)
def _adjectives() -> dict[str, str]:
    """Map the key of each country to its first adjective."""
    found = {key: forms.split("|")[0] for key, _, forms, *_ in rows("countries.tsv")}
    return {key: form.lstrip("=~") for key, form in found.items() if form}


def _official(name: str, cast: Cast) -> str:
    """Return the full name of the body that letters or a short form mean: "the NWS", "the Fed"."""
    bare = re.sub(r"^the\s+", "", name, flags=re.I)
    alias = cast.tables.aliases.get(phrase_key(bare))
    party = alias.parties[0] if alias is not None and alias.parties else None
    # "Republicans" are not their party.
    people = bare.endswith("s") and not (alias is not None and alias.cased)
    if alias is not None and party is not None and not bare.isupper() and not people:
        fuller = _fuller(bare, alias.parties, cast)
        if fuller is not None:
            return fuller
    if party is not None and party.kind == "group":
        # Better known by its letters.
        return name
    full = full_name(name, cast.article.text)
    if full != name or alias is None or party is None or alias.use != "agency":
        return full
    short = party.kind == "body" and " " not in bare and " " in party.name
    return party.name if short else name


def _fuller(bare: str, parties: tuple[Party, ...], cast: Cast) -> str | None:
    """Find how an article writes in full what one word means: "CentCom", "Isis"."""
    if " " in bare or parties[0].kind not in ("group", "body"):
        return None
    named = [w for _, w, found in cast.organisations.places if found == parties]
    bare_names = [re.sub(r"^[Tt]he\s+|['’]s$", "", written) for written in named]
    longer = [w for w in bare_names if " " in w and phrase_key(w) in cast.tables.aliases]
    return max(longer, key=longer.count) if longer else None


_DESCRIBED = re.compile(
    rf"(?:[Tt]he |[Aa]n? )?(?:[\w.’'-]+ )*[a-z][\w-]*, (?:the )?(?P<name>{RUN.pattern})(?=,|$)"
)
_MONITOR = re.compile(rf"(?:[Tt]he )?(?P<name>{RUN.pattern}) (?:monitor|watchdog|charity)")
# "The family of Erik Berg" is not Berg.
_ADJECTIVES = re.compile(
    r"[Tt]he (?:(?!(?:of|for|from|in|at|to|by|with|on|and|or)\b)[a-z][\w-]* )+"
    rf"(?P<name>{RUN.pattern})"
)


def _proper(bare: str) -> str:
    """
    Take the name out of a description, else what stands before its comma.

    "The UN's nuclear watchdog, the International Atomic Energy Agency", "the state-run Polar
    News Agency".
    """
    apposed = apposed_body(bare) or country_called(bare)
    if apposed is not None:
        return apposed
    bare = re.sub(r" \([A-Z]{2,6}\)(?= [A-Z])", "", bare)
    monitor = _MONITOR.fullmatch(bare)
    if monitor is not None:
        return monitor.group("name")
    for pattern in (_DESCRIBED, _ADJECTIVES):
        found = pattern.match(bare)
        if (
            found is not None
            and " " in found.group("name")
            and (pattern is _DESCRIBED or found.end() == len(bare))
        ):
            return found.group("name")
    return re.split(r",\s", bare)[0]


# "Maj. Ida Vik with the Polar Fund", of whom no name is known
_MEMBER = re.compile(
    r"(?:(?:Dr|Maj|Major|Capt|Captain|Lt|Lieutenant|Sgt|Sergeant|Col|Chief|Officer|Deputy|Detective"
    r"|Inspector|Trooper)\.? )*(?P<name>[A-Z][a-z][\w’'-]* (?:[A-Z]\.? )?[A-Z][\w’'-]+),?"
    rf" (?:with|from|of|at) (?:the )?(?P<org>{RUN.pattern})"
)


def unlisted_speaker(bare: str, affiliation: Affiliation, cast: Cast, at: int) -> Resolved:
    """Make the speaker of a description of which the tables may know nothing."""
    if only_owns(bare, cast.article.text):
        return phrase_speaker(bare, Affiliation(), cast)
    named = None if affiliation.parties else named_before(bare, cast.article.text, at)
    if named is not None:
        known = phrase_affiliation(named, cast) or Affiliation()
        parties = known.parties or body_affiliation(f"the {named}", cast)
        return phrase_speaker(named, Affiliation(parties, (cast.evidence_of(named),)), cast)
    if affiliation.parties:
        return phrase_speaker(bare, refined(affiliation, cast), cast)
    officials = (
        phrase_side(bare, cast, at, person_affiliation)
        or unnamed_officials(bare, cast, at)
        or servant_described(bare, cast, at)
    )
    if officials is not None:
        return phrase_speaker(bare, officials, cast)
    member = _MEMBER.fullmatch(bare)
    parties = employer_parties(member.group("org"), cast) if member is not None else ()
    if member is not None and parties and not is_body(member.group("name")):
        shown = (cast.evidence_of(bare),)
        return phrase_speaker(member.group("name"), Affiliation(parties, shown), cast)
    proper = _proper(bare)
    listed = phrase_affiliation(proper, cast, at) if proper != bare else None
    if listed is not None and listed.parties:
        return phrase_speaker(bare, refined(listed, cast), cast)
    parties = body_affiliation(bare if bare.startswith(proper) else f"the {proper}", cast)
    parties = parties or published_by(bare, cast) or named_organisation(proper, cast)
    parties = () if _CARRIES_NEWS.search(bare) and proper != bare else parties
    if parties:
        affiliation = replace(affiliation, parties=parties, evidence=(cast.evidence_of(bare),))
    return phrase_speaker(bare, affiliation, cast)


def organisation_speaker(organisation: Organisation, bare: str, cast: Cast) -> Resolved:
    """Make the speaker of an organisation that only the article knows."""
    affiliation = Affiliation((organisation.party,), (cast.evidence_of(bare),))
    return phrase_speaker(organisation.name, refined(affiliation, cast), cast)


def government_speaker(bare: str, party: Party, worded: str, cast: Cast) -> Resolved:
    """Make the speaker of "officials" where the text around names one government."""
    reading = read_role(bare, cast.tables)
    spokes = reading is not None and reading.kind == "spokes"
    via = party.name if spokes else None
    shown = (cast.evidence_of(worded),)
    affiliation = Affiliation((party,), shown, None, via, spokes, inferred=True)
    return phrase_speaker(bare, affiliation, cast)


def spoken_before(
    span: Span, bare: str, turns: Sequence[Turn], cast: Cast, grid: SentenceGrid
) -> Resolved | None:
    """
    Find who spoke before: "the union" is "the dockers' union", "a spokesman" theirs.

    Args:
        span: where the description stands.
        bare: its words.
        turns: who has spoken so far, in reading order.
        cast: the article and the tables.
        grid: its sentences and paragraphs.
    """
    groups = [t.speaker for t in turns if t.speaker is not None and t.person is None]
    noun = bare.lower().removeprefix("the ")
    if noun in GROUP_WORDS and noun != bare.lower():
        named = {g.key: g for g in groups if g.name.lower().endswith(f" {noun}")}
        named.pop(noun, None)
        return Resolved(next(iter(named.values()))) if len(named) == 1 else None
    if not _ANY_SPOKESMAN.fullmatch(bare) or not groups or not groups[-1].parties:
        return None
    turn = turns[-1]
    first, last = map(grid.sentence_at, (turn.span.start, span.start))
    if turn.speaker is not groups[-1] or grid.paragraphs_between(first, last) > 1:
        return None
    owner = groups[-1]
    shown = (cast.evidence_of(owner.name),)
    found = phrase_speaker(bare, Affiliation(owner.parties, shown, None, owner.name, True), cast)
    return replace(found, labels=(*found.labels, FROM_CONTEXT))


def _is_unnamed(head: str) -> bool:
    """Return whether a role head is that of unnamed officials."""
    return head in UNNAMED or head.split()[-1] in UNNAMED


def speaker_owned(
    whose: Span, bare: str, turns: Sequence[Turn], cast: Cast, grid: SentenceGrid
) -> Resolved | None:
    """
    Resolve "his campaign", "its spokesman": for whom the one speaks whom the pronoun means.

    Args:
        whose: where the pronoun stands.
        bare: the words of the source, the pronoun first.
        turns: who has spoken so far.
        cast: the article and the tables.
        grid: its sentences.

    Returns:
        The speaker; None where the group that "its" means did not speak just before: the text may
        name it.
    """
    text = cast.article.text
    pronoun, rest = text[slice(*whose)].lower(), bare[whose.end - whose.start :].strip()
    turn = antecedent(whose, pronoun, turns, cast, grid)
    group = pronoun in IT | THEY
    owner = None if turn is None else turn.speaker if group else turn.person
    if owner is None:
        return None if group else phrase_speaker(bare, Affiliation(), cast)
    affiliation = phrase_affiliation(f"{owner.name}'s {rest}", cast) or Affiliation()
    if group and not affiliation.parties:
        return None
    written = text[whose.start : whose.start + len(bare)].strip(" ,.")
    shown = (cast.evidence_of(written),) if affiliation.parties else ()
    found = phrase_speaker(bare, replace(affiliation, evidence=shown), cast)
    return replace(found, labels=(*found.labels, FROM_PRONOUN)) if affiliation.parties else found

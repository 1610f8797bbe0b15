"""
Find who is first quoted as an unnamed spokesman or by an office, and then by name.

"A harbour spokeswoman said the gate was shut. “It stays so,” said Cmdr Ida Holm.": the name comes
with the second quotation and without any office. No I/O.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from index.labels import FROM_CONTEXT, TOGETHER_WITH
from index.speakers.gazetteer.roles import role_class
from index.speakers.resolve.back_references import SentenceGrid
from index.speakers.resolve.source import Resolved
from index.types import Attribution, Party, Speaker

_SPOKES = re.compile(r"\bspokes(?:man|woman|person)\b", re.IGNORECASE)
_NEAR = 3  # sentences from the unnamed to the name


def named_later(
    order: Sequence[int],
    resolved: Mapping[int, Resolved],
    attributions: Sequence[Attribution],
    grid: SentenceGrid,
) -> dict[int, Resolved]:
    """
    Join whom the text first quotes unnamed or by an office, and then by name without any.

    Args:
        order: the attributions in reading order.
        resolved: of each attribution.
        attributions: of one article.
        grid: the article's sentences.

    Returns:
        What changes: a person gets the parties, an office the name.
    """
    speakers = [resolved[i].speaker for i in range(len(attributions))]
    parties = _parties_named_later(order, speakers, attributions, grid)
    changed: dict[int, Resolved] = {}
    for office, name in _offices_named_later(order, resolved, attributions, grid).items():
        described, person = speakers[office], speakers[name]
        if described is not None and person is not None:
            if not person.parties:
                parties[person.key] = described.parties
                person = replace(person, parties=described.parties, evidence=described.evidence)
            named = replace(person, role=person.role or described.name, found="role")
            labels = (*resolved[office].labels, FROM_CONTEXT)
            changed[office] = replace(resolved[office], speaker=named, labels=labels)
    for index, speaker in enumerate(speakers):
        if speaker is not None and speaker.key in parties:
            named = replace(speaker, parties=parties[speaker.key])
            changed[index] = replace(resolved[index], speaker=named)
    return changed


def _parties_named_later(
    order: Sequence[int],
    speakers: Sequence[Speaker | None],
    attributions: Sequence[Attribution],
    grid: SentenceGrid,
) -> dict[str, tuple[Party, ...]]:
    """
    Find the parties of persons whose name follows an unnamed spokesman's statement.

    Returns:
        By the speaker's key. Only of a person whom the article introduces nowhere else, and
        behind whom no other person has spoken since.
    """
    found: dict[str, tuple[Party, ...]] = {}
    met: set[str] = set()
    before: tuple[Speaker, int] | None = None
    for index in order:
        speaker, source = speakers[index], attributions[index].source
        if speaker is None or not source:
            continue
        here = grid.sentence_at(source[0].start)
        if _is_unnamed(speaker):
            before = (speaker, here)
        elif speaker.found == "named":
            new = speaker.key not in met and not speaker.parties and not speaker.role
            if before is not None and new and here - before[1] <= _NEAR:
                found[speaker.key] = before[0].parties
            met.add(speaker.key)
            before = None
    return found


def _is_unnamed(speaker: Speaker) -> bool:
    """Return whether a speaker is a spokesman without a name, of a known party."""
    return (
        bool(speaker.parties) and speaker.name[:1].islower() and bool(_SPOKES.search(speaker.name))
    )


# What else the holder of an office or a calling is called beside the name.
_CALLED = {
    "commander": r"command|\bgen\b|general|admiral|\badm\b|\bcol\b|colonel|\bcmdr|officer|\bmaj\b",
    "military official": r"\bgen\b|general|admiral|\bcol\b|colonel|\bcmdr|\bmaj\b",
    "lawyer": r"lawyer|attorney|solicitor|barrister|counsel",
    "attorney": r"lawyer|attorney|solicitor|barrister|counsel",
    "solicitor": r"lawyer|attorney|solicitor|barrister|counsel",
    "spokesman": r"\bcmdr|\bmaj\b|\bcol\b|\bcapt|\blt\b",
    "spokeswoman": r"\bcmdr|\bmaj\b|\bcol\b|\bcapt|\blt\b",
    "spokesperson": r"\bcmdr|\bmaj\b|\bcol\b|\bcapt|\blt\b",
}
_OFFICES = (
    "head leader president premier chief mayor governor director chairman chairwoman"
    " chancellor boss minister coach ambassador"
)
_ANYBODY = (
    r"[a-z]+(?:er|or|ist|ian|man|woman|ant|eer|mat|ee)|member|uncle|father|mother|sister|brother"
    r"|aunt|cousin|friend|son|daughter|widow|wife|husband|resident|student|nurse"
)
# Whom an article sets against those it names, whose office many have had, and what is nobody.
_NOT_SO = (
    rf"(?!{'|'.join(_OFFICES.split())}|heckler|protester|opponent|user|commenter|demonstrator"
    r"|attacker|caller|gunman|[a-z]*paper|[a-z]*letter|[a-z]*maker|carrier|broadcaster"
    r"|regulator|operator|retailer)"
)
_DESCRIBED = re.compile(
    rf"(?:[Tt]he (?:[\w’'-]+ ){{0,3}}?(?P<office>{'|'.join(_OFFICES.split())})"
    rf"|(?:[Tt]he|[Aa]n?) (?:[\w’'-]+ ){{0,3}}?(?P<calling>{'|'.join(_CALLED)})"
    rf"|(?:[Tt]he|[Aa]n?) (?:[\w’'-]+ ){{0,4}}?(?P<anybody>{_NOT_SO}(?:{_ANYBODY})))"
    r"(?: (?:of|for|at|who|from|with|in) .+)?"
)
_SOON = 9  # sentences from the office to the name
_RIGHT_AFTER = 2
_AT_ONCE = 4  # sentences from a calling of which there are many


def _offices_named_later(
    order: Sequence[int],
    resolved: Mapping[int, Resolved],
    attributions: Sequence[Attribution],
    grid: SentenceGrid,
) -> dict[int, int]:
    """
    Find who is quoted by an office alone and soon after by a name that the text has not had.

    "The head of the Halvik battalion said he would stay. (...) “We are locals,” Holm said.": an
    article that gives neither the name before nor the office after means one person.

    Returns:
        By the attribution with the office, the one with the name.
    """
    speakers = [resolved[i].speaker for i in range(len(attributions))]
    found: dict[int, int] = {}
    before: list[int] = []
    for index in order:
        speaker, source = speakers[index], attributions[index].source
        if speaker is None or not source or speaker.found not in ("role", "named"):
            continue
        if speaker.found == "named" and " " not in speaker.name and resolved[index].person is None:
            # A place or a paper, no person.
            continue
        joint = any(label.startswith(TOGETHER_WITH) for label in resolved[index].labels)
        if speaker.found == "role" and not joint and _DESCRIBED.fullmatch(speaker.name):
            last = speakers[before[-1]] if before else None
            alike = last is not None and _adjective(last.name) == _adjective(speaker.name)
            before = [*before, index] if alike else [index]
        elif (speaker.found == "role" and _MANY.fullmatch(speaker.name)) or (
            speaker.found == "named" and resolved[index].person is None
        ):
            # Several, of whom one is none; and a place, which is nobody.
            continue
        else:
            for each in reversed(before):
                described, office = speakers[each], attributions[each].source[0].start
                gap = grid.sentence_at(source[0].start) - grid.sentence_at(office)
                written = grid.text[slice(*source[0])]
                new = described is not None and _is_first_named(speaker, office, grid.text)
                if not new or not described or not _is_one(described.name, speaker, written, gap):
                    break
                found[each] = index
            before = []
    return found


# "Kurdish commanders": several, of whom the one is none.
_MANY = re.compile(r"(?!(?:[Tt]he|[Aa]n?) )(?:[\w-]+ ){0,3}[a-z]+s")


def _adjective(described: str) -> str | None:
    """Take what stands before the office: "coalition" in "a coalition commander"."""
    words = described.split()
    return words[1].lower() if len(words) > 2 else None


def _is_one(described: str, speaker: Speaker, written: str, gap: int) -> bool:
    """Return whether a description can mean whom the text names *gap* sentences later."""
    found = _DESCRIBED.fullmatch(described)
    if found is not None and found.group("anybody"):
        # News says who somebody is: nobody comes unintroduced right after.
        return 0 < gap <= _RIGHT_AFTER and (
            not (speaker.role or speaker.parties) or (gap == 1 and _are_alike(described, speaker))
        )
    calling = found.group("calling") if found is not None else None
    if calling is None:
        return gap <= _SOON and not speaker.role and not speaker.parties
    # A surname alone is that of one just introduced.
    if calling.startswith("spokes") and gap <= 1 and " " not in speaker.name and not speaker.role:
        return True
    alike = re.search(_CALLED[calling], f"{speaker.role or ''} {written}", re.IGNORECASE)
    return gap <= (1 if calling == "military official" else _AT_ONCE) and alike is not None


def _are_alike(described: str, speaker: Speaker) -> bool:
    """Return whether a role is of the same class and has a word of a description: "former"."""
    said, own = (re.findall(r"[a-z]{4,}", t.lower()) for t in (described, speaker.role or ""))
    classes = [{kind for word in each if (kind := role_class(word))} for each in (said, own)]
    return bool(classes[0] & classes[1]) and any(
        word[:5] == other[:5] for word in said for other in own
    )


def _is_first_named(speaker: Speaker, office: int, text: str) -> bool:
    """Return whether a person's name stands nowhere before *office*."""
    name = speaker.name.split()[-1]
    at = re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text)
    return speaker.found == "named" and at is not None and at.start() > office

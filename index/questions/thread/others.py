"""
The question before, asked of others: without somebody, of somebody else as well, of everybody else.

"Not Norway" leaves Norway out, "compare with Russia" puts Russia beside, "the other side?" asks all
but those who were asked.
"""

from __future__ import annotations

import re
from dataclasses import replace

from index.questions.subject import Subject, resolve_subject
from index.questions.thread.change import kept_whole
from index.roster.directory import Directory
from index.roster.lookup import role_of
from index.speakers.gazetteer.names import name_key
from index.types import Query

LEFT_OUT = re.compile(
    r"(?i)(?:not|without|except(?:\s+for)?|leave\s+out|exclud(?:e|ing)|minus|drop|skip|remove|ignore|forget(?:\s+about)?)"
    r"\s+(?P<who>\S.*)"
)
# "compare with Russia", "vs the SDF": beside those asked about before.
BESIDE = re.compile(
    r"(?i)(?:(?:and|please|also|now)\s+)*(?:compared?(?:\s+(?:it|that|this|them))?\s+(?:with|to|against)|vs\.?|versus"
    r"|(?:add|include)|together\s+with|with)\s+(?P<who>\S.*)"
)
# "who contradicted him?", "and the other side?"
OTHER_SIDE = re.compile(
    r"(?i)(?:(?:and|but|so)\s+)?(?:who\s+(?:has\s+|have\s+|else\s+)?contradict(?:s|ed)\s+(?:him|her|it|that|this"
    r"|them)|(?:what\s+about\s+|what\s+does\s+)?the\s+other\s+sides?(?:\s+(?:of\s+(?:it|this|that)|say))?)"
)
_HIM = re.compile(r"(?i)(?:him|her|he|she)")


def of_others(previous: Query, text: str, plain: str, directory: Directory) -> Query | None:
    """Ask *previous* of others than those asked, or of others as well; None if *plain* does not."""
    if OTHER_SIDE.fullmatch(plain) and (asked := subjects_of(previous)):
        everybody = replace(
            previous, text=text, party=None, speaker=None, other_parties=(), other_speakers=(),
            stance=None, negated=False, changes=False,
        )  # fmt: skip
        return replace(kept_whole(everybody), anyone=True, besides=asked)
    found = leave_out(previous, text, plain, directory)
    return found or beside(previous, text, plain, directory)


def leave_out(previous: Query, text: str, plain: str, directory: Directory) -> Query | None:
    """
    Ask *previous* again without somebody: "not Norway", "without Lavrov".

    Args:
        previous: the query before it in the thread.
        text: the follow-up as typed.
        plain: the same without greetings and final marks.
        directory: who can be meant.

    Returns:
        None if *plain* leaves nobody out.
    """
    match = LEFT_OUT.fullmatch(plain)
    subject = resolve_subject(match["who"], directory) if match else Subject()
    names = (*subject.parties, *subject.speakers)
    if match and previous.speaker and _HIM.fullmatch(match["who"]):
        names = (previous.speaker,)
    elif any(role_of(name) for name in subject.speakers) or not subject.sure:
        return None  # "not the minister": which one?
    if not names:
        return None
    query = replace(previous, text=text, besides=tuple(dict.fromkeys((*previous.besides, *names))))
    if {previous.party, previous.speaker} & set(names):
        query = replace(query, party=None, speaker=None, other_parties=(), other_speakers=())
        return replace(query, anyone=True)
    return query


def beside(previous: Query, text: str, plain: str, directory: Directory) -> Query | None:
    """
    Ask *previous* of somebody else as well: "compare with Russia", "add the SDF".

    Args:
        previous: the query before it in the thread.
        text: the follow-up as typed.
        plain: the same without greetings and final marks.
        directory: who can be meant.

    Returns:
        None if *plain* names nobody, or *previous* asked everybody.
    """
    match = BESIDE.fullmatch(plain)
    subject = resolve_subject(match["who"], directory) if match else Subject()
    named = bool(previous.party or previous.speaker) and not previous.anyone
    if not (named and subject.sure and (subject.parties or subject.speakers)):
        return None
    parties = [key for key in (previous.party, *previous.other_parties) if key]
    names = [name for name in (previous.speaker, *previous.other_speakers) if name]
    if previous.speaker and previous.party:
        parties.remove(previous.party)  # a speaker within a party
    parties = list(dict.fromkeys((*parties, *subject.parties)))
    names = list(dict.fromkeys((*names, *subject.speakers)))
    query = replace(previous, text=text, changes=False, besides=())
    query = replace(query, inherited=("topic",) if previous.topic else ())
    if parties:
        return replace(
            query, party=parties[0], speaker=None,
            other_parties=tuple(parties[1:]), other_speakers=tuple(names),
        )  # fmt: skip
    return replace(query, party=None, speaker=names[0], other_speakers=tuple(names[1:]))


def subjects_of(previous: Query) -> tuple[str, ...]:
    """Collect the keys of those whom *previous* was about: "who else?" means none of them."""
    parties = [key for key in (previous.party, *previous.other_parties) if key]
    names = [name for name in (previous.speaker, *previous.other_speakers) if name]
    bare = [re.sub(r"(?i)^the\s+", "", name) for name in names]
    # An article that only says "Imrie" means her too.
    bare += [name.split()[-1] for name in bare if len(name.split()) > 1 and name.istitle()]
    return (*([] if previous.speaker else parties), *map(name_key, bare), *previous.besides)

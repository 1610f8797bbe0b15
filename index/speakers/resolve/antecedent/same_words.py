"""
Find who is first quoted without a name, and elsewhere by name with the same words.

"A harbour spokeswoman said the gate would “stay shut for the winter”. (...) “It will stay shut
for the winter,” said Ida Holm, the harbour's spokeswoman.": an article says a thing twice, in its
lead and where it tells who said it. No I/O.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from index.attribution.told.second import repeats
from index.labels import FROM_CONTEXT, FROM_PRONOUN, UNATTRIBUTED
from index.speakers.gazetteer.roles import role_class
from index.speakers.resolve.antecedent.second_mention import overlap, quotations_of
from index.speakers.resolve.impostors import is_nobodys
from index.speakers.resolve.source import Resolved
from index.types import Attribution, Speaker

# So many words that recur are no accident; of a speaker's own body fewer will do.
_ENOUGH, _FOR_ONE_BODY = 3, 2
# Two words are enough only if they have so many letters.
_LONG = 15
_BODY = re.compile(
    r"\b(?:company|team|firm|agency|group|campaign|office|department|ministry|government|bank|party"
    r"|union|league|club|association|council|committee|university|airline)$",
    re.I,
)
_SEVERAL = re.compile(r"(?:s|people|police|men|women|family)$")


def said_again(
    order: Sequence[int],
    resolved: Mapping[int, Resolved],
    attributions: Sequence[Attribution],
    text: str,
) -> dict[int, Resolved]:
    """
    Join whom the text quotes by an office alone with the one person quoted with the same words.

    Args:
        order: the attributions in reading order.
        resolved: of each attribution.
        attributions: of one article.
        text: the article's.

    Returns:
        What changes: the office gets the name. Nothing where two persons are quoted so, or where
        the person speaks for others.
    """
    named = [
        (index, _said(attributions[index], text))
        for index in order
        if resolved[index].person is not None
        and _affirms(attributions[index])
        and not repeats(text, attributions[index].cue)
    ]
    found: dict[int, Resolved] = {}
    for index in order:
        speaker = resolved[index].speaker
        if speaker is None or speaker.found != "role" or not _is_one(resolved[index], speaker):
            continue
        fitting = {
            each.speaker.key: each
            for at, said in named
            if (each := resolved[at]).speaker is not None
            for words in quotations_of(attributions[index], text)
            if _recurs(words, said, speaker, each.speaker)
            and (_is_body(speaker) or not overlap(attributions[index], attributions[at]))
        }
        if len(fitting) == 1:
            found[index] = _by_name(resolved[index], next(iter(fitting.values())))
    return found


def _by_name(described: Resolved, named: Resolved) -> Resolved:
    """Give a description the name of the person quoted with the same words."""
    speaker = named.speaker and replace(named.speaker, found="role")
    known = (*described.labels, *named.labels)
    labels = [label for label in known if label not in (FROM_PRONOUN, UNATTRIBUTED)]
    return Resolved(speaker, named.person, tuple(dict.fromkeys((*labels, FROM_CONTEXT))))


def _is_one(found: Resolved, speaker: Speaker) -> bool:
    """Return whether a speaker without a name is one person: "the envoy", no "officials"."""
    noun = re.split(r",|\s(?:of|for|from|in|at|with|who|to|on)\s", speaker.name)[0].split()[-1:]
    if (
        is_nobodys(speaker.name)
        or found.person is not None
        or not noun
        or _SEVERAL.search(noun[0].lower())
    ):
        return False
    # "A heckler" is nobody whom the article names by another name.
    anybody = re.match(r"(?:an?|one|another)\s", speaker.name, re.I) is not None
    return not anybody or bool(speaker.parties) or role_class(noun[0]) is not None


def _is_body(speaker: Speaker) -> bool:
    """Return whether a description is of a body, within whose head's words it may stand."""
    return _BODY.search(speaker.name) is not None


def _affirms(attribution: Attribution) -> bool:
    """Return whether somebody says something and does not deny it."""
    return not attribution.negated and attribution.cue_class != "denied"


def _said(attribution: Attribution, text: str) -> str:
    """Join the quoted words of a statement, as words alone."""
    return f" {' '.join(quotations_of(attribution, text))} "


def _recurs(words: str, said: str, speaker: Speaker, named: Speaker) -> bool:
    """Return whether one quotation stands in what a person said who may be the speaker."""
    bodies = {party.key for party in speaker.parties}
    shared = bodies & {party.key for party in named.parties}
    if bodies and named.parties and not shared:
        return False
    count = words.count(" ") + 1
    enough = count >= _ENOUGH or (bool(shared) and count >= _FOR_ONE_BODY and len(words) >= _LONG)
    return enough and f" {words} " in said

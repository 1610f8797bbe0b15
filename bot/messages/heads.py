"""
What the line above an answer may claim, by what was found: whose statements, of which kind. Pure.

The question is worded before anything is found: "Warnings about Norway", "by the mayor". Only the
answer shows whether all of them are warnings, who the mayor is, and who answers "who?".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from bot.messages.elements import clip
from bot.messages.wording import IN_ARTICLES_ABOVE, KINDS_OF, NO_VERDICTS
from index.labels import BY_DESCRIPTION, OTHER_MATTER, group_quotes
from index.types import Briefing, Query, Quote

GUESSED = (
    "This is a guess: the articles do not use your words for the speaker. Check who speaks before "
    "you quote."
)
_ASKS_WHO = re.compile(
    r"(?i)\W*(?:(?:and|but|so|ok|okay)\b\W*)?who\b(?!\s+(?:is|was|were|are|has)\s)"
)
_OF_SOMEBODY = re.compile(r"\S.*?['’]s?\s+(?P<what>\S.*)")
_ROOT = 5  # letters of a word that its forms share
_ASKS_COMMENT = re.compile(r"(?i)\b(?:did|has|have|will|would)\b.*\bcomment(?:ed)?\W*$")
_COMMENTS = re.compile(r"(?i)\bcomment(?:s|ed)?\b")
_ASKS_A_VIEW = re.compile(
    r"(?i)\W*(?:(?:and|but|so|ok|okay)\b\W*)?(?:(?:who|(?:(?:has|did)\s+)?any(?:one|body))\s+(?:(?:has|have|is|was|spoke|came"
    r"\s+out)\s+)?(?:critici[sz]|condemn|prais|welcom|oppos|back(?:s|ed)\b(?!.*\bup\b)|support|against|in\s+favou?r"
    r"|defend|attack|slam|applaud|object|(?:dis)?agree|for\b)|any\s+(?:critic|oppos|objection|prais|support))"
)
# "the minister", "the foreign minister": one, whoever it is.
_ONE_ROLE = re.compile(r"(?:the\s+)?[a-z][\w-]*(?:\s+[a-z][\w-]*)?(?<!s)$")
_BY = re.compile(r" by [^·]*?(?= ·|$)")
_NAMED = 4  # speakers of an answer that are listed
_ALIKE = 0.6  # of two spellings of a name that begin with one letter


def headline(found: Briefing, understood: str) -> str:
    """
    Word the line above an answer.

    Args:
        found: the answer; an abstention keeps its line.
        understood: what the question was taken for.
    """
    if not found.quotes:
        return understood
    understood = _of_kind(found, understood)
    understood = _of_doubt(found, understood)
    names = list(dict.fromkeys(_name(quote) for quote in found.quotes if quote.speaker))
    query = found.query
    if _is_role(query) and len(names) <= 2 and not any(_is_in(n, understood) for n in names):
        found_there = " and ".join(names)
        return _BY.sub(lambda by: f"{by[0]} ({found_there})", understood, count=1)
    asks_who = query.anyone and query.quotation is None and _ASKS_WHO.match(query.text)
    if asks_who and names and " by " not in understood:
        return f"{understood} · by {listed(names, others=_goes_on(found))}"
    return understood


def _of_doubt(found: Briefing, understood: str) -> str:
    """Say where it stands instead of what it is about, where nothing is surely about that."""
    if not all(OTHER_MATTER in quote.labels for quote in found.quotes):
        return understood
    if found.nearest_kind == "page":
        return understood  # what is surely about it stood on the pages before
    if found.nearest_kind == "above":
        about = re.compile(rf"(?: ·)? about {re.escape(found.query.topic or '')}")
        return about.sub(f" · {IN_ARTICLES_ABOVE}", understood, count=1)
    return understood.replace(" about ", " perhaps about ", 1)


def doubts(found: Briefing) -> list[str]:
    """List what a reader must know of how the question was read: a guess, another spelling."""
    lines = [GUESSED] if any(BY_DESCRIPTION in quote.labels for quote in found.quotes) else []
    typed, meant = misread(found.query)
    lines += [f"I read “{typed}” as {meant}."] if typed else []
    if found.quotes and found.query.anyone and found.query.topic:
        lines += [NO_VERDICTS] if _ASKS_A_VIEW.match(found.query.text) else []
    lines += _unnamed(found)
    names = list(dict.fromkeys(_name(quote) for quote in found.quotes if quote.speaker))
    if _is_role(found.query) and len(names) > 1 and _ONE_ROLE.match(found.query.speaker or ""):
        lines.append(f"More than one may be meant: {listed(names, others=False)}. Ask by name.")
    return lines


def _unnamed(found: Briefing) -> list[str]:
    """Warn where nobody speaks of what of somebody was asked for: of "Brennick's future"."""
    match = _OF_SOMEBODY.fullmatch(found.query.topic or "")
    if match is None or not found.quotes or found.query.clause:
        return []
    what = match["what"]
    root = what.split()[-1].casefold()[:_ROOT]
    if any(root in quote.text.casefold() for quote in found.quotes):
        return []
    return [f"Nobody speaks of “{what}” in so many words. What comes nearest:"]


def misread(query: Query) -> tuple[str, str]:
    """Find the name that was typed in another spelling than the one that is asked for, and that."""
    meant = (query.speaker or "").split()[-1:]
    if not meant or "who" in query.inherited or not meant[0][:1].isupper():
        return "", ""
    typed = [re.sub(r"['’]s?$", "", word) for word in re.findall(r"[^\W\d_][\w'’-]*", query.text)]
    folded = {word.casefold() for word in typed}
    if meant[0].casefold() in folded or folded & {
        w.casefold() for w in (query.speaker or "").split()
    }:
        return "", ""
    near = [word for word in typed if _is_near(word.casefold(), meant[0].casefold())]
    return (near[0], meant[0]) if near else ("", "")


def _is_near(one: str, other: str) -> bool:
    alike = SequenceMatcher(None, one, other).ratio() >= _ALIKE
    return alike and one[:1] == other[:1] and abs(len(one) - len(other)) <= 2


def comments_first(found: Briefing) -> Briefing:
    """Let who commented, or would not, come first where that was asked."""
    if not _ASKS_COMMENT.search(found.query.text) or found.query.order != "best":
        return found
    groups = group_quotes(found.quotes)
    groups.sort(key=lambda group: not any(_COMMENTS.search(quote.text) for quote in group))
    return replace(found, quotes=tuple(quote for group in groups for quote in group))


def surest_first(found: Briefing) -> Briefing:
    """Put what is perhaps about something else behind the rest, as it stands."""
    groups = group_quotes(found.quotes)
    doubtful = [OTHER_MATTER in group[0].labels for group in groups]
    if found.query.order != "best" or doubtful == sorted(doubtful):
        return found
    ordered = [g for g, d in zip(groups, doubtful, strict=True) if not d]
    ordered += [g for g, d in zip(groups, doubtful, strict=True) if d]
    return replace(found, quotes=tuple(quote for group in ordered for quote in group))


def of_kind_first(found: Briefing) -> Briefing:
    """Put the statements of the kind that was asked for before the others, as they stand."""
    stance = found.query.stance
    if stance not in KINDS_OF or found.query.negated:
        return found
    groups = sorted(group_quotes(found.quotes), key=lambda group: not _is_of(group, stance))
    return replace(found, quotes=tuple(quote for group in groups for quote in group))


def _of_kind(found: Briefing, understood: str) -> str:
    """Call them warnings only if all are; else say that warnings stand first, and whose."""
    stance = found.query.stance or ""
    kind = KINDS_OF.get(stance, "")
    begins = kind.capitalize()
    if not kind or found.query.negated or not understood.startswith(f"{begins} "):
        return understood
    groups = group_quotes(found.quotes)
    own = [group for group in groups if _is_of(group, stance)]
    if len(own) == len(groups):
        return understood
    names = list(dict.fromkeys(_name(group[0]) for group in own if group[0].speaker))
    by = f", by {listed(names, others=False)}" if names and found.query.anyone else ""
    return f"Statements{understood.removeprefix(begins)}{f' · {kind} first{by}' if own else ''}"


def _is_of(group: Sequence[Quote], stance: str | None) -> bool:
    return any(quote.stance == stance for quote in group)


def _is_role(query: Query) -> bool:
    """Return whether one is asked for by what they are: "the mayor", "the embassy in Oslo"."""
    if query.other_speakers or not query.speaker:
        return False
    head = re.split(r"\s(?:of|for|in|to|from|at)\s", query.speaker)[0].split()[-1:]
    return bool(head) and head[0][:1].islower()


def _is_in(name: str, understood: str) -> bool:
    return name.casefold().removeprefix("the ") in understood.casefold()


def _name(quote: Quote) -> str:
    """Name a speaker within a sentence."""
    return clip(re.sub(r"^The(?=\s)", "the", quote.speaker or ""), 60)


def _goes_on(found: Briefing) -> bool:
    """Return whether more statements follow, perhaps by others."""
    return found.total > len(group_quotes(found.quotes))


def listed(names: Sequence[str], *, others: bool) -> str:
    """Name some speakers, the first few of many; *others*: whether there are more."""
    if others or len(names) > _NAMED:
        return f"{', '.join(names[:_NAMED])} and others"
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else names[0]

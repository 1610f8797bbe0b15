"""
The question before, asked again: for more, for what was said first, for other days.

Each is a whole message ("more", "since when?", "and the day after?"): a word more, and it is a
question of its own.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta

from index.questions.thread.change import change
from index.text.date_format import midnight
from index.types import Query

_MORE = re.compile(
    r"(?i)(?:(?:(?:say|tell\s+me|show(?:\s+me)?|give\s+(?:me|us)|any|some|and|a\s+few|one|two|a\s+bit)"
    r"\s+)*more"
    r"(?:\s+(?:of\s+(?:that|this|it|them|those|these)|quotes?|statements?|from\s+(?:that|this)))?"
    r"|is\s+(?:that|this|it)\s+(?:all|everything|it)(?:\s+(?:of\s+(?:it|them)|you\s+have|there\s+is))?"
    r"|and|go\s+on|continue|carry\s+on|keep\s+going|(?:anything|nothing)\s+(?:else|more)|what\s+else|others?"
    r"|(?:(?:the|and)\s+)*next(?:\s+(?:page|ones?|quotes?|statements?))?|longer|expand(?:\s+(?:on\s+)?(?:that|this|it))?|a\s+longer\s+(?:answer|version|list)"
    r"|another(?:\s+(?:one|quote|statement))?|(?:(?:and|show(?:\s+me)?)\s+)?the\s+(?:rest|others))"
)
_SINCE_WHEN = re.compile(
    r"(?i)(?:and\s+)?(?:(?:since|from)\s+when(?:\s+(?:does|do|has|have)\s+\w+\s+sa(?:y|id)"
    r"\s+(?:that|this|it|so))?|when\s+was\s+(?:that|this|it)(?:\s+said)?(?:\s+first)?"
    r"|when\s+did\s+(?:he|she|they|it)\s+(?:first\s+)?say\s+(?:that|this|it|so)|when\s+exactly"
    r"|(?:on\s+)?(?:which|what)\s+(?:day|date)(?:\s+(?:was|is)\s+(?:that|this|it)(?:\s+(?:said|from))?)?)"
)

_NEWER = re.compile(
    r"(?i)(?:and\s+)?(?:(?:is|was|are)\s+there\s+)?(?:anything|any|something|what\s+is)?\s*"
    r"(?:new(?:er|s)?|more\s+recent(?:ly)?|later|fresh(?:er)?|updates?|(?:the\s+)?latest)"
    r"(?:\s+(?:statements?|quotes?|ones?|news|updates?))?"
    r"(?:\s+(?:on|about|from)\s+(?:this|that|it|them|him|her))?(?:\s+since\s+then)?"
    r"|(?:and\s+)?(?:since\s+then|afterwards?|after\s+(?:that|this)|later\s+on|(?:any|some)thing\s+since)"
)
_LATER = re.compile(
    r"(?i)^(?P<asked>.*\b(?:say|said|says)\b.*?)\s+"
    r"(?:(?:any|some)thing\s+)?(?:later(?:\s+on)?|afterwards?|after\s+(?:that|this)|subsequently"
    r"|since(?:\s+then)?|in\s+the\s+end|eventually|finally)$"
)
_EARLIER = re.compile(
    r"(?i)(?:and\s+|anything\s+|what\s+did\s+(?:he|she|it|they)\s+say\s+|what\s+(?:came|was\s+said)\s+)?"
    r"(?:before\s+(?:that|then|this)|earlier|older|previously)"
)
_RECENT = timedelta(days=7)
_DAY = timedelta(days=1)
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
# "and the day after?", "on the 15th?", "and on Thursday?": counted from the day above.
_NEXT_DAY = re.compile(
    r"(?i)(?:(?:and|what\s+about)\s+)?(?:on\s+)?(?:(?P<later>(?:the\s+)?(?:next|following)\s+day"
    r"|(?:the|a)\s+day\s+(?:after|later))|(?P<earlier>(?:the\s+)?(?:previous|preceding)\s+day"
    r"|(?:the|a)\s+day\s+(?:before|earlier)))(?:\s+that)?"
)
_ONE_DAY = re.compile(
    r"(?i)(?:and\s+)?(?:on\s+)?(?:the\s+(?P<number>\d{1,2})(?:st|nd|rd|th)|(?:that\s+)?(?P<name>"
    + "|".join(_DAYS)
    + r"))"
)


def shift(previous: Query, text: str, plain: str, newest: datetime) -> Query | None:
    """
    Ask *previous* again: for more, for what came first, after its days, or before them.

    Args:
        previous: the query before it in the thread.
        text: the follow-up as typed.
        plain: the same without greetings and final marks.
        newest: when the newest article was published; without days, its last week is meant.

    Returns:
        None if *plain* asks none of these.
    """
    border = midnight(newest) - _RECENT
    if asks_more(plain):
        return replace(previous, text=text)
    if changed := change(previous, text, plain):
        return changed
    if asks_since_when(plain):
        return replace(previous, text=text, since=None, until=None, order="oldest", most=1)
    if _NEWER.fullmatch(plain):
        since = previous.until or max(border, previous.since or border)
        counted = () if previous.until and "newest" not in previous.assumed else ("newest",)
        return replace(previous, text=text, since=since, until=None, assumed=counted)
    if _EARLIER.fullmatch(plain):
        until = previous.since or min(border, previous.until or border)
        counted = () if previous.since else ("newest",)
        return replace(previous, text=text, since=None, until=until, assumed=counted)
    if previous.since is not None and (day := _day_from(previous.since, previous.until, plain)):
        return replace(previous, text=text, since=day, until=day + _DAY, assumed=())
    return None


def _day_from(since: datetime, until: datetime | None, plain: str) -> datetime | None:
    """Find the day that *plain* counts from the days of the question before: "the next day"."""
    if match := _NEXT_DAY.fullmatch(plain):
        return (until or since + _DAY) if match["later"] else since - _DAY
    match = _ONE_DAY.fullmatch(plain)
    if match is None:
        return None
    if match["name"]:
        ahead = (_DAYS.index(match["name"].lower()) - since.weekday()) % len(_DAYS)
        return since + timedelta(days=ahead)
    try:
        return since.replace(day=int(match["number"]))
    except ValueError:
        return None


def asked_later(previous: Query | None, plain: str) -> tuple[Query | None, str]:
    """Read "what did she say later?": the newest comes first, whatever days were asked for."""
    if previous is None or not (match := _LATER.match(plain)):
        return previous, plain
    return replace(previous, since=None, until=None, order="newest"), match["asked"]


def asks_more(plain: str) -> bool:
    """Return whether *plain* asks for nothing but more of the same."""
    return _MORE.fullmatch(plain) is not None


def asks_since_when(plain: str) -> bool:
    """Return whether *plain* asks when that was said first."""
    return _SINCE_WHEN.fullmatch(plain) is not None


def asks_other_days(plain: str) -> bool:
    """Return whether *plain* asks for what was said after, or before."""
    if _ONE_DAY.fullmatch(plain):
        return re.match(r"(?i)(?:and|on)\s", plain) is not None  # "Thursday?" is talk
    return any(pattern.fullmatch(plain) for pattern in (_NEWER, _EARLIER, _NEXT_DAY))

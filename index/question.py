"""
Read a question: "what did Russia say about the tank since Monday?" -> Query.

What is understood is taken out piece by piece (quotation, dates, outlet, frame, speaker) and
what remains is the topic, as typed. Two traps. "What did Russia say about Turkey" asks Russia,
so only a subject becomes a speaker. And a name that nobody on record bears stays a name: asked
of everybody instead, it would put a stranger's words in that person's mouth.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from index.asked import Asked, Directory, is_voice, make_directory, who_is_asked
from index.dates import When, find_dates
from index.errors import QuestionError
from index.follow_up import follows, inherit
from index.phrases import Frame, read_frame
from index.speakers.tables import Tables
from index.store import KnownSpeaker
from index.topics import bare_words, clean_topic
from index.types import Query

LONGEST = 2_000
EXAMPLES = (
    "“What did Russia say about the tank?”, “Lavrov since Monday”, “Did Turkey deny it?”, "
    "“Who said ‘beyond doubt’?”"
)

_NOISE = re.compile(r"<[@#!][^<>\s]*>|:[a-z0-9_+-]+:(?!\w)", re.IGNORECASE)
_GREETING = re.compile(
    r"^(?:(?:hi|hello|hey|ok|okay|so|well|please|pls|thanks|thank\s+you|good\s+morning|there)"
    r"\b[\s,.!:-]*)+(?=\w)",
    re.IGNORECASE,
)
_REQUEST = re.compile(
    r"^(?:(?:can|could|would|will)\s+you\s+)?(?:please\s+)?(?:(?:tell|show|give|send|remind)\s+"
    r"(?:me|us)(?:\s+of)?|show|find|get|list|search(?:\s+for)?|look\s+up|compare|quote"
    r"|(?:i|we)(?:['’]d)?\s+(?:want|need|would\s+like|like)\s+to\s+know|do\s+(?:you|we)\s+know"
    r"|any\s+idea|i\s+wonder)\s+(?:if\s+|whether\s+)?(?=\S)",
    re.IGNORECASE,
)
_QUOTED = re.compile(
    r"“(?P<a>[^“”]+)”|\"(?P<b>[^\"]+)\"|„(?P<c>[^„“”]+)[“”]|«(?P<d>[^«»]+)»"
    r"|(?<!\w)['‘](?P<e>[^‘]+?)['’](?!\w)"
)
_OUTLET_BEFORE = (
    r"(?:as\s+)?(?:reported|published|carried|quoted)\s+(?:by|in)|according\s+to|in|from|via|per"
)


def parse_question(
    text: str,
    *,
    speakers: Sequence[KnownSpeaker],
    tables: Tables,
    now: datetime,
    newest: datetime | None = None,
    previous: Query | None = None,
    outlets: Sequence[str] = (),
) -> Query:
    """
    Read what *text* asks for.

    Args:
        text: as typed, mentions and emoji included.
        speakers: who is on record, most statements first.
        tables: the parties and their names.
        now: aware; relative dates count from it.
        newest: publication of the newest article (see ``find_dates``).
        previous: the query that a follow-up ("and Ukraine?") follows.
        outlets: the outlets on record; "in the X" is a filter only for one of these.

    Raises:
        QuestionError: if there is no word in it, or it is longer than 2,000 characters.
    """
    plain = _tidy(text)
    directory = make_directory(speakers, tables)
    following, plain = follows(plain)
    quotation, plain = _take_quotation(plain, directory)
    when = find_dates(plain, now=now, newest=newest)
    outlet, rest = _take_outlet(when.rest, outlets)
    frame = _frame(rest, directory)
    query, asked = _query(text, rest, frame, directory)
    query = replace(
        query, since=when.since, until=when.until, outlet=outlet, quotation=quotation or None
    )
    if quotation:
        query = replace(query, topic=None, anyone=not (query.party or query.speaker))
    if previous is not None:
        query = inherit(query, previous, asked, following=following, framed=frame is not None)
    return _checked(query, when)


def _tidy(text: str) -> str:
    """Take out mentions, emoji, greetings, requests and final marks; refuse what has no words."""
    if len(text) > LONGEST:
        raise QuestionError(
            f"the question has {len(text):,} characters, {LONGEST:,} are read; "
            f"ask in a line, such as {EXAMPLES}"
        )
    printable = "".join(" " if unicodedata.category(c) in ("Cc", "Cs") else c for c in text)
    plain = " ".join(_NOISE.sub(" ", printable).split())
    plain = re.sub(r"(?i)\b(what|who|where|how|when)['’]?s\b", r"\1 is", plain)
    for pattern in (_GREETING, _REQUEST):
        plain = pattern.sub("", plain)
    plain = re.sub(r"(?i)[\s,]+(?:please|pls|thanks|thank you)[?!. ]*$", "", plain)
    plain = plain.strip().rstrip("?!. ,;:…").strip()
    if not any(character.isalnum() for character in plain):
        raise QuestionError(f"there is no question in {text[:60].strip()!r}; ask, say, {EXAMPLES}")
    return plain


def _take_quotation(text: str, directory: Directory) -> tuple[str, str]:
    """Take out a quotation whose speaker is wanted; one after "about" is a topic."""
    match = _QUOTED.search(text)
    if match is None:
        return "", text
    quoted = next(part for part in match.groups() if part).strip(" .,;")
    before, after = text[: match.start()].strip(), text[match.end() :].strip()
    about = re.search(r"(?i)\b(?:about|on|regarding|over|of|to|the|a|in|called|named)$", before)
    if about or not quoted or not any(c.isalnum() for c in quoted):
        return "", f"{before} {quoted} {after}".strip()
    asks = re.search(
        r"(?i)^(?:who|did|does|do|has|have|was|were|is|where|when|which|what)\b", before or after
    )
    if before and not asks and not is_voice(before.split()[0], directory):
        return "", f"{before} {quoted} {after}".strip()
    return quoted, f"{before} {after}".strip() or "who said"


def _take_outlet(text: str, outlets: Sequence[str]) -> tuple[str | None, str]:
    """Take out "in the Daily Example" where such an outlet is on record."""
    for outlet in sorted(outlets, key=len, reverse=True):
        name = re.escape(re.sub(r"(?i)^the\s+", "", outlet))
        match = re.search(
            rf"(?i)(?:^|,?\s+)(?:{_OUTLET_BEFORE})\s+(?:the\s+)?{name}(?![\w’'])", text
        )
        if match and name:
            return outlet, f"{text[: match.start()]} {text[match.end() :].strip(' ,')}".strip()
    return None, text


def _frame(text: str, directory: Directory) -> Frame | None:
    """Read the frame of *text*, each phrase being judged once."""
    judged: dict[str, bool] = {}

    def judge(phrase: str) -> bool:
        if phrase not in judged:
            judged[phrase] = is_voice(phrase, directory)
        return judged[phrase]

    return read_frame(text, judge)


def _query(text: str, rest: str, frame: Frame | None, directory: Directory) -> tuple[Query, Asked]:
    """Turn a frame, or bare words without one, into a query."""
    understood = True
    if frame is None or (not frame.firm and not _looks_like_names(frame.subject or "")):
        subject, topic = bare_words(rest, directory)
        asked = who_is_asked(subject, directory) if subject else Asked(anyone=True)
        understood = bool(subject)
    else:
        topic = frame.topic
        asked = who_is_asked(frame.subject, directory) if frame.subject else Asked(anyone=True)
    parties, speakers = asked.parties, asked.speakers
    query = Query(
        text=text,
        party=parties[0] if parties else None,
        speaker=speakers[0] if speakers else None,
        topic=clean_topic(topic),
        stance=frame.stance if frame else None,
        negated=frame.negated if frame else False,
        anyone=not parties and not speakers,
        other_parties=parties[1:],
        other_speakers=speakers[1:],
        understood=understood,
    )
    return query, asked


def _looks_like_names(phrase: str) -> bool:
    """Tell whether an unknown phrase before "on" is a name: "Nigel Duclos on fishing"."""
    words = phrase.split()
    if not 1 <= len(words) <= 4 or not all(w[:1].isupper() for w in words if len(w) > 3):
        return False
    # A capital at the start of a line shows nothing: "Sanctions on grain", "Drought over Spain".
    return len(words) > 1 or not re.search(
        r"(?i)(?:s|tion|ment|ing|ity|ness|ism|ence|ance|ship|ght|war|peace|trade|attack|strike|tax"
        r"|deal|grain|wheat|drone|climate|inflation|brexit|crime|energy|news)$",
        phrase,
    )


def _checked(query: Query, when: When) -> Query:
    """Refuse a query that asks for nothing at all."""
    empty = not (query.party or query.speaker or query.topic or query.quotation or query.stance)
    if empty and when.since is None and when.until is None and query.outlet is None:
        asks = re.search(
            r"(?i)\b(?:sa(?:y|id|ys|ying)|news|new|latest|happen|statements?)", query.text
        )
        if not asks:
            raise QuestionError(
                f"nobody and nothing to look for in {query.text[:60].strip()!r}; "
                f"ask, say, {EXAMPLES}"
            )
    return query

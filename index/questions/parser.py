"""
Read a question: "what did Russia say about the tank since Monday?" -> Query.

What is understood is removed piece by piece (quotation, dates, outlet, frame, speaker) and
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

from index.errors import QuestionError
from index.questions.around import (
    in_latin,
    questions_in,
    spelt_out,
    without_courtesy,
    without_greeting,
    without_request,
)
from index.questions.dates import When, find_dates
from index.questions.description import MONTH, asked_of_it, party_within
from index.questions.frames import QuestionFrame, read_frame, read_sides
from index.questions.loose_frames import read_at_last, read_loosely
from index.questions.refusals import foreign_word, impossible_day, is_foreign, turned_round
from index.questions.subject import Subject, is_quotable, resolve_subject
from index.questions.thread.again import asked_later, shift
from index.questions.thread.change import as_follow_up
from index.questions.thread.follow_up import (
    as_reply,
    follows,
    inherit,
    mark_inherited,
    of_figure,
    of_reply,
    of_same_one,
    of_the_same,
)
from index.questions.thread.others import of_others
from index.questions.topic import (
    asks_beyond,
    asks_fact,
    bare_words,
    clean_topic,
    is_clause,
    take_quotation,
    whole_clause,
)
from index.questions.wishes import apply_wishes, read_wishes
from index.roster.directory import Directory
from index.roster.lookup import role_of
from index.text.spelling import fix_frame
from index.types import Query

LONGEST = 2_000

_NOISE = re.compile(r"<[@#!][^<>\s]*>|:[a-z0-9_+-]+:(?!\w)", re.IGNORECASE)
# Between a stance and its matter: "deny any involvement in the attack" is about the attack.
_DEED = re.compile(
    r"(?i)^\s*(?:(?:any|all|its|his|her|their)\s+)?(?:(?:taking|having\s+(?:any|a)|being)\s+)?"
    r"(?:part|involvement|involved|participation|role|responsibility|responsible)\s+(?:in|for)\s"
)
_OUTLET_BEFORE = (
    r"(?:as\s+)?(?:reported|published|carried|quoted)\s+(?:by|in)|according\s+to|in|from|via|per"
    r"|across|among"
)


def parse_question(
    text: str,
    directory: Directory,
    *,
    now: datetime,
    newest: datetime | None = None,
    previous: Query | None = None,
    outlets: Sequence[str] = (),
) -> Query:
    """
    Read what *text* asks for.

    Args:
        text: as typed, mentions and emoji included.
        directory: who is on record, and the parties with their names.
        now: aware; relative dates count from it.
        newest: publication of the newest article (see ``find_dates``).
        previous: the query that a follow-up ("and Ukraine?") follows.
        outlets: the outlets on record; "in the X" is a filter only for one of these.

    Raises:
        QuestionError: if there is no word in it, or it is longer than 2,000 characters.
    """
    plain = _tidy(text, directory)
    wishes, plain = read_wishes(spelt_out(as_follow_up(plain) if previous else plain))
    previous, plain = asked_later(previous and _without_why(previous), plain)
    repeated = _asked_again(previous, text, plain, newest or now)
    if repeated := repeated or (previous and of_others(previous, text, plain, directory)):
        return apply_wishes(repeated, wishes)
    following, plain = follows(plain, goes_on=previous is not None)
    reply = as_reply(plain) if previous else ""
    following, plain = (True, reply) if reply else (following, without_request(plain))
    quotation, plain = take_quotation(plain, directory)
    plain = fix_frame(plain, directory.by_token)
    _refuse(plain, directory, quoting=bool(quotation))
    when, dated = _dates(plain, now, newest, previous)
    outlet, rest = _take_outlet(when.rest.lstrip(" ,:;"), outlets)
    frame = (of_same_one(rest) if following else None) or _frame(rest, directory)
    query, subject = _query(text, rest, frame, directory)
    query = replace(query, outlet=outlet, since=when.since, until=when.until)
    query = replace(query, assumed=_assumed(query, text, dated))
    if quotation:
        query = replace(query, quotation=quotation, topic=None, assumed=())
        query = replace(query, anyone=not (query.party or query.speaker))
    if previous is not None:
        previous = of_reply(query, previous, directory, replies=bool(reply))
        alone = of_the_same(query, previous, directory)
        kept = inherit(alone, previous, subject, following=following, framed=frame is not None)
        query = mark_inherited(kept, alone)
    return _checked(apply_wishes(query, wishes), when, directory)


def _without_why(previous: Query) -> Query:
    """Forget that *previous* asked why, which was said: what follows it asks for no reason."""
    kept = tuple(n for n in previous.assumed if n not in ("topic", "why"))
    if asked_of_it(previous):
        # Of "who was hurt?", asked about the gas line, the gas line stays.
        matter = (previous.topic or "").partition(", ")[2]
        previous = replace(previous, topic=matter, clause=False)
    return replace(previous, assumed=kept)


def _asked_again(previous: Query | None, text: str, plain: str, newest: datetime) -> Query | None:
    """
    Ask *previous* again, of other days or with what is wished for; None for a new question.

    Raises:
        QuestionError: if something is wished for, and there is no question before.
    """
    if previous is None:
        if not plain:
            raise QuestionError(f"“{text[:60]}” of what? First ask who said something")
        return None
    if not plain:
        return replace(previous, text=text)
    return shift(previous, text, plain, newest) or of_figure(previous, text, plain)


def _assumed(query: Query, text: str, dated: bool) -> tuple[str, ...]:
    """
    Name what was assumed of a question.

    Args:
        query: as far as it was read.
        text: as typed.
        dated: whether its days are the same without the newest article.
    """
    counted = (query.since or query.until) and not dated
    several = len(questions_in(" ".join(text.split()))) > 1
    extra = (*(["newest"] if counted else []), *(["first"] if several else []))
    return (*query.assumed, *extra)


def _year_above(previous: Query | None, plain: str) -> datetime | None:
    """Give the middle of the year that "and in March?" keeps of the days asked for before."""
    if previous is None or previous.since is None or not MONTH.search(plain):
        return None
    return previous.since.replace(month=7, day=1)


def _dates(
    text: str, now: datetime, newest: datetime | None, previous: Query | None
) -> tuple[When, bool]:
    """
    Read the days; refuse a range that ends before it begins.

    Returns:
        The days, and whether they are the same without the newest article.
    """
    near = _year_above(previous, text)
    when = find_dates(text, now=now, newest=near or newest)
    if days := turned_round(when):
        raise QuestionError(f"no day is {days}; turn the days round")
    return when, near is not None or when == find_dates(text, now=now)


def _refuse(text: str, directory: Directory, *, quoting: bool) -> None:
    """Refuse a question in another language or script, or with a day that does not exist."""
    if not quoting and (word := foreign_word(text)) and not is_foreign(text):
        raise QuestionError(
            f"I read Latin letters only; write “{word}” as English papers do, or "
            f"try {examples(directory)}"
        )
    if not quoting and is_foreign(text):
        raise QuestionError(f"I read English only; try {examples(directory)}")
    if day := impossible_day(text):
        raise QuestionError(f"there is no {day}; try another day")


def examples(directory: Directory) -> str:
    """List questions that can be answered, made from who is on record."""
    parties = dict.fromkeys(
        s.parties[0].key for s in directory.speakers if s.parties and s.parties[0].kind == "country"
    )
    names = [party_within(key, directory.tables) for key in list(parties)[:2]] or ["Russia"]
    people = (
        s.name for s in directory.speakers
        if 1 < len(s.key.split()) <= 3 and s.parties and s.name.istitle() and not role_of(s.name)
    )  # fmt: skip
    person = next(people, "Lavrov")
    made = [f"What did {names[0]} say?", f"{person} since Monday"]
    made += [f"Did {names[-1]} deny it?", "Who said ‘WORDS’?"]
    return ", ".join(f"“{each}”" for each in made)


def _tidy(text: str, directory: Directory) -> str:
    """Remove mentions, emoji, greetings, requests and final marks; refuse what has no words."""
    if len(text) > LONGEST:
        raise QuestionError(
            f"the question has {len(text):,} characters, {LONGEST:,} are read; "
            f"try {examples(directory)}"
        )
    printable = "".join(" " if unicodedata.category(c) in ("Cc", "Cs") else c for c in text)
    plain = " ".join(_NOISE.sub(" ", printable).split())
    plain = in_latin(questions_in(plain)[0], lambda word: _is_name(word, directory))
    plain = re.sub(r"(?i)\b(what|who|where|how|when)['’]?s\b", r"\1 is", plain)
    plain = without_courtesy(without_request(without_greeting(plain)))
    plain = plain.strip().rstrip("?!. ,;:…").strip()
    if not any(character.isalnum() for character in plain):
        shown = " ".join(printable[:60].split())
        raise QuestionError(f"there is no question in “{shown}”; try {examples(directory)}")
    return plain


def _is_name(word: str, directory: Directory) -> bool:
    """Return whether *word* is, or sounds like, a name on record."""
    return word in directory.by_token or directory.spelling_of(word) is not None


def _take_outlet(text: str, outlets: Sequence[str]) -> tuple[str | None, str]:
    """Split off "in the Daily Example" where such an outlet is on record."""
    for outlet in sorted(outlets, key=len, reverse=True):
        name = re.escape(re.sub(r"(?i)^the\s+", "", outlet))
        match = re.search(
            rf"(?i)(?:^|,?\s+)(?:{_OUTLET_BEFORE})\s+(?:the\s+)?{name}(?![\w’'])", text
        )
        if match and name:
            return outlet, f"{text[: match.start()]} {text[match.end() :].strip(' ,')}".strip()
    return None, text


def _frame(text: str, directory: Directory) -> QuestionFrame | None:
    """Read the frame of *text*, each phrase being judged once."""
    judged: dict[str, bool] = {}

    def judge(phrase: str) -> bool:
        if phrase not in judged:
            judged[phrase] = is_quotable(phrase, directory)
        return judged[phrase]

    if (sides := read_sides(text, judge)) and _can_be_sides(sides.subject or "", directory):
        return sides
    frame = read_loosely(text, judge) or read_frame(text, judge)
    return (
        frame
        if frame and (frame.firm or judge(frame.subject or ""))
        else (read_at_last(text, judge) or frame)
    )


def _can_be_sides(phrase: str, directory: Directory) -> bool:
    """Return whether *phrase* names several: parties, persons, or one beside the other."""
    subject = resolve_subject(phrase, directory)
    alike = not (subject.parties and subject.speakers)
    several = max(len(subject.parties), len(subject.speakers)) > 1
    return subject.sure and (subject.apart or (several and alike))


def _query(
    text: str, rest: str, frame: QuestionFrame | None, directory: Directory
) -> tuple[Query, Subject]:
    """Turn a frame, or bare words without one, into a query."""
    why = bool(re.match(r"(?i)why\b", rest))
    understood, fact = True, why or (frame is not None and frame.asks_fact)
    if frame is None or (not frame.firm and not _looks_like_names(frame.subject or "")):
        phrase, topic = bare_words(rest, directory)
        understood, fact = bool(phrase), why or asks_fact(rest)
    else:
        phrase, topic = frame.subject, frame.topic
    subject = resolve_subject(phrase, directory) if phrase else Subject(anyone=True)
    parties, speakers = subject.parties, subject.speakers
    # A speaker beside a party stands among the others; as the first, it would be within it.
    speakers = ("", *speakers) if subject.apart else speakers
    about = clean_topic(
        _DEED.sub(" ", topic) if frame and frame.stance else topic, shouted=text.isupper()
    )
    clause = about is not None and (fact or is_clause(about, rest))
    about = whole_clause(about, rest) if about and clause else about
    beyond = ("topic", "why") if asks_beyond(rest) else ("topic",)
    query = Query(
        text=text,
        party=parties[0] if parties else None,
        speaker=(speakers[0] or None) if speakers else None,
        topic=about,
        stance=frame.stance if frame else None,
        negated=frame.negated if frame else False,
        anyone=not parties and not speakers,
        other_parties=parties[1:],
        other_speakers=speakers[1:],
        understood=understood,
        assumed=beyond if fact else (),
        clause=clause,
    )
    return query, subject


def _looks_like_names(phrase: str) -> bool:
    """Return whether an unknown phrase before "on" is a name: "Nigel Duclos on fishing"."""
    words = phrase.split()
    if not 1 <= len(words) <= 4 or not all(w[:1].isupper() for w in words if len(w) > 3):
        return False
    # A capital at the start of a line shows nothing: "Sanctions on grain", "Drought over Spain".
    return len(words) > 1 or not re.search(
        r"(?i)(?:s|tion|ment|ing|ity|ness|ism|ence|ance|ship|ght|war|peace|trade|attack|strike|tax"
        r"|deal|grain|wheat|drone|climate|inflation|brexit|crime|energy|news)$",
        phrase,
    )


def _checked(query: Query, when: When, directory: Directory) -> Query:
    """Refuse a query that asks for nothing at all."""
    empty = not (query.party or query.speaker or query.topic or query.quotation or query.stance)
    if empty and when.since is None and when.until is None and query.outlet is None:
        asks = re.search(
            r"(?i)\b(?:sa(?:y|id|ys|ying)|news|new|latest|happen|statements?)", query.text
        )
        if not asks:
            shown = " ".join(query.text[:60].split())
            raise QuestionError(
                f"nobody and nothing to look for in “{shown}”; try {examples(directory)}"
            )
    return query

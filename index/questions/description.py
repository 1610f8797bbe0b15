"""Word what a query asks for, and why there is no answer, for people. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from index.roster.lookup import role_of
from index.speakers.gazetteer.tables import Tables
from index.text.date_format import as_seen_in, short_day
from index.types import Coverage, CueClass, Party, Query

_STANCES: dict[CueClass, str] = {
    "denied": "denial",
    "confirmed": "confirmation",
    "accused": "accusation",
    "declined": "refusal",
    "demanded": "demand",
    "warned": "warning",
    "promised": "promise",
}
_PRESET = {"party": "party", "outlet": "outlet", "form": "kind of statements"}
# Names in running text that ask for an article; "NATO" and "Hamas" ask for none.
_WITH_ARTICLE = re.compile(
    r"^(?:(?:United|European|African|Arab|World|International|Democratic Republic)\s"
    r"|(?:Netherlands|Philippines|Bahamas|Maldives|Gambia|Vatican|Kremlin|Pentagon|White House"
    r"|FBI|CIA|EU|UN|US|UK|SDF|YPG|PKK|IMF|WHO|OSCE|OPCW)$)"
    r"|\s(?:Republic|Union|Nations|States|Forces|Kingdom|Emirates|Islands|Court|Council|Commission"
    r"|Committee|Department|Agency|Bureau|Ministry|Bank|Fund|Party|Organi[sz]ation|Association"
    r"|Brigade|Front|Movement|campaign|administration|Times|Post|Journal)$"
)

# Bodies that speak themselves ("Russian Defence Ministry"); "Turkey's" has its article already.
_BODY = re.compile(
    r"(?i)^(?!the\s|\S+['’]s?\s)(?:\S.*\s)?(?:ministry|department|commission|committee|council"
    r"|agency|bureau)(?:\s(?:of|for)\s.+)?$"
)

MONTH = re.compile(
    r"(?i)\b(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sep(?:t(?:ember)?)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b"
)
_SPAN = re.compile(r"(?i)\b(?:yesterday|today|ago|last|past|this|week|recent\w*)\b")
_PLURAL = re.compile(r"[A-Z][a-z]+(?:ers|ists|ors|ians|eers)")
_MOST_LEFT_OUT = 4  # names of those who are not wanted
_LONGEST_ASKED = 12  # words of a question that is repeated in a headline


def describe(query: Query, tables: Tables, *, noted: bool = False) -> str:
    """
    Word what was understood: "Statements by Russia · about the tank · since Mon 2018-02-12".

    Args:
        query: what was understood.
        tables: the parties as they are displayed.
        noted: whether it is said elsewhere that another thing was asked than can be answered.
    """
    if query.quotation is not None:
        parts = [f"Who said “{query.quotation}”"]
        if voices := _voices(query, tables):
            parts.append(f"by {voices}")
    else:
        voices, kind = _voices(query, tables), f"{_kind(query).capitalize()}s"
        parts = [f"{kind} by {voices}" if voices else kind]
        if query.changes and voices:
            parts = [f"Where statements by {voices} differ from earlier ones"]
        if query.topic and not voices:
            parts = [f"{kind} {_matter(query)}"]
        elif not (voices or query.topic or query.stance or query.direct):
            parts = ["Latest statements" if query.order == "best" else kind]
    if query.topic and (query.quotation is not None or _voices(query, tables)):
        parts.append(_matter(query))
    if days := _days(query):
        parts.append(f"{days} ({_counted(query)})" if "newest" in query.assumed else days)
    if query.outlet:
        parts.append(f"in {_outlets(query)}")
    parts += _form(query)
    if preset := [_PRESET[name] for name in _PRESET if name in query.assumed]:
        parts.append(f"{_joined(preset, 'and')} as set for this channel")
    if "why" in query.assumed and not noted:
        parts.append("I can show who said what about this, not what happened or why")
    return " · ".join(parts)


def abstention(query: Query, coverage: Coverage, tables: Tables) -> str:
    """
    Word why there is no answer: what was looked for, in how many articles, how fresh.

    Args:
        query: what was looked for.
        coverage: where.
        tables: the parties as they are displayed.

    Returns:
        A sentence without its full stop; over an empty index, how to fill it.
    """
    if not coverage.articles:
        return "The index is empty: add articles with `onrecord add PATH`"
    if query.quotation is not None:
        reason = f"Nobody is on record with the words “{query.quotation}”"
        if voices := _voices(query, tables):
            voices = f"{voices[:1].upper()}{voices[1:]}"
            reason = f"{voices} is not on record with the words “{query.quotation}”"
    else:
        voices = _voices(query, tables)
        reason = f"No {_kind(query)}"
        reason += f" by {voices}" if voices else ""
        reason += f" on {_topic(query)}" if query.topic else ""
    reason += _restricted(query, voices)
    reason += f", {days}," if (days := _days(query)) else ""
    reason += f" in {_outlets(query)}" if query.outlet else ""
    asked = query.since or query.until
    zone = asked.tzinfo if asked else UTC
    newest = f" (newest {short_day(as_seen_in(coverage.newest, zone))})" if coverage.newest else ""
    articles = "article" if coverage.articles == 1 else "articles"
    return f"{reason} in {coverage.articles:,} {articles}{newest}"


def _kind(query: Query) -> str:
    """Name the kind of statement: "denial", "statement that did not deny"."""
    if query.stance is None or query.stance == "said":
        return "direct quote" if query.direct else "statement"
    noun = _STANCES[query.stance]
    return f"withheld {noun}" if query.negated else noun


def _restricted(query: Query, voices: str) -> str:
    """Word the restrictions of an abstention that its kind of statement and voices do not say."""
    stance = query.stance not in (None, "said")
    said = f" with a {_kind(query)}" if query.quotation is not None and stance else ""
    if query.quotation is not None and query.topic:
        said += f" on {_topic(query)}"
    if query.direct and (stance or query.quotation is not None):
        said += " in direct quotes"
    if query.officials:
        said += " (officials only)" if voices else " by officials"
    said += f" (without {_joined(query.without, 'or')})" if query.without else ""
    return said


def _form(query: Query) -> list[str]:
    """Word which statements are wanted, and in which order."""
    stance = query.stance not in (None, "said")
    parts = ["direct quotes only"] if query.direct and (stance or query.quotation) else []
    parts += ["officials only"] if query.officials else []
    parts += [f"without {_joined(query.without, 'and')}"] if query.without else []
    if (query.order, query.most) == ("oldest", 1):
        return [*parts, "the first on record"]  # asked when that was said first
    return parts + ([f"{query.order} first"] if query.order != "best" else [])


def _matter(query: Query) -> str:
    """Word what statements are about; words that name no matter are shown as the asker's."""
    if asked := asked_of_it(query):
        return f"about {(query.topic or '').partition(', ')[2]} · “{asked}”"
    return f"on {_topic(query)}" if query.clause else f"about {_topic(query)}"


def _topic(query: Query) -> str:
    """Word the topic; a piece of a question is what was typed, and shown to be."""
    if asked := asked_of_it(query):
        return f"“{asked}” ({(query.topic or '').partition(', ')[2]})"
    return f"“{_as_asked(query)}”" if query.clause else query.topic or ""


def _as_asked(query: Query) -> str:
    """Give a piece of a question its beginning back: "how many boats were lost"."""
    topic, text = query.topic or "", " ".join(query.text.split()).rstrip(" ?!.…")
    whole = re.search(rf"(?i)\b(?:how|when|where|which|why|what)\b[^,;]*{re.escape(topic)}$", text)
    return whole[0] if whole and len(whole[0].split()) <= _LONGEST_ASKED else topic


def asked_of_it(query: Query) -> str:
    """Give the follow-up that asks a fact of the matter before: "who was hurt?"; "" for others."""
    own, _, kept = (query.topic or "").partition(", ")
    text = query.text.lower()
    typed = own.lower() in text or (own == "how many" and " or " in text)
    if not (kept and query.clause and typed and kept.lower() not in text):
        return ""
    return re.sub(r"(?i)^(?:(?:and|but|so|ok|okay)\b[\s,]*)+", "", " ".join(query.text.split()))


def _voices(query: Query, tables: Tables) -> str:
    """Name those who are asked about: "Russia and Turkey", "Sergei Lavrov"; "" for anyone."""
    keys = [key for key in (query.party, *query.other_parties) if key]
    names = [party_within(key, tables) for key in keys]
    if query.speaker is not None:
        # "the Turkish foreign minister" names its party itself.
        names = [
            _as_typed(
                _speaker_name(query.speaker),
                query.text,
                kept=query.speaker.lower() not in query.text.lower(),
            ),
            *(names[1:] if query.party else names),
        ]
    names += [_speaker_name(name) for name in query.other_speakers]
    if query.besides and not names:
        others = list(dict.fromkeys(_left_out(k, tables) for k in query.besides))
        # A surname alone stands for whoever is named in full.
        full = [o for o in others if not any(n.endswith(f" {o}") for n in others)]
        if len(full) > _MOST_LEFT_OUT:
            return f"anyone but {', '.join(full[:_MOST_LEFT_OUT])} and others above"
        return f"anyone but {_joined(full, 'and')}"
    return _joined(names, "and")


def _left_out(who: str, tables: Tables) -> str:
    """Name one whose statements are not wanted: a party's key, a speaker's, or a name as shown."""
    if who in tables.parties:
        return party_within(who, tables)
    return who.title() if who.islower() else _speaker_name(who)


def _outlets(query: Query) -> str:
    return _joined([name for name in (query.outlet, *query.other_outlets) if name], "or")


def _joined(names: Sequence[str], word: str) -> str:
    """Join names as in running text: "A, B and C"; "" for none."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {word} {names[-1]}"


def name_of(party: Party, tables: Tables) -> str:
    """Name a party as it is displayed: as the tables do, else as its article does."""
    return tables.parties.get(party.key, party).name


def party_within(key: str, tables: Tables) -> str:
    """Name a party within a sentence: "the United Nations", "Russia"."""
    name = name_of(Party(key, key.title()), tables)
    return f"the {name}" if _WITH_ARTICLE.search(name) else name


def _speaker_name(name: str) -> str:
    """Name a person, or a role with its article: "the UN aid coordinator"."""
    name = re.sub(r"^The(?=\s)", "the", name)
    if _BODY.match(name):
        return f"the {name}"
    head = re.split(r"\s(?:of|for|in|to|from|at)\s", name)[0].split()[-1]
    # "Turkey's foreign minister" has its article already.
    bare = role_of(name) is None or head.endswith("s") or re.match(r"\S.*?\w['’]s?\s", name)
    return name if bare or not head.islower() else f"the {name}"


def _as_typed(name: str, text: str, *, kept: bool) -> str:
    """Give what nobody is called its article back: "the goat"; *kept* from an earlier question."""
    if _PLURAL.fullmatch(name) and name.lower() in text:
        return name.lower()  # "traders", whom an article begins a sentence with
    common = name.islower() and not name.startswith("the ")
    given = re.search(rf"\b(?:the|his|her|its|their) {re.escape(name)}", text.lower())
    return f"the {name}" if common and (kept or given) else name


def _days(query: Query) -> str:
    """Word the days of a query where its asker is; its *until* is exclusive, the wording is not."""
    if query.since is None and query.until is None:
        return ""
    last = query.until - timedelta(microseconds=1) if query.until else None
    if query.since is None:
        return f"until {_weekday(last)}"
    if last is None:
        return f"since {_weekday(query.since)}"
    if last.date() == query.since.date():
        return f"on {_weekday(query.since)}"
    return f"from {_weekday(query.since)} to {_weekday(last)}"


def _counted(query: Query) -> str:
    """Say what of the days of *query* was not typed."""
    named = MONTH.search(query.text) and not _SPAN.search(query.text)
    return "year of the newest article" if named else "counted from the newest article"


def _weekday(moment: datetime | None) -> str:
    return f"{moment:%a} {short_day(moment)}" if moment else ""

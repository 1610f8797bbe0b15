"""
One of each kind of message and view that Slack gets, about invented people. Pure.

Made by the code that makes the real ones, with every button, label and element that they can
have; nothing of it is ever posted.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.listeners.actions.verdict import verdict_form
from bot.messages.alerts.letter import Entry, alert_message
from bot.messages.alerts.watch_list import (
    WatchLine,
    done_message,
    feed_message,
    preview_message,
    saved_message,
    watch_list_message,
)
from bot.messages.blocks import briefing_message, digest_message
from bot.messages.briefings.overview import Listed, overview
from bot.messages.briefings.run import run_message, run_notice
from bot.messages.briefings.wording import set_up_message
from bot.messages.changes import changes_message
from bot.messages.checking import context_message, why_message
from bot.messages.controls import Page
from bot.messages.draft_report import report_message
from bot.messages.elements import plain, words
from bot.messages.listing import listing_message
from bot.messages.marking import TakenBack, correction_message, marked
from bot.messages.sections import sections_message
from bot.messages.tables import comparison_message
from bot.messages.talk.help import help_message
from bot.messages.unfurling import unfurled
from bot.messages.views.channel_form import choice_form, saved_form, settings_message
from bot.messages.views.home import home_view
from bot.messages.views.proposal import Proposal, proposal_message
from bot.messages.views.question_form import question_form
from bot.messages.views.schedule_form import Drafted, done_form, schedule_form
from bot.messages.views.statements_list import statements_view
from bot.messages.views.watch_form import watch_form
from bot.messages.wording import question_about
from bot.timetable import WEEKDAYS, Timetable
from bot.timetable.words import say
from bot.types import (
    Block,
    ChannelDefaults,
    Mark,
    Message,
    Plan,
    Schedule,
    ShownSentence,
    WatchOptions,
)
from index.checking.checked import Checked, Difference
from index.labels import FROM_PRONOUN
from index.types import (
    Article,
    Briefing,
    Change,
    Comparison,
    Context,
    Coverage,
    Party,
    Query,
    Quote,
    Side,
)

_AT = datetime(2026, 3, 2, 8, 30, tzinfo=UTC)
_COVERAGE = Coverage(articles=12, sentences=340, newest=_AT, indexed_at=_AT)
_SENTENCES = (
    "“The ferry will sail on Monday,” Transport Minister Ana Vik told reporters on the quay.",
    "“It was a mistake to sail without a pilot,” she added.",
    "Norland’s coastguard denied that the ferry had been overloaded.",
    "The harbour office of Sundby said it had warned the captain twice.",
)
_PARTIES = {"norland": "Norland", "sundby": "Sundby"}
_WHAT = "Statements by Norland · about the ferry"
_PAGE = Page("sample", limit=2, kept="Ask without the dates")
_PRIVATE = Page("sample", limit=2, private=True)


def sample_messages() -> Iterator[tuple[str, list[Block]]]:
    """Make one of each kind of message, with its name."""
    for name, message in (*_answers(), *_alerts(), *_notes()):
        yield name, message.blocks
    yield "link preview", unfurled(_found())


def sample_views() -> Iterator[tuple[str, Block]]:
    """Make the Home tab and one of each form, each with its name."""
    article = Article("1", "A ferry waits", "", "Sundby Post", "https://news.example/ferry", _AT)
    yield "Home tab", home_view(_COVERAGE, [question_about("Norland")], [article], _WATCHES)
    query = Query("", party="norland", speaker="Ana Vik", topic="the ferry", since=_AT)
    yield "question form", question_form("{}", query, UTC, party="Norland", choose_channel=True)
    yield "channel settings", choice_form("C0123456789", _CHOSEN)
    yield "saved settings", saved_form("C0123456789")
    draft = Drafted("the ferry", (("Norland", "norland"),), "C0123456789", _WEEKDAYS, empty=True)
    yield "briefing form", schedule_form("{}", draft)
    yield "saved briefing", done_form("Saved.")
    digest = Briefing(Query("the ferry"), _quotes(), _COVERAGE, total=4, headings=_PARTIES)
    yield "all statements", statements_view(digest, "Statements about the ferry")
    yield "verdict form", verdict_form("{}")
    timed = WatchOptions(5, "22:00", "07:00", "08:00", True, 3)
    yield "watch form", watch_form("{}", "Norland on the ferry", "C0123456789", timed)


_WATCHES = (
    WatchLine(1, "Norland on the ferry", "C0123456789", False, _AT, "in one thread", "U0123456789"),
    WatchLine(2, "Ana Vik", "", True, None, without="Ivan Marek, 2 stories"),
)
_CHOSEN = ChannelDefaults(
    ("norland",),
    ("Sundby Post",),
    True,
    True,
    ("Norland",),
    True,
    True,
    True,
    "chosen",
    ("U0123456789",),
)

_WEEKDAYS = Timetable(WEEKDAYS, 8 * 60, "Europe/Berlin")
_SCHEDULE = Schedule(
    *("T1", "0123456789abcdef", "C0123456789", "U0123456789"),
    Plan(Query("the ferry"), _WEEKDAYS, empty=True),
    next=_AT.timestamp(),
    revision=0,
    since=0.0,
)


def _answers() -> Iterator[tuple[str, Message]]:
    """Make every kind of answer."""
    notice = words("A colleague shares an answer")
    answer = briefing_message(_found(), _WHAT, asked="the ferry?", page=_PAGE, notice=notice)
    yield "answer", answer
    yield "private answer", briefing_message(_found(), _WHAT, asked="the ferry?", page=_PRIVATE)
    yield "abstention", briefing_message(_nothing(), _WHAT, page=_PAGE)
    found = Briefing(Query("the ferry"), _quotes(), _COVERAGE, total=9, headings=_PARTIES)
    yield "digest", digest_message(found, "Statements about the ferry", asked="ferry", page=_PAGE)
    pair = Change(_quotes()[0], _quotes()[1])
    run = run_message(
        found,
        "Statements about the ferry",
        {"Norland": [pair]},
        since=_AT,
        page=replace(_PAGE, again=True),
        notice=run_notice("U0123456789", say(_WEEKDAYS), _AT),
    )
    yield "briefing", run
    nothing = run_message(_nothing(), _WHAT, {}, since=_AT, page=_PAGE)
    yield "briefing without news", nothing
    yield "list of statements", listing_message(found, "Statements about the ferry", page=_PAGE)
    sides = (Side(Party("norland", "Norland"), _found()), Side(Party("s", "Sundby"), _nothing()))
    compared = Comparison(Query("Norland and Sundby"), sides)
    yield "comparison", sections_message(compared, _WHAT, page=_PAGE)
    yield "comparison in columns", comparison_message(compared, _WHAT, page=_PAGE)
    yield "changes", changes_message(_found(), _WHAT, page=_PAGE)
    quote = _quotes()[0]
    shown = [ShownSentence(quote.article_id, quote.text, quote.speaker)]
    yield "corrected answer", marked(answer, shown, {0: Mark("corrected", _AT, "by its editor")})
    changed = [
        TakenBack(shown[0], "corrected", _SENTENCES[1]),
        TakenBack(shown[0], "withdrawn", None, "Norland Post"),
    ]
    yield "correction", correction_message("sample", changed)


def _alerts() -> Iterator[tuple[str, Message]]:
    """Make what is said of watches."""
    names, quotes = ("Norland on the ferry", "denials"), _quotes()
    entries = [Entry(1, quotes[:2], names), Entry(2, quotes[2:3], names[1:])]
    yield "alert", alert_message(entries, "sample", others=12)
    yield "single alert", alert_message([Entry(1, quotes[:2], names[:1])], "sample")
    yield "watch", preview_message("Norland on the ferry", 400, quotes, "sample", here=True)
    yield "saved watch", saved_message(_WATCHES[0])
    yield "watches", watch_list_message(_WATCHES, more=2)
    yield "left out", done_message("Left out: Ana Vik.", ("Undo", "alert-undo", "1:speaker"), "U0")
    yield "feed", feed_message("Ana Vik", "https://news.example/feeds/2.atom?token=0")


def _notes() -> Iterator[tuple[str, Message]]:
    """Make what is said beside answers."""
    around = Context((_SENTENCES[3],), _SENTENCES[0], (_SENTENCES[1],))
    if (found := context_message([around])) is not None:
        yield "context", found
    yield "reasons", why_message(("Speaker: Ana Vik, as the article names her.",))
    said, quote = "will sail on Monday", _quotes()[0]
    altered = Difference("Monday", "Sunday")
    draft = Checked(0, len(said), said, "altered", "Ana Vik", (quote,), (altered,))
    yield "report on a draft", report_message([draft])
    shown = ShownSentence("1", _SENTENCES[0], "Ana Vik")
    proposed = Proposal("sample", 0, "Ivan Marek")
    yield "another speaker", proposal_message(proposed, shown, "U0123456789")
    yield "settings changed", settings_message("U0123456789", _CHOSEN)
    yield "briefing set up", set_up_message(_SCHEDULE, _WHAT)
    listed = [Listed(each, _WHAT) for each in (_SCHEDULE, replace(_SCHEDULE, paused="by hand"))]
    yield "list of briefings", overview(listed, "Saved.")
    yield "help", help_message([question_about("Norland")])
    yield "line", plain("That is an answer of mine.")


def _found() -> Briefing:
    return Briefing(Query("the ferry?"), _quotes(), _COVERAGE, total=9)


def _nothing() -> Briefing:
    return Briefing(
        Query("the ferry?"),
        (),
        _COVERAGE,
        abstained=True,
        reason="No statement by Norland on “the ferry” in 12 articles.",
        nearest=_quotes()[2:],
        nearest_kind="others",
        names=("Ana Vik", "Norland"),
    )


def _quotes() -> tuple[Quote, ...]:
    vik, coastguard = ("Ana Vik", "Transport Minister"), ("Norland’s coastguard", None)
    office = ("the harbour office", None)
    return (
        _quote(0, *vik, "norland"),
        _quote(1, *vik, "norland"),
        _quote(2, *coastguard, "norland", stance="denied"),
        _quote(3, *office, "sundby", dated=False),
    )


def _quote(
    number: int, speaker: str, role: str | None, party: str, *, stance: str = "", dated: bool = True
) -> Quote:
    return Quote(
        article_id="1",
        start=200 * number,
        end=200 * number + len(_SENTENCES[number]),
        text=_SENTENCES[number],
        speaker=speaker,
        role=role,
        party=party,
        kind="indirect" if stance else "direct",
        labels=(FROM_PRONOUN,) if number == 1 else (),
        source=None,
        cue=None,
        content=(),
        outlet="Sundby Post" if dated else None,
        published_at=_AT - timedelta(days=number) if dated else None,
        url="https://news.example/ferry" if dated else None,
        score=1.0,
        title="A ferry waits",
        also_in=("Norland Today",) if number == 0 else (),
        stance=stance,
    )

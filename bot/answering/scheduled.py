"""A run of a briefing that comes again: what is new since the last one, laid out and kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.answering import Answering, RenderedAnswer
from bot.messages.briefings.run import run_message, run_notice
from bot.messages.controls import Page
from bot.state.answers import Answer
from bot.state.shown import sentences_of
from bot.timetable.words import say
from bot.types import Message, Run, Schedule, ShownSentence, SlackPlace
from index.reports.gathering import changed_lines
from index.types import Briefing, News

# So late a briefing says so.
LATE = timedelta(minutes=15)
_PAGES = 4  # of an ordinary answer, that a briefing looks for; what does not fit has a button


def render_run(
    answering: Answering,
    place: SlackPlace,
    schedule: Schedule,
    run: Run,
    now: datetime,
    *,
    left: bool = False,
) -> RenderedAnswer | None:
    """
    Lay a run out, from the index as it is now.

    Args:
        answering: the engine, and the memory of what was answered.
        place: where it goes, with the id of its answer.
        schedule: whose run it is.
        run: what is new in it.
        now: aware.
        left: whether the account of who set it up has ended.

    Returns:
        None where nothing is new and that is not to be said.

    Raises:
        StoreError: if the index or the state cannot be read.
    """
    engine, plan = answering.engine, schedule.plan
    found = _news(answering, place, schedule, run, now)
    empty = found.abstained or not found.quotes
    if empty and not plan.empty:
        return None
    changes = {} if empty else changed_lines(engine, found)
    due = datetime.fromtimestamp(run.due, UTC)
    late = due if now - due > LATE else None
    message = run_message(
        found,
        engine.describe(plan.query),
        changes,
        since=datetime.fromtimestamp(run.since, UTC),
        page=Page(place.answer_id, _PAGES * answering.limit, again=True),
        notice=run_notice(schedule.creator, say(plan.table), late, left=left),
    )
    differing = [q for pairs in changes.values() for p in pairs for q in (p.earlier, p.later)]
    everything = replace(found, quotes=(*found.quotes, *differing))
    sentences = sentences_of(everything, (key for keys in message.statements for key in keys))
    _keep(answering, place, found, message, sentences)
    return RenderedAnswer(found.query, message._replace(sentences=sentences), empty)


def _news(
    answering: Answering, place: SlackPlace, schedule: Schedule, run: Run, now: datetime
) -> Briefing:
    """Find what a run is to show."""
    plan = schedule.plan
    shown = answering.shown.sentences(place.team, run.posts) if run.posts else []
    return answering.engine.digest(
        plan.query,
        since=datetime.fromtimestamp(run.since, UTC),
        limit=_PAGES * answering.limit,
        now=now.astimezone(ZoneInfo(plan.table.zone)),
        news=News(run.after, run.upto, frozenset((each.article, each.text) for each in shown)),
    )


def _keep(
    answering: Answering,
    place: SlackPlace,
    found: Briefing,
    message: Message,
    sentences: Sequence[ShownSentence],
) -> None:
    """Keep a run as the answer that it is, so that its buttons and its corrections work."""
    answer = Answer(
        id=place.answer_id,
        team=place.team,
        channel=place.channel,
        thread=None,
        asker=place.user,
        query=found.query,
        kind="digest",
        statements=message.statements,
    )
    answering.answers.keep(answer, place.answer_id)
    answering.shown.keep(place.team, answer.id, message, sentences, place.answer_id)

"""Setting a briefing up: from what was typed or filled in to a schedule that is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from slack_sdk import WebClient

from bot.listeners.briefings.rights import refusal
from bot.messages.briefings.wording import NO_CHANNEL, TOO_LONG, TOO_MANY, set_up_message
from bot.messages.elements import plain
from bot.rounds import first_run
from bot.services import Services
from bot.slack.payloads import question_of
from bot.state.schedules import MOST
from bot.timetable import Timetable, is_zone
from bot.timetable.words import Written, read
from bot.types import Message, Plan, Schedule, SlackPlace
from index.types import Query

LONGEST = 200  # characters of a topic


def written_in(text: str) -> Written:
    """Read a command's text, in which Slack has escaped what is not of a channel."""
    written = read(text.replace("&amp;", "&"))
    return written._replace(topic=question_of(written.topic))


def set_up_as_typed(
    services: Services, client: WebClient, place: SlackPlace, written: Written
) -> Message:
    """
    Keep the schedule that somebody typed; what stands in the inbox for it is its id.

    Returns:
        What was set up, or in one sentence why it was not.
    """
    if written.channel.startswith("#"):
        return plain(NO_CHANNEL.format(channel=written.channel))
    if len(written.topic) > LONGEST:
        return plain(TOO_LONG.format(most=LONGEST, count=len(written.topic)))
    here = place.channel if place.channel.startswith(("C", "G")) else place.user
    channel = written.channel or here
    if reason := refusal(services, client, place, channel):
        return plain(reason)
    table = Timetable(written.days, written.minute or 0, zone_name(services, client, place))
    asked = question_for(services, written.topic, table)
    return _kept(services, place, place.answer_id, channel, Plan(asked, table))


def _kept(
    services: Services, place: SlackPlace, schedule_id: str, channel: str, plan: Plan
) -> Message:
    schedule = new_schedule(services, place, schedule_id, channel, plan)
    if not services.schedules.add(schedule):
        return plain(TOO_MANY.format(most=MOST))
    return set_up_message(schedule, services.engine.describe(plan.query))


def new_schedule(
    services: Services, place: SlackPlace, schedule_id: str, channel: str, plan: Plan
) -> Schedule:
    """Make a schedule whose first run holds what is new since the run before would have been."""
    due, revision, since = first_run(services.engine, plan.table, services.schedules.clock())
    return Schedule(place.team, schedule_id, channel, place.user, plan, due, revision, since)


def question_for(
    services: Services,
    topic: str,
    table: Timetable,
    parties: Sequence[str] = (),
    before: Query | None = None,
) -> Query:
    """
    Make the query of a schedule, without dates: each run has its own.

    Args:
        services: the engine.
        topic: as typed.
        table: with the zone that dates in *topic* count in.
        parties: keys of those who are chosen beside it.
        before: what the schedule was about; it stays where topic and parties do.
    """
    if before is not None and (before.topic or "", parties_of(before)) == (topic, tuple(parties)):
        query = before
    elif parties:
        query = Query(
            topic, party=parties[0], other_parties=tuple(parties[1:]), topic=topic or None
        )
    else:
        query = services.engine.read_topic(topic, now=datetime.now(ZoneInfo(table.zone)))
    return replace(query, since=None, until=None, inherited=(), assumed=())


def parties_of(query: Query) -> tuple[str, ...]:
    """List the keys of the parties that *query* asks about."""
    return tuple(key for key in (query.party, *query.other_parties) if key)


def zone_name(services: Services, client: WebClient, place: SlackPlace) -> str:
    """Name the time zone of the person at *place*; "UTC" where Slack does not say."""
    name = str(getattr(services.zone(client, place), "key", "UTC"))
    return name if is_zone(name) else "UTC"

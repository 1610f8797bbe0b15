"""
A run of a briefing is worked out and posted; one that cannot be is made up, or its schedule rests.

What a run was to show is shown by the next one where it could not be posted: nothing is left out.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from slack_bolt import App
from slack_sdk import WebClient

from bot.answering.scheduled import render_run
from bot.engine import Engine
from bot.errors import SlackError
from bot.messages.briefings.wording import REFUSALS, paused_line
from bot.messages.elements import plain
from bot.rounds import SCHEDULED, run_of
from bot.services import Services
from bot.slack.delivery import STEPS
from bot.state.inbox import Job
from bot.state.schedules import Schedules
from bot.state.shown import forget
from bot.types import Post, SlackPlace
from index.errors import OnRecordError

AGAIN = 60.0  # seconds until a run that failed is tried again

log = logging.getLogger(__name__)


def register(app: App, services: Services) -> None:
    """Work the runs out."""

    def post_run(client: WebClient, place: SlackPlace, body: Mapping[str, Any]) -> None:
        schedule_id, run = run_of(body)
        schedule = services.schedules.find(place.team, schedule_id)
        if schedule is None or schedule.paused:
            return
        if not place.private and services.sees_external(client, place.team, place.channel):
            services.schedules.pause(place.team, schedule_id, "external")
            services.schedules.rewind(place.team, schedule_id, run, None)
            line = paused_line(services.engine.describe(schedule.plan.query), "external")
            services.post(client, to_creator(place), plain(line))
            return
        now = datetime.fromtimestamp(services.schedules.clock(), UTC)
        try:
            left = not place.private and services.people.has_left(client, schedule.creator)
            rendered = render_run(services.answering, place, schedule, run, now, left=left)
        except OnRecordError:
            log.exception("a briefing could not be worked out; trying again in a minute")
            due = services.schedules.clock() + AGAIN
            services.schedules.rewind(place.team, schedule_id, run, due)
            services.note(place, "failed")
            return
        if rendered is not None:
            services.post(client, place, rendered.message)
            services.count(place, rendered)

    services.handlers[SCHEDULED] = post_run


def to_creator(place: SlackPlace) -> SlackPlace:
    """Say where who set a briefing up reads what became of it."""
    return replace(place, channel=place.user, thread=None, private=True)


def refused_run(
    schedules: Schedules, engine: Engine, job: Job, post: Post, refusal: SlackError
) -> Post | bool:
    """
    Pause the schedule of a run that Slack refuses for good, and tell who set it up, once.

    Args:
        schedules: of all teams.
        engine: words what the schedule is about.
        job: what stands in the inbox.
        post: what was refused.
        refusal: Slack's.

    Returns:
        What is posted instead; False where *job* is no run, or the refusal is of another kind.
    """
    if job.kind != SCHEDULED or refusal.fault not in REFUSALS:
        return False
    schedule_id, run = run_of(job.body)
    schedule = schedules.find(job.team, schedule_id)
    if schedule is None or not schedules.pause(job.team, schedule_id, refusal.fault):
        return False
    schedules.rewind(job.team, schedule_id, run, None)
    with schedules.state.transaction() as db:
        forget(db, job.team, job.id)  # what is posted under its id is another message
    line = paused_line(engine.describe(schedule.plan.query), refusal.fault)
    return Post(to_creator(post.place), plain(line), False, STEPS)

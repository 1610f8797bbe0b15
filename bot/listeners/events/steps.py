"""
Steps for Slack's Workflow Builder: "Ask onrecord" and "Brief". Each ends with what was found as
plain text, how many statements there are, and the link of the first.

A workflow waits for its step, so every execution is completed once, with outputs or an error. Text
goes where a workflow puts it, perhaps into a message that Slack parses: it is escaped.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from slack_bolt import App
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.messages.dates import written_day
from bot.messages.elements import clip, escape
from bot.messages.statements import who
from bot.messages.wording import capitalised, reason_of
from bot.services import Services
from bot.slack.client import BROKEN
from bot.slack.payloads import question_of
from bot.slack.send import acknowledge
from bot.types import SlackPlace
from index.errors import OnRecordError
from index.labels import group_quotes
from index.sentence_links import quote_link
from index.types import Briefing, Quote

STEP = "step"
ASK_STEP, BRIEF_STEP = "ask", "brief"
TRIES = 3
PAUSE = 2.0  # seconds between two tries
MOST_DAYS = 36_500
MAX_TEXT = 3_000  # characters of an output; a statement is whole in it or left out

log = logging.getLogger(__name__)


def register(app: App, services: Services) -> None:
    """Do what workflows ask for."""

    def ours(body: Mapping[str, Any]) -> bool:
        return _callback(body) in (ASK_STEP, BRIEF_STEP)

    def do(client: WebClient, place: SlackPlace, body: Mapping[str, Any]) -> None:
        event = body["event"]
        execution = str(event.get("function_execution_id") or "")
        try:
            outputs = outputs_of(_found(services, _callback(body), event.get("inputs") or {}))
        except OnRecordError as exc:
            reason = str(exc)
            _complete(lambda: client.functions_completeError(
                function_execution_id=execution, error=reason
            ))  # fmt: skip
            services.metrics.questions.labels(STEP, "failed").inc()
            return
        _complete(lambda: client.functions_completeSuccess(
            function_execution_id=execution, outputs=outputs
        ))  # fmt: skip
        outcome = "answered" if outputs["count"] else "abstained"
        services.metrics.questions.labels(STEP, outcome).inc()

    services.handlers[STEP] = do
    app.event("function_executed", middleware=[services.taking(STEP, ours)])(acknowledge)


def _callback(body: Mapping[str, Any]) -> str:
    return str((body["event"].get("function") or {}).get("callback_id") or "")


def _found(services: Services, step: str, inputs: Mapping[str, Any]) -> Briefing:
    """Answer a question, or gather who said what on a topic."""
    limit = 2 * services.settings.limit
    if step == ASK_STEP:
        return services.engine.answer(question_of(str(inputs.get("question") or "")), limit=limit)
    days = str(inputs.get("days") or "")
    since = None
    if days.isdecimal() and 0 < int(days) <= MOST_DAYS:
        since = datetime.now(UTC) - timedelta(days=int(days))
    topic = question_of(str(inputs.get("topic") or ""))
    return services.engine.digest(topic, since=since, limit=limit)


def outputs_of(briefing: Briefing) -> dict[str, Any]:
    """
    Make the outputs of a step.

    Returns:
        "text", the statements that fit, or the reason why there is none; "count", how many there
        are in all; "link", of the first, or "".
    """
    if briefing.abstained or not briefing.quotes:
        return {"text": escape(reason_of(briefing)), "count": 0, "link": ""}
    lines: list[str] = []
    room = MAX_TEXT
    for group in group_quotes(briefing.quotes):
        line = escape(_line(group))
        room -= len(line) + 2
        if room < 0:
            break
        lines.append(line)
    first = briefing.quotes[0]
    link = quote_link(first) or ""
    return {"text": "\n\n".join(lines), "count": briefing.total, "link": link}


def _line(group: Sequence[Quote]) -> str:
    """Word one statement: who, the sentences as they stand, and where."""
    quote = group[0]
    where = [clip(quote.outlet or "", 80) or "outlet unknown"]
    where += [written_day(quote.published_at)] if quote.published_at else []
    where += [address] if (address := quote_link(quote)) else []
    said = " ".join(each.text for each in group)
    return f"{capitalised(who(quote))}:\n{said}\n{', '.join(where)}"


def _complete(request: Callable[[], object]) -> None:
    """Complete an execution; one that is completed already says so, which is no fault."""
    for attempt in range(1, TRIES + 1):
        try:
            request()
            return
        except SlackApiError as exc:
            if exc.response.status_code < 500 and exc.response.status_code != 429:
                log.info("a workflow step was not completed: %s", exc.response.get("error"))
                return
        except BROKEN as exc:
            log.info("a workflow step was not completed: %s", type(exc).__name__)
        if attempt < TRIES:
            time.sleep(PAUSE)
    log.error("a workflow step could not be completed in %d tries", TRIES)

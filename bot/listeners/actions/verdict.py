"""
"Right" and "Wrong" under an answer; "Wrong" asks what was.

Verdicts are kept with the question and the sentences shown, for `onrecord feedback export`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast, get_args

from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot.listeners.actions.clicks import open_form, value_of
from bot.listeners.actions.proposals import propose
from bot.messages.controls import RIGHT, VERDICT, WRONG
from bot.messages.elements import field, plain, plain_text
from bot.messages.views.proposal import MAX_NAME, STATEMENT, WHO, Proposal, who_fields
from bot.messages.wording import THANKS, TOO_OLD
from bot.services import Services
from bot.slack.payloads import note_in_form, noted_in_form, place_of
from bot.slack.send import acknowledge
from bot.state.feedback import Reason
from bot.types import Block, ShownSentence, SlackPlace

VERDICT_FORM = "verdict-form"
REASON, COMMENT = "verdict-reason", "verdict-comment"
MAX_COMMENT = 1_000  # characters


def register(app: App, services: Services) -> None:
    """Keep verdicts."""

    def is_right(body: Mapping[str, Any]) -> bool:
        return value_of(body)[1] == RIGHT

    def keep_right(client: WebClient, place: SlackPlace, body: Mapping[str, Any]) -> None:
        _keep(services, client, place, value_of(body)[0], None)

    def keep_wrong(client: WebClient, place: SlackPlace, body: Mapping[str, Any]) -> None:
        reason, comment, named = _filled(body["view"])
        if reason is None:
            services.post(client, place, plain(TOO_OLD), alone=True)
        else:
            answer_id = noted_in_form(body["view"], "answer")
            _keep(services, client, place, answer_id, reason, comment)
            if reason == "wrong speaker" and named is not None:
                propose(services, place, Proposal(answer_id, *named))

    @app.action(VERDICT, middleware=[services.taking(VERDICT, is_right)])
    def ask_reason(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        ack()
        answer_id, verdict = value_of(body)
        place = place_of(body)
        if verdict == WRONG and place is not None and services.takes(body):
            form = _form_for(services, place, answer_id)
            open_form(client, place, str(body.get("trigger_id")), form)

    services.handlers[VERDICT] = keep_right
    services.handlers[VERDICT_FORM] = keep_wrong
    app.view(VERDICT_FORM, middleware=[services.taking(VERDICT_FORM)])(acknowledge)


def _keep(
    services: Services,
    client: WebClient,
    place: SlackPlace,
    answer_id: str,
    reason: Reason | None,
    comment: str = "",
) -> None:
    """Keep a verdict, and thank for it."""
    answer = services.answers.find(place.team, answer_id)
    if answer is not None:
        services.feedback.record(
            place.team,
            answer_id,
            place.user,
            good=reason is None,
            query=answer.query,
            quotes=answer.quotes,
            reason=reason,
            comment=comment,
            click=place.answer_id,
        )
    services.post(client, place, plain(THANKS if answer is not None else TOO_OLD), alone=True)


def _form_for(services: Services, place: SlackPlace, answer_id: str) -> Block:
    """Make the form for an answer; it asks who spoke where somebody may decide that."""
    asks = bool(services.settings.correctors_of(place.team))
    shown = services.shown.sentences(place.team, [answer_id]) if asks else []
    return verdict_form(note_in_form(place, answer=answer_id), shown)


def _filled(view: Mapping[str, Any]) -> tuple[Reason | None, str, tuple[int, str] | None]:
    """
    Read the reason, the comment, and of which sentence it was who.

    Returns:
        None for a reason that the form does not offer, and where nobody is named.
    """
    values = (view.get("state") or {}).get("values") or {}

    def given(field: str) -> Mapping[str, Any]:
        return (values.get(field) or {}).get(field) or {}

    chosen = (given(REASON).get("selected_option") or {}).get("value")
    reason = cast(Reason, chosen) if chosen in get_args(Reason) else None
    number = str((given(STATEMENT).get("selected_option") or {}).get("value") or "")
    who = " ".join(str(given(WHO).get("value") or "").split())[:MAX_NAME]
    named = (int(number), who) if number.isdecimal() and len(number) < 5 and who else None
    return reason, str(given(COMMENT).get("value") or "")[:MAX_COMMENT], named


def verdict_form(note: str, sentences: Sequence[ShownSentence] = ()) -> Block:
    """Make the form that asks what was wrong, and who spoke; it carries *note* unseen."""
    reasons = [
        {"text": plain_text(reason.capitalize()), "value": reason} for reason in get_args(Reason)
    ]
    return {
        "type": "modal",
        "callback_id": VERDICT_FORM,
        "private_metadata": note,
        "title": plain_text("What was wrong?"),
        "submit": plain_text("Send"),
        "close": plain_text("Cancel"),
        "blocks": [
            field("Reason", {"type": "radio_buttons", "action_id": REASON, "options": reasons}),
            field(
                "Anything to add",
                {
                    "type": "plain_text_input",
                    "action_id": COMMENT,
                    "multiline": True,
                    "max_length": MAX_COMMENT,
                },
                optional=True,
            ),
            *who_fields(sentences),
        ],
    }

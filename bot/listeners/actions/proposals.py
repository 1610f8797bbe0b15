"""
A proposed speaker goes to those who may decide, and nobody else's click decides.

The index is one for all workspaces: so those who decide are named in the settings, by workspace
where there are several.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from slack_bolt import App
from slack_sdk import WebClient

from bot.messages.elements import plain
from bot.messages.views.proposal import (
    ACCEPT,
    DECIDED,
    DECLINE,
    DECLINED,
    NOT_ALLOWED,
    NOT_THERE,
    WRONG_SPEAKER,
    Proposal,
    proposal_in,
    proposal_message,
)
from bot.services import Services
from bot.slack.payloads import OWN
from bot.slack.send import acknowledge
from bot.types import ShownSentence, SlackPlace
from index.errors import ArticleError

PROPOSED = "proposed"  # the kind of what stands in the inbox for one who decides


def register(app: App, services: Services) -> None:
    """Ask those who decide, and do what they say."""

    def ask(client: WebClient, place: SlackPlace, body: Mapping[str, Any]) -> None:
        made = Proposal(*body["proposal"])
        sentence = sentence_of(services, place.team, made)
        message = (
            proposal_message(made, sentence, str(body["proposer"]))
            if sentence is not None
            else plain(NOT_THERE)
        )
        services.post(client, place, message)

    def decide(client: WebClient, place: SlackPlace, body: Mapping[str, Any]) -> None:
        action = (body.get("actions") or [{}])[0]
        reply = NOT_ALLOWED
        if place.user in services.settings.correctors_of(place.team):
            made = proposal_in(str(action.get("value") or ""))
            accepted = action.get("action_id") == ACCEPT
            reply = _decided(services, place, made) if accepted else DECLINED
        services.post(client, place, plain(reply), alone=True)

    services.handlers[PROPOSED] = ask
    for action in (ACCEPT, DECLINE):
        services.handlers[action] = decide
        app.action(action, middleware=[services.taking(action)])(acknowledge)


def propose(services: Services, place: SlackPlace, made: Proposal) -> None:
    """Have those who decide asked, each once."""
    if sentence_of(services, place.team, made) is None:
        return
    for person in services.settings.correctors_of(place.team):
        there = SlackPlace("correction", place.team, person, person, private=True)
        body = {
            "type": OWN,
            "place": asdict(there),
            "proposal": [*made],
            "proposer": place.user,
        }
        key = f"proposed:{place.team}:{person}:{made.answer}:{made.number}:{made.speaker}"
        services.inbox.put(PROPOSED, place.team, (key,), body)


def sentence_of(services: Services, team: str, made: Proposal) -> ShownSentence | None:
    """Find the sentence that is meant; None where the answer is too old, or another team's."""
    shown = services.shown.sentences(team, [made.answer])
    return shown[made.number] if 0 <= made.number < len(shown) else None


def _decided(services: Services, place: SlackPlace, made: Proposal | None) -> str:
    sentence = sentence_of(services, place.team, made) if made is not None else None
    if made is None or sentence is None:
        return NOT_THERE
    try:
        services.engine.correct(
            sentence.article,
            sentence.text,
            made.speaker,
            was=sentence.speaker or "",
            by=f"{place.team}/{place.user}",
        )
    except ArticleError:
        return DECIDED
    # Answers that show it in the wrong mouth are edited, as where an article was corrected.
    services.shown.decided(sentence.article, WRONG_SPEAKER)
    return f"Corrected: {made.speaker}, not {sentence.speaker or 'nobody by name'}."

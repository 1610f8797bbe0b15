"""The list of watches, and its buttons: pause, resume, delete."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from slack_bolt import App
from slack_sdk import WebClient

from bot.alerts.watching import Kept
from bot.listeners.actions.clicks import value_of
from bot.listeners.events.home import show_home
from bot.listeners.watches.access import is_channel, may_change
from bot.messages.alerts.watch_list import feed_message, page_of, watch_list_message
from bot.messages.alerts.words import (
    DELETED,
    EVERYTHING,
    FEED,
    GONE,
    LIST,
    LONGEST_NAME,
    NOT_YOURS,
    NOTHING_OUT,
    PAUSE,
    PAUSED,
    REMOVE,
    RESUME,
    RESUMED,
)
from bot.messages.elements import clip, plain
from bot.services import Services
from bot.slack.send import acknowledge
from bot.state.answers import new_id
from bot.types import SlackPlace


def register(app: App, services: Services) -> None:
    """List watches, and change them."""

    def pause(kept: Kept) -> None:
        services.watching.pause(kept, True)

    def resume(kept: Kept) -> None:
        services.watching.pause(kept, False)

    def include(kept: Kept) -> None:
        services.watching.leave_out(kept, speaker=None, article=None, undo=True)

    def feed(client: WebClient, place: SlackPlace, body: Mapping[str, Any]) -> None:
        number = value_of(body)[0]
        kept = services.watching.find(place.team, int(number)) if number.isdecimal() else None
        # The address lets in whoever has it: it is for who made the watch alone.
        if kept is None or kept.mine.creator != place.user:
            message = plain(GONE if kept is None else NOT_YOURS)
        else:
            path = services.watching.shelf.feed_path(kept.mine.number)
            message = feed_message(kept.watch.text, f"{services.settings.public_url}{path}")
        there = replace(place, channel=place.user, private=True) if on_home(body) else place
        services.post(client, there, message, alone=not there.private)

    def list_again(client: WebClient, place: SlackPlace, body: Mapping[str, Any]) -> None:
        detail = value_of(body)[1]
        show_list(services, client, place, after=int(detail) if detail.isdecimal() else 0)

    remove = services.watching.remove
    _on_watch(app, services, PAUSE, pause, PAUSED)
    _on_watch(app, services, RESUME, resume, RESUMED)
    _on_watch(app, services, EVERYTHING, include, NOTHING_OUT)
    _on_watch(app, services, REMOVE, remove, DELETED)
    for action, handler in ((LIST, list_again), (FEED, feed)):
        services.handlers[action] = handler
        app.action(action, middleware=[services.taking(action)])(acknowledge)


def _on_watch(
    app: App, services: Services, action: str, act: Callable[[Kept], object], done: str
) -> None:
    """Let clicks on a button of a watch do something to it; the list follows, as it is then."""

    def do(client: WebClient, place: SlackPlace, body: Mapping[str, Any]) -> None:
        kept = watch_clicked(services, place, body)
        if isinstance(kept, str):
            services.post(client, place, plain(kept), alone=not place.private)
            return
        act(kept)
        tell_creator(services, place, kept, done)
        if on_home(body):
            show_home(services, client, place.team, place.user)
        else:
            there = replace(place, replaces=place.response_url is not None)
            show_list(services, client, there)

    services.handlers[action] = do
    app.action(action, middleware=[services.taking(action)])(acknowledge)


def tell_creator(services: Services, place: SlackPlace, kept: Kept, done: str) -> None:
    """Tell whoever made a watch what another, at *place*, has *done* to it."""
    mine = kept.mine
    if mine.creator != place.user:
        text = done.format(watches=f"“{clip(kept.watch.text, LONGEST_NAME)}”")
        occasion = f"by:{place.answer_id or new_id()}"
        services.stopping.note(mine.team, mine.creator, text, occasion, by=place.user)


def watch_clicked(services: Services, place: SlackPlace, body: Mapping[str, Any]) -> Kept | str:
    """Find the watch whose button was clicked; else say why it cannot be changed."""
    number = value_of(body)[0]
    kept = services.watching.find(place.team, int(number)) if number.isdecimal() else None
    if kept is None:
        return GONE
    return kept if may_change(services, kept, place) else NOT_YOURS


def on_home(body: Mapping[str, Any]) -> bool:
    """Return whether a click was on the Home tab."""
    return (body.get("container") or {}).get("type") == "view"


def show_list(services: Services, client: WebClient, place: SlackPlace, *, after: int = 0) -> None:
    """List the watches of the person at *place*, and of the channel; *after* a watch's number."""
    channel = place.channel if is_channel(place.channel) else ""
    lines, more = page_of(services.watching.listed(place.team, place.user, channel), after)
    services.post(client, place, watch_list_message(lines, more=more), alone=not place.private)

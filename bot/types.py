"""
The nouns that the bot's rooms share: messages, what they show, and where they go.

All are frozen. Some are kept as JSON in the state file, so their fields keep their names.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, NamedTuple

from bot.timetable import Timetable
from index.types import Defaults, Order, Query

Block = dict[str, Any]
QuoteKey = tuple[str, int, int]  # article id, start, end


@dataclass(frozen=True, slots=True)
class ShownSentence:
    """A sentence as it was shown: whose article, which words, and who is quoted with it."""

    article: str
    text: str
    speaker: str | None = None
    url: str | None = None


class Message(NamedTuple):
    """
    What is sent: the blocks, the words of the notification, and the statements they show.

    ``sentences`` are those that must still be said when it goes out.
    """

    blocks: list[Block]
    text: str
    statements: tuple[tuple[QuoteKey, ...], ...] = ()
    sentences: tuple[ShownSentence, ...] = ()


class Mark(NamedTuple):
    """What became of a sentence's article since: when, and what its publisher says of it."""

    what: Literal["corrected", "withdrawn"]
    at: datetime
    reason: str | None = None


Marks = Mapping[int, Mark]  # by the number of the sentence in its message


@dataclass(frozen=True, slots=True)
class SlackPlace:
    """
    A spot in a workspace.

    ``thread`` is the thread a reply goes to; ``in_thread``: the question stood in it
    already. ``response_url`` is set for commands, and for buttons of messages that only their
    asker sees: replies go there, seen by the asker only. ``replaces`` puts the reply in the place
    of the message that was asked from. ``answer_id`` names the reply that is given here, while a
    question is being worked on.
    """

    surface: str
    team: str
    channel: str
    user: str
    thread: str | None = None
    in_thread: bool = False
    private: bool = False
    shared: bool = False
    response_url: str | None = None
    replaces: bool = False
    answer_id: str = ""


@dataclass(frozen=True, slots=True)
class Post:
    """
    A reply, laid out.

    ``alone``: only the asker sees it. ``step`` counts the ways that were refused before.
    """

    place: SlackPlace
    message: Message
    alone: bool = False
    step: int = 0


@dataclass(frozen=True, slots=True)
class ChannelDefaults:
    """
    One channel's choice.

    ``parties`` (keys) and ``outlets`` hold where a question names none; ``names`` are the
    parties' names, as the person who chose them read them. ``private`` answers the asker alone;
    ``mention_only`` leaves follow-ups without a mention unanswered. ``direct``, ``officials`` and
    ``newest`` choose among statements. ``watching`` says who may set watches and briefings for
    the channel: everyone, the "chosen" ``watchers`` (ids of people), or nobody.
    """

    parties: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    private: bool = False
    mention_only: bool = False
    names: tuple[str, ...] = ()
    direct: bool = False
    officials: bool = False
    newest: bool = False
    watching: Literal["everyone", "chosen", "nobody"] = "everyone"
    watchers: tuple[str, ...] = ()

    def lets(self, person: str) -> bool:
        """Return whether *person* may set watches and briefings for the channel."""
        chosen = self.watching == "chosen" and person in self.watchers
        return chosen or self.watching == "everyone"

    @property
    def for_engine(self) -> Defaults:
        """What the engine needs to know of it."""
        order: Order = "newest" if self.newest else "best"
        return Defaults(self.parties, self.outlets, self.direct, self.officials, order)


CAP = 20  # statements an hour that a watch shows, unless it chooses another number


@dataclass(frozen=True, slots=True)
class WatchOptions:
    """
    How the alerts of a watch come.

    ``cap`` is the most statements an hour; 0 for no limit. ``quiet_from`` and ``quiet_to`` bound
    the hours without alerts ("22:00", "07:00"), "" for none; ``digest_at`` is the time of the
    daily digest that takes the place of single alerts. Times are those of whoever made the watch.
    ``thread`` keeps its alerts in one thread; ``silent_after``: days without one after which to
    say so, 0 for never.
    """

    cap: int = CAP
    quiet_from: str = ""
    quiet_to: str = ""
    digest_at: str = ""
    thread: bool = False
    silent_after: int = 0


BY_HAND = "by hand"  # why a schedule is paused that somebody has paused


@dataclass(frozen=True, slots=True)
class Plan:
    """What a briefing is about, when it comes, and whether it comes with nothing new too."""

    query: Query
    table: Timetable
    empty: bool = False


@dataclass(frozen=True, slots=True)
class Schedule:
    """
    A briefing that comes again.

    ``channel`` is where it goes, a person's id for a direct message. ``paused`` is Slack's word for
    why, `BY_HAND`, or "". ``revision`` and ``since`` say up to where the last one came; ``posts``
    are the last answers, by their ids.
    """

    team: str
    id: str
    channel: str
    creator: str
    plan: Plan
    next: float
    revision: int
    since: float
    paused: str = ""
    last: float = 0.0
    posts: tuple[str, ...] = ()

    @property
    def private(self) -> bool:
        """Whether it goes to one person."""
        return self.channel.startswith(("D", "U", "W"))


class Run(NamedTuple):
    """
    One run of a schedule: what is new in it.

    That came in with the revisions of the index after *after*, up to *upto*, which is since
    *since*; it was *due* at that moment (both Unix). *posts* are the answers before it.
    """

    after: int
    upto: int
    since: float
    due: float
    posts: tuple[str, ...] = ()

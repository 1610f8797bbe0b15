"""
Marks answers whose articles were corrected or withdrawn after they were posted.

The index lists what became of its articles; every answer that shows one of them is compared with
the index, and edited if a sentence is no longer said. Editing says the same however often it
is done, so what ends in doubt is done again. A message that Slack does not let us edit stays.
Nobody is notified of an edit, so a line in the thread says what was corrected and how it reads now;
the asker of an answer that only they saw gets it as a direct message.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from typing import Any, NamedTuple

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.engine import Engine
from bot.messages.marking import marked
from bot.slack.client import BROKEN
from bot.slack.pacing import Pacer
from bot.slack.payloads import OWN
from bot.slack.send import EVENT, retry_after
from bot.state.answers import Answer, Answers
from bot.state.inbox import Inbox
from bot.state.shown import Shown, ShownAnswer
from bot.types import Mark, Marks, Message, ShownSentence, SlackPlace
from index.errors import OnRecordError

PAUSE = 1.0  # seconds between two looks at the index
# Seconds for which a change is looked at again: an answer that was being written when it came is
# not kept yet.
OVERLAP = 60.0
LATER = 5.0  # seconds until Slack may be well, or an answer be posted
TRIES = 100
TOLD = "told"  # the kind of what stands in the inbox for a correction

log = logging.getLogger(__name__)


class Redrawn(NamedTuple):
    """An answer as it is to be: the message below its marks, and which sentences bear them."""

    message: Message
    sentences: Sequence[ShownSentence]
    marks: Marks


class Corrections:
    """Follows the index in a thread of its own; several processes share the work."""

    def __init__(
        self,
        engine: Engine,
        shown: Shown,
        answers: Answers,
        inbox: Inbox,
        client_of: Callable[[str], WebClient | None],
        redrawn: Callable[[ShownAnswer], Message | None] = lambda shown: None,
    ) -> None:
        """
        Work with *client_of*, which gives the client of a team; None for one that has left.

        *redrawn* lays out what is to be edited though nothing became of its articles: alerts.
        """
        self._inbox = inbox
        self._redrawn = redrawn
        self._engine = engine
        self._shown = shown
        self._answers = answers
        self._client_of = client_of
        self._pacer = Pacer()
        # Up to which revision was read, and when (monotonic seconds).
        self._read: deque[tuple[float, int]] = deque()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._follow, name="corrections", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End; what is not marked yet is at the next start."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join()

    def look(self) -> None:
        """Find the answers that new changes concern, and mark those that are due."""
        self._read_revisions()
        while not self._stop.is_set() and (answer := self._shown.take()) is not None:
            self._correct(answer)

    def _follow(self) -> None:
        while not self._stop.wait(PAUSE):
            try:
                self.look()
            except OnRecordError:
                log.exception("corrected articles cannot be followed")
                self._stop.wait(LATER)

    def _read_revisions(self) -> None:
        after = self._shown.followed()
        newest = after
        while revisions := self._engine.revisions(newest):
            newest = revisions[-1].number
            self._shown.note(r for r in revisions if r.what in ("changed", "withdrawn"))
        now = time.monotonic()
        self._read.append((now, newest))
        old = after
        while self._read and self._read[0][0] <= now - OVERLAP:
            old = self._read.popleft()[1]
        if old > after:
            self._shown.follow(old)

    def _correct(self, shown: ShownAnswer) -> None:
        """Bring one answer up to date, or defer it."""
        marks = self._marks(shown)
        message, sentences = shown.message, shown.sentences
        if shown.redraw or marks != shown.marks:
            laid = self._redrawn(shown)
            if laid is not None:
                message, sentences = laid, laid.sentences
                marks = self._moved(shown, marks, sentences)
        state = Redrawn(message, sentences, marks)
        same = (marks, message) == (shown.marks, shown.message)
        answer = self._answers.find(shown.team, shown.id)
        client = self._client_of(shown.team)
        if same or answer is None or client is None or shown.tries > TRIES:
            self._shown.done(shown, shown.marks)
        elif answer.private:  # Slack lets nobody edit what only one person sees
            self._tell(answer, shown, state)
            self._shown.done(shown, marks)
        elif not answer.ts:
            self._shown.defer(shown, LATER)  # Slack has not taken it yet
        else:
            self._edit(client, answer, shown, state)

    def _moved(
        self, shown: ShownAnswer, marks: Marks, sentences: Sequence[ShownSentence]
    ) -> dict[int, Mark]:
        """Give the sentences of a message that was laid out anew the marks that they bear."""
        by_sentence = {shown.sentences[number]: mark for number, mark in marks.items()}
        return {
            number: by_sentence[sentence]
            for number, sentence in enumerate(sentences)
            if sentence in by_sentence and not self._is_said(sentence)
        }

    def _is_said(self, sentence: ShownSentence) -> bool:
        return self._engine.still_said(
            sentence.article, sentence.text, speaker=sentence.speaker, url=sentence.url
        )

    def _marks(self, shown: ShownAnswer) -> Marks:
        """Find the sentences that are no longer said; the first mark stays but for a withdrawal."""
        marks = dict(shown.marks)
        for number, sentence in enumerate(shown.sentences):
            mark = shown.happened.get(sentence.article)
            before = marks.get(number)
            if mark is None or (
                before and (before.what == "withdrawn" or mark.what == "corrected")
            ):
                continue
            if not self._is_said(sentence):
                marks[number] = mark
        return marks

    def _edit(self, client: WebClient, answer: Answer, shown: ShownAnswer, state: Redrawn) -> None:
        """Put a message, with its marks drawn into it, in the place of an answer."""
        lane = ("edit", answer.team, answer.channel)
        if wait := self._pacer.wait(lane, shown.id):
            self._shown.defer(shown, wait)
            return
        message = marked(state.message, state.sentences, state.marks)
        try:
            client.chat_update(
                channel=answer.channel,
                ts=answer.ts,
                text=message.text,
                blocks=message.blocks,
                metadata={"event_type": EVENT, "event_payload": {"id": answer.id}},
            )
        except SlackApiError as exc:
            status, fault = exc.response.status_code, exc.response.get("error")
            if status == 429 or fault == "ratelimited":
                seconds = retry_after(exc.response.headers.get("Retry-After"))
                self._pacer.hold_back(lane, seconds)
                self._shown.defer(shown, seconds)
            elif status >= 500:
                self._shown.defer(shown, LATER)
            else:
                log.warning("answer %s can no longer be marked: %s", answer.id, fault)
                self._shown.done(shown, shown.marks)
        except BROKEN as exc:
            log.info("an answer could not be marked: %s; trying again", type(exc).__name__)
            self._shown.defer(shown, LATER)
        else:
            self._tell(answer, shown, state)
            self._shown.done(shown, state.marks, state.message, state.sentences)

    def _tell(self, answer: Answer, shown: ShownAnswer, state: Redrawn) -> None:
        """Have a line posted where the answer stands, or to its asker, of what is new; once."""
        marks = {state.sentences[n]: mark for n, mark in state.marks.items()}
        new: dict[int, Mark] = {}
        for number, sentence in enumerate(shown.sentences):
            mark = marks.get(sentence)
            if mark is None and sentence not in state.sentences and not self._is_said(sentence):
                # Its statement is shown out of another article, or in other words, by now.
                mark = shown.happened.get(sentence.article)
            if mark is not None and mark != shown.marks.get(number):
                new[number] = mark
        if not new:
            return
        if answer.private:
            place = SlackPlace("correction", answer.team, answer.asker, answer.asker, private=True)
        else:
            place = SlackPlace(
                "correction",
                answer.team,
                answer.channel,
                answer.asker,
                thread=answer.thread or answer.ts,
                in_thread=True,
                private=answer.channel.startswith("D"),
            )
        changes = [
            {"sentence": asdict(shown.sentences[n]), "what": mark.what} for n, mark in new.items()
        ]
        body = {"type": OWN, "place": asdict(place), "answer": answer.id, "changes": changes}
        named = ",".join(
            f"{n}={mark.what}@{mark.at.timestamp()}@{shown.sentences[n].article}"
            for n, mark in new.items()
        )
        self._inbox.put(TOLD, answer.team, (f"told:{answer.team}:{answer.id}:{named}",), body)


def changes_in(body: Mapping[str, Any]) -> list[tuple[ShownSentence, str]]:
    """Read which sentences a note is about, and what became of the article of each."""
    return [(ShownSentence(**each["sentence"]), str(each["what"])) for each in body["changes"]]

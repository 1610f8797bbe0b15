"""
From a question to a laid-out answer whose buttons know what they are about.

Every page of every answer is laid out here and kept before it is sent. Later pages, and answers
that are shared, are searched again: what a publisher has withdrawn meanwhile does not come back.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple

from bot.answering import going_on
from bot.answering.abstaining import of_the_kind, pointing_line, spoken_for
from bot.answering.changes import changed, in_a_line
from bot.answering.over_time import counts, without_over_time
from bot.answering.review import fitted, page_size, sides_reviewed
from bot.engine import Engine
from bot.messages.blocks import digest_message
from bot.messages.changes import changes_message
from bot.messages.controls import Page, kept_label
from bot.messages.elements import plain, words
from bot.messages.listing import MAX_LISTED, listing_message
from bot.messages.sections import MAX_SECTIONS, sections_message
from bot.messages.statements import key_of
from bot.messages.tables import comparison_message
from bot.messages.views.statements_list import statements_view
from bot.messages.wording import NO_CHANGE, NOTHING_ELSE, NOTICES
from bot.state.answers import Answer, Answers, Kind, new_id
from bot.state.shown import Shown, sentences_of
from bot.types import Block, Message, ShownSentence, SlackPlace
from index.errors import StoreError
from index.labels import group_quotes
from index.types import Briefing, Comparison, Defaults, Party, Query

log = logging.getLogger(__name__)

_LAYOUTS = {
    "digest": digest_message,
    "listing": listing_message,
    "changes": changes_message,
}


class RenderedAnswer(NamedTuple):
    """An answer: what was understood, how it looks, and whether it is none."""

    query: Query
    message: Message
    abstained: bool


@dataclass(frozen=True, slots=True)
class Answering:
    """The engine, and the memory of what was answered; *limit* quotes on a page."""

    engine: Engine
    answers: Answers
    shown: Shown
    limit: int

    def question(
        self,
        place: SlackPlace,
        text: str,
        *,
        previous: Query | None = None,
        now: datetime | None = None,
        defaults: Defaults | None = None,
        repeat: bool = False,
        alone: bool = False,
        called: bool = True,
        above: Answer | None = None,
    ) -> RenderedAnswer | None:
        """
        Answer *text*; who asks two sides gets them side by side.

        Args:
            place: where it was asked.
            text: the question as typed.
            previous: the query before it in the thread.
            now: the moment that "yesterday" is relative to.
            defaults: whom and where to look when the question names nobody.
            repeat: show the question, where nobody else has seen it.
            alone: the answer is for the asker only.
            called: whether even an abstention is wanted; else only one about somebody on record.
            above: the answer before it in the thread; what stands there is not printed again.

        Returns:
            None for an abstention that is not wanted.

        Raises:
            QuestionError: if nothing in *text* can be understood.
        """
        found = self._found(without_over_time(text), previous, now, defaults)
        if not called and going_on.is_talk(self.engine, text, found, previous):
            return None
        if short := in_a_line(self.engine, text, found, previous, above):
            return RenderedAnswer(short[0], plain(short[1]), True)
        counted = counts(self.engine, text, found)
        if above is not None and not counted and going_on.is_one_list(found.query):
            if going_on.asks_else(text) and not found.abstained:
                return self._besides(place, found.query, above, alone=alone)
            if going_on.stands_above(found, above):
                line = pointing_line(found, self.engine.describe(found.query, noted=True))
                return RenderedAnswer(found.query, plain(line), True)
        found, note = going_on.seen_from(self.engine, found, above, self.limit)
        counted += words(note, italic=True) if note else []
        return self._rendered(
            place, found, asked=text if repeat else "", notice=counted, alone=alone
        )

    def _found(
        self, text: str, previous: Query | None, now: datetime | None, defaults: Defaults | None
    ) -> Briefing:
        """Answer *text* with a page as long as its question wants."""
        found = self.engine.answer(
            text, previous=previous, limit=self.limit, now=now, defaults=defaults
        )
        size = page_size(found.query, self.limit)
        full = len(found.quotes) == self.limit < size
        return self.engine.answer_query(found.query, limit=size) if full else found

    def _besides(
        self, place: SlackPlace, query: Query, above: Answer, *, alone: bool
    ) -> RenderedAnswer:
        """Show what *query* finds besides what stands *above*."""
        rest = going_on.rest_of(self.engine, query, above, page_size(query, self.limit))
        if rest is None:
            return RenderedAnswer(query, plain(NOTHING_ELSE), True)
        return self._render(place, rest.found, offset=rest.offset, seen=rest.seen, alone=alone)

    def query(
        self, place: SlackPlace, query: Query, *, notice: Sequence[Block] = (), alone: bool = False
    ) -> RenderedAnswer:
        """
        Answer a query that was not typed as a question.

        Args:
            place: where it was asked.
            query: from a form, or a side of a comparison.
            notice: a line of rich text above the answer.
            alone: the answer is for the asker only.
        """
        found = self.engine.answer_query(query, limit=page_size(query, self.limit))
        return self._rendered(place, found, notice=notice, alone=alone)

    def _rendered(
        self,
        place: SlackPlace,
        found: Briefing,
        *,
        asked: str = "",
        notice: Sequence[Block] = (),
        alone: bool = False,
    ) -> RenderedAnswer:
        """Lay out the answer to one question, each side of one for several, or what changed."""
        if found.abstained:
            found, line = spoken_for(self.engine, of_the_kind(self.engine, found))
            notice = [*notice, *(words(line, italic=True) if line else [])]
            return self._render(place, found, asked=asked, notice=notice, alone=alone)
        if found.query.changes:
            pairs = changed(self.engine, found.query)
            if pairs is not None:
                return self._render(
                    place, pairs, "changes", asked=asked, notice=notice, alone=alone
                )
            found = replace(found, query=replace(found.query, changes=False))
            notice = [*notice, *words(NO_CHANGE, italic=True)]
        sides = self._sides(found.query)
        return self._render(place, sides or found, asked=asked, notice=notice, alone=alone)

    def digest(
        self, place: SlackPlace, topic: str, *, now: datetime | None = None
    ) -> RenderedAnswer:
        """Gather who said what on *topic*; *now* is the time where it is asked."""
        found = self.engine.digest(topic, limit=2 * self.limit, now=now)
        return self._render(place, found, "digest", asked=topic)

    def next_page(self, place: SlackPlace, before: Answer) -> RenderedAnswer | None:
        """Show what comes after *before*, which of a digest is all there is; None if nothing."""
        offset, seen = before.offset + len(before.quotes), before.seen + len(before.statements)
        if before.kind == "digest":
            offset = seen = 0
        if before.kind in ("comparison", "table", "changes"):
            return None
        if before.kind in ("digest", "listing"):
            found = self._listed(before.query, offset)
            if not found.quotes:
                return None
            return self._render(
                place, found, "listing", offset=offset, seen=seen, alone=before.private
            )
        size = page_size(before.query, self.limit)
        found = self.engine.answer_query(before.query, limit=size, offset=offset)
        if found.abstained or not found.quotes:
            return None
        return self._render(place, found, offset=offset, seen=seen, alone=before.private)

    def all_statements(self, answer: Answer) -> Block:
        """Lay out all statements on a digest's topic as a window."""
        found = self.engine.digest(answer.query, limit=MAX_LISTED)
        return statements_view(found, self.engine.describe(answer.query))

    def side_by_side(self, place: SlackPlace, answer: Answer) -> RenderedAnswer:
        """Show the sides of *answer*, a comparison, in the columns of a table."""
        found = self.engine.compare(answer.query, limit=self.limit)
        return self._render(place, found, "table", alone=answer.private)

    def shows_all_sides(self, before: Answer) -> bool:
        """Return whether the comparison *before* shows every statement of each of its sides."""
        found = self.engine.compare(before.query, limit=self.limit)
        there = sum(
            max(side.briefing.total, len(group_quotes(side.briefing.quotes)))
            for side in found.sides
        )
        # What stands below a side that abstains is none of its statements.
        theirs = {key_of(quote) for side in found.sides for quote in side.briefing.quotes}
        return there <= sum(not theirs.isdisjoint(keys) for keys in before.statements)

    def again(self, place: SlackPlace, answer: Answer, notice: Sequence[Block]) -> RenderedAnswer:
        """Show the page of *answer* once more, as it stands now, below *notice*."""
        found: Briefing | Comparison
        if answer.kind == "digest":
            found = self.engine.digest(answer.query, limit=2 * self.limit)
        elif answer.kind == "listing":
            found = self._listed(answer.query, answer.offset)
        elif answer.kind == "changes":
            found = changed(self.engine, answer.query) or self.engine.answer_query(answer.query)
        elif answer.kind in ("comparison", "table"):
            found = self.engine.compare(answer.query, limit=self.limit)
        else:
            size = page_size(answer.query, self.limit)
            found = self.engine.answer_query(answer.query, limit=size, offset=answer.offset)
        return self._render(
            place, found, answer.kind, notice=notice, offset=answer.offset, seen=answer.seen
        )

    def _listed(self, query: Query, offset: int) -> Briefing:
        """Gather all statements on a digest's topic, by party, from the *offset*-th quote on."""
        found = self.engine.digest(query, limit=MAX_LISTED)
        return replace(found, quotes=found.quotes[offset:])

    def _sides(self, query: Query) -> Comparison | None:
        """Answer each side of a question for several; None for any other question."""
        if "party" in query.assumed:
            return None  # the channel's choice, not the question's
        asked = query.other_parties or query.other_speakers
        if not asked or query.quotation is not None:
            return None
        found = self.engine.compare(query, limit=self.limit)
        return found if len(found.sides) <= MAX_SECTIONS else None

    def _render(
        self,
        place: SlackPlace,
        found: Briefing | Comparison,
        kind: Kind = "answer",
        *,
        asked: str = "",
        notice: Sequence[Block] = (),
        offset: int = 0,
        seen: int = 0,
        alone: bool = False,
    ) -> RenderedAnswer:
        private = alone or place.response_url is not None
        limit = 2 * self.limit if kind == "digest" else page_size(found.query, self.limit)
        limit = min(limit, found.query.most or limit)
        kept = kept_label(found.query)
        last = kind == "answer" and self._is_last(found, limit, offset, seen)
        page = Page(place.answer_id or new_id(), limit, seen, private, kept, last)
        if isinstance(found, Comparison) and kind != "table":
            kind = "comparison"
        message = self._laid_out(found, kind, asked, page, notice)
        answer = Answer(
            id=page.answer_id,
            team=place.team,
            channel=place.channel,
            thread=place.thread,
            asker=place.user,
            query=found.query,
            kind=kind,
            statements=message.statements,
            offset=offset,
            seen=seen,
            private=private,
        )
        sentences = sentences_of(found, (key for keys in message.statements for key in keys))
        try:
            self._keep(answer, place.answer_id, message, sentences)
        except StoreError as exc:
            if place.answer_id:
                raise  # it stands in the inbox, and is worked out again
            log.error("an answer is given without buttons: %s", exc)
            message = self._laid_out(found, kind, asked, None, notice)
        abstained = isinstance(found, Briefing) and found.abstained
        return RenderedAnswer(found.query, message._replace(sentences=sentences), abstained)

    def _is_last(self, found: Briefing | Comparison, limit: int, offset: int, seen: int) -> bool:
        """Return whether nothing follows a full page whose statements are all that are counted."""
        if isinstance(found, Comparison) or found.abstained or len(found.quotes) < limit:
            return False
        if seen + len(group_quotes(found.quotes)) < found.total:
            return False
        after = offset + len(found.quotes)  # a long statement may go on there
        return not self.engine.answer_query(found.query, limit=1, offset=after).quotes

    def _laid_out(
        self,
        found: Briefing | Comparison,
        kind: Kind,
        asked: str,
        page: Page | None,
        notice: Sequence[Block],
    ) -> Message:
        lines = [NOTICES[name] for name in found.query.assumed if name in NOTICES]
        understood = self.engine.describe(found.query, noted=True)
        if isinstance(found, Briefing) and kind == "answer":
            return fitted(self.engine, found, understood, asked, page, notice, lines)
        if lines:
            notice = [*notice, *words("\n".join(lines), italic=True)]
        if isinstance(found, Comparison):
            found = sides_reviewed(self.engine, found)
            lay_out = comparison_message if kind == "table" else sections_message
            names = [self._within(side.party) for side in found.sides]
            return lay_out(found, understood, asked=asked, page=page, notice=notice, names=names)
        return _LAYOUTS[kind](found, understood, asked=asked, page=page, notice=notice)

    def _within(self, party: Party) -> str:
        """Name a side within a sentence: "the United Nations"; a person has no other name."""
        name = self.engine.party_name(party.key, within=True)
        own = re.sub(r"^The(?=\s)", "the", party.name)
        return name if name.removeprefix("the ") == party.name else own

    def _keep(
        self, answer: Answer, question: str, message: Message, sentences: Sequence[ShownSentence]
    ) -> None:
        """Keep an answer and what is shown of it; what cannot be edited without its blocks."""
        self.answers.keep(answer, question)
        kept = Message([], message.text) if answer.private else message
        self.shown.keep(answer.team, answer.id, kept, sentences, question)

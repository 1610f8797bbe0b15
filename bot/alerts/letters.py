"""
From what watches have found to the message that is posted, and posted once more when it changes.

A message is laid out when its turn in the inbox comes: what was withdrawn by then is left out, what
was corrected stands there as it reads now. Once it is posted, the marks of corrections are
drawn into it as into any answer; other outlets, and other watches that match, are added here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bot.alerts.watching import Watching
from bot.messages.alerts.letter import Entry, alert_message
from bot.state.answers import Answer, Answers
from bot.state.outbox import REST, OutgoingAlert
from bot.state.shown import Shown, ShownAnswer
from bot.types import Message, SlackPlace
from index.alerts.book import Alert, Watch
from index.types import Quote

_LOOKED_AT = 20  # quotes among which a corrected statement is looked for


@dataclass(frozen=True, slots=True)
class Letters:
    """What lays alerts out."""

    watching: Watching
    answers: Answers
    shown: Shown

    def compose(self, place: SlackPlace) -> Message | None:
        """Lay the message of *place* out, and keep it; None if nothing is left of it."""
        rows = self.watching.outbox.of_message(place.team, place.answer_id)
        entries = self.entries(row for row in rows if row.spot != REST)
        counted = self.entries(row for row in rows if row.spot == REST)
        if not entries:
            entries, counted = counted, []
        watch = self._watch(entries[0][0][0]) if entries else None
        if watch is None:
            return None
        others = len(counted)
        message = alert_message([entry for _, entry in entries], place.answer_id, others=others)
        spots = {
            row.number: number if number < len(message.statements) else REST
            for number, (alerts, _) in enumerate(entries)
            for row in alerts
        }
        self.watching.outbox.showing(place.team, spots)
        answer = Answer(
            id=place.answer_id,
            team=place.team,
            channel=place.channel,
            thread=place.thread,
            asker=place.user,
            query=watch.query,
            statements=message.statements,
        )
        self.answers.keep(answer, place.answer_id)
        self.shown.keep(place.team, place.answer_id, message, message.sentences, place.answer_id)
        return message

    def redrawn(self, shown: ShownAnswer) -> Message | None:
        """
        Lay a message out as it would be now, with other outlets and other watches.

        Returns:
            None if it is no alert, or would not show the very same sentences.
        """
        rows = self.watching.outbox.of_message(shown.team, shown.id)
        found = self.entries((row for row in rows if row.spot != REST), as_posted=True)
        rest = {row.statement for row in rows if row.spot == REST}
        others = len(rest - {alerts[0].statement for alerts, _ in found})
        message = alert_message([entry for _, entry in found], shown.id, others=others)
        return message if found and message.sentences == shown.sentences else None

    def rest_of(self, team: str, message: str) -> list[Entry]:
        """List what a message only counts."""
        rows = self.watching.outbox.of_message(team, message)
        return [entry for _, entry in self.entries(row for row in rows if row.spot == REST)]

    def entries(
        self, rows: Iterable[OutgoingAlert], *, as_posted: bool = False
    ) -> list[tuple[list[OutgoingAlert], Entry]]:
        """
        Read what the rows are about, a statement once for all its watches.

        Args:
            rows: in the order of their statements.
            as_posted: leave a sentence as it was, whatever became of its article.
        """
        by_statement: dict[int, list[OutgoingAlert]] = {}
        for row in sorted(rows, key=lambda row: (row.spot, row.at, row.number)):
            by_statement.setdefault(row.statement, []).append(row)
        found = []
        for alerts in by_statement.values():
            entry = self._entry(alerts, as_posted=as_posted)
            if entry is not None:
                found.append((alerts, entry))
        return found

    def _entry(self, rows: Sequence[OutgoingAlert], *, as_posted: bool) -> Entry | None:
        """Read one statement; None where its watches, or its words, are gone."""
        book = self.watching.shelf.book()
        known = {
            alert.number: alert
            for article in {row.article for row in rows}
            for alert in book.alerts(article=article)
        }
        names: dict[str, None] = {}
        quotes: tuple[Quote, ...] = ()
        number = 0
        for row in rows:
            watch, alert = self._watch(row), known.get(row.number)
            if watch is None or alert is None or (watch.paused and not as_posted):
                continue
            said = _said(alert) if as_posted else self._said_now(alert, watch)
            if said:
                names[watch.text] = None
                if not quotes:
                    quotes, number = said, row.number
        return Entry(number, quotes, tuple(names)) if quotes else None

    def _watch(self, row: OutgoingAlert) -> Watch | None:
        kept = self.watching.find(row.team, row.watch)
        return kept.watch if kept is not None else None

    def _said_now(self, alert: Alert, watch: Watch) -> tuple[Quote, ...]:
        """Give a statement as its article has it now; nothing where that is withdrawn."""
        if alert.state == "withdrawn":
            return ()
        if alert.state == "new":
            return _said(alert)
        engine = self.watching.engine
        if all(
            engine.still_said(q.article_id, q.text, speaker=q.speaker, url=q.url)
            for q in alert.quotes
        ):
            return _said(alert)
        if alert.reworded is None:
            return ()
        found = engine.answer_query(replace(watch.query, order="newest"), limit=_LOOKED_AT).quotes
        now = (q for q in found if (q.article_id, q.text) == (alert.article, alert.reworded))
        first = alert.quotes[0]
        # Where it stands is not known then, so it has no link to the very sentence.
        unplaced = replace(first, text=alert.reworded, start=0, end=0, content=(), fragment="")
        return (next(now, unplaced),)


def _said(alert: Alert) -> tuple[Quote, ...]:
    """Give the sentences of an alert; the first names the other outlets."""
    first = alert.quotes[0]
    also_in = tuple(dict.fromkeys((*first.also_in, *alert.also_in)))
    return (replace(first, also_in=also_in), *alert.quotes[1:])

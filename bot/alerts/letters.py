"""
From what watches have found to the message that is posted, and posted once more when it changes.

A message is laid out when its turn in the inbox comes: what was withdrawn by then is left out, what
was corrected stands there as it reads now. Once it is posted, the marks of corrections are
drawn into it as into any answer; other outlets, other watches that match, and how a corrected
statement reads now are added here. What another outlet still carries moves there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bot.alerts.watching import Watching
from bot.messages.alerts.letter import Entry, alert_message
from bot.state.answers import Answer, Answers
from bot.state.outbox import REST, OutgoingAlert
from bot.state.shown import Shown, ShownAnswer
from bot.types import Message, ShownSentence, SlackPlace
from index.alerts.book import Alert, Watch
from index.alerts.standing import standing
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
        Lay a message out as it would be now, with other outlets, other watches and new wordings.

        Returns:
            None if it is no alert, or no longer has all its statements.
        """
        rows = self.watching.outbox.of_message(shown.team, shown.id)
        found = self.entries((row for row in rows if row.spot != REST), shown=shown)
        posted = {row.statement for row in rows if row.spot != REST}
        rest = {row.statement for row in rows if row.spot == REST}
        others = len(rest - posted)
        message = alert_message([entry for _, entry in found], shown.id, others=others)
        whole = len(posted) == len(found) == len(message.statements)
        return message if found and whole else None

    def carried_in(self, team: str, answer_id: str, sentence: ShownSentence) -> str | None:
        """
        Name the outlet that still carries a statement whose *sentence* an article took back.

        Returns:
            None if it stands in no other article; "" for an outlet without a name.
        """
        for row in self.watching.outbox.of_message(team, answer_id):
            alert = self._alert(row)
            for quotes in (alert.quotes, *alert.carriers) if alert is not None else ():
                if any((q.article_id, q.text) == (sentence.article, sentence.text) for q in quotes):
                    stands = standing(alert, self.watching.engine) if alert else None
                    return stands.quotes[0].outlet or "" if stands and stands.said else None
        return None

    def rest_of(self, team: str, message: str) -> list[Entry]:
        """List what a message only counts."""
        rows = self.watching.outbox.of_message(team, message)
        return [entry for _, entry in self.entries(row for row in rows if row.spot == REST)]

    def entries(
        self, rows: Iterable[OutgoingAlert], *, shown: ShownAnswer | None = None
    ) -> list[tuple[list[OutgoingAlert], Entry]]:
        """
        Read what the rows are about, a statement once for all its watches.

        Args:
            rows: in the order of their statements.
            shown: the message that they are in; what it shows stays there, whatever became of it.
        """
        by_statement: dict[int, list[OutgoingAlert]] = {}
        for row in sorted(rows, key=lambda row: (row.spot, row.at, row.number)):
            by_statement.setdefault(row.statement, []).append(row)
        found = []
        for alerts in by_statement.values():
            entry = self._entry(alerts, shown)
            if entry is not None:
                found.append((alerts, entry))
        return found

    def _entry(self, rows: Sequence[OutgoingAlert], shown: ShownAnswer | None) -> Entry | None:
        """Read one statement; None where its watches, or its words, are gone."""
        book = self.watching.shelf.book()
        known = {
            alert.number: alert
            for article in {row.article for row in rows}
            for alert in book.alerts(article=article)
        }
        names: dict[str, None] = {}
        entry: Entry | None = None
        for row in rows:
            watch, alert = self._watch(row), known.get(row.number)
            if watch is None or alert is None or (watch.paused and shown is None):
                continue
            made = self._said(alert, watch, [*known.values()], shown)
            if made is not None:
                names[watch.text] = None
                entry = entry or made
        if entry is None:
            return None
        opened = self.watching.engine.opened(entry.quotes)
        return entry._replace(watches=tuple(names), quotes=opened)

    def _watch(self, row: OutgoingAlert) -> Watch | None:
        kept = self.watching.find(row.team, row.watch)
        return kept.watch if kept is not None else None

    def _alert(self, row: OutgoingAlert) -> Alert | None:
        found = self.watching.shelf.book().alerts(article=row.article)
        return next((alert for alert in found if alert.number == row.number), None)

    def _said(
        self, alert: Alert, watch: Watch, others: Sequence[Alert], shown: ShownAnswer | None
    ) -> Entry | None:
        """Give a statement as it stands now; beside what a message shows, where it is in one."""
        if shown is None and alert.state == "withdrawn":
            return None
        stands = standing(alert, self.watching.engine, others)
        left = alert.quotes[0].outlet or ""
        if stands.said:
            quotes = _named(stands.quotes, stands.also_in)
            moved = stands.quotes[0].outlet != alert.quotes[0].outlet
            return Entry(alert.number, quotes, (), left=left if moved else "")
        now = tuple(self._placed(quote, watch) for quote in stands.now)
        if shown is None:
            return Entry(alert.number, now, ()) if now else None
        said = {(sentence.article, sentence.text) for sentence in shown.sentences}
        for quotes in (alert.quotes, *alert.carriers):
            if any((quote.article_id, quote.text) in said for quote in quotes):
                new = tuple(quote for quote in now if quote not in quotes)
                return Entry(alert.number, _named(quotes, stands.also_in), (), now=new)
        return Entry(alert.number, now, ()) if now else None

    def _placed(self, quote: Quote, watch: Watch) -> Quote:
        """Find where the new words of a corrected statement stand, for the link to them."""
        if quote.end:
            return quote
        query = replace(watch.query, order="newest")
        found = self.watching.engine.answer_query(query, limit=_LOOKED_AT).quotes
        place = quote.article_id, quote.text
        return next((q for q in found if (q.article_id, q.text) == place), quote)


def _named(quotes: tuple[Quote, ...], outlets: Sequence[str]) -> tuple[Quote, ...]:
    """Let the first sentence name the other outlets."""
    first = quotes[0]
    also_in = tuple(dict.fromkeys((*first.also_in, *outlets)))
    return (replace(first, also_in=also_in), *quotes[1:])

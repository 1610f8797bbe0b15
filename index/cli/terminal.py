"""
What a person reads on a terminal: quotes, digests, articles in colours.

Everything here takes a rich Console, so that it can be read back in tests; article text is
always passed as ``Text``, never as markup, so that a bracket in it formats nothing, and control
characters never reach the terminal.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from rich.box import SIMPLE_HEAD
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from index.answers.context import Aside, QuoteKey, key_of
from index.labels import CONTINUES, group_quotes
from index.reports.wording import footer
from index.sentence_links import sentence_link
from index.text.date_format import short_day
from index.text.printable import printable
from index.types import Briefing, Change, Comparison, IndexedArticle, Quote, Span
from index.witnesses import also_note

_COLOURS = (("source", "bold cyan"), ("cue", "bold yellow"), ("content", "green"))


def show_briefing(
    console: Console,
    briefing: Briefing,
    understood: str,
    asides: Mapping[QuoteKey, Aside] | None = None,
) -> None:
    """Print an answer: what was understood, the quotes, how fresh the index is."""
    console.print(Text(printable(understood), style="bold"))
    console.print()
    console.print(_answer(briefing, asides or {}))
    console.print(Text(footer(briefing), style="dim"))


def _answer(briefing: Briefing, asides: Mapping[QuoteKey, Aside]) -> Group:
    """Lay out the quotes of an answer, or its reason and what is nearest."""
    parts: list[RenderableType] = []
    if briefing.abstained:
        parts.append(Text(printable(briefing.reason or "Nothing on record."), style="yellow"))
        if briefing.nearest:
            parts.append(Text("Nearest, but not an answer:", style="dim"))
            parts += _quotes(briefing.nearest, asides, style="dim")
    party = None
    for group in group_quotes(briefing.quotes):
        heading = briefing.headings.get(group[0].party or "")
        if briefing.headings and group[0].party != party:
            party = group[0].party
            parts.append(Text(printable(heading or party or "Others"), style="bold underline"))
        parts += _quotes(group, asides)
    return Group(*parts)


def show_comparison(console: Console, comparison: Comparison, understood: str) -> None:
    """Print several parties on one matter, a column each."""
    table = Table(box=SIMPLE_HEAD, expand=True)
    for side in comparison.sides:
        table.add_column(Text(printable(side.party.name)), ratio=1)
    table.add_row(*(_answer(side.briefing, {}) for side in comparison.sides))
    console.print(Text(printable(understood), style="bold"))
    console.print(table)
    console.print(Text(str(comparison.sides[0].briefing.coverage), style="dim"))


def show_changed(console: Console, changes: Sequence[Change], understood: str) -> None:
    """Print changed lines: the earlier statement above the later one, without a judgement."""
    console.print(Text(printable(understood), style="bold"))
    console.print()
    for change in changes:
        for word, quote in (("Earlier", change.earlier), ("Later", change.later)):
            console.print(Text(f"{word}, {_day(quote.published_at)}:", style="bold underline"))
            console.print(Group(*_quotes([quote], {})))
    if not changes:
        console.print(Text("No two statements found that clearly differ.", style="yellow"))


def show_quotes(console: Console, quotes: Sequence[Quote]) -> None:
    """Print quotes with their speakers, and nothing around them."""
    if quotes:
        console.print(Group(*_quotes(quotes, {})))


def _quotes(
    quotes: Sequence[Quote], asides: Mapping[QuoteKey, Aside], *, style: str = ""
) -> Iterator[RenderableType]:
    """Lay out quotes with their speakers below, and what was asked for with them."""
    for group in group_quotes(quotes):
        words = Text(style=style)
        for n, quote in enumerate(group):
            words.append((" " if n else "") + printable(quote.text))
        first, last = asides.get(key_of(group[0])), asides.get(key_of(group[-1]))
        around = (first and first.context, last and last.context)
        yield from _around(around[0].before if around[0] else ())
        yield Padding(words, (0, 0, 0, 2))
        yield from _around(around[1].after if around[1] else ())
        yield Padding(_byline(group[0]), (0, 0, 0 if first and first.why else 1, 4))
        if first and first.why:
            lines = "\n".join(f"· {line}" for line in first.why)
            yield Padding(Text(printable(lines), style="dim"), (0, 0, 1, 4))


def _around(sentences: Sequence[str]) -> Iterator[RenderableType]:
    """Lay out sentences that are no part of a quote, so that nobody takes them for one."""
    if sentences:
        yield Padding(Text(printable(" ".join(sentences)), style="dim italic"), (0, 0, 0, 4))


def _byline(quote: Quote) -> Text:
    """Word who said it, in which way, and where it stands."""
    line = Text("— ")
    line.append(_line(quote.speaker or "no speaker named in the article"), style="bold")
    if quote.role:
        line.append(f", {_line(quote.role)}")
    if quote.party:
        line.append(f" ({_line(quote.party)})", style="cyan")
    labels = [quote.kind, *(label for label in quote.labels if label != CONTINUES)]
    line.append(f" [{', '.join(labels)}]", style="magenta")
    page, url = quote.page, quote.url
    opened = sentence_link(url, "", page) or quote.reader or url
    day = quote.published_at and short_day(quote.published_at)
    named = [quote.outlet, day] if quote.outlet or day or url else [quote.article_id]
    where = [*named, page and f"p. {page}", opened]
    line.append("\n" + _line(" · ".join(str(part) for part in where if part) or quote.article_id))
    if quote.also_in:
        also = also_note(quote.also_in, quote.outlet, quote.witnesses, len(quote.also_in))
        line.append(f"\n{_line(also)}", style="dim")
    return line


def _line(text: str) -> str:
    """Make *text* one line, so that what a file says of itself cannot pass for a statement."""
    return printable(" ".join(text.split()))


def show_attributions(console: Console, item: IndexedArticle) -> None:
    """Print an article with source, cue and content in colours, then who said what."""
    text = item.article.text
    coloured = Text(printable(text))
    for statement in item.statements:
        for part, colour in reversed(_COLOURS):
            for span in getattr(statement.attribution, part):
                coloured.stylize(colour, span.start, span.end)
    console.print(Text(printable(item.article.title or item.article.id), style="bold underline"))
    console.print(coloured)
    console.print()
    for statement in item.statements:
        speaker = statement.speaker.name if statement.speaker else "?"
        attribution = statement.attribution
        line = Text("• ")
        line.append(printable(speaker), style="bold cyan")
        line.append(f" {_words(text, attribution.cue)} ", style="yellow")
        line.append(_words(text, attribution.content), style="green")
        kind = "thought" if attribution.thought else attribution.kind
        line.append(f"  [{', '.join((kind, *statement.labels))}]", style="magenta")
        console.print(line)
    console.print()


def _words(text: str, spans: tuple[Span, ...]) -> str:
    return printable(" … ".join(text[s.start : s.end] for s in spans)).replace("\n", " ")


def _day(moment: datetime | None) -> str:
    return short_day(moment) if moment else "no date"

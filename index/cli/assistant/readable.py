"""Word results for who reads them: each quote with its speaker, outlet, date and address."""

from __future__ import annotations

from collections.abc import Sequence

from index.cli.assistant.results import Answer, Checked, Coverage, Quote, Report
from index.text.printable import printable

_NOTE = "Sentences are copied from articles word for word. Retold, they are no longer quotations."


def answer_text(answer: Answer) -> str:
    """Word an answer: what was understood, the quotes or the reason for none."""
    lines = [answer.understood, ""] if answer.understood else []
    if answer.abstained:
        lines.append(answer.reason or "Nothing on record.")
        if answer.nearest:
            lines += ["Nearest, but not an answer:", *quote_lines(answer.nearest)]
    else:
        lines += quote_lines(answer.quotes)
        shown = f"{len(answer.quotes)} sentences; {answer.total} statements on record"
        lines.append(f"{shown}, cut" if answer.cut else f"{shown}, all")
        lines.append(_NOTE)
    lines.append(coverage_text(answer.coverage))
    return printable("\n".join(lines))


def checked_text(report: Report) -> str:
    """Word what is on record of each quotation of a draft."""
    lines = [line for one in report.checked for line in _checked_lines(one)]
    counts = ", ".join(f"{n} {verdict}" for verdict, n in report.counts.items())
    return printable("\n".join([*lines, counts or "no quotations"]))


def _checked_lines(one: Checked) -> list[str]:
    by = f" ({one.speaker})" if one.speaker else ""
    lines = [f"{one.verdict or 'reported, nearest on record'}: “{one.text}”{by}"]
    lines += [f"  draft: {d.draft or '-'} · record: {d.record or '-'}" for d in one.difference]
    lines += [f"  {one.why}"] if one.why else []
    return [*lines, *quote_lines(one.matches), ""]


def quote_lines(quotes: Sequence[Quote]) -> list[str]:
    """Word quotes, two lines each."""
    lines = []
    for quote in quotes:
        who = ", ".join(part for part in (quote.speaker, quote.role) if part)
        party = f" ({quote.party})" if quote.party else ""
        labels = f" [{', '.join((quote.kind, *quote.labels))}]"
        address = quote.url or quote.reader or quote.article_id
        day = quote.published_at and quote.published_at[:10]
        where = " · ".join(p for p in (quote.outlet, day, address) if p)
        lines += [
            f"> {' '.join(quote.text.split())}",
            f"  — {who or 'no speaker named in the article'}{party}{labels} · {where}",
        ]
    return lines


def coverage_text(coverage: Coverage) -> str:
    """Word how much is indexed."""
    newest = f", newest {coverage.newest[:10]}" if coverage.newest else ""
    return f"{coverage.articles:,} articles, {coverage.sentences:,} sentences{newest}"

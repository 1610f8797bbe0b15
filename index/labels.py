"""
The labels: what a reader must know of a statement or quote beside its speaker and its wording.

They are stored with statements and go into JSON as they stand here.
"""

from __future__ import annotations

from collections.abc import Sequence

from index.types import Briefing, Label, Quote

UNATTRIBUTED = Label("unattributed in source")
OWN_WORDS = Label("in the article's own words")
NOT_WORD_FOR_WORD = Label("not word for word")
CONTINUES = Label("continues")
ANONYMOUS = Label("anonymous")
VIA_SPOKESPERSON = Label("via spokesperson")
OTHER_OUTLET = Label("reported by another outlet")
FROM_PRONOUN = Label("inferred from a pronoun")
FROM_CONTEXT = Label("inferred from the text around")
THOUGHT = Label("thought, not said")
NOT_SAID = Label("reported as not said")
SUPPOSED = Label("supposed, not said")
UNCONFIRMED = Label("unconfirmed")
PASSED_ON = Label("passed on from others")
DENIED_IN_SUBSTANCE = Label("denied in substance")
TRANSCRIPT = Label("transcript")
BY_DESCRIPTION = Label("taken to be whom you described")
OTHER_MATTER = Label("perhaps another matter")
CORRECTED_LATER = Label("corrected later")
TOGETHER_WITH = Label("together with")
AS_TOLD_BY = Label("as told by")
SAID_OTHERWISE = Label("said otherwise later")
BY_THE_DESK = Label("corrected by the desk")
OTHER_WORDS_THERE = Label("another source has other words at this address")


def beside_note(briefing: Briefing) -> str:
    """Word how much more those asked say in the articles of an answer; "" for nothing."""
    others = "other" if briefing.beside == 1 else "others"
    return f"{briefing.beside:,} {others} by them in the same articles" if briefing.beside else ""


def undated_note(briefing: Briefing) -> str:
    """Word how much stands in articles that the dates of a digest leave out; "" for nothing."""
    number = briefing.undated
    return f"{number:,} more in articles without a date left out" if number else ""


def group_quotes(quotes: Sequence[Quote]) -> list[list[Quote]]:
    """Group quotes into statements: one that "continues" joins the one before, of one speaker."""
    groups: list[list[Quote]] = []
    for quote in quotes:
        before = groups[-1][-1] if groups and CONTINUES in quote.labels else None
        if before and (before.article_id, before.speaker) == (quote.article_id, quote.speaker):
            groups[-1].append(quote)
        else:
            groups.append([quote])
    return groups

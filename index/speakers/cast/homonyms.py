"""
Tell the state of Georgia from the country, article by article.

One spelling, two places, and both have officials who speak. An article about the country says so
(Tbilisi, Georgian), one about the state names its capital, its legislators or its neighbours;
where neither is told, the country is meant. No I/O.
"""

from __future__ import annotations

import re
from dataclasses import replace

from index.speakers.gazetteer.tables import Alias, Tables

_COUNTRY = re.compile(
    r"\bTbilisi\b|\bGeorgians?\b|\bBatumi\b|\bAbkhazia|\bSouth Ossetia|\bCaucasus\b"
    r"|\bGeorgia’?'?s (?:prime|foreign|defen[cs]e|president|parliament)"
)
_STATE = re.compile(
    r"\bAtlanta\b|\b(?:state|State) of Georgia\b|\b(?:Alabama|Florida|Tennessee|Carolina|Texas"
    r"|Ohio|Iowa|Nevada|Virginia|Michigan|Pennsylvania|Arizona)\b|\(?[DR]-G(?:a\.|eorgia)"
    r"|\bGeorgia (?:[Gg]ov|[Ss]en|[Rr]ep|[Ss]ecretary of [Ss]tate|[Aa]ttorney|[Dd]emocrat"
    r"|[Ss]tate\b|[Hh]ouse)"
    r"|\b[Gg]overnor of Georgia\b"
)


def in_article(text: str, tables: Tables) -> Tables:
    """Take the tables as they hold in *text*: without the country where the state is meant."""
    if "Georgia" not in text or _COUNTRY.search(text) or not _STATE.search(text):
        return tables
    hidden = {"georgia": Alias((), "place")}
    return replace(tables, aliases={**tables.aliases, **hidden})

"""
By-names of bodies that news is full of: "the nuclear watchdog", "the iPhone maker".

Facts about the world, and only used where that body is on record: of several, the first that is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from index.types import Party

# What people call a body, and the names it may have on record; "+" parts bodies all of which
# are meant.
_ROWS = (
    (r"(?:(?:un|u\.n\.|international|global)(?:['’]s)?\s+)?(?:nuclear|atomic)\s+(?:watchdog|agency|body)",
     "iaea|international atomic energy agency"),
    (r"iphone\s+maker|apple\s+inc|cupertino", "apple"),
    (r"search(?:\s+engine)?\s+(?:giant|company|firm)|(?:company|firm)\s+behind\s+(?:lamda|android|gmail)",
     "google|alphabet"),
    (r"(?:e-commerce|online\s+retail|online\s+shopping|retail)\s+giant|online\s+retailer"
     r"|bezos['’]?s?\s+(?:company|firm)", "amazon"),
    (r"windows\s+maker|software\s+giant", "microsoft"),
    (r"(?:mark\s+)?zuckerberg['’]?s?\s+(?:company|firm)|facebook(?:['’]s)?\s+(?:parent|owner)"
     r"|social\s+media\s+giant", "meta|facebook"),
    (r"(?:bird|blue\s+bird)\s+app|(?:musk['’]s\s+)?(?:micro-?blog(?:ging\s+site)?)", "twitter|x"),
    (r"(?:elon\s+)?musk['’]?s?\s+(?:car\s*-?maker|car\s+company|car\s+firm)|electric\s+car\s*-?maker",
     "tesla"),
    (r"(?:elon\s+)?musk['’]?s?\s+(?:space|rocket)\s+(?:company|firm)", "spacex"),
    (r"(?:chatgpt|gpt)\s+maker", "openai"),
    (r"(?:us|u\.s\.|american)\s+space\s+agency", "nasa"),
    (r"european\s+space\s+agency|europe['’]s\s+space\s+agency", "esa|european space agency"),
    (r"space\s+agency", "nasa|esa|european space agency|roscosmos"),
    (r"(?:us|u\.s\.|american|federal)?\s*(?:aviation|air\s+safety|flight\s+safety)\s+(?:regulator|authority"
     r"|watchdog|agency)", "faa|federal aviation administration"),
    (r"(?:road|auto|car|highway)\s+safety\s+(?:regulator|agency|watchdog)",
     "nhtsa|national highway traffic safety administration"),
    (r"(?:bank\s+)?deposit\s+insurer", "fdic|federal deposit insurance corporation"),
    (r"(?:us\s+|american\s+|federal\s+)?labou?r\s+(?:watchdog|board|regulator)",
     "nlrb|national labor relations board"),
    (r"(?:crash|accident|transport(?:ation)?\s+safety)\s+investigators",
     "ntsb|national transportation safety board"),
    (r"(?:drug|drugs|food\s+and\s+drug|medicines)\s+(?:regulator|agency|watchdog)",
     "fda|food and drug administration|ema|european medicines agency|mhra"),
    (r"(?:us\s+|american\s+)?(?:disease\s+control|public\s+health)\s+agency",
     "cdc|centers for disease control and prevention"),
    (r"(?:us|u\.s\.|american|america['’]s)\s+central\s+bank|us\s+rate-?setters",
     "federal reserve|fed|us federal reserve"),
    (r"(?:euro\s*-?zone|euro\s+area|europe)(?:['’]s)?\s+central\s+bank",
     "european central bank|ecb"),
    (r"(?:british|uk|britain['’]s)\s+central\s+bank", "bank of england"),
    (r"(?:wall\s+street|securities|markets)\s+(?:regulator|watchdog)",
     "sec|securities and exchange commission"),
    (r"(?:supreme\s+court\s+)?justices", "supreme court"),
    (r"federal\s+(?:agencies|authorities|officials|government)|(?:the\s+)?feds", "united states"),
    (r"competition\s+(?:watchdogs?|regulators?)|trust\s*busters",
     "ftc|federal trade commission|competition and markets authority|european commission"),
    (r"world\s+body", "united nations"),
    (r"(?:western\s+|military\s+|atlantic\s+|transatlantic\s+|defen[cs]e\s+)?alliance", "nato"),
    (r"(?:27-nation\s+|european\s+|trading\s+)bloc", "european union"),
    (r"(?:un\s+)?refugee\s+agency", "unhcr"),
    (r"(?:un\s+)?child(?:ren['’]?s?)?\s+agency|children['’]s\s+fund", "unicef"),
    (r"(?:un\s+)?migration\s+agency", "iom|international organization for migration"),
    (r"(?:un|world|global)(?:['’]s)?\s+health\s+(?:agency|body|organi[sz]ation)",
     "world health organization"),
    (r"(?:un\s+)?food\s+(?:agency|program(?:me)?)", "world food programme"),
    (r"chemical\s+weapons\s+watchdog", "opcw"),
    (r"(?:world\s+)?(?:football|soccer)(?:['’]s)?\s+(?:world\s+)?governing\s+body", "fifa"),
    (r"european\s+(?:football|soccer)(?:['’]s)?\s+(?:governing\s+)?body", "uefa"),
    (r"world\s+lender|crisis\s+lender", "imf|international monetary fund"),
    (r"(?:us\s+)?gun\s+lobby", "nra|national rifle association"),
    (r"civil\s+liberties\s+(?:group|union|lobby)", "aclu|american civil liberties union"),
    (r"truckers['’]?\s+union|truck\s+drivers['’]?\s+union", "teamsters"),
    (r"(?:car|auto)\s*-?workers['’]?\s+union", "uaw|united auto workers"),
    (r"ride-?\s*hailing\s+(?:giant|company|firm|app)", "uber|lyft"),
    (r"(?:streaming|video)\s+giant", "netflix"),
    (r"coffee\s+(?:giant|chain)", "starbucks"),
    (r"plane\s*-?maker|aircraft\s+maker", "boeing|airbus"),
    (r"weather\s+(?:service|agency)", "national weather service|met office"),
    (r"hurricane\s+cent(?:er|re)", "national hurricane center"),
    (r"border\s+agency", "customs and border protection|border patrol|frontex"),
    (r"kurdish-led\s+(?:forces?|fighters|alliance|militia)", "syrian democratic forces|sdf"),
    (r"(?:syrian\s+)?kurdish\s+(?:militia|fighters|forces)",
     "syrian democratic forces|sdf+ypg|people's protection units"),
    (r"gaza['’]s\s+rulers|rulers\s+of\s+gaza", "hamas"),
    (r"(?:lebanese\s+)?shi['’]?(?:a|ite)\s+(?:militia|movement)", "hezbollah"),
    (r"yemen(?:['’]s|i)?\s+rebels", "houthis|ansar allah"),
    (r"(?:russian\s+)?mercenary\s+(?:group|company|outfit)", "wagner group|wagner"),
    (r"(?:syria\s+|syrian\s+)?war\s+monitor", "syrian observatory for human rights"),
    (r"oil\s+cartel", "opec"),
    (r"(?:un\s+)?climate\s+(?:panel|body)",
     "intergovernmental panel on climate change|ipcc"),
)  # fmt: skip


# What a by-name may stand behind: "US nuclear watchdog" and "Portugal's" are another's.
_LINKED = re.compile(r"(?i)(?:^|,|\b(?:of|at|for|from|to|by|in|with|and|or|vs|versus|the|an?))\s*$")


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], tuple[tuple[str, ...], ...]], ...]:
    return tuple(
        (re.compile(rf"(?i)(?<![\w'’-])(?:the\s+)?(?:{words})(?![\w-])"),
         tuple(tuple(group.split("|")) for group in names.split("+")))
        for words, names in _ROWS
    )  # fmt: skip


def without_bynames(phrase: str, on_record: Mapping[str, Party]) -> str:
    """
    Put names in the place of by-names: "head of the nuclear watchdog" -> "head of IAEA".

    Args:
        phrase: whom a question asks.
        on_record: the parties on record, by key and by name.
    """
    for pattern, groups in _patterns():
        match = pattern.search(phrase)
        # "Portugal's weather service" is not the one that is meant without a country.
        if match is None or not _LINKED.search(phrase[: match.start()]):
            continue
        found = (next((on_record[n].name for n in names if n in on_record), "") for names in groups)
        if names := " and ".join(filter(None, found)):
            return f"{phrase[: match.start()]}{names}{phrase[match.end() :]}"
    return phrase

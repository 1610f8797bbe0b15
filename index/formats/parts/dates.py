"""
Read the dates that publishers write, each in one way only.

A zone that is named counts by its offset; a name that several zones share has the offset that
feeds mean by it. What has to be guessed (02/03/2018, a zone nobody knows) raises ValueError: a
wrong day under a quotation is worse than none. Pure; no I/O but the clock.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, datetime, timedelta, timezone

# Offsets in minutes. CST, IST and BST have other meanings elsewhere; feeds mean these. ET and its
# like are taken as in winter, the later of the two.
_ZONES = {
    name: minutes
    for minutes, names in {
        0: "UTC UT GMT Z WET",
        60: "CET MEZ BST WEST MET WAT",
        120: "CEST MESZ MEST EET SAST CAT",
        180: "EEST MSK EAT TRT",
        210: "IRST",
        240: "GST",
        300: "PKT",
        330: "IST",
        345: "NPT",
        420: "ICT WIB",
        480: "HKT SGT AWST PHT MYT",
        540: "JST KST",
        570: "ACST",
        600: "AEST",
        630: "ACDT",
        660: "AEDT",
        720: "NZST",
        780: "NZDT",
        -150: "NDT",
        -180: "ADT BRT ART",
        -210: "NST",
        -240: "EDT AST",
        -300: "EST CDT COT PET ET",
        -360: "CST MDT CT",
        -420: "MST PDT MT",
        -480: "PST AKDT PT",
        -540: "AKST",
        -600: "HST",
    }.items()
    for name in names.split()
}
# English, German, French, Spanish, Italian, Portuguese and Dutch, without accents; a name that
# begins with one of these is that month.
_MONTHS = {
    "jan": 1, "gen": 1, "ene": 1, "feb": 2, "fev": 2, "fevr": 2, "mar": 3, "maerz": 3, "mrz": 3,
    "maart": 3, "mrt": 3, "apr": 4, "avr": 4, "abr": 4, "may": 5, "mai": 5, "mayo": 5, "mag": 5,
    "mei": 5, "maio": 5, "jun": 6, "juin": 6, "giu": 6, "jul": 7, "juil": 7, "lug": 7, "aug": 8,
    "aou": 8, "ago": 8, "sep": 9, "set": 9, "oct": 10, "okt": 10, "out": 10, "ott": 10, "nov": 11,
    "dec": 12, "dez": 12, "dic": 12,
}  # fmt: skip
_TIME = (
    r"(?:(?:T|,?\s+(?:at\s+|um\s+)?|,)(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.](?P<second>\d{2})"
    r"(?:[.,]\d{1,9})?)?\s*(?P<half>[ap]\.?m\.?)?\s*(?P<zone>[A-Z]{1,5}(?![+-])|(?:GMT|UTC)?"
    r"[+-]\d{1,2}(?::?\d{2})?)?(?:\s*\([\w ]{1,40}\))?)?"
)
_WEEKDAY = r"(?:[^\W\d]{2,12}\.?,?\s+)?"
_FORMS = tuple(
    re.compile(form + _TIME, re.IGNORECASE)
    for form in (
        r"(?P<year>\d{4})([-/.])(?P<month>\d{1,2})\2(?P<day>\d{1,2})",
        _WEEKDAY + r"(?P<day>\d{1,2})(?:st|nd|rd|th|\.)?[\s-]+(?:of\s+|de\s+)?"
        r"(?P<month>[^\W\d]{3,12})\.?,?(?:\s+|-)(?:de\s+)?(?P<year>\d{4}|\d{2})",
        _WEEKDAY + r"(?P<month>[^\W\d]{3,12})\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s+"
        r"(?P<year>\d{4})",
    )
)
# As C programs write it: "Wed Feb 14 10:30:00 UTC 2018".
_YEAR_LAST = re.compile(r"(.*\d:\d{2}(?::\d{2})?)((?:\s[A-Z]{3,4}|\s[+-]\d{4})?)\s(\d{4})")
_SECONDS = re.compile(r"(?P<seconds>\d{9,10})(?:\d{3})?")
_OLDEST = 1800
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_DAY = timedelta(days=1)


def read_written_date(text: str) -> datetime:
    """
    Read a date in any form that has one reading, as an aware datetime.

    Args:
        text: ISO 8601, RFC 2822, "February 14, 2018", "2016/6/29 15:07", seconds since 1970.

    Raises:
        ValueError: if it is none of these, or no day of the calendar.
    """
    line = unicodedata.normalize("NFC", " ".join(text.split()))
    if seconds := _SECONDS.fullmatch(line):
        return datetime.fromtimestamp(int(seconds["seconds"]), UTC)
    if last := _YEAR_LAST.fullmatch(line):
        weekday_month_day, clock = last[1].rsplit(" ", 1)
        line = f"{weekday_month_day}, {last[3]} {clock}{last[2]}"
    for form in _FORMS:
        if found := form.fullmatch(line):
            return _moment(found)
    return _aware(datetime.fromisoformat(line))


def believable(moment: datetime | None) -> datetime | None:
    """Give *moment* unless it is the future or where a clock begins to count; then None."""
    if moment is None or moment.year < _OLDEST or abs(moment - _EPOCH) < _DAY:
        return None
    return None if still_to_come(moment) else moment


def still_to_come(moment: datetime | None) -> bool:
    """Return whether *moment* is the future, more than clocks and zones may be apart."""
    return moment is not None and moment > datetime.now(UTC) + _DAY


def zone_offset(name: str) -> timedelta:
    """Give the offset of "+0530", "GMT+2", "CEST"; ValueError for a name that is not known."""
    word = name.upper()
    if word in _ZONES:
        return timedelta(minutes=_ZONES[word])
    found = re.fullmatch(r"(?:GMT|UTC)?([+-])(\d{1,2})(?::?(\d{2}))?", word)
    if found is None or int(found[2]) > 14 or int(found[3] or 0) > 59:
        raise ValueError(f"time zone {name[:20]!r} is not known")
    offset = timedelta(hours=int(found[2]), minutes=int(found[3] or 0))
    return -offset if found[1] == "-" else offset


def _moment(found: re.Match[str]) -> datetime:
    year = int(found["year"])
    if len(found["year"]) == 2:
        year += 1900 if year >= 70 else 2000
    hour = int(found["hour"] or 0)
    if half := found["half"]:
        if not 1 <= hour <= 12:
            raise ValueError(f"{found[0]!r} has no such hour")
        hour = hour % 12 + (12 if half[0] in "pP" else 0)
    clock = (hour, int(found["minute"] or 0), min(59, int(found["second"] or 0)))
    day = datetime(year, _month(found["month"]), int(found["day"]), *clock, tzinfo=UTC)
    zone = found["zone"]
    return day.replace(tzinfo=timezone(zone_offset(zone))) if zone else day


def _month(written: str) -> int:
    """Number a month, given in digits or by a name; ValueError for a name that is not known."""
    if written.isdecimal():
        return int(written)
    plain = unicodedata.normalize("NFD", written.casefold().replace("ä", "ae"))
    word = "".join(letter for letter in plain if not unicodedata.combining(letter))
    for length in (5, 4, 3):
        if len(word) >= length and word[:length] in _MONTHS:
            return _MONTHS[word[:length]]
    raise ValueError(f"{written!r} is no month")


def _aware(moment: datetime) -> datetime:
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment

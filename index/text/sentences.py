"""
Cut an article's text into sentences, each a slice of the text.

A full stop is no end: it closes "Gen.", "U.S." and "No. 10" as well, and "U.S. The" is both.
So a stop after an abbreviation ends a sentence only before a word that opens sentences ("The",
"But"). A closing quotation mark belongs to what it closes; “Really?” he asked. is one
sentence. No sentence crosses a line break. Every pattern consumes what it looks at or looks at
a bounded stretch, so a line of 200,000 dots takes linear time too. No I/O, no state.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.types import Sentence

# All that str.splitlines() breaks at.
_PARAGRAPH = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
# One or more stops, also spaced out (". . ."), the marks that close with them, and dots that
# tell of an omission after them ("they left. … Many").
_STOP = re.compile(
    r"(?P<sign>[.!?…]+(?:[ \xa0]\.(?![^\s.]))*)(?P<close>[\"”’'»)\]}*_]*)"
    r"(?P<omission>(?:[ \xa0]+(?:\.{2,}|…))*)"
)
# A closing mark that stands off from its sentence: "left. ” She".
_STRAY_CLOSE = re.compile(r"\s+[”»](?=\s|$)")
_OPENING = re.compile(r"\s*[\"“„‘'«(\[{*_¿¡]*")
_MARKS = "\"“„‘'«([{*_—–-"
_TOKEN = re.compile(r"\S+$")
_WORD = re.compile(r"[^\W_](?:[\w’'&-]|\.(?=\w))*")
_LETTER = re.compile(r"[^\W_]")
_ACRONYM = re.compile(r"(?:[^\W\d_]\.&?)*[^\W\d_]")
# "1." or "b)" alone is the number of what follows, not a sentence.
_NUMBERING = re.compile(r"[(\[]?(?:\d{1,3}|[A-Za-z]|[ivxIVX]{1,5})")
_SIGNING = re.compile(r"(?:[—–―]|--?)\s*[^\W\d_]")
_TIME_ZONE = re.compile(r"\w+ (?:[Tt]ime|[Ss]tandard|[Dd]aylight)\b")
_SPEAKING = re.compile(
    r"(?:[^\W\d_][\w.’'-]*\s+){1,4}?(?:said|says|asked|asks|wrote|tweeted|replied|added|told|"
    r"joked|quipped|wondered|shouted|exclaimed|cried|yelled|continued|responded|answered|began|"
    r"declared|demanded|repeated|insisted|pressed|remarked|urged)\b"
)


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


# The longest stretch looked at before a stop and after it.
_LOOK = 120

# Capitalised, these stand before a name: the stop after them ends nothing.
_TITLES = _words(
    """adm amb asst atty brig capt cmdr col cpl cpt dr fr gen gens gov govs hon insp lt lts maj
    messrs mlle mme mr mrs ms msgr mt ft pfc pres prof profs pvt rep reps rev sec sen sens sgt
    supt det"""
)
_NEVER_LAST = _words("vs Vs VS viz cf v e.g i.e E.g I.e")
# Abbreviate only before a number ("No. 10", "pp. 3-5"); else they are words or end a sentence.
_BEFORE_NUMBER = _words(
    """no nos art ch fig figs p para pp pt vol vols op
    jan feb mar apr jun jul aug sep sept oct nov dec"""
)
# May end a sentence or not; the next word tells. Small letters: whole words ("ill") are not meant.
_CAPITALISED = _words(
    """inc corp co cos ltd llc bros jr sr st ste ave blvd rd hwy dept dist univ assn assoc
    ala ariz ark calif colo conn del fla ga ill ind kan ky mass md mich minn miss mo mont neb nev
    okla ore pa penn tenn tex va vt wash wis wyo"""
)
_ANY_CASE = _words("approx est al ed eds etc ph.d gov't govt int'l nat'l dept")
_AFTER_HOUR = _words(
    """monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs
    fri january february march april may june july august september october november december
    et e.t est edt ct cst cdt mt mst mdt pt pst pdt gmt utc bst cet eest eastern central mountain
    pacific"""
)
# Words that open sentences and hardly ever follow an abbreviation as part of a name.
_STARTERS = _words(
    """a about according after again all also although among an and another any anyone are as at
    because before both but by can could despite did do does during each earlier either even
    every few first following for from given had has have he her here his how however i i'm i've
    if in indeed instead is it it's its just last later let's like many maybe meanwhile more
    moreover most much my neither never no nobody none nor not nothing now of officials on once
    one only or other others our over perhaps please rather recently she should since so some
    somebody someone still such that that's the their then there there's these they they're this
    those though through thus to today together tomorrow two under unless until we we're we've
    were what what's when where whether which while who whose why will with without would yes
    yesterday yet you you're your"""
)


def split_sentences(text: str) -> list[Sentence]:
    """
    Cut *text* into its sentences, in reading order.

    Returns:
        Slices that neither overlap nor cross a line break, without outer blanks; each
        character that is no blank lies in exactly one. None for a blank text.
    """
    spans = (span for part in _PARAGRAPH.finditer(text) for span in _cut(text, *part.span()))
    return [Sentence(index, start, end) for index, (start, end) in enumerate(spans)]


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the sentences of the paragraph ``text[start:end]``, trimmed."""
    begin = start
    word = _LETTER.search(text, begin, end)
    for stop in _STOP.finditer(text, start, end):
        if word is None:
            break
        # Dots before the first word ("... and then") open a sentence, they end none.
        if stop.start() <= word.start():
            continue
        stray = _STRAY_CLOSE.match(text, stop.end(), end)
        cut = stray.end() if stray else stop.end()
        if cut < end and _ends(text, begin, stop, cut, end):
            yield _trimmed(text, begin, cut)
            begin = cut
            word = _LETTER.search(text, begin, end)
    if text[begin:end].strip():
        yield _trimmed(text, begin, end)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Take the outer blanks off a stretch that holds more than blanks."""
    piece = text[start:end]
    return end - len(piece.lstrip()), start + len(piece.rstrip())


def _ends(text: str, begin: int, stop: re.Match[str], cut: int, end: int) -> bool:
    """Return whether *stop* ends the sentence that runs from *begin*; the text goes on at *cut*."""
    opening = _OPENING.match(text, cut, end)
    at = opening.end() if opening else cut
    after = text[at : min(end, at + _LOOK)]
    if not after or after[0].islower():
        return False
    if not text[cut].isspace():
        return _ends_without_blank(text, stop, cut, after)
    # The one who is quoted may sign the quotation: “We left.” — Ana Petrić
    if stop["close"] and _SIGNING.match(after):
        return False
    sign = stop["sign"].replace(" ", "").replace("\xa0", "").replace("…", "...")
    trails_off = sign == "..."
    if stop["omission"]:
        return True
    if stop["close"] and (trails_off or sign[-1] in "?!"):
        return _starts(after) or not _SPEAKING.match(after)
    if trails_off:
        return _starts(after)
    if sign == ".":
        bracket = "(" in text[cut:at] or "[" in text[cut:at]
        return _full_stop_ends(text, begin, stop.start(), "(" if bracket else after)
    return True


def _ends_without_blank(text: str, stop: re.Match[str], cut: int, after: str) -> bool:
    """Return whether a sentence ends where a blank was lost: ``left.“We``, ``left.The``."""
    if text[cut] == "“":
        return True
    if not after[0].isupper() or not text[cut].isupper():
        return False
    if stop["close"][-1:] in ("”", "»"):
        return True
    letter = text[stop.start() - 1]
    return not stop["close"] and letter.islower() and _starts(after)


def _full_stop_ends(text: str, begin: int, at: int, after: str) -> bool:
    """Return whether the single full stop at *at* ends a sentence, from the words around it."""
    token = _TOKEN.search(text[max(begin, at - _LOOK) : at])
    raw = token.group() if token else ""
    if _NUMBERING.fullmatch(raw) and not text[begin : at - len(raw)].strip():
        return False
    raw = raw.lstrip(_MARKS)
    word = raw.casefold()
    if raw in _NEVER_LAST or (word in _TITLES and raw[0].isupper()):
        return False
    if word in ("a.m", "p.m"):
        first = _first_word(after)
        return first not in _AFTER_HOUR and first != "" and not _TIME_ZONE.match(after)
    if word in _BEFORE_NUMBER and not (raw.isupper() and len(raw) == 1):
        return not after[0].isdigit()
    if word in _ANY_CASE or _ACRONYM.fullmatch(raw) or (word in _CAPITALISED and raw[0].isupper()):
        return _starts(after)
    return True


def _first_word(after: str) -> str:
    """Give the first word of *after*, case-folded; empty if a sign comes first."""
    word = _WORD.match(after)
    return word.group().casefold().replace("’", "'") if word else ""


def _starts(after: str) -> bool:
    """Return whether *after* begins with a word that opens sentences."""
    return _first_word(after) in _STARTERS

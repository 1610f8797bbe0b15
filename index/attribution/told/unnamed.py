"""
Leave out what only looks like a report: "who declined to be named", "Holm embraces Berg".

That somebody asked for no name to be given is said by nobody; a gesture towards somebody named
says nothing, nor does being "a critic of" somebody. Offsets are characters into the text. Pure; no
I/O.
"""

from __future__ import annotations

import re

from index.attribution.tagger import CueFrame

_ASKS = re.compile(
    r"(?:(?:has|had|have|also|all|both|was|were)\s)*(?:declin|refus|ask|request|wish|want|prefer|insist|demand)\w*"
    r"(?:\s(?:not|on|for|that))?",
    re.IGNORECASE,
)
_NO_NAME = re.compile(
    r"[\s,]*(?:on|for|that|not|to)?\s?(?:(?:not\s)?(?:to\s)?(?:not\s)?(?:be|being|to\sgive|give|giving)\s"
    r"(?:further\s)?(?:named|identified|quoted(?:\sby\sname)?|(?:his|her|their)\s(?:full\s|real\s|last\s)?names?)"
    r"|anonymity|(?:to\s)?(?:remain|stay)(?:ing)?\s(?:anonymous|unnamed)|(?:his|her|their)\s(?:full\s|real\s|last\s)?names?\s(?:not\s)?be\s(?:not\s)?"
    r"(?:used|given|published|printed|withheld))\b[^.;“”\"]{0,80}",
    re.IGNORECASE,
)
_GESTURES = re.compile(
    r"(?:(?:is|was|are|were)\s(?:seen\s)?)?(?:embrac|hug|kiss|greet|salut|escort|accompan|comfort|flank|"
    r"hold(?:s|ing)?\shands\swith|sh(?:ak|ook)\w*\shands\swith|wav(?:es?|ed|ing)\s(?:at|to))(?:e|es|ed|ing|ies|ied|s|gs|ged)?",
    re.IGNORECASE,
)
_SOMEBODY = re.compile(
    r"(?:him|her|them|(?:[A-Z][\w.’'-]*\s)*[A-Z][\w’'-]*|(?:his|her|their)\s[a-z]+)[.,]?"
)


# "Novak is an outspoken critic of" (the mayor): what he is, not what he said.
_IS_ONE = re.compile(
    r"(?:(?:has|had|have|also|long)\s)*(?:is|was|are|were|been|remain(?:s|ed)?|became)\s(?:[\w-]+\s){0,4}?"
    r"(?:critic|opponent|ally|rival|foe|friend|fan|admirer|detractor)s?(?:\s(?:of|to))?",
    re.IGNORECASE,
)


def is_no_report(text: str, frame: CueFrame) -> bool:
    """Return whether a frame tells of a wish not to be named, a gesture or a side, and no words."""
    if not frame.cue or not frame.content:
        return False
    cue = text[frame.cue[0].start : frame.cue[-1].end]
    content = text[frame.content[0].start : frame.content[-1].end]
    if _IS_ONE.fullmatch(cue):
        return True
    if _ASKS.fullmatch(cue) and _NO_NAME.fullmatch(content):
        return True
    return bool(_GESTURES.fullmatch(cue) and _SOMEBODY.fullmatch(content))

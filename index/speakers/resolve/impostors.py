"""
Find who speaks under another's name: "a man posing as Anna Novak", "a forged letter from Norway".

He is not that other, and speaks for nobody. Offsets are characters of the text given. No I/O.
"""

from __future__ import annotations

import re

from index.attribution.told.things import is_thing, thing_alone
from index.attribution.unsaid.fiction import as_character
from index.speakers.cast.cast import Cast
from index.types import Attribution, Span

_FORGED = (
    r"(?:fake|forged|bogus|hoax|spoof|parody|counterfeit|phoney|phony|fabricated|falsified|made-up"
    r"|spurious)"
)
# Whose they are may be true: "a doctored video by the ministry", "a false statement by Novak".
_ALTERED = r"(?:doctored|deepfaked?|AI-generated|computer-generated|manipulated|faked|cloned)"
_UNTRUE = r"(?:false|fraudulent|invented|fictitious|imaginary|sham|satirical)"
_NAMED_FALSELY = r"in|under|bearing|carrying|attributed|ascribed|credited|purport\w+|claiming"
_POSING = (
    r"(?:posing as|masquerading as|impersonating|imitating|pretending to be|disguised as|dressed"
    r" (?:up )?as|(?:claiming|purporting|made|meant|designed) to (?:be|come|speak|have come|look"
    r"|appear|sound)|passing \w+ off as|styling \w+ as|(?:in|under) the guise of|(?:falsely|wrongly"
    r"|mistakenly|fraudulently) (?:attributed|ascribed|credited) to|(?:bearing|carrying|with)"
    r" (?:the"
    r"|an?) (?:forged|faked?|false|counterfeit) \w+ of)"
)
# Who speaks under another's name is not that other: "a man posing as Anna Novak".
_IMPOSTURE = re.compile(
    r"(?P<head>\b(?:(?:[Aa]n?|[Tt]he|[Oo]ne)\s+)?(?:[a-z-]+\s+){0,3}?(?:"
    r"(?!(?:was|were|is|are|been|being|be|had|has|have|who|that|which|and|by)\b)"
    rf"[A-Z]?[a-z-]+(?=\s+{_POSING}\s)"
    r"|(?:actor|actress|comedian|comic|impressionist|performer|chatbot)"
    r"(?=,?\s+(?:playing|portraying|imitating|mimicking|voicing)\s)"
    r"|(?:parody|spoof|deepfake|impersonator|imitator|impersonation|imitation|caricature|lookalike"
    r"|impostor|imposter|avatar|hologram|clone|puppet)(?:\s+(?:account|video|page))?(?=\s+of\s)"
    rf"|(?:(?i:{_FORGED})\s+(?:[a-z-]+\s+)??[a-z]+|[a-z]{{3,}}\s+(?:forged|faked|fabricated))"
    rf"(?=\s+(?:[a-z]+(?:ly|ed|en|nt)\s+)?(?:{_NAMED_FALSELY}|from|by|of|to|signed|showing)\s)"
    rf"|{_ALTERED}\s+(?:[a-z-]+\s+)??[a-z]+(?=\s+(?:[a-z]+(?:ly|ed|en|nt)\s+)?(?:{_NAMED_FALSELY}|of|showing)\s)"
    rf"|{_UNTRUE}\s+(?:[a-z-]+\s+)??[a-z]+(?=\s+(?:[a-z]+(?:ly|ed|en|nt)\s+)?(?:{_NAMED_FALSELY})\s)"
    r")),?\s+(?:[a-z]+\s+){1,6}?(?P<other>(?:the\s+|former\s+)*(?:[A-Z][\w.’'-]*\s*)+)"
)
# "A deepfake Novak", "an AI-generated Petrov"
_FALSE_NAME = re.compile(
    r"(?:[Aa]n?|[Tt]he|[Tt]his)\s+(?:fake|deepfaked?|AI-generated|computer-generated|virtual|bogus"
    r"|fictional|fictitious|mock|pretend|make-believe|phoney|phony|cloned|animated|digital)\s+"
    r"(?:[a-z]+\s+){0,3}?[A-Z]"
)
_LEAD = r"(?:(?:[Aa]n?|[Tt]he|[Tt]his|[Oo]ne|[Aa]nother)\s+)?(?:[a-z-]+\s+){0,2}?"
_FORGERY = re.compile(
    rf"{_LEAD}(?i:{_FORGED}|{_ALTERED}|falsely attributed)\s+(?:[a-z-]+\s+)?[a-z]+"
)
_SATIRE = re.compile(
    r"(?:(?:[Aa]n?|[Tt]he|[Tt]his|[Oo]ne)\s+)?(?:[a-z-]+\s+){0,2}?(?i:satirical|satire|parody|spoof|humou?r)\s+"
    r"(?:[a-z]+\s+)?(?:web)?(?:sites?|accounts?|magazines?|newspapers?|shows?|pages?|outlets?|papers?"
    r"|programmes?|programs?|articles?|pieces?|columns?)"
)
_LIKENESS = re.compile(rf"{_LEAD}(?:parody|spoof|deepfake|hologram|avatar|AI clone)\b")
_DETERMINED = re.compile(r"\b(?:an?|the|one)\s")
_CLAUSE_ENDS = re.compile(r"[.,;:!?“”\"\n]")
_REACH = 120  # characters
_PRONOUNS = frozenset("he she they it i we you who which that".split())


def impostor(text: str, span: Span) -> Span | None:
    """Find who speaks under the name that a source holds; the tagger may leave the name alone."""
    lead = max(0, span.start - _REACH)
    lead += max((m.end() for m in _CLAUSE_ENDS.finditer(text[lead : span.start])), default=0)
    for found in _IMPOSTURE.finditer(text, lead, span.end + _REACH):
        start, end = found.span("head")
        if start >= span.end:
            break
        if span.start < end:
            return Span(max(start, span.start), end)
        if found.end("other") > span.start:
            named = list(_DETERMINED.finditer(text, start, end))
            return Span(named[-1].start() if named else start, end)
    return thing_alone(text, span)


# "The crowd in front of President Anna Novak", "a parrot taught by Ivan Petrov"
_TITLE = (
    r"(?:the\s+)?(?:[A-Z][\w’'-]+\s+){0,3}(?:President|Minister|Chancellor|Premier|King|Queen|Prince"
    r"|Princess|Senator|Governor|Mayor|General|Pope|Secretary|Taoiseach|Mr|Mrs|Ms)\b"
)
_BESIDE = re.compile(
    r"(?P<head>(?:(?:[Aa]n?|[Tt]he|[Oo]ne|[Ss]ome|[Ss]everal|[Aa]nother)\s+)(?:[a-z-]+\s+){0,3}?"
    r"[a-z-]+)\s+(?:(?:standing|sitting|seated|waiting|gathered|kneeling|hanging|posted|placed)\s+)?"
    r"(?:(?:in front of|beside|next to|alongside|opposite|facing|at the feet of|(?:taught|trained"
    r"|owned|kept|held) by|on the (?:door|wall|gate|desk|lapel|arm|back|head|car|chest) of)\s+"
    rf"(?=(?:the\s+)?[A-Z])|(?:behind|near|outside|around|before|above|below|under)\s+(?={_TITLE}))"
)


def without_neighbour(text: str, span: Span) -> Span | None:
    """Cut a source down to who stands beside, or belongs to, somebody; None if it needs no cut."""
    found = _BESIDE.match(text, *span)
    return Span(*found.span("head")) if found is not None else None


def is_nobodys(words: str) -> bool:
    """Return whether a source speaks for nobody: a thing, a forgery, "an AI-generated Novak"."""
    false = _FALSE_NAME.match(words) or _FORGERY.fullmatch(words) or _SATIRE.fullmatch(words)
    return false is not None or is_thing(words)


def played_part(span: Span, made: Attribution, cast: Cast) -> str | None:
    """
    Name a character of a story that is called by an office alone: nobody who holds it speaks.

    Args:
        span: where the source stands.
        made: the report.
        cast: the article and its people.

    Returns:
        How the character is called; None for a report, and for a character with a real name.
    """
    text = cast.article.text
    part = as_character(text, made, text[slice(*span)])
    if part is None or part.lower() in _PRONOUNS:
        return None
    named = cast.people.within(Span(span.start, span.start + len(part)))
    return None if any(person.plausible for _, person in named) else part


def is_forged(words: str) -> bool:
    """Return whether a source is a forged paper or a faked likeness: what it says, nobody said."""
    return bool(_FALSE_NAME.match(words) or _FORGERY.match(words) or _LIKENESS.match(words))


def is_made_up(words: str) -> bool:
    """Return whether what a source has others say is made up: it is forged, or a satire."""
    return is_forged(words) or _SATIRE.match(words) is not None

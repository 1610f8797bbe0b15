"""
Read what an article calls a person beside the name.

Titles stand before a name without a comma ("Kremlin spokesman Ivan Petrov"), appositions after
it ("Ivan Petrov, a spokesman for the Kremlin,") or before it with one ("Turkey's envoy, Ayse
Kaya"). A comma also begins a new clause, so an apposition must begin like a noun phrase and hold
a role before any verb. Offsets are characters of the text given. No I/O.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from index.speakers.cast.names_in_text import ABBREVIATED, NO_NAME, QUALIFIER, Named, bare_name
from index.speakers.gazetteer.roles import longest_role, role_class
from index.speakers.gazetteer.tables import Tables, phrase_key
from index.types import Span

_APPOSITION = re.compile(
    r"\s*(?:\((?P<paren>[^()\n]{1,40})\)\s*)?"
    r"(?:,\s*(?:\d{1,3},\s*)?(?P<text>[^,;:.()“”\"\n—]{3,120}))?"
)
_REVERSED = re.compile(
    r"(?P<text>[^,;:()—“”\"\n]{3,110}),\s+(?:(?:Mr|Mrs|Ms|Dr|Prof|Professor|Sir|Dame)\.?\s+)?$"
)
# Not after "U.S." and "Mr.".
_NO_TITLE = "".join(
    rf"(?<!\b{short})"
    for short in "Gen Sen Gov Rep Sgt Col Maj Adm Hon Rev Mrs Dep Det Cpl Pvt Sup Cmd Jan Feb Mar"
    " Apr Aug Sep Oct Nov Dec Inc Ltd Del Cal Ark Ill Ind Kan Ala Ore Ave Amb".split()
)
_SENTENCE_END = re.compile(
    r"(?:(?<=[a-z]{3})|(?<=\w\w[a-z]{2}))[.!?]['’”\"]?\s+(?=[A-Z“\"])"
    rf"|(?<=\b[A-Z][a-z]{{2}}){_NO_TITLE}[.!?]['’”\"]?\s+(?=[A-Z“\"])"
    r"|(?<=[A-Z0-9%])[.!?]['’”\"]?\s+(?=(?:He|She|They|It|We|But|And|The|In|On|At|This|That)\s)"
)
# What may stand before a role without being a part of it: ",” said his father, Ivan Petrov".
_LEAD = re.compile(
    r"\s*(?:(?:and|but|while)\s+)?(?:(?:said|says|added|according to|by|including)\s+)?"
)
_REACH = 260
# "the head of the union (National Union of Teachers), Anna Novak"
ASIDE = re.compile(r"\s*\([^()\n]*\)(?=,?\s*$)")
_LED_BY = re.compile(
    r"\s+(?:is|was|became|serves as|served as)\s+(?P<text>(?:an?|the)\s[^,;:.()“”\"\n]{3,90})"
)
# "They wait for the minister, Novak said": what was said, not what she is.
_SPOKE = re.compile(r"\s+(?:said|says|told|added|wrote|warned|explained|noted)\b")
_BEGINS = re.compile(
    r"\bthe (?=[\w-]+(?: [\w-]+){0,3} (?:of|for)\b)"
    r"|(?<=\b(?:told|said) by )(?=the )|(?<=\b(?:briefed|assured|advised) by )(?=the )"
    # "They wrote to Norway's envoy" (Anna Novak)
    r"|(?<=[a-z] )[A-Z][\w.&-]*(?: [A-Z][\w.&-]*){0,3}['’]s? (?=\w)"
)
_ENDS = re.compile(r"[,.;]")
# "The town of Halvik, the army said"
_SAID_SO = re.compile(r"\b(?:said|says|told|added|wrote|announced|reported)$")
# Where the comma behind a role is left out: "Novak, a spokesman for the port said on Sunday"
_SAID_IN = re.compile(
    r"\s(?:also |later |then )?(?:said|says|told|added|wrote|announced|reported|warned|insisted"
    r"|claimed|confirmed|denied|explained|stressed|tweeted|stated)\b"
)
# "Union of Bakers (UB) Director Anna Novak"
_LETTERS = re.compile(r"\s?\([A-Z][A-Za-z&.-]{1,9}\)(?=\s)")
_OF = re.compile(r"\s+of\s+((?:the\s+)?[A-Z][\w-]+(?:\s[A-Z][\w-]+)*)")
_CLAUSE = frozenset({"who", "which", "and", "but", "as", "while", "when", "where", "after", "said"})
_VERB = frozenset({"said", "told", "says", "was", "is", "were", "are", "has", "had", "that"})
_SAYS = frozenset({"said", "says", "told", "added"})
# A role behind one of these belongs to somebody else ("a gift from the president").
_GOVERNING = frozenset({"of", "from", "for", "in", "on", "at", "to", "with", "by", "about", "as"})
_DETERMINER = frozenset({"a", "an", "the", "his", "her", "their", "its", "one"})


@dataclass(frozen=True, slots=True)
class Role:
    """
    How the article words what somebody is; ``wording`` is that with the name beside it.

    ``country`` is what follows the name ("Foreign Minister Anna Novak *of Norway*"), else "".
    """

    text: str
    span: Span
    wording: Span
    country: str = ""


def roles_of(text: str, named: Named, tables: Tables) -> Iterator[Role]:
    """Find the wordings around one mention that tell what the named person is."""
    for span in _roles_around(text, named):
        wording = Span(min(span.start, named.name.start), max(span.end, named.name.end))
        country = ""
        after = _OF.match(text[wording.end :][:60])
        if after and wording.end == named.name.end:
            found = tables.aliases.get(phrase_key(re.sub(r"^the\s+", "", after.group(1))))
            if found is not None and found.use == "name":
                country = after.group().strip()
                wording = Span(wording.start, wording.end + after.end())
        yield Role(_LETTERS.sub("", text[slice(*span)]), span, wording, country)


def apposed(text: str, named: Named) -> bool:
    """Return whether a role stands beside the name, set off by a comma."""
    return any(span != named.title for span in _roles_around(text, named))


def _roles_around(text: str, named: Named) -> Iterator[Span]:
    """Find the wordings that tell what the named person is."""
    if named.title is not None:
        yield named.title
    if text[slice(*named.name)].endswith(("'s", "’s")):
        return
    # Without the full stops of "Mrs." and "U.S.", at which the phrase would break off.
    masked = ABBREVIATED.sub(lambda m: m.group().replace(".", " "), text[named.name.end :][:160])
    masked = re.sub(r"\bU\.S\.", "U S ", re.sub(r"\bU\.N\.", "U N ", masked))
    base = named.name.end
    after = _APPOSITION.match(masked)
    if after and after.group("paren") and re.match(r"[DRI][-–‑]", after.group("paren")):
        yield Span(base + after.start("paren"), base + after.end("paren"))
    if after and after.group("text") and _apposes(after.group("text")):
        said = _SAID_IN.search(after.group("text"))
        end = after.start("text") + said.start() if said else after.end("text")
        yield _stripped(text, Span(base + after.start("text"), base + end))
    led = _LED_BY.match(masked)
    if led and _role_in(led.group("text")):
        yield _stripped(text, Span(base + led.start("text"), base + led.end("text")))
    spoke_alone = " " not in text[slice(*named.name)] and _SPOKE.match(text, named.name.end)
    if named.title is None and not spoke_alone:
        reach = max(0, named.name.start - _REACH)
        plain = ASIDE.sub("", text[reach : named.name.start])
        before = _REVERSED.search(plain)
        if before:
            ends = [m.end() for m in _SENTENCE_END.finditer(before.group("text"))]
            start = before.start("text") + (ends[-1] if ends else 0)
            lead = _LEAD.match(plain, start)
            start = lead.end() if lead else start
            phrase = plain[start : before.end("text")]
            # "The Danish envoy said his colleague, Anna Novak": she is no envoy.
            if not _noun_phrase(phrase) or _SAYS & set(phrase.lower().split()):
                start += _last_role(phrase) if _ENDS.match(text, named.name.end) else len(phrase)
                phrase = plain[start : before.end("text")]
            if phrase:
                yield _stripped(text, Span(reach + start, reach + start + len(phrase)))


def _last_role(phrase: str) -> int:
    """Find where the last office in *phrase* begins: "he defied the head of the league"."""
    for begin in reversed([m.start() for m in _BEGINS.finditer(phrase)]):
        if _noun_phrase(phrase[begin:]):
            return begin
    return len(phrase)


def _apposes(phrase: str) -> bool:
    """Return whether what follows a name's comma is a role and no new clause."""
    first = phrase.split()[0].lower()
    if first in _CLAUSE or _SAID_SO.search(phrase):
        return False
    return _noun_phrase(phrase)


# "An American diplomat met" (Anna Novak): whom he met is none.
_VERBS_LAST = frozenset("met told saw visited asked thanked joined called urged warned".split())


def _noun_phrase(phrase: str) -> bool:
    """Return whether *phrase* is a role noun phrase: a role near its begin, no verb before it."""
    words = [w.strip(".").lower() for w in phrase.split()]
    if not words or not _begins_noun_phrase(phrase.split()[0]) or words[-1] in _VERBS_LAST:
        return False
    for i in range(min(len(words), 8)):
        if words[i] in _VERB or (words[i] in _GOVERNING and not _within_a_name(phrase.split(), i)):
            return False
        role = longest_role([bare_name(w) for w in words[i:]])
        if role:
            if words[i + role[0] - 1].endswith("s") or words[i] == "people":
                # One person is no "advisers"; "one of his advisers" ends at "of".
                return False
            # "President Anna Novak told": a role with a name after it is somebody else.
            following = phrase.split()[i + role[0] :][:1]
            if following and following[0][0].isupper() and i + role[0] < 4:
                return False
            return not re.search(r"['’]s$", words[i]) or i + 1 < len(words)
    return False


def _within_a_name(tokens: list[str], at: int) -> bool:
    """Return whether "for" or "of" joins the capitals of a name: "The Fund for Norway's head"."""
    around = (*tokens[at - 1 : at], *tokens[at + 1 : at + 2])
    return at > 0 and len(around) > 1 and all(token[0].isupper() for token in around)


def _begins_noun_phrase(word: str) -> bool:
    """Return whether *word* can begin a role phrase: no verb form, no adverb."""
    low = word.lower().rstrip(".")
    if low in _DETERMINER:
        return True
    if word[0].isupper():
        return low not in NO_NAME and not low.endswith("ing")
    return low in QUALIFIER or low.endswith(("'s", "’s")) or role_class(low) is not None


def _stripped(text: str, span: Span) -> Span:
    """Trim blanks."""
    start, end = span
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def _role_in(phrase: str) -> bool:
    """Return whether a phrase holds a role word early on."""
    words = [w.strip(".").lower() for w in phrase.split()[:9]]
    return any(longest_role([bare_name(w) for w in words[i:]]) for i in range(len(words)))

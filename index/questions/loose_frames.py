"""
The looser frames of questions: what hurried people type.

"Is there enough fuel, Polish minister?", "Lanskoy - field kitchens", "what chance does Marlowe
give the line", "any statements about the truce", "bread prices, who said what?". Each is tried
before or after the frames of `frames`, which are stricter. The trap is half a sentence taken for a
name: unless a phrase surely names somebody (*is_quotable*), only a few forms make it one, and
only if nothing in it could be anything but a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.questions.anyone import read_anyone, unasked
from index.questions.frames import (
    AUX,
    NOUNS,
    VERB,
    IsQuotable,
    QuestionFrame,
    stance_of,
)
from index.types import CueClass

_ABOUT = r"(?:on|about|regarding|re|concerning|over|towards?)"
_ASK = r"(?:what|how|when|why|where|which|whom?)"
# What a verb of holding an opinion leaves of the topic: nothing.
_OPINION = (
    r"make\s+of|expect(?:s|ed)?(?:\s+of)?|see(?:s|n)?(?:\s+in)?|view|reckon|predict(?:s|ed)?"
    r"|hope(?:\s+for)?|fear|judge|assess|rate|think(?:\s+(?:of|about))?|feel(?:\s+about)?|want|plan"
    r"|propose|justify|explain|describe|estimate|recommend|advise|give(?:\s+for)?|hold\s+against"
    r"|put|find|believe|like\s+about|call|say|hear|worry|offer|suggest|foresee|need|ask(?:ing)?"
    r"|mean|hint(?:\s+at)?|conclude|support|oppose|back|intend"
)
_ATTITUDE = (
    r"worried|upbeat|s[ck]eptical|sold|happy|satisfied|confident|optimistic|pessimistic|against"
    r"|afraid|concerned|angry|sure|certain|surprised|disappointed|pleased|proud|sorry|ready|willing"
    r"|asking|saying|complaining|warning|calling|demanding|planning|hoping|expecting|predicting"
    r"|proposing|promising|offering|claiming|arguing|complaining|in\s+favou?r"
)
# What only says that somebody speaks, and the stance that is taken so.
_VOICING = (
    r"asking|saying|complaining|warning|calling|demanding|planning|hoping|expecting|predicting"
    r"|proposing|promising|offering|claiming|arguing"
)
_TAKING: tuple[tuple[str, CueClass], ...] = (
    (r"asking\s+for|calling\s+for|demanding", "demanded"),
    ("warning", "warned"),
    ("promising", "promised"),
)
# No name holds one of these words, and no name ends in one of these letters.
_NO_NAME = frozenset(
    """what how why when where which who whom whose that this these those there here it he she they
    we you i his her its their my your our do does did done is are was were be been being has have
    had will would can could should may might must not no and or but if because than then as of to
    by with for from into onto after before since until during between against about over under
    say says said tell told see seen make made get got give gave take took go goes went come came
    any all some many much more most other another such only just also even ever never still
    number numbers news updates update latest new result results reason reasons impact effect
    effects consequences cause causes cost costs price prices talks talk war deal peace tax trade
    ideas idea plan plans voices quotes details facts background context story stories""".split()
)
# "tsipras on the arson": of the words that end so few are plurals, and these are no names either.
_NAME_ENDS = re.compile(r"[a-z]{2}[ai]s$")
_NO_NAME_ENDING_SO = frozenset(
    """crisis analysis basis thesis emphasis hypothesis diagnosis oasis taxis visas areas cameras
    ideas gas dramas pandas agendas formulas quotas sodas pyjamas pizzas cinemas arenas bananas
    unis kiwis skis debris arthritis hepatitis genesis synthesis paralysis chassis
    commas comas diplomas dilemmas stigmas traumas sagas villas extras atlas bias christmas canvas
    texas kansas arkansas vegas themis tennis""".split()
)
_NO_NAME_ENDS = re.compile(
    r"(?:[a-z]{3}s|tion|ment|ing|ity|ness|ism|ence|ance|ship|ght|war|strike|attack|deal|crisis)$"
)
_LONGEST = 3


def read_loosely(text: str, is_quotable: IsQuotable) -> QuestionFrame | None:
    """
    Find a loose frame that the stricter ones would misread; None if there is none.

    Args:
        text: the question without its dates, quotation and final marks.
        is_quotable: whether a phrase names a party, a known speaker or a role.
    """
    for reader in (read_anyone, _his_view, _asked_last, _named_first, _opinion):
        for frame in reader(text, is_quotable):
            return frame
    return None


def read_at_last(text: str, is_quotable: IsQuotable) -> QuestionFrame | None:
    """Find what stricter frames do not know: an unknown name before "on", a party's own words."""
    for reader in (_name_on, _owned, _did, _moved):
        for frame in reader(text, is_quotable):
            return frame
    return None


def _match(pattern: str, text: str) -> re.Match[str] | None:
    return re.search(pattern, text, re.IGNORECASE)


def _his_view(text: str, is_quotable: IsQuotable) -> Iterator[QuestionFrame]:
    """Read "how many would stay, in his view": who is named in it, or was asked before."""
    match = _match(
        r"^(?P<topic>.+?)[,\s]+(?:(?:in|from)\s+(?:his|her|its|their)\s+(?:own\s+)?"
        r"(?:view|opinion|words|eyes)|according\s+to\s+(?:him|her|it|them))$",
        text,
    )
    if match:
        did = _match(rf"^(?:{_ASK}\s+)?{AUX}\s+(?P<rest>.+)$", match["topic"])
        named = _leading(did["rest"], is_quotable) if did else None
        yield QuestionFrame(*named) if named else QuestionFrame("they", unasked(match["topic"]))


def _asked_last(text: str, is_quotable: IsQuotable) -> Iterator[QuestionFrame]:
    """Read "…, what does X say?", "…, says X", "…, going by X", "…, X?"."""
    match = _match(
        rf"^(?P<topic>.+?)(?:[,;:?–—]|\s-)+\s*(?:and\s+)?"
        rf"(?:(?:what|how)\s+{AUX}\s+(?P<a>.+?)\s+(?:say|think|answer|comment|tell|reply|claim)"
        rf"(?:\s+(?:himself|herself|itself|themselves))?(?:\s+{_ABOUT}\s+(?:it|that|this))?"
        rf"|(?:says?|said|going\s+by|in\s+the\s+view\s+of|by)\s+(?P<b>.+?))$",
        text,
    )
    if match:
        subject = match["a"] or match["b"]
        topic = match["topic"]
        own = re.fullmatch(r"(?i)he|she|they|it", subject)
        inner = _leading(re.sub(rf"(?i)^{AUX}\s+", "", topic), is_quotable) if own else None
        if inner:
            yield QuestionFrame(*inner)
        elif is_quotable(subject):
            yield QuestionFrame(subject, unasked(topic))
        return
    match = _match(
        rf"^(?:what|anything)\s+(?:{AUX}\s+)*(?:heard|come|came|coming)\s+(?:out\s+)?(?:from|of)\s+"
        rf"(?P<subject>.+?)(?P<topic>\s+{_ABOUT}\s.*)?$",
        text,
    )
    if match:
        yield QuestionFrame(match["subject"], match["topic"] or "")
        return
    match = _match(r"^(?P<topic>.{8,}?)(?:,|;|\s-|\s–)\s*(?P<subject>[^,;?]+)$", text)
    if match and is_quotable(match["subject"]) and not is_quotable(match["topic"]) \
            and _match(rf"^(?:{_ASK}|{AUX})\b", text):  # fmt: skip
        bare = re.sub(rf"(?i)^{AUX}\s+(?:there\s+)?", "", unasked(match["topic"]))
        if not _match(rf"\b(?:{VERB})\b", match["topic"]):
            yield QuestionFrame(match["subject"], bare)


def _named_first(text: str, is_quotable: IsQuotable) -> Iterator[QuestionFrame]:
    """Read "X - Y", "X: Y?", "X, is it …": whoever stands first is asked about the rest."""
    match = _match(r"^(?P<subject>[^,:;–—]+?)\s*(?:[,:;–—]|\s-)+\s*(?P<topic>\S.*)$", text)
    if match is None or not is_quotable(match["subject"]):
        return
    if _match(rf"^(?:{_ASK}|{AUX}|who|did)\b", match["subject"]):
        return
    listed = _match(rf"^(?P<subject>[^:–—]+?)\s+{_ABOUT}\s", text)
    if listed and len(listed["subject"]) > len(match["subject"]) and is_quotable(listed["subject"]):
        return  # "Russia, Turkey and Ukraine on grain"
    topic = match["topic"]
    if _match(rf"^{_ABOUT}\s|^(?:and|or|vs\.?|versus)\b", topic):
        return
    asked = _match(
        rf"^{_ASK}\s+{AUX}\s+(?:he|she|it|they)\s+(?:{VERB}|{_OPINION})\s*(?P<rest>.*)$", topic
    )
    if asked is None and _match(rf"^{_ASK}\s+{AUX}\s+\S+\s+(?:{VERB})\b", topic):
        return
    short = not _match(r"\s", topic.strip())
    if short and is_quotable(topic):  # "Russia, Turkey"
        return
    yield QuestionFrame(match["subject"], asked["rest"] if asked else topic)


def _leading(text: str, is_quotable: IsQuotable, longest: int = 8) -> tuple[str, str] | None:
    """Split words into the longest beginning that names somebody, and the rest."""
    pieces = text.split()
    sizes = range(min(longest, len(pieces)), 0, -1)
    splits = [(" ".join(pieces[:size]), " ".join(pieces[size:])) for size in sizes]
    # "the head of the bank make of it": before a verb of opinion a name is over.
    splits.sort(key=lambda split: not re.match(rf"(?i)(?:{_OPINION}|{VERB})\b", split[1]))
    return next((split for split in splits if is_quotable(split[0].strip(","))), None)


def _opinion(text: str, is_quotable: IsQuotable) -> Iterator[QuestionFrame]:
    """Read "what does X make of Y", "how fast do the X say …", "how upbeat is X about Y"."""
    match = _match(
        rf"^(?P<ask>(?:{_ASK}(?P<noun>(?:\s+(?!{AUX}\b|else\b|exactly\b)[^\s,]+){{0,4}}?)\s+)?)"
        rf"(?P<aux>{AUX})\s+(?P<rest>.+)$",
        text,
    )
    if match is None:
        return
    noun, copula = match["noun"] or "", _match(r"^(?:is|was|are|were)$", match["aux"])
    found = _leading(match["rest"], is_quotable) or (None if copula else _unknown(match["rest"]))
    if found is None:
        return
    subject, rest = found
    said = _match(rf"^(?P<verb>{VERB})\b(?P<topic>.*)$", rest)
    held = _match(rf"^(?:also\s+|now\s+|really\s+)*(?:{_OPINION})\b(?P<topic>.*)$", rest)
    if copula:
        if _match(rf"\b(?:{_ATTITUDE})\b", noun) or _match(rf"^(?:{_ATTITUDE})\b", rest):
            stance = next((s for words, s in _TAKING if _match(rf"^(?:{words})\b", rest)), None)
            rest = re.sub(rf"(?i)^(?:{_VOICING})\b(?:\s+(?:for|about|of|that|to))?\s*", "", rest)
            yield QuestionFrame(subject, _joined(_thing(noun), rest), stance)
    elif said and noun:
        yield QuestionFrame(subject, _joined(_thing(noun), said["topic"]), stance_of(said["verb"]))
    elif held and match["ask"] and not said:
        yield QuestionFrame(subject, _joined(_thing(noun), held["topic"]))


def _joined(first: str, rest: str) -> str:
    return " ".join(f"{first} {rest}".split())


def _thing(noun: str) -> str:
    """Drop from "how many people", "what kind of troops" what only asks."""
    return re.sub(
        r"(?i)^(?:many|much|big|large|far|long|fast|well|bad|kind\s+of|sort\s+of)\b",
        "",
        noun.strip(),
    ).strip()


def _unknown(text: str) -> tuple[str, str] | None:
    """Split "vickie lee make of it" before a verb of opinion, if what is before can be a name."""
    match = _match(rf"^(?P<subject>.+?)\s+(?P<rest>(?:{_OPINION})\b.*)$", text)
    if match is None or not _can_be_name(match["subject"]):
        return None
    return match["subject"], match["rest"]


def _name_on(text: str, _: IsQuotable) -> Iterator[QuestionFrame]:
    """Read "vickie lee on the food": a name that nobody on record bears is a name all the same."""
    match = _match(rf"^(?P<subject>[^,:;]+?)\s+{_ABOUT}\s+(?P<topic>.+)$", text)
    if match and _can_be_name(match["subject"]):
        yield QuestionFrame(match["subject"], match["topic"])


def _owned(text: str, _: IsQuotable) -> Iterator[QuestionFrame]:
    """Read "Vilda's answer to the mutiny" of somebody who is not on record."""
    match = _match(
        rf"^(?:{_ASK}\s+{AUX}\s+)?(?P<subject>[^,:;]+?)['’]s?\s+(?:own\s+|latest\s+|first\s+)*"
        rf"(?P<noun>{NOUNS}|explanation|verdict|account|plea)\s+(?:{_ABOUT}|to|of|for)\s+(?P<topic>.+)$",
        text,
    )
    if match and _can_be_name(match["subject"]):
        yield QuestionFrame(match["subject"], match["topic"], stance_of(match["noun"]))


def _did(text: str, is_quotable: IsQuotable) -> Iterator[QuestionFrame]:
    """Read "how much red ink did Tesla own up to": whatever the verb, Tesla is asked."""
    match = _match(
        rf"^{_ASK}(?P<noun>(?:\s+(?!{AUX}\b)[^\s,]+){{1,4}}?)\s+(?:did|does|do|has|have|had|would|will"
        rf"|could|can|should)\s+(?P<rest>.+)$",
        text,
    )
    found = _leading(match["rest"], is_quotable) if match else None
    if match and found and found[1]:
        yield QuestionFrame(found[0], _joined(_thing(match["noun"]), found[1]), asks_fact=True)


def _moved(text: str, is_quotable: IsQuotable) -> Iterator[QuestionFrame]:
    """Read "what drove X to leave": X knows it best."""
    match = _match(
        r"^what\s+(?:drove|drives|led|prompted|pushed|inspired|motivated|moved|persuaded|convinced)"
        r"\s+(?P<subject>.+?)\s+(?:to|into)\s+(?P<topic>.+)$",
        text,
    )
    if match and is_quotable(match["subject"]):
        yield QuestionFrame(match["subject"], match["topic"], asks_fact=True)


def _can_be_name(phrase: str) -> bool:
    """Return whether an unknown phrase may be a name: short, and without a word that is none."""
    words = re.sub(r"(?i)^(?:the|an?)\s+", "", phrase).split()
    if not 1 <= len(words) <= _LONGEST:
        return False
    if any(word.lower().strip(".,'’") in _NO_NAME for word in words):
        return False
    last = words[-1]
    plain = last.lower()
    if _NAME_ENDS.search(plain) and plain not in _NO_NAME_ENDING_SO:
        return True
    return not _NO_NAME_ENDS.search(last.lower()) or (last[:1].isupper() and len(words) > 1)

"""
Words by which a sentence takes a stance, whatever its verb of saying is.

"You owe the families an answer," she said, demands; "We will be there on Monday" promises. Such
words are evidence, not proof: most sentences that hold one take no stance at all.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from index.types import CueClass

# A star stands for any ending.
_WORDS: dict[CueClass, str] = {
    "denied": """not never no false untrue baseless lie lies deny denies denied denying denial*
        reject* dismiss* refut* disput* nothing innocen* fake disinformation n't n’t""",
    "confirmed": """confirm* yes true indeed acknowledg* admit* conced* genuine authentic""",
    "accused": """accus* blam* responsib* guilty fault alleg* condemn* complicit criminal* violat*
        caused terror* crime crimes illegal lying because_of""",
    "declined": """declin* refus* not_comment no_comment would_not won't won’t did_not_respond
        unwilling""",
    "demanded": """demand* urg* must should need* call_for calls_for called_for call_on calls_on
        called_on ask* want* have_to appeal* request* insist* let owe stop immediately require
        required""",
    "warned": """warn* threat* risk* danger* could might if fear* caution* consequence* worr*
        concern* may predict*""",
    "promised": """promis* pledg* vow* will 'll ’ll commit* going_to guarantee* intend* plan*
        would""",
}

# "did not respond to a request", "has not commented on it", "could not be reached".
_SILENCE = re.compile(
    r"(?i)\b(?:(?:did|does|do|has|have|had)(?:\s+not|n['’]t)\s+(?:\w+\s+){0,2}?"
    r"(?:respond|comment|repl(?:y|ied)|answer|return)\w*|could\s+not\s+be\s+reached"
    r"|yet\s+to\s+(?:comment|respond|reply|answer))\b"
)


@lru_cache(maxsize=16)
def _pattern(stance: CueClass) -> re.Pattern[str]:
    plain: list[str] = []
    joined: list[str] = []
    for word in _WORDS[stance].split():
        endings = re.escape(word).replace(r"\*", r"\w*").replace("_", r"\s")
        (joined if word.startswith(("n'", "n’", "'", "’")) else plain).append(endings)
    ends = rf"|(?:{'|'.join(joined)})" if joined else ""
    return re.compile(rf"(?i)(?:(?<![^\W_])(?:{'|'.join(plain)}){ends})(?![^\W_])")


def takes_stance(text: str, stance: CueClass | None) -> bool:
    """Return whether a sentence has a word by which *stance* is taken; False for None."""
    return stance in _WORDS and bool(_pattern(stance).search(text))


def is_silence(text: str) -> bool:
    """Return whether a sentence reports that somebody said nothing."""
    return bool(_SILENCE.search(text))


def stances_worded(words: Sequence[str]) -> frozenset[CueClass]:
    """
    List the stances that a sentence has words for, as `takes_stance` finds them, but faster.

    Args:
        words: the sentence's, in order.
    """
    found: set[CueClass] = set()
    for at, word in enumerate(words):
        found |= _worded(word)
        if word in _FIRST and at + 1 < len(words):
            found |= _worded(f"{word} {words[at + 1]}")
    return frozenset(found)


_FIRST = frozenset(
    word.partition("_")[0] for all_of in _WORDS.values() for word in all_of.split() if "_" in word
)


@lru_cache(maxsize=20_000)
def _worded(written: str) -> frozenset[CueClass]:
    """List the stances that one word or two have a part in; news has few words, often."""
    return frozenset(stance for stance in _WORDS if takes_stance(written, stance))

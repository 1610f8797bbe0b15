"""
Questions about an answer, or about the bot: "are you sure?", "link?", "can you translate that?".

Each gets one line that says what it can do about it; none is a search. Only a message that is
nothing else counts. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import get_close_matches
from typing import Literal

from bot.messages.dates import written_day, written_moment
from bot.messages.elements import clip
from bot.messages.wording import ONLY_STATEMENTS, question_about
from index.types import Coverage, Introduced, Query

Aside = Literal[
    "sure",
    "wrong",
    "source",
    "translate",
    "summary",
    "quote",
    "bot",
    "write",
    "stock",
    "names",
    "why",
    "whole",
]

# How each is worded, a pattern a line: lower case, without marks. THIS stands for "that", "it" ….
_WORDINGS: dict[Aside, str] = {
    "sure": r"""
    (?:are|r) (?:you|u) (?:really |quite |absolutely )?(?:sure|certain)(?: (?:about|of) THIS)?
    is THIS (?:really )?(?:true|right|correct|accurate|reliable)
    really
    seriously
    (?:any )?(?:proof|evidence)
    how (?:do|can|would) you know(?: THIS)?
    (?:can|should) (?:i|we) trust (?:you|THIS)
    did (?:he|she|they) really say THIS
    how reliable (?:is THIS|are you)
    """,
    "wrong": r"""
    (?:you are|youre|THIS is|thats) (?:wrong|incorrect|not (?:right|true|correct)|nonsense|a lie)
    you (?:got|have) THIS wrong
    (?:THIS is |thats )?(?:the )?wrong(?: (?:answer|person|one|minister|m[ae]n|woman|name|speaker))?
    (?:you are|youre) (?:so |really )?(?:useless|stupid|bad|terrible|no help|an idiot|dumb)
    (?:bad|stupid|useless|terrible) (?:bot|answer)
    (?:he|she|they) (?:never|did not|didnt) say THIS
    """,
    "source": r"""
    where (?:is|are|was|did you (?:get|find)) THIS(?: come)?(?: from)?
    where from
    (?:the |a |any )?(?:links?|sources?|urls?)
    (?:do you have|can i (?:have|get)|give me|send me) (?:a|the|any|your) (?:links?|sources?|urls?)
    (?:whats|what is|is there|what are) (?:a|the|any|your) (?:links?|sources?|urls?)
    (?:which|what) (?:article|paper|outlet|source)(?: is THIS(?: from)?)?
    who (?:wrote|reported) THIS
    with (?:the |a )?(?:links?|sources?|urls?)
    """,
    "whole": r"""
    (?:in full|full (?:text|quotes?|length|version|context))
    WANT?(?:the |an? |any |his |her |their |its |some )*(?:full|whole|complete|entire|uncut) WHAT
    WANT?(?:the |an? )?(?:rest of the|longer) WHAT
    WANT?(?:the |an? |any |some |more )*(?:context|background|transcripts?)
    (?:is|are) there (?:an? |any |some |more )*(?:transcripts?|context|more (?:to|of) THIS)
    """,
    "translate": r"""
    (?:(?:can|could|would) you )?translate(?: THIS)?(?: (?:in)?to \w+| for (?:me|us))*
    (?:THIS )?in (?:english|german|french|spanish|italian|russian|turkish|arabic|chinese|polish)
    """,
    "summary": r"""
    (?:(?:can|could|would) you )?(?:summari[sz]e|sum up|paraphrase|rephrase|explain)(?: THIS)?
    (?:(?:can|could|would) you )?sum THIS up(?: for (?:me|us))?
    (?:a |the )?summary
    what does THIS mean
    """,
    "quote": r"""
    (?:can|may|could|should) (?:i|we) (?:quote|use|print|publish|cite) THIS
    is THIS (?:verbatim|word for word|a (?:real |direct )?quote)
    """,
    "bot": r"""
    (?:who|what) are you
    are you (?:a |an |really )*(?:bot|robot|human|person|real|ai|chatgpt|llm|machine|program|gpt)
    (?:do you|does THIS) use (?:ai|chatgpt|an llm|gpt)
    who (?:made|built|runs) you
    what do you think(?: (?:of|about) .+)?
    what(?:s| is) your (?:opinion|view|take)(?: .+)?
    (?:are you|is THIS) (?:made up|generated|hallucinat\w+)
    do you (?:make|invent) (?:THIS|things) up
    """,
    "write": r"""
    (?:(?:can|could|would) you )?(?:write|draft|compose)(?: me| us)? (?:an?|the|my|some) .+
    """,
    "stock": r"""
    how many articles(?: do you (?:have|know|hold|read)| are (?:there|indexed|in there))?
    how much do you know
    how (?:old|fresh|recent|new|up to date) (?:is|are) (?:you|your \w+|the (?:data|index|news)|THIS)
    (?:what|which) (?:articles|outlets|papers|sources|dates?) do you (?:have|know|read|cover|use)
    what(?:s| is) in (?:the|your) index
    when (?:were|was) (?:you|the index|THIS) (?:last )?updated
    """,
    "why": r"""
    why(?: so| not| is THIS| was THIS)?
    how come
    """,
    "names": r"""
    whom?(?: all| else)? (?:is|are) (?:on record|in (?:there|the index|your index)|quoted)(?: here)?
    (?:what|which) (?:people|countries|parties|names) are (?:on record|there|quoted)(?: here)?
    (?:what|which) (?:people|countries|parties|names) do you (?:have|know)
    whom?(?: all)? (?:can|could|may) i ask (?:about|for)
    """,
}

_WORDS = {
    "THIS": "(?:this|that|it|these|those|them)",
    "WANT?": (
        r"(?:(?:(?:can|could|may) (?:i|we|you) (?:have|get|see|show(?: me)?|give me)"
        r"|(?:give|show|get|send) (?:me|us)|(?:i|we) (?:need|want)|do you have|whats|what is"
        r"|wheres|where is) )?"
    ),
    "WHAT": (
        r"(?:quot(?:es?|ations?)|statements?|text|sentences?|speech|interview|wording|context"
        r"|thing|version|remarks|paragraph)(?: of THIS)?"
    ),
}


def _compiled(wordings: str) -> re.Pattern[str]:
    lines = [line.strip() for line in wordings.split("\n") if line.strip()]
    joined = "|".join(lines)
    for word, meant in reversed(_WORDS.items()):
        joined = joined.replace(word, meant)
    return re.compile(joined)


_COMPILED = {aside: _compiled(wordings) for aside, wordings in _WORDINGS.items()}
_LONGEST = 14  # words

_LINES: dict[Aside, str] = {
    "sure": (
        "Each sentence I show stands word for word in the article behind its link. Who said it is "
        "worked out by a program and can be wrong: “Why this?” and “Context” in the ⋮ menu of a "
        "statement show what it rests on."
    ),
    "wrong": (
        "Sorry. Press “Wrong” below that answer and say what is wrong: it goes to the people who "
        "run this app. “Why this?” in the ⋮ menu of a statement shows how I came to it."
    ),
    "source": (
        "The name of the outlet under each statement links to its article. “Context” in the ⋮ menu "
        "shows the sentences around it."
    ),
    "whole": (
        "I show whole sentences, word for word; nothing in them is cut. “Context” in the ⋮ menu of "
        "a statement shows the sentences around it, and the outlet’s name links to the article."
    ),
    "translate": "I can’t translate: I show sentences word for word, and only in English.",
    "summary": (
        "I write nothing myself, so I can’t put it in other words. “shorter” shows the best "
        "statement alone, “direct quotes only” the speaker’s own words."
    ),
    "quote": (
        "The words are copied from the article; open the link and check before you use them. "
        "“direct quote” means the speaker’s own words, “paraphrased by the outlet” the outlet’s."
    ),
    "bot": (
        "I’m a program that looks up who said what in the indexed articles and copies the "
        "sentences. I write nothing myself and have no opinion. Say “help” to see how to ask."
    ),
    "why": f"{ONLY_STATEMENTS} “Context” in the ⋮ menu shows the sentences around a statement.",
    "write": "I write nothing myself; I can show you who said what, word for word.",
}


def aside_of(text: str) -> Aside | None:
    """
    Return what a message asks about an answer or about the bot; None for any other message.

    Args:
        text: as `question_of` gives it.
    """
    folded = text.casefold().replace("’", "").replace("'", "").replace("-", " ")
    spoken = " ".join(re.findall(r"\w+", folded))
    spoken = re.sub(r"^(?:(?:and|but|ok|okay|so|hm|hmm|wait|sorry|hey|please|well) )+", "", spoken)
    spoken = re.sub(r"(?: (?:please|pls|thanks|then|though))+$", "", spoken)
    if not 0 < len(spoken.split()) <= _LONGEST:
        return None
    return next((aside for aside, pattern in _COMPILED.items() if pattern.fullmatch(spoken)), None)


def aside_line(aside: Aside) -> str:
    """Word the reply to an aside; "" for one that only the index can answer."""
    return _LINES.get(aside, "")


def unclear_line(text: str, previous: Query | None, name: str, *, pointing: bool) -> str:
    """
    Say that a message was not understood, and what can be said in its place.

    Args:
        text: as it was typed.
        previous: the question before it in the thread; None outside one.
        name: who was asked about there, as within a sentence; "" for nobody in particular.
        pointing: whether it points at one of those that are shown.
    """
    if pointing:
        return (
            f"I can’t tell whom or what you mean by “{clip(text, 60)}”. Name who said it (“and "
            "NAME?”, “without NAME”), or open the ⋮ menu of that statement."
        )
    begins = f"I did not understand “{clip(text, 60)}”."
    if previous is None:
        return f"{begins} Ask me who said what: “What did NAME say about TOPIC?”"
    offers = ["drop the dates"] if previous.since or previous.until else []
    offers += ["on anything"] if previous.topic and name else []
    offers += ["direct quotes only", "more", "who else?"]
    near = get_close_matches(text.casefold(), _SAYABLE, n=1, cutoff=0.7)
    offers = list(dict.fromkeys((*near, *offers)))[:3]
    listed = ", ".join(f"“{each}”" for each in offers)
    return f"{begins} Try “and NAME?”, {listed}, or ask “{question_about(name or 'NAME')}”"


# What can be said below an answer.
_SAYABLE = (
    "drop the dates", "on anything", "direct quotes only", "officials only", "newest first",
    "oldest first", "shorter", "more", "who else?", "since when?", "all again", "start over",
    "no analysts", "any date", "before that?", "anything newer?", "drop the filters",
)  # fmt: skip


def stock_line(coverage: Coverage) -> str:
    """Say how many articles there are, and how new they are."""
    noun = "article" if coverage.articles == 1 else "articles"
    line = f"{coverage.articles:,} {noun}"
    if coverage.newest:
        line += f", the newest of {written_day(coverage.newest)}"
    updated = f"; updated {written_moment(coverage.indexed_at)}" if coverage.indexed_at else ""
    return f"I look things up in {line}{updated}."


def on_record_line(names: Sequence[str]) -> str:
    """Say who is quoted most, and that there are others."""
    if not names:
        return "Nobody is on record here yet."
    quoted = f"Quoted most here: {', '.join(names)}."
    return f"{quoted} There are others: ask “{question_about(names[0])}”, or any name."


def introduction_line(found: Introduced, shown: str) -> str:
    """
    Word who somebody is.

    Args:
        found: as the engine gives it.
        shown: whom the answer above is about; "" for nobody in particular.
    """
    lines = "; ".join(found.lines)
    if found.kind == "for":
        if not found.lines:
            return f"Nobody who speaks for {found.name} is on record here."
        return f"On record for {found.name}: {lines}. Ask “What did {found.names[0]} say?”"
    if found.kind == "speaks":
        for_whom = " and ".join(found.parties)
        counted = f"for {for_whom}" if for_whom else "for no country and no organisation"
        return f"As the articles here put it: {lines}. I take that as speaking {counted}."
    if found.kind == "who":
        return f"As the articles here put it: {lines}. Ask “What did {found.names[0]} say?”"
    above = next((line for line in found.lines if shown and line.startswith(shown)), "")
    others = [line for line in found.lines if line != above]
    if not others:
        return f"Only one is on record here: {lines}."
    begins = f"The answer above is about {above}. Also on record" if above else "On record"
    name = next(name for name in found.names if not (shown and name == shown))
    return f"{begins}: {'; '.join(others)}. Ask “What did {name} say?”"

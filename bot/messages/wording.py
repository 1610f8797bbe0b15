"""
The bot's own words: its fixed sentences, and the details beside a statement. Pure.

A reader in a hurry takes each word beside a quote for a finding; what may be claimed there the
engine says, with each quote.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.messages.elements import clip
from index.labels import (
    BY_DESCRIPTION,
    CONTINUES,
    DENIED_IN_SUBSTANCE,
    FROM_CONTEXT,
    FROM_PRONOUN,
    OTHER_MATTER,
    OWN_WORDS,
    THOUGHT,
    UNATTRIBUTED,
)
from index.outcomes import ArrivalState
from index.types import Briefing, Query, Quote

_LONGEST_NAME = 60

SHARED = (
    "I do not answer in channels that are shared with another organisation. "
    "Ask me in a direct message."
)

NOT_POSTED = (
    "I can’t post there: I’m not in that channel, or it is shared with another organisation. "
    "Only you see my answer."
)

UNCONFIRMED = "My answer may not have arrived (ref {ref}). If you do not see it, ask again."

STOPPED = "Okay, I stopped."

BUSY = "Many questions came at once, and I could not take yours. Ask again in a minute."

NOT_A_MEMBER = (
    "I am not a member of that channel. Invite me there (/invite) and ask again, or ask me here."
)
ARCHIVED = "The channel you asked in is archived, so I cannot answer there. Ask me here."
GONE = "The message you asked in is gone, so I cannot answer in its thread. Ask again."
NO_PERMISSION = (
    "I lack a permission in this workspace and cannot answer (ref {ref}). "
    "Please tell your app administrator."
)

# What a click is answered with, where it is not by an answer.
TOO_OLD = "That answer is too old for its buttons. Ask again."
TOO_LATE = "That took too long to open. Please press the button again."
TOO_LONG = "The sentences are too long for a message. Open the article's link to read them."
MORE_ALREADY = "The next statements are in this thread already."
TABLE_ALREADY = "The sides stand side by side in this thread already."
SIDE_ALREADY = "That side's statements are in this thread already."
ASKED_ALREADY = "That was asked again already; the answer is in this thread."
NOTHING_LEFT = "Nothing is left of that answer: its articles were changed or withdrawn."
NOBODY_ELSE = "I found nobody else on this here."
FIRST_OF_SEVERAL = (
    "I take one question at a time: this is the first. Ask the next one in this thread."
)
NOTHING_ELSE = "I found nothing else on this: what there is stands above."
OTHERS_ABOVE = "What they said on other matters stands above."
WITHOUT_ABOVE = "What there is without these restrictions stands above."
IN_ARTICLES_ABOVE = "in the articles of the answer above"
ANOTHER_EVENT = (
    "Nothing on this stands in the articles above. What follows may be about another event:"
)
NOT_LATER = "None of this is dated later than the words above, so it may be no reply to them:"
# Of a kind of statement that the articles above do not hold.
NONE_ABOVE = {
    "confirmed": "I found no confirmation in the articles of the answer above.",
    "denied": "I found no denial in the articles of the answer above.",
}
SHOWN_ABOVE = "What I found on this stands above already."
CONSISTENT = "I found no two of these statements that clearly differ; they stand above."
MORE_OF_A_SIDE = "For more of one side, press its “Only …” button above."
DROPPED_ALREADY = "That answer is in this thread already."
NO_CHANGE = "I found no two statements that clearly differ. What was said:"
ONLY_STATEMENTS = "I can show who said what about this, not what happened or why."
ALL_ABOVE = "I can show who said what, not what happened or why; all that I found stands above."
# Who is for it and who against, a reader must judge.
NO_VERDICTS = "I can’t tell who is for it and who against. This is what was said about it:"
# Said above an answer, by what was assumed of its question.
NOTICES = {"why": ONLY_STATEMENTS, "first": FIRST_OF_SEVERAL}
NO_MORE_OF_SIDES = "Every side’s statements that I found are shown above."
SENTENCE_GONE = "This sentence is no longer in the index: its article was changed or withdrawn."
SHARED_ALREADY = "You have shared this answer already."
NOTHING_TO_SHARE = "There is nothing left to share: the articles were changed or withdrawn."
NOT_YOURS = "Only the person who asked can delete this answer."
DELETED = "The answer is deleted."
MEMBERS_ONLY = "Only members of that channel can change its settings. Join it first."
THANKS = "Thanks. Saved for the people who run this app."
NO_WORDS = "That message holds no words to look up."
ONLY_A_LINK = (
    "That message is only a link. To see who is quoted in the article, post its link in a channel "
    "I am in, or ask about it by its topic."
)
OWN_ANSWER = (
    "That is an answer of mine. To see why a statement is attributed, use “Why this?” there."
)
TOO_SHORT = "“{words}” is too short to look up. Use it on a message with a whole sentence."
NO_LINK = "That message holds no link."
LINKS_OFF = (
    "Links are not indexed here yet: no site is allowed. "
    "Your app administrator can allow sites with BOT_LINK_HOSTS."
)
# What became of a link, by the state of its article.
LINK_OUTCOMES: dict[ArrivalState, str] = {
    "indexed": "Indexed: {title}. You can ask about it now.",
    "unchanged": "Already in the index: {title}.",
    "older": "Not indexed: {title}; the index holds a newer version.",
    "withdrawn": "Not indexed: {title}; {reason}.",
    "held": "Under embargo: {title}. It is indexed when the embargo ends.",
    "waiting": "Queued: {title}. It is not indexed yet; ask about it in a few minutes.",
    "refused": "Not indexed: {reason}.",
    "failed": "Not indexed: {reason}.",
}
NO_INDEXER = (
    "Queued: {title}. The indexer is not running, so it is not indexed yet; please tell your app "
    "administrator."
)
LINK_FOR_OPERATORS = (
    "Not indexed: {title}. I may not open that address; your app administrator finds the reason "
    "with `onrecord stats`."
)
FORM_EMPTY = "Give a country or organisation, a person, or a topic."
FORM_DATES = "The end date is before the start date."

NOT_NAMED = "I could not tell who said this"

# In which words: what a quotation mark in the article vouches for, and what only the outlet does.
KINDS = {
    "direct": "direct quote",
    "indirect": "paraphrased by the outlet",
    "mixed": "partly quoted",
}
# How a label of the engine's is said beside a statement, where its own words are for machines.
LABELS = {
    FROM_CONTEXT: "speaker inferred from context",
    FROM_PRONOUN: "speaker inferred from a pronoun",
    DENIED_IN_SUBSTANCE: "amounts to a denial",
    BY_DESCRIPTION: "my guess: taken to be whom you described",
}
_SAYING = frozenset("said say says saying told tells tell".split())
# Labels that other words of the same line already say.
_SILENT = frozenset({CONTINUES, "direct", "indirect", "mixed"})


NO_MEMORY = (
    "I can answer questions, but cannot keep anything right now, so this does not work (ref "
    "{ref}). Please tell your app administrator: the bot’s state folder is full or cannot be "
    "written."
)
FAILED = "I could not search the articles (ref {ref})."


def question_about(name: str) -> str:
    """Word a question about somebody: *name* as it stands within a sentence."""
    return f"What did {clip(name, _LONGEST_NAME)} say?"


def session_title(understood: str) -> str:
    """Make what a question was taken for the title of a conversation: "Russia on the tank"."""
    for begins in ("Statements by ", "Statements "):
        if understood.startswith(begins) and understood != begins:
            understood = understood.removeprefix(begins)
    return capitalised(understood.replace(" · about ", " on ", 1))


def capitalised(text: str) -> str:
    """Begin a line with a capital; a name with one of its own ("al-Sadik", "eBay") stays."""
    first = text.split(maxsplit=1)[:1]
    return text[:1].upper() + text[1:] if first and first[0].islower() else text


def party_to_show(quote: Quote) -> str:
    """Name the party of *quote*, or "" where its speaker or role names it already."""
    if quote.names_party or _begins_with(quote.role or "", quote.party or ""):
        return ""
    return clip(quote.party or "", 80)


def _begins_with(role: str, party: str) -> bool:
    """Return whether *role* begins with *party*: "Russia’s ambassador", "the US ambassador"."""
    first = re.sub(r"(?i)^the\s+|['’]s?(?=\s)|\.", "", role).split(maxsplit=1)[:1]
    initials = "".join(word[0] for word in party.split())
    if not first or not party or not first[0][:1].isupper():
        return False
    root = party.casefold()[:_ROOT]
    return first[0] == initials or (len(root) >= _ROOT and first[0].casefold().startswith(root))


_ROOT = 5  # letters that "Russia" and "Russian" share


def notes_on(group: Sequence[Quote]) -> list[str]:
    """List how the words of one statement are reported: stance, wording, doubts."""
    quote = group[0]
    cue = stance_note(group)
    own = OWN_WORDS in quote.labels
    notes = [*([cue] if cue else []), *([] if own else [KINDS[quote.kind]])]
    silent = _SILENT | ({UNATTRIBUTED} if quote.speaker is None else set())
    if (quote.cue_text or "").casefold() in _SAYING:
        silent |= {THOUGHT}
    notes += [LABELS.get(label, label) for label in quote.labels if label not in silent]
    # A guess is what a reader must see first.
    notes.sort(key=lambda note: note != LABELS[BY_DESCRIPTION])
    return [clip(note, 80) for note in dict.fromkeys(notes)]


def stance_note(group: Sequence[Quote]) -> str:
    """
    Give a statement's stance: "denied", or the article's own words where it is negated.

    Args:
        group: the sentences of one statement.

    Returns:
        "" for plain saying, and where no shown sentence holds the cue.
    """
    said = next((q for q in group if q.cue == group[0].cue and q.stance), None)
    if said is None:
        return ""
    # Who rejects a demand denies nothing.
    refused = said.stance == "denied" and _REJECTS.match(said.cue_text or "")
    return f"{refused['verb'].lower()}ed" if refused else said.stance


_REJECTS = re.compile(r"(?i)(?P<verb>reject|dismiss|rebuff)(?:s|es|ed|ing)?\b")


def reason_of(briefing: Briefing) -> str:
    """Say why there is no answer, as a sentence."""
    reason = clip(briefing.reason or "No statement found.", 1_000)
    return reason if reason.endswith(IN_ARTICLES_ABOVE) else as_sentence(reason)


def as_sentence(text: str) -> str:
    """End *text* with a full stop, where it has no other end."""
    return text if re.search(r"[.!?…][”’\"')\]]*$", text) else f"{text}."


def _matter(query: Query) -> str:
    """Quote the topic; of "how much, the fine" only what was talked of before."""
    topic = query.topic or ""
    kept = topic.partition(", ")[2] if query.clause else ""
    return f"“{clip(kept or topic, 60)}”"


def doubt_of(briefing: Briefing) -> str:
    """Word what stands above statements that are perhaps about something else than was asked."""
    if not briefing.query.topic or briefing.query.order != "best":
        return ""
    topic = _matter(briefing.query)
    if briefing.nearest_kind in ("above", "page"):
        return f"Not in so many words about {topic}:"
    doubtful = {q.article_id for q in briefing.quotes if OTHER_MATTER in q.labels}
    sure = {q.article_id for q in briefing.quotes if OTHER_MATTER not in q.labels}
    if not sure:
        return f"Nothing on {topic} in so many words. What comes nearest:"
    if doubtful <= sure:
        return f"In the same articles, not in so many words about {topic}:"
    return f"Not in so many words about {topic}, perhaps on something else:"


KINDS_OF = {
    "denied": "denials",
    "confirmed": "confirmations",
    "accused": "accusations",
    "declined": "refusals",
    "demanded": "demands",
    "warned": "warnings",
    "promised": "promises",
}
_NEAREST = {
    "above": "Not an answer. In the articles of the answer above, they said:",
    "filters": "Not an answer, but what there is without these restrictions:",
    "matters": "Not an answer. Other statements by those asked about:",
    "event": "Not an answer. What the same articles say, and last what may be another event:",
    "party": "Not an answer, but related statements by the same side:",
    "others": "Not an answer, but related statements by others:",
}


def nearest_note(briefing: Briefing) -> str:
    """Warn of what follows an abstention: whose statements it is, if not those asked for."""
    if briefing.nearest_kind == "kind":
        return f"Not surely an answer. Their {KINDS_OF[briefing.query.stance or '']} on record:"
    if briefing.nearest_kind == "above" and briefing.query.topic and not briefing.query.stance:
        return f"Not in so many words about {_matter(briefing.query)}:"
    return _NEAREST.get(briefing.nearest_kind, "Not an answer, but related statements:")


def names_note(briefing: Briefing) -> str:
    """Offer names on record where nobody bears the one that was asked for; "" elsewhere."""
    if briefing.nearest:
        return ""  # those who spoke of the matter are named there
    names = ", ".join(clip(name, 60) for name in briefing.names)
    return f"On record here, among others: {names}." if names else ""


def no_more(shown: int, query: Query, name: str) -> str:
    """
    Say that nothing follows: what was shown, and where else to look.

    Args:
        shown: statements of all pages.
        query: what was asked for; its topic may have left some of the speaker's out.
        name: who was asked about, as within a sentence; "" for nobody in particular.
    """
    if not shown:
        return "No statement was found on this question, so there is no more of it."
    counts = {1: "The one statement", 2: "Both statements"}
    count = counts.get(shown, f"All {shown:,} statements")
    verb = "are" if shown != 1 else "is"
    line = f"{count} that I found on this question {verb} shown."
    if query.topic and name:
        name = f"the {name[4:]}" if name.startswith("The ") else name
        return f"{line} For all of theirs on record, ask “{question_about(name)}”"
    return f"{line} Others may use other words: ask for another topic or other dates."


def on_behalf(name: str) -> str:
    """Say that all below is by others, who speak for whoever was asked about."""
    name = clip(name, 60)
    return f"Nothing by {name} is on record here. This is by those who speak for {name}:"


def also_named(others: Sequence[str]) -> str:
    """Say who else on record has the surname that was asked for."""
    return f"Also on record with this name: {'; '.join(clip(each, 120) for each in others[:3])}."


def is_corrected(title: str) -> bool:
    """Return whether an article's title says that it corrects something."""
    folded = title.strip().casefold()
    return folded.startswith("correction") or "corrected" in folded

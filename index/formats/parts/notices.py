"""
Lines of a page or feed that are not the article's: teasers, notices, buttons, captions.

"READ MORE: Minister says trains will stop" would be a statement by "Minister". A paragraph goes
only if it is short and is such a line from its first word to its last; a report about cookies,
subscriptions or rights stays. Pure; no I/O.
"""

from __future__ import annotations

import re

_LONGEST = 300
# Followed by a colon or alone: "Related:", "Watch |".
_TEASERS = (
    r"read (?:more|also|next|too|on)",
    r"(?:see|learn|find out|discover|view) (?:more|also)",
    r"also (?:read|see|on \w+)",
    r"must[ -]read",
    r"don['’]t miss",
    r"more (?:on|from|about|like) (?:this|the|our)\b.{0,40}",
    r"more (?:stories|news|coverage)",
    r"related(?: (?:articles?|stor(?:y|ies)|coverage|content|news|posts?|links?|topics?|reading))?",
    r"recommended(?: (?:reading|stories|articles|for you))?",
    r"you (?:may|might) also (?:like|be interested in)",
    r"(?:what to read|up|most (?:read|popular|viewed))(?: next)?",
    r"in case you missed it|editor['’]?s['’]? picks?",
    r"trending(?: now| stories)?",
    r"from the archives?",
    r"(?:watch|listen)(?: now| live| here| to this| this| more| below)?",
    r"(?:video|photos?|gallery|podcast|in pictures|explainer|analysis|opinion)",
    r"(?:click|tap) here",
)
# Without a colon: the rest of the line is the other article's title.
_POINTERS = (
    r"read (?:more|also) (?:about|on|at|from|in|here|stories|coverage)\b.*",
    r"(?:click|tap) here (?:to|for)\b.*",
)
_NOTICES = (
    r"the (?:post|article|story) .{1,200} (?:appeared|was published) first on .{1,80}",
    r"(?:this|the) (?:post|article|story|piece) (?:was )?(?:first |originally )?"
    r"(?:appeared|published|ran)(?: first| originally)? (?:on|in|by|at) .{1,120}",
    r"sign[ -]?up (?:to|for|here|now|today)\b.{0,120}\b(?:newsletters?|emails?|inbox|alerts?|"
    r"updates?|briefings?|account|free)\b.{0,120}",
    r"sign[ -]?up(?: (?:here|now|today))?",
    r"subscribe(?: (?:to|for|now|here|today)\b.{0,250})?",
    r"(?:get|receive) (?:the |our |all the )?(?:latest|breaking|daily|top|best|more)\b.{0,120}\b"
    r"(?:inbox|newsletters?|email|alerts|app|delivered)\b.{0,80}",
    r"(?:follow|like|join|find) (?:us|him|her|them|me|[A-Z][\w.]+(?: [A-Z][\w.]+){0,3}) on "
    r"(?:twitter|facebook|instagram|x|linkedin|youtube|tiktok|whatsapp|telegram|threads|bluesky"
    r"|google news)\b.{0,150}",
    r"(?:share|save|print|email|tweet|bookmark)(?: this)?(?: (?:article|story|page|post|on \w+))?",
    r"(?:advertisements?|advertising|sponsored(?: content)?|promoted|loading|continue reading|"
    r"(?:show|load) more|skip (?:to content|advertisement)|back to top)",
    r"(?:story|article|text) continues (?:below|after)\b.{0,60}",
    r"(?:scroll|keep scrolling)(?: down)? (?:for|to)\b.{0,60}",
    r"download (?:the|our) .{0,60}\bapp\b.{0,80}",
    r"(?:support|donate to|become a (?:member|supporter) of) (?:our|the|us|independent|quality)\b"
    r".{0,60}\b(?:journalism|newsroom)\b.{0,120}",
    r"(?:have|got) a (?:news )?tip\?.{0,200}",
    r"(?:contact|email|write to|reach) (?:the |our |this )?(?:author|reporter|newsroom|editors?|us)"
    r"\b.{0,40}@.{0,120}",
    r"(?:copyright\b|©|\(c\)).{0,200}",
    r"all rights reserved\b.{0,200}",
    r"(?:this|the) (?:material|article|content|story|text)\b.{0,80}\bmay not be (?:published|"
    r"reproduced|copied|redistributed)\b.{0,150}",
    r"(?:we|this (?:site|website)) uses? cookies\b.{0,280}",
    r"by (?:continuing|using|clicking|signing up)\b.{0,160}\b(?:cookies|terms|privacy)\b.{0,120}",
    r"(?:log|sign) in(?: (?:to|or|here)\b.{0,80})?",
    r"(?:create|register for) an? (?:free )?account\b.{0,100}",
    r"already (?:a |an |have an? )?(?:subscriber|subscribed|member|registered|account)\b.{0,80}",
    r"(?:view|read|post|leave|see|show|join)(?: (?:all|a|the|our|\d+))? "
    r"(?:comments?|discussion|conversation)\b.{0,60}",
    r"(?:follow|no) author",
    r"view all posts by .{1,60}",
    r"(?:last )?updated?(?: on| at)?:? .{0,12}\d.{0,50}",
    r"(?:photo(?:graph)?|image|picture|credit)s?(?: credits?)?(?: by)?\s?[:/].{1,120}",
)
_EDGE = r"[\W_]{0,4}"
_WHOLE = re.compile(rf"{_EDGE}(?:{'|'.join(_NOTICES)}|{'|'.join(_POINTERS)}){_EDGE}", re.IGNORECASE)
_BEFORE_COLON = re.compile(
    rf"{_EDGE}(?:{'|'.join(_TEASERS)})\s*(?:[:|»>→…\]]|{_EDGE}\Z)", re.IGNORECASE
)
_POINTER = re.compile(rf"{_EDGE}(?:{'|'.join(_POINTERS)}){_EDGE}", re.IGNORECASE)
_CREDIT = re.compile(r"\W{0,4}(?:photo(?:graph)?|image|picture|credit)s?\b", re.IGNORECASE)
_CAPTION_END = re.compile(
    r"[(\[](?:file )?(?:photo(?:graph)?|image|picture|credit|pic)s?(?: credits?| by| courtesy of)?"
    r"\s?[:/]?\s?[^()\[\]]{0,80}[)\]][\s.]*\Z",
    re.IGNORECASE,
)


def is_notice(line: str) -> bool:
    """Return whether a whole paragraph is a teaser, a notice, a button or a picture's caption."""
    line = line.strip()
    if not line or len(line) > _LONGEST:
        return False
    return bool(_WHOLE.fullmatch(line) or _BEFORE_COLON.match(line) or _CAPTION_END.search(line))


def notice_kind(line: str) -> str | None:
    """Name what a line is: "teaser", "caption", "cookies", "notice"; None where it is none."""
    line = line.strip()
    if not is_notice(line):
        return None
    if _BEFORE_COLON.match(line) or _POINTER.fullmatch(line):
        return "teaser"
    if _CAPTION_END.search(line) or _CREDIT.match(line):
        return "caption"
    return "cookies" if "cookie" in line.casefold() else "notice"


def without_notices(text: str, separator: str = "\n\n") -> str:
    """
    Leave out the paragraphs of *text* that are notices.

    Args:
        text: paragraphs.
        separator: what stands between two of them.
    """
    return separator.join(part for part in text.split(separator) if not is_notice(part))

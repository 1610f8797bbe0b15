"""
Lines of a page or feed that are not the article's: teasers, notices, buttons, captions.

"READ MORE: Minister says trains will stop" would be a statement by "Minister". A paragraph goes
only if it is short and is such a line from its first word to its last; a report about cookies,
subscriptions or rights stays. Pure; no I/O.
"""

from __future__ import annotations

import re

_LONGEST = 300
_MONTHS = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    "oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
_WEEKDAYS = "(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tue|wed|thu|fri|sat|sun"
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
    r"(?:copyright\b|©|\(c\)).{0,290}",
    r"(?:this|the) (?:article|content|text) is (?:the )?copyright(?:ed)?\b.{0,250}",
    r"help us (?:to )?(?:continue|keep|spread|reach)\b.{0,120}",
    r".{0,60}\bcreated:? .{4,25} [-–|] (?:last )?(?:modified|updated):? .{4,30}",
    r"(?:release|publication|publishing|issue) date:?",
    r"(?:www\.)?[\w-]{2,40}\.(?:com|org|net|co\.uk|info)",
    # Small print: "*Prices are estimates."
    r"\*{1,3}(?-i:[A-Z])(?![^\n]*\b(?:said|says|told)\b)[^“”\"\n]{10,280}",
    r"like (?:this|loading):?[\W]*|click to (?:share|email|print)\b.{0,80}|share (?:this|on \w+):?",
    r"(?:for|to get) the latest (?:news|stories|headlines)\b.{0,120}\b(?:apps?|download|follow|"
    r"subscribe|sign up|visit)\b.{0,80}",
    r"(?:do you )?want to (?:be informed|stay informed|know more|get more)\b.{0,80}\?.{0,200}",
    r"we(?:['’]d| would|) (?:want|love|like) to hear (?:from you|what you think)\b.{0,200}",
    r"(?:submit|send us|write) (?:your|a) (?:letter|tip|story|photos?)\b.{0,120}",
    r"follow .{2,60} on (?:twitter|facebook|instagram|x|linkedin|youtube)\b.{0,200}",
    r"(?:view|open|read) this (?:e-?mail|message|newsletter) in (?:your|a) (?:web )?browser.{0,40}",
    r"unsubscribe\b.{0,120}|(?:to )?(?:unsubscribe|update your preferences)\b.{0,120}",
    r"you (?:are receiving|received) this (?:e-?mail|message|newsletter)\b.{0,200}",
    r"(?:categor(?:y|ies)|tags?|tagged|filed under|topics?|posted in|labels?)\s?:.{1,200}",
    r"our standards: .{0,80}trust principles.{0,20}",
    r"this (?:post|article|story) (?:may )?contains? (?:affiliate links|references to products)\b"
    r".{0,250}",
    r"if you (?:enjoyed|liked) this (?:story|article|post)\b.{0,200}|[\d,.]+k? followers",
    r"(?:(?:this|the) (?:article|page|story) was )?printed from .{1,200}|"
    r"https?://\S+|(?:loading )?comments?\W*|\d+ of \d+",
    r"\d+ min(?:ute)?s? read",
    r"related (?:videos?|articles?|stories|posts?)(?: ?more from author)?|more from author|"
    r"featured (?:slide ?shows?|videos?)|latest update .{0,40}\d{4}.{0,20}",
    r"(?:share|facebook|twitter|whatsapp|e-?mail|telegram|linkedin|pinterest|reddit|print)"
    r"(?: (?:share|facebook|twitter|whatsapp|e-?mail|telegram|linkedin|pinterest|reddit|print))+",
    r"(?:next video starts in|now watching)\b.{0,40}",
    r"(?:descriptions|subtitles|captions) off, selected",
    r"(?:unfortunately, )?this video is not available\b.{0,80}|loading .{0,40}\.\.\.",
    r"join our .{0,60}\b(?:facebook|whatsapp|telegram|discord)\b.{0,100}",
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
    r"(?:last )?(?:updated?|modified)(?: on| at)?:? .{0,12}\d.{0,50}|last modified:",
    r"(?:photo(?:graph)?|image|picture|credit)s?(?: credits?)?(?: by)?\s?[:/].{1,120}",
)
# About the text: agencies and ministries put these around and under it.
_SIGNS = (
    r"\(?(?:additional )?(?:reporting|writing|editing|compiled|translated|written)(?: and \w+)? "
    r"by:? (?-i:[A-Z])[\w.'’-]*(?:[ ,;/]{1,3}(?:(?-i:[A-Z])[\w.'’-]*|and|in|&|editing|writing|"
    r"additional|reporting|graphics|by)){0,30}[.)]{0,2}",
    r"(?-i:(?!and/or|yes/no|he/she|his/her)[a-z]{2,4}(?:/[a-z]{2,4}){1,4})",
    r"\(?more(?: to (?:come|follow))?\)?|attention [-–—] .{2,80}///|/{3}|#{3}|-? ?ends ?-?",
    r"(?:press|news|media) (?:release|statement)|for immediate release",
    r"(?:news )?date ?: ?\d.{0,30}\bcategory ?:.{1,60}",
    r"(?:media|press) (?:enquiries|inquiries|contacts?)\b.{0,200}",
)
_DATES = re.compile(
    r"(?:(?:first |last )?(?:published|posted|updated|released?|issued|date)(?: date)?"
    rf"(?: on| at)?:? ?)?(?:{_WEEKDAYS},? )?"
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)? (?:{_MONTHS})\.?,? \d{{4}}|"
    rf"(?:{_MONTHS})\.? \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}|\d{{4}}-\d{{2}}-\d{{2}})"
    r"(?:,? (?:at )?[|·–—-]? ?\d{1,2}[:.]\d{2}(?::\d{2})?(?: ?[ap]\.?m\.?)?(?: [A-Z]{2,4})?)?"
    r"(?: \|.{1,150})?",
    re.IGNORECASE,
)
_EDGE = r"[\W_]{0,4}"
_WHOLE = re.compile(rf"{_EDGE}(?:{'|'.join(_NOTICES)}|{'|'.join(_POINTERS)}){_EDGE}", re.IGNORECASE)
_BEFORE_COLON = re.compile(
    rf"{_EDGE}(?:{'|'.join(_TEASERS)})\s*(?:[:|»>→…\]]|{_EDGE}\Z)", re.IGNORECASE
)
_SIGN = re.compile(rf"(?:{'|'.join(_SIGNS)})", re.IGNORECASE)
_LONG_LINE, _FEWEST_TEASERS = 70, 2
_BREAKS_OFF = re.compile(
    r"(?:…|\.\.\.)\s*(?:\[?(?:read |continue )?(?:more|reading)\b\W*)?\Z", re.I
)
# A feed's text breaks off: at an ellipsis, or with the button that leads to the rest.
_ELLIPSIS = re.compile(r"(?:…|\.\.\.|[\[(](?:…|\.{3}|more(?:…|\.{3})?)[\])])\W*\Z", re.IGNORECASE)
_REST = re.compile(
    r"(?:…|\.\.\.|[\[(](?:…|\.{3})[\])])?[\W_]{0,4}"
    r"(?:(?:continue|keep) reading\b.{0,250}|read (?:more|on)(?: (?:at|on) .{1,60})?|more|"
    r"(?:click here to )?(?:read|view|see) (?:the |this )?"
    r"(?:(?:full|whole|rest of the|entire|original|complete) )?"
    r"(?:article|story|post|text|report|entry|item)\b.{0,120}|"
    r"(?:for |click (?:here )?(?:for )?)?(?:the )?(?:full|whole) (?:article|story|text)\b.{0,60})"
    r"[\W_]{0,6}",
    re.IGNORECASE,
)
_ENDS_WITH_REST = re.compile(
    r"[.!?…][\"”’)\]]*\s+\W{0,3}(?:continue reading|read more)\W*\Z", re.IGNORECASE
)
_BIO = re.compile(
    r"\W{0,3}([A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){1,3}),? "
    r"(?:is (?:an?|the|our|based|senior|editor)|covers|writes|reports)\b.{0,600}\Z"
)
_WRITERS = re.compile(
    r"\bis (?:an?|the|our)\b[^.]*\b(?:founder|consultant|author|writer|columnist|contributor|"
    r"journalist|professor|lecturer|analyst|fellow|attorney|economist|historian|editor)\b(?![^.]*\bsaid\b)",
    re.IGNORECASE,
)
_REACHED = re.compile(r"\bfollow (?:him|her|them)\b|@\w|can be reached|e-?mail (?:him|her)\b", re.I)
_CORRECTION = re.compile(
    r"\W{0,4}(?:corrections?|clarifications?|corrected|editor['’]?s['’]? note|editors['’] note)"
    r"(?: (?:\(|on |appended|\d|[A-Z][a-z]+ \d)[^:.]{0,60})?\s*[:–—]\s.{0,2000}",
    re.IGNORECASE,
)
_POINTER = re.compile(rf"{_EDGE}(?:{'|'.join(_POINTERS)}){_EDGE}", re.IGNORECASE)
_CREDIT = re.compile(r"\W{0,4}(?:photo(?:graph)?|image|picture|credit)s?\b", re.IGNORECASE)
_CAPTION_END = re.compile(
    r"[(\[](?:file )?(?:photo(?:graph)?|image|picture|credit|pic)s?(?: credits?| by| courtesy of)?"
    r"\s?[:/]?\s?[^()\[\]]{0,80}[)\]][\s.]*\Z|"
    r"[.!?] (?:photo(?:graph)?(?: by)?:?|credit:?|by) (?-i:[A-Z][A-Z.&'’ -]{6,60})\Z",
    re.IGNORECASE,
)
# Advertisements hide their words behind letters that look alike: "Аdvеrtіѕе" is half Cyrillic.
_DISGUISED = re.compile(r"\b(?=\w*[A-Za-z])(?=\w*[\u0400-\u04ff])\w{3,}")
_FEWEST_DISGUISED = 3


def is_notice(line: str) -> bool:
    """Return whether a whole paragraph is a teaser, a notice, a button or a picture's caption."""
    line = line.strip()
    if sum(1 for _ in _DISGUISED.finditer(line)) >= _FEWEST_DISGUISED:
        return True
    if not line or len(line) > _LONGEST:
        return False
    if is_about(line) or not any(map(str.isalnum, line)):
        return True
    return bool(_WHOLE.fullmatch(line) or _BEFORE_COLON.match(line) or _CAPTION_END.search(line))


def is_about(line: str) -> bool:
    """Return whether a line says only when or by whom the text was written, or where it ends."""
    line = line.strip()
    return bool(line) and bool(_SIGN.fullmatch(line) or _DATES.fullmatch(line.strip(" .|·–—-")))


def notice_kind(line: str) -> str | None:
    """Name what a line is: "teaser", "caption", "cookies", "notice"; None where it is none."""
    line = line.strip()
    if _CORRECTION.fullmatch(line):
        return "correction"
    if not is_notice(line):
        return None
    if _BEFORE_COLON.match(line) or _POINTER.fullmatch(line):
        return "teaser"
    if is_about(line):
        return "about"
    if _CAPTION_END.search(line) or _CREDIT.match(line):
        return "caption"
    return "cookies" if "cookie" in line.casefold() else "notice"


def without_cut_teasers(text: str) -> str:
    """
    Take off, in the second half, the beginnings of other articles: "… delivered... more".

    One line may end with an ellipsis; several are teasers, and a sentence that is cut short is not
    what was said.
    """
    lines = text.split("\n")
    last = range(max(1, len(lines) // 2), len(lines))
    cut = [at for at in last if len(lines[at]) >= _LONG_LINE and _BREAKS_OFF.search(lines[at])]
    if len(cut) < _FEWEST_TEASERS:
        return text
    return "\n".join(line for at, line in enumerate(lines) if at not in cut)


def breaks_off(text: str) -> bool:
    """Return whether the text of a feed's entry is but the beginning of its article."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    while lines:
        last = lines.pop()
        if _REST.fullmatch(last) or _ENDS_WITH_REST.search(last):
            return True
        if not is_notice(last):
            return _ELLIPSIS.search(last) is not None
    return False


def without_bio(text: str, byline: str | None) -> str:
    """Take off a last paragraph that tells who wrote the text: "Ines Jahn is a reporter …"."""
    head, _, last = text.rpartition("\n")
    found = _BIO.match(last)
    named = found and byline and found[1].casefold() in byline.casefold()
    # Somebody of whom the text does not speak, and who only is something: who wrote it.
    unknown = found and _WRITERS.search(last, 0, 160) and found[1].split()[-1] not in head
    wrote = named or unknown or _REACHED.search(last)
    return head if head.strip() and found and wrote else text


def without_corrections(text: str) -> tuple[str, str | None]:
    """
    Take the corrections out of a text, a line a paragraph, and give them apart; None for none.

    What was wrong is told there: "an earlier version said that she is a pilot" is no statement.
    """
    lines = text.split("\n")
    found = [line for line in lines if _CORRECTION.match(line)]
    kept = "\n".join(line for line in lines if line not in found)
    return (kept, " ".join(found)) if found and kept.strip() else (text, None)


def without_notices(text: str, separator: str = "\n\n") -> str:
    """
    Leave out the paragraphs of *text* that are notices.

    Args:
        text: paragraphs.
        separator: what stands between two of them.
    """
    return separator.join(part for part in text.split(separator) if not is_notice(part))

"""
Pages that hold no article, or not all of it: each is refused in one clause.

A site answers "200 OK" with an error page, a page that sends on to another, a question about
cookies, its front page, or the beginning of an article that only subscribers can read. Pure but
for the tree it reads.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from lxml.html import HtmlElement

_SHORT, _TINY, _TINY_START = 900, 500, 250
_FEW_WORDS = 5


def _any(*forms: str) -> re.Pattern[str]:
    return re.compile("|".join(forms), re.IGNORECASE)


_ERROR_TITLE = _any(
    r"(?:error|http)?\W*(?:40\d|41\d|50\d)\b(?:\W.{0,60})?",
    r"(?:the )?(?:page|article|story|file|content|site|url)?\s*(?:is |was |has been |could )?"
    r"(?:not|no longer|cannot be|removed|moved)(?: be)?\s*(?:found|available|exists?|here)?",
    r"access denied|forbidden|just a moment|attention required|are you (?:a )?(?:robot|human)",
    r"service unavailable|security check|one more step|pardon our interruption",
    r"(?:site )?(?:is )?(?:under|down for) (?:maintenance|construction)",
    r"(?:please )?verify (?:that )?you are .{0,10}human|checking your browser.{0,40}",
    r"request (?:blocked|rejected|could not be satisfied)|bad gateway|internal server error",
    r"oops.{0,40}|sorry.{0,40}|whoops.{0,40}|gone|redirecting.{0,20}|moved(?: permanently)?",
    r"(?:log|sign) ?in|subscribe|register|unsupported browser",
    r"javascript (?:is )?(?:disabled|required)",
)
_ERROR_TEXT = _any(
    r"(?:page|article|story|content|link|url|address)\b[^.!?]{0,80}\b(?:could ?n[o'’]t be found|"
    r"can(?:no|['’])t be found|can not be found|was ?n[o'’]t found|no longer (?:exists?|available)|"
    r"does ?n[o'’]t exist|(?:been|was) (?:moved|removed|deleted)|not available)",
    r"we (?:can['’]?t|cannot|couldn['’]?t|could not) (?:seem to )?find (?:the|that|this) "
    r"(?:page|article|story)",
    r"(?:enable|turn on) (?:javascript|cookies|js)\b|javascript is (?:disabled|required)",
    r"checking your browser|unusual (?:traffic|activity)|are you a robot",
    r"verify (?:that )?you(?:['’]re| are) (?:a |not a )?(?:human|robot)",
    r"access to this (?:page|site) (?:has been|is) denied|you do ?n[o'’]t have permission",
    r"not available in your (?:country|region|location)",
    r"unavailable (?:in|to|for) (?:your|readers|visitors)\b",
    r"(?:temporarily|currently) (?:unavailable|down|offline)|try (?:again later|our search)",
    r"redirected (?:automatically|in a)",
)
_COOKIES = _any(
    r"\bcookies?\b|\bconsent\b|privacy (?:policy|settings|preferences)",
    r"legitimate interests?|(?:manage|review) (?:your|my) (?:choices|options)|accept all\b",
    r"personal(?:i[sz]ed)? (?:data|ads)|\b(?:our|and our) \d* ?partners\b",
)
_COOKIE_TITLE = _any(
    r"we (?:value|respect|care about) your privacy|before you continue.{0,30}|we use cookies",
    r"your privacy(?: (?:choices|matters|settings))?|cookie (?:consent|notice|policy|settings)",
    r"(?:manage|your) (?:your )?(?:cookie|consent|privacy) (?:preferences|choices|settings)",
)
_PAYWALL = _any(
    r"(?:this|the) (?:article|story|content|report|page) is (?:only )?(?:available |reserved )?"
    r"(?:exclusively )?(?:for|to) (?:our |paying |registered |premium )*(?:subscribers|members)",
    r"(?:for|to) subscribers only|subscriber[- ]only|exclusive (?:to|for) (?:our )?subscribers",
    r"(?:subscribe|sign (?:up|in)|log in|register|create an? (?:free )?account)\b[^.!?]{0,60}\bto "
    r"(?:(?:keep|continue|finish)(?: reading)?\b|(?:read|unlock|access|view|see) "
    r"(?:this|the|our|all|more|on|unlimited)\b)",
    r"to (?:continue|keep) reading\b|(?:continue|keep) reading (?:this|with|for|by)\b",
    r"you(?:['’]ve| have) (?:reached|used|read|hit) (?:your|all|the)\b[^.!?]{0,60}\b"
    r"(?:articles?|limit)",
    r"already (?:a |an )?(?:subscriber|subscribed)|already have an? (?:account|subscription)",
    r"unlock (?:this|the full|unlimited)|read the (?:full|whole|rest of the) (?:article|story)",
    r"\d+ (?:free )?articles? (?:left|remaining)|start your (?:free )?trial",
    r"your subscription (?:helps|makes|supports)",
)
# Below these words nothing of the article follows, wherever they stand.
_CUT_HERE = _any(
    r"\W{0,3}to (?:view|read|see|access|continue reading) (?:the )?"
    r"(?:full|whole|entire|rest of the) (?:story|article)\b,? "
    r"(?:please )?(?:subscribe|sign|log ?in|register|join|become)\b",
)
# A prompt says so in its first words, among the last lines: "open to members only" is news.
_PROMPT_LINES, _PROMPT_START = 6, 60
_LONGEST_PROMPT = 300
_SIGNATURE = re.compile(r"\n\W{0,2}[A-Z][\w.'’-]*(?:[ /,]+[A-Z][\w.'’-]*){0,4}\W{0,2}\Z")
_ENDS = re.compile(r"[.!?…:;][\"”’')\]]*\s*\Z|[”\"]\s*\Z")
_WORD = re.compile(r"[^\W\d_]{4,}")
_STEM = 5
_FEW_PICTURES = 2
_SENTENCE_END = re.compile(r"[.!?][\"”’')\]]*\s*\Z")
_REPORTS = re.compile(r"[“”\"]|\b(?:said|says|told)\b")
# A page with so many paragraphs of such a length is no list.
_PROSE, _FEW_PARAGRAPHS, _MANY_LINES, _MANY_CARDS = 120, 3, 8, 5
_FRONT = re.compile(r"/?(?:index\.\w{2,5}|home/?|default\.\w{2,5})?", re.IGNORECASE)


def refresh_target(tree: HtmlElement) -> str | None:
    """Name the address that a page sends browsers on to; None for one that is to be read."""
    for meta in tree.xpath("//meta[@http-equiv and @content]"):
        if meta.get("http-equiv").strip().lower() == "refresh":
            delay, _, target = meta.get("content").partition(";")
            # News sites reload themselves every few minutes.
            seconds = float(delay.strip()) if re.fullmatch(r"\s*\d{1,6}(?:\.\d+)?\s*", delay) else 0
            address = re.sub(r"^\s*url\s*=\s*['\"]?|['\"]\s*$", "", target, flags=re.IGNORECASE)
            if address.strip() and seconds <= 10:
                return str(address.strip())
    return None


def no_article(tree: HtmlElement, title: str, description: str | None, text: str) -> str | None:
    """
    Say why a page is no article; None if it is one.

    Args:
        tree: the page.
        title: as chosen.
        description: what its metadata says it is about.
        text: what was taken for the article.
    """
    window = " ".join((tree.findtext(".//title") or "").split())
    headings = [" ".join(one.text_content().split()) for one in list(tree.iter("h1"))[:3]]
    short = len(text) < _SHORT
    target = refresh_target(tree)
    if target and short:
        return f"the page only sends readers on to {target[:200]}; add that address"
    parts = [part for line in (title, window, *headings) for part in re.split(r" [|–—-] ", line)]
    wrong = any(_ERROR_TITLE.fullmatch(part.strip(" .!:–—-")) for part in parts)
    begins_so = len(text) < _TINY and _ERROR_TEXT.search(text[:_TINY_START])
    if short and (wrong or begins_so):
        return f"the page is an error message ({(window or title)[:60]!r}), no article"
    if len(text.split()) < _FEW_WORDS and len(text) < _FEW_WORDS * 10:
        return f"the page holds {len(text.split())} words ({text[:40]!r}), no article"
    lines = [line for line in text.split("\n") if line.strip() and line.strip() != title]
    about = sum(len(line) for line in lines if _COOKIES.search(line))
    asks = about and any(_COOKIE_TITLE.fullmatch(part.strip(" .!:")) for part in (title, window))
    if short and (asks or about * 2 > sum(map(len, lines))):
        return "the page shows a notice about cookies instead of the article"
    strays = len(text) < 2 * _SHORT and _strays(title, description, text)
    if strays and not _stands_over(tree, title, text):
        if sum(1 for _ in tree.iter("figcaption")) >= _FEW_PICTURES:
            return "the page shows pictures with their captions, no article"
        return f"what the page shows is not about its title ({title[:60]!r})"
    return None


def front_page(tree: HtmlElement, url: str | None, dated: bool, text: str) -> str | None:
    """
    Say that a page is a site's front page or a list of articles; None if it is not.

    Args:
        tree: the page.
        url: the address that it gives itself.
        dated: it states a date of publication.
        text: what was taken for the article, a line a paragraph.
    """
    lines = [line for line in text.split("\n") if len(line.split()) > 2]
    prose = sum(1 for line in lines if len(line) > _PROSE and _SENTENCE_END.search(line))
    if dated or prose >= _FEW_PARAGRAPHS:
        return None
    cards = _cards(tree)
    carded = sum(1 for line in lines if any(line.strip() in card for card in cards))
    if len(cards) >= _MANY_CARDS and carded * 5 >= len(lines) * 4:
        return "the page lists articles; add the addresses of its articles"
    closed = sum(1 for line in lines if _SENTENCE_END.search(line))
    parts = urlsplit(url or "https://unknown.example/article")
    if _FRONT.fullmatch(parts.path) and not parts.query and closed * 2 < len(lines) + 1:
        return "the page is the front page of a site; add the addresses of its articles"
    links = {" ".join(one.text_content().split()) for one in tree.iter("a")}
    linked = sum(1 for line in lines if line.strip() in links)
    # An article may list the ten best of something; a page of headlines links them.
    if len(lines) >= _MANY_LINES and closed * 4 < len(lines) and linked * 3 >= len(lines):
        return "the page is a list of headlines, no article; add the addresses of the articles"
    return None


def _cards(tree: HtmlElement) -> list[str]:
    """Give the text of each element that is a linked heading with a line or two under it."""
    found = []
    for heading in tree.iter("h2", "h3", "h4"):
        above = heading.getparent()
        inside = above is not None and above.tag == "a"
        card = above.getparent() if inside else above
        linked = inside or next(heading.iter("a"), None) is not None
        if linked and card is not None and sum(1 for _ in card.iter("h2", "h3", "h4")) == 1:
            found.append(" ".join(card.text_content().split()))
    return found


def _stands_over(tree: HtmlElement, title: str, text: str) -> bool:
    """Return whether the title is the heading of the element that holds the text, of news."""
    if not _REPORTS.search(text):
        return False
    body = [line.strip() for line in text.split("\n") if line.strip() and line.strip() != title]
    for heading in tree.iter("h1"):
        if body and " ".join(heading.text_content().split()) == title:
            around = (one for one in heading.iterancestors("article", "main"))
            inside = " ".join(" ".join(one.text_content() for one in around).split())
            return body[0] in inside
    return False


def without_paywall(text: str, *, locked: bool) -> str | None:
    """
    Take the prompts to subscribe off a text; None if only its beginning can be read.

    Args:
        text: a line a paragraph.
        locked: the page's metadata says that the article is not free.
    """
    lines = text.split("\n")
    if any(_CUT_HERE.match(line) for line in lines):
        return None
    first = max(1, len(lines) - _PROMPT_LINES)
    prompts = [at for at in range(first, len(lines)) if _is_prompt(lines[at])]
    kept = "\n".join(line for at, line in enumerate(lines) if at not in prompts).strip()
    if not prompts and not locked:
        return text
    # Below the last paragraph often stand initials or a name.
    unsigned = _SIGNATURE.sub("", kept)
    cut = not _ENDS.search(unsigned)
    if not prompts and len(kept) > 2 * _SHORT:
        return kept
    return None if not kept or cut or (locked and prompts) else kept


def _is_prompt(line: str) -> bool:
    found = _PAYWALL.search(line) if len(line) <= _LONGEST_PROMPT else None
    return found is not None and found.start() < _PROMPT_START


def _strays(title: str, description: str | None, text: str) -> bool:
    """Return whether no word of a title or description occurs in the text under it."""
    stems = {word.casefold()[:_STEM] for word in _WORD.findall(title)}
    wanted = stems | {word.casefold()[:_STEM] for word in _WORD.findall(description or "")}
    body = "\n".join(line for line in text.split("\n") if line.strip() != title)
    return len(stems) >= 3 and wanted.isdisjoint(w.casefold()[:_STEM] for w in _WORD.findall(body))

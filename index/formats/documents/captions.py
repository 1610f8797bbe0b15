"""
Captions (.srt, .vtt): what was spoken, without numbers and times.

A caption ends where the screen does, not where a sentence does, so the lines are joined; a new
speaker, named or marked by ">>" or "- ", begins a paragraph. A transcript's labels stay, for they
say who speaks, and are marked as such: two of them are enough to make a transcript.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from index.errors import ArticleError
from index.formats.pages.printed import printed_date
from index.formats.parts.cleaning import clean_file
from index.formats.parts.decoding import decode
from index.formats.parts.fields import id_from_name, one_line, title_from_name
from index.types import Article, Mark

SUFFIXES: tuple[str, ...] = (".srt", ".vtt")
MIME_TYPES: tuple[str, ...] = ("application/x-subrip", "text/vtt", "text/srt")
SANDBOXED = True

_TIMES = re.compile(
    r"[ \t]*(?:\d{1,2}:)?\d{1,2}:\d{2}[.,]\d{1,3}[ \t]*-->[ \t]*"
    r"(?:\d{1,2}:)?\d{1,2}:\d{2}[.,]\d{1,3}.*"
)
_VOICE = re.compile(r"<v(?:\.[\w.]+)?[ \t]+([^<>]{1,80})>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-z][^<>]{0,80}>|\{\\[^{}]{0,80}\}|<\d[\d:.]*>", re.IGNORECASE)
_SPEAKER = re.compile(
    r"(?:>>+\s*|[-–—]\s+)?(?:[A-Z][\w.'’ -]{1,40}(?:\([^()]{1,40}\))?:\s)|>>+\s*|[-–—]\s+(?=[A-Z])"
)
# "- That is a lie. - It is not.": two speak in one line.
_SECOND = re.compile(r"(?<=[.!?…\"”’])\s+(?=[-–—]\s+[A-Z“\"])")
# "I sign. MARIA LENZ: Never.": so do they here.
_INNER = re.compile(
    r"(?<=[.!?…\"”’—-])\s+(?=(?P<name>[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,3})"
    r"(?: \([^()]{1,40}\))?:\s)"
)
_SONG = re.compile(r"[♪♫][^♪♫]*(?:[♪♫]|\Z)")
# "[Lena Ortiz] Stay." is a name; "[door slams]", "(LAUGHTER)" and "[CHEERING]" are sounds.
_BRACKETED = re.compile(
    r"(?P<before>(?:>>+|[-–—])\s*)?"
    r"[\[(](?P<name>[A-ZÀ-ÖØ-Þ][\w.'’-]*(?: [A-ZÀ-ÖØ-Þ][\w.'’-]*){0,3})[\])]:?\s+(?=[^\W_]|[“\"‘'])"
)
_SOUND = re.compile(
    r"\b(?:\w+ing|laugh\w*|applause|music\w*|cheers?|sighs?|gasps?|coughs?|inaudible|silence|"
    r"crosstalk|indistinct|unintelligible|foreign|speech|static|noise|slams?|beeps?|rings?|"
    r"in|on|english|spanish|french|german|russian|arabic|chinese|boos?|screams?|groans?|pause)\b",
    re.IGNORECASE,
)
# A cue without a voice, where others have one.
_NOBODY = ">> "
# "WEBVTT - Town hall, 4 May 2018"
_HEAD = re.compile(r"\ufeff?WEBVTT[ \t]+(?:[-–—][ \t]+)?(?P<title>[^\n\r]*[a-z][^\n\r]*)")
_BLOCK = re.compile(r"(?:NOTE|STYLE|REGION)\b")


def parse(data: bytes, name: str, charset: str | None = None) -> Iterator[Article]:
    """Read one article; raises ArticleError for a file without captions."""
    spoken: list[str] = []
    voice = ""
    source = decode(data, name, charset)
    known = _names(source)
    for cue in _cues(source):
        sign = _NOBODY if voice and not any(map(_VOICE.search, cue)) else ""
        for line in _SONG.sub("", "\n".join(cue)).split("\n"):
            named = _VOICE.search(line)
            if named and named[1].strip() != voice:
                voice = named[1].strip()
                line = f"{voice}: {line}"
            for part in _parts(html.unescape(_TAG.sub("", line)).strip(), known):
                words = _labelled(part.strip())
                if not words or (spoken and spoken[-1].endswith(words)):
                    continue
                if sign and voice != _NOBODY and not _SPEAKER.match(words):
                    voice, words = _NOBODY, sign + words
                if spoken and not _SPEAKER.match(words):
                    spoken[-1] = f"{spoken[-1]} {words}"
                else:
                    spoken.append(words)
    if not spoken:
        raise ArticleError(f"{name}: the file holds no captions; leave it out")
    lines = [re.sub(r"\s+", " ", line) for line in spoken]
    head = _HEAD.match(source)
    title = one_line(head["title"]) if head else ""
    # Without a day it may be of the program that wrote the file.
    day = printed_date(title)
    article = Article(
        id=id_from_name(name),
        title=title if day else title_from_name(name),
        published_at=day,
        text="\n\n".join(lines),
        marks=_voices(lines, named=voice != ""),
    )
    yield clean_file(article, name)


def _names(source: str) -> frozenset[str]:
    """List the words of the labels that begin lines, and of those in capitals anywhere."""
    found = set()
    for cue in _cues(source):
        for line in cue:
            label = _SPEAKER.match(line.strip())
            found |= set(label[0].strip(" >-–—:").split()) if label else set()
            inner = [each["name"] for each in _INNER.finditer(line)]
            found |= {w for name in inner if name.isupper() and " " in name for w in name.split()}
    return frozenset(found)


def _parts(line: str, known: frozenset[str]) -> Iterator[str]:
    """Part a line where a second one speaks: behind a dash, or a label of *known* words."""
    for part in _SECOND.split(line):
        start = 0
        for found in _INNER.finditer(part):
            if known.issuperset(found["name"].split()):
                yield part[start : found.start()]
                start = found.end()
        yield part[start:]


def _voices(lines: Sequence[str], *, named: bool) -> tuple[Mark, ...]:
    """
    Mark the labels of the voices; "Listen: we stay." has none.

    Args:
        lines: the paragraphs, in order, a blank line between them.
        named: the file itself names voices ("<v Ana Vik>"), so that every label is certain.
    """
    labels = [_SPEAKER.match(line) for line in lines]
    count = Counter(found[0].lstrip(" >-–—") for found in labels if found)
    marks, at = [], 0
    for line, found in zip(lines, labels, strict=True):
        name = found[0].lstrip(" >-–—") if found else ""
        words = name.rstrip(": ").split()
        certain = named or len(words) > 1 or name.isupper() or count[name] > 1
        if found and (not name or certain):
            marks.append(Mark(at, at + len(found[0].rstrip()), "voice"))
        at += len(line) + len("\n\n")
    return tuple(marks)


def _labelled(words: str) -> str:
    """Write a name in brackets at the beginning of a line as a label: "Lena Ortiz: Stay."."""
    found = _BRACKETED.match(words)
    if found is None or _SOUND.search(found["name"]):
        return words
    return f"{found['before'] or ''}{found['name']}: {words[found.end() :]}"


def _cues(source: str) -> Iterator[list[str]]:
    """Yield the lines of each caption."""
    source = source.replace("\r\n", "\n").replace("\r", "\n")
    for block in re.split(r"\n[ \t]*\n", source):
        lines = block.strip("\n").split("\n")
        timed = next((at for at, line in enumerate(lines) if _TIMES.fullmatch(line)), None)
        if timed is not None and not _BLOCK.match(lines[0]):
            yield lines[timed + 1 :]

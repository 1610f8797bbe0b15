"""Recognise a format by the first bytes of what came without a name or a type, or a false one."""

from __future__ import annotations

import re

from index.formats.parts.xml import root_name

_HTML = re.compile(
    rb"\s*(?:<!--.{0,500}?-->\s*)?<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
_LINES = re.compile(rb"\s*\{[^\n]*\}[ \t\r]*\n\s*\{")
_PDF = b"%PDF-"
_ARTICLE = re.compile(rb"""\s*\{\s*"(?:id|uri|guid|title|text|headline|_items|version)"\s*:""")
_NEWS_ROOTS = frozenset({"rss", "feed", "rdf", "newsitem", "newsmessage", "nitf"})
_JSON = re.compile(rb"\s*[\[{]")
_LOOKED_AT = 4096


def sniff(data: bytes) -> str:
    """Give the suffix of the format that *data* begins like; "" if unknown."""
    if data.startswith(_PDF):
        return ".pdf"
    start = data[:_LOOKED_AT].removeprefix(b"\xef\xbb\xbf")
    if _HTML.match(start):
        return ".html"
    if root_name(start.decode("utf-8", "replace")):
        return ".xml"
    if _LINES.match(start):
        return ".jsonl"
    return ".json" if _JSON.match(start) else ""


def sniff_misnamed(data: bytes) -> str:
    """
    Give the suffix of the format of a file whose name says another, or nothing that is known.

    Only what no text begins with by chance: "[Applause]" is no list, "<nils> hello" no XML.
    """
    if data.startswith(_PDF):
        return ".pdf"
    start = data[:_LOOKED_AT].removeprefix(b"\xef\xbb\xbf")
    if _HTML.match(start):
        return ".html"
    named = root_name(start.decode("utf-8", "replace"))
    if named and (named in _NEWS_ROOTS or start.lstrip().startswith(b"<?xml")):
        return ".xml"
    if not _ARTICLE.match(start):
        return ""
    return ".jsonl" if _LINES.match(start) else ".json"

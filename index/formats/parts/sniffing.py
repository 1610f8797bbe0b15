"""Recognise a format by the first bytes of what came without a name or a type."""

from __future__ import annotations

import re

from index.formats.parts.xml import root_name

_HTML = re.compile(
    rb"\s*(?:<!--.{0,500}?-->\s*)?<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
_LINES = re.compile(rb"\s*\{[^\n]*\}[ \t\r]*\n\s*\{")
_JSON = re.compile(rb"\s*[\[{]")
_LOOKED_AT = 4096


def sniff(data: bytes) -> str:
    """Give the suffix of the format that *data* begins like; "" if unknown."""
    start = data[:_LOOKED_AT].removeprefix(b"\xef\xbb\xbf")
    if _HTML.match(start):
        return ".html"
    if root_name(start.decode("utf-8", "replace")):
        return ".xml"
    if _LINES.match(start):
        return ".jsonl"
    return ".json" if _JSON.match(start) else ""

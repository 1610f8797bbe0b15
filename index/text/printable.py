"""
Text that steers nothing: no terminal, no log, no spreadsheet.

What articles, names of files and people say may hold escapes, bells and overrides of the direction
of writing, or begin as a formula does. Pure.
"""

from __future__ import annotations

from typing import Any

_REPLACED = "\ufffd"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def printable(text: str) -> str:
    """Replace what would steer a terminal (escape, bell, overrides), character for character."""
    return "".join(
        c if c in "\n\t" or c.isprintable() or c == "\u00a0" else _REPLACED for c in text
    )


def printable_line(text: str) -> str:
    """Make *text* one printable line, so that what it quotes cannot pass for a line of ours."""
    return printable(text.replace("\n", _REPLACED).replace("\t", " "))


def printable_json(text: str) -> str:
    """Escape what would steer a terminal in *text*, which is JSON; it means the same after."""
    return "".join(c if c in "\n\t" or c.isprintable() else _escaped(c) for c in text)


def without_formulas(value: Any) -> Any:
    """Put an apostrophe before each text of a record that a spreadsheet would compute."""
    if isinstance(value, str):
        return f"'{value}" if value.startswith(_FORMULA) else value
    if isinstance(value, dict):
        return {key: without_formulas(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [without_formulas(inner) for inner in value]
    return value


def _escaped(character: str) -> str:
    number = ord(character)
    if number < 0x10000:
        return f"\\u{number:04x}"
    number -= 0x10000
    return f"\\u{0xD800 + (number >> 10):04x}\\u{0xDC00 + (number & 0x3FF):04x}"

"""
The lines that a page shows above its article: notices of an embargo, of a draft, of a withdrawal.

They stand beside the text as often as in it, so the page itself is read. Pure.
"""

from __future__ import annotations

from lxml.html import HtmlElement

from index.formats.parts.markup import paragraphs

_BEFORE, _BEHIND = 8, 3
_PROSE = 40


def lines_above(tree: HtmlElement, text: str, title: str) -> list[str]:
    """
    Give what stands directly above an article and in its first lines, its titles first.

    Args:
        tree: the page.
        text: what was taken for the article, a line a paragraph.
        title: as chosen.

    Returns:
        Lines without blanks around them.
    """
    window = " ".join((tree.findtext(".//title") or "").split())
    body = [line.strip() for line in text.split("\n") if line.strip()]
    shown = [line.strip() for line in paragraphs(tree).split("\n") if line.strip()]
    whole = next((line for line in body if len(line) > _PROSE and line != title), None)
    at = next((i for i, line in enumerate(shown) if whole is not None and whole in line), None)
    around = (
        shown[: _BEFORE + _BEHIND] if at is None else shown[max(0, at - _BEFORE) : at + _BEHIND]
    )
    return list(dict.fromkeys([title, window, *body[:_BEHIND], *around]))

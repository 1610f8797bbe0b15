"""What is on record of the quotations of a draft. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from bot.messages.elements import (
    MAX_BLOCKS,
    MAX_CHARACTERS,
    clip,
    context,
    escape,
    plain,
    rich_text,
    section,
    size,
    words,
)
from bot.messages.statements import statement_blocks
from bot.types import Block, Message
from index.checking.checked import Checked, Verdict
from index.labels import group_quotes

NO_QUOTATION = "That message holds no quotation to check: words between quotation marks."
_RESERVE = 600  # characters kept free for the notification and the last line
_SHOWN = 2  # statements below a quotation
_VERDICTS: dict[Verdict, str] = {
    "found": "Found",
    "altered": "Altered",
    "other_speaker": "Another’s words",
    "stitched": "Stitched from several statements",
    "out_of_context": "Out of its context",
    "not_on_record": "Not on record",
}


def report_message(found: Sequence[Checked]) -> Message:
    """Show each quotation with its verdict, and the statements that it rests on."""
    quotations = [one for one in found if one.verdict is not None]
    if not quotations:
        return plain(NO_QUOTATION)
    head = _counted(quotations)
    blocks = [rich_text(section(*words(head, bold=True)))]
    left = len(quotations)
    for one in quotations:
        wanted = _blocks(one)
        too_long = size([*blocks, *wanted]) > MAX_CHARACTERS - _RESERVE
        if too_long or len(blocks) + len(wanted) > MAX_BLOCKS - 1:
            break
        blocks += wanted
        left -= 1
    if left:
        noun = "quotation" if left == 1 else "quotations"
        blocks.append(context(f"{left} more {noun} did not fit; check a part of the text"))
    blocks.append(context("compared word for word with what is indexed · only you see this"))
    return Message(blocks, escape(head))


def _counted(quotations: Sequence[Checked]) -> str:
    counts = Counter(one.verdict for one in quotations if one.verdict)
    noun = "quotation" if len(quotations) == 1 else "quotations"
    told = ", ".join(f"{n} {_VERDICTS[verdict].lower()}" for verdict, n in counts.most_common())
    return f"{len(quotations)} {noun}: {told}"


def _blocks(one: Checked) -> list[Block]:
    """Lay out one quotation: its verdict, which words differ, and what is on record."""
    assert one.verdict is not None
    line = words(_VERDICTS[one.verdict], bold=True)
    line += words(f" · “{clip(one.text, 300)}”")
    line += words(f" — {clip(one.speaker, 80)}") if one.speaker else []
    for each in one.differences[:4]:
        draft, record = clip(each.draft, 80) or "nothing", clip(each.record, 80) or "nothing"
        line += words(f"\nhere: {draft} · on record: {record}", italic=True)
    line += words(f"\n{clip(one.why, 200)}", italic=True) if one.why else []
    blocks = [rich_text(section(*line))]
    for group in group_quotes(one.matches)[:_SHOWN]:
        blocks += statement_blocks(group)
    return blocks

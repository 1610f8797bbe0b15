"""Which marks belong together: plain ones tell by the space around them whether they open."""

import pytest

from index.attribution import quotations

# Paragraphs are lost on some pages: a quotation that opens at each of them still opens there.
LOST = (
    'There was "a crowd of armed men at the gate. "They cut the cables. We sit in the dark." '
    "The envoy, a former judge, said that help was on its way. "
    '"We are not leaving," he added.'
)
NESTED = 'She told me "he called it a "sad day" for us" and left. "So be it," he said.'


def _quoted(text: str) -> list[str]:
    return [text[span.start : span.end] for span in quotations.quotation_spans(text)]


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        (
            LOST,
            [
                '"a crowd of armed men at the gate. "They cut the cables. We sit in the dark."',
                '"We are not leaving,"',
            ],
        ),
        (NESTED, ['"he called it a "sad day" for us"', '"So be it,"']),
        ('A pipe of 6" burst. "It is repaired," the mayor said.', ['"It is repaired,"']),
        ('He said:"We will stay."Nobody left.', ['"We will stay."']),
        ('It was " too late " for him. "Pity," she said.', ['" too late "', '"Pity,"']),
        ('"He called the "plan bad," she said, and left.', ['"He called the "plan bad,"']),
        ('He spoke. "We go on', []),
    ],
)
def test_plain_marks_are_paired_by_the_space_around_them(text: str, quoted: list[str]) -> None:
    """A mark before a word opens, one behind it closes; an inner pair ends no quotation."""
    assert _quoted(text) == quoted


def test_many_marks_cost_linear_time() -> None:
    """Two hundred thousand marks in one paragraph are paired at once."""
    assert len(_quoted('"a" ' * 100_000)) == 100_000

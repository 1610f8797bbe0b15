"""Frames to attributions, without the network."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.attribution.linking import link
from index.attribution.quotations import quotation_spans
from index.attribution.tagger import CueFrame
from index.types import Span

NEWSPRINT = st.text(alphabet="aA.!?“”‘’\"' \n—:", max_size=120)


def frame(text: str, source: str, cue: str, *content: str) -> CueFrame:
    def span(part: str) -> Span:
        at = text.index(part)
        return Span(at, at + len(part))

    return CueFrame(
        (span(source),) if source else (), (span(cue),), tuple(span(c) for c in content), 0.9
    )


def words(text: str, spans: tuple[Span, ...]) -> list[str]:
    return [text[s.start : s.end] for s in spans]


@pytest.mark.parametrize(
    ("text", "quotations"),
    [
        ("He said “we stay” and left.", ["“we stay”"]),
        ('"One." He paused. "Two."', ['"One."', '"Two."']),
        ("“It runs on\n\n“and is closed here.” Prose.", ["“It runs on", "“and is closed here.”"]),
        ("It's the workers' day, he'd say.", []),
        ("He called it ‘a mere detail’, twice.", ["‘a mere detail’"]),
        ("“She said ‘no’ to us,” he said.", ["“She said ‘no’ to us,”"]),
        ("'He said \"no\" once and that's all.'", ["'He said \"no\" once and that's all.'"]),
        ("He told us: 'She said \"no\".' Then he left.", ["'She said \"no\".'"]),
        (
            "‘They call it “home”, and they stay,’ he said.",
            ["‘They call it “home”, and they stay,’"],
        ),
        ("‘It is “shut”,’ he said. ‘It stays so.’", ["‘It is “shut”,’", "‘It stays so.’"]),
        ("‘One “a”, two “b” and three,’ he said.", ["‘One “a”, two “b” and three,’"]),
        ("‘She says the quay is “theirs”’, he said.", ["‘She says the quay is “theirs”’"]),
        ("The '90s band \"Gulls\" won its fans' hearts.", ['"Gulls"']),
        ("‘Left open, “she said”, and never closed.", ["“she said”"]),
        ("A stray ” mark and another “ one.", []),
        ("", []),
    ],
)
def test_quotations_are_paired_within_their_paragraph(text, quotations):
    assert quotations == words(text, tuple(quotation_spans(text)))


@given(NEWSPRINT)
def test_quotations_neither_overlap_nor_cross_a_paragraph(text):
    spans = quotation_spans(text)

    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert all("\n" not in text[s.start : s.end] for s in spans)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (["“We will stay,”"], "direct"),
        (["that they would “stay” in the valley for good"], "mixed"),
        (["that they would leave"], "indirect"),
    ],
)
def test_the_kind_follows_the_share_of_quoted_words(content, kind):
    text = f"Horvat said {content[0]}."

    (found,) = link(text, [frame(text, "Horvat", "said", *content)])

    assert kind == found.kind


def test_a_content_takes_in_the_quotation_mark_beside_it():
    text = "“We stay,” Horvat said."

    (found,) = link(text, [frame(text, "Horvat", "said", "We stay,")])

    assert ["“We stay,”"] == words(text, found.content)


def test_a_quotation_is_carried_to_its_end_and_over_a_reopened_paragraph():
    text = "Horvat said: “We stay. We have the right.\n\n“Nobody will move us.”\n\nIt rained."

    (found,) = link(text, [frame(text, "Horvat", "said", "“We stay.")])

    assert ["“We stay. We have the right.", "“Nobody will move us.”"] == words(text, found.content)


def test_a_closed_quotation_is_not_carried_into_the_next_paragraph():
    text = "“We stay,” Horvat said: “All of us.”\n\n“They must go,” said Babić."

    found = link(
        text,
        [
            frame(text, "Horvat", "said", "“We stay,”", "“All of us.”"),
            frame(text, "Babić", "said Babić"[:4], "“They must go,”"),
        ],
    )

    assert [["“We stay,”", "“All of us.”"], ["“They must go,”"]] == [
        words(text, a.content) for a in found
    ]


def test_a_quotation_in_a_paragraph_of_its_own_is_not_given_the_speaker_before():
    text = "The reports were unproven, Horvat said.\n\n“They ring and we pick up the telephone.”"

    found = link(
        text,
        [
            frame(
                text,
                "Horvat",
                "said",
                "The reports were unproven",
                "“They ring and we pick up the telephone.”",
            )
        ],
    )

    assert ["Horvat", ""] == ["".join(words(text, a.source)) for a in found]


def test_who_stands_behind_a_quotation_and_its_verb_is_its_source():
    text = "“Never,” Minister Ana Horvat said. “Untrue,” replied his counterpart, Lena Braun."

    found = link(
        text,
        [
            frame(text, "Minister Ana Horvat", "said", "“Never,”"),
            frame(text, "Minister Ana", "replied", "“Untrue,”"),
        ],
    )

    assert ["Minister Ana Horvat", "his counterpart, Lena Braun"] == [
        "".join(words(text, a.source)) for a in found
    ]


def test_a_quotation_of_the_paragraph_before_is_not_taken_by_the_next_speaker():
    text = "“The river is ours,” he told them.\n\n“Water is life,” said Bekele."

    found = link(text, [frame(text, "Bekele", "said", "“The river is ours,”", "“Water is life,”")])

    assert ["“Water is life,”"] == [
        quotation for a in found if a.source for quotation in words(text, a.content)
    ]


def test_a_source_ends_with_its_sentence_and_with_its_word():
    text = "He met Ortega. Mayor Ana Babić-Kos said it rained."

    (found,) = link(text, [frame(text, "Ortega. Mayor Ana Babić-", "said", "it rained")])

    assert ["Mayor Ana Babić-Kos"] == words(text, found.source)


@pytest.mark.parametrize("part", ["es Brandt", "randt"])
def test_a_source_begins_with_its_word(part):
    text = "“We are ready,” said Ines Brandt, the chief engineer."

    (found,) = link(text, [frame(text, part, "said", "“We are ready,”")])

    assert ["Ines Brandt" if " " in part else "Brandt"] == words(text, found.source)


def test_a_quotation_in_other_marks_has_lost_its_speaker():
    text = "The team said ‘it is beyond repair’. “We always pick up the telephone.”"

    found = link(
        text,
        [
            frame(
                text,
                "The team",
                "said",
                "‘it is beyond repair’",
                "“We always pick up the telephone.”",
            )
        ],
    )

    assert [("The team", "‘it is beyond repair’"), ("", "“We always pick up the telephone.”")] == [
        ("".join(words(text, a.source)), *words(text, a.content)) for a in found
    ]


def test_a_quotation_without_a_speaker_is_kept_without_a_source():
    text = "The gate was shut at noon.\n\n“We have nothing to add to this.”\n\nIt rained."

    (found,) = link(text, [])

    assert (["“We have nothing to add to this.”"], (), ()) == (
        words(text, found.content),
        found.source,
        found.cue,
    )


@pytest.mark.parametrize(
    "text",
    [
        "The so-called “safe zone” was empty.",
        "He is known as “Iron Ivo” among friends.",
        "She wrote “The Long Winter of the North”.",
        "They sang “Home” at the gate.",
    ],
)
def test_scare_quotes_titles_and_nicknames_are_no_statements(text):
    assert [] == link(text, [])


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("“We are tired of the waiting.” — Ana Horvat", "Ana Horvat"),
        ("Horvat: “We are tired of the waiting.”", "Horvat"),
        ("“We are tired of the waiting,” wrote Horvat on its page.", "Horvat"),
        ("“We are tired of the waiting,” added Ana Horvat.", "Ana Horvat"),
    ],
)
def test_a_name_set_beside_a_quotation_is_its_source(text, name):
    (found,) = link(text, [])

    assert [name] == words(text, found.source)


def test_prose_after_a_dash_is_no_signature():
    text = "“We are tired of the waiting.” — It was Tuesday and the rain had not stopped."

    (found,) = link(text, [])

    assert () == found.source


@pytest.mark.parametrize("text", ["said Tuesday in a note.", "wrote Horvat the baker a cheque."])
def test_a_day_or_a_receiver_behind_the_verb_said_nothing(text):
    (found,) = link(f"“We are tired of the waiting,” {text}", [])

    assert () == found.source


def test_a_colon_can_be_the_cue():
    text = "Minister: no talks before June"

    (found,) = link(text, [frame(text, "Minister", ":", "no talks before June")])

    assert [":"] == words(text, found.cue)


@given(NEWSPRINT, st.data())
def test_whatever_the_tagger_says_contents_are_slices_of_the_text(text, data):
    edges = st.integers(0, len(text))
    span = st.tuples(edges, edges).map(lambda p: Span(min(p), max(p)))
    spans = st.lists(span, min_size=1, max_size=2).map(tuple)
    frames = data.draw(st.lists(st.builds(CueFrame, spans, spans, spans, st.just(0.7)), max_size=3))

    for attribution in link(text, frames):
        for part in (*attribution.content, *attribution.source, *attribution.cue):
            assert 0 <= part.start <= part.end <= len(text)
        assert attribution.content


def test_who_carries_a_denial_denies_nothing():
    text = (
        "The crews said that none of the union’s boats had joined in, according to the Daily Tern."
    )
    outer = frame(
        text,
        "the Daily Tern",
        "according to",
        "The crews said that none of the union’s boats had joined in",
    )
    inner = frame(text, "The crews", "said", "that none of the union’s boats had joined in")

    alone, carried = link(text, [outer]), link(text, [outer, inner])

    assert ["denied"] == [a.cue_class for a in alone]
    assert {"according to": "said", "said": "denied"} == {
        text[a.cue[0].start : a.cue[0].end]: a.cue_class for a in carried
    }


def test_a_lone_article_of_another_sentence_is_no_content():
    text = "The strike is over, the union announced. “We won,” said its leader, Ida Holm."

    [holm] = link(text, [frame(text, "Ida Holm", "said", "The", "“We won,”")])

    assert ["“We won,”"] == words(text, holm.content)


def test_a_content_of_nothing_but_such_a_word_stays():
    text = "Nobody knew what he meant by of, Babić said."

    [found] = link(text, [frame(text, "Babić", "said", "of")])

    assert ["of"] == words(text, found.content)


@pytest.mark.parametrize("to", ["EDS", "EDITORS", "Attn Eds"])
def test_those_to_whom_a_note_is_addressed_say_nothing(to):
    text = f"{to}: The name in the last line is new."

    assert link(text, [frame(text, to, ":", "The name in the last line is new.")]) == []

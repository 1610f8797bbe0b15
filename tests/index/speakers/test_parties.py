from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.speakers import load_tables
from index.speakers.gazetteer.parties import find_party, other_names, parties_in

WORDS = st.sampled_from(
    [
        "us",
        "US",
        "who",
        "WHO",
        "Turkey",
        "turkey",
        "Russia's",
        "Russian",
        "officials",
        "New",
        "Mexico",
        "the",
        "EU",
        "in",
        "Moscow",
        ",",
        "?",
        "U.S.",
        "Clinton",
        "campaign",
        "Northern",
        "Ireland",
        "’",
        "\n",
        "-",
    ]
)


@pytest.mark.parametrize(
    ("phrase", "wanted"),
    [
        ("Russia", "russia"),
        ("the Kremlin", "russia"),
        ("Russian", "russia"),
        ("Moscow", "russia"),
        ("Russia’s", "russia"),
        ("the Russian Defence Ministry", "russia"),
        ("US", "united states"),
        ("U.S.", "united states"),
        ("US officials", "united states"),
        ("Washington", "united states"),
        ("Downing Street", "united kingdom"),
        ("UK Ministry of Defence", "united kingdom"),
        ("IDF", "israel"),
        ("the United Nations", "united nations"),
        ("NATO", "nato"),
        ("the EU", "european union"),
        ("Taliban", "taliban"),
        ("Hamas", "hamas"),
        ("Gazprom", "gazprom"),
        ("the Clinton campaign", "clinton campaign"),
        ("The Guardian", "the guardian"),
        ("us", None),
        ("New Mexico", None),
        ("US-backed", None),
        ("Orlov", None),
        ("", None),
    ],
)
def test_a_whole_phrase_names_its_party(phrase, wanted):
    found = find_party(phrase, load_tables())

    assert wanted == (found.key if found else None)


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("what did us officials say about turkey", [("us officials", "united states"),
                                                    ("turkey", "turkey")]),
        ("What did Russia say about US military bases?", [("Russia", "russia"),
                                                          ("US", "united states")]),
        ("Tell us what NATO said", [("NATO", "nato")]),
        ("who said the deal was dead?", []),
        ("Did the WHO warn anyone?", [("WHO", "world health organization")]),
        ("what was said in Moscow", []),
        ("what has New Mexico said", []),
        ("Did Russia's defence ministry deny it?", [("Russia's defence ministry", "russia")]),
        ("the Northern Ireland Secretary", [("Northern Ireland Secretary", "united kingdom")]),
        ("US-backed forces", []),
        ("I had a turkey for lunch", []),
    ],
)  # fmt: skip
def test_a_question_s_parties_are_found_as_whole_words(question, wanted):
    found = parties_in(question, load_tables())

    assert wanted == [(question[s.start : s.end], p.key) for s, p in found]


@given(st.lists(WORDS, max_size=14).map(" ".join) | st.text(max_size=60))
def test_spans_lie_in_the_text_in_order_and_apart(text):
    spans = [span for span, _ in parties_in(text, load_tables())]

    assert all(0 <= s.start < s.end <= len(text) for s in spans)
    assert all(a.end <= b.start for a, b in pairwise(spans))


@pytest.mark.parametrize(
    ("phrase", "names"),
    [
        ("the SDF", ["Syrian Democratic Forces"]),
        ("the Syrian Democratic Forces", ["SDF"]),
        ("Russia", []),
        ("the Kremlin", []),
        ("the SDF in Karaviran", []),
        ("the strike", []),
    ],
)
def test_a_body_has_its_full_name_and_its_abbreviation(phrase, names):
    assert names == other_names(phrase, load_tables())

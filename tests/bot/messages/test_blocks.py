"""Briefings as Slack messages: verbatim or not at all, within Slack's limits."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from itertools import groupby

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from slack_sdk.models.blocks import Block

from bot.messages.blocks import briefing_message, digest_message
from bot.messages.controls import Page
from bot.messages.sections import sections_message
from index.labels import OTHER_MATTER, group_quotes
from index.types import Briefing, Comparison, Coverage, Party, Query, Quote, Side, Span
from tests.bot.messages.slack_limits import as_shown

NOW = datetime(2018, 2, 20, 14, 3, tzinfo=UTC)
COVERAGE = Coverage(articles=12, sentences=340, newest=NOW, indexed_at=NOW)
MARKUP = "aA.!?“”‘’\"' \n<>&@#*_~`|:-,é\u202e\u200b😀"
FOREIGN = st.text(min_size=1) | st.text(alphabet=MARKUP, min_size=1)
SENTENCE = FOREIGN.map(str.strip).filter(bool)  # a sentence has no outer blanks


def quote(text="“We will stay.”", **fields):
    given_fields = {
        "article_id": "a1",
        "start": 0,
        "end": len(text),
        "speaker": "Ivan Marek",
        "role": "foreign minister",
        "party": "Russia",
        "kind": "direct",
        "labels": (),
        "source": None,
        "cue": None,
        "content": (),
        "outlet": "Harbour Post",
        "published_at": datetime(2018, 2, 7, tzinfo=UTC),
        "url": "https://harbour-post.example/marek",
        "score": 1.0,
    }
    return Quote(text=text, **{**given_fields, **fields})


def briefing(*quotes, **fields):
    return Briefing(Query("what did Russia say?"), quotes, COVERAGE, **fields)


def quoted(message):
    """The sentences in block quotes, read back."""
    return [sentence for bar in bars(message) for sentence in bar]


def bars(message):
    """The sentences of each block quote; an element that is one blank parts two of them."""
    found = [
        [part["text"] for part in element["elements"]]
        for block in message.blocks
        if block["type"] == "rich_text"
        for element in block["elements"]
        if element["type"] == "rich_text_quote"
    ]
    return [
        ["".join(run) for blank, run in groupby(bar, lambda text: text == " ") if not blank]
        for bar in found
    ]


def shown(message):
    """Every text of the message in reading order."""
    found = []

    def walk(node):
        if isinstance(node, dict):
            found.extend(
                node[key] for key in ("text", "fallback") if isinstance(node.get(key), str)
            )
            node = list(node.values())
        for item in node if isinstance(node, list) else ():
            walk(item)

    walk(message.blocks)
    return "".join(found)


def keeps_the_limits(message):
    assert len(message.blocks) <= 40
    assert len(json.dumps(message.blocks, ensure_ascii=False)) + len(message.text) <= 10_000
    for block in Block.parse_all(message.blocks):
        block.validate_json()

    def walk(node):
        if isinstance(node, dict):
            assert node.get("type") != "text" or 1 <= len(node["text"]) <= 3_000
            assert len(node.get("url", "")) <= 3_000
            node = list(node.values())
        for item in node if isinstance(node, list) else ():
            walk(item)

    walk(message.blocks)


def test_a_quote_of_a_document_is_shown_with_its_page():
    message = briefing_message(briefing(quote("“We will stay.”", page=3)), "Statements by Russia")

    assert "Harbour Post · p. 3 · direct quote" in shown(message)


def test_an_answer_shows_the_quote_who_said_it_and_where():
    answer = briefing(
        quote(
            "“We will stay,” Marek promised.",
            cue=Span(22, 30),
            stance="promised",
            labels=("via spokesperson",),
            also_in=("Coast News", "Daily Lark"),
        ),
        total=23,
    )

    message = briefing_message(answer, "Statements by Russia")

    assert (
        "Statements by Russia"
        "Ivan Marek, foreign minister (Russia)"
        "“We will stay,” Marek promised."
        "2018-02-07 · Harbour Post · promised · direct quote · via spokesperson"
        " · also in Coast News, Daily Lark"
        "1 of 23 statements"
        " · updated <!date^1519135380^{date_num} {time}|2018-02-20 14:03 UTC>"
        " · quoted word for word"
        " · check the source before quoting"
    ) == shown(message)
    assert "1 statement by Ivan Marek (Russia)" == message.text


def test_the_question_is_repeated_for_a_command_but_cannot_ping():
    message = briefing_message(briefing(quote()), "Statements", asked="who said <!channel>?")

    first = message.blocks[0]["elements"][0]["elements"][0]
    assert ("text", "You asked: who said <!channel>?") == (first["type"], first["text"])


def test_a_statement_without_a_speaker_says_so():
    message = briefing_message(briefing(quote(speaker=None, role=None, party=None)), "Statements")

    assert "I could not tell who said this“We will stay.”" in shown(message)
    assert "1 statement by an unnamed speaker" == message.text


def test_a_sentence_that_continues_joins_the_one_before():
    first = quote("“We stay.")
    second = quote("We will not leave.”", labels=("continues",))
    by_another = quote("“No.”", labels=("continues",), speaker="Ana Kovač")

    message = briefing_message(briefing(first, second, by_another), "Statements")

    assert [[first, second], [by_another]] == group_quotes([first, second, by_another])
    assert [["“We stay.", "We will not leave.”"], ["“No.”"]] == bars(message)
    assert 1 == shown(message).count("Ivan Marek,")
    assert "2 of 2" in shown(message)


def test_a_page_is_the_beginning_of_the_answer_and_counts_what_does_not_fit():
    long, short = quote("long " * 900), quote("short")

    message = briefing_message(briefing(long, long, long, short), "Statements")

    assert [long.text] == quoted(message)
    assert "1 of 4 statements · 3 more did not fit" in shown(message)


def test_a_statement_too_long_for_any_message_is_linked_instead():
    message = briefing_message(briefing(quote("x" * 100_000), quote("short")), "Statements")

    assert ["short"] == quoted(message)
    assert "a statement of 100,000 characters, too long for a message" in shown(message)
    assert "https://harbour-post.example/marek" in json.dumps(message.blocks)
    assert "2 of 2 statements · updated" in shown(message)


def test_a_long_statement_shows_its_first_sentences_whole_and_counts_the_rest():
    parts = [quote(f"Sentence {n}. " * 100, labels=("continues",) * (n > 0)) for n in range(12)]

    message = briefing_message(briefing(*parts), "Statements")

    texts = quoted(message)
    assert [part.text for part in parts[: len(texts)]] == texts
    assert f"{12 - len(texts)} more sentences of this statement did not fit" in shown(message)


def test_an_abstention_keeps_the_nearest_apart_from_an_answer():
    nothing = briefing(
        abstained=True, reason="No statement by Iran", nearest=(quote(party="Turkey"),)
    )

    message = briefing_message(nothing, "Statements by Iran")

    assert ("No statement by Iran.Not an answer, but related statements:Ivan Marek") in shown(
        message
    )
    assert "nearest statements only" in shown(message)
    assert "No statement by Iran." == message.text


@pytest.mark.parametrize(
    ("kind", "note"),
    [
        ("others", "Not an answer, but related statements by others:"),
        ("matters", "Not an answer. Other statements by those asked about:"),
        ("filters", "Not an answer, but what there is without these restrictions:"),
        ("party", "Not an answer, but related statements by the same side:"),
        ("", "Not an answer, but related statements:"),
    ],
)
def test_the_nearest_are_called_what_they_are(kind, note):
    nothing = briefing(abstained=True, reason="No statement.", nearest=(quote(),))

    message = briefing_message(replace(nothing, nearest_kind=kind), "Statements")

    assert note in shown(message)


def test_an_abstention_offers_the_names_that_are_on_record():
    nothing = briefing(abstained=True, reason="No statement.", names=("Ivan Marek", "Ana Horvat"))

    message = briefing_message(nothing, "Statements")

    assert "On record here, among others: Ivan Marek, Ana Horvat." in shown(message)


def test_a_digest_puts_each_party_under_its_heading():
    quotes = (quote(party="russia"), quote(party="russia"), quote(party="turkey"))
    answer = briefing(*quotes, headings={"russia": "Russia", "turkey": "Turkey"})

    message = digest_message(answer, "On the tank")

    headings = [block["text"]["text"] for block in message.blocks if block["type"] == "header"]
    assert ["Russia", "Turkey"] == headings


@settings(deadline=None)
@given(SENTENCE, FOREIGN, FOREIGN)
def test_whatever_an_article_holds_is_read_back_as_it_stands(text, name, url):
    answer = briefing(quote(text, speaker=name, role=name, outlet=name, url=url, also_in=(name,)))

    message = briefing_message(answer, name, asked=name)

    assert [as_shown(text)] == quoted(message)
    assert "<" not in message.text
    elements = [
        e for b in message.blocks[:-1] for part in b.get("elements", ()) for e in part["elements"]
    ]
    assert {"text", "link"} >= {element["type"] for element in elements}
    keeps_the_limits(message)


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.integers(min_value=1, max_value=100_000), max_size=60),
    st.sampled_from(("a", "é", "\n", '"', "😀")),
    st.integers(min_value=1, max_value=9),
    st.booleans(),
)
def test_every_size_keeps_the_limits_and_only_whole_quotes_are_shown(
    sizes, letter, times, by_party
):
    quotes = [quote(letter * size, party=f"P{size % 3}") for size in sizes] * times

    message = (digest_message if by_party else briefing_message)(briefing(*quotes), "Statements")

    texts = [each.text for each in quotes]
    assert all(text in texts for text in quoted(message))
    keeps_the_limits(message)


@settings(deadline=None)
@given(st.text(max_size=9_000), st.text(max_size=9_000))
def test_long_details_are_clipped_before_they_crowd_out_the_quote(detail, other):
    answer = briefing(
        quote(
            "short",
            speaker=detail,
            role=other,
            party=other,
            outlet=detail,
            title=detail,
            labels=(other,),
            cue_text=detail,
            also_in=(detail,) * 50,
            url=None,
        )
    )

    message = briefing_message(answer, detail, asked=other)

    assert ["short"] == quoted(message)
    keeps_the_limits(message)


def test_five_hundred_quotes_fill_one_message_and_are_counted():
    message = briefing_message(briefing(*[quote(f"Quote {n}.") for n in range(500)]), "Statements")

    texts = quoted(message)
    assert [f"Quote {n}." for n in range(len(texts))] == texts
    assert f"{len(texts)} of 500 statements · {500 - len(texts)} more did not fit" in shown(message)
    keeps_the_limits(message)


def test_of_the_shortest_statements_no_more_than_forty_blocks_are_shown():
    bare = {"role": None, "party": None, "outlet": None, "url": None, "published_at": None}
    alternating = [quote("No.", speaker="AB"[n % 2], start=n, **bare) for n in range(500)]

    message = briefing_message(briefing(*alternating), "S")

    assert 30 < len(message.blocks) <= 40


def test_statements_of_one_speaker_that_follow_one_another_stand_under_one_name():
    mine = [quote("“One.”"), quote("“Two.”", article_id="a2")]
    other = quote("“Three.”", speaker="Ana Kovač", role=None)

    message = briefing_message(briefing(*mine, other, mine[0]), "Statements")

    types = [block["type"] for block in message.blocks]
    assert ["“One.”", "“Two.”", "“Three.”", "“One.”"] == quoted(message)
    assert 2 == shown(message).count("Ivan Marek, foreign minister")
    assert [
        *("rich_text", "divider", "rich_text", "rich_text", "divider", "rich_text"),
        *("divider", "rich_text", "context"),
    ] == types


def test_the_same_description_in_two_articles_is_not_taken_for_one_speaker():
    company = quote(speaker="The company", role=None, party=None)

    message = briefing_message(briefing(company, replace(company, article_id="a2")), "Statements")

    assert 2 == shown(message).count("The company")


@pytest.mark.parametrize(
    ("texts", "note"),
    [
        (['He would see it anyway: "Wow!'], "the quotation goes on in the article"),
        (["“We stay,” he said. “We"], "the quotation goes on in the article"),
        (['We shall stop it."'], "the quotation begins earlier in the article"),
        (["We shall stop it,” he said. “Soon.”"], "the quotation begins earlier in the article"),
        (["“We stay.", "“We do stay.”"], ""),
        (['He said ("We stay") so.'], ""),
        (['The rod of 6" broke, he said.'], ""),
        (["It’s theirs, he said."], ""),
    ],
)
def test_one_end_of_a_quotation_alone_is_said_to_be_one(texts, note):
    sentences = [quote(text, start=n, end=n + 1) for n, text in enumerate(texts)]
    first, *rest = sentences
    group = [first, *(replace(each, labels=("continues",)) for each in rest)]

    found = shown(briefing_message(briefing(*group), "Statements", page=Page("1")))

    assert bool(note) == ("the quotation " in found)
    assert note in found


def test_a_correction_shows_its_title():
    corrected = quote(title="CORRECTION: Fourteen trucks, not forty")
    ordinary = quote(title="Trucks arrive", article_id="a2")

    text = shown(briefing_message(briefing(corrected, ordinary), "Statements"))

    assert "Harbour Post · “CORRECTION: Fourteen trucks, not forty” · direct" in text
    assert "Trucks arrive" not in text


def test_a_digest_repeats_the_topic_as_a_topic():
    message = digest_message(briefing(quote()), "On the old boat", asked="trawler")

    assert shown(message).startswith("Topic: trawlerOn the old boat")


def test_a_topic_that_is_understood_as_it_was_typed_is_said_once():
    message = digest_message(briefing(quote()), "Statements about Malawi", asked="malawi")

    assert shown(message).startswith("Statements about Malawi")


@pytest.mark.parametrize("speaker", ["Malawi", "the Malawi"])
def test_a_heading_that_names_the_speaker_is_not_said_again_below(speaker):
    first = quote("We stay.", speaker=speaker, role=None, party="Malawi", names_party=True)
    other = quote("We go.", party="Malawi")
    back = replace(first, text="We do stay.", start=90, end=101)

    message = digest_message(briefing(first, other, back), "Statements", page=Page("1"))

    assert "MalawiWe stay." in shown(message)
    assert "MalawiWe do stay." in shown(message)  # after another's words the name stands again


def test_a_long_side_leaves_room_for_the_others():
    long = [quote("We stay" + " and stay" * 300 + ".", start=at, end=at + 9) for at in (0, 9, 18)]
    small = quote("We go.", article_id="b", speaker="Ada Sol", party="Turkey")
    sides = (
        Side(Party("russia", "Russia"), briefing(*long)),
        Side(Party("turkey", "Turkey"), briefing(small)),
        Side(Party("norway", "Norway"), briefing(quote("No" + " no" * 3_000 + ".", start=7))),
    )

    message = sections_message(Comparison(Query("?"), sides), "Statements", page=Page("1"))

    assert "We go." in quoted(message)
    assert ["Russia", "Turkey", "Norway"] == [
        block["text"]["text"] for block in message.blocks if block["type"] == "header"
    ]
    assert "a statement of 9,003 characters, too long for a message" in shown(message)
    keeps_the_limits(message)


def test_the_notification_of_sides_counts_what_each_has_on_record():
    sides = (
        Side(Party("russia", "Russia"), briefing(*[quote(start=n) for n in range(5)], total=39)),
        Side(Party("turkey", "Turkey"), briefing(abstained=True)),
    )

    message = sections_message(Comparison(Query("?"), sides), "Statements", page=Page("1"))

    assert "Russia: 39 statements; Turkey: no statements" == message.text


@settings(deadline=None)
@given(st.lists(SENTENCE, min_size=1, max_size=4))
def test_the_sentences_of_one_statement_are_read_back_each_as_it_stands(texts):
    parts = [quote(text, labels=("continues",) * (n > 0)) for n, text in enumerate(texts)]

    expected = [as_shown(text) for text in texts]
    assert [expected] == bars(briefing_message(briefing(*parts), "Statements"))


@pytest.mark.parametrize(
    ("fragment", "want"),
    [
        ("text=he%20asked.-,No.", "https://harbour-post.example/marek#:~:text=he%20asked.-,No."),
        ("", "https://harbour-post.example/marek"),
    ],
)
def test_the_link_of_a_statement_opens_at_its_sentence_where_words_find_it_alone(fragment, want):
    message = briefing_message(briefing(quote("No.", fragment=fragment)), "Statements by Russia")

    assert f'"url": "{want}"' in json.dumps(message.blocks)


def test_a_statement_without_an_address_is_linked_to_the_page_that_shows_it():
    page = "https://desk.example/article/a1?v=1&until=20180308&key=2#s0"
    message = briefing_message(
        briefing(quote("No.", url=None, reader=page)), "Statements by Russia"
    )

    assert f'"url": "{page}"' in json.dumps(message.blocks)


@pytest.mark.parametrize(("total", "label"), [(1, "Rest of the quotation"), (2, "More")])
def test_where_only_the_rest_of_a_quotation_follows_the_button_says_so(total, label):
    group = [quote("“We stay.", end=1), quote("We wait.", start=2, end=3, labels=("continues",))]
    found = briefing(*group, total=total)

    message = briefing_message(found, "Statements", page=Page("1", limit=2))

    texts = [
        b["text"]["text"]
        for m in message.blocks
        if m["type"] == "actions"
        for b in m["elements"]
        if "text" in b
    ]
    assert label in texts
    assert 1 == len({"Rest of the quotation", "More"} & set(texts))


def test_where_a_quotation_began_earlier_our_sign_stands_above_and_the_words_as_they_are():
    [block] = [
        each
        for each in briefing_message(briefing(quote("We stay,” he said.")), "Statements").blocks
        if "We stay" in json.dumps(each)
    ]

    above, words, *_ = block["elements"]
    assert "“… (the quotation begins earlier in the article)" in json.dumps(
        above, ensure_ascii=False
    )
    assert ["We stay,” he said."] == [part["text"] for part in words["elements"]]


def test_a_line_stands_above_what_is_perhaps_about_something_else():
    sure = quote("“We took the tank.”", start=0)
    other = quote("“We like soup.”", start=90, labels=(OTHER_MATTER,))
    asked = replace(briefing(sure, other), query=Query("", topic="the tank"))
    line = "In the same articles, not in so many words about “the tank”:"

    texts = [text for block in briefing_message(asked, "S").blocks for text in strings(block)]

    assert texts.index(sure.text) < texts.index(line) < texts.index(other.text)
    assert not [text for text in texts if "perhaps another matter" in text]
    unsure = replace(asked, quotes=(other,))
    whole = [text for block in briefing_message(unsure, "S").blocks for text in strings(block)]
    assert "Nothing on “the tank” in so many words. What comes nearest:" in whole
    untitled = [t for b in briefing_message(briefing(other), "S").blocks for t in strings(b)]
    assert [text for text in untitled if "perhaps another matter" in text]


def strings(block):
    """All texts in a block, in order."""
    if isinstance(block, dict):
        return [each for value in block.values() for each in strings(value)]
    if isinstance(block, list):
        return [each for value in block for each in strings(value)]
    return [block] if isinstance(block, str) else []

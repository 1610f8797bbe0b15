"""What an outlet or a paper only carries is said by whom it carries."""

from dataclasses import replace

import pytest

from index.speakers import load_tables, read_speakers
from index.speakers.resolve.carriers import told_of
from index.text.sentences import split_sentences
from index.types import Article, Attribution, Span


def at(text, part):
    start = text.index(part)
    return Span(start, start + len(part))


def said(text, source, cue, *content):
    spans = tuple(at(text, part) for part in content)
    return Attribution((at(text, source),), (at(text, cue),), spans)


def speakers(text, attributions):
    article = Article("a", "", text)
    found, _ = read_speakers(article, split_sentences(text), attributions)
    return [statement.speaker and statement.speaker.name for statement in found]


@pytest.mark.parametrize(
    ("text", "outer", "inner"),
    [
        ("Officials said the gate was shut, Reuters reported.",
         ("Reuters", "reported", "Officials said the gate was shut"),
         ("Officials", "said", "the gate was shut")),
        ("The BBC reported that Ada Quill denied it.",
         ("The BBC", "reported", "Ada Quill denied it"), ("Ada Quill", "denied", "it")),
        ("According to the newspaper Tern, Ada Quill believes it will hold.",
         ("the newspaper Tern", "According to", "Ada Quill believes it will hold"),
         ("Ada Quill", "believes", "it will hold")),
        ("Ada Quill said the gate was shut, according to a transcript of her remarks.",
         ("a transcript of her remarks", "according to", "Ada Quill said the gate was shut"),
         ("Ada Quill", "said", "the gate was shut")),
    ],
)  # fmt: skip
def test_whoever_carries_the_words_of_another_does_not_speak(text, outer, inner):
    found = speakers(text, [said(text, *outer), said(text, *inner)])

    assert [inner[0]] == found


@pytest.mark.parametrize(
    ("text", "outer", "inner"),
    [
        # What somebody does is the outlet's to tell.
        ("Reuters reported that Ada Quill ordered ten ships.",
         ("Reuters", "reported", "Ada Quill ordered ten ships"),
         ("Ada Quill", "ordered", "ten ships")),
        # A person who tells what another said is on record.
        ("Bram Oster said that Ada Quill denied it.",
         ("Bram Oster", "said", "Ada Quill denied it"), ("Ada Quill", "denied", "it")),
    ],
)  # fmt: skip
def test_whoever_tells_something_speaks(text, outer, inner):
    found = speakers(text, [said(text, *outer), said(text, *inner)])

    assert [outer[0], inner[0]] == found


@pytest.mark.parametrize(
    ("text", "whom"),
    [
        ("Ten ships sank, Reuters reported, citing the harbour police.", "the harbour police"),
        ("Ten ships sank, state television reported, quoting Ada Quill.", "Ada Quill"),
        ("Ten ships sank, the Daily Tern reported, citing port officials.", "port officials"),
    ],
)
def test_an_outlet_that_cites_somebody_carries_his_words(text, whom):
    outlet = text[len("Ten ships sank, ") : text.index(" reported")]
    cue = "citing" if "citing" in text else "quoting"

    found = speakers(
        text, [said(text, outlet, "reported", "Ten ships sank"), said(text, outlet, cue, whom)]
    )

    assert [whom] == found


def test_a_mayor_who_cites_his_age_speaks_and_so_does_an_outlet_that_cites_data():
    mayor = "The mayor cited his age as a reason."
    outlet = "Prices fell, Reuters reported, citing official data."

    assert ["The mayor"] == speakers(mayor, [said(mayor, "The mayor", "cited", "his age")])
    assert ["Reuters", "Reuters"] == speakers(
        outlet,
        [
            said(outlet, "Reuters", "reported", "Prices fell"),
            said(outlet, "Reuters", "citing", "official data"),
        ],
    )


def test_what_a_person_tells_of_another_is_labelled_so():
    text = "Ivan Petrov said that Anna Novak denied it."
    outer = said(text, "Ivan Petrov", "said", "Anna Novak denied it")
    article = Article("a", "", text)

    found, _ = read_speakers(
        article, split_sentences(text), [outer, said(text, "Anna Novak", "denied", "it")]
    )

    assert [(), ("as told by Ivan Petrov",)] == [statement.labels for statement in found]


@pytest.mark.parametrize(
    ("source", "labels"),
    [
        ("Swedish officials", ("as told by Swedish officials",)),
        ("A Swedish envoy", ("as told by a Swedish envoy",)),
        ("The Norwegian report", ()),
    ],
)
def test_what_a_group_tells_of_another_is_labelled_so_and_what_a_paper_holds_is_not(source, labels):
    text = f"{source} said Anna Novak denied it."
    outer = said(text, source, "said", "Anna Novak denied it")
    inner = said(text, "Anna Novak", "denied", "it")

    found, _ = read_speakers(Article("a", "", text), split_sentences(text), [outer, inner])

    assert found[-1].labels == labels


def test_of_a_parted_source_the_part_beside_its_cue_speaks():
    text = "Congress to vote: Senator Anna Novak promises a bill."
    cue, content = at(text, "promises"), at(text, "a bill")
    source = (at(text, "Congress"), at(text, "Senator Anna Novak"))

    assert ["Anna Novak"] == speakers(text, [Attribution(source, (cue,), (content,))])


@pytest.mark.parametrize(
    ("text", "parts", "name"),
    [
        ("Tern News quoted unnamed pilots as giving a higher toll.",
         ("Tern News", "quoted", "unnamed pilots as giving a higher toll"), "unnamed pilots"),
        ("The gate was shut, a senior pilot, Ada Quill, was quoted by Reuters as saying.",
         ("Reuters", "was quoted", "The gate was shut, a senior pilot, Ada Quill"), "Ada Quill"),
        ("His deputy Ada Quill had no immediate comment, Reuters reported.",
         ("Reuters", "reported", "His deputy Ada Quill had no immediate comment"), "Ada Quill"),
        ("“It stays shut,” Ada Quill wrote, according to the paper.",
         ("the paper", "according to", "“It stays shut,” Ada Quill wrote"), "Ada Quill"),
        ("The Norwegian Navy, however, denied it, as later reported by Reuters.",
         ("Reuters", "reported", "The Norwegian Navy", "denied it"), "The Norwegian Navy"),
    ],
)  # fmt: skip
def test_whose_words_an_outlet_only_passes_on_is_who_speaks(text, parts, name):
    assert [name] == speakers(text, [said(text, *parts)])


def test_an_outlet_that_quotes_nobody_by_name_speaks_itself():
    text = "The paper quoted prices as of May."

    assert ["The paper"] == speakers(text, [said(text, "The paper", "quoted", "prices as of May")])


def test_whose_claims_are_told_of_does_not_speak_there():
    text = "Mr Karl Holm disputed Mr Lars Vik's claims that all was shut."
    holm = said(text, "Mr Karl Holm", "disputed", "Mr Lars Vik's claims that all was shut")
    vik = said(text, "Mr Lars Vik", "claims", "that all was shut")

    assert frozenset({1}) == told_of([holm, vik], text, load_tables())


def test_he_is_not_of_whom_was_only_told():
    text = "Mr Karl Holm disputed Mr Lars Vik's claims that all was shut. “No,” says he."
    at = text.rindex("he")
    he = replace(said(text, "Mr Karl Holm", "says", "“No,”"), source=(Span(at, at + 2),))

    found = speakers(
        text,
        [
            said(text, "Mr Karl Holm", "disputed", "Mr Lars Vik's claims that all was shut"),
            said(text, "Mr Lars Vik", "claims", "that all was shut"),
            he,
        ],
    )

    assert ["Karl Holm", "Lars Vik", "Karl Holm"] == found

import tomllib
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.speakers import load_tables, read_speakers
from index.speakers.gazetteer.names import name_key
from index.speakers.gazetteer.tables import Holder
from index.text.sentences import split_sentences
from index.types import Article, Attribution, Span

ROWS = tomllib.loads((Path(__file__).parent / "rows.toml").read_text("utf-8"))["row"]
NEWSPRINT = st.text(alphabet="aA.!?“”‘’\"' \n,", max_size=60) | st.lists(
    st.sampled_from(
        ["Mr.", "Novak", "said", "he", "she", "who", "they", ",", ".", "\n", "Russian", "’s", "the",
         "Minister", "Ivan", "Petrov", "ministry", "Anna", "of", "a spokesman for", "Hamas", "“",
         "”", "former", "his campaign", "U.S.", "and", "Ivan Petrov and Anna Novak"]
    ),
    max_size=30,
).map(" ".join)  # fmt: skip


def said(text: str, source: str) -> Attribution:
    """Build an attribution whose source is the first *source* in *text*."""
    at = text.index(source)
    return Attribution((Span(at, at + len(source)),), (), (Span(0, 1),))


def statements(row):
    """Read the sources that the text marks with brackets, and resolve them."""
    marks, plain = unmark(row["text"])
    day = row.get("date")
    published = datetime(day.year, day.month, day.day, tzinfo=UTC) if day else None
    article = Article("a", "", plain, row.get("outlet"), None, published)
    attributions = [
        Attribution((m,) if m.end > m.start else (), (m,), (m,), thought=row.get("thought", False))
        for m in marks
    ]
    return statements_of(article, attributions)


def statements_of(article, attributions, tables=None):
    return read_speakers(article, split_sentences(article.text), attributions, tables)[0]


def unmark(text):
    """Take the brackets out: the spans they held, and the text without them."""
    marks, plain, start = [], "", 0
    for char in text:
        if char == "[":
            start = len(plain)
        elif char == "]":
            marks.append(Span(start, len(plain)))
        else:
            plain += char
    return marks, plain


@pytest.mark.parametrize("row", [pytest.param(r, id=r["id"]) for r in ROWS])
def test_a_source_means_the_speaker_a_careful_reader_would_name(row, request):
    if "xfail" in row:
        request.applymarker(pytest.mark.xfail(strict=True, reason=row["xfail"]))

    found = statements(row)

    want = [(w.get("name"), w.get("parties", []), sorted(w.get("labels", []))) for w in row["want"]]
    assert want == [
        (s.speaker and s.speaker.name, [p.key for p in s.speaker.parties] if s.speaker else [],
         sorted(s.labels))
        for s in found
    ]  # fmt: skip


def test_evidence_is_the_article_s_own_wording_with_outlet_and_date():
    day = datetime(2021, 3, 4, tzinfo=UTC)
    text = "Kremlin spokesman Pyotr Zorin said the talks would go on."
    article = Article("a", "", text, "Harbour Post", None, day)

    (found,) = statements_of(article, [said(text, "Pyotr Zorin")])

    (evidence,) = found.speaker.evidence
    assert "Kremlin spokesman Pyotr Zorin" == evidence.text
    assert ("article", "a", "Harbour Post", day) == (
        evidence.origin, evidence.article_id, evidence.outlet, evidence.published_at
    )  # fmt: skip


def test_a_user_s_row_for_a_person_wins_over_the_article(tmp_path):
    file = tmp_path / "parties.tsv"
    file.write_text("Pyotr Zorin\tHamas\n", "utf-8")
    text = "Kremlin spokesman Pyotr Zorin said the talks would go on."
    article = Article("a", "", text)

    (found,) = statements_of(article, [said(text, "Pyotr Zorin")], load_tables(file))

    assert [("hamas", "user")] == [
        (p.key, e.origin)
        for p, e in zip(found.speaker.parties, found.speaker.evidence, strict=True)
    ]


def holder(name, party):
    return Holder(name_key(name), name, party, "Minister of Foreign Affairs", None, None)


@pytest.mark.parametrize(
    ("source", "holders", "parties"),
    [
        ("Gromov", [holder("Pavel Gromov", "russia")], ["russia"]),
        ("Gromov, a former minister,", [holder("Pavel Gromov", "russia")], []),
        ("Gromov", [holder("Pavel Gromov", "russia"), holder("Pavel Gromov", "turkey")], []),
        ("Gromov", [holder("Pavel Gromov", "russia"), holder("Ivan Gromov", "russia")], []),
    ],
    ids=["known", "but-the-article-says-former", "two-parties", "two-given-names"],
)
def test_the_tables_tell_whose_a_bare_surname_is_only_beyond_doubt(source, holders, parties):
    text = f"{source} said the talks would go on."
    tables = replace(load_tables(), holders={"gromov": tuple(holders)})

    (found,) = statements_of(Article("a", "", text), [said(text, source)], tables)

    assert parties == [party.key for party in found.speaker.parties]


def test_i_means_the_speaker_of_the_quotation_it_stands_in():
    text = "“I believe that we will stay,” Anna Lindqvist said."
    name, i = text.index("Anna"), text.index("I b")
    outer = Attribution((Span(name, name + 14),), (), (Span(0, name),), "direct")
    inner = Attribution((Span(i, i + 1),), (Span(i + 2, i + 9),), (Span(i + 10, name - 3),))

    found = statements_of(Article("a", "", text), [inner, outer])

    assert [("Anna Lindqvist", ("inferred from a pronoun",)), ("Anna Lindqvist", ())] == [
        (s.speaker.name, s.labels) for s in found
    ]


def test_no_attributions_give_no_statements():
    assert () == statements_of(Article("a", "", "Nothing was said."), [])


@settings(max_examples=60)
@given(NEWSPRINT, st.data())
def test_any_text_and_spans_give_a_statement_each_or_more_in_their_order(text, data):
    ends = st.integers(0, len(text))
    pairs = data.draw(st.lists(st.tuples(ends, ends).map(sorted), max_size=4))
    attributions = [Attribution((Span(*p),) if p[0] < p[1] else (), (), (Span(*p),)) for p in pairs]

    found = statements_of(Article("a", "", text), attributions)

    assert attributions == [s.attribution for i, s in enumerate(found)
                            if not i or s.attribution is not found[i - 1].attribution]  # fmt: skip


def test_a_name_behind_a_quotation_signs_it_and_not_the_next():
    text = "“We will stay here.” ― Anna Novak\n“We will all leave today.” ― Ivan Petrov\n"
    name, dash, quote = text.index("Anna"), text.index("―"), text.index("“We will all")
    end = text.index("” ― Ivan") + 1
    astray = Attribution((Span(name, name + 10),), (Span(dash, dash + 1),), (Span(quote, end),))

    (found,) = statements_of(Article("a", "", text), [astray])

    assert "Ivan Petrov" == found.speaker.name


# Somebody who shares the surname of an office holder, in brackets where he speaks.
_NO_HOLDERS = (
    "Will Hunt lost his bakery in Millbrook, Ohio. “Gone,” [Hunt] said.",
    "Bill Hunt lost his bakery in Millbrook, Ohio. “Gone,” [Hunt] said.",
    "Will Johnson, a vet, lost a shop. “Gone,” [Johnson] said.",
    "Dawn Price sells eggs in Norway. [Price] said the hens were well.",
    "WILL HUNT: The oven is wet. [HUNT] said it would dry.",
    "Anna 't Hart lost a boat. [Hart] said it was old.",
    "The flood took a shop in Millbrook. [Hunt] said it was gone.",
    "[Mark], a fisherman, said the sea was cold.",
    "Neighbour Grant Johnson wept. Britain sent a card. [Johnson] said he was glad.",
    "Peter Merkel, a driver, was in Germany. [Merkel] said it rained.",
    "The storm reached Germany on Monday. [Merkel], 34, said that the bread was gone.",
)


@pytest.mark.parametrize("text", _NO_HOLDERS)
def test_a_bare_surname_is_no_holder_of_whom_the_article_says_nothing(text):
    found = statements({"text": text})

    assert [()] == [s.speaker.parties for s in found]


@pytest.mark.parametrize(
    ("text", "party"),
    [
        ("The Treasury in London cut a tax. [Hunt] said it was time.", "united kingdom"),
        ("Russia closed the port. [Lavrov] said it was ice.", "russia"),
        ("President [Obama] spoke in September. He was tired.", "united states"),
    ],
)
def test_a_bare_surname_is_the_holder_where_the_subject_fits(text, party):
    found = statements({"text": text})

    assert [party] == [s.speaker.parties[-1].key for s in found]


@pytest.mark.parametrize(
    "text",
    [
        "Labour Minister [Oskar Lind], a member of the Conservative Party, spoke.",
        "[The Labour Ministry] said it would pay.",
        "[The Labour Department] said jobs rose.",
        "[The Ministry of Labour] said it would pay.",
        "The Labour Party met the Labour Minister. Labour Minister [Oskar Lind] left.",
        "Labour Secretary [Ruth Pell] said so.",
        "Green Minister [Ruth Pell] said so. The Green Party left.",
        "Labour inspector [Tom Reed] said no.",
        "The Conservative Party ruled. Dockers struck. [The union] said it would not obey.",
        "The Labour Party lost. Teachers struck. [The association] said it would not obey.",
    ],
)
def test_a_portfolio_and_a_union_are_no_party_of_that_name(text):
    parties = {p.key for s in statements({"text": text}) for p in s.speaker.parties}

    assert not parties & {"labour party", "conservative party", "green party"}

"""Every question of questions.toml, asked of the sample corpus through the real engine."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from index.core import Index, open_index
from index.labels import OTHER_MATTER
from index.settings import load_index_settings
from index.sources.folder import read_paths
from index.types import Briefing, Quote
from tests.acceptance.corpus import SAMPLE, Row, Voice, load_rows, load_voices, voices_of

pytestmark = pytest.mark.model

# More than any question has answers here: what is wrong must not hide below the fold.
ALL = 60
FOLD = 5
VOICES = load_voices()
ROWS = {row.id: row for row in load_rows()}
COUNTRIES = {voice.party for voice in VOICES if voice.party} & {
    "russia", "united states", "turkey", "ukraine", "norway", "poland"
}  # fmt: skip


def marked(row: Row) -> object:
    """Make a parameter of *row*; one with a reason is expected to fail, strictly."""
    marks = [pytest.mark.xfail(strict=True, reason=row.reason)] if row.reason else []
    return pytest.param(row, id=row.id, marks=marks)


@pytest.fixture(scope="session")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    """The sample corpus, indexed the way `onrecord add` does it."""
    opened = open_index(load_index_settings(data_dir=tmp_path_factory.mktemp("sample")))
    refused = [done for done in opened.add(read_paths([str(SAMPLE)])) if done.status == "refused"]
    assert [] == refused
    yield opened
    opened.close()


@pytest.mark.parametrize("row", [marked(row) for row in ROWS.values()])
def test_an_answer_is_what_a_careful_reader_wants(engine, row):
    briefing = ask(engine, row, limit=ALL)

    faults = [
        *missing(row, briefing),
        *foreign(row, briefing),
        *[fault for quote in briefing.quotes for fault in misread(engine, quote)],
        *below_the_fold(engine, row),
    ]

    assert [] == faults


@pytest.mark.parametrize(
    ("question", "sure", "unsure"),
    [
        (
            "What did Russia say about the tank?",
            [],
            ["the clash of February 7 betrays a plan", "needed to be verified"],
        ),
        (
            "What did Russia say about the base?",
            ["played no part in the attack on a base"],
            ["none of the country’s forces had joined", "wants the Kurds to have a place"],
        ),
        (
            "What did Russia say about the truce?",
            ["denied the accusation", "No gun of ours has fired", "picking a quarrel"],
            [],
        ),
        (
            "Russia and Ukraine on the truce",
            ["denied the accusation", "No gun of ours has fired", "of breaking the winter truce"],
            [],
        ),
        (
            "Who was hurt?",
            ["anyone had been hurt", "confirmed on Monday that two workers"],
            [],
        ),
        (
            "Brennick on the burst line",
            ["confirmed on Monday that two workers", "denied on Friday", "Nobody was hurt and"],
            ["we passed it on; that was wrong", "replace the whole line"],
        ),
        (
            "What did the police say about the burst line?",
            [],
            ["they had opened an investigation"],
        ),
        (
            "Who spoke about the gas line?",
            ["Nobody was hurt and", "taken to hospital with burns", "demanded an inquiry"],
            ["opened an investigation", "a third of its yearly profit"],
        ),
        (
            "What did Turkey say about the Syrian Democratic Forces?",
            ["leave the border crossing of Karaviran", "men who answer to no state"],
            [],
        ),
    ],
)
def test_what_may_be_on_another_matter_comes_and_is_labelled(engine, question, sure, unsure):
    briefing = engine.answer(question, limit=ALL)
    labelled = {
        fragment: OTHER_MATTER in quote.labels
        for fragment in (*sure, *unsure)
        for quote in briefing.quotes
        if fragment in quote.text
    }

    assert dict.fromkeys(sure, False) | dict.fromkeys(unsure, True) == labelled


@pytest.mark.parametrize(
    ("question", "fragment", "label"),
    [
        (
            "What did Russian officials say about the assault?",
            "country’s forces had joined",
            "reported by another outlet",
        ),
        ("What did Dmitry Peskov say?", "needed to be verified", "via spokesperson"),
        ("What did Turkish officials say about the wall?", "army engineers had begun", "anonymous"),
        (
            "Who said “Tell them the kettle is on”?",
            "Tell them the kettle is on",
            "unattributed in source",
        ),
        (
            "What did Kemal Arslantekin say?",
            "when customs officers stand there",
            "continues",
        ),
    ],
)
def test_a_quote_says_how_its_speaker_is_known(engine, question, fragment, label):
    quotes = engine.answer(question, limit=ALL).quotes

    labels = [quote.labels for quote in quotes if fragment in quote.text]

    assert any(label in each for each in labels)


def test_a_speakers_evidence_is_the_wording_of_an_article(engine):
    quotes = engine.answer("What did Sergei Lavrov say?", limit=ALL).quotes

    wordings = [evidence.text for quote in quotes for evidence in quote.evidence]

    assert any("Russian Foreign Minister" in wording for wording in wordings)


def test_wire_copy_is_shown_once_with_the_other_outlets_named(engine):
    briefing = engine.answer("What did Kemal Arslantekin say?", limit=ALL)

    gate = [quote for quote in briefing.quotes if "We cannot share a gate" in quote.text]

    assert 1 == len(gate)
    assert {"Daily Tern", "Quayside Times", "Lantern Weekly"} == {gate[0].outlet, *gate[0].also_in}


def test_nearest_statements_of_an_abstention_are_kept_apart(engine):
    briefing = engine.answer("What did Iran say about the wheat?")

    assert briefing.abstained
    assert () == briefing.quotes
    assert [] == [fault for quote in briefing.nearest for fault in misread(engine, quote)]


def ask(engine: Index, row: Row, limit: int) -> Briefing:
    """Ask *row*, and first the question it follows."""
    before = ask(engine, ROWS[row.after], limit).query if row.after else None
    if row.now is None:
        return engine.answer(row.question, previous=before, limit=limit)
    return engine.answer(row.question, previous=before, limit=limit, now=row.now)


def missing(row: Row, briefing: Briefing) -> list[str]:
    """Name what *row* wants and did not get, and an abstention that it did not want."""
    texts = [quote.text for quote in briefing.quotes]
    faults = [f"missing: {want}" for want in row.want if not any(want in text for text in texts)]
    if row.abstain and not briefing.abstained:
        faults.append(f"should abstain, gave {len(texts)} quotes")
    if row.want and briefing.abstained:
        faults.append(f"abstained: {briefing.reason}")
    return faults


def foreign(row: Row, briefing: Briefing) -> list[str]:
    """Name quotes that *row* forbids, or that none of those asked about said."""
    faults = []
    for quote in briefing.quotes:
        said_by = {name for v in voices_of(quote.text, VOICES) for name in (v.name, v.party)}
        if row.by and not said_by & set(row.by):
            faults.append(f"not said by {' or '.join(row.by)}: {quote.text}")
        if row.abstain or any(never in quote.text for never in row.never):
            faults.append(f"must not come: {quote.text}")
    return faults


def misread(engine: Index, quote: Quote) -> list[str]:
    """Name what is untrue of *quote*: other words, another mouth, another flag."""
    stored = engine.store.get(quote.article_id)
    assert stored is not None
    faults = []
    if stored.article.text[quote.start : quote.end] != quote.text:
        faults.append(f"not verbatim: {quote.text}")
    voices = voices_of(quote.text, VOICES)
    if quote.speaker and (wrong := others_named(quote.speaker, voices)):
        faults.append(f"put in the mouth of {wrong}: {quote.text}")
    if quote.speaker and [voice.name for voice in voices] == ["nobody"]:
        faults.append(f"the article names no speaker, {quote.speaker} is shown: {quote.text}")
    flag = (quote.party or "").casefold()
    if flag in COUNTRIES and flag not in {voice.party for voice in voices}:
        faults.append(f"shown for {quote.party}: {quote.text}")
    return faults


def others_named(speaker: str, voices: list[Voice]) -> list[str]:
    """List persons of the record whom *speaker* names but who are not among *voices*."""
    return [
        voice.name
        for voice in VOICES
        if voice.person and voice not in voices and voice.name in speaker
    ]


def below_the_fold(engine: Index, row: Row) -> list[str]:
    """Name what *row* wants within the first quotes and does not find there."""
    if not row.top:
        return []
    texts = [quote.text for quote in ask(engine, row, limit=FOLD).quotes]
    return [f"below the fold: {top}" for top in row.top if not any(top in text for text in texts)]

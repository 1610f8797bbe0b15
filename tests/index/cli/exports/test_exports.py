"""An export read back is the answer; it says what it leaves out, and computes nothing."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from datetime import UTC, datetime

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from index.cli.exports.gathering import Export, export_of, misunderstood
from index.cli.exports.rows import COLUMNS, defused, undefused
from index.cli.exports.writing import FORMS
from index.cli.main import main
from index.cli.paging import is_cut
from index.cli.records import quote_record
from index.errors import QuestionError
from index.labels import CONTINUES, group_quotes
from index.reports.wording import plain
from index.types import Article

NOW = datetime(2018, 5, 1, 9, 30, tzinfo=UTC)
HOSTILE = st.text(alphabet="'=+-@\t\r\n＝,;\" aé\ud7ff\x00", max_size=12)
MAYOR = "Mayor Ana Horvat told the council."
LINES = [
    *("=1+1 is what the ferry costs", "+385 is the harbour's number", "@harbour, hear us"),
    *("No ship [is] *refused* in a <storm>", "The pier costs “four”, maybe five; million"),
    *("Fishing ends\nin October", "'-2 degrees' is what the pilots fear"),
]
TEXT = "\n\n".join(f"“{line},” {MAYOR}" for line in LINES)
ASKED = "what did Ana Horvat say?"


@pytest.fixture
def record(engine):
    url = "https://p.example/a?b=1&c=(2)"
    dated = Article("=a", "Council", TEXT, "@Post; Daily", url, datetime(2018, 2, 3, tzinfo=UTC))
    said = "“" + ". ".join(f"Boat {n} is late" for n in range(9)) + ",” Ana Horvat said."
    list(engine.add([dated, Article("b", "Boats", said)]))
    return engine


def exported(record, question=ASKED, limit=100, offset=0) -> Export:
    found = record.answer_query(record.parse(question), limit=limit, offset=offset)
    cut = is_cut(record, found, limit, offset)
    return export_of(record, found, question, cut=cut, now=NOW, offset=offset)


def records(export):
    return json.loads(json.dumps([quote_record(quote) for quote in export.quotes]))


def rows(export):
    body = FORMS["csv"].make(export).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(body, newline="")))


def flat(value):
    if isinstance(value, list):
        return "; ".join(map(str, value))
    return "" if value is None else str(value)


def test_csv_read_back_is_the_answer(record):
    export = exported(record)

    found = rows(export)

    assert list(COLUMNS) == list(found[0])
    shared = [name for name in COLUMNS if name in records(export)[0]]
    assert [{name: flat(one[name]) for name in shared} for one in records(export)] == [
        {name: undefused(row[name]) for name in shared} for row in found
    ]
    assert {"all: 8 statements"} == {row["note"] for row in found}
    assert {ASKED} == {row["question"] for row in found}
    retrieved = {item.indexed_at for item in map(record.store.get, record.store.ids())}
    assert {f"{at:%Y-%m-%d}" for at in retrieved} == {row["retrieved"][:10] for row in found}


def test_json_lines_read_back_are_the_answer(record):
    export = exported(record)

    found = list(map(json.loads, FORMS["jsonl"].make(export).decode().splitlines()))

    ours = {"question", "note", "link", "retrieved"}
    assert records(export) == [
        {name: value for name, value in line.items() if name not in ours} for line in found
    ]
    assert all(ours <= set(line) for line in found)


def words_of(export):
    return [plain(" ".join(q.text for q in group)) for group in group_quotes(export.quotes)]


def test_citations_hold_every_statement_with_outlet_date_link_and_day_of_retrieval(record):
    export = exported(record)

    text = FORMS["txt"].make(export).decode()

    found = re.findall(r"(?m)^\d+\. (.*)\n   (.*)\n   (.*)$", text)
    assert words_of(export) == [words for words, _, _ in found]
    for group, (_, by, where) in zip(group_quotes(export.quotes), found, strict=True):
        assert group[0].speaker in by
        if group[0].url:
            assert where.startswith("@Post; Daily · 2018-02-03. https://p.example/a?b=1&c=(2)#")
        assert re.search(r" Retrieved \d{4}-\d\d-\d\d\.$", where)


def test_markdown_has_a_footnote_for_every_statement(record):
    export = exported(record)

    text = FORMS["md"].make(export).decode()

    shown = [
        token.children
        for token in MarkdownIt().parse(re.sub(r"\[\^\d+\](?!:)", "", text))
        if token.type == "inline" and token.level == 2
    ]
    assert words_of(export) == ["".join(part.content for part in parts) for parts in shown]
    bys = [line for line in text.splitlines() if line.startswith("**")]
    for group, by in zip(group_quotes(export.quotes), bys, strict=True):
        assert group[0].speaker in by
        assert all(label in by for quote in group for label in quote.labels if label != CONTINUES)
    marks, notes = re.findall(r"\[\^(\d+)\]$", text, re.M), re.findall(r"^\[\^(\d+)\]:", text, re.M)
    assert [str(n) for n in range(1, 9)] == marks == notes


def test_a_document_holds_every_statement(record):
    export = exported(record)

    found = docx.Document(io.BytesIO(FORMS["docx"].make(export)))

    assert words_of(export) == [p.text for p in found.paragraphs if p.style.name == "Quote"]
    lines = [p.text for p in found.paragraphs]
    assert "All: 8 statements." in lines
    assert 8 == sum("· Retrieved " in line for line in lines)


@pytest.mark.parametrize(
    ("limit", "offset", "note"),
    [
        (100, 0, "all: 8 statements"),
        (2, 0, "cut at 2 quotes: 2 of 8 statements"),
        (2, 2, "after the first 2 quotes, cut at 2 quotes: 2 of 8 statements"),
    ],
)
@pytest.mark.parametrize("form", FORMS)
def test_every_form_says_whether_it_is_all(record, limit, offset, note, form):
    made = FORMS[form].make(exported(record, limit=limit, offset=offset))

    if form == "docx":
        made = "\n".join(p.text for p in docx.Document(io.BytesIO(made)).paragraphs).encode()
    assert note[1:] in made.decode()


@pytest.mark.parametrize("form", FORMS)
def test_an_abstention_gives_its_reason(record, form):
    export = exported(record, "what did Peru say?")

    made = FORMS[form].make(export)

    assert export.abstained
    if form == "docx":
        made = "\n".join(p.text for p in docx.Document(io.BytesIO(made)).paragraphs).encode()
    assert export.note.rstrip(".") in made.decode()
    assert "“" not in made.decode().replace(export.note, "")


@pytest.mark.parametrize("form", FORMS)
def test_what_was_not_understood_is_an_abstention(record, form):
    with pytest.raises(QuestionError) as caught:
        record.parse("?!")

    assert FORMS[form].make(misunderstood("?!", str(caught.value), record.stats(), NOW))


@given(HOSTILE)
def test_no_cell_begins_as_a_formula_and_each_is_read_back(text):
    cell = defused(text)

    assert not re.match(r"[=+\-@\t\r\n＝＋－＠]", cell)
    assert text == undefused(cell)


@given(HOSTILE, HOSTILE)
def test_any_words_come_back_from_the_rows(text, name):
    export = Export(text, "", NOW, (), None, name, abstained=True)

    (row,) = rows(export)
    (line,) = FORMS["jsonl"].make(export).decode().split("\n")[:-1]

    assert [text, name] == [undefused(row[key]) for key in ("question", "note")]
    assert [text, name] == [json.loads(line)[key] for key in ("question", "note")]


def test_a_document_holds_what_xml_cannot(record):
    export = exported(record)
    hostile = replace(export.quotes[0], text="a\x00b\x1b[31m\u202ec", speaker="\x07", outlet="\x0b")

    for form in FORMS.values():
        assert form.make(replace(export, quotes=(hostile,), question="\x00\ufffe"))


@pytest.mark.parametrize("words", [("ask", ASKED), ("said", "Ana Horvat"), ("brief", "ferry")])
@pytest.mark.parametrize("form", FORMS)
def test_the_commands_write_it(record, tmp_path, monkeypatch, capsys, words, form):
    if words[0] == "brief" and form in ("md", "docx"):
        pytest.skip("a report by party")
    monkeypatch.setattr("index.core.open_embedder", lambda *given: record._embedder)
    folder, out = ["--data-dir", str(tmp_path / "data")], tmp_path / f"a.{form}"

    assert 0 == main([*folder, *words, "--out", str(out)])
    told = capsys.readouterr().out
    assert 0 == main([*folder, "--json", *words, "--limit", "1", "--out", str(out)])
    cut = json.loads(capsys.readouterr().out)

    assert f"a.{form}: all: " in told
    assert cut["note"].startswith("cut at 1 quotes") or words[0] == "brief"
    assert out.stat().st_size > 0


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("ask", "Ana Horvat", "--out", "a.pdf"), "none of the endings .csv"),
        (("ask", "--batch", "-", "--out", "a.csv"), "leave --out away"),
        (("said", "Ana Horvat", "--timeline", "--out", "a.csv"), "leave --out away"),
        (("ask", "Ana Horvat", "--out", "missing/a.csv"), "missing"),
    ],
)
def test_what_cannot_be_written_is_one_line(record, tmp_path, monkeypatch, capsys, words, reason):
    monkeypatch.setattr("index.core.open_embedder", lambda *given: record._embedder)
    monkeypatch.chdir(tmp_path)

    code = main(["--data-dir", str(tmp_path / "data"), *words])

    assert code in (1, 2)
    assert reason in capsys.readouterr().err
    assert not (tmp_path / "a.csv").exists()

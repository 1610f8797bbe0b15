"""`onrecord brief --out`: what a digest shows, as a file."""

from __future__ import annotations

import json

import pytest

from tests.acceptance.corpus import SAMPLE

pytestmark = pytest.mark.model


def texts() -> list[str]:
    articles = map(json.loads, SAMPLE.read_text("utf-8").splitlines())
    return [article["text"] for article in articles]


def quotes(text: str) -> list[str]:
    return [line[2:].replace("\\", "") for line in text.splitlines() if line.startswith("> ")]


def test_all_that_is_new_is_written_by_party_word_for_word(onrecord, tmp_path):
    onrecord("add", str(SAMPLE))

    code, out, _ = onrecord("brief", "--since", "2018-03-01", "--out", "b.md")

    text = (tmp_path / "b.md").read_text("utf-8")
    shown = quotes(text)
    assert 0 == code
    assert "statements written to b.md" in out
    assert {"## Russia", "## Turkey"} <= set(text.splitlines())
    assert len(shown) > 30
    whole = " ".join(" ".join(text.split()) for text in texts())
    assert [] == [q for q in shown if " ".join(q.split()) not in whole]
    assert "Brennick Energy denied on Friday" in text[text.index("Differs from an earlier") :]


def test_names_of_parties_ask_for_what_these_say(onrecord, tmp_path):
    onrecord("add", str(SAMPLE))

    onrecord("brief", "Russia and Turkey", "--out", "b.html")
    _, out, _ = onrecord("brief", "Russia and Turkey", "--json")

    page = (tmp_path / "b.html").read_text("utf-8")
    assert ["Russia", "Turkey"] == sorted(part.split("</h2>")[0] for part in page.split("<h2>")[1:])
    assert {"Russia", "Turkey"} == {quote["party"] for quote in json.loads(out)["quotes"]}


def test_nothing_new_is_said_so_and_is_no_failure(onrecord, tmp_path):
    onrecord("add", str(SAMPLE))

    code, out, _ = onrecord("brief", "exports", "--since", "2018-05-01", "--out", "b.md", "--json")

    assert (0, {"out": "b.md", "statements": 0}) == (code, json.loads(out))
    assert "Nothing to report. No statement on exports" in (tmp_path / "b.md").read_text()


def test_what_cannot_be_written_is_one_line(onrecord, tmp_path):
    unknown = onrecord("brief", "exports", "--out", "b.pdf")
    onrecord("add", str(SAMPLE))
    missing = onrecord("brief", "exports", "--out", "no/such/folder/b.md")

    assert [(2, 1), (1, 1)] == [(code, err.count("\n")) for code, _, err in (unknown, missing)]
    assert ".md, .html, .docx" in unknown[2]
    assert "no/such/folder/b.md" in missing[2]

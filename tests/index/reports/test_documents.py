"""A report as a document: whole, escaped, and written in one step or not at all."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from html.parser import HTMLParser

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from index.errors import SettingsError, StoreError
from index.labels import CONTINUES, FROM_PRONOUN
from index.reports.gathering import Report, Section
from index.reports.html import html_of
from index.reports.markdown import markdown_of
from index.reports.word import word_of
from index.reports.wording import plain
from index.reports.writing import write_report
from index.types import Briefing, Change, Coverage, Label, Query
from tests.index.quote_builders import quote

NOW = datetime(2018, 2, 14, 8, tzinfo=UTC)
COVERAGE = Coverage(7, 90, datetime(2018, 2, 13, tzinfo=UTC), NOW)
HOSTILE = (
    "<script>alert(1)</script>",
    "[x](javascript:alert(1)) ![i](http://evil.example/i.png)",
    "# no heading\n\n- no list\n1. none\n***\n```\ncode",
    "**bold** `code` _under_ ~~gone~~ &lt;b&gt; &amp; <img src=x onerror=alert(1)>",
    "\x00\x0b\x1b[31m \ud800 \ufffe words",
    "left \u202eright",
    "http://evil.example and www.evil.example",
    "1) one",
    "= = =",
    "| a | b |",
    "]]>",
)


def report(*sections: Section, reason: str | None = None) -> Report:
    quotes = tuple(q for s in sections for group in s.statements for q in group)
    found = Briefing(Query(""), quotes, COVERAGE, not quotes, reason, total=len(quotes))
    return Report("exports", "Statements about exports", NOW, sections, found)


def said(text: str, **more) -> Report:
    return report(Section("Norland", ((quote(text, **more),),)))


def read_markdown(body: bytes) -> str:
    return MarkdownIt("gfm-like", {"linkify": False}).render(body.decode())


class Page(HTMLParser):
    """The tags and the text of a page."""

    def __init__(self, body: str) -> None:
        super().__init__()
        self.tags, self.text = [], ""
        self.feed(body)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text += data


def text_of_word(body: bytes) -> str:
    return "\n".join(p.text for p in docx.Document(io.BytesIO(body)).paragraphs)


def texts(made: Report) -> dict[str, str]:
    """What a reader sees of each kind of document, blanks put together."""
    seen = {
        ".md": Page(read_markdown(markdown_of(made))).text,
        ".html": Page(html_of(made).decode()).text,
        ".docx": text_of_word(word_of(made)),
    }
    return {kind: " ".join(text.split()) for kind, text in seen.items()}


def test_a_statement_stands_whole_with_who_how_and_where():
    first = quote(
        "“We stay.",
        party="Norland",
        outlet="Daily Tern",
        url="https://tern.example/a?x=1&copy;=2",
        fragment="text=We%20stay.",
        labels=(CONTINUES, FROM_PRONOUN),
        also_in=("Harbour Post",),
    )
    made = report(Section("Norland", ((first, quote("We hope.”", party="Norland")),)))

    for text in texts(made).values():
        assert "“We stay. We hope.”" in text
        assert "Ana Horvat, mayor (Norland) · direct, inferred from a pronoun · " in text
        assert "Daily Tern · 2018-02-13 · also in Harbour Post" in text
        assert "7 articles, 90 sentences, newest 2018-02-13" in text
    link = "https://tern.example/a?x=1&copy;=2#:~:text=We%20stay."
    for page in (read_markdown(markdown_of(made)), html_of(made).decode()):
        assert link in [attrs.get("href") for tag, attrs in Page(page).tags if tag == "a"]
    word = docx.Document(io.BytesIO(word_of(made)))
    assert [link] == [each.address + "#" * 0 + (f"#{each.fragment}" if each.fragment else "")
                      for p in word.paragraphs for each in p.hyperlinks]  # fmt: skip


def test_an_earlier_statement_that_differs_stands_with_its_date():
    change = Change(
        quote("We leave.", published_at=datetime(2018, 2, 3, tzinfo=UTC)), quote("We stay.")
    )
    made = report(Section("Norland", ((quote("We stay."),),), (change,)))

    for text in texts(made).values():
        assert "Differs from an earlier statement" in text
        earlier, later = text.index("Earlier: We leave."), text.index("Later: We stay.")
        assert earlier < text.index("2018-02-03") < later


def test_an_empty_report_says_so():
    for text in texts(report(reason="No statement about exports, in 7 articles")).values():
        assert "Nothing to report. No statement about exports, in 7 articles." in text


@pytest.mark.parametrize("text", HOSTILE)
def test_what_articles_and_people_wrote_is_text_and_nothing_else(text):
    made = said(text, speaker=text, role=text, outlet=text, labels=(Label(text),), also_in=(text,))

    want = " ".join(plain(text).split())
    for kind, seen in texts(made).items():
        assert seen.count(want) >= 5, kind
    pages = {"md": read_markdown(markdown_of(made)), "html": html_of(made).decode()}
    for page in pages.values():
        tags = {tag for tag, _ in Page(page).tags}
        assert set() == tags & {"script", "img", "a", "ol", "ul", "table", "code", "pre", "em", "s"}


def test_no_address_but_one_that_a_reader_can_open_is_linked():
    made = said("We stay.", url="javascript:alert(1)")

    assert b"javascript" not in markdown_of(made) + html_of(made) + word_of(made)


def test_a_page_runs_nothing_and_loads_nothing():
    tags = Page(html_of(said("We stay.")).decode()).tags

    policies = [a["content"] for tag, a in tags if "http-equiv" in a]
    assert ["default-src 'none'"] == [policy.split(";")[0] for policy in policies]
    assert set() == {tag for tag, _ in tags} & {"script", "link", "iframe", "object", "form"}


@settings(deadline=None, max_examples=150)
@given(st.text(alphabet=st.sampled_from("ab 12.)(-+=#*_`~<>[]!&;:|\\/@\n\twhtps"), max_size=40))
def test_markdown_reads_back_as_what_was_written(text):
    if not (want := " ".join(plain(text).split())):
        return

    seen = Page(read_markdown(markdown_of(said(text))))

    assert f" {want} " in f" {' '.join(seen.text.split())} "
    assert "a" not in {tag for tag, _ in seen.tags}


def test_the_ending_says_what_is_written_and_any_other_is_refused(tmp_path):
    for name in ("a.md", "a.HTML", "a.docx"):
        write_report(said("We stay."), tmp_path / name)
    assert (tmp_path / "a.HTML").read_bytes().startswith(b"<!DOCTYPE html>")
    assert "We stay." in text_of_word((tmp_path / "a.docx").read_bytes())

    for name in ("a.pdf", "a", "md"):
        with pytest.raises(SettingsError, match=r"none of the endings \.md, \.html, \.docx"):
            write_report(said("We stay."), tmp_path / name)


def test_a_file_is_replaced_whole_or_stays(tmp_path, monkeypatch):
    write_report(said("We stay."), tmp_path / "a.md")
    before = (tmp_path / "a.md").read_bytes()
    monkeypatch.setattr("index.database.files.os.fsync", _full)

    with pytest.raises(StoreError, match=r"cannot write .*a\.md \(No space left"):
        write_report(said("We leave."), tmp_path / "a.md")

    assert (before, ["a.md"]) == (
        (tmp_path / "a.md").read_bytes(),
        [path.name for path in tmp_path.iterdir()],
    )


def _full(number: int) -> None:
    raise OSError(28, "No space left on device")


@pytest.mark.parametrize("name", ["missing/a.md", "folder.md", "onrecord.sqlite3"])
def test_a_path_that_cannot_be_written_is_one_line(tmp_path, name):
    (tmp_path / "folder.md").mkdir()

    with pytest.raises((StoreError, SettingsError)) as caught:
        write_report(said("We stay."), tmp_path / name)

    assert name in str(caught.value)
    assert "\n" not in str(caught.value)

from __future__ import annotations

import json
import re
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from index.errors import ArticleError
from index.formats import SUFFIXES, Item, html, json_files, jsonl, knows, parse, xml_files
from index.formats.parts.cleaning import clean_text
from index.formats.parts.sniffing import sniff
from index.text.sentences import split_sentences
from index.types import Article

GOLDEN = Path(__file__).with_name("golden")
INPUTS = sorted(path for path in GOLDEN.iterdir() if path.is_file())
SENTENCE = "The harbour authority said on Tuesday that the ferry would stay in port. "


def as_json(item: Item) -> object:
    if isinstance(item, ArticleError):
        return str(item)
    reported = {n: value for n, value in asdict(item).items() if value not in (None, ())}
    return json.loads(json.dumps(reported, default=datetime.isoformat))


def formats_of(suffix: str) -> list[object]:
    return [one for one in (html, jsonl, json_files, xml_files) if suffix in one.SUFFIXES]


def only(data: bytes, name: str, mime: str | None = None) -> Article:
    (item,) = parse(data, name, mime)
    assert isinstance(item, Article), item
    return item


def refusal(data: bytes, name: str, mime: str | None = None) -> str:
    (item,) = parse(data, name, mime)
    assert isinstance(item, ArticleError)
    return str(item)


@pytest.mark.parametrize("path", INPUTS, ids=[path.name for path in INPUTS])
def test_a_golden_file_gives_these_articles_and_errors(path):
    expected = json.loads((GOLDEN / "expected" / f"{path.name}.json").read_text("utf-8"))

    assert expected == [as_json(item) for item in parse(path.read_bytes(), path.name)]


def test_every_format_has_a_golden_file():
    suffixes = {path.suffix for path in INPUTS}

    assert {".txt", ".md", ".html", ".jsonl", ".ninjs", ".json"} <= suffixes
    assert {".newsml", ".nitf", ".rss", ".atom"} <= suffixes
    assert {".pdf", ".docx", ".eml", ".srt", ".vtt"} <= suffixes


@pytest.mark.parametrize("path", INPUTS, ids=[path.name for path in INPUTS])
def test_the_text_of_a_golden_file_has_sentences_and_no_markup(path):
    for item in parse(path.read_bytes(), path.name):
        if isinstance(item, Article):
            assert split_sentences(item.text)
            assert not re.search(r"</?(?:p|div|b|em|q|td|script)\b|&[a-z]+;", item.text)


@pytest.mark.parametrize("path", INPUTS, ids=[path.name for path in INPUTS])
def test_a_golden_file_without_a_name_or_type_is_known_by_its_first_bytes(path):
    reported = {".md": "", ".txt": ""}.get(path.suffix, path.suffix)

    assert formats_of(reported) == formats_of(sniff(path.read_bytes()))


# Which format


@pytest.mark.parametrize("name", ["a.txt", "A.TXT", "b/c.md", "d.markdown", "e.htm", "f.ndjson"])
def test_a_known_suffix_is_known_in_any_case(name):
    assert knows(name)


@pytest.mark.parametrize("name", ["a", "a.xls", "txt", ".txt", "a.odt"])
def test_other_names_are_not_known(name):
    assert not knows(name)


def test_an_unknown_suffix_is_refused_with_those_that_work():
    message = refusal(b"text", "notes.xyz")

    assert f"notes.xyz: .xyz is no article format; use {', '.join(SUFFIXES)}" == message


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("notes.odt", ".odt is a document of LibreOffice; save it as .docx"),
        ("old.DOC", ".doc is an old Word file; save it as .docx"),
        ("talk.mp3", "add its transcript as .txt"),
        ("talk.ttml", "save them as .srt or .vtt"),
        ("page.mhtml", "save the page as .html"),
        ("all.zip", "unpack it and add what is in it"),
    ],
)
def test_what_is_no_article_yet_is_refused_with_what_to_do(name, reason):
    assert reason in refusal(b"x", name)


@pytest.mark.parametrize(
    ("name", "mime", "title"),
    [
        ("push", "text/markdown", "Ferry"),
        ("push", "Text/Markdown; charset=utf-8", "Ferry"),
        ("push.txt", "text/markdown", "Ferry"),
        ("push.md", "text/plain", "Ferry"),
        ("push.md", "application/octet-stream", "Ferry"),
        ("push.md", "nonsense\r\n", "Ferry"),
        ("push", "text/plain", "# Ferry"),
    ],
)
def test_the_content_type_decides_unless_it_says_nothing_special(name, mime, title):
    assert title == only(b"# Ferry\n\nIt sailed.", name, mime).title


# Bytes and encodings


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize(
    "data", [b"", b" \n\t ", b"\xef\xbb\xbf \n", b"\xff\xfe\n\0", "\u2028\xa0".encode()]
)
def test_an_empty_file_is_refused_in_every_format(suffix, data):
    items = list(parse(data, "ferry" + suffix))

    assert [True] == [isinstance(item, ArticleError) for item in items]


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"\x89PNG\r\n\x1a\n", "a PNG image"),
        (b"\xff\xd8\xff\xe0ferry", "a JPEG image"),
        (b"PK\x03\x04ferry", "a ZIP archive (or a Word file)"),
        (b"ferry\0ferry", "a binary file (it holds NUL bytes)"),
    ],
)
@pytest.mark.parametrize("name", ["ferry.txt", "ferry.html", "ferry.md"])
def test_a_binary_file_is_refused_by_kind_with_the_formats_that_work(data, kind, name):
    message = refusal(data, name)

    assert message.startswith(f"{name}: this is {kind}")
    assert message.endswith("save the article as .txt, .md, .html or .jsonl")


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
@pytest.mark.parametrize(
    "text",
    [
        "He said “no”.",
        "Nobody was hurt, said Zoë.",
        SENTENCE + "José Peña’s café – €6 or £5 – said “we won’t leave”.",
        SENTENCE * 20 + "“We won’t leave,” said Zoë.",
    ],
)
def test_an_english_text_in_a_usual_encoding_is_read_to_the_letter(codec, text):
    assert text == only(text.encode(codec), "ferry.txt").text


@pytest.mark.parametrize(
    ("mixed", "text"),
    [
        (b"caf\xc3\xa9 and caf\xe9", "café and café"),
        ("“No,” he said in Montr".encode() + b"\xe9al.", "“No,” he said in Montréal."),
        ("“No,” said Zo".encode() + b"\xeb Pe\xf1a.", "“No,” said Zoë Peña."),
    ],
)
@pytest.mark.parametrize("charset", ["", "; charset=iso-8859-1", "; charset=utf-8"])
def test_utf_8_with_a_stray_letter_is_repaired_where_that_is_certain(mixed, text, charset):
    assert text in only(mixed + b". It sailed.", "ferry.txt", f"text/plain{charset}").text


@pytest.mark.parametrize(
    "mixed",
    [
        b"caf\xc3\xa9 and caf\xc3 closed",  # its second byte was lost
        "“No,” he said. It".encode() + b"\x92s late.",  # a quotation mark, or the end of one
        "“No,” he said.".encode() + b"\xe2\x80 It sailed.",
        "Zoë said \xe9\xe9.".encode() + b"\xe9\xe8\xea",
        "Zoë said".encode() + b" \xe9t",
        "Zoë said".encode() + b"\x81",
    ],
)
def test_utf_8_with_a_byte_that_may_be_anything_is_refused(mixed):
    assert "fits neither UTF-8 nor Windows-1252" in refusal(mixed + b" It sailed.", "ferry.txt")


def test_a_byte_that_windows_1252_does_not_have_is_not_guessed():
    message = refusal(SENTENCE.encode() * 9 + b"Zo\xeb said \x81 so.", "ferry.txt")

    assert "fits neither" in message


@pytest.mark.parametrize(
    "text",
    [
        "It’s late. “We stay,” said Zoë Peña.",
        "The café is shut, said José Sánchez.",
        "“Élan,” he said – and no more…",
    ],
)
@pytest.mark.parametrize("charset", ["", "; charset=iso-8859-1"])
def test_what_an_old_mac_wrote_is_read_as_such(text, charset):
    found = only(f"{text} It sailed.".encode("mac_roman"), "ferry.txt", f"text/plain{charset}")

    assert text in found.text


@pytest.mark.parametrize(
    "text", ["“Žižek stays,” he said.", "It’s the ‘café’ – “Óscar’s”.", "ŠKODA said ‡ so."]
)
def test_windows_1252_is_not_taken_for_an_old_macs(text):
    assert text in only(f"{text} It sailed.".encode("cp1252"), "ferry.txt").text


@pytest.mark.parametrize(
    "mixed",
    [
        "It’s late.".encode("mac_roman") + b" It\x92s late.",
        b"\xd2We stay, he said. It\xd5s late.",
    ],
)
def test_a_text_of_an_old_mac_that_is_not_certain_is_refused(mixed):
    assert "looks like an old Mac's" in refusal(mixed + b" It sailed.", "ferry.txt")


def test_a_capital_before_a_quotation_mark_is_no_sign_of_utf_8():
    text = "“He is no ATTACHÉ” said Zoë on Monday."

    assert text == only(text.encode("cp1252"), "ferry.txt").text


def test_a_text_with_many_odd_bytes_is_left_to_detection():
    text = "Портовое управление сообщило во вторник, что паром останется в гавани."

    assert text == only(text.encode("cp1251"), "ferry.txt").text


@pytest.mark.parametrize(
    ("label", "mime"),
    [("iso-8859-2", None), ("utf-16", "text/html; charset=iso-8859-2")],
)
def test_a_page_in_an_old_encoding_is_read_as_it_declares(label, mime):
    body = f"<p>{SENTENCE * 3}Łódź’s mayor, Ana Petrić, agreed.</p>".replace("’", "'")
    page = f"<html><head><meta charset='{label}'></head><body>{body}</body></html>"

    article = only(page.encode("iso-8859-2"), "ferry.html", mime)

    assert "Łódź's mayor, Ana Petrić, agreed." in article.text


def test_a_page_in_utf_8_that_declares_something_else_is_read_as_utf_8():
    page = f"<meta charset='iso-8859-1'><p>{SENTENCE * 3}“No,” said Zoë.</p>"

    assert only(page.encode(), "ferry.html").text.endswith("“No,” said Zoë.")


@pytest.mark.parametrize("codec", ["unicode_escape", "utf-7", "rot13", "punycode"])
def test_a_page_that_declares_what_is_no_charset_of_pages_is_read_without_it(codec):
    page = rf"<meta charset='{codec}'><p>{SENTENCE * 3}“No+,” said Zoë of \x41.</p>"

    text = only(page.encode("cp1252"), "ferry.html").text

    assert text.endswith(r"“No+,” said Zoë of \x41.")


# Ids


def test_files_of_one_name_in_two_folders_have_two_readable_ids():
    monday = only(b"It sailed.", "/news/monday/Ferry strike.txt").id
    tuesday = only(b"It sailed.", "/news/tuesday/Ferry strike.txt").id

    assert monday != tuesday
    assert ["Ferry-strike-", "Ferry-strike-"] == [monday[:-8], tuesday[:-8]]


def test_a_file_keeps_its_id_when_its_text_changes():
    assert only(b"It sailed.", "ferry.txt").id == only(b"It sank.", "ferry.txt").id


# Plain text


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Ferry stays in port\n\nIt will not sail.", "Ferry stays in port"),
        ("\n  U.S. ferry   stays\r\n \r\nIt will not sail.", "U.S. ferry stays"),
        ("Will it sail?\n\nNobody knows.", "Will it sail?"),
        ("Ferry stays in port\nIt will not sail.", "harbour strike 2018"),
        ("It will not sail.\n\nNobody knows.", "harbour strike 2018"),
        ("“It will not sail.”\n\nNobody knows.", "harbour strike 2018"),
        ("a" * 201 + "\n\nNobody knows.", "harbour strike 2018"),
        ("Ferry stays in port", "harbour strike 2018"),
    ],
)
def test_the_first_line_is_the_title_if_it_looks_like_a_headline(text, title):
    article = only(text.encode(), "news/harbour_strike-2018.txt")

    assert (title, text) == (article.title, article.text)


@settings(deadline=None)
@given(st.text())
@example("Â\x1f\x80")
def test_plain_text_is_kept_unchanged_but_for_what_is_repaired(text):
    for item in parse(text.encode(), "ferry.txt"):
        repaired = clean_text(text.removeprefix("\ufeff"))
        assert isinstance(item, ArticleError) or repaired == item.text


# Whatever the bytes

FRAGMENTS = st.lists(
    st.sampled_from(
        [b"---\n", b"title: x\n", b"# ", b"<p>", b"<div>", b"</p>", b"<script>", b"<!--", b"&#x",
         b"&#xD83D;", b'{"id": "a"', b'"\\ud83d"', b"}", b"\n", b"\r", b"|", b"\xff\xfe", b"\0",
         b"\xe9", b"\xe2\x80\x9c", b"charset=utf-7", b"> ", b"- ", b"ferry ", b"<meta ", b"%PDF-"]
    )
).map(b"".join)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.one_of(FRAGMENTS, st.binary()), st.sampled_from(SUFFIXES))
def test_any_bytes_give_storable_articles_or_one_line_errors(data, suffix):
    for item in parse(data, "ferry" + suffix):
        if isinstance(item, ArticleError):
            assert [str(item)] == str(item).splitlines()
            assert str(item).startswith("ferry" + suffix)
        else:
            assert item.text.strip()
            assert item.title == item.title.strip() or suffix in (".jsonl", ".ndjson")
            (item.id + item.title + item.text).encode()


@given(st.text())
def test_any_name_gives_a_storable_id_and_title(name):
    article = only(b"It sailed.", name, "text/markdown")

    (article.id + article.title).encode()
    assert article.id
    assert article.title

from __future__ import annotations

import io
import os
import sys
from pathlib import Path

import pytest

from index.errors import ArticleError
from index.sources.folder import expected_articles, read_paths
from index.types import Article

HEADLINE = "Ferry {}\n\nIt sailed."
LINE = '{{"id": "{}", "title": "Ferry", "text": "It sailed."}}\n'


@pytest.fixture
def news(tmp_path: Path) -> Path:
    """A folder with two articles at the top, one below, and two hidden files."""
    for name in ("b.txt", "a.md", "sub/c.txt", ".hidden.txt", ".git/d.txt"):
        path = tmp_path / "news" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        mark = "# " if path.suffix == ".md" else ""
        path.write_text(mark + HEADLINE.format(path.stem), "utf-8")
    return tmp_path / "news"


def titles(*paths: str | Path, stdin: bytes | None = None) -> list[str]:
    """Give the titles of articles, and the words of errors."""
    found = read_paths([str(path) for path in paths], stdin=io.BytesIO(stdin or b""))
    return [item.title if isinstance(item, Article) else str(item) for item in found]


def test_a_folder_is_read_with_its_subfolders_sorted_and_what_is_no_article_is_named(news):
    (news / "e.bin").write_bytes(b"\0")
    (news / "sub" / "f").write_bytes(b"\0")
    passed = f"{news}: 2 files are no article and passed over (e.bin, sub/f); move them elsewhere"

    assert ["Ferry a", "Ferry b", "Ferry c", passed] == titles(news)
    assert 3 == expected_articles([str(news)])


def test_an_agencys_file_of_an_unknown_name_is_found_in_a_folder(tmp_path):
    said = "<p>It sailed.</p>"
    story = (
        f"<nitf><head><title>Ferry</title></head><body><body.content>{said}</body.content></body>"
    )
    (tmp_path / "tag_agency.example_2018_version_2").write_text(f"{story}</nitf>")

    assert ["Ferry"] == titles(tmp_path)


def test_a_file_is_read_once_though_two_paths_name_it(news):
    paths = [str(news / "sub" / "c.txt"), str(news / "sub"), str(news / "**" / "c.txt")]

    assert ["Ferry c"] == titles(*paths)
    assert 1 == expected_articles(paths)


def test_each_line_of_json_lines_is_expected_to_be_an_article(news):
    (news / "more.jsonl").write_text(LINE.format("a") + "\n" + LINE.format("b"))

    assert 5 == expected_articles([str(news)])


def test_a_file_has_one_id_from_every_working_folder(news, monkeypatch):
    monkeypatch.chdir(news)
    near = [item.id for item in read_paths(["b.txt"])]
    monkeypatch.chdir(news.parent)
    far = [item.id for item in read_paths(["news/sub/../b.txt"])]

    assert near == far


def test_a_pattern_is_matched_by_files_and_folders(news):
    assert ["Ferry b", "Ferry c"] == titles(news / "**" / "*.txt")
    assert ["Ferry c"] == titles(news / "s*")


def test_the_name_of_a_file_may_look_like_a_pattern(news):
    (news / "g[1].txt").write_text(HEADLINE.format("g"), "utf-8")

    assert ["Ferry g"] == titles(news / "g[1].txt")


def test_a_dash_reads_json_lines_on_standard_input():
    data = (LINE.format("a") + "nonsense\n" + LINE.format("b")).encode()

    first, error, second = read_paths(["-"], stdin=io.BytesIO(data))

    assert ("a", "b") == (first.id, second.id)
    assert str(error).startswith("standard input, line 2: not valid JSON")
    assert expected_articles(["-", "-"]) is None


def test_a_dash_reads_the_standard_input_of_the_process(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(LINE.format("a").encode())))

    assert ["a"] == [item.id for item in read_paths(["-"])]


@pytest.mark.parametrize(
    ("path", "fault"),
    [
        ("none.txt", "no such file or folder; check the spelling"),
        ("", "no such file or folder"),
        ("a\0b", "no such file or folder"),
        ("a" * 5_000, "no such file or folder"),
        ("*.none", "no file matches; check the pattern"),
    ],
)
def test_a_path_that_names_nothing_is_one_error_and_the_rest_goes_on(news, path, fault):
    error, title = titles(path, news / "b.txt")

    assert error.startswith(f"{path}: {fault}")
    assert "Ferry b" == title
    assert 1 == expected_articles([path, str(news / "b.txt")])


@pytest.mark.parametrize(
    ("address", "fault"),
    [
        ("http://127.0.0.1/a", "not fetched: 127.0.0.1 is at 127.0.0.1, which is no public"),
        ("HTTP://port.example:25/a", "not fetched: port 25 is no web port"),
    ],
)
def test_an_address_is_fetched_and_a_refusal_does_not_stop_the_rest(news, address, fault):
    error, title = titles(address, news / "b.txt")

    assert error.startswith(f"{address}: {fault}")
    assert "Ferry b" == title
    assert expected_articles([address, str(news / "b.txt")]) is None


def test_a_folder_without_articles_is_an_error_that_tells_which_files_count(tmp_path):
    (tmp_path / "notes.xls").write_bytes(b"\0")

    (error,) = titles(tmp_path)

    assert error.startswith(f"{tmp_path}: the folder holds no articles; files that count end in")
    assert ".jsonl" in error


def test_a_file_given_by_name_is_refused_if_its_suffix_is_unknown(news):
    (news / "e.bin").write_bytes(b"\0")

    (error,) = titles(news / "e.bin")

    assert error.startswith(f"{news / 'e.bin'}: .bin is no article format; use .txt")


def test_a_bad_file_in_a_folder_is_named_and_the_others_are_read(news):
    (news / "a.md").write_bytes(b"\0")

    error, *rest = titles(news)

    assert error.startswith(f"{news / 'a.md'}: this is a binary file")
    assert ["Ferry b", "Ferry c"] == rest


def test_a_broken_link_and_a_link_to_itself_are_errors(news):
    (news / "gone.txt").symlink_to(news / "nowhere.txt")
    (news / "loop.txt").symlink_to(news / "loop.txt")

    errors = [item for item in read_paths([str(news)]) if isinstance(item, ArticleError)]

    assert ["cannot be read"] * 2 == [str(item).split(": ")[1][:14] for item in errors]


def test_a_named_pipe_is_refused_instead_of_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe.txt")

    (error,) = titles(tmp_path / "pipe.txt")

    assert "pipe.txt: cannot be read (not a regular file)" in error


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_and_a_folder_that_must_not_be_read_are_errors(news):
    (news / "b.txt").chmod(0)
    (news / "sub").chmod(0)

    found = titles(news)
    (news / "sub").chmod(0o755)

    assert ["Permission denied"] * 2 == [
        "Permission denied" for words in found if "Permission denied" in words
    ]


def test_a_folder_that_cannot_be_listed_is_an_error(news, monkeypatch):
    listed = os.scandir

    def refuse(path):
        if Path(path).name == "sub":
            raise PermissionError(13, "Permission denied", str(path))
        return listed(path)

    monkeypatch.setattr(os, "scandir", refuse)

    error, *rest = titles(news)

    assert error.startswith(f"{news / 'sub'}: the folder cannot be read (Permission denied)")
    assert 2 == len(rest)


def test_a_file_whose_name_is_no_text_is_read(news):
    path = os.fsencode(news) + b"/caf\xe9.txt"
    Path(os.fsdecode(path)).write_text("It sailed.", "utf-8")

    found = list(read_paths([os.fsdecode(path)]))

    assert ["caf\\xe9"] == [item.title for item in found]
    assert [True] == [item.id.startswith("caf") for item in found]


def test_a_file_belongs_to_its_folder_from_every_working_folder(news, monkeypatch):
    monkeypatch.chdir(news)
    items = [item for item in read_paths(["."]) if not isinstance(item, ArticleError)]

    folders = {f"files {path.parent.resolve()}" for path in news.rglob("*") if path.is_file()}
    assert items
    assert {item.origin for item in items} <= folders

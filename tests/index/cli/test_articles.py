from __future__ import annotations

import json
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from index.cli.articles import preview, read_items
from index.cli.main import main
from index.errors import SettingsError
from index.origins import second_id
from index.settings import IndexSettings, load_index_settings
from tests.index.arrivals.arrivals_builders import article, lines, open_tiny

SENTENCE = "The harbour authority said on Tuesday that the ferry would stay in port until Friday. "


@pytest.fixture
def settings(tmp_path: Path) -> IndexSettings:
    return load_index_settings(data_dir=tmp_path / "data")


@pytest.fixture
def ferry(tmp_path: Path) -> str:
    path = tmp_path / "ferry.txt"
    path.write_text("Ferry stays\n\n" + SENTENCE * 3, "utf-8")
    return str(path)


def test_what_is_given_by_hand_wins_over_what_the_file_says(settings, tmp_path):
    path = tmp_path / "a.jsonl"
    record = {
        "id": "a",
        "title": "A",
        "text": SENTENCE,
        "outlet": "Old",
        "published_at": "2017-01-01",
    }
    path.write_text(json.dumps(record), "utf-8")

    (article,) = read_items([str(path)], settings, "Harbour Post", "2018-02-13")

    assert ("Harbour Post", datetime(2018, 2, 13, tzinfo=UTC)) == (
        article.outlet,
        article.published_at,
    )


def test_a_date_that_is_none_is_refused_before_anything_is_read(settings):
    with pytest.raises(SettingsError, match="--published-at 'monday' is not a date"):
        read_items(["none"], settings, None, "monday")


def test_a_dry_run_tells_what_would_be_taken_and_stores_nothing(settings, ferry, capsys):
    code = preview(read_items([ferry], settings, "Harbour Post", None), settings, None)

    out = capsys.readouterr().out
    assert 0 == code
    assert "Ferry stays · Harbour Post · no byline · no date\n" in out
    assert " · English · " in out
    assert " paragraphs, " in out
    assert "1 would be indexed, 0 refused; nothing was stored" in out
    assert not settings.data_dir.exists()


def test_a_dry_run_tells_what_was_understood(settings, tmp_path, capsys):
    fields = {
        "id": "a",
        "title": "Ferry",
        "text": "ANN LEE: It is late.\n\nBO DAY: It is not.\n\nLEE: Why not?",
        "byline": "Ines Jahn",
        "published_at": "2018-02-14T10:30:00+01:00",
        "url": "https://post.example/a",
        "embargoed_until": "2999-01-01",
    }
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps(fields), "utf-8")

    preview(read_items([str(path)], settings, None, None), settings, None)

    assert [
        "Ferry · no outlet · by Ines Jahn · 2018-02-14 09:30 UTC",
        "  a · English · 3 paragraphs, 55 characters · transcript of 3 turns · under embargo until "
        "2999-01-01 · https://post.example/a",
    ] == capsys.readouterr().out.splitlines()[:2]


def test_a_dry_run_says_what_was_left_out_and_why(settings, tmp_path, capsys):
    path = tmp_path / "a.html"
    path.write_text(
        "<html><body><nav>Home</nav><article><h1>Ferry stays</h1>"
        "<div class='cookie-box'>We use cookies to measure visits.</div>"
        "<p>The ferry stays in port, the captain said on Tuesday, and will not sail before the "
        "engine is repaired.</p><p>READ MORE: Minister says trains will stop</p>"
        "<figure><figcaption>The ferry in port</figcaption></figure>"
        "<p>“Nobody was hurt,” he said. “We are all in good health, and the cargo is safe.”</p>"
        "</article><section id='comments'><p>I do not believe it, said nobody.</p></section>"
        "<footer>Imprint</footer></body></html>",
        "utf-8",
    )

    preview(read_items([str(path)], settings, None, None), settings, None)
    records: list[dict[str, object]] = []
    preview(read_items([str(path)], settings, None, None), settings, records.append)

    assert [
        "  left out, points to another article: “READ MORE: Minister says trains will stop”",
        "  left out, a question about cookies: “We use cookies to measure visits.”",
        "  left out, a picture's caption: “The ferry in port”",
        "  left out, a comment: “I do not believe it, said nobody.”",
        "  left out, a menu, header or footer of the page: “Home”, “Imprint”",
    ] == [line for line in capsys.readouterr().out.splitlines() if "left out" in line]
    assert ["teaser", "cookies", "caption", "comment", "menu"] == [
        part["kind"] for part in records[0]["left_out"]
    ]


def test_a_dry_run_refuses_what_adding_would_refuse(settings, tmp_path, capsys):
    french = tmp_path / "french.txt"
    french.write_text("La capitainerie a dit mardi que le navire restera au port. " * 5, "utf-8")

    code = preview(read_items([str(french), "none.txt"], settings, None, None), settings, None)

    printed = capsys.readouterr()
    assert 1 == code
    assert 2 == printed.err.count("refused: ")
    assert "0 would be indexed, 2 refused" in printed.out


def test_a_dry_run_tells_of_withdrawals_in_json_too(settings, tmp_path, capsys):
    path = tmp_path / "a.jsonl"
    path.write_text('{"id": "a", "withdrawn": true, "note": "Wrong."}', "utf-8")
    records: list[dict[str, object]] = []

    assert 0 == preview(read_items([str(path)], settings, None, None), settings, records.append)
    assert [{"id": "a", "withdrawn": "Wrong."}] == records
    assert "" == capsys.readouterr().out


def test_the_command_takes_the_options(tmp_path, ferry, capsys):
    options = ["--outlet", "Harbour Post", "--published-at", "2018-02-13", "--dry-run", "--json"]

    code = main(["--data-dir", str(tmp_path / "data"), "add", ferry, *options])

    (record,) = map(json.loads, capsys.readouterr().out.splitlines())
    assert 0 == code
    assert ("Harbour Post", "2018-02-13T00:00:00+00:00") == (
        record["outlet"],
        record["published_at"],
    )


@pytest.mark.model
def test_another_sources_article_is_replaced_with_again_only_and_each_is_removed_by_its_id(
    tmp_path, monkeypatch, capsys
):
    folder, path = tmp_path / "data", tmp_path / "a.jsonl"
    path.write_bytes(lines("a").replace(b"3 days", b"9 days"))
    monkeypatch.setattr("index.cli.articles.opened", lambda arguments, create=0: open_tiny(folder))

    def run(*words):
        assert 0 == main(["--data-dir", str(folder), *words])
        with closing(open_tiny(folder)) as index:
            texts = {name: index.store.get(name).article.text[:20] for name in index.store.ids()}
        return texts, capsys.readouterr().err

    with closing(open_tiny(folder)) as index:
        list(index.add([article("a", origin="push")]))

    both, said = run("add", str(path))
    (second,) = set(both) - {"a"}
    assert {"a": "“We stay for 3 days,”"[:20], second: "“We stay for 9 days,”"[:20]} == both
    assert f"{second}: beside a, which belongs to another source (push); --again puts" in said
    forced, said = run("add", "--again", str(path))
    assert ({"a": "“We stay for 9 days,”"[:20]}, False) == (forced, "beside" in said)
    with closing(open_tiny(folder)) as index:
        list(index.add([article("a", days=7, origin="feed https://a.example/rss")]))
    third = second_id("a", "feed https://a.example/rss")
    left, said = run("remove", third)
    assert (["a"], "another source's version stays: a\n") == ([*left], said)


def test_attributions_of_a_text_that_add_refuses_for_its_length_are_not_looked_for(
    tmp_path, monkeypatch, capsys
):
    path = tmp_path / "ferries.txt"
    path.write_text(SENTENCE * 20, "utf-8")
    monkeypatch.setenv("INDEX_MAX_CHARACTERS", "1000")

    code = main(["attributions", str(path), "--data-dir", str(tmp_path / "data")])

    assert code == 1
    assert "1,720 characters, the limit is 1,000" in capsys.readouterr().err

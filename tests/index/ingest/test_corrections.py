"""What the desk has decided wins over the models, and outlives the index."""

from __future__ import annotations

import json
import sys
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.cli.main import main
from index.errors import ArticleError, SettingsError
from index.ingest.corrections import corrected
from index.ingest.corrections_file import NAME, Correction, CorrectionsFile
from index.labels import BY_THE_DESK, FROM_PRONOUN, UNATTRIBUTED
from index.maintenance.backup import restore_backup, write_backup
from index.settings import load_index_settings
from index.speakers import load_tables
from index.types import (
    Article,
    Attribution,
    IndexedArticle,
    Sentence,
    Span,
    Speaker,
    Statement,
)
from tests.index.arrivals.arrivals_builders import open_tiny

SAID = "“The pier stays shut,” he told reporters on Friday."
OTHER = "Ivo Babic, a fisherman, said the harbour was full of nets."
TEXT = f"Mayor Ana Horvat met Karlo Zec.\n\n{SAID}\n\n{OTHER}"
ROW = Correction("a", 33, SAID, "Karlo Zec", "Ana Horvat", by="Ines")
MARTIN = Speaker("martin", "Martin Kos", "minister")


def item(*speakers, text=TEXT, labels=(FROM_PRONOUN,)):
    at = text.index(SAID)
    cut = [Sentence(0, 0, text.index("\n")), Sentence(1, at, at + len(SAID))]
    said = Attribution((), (), (Span(at, at + 22),), "direct")
    made = [Statement(said, speaker, labels) for speaker in speakers]
    now = datetime(2018, 3, 1, tzinfo=UTC)
    return IndexedArticle(Article("a", "Pier", text), tuple(cut), tuple(made), now)


def who(found):
    return [(s.speaker.name if s.speaker else None, s.labels) for s in found.statements]


def zec(name="Karlo Zec"):
    return Speaker(name.split()[-1].lower(), name)


def test_the_speaker_is_who_the_desk_says_and_the_label_says_so():
    found = corrected(item(zec()), [ROW], None)

    assert [("Ana Horvat", (BY_THE_DESK,))] == who(found)


def test_nobody_can_be_put_in_the_place_of_somebody():
    found = corrected(item(zec()), [ROW._replace(speaker="")], None)

    assert [(None, (UNATTRIBUTED, BY_THE_DESK))] == who(found)


def test_a_later_line_wins():
    later = ROW._replace(was="Ana Horvat", speaker="Ivo Babic")

    assert ["Ivo Babic"] == [name for name, _ in who(corrected(item(zec()), [ROW, later], None))]


def test_the_desk_wins_where_another_model_finds_somebody_else():
    assert ["Ana Horvat"] == [name for name, _ in who(corrected(item(MARTIN), [ROW], None))]


def test_of_several_voices_only_the_one_that_was_meant_is_changed():
    found = corrected(item(zec(), MARTIN), [ROW], None)

    assert ["Ana Horvat", "Martin Kos"] == [name for name, _ in who(found)]
    unclear = corrected(item(MARTIN, zec("Ivo Babic")), [ROW], None)
    assert ["Martin Kos", "Ivo Babic"] == [name for name, _ in who(unclear)]


def test_words_that_the_article_no_longer_has_are_left_alone():
    changed = item(zec(), text=TEXT)

    assert changed == corrected(changed, [ROW._replace(words="“Gone,” he said.")], None)


def test_of_the_same_words_twice_those_at_the_place_are_meant():
    text = f"{TEXT}\n\n{SAID}"
    first, second = text.index(SAID), text.rindex(SAID)
    cut = [Sentence(n, at, at + len(SAID)) for n, at in enumerate((first, second))]
    made = [
        Statement(Attribution((), (), (Span(at, at + 22),), "direct"), zec())
        for at in (first, second)
    ]
    twice = replace(item(zec()), article=Article("a", "", text), sentences=tuple(cut),
                    statements=tuple(made))  # fmt: skip

    found = corrected(twice, [ROW._replace(place=second - 3)], None)

    assert ["Karlo Zec", "Ana Horvat"] == [name for name, _ in who(found)]


def test_a_speaker_whom_the_article_knows_keeps_role_and_party():
    known = replace(item(zec()), statements=(
        *item(zec()).statements,
        Statement(Attribution((), (), (Span(0, 5),)), Speaker("horvat", "Ana Horvat", "mayor")),
    ))  # fmt: skip

    found = corrected(known, [ROW], None).statements[0].speaker

    assert ("Ana Horvat", None) == (found.name, found.role)  # another key: another person
    key = corrected(known, [ROW._replace(speaker="Horvat")], None).statements[0].speaker
    assert "mayor" == key.role


def test_a_party_that_speaks_is_known_by_the_tables():
    found = corrected(item(zec()), [ROW._replace(speaker="the Kremlin")], load_tables())

    assert ["russia"] == [party.key for party in found.statements[0].speaker.parties]
    given_party = corrected(item(zec()), [ROW._replace(party="Norland")], load_tables())
    assert ["Norland"] == [party.name for party in given_party.statements[0].speaker.parties]


CELL = st.text("a\\tn\t\n\r #é\u2028“", max_size=8)


@given(st.lists(st.tuples(CELL, st.integers(0, 99), CELL, CELL, CELL, CELL), max_size=4))
def test_whatever_is_written_is_read_back(tmp_path_factory, cells):
    file = CorrectionsFile(tmp_path_factory.mktemp("data"))
    rows = [
        Correction(f"a{name}", place, f"w{' '.join(words.split())}".strip(), was, speaker, by=by)
        for name, place, words, was, speaker, by in cells
    ]

    for row in rows:
        file.add(row)

    assert rows == list(file.all())
    assert all(row in file.of(row.article_id) for row in rows)


def test_what_is_edited_by_hand_is_read_without_a_restart(tmp_path):
    file = CorrectionsFile(tmp_path)
    assert () == file.of("a")

    (tmp_path / NAME).write_text("# ours\narticle\tplace\twords\n\na\t\tYes.\t\tAna Horvat\r\n")

    assert (Correction("a", 0, "Yes.", "", "Ana Horvat"),) == file.of("a")


def test_a_wrong_line_is_named(tmp_path):
    (tmp_path / NAME).write_text("a\tsoon\tYes.\t\tAna\n")

    with pytest.raises(SettingsError, match=r"corrections\.tsv, line 1: no article, place"):
        CorrectionsFile(tmp_path).of("a")


@pytest.mark.skipif(sys.platform == "win32", reason="modes are of POSIX")
def test_the_file_is_for_this_account_alone(tmp_path):
    CorrectionsFile(tmp_path / "data").add(ROW)

    modes = {p.name: p.stat().st_mode & 0o777 for p in (tmp_path / "data").iterdir()}
    assert {0o600} == set(modes.values())


@pytest.fixture
def desk(tmp_path):
    made = open_tiny(tmp_path / "data")
    list(made.add([Article("a", "Pier", TEXT, "Post")]))
    yield made
    made.close()


def speakers_of(index, words=OTHER):
    item = index.store.get("a")
    return [
        s.speaker and s.speaker.name
        for s in item.statements
        if any(item.article.text[a:b] in words for a, b in s.attribution.content)
    ]


def test_a_decision_counts_at_once_and_when_the_article_is_read_again(desk):
    assert ["Ivo Babic"] == speakers_of(desk)

    desk.correct("a", OTHER, "Karlo Zec", by="Ines")

    (quote,) = desk.answer("what did Karlo Zec say?").quotes
    assert (OTHER, "Karlo Zec") == (quote.text, quote.speaker)
    assert BY_THE_DESK in quote.labels
    assert desk.answer("what did Ivo Babic say?").abstained
    list(desk.add([Article("a", "Pier", f"New first line.\n\n{TEXT}", "Post")], force=True))
    assert ["Karlo Zec"] == speakers_of(desk)


def test_it_outlives_backup_and_restore(desk, tmp_path):
    desk.correct("a", OTHER, "Karlo Zec")

    write_backup(load_index_settings(data_dir=tmp_path / "data"), tmp_path / "b.zip")
    restore_backup(tmp_path / "b.zip", tmp_path / "new")

    (row,) = CorrectionsFile(tmp_path / "new").all()
    assert ("Karlo Zec", "Ivo Babic") == (row.speaker, row.was)


@pytest.mark.parametrize(
    ("article", "words", "was", "why"),
    [
        ("gone", OTHER, None, "has no article 'gone'"),
        ("a", "Nobody said this.", None, "has no sentence"),
        ("a", OTHER, "Ana Horvat", "on record with this sentence: Ivo Babic"),
        ("a", "Mayor Ana Horvat met Karlo Zec.", None, "no statement at all"),
    ],
)
def test_what_cannot_be_meant_is_refused_and_not_written(desk, tmp_path, article, words, was, why):
    with pytest.raises(ArticleError, match=why):
        desk.correct(article, words, "Karlo Zec", was=was)

    assert not (tmp_path / "data" / NAME).exists()


def test_the_command_corrects_lists_and_exports_labelled_rows(desk, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("index.core.open_embedder", lambda *given: desk._embedder)
    data = ["--data-dir", str(tmp_path / "data")]

    assert 0 == main([*data, "corrections", "add", "a", OTHER, "Karlo Zec", "--by", "Ines"])
    assert 0 == main([*data, "corrections"])
    assert 0 == main([*data, "corrections", "export", str(tmp_path / "rows.jsonl")])

    shown = capsys.readouterr().out
    assert "corrected: Karlo Zec, not Ivo Babic" in shown
    (row,) = map(json.loads, (tmp_path / "rows.jsonl").read_text().splitlines())
    at = TEXT.index(OTHER)
    assert (OTHER, at, at + len(OTHER)) == (row["text"], row["start"], row["end"])
    assert ("Karlo Zec", "Ivo Babic", "Ines") == (row["speaker"], row["was"], row["by"])


def test_a_rebuild_keeps_what_was_decided(desk, tmp_path, monkeypatch):
    from index.maintenance import rebuild

    desk.correct("a", OTHER, "Karlo Zec")
    monkeypatch.setattr(rebuild, "open_embedder", lambda *given: desk._embedder)

    assert 1 == rebuild.rebuild_index(load_index_settings(data_dir=tmp_path / "data"))

    with closing(open_tiny(tmp_path / "data")) as again:
        assert ["Karlo Zec"] == speakers_of(again)

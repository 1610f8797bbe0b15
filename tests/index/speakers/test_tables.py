from datetime import date

import pytest

from index.errors import SettingsError
from index.speakers import load_tables
from index.speakers.gazetteer.names import name_key
from index.speakers.gazetteer.parties import find_party


def test_every_shipped_holder_has_a_known_party_and_the_key_of_its_name():
    tables = load_tables()
    holders = [h for found in tables.holders.values() for h in found]

    assert [] == [h for h in holders if h.party not in tables.parties]
    assert [] == [h for h in holders if h.key != name_key(h.name)]
    assert [] == [h for h in holders if h.start and h.end and h.start > h.end]


def test_an_office_counts_only_inside_its_term():
    tables = load_tables()

    def offices(day):
        return {h.office for h in tables.holders_of("barack obama", day)}

    assert {"President"} == offices(date(2016, 5, 1))
    assert set() == offices(date(2018, 5, 1))
    assert {"President"} == offices(None)


def test_the_tables_are_read_once():
    assert load_tables() is load_tables()


def test_a_user_s_row_wins_over_the_shipped_ones(tmp_path):
    file = tmp_path / "parties.tsv"
    file.write_text(
        "phrase\tparty\tkind\nthe Bear\tRussia\nMoscow\tMoscow Council\tbody\n", "utf-8"
    )

    tables = load_tables(file)

    assert "russia" == find_party("the Bear", tables).key
    assert "moscow council" == find_party("Moscow", tables).key
    assert "russia" == find_party("Moscow", load_tables()).key


@pytest.mark.parametrize("row", ["only a phrase", "Anna Novak\tRussia\t\tyesterday\t"])
def test_a_wrong_row_is_named_with_its_line(tmp_path, row):
    file = tmp_path / "parties.tsv"
    file.write_text(f"# mine\n{row}\n", "utf-8")

    with pytest.raises(SettingsError, match="line 2"):
        load_tables(file)


def test_a_missing_user_file_is_named(tmp_path):
    with pytest.raises(SettingsError, match=r"absent\.tsv"):
        load_tables(tmp_path / "absent.tsv")

"""A backup holds one state whole; a restore puts back that state or nothing."""

from __future__ import annotations

import hashlib
import json
import random
import zipfile
from contextlib import closing
from dataclasses import replace

import apsw
import pytest

from bot.__main__ import main
from bot.encryption import Keys
from bot.state.inbox import Inbox
from bot.state.installations import Installation, Installations
from bot.state.state import State
from index.arrivals.lock import only_indexer
from index.database.commit_note import ENDING, open_slots
from index.errors import StoreError
from index.maintenance.backup import MANIFEST, read_manifest, restore_backup, write_backup
from index.queue import ARRIVALS, hold_until_embargo
from index.store.sqlite.store import DATABASE, SNAPSHOT
from index.types import Withdrawal
from tests.faults.backup import (
    answers,
    backups_under_writes,
    made_item,
    put,
    questions,
    settings_of,
)
from tests.index.arrivals.arrivals_builders import article, day, open_tiny

KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="


@pytest.fixture
def folder(tmp_path):
    """A data folder with an index of thirty writes."""
    with closing(open_tiny(tmp_path / "data")) as index:
        for number in range(30):
            put(index.store, made_item(number, 7))
    return tmp_path / "data"


@pytest.fixture
def backup(folder, tmp_path):
    write_backup(settings_of(folder), tmp_path / "backup.zip")
    return tmp_path / "backup.zip"


def files(folder):
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def rewritten(backup, change):
    """The backup with another manifest."""
    with zipfile.ZipFile(backup) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    members[MANIFEST] = json.dumps(change(json.loads(members[MANIFEST]))).encode()
    changed = backup.with_name("changed.zip")
    with zipfile.ZipFile(changed, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return changed


def test_backups_taken_during_writes_restore_to_the_same_answers(tmp_path):
    assert 0 == backups_under_writes(tmp_path, 2, questions(200)[::20], 7)


def test_a_restored_folder_answers_with_the_same_quotes_and_is_sound(folder, backup, tmp_path):
    restore_backup(backup, tmp_path / "again")

    with closing(open_tiny(folder)) as index, closing(open_tiny(tmp_path / "again")) as again:
        assert answers(index, questions(20)) == answers(again, questions(20))
        assert [] == again.verify()


def test_an_index_larger_than_the_cache_of_sqlite_is_restored_sound(tmp_path):
    # VACUUM INTO loses the checksums of the pages that the cache writes early.
    with closing(open_tiny(tmp_path / "data")) as index:
        for number in range(12):
            put(index.store, made_item(number, 7, sentences=600))
    write_backup(settings_of(tmp_path / "data"), tmp_path / "backup.zip")
    restore_backup(tmp_path / "backup.zip", tmp_path / "again")

    assert (tmp_path / "again" / DATABASE).stat().st_size > 3_000_000
    with closing(open_tiny(tmp_path / "again")) as again:
        assert [] == again.verify()


def test_text_that_was_withdrawn_is_not_in_the_backup(folder, tmp_path):
    item = made_item(99, 7, sentences=200)
    text = item.article.text.encode()[-400:]
    with closing(open_tiny(folder)) as index:
        put(index.store, item)
        index.store.withdraw(Withdrawal(item.article.id, "withdrawn"))
    write_backup(settings_of(folder), tmp_path / "backup.zip")

    with zipfile.ZipFile(tmp_path / "backup.zip") as archive:
        assert text in (folder / DATABASE).read_bytes()
        assert text not in archive.read(DATABASE)


def test_an_index_that_has_lost_something_is_not_copied(folder, tmp_path):
    with open_slots(folder / (DATABASE + ENDING)) as slots:
        slots.write(replace(slots.latest, number=slots.latest.number + 1))

    with pytest.raises(StoreError, match="-wal is damaged or missing: the last 1 of"):
        write_backup(settings_of(folder), tmp_path / "backup.zip")


def test_a_restored_index_is_not_measured_by_the_one_it_replaces(folder, backup):
    with closing(open_tiny(folder)) as index:
        put(index.store, made_item(99, 7))

    restore_backup(backup, folder, force=True)

    with closing(open_tiny(folder)) as index:
        assert [] == index.verify()


def test_what_waits_in_the_queue_and_the_own_tables_go_with_it(folder, tmp_path):
    (folder / "parties.tsv").write_text("# own rows\n")
    hold_until_embargo(folder, article("held", embargoed_until=day(28)))
    write_backup(settings_of(folder), tmp_path / "backup.zip")
    restore_backup(tmp_path / "backup.zip", tmp_path / "again")

    with closing(apsw.Connection(str(tmp_path / "again" / ARRIVALS))) as queue:
        assert [("held",)] == list(queue.execute("SELECT id FROM arrivals"))
    assert "# own rows\n" == (tmp_path / "again" / "parties.tsv").read_text()


def test_a_folder_that_holds_something_is_refused_and_stays_as_it_is(folder, backup):
    before = files(folder)

    with pytest.raises(StoreError, match=r"not empty; .*--force"):
        restore_backup(backup, folder)
    assert before == files(folder)


def test_with_force_what_was_there_is_moved_aside(folder, backup, tmp_path):
    (folder / SNAPSHOT).write_bytes(b"of another index")
    (folder / f"{DATABASE}-wal").write_bytes(b"of another index")
    before = (folder / DATABASE).read_bytes()

    restore_backup(backup, folder, force=True)

    [aside] = folder.glob("replaced-*")
    assert {DATABASE: before, SNAPSHOT: b"of another index"}.items() <= files(aside).items()
    assert not (folder / f"{DATABASE}-wal").exists()
    with closing(open_tiny(folder)) as index:
        assert [] == index.verify()


def test_a_folder_on_which_an_indexer_works_is_refused(folder, backup):
    with only_indexer(folder), pytest.raises(StoreError, match="another indexer"):
        restore_backup(backup, folder, force=True)


def another_hash(manifest):
    manifest["members"][-1]["sha256"] = "0" * 64
    return manifest


def test_with_force_a_changed_member_leaves_the_index_where_it_was(folder, backup):
    with pytest.raises(StoreError, match=DATABASE):
        restore_backup(rewritten(backup, another_hash), folder, force=True)

    assert (folder / DATABASE).exists()
    assert [] == list(folder.glob("replaced-*"))


def test_a_changed_member_is_named_and_nothing_is_touched(folder, backup, tmp_path):
    with pytest.raises(StoreError, match=rf"{DATABASE} has SHA-256 .* names 0000"):
        restore_backup(rewritten(backup, another_hash), tmp_path / "again")
    locks = {"indexer.lock", "in-use.lock"}
    assert locks == {path.name for path in (tmp_path / "again").iterdir()}

    restore_backup(backup, tmp_path / "again")


def test_a_backup_is_readable_by_its_owner_only(backup):
    assert 0o600 == backup.stat().st_mode & 0o777


def test_a_manifest_that_does_not_end_is_not_read(backup, tmp_path):
    with zipfile.ZipFile(backup) as archive:
        manifest = archive.read(MANIFEST)
    with zipfile.ZipFile(tmp_path / "long.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(MANIFEST, b" " * 2_000_000 + manifest)

    with pytest.raises(StoreError, match=r"long.zip is damaged or no backup"):
        read_manifest(tmp_path / "long.zip")


def test_no_more_is_unpacked_than_the_manifest_says(backup, tmp_path):
    def smaller(manifest):
        manifest["members"][-1]["size"] = 5_000
        return manifest

    with pytest.raises(StoreError, match=DATABASE):
        restore_backup(rewritten(backup, smaller), tmp_path / "again")


@pytest.mark.parametrize(
    ("field", "named"),
    [("format", "backup .* has format 9"), ("index_format", "index in backup .* has format 9")],
)
def test_a_newer_format_is_refused_by_name(backup, tmp_path, field, named):
    newer = rewritten(backup, lambda manifest: {**manifest, field: 9})

    with pytest.raises(StoreError, match=named):
        restore_backup(newer, tmp_path / "again")


@pytest.mark.parametrize("name", ["../parties.tsv", "/tmp/parties.tsv", "bot.db", "notes.txt"])
def test_a_member_that_is_no_part_of_an_index_is_refused(backup, tmp_path, name):
    def renamed(manifest):
        manifest["members"][0]["name"] = name
        return manifest

    with pytest.raises(StoreError, match=r"no part of an index"):
        restore_backup(rewritten(backup, renamed), tmp_path / "again")
    assert not (tmp_path / "again").exists()


def test_a_damaged_file_is_refused_or_restored_whole_wherever_the_damage_is(backup, tmp_path):
    chance, whole = random.Random(7), backup.read_bytes()
    with zipfile.ZipFile(backup) as archive:
        database = archive.read(DATABASE)

    for number in range(60):
        damaged = bytearray(whole)
        damaged[chance.randrange(len(whole))] ^= 1 << chance.randrange(8)
        (tmp_path / "damaged.zip").write_bytes(damaged[: chance.choice((len(whole), -200, -1))])
        try:
            restore_backup(tmp_path / "damaged.zip", tmp_path / f"again{number}")
        except StoreError:
            assert not (tmp_path / f"again{number}" / DATABASE).exists()
        else:
            assert database == (tmp_path / f"again{number}" / DATABASE).read_bytes()


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"no zip at all" * 99])
def test_a_file_that_is_no_backup_is_named(tmp_path, content):
    (tmp_path / "notes.zip").write_bytes(content)

    with pytest.raises(StoreError, match=r"notes.zip is damaged or no backup"):
        restore_backup(tmp_path / "notes.zip", tmp_path / "again")


# --- the commands ---------------------------------------------------------------------------


def test_the_commands_tell_what_they_did(folder, tmp_path, capsys):
    file, again = str(tmp_path / "b.zip"), str(tmp_path / "again")

    codes = [main(["--data-dir", str(folder), "backup", file])]
    codes += [main(["--data-dir", again, "restore", file]) for _ in range(2)]
    codes += [main(["--data-dir", str(tmp_path / "none"), "backup", file])]
    printed = capsys.readouterr()

    assert [0, 0, 1, 1] == codes
    assert f"{file} written: {DATABASE}" in printed.out
    assert f"{file} restored into {again}: {DATABASE}" in printed.out
    assert "is not empty" in printed.err
    assert "no index in" in printed.err


def test_the_state_goes_with_it_without_questions_under_way_and_tokens_only_sealed(
    folder, tmp_path
):
    with closing(State(folder / "bot.db")) as state:
        Installations(state, Keys([KEY])).keep(Installation("T1", "xoxb-very-secret"))
        body = {"response_url": "https://hooks.slack.example/secret"}
        Inbox(state).put("mention", "T1", ("a",), body)

    file = tmp_path / "b.zip"
    main(["--data-dir", str(folder), "backup", "--with-state", str(file)])
    main(["--data-dir", str(tmp_path / "again"), "restore", str(file)])

    kept = (tmp_path / "again" / "bot.db").read_bytes()
    assert [False, False] == [word in kept for word in (b"xoxb-very", b"hooks.slack.example")]
    with closing(State(tmp_path / "again" / "bot.db")) as state:
        found = Installations(state, Keys([KEY])).find("T1")
        assert "xoxb-very-secret" == (found.token if found else None)
        assert 0 == Inbox(state).load().waiting


def test_without_the_option_the_state_stays_at_home(folder, tmp_path):
    State(folder / "bot.db").close()

    main(["--data-dir", str(folder), "backup", str(tmp_path / "b.zip")])

    with zipfile.ZipFile(tmp_path / "b.zip") as archive:
        assert {MANIFEST, DATABASE} == set(archive.namelist())


@pytest.mark.parametrize("damage", ["text", "other"])
def test_what_is_no_database_of_ours_is_not_restored(backup, tmp_path, damage):
    """Its hash fits: whoever wrote the file wrote the manifest too."""
    other = tmp_path / "other"
    with closing(apsw.Connection(str(other))) as db:
        db.execute("CREATE TABLE notes (words)")
    data = b"no database " * 400 if damage == "text" else other.read_bytes()
    with zipfile.ZipFile(backup) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    manifest = json.loads(members[MANIFEST])
    (entry,) = (one for one in manifest["members"] if one["name"] == DATABASE)
    entry |= {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
    members |= {DATABASE: data, MANIFEST: json.dumps(manifest).encode()}
    with zipfile.ZipFile(tmp_path / "forged.zip", "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)

    with pytest.raises(StoreError, match="is no database"):
        restore_backup(tmp_path / "forged.zip", tmp_path / "restored")

    assert not (tmp_path / "restored" / DATABASE).exists()


def test_a_backup_without_an_index_is_refused(backup, tmp_path):
    empty = rewritten(backup, lambda manifest: {**manifest, "members": []})

    with pytest.raises(StoreError, match="holds no index"):
        restore_backup(empty, tmp_path / "restored")


@pytest.mark.parametrize("name", [DATABASE, f"{DATABASE}-wal", "bot.db", "feeds.opml"])
def test_a_backup_is_not_written_over_a_file_of_the_index(folder, name):
    before = files(folder)

    with pytest.raises(StoreError, match=f"{name} has the name of a file of the index"):
        write_backup(settings_of(folder), folder / name)
    assert before == files(folder)


def test_a_backup_takes_the_place_of_an_older_one_and_of_nothing_else(folder, backup, tmp_path):
    articles = tmp_path / "articles.jsonl"
    articles.write_text("{}\n", "utf-8")

    write_backup(settings_of(folder), backup)
    with pytest.raises(StoreError, match="is there and no backup; name another file"):
        write_backup(settings_of(folder), articles)
    with pytest.raises(StoreError, match="is no regular file"):
        write_backup(settings_of(folder), tmp_path)
    assert "{}\n" == articles.read_text("utf-8")

"""What people type: adding what is held, withdrawn or older, watching, and looking at the queue."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from index.arrivals.feeds.poller import Feeds
from index.arrivals.indexer import sources_of
from index.cli.main import main
from index.queue import Queue
from index.settings import load_index_settings
from tests.index.arrivals.arrivals_builders import article

pytestmark = pytest.mark.model

ROOT = Path(__file__).parents[3]


@pytest.fixture
def onrecord(tmp_path, capsys, monkeypatch):
    """Run the command in a folder of its own; gives (exit code, stdout, stderr)."""
    monkeypatch.chdir(tmp_path)

    def run(*words):
        code = main(["--data-dir", str(tmp_path / "data"), *words])
        out = capsys.readouterr()
        return code, out.out, out.err

    return run


def add(onrecord, *words, **fields):
    line = {"id": "a", "title": "Harbour", "text": article("a").text, **fields}
    Path("one.jsonl").write_text(json.dumps(line) + "\n", encoding="utf-8")
    return onrecord("add", "one.jsonl", "--json", *words)


def status(ended):
    return json.loads(ended[1])["status"]


def test_an_article_under_embargo_is_held_and_shown_by_stats(onrecord):
    ended = add(onrecord, embargoed_until="2999-01-01")

    assert (0, "held") == (ended[0], status(ended))
    assert "held until 2999-01-01 00:00 UTC" in ended[2]
    stats = json.loads(onrecord("stats", "--json")[1])
    assert (0, 1) == (stats["articles"], stats["queue"]["held"])
    assert "1 held by embargo" in onrecord("stats")[1]


def test_an_older_version_is_told_apart_and_stored_only_when_insisted_on(onrecord):
    add(onrecord, revised_at="2018-02-03")
    text = article("a", days=5).text

    older = add(onrecord, text=text, revised_at="2018-02-02")
    insisted = add(onrecord, "--again", text=text, revised_at="2018-02-02")

    assert (["older", "indexed"], 0) == ([status(older), status(insisted)], older[0])
    assert "the index holds the version of 2018-02-03" in older[2]


def test_a_withdrawal_in_a_file_takes_the_article_out_and_adding_it_brings_it_back(onrecord):
    add(onrecord)

    gone = add(onrecord, withdrawn=True, note="legal")
    empty = json.loads(onrecord("stats", "--json")[1])["articles"]

    assert ("withdrawn", 0) == (status(gone), empty)
    assert "indexed" == status(add(onrecord))


def test_watching_nothing_is_refused_with_what_to_name(onrecord):
    code, _, err = onrecord("watch")

    assert 2 == code
    assert "INDEX_WATCH" in err


def test_a_queue_or_a_feed_is_enough_to_watch(tmp_path):
    settings = load_index_settings(data_dir=tmp_path)
    Queue(tmp_path).close()
    with_feed = load_index_settings(data_dir=tmp_path / "other", feeds="https://a.example/feed")

    assert [Feeds, Feeds] == [
        type(source)
        for given in (settings, with_feed)
        for source in sources_of(given, [], poll=False)
    ]


def test_the_indexer_indexes_what_is_dropped_refuses_a_second_one_and_ends_when_told(
    onrecord, tmp_path
):
    (tmp_path / "in").mkdir()
    words = [sys.executable, "-m", "index", "--data-dir", str(tmp_path / "data"), "watch", "in"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(words, cwd=tmp_path, env=environment) as running:
        (tmp_path / "in" / "a.txt").write_text("Harbour\n\n" + article("a").text, "utf-8")
        queue = Queue(tmp_path / "data")
        while not (names := _settled(queue)):
            time.sleep(0.05)
        code, _, err = onrecord("watch", "in")
        running.send_signal(signal.SIGTERM)

    assert 0 == running.returncode
    assert (1, True) == (code, f"another indexer (process {running.pid})" in err)
    assert "indexed" == queue.status(names[0]).state
    queue.close()


def _settled(queue):
    with queue.database.reading() as db:
        return [name for (name,) in db.execute("SELECT id FROM arrivals WHERE body IS NULL")]

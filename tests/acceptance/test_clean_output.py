"""Whatever others wrote, no output steers the terminal, forges a line or computes in a sheet."""

from __future__ import annotations

import json
import logging
from contextlib import closing
from io import StringIO

import pytest

from bot.__main__ import main
from bot.state.feedback import Feedback
from bot.state.state import State
from index.cli.common import CleanLines, CleanStream, TimedLines, json_line
from index.errors import ArticleError
from index.queue import Queue
from index.types import Query
from tests.index.arrivals.arrivals_builders import open_tiny

EVIL = "c\x1b[31m\x07\x9b2J\u202ecod\x00\x7f\rx"
STEERS = {c for c in map(chr, range(0x110000)) if not c.isprintable()} - {"\n", "\t", "\xa0"}


def steering(text):
    return {c for c in text if c in STEERS}


@pytest.fixture
def folder(tmp_path):
    with closing(open_tiny(tmp_path / "data")), closing(Queue(tmp_path / "data")) as queue:
        queue.receive(f"push{EVIL}", [ArticleError(f"{EVIL}: refused\nrefused: forged")])
    return tmp_path / "data"


@pytest.fixture
def onrecord(folder, capsys, monkeypatch, tmp_path):
    """Run a command; gives its exit code, stdout and stderr."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("index.cli.upkeep.opened", lambda arguments: open_tiny(folder))
    monkeypatch.setattr(
        "index.cli.articles.opened", lambda arguments, create=False: open_tiny(folder)
    )

    def run(*words):
        try:
            code = main(["--data-dir", str(folder), *words])
        except SystemExit as exit_:
            code = int(exit_.code or 0)
        out = capsys.readouterr()
        return code, out.out, out.err

    return run


COMMANDS = [
    ["stats"],
    ["stats", "--json"],
    ["add", "."],
    ["add", "--dry-run", "."],
    ["add", "--json", "."],
    ["add", f"{EVIL}.jsonl".replace("\x00", "")],
    ["remove", EVIL],
    ["verify"],
    ["attributions", "."],
    ["feeds", "remove", f"https://a.example/{EVIL}"],
    ["nonsense", EVIL],
    ["doctor"],
]


@pytest.mark.parametrize("words", COMMANDS, ids=lambda words: words[0] + str(len(words)))
def test_nothing_that_is_printed_steers_the_terminal(onrecord, tmp_path, words):
    name = f"{EVIL}name.jsonl".replace("\x00", "")
    line = {"id": EVIL + "x" * 600, "title": EVIL, "text": "“We stay,” she said.", "outlet": EVIL}
    (tmp_path / name).write_text(json.dumps(line) + "\n{bad\n", "utf-8")

    _, out, err = onrecord(*words)

    assert out + err
    assert (set(), set()) == (steering(out), steering(err))


def test_what_others_wrote_cannot_pass_for_a_line_of_ours(onrecord):
    _, out, _ = onrecord("stats")

    assert [] == [line for line in out.splitlines() if line.strip().startswith("refused: forged")]


def test_json_means_the_same_and_steers_nothing():
    record = {"id": EVIL, "text": "“Zoë” 😀\U000e0041\u2028"}

    line = json_line(record)

    assert record == json.loads(line)
    assert (set(), "“Zoë” 😀" in line) == (steering(line), True)


def test_a_log_line_is_one_printable_line():
    out = StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(CleanLines())
    try:
        raise ValueError(EVIL)
    except ValueError as exc:
        trace = (type(exc), exc, exc.__traceback__)
    handler.handle(logging.LogRecord("a", 30, "a", 1, "%s: indexed", (f"{EVIL}\nforged",), None))
    handler.handle(logging.LogRecord("a", 30, "a", 1, "failed", (), trace))

    lines = out.getvalue().splitlines()
    assert (set(), "failed") == (steering(out.getvalue()), lines[1])
    assert lines[0].endswith("forged: indexed")


def test_a_program_that_runs_on_says_when_and_how_grave():
    record = logging.LogRecord("a", 30, "a", 1, "%s is back", (EVIL,), None)
    record.created = 1_518_000_000.0

    line = TimedLines().format(record)

    assert (True, set()) == (line.startswith("2018-02-07T10:40:00Z warning "), steering(line))


def test_colours_of_our_own_still_reach_a_terminal(monkeypatch):
    out = StringIO()
    monkeypatch.setattr("sys.stdout", CleanStream(out))
    monkeypatch.setattr(out, "isatty", lambda: True)
    from index.cli.common import console

    console().print("[bold]x[/bold]")
    print("\x1b[1my")

    assert "\x1b[1mx" in out.getvalue()
    assert "\ufffd[1my" in out.getvalue()


@pytest.mark.parametrize("text", ["=cmd|' /C calc'!A0", "+1", "-1+2", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_text_of_an_export_is_a_formula(folder, onrecord, tmp_path, text):
    with closing(State(folder / "bot.db")) as state:
        Feedback(state).record(
            "T1", "1", "U1", good=False, query=Query(text, topic=text), quotes=[(text, 0, 1)],
            reason=text, comment=text,
        )  # fmt: skip

    code, _, _ = onrecord("feedback", "export", "f.jsonl")
    _, printed, _ = onrecord("feedback", "export")

    record = json.loads((tmp_path / "f.jsonl").read_text("utf-8"))
    assert (0, printed) == (code, (tmp_path / "f.jsonl").read_text("utf-8"))
    found = [record["question"], record["comment"], record["reason"], record["query"]["topic"]]
    assert ["'" + text] * 5 == [*found, record["quotes"][0]["article_id"]]
    assert 0o600 == (tmp_path / "f.jsonl").stat().st_mode & 0o777


def test_what_people_said_is_not_written_over_a_file_of_the_index(onrecord, folder):
    with closing(State(folder / "bot.db")) as state:
        state.ensure()
    before = (folder / "onrecord.sqlite3").read_bytes()

    code, _, said = onrecord("feedback", "export", str(folder / "onrecord.sqlite3"))

    assert (1, True) == (code, "has the name of a file of the index" in said)
    assert before == (folder / "onrecord.sqlite3").read_bytes()

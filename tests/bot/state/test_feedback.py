"""Verdicts on answers come out as labelled questions."""

from __future__ import annotations

import json

import pytest

from bot.__main__ import main
from bot.state.feedback import Feedback
from bot.state.state import State
from index.types import Query

QUERY = Query("and Ukraine?", party="ukraine", topic="tank")


@pytest.fixture
def state(tmp_path):
    opened = State(tmp_path / "bot.db")
    yield opened
    opened.close()


def test_a_verdict_comes_out_with_the_question_and_what_was_shown(state):
    feedback = Feedback(state, clock=lambda: 1_519_135_200.0)
    feedback.record(
        "T1",
        "a1",
        "U1",
        good=False,
        query=QUERY,
        quotes=[("article-1", 10, 52)],
        reason="wrong speaker",
        comment="that was his spokesman",
    )

    assert [
        {
            "qid": "feedback-1",
            "question": "and Ukraine?",
            "verdict": "wrong",
            "reason": "wrong speaker",
            "comment": "that was his spokesman",
            "query": {"text": "and Ukraine?", "party": "ukraine", "topic": "tank"},
            "quotes": [{"article_id": "article-1", "start": 10, "end": 52}],
            "at": "2018-02-20T14:00:00+00:00",
        }
    ] == list(feedback.export())


def test_who_changes_their_mind_has_one_verdict(state):
    feedback = Feedback(state)
    for good in (False, True):
        feedback.record("T1", "a1", "U1", good=good, query=QUERY, quotes=())
    feedback.record("T1", "a1", "U2", good=False, query=QUERY, quotes=())
    feedback.record("T2", "a1", "U1", good=False, query=QUERY, quotes=())

    assert ["right", "wrong", "wrong"] == [row["verdict"] for row in feedback.export()]


def test_no_person_and_no_workspace_is_named(state):
    Feedback(state).record("T77001", "a1", "U88001", good=True, query=QUERY, quotes=())

    assert "001" not in json.dumps(list(Feedback(state).export()))


def test_the_command_writes_a_file_that_ask_can_read(state, tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Feedback(state).record("T1", "a1", "U1", good=True, query=QUERY, quotes=())
    out = tmp_path / "labelled.jsonl"

    code = main(["--data-dir", str(tmp_path), "feedback", "export", str(out)])

    [line] = out.read_text(encoding="utf-8").splitlines()
    assert {"qid", "question"} <= json.loads(line).keys()
    assert (0, f"1 verdict written to {out}\n") == (code, capsys.readouterr().out)


def test_a_file_that_cannot_be_written_is_named(state, tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)

    code = main(["--data-dir", str(tmp_path), "feedback", "export", str(tmp_path)])

    message = capsys.readouterr().err
    assert (1, 1) == (code, message.count("\n"))
    assert f"{tmp_path} is no regular file; name another file" in message


def test_where_the_bot_has_kept_nothing_no_file_is_written_over(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "out.jsonl").write_text("mine", encoding="utf-8")

    code = main(["--data-dir", str(tmp_path), "feedback", "export", str(tmp_path / "out.jsonl")])

    assert (1, "mine") == (code, (tmp_path / "out.jsonl").read_text(encoding="utf-8"))
    assert "BOT_DATA_DIR" in capsys.readouterr().err
    assert not (tmp_path / "bot.db").exists()

"""The command as a user types it: exit codes, one clear line, nothing half-stored."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from index.database.commit_note import ENDING, open_slots
from index.store.sqlite.store import DATABASE
from tests.acceptance.corpus import SAMPLE

pytestmark = pytest.mark.model


def line(**fields: str) -> str:
    return json.dumps(
        {"id": "a1", "title": "Harbour", "text": "“We stay,” said Ana Horvat.", **fields}
    )


def test_an_answer_is_json_with_quotes_cut_from_their_articles(onrecord):
    onrecord("add", str(SAMPLE))
    texts = {a["id"]: a["text"] for a in map(json.loads, SAMPLE.read_text("utf-8").splitlines())}

    code, out, _ = onrecord("ask", "what did Russia say?", "--json")
    answer = json.loads(out)

    assert code == 0
    assert answer["query"]["party"] == "Russia"
    assert [q["text"] for q in answer["quotes"]] == [
        texts[q["article_id"]][q["start"] : q["end"]] for q in answer["quotes"]
    ]
    assert len(answer["quotes"]) >= 4


def test_an_abstention_is_an_answer_and_exits_with_0(onrecord):
    onrecord("add", str(SAMPLE))

    code, out, _ = onrecord("ask", "what did Iran say?", "--json")

    assert (0, True, []) == (code, json.loads(out)["abstained"], json.loads(out)["quotes"])


def test_an_empty_index_says_so(onrecord):
    onrecord("add", "missing.txt")

    code, out, _ = onrecord("ask", "what did Russia say?")

    assert code == 0
    assert "onrecord add" in out


@pytest.mark.parametrize(
    "words",
    [
        ("ask", "what did Russia say?"),
        ("brief", "truce"),
        ("compare", "Russia and Turkey"),
        ("changed", "Russia"),
        ("stats",),
        ("verify",),
        ("rebuild",),
        ("remove", "a1"),
    ],
)
def test_a_folder_without_an_index_is_named_and_stays_as_it_is(onrecord, tmp_path, words):
    code, out, err = onrecord(*words)

    assert (1, "", False) == (code, out, (tmp_path / "data").exists())
    assert f"no index in {tmp_path / 'data'}" in err
    assert "onrecord add" in err


def test_an_index_with_a_damaged_log_is_refused_until_the_loss_is_accepted(onrecord, tmp_path):
    onrecord("add", str(SAMPLE))
    with open_slots(tmp_path / "data" / (DATABASE + ENDING)) as slots:
        slots.write(replace(slots.latest, number=slots.latest.number + 2))

    refused = onrecord("verify")
    rebuilt = onrecord("rebuild", "--accept-loss")
    sound = onrecord("verify")

    assert [1, 0, 0] == [code for code, _, _ in (refused, rebuilt, sound)]
    assert "the last 2 of" in refused[2]
    assert "the last 2 of" in rebuilt[2]
    assert "add the latest articles again" in rebuilt[2]


@pytest.mark.parametrize("more", [(), ("--dry-run",)])
def test_many_refusals_with_one_reason_are_three_lines_and_a_count(onrecord, tmp_path, more):
    lines = [{"title": "Ferry", "text": "It sails.", "date": "2018-02-13"}] * 9
    lines.insert(4, {"id": "a", "title": "Ferry", "text": ""})
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, lines)))

    code, out, err = onrecord("add", str(tmp_path / "a.jsonl"), *more)

    missing = [line for line in err.splitlines() if "field 'id' is missing" in line]
    assert 1 == code
    assert ["line 1:", "line 2:", "line 3:"] == [line.split(", ")[1][:7] for line in missing[:3]]
    assert [True] == [line.startswith("refused: 6 more: field 'id'") for line in missing[3:]]
    assert "10 refused" in out


def test_explain_and_context_are_told_only_when_asked_for(onrecord):
    onrecord("add", str(SAMPLE))
    question = ("ask", "what did Russia say about the truce?", "--json", "--limit", "1")

    (plain,) = json.loads(onrecord(*question)[1])["quotes"]
    (message,) = json.loads(onrecord(*question, "--explain", "--context", "2")[1])["quotes"]

    assert {"why", "context"} == set(message) - set(plain)
    assert any(line.startswith("Speaker: ") for line in message["why"])
    assert 2 == len(message["context"]["before"])


def test_a_comparison_has_a_side_for_each_party(onrecord):
    onrecord("add", str(SAMPLE))

    code, out, _ = onrecord("compare", "Russia and Turkey on the wall", "--json")
    sides = json.loads(out)["sides"]

    assert code == 0
    assert [("Russia", True), ("Turkey", False)] == [(s["party"], s["abstained"]) for s in sides]
    assert onrecord("compare", "Russia on the wall")[1].startswith("a comparison needs two")


def test_a_changed_line_quotes_the_earlier_and_the_later_statement(onrecord, tmp_path):
    lines = [
        line(
            id=name,
            published_at=f"2018-02-{day}",
            text=f"“{number} trawlers entered the harbour of Lund,” mayor Ana Horvat said.",
        )
        for name, day, number in (("a1", "08", "Two"), ("a2", "20", "Nine"))
    ]
    (tmp_path / "two.jsonl").write_text("\n".join(lines), encoding="utf-8")
    onrecord("add", "two.jsonl")

    (change,) = json.loads(onrecord("changed", "Ana Horvat", "--json")[1])["changed"]

    assert ["a1", "a2"] == [change[when]["article_id"] for when in ("earlier", "later")]
    assert "Earlier, 2018-02-08" in onrecord("changed", "Ana Horvat")[1]


def test_an_article_is_added_once_and_removed_by_its_id(onrecord, tmp_path):
    (tmp_path / "one.jsonl").write_text(line() + "\n", encoding="utf-8")

    statuses = [json.loads(onrecord("add", "one.jsonl", "--json")[1])["status"] for _ in range(2)]
    removed = onrecord("remove", "a1")[0], onrecord("remove", "a1")[0]
    left = json.loads(onrecord("stats", "--json")[1])["articles"]

    assert (["indexed", "unchanged"], (0, 1), 0) == (statuses, removed, left)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("missing.txt", None, "missing.txt"),
        ("empty.txt", b"", "empty"),
        ("picture.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x01", "picture.txt"),
        ("report.pdf", b"%PDF-1.7\n\x00\x01\x02", "report.pdf"),
        ("wrong.jsonl", b'{"id": "a1", "title": \n', "line 1"),
        ("notext.jsonl", b'{"id": "a1", "title": "x"}\n', "text"),
    ],
)
def test_a_file_that_is_no_article_is_named_and_nothing_is_stored(
    onrecord, tmp_path, name, content, message
):
    if content is not None:
        (tmp_path / name).write_bytes(content)

    code, _, err = onrecord("add", name)
    articles = json.loads(onrecord("stats", "--json")[1])["articles"]

    assert (1, 0) == (code, articles)
    assert message in err
    assert "Traceback" not in err
    assert len(err.strip().splitlines()) == 1


def test_a_wrong_line_is_named_by_number_and_the_others_are_stored(onrecord, tmp_path):
    lines = [line(), "{not json}", line(id="a2", text="“We go,” said Ivo Babić.")]
    (tmp_path / "three.jsonl").write_text("\n".join(lines), encoding="utf-8")

    code, _, err = onrecord("add", "three.jsonl")
    articles = json.loads(onrecord("stats", "--json")[1])["articles"]

    assert (1, 2) == (code, articles)
    assert "line 2" in err


def test_a_folder_without_articles_is_named(onrecord, tmp_path):
    (tmp_path / "bare").mkdir()

    code, _, err = onrecord("add", "bare")

    assert code == 1
    assert "bare" in err


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("ask",),
        ("ask", "x", "--limit", "0"),
        ("frobnicate",),
        ("manifest", "--http", "notaurl"),
        ("brief", "truce", "--since", "the day the music died"),
    ],
)
def test_wrong_usage_exits_with_2(onrecord, words):
    onrecord("add", "missing.txt")

    assert onrecord(*words)[0] == 2


def test_a_batch_says_when_a_follow_up_follows_nothing(onrecord, tmp_path):
    (tmp_path / "one.jsonl").write_text(line(), encoding="utf-8")
    onrecord("add", "one.jsonl")
    line_of = {"qid": "1", "question": "what did Ana Horvat say?", "after": "0"}
    (tmp_path / "q.jsonl").write_text(json.dumps(line_of), encoding="utf-8")

    code, out, err = onrecord("ask", "--batch", "q.jsonl")

    assert (0, "1") == (code, json.loads(out)["qid"])
    assert "'0'" in err


def test_a_batch_answers_every_line_and_a_follow_up_inherits(onrecord, tmp_path):
    onrecord("add", str(SAMPLE))
    questions = [
        {"qid": "1", "question": "what did Ukraine say about the truce?"},
        {"qid": "2", "question": "and Russia?", "after": "1"},
        {"qid": "3", "question": "🤷"},
    ]
    (tmp_path / "q.jsonl").write_text("\n".join(map(json.dumps, questions)), encoding="utf-8")

    code, out, _ = onrecord("ask", "--batch", "q.jsonl", "--json")
    answers = [json.loads(text) for text in out.splitlines()]

    assert code == 0
    assert ["1", "2", "3"] == [a["qid"] for a in answers]
    assert ["Ukraine", "Russia", None] == [a["query"]["party"] for a in answers]
    assert "truce" in answers[1]["query"]["topic"]
    assert answers[2]["abstained"]


def test_an_ask_beside_it_sees_what_an_add_has_just_acknowledged(onrecord, tmp_path):
    """The first process stays open while the second, a real one, adds an article."""
    (tmp_path / "one.jsonl").write_text(line(), encoding="utf-8")
    (tmp_path / "two.jsonl").write_text(
        line(id="a2", text="“The gate stays shut,” Ivo Babić told reporters."), encoding="utf-8"
    )
    onrecord("add", "one.jsonl")
    asking = _ask_in_another_process(tmp_path)

    before = _answers(asking)
    onrecord("add", "two.jsonl")
    after = _answers(asking)
    asking.communicate()

    assert before["abstained"]
    assert ["“The gate stays shut,” Ivo Babić told reporters."] == [
        q["text"] for q in after["quotes"]
    ]


_ASKER = """
import json, sys
from pathlib import Path
from index.core import open_index
from index.cli.records import briefing_record
from index.settings import load_index_settings
index = open_index(load_index_settings(data_dir=Path(sys.argv[1])))
for line in sys.stdin:
    briefing = index.answer(line)
    print(json.dumps(briefing_record(briefing, line, index.tables)), flush=True)
"""


def _ask_in_another_process(folder: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", _ASKER, str(folder / "data")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def _answers(process: subprocess.Popen[str]) -> dict[str, object]:
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write("what did Ivo Babić say?\n")
    process.stdin.flush()
    answer: dict[str, object] = json.loads(process.stdout.readline())
    return answer


def test_no_question_ends_in_a_traceback(onrecord):
    onrecord("add", str(SAMPLE))
    names = ", ".join(f"Ana{number} Horvat{number}" for number in range(50))
    odd = ["", "  ", "x" * 20_000, "🚢🚢", "'; DROP TABLE articles;--", "NEAR(a b) OR *", "\x07"]

    answers = [onrecord("ask", q) for q in [*odd, "9" * 10_000, f"what did {names} say", "“we"]]

    assert {(0, "")} == {(code, err) for code, _, err in answers}
    assert [] == [out for _, out, _ in answers if not out.strip()]


def test_what_is_said_beside_the_question_wins(onrecord):
    onrecord("add", str(SAMPLE))
    said = ("ask", "what did Russia say about the trawler since 1 March 2018?", "--json")

    query = json.loads(onrecord(*said, "--party", "Norway", "--topic", "the fine")[1])["query"]
    wrong = onrecord(*said, "--since", "whenever")

    assert ("Norway", "the fine") == (query["party"], query["topic"])
    assert query["since"].startswith("2018-03-01")
    assert "since “whenever” is not known" in json.loads(wrong[1])["reason"]


def test_a_question_needs_no_quotation_marks_around_it(onrecord, tmp_path):
    (tmp_path / "one.jsonl").write_text(line(), encoding="utf-8")
    onrecord("add", "one.jsonl")

    quoted = onrecord("ask", "what did Ivo Babić say?", "--json")
    bare = onrecord("ask", "what", "did", "Ivo", "Babić", "say?", "--json")

    assert 1 == quoted[1].count("\n")
    assert quoted == bare

"""A draft's quotations: on record or not, whose they are, and what was made of them."""

from __future__ import annotations

import io
import json
import time
from types import SimpleNamespace

import pytest

from index.checking.alignment import Words, align, longest_runs
from index.cli.main import main
from index.types import Article

pytestmark = pytest.mark.model

H, B, K = "Ana Horvat", "Ivo Babic", "Marta Kos"
TWO = b'{"id":"1","title":"t","text":"One."}\n{"id":"2","title":"t","text":"Two."}\n'

HARBOUR = """“The ferry stays in port until the crew has slept,” Mayor Ana Horvat told reporters.

“I don’t believe that the strike will end before the autumn begins,” she said.

Ivo Babic, a fisherman, said: “We have mended the same net eleven times this winter.”

“The union asked for beds and was given a bench,” said Marta Kos, who speaks for the sailors. \
“But that is not why we are here.”

The island has no other boat that carries lorries.
"""


@pytest.fixture
def check(engine):
    list(engine.add([Article("a", "Ferry", HARBOUR, "Harbour Post", "https://p.example/a")]))

    def checked(draft):
        return [one for one in engine.check(draft) if one.verdict]

    return checked


@pytest.mark.parametrize(
    ("draft", "verdict", "speakers"),
    [
        ("“The ferry stays in port until the crew has slept,” said {H}.", "found", [H]),
        ("“the ferry stays in port until the crew has slept”", "found", [H]),
        ("Mayor {H} said the ferry “stays in port”.", "found", [H]),
        ("“The ferry stays … until the crew has slept,” said {H}.", "found", [H]),
        ("“The ferry stays in dock until the crew has slept,” said {H}.", "altered", [H]),
        ("“The ferry stays in port until the crew has not slept,” said {H}.", "altered", [H]),
        ("“The ferry stays until the crew has slept,” said {H}.", "altered", [H]),
        ("“The ferry stays in port until the crew has slept,” said {B}.", "other_speaker", [H]),
        ("“The ferry stays in port and we have mended the same net,” {H} said", "stitched", [H, B]),
        ("“The strike will end before the autumn begins,” said {H}.", "out_of_context", [H]),
        ("“The union asked for beds and was given a bench,” said {K}.", "out_of_context", [K]),
        ("“The harbour will be sold to whoever pays for it,” said {H}.", "not_on_record", []),
        ("“The island has no other boat that carries lorries,” {H} said.", "other_speaker", [None]),
    ],
)  # fmt: skip
def test_each_quotation_is_told_for_what_it_is(check, draft, verdict, speakers):
    draft = draft.format(H=H, B=B, K=K)
    [found] = check(draft)

    assert verdict == found.verdict
    assert speakers == [quote.speaker for quote in found.matches if "continues" not in quote.labels]
    assert draft[found.start : found.end] == found.text


def test_what_is_shown_stands_in_the_article(check):
    found = check(HARBOUR)

    assert 5 == len(found)
    for one in found:
        assert one.matches
        for quote in one.matches:
            assert HARBOUR[quote.start : quote.end] == quote.text


def test_an_altered_quotation_shows_which_words_differ(check):
    [found] = check("“The ferry lies in port until the whole crew has slept,” said Ana Horvat.")

    assert [("lies", "stays"), ("whole", "")] == [tuple(each) for each in found.differences]


def test_a_report_gets_what_is_near_and_no_verdict(engine, check):
    check("")
    found = engine.check("Ana Horvat said that the ferry would not leave before the sailors slept.")

    [near] = [one for one in found if one.verdict is None]
    assert "Ana Horvat" == near.speaker
    assert {"Ana Horvat"} == {quote.speaker for quote in near.matches}


def test_what_leaves_much_out_costs_no_more_for_each_part(engine):
    said = f"Mayor {H} said: “{'the ship of the port and the sea ' * 40}sails.”"
    list(engine.add([Article("b", "Sea", said)]))
    draft = f"“{' … '.join(['the'] * 10)} … zebra,” said {H}."

    started = time.process_time()
    [found] = engine.check(draft)

    assert "not_on_record" == found.verdict
    assert time.process_time() - started < 5


def test_a_very_long_quotation_is_checked_in_pieces(check):
    words = " ".join(f"w{n}" for n in range(450))

    found = check(f"“{words},” said {H}.")

    assert [200, 200, 50] == [len(one.text.split()) for one in found]
    assert words == " ".join(one.text for one in found)


def test_names_between_marks_are_no_quotations(check):
    assert [] == check("The “Polar Dawn” sailed at noon. Nobody saw her go.")


def test_the_nearest_stretch_is_found_wherever_it_stands():
    article = Words("One day the old cat sat on the red mat and slept.")
    quotation = Words("the old cat sat on a mat")
    run = max(longest_runs(quotation, article), key=lambda run: run.length)

    found = align(quotation, article, run)

    assert ("the old cat sat on the red mat", 2) == (
        article.cut(found.begin, found.end),
        found.errors,
    )


def test_a_draft_that_differs_everywhere_costs_all_its_words():
    article, quotation = Words("alpha beta gamma delta"), Words("alpha one two three")
    run = max(longest_runs(quotation, article), key=lambda run: run.length)

    assert 3 == align(quotation, article, run).errors


def test_the_command_prints_a_line_a_quotation(engine, check, tmp_path, capsys, monkeypatch):
    check("")
    data = str(tmp_path / "data")
    monkeypatch.setattr("index.cli.checking.opened", lambda arguments: engine)
    draft = tmp_path / "draft.md"
    draft.write_text(
        "“The ferry stays in dock until the crew has slept,” said Ana Horvat.", "utf-8"
    )

    assert 0 == main(["--data-dir", data, "--json", "check", str(draft)])

    [line] = capsys.readouterr().out.splitlines()
    record = json.loads(line)
    assert ("altered", "Ana Horvat") == (record["verdict"], record["speaker"])
    assert [{"draft": "dock", "record": "port"}] == record["difference"]
    assert ["Ana Horvat"] == [match["speaker"] for match in record["matches"]]


def test_a_draft_comes_from_standard_input_too(engine, check, capsys, monkeypatch):
    check("")
    monkeypatch.setattr("index.cli.checking.opened", lambda arguments: engine)
    typed = SimpleNamespace(buffer=io.BytesIO("“Nobody ever said this here.”".encode()))
    monkeypatch.setattr("sys.stdin", typed)

    assert 0 == main(["check", "-"])

    out = capsys.readouterr().out
    assert "NOT ON RECORD" in out
    assert "1 quotation: 1 not on record" in out


@pytest.mark.parametrize(
    ("name", "content", "code", "says"),
    [
        ("none.md", None, 2, "there is no such file"),
        ("a.md", b"\x00\x01\x02" * 50, 1, "binary file"),
        ("a.xyz", b"plain", 1, "is no article format"),
        ("a.txt", b"x" * 5_000_001, 1, "5 MB at most"),
        ("a.jsonl", TWO, 1, "one text"),
    ],
)  # fmt: skip
def test_what_is_no_draft_gets_one_plain_line(tmp_path, capsys, name, content, code, says):
    if content is not None:
        (tmp_path / name).write_bytes(content)

    assert code == main(["check", str(tmp_path / name)])

    told = capsys.readouterr()
    assert "" == told.out
    assert 1 == len(told.err.splitlines())
    assert says in told.err

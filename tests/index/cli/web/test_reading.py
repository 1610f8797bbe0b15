"""Over HTTP come the records of the command line, page by page, and one line for what is wrong."""

from __future__ import annotations

import json
from contextlib import closing

import pytest

from index.cli.main import main
from index.cli.said import timeline_record
from index.cli.web import answers as answers_module
from index.cli.web.reading import LONGEST_DRAFT
from index.errors import StoreError
from index.queue import Queue
from index.types import Article
from tests.index.cli.web.conftest import TEXT, TOKEN

pytestmark = pytest.mark.server

LINES = [
    *("The ferry leaves at nine", "The harbour is closed to yachts", "Our pilots need more rest"),
    *("No ship is refused in a storm", "The pier costs four million", "Fishing ends in October"),
]
MANY = "\n\n".join(f"“{line},” Mayor Ana Horvat told the council." for line in LINES)


@pytest.fixture
def printed(record, tmp_path, monkeypatch, capsys):
    """What the command line prints with --json about the same index."""
    monkeypatch.setattr("index.core.open_embedder", lambda *given: record._embedder)

    def run(*words):
        assert 0 == main(["--data-dir", str(tmp_path / "data"), "--json", *words])
        return [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    return run


def without_page(answer):
    return {name: value for name, value in answer.json().items() if name != "page"}


@pytest.mark.parametrize(
    ("parameters", "words"),
    [
        ({"q": "what did Ana Horvat say?"}, ()),
        ({"q": "who said anything on nets?", "limit": "1"}, ("--limit", "1")),
        ({"q": "what did Ana Horvat say?", "since": "2018-01-01"}, ("--since", "2018-01-01")),
        ({"q": "who said anything?", "speaker": "Ivo Babic"}, ("--speaker", "Ivo Babic")),
        ({"q": "who said anything?", "until": "gibberish"}, ("--until", "gibberish")),
        ({"q": "what did Peru say?"}, ()),
        ({"q": "?!"}, ()),
        ({"q": " "}, ()),
    ],
)
def test_an_answer_is_that_of_the_command_line(serve, printed, parameters, words):
    answer = serve().get("/ask", params=parameters)

    assert 200 == answer.status_code
    assert printed("ask", parameters["q"], *words) == [without_page(answer)]


def test_a_brief_and_the_coverage_are_those_of_the_command_line(serve, printed):
    client = serve()

    assert printed("brief", "ferry") == [without_page(client.get("/brief?topic=ferry"))]
    assert printed("brief") == [without_page(client.get("/brief"))]
    found = client.get("/coverage").json()
    assert found.items() <= printed("stats")[0].items()


def test_a_draft_is_checked_as_on_the_command_line(serve, printed, tmp_path):
    draft = "“The ferry stays in port until the crew has slept,” said Ivo Babic."
    (tmp_path / "draft.txt").write_text(draft)
    client = serve()

    plain = client.post("/check", content=draft.encode(), headers={"Content-Type": "text/plain"})

    assert {"other_speaker": 1} == plain.json()["counts"]
    assert printed("check", str(tmp_path / "draft.txt")) == plain.json()["checked"]
    assert plain.json() == client.post("/check", json={"text": draft}).json()
    for nothing in ("", " \n"):
        empty = client.post("/check", json={"text": nothing})
        assert (200, {"counts": {}, "checked": []}) == (empty.status_code, empty.json())


@pytest.mark.parametrize("limit", [1, 2, 4, 6, 50])
def test_the_pages_together_are_the_whole_answer_and_the_last_says_all(serve, record, limit):
    list(record.add([Article("m", "Council", MANY)]))
    client = serve()
    address, seen, shown = f"/ask?q=what+did+Ana+Horvat+say%3F&limit={limit}", [], []

    while address:
        answer = client.get(address).json()
        seen += [quote["text"] for quote in answer["quotes"]]
        shown.append(answer["page"]["shown"])
        address = answer["page"]["next"]

    whole = [quote.text for quote in record.answer("what did Ana Horvat say?", limit=50).quotes]
    assert sorted(whole) == sorted(seen)
    assert len(LINES) + 1 == len(seen)
    assert ["cut"] * (len(shown) - 1) + ["all"] == shown


def test_an_answer_that_the_asker_has_is_not_sent_again_until_the_index_changes(serve, record):
    client = serve()
    first = client.get("/ask?q=Ana+Horvat")
    known = {"If-None-Match": first.headers["etag"]}

    again = client.get("/ask?q=Ana+Horvat", headers=known)
    other = client.get("/ask?q=Ivo+Babic", headers=known)
    list(record.add([Article("m", "Council", MANY)]))
    later = client.get("/ask?q=Ana+Horvat", headers=known)

    assert (304, b"") == (again.status_code, again.content)
    assert [200, 200] == [other.status_code, later.status_code]
    assert first.json() != later.json()


def test_an_answer_is_made_once_for_each_state_of_the_index(serve, record, monkeypatch):
    asked = []
    honest = record.answer_query
    monkeypatch.setattr(
        record, "answer_query", lambda *a, **how: asked.append(a) or honest(*a, **how)
    )
    client = serve()

    first, second = (client.get("/ask?q=Ana+Horvat").json() for _ in range(2))

    assert first == second
    assert 1 == len(asked)


def test_only_the_last_answers_are_kept(record, monkeypatch):
    monkeypatch.setattr(answers_module, "KEPT", 2)
    monkeypatch.setattr(answers_module, "LARGEST_KEPT", 3)
    kept = answers_module.Answers(record)

    for tag, body in (("a", b"1"), ("b", b"2"), ("long", b"1234"), ("c", b"3")):
        kept._keep(tag, body)

    assert [None, b"2", None, b"3"] == [kept._known(tag) for tag in ("a", "b", "long", "c")]


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("/ask", "q is missing"),
        ("/ask?q=a&untill=monday", "unknown parameter 'untill'"),
        ("/ask?q=a&q=b", "q comes twice"),
        ("/ask?q=a&limit=0", "limit='0' is no number from 1 to 1000"),
        ("/ask?q=a&limit=1001", "no number"),
        ("/ask?q=a&limit=%D9%A3", "no number"),
        ("/ask?q=a&limit=" + "1" * 5_000, "more than 2,000"),
        ("/ask?q=a&offset=-1", "no number"),
        ("/ask?q=%ff", "not UTF-8"),
        ("/ask?q=" + "x" * 2_001, "more than 2,000 characters"),
        ("/brief?q=a", "unknown parameter 'q'"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_line(serve, address, reason):
    answer = serve().get(address)

    assert 400 == answer.status_code
    assert reason in answer.json()["error"]
    assert 1 == len(answer.json()["error"].splitlines())


@pytest.mark.parametrize(
    ("body", "mime", "status"),
    [
        (b"\x00\xff\xfe", "text/plain", 400),
        (b'{"text": 1}', "application/json", 400),
        (b'{"text": "a", "b": 1}', "application/json", 400),
        (b'{"text": "\\ud800"}', "application/json", 400),
        (b"[" * 100_000, "application/json", 400),
        (b"a", "application/octet-stream", 415),
        (b"a", "", 415),
        (b"x" * 200_001, "text/plain", 400),
        (b"x" * 10_000_000, "text/plain", 413),
    ],
)
def test_a_draft_that_cannot_be_read_is_refused_in_one_line(serve, body, mime, status):
    answer = serve().post("/check", content=body, headers={"Content-Type": mime})

    assert status == answer.status_code
    assert ["error"] == list(answer.json())


@pytest.mark.parametrize("address", ["/ask?q=a", "/brief", "/coverage", "/check", "/ask", "/mcp"])
def test_without_the_token_no_address_says_anything(serve, address):
    client = serve()
    client.headers["Authorization"] = "Bearer wrong"

    answers = [client.get(address), client.post(address)]

    assert [401, 401] == [answer.status_code for answer in answers]
    assert not any(TOKEN in answer.text for answer in answers)


def test_the_token_for_pushing_does_not_ask_nor_the_other_push(serve, tmp_path):
    with closing(Queue(tmp_path / "data")) as queue:
        client = serve(queue=queue, push_token="to-push-with")
        article = {"id": "p", "title": "Pier", "text": TEXT}

        with_ours = client.post("/articles", json=article).status_code
        client.headers["Authorization"] = "Bearer to-push-with"
        taken = client.post("/articles", json=article)

        assert [401, 202, 401] == [
            with_ours, taken.status_code, client.get("/ask?q=a").status_code
        ]  # fmt: skip
        status = client.get(taken.json()["articles"][0]["url"])
        assert (200, "waiting") == (status.status_code, status.json()["status"])


def test_without_a_token_for_pushing_nothing_can_be_pushed(serve, tmp_path):
    with closing(Queue(tmp_path / "data")) as queue:
        client = serve(queue=queue)

        assert 404 == client.post("/articles", json={}).status_code
        assert "/articles" not in client.get("/openapi.json").json()["paths"]


def test_the_document_and_the_page_name_what_the_server_does(serve, tmp_path):
    with closing(Queue(tmp_path / "data")) as queue:
        client = serve(queue=queue, push_token="to-push-with")
        client.headers.pop("Authorization")

        paths = set(client.get("/openapi.json").json()["paths"])
        page = client.get("/").text

    pushing = {"/articles", "/articles/{id}", "/articles/{id}/status"}
    assert {"/ask", "/brief", "/check", "/coverage"} | pushing <= paths
    assert [] == [path for path in (*paths, "/mcp") if path not in page]
    assert 421 == client.get("/", headers={"Host": "evil.example"}).status_code


def test_a_broken_index_is_said_in_one_line_without_its_files(serve, record, monkeypatch):
    client = serve()

    def fails(*arguments, **how):
        raise StoreError("/secret/folder is gone")

    monkeypatch.setattr(record.store, "coverage", fails)

    answer = client.get("/coverage")
    assert (503, "30") == (answer.status_code, answer.headers["retry-after"])
    assert "secret" not in answer.text


def test_a_fault_of_ours_is_said_in_one_line(serve, record, monkeypatch):
    client = serve()
    monkeypatch.setattr(record, "stats", lambda: 1 / 0)

    answer = client.get("/coverage")
    assert 500 == answer.status_code
    assert ["error"] == list(answer.json())
    assert "Zero" not in answer.text


@pytest.mark.parametrize(("method", "address"), [("POST", "/ask"), ("GET", "/check"), ("PUT", "/")])
def test_another_method_is_refused(serve, method, address):
    answer = serve().request(method, address)

    assert 405 == answer.status_code
    assert answer.headers["allow"]


def test_people_are_listed_and_each_has_a_timeline(serve, record):
    client = serve()

    listed = client.get("/people").json()
    few = client.get("/people?limit=1").json()
    named = client.get("/people?q=ivo").json()["people"]
    one = client.get("/people/Ana%20Horvat").json()

    assert {"Ana Horvat", "Ivo Babic"} <= set(listed["people"])
    assert ("all", "cut", ["Ivo Babic"]) == (listed["page"]["shown"], few["page"]["shown"], named)
    wanted = timeline_record(
        record.timeline(record.parse("Ana Horvat")), "Ana Horvat", record.tables
    )
    assert json.loads(json.dumps(wanted)) == one
    assert 1 == one["statements"]


@pytest.mark.parametrize("name", ["Peru", "Nobody%20Known", "%00", "%F0%9F%99%82", "who%20said"])
def test_who_is_not_on_record_is_not_found(serve, name):
    answer = serve().get(f"/people/{name}")

    assert 404 == answer.status_code
    assert ["error"] == list(answer.json())


@pytest.mark.parametrize("form", ["csv", "jsonl", "md", "docx", "txt"])
@pytest.mark.parametrize("address", ["/ask?q=what+did+Ana+Horvat+say%3F", "/brief?topic="])
def test_an_answer_comes_as_a_file(serve, record, address, form):
    list(record.add([Article("m", "Council", MANY)]))
    client = serve()

    whole = client.get(f"{address}&format={form}")
    cut = client.get(f"{address}&format={form}&limit=2")
    again = client.get(f"{address}&format={form}", headers={"If-None-Match": whole.headers["etag"]})

    assert [200, 200, 304] == [answer.status_code for answer in (whole, cut, again)]
    assert ["all", "cut"] == [answer.headers["page-shown"] for answer in (whole, cut)]
    assert f'attachment; filename="onrecord.{form}"' == whole.headers["content-disposition"]
    if form == "jsonl":
        asked = client.get(f"{address}&limit=50").json()["quotes"]
        lines = map(json.loads, whole.text.splitlines())
        assert asked == [{name: line[name] for name in asked[0]} for line in lines]


def test_a_question_that_is_not_understood_comes_as_a_file_too(serve):
    answer = serve().get("/ask?q=%3F%21&format=jsonl")

    assert 200 == answer.status_code
    assert answer.json()["abstained"]


def test_json_is_the_form_of_an_answer_and_others_are_named(serve):
    client = serve()

    assert client.get("/ask?q=a&format=json").json()["page"]
    assert "csv, jsonl, md, docx, txt" in client.get("/ask?q=a&format=pdf").json()["error"]


def test_a_named_set_of_outlets_and_filters_narrow_an_answer(serve, record, tmp_path):
    list(record.add([Article("w", "Ferry", TEXT.replace("The ferry", "A boat"), "AFX")]))
    client, asked = serve(), {"q": "who said anything?"}
    before = client.get("/ask", params=asked | {"outlet": "wires"})

    (tmp_path / "data" / "sets.toml").write_text('wires = ["afx"]')
    found = client.get(
        "/ask",
        params=asked | {"outlet": "wires"},
        headers={"If-None-Match": before.headers["etag"]},
    )
    officials, others = (
        {quote["speaker"] for quote in client.get("/ask", params=asked | given).json()["quotes"]}
        for given in ({"filters": "officials only"}, {"filters": "not officials"})
    )
    unread = client.get("/ask", params=asked | {"filters": "gibberish"}).json()

    assert "“wires” is not known" in before.json()["reason"]
    assert {"AFX"} == {quote["outlet"] for quote in found.json()["quotes"]}
    assert officials.isdisjoint(others)
    assert "Ivo Babic" in others
    assert "officials only, not analysts" in unread["reason"]


def test_the_longest_draft_is_taken_however_it_is_written(serve):
    sent = json.dumps({"text": "\U0001f600" * LONGEST_DRAFT})

    answer = serve().post("/check", content=sent, headers={"Content-Type": "application/json"})

    assert len(sent) > 2_400_000
    assert 200 == answer.status_code

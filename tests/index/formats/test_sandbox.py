from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import ArticleError
from index.formats.sandbox import parent
from index.formats.sandbox.parent import Sandbox
from tests.index.formats import hostile_readers

HERE = hostile_readers.__name__
NAMES = [name for name, value in vars(hostile_readers).items() if hasattr(value, "__code__")]


@pytest.fixture(scope="module")
def reader() -> Iterator[Sandbox]:
    made = Sandbox([f"{HERE}.{name}" for name in NAMES])
    yield made
    made.close()


def ask(reader: Sandbox, function: str, data: bytes = b"", name: str = "ferry.html") -> bytes:
    return reader.call(f"{HERE}.{function}", data, name)


def refusal(reader: Sandbox, function: str, data: bytes = b"") -> str:
    with pytest.raises(ArticleError) as caught:
        ask(reader, function, data)
    return str(caught.value)


@settings(deadline=None, max_examples=30)
@given(data=st.binary(max_size=200_000))
def test_what_goes_in_comes_out(reader, data):
    assert data == ask(reader, "echo", data)


@pytest.mark.parametrize(
    ("function", "fault"),
    [
        ("hang", "reading it took more than 5 seconds"),
        ("oversleep", "reading it was not done after 30 seconds"),
        ("crash", "reading it broke the reader"),
        ("devour", "reading it needs more than 512 MB"),
        ("raise_what_is_asked", "it cannot be read (LookupError: two lines)"),
    ],
)
def test_a_fault_is_an_error_that_names_the_file_and_the_next_call_works(reader, function, fault):
    message = refusal(reader, function)

    assert f"ferry.html: {fault}; save the article's text as .txt" == message
    assert b"next" == ask(reader, "echo", b"next")


def test_a_refusal_of_the_reader_comes_in_its_own_words(reader):
    assert "ferry.html: no “text”" == refusal(reader, "raise_what_is_asked", "no “text”".encode())


def test_a_reader_that_prints_does_not_spoil_the_answer(reader):
    assert b"answer" == ask(reader, "print_noise", b"answer")


def test_the_child_has_none_of_our_environment(reader, monkeypatch):
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-secret")
    reader.close()

    assert b"SLACK" not in ask(reader, "tell_surroundings")


def test_the_child_leaves_no_picture_of_its_memory(reader):
    assert b"(0, 0)" == ask(reader, "tell_core_limit")


def test_the_child_imports_nothing_from_the_folder_it_is_started_in(reader, tmp_path, monkeypatch):
    (tmp_path / "json.py").write_text("open('imported', 'w')")
    monkeypatch.chdir(tmp_path)
    reader.close()

    assert b"answer" == ask(reader, "echo", b"answer")
    assert not (tmp_path / "imported").exists()


def test_the_child_writes_no_files(reader, tmp_path):
    path = tmp_path / "written"

    refusal(reader, "write_file", os.fsencode(path))

    assert not path.exists() or 0 == path.stat().st_size


def test_a_child_is_kept_for_many_calls_and_then_replaced(reader, monkeypatch):
    reader.close()
    monkeypatch.setattr(parent, "MAX_CALLS", 3)

    reported = [ask(reader, "tell_surroundings") for _ in range(6)]

    assert [3, 3] == [reported.count(one) for one in dict.fromkeys(reported)]


def test_a_child_that_was_killed_meanwhile_costs_one_call(reader):
    pid = int(ask(reader, "tell_surroundings").split()[-1])
    os.kill(pid, 9)

    assert "broke the reader" in refusal(reader, "echo", b"first")
    assert b"second" == ask(reader, "echo", b"second")


def test_calls_from_several_threads_get_their_own_answers(reader):
    sent = [str(number).encode() * 1_000 for number in range(50)]

    with ThreadPoolExecutor(8) as pool:
        assert sent == list(pool.map(lambda data: ask(reader, "echo", data), sent))


def test_too_many_bytes_are_refused_before_they_are_sent(reader):
    assert "10,000,001 bytes are too much" in refusal(reader, "echo", b"x" * 10_000_001)

"""What strangers ask takes neither the threads nor the turns of Slack's requests."""

from __future__ import annotations

import asyncio
import threading

from starlette.requests import Request
from starlette.responses import PlainTextResponse

from bot.transport import public
from bot.transport.public import FewAtATime, SharedAnswer

ASKED = Request({"type": "http", "headers": []})


class Looks:
    """Counts the looks, and how many there were at the same time."""

    def __init__(self):
        self.count = self.running = self.most = 0
        self.lock = threading.Lock()

    def __call__(self, request=None):
        with self.lock:
            self.count += 1
            self.running += 1
            self.most = max(self.most, self.running)
            number = self.count
        threading.Event().wait(0.05)
        with self.lock:
            self.running -= 1
        return PlainTextResponse(str(number))


def answers(page, count):
    """What many hear who ask in one moment."""

    async def ask():
        found = await asyncio.gather(*(page.answer(ASKED) for _ in range(count)))
        return [(one.status_code, one.body.decode()) for one in found]

    return asyncio.run(ask())


def test_one_look_answers_all_who_ask_meanwhile():
    looks = Looks()

    assert [(200, "1")] * 300 == answers(SharedAnswer(looks), 300)
    assert 1 == looks.count


def test_who_asks_during_a_look_gets_a_newer_one():
    looks = Looks()
    shared = SharedAnswer(looks)

    async def ask():
        first = asyncio.ensure_future(shared.answer(ASKED))
        await asyncio.sleep(0.02)
        later = await asyncio.gather(*(shared.answer(ASKED) for _ in range(9)))
        return [(await first).body, *(one.body for one in later)]

    assert [b"1", *[b"2"] * 9] == asyncio.run(ask())
    assert 1 == looks.most


def test_where_many_wait_the_others_hear_the_answer_before(monkeypatch):
    monkeypatch.setattr(public, "MOST_WAITING", 5)
    looks = Looks()
    shared = SharedAnswer(looks)

    async def ask():
        await shared.answer(ASKED)
        found = await asyncio.gather(*(shared.answer(ASKED) for _ in range(9)))
        return [one.body for one in found]

    assert [b"2"] * 5 + [b"1"] * 4 == asyncio.run(ask())


def test_a_page_takes_a_few_threads_and_the_rest_is_told_to_come_again(monkeypatch):
    monkeypatch.setattr(public, "MOST_WAITING", 6)
    looks = Looks()

    found = answers(FewAtATime(looks), 10)

    assert [200] * 6 + [503] * 4 == [status for status, _ in found]
    assert looks.most <= public.THREADS

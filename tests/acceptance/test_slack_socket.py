"""Socket Mode when the connection is renewed, lost without a word, or never says anything."""

from __future__ import annotations

import base64
import hashlib
import re
import socket
import threading
from contextlib import contextmanager

import pytest
from starlette.responses import JSONResponse

from bot.transport import socket_mode
from tests.acceptance.slack_payloads import mention

pytestmark = pytest.mark.server

ASK = "<@U0BOT> what did Russia say?"


def test_events_flow_on_after_slack_asks_for_a_new_connection(slack, make_bot):
    bot = make_bot(transport="socket")
    slack.hang_up_on_socket()
    slack.wait(lambda: slack.sockets > 1)
    bot.sender.event(mention(ASK))

    assert ["chat.postMessage"] == [method for method, _ in slack.settled(1)]


def test_two_connected_bots_answer_an_event_once(slack, make_bot):
    bots = [make_bot(transport="socket") for _ in range(2)]
    slack.wait(lambda: slack.sockets > 1)
    payload = mention(ASK)
    for _ in range(4):
        bots[0].sender.event(payload)

    assert 1 == len(slack.settled(1))


def test_a_connection_without_a_sign_of_life_is_given_up(slack, make_bot, monkeypatch):
    monkeypatch.setattr(socket_mode, "PING", 0.2)
    monkeypatch.setattr(socket_mode, "SILENCE", 1.5)
    with silent_server() as address:
        slack.refuse("apps.connections.open", JSONResponse({"ok": True, "url": address}))
        bot = make_bot(transport="socket")
        bot.sender.event(mention(ASK))

        assert ["chat.postMessage"] == [method for method, _ in slack.settled(1)]


def test_a_connection_that_falls_silent_is_noticed_by_its_pings(slack, make_bot, monkeypatch):
    monkeypatch.setattr(socket_mode, "PING", 0.3)
    monkeypatch.setattr(socket_mode, "SILENCE", 1_000.0)
    with silent_server(pongs=2) as address:
        slack.refuse("apps.connections.open", JSONResponse({"ok": True, "url": address}))
        bot = make_bot(transport="socket")
        bot.sender.event(mention(ASK))

        assert ["chat.postMessage"] == [method for method, _ in slack.settled(1)]


@contextmanager
def silent_server(pongs=0):
    """A WebSocket server that shakes hands, answers some pings and then says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=_shake_hands, args=(server, pongs), daemon=True).start()
        yield f"ws://127.0.0.1:{server.getsockname()[1]}/"


def _shake_hands(server, pongs):
    connection, _ = server.accept()
    with connection:
        asked = connection.recv(4096).decode()
        key = re.search(r"(?i)sec-websocket-key: (\S+)", asked)[1]
        digest = hashlib.sha1((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").encode()).digest()
        connection.sendall(
            b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            b"Sec-WebSocket-Accept: " + base64.b64encode(digest) + b"\r\n\r\n"
        )
        while frame := connection.recv(4096):
            if pongs > 0 and frame[0] == 0x89:
                connection.sendall(_pong(frame))
                pongs -= 1


def _pong(ping):
    """The answer to a masked ping of at most 125 bytes."""
    mask, payload = ping[2:6], ping[6 : 6 + (ping[1] & 0x7F)]
    plain = bytes(byte ^ mask[at % 4] for at, byte in enumerate(payload))
    return bytes([0x8A, len(plain)]) + plain

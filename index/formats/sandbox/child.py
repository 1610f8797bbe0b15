"""
The child process that reads foreign markup: one call at a time, from its standard input.

It has no settings, no secrets and no right to grow: the limits are set before the first byte is
read, and the kernel itself ends a call that takes too long, even inside a C library. Frames as
`parent` writes them.
"""

from __future__ import annotations

import json
import os
import signal
import struct
import sys
from collections.abc import Callable
from importlib import import_module
from typing import BinaryIO

from index.errors import ArticleError

MAX_MEMORY = 512 * 1024 * 1024
# Of the processor's time; by the clock a busy machine may take longer over a good page.
MAX_SECONDS, MAX_WAIT = 5.0, 30.0
LENGTH = struct.Struct("!Q")
# An answer's first byte: the result, a refusal in the function's words, a fault, out of memory.
GOOD, REFUSED, BAD, FULL = b"+", b"r", b"-", b"m"

Function = Callable[..., bytes]


def main(paths: list[str]) -> None:
    """Import the functions at *paths*, report ready, and answer until standard input ends."""
    # Windows has none: there this process does not start, but the one that asks for it does.
    import resource

    replies = os.fdopen(os.dup(1), "wb")
    # A library that prints would be taken for an answer.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    functions: dict[str, Function] = {
        path: getattr(import_module(path.rpartition(".")[0]), path.rpartition(".")[2])
        for path in paths
    }
    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _send(replies, GOOD)
    while (header := read_frame(sys.stdin.buffer)) is not None:
        data = read_frame(sys.stdin.buffer) or b""
        _send(replies, _answer(functions, json.loads(header), data))


def _answer(functions: dict[str, Function], call: dict[str, str | None], data: bytes) -> bytes:
    """Run one call against two clocks; whatever it raises becomes an answer."""
    function = functions[str(call.pop("function"))]
    signal.setitimer(signal.ITIMER_PROF, MAX_SECONDS)
    signal.setitimer(signal.ITIMER_REAL, MAX_WAIT)
    try:
        return GOOD + function(data, **call)
    except MemoryError:
        return FULL
    except ArticleError as exc:
        return REFUSED + str(exc).encode("utf-8", "replace")
    except Exception as exc:
        return BAD + f"{type(exc).__name__}: {exc}".encode("utf-8", "replace")
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.setitimer(signal.ITIMER_REAL, 0)


def read_frame(stream: BinaryIO) -> bytes | None:
    """Read one frame, a length and so many bytes; None where the stream ends."""
    head = stream.read(LENGTH.size)
    if len(head) < LENGTH.size:
        return None
    (size,) = LENGTH.unpack(head)
    body = stream.read(size)
    return body if len(body) == size else None


def _send(stream: BinaryIO, body: bytes) -> None:
    stream.write(LENGTH.pack(len(body)) + body)
    stream.flush()

"""Readers that misbehave, for the child process to survive."""

from __future__ import annotations

import os
import resource
import signal
import sys
import time
from pathlib import Path

from index.errors import ArticleError


def echo(data: bytes, name: str) -> bytes:
    return data


def hang(data: bytes, name: str) -> bytes:
    while True:
        pass


def oversleep(data: bytes, name: str) -> bytes:
    """Wait, without work, for longer than is left; the rest is cut to a hundredth."""
    left, _ = signal.getitimer(signal.ITIMER_REAL)
    signal.setitimer(signal.ITIMER_REAL, left / 100)
    time.sleep(10)
    return b"slept"


def crash(data: bytes, name: str) -> bytes:
    os.abort()


def devour(data: bytes, name: str) -> bytes:
    return b"x" * 2_000_000_000


def raise_what_is_asked(data: bytes, name: str) -> bytes:
    if data:
        raise ArticleError(f"{name}: {data.decode()}")
    raise LookupError("two\nlines")


def print_noise(data: bytes, name: str) -> bytes:
    print("noise", flush=True)
    sys.stderr.write("noise")
    return data


def tell_surroundings(data: bytes, name: str) -> bytes:
    return f"{sorted(os.environ)} {os.getpid()}".encode()


def tell_core_limit(data: bytes, name: str) -> bytes:
    return repr(resource.getrlimit(resource.RLIMIT_CORE)).encode()


def write_file(data: bytes, name: str) -> bytes:
    Path(data.decode()).write_bytes(b"x")
    return b""

"""
Unpack a body while it arrives, and stop where it gets too large.

A gzip of one kilobyte can hold a megabyte and more, so the limit counts what comes out, and no
step is let to put out more than is left of it.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from typing import Any

# For zlib: 47 takes gzip and zlib wrappers, -15 the bare stream that some call "deflate".
_WRAPPED, _BARE = 47, -15


class Overflow(Exception):  # noqa: N818  a refusal, not an error of the network
    """The body is larger than allowed, or packed in a way that cannot be undone."""


def unpack(chunks: Iterable[bytes], encoding: str, largest: int) -> bytes:
    """
    Join and unpack *chunks*.

    Args:
        encoding: the Content-Encoding: gzip, deflate, identity or nothing.
        largest: bytes allowed after unpacking.

    Raises:
        Overflow: beyond that, and for any other encoding or a broken one.
    """
    encoding = encoding.strip().lower()
    if encoding not in ("", "identity", "gzip", "x-gzip", "deflate"):
        raise Overflow(f"packed as {encoding[:40]!r}, which was not asked for")
    body = bytearray()
    step: Any = None
    for chunk in chunks:
        room = largest + 1 - len(body)
        if encoding in ("", "identity"):
            body += chunk[:room]
        else:
            step = step or _unpacker(chunk, encoding)
            try:
                body += step.decompress(chunk, room)
            except zlib.error as exc:
                raise Overflow(f"the packed page is broken ({exc})") from exc
        if len(body) > largest:
            raise Overflow(f"more than {largest:,} bytes")
    return bytes(body)


def _unpacker(start: bytes, encoding: str) -> Any:
    """Choose how to unpack a stream that begins so."""
    zlib_wrapped = start[:1] == b"\x78"
    return zlib.decompressobj(_BARE if encoding == "deflate" and not zlib_wrapped else _WRAPPED)

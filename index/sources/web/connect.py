"""
Connect to public addresses only, and to the very address that was checked.

Checking a URL and fetching it afterwards asks the name server twice, and the second answer may
be another one (DNS rebinding). Here the name is resolved once, inside the connection: if any of
its addresses is not public nothing is dialled. TLS still sees the name that was asked for.
A connection is cut at its deadline, so that a peer that drips bytes cannot hold us.
"""

from __future__ import annotations

import ipaddress
import socket
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from queue import Empty, SimpleQueue
from threading import Thread, Timer
from typing import Any

from httpcore2 import ConnectError, ConnectTimeout, NetworkBackend, NetworkStream, SyncBackend

Resolver = Callable[[str, int], Sequence[str]]
Address = ipaddress.IPv4Address | ipaddress.IPv6Address
# Two blocks that carry an IPv4 address inside: NAT64 and the old IPv4-compatible one.
_CARRIERS = (ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("::/96"))
# Blocks for special purposes that some Python counts as global: no page is served from them.
# https://www.iana.org/assignments/iana-ipv4-special-registry and -ipv6-special-registry; the last
# of the first row is the host's own agent inside every machine of a large cloud.
_SPECIAL = tuple(
    ipaddress.ip_network(block)
    for block in (
        *("192.0.0.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24"),
        *("192.175.48.0/24", "168.63.129.16/32"),
        *("64:ff9b:1::/48", "100::/64", "100:0:0:1::/64", "2001::/23", "2001:db8::/32"),
        *("2002::/16", "2620:4f:8000::/48", "3fff::/20", "5f00::/16", "fc00::/7", "fec0::/10"),
    )
)


class ForbiddenAddress(Exception):  # noqa: N818  a refusal, not an error of the network
    """The name leads to an address that may not be dialled."""


def resolve(host: str, port: int) -> list[str]:
    """Ask the system's resolver for all addresses of *host*; raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def is_public(address: str) -> bool:
    """Return whether an address is one of the open internet, whatever it is wrapped in."""
    try:
        outer = ipaddress.ip_address(address)
    except ValueError:
        return False
    inner = _unwrapped(outer)
    odd = inner.is_multicast or inner.is_reserved or inner.is_unspecified or inner.is_loopback
    if isinstance(inner, ipaddress.IPv6Address):
        odd = odd or inner.is_site_local
    special = any(found in block for block in _SPECIAL for found in (outer, inner))
    return inner.is_global and not odd and not special


def _unwrapped(address: Address) -> Address:
    """Give the IPv4 address that an IPv6 address carries, else the address itself."""
    if isinstance(address, ipaddress.IPv4Address):
        return address
    if inner := address.ipv4_mapped or address.sixtofour:
        return inner
    if address.teredo:
        return address.teredo[1]
    if any(address in block for block in _CARRIERS):
        return ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF)
    return address


class GuardedBackend(NetworkBackend):
    """
    Dials for one request, and hangs up when its time is over.

    Args:
        resolver: asked once for each host.
        allowed: hosts whose addresses need not be public, in small letters.
        seconds: after so long the connection is cut, whatever it is waiting for.
    """

    def __init__(self, resolver: Resolver, allowed: frozenset[str], seconds: float) -> None:
        self._resolver = resolver
        self._allowed = allowed
        self._deadline = time.monotonic() + seconds
        self._system = SyncBackend()
        self._cut: Timer | None = None
        self._handle: socket.socket | None = None

    @property
    def time_is_up(self) -> bool:
        """True once the connection was, or would be, cut."""
        return time.monotonic() >= self._deadline

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> NetworkStream:
        """Resolve, check every address, and dial the first that answers."""
        addresses = self._look_up(host, port)
        refused = [] if host in self._allowed else [a for a in addresses if not is_public(a)]
        if refused:
            raise ForbiddenAddress(f"{host} is at {refused[0]}, which is no public address")
        fault: Exception = ConnectError(f"{host} has no address")
        for address in addresses:
            try:
                stream = self._system.connect_tcp(address, port, self._left())
            except (ConnectError, ConnectTimeout) as exc:
                fault = exc
            else:
                self._watch(stream.get_extra_info("socket"))
                return stream
        raise fault

    def close(self) -> None:
        """Call the watch off."""
        if self._cut is not None and self._handle is not None:
            self._cut.cancel()
            self._cut.join()
            self._handle.close()

    def _watch(self, connection: socket.socket) -> None:
        """Cut *connection* at the deadline: a timeout for each read lets a peer drip bytes."""
        # TLS takes the socket over; a second handle on it stays ours.
        handle = self._handle = connection.dup()

        def cut() -> None:
            with suppress(OSError):
                handle.shutdown(socket.SHUT_RDWR)

        self._cut = Timer(self._left(), cut)
        self._cut.daemon = True
        self._cut.start()

    def _look_up(self, host: str, port: int) -> Sequence[str]:
        """Resolve in a thread: the system's resolver takes no deadline."""
        answers: SimpleQueue[Sequence[str] | Exception] = SimpleQueue()

        def ask() -> None:
            try:
                answers.put(self._resolver(host, port))
            except (OSError, UnicodeError) as exc:
                answers.put(exc)

        Thread(target=ask, daemon=True).start()
        try:
            answer = answers.get(timeout=self._left())
        except Empty:
            raise ConnectTimeout(f"{host} was not resolved in time") from None
        if isinstance(answer, Exception):
            raise ConnectError(f"{host} cannot be resolved ({answer})") from answer
        return answer

    def _left(self) -> float:
        """Count the seconds to the deadline; raises ConnectTimeout when it has passed."""
        seconds = self._deadline - time.monotonic()
        if seconds <= 0:
            raise ConnectTimeout("the time is up")
        return seconds

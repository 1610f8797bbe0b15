"""
Fetch pages and feeds of strangers without being led anywhere else.

http and https only; public addresses only (`connect`); redirects followed by hand, each checked
like the first; a limit on the bytes after unpacking, for a kilobyte can unpack to a megabyte,
and on the time. robots.txt is obeyed, and a host is asked one thing at a time with a pause.
"""

from __future__ import annotations

import ssl
import time
from contextlib import closing
from email.utils import parsedate_to_datetime
from importlib.metadata import PackageNotFoundError, version

from httpcore2 import (
    ConnectError,
    ConnectionPool,
    NetworkError,
    ProtocolError,
    ReadTimeout,
    Response,
    TimeoutException,
    default_ssl_context,
)

from index.errors import FetchError
from index.sources.web.addresses import WebAddress, read_address
from index.sources.web.connect import ForbiddenAddress, GuardedBackend, Resolver, resolve
from index.sources.web.decompress import Overflow, unpack
from index.sources.web.rate_limit import RateLimiter
from index.sources.web.response import Fetched
from index.sources.web.robots import Robots

MAX_BYTES = 10_000_000
MAX_SECONDS = 20.0
MAX_REDIRECTS = 5
PAUSE = 1.0
RETRY_LATER = 300.0
_MOVED = frozenset({301, 302, 303, 307, 308})
_FOR_GOOD = frozenset({301, 308})
_TRY_AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})
_WAY_OUT = "save the page and add the file"


class Fetcher:
    """
    Fetches for one process; usable from several threads.

    Args:
        allowed: hosts of one's own, asked at any address and port, and without a pause.
        resolver: finds the addresses of a host.
        trust: the certificates that are trusted; the usual ones if None.
        seconds: the time that one fetch may take, waiting for its turn not counted.
        pause: seconds between two fetches from one host.
    """

    def __init__(
        self,
        *,
        allowed: frozenset[str] = frozenset(),
        resolver: Resolver = resolve,
        trust: ssl.SSLContext | None = None,
        seconds: float = MAX_SECONDS,
        pause: float = PAUSE,
    ) -> None:
        self._allowed = allowed
        self._resolver = resolver
        self._trust = trust or default_ssl_context()
        self._seconds = seconds
        self._turns = RateLimiter(pause)
        self._robots = Robots(self._follow)

    def fetch(self, url: str, *, etag: str | None = None, modified: str | None = None) -> Fetched:
        """
        Fetch *url*, if robots.txt lets us.

        Args:
            etag: what the last fetch gave; an unchanged page then costs no body.
            modified: likewise.

        Raises:
            FetchError: naming the address and the reason.
        """
        headers = {"If-None-Match": etag, "If-Modified-Since": modified}
        conditions = {name: value for name, value in headers.items() if value}
        return self._follow(url, conditions, self._robots)

    def _follow(
        self, url: str, conditions: dict[str, str] | None = None, robots: Robots | None = None
    ) -> Fetched:
        """Fetch *url* and follow its redirects, each checked like the first."""
        left, lasting = self._seconds, True
        address, before = self._read(url), ""
        for hop in range(MAX_REDIRECTS + 1):
            if robots is not None:
                robots.check(address)
            new = robots is not None and address.host not in {before, *self._allowed}
            with self._turns.taken(address.host, pause=new):
                started = time.monotonic()
                found, location = self._ask(address, conditions or {}, left)
                left -= time.monotonic() - started
            if location is None:
                moved = str(address) if lasting and hop else None
                return _checked(found, moved)
            lasting, before = lasting and found.status in _FOR_GOOD, address.host
            address = self._read(location, base=address)
        raise FetchError(f"{url}: more than {MAX_REDIRECTS} redirects; {_WAY_OUT}")

    def _read(self, url: str, base: WebAddress | None = None) -> WebAddress:
        try:
            return read_address(url, base=base, any_port=self._allowed)
        except ValueError as exc:
            raise FetchError(f"{url[:200]}: not fetched: {exc}") from exc

    def _ask(
        self, address: WebAddress, conditions: dict[str, str], seconds: float
    ) -> tuple[Fetched, str | None]:
        """Make one request; returns what came, and where it redirects to."""
        guard = GuardedBackend(self._resolver, self._allowed, seconds)
        pool = ConnectionPool(ssl_context=self._trust, network_backend=guard)
        headers = {"User-Agent": user_agent(), "Accept-Encoding": "gzip, deflate", **conditions}
        sent = [(name.encode(), value.encode()) for name, value in headers.items()]
        try:
            with closing(guard), pool, pool.stream("GET", str(address), headers=sent) as response:
                taken = _taken(address, response)
                # A page without a length that was cut off looks like one that ended.
                if guard.time_is_up:
                    raise ReadTimeout
                return taken
        except ForbiddenAddress as exc:
            raise FetchError(
                f"{address}: not fetched: {exc}; name your own hosts in INDEX_FETCH_ALLOW"
            ) from exc
        except Overflow as exc:
            raise FetchError(f"{address}: {exc}; {_WAY_OUT}") from exc
        except (NetworkError, ProtocolError, TimeoutException, OSError) as exc:
            late = guard.time_is_up or isinstance(exc, TimeoutException)
            reason = f"took more than {self._seconds:.0f} seconds" if late else _network(exc)
            raise FetchError(f"{address}: {reason}; try again later", RETRY_LATER) from exc


def user_agent() -> str:
    """Name us to the sites that we fetch from."""
    try:
        return f"onrecord/{version('onrecord')}"
    except PackageNotFoundError:
        return "onrecord"


def _network(exc: Exception) -> str:
    return f"cannot be reached ({exc})" if isinstance(exc, ConnectError) else f"broke off ({exc})"


def _taken(address: WebAddress, response: Response) -> tuple[Fetched, str | None]:
    """Read a response, its body only where it is of use."""
    headers = {
        name.lower().decode("latin-1"): value.decode("latin-1") for name, value in response.headers
    }
    location = headers.get("location") if response.status in _MOVED else None
    body = b""
    if response.status == 200:
        body = unpack(response.iter_stream(), headers.get("content-encoding", ""), MAX_BYTES)
    retry = headers.get("retry-after", "")
    if response.status in _TRY_AGAIN:
        raise FetchError(
            f"{address}: the site answers {response.status}; try again later", _wait(retry)
        )
    found = Fetched(
        url=str(address),
        status=response.status,
        body=body,
        mime=headers.get("content-type"),
        etag=headers.get("etag"),
        modified=headers.get("last-modified"),
    )
    return found, location


def _wait(retry: str) -> float:
    """Read the seconds that a site asks us to wait, given as a number or as a date."""
    if retry.isdecimal() and len(retry) < 7:
        return float(retry)
    try:
        return max(0.0, parsedate_to_datetime(retry).timestamp() - time.time())
    except (ValueError, OverflowError, OSError):
        return RETRY_LATER


def _checked(found: Fetched, moved_to: str | None) -> Fetched:
    """Pass on what can be used; raises FetchError for the rest."""
    if found.status not in (200, 304, 410):
        raise FetchError(f"{found.url}: the site answers {found.status}; check the address")
    return Fetched(
        found.url, found.status, found.body, found.mime, found.etag, found.modified, moved_to
    )

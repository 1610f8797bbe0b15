"""
Ask each site's robots.txt before its pages.

A site without one allows all; one that cannot be read just now allows nothing until it can be,
as RFC 9309 has it. What was read holds for an hour.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from urllib.robotparser import RobotFileParser

from index.errors import FetchError
from index.sources.web.addresses import WebAddress
from index.sources.web.response import Fetched

NAME = "onrecord"
_HOLDS = 3_600.0
_MAX_BYTES = 500_000


class Robots:
    """Remembers the rules of each site; *fetch* gets a file without asking for rules itself."""

    def __init__(self, fetch: Callable[[str], Fetched]) -> None:
        self._fetch = fetch
        self._rules: dict[tuple[str, str, int], tuple[float, RobotFileParser]] = {}

    def check(self, address: WebAddress) -> None:
        """Pass where the site lets us in; raises FetchError where not, or where that is unknown."""
        if not self._of(address).can_fetch(NAME, str(address)):
            raise FetchError(
                f"{address}: the site's robots.txt does not allow fetching it; save the page and "
                "add the file"
            )

    def _of(self, address: WebAddress) -> RobotFileParser:
        site = (address.scheme, address.host, address.port)
        read_at, rules = self._rules.get(site, (0.0, RobotFileParser()))
        if not read_at or time.monotonic() > read_at + _HOLDS:
            rules = self._read(address)
            self._rules[site] = (time.monotonic(), rules)
        return rules

    def _read(self, address: WebAddress) -> RobotFileParser:
        """Fetch and read the rules; a refusal other than "later" counts as having none."""
        place = WebAddress(address.scheme, address.host, address.port, "/robots.txt")
        rules = RobotFileParser()
        try:
            found = self._fetch(str(place))
        except FetchError as exc:
            if exc.retry_after is not None:
                raise FetchError(
                    f"{address}: not fetched before its site's robots.txt is read ({exc})",
                    exc.retry_after,
                ) from exc
            found = None
        text = found.body[:_MAX_BYTES].decode("utf-8", "replace") if found else ""
        rules.parse(text.splitlines())
        return rules

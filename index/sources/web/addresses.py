"""
Read an address before anything is asked of it.

Two programs may read one odd address differently, and a check is then passed by the wrong one;
so user names, control characters, backslashes and odd ports are refused. Names in other scripts
become their ASCII form.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import quote, urljoin, urlsplit

import idna

_PORTS = {"http": 80, "https": 443}
_USUAL = frozenset({80, 443, 8000, 8080, 8443})
_ODD = re.compile(r"[\x00-\x20\x7f\\]")
_MAX_LENGTH = 2_048


@dataclass(frozen=True, slots=True)
class WebAddress:
    """A checked address: ``host`` in ASCII and small letters, ``target`` what is asked of it."""

    scheme: str
    host: str
    port: int
    target: str

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = "" if self.port == _PORTS[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{host}{port}{self.target}"


def read_address(
    url: str, *, base: WebAddress | None = None, any_port: frozenset[str]
) -> WebAddress:
    """
    Read *url*; a relative one (of a redirect) is completed from *base*.

    Args:
        any_port: hosts that may be asked on any port.

    Raises:
        ValueError: telling what is wrong with it.
    """
    url = urljoin(str(base), url) if base else url
    if len(url) > _MAX_LENGTH or _ODD.search(url):
        raise ValueError("it is too long, or holds characters that no address has")
    parts = urlsplit(url)
    scheme = parts.scheme.lower()
    if scheme not in _PORTS:
        raise ValueError(f"only http and https are fetched, not {scheme[:20]!r}")
    if parts.username is not None or parts.password is not None:
        raise ValueError("it holds a user name; take that out")
    host = _ascii_host(parts.hostname or "")
    port = parts.port or _PORTS[scheme]
    if port not in _USUAL and host not in any_port:
        raise ValueError(f"port {port} is no web port; name the host in INDEX_FETCH_ALLOW")
    target = quote(parts.path or "/", safe="/%:@!$&'()*+,;=-._~")
    if parts.query:
        target += "?" + quote(parts.query, safe="/?%:@!$&'()*+,;=-._~")
    return WebAddress(scheme, host, port, target)


def _ascii_host(host: str) -> str:
    """Give a host in ASCII and small letters, without the dot at its end."""
    host = host.lower().removesuffix(".")
    try:
        return ip_address(host).compressed
    except ValueError:
        pass
    try:
        return idna.encode(host, uts46=True).decode("ascii").lower()
    except idna.IDNAError as exc:
        raise ValueError(f"{host[:80]!r} is no host name") from exc

"""
One spelling for the addresses of one page.

The same article is linked with and without "www.", a tracking tail, a fragment. Trap: some
sites give their front page as the canonical address of every article; an address without a
path therefore names no article, or each one would replace the one before. The updates of a live
blog share their page's address; the fragment that keeps them apart is our own. Sites that are
one page for a browser tell their articles apart by fragments such as "#/story/1".
"""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urlsplit

# Says where a reader came from, never which page it is.
_TRACKING = frozenset(
    "fbclid gclid dclid msclkid yclid igshid mc_cid mc_eid ref_src cmpid ocid smid".split()
)
# The fragment of an update of a live blog begins so.
UPDATE = "update-"
_UPDATE = re.compile(UPDATE + r"[0-9a-f]{8}")
# The fragment of a page's own part, where one document shows them all.
_ROUTE = re.compile(r"[/!].*\w", re.DOTALL)
_PORTS = {"http": 80, "https": 443}


def canonical_url(url: str | None) -> str | None:
    """
    Spell *url* so that two addresses of one page are equal.

    Returns:
        The address without scheme, "www.", default port and tracking, its query sorted, and of
        fragments only those that name a page; None for what names no single page.
    """
    try:
        # Half a character, which no address can hold, stays apart from all that can.
        parts = urlsplit((url or "").encode("utf-8", "backslashreplace").decode())
        scheme, host, port = parts.scheme.lower(), parts.hostname, parts.port
    except ValueError:
        return None
    path = parts.path.rstrip("/")
    query = sorted(
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True, errors="surrogateescape")
        if not _is_tracking(name.lower(), value)
    )
    mark = parts.fragment if _names_page(parts.fragment) else ""
    if scheme not in _PORTS or not host or not (path or query or mark):
        return None
    place = host.removeprefix("www.").rstrip(".")
    if port is not None and port != _PORTS[scheme]:
        place += f":{port}"
    tail = f"?{urlencode(query, errors='surrogateescape')}" if query else ""
    return place + path + tail + (f"#{mark}" if mark else "")


def _is_tracking(name: str, value: str) -> bool:
    # "ref=homepage" says where a reader came from, "ref=1001" which article it is.
    where_from = name == "ref" and not any(sign.isdigit() for sign in value)
    return where_from or name in _TRACKING or name.startswith("utm_")


def _names_page(fragment: str) -> bool:
    return bool(_UPDATE.fullmatch(fragment) or _ROUTE.match(fragment))


def site_of(url: str | None) -> str | None:
    """Return the host of *url* with its port, without "www."; None for what is no web address."""
    try:
        parts = urlsplit(url or "")
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    if parts.scheme.lower() not in _PORTS or not host:
        return None
    # A port says which server it is: a feed on port 80 is of the site on 443.
    place = host.removeprefix("www.").rstrip(".")
    return place if port in (None, *_PORTS.values()) else f"{place}:{port}"

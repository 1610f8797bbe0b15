"""
Which feeds are followed: those of the settings, and those of ``feeds.opml`` in the data folder.

People may write that file themselves, as their feed reader exports it; what we change in it is
one outline, and the rest stays as it is. It is replaced whole, so that an indexer that reads it
meanwhile never finds half of it.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile

from lxml import etree

from index.database.files import BINARY, PRIVATE_FILE, make_private_folder
from index.database.locking import locked
from index.errors import ArticleError, SettingsError, StoreError
from index.formats.opml import ListedFeed, feeds_of, listed, parse_opml
from index.formats.sandboxed import read_feed_list
from index.settings import IndexSettings
from index.sources.web.addresses import read_address

OPML = "feeds.opml"
LOCK = "feeds.lock"
LARGEST = 5_000_000  # bytes
_EMPTY = (
    b'<opml version="2.0"><head><title>Feeds that onrecord follows</title></head><body/></opml>'
)


def followed(settings: IndexSettings) -> list[ListedFeed]:
    """
    List the feeds that are followed, each once.

    Raises:
        SettingsError: if ``feeds.opml`` cannot be read.
    """
    named = {url: ListedFeed(url, None) for url in settings.feeds}
    return list((named | {feed.url: feed for feed in feeds_of(_tree(settings))}).values())


def import_list(path: Path) -> list[ListedFeed]:
    """Read the list of feeds that another program has written; raises ArticleError."""
    return read_feed_list(_read(path), str(path))


def feed_address(url: str, settings: IndexSettings) -> str:
    """
    Spell the address of a feed as it is fetched; without "https://" it is given that.

    Raises:
        SettingsError: for what is no address.
    """
    whole = url.strip() if "://" in url else f"https://{url.strip()}"
    try:
        return str(read_address(whole, any_port=settings.fetch_allow))
    except ValueError as exc:
        raise SettingsError(f"{url[:200]!r} is no feed's address: {exc}") from exc


def follow(settings: IndexSettings, feeds: Iterable[ListedFeed]) -> list[ListedFeed]:
    """
    Write *feeds* into ``feeds.opml``.

    Returns:
        Those that were not followed yet.

    Raises:
        StoreError: if the file cannot be written.
    """
    with _changing(settings.data_dir):
        known = {feed.url for feed in followed(settings)}
        new = {feed.url: feed for feed in feeds if feed.url not in known}
        root = _tree(settings)
        body = root.find("body")
        for url, title in new.values():
            name = "".join(sign for sign in title or url if sign.isprintable())
            outline = etree.SubElement(root if body is None else body, "outline")
            outline.attrib.update({"type": "rss", "text": name, "xmlUrl": url})
        if new:
            _write(settings.data_dir / OPML, root)
    return list(new.values())


def unfollow(settings: IndexSettings, url: str) -> bool:
    """
    Take a feed out of ``feeds.opml``; False if it is not followed.

    Raises:
        SettingsError: if the settings name it.
        StoreError: if the file cannot be written.
    """
    if url in settings.feeds:
        raise SettingsError(f"{url} stands in INDEX_FEEDS; take it out there")
    if not (settings.data_dir / OPML).exists():
        return False
    with _changing(settings.data_dir):
        root = _tree(settings)
        found = [one for one in root.iter("outline") if (feed := listed(one)) and feed.url == url]
        for outline in found:
            parent = outline.getparent()
            if parent is not None:
                parent.remove(outline)
        if found:
            _write(settings.data_dir / OPML, root)
    return bool(found)


@contextmanager
def _changing(folder: Path) -> Iterator[None]:
    """Be the only one who changes the list; of two at a time one would undo the other's change."""
    path = folder / LOCK
    with _explained(path):
        make_private_folder(folder)
        handle = os.open(path, os.O_RDWR | os.O_CREAT | BINARY, PRIVATE_FILE)
    try:
        with locked(handle, wait=True):
            yield
    finally:
        os.close(handle)


def _tree(settings: IndexSettings) -> etree._Element:
    """Parse ``feeds.opml``, or an empty list; raises SettingsError."""
    path = settings.data_dir / OPML
    try:
        return parse_opml(_read(path) if path.exists() else _EMPTY, str(path))
    except ArticleError as exc:
        raise SettingsError(f"{str(exc).partition('; ')[0]}; fix it, or move it away") from exc


def _read(path: Path) -> bytes:
    """Read a list; raises ArticleError."""
    try:
        if path.stat().st_size > LARGEST:
            raise ArticleError(f"{path}: more than {LARGEST:,} bytes; divide the list")
        return path.read_bytes()
    except OSError as exc:
        raise ArticleError(f"{path}: cannot be read ({exc.strerror}); check the path") from exc


def _write(path: Path, root: etree._Element) -> None:
    """Put the file in the place of the one before."""
    body = etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True)
    with _explained(path):
        with NamedTemporaryFile(dir=path.parent, prefix=OPML, delete=False) as file:
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
        Path(file.name).replace(path)


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as exc:
        raise StoreError(
            f"{path} cannot be written ({exc.strerror}); give this account write access"
        ) from exc

"""
Turn the bytes of a file into text.

A wrong guess damages words inside quotation marks, so UTF-8 comes first: bytes that are valid
UTF-8 by accident hardly exist. Old English files are nearly always Windows-1252, and detectors
take their few odd bytes for Turkish or Cyrillic; only where such bytes are many is detection
asked. UTF-8 with a stray byte is neither: the byte is read as Windows-1252 where it can be
nothing but a letter, else the file is refused. What old Macs wrote looks like Windows-1252 with
capitals for quotation marks ("itÕs"); it is read as theirs where that is certain. Binary files are
refused by name.
"""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

from index.errors import ArticleError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_KINDS = (
    (b"%PDF-", "a PDF"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"PK\x03\x04", "a ZIP archive (or a Word file)"),
    (b"\xd0\xcf\x11\xe0", "an old Office file"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"{\\rtf", "an RTF document"),
    (b"SQLite format 3", "a database"),
)
_WAY_OUT = "save the article as .txt, .md, .html or .jsonl"
# Browsers read these labels as Windows-1252, and so were the pages written.
_LATIN = frozenset({"iso8859-1", "ascii"})
_NOT_IN_1252 = frozenset({b"\x81", b"\x8d", b"\x8f", b"\x90", b"\x9d"})
# Python knows more codecs than there are charsets of pages ("unicode_escape"), and a page that
# claims UTF-16 in ASCII letters is not in UTF-16.
_CHARSETS = re.compile(r"ascii|cp\d|iso8859|koi8|mac|gb|big5|euc|shift")
# Above this share of bytes beyond ASCII a text is hardly English in Windows-1252.
_FEW = 0.1
# A sentence or two may have more: quotation marks, dashes, names.
_FEW_IN_SHORT, _SHORT_SHARE = 12, 0.25
_COMMON = frozenset(
    bytes([byte]) for byte in b"\x85\x91\x92\x93\x94\x96\x97\xa0" + bytes(range(0xE0, 256))
)
_ODD = re.compile(rb"[\x80-\xff]")
# Letters beyond ASCII, and signs, as UTF-8 writes them; not a capital before a closing quotation
# mark or dash of Windows-1252 ("ATTACHÉ”"), which look the same.
_UTF8 = re.compile(
    rb"(?![\xc4-\xdf][\x91-\x97])[\xc2-\xdf][\x80-\xbf]"
    rb"|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
# A letter of Windows-1252 among others that cannot be what is left of one in UTF-8: that begins
# with C2, C3 or E2 in English text, and goes on with 80 to BF.
_STRAY = re.compile(rb"(?<=[A-Za-z])[\xc0\xc1\xc4-\xe1\xe3-\xff](?![\x80-\xff])")

# Marks and letters of Mac Roman; in Windows-1252 "itÕs", "ÒWe stayÓ", "cafŽ", "S‡nchez".
_MAC = re.compile(
    rb"(?<=[a-z])\xd5(?=[a-z])|(?<=[a-z.,!?])\xd3(?![A-Za-z\x80-\xff])|"
    rb"(?<![A-Za-z\x80-\xff])\xd2(?=[A-Za-z])|"
    rb"(?<=[a-z])[\x8a\x8e\x9f](?![A-Z])|(?<=[a-z])[\x84\x86-\x89\x8b](?=[a-z])"
)
# Quotation marks of Windows-1252; in Mac Roman they are letters, which do not begin words so.
_NOT_MAC = re.compile(
    rb"(?<![A-Za-z\x80-\xff])[\x91\x93](?=[A-Za-z])|(?<=[a-z.,!?])\x94(?![A-Za-z])|"
    rb"(?<=[a-z])\x92(?=s\b|t\b|re\b|ll\b|ve\b)"
)
# Letters, quotation marks, dashes and a few signs of Mac Roman; the rest no news text has.
_OF_MAC = frozenset(
    bytes([byte])
    for byte in b"\xa1\xa3\xa4\xa5\xa7\xa8\xa9\xae\xaf\xbe\xbf\xc7\xc8\xc9\xca\xcb\xcc\xcd\xcf"
    + b"\xd0\xd1\xd2\xd3\xd4\xd5\xd8\xd9\xdb"
    + bytes([*range(0x80, 0xA0), *range(0xE5, 0xF5)])
)
_MAC_OPENS, _MAC_CLOSES = b"\xd2", b"\xd3"


def decode(data: bytes, name: str, declared: str | None = None) -> str:
    """
    Decode *data*, without a byte order mark; line ends stay as they are.

    Args:
        data: the file.
        name: the file's name, for the message.
        declared: the charset that the file or its server states; used where UTF-8 fails.

    Raises:
        ArticleError: if *data* is empty, binary, or in an unknown encoding.
    """
    text = _decoded(data, name, declared) if data.strip() else ""
    if not text.strip():
        raise ArticleError(f"{name}: the file is empty; add its text or leave it out")
    return text


def _decoded(data: bytes, name: str, declared: str | None) -> str:
    """Decode *data*, by its byte order mark if it has one."""
    for sign, kind in _KINDS:
        if data.startswith(sign):
            raise ArticleError(f"{name}: this is {kind}, not text; {_WAY_OUT}")
    for bom, codec in _BOMS:
        if data.startswith(bom):
            return _strict(data[len(bom) :], codec, name)
    if b"\0" in data:
        raise ArticleError(f"{name}: this is a binary file (it holds NUL bytes); {_WAY_OUT}")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_old(data, name, declared)


def _strict(data: bytes, codec: str, name: str) -> str:
    """Decode *data* by its byte order mark."""
    try:
        return data.decode(codec)
    except UnicodeDecodeError as exc:
        raise ArticleError(
            f"{name}: starts as {codec.upper()} but byte {exc.start} does not fit; "
            "save the file as UTF-8"
        ) from exc


def _decode_old(data: bytes, name: str, declared: str | None) -> str:
    """Decode what is not UTF-8: as declared, else Windows-1252, else as detected."""
    if _MAC.search(data) and (declared is None or _is_latin(declared)):
        return _of_mac(data, name)
    if _UTF8.search(data) and (declared is None or _is_latin(declared)):
        return _repaired(data, name)
    if declared and (text := _decode_as(data, declared)) is not None:
        return text
    odd = _ODD.findall(data)
    few = len(odd) <= max(2, _FEW * len(data))
    if not few and len(odd) <= min(_FEW_IN_SHORT, _SHORT_SHARE * len(data)):
        few = _COMMON.issuperset(odd)
    if few and (text := _decode_as(data, "cp1252")) is not None:
        return text
    if few:
        at = next(m.start() for m in _ODD.finditer(data) if m[0] in _NOT_IN_1252)
        raise _unclear(name, at)
    best = from_bytes(data).best()
    if best is None:
        raise ArticleError(f"{name}: the encoding is unclear; save the file as UTF-8")
    return str(best)


def _repaired(data: bytes, name: str) -> str:
    """Decode UTF-8 with stray bytes, each of which must be certain."""
    text, at = "", 0
    while True:
        try:
            return text + data[at:].decode("utf-8")
        except UnicodeDecodeError as exc:
            place = at + exc.start
            if _STRAY.match(data, place) is None:
                raise _unclear(name, place) from exc
            text += data[at:place].decode("utf-8") + data[place : place + 1].decode("cp1252")
            at = place + 1


def _of_mac(data: bytes, name: str) -> str:
    """Decode Mac Roman; its quotation marks must be pairs, and none be of Windows-1252."""
    paired = data.count(_MAC_OPENS) == data.count(_MAC_CLOSES)
    if not paired or _NOT_MAC.search(data) or not _OF_MAC.issuperset(_ODD.findall(data)):
        at = next(m.start() for m in _MAC.finditer(data))
        raise ArticleError(
            f"{name}: byte {at + 1:,} looks like an old Mac's, the rest does not; save the file "
            "as UTF-8"
        )
    return data.decode("mac_roman")


def _unclear(name: str, at: int) -> ArticleError:
    return ArticleError(
        f"{name}: byte {at + 1:,} fits neither UTF-8 nor Windows-1252, as which the rest is "
        "written; save the file as UTF-8"
    )


def _is_latin(label: str) -> bool:
    try:
        codec = codecs.lookup(label).name
    except LookupError:
        return True
    return codec in _LATIN or codec in ("utf-8", "cp1252")


def _decode_as(data: bytes, label: str) -> str | None:
    """Decode *data* as *label* says; None if the label is unknown or does not fit."""
    try:
        codec = codecs.lookup(label).name
        if not _CHARSETS.match(codec):
            return None
        return data.decode("cp1252" if codec in _LATIN else codec)
    except (LookupError, ValueError):
        return None

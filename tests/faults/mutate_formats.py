"""
Mutate article files of every format and read them: nothing may crash, hang or grow.

    python -m tests.faults.mutate_formats [--count 10000] [--seed 1] [--keep FOLDER]

The originals are the golden files and the corpus: inputs that were kept because nothing before
them ended as they did. Every fiftieth file is an original: it must still be read exactly. Prints
counts as n/N with the seed, the slowest file, the largest child process, and what became of the
bombs. --keep writes the smallest input of each outcome that the corpus does not have.
"""

from __future__ import annotations

import argparse
import gzip
import io
import random
import resource
import time
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from index import formats
from index.errors import ArticleError
from index.formats import Item, sandboxed
from index.queue.backlog import reason_kind
from index.types import Article, Withdrawal

GOLDEN = Path(__file__).parents[1] / "index" / "formats" / "golden"
CORPUS = GOLDEN.parent / "corpus"
SLOWEST = 5.5
# Bytes of an input that is kept.
LONGEST_KEPT = 3_000
EVERY = 50
TOKENS = [
    b"<p>", b"</p>", b"<div>", b"<!--", b"-->", b"<![CDATA[", b"]]>",
    b"<!DOCTYPE a [<!ENTITY b 'c'>]>",
    b"&b;", b"&ldquo;", b"&#x0;", b"&#xD800;", b"{", b"}", b"[", b"]", b'"', b"\\ud83d", b"\0",
    b"\xff\xfe", b"\xef\xbb\xbf", b"\xe2\x80\x9c", b"---\n", b"```", b"> ", b"\r", b"null",
    b"1e999", b"<script>", b"<svg>", b"<table>", b"colspan='9007199254740992'", b"xmlns='x'",
    b"%PDF-",
]  # fmt: skip


@dataclass
class Tally:
    """What was seen: every list holds names of files that broke a promise."""

    files: int = 0
    articles: int = 0
    withdrawals: int = 0
    refused: int = 0
    slowest: tuple[float, str] = (0.0, "")
    broken: list[str] = field(default_factory=list)
    slow: list[str] = field(default_factory=list)
    unclear: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    smallest: dict[str, tuple[str, bytes]] = field(default_factory=dict)

    @property
    def failures(self) -> int:
        return len(self.broken) + len(self.slow) + len(self.unclear) + len(self.lost)


def originals() -> dict[str, bytes]:
    paths = [*sorted(GOLDEN.iterdir()), *sorted(CORPUS.iterdir())]
    return {path.name: path.read_bytes() for path in paths if path.is_file()}


def outcome(name: str, items: list[Item]) -> str:
    """Name how reading a file ended: its suffix, and what each kind of item was, once."""
    kinds = {
        reason_kind(str(item)) if isinstance(item, ArticleError) else type(item).__name__
        for item in items
    }
    return f"{name.rpartition('.')[2]}: {', '.join(sorted(kinds))}"


def keep(tally: Tally, folder: Path) -> int:
    """Write the smallest input of each outcome that no original has; returns how many."""
    known = {outcome(name, list(formats.parse(data, name))) for name, data in originals().items()}
    new = {kind: found for kind, found in tally.smallest.items() if kind not in known}
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in new.values():
        (folder / name).write_bytes(data)
    return len(new)


def mutate(data: bytes, other: bytes, chance: random.Random) -> bytes:
    """Change *data* in one to four ways; *other* is a file to cross it with."""
    for _ in range(chance.randint(1, 4)):
        data = chance.choice(WAYS)(data, other, chance)[:2_000_000]
    return data


def _cut(data: bytes, other: bytes, chance: random.Random) -> bytes:
    return data[: chance.randint(0, len(data))]


def _flip(data: bytes, other: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(min(len(changed), chance.randint(1, 20))):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def _insert(data: bytes, other: bytes, chance: random.Random) -> bytes:
    at = chance.randint(0, len(data))
    return data[:at] + chance.choice(TOKENS) * chance.choice([1, 1, 1, 3, 300, 20_000]) + data[at:]


def _delete(data: bytes, other: bytes, chance: random.Random) -> bytes:
    at = chance.randint(0, len(data))
    return data[:at] + data[at + chance.randint(1, 200) :]


def _repeat(data: bytes, other: bytes, chance: random.Random) -> bytes:
    at = chance.randint(0, len(data))
    piece = data[at : at + chance.randint(1, 100)]
    return data[:at] + piece * chance.choice([2, 10, 1_000]) + data[at:]


def _cross(data: bytes, other: bytes, chance: random.Random) -> bytes:
    return data[: chance.randint(0, len(data))] + other[chance.randint(0, len(other)) :]


def _recode(data: bytes, other: bytes, chance: random.Random) -> bytes:
    text = data.decode("utf-8", "replace")
    return text.encode(
        chance.choice(["utf-16", "utf-16-le", "cp1252", "utf-7", "utf-32"]), "replace"
    )


def _pack(data: bytes, other: bytes, chance: random.Random) -> bytes:
    return gzip.compress(data)


WAYS: list[Callable[[bytes, bytes, random.Random], bytes]] = [
    _cut, _flip, _flip, _insert, _insert, _delete, _repeat, _cross, _recode, _pack,
]  # fmt: skip


def check(tally: Tally, name: str, data: bytes) -> list[Item]:
    """Read one file and note every promise it breaks."""
    tally.files += 1
    started = time.perf_counter()
    try:
        items = list(formats.parse(data, name))
    except Exception as exc:
        tally.broken.append(f"{name}: {exc!r}")
        return []
    took = time.perf_counter() - started
    tally.slowest = max(tally.slowest, (took, name))
    if took > SLOWEST and _again(name, data) > SLOWEST:
        tally.slow.append(name)
    kind = outcome(name, items)
    if len(data) < min(LONGEST_KEPT, len(tally.smallest.get(kind, ("", b"x" * LONGEST_KEPT))[1])):
        tally.smallest[kind] = (name, data)
    for item in items:
        if isinstance(item, ArticleError):
            tally.refused += 1
            words = str(item)
            if (
                not words.startswith(name)
                or len(words.splitlines()) != 1
                or len(words) < len(name) + 9
            ):
                tally.unclear.append(words)
        elif isinstance(item, Withdrawal):
            tally.withdrawals += 1
        else:
            tally.articles += 1
            _storable(tally, item)
    if not items:
        tally.unclear.append(f"{name}: neither article nor reason")
    return items


def _again(name: str, data: bytes) -> float:
    """Read a slow file once more: where other programs run too, one reading may wait for them."""
    started = time.perf_counter()
    list(formats.parse(data, name))
    return time.perf_counter() - started


def _storable(tally: Tally, article: Article) -> None:
    try:
        (article.id + article.title + article.text).encode()
    except UnicodeEncodeError as exc:
        tally.broken.append(f"{article.id!r}: {exc}")
    if not article.text.strip():
        tally.unclear.append(f"{article.id}: an article without text")


def summary(items: Iterable[Item]) -> list[str]:
    """Write items so that they can be compared: two equal errors are not equal in Python."""
    return [repr(item) for item in items]


def run(count: int, seed: int) -> Tally:
    """Read *count* files, mutated by *seed*; every fiftieth is an original."""
    chance, good, tally = random.Random(seed), originals(), Tally()
    expected = {name: summary(formats.parse(data, name)) for name, data in good.items()}
    names = list(good)
    for number in range(count):
        name = chance.choice(names)
        if number % EVERY == 0:
            if summary(check(tally, name, good[name])) != expected[name]:
                tally.lost.append(f"{number}: {name}")
            continue
        stem, dot, suffix = name.rpartition(".")
        check(
            tally,
            f"{stem}-{number}{dot}{suffix}",
            mutate(good[name], good[chance.choice(names)], chance),
        )
    return tally


def bombs() -> Iterator[tuple[str, bytes]]:
    """Yield the files that unpack, expand or nest without end."""
    laughs = "".join(
        f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' if n else '<!ENTITY l0 "ha">' for n in range(10)
    )
    yield "laughs.xml", f"<!DOCTYPE nitf [{laughs}]><nitf>&l9;</nitf>".encode()
    yield "laughs.rss", f"<!DOCTYPE rss [{laughs}]><rss version='2.0'>&l9;</rss>".encode()
    entity = f'<!ENTITY a "{"a" * 100_000}">'
    yield "quadratic.xml", f"<!DOCTYPE nitf [{entity}]><nitf>{'&a;' * 50_000}</nitf>".encode()
    yield (
        "external.xml",
        b'<!DOCTYPE nitf [<!ENTITY a SYSTEM "file:///etc/passwd">]><nitf>&a;</nitf>',
    )
    deep = b"<div>" * 200_000 + b"The ferry stays in port." + b"</div>" * 200_000
    yield "nested.html", b"<html><body><p>The ferry sails.</p>" + deep + b"</body></html>"
    yield "nested.xml", b"<nitf>" + deep.replace(b"div", b"block") + b"</nitf>"
    yield "nested.md", b"> " * 200_000 + b"The ferry stays in port."
    yield "nested.json", b"[" * 200_000 + b"]" * 200_000
    body = '{"uri": "a", "body_html": "' + deep.decode() + '"}'
    yield "nested.ninjs", body.encode()
    item = b"<item><title>a</title><description><![CDATA[" + deep + b"]]></description></item>"
    yield "nested.rss", b"<rss version='2.0'><channel>" + item + b"</channel></rss>"
    wide = b"<td colspan='9007199254740992' rowspan='9007199254740992'>"
    yield "table.html", b"<table><tr>" + wide + b"The ferry stays in port.</td></tr></table>"
    yield "packed.html", gzip.compress(b"\0" * 50_000_000)
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as member:
        member.writestr("word/document.xml", b"\0" * 80_000_000)
    yield "packed.docx", archive.getvalue()
    # 300 MB of blanks in 300 kB; a page whose contents are its own parent.
    blanks = zlib.compress(b" " * 300_000_000, 9)
    yield "packed.pdf", pdf_of(b"<</Filter/FlateDecode/Length %d>>" % len(blanks), blanks)
    yield "nested.pdf", pdf_of(b"<</Length 200000>>", b"[" * 100_000 + b"]" * 100_000)
    yield "nested.eml", b"Content-Type: multipart/mixed; boundary=a\n\n" + b"--a\n" * 200_000


def pdf_of(head: bytes, stream: bytes) -> bytes:
    """Write a PDF of one page with this content."""
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>endobj\n"
        b"4 0 obj" + head + b"stream\n" + stream + b"\nendstream endobj\ntrailer<</Root 1 0 R>>"
    )


def held(name: str, data: bytes) -> bool:
    """Read a bomb and print what became of it; True if it was refused, or read whole."""
    started = time.perf_counter()
    items = list(formats.parse(data, name))
    refused = bool(items) and all(isinstance(item, ArticleError) for item in items)
    whole = [getattr(item, "text", "") for item in items] == ["The ferry stays in port."]
    outcome = "refused" if refused else "read whole" if whole else "LOST TEXT"
    print(f"{name}: {outcome} in {time.perf_counter() - started:.2f} s")
    return refused or whole


def main() -> int:
    """Run both parts and print the figures; the exit code is 1 if a promise was broken."""
    options = argparse.ArgumentParser()
    options.add_argument("--count", type=int, default=10_000)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--keep", type=Path)
    given = options.parse_args()
    tally = run(given.count, given.seed)
    print(f"seed {given.seed}: {tally.files - tally.failures}/{tally.files} files as promised")
    print(f"{tally.articles} articles, {tally.withdrawals} withdrawals, {tally.refused} refusals")
    print(f"slowest {tally.slowest[0]:.2f} s ({tally.slowest[1]})")
    for kind in ("broken", "slow", "unclear", "lost"):
        print(f"{kind}: {len(getattr(tally, kind))} {getattr(tally, kind)[:5]}")
    if given.keep:
        print(f"kept: {keep(tally, given.keep)} new outcomes of {len(tally.smallest)}")
    stopped = [held(name, data) for name, data in bombs()]
    sandboxed.close()
    largest = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"bombs held: {sum(stopped)}/{len(stopped)}; largest child {largest:.0f} MB")
    return 0 if all(stopped) and not tally.failures else 1


if __name__ == "__main__":
    raise SystemExit(main())

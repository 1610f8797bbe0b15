"""Real web servers on loopback, and what they were asked."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from index.errors import FetchError
from index.sources.web.fetch import Fetcher

Answer = tuple[int, dict[str, str], bytes]
OWN = frozenset({"127.0.0.1"})
PAGE = (
    b"<html><head><title>Ferry stays</title></head><body><article><p>The harbour authority said "
    b"on Tuesday that the ferry would stay in port. It will not sail before Friday, a spokeswoman "
    b"said.</p><p>Nobody was hurt, she told reporters in the harbour.</p></article></body></html>"
)


class Site:
    """Answers by path; ``asked`` lists the requests, ``connections`` counts the callers."""

    def __init__(self, pages: dict[str, Answer | bytes | Callable[..., None]]) -> None:
        self.pages = pages
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.connections = 0
        self.port = 0

    def url(self, path: str = "/", host: str = "127.0.0.1", scheme: str = "http") -> str:
        return f"{scheme}://{host}:{self.port}{path}"

    @property
    def paths(self) -> list[str]:
        return [path for path, _ in self.asked if path != "/robots.txt"]


@contextmanager
def serving(
    pages: dict[str, Answer | bytes | Callable[..., None]], tls: ssl.SSLContext | None = None
) -> Iterator[Site]:
    site = Site(pages)

    class Handler(BaseHTTPRequestHandler):
        def setup(self) -> None:
            site.connections += 1
            super().setup()

        def do_GET(self) -> None:
            site.asked.append((self.path, {k.lower(): v for k, v in self.headers.items()}))
            found = site.pages.get(self.path, (404, {}, b""))
            if callable(found):
                found(self)
                return
            status, headers, body = (200, {}, found) if isinstance(found, bytes) else found
            self.send_response(status)
            for name, value in {"Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request: object, client_address: object) -> None:
            """A caller that hangs up is what some tests want."""

    server = Server(("127.0.0.1", 0), Handler)
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    site.port = server.server_port
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def refusal(fetcher: Fetcher, url: str) -> FetchError:
    """The error with which a fetch is refused."""
    with pytest.raises(FetchError) as caught:
        fetcher.fetch(url)
    return caught.value

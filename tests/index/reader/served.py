"""The reader's page as `serve` serves it."""

from __future__ import annotations

import socket
import threading
import time
from contextlib import contextmanager

import httpx
from starlette.applications import Starlette

from index.cli.web.article import reader_routes
from index.serving import limited_server

ADDRESS = "https://desk.example"


@contextmanager
def serving(index):
    server = limited_server(Starlette(routes=reader_routes(index)), drain=1)
    bound = socket.create_server(("127.0.0.1", 0))
    thread = threading.Thread(target=server.run, args=([bound],))
    thread.start()
    while not server.started:
        time.sleep(0.01)
    try:
        with httpx.Client(
            base_url=f"http://127.0.0.1:{bound.getsockname()[1]}", trust_env=False
        ) as client:
            yield client
    finally:
        server.should_exit = True
        thread.join()

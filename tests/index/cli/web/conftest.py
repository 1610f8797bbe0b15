from __future__ import annotations

import socket
import threading
import time

import httpx
import pytest
from starlette.applications import Starlette

from index.cli.web.routes import door_routes
from index.serving import limited_server
from index.settings import load_index_settings
from index.types import Article

TOKEN = "a-token-to-ask-with"
TEXT = (
    "“The ferry stays in port until the crew has slept,” Mayor Ana Horvat told reporters.\n\n"
    "Ivo Babic, a fisherman, said the harbour was full of nets."
)


@pytest.fixture
def record(engine):
    """An index with two voices on record."""
    list(engine.add([Article("a", "Ferry", TEXT, "Harbour Post", "https://p.example/a")]))
    return engine


@pytest.fixture
def serve(record, tmp_path):
    """Start the server as `serve` runs it; gives a client that knows the token."""
    running = []

    def start(queue=None, **given):
        settings = load_index_settings(data_dir=tmp_path / "data", api_token=TOKEN, **given)
        server = limited_server(Starlette(routes=door_routes(record, settings, queue)), drain=1)
        bound = socket.create_server(("127.0.0.1", 0))
        thread = threading.Thread(target=server.run, args=([bound],))
        thread.start()
        client = httpx.Client(
            base_url=f"http://127.0.0.1:{bound.getsockname()[1]}",
            headers={"Authorization": f"Bearer {TOKEN}"},
            timeout=60,
            trust_env=False,
        )
        running.append((server, thread, client))
        while not server.started:
            time.sleep(0.01)
        return client

    yield start
    for server, thread, client in running:
        client.close()
        server.should_exit = True
        thread.join()

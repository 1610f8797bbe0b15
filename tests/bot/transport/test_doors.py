"""`serve` answers programs beside Slack, and without it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

from index.core import open_index
from index.settings import load_index_settings

ROOT = Path(__file__).parents[3]
LIST = {"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {}}
TOKEN = "a-token-to-ask-with"


@pytest.mark.server
@pytest.mark.model
def test_without_a_token_of_slack_programs_alone_are_served(tmp_path):
    open_index(load_index_settings(data_dir=tmp_path / "data")).close()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    known = {name: value for name, value in os.environ.items() if not name.startswith("SLACK_")}
    environment = {**known, "INDEX_API_TOKEN": TOKEN, "PORT": str(port), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "bot", "--data-dir", str(tmp_path / "data"), "serve"]

    process = subprocess.Popen(
        command, cwd=tmp_path, env=environment, stderr=subprocess.PIPE, text=True
    )
    try:
        answer = _ask(f"http://127.0.0.1:{port}/mcp", process)
    finally:
        process.send_signal(signal.SIGTERM)
        log = process.communicate(timeout=60)[1]

    assert 200 == answer.status_code
    assert "who_said" in answer.text
    assert "without Slack" in log
    assert TOKEN not in log


def _ask(url, process):
    headers = {"Authorization": f"Bearer {TOKEN}", "Accept": "application/json, text/event-stream"}
    while process.poll() is None:
        try:
            return httpx.post(url, json=LIST, headers=headers, trust_env=False, timeout=30)
        except httpx.ConnectError:
            time.sleep(0.1)
    pytest.fail("the server ended")

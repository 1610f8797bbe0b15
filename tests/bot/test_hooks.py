"""The hooks of Slack's own command line: the manifest that it is given, and what it starts."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from bot.manifest import scopes

ROOT = Path(__file__).parents[2]
HOOKS = json.loads((ROOT / ".slack" / "hooks.json").read_text("utf-8"))["hooks"]


def run(command, folder):
    words = command.split()
    assert "python3" == words[0]
    return subprocess.run(
        [sys.executable, *words[1:]],
        cwd=folder,
        env={"PYTHONPATH": str(ROOT), "PATH": "", "HOME": str(folder)},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def test_the_manifest_hook_prints_the_manifest_and_nothing_else(tmp_path):
    done = run(HOOKS["get-manifest"], tmp_path)

    made = json.loads(done.stdout)
    assert (0, scopes()) == (done.returncode, made["oauth_config"]["scopes"]["bot"])


def test_the_start_hook_starts_the_bot(tmp_path):
    done = run(HOOKS["start"], tmp_path)

    assert (2, True) == (done.returncode, "SLACK_BOT_TOKEN is missing" in done.stderr)

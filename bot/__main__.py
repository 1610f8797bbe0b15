"""The command ``onrecord``: the engine's commands, and those that know Slack."""

from __future__ import annotations

import argparse
import json
import logging
import sys
from collections.abc import Sequence

from index.cli import add_command, build_parser, run
from index.commands import opened
from index.errors import SettingsError


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit code."""
    parser = build_parser("onrecord")
    made = parser.get_default("made")
    add_command(made, "serve", serve, "answer in Slack (Socket Mode or HTTP, by the settings)")
    show = add_command(made, "manifest", show_manifest, "print the Slack app's manifest")
    show.add_argument("--http", metavar="URL", help="for HTTP at this public address")
    return run(parser, argv)


def serve(arguments: argparse.Namespace) -> int:
    """Answer in Slack until told to stop."""
    from bot.server import serve as serve_slack
    from bot.settings import load_bot_settings

    settings = load_bot_settings(data_dir=arguments.data_dir)
    logging.getLogger().setLevel(logging.INFO)
    index = opened(arguments)
    try:
        index.warm()
        return serve_slack(index, settings)
    finally:
        index.close()


def show_manifest(arguments: argparse.Namespace) -> int:
    """Print the manifest to paste into Slack's "create an app from a manifest"."""
    from bot.manifest import manifest

    if arguments.http is not None and not arguments.http.startswith("https://"):
        raise SettingsError(f"--http {arguments.http!r} is no https address; try https://your.host")
    print(json.dumps(manifest(arguments.http), indent=None if arguments.json else 2))
    return 0


if __name__ == "__main__":
    sys.exit(main())

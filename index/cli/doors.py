"""The commands by which other programs ask: `mcp`, for an assistant."""

from __future__ import annotations

import argparse
import sys
from contextlib import closing
from threading import Thread

from index.cli.common import CleanStream, opened
from index.errors import SettingsError


def serve_assistant(arguments: argparse.Namespace) -> int:
    """
    Offer the record over the Model Context Protocol until standard input ends.

    Raises:
        SettingsError: without the package that speaks it.
    """
    try:
        from index.cli.assistant.server import make_server
    except ModuleNotFoundError as exc:
        raise SettingsError(
            f"{exc.name} is not installed; install onrecord with the extra [mcp]"
        ) from exc
    index = opened(arguments)
    with closing(index):
        # A client waits a few seconds for the first reply; models load longer.
        Thread(target=index.warm, daemon=True).start()
        # The protocol escapes what could steer a terminal; it needs the bytes themselves.
        if isinstance(sys.stdout, CleanStream):
            sys.stdout = sys.stdout.stream
        make_server(index).run("stdio")
    return 0

"""
What every command needs: the index it names, and where results go.

Nothing here loads a model before it is called, so that `--help` and usage errors are instant.
"""

from __future__ import annotations

import argparse
import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console

    from index.core import Index


def opened(arguments: argparse.Namespace, *, create: bool = False) -> Index:
    """
    Open the index that the arguments and settings name.

    Args:
        create: make it where there is none; else a folder without an index is refused.
    """
    from index.core import open_index
    from index.settings import load_index_settings

    return open_index(load_index_settings(data_dir=arguments.data_dir), create=create)


def print_json(record: dict[str, Any]) -> None:
    """Print one JSON object on a line of its own."""
    print(json.dumps(record, ensure_ascii=False), flush=True)


def console(*, stderr: bool = False) -> Console:
    """Make the console that people read."""
    from rich.console import Console

    return Console(stderr=stderr, highlight=False, soft_wrap=False)

"""
What every command needs: the index it names, and where results go.

Nothing here loads a model before it is called, so that `--help` and usage errors are instant.
"""

from __future__ import annotations

import argparse
import json
import logging
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TextIO, cast

from index.text.printable import printable, printable_json, printable_line

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


def json_line(record: Any) -> str:
    """Write one JSON value on a line; what would steer a terminal is escaped in it."""
    return printable_json(json.dumps(record, ensure_ascii=False))


def print_line(text: object, *, error: bool = False) -> None:
    """Print *text*, which may quote what others wrote, as one line; on stderr if it is an error."""
    print(printable_line(str(text)), file=sys.stderr if error else sys.stdout)


def print_json(record: dict[str, Any]) -> None:
    """Print one JSON object on a line of its own."""
    print(json_line(record), flush=True)


def console(*, stderr: bool = False) -> Console:
    """Make the console that people read."""
    from rich.console import Console

    stream: object = sys.stderr if stderr else sys.stdout
    # Colours are ours: what is printed in them has been made printable before.
    file = stream.stream if isinstance(stream, CleanStream) else cast(TextIO, stream)
    return Console(file=file, highlight=False, soft_wrap=False)


class CleanStream:
    """Writes to *stream* what steers no terminal, whoever prints it; else it is that stream."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream

    def write(self, text: str) -> int:
        """Write *text*, printable."""
        self.stream.write(printable(text))
        return len(text)

    def writelines(self, lines: Iterable[str]) -> None:
        """Write *lines*, printable."""
        for line in lines:
            self.write(line)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.stream, name)


class CleanLines(logging.Formatter):
    """Words a log record as one printable line, with the traceback below if there is one."""

    def format(self, record: logging.LogRecord) -> str:
        """Word *record*."""
        line = printable_line(record.getMessage())
        trace = self.formatException(record.exc_info) if record.exc_info else ""
        return f"{line}\n{printable(trace)}" if trace else line


class TimedLines(CleanLines):
    """Words a log record as `CleanLines`, behind the time (UTC) and how grave it is."""

    def format(self, record: logging.LogRecord) -> str:
        """Word *record*."""
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="seconds")
        return f"{at.removesuffix('+00:00')}Z {record.levelname.lower()} {super().format(record)}"


def log_with_time() -> None:
    """
    Let every handler of the root logger say when and how grave, for programs that run on.

    faiss describes at each start which builds of it the processor cannot use: nobody can act on it.
    """
    logging.getLogger("faiss").setLevel(logging.WARNING)
    for handler in logging.getLogger().handlers:
        handler.setFormatter(TimedLines())


@contextmanager
def clean_output() -> Iterator[None]:
    """Let nothing that is printed in the block steer a terminal."""
    out, err = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = cast(TextIO, CleanStream(out)), cast(TextIO, CleanStream(err))
    try:
        yield
    finally:
        sys.stdout, sys.stderr = out, err

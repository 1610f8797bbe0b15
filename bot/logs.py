"""
Log lines as JSON objects, for machines that collect them.

No module of the bot logs what people ask or a token; a test reads the log for both.
"""

from __future__ import annotations

import logging
from datetime import UTC, datetime

from index.cli import json_line


class JsonLines(logging.Formatter):
    """Words a record as one JSON object on one line."""

    def format(self, record: logging.LogRecord) -> str:
        """Word *record*: when, how grave, from where, what, and the traceback if there is one."""
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            line["error"] = self.formatException(record.exc_info)
        return json_line(line)


def log_as_json() -> None:
    """Let every handler of the root logger write JSON lines."""
    for handler in logging.getLogger().handlers:
        handler.setFormatter(JsonLines())

"""
The command line without Slack, and what another program needs to add its own commands to it.

Importing this loads no model: the modules behind it do so inside their functions.
"""

from index.cli.common import json_line, log_with_time, opened, print_json
from index.cli.main import Command, add_command, build_parser, main, run
from index.cli.upkeep import back_up, print_findings, restore
from index.text.printable import without_formulas

__all__ = [
    "Command",
    "add_command",
    "back_up",
    "build_parser",
    "json_line",
    "log_with_time",
    "main",
    "opened",
    "print_findings",
    "print_json",
    "restore",
    "run",
    "without_formulas",
]

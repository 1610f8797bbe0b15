"""
The command line without Slack, and what another program needs to add its own commands to it.

Importing this loads no model: the modules behind it do so inside their functions.
"""

from index.cli.common import opened, print_json
from index.cli.main import Command, add_command, build_parser, main, run
from index.cli.upkeep import back_up, print_findings, restore

__all__ = [
    "Command",
    "add_command",
    "back_up",
    "build_parser",
    "main",
    "opened",
    "print_findings",
    "print_json",
    "restore",
    "run",
]

"""
The command line: its words, and what becomes of an error.

Exit codes: 0 done (an abstention is an answer), 1 failed, 2 usage or settings.
"""

from __future__ import annotations

import argparse
import logging
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from index import commands
from index.errors import OnRecordError, SettingsError

Command = Callable[[argparse.Namespace], int]


def main(argv: Sequence[str] | None = None) -> int:
    """Run the Slack-free part of the command; returns the exit code."""
    return run(build_parser("python -m index"), argv)


def run(parser: argparse.ArgumentParser, argv: Sequence[str] | None) -> int:
    """Parse *argv*, run the command, and turn an error into one line and an exit code."""
    arguments = parser.parse_args(argv)
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="%(message)s")
    command: Command = arguments.command
    try:
        return command(arguments)
    except SettingsError as exc:
        print(f"onrecord: {exc}", file=sys.stderr)
        return 2
    except OnRecordError as exc:
        print(f"onrecord: {exc}", file=sys.stderr)
        return 1
    except BrokenPipeError:
        sys.stderr.close()
        return 1
    except KeyboardInterrupt:
        return 130


def build_parser(name: str = "onrecord") -> argparse.ArgumentParser:
    """Describe the commands that need no Slack."""
    parser = argparse.ArgumentParser(
        prog=name, description="Who said what in the news, quoted word for word."
    )
    _common(parser, None)
    made = parser.add_subparsers(metavar="COMMAND", required=True)
    parser.set_defaults(made=made)
    about = "index articles: files, folders, globs, -"
    add = add_command(made, "add", commands.add_articles, about)
    add.add_argument("path", nargs="+", metavar="PATH|URL")
    remove = add_command(made, "remove", commands.remove_article, "forget an article")
    remove.add_argument("id", metavar="ID")
    _add_questions(made)
    about = "how much is indexed, and how fresh it is"
    add_command(made, "stats", commands.show_stats, about)
    about = "read all stored articles again with today's models"
    add_command(made, "rebuild", commands.rebuild, about)
    about = "check every stored sentence, vector and quotation"
    add_command(made, "verify", commands.verify, about)
    about = "who said what in some files; nothing is stored"
    tell = add_command(made, "attributions", commands.tell_attributions, about)
    tell.add_argument("path", nargs="+", metavar="PATH")
    return parser


def _add_questions(made: Any) -> None:
    """Describe the two commands that answer."""
    ask = add_command(made, "ask", commands.ask_question, "answer a question with quotes")
    ask.add_argument("question", nargs="?", metavar="QUESTION")
    ask.add_argument("--limit", type=_positive, default=10, metavar="N", help="quotes at the most")
    ask.add_argument(
        "--batch", metavar="FILE", help='lines {"qid", "question", "after"?}; prints JSON lines'
    )
    brief = add_command(made, "brief", commands.brief_topic, "who said what on a topic, by party")
    brief.add_argument("topic", metavar="TOPIC")
    brief.add_argument("--limit", type=_positive, default=10, metavar="N")
    brief.add_argument("--since", metavar="DATE", help='"2018-02-13", "yesterday", "monday"')


def add_command(made: Any, name: str, command: Command, about: str) -> argparse.ArgumentParser:
    """Add one command with the options that all have."""
    parser: argparse.ArgumentParser = made.add_parser(name, help=about, description=about)
    _common(parser, argparse.SUPPRESS)
    parser.set_defaults(command=command)
    return parser


def _common(parser: argparse.ArgumentParser, default: Any) -> None:
    """Add the global options; they may stand before the command or after it."""
    parser.add_argument(
        "--data-dir", type=Path, default=default, metavar="DIR", help="folder of the index"
    )
    parser.add_argument(
        "--json",
        action="store_true",
        default=False if default is None else default,
        help="print one JSON object a line",
    )


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{number} is not 1 or more")
    return number

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

from index.cli import alerts as alert_commands
from index.cli import articles, checking, doors, questions, said, upkeep
from index.cli import corrections as correction_commands
from index.cli import feeds as feed_commands
from index.cli.common import CleanLines, clean_output, print_line
from index.errors import OnRecordError, SettingsError, lack_of

_CORRECTIONS = {
    "party": "Russia and Turkey",
    "speaker": "Lavrov",
    "topic": "the tank",
    "since": "2018-02-13",
    "until": "monday",
    "outlet": "Daily Example",
    "stance": "denied",
    "filters": "officials only, not analysts",
}

Command = Callable[[argparse.Namespace], int]


def main(argv: Sequence[str] | None = None) -> int:
    """Run the Slack-free part of the command; returns the exit code."""
    parser = build_parser("python -m index")
    about = "check that everything needed is there, with a fix for each problem"
    add_command(parser.get_default("made"), "doctor", upkeep.see_doctor, about)
    return run(parser, argv)


def run(parser: argparse.ArgumentParser, argv: Sequence[str] | None) -> int:
    """
    Run a command, and turn an error into one line on stderr.

    Args:
        parser: as `build_parser` makes it, perhaps with more commands.
        argv: the arguments without the program's name; None for those of this process.

    Returns:
        The exit code.
    """
    with clean_output():
        arguments = parser.parse_args(argv)
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(CleanLines())
        logging.basicConfig(level=logging.WARNING, handlers=[handler])
        return _run(arguments)


def _run(arguments: argparse.Namespace) -> int:
    command: Command = arguments.command
    try:
        return command(arguments)
    except SettingsError as exc:
        print_line(f"onrecord: {exc}", error=True)
        return 2
    except OnRecordError as exc:
        print_line(f"onrecord: {exc}", error=True)
        return 1
    except (OSError, MemoryError) as exc:
        if (lack := lack_of(exc)) is not None:
            print_line(f"onrecord: {lack}; free some and run it again", error=True)
            return 1
        if not isinstance(exc, BrokenPipeError):
            raise
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
    _describe_add(made)
    remove = add_command(made, "remove", articles.remove_article, "withdraw an article")
    remove.add_argument("id", metavar="ID")
    about = "index what arrives in folders, from feeds and by HTTP, until stopped"
    watch = add_command(made, "watch", upkeep.watch_arrivals, about)
    watch.add_argument("folder", nargs="*", type=Path, metavar="DIR", help="also INDEX_WATCH")
    about = "poll the folders instead of waiting for file events, for network mounts"
    watch.add_argument("--poll", action="store_true", help=about)
    _describe_feeds(made)
    _describe_questions(made)
    _describe_alerts(made)
    _describe_corrections(made)
    about = "check a draft's quotations: are they on record, word for word, and whose are they?"
    check = add_command(made, "check", checking.check_draft, about)
    check.add_argument("path", metavar="DRAFT", help="a file, or - for standard input")
    about = "offer the record to an assistant over MCP, on standard input and output; read-only"
    add_command(made, "mcp", doors.serve_assistant, about)
    about = "how much is indexed, and how fresh it is"
    add_command(made, "stats", upkeep.show_stats, about)
    about = "index all stored articles again with the current models"
    rebuild = add_command(made, "rebuild", upkeep.rebuild, about)
    about = "continue without what a damaged write-ahead log has lost"
    rebuild.add_argument("--accept-loss", action="store_true", help=about)
    about = "copy the index of INDEX_STORE into another store, with its history"
    migrate = add_command(made, "migrate", upkeep.migrate, about)
    about = "sqlite (the data folder) or postgresql://user@host/database; PGPASSWORD is read"
    migrate.add_argument("store", metavar="STORE", help=about)
    about = "check every stored sentence, vector and quotation"
    add_command(made, "verify", upkeep.verify, about)
    _describe_backups(made)
    about = "who said what in some files; nothing is stored"
    attributions = add_command(made, "attributions", articles.print_attributions, about)
    attributions.add_argument("path", nargs="+", metavar="PATH")
    return parser


def _describe_add(made: Any) -> None:
    """Describe the command that takes articles in."""
    about = "index articles: files, folders, globs, addresses of pages and feeds, - for stdin"
    add = add_command(made, "add", articles.add_articles, about)
    add.add_argument("path", nargs="+", metavar="PATH|URL")
    add.add_argument("--outlet", metavar="NAME", help="the outlet, whatever the articles say")
    about = "publication date, whatever the articles say: 2018-02-13 or 2018-02-13T10:30:00Z"
    add.add_argument("--published-at", metavar="DATE", help=about)
    add.add_argument(
        "--dry-run", action="store_true", help="list what would be indexed; change nothing"
    )
    about = "index also what is stored already, in this version or a newer one, or another source's"
    add.add_argument("--again", action="store_true", help=about)


def _describe_backups(made: Any) -> None:
    """Describe the commands that keep a copy of the index."""
    about = "copy the index into one file, even while it is being written to"
    backup = add_command(made, "backup", upkeep.back_up, about)
    backup.add_argument("file", type=Path, metavar="FILE", help="created, or replaced in one step")
    about = "restore the index from a backup; its hashes are checked first"
    restore = add_command(made, "restore", upkeep.restore, about)
    restore.add_argument("file", type=Path, metavar="FILE")
    about = "even into a folder that is not empty; its contents are moved aside"
    restore.add_argument("--force", action="store_true", help=about)


def _describe_feeds(made: Any) -> None:
    """Describe the command that lists the feeds, and those below it that change the list."""
    about = "the feeds that `watch` follows, and the state of each"
    feeds = add_command(made, "feeds", feed_commands.show_feeds, about)
    below = feeds.add_subparsers(metavar="ACTION")
    add = add_command(below, "add", feed_commands.add_feeds, "follow feeds (RSS, Atom, JSON Feed)")
    add.add_argument("url", nargs="+", metavar="URL")
    about = "stop following a feed; its articles stay"
    remove = add_command(below, "remove", feed_commands.remove_feed, about)
    remove.add_argument("url", metavar="URL")
    about = "follow the feeds of an OPML file, as feed readers export it"
    lists = add_command(below, "import", feed_commands.import_feeds, about)
    lists.add_argument("file", type=Path, metavar="FILE.opml")


def _describe_corrections(made: Any) -> None:
    """Describe the command by which the desk puts right who said what."""
    about = "who said what, as the desk decided it, whatever the models find"
    made_by = add_command(made, "corrections", correction_commands.show_corrections, about)
    below = made_by.add_subparsers(metavar="ACTION")
    add = add_command(
        below, "add", correction_commands.add_correction, "decide who said a sentence"
    )
    add.add_argument("id", metavar="ARTICLE", help="its article's id")
    add.add_argument("sentence", metavar="SENTENCE", help="as `ask --json` gives it")
    add.add_argument("speaker", metavar="SPEAKER", help="- for nobody")
    add.add_argument("--was", metavar="NAME", help="who is on record with it, of several")
    add.add_argument("--role", help="the speaker's role, instead of the article's")
    add.add_argument("--party", help="whom the speaker speaks for, likewise")
    add.add_argument("--by", metavar="NAME", help="who decided it; this account's name")
    about = "write them as labelled rows, one JSON object a line"
    export = add_command(below, "export", correction_commands.export_corrections, about)
    export.add_argument("file", nargs="?", default="-", metavar="FILE", help="- for stdout")


def _describe_alerts(made: Any) -> None:
    """Describe the command that lists the watches, and those below it."""
    about = "the questions that stay asked, and what is said on them from then on"
    alerts = add_command(made, "alerts", alert_commands.list_watches, about)
    below = alerts.add_subparsers(metavar="ACTION")
    add_command(below, "list", alert_commands.list_watches, "list the watches")
    about = 'keep a watch: "russia on syria", "anyone denying the strike", "Lavrov"'
    add = add_command(below, "add", alert_commands.add_watch, about)
    about = "say what a watch would have found; nothing is kept"
    test = add_command(below, "test", alert_commands.test_watch, about)
    for parser in (add, test):
        parser.add_argument("text", nargs="+", metavar="TEXT")
        about = "days that are looked back on (7)"
        parser.add_argument("--days", type=_positive, default=7, metavar="N", help=about)
    about = "have `onrecord doctor` say when it has found nothing for so many days"
    add.add_argument("--silent-after", type=_positive, metavar="DAYS", help=about)
    remove = add_command(below, "remove", alert_commands.remove_watch, "drop a watch")
    remove.add_argument("id", type=_positive, metavar="ID")
    about = "make the addresses of all feeds of watches new; those given out are no longer right"
    add_command(below, "new-addresses", alert_commands.change_addresses, about)
    read = add_command(below, "read", alert_commands.read_alerts, "show what the watches found")
    read.add_argument("id", type=_positive, nargs="?", metavar="ID")
    _add_limit(read, 50, "maximum number of alerts")


_LIMIT = "maximum number of quotes (10; in a file 1000)"
_EXPORT = "write the answer: FILE.csv, .jsonl, .md (footnotes), .docx or .txt (citations)"


def _describe_questions(made: Any) -> None:
    """Describe the commands that answer."""
    ask = add_command(made, "ask", questions.ask_question, "answer a question with quotes")
    ask.add_argument("question", nargs="*", metavar="QUESTION")
    ask.add_argument("--limit", type=_positive, metavar="N", help=_LIMIT)
    ask.add_argument("--out", type=Path, metavar="FILE", help=_EXPORT)
    ask.add_argument(
        "--batch", metavar="FILE", help='lines {"qid", "question", "after"?}; prints JSON lines'
    )
    ask.add_argument("--explain", action="store_true", help="say why each quote is shown")
    for name, example in _CORRECTIONS.items():
        about = f'instead of what the question says: "{example}"; "" clears it'
        ask.add_argument(f"--{name}", metavar="WORDS", help=about)
    about = "also show the N sentences before and after each quote"
    ask.add_argument("--context", type=_positive, default=0, metavar="N", help=about)
    about = "what somebody is on record with, the newest first, or counted by month"
    who = add_command(made, "said", said.show_said, about)
    who.add_argument("who", nargs="+", metavar="NAME", help='"Lavrov", "Lavrov on Syria"')
    about = "count statements by month, with the first, the last and the offices held"
    who.add_argument("--timeline", action="store_true", help=about)
    who.add_argument("--limit", type=_positive, metavar="N", help=_LIMIT)
    who.add_argument("--out", type=Path, metavar="FILE", help=_EXPORT)
    _describe_brief(made)
    about = "several parties on one matter, side by side"
    compare = add_command(made, "compare", questions.compare_parties, about)
    compare.add_argument("question", metavar='"A AND B ON TOPIC"')
    compare.add_argument(
        "--limit", type=_positive, default=5, metavar="N", help="maximum number of quotes per side"
    )
    about = "where a party's later statements differ from its earlier ones"
    changed = add_command(made, "changed", questions.show_changes, about)
    changed.add_argument("question", metavar='"PARTY ON TOPIC"')
    changed.add_argument(
        "--limit", type=_positive, default=3, metavar="N", help="maximum number of pairs"
    )


def _describe_brief(made: Any) -> None:
    """Describe the command that gathers by party."""
    about = "who said what on a topic, or the latest of all, by party"
    brief = add_command(made, "brief", questions.brief_topic, about)
    about = 'a topic, or names of parties: "exports", "Russia and Ukraine"'
    brief.add_argument("topic", metavar="TOPIC", nargs="?", default="", help=about)
    about = "maximum number of quotes (10; in a document 200, in rows 1000)"
    brief.add_argument("--limit", type=_positive, metavar="N", help=about)
    brief.add_argument("--since", metavar="DATE", help='"2018-02-13", "yesterday", "monday"')
    about = "write a document (FILE.md, .html, .docx) or rows (.csv, .jsonl, .txt)"
    brief.add_argument("--out", type=Path, metavar="FILE", help=about)


def _add_limit(parser: argparse.ArgumentParser, default: int, about: str) -> None:
    parser.add_argument("--limit", type=_positive, default=default, metavar="N", help=about)


def add_command(made: Any, name: str, command: Command, about: str) -> argparse.ArgumentParser:
    """
    Add one command with the options that all have.

    Args:
        made: the parser's commands, its default "made".
        name: the word that runs it.
        command: takes the parsed arguments and gives the exit code.
        about: what it does, for the help.

    Returns:
        The command's parser, for options of its own.
    """
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
        help="print one JSON object per line",
    )


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number from 1 up")
    return int(text)

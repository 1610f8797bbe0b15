"""The command ``onrecord``: the engine's commands, and those that know Slack."""

from __future__ import annotations

import argparse
import json
import logging
import sys
from collections.abc import Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

from index import cli
from index.cli import (
    add_command,
    build_parser,
    json_line,
    log_with_time,
    opened,
    run,
    without_formulas,
)
from index.database.files import require_output, write_whole
from index.errors import OnRecordError, SettingsError, StoreError

UNDER_WAY = """
DELETE FROM inbox;
DELETE FROM alerts WHERE message = '';
DELETE FROM followed WHERE name = 'alerts';
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit code."""
    parser = build_parser("onrecord")
    made = parser.get_default("made")
    add_command(made, "serve", serve, "answer in Slack (Socket Mode or HTTP, by the settings)")
    about = "print the Slack app's manifest, or the link that makes the app from it"
    show = add_command(made, "manifest", show_manifest, about)
    show.add_argument("--http", metavar="URL", help="for HTTP at this public address")
    show.add_argument("--link", action="store_true", help="print the link instead")
    about = "check engine and Slack, with a fix for each problem"
    add_command(made, "doctor", see_doctor, about)
    about = "what people thought of the answers: labelled questions, one JSON object a line"
    feedback = add_command(made, "feedback", export_feedback, about)
    feedback.add_argument("action", choices=["export"])
    feedback.add_argument("file", nargs="?", default="-", metavar="FILE", help="- for stdout")
    _add_state(made)
    return run(parser, argv)


def _add_state(made: Any) -> None:
    """Let the engine's backups carry the bot's state too."""
    made.choices["backup"].set_defaults(command=back_up)
    about = "with the bot's answers, threads, settings and feedback; tokens only as encrypted"
    made.choices["backup"].add_argument("--with-state", action="store_true", help=about)
    made.choices["restore"].set_defaults(command=restore_all)


def serve(arguments: argparse.Namespace) -> int:
    """Answer in Slack until stopped."""
    from bot.logs import log_as_json
    from bot.server import serve as serve_slack
    from bot.server import serve_doors
    from bot.settings import load_bot_settings, read_bot_settings
    from index.cli.web.routes import doors
    from index.maintenance.silence import Silence, silent_sources
    from index.settings import load_index_settings

    of_index = load_index_settings(data_dir=arguments.data_dir)
    settings = read_bot_settings(data_dir=arguments.data_dir)
    others = of_index.api_token is not None or of_index.reader_url
    alone = bool(others) and not settings.knows_slack
    if not alone:
        settings = load_bot_settings(data_dir=arguments.data_dir)
    logging.getLogger().setLevel(logging.INFO)
    log_with_time()
    if settings.log_json:
        log_as_json()
    index = opened(arguments, create=True)

    def silent(now: datetime) -> tuple[Silence, ...]:
        return tuple(silent_sources(index.stats(), now, of_index))

    try:
        index.warm()
        with doors(index, of_index) as pages:
            if alone:
                return serve_doors(pages, settings)
            return serve_slack(index, settings, of_index.data_dir, silent, pages)
    finally:
        index.close()


def show_manifest(arguments: argparse.Namespace) -> int:
    """
    Print the manifest to paste into Slack's "create an app from a manifest", or the link.

    Raises:
        SettingsError: for an address that is not https, or settings that do not fit.
    """
    from bot.manifest import create_link, manifest
    from bot.settings import read_bot_settings

    if arguments.http is not None and not arguments.http.startswith("https://"):
        raise SettingsError(f"--http {arguments.http!r} is no https address; try https://your.host")
    settings = read_bot_settings()
    links = bool(settings.link_hosts)
    made = manifest(
        arguments.http, settings.unfurl_domains, links=links, questions=_questions(arguments)
    )
    if arguments.link:
        print(create_link(made))
    else:
        print(json.dumps(made, indent=None if arguments.json else 2))
    return 0


def _questions(arguments: argparse.Namespace) -> list[str]:
    """Word questions that the index can answer; none where there is no index yet."""
    from bot.suggestions import heard_most, questions_about

    try:
        with closing(opened(arguments)) as index:
            return questions_about(index, heard_most(index))
    except OnRecordError:
        return []


def see_doctor(arguments: argparse.Namespace) -> int:
    """Check the engine and Slack; every finding is a line."""
    from bot.doctor import examine_slack
    from index.maintenance.doctor import examine

    engine = cli.print_findings(examine(arguments.data_dir), as_json=arguments.json)
    slack = cli.print_findings(examine_slack(arguments.data_dir), as_json=arguments.json)
    return max(engine, slack)


def back_up(arguments: argparse.Namespace) -> int:
    """Copy the index, and the bot's state if wanted, into a file."""
    from bot.app import open_state
    from bot.settings import read_bot_settings
    from index.maintenance.backup import Extra

    if not arguments.with_state:
        return cli.back_up(arguments)
    with closing(open_state(read_bot_settings(data_dir=arguments.data_dir))) as state:
        state.ensure()
        # Restored, what is under way now would be answered, or posted, a second time.
        return cli.back_up(arguments, Extra(state.path, UNDER_WAY))


def restore_all(arguments: argparse.Namespace) -> int:
    """Make the index again from a file, and the bot's state if that holds it."""
    from bot.app import STATE_FILE
    from bot.settings import read_bot_settings

    home = read_bot_settings(data_dir=arguments.data_dir).data_dir
    return cli.restore(arguments, {STATE_FILE: home})


def export_feedback(arguments: argparse.Namespace) -> int:
    """
    Write what people thought of the answers to a file, or print it.

    Raises:
        StoreError: if there is no state file, it cannot be read, or the file not be written.
    """
    from bot.app import STATE_FILE, open_state
    from bot.settings import read_bot_settings
    from bot.state.feedback import Feedback

    settings = read_bot_settings(data_dir=arguments.data_dir)
    if not (path := settings.data_dir / STATE_FILE).exists():
        raise StoreError(
            f"{path} does not exist, so there are no verdicts yet; if the bot works in another "
            "folder, name it with BOT_DATA_DIR"
        )
    with closing(open_state(settings)) as state:
        lines = [json_line(without_formulas(r)) + "\n" for r in Feedback(state).export()]
    if arguments.file == "-":
        sys.stdout.writelines(lines)
        return 0
    require_output(Path(arguments.file))
    try:
        write_whole(Path(arguments.file), ["".join(lines).encode()])
    except OSError as exc:
        raise StoreError(
            f"cannot write {arguments.file} ({exc.strerror}); name another file"
        ) from exc
    noun = "verdict" if len(lines) == 1 else "verdicts"
    print(f"{len(lines)} {noun} written to {arguments.file}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

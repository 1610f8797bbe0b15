"""
Play scripted conversations through the real bot and print what everybody would see.

    python -m tests.benchmarks.conversations [--only WORD] [--file FILE] [--articles PATH]

Over the sample corpus, with the real model, over real sockets. The conversations are
``tests/acceptance/conversations.toml``, and twenty more over other articles stand in
``tests/acceptance/second``; nothing is judged here, the transcripts are to be read.
A turn is "Ann @ what did Russia say?" (a mention), "Ben: and Turkey?" (said in the thread, to
nobody), "Ann > …" (in a direct message: in the thread of the last one) or "Ben clicks More".
"2 Ann @ …" is said in a second thread of the same channel.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
import tomllib
from pathlib import Path
from typing import Any

from index.core import open_index
from index.settings import load_index_settings
from index.sources.folder import read_paths
from tests.acceptance.corpus import SAMPLE
from tests.acceptance.slack_bot import Bot
from tests.acceptance.slack_clicks import buttons, click, interact
from tests.acceptance.slack_payloads import mention
from tests.acceptance.slack_server import SlackServer

DEFAULT = Path(__file__).parents[1] / "acceptance" / "conversations.toml"
TURN = re.compile(
    r"(?:(?P<thread>\d) )?(?P<who>[A-Z][a-z]+)(?P<how> @ |: | > | clicks )(?P<text>.*)"
)


def main(arguments: list[str] | None = None) -> int:
    """Play them; 0 once all are printed."""
    parser = argparse.ArgumentParser(description="Play scripted conversations through the bot.")
    parser.add_argument("--only", default="", help="only those with this word in their name")
    parser.add_argument("--file", type=Path, default=DEFAULT)
    parser.add_argument("--articles", default=str(SAMPLE), help="what the bot knows")
    chosen = parser.parse_args(arguments)
    played = tomllib.loads(chosen.file.read_text("utf-8"))["conversation"]
    with tempfile.TemporaryDirectory() as scratch:
        index = open_index(load_index_settings(data_dir=Path(scratch) / "index"))
        for _ in index.add(read_paths([chosen.articles])):
            pass
        index.warm()
        slack = SlackServer()
        slack.zone = "Europe/Vienna"
        bot = Bot(slack, Path(scratch), "http", index)
        try:
            for number, each in enumerate(played, 1):
                if chosen.only in each["name"]:
                    print(f"\n=== {number}. {each['name']} ({each.get('where', 'channel')})")
                    Talk(slack, bot, number, each.get("where", "channel")).play(each["turns"])
        finally:
            bot.close()
            slack.close()
            index.close()
    return 0


class Talk:
    """One conversation, in a channel of its own or with the bot alone."""

    def __init__(self, slack: SlackServer, bot: Bot, number: int, where: str) -> None:
        self._slack, self._bot, self._where = slack, bot, where
        self._channel = f"{'D' if where == 'direct' else 'C'}{number}"
        self._posts = 0
        self._number = number
        self._threads: dict[str, str] = {}
        self._last: dict[str, Any] = {}

    def play(self, turns: list[str]) -> None:
        """Take all turns, and print each with what follows."""
        for turn in turns:
            found = TURN.fullmatch(turn)
            if found is None:
                raise ValueError(f"not a turn: {turn!r}")
            print(f"\n{turn}")
            before = len(self._slack.replies)
            self._take(found)
            self._slack.wait(lambda: all(bot.idle for bot in self._slack.bots))
            replies = self._slack.replies[before:]
            for method, sent in replies:
                alone = method == "chat.postEphemeral" or sent.get("response_type") == "ephemeral"
                print("\n".join(f"    | {line}" for line in (
                    *(["(only the asker sees this)"] if alone else []), *lines_of(sent["blocks"])
                )))  # fmt: skip
                self._last = sent
            if not replies:
                print("    | (silence)")

    def _take(self, turn: re.Match[str]) -> None:
        """Post what somebody says, or click for them."""
        user, how, text = f"U{turn['who']}", turn["how"].strip(), turn["text"]
        if how == "clicks":
            found = [name for name in buttons(self._last) if name.startswith(text)]
            if found:
                interact(self._bot, click(self._slack, self._last, found[0], user=user))
            else:
                print(f"    | (there is no button {text})")
            return
        self._posts += 1
        ts = f"17{self._number:08}.{self._posts:06}"
        thread = self._threads.get(turn["thread"] or "1")
        direct = self._where == "direct"
        if direct and how != ">":
            thread = None
        payload = mention(
            f"<@U0BOT> {text}" if how == "@" and not direct else text,
            ts=ts,
            thread=thread,
            user=user,
            channel=self._channel,
            channel_type="im" if direct else "channel",
        )
        if direct or how != "@":
            payload["event"]["type"] = "message"
        if thread is None:
            self._threads[turn["thread"] or "1"] = ts
        self._bot.sender.event(payload)


def lines_of(blocks: list[dict[str, Any]]) -> list[str]:
    """Word a message as its reader sees it, a quotation behind ">", buttons in brackets."""
    found: list[str] = []
    for block in blocks:
        kind = block["type"]
        if kind == "rich_text":
            for part in block["elements"]:
                text = "".join(_spoken(each) for each in part["elements"])
                mark = "> " if part["type"] == "rich_text_quote" else ""
                found += [f"{mark}{line}" for line in text.split("\n") if line.strip()]
        elif kind in ("section", "header"):
            found += block["text"]["text"].split("\n")
        elif kind == "context":
            found.append(" ".join(_spoken(each) for each in block["elements"]))
        elif kind == "actions":
            found.append(" ".join(f"[{_label(each)}]" for each in block["elements"]))
        elif kind in ("table", "data_table"):
            for row in block["rows"]:
                cells = [" ".join(lines_of([c])) if "elements" in c else c["text"] for c in row]
                found.append(" | ".join(cells))
    return found


def _spoken(element: dict[str, Any]) -> str:
    text = str(element.get("text") or element.get("fallback") or element.get("user_id") or "")
    return re.sub(r"<!date\^[^|]*\|([^>]*)>", r"\1", text)


def _label(element: dict[str, Any]) -> str:
    return str((element.get("text") or {"text": "⋮"})["text"])


if __name__ == "__main__":
    sys.exit(main())

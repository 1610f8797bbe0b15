"""The bot itself, running over one transport, with what sends to it."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

from bot.app import build_bot, install_pages, open_state, open_teams
from bot.metrics import Metrics
from bot.server import run_socket
from bot.settings import load_bot_settings
from bot.state.feedback import Feedback
from bot.transport.web import build_web
from tests.acceptance.engine_double import EngineDouble
from tests.acceptance.slack_sender import HttpSender, SocketSender
from tests.acceptance.slack_server import SECRET, start, stop

TOKENS = {"slack_bot_token": "xoxb-1", "slack_signing_secret": SECRET}


class Pool(ThreadPoolExecutor):
    """Knows whether anything that it was given is still under way."""

    def __init__(self, threads):
        super().__init__(threads)
        self._given = []

    def submit(self, *task, **given):
        self._given.append(super().submit(*task, **given))
        return self._given[-1]

    @property
    def idle(self):
        return all(each.done() for each in list(self._given))


class Bot:
    """The bot over one transport, with what sends to it."""

    def __init__(self, slack, folder, transport="http", engine=None, working=True, **given):
        self.engine = engine or EngineDouble()
        self.metrics = Metrics()
        self._slack = slack
        self._pool = Pool(10)
        extra = {"slack_app_token": "xapp-1"} if transport == "socket" else {}
        local = {"host": "127.0.0.1", "port": 0}
        named = {
            **TOKENS,
            **extra,
            **local,
            "slack_api_url": slack.url,
            "data_dir": folder,
            **given,
        }
        settings = load_bot_settings(**named)
        self._state = open_state(settings)
        teams = open_teams(settings, self._state)
        made = build_bot(
            self.engine,
            settings,
            metrics=self.metrics,
            executor=self._pool,
            state=self._state,
            teams=teams,
            folder=folder,
        )
        app, self._workers = made.app, made.workers
        self._corrections = made.corrections
        self.rounds = made.rounds
        self.looks = 0  # that corrections has finished
        self._count_looks()
        self.made = made
        self._follower = made.follower
        if working:
            made.start()
        if transport == "http":
            pages = install_pages(settings, self._state, teams)
            web = build_web(app, self.engine, self.metrics, SECRET, pages, made.fault)
            web, port = start(web)
            self.sender = HttpSender(port)
            self._halt = lambda: stop(web)
        else:
            halt = threading.Event()
            thread = threading.Thread(
                target=run_socket,
                args=(app, self.engine, self.metrics, settings, halt, made.fault),
            )
            thread.start()
            self.sender = SocketSender(slack)
            self._halt = lambda: (halt.set(), thread.join())
        slack.bots.append(self)

    def _count_looks(self):
        look = self._corrections.look

        def counted():
            look()
            self.looks += 1

        self._corrections.look = counted

    def feedback(self):
        return list(Feedback(self._state).export())

    @property
    def waiting(self):
        """How many questions have no reply yet."""
        return self._workers.services.inbox.load().waiting

    @property
    def resting(self):
        """Whether nothing is under way; what was put off may wait."""
        return self._pool.idle and not self._workers._busy

    @property
    def idle(self):
        """Whether nothing is left to do."""
        return self.resting and not self.waiting

    def query(self, sql):
        """The rows that *sql* finds in the bot's state."""
        with self._state.reading() as db:
            return db.execute(sql).fetchall()

    def close(self):
        if self not in self._slack.bots:
            return
        self._slack.bots.remove(self)
        self._halt()
        self._pool.shutdown()
        assert self.made.stop(10)
        self._state.close()

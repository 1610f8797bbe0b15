"""The bot itself, running over one transport, with what sends to it."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

from engine_double import EngineDouble
from slack_server import SECRET, HttpSender, SocketSender, start, stop

from bot.app import build_app, open_state
from bot.metrics import Metrics
from bot.server import run_socket
from bot.settings import load_bot_settings
from bot.web import build_web

TOKENS = {"slack_bot_token": "xoxb-1", "slack_signing_secret": SECRET}


class Bot:
    """The bot over one transport, with what sends to it."""

    def __init__(self, slack, folder, transport="http", engine=None):
        self.engine = engine or EngineDouble()
        self.metrics = Metrics()
        self._pool = ThreadPoolExecutor(10)
        extra = {"slack_app_token": "xapp-1"} if transport == "socket" else {}
        settings = load_bot_settings(**TOKENS, **extra, slack_api_url=slack.url, data_dir=folder)
        self._state = open_state(settings)
        app = build_app(
            self.engine,
            settings,
            metrics=self.metrics,
            executor=self._pool,
            state=self._state,
        )
        if transport == "http":
            web, port = start(build_web(app, self.engine, self.metrics, SECRET))
            self.sender = HttpSender(port)
            self._halt = lambda: stop(web)
        else:
            halt = threading.Event()
            thread = threading.Thread(target=run_socket, args=(app, settings, halt))
            thread.start()
            self.sender = SocketSender(slack)
            self._halt = lambda: (halt.set(), thread.join())

    def close(self):
        self._halt()
        self._pool.shutdown()
        self._state.close()

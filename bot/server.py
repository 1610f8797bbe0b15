"""
Running the bot until it is told to stop.

uvicorn raises a signal it has handled once more when it is done, which would end the process
before the last answers are out; our handler is in place by then and only notes the wish. The
second signal ends the process at once.
"""

from __future__ import annotations

import logging
import signal
import socket
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from types import FrameType

import uvicorn
from slack_bolt import App

from bot.app import build_app, open_state
from bot.desk import Engine
from bot.metrics import Metrics
from bot.settings import BotSettings, secret
from bot.socket_mode import connect, drain
from bot.web import build_web
from index.errors import SettingsError

SIGNALS = (signal.SIGTERM, signal.SIGINT)
HANG_UP = 10  # seconds that open HTTP requests get to finish

log = logging.getLogger(__name__)


def serve(index: Engine, settings: BotSettings) -> int:
    """
    Answer questions from *index* until SIGTERM or SIGINT; what was accepted is answered first.

    Returns:
        The exit code, 0.

    Raises:
        SettingsError: if Slack refuses a token or cannot be reached, or the port is taken.
        StoreError: if the bot's state file cannot be used.
    """
    metrics = Metrics()
    executor = ThreadPoolExecutor(settings.threads, thread_name_prefix="answer")
    with stop_signals() as stop:
        state = open_state(settings)
        app = build_app(index, settings, metrics=metrics, executor=executor, state=state)
        if settings.slack_client_id is not None:
            log.info("SLACK_CLIENT_ID is set: not used, the bot serves its token's workspace")
        try:
            if settings.mode == "socket":
                run_socket(app, settings, stop)
            else:
                run_http(app, index, metrics, settings, stop)
        finally:
            log.info("stopping: finishing the answers under way")
            executor.shutdown(wait=True)
            state.close()
    return 0


def run_socket(app: App, settings: BotSettings, stop: threading.Event) -> None:
    """Serve over Socket Mode until *stop* is set."""
    log.info("mode: Socket Mode (SLACK_APP_TOKEN is set)")
    handler = connect(app, settings)
    try:
        stop.wait()
    finally:
        drain(handler)


def run_http(
    app: App, index: Engine, metrics: Metrics, settings: BotSettings, stop: threading.Event
) -> None:
    """Serve over HTTP until a signal."""
    with listening(settings) as bound:
        log.info("mode: HTTP on port %d (no SLACK_APP_TOKEN)", bound.getsockname()[1])
        if not stop.is_set():
            http_server(app, index, metrics, settings).run([bound])


def listening(settings: BotSettings) -> socket.socket:
    """Take the port; SettingsError if it cannot be had."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        return socket.create_server((settings.host, settings.port), family=family)
    except OSError as exc:
        raise SettingsError(
            f"cannot listen on {settings.host} port {settings.port} ({exc.strerror}); stop what "
            "uses it or set PORT to another"
        ) from exc


def http_server(app: App, index: Engine, metrics: Metrics, settings: BotSettings) -> uvicorn.Server:
    """Make the web server, not yet running."""
    web = build_web(app, index, metrics, secret(settings.slack_signing_secret))
    return uvicorn.Server(
        uvicorn.Config(
            web,
            log_config=None,
            access_log=False,
            server_header=False,
            lifespan="off",
            timeout_graceful_shutdown=HANG_UP,
        )
    )


@contextmanager
def stop_signals() -> Iterator[threading.Event]:
    """Note SIGTERM and SIGINT in an event while inside; from another thread, only make it."""
    stop = threading.Event()
    if threading.current_thread() is not threading.main_thread():
        yield stop
        return

    def note(number: int, frame: FrameType | None) -> None:
        stop.set()
        for each in SIGNALS:
            signal.signal(each, signal.SIG_DFL)

    before = {each: signal.signal(each, note) for each in SIGNALS}
    try:
        yield stop
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)

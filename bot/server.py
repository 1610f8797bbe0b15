"""
Running the bot until it is stopped.

uvicorn raises a signal it has handled once more when it is done, which would end the process
before the last answers are out; our handler is in place by then and only notes the wish. The
second signal ends the process at once.
"""

from __future__ import annotations

import logging
import signal
import socket
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import uvicorn
from slack_bolt import App
from starlette.applications import Starlette
from starlette.routing import Route

from bot.alerts.follower import Silent
from bot.app import Bot, build_bot, feed_pages, install_pages, open_state, open_teams
from bot.engine import Engine
from bot.metrics import Metrics
from bot.settings import BotSettings, secret
from bot.state.state import State
from bot.transport.oauth import INSTALL_PATH
from bot.transport.socket_mode import connect, drain, watch
from bot.transport.web import build_web, watching_routes
from index.errors import SettingsError
from index.serving import limited_server

SIGNALS = (signal.SIGTERM, signal.SIGINT)
HANG_UP = 10  # seconds that open HTTP requests get to finish
BETWEEN_LOOKS = 1.0  # seconds
STRANGERS = ("bot.transport.web", "bot.transport.oauth")  # what these log, anybody can cause

log = logging.getLogger(__name__)


def serve(
    index: Engine,
    settings: BotSettings,
    folder: Path | None = None,
    silent: Silent = lambda now: (),
    doors: Sequence[Route] = (),
) -> int:
    """
    Answer questions from *index* until SIGTERM or SIGINT; what was accepted is answered first.

    Args:
        index: the engine.
        settings: the bot's.
        folder: of the index, where its watches are; the bot's own if None.
        silent: lists which sources of articles have fallen silent.
        doors: by which others than Slack ask.

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
        teams = open_teams(settings, state)
        bot = build_bot(
            index,
            settings,
            metrics=metrics,
            executor=executor,
            state=state,
            teams=teams,
            folder=folder,
            silent=silent,
        )
        pages = [*install_pages(settings, state, teams), *doors]
        pages += feed_pages(bot, index, folder or settings.data_dir)
        try:
            bot.start()
            _run(bot, index, metrics, settings, stop, pages)
        finally:
            _finish(bot, state, executor, settings)
    return 0


def _finish(bot: Bot, state: State, executor: Executor, settings: BotSettings) -> None:
    """End what is under way, as far as there is time for it."""
    log.info("stopping: finishing the answers under way")
    executor.shutdown(wait=True)
    if bot.stop(settings.drain):
        state.close()
    else:
        log.warning("stopped with questions under way; the next start answers them")


def serve_doors(doors: Sequence[Route], settings: BotSettings) -> int:
    """
    Answer programs and assistants until SIGTERM or SIGINT, without Slack.

    Args:
        doors: by which they ask.
        settings: name the port, and the address if it is not to be this machine alone.

    Returns:
        The exit code, 0.

    Raises:
        SettingsError: if the port cannot be had.
    """
    alone = settings.model_copy(update={"host": settings.host or "127.0.0.1"})
    with listening(alone) as bound:
        log.info("serving without Slack (no token of it is set) on port %d", bound.getsockname()[1])
        _server(Starlette(routes=list(doors))).run([bound])
    return 0


def _run(
    bot: Bot,
    index: Engine,
    metrics: Metrics,
    settings: BotSettings,
    stop: threading.Event,
    pages: Sequence[Route],
) -> None:
    """Serve over the transport that the settings choose."""
    log.info("serving %s", _served(settings))
    if settings.mode == "socket":
        run_socket(bot.app, index, metrics, settings, stop, bot.fault, pages)
    else:
        run_http(bot.app, index, metrics, settings, stop, pages, bot.fault)


def run_socket(
    app: App,
    index: Engine,
    metrics: Metrics,
    settings: BotSettings,
    stop: threading.Event,
    fault: Callable[[], str] = str,
    pages: Sequence[Route] = (),
) -> None:
    """
    Serve over Socket Mode, with health, numbers and feeds on the port.

    Args:
        app: with all listeners.
        index: asked for its health.
        metrics: the numbers.
        settings: the bot's.
        stop: set when serving is to end.
        fault: says why nothing can be answered.
        pages: served beside health and numbers.

    Raises:
        SettingsError: if Slack refuses the app-level token or cannot be reached.
    """
    log.info("mode: Socket Mode (SLACK_APP_TOKEN is set)")
    handler = connect(app, settings, metrics)
    try:
        routes = watching_routes(index, metrics, fault, handler.stands)
        with watched(Starlette(routes=[*routes, *pages]), settings):
            while not stop.wait(BETWEEN_LOOKS):
                watch(handler)
    finally:
        drain(handler)


@contextmanager
def watched(web: Starlette, settings: BotSettings) -> Iterator[None]:
    """Serve *web* while inside; without the port, which Socket Mode does not need, do without."""
    try:
        bound = listening(settings)
    except SettingsError as exc:
        log.warning("no /healthz and /metrics: %s", exc)
        yield
        return
    server = _server(web)
    thread = threading.Thread(target=server.run, args=([bound],), name="health", daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.should_exit = True
        thread.join(HANG_UP)
        bound.close()


def run_http(
    app: App,
    index: Engine,
    metrics: Metrics,
    settings: BotSettings,
    stop: threading.Event,
    pages: Sequence[Route] = (),
    fault: Callable[[], str] = str,
) -> None:
    """
    Serve over HTTP until a signal.

    Args:
        app: with all listeners.
        index: asked for its health.
        metrics: the numbers.
        settings: the bot's.
        stop: where it is set already, nothing is served.
        pages: served beside Slack's own requests.
        fault: says why nothing can be answered.

    Raises:
        SettingsError: if the port cannot be had.
    """
    with listening(settings) as bound:
        log.info("mode: HTTP on port %d (no SLACK_APP_TOKEN)", bound.getsockname()[1])
        if not stop.is_set():
            http_server(app, index, metrics, settings, pages, fault).run([bound])


def _served(settings: BotSettings) -> str:
    """Word whom the settings let the bot serve."""
    if settings.oauth:
        return f"every workspace that installs the app at {INSTALL_PATH} (OAuth)"
    unused = "; SLACK_CLIENT_ID is not used" if settings.slack_client_id else ""
    return f"the workspace of SLACK_BOT_TOKEN{unused}"


def listening(settings: BotSettings) -> socket.socket:
    """Take the port; SettingsError if it cannot be had."""
    host = settings.listening_on
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, settings.port), family=family)
    except OSError as exc:
        raise SettingsError(
            f"cannot listen on {host} port {settings.port} ({exc.strerror}); stop what "
            "uses it or set PORT to another"
        ) from exc


def http_server(
    app: App,
    index: Engine,
    metrics: Metrics,
    settings: BotSettings,
    pages: Sequence[Route] = (),
    fault: Callable[[], str] = str,
) -> uvicorn.Server:
    """Make the web server, not yet running, with *pages* beside Slack's own requests."""
    signing = secret(settings.slack_signing_secret)
    return _server(build_web(app, index, metrics, signing, pages, fault))


def _server(web: Starlette) -> uvicorn.Server:
    return limited_server(web, drain=HANG_UP, logs=STRANGERS)


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

"""What `serve` offers besides Slack: to those with a token, and to those with a signed link."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from index.admission import Allowance, Guarded, KnownByName, Terms
from index.arrivals.push import push_app
from index.cli.web import reading
from index.cli.web.answers import FAULTS, Answers
from index.cli.web.article import reader_routes
from index.cli.web.document import document, page
from index.core import Index
from index.queue import Queue
from index.settings import IndexSettings

SETTING = "INDEX_API_TOKEN"
# Bytes of a body: the longest draft has room, even with each character as two \uXXXX.
LARGEST = 3_000_000


@contextmanager
def doors(index: Index, settings: IndexSettings) -> Iterator[list[Route]]:
    """Give the routes that the settings open, with the queue of pushed articles while inside."""
    with ExitStack() as stack:
        queue = None
        if settings.api_token is not None and settings.push_token is not None:
            queue = stack.enter_context(closing(Queue(settings.data_dir)))
        yield [*door_routes(index, settings, queue), *reader_routes(index)]


def door_routes(index: Index, settings: IndexSettings, queue: Queue | None = None) -> list[Route]:
    """
    Make the routes; none without a token.

    Args:
        index: is asked from several threads.
        settings: have the tokens, the names of this host, and the most requests a minute.
        queue: takes pushed articles, where a token for that is set; None to take none.
    """
    if settings.api_token is None:
        return []
    terms = Terms(
        token=settings.api_token.get_secret_value().encode(),
        setting=SETTING,
        allowance=Allowance(settings.api_rate),
        largest=LARGEST,
    )
    guarded = {path: Guarded(app, terms) for path, app in _asked(index).items()}
    pushing = queue is not None and settings.push_token is not None
    opened: dict[str, ASGIApp] = {**guarded, **_pages(pushing, assistant="/mcp" in guarded)}
    if queue is not None and pushing:
        pushed = _mounted(push_app(queue, settings))
        opened |= {"/articles": pushed, "/articles/{id:path}": pushed}
    return [Route(path, KnownByName(app, settings.api_hosts)) for path, app in opened.items()]


def _asked(index: Index) -> dict[str, ASGIApp]:
    """Make the applications that need the token, by their paths."""
    answers = Answers(index)
    handlers = {
        "/ask": (answers.reading(reading.ask, reading.ASK), "GET"),
        "/brief": (answers.reading(reading.brief, reading.BRIEF), "GET"),
        "/coverage": (answers.reading(reading.coverage, reading.NONE), "GET"),
        "/people": (answers.reading(reading.people, reading.PEOPLE), "GET"),
        "/people/{name}": (answers.reading(reading.person, reading.NONE), "GET"),
        "/check": (answers.checking(reading.check), "POST"),
    }
    routes = [Route(path, made, methods=[method]) for path, (made, method) in handlers.items()]
    app = _mounted(Starlette(routes=routes, exception_handlers=FAULTS))
    return {**dict.fromkeys(handlers, app), **_assistant(index)}


def _assistant(index: Index) -> dict[str, ASGIApp]:
    """Make the application of assistants; none where the package for it is missing."""
    try:
        from index.cli.assistant.over_http import PATH, assistant_app
    except ModuleNotFoundError:
        return {}
    return {PATH: assistant_app(index)}


def _pages(pushing: bool, assistant: bool) -> dict[str, ASGIApp]:
    """Make the pages that anybody may read."""
    described, shown = document(pushing=pushing), page(pushing=pushing, assistant=assistant)

    async def description(request: Request) -> Response:
        return JSONResponse(described)

    async def front(request: Request) -> Response:
        return HTMLResponse(shown)

    routes = [Route("/", front), Route("/openapi.json", description)]
    app = _mounted(Starlette(routes=routes, exception_handlers=FAULTS))
    return {"/": app, "/openapi.json": app}


def _mounted(app: Starlette) -> ASGIApp:
    """Let *app* route its requests itself, with the addresses of its own routes."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        known = {name: value for name, value in scope.items() if name not in _ROUTED}
        await app(known, receive, send)

    return answer


_ROUTED = ("router", "endpoint", "path_params")

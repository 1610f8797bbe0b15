"""
Answers over HTTP: made once for each generation of the index, and not sent twice to who has them.

The tag of an answer is made of what was asked, the generation of the index, the day (for
"yesterday") and the process (which has its own tables and code), so it is known before the answer
is: who sends it back hears 304 at once.
"""

from __future__ import annotations

import hashlib
import json
import logging
import secrets
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from threading import Lock

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from index.cli.records import Record
from index.cli.web.files import File
from index.cli.web.parameters import Parameters
from index.cli.web.reading import draft_of
from index.core import Index
from index.errors import OnRecordError, QuestionError

KEPT = 500  # answers
LARGEST_KEPT = 200_000  # bytes of one
_HEADERS = {"Cache-Control": "private, no-cache", "X-Content-Type-Options": "nosniff"}

Handler = Callable[[Request], Awaitable[Response]]
Read = Callable[[Index, Parameters], Record | File | None]

log = logging.getLogger(__name__)


class Answers:
    """Answers from an index, the last ones kept."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._process = secrets.token_hex(8)
        self._kept: OrderedDict[str, bytes] = OrderedDict()
        self._lock = Lock()

    def reading(self, read: Read, known: tuple[str, ...]) -> Handler:
        """
        Make the handler of an address that is read.

        Args:
            read: makes the answer; None where there is nothing of that name.
            known: the parameters that it may have.
        """

        async def answer(request: Request) -> Response:
            given = Parameters(request, known)
            return await run_in_threadpool(self._read, request, read, given)

        return answer

    def checking(self, check: Callable[[Index, str], Record]) -> Handler:
        """Make the handler that takes a draft."""

        async def answer(request: Request) -> Response:
            Parameters(request, ())
            draft = draft_of(await request.body(), request.headers.get("content-type", ""))
            return await run_in_threadpool(
                lambda: Response(
                    _body(check(self._index, draft)), headers=_HEADERS, media_type=_JSON
                )
            )

        return answer

    def _read(self, request: Request, read: Read, given: Parameters) -> Response:
        tag = self._tag(request)
        headers = {**_HEADERS, "ETag": tag}
        if tag in _tags(request.headers.get("if-none-match", "")):
            return Response(status_code=304, headers=headers)
        body = self._known(tag)
        if body is None:
            names = {str(name): str(value) for name, value in request.path_params.items()}
            record = read(self._index, given.among(names))
            if record is None:
                raise HTTPException(404, "there is nothing of that name on record")
            if isinstance(record, File):
                return record.response(headers)
            body = _body(record)
            self._keep(tag, body)
        return Response(body, headers=headers, media_type=_JSON)

    def _tag(self, request: Request) -> str:
        parts = (
            self._process,
            str(self._index.store.generation()),
            repr(self._index.outlet_sets()),
            datetime.now(UTC).date().isoformat(),
            request.url.path,
            request.url.query,
        )
        return f'"{hashlib.sha256(chr(0).join(parts).encode()).hexdigest()[:32]}"'

    def _known(self, tag: str) -> bytes | None:
        with self._lock:
            if tag in self._kept:
                self._kept.move_to_end(tag)
            return self._kept.get(tag)

    def _keep(self, tag: str, body: bytes) -> None:
        if len(body) > LARGEST_KEPT:
            return
        with self._lock:
            self._kept[tag] = body
            if len(self._kept) > KEPT:
                self._kept.popitem(last=False)


_JSON = "application/json"


def _body(record: Record) -> bytes:
    return json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode()


def _tags(header: str) -> set[str]:
    return {part.strip().removeprefix("W/") for part in header.split(",")}


async def refusal(request: Request, exc: Exception) -> Response:
    """Answer what is refused with one line."""
    assert isinstance(exc, HTTPException)
    return JSONResponse({"error": exc.detail}, exc.status_code, exc.headers)


async def unclear(request: Request, exc: Exception) -> Response:
    """Answer what cannot be asked."""
    return JSONResponse({"error": str(exc)}, 400)


async def unavailable(request: Request, exc: Exception) -> Response:
    """Answer where the index cannot be read; why is for the log alone."""
    log.error("nothing can be answered: %s", exc)
    reason = "the index cannot be read; ask again later"
    return JSONResponse({"error": reason}, 503, {"Retry-After": "30"})


async def broken(request: Request, exc: Exception) -> Response:
    """Answer where the code is at fault; the server logs the traceback."""
    return JSONResponse({"error": "this could not be answered; the log says why"}, 500)


FAULTS = {
    HTTPException: refusal,
    QuestionError: unclear,
    OnRecordError: unavailable,
    Exception: broken,
}

"""The hook over HTTP: the same request, the same answer, limits, and no state.

Bodies live in memory only. A body that is too large or too slow, a queue that is full and a check that hangs are
answers with a stable code, as everything else is.
"""

from __future__ import annotations

import asyncio
import base64
import hmac
import json
import logging
import time
from collections.abc import AsyncGenerator  # noqa: TC003  starlette's parser takes one
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, NamedTuple

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from disclosure_rules.errors import DisclosureRulesError, ReadError, UsageError
from disclosure_rules.hook.answer import MOST_BYTES, Reply, refusal, reply_of
from disclosure_rules.hook.openapi import openapi

if TYPE_CHECKING:
    from starlette.datastructures import FormData

    from disclosure_rules.hook.workers import Workers

__all__ = ["Limits", "service"]

_LOG = logging.getLogger("disclosure_rules.serve")
_STATUS = {
    "body-too-slow": 408,
    "half-sent": 400,
    "bad-base64": 400,
    "bad-request": 400,
    "json-syntax": 400,
    "internal-error": 500,
    "method-not-allowed": 405,
    "no-token": 401,
    "not-found": 404,
    "path-not-allowed": 403,
    "request-too-large": 413,
    "stopping": 503,
    "too-busy": 429,
    "unknown-profile": 400,
    "unknown-rule": 500,
    "unknown-region": 400,
    "wrong-content-type": 415,
}
_UNREADABLE = 422  # whatever else is wrong is wrong with the document
_FIELDS = ("year", "region", "body", "profile", "as_of")


class Limits(NamedTuple):
    """What a request may cost.

    Attributes:
        bytes: Of a body.
        requests: At work or waiting at one time.
        body_seconds: From the first to the last byte of a body.
        held_bytes: Of all bodies in memory.
    """

    bytes: int = MOST_BYTES
    requests: int = 64
    body_seconds: float = 30.0
    held_bytes: int = 512_000_000


class _Parser(MultiPartParser):
    spool_max_size = MOST_BYTES + 1  # never to the disk


class _Desk:
    """The state of one service: how much is held now, and what is counted."""

    def __init__(self, workers: Workers, count: int, limits: Limits, token: str | None) -> None:
        self.workers = workers
        self.limits = limits
        self.threads = ThreadPoolExecutor(count)
        self._token = token
        self._requests = 0
        self._held = 0
        self.registry = CollectorRegistry()
        self._outcomes = Counter(
            "disclosure_rules_requests", "Requests by outcome.", ["outcome"], registry=self.registry
        )
        self._seconds = Histogram(
            "disclosure_rules_request_seconds", "Seconds of a request.", registry=self.registry
        )
        self._now = Gauge("disclosure_rules_requests_now", "At work or waiting.", registry=self.registry)

    @property
    def has_room(self) -> bool:
        """Whether one more request would be taken."""
        return self._requests < self.limits.requests

    async def answer(self, request: Request) -> Response:
        """The answer to a POST; all that goes wrong is an answer."""
        began = time.perf_counter()
        self._requests += 1
        self._now.set(self._requests)
        held = [0]
        try:
            reply = await self._checked(request, held)
        except DisclosureRulesError as problem:
            reply = reply_of(refusal(problem))
        except asyncio.CancelledError:  # the service ends now, and so does this request
            reply = reply_of(refusal(_stopping()))
        finally:
            self._requests -= 1
            self._held -= held[0]
            self._now.set(self._requests)
        took = time.perf_counter() - began
        self._outcomes.labels(reply.outcome).inc()
        self._seconds.observe(took)
        _LOG.info("%s %.0f ms", reply.outcome, took * 1000)
        return _response(reply)

    async def _checked(self, request: Request, held: list[int]) -> Reply:
        self.authorise(request)
        if self._requests > self.limits.requests:
            raise _busy()
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind not in ("application/json", "multipart/form-data"):
            raise UsageError(
                "请求应为 application/json 或 multipart/form-data",
                "send application/json or multipart/form-data",
                code="wrong-content-type",
            )
        body = await self._body(request, held)
        if kind == "multipart/form-data":
            body = await _from_form(request, body)
        return await asyncio.get_running_loop().run_in_executor(self.threads, self.workers.ask, body)

    async def _body(self, request: Request, held: list[int]) -> bytes:
        told = request.headers.get("content-length", "")
        if told.isascii() and told.isdigit() and (len(told) > 18 or int(told) > self.limits.bytes):  # noqa: PLR2004  more digits than any size has
            raise self._too_large()
        pieces = bytearray()
        try:
            async with asyncio.timeout(self.limits.body_seconds):
                async for piece in request.stream():
                    held[0] += len(piece)
                    self._held += len(piece)
                    if held[0] > self.limits.bytes:
                        raise self._too_large()
                    if self._held > self.limits.held_bytes:
                        raise _busy()
                    pieces += piece
        except TimeoutError as problem:
            seconds = self.limits.body_seconds
            raise ReadError(
                f"请求内容没有在 {seconds:g} 秒内传完",
                f"the body did not arrive within {seconds:g} s",
                code="body-too-slow",
            ) from problem
        except ClientDisconnect as problem:
            raise ReadError("请求没有传完", "the body ended early", code="half-sent") from problem
        return bytes(pieces)

    def _too_large(self) -> ReadError:
        most = self.limits.bytes / 1_000_000
        return ReadError(
            f"请求超过 {most:g} MB", f"the request is larger than {most:g} MB", code="request-too-large"
        )

    def authorise(self, request: Request) -> None:
        """Let pass who has the token, where one is set.

        Raises:
            UsageError: Without it.
        """
        if self._token is None:
            return
        scheme, _, given = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not hmac.compare_digest(
            given.strip().encode(), self._token.encode()
        ):
            raise UsageError(
                "缺少令牌或令牌不对：Authorization: Bearer …",
                "the token is missing or wrong: Authorization: Bearer …",
                code="no-token",
            )


def _stopping() -> ReadError:
    return ReadError(
        "服务正在停止，没有检查；请稍后再试",
        "the service is stopping; nothing was checked; try again later",
        code="stopping",
    )


def _busy() -> ReadError:
    return ReadError("服务繁忙，请稍后再试", "the service is busy; try again later", code="too-busy")


def _response(reply: Reply) -> Response:
    status = _STATUS.get(reply.outcome, _UNREADABLE) if reply.failed else 200
    headers = {"retry-after": "1"} if reply.outcome in {"too-busy", "stopping"} else {}
    if reply.outcome == "no-token":
        headers = {"www-authenticate": "Bearer"}
    return Response(reply.body, status, headers, "application/json")


async def _from_form(request: Request, body: bytes) -> bytes:
    """The hook request that a form stands for: `file`, `previous`, and the fields of the request."""

    async def stream() -> AsyncGenerator[bytes, None]:
        yield body

    try:
        form = await _Parser(request.headers, stream(), max_files=2, max_fields=8).parse()
        values = await _values(form)
    except (MultiPartException, KeyError, ValueError, UnicodeError) as problem:
        raise UsageError("表单无法解析", "the form cannot be parsed", code="bad-request") from problem
    return json.dumps(values).encode()


async def _values(form: FormData) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for name, value in form.multi_items():
        if isinstance(value, str):
            if name not in _FIELDS or name in values:
                raise _no_such_field()
            is_year = name == "year" and value.isascii() and value.isdigit() and len(value) == 4  # noqa: PLR2004  digits of a year
            values[name] = int(value) if is_year else value
            continue
        source = {
            "content": base64.b64encode(await value.read()).decode(),
            "name": value.filename or "content",
        }
        if name == "file" and "content" not in values:
            values.update(source)
        elif name == "previous" and name not in values:
            values[name] = source
        else:
            raise _no_such_field()
    return values


def _no_such_field() -> UsageError:
    return UsageError(
        f"表单字段应为 file、previous（文件）和 {'、'.join(_FIELDS)}，各一次",
        f"the fields of the form are file, previous (files) and {', '.join(_FIELDS)}, once each",
        code="bad-request",
    )


def service(workers: Workers, count: int, *, limits: Limits, token: str | None = None) -> Starlette:
    """The application.

    Args:
        workers: Who checks; whoever runs the application starts and stops them.
        count: How many workers there are.
        limits: What a request may cost.
        token: What a client must show, but for /health and /ready.
    """
    desk = _Desk(workers, count, limits, token)

    async def health(_request: Request) -> Response:
        return JSONResponse({"status": "ok"})

    async def ready(_request: Request) -> Response:
        return JSONResponse({"ready": desk.has_room}, 200 if desk.has_room else 503)

    async def metrics(request: Request) -> Response:
        desk.authorise(request)
        return Response(generate_latest(desk.registry), media_type="text/plain; version=0.0.4")

    async def description(_request: Request) -> Response:
        return JSONResponse(openapi())

    app = Starlette(
        routes=[
            Route("/v1/check", desk.answer, methods=["POST"]),
            Route("/health", health),
            Route("/ready", ready),
            Route("/metrics", metrics),
            Route("/openapi.json", description),
        ],
        exception_handlers={DisclosureRulesError: _told, HTTPException: _no_such},
    )
    app.router.redirect_slashes = False  # by the Host header that the client gave
    return app


async def _told(_request: Request, problem: Exception) -> Response:
    if not isinstance(problem, DisclosureRulesError):
        raise problem
    return _response(reply_of(refusal(problem)))


async def _no_such(_request: Request, problem: Exception) -> Response:
    wrong_method = isinstance(problem, HTTPException) and problem.status_code == 405  # noqa: PLR2004  HTTP's number
    error = UsageError(
        "没有这个地址或方法，见 /openapi.json",
        "there is no such address or method; see /openapi.json",
        code="method-not-allowed" if wrong_method else "not-found",
    )
    response = _response(reply_of(refusal(error)))
    if isinstance(problem, HTTPException):
        response.headers.update(problem.headers or {})
    return response

"""HTTP that waits for nobody for ever: whoever is slow with the head of a request, or sends none, is told and left."""

from __future__ import annotations

from typing import TYPE_CHECKING

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from disclosure_rules.errors import ReadError
from disclosure_rules.hook.answer import refusal, reply_of

if TYPE_CHECKING:
    import asyncio

    from disclosure_rules.errors import DisclosureRulesError

__all__ = ["patient"]


class _Patient(H11Protocol):
    _seconds: float
    _timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._watch()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        self._watch()

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        self._rest()

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002  uvicorn's signature
        self._refuse(
            b"400 Bad Request",
            ReadError("不是正确的 HTTP 请求", "this is no proper HTTP request", code="bad-http"),
        )

    def _watch(self) -> None:
        if self.conn.their_state is not h11.IDLE:
            self._rest()
        elif self._timer is None:
            self._timer = self.loop.call_later(self._seconds, self._give_up)

    def _rest(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _give_up(self) -> None:
        self._refuse(
            b"408 Request Timeout",
            ReadError(
                f"请求头没有在 {self._seconds:g} 秒内传完",
                f"the head of the request did not arrive within {self._seconds:g} s",
                code="head-too-slow",
            ),
        )

    def _refuse(self, status: bytes, problem: DisclosureRulesError) -> None:
        body = reply_of(refusal(problem)).body
        self.transport.write(
            b"HTTP/1.1 %s\r\ncontent-type: application/json\r\ncontent-length: %d\r\nconnection: close\r\n\r\n%s"
            % (status, len(body), body)
        )
        self.transport.close()


def patient(seconds: float) -> type[asyncio.Protocol]:
    """The protocol of a connection on which the head of a request may take so many seconds."""
    return type("Patient", (_Patient,), {"_seconds": seconds})

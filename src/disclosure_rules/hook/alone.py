"""Work in a process of its own, which the system ends when its time is over, whatever it is doing then."""

from __future__ import annotations

import contextlib
import os
import signal
from typing import TYPE_CHECKING

from disclosure_rules.errors import ReadError
from disclosure_rules.ingest.pdf_worker import limit_memory

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

__all__ = ["MOST_MEMORY", "alone", "crashed", "too_slow"]

MOST_MEMORY = 3 * 2**30  # of a process that reads a document: address space; one that wants more is refused


def alone(work: Callable[[], bytes], seconds: float) -> bytes:
    """What `work` returns, within a time and bounded memory.

    A handler of this process would not do: one is run between two steps of Python only, and what it raises a reader may
    take for its own trouble. Where no process can be forked (Windows), `work` is done here, without the bounds.

    Raises:
        ReadError: The time was over, or the process crashed.
    """
    if not hasattr(os, "fork"):
        return work()
    # Whoever started us may have left it so that nobody can wait for a child.
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    ours, theirs = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(ours)
        _done(work, seconds, theirs)
    os.close(theirs)
    _ends_with_us(child)
    with os.fdopen(ours, "rb") as pipe:
        told = pipe.read()
    ended = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if ended == -signal.SIGALRM:
        raise too_slow(seconds)
    if ended != 0:
        raise crashed()
    return told


def _done(work: Callable[[], bytes], seconds: float, out: int) -> None:
    """The life of the process: work, tell, end; nothing of what the other one has open is finished here."""
    ended = 1
    try:
        for number in (signal.SIGALRM, *_stops()):
            signal.signal(number, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGALRM})  # the same goes for what is held back
        signal.setitimer(signal.ITIMER_REAL, seconds)
        limit_memory(MOST_MEMORY)
        told = work()
        with os.fdopen(out, "wb") as pipe:
            pipe.write(told)
        ended = 0
    finally:
        os._exit(ended)


def _ends_with_us(child: int) -> None:
    """Whoever asks us to stop stops the work as well."""

    def stop(number: int, _frame: FrameType | None) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
        os._exit(128 + number)  # as shells tell of a signal

    for number in _stops():
        signal.signal(number, stop)


def _stops() -> list[signal.Signals]:
    """The signals that ask us to stop, but for those that whoever started us wants ignored."""
    return [
        number for number in (signal.SIGINT, signal.SIGTERM) if signal.getsignal(number) is not signal.SIG_IGN
    ]


def too_slow(seconds: float) -> ReadError:
    """The check was stopped."""
    return ReadError(
        f"检查超过 {seconds:g} 秒，已停止",
        f"the check took more than {seconds:g} s and was stopped",
        code="too-slow",
    )


def crashed() -> ReadError:
    """The process that checked is gone."""
    return ReadError(
        "读取这份文件时检查进程异常退出，没有检查；请换一种格式（如 .docx）再试",
        "the process that read this file ended unexpectedly; nothing was checked; try another format",
        code="worker-crashed",
    )

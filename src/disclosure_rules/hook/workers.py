"""Processes that answer requests: one that hangs is stopped, one that crashes is replaced, and both are an answer."""

from __future__ import annotations

import contextlib
import gc
import json
import multiprocessing
import queue
import signal
import threading
from typing import TYPE_CHECKING, NamedTuple

from disclosure_rules.accepted import Accepted
from disclosure_rules.errors import DisclosureRulesError, ReadError
from disclosure_rules.hook.alone import MOST_MEMORY, crashed, too_slow
from disclosure_rules.hook.answer import Desk, Reply, refusal, reply_of
from disclosure_rules.ingest.pdf_worker import limit_memory

if TYPE_CHECKING:
    from collections.abc import Mapping
    from multiprocessing.connection import Connection
    from pathlib import Path

    from disclosure_rules.model.profile import Profile

__all__ = ["Setting", "Workers"]

_START_SECONDS = 60.0
_SPAWN = multiprocessing.get_context("spawn")  # a fork of a process with threads may hang


class Setting(NamedTuple):
    """What every worker judges with; see `Desk`."""

    root: Path | None
    profiles: Mapping[str, Profile]
    packs: tuple[str, ...]
    without: tuple[str, ...]
    accepted: Accepted = Accepted()


class Workers:
    """A fixed number of processes; `ask` may be called from as many threads.

    Args:
        count: How many.
        setting: What they judge with.
        timeout: Seconds that a check may take.
    """

    def __init__(self, count: int, setting: Setting, timeout: float) -> None:
        self._setting = setting
        self._timeout = timeout
        self._stopped = False
        self._free: queue.SimpleQueue[_Worker] = queue.SimpleQueue()
        self._all = [_Worker(setting) for _ in range(count)]
        for worker in self._all:
            self._free.put(worker)

    def start(self) -> None:
        """Start all, and wait until each has its packs loaded.

        Raises:
            ReadError: A worker did not come up, as a pack or a plugin cannot be used; it says why.
        """
        for worker in self._all:
            worker.start()
        for worker in self._all:
            try:
                worker.wait()
            except DisclosureRulesError:
                self.stop()
                raise

    def ask(self, request: bytes) -> Reply:
        """The answer of whichever worker is free first."""
        worker = self._free.get()
        try:
            if self._stopped:  # who waited for a worker is not to have one started
                raise crashed()
            return worker.ask(request, self._timeout)
        except DisclosureRulesError as problem:
            return reply_of(refusal(problem))
        finally:
            self._free.put(worker)

    def stop(self) -> None:
        """End all of them, for good."""
        self._stopped = True
        for worker in self._all:
            worker.stop()


class _Worker:
    def __init__(self, setting: Setting) -> None:
        self._setting = setting
        self._lock = threading.Lock()
        self._pipe: Connection | None = None
        self.process: multiprocessing.process.BaseProcess | None = None

    def start(self) -> None:
        self._pipe, theirs = _SPAWN.Pipe()
        self.process = _SPAWN.Process(target=_work, args=(theirs, self._setting), daemon=True)
        self.process.start()
        theirs.close()  # so that the end of the process is the end of the pipe

    def wait(self) -> None:
        came = self._take(_START_SECONDS)
        if came.failed:
            self.stop()
            told = json.loads(came.body)["error"]
            raise ReadError(told["message"]["zh"], told["message"]["en"], code=told["code"])

    def ask(self, request: bytes, timeout: float) -> Reply:
        with self._lock:
            if self.process is None or not self.process.is_alive():
                self.stop()
                self.start()
                self.wait()
            try:
                if self._pipe is not None:
                    self._pipe.send_bytes(request)
            except OSError as problem:
                self.stop()
                raise crashed() from problem
            return self._take(timeout)

    def stop(self) -> None:
        # The service may stop a worker while a thread waits for its answer, which then ends what is left of it.
        pipe, process = self._pipe, self.process
        self._pipe = self.process = None
        # The end of the process ends the wait of whoever reads from the pipe: it is closed after that.
        if process is not None:
            process.kill()
            process.join()
        if pipe is not None:
            pipe.close()

    def _take(self, timeout: float) -> Reply:
        pipe = self._pipe
        try:
            if pipe is not None and pipe.poll(timeout):
                return Reply(*pipe.recv())
        except (EOFError, OSError) as problem:
            self.stop()
            raise crashed() from problem
        self.stop()
        raise too_slow(timeout)


def _work(pipe: Connection, setting: Setting) -> None:
    """The life of a worker: answer until the service closes the pipe."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)  # the service decides when a check that runs is ended
    limit_memory(MOST_MEMORY)
    desk = Desk(**setting._asdict())
    try:
        desk.ready()
    except DisclosureRulesError as problem:
        with contextlib.suppress(OSError):
            pipe.send(tuple(reply_of(refusal(problem))))
        return
    # What the packs are made of lives as long as the process: no collection needs to walk it again.
    gc.collect()
    gc.freeze()
    with contextlib.suppress(EOFError, OSError):
        pipe.send(("ready", False, b""))
        while True:
            pipe.send(tuple(reply_of(desk.answer(pipe.recv_bytes()))))

"""Our side of the process that reads PDFs: started when it is first needed, ended with its owner, killed when late."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import threading
import weakref
from typing import Any

from disclosure_rules.ingest.pdf_worker import HEADER

__all__ = ["PdfProcess", "WorkerLostError"]

WALL_SECONDS = 60
MOST_ANSWER = 64 * 1024 * 1024
# PDFium and Python keep some memory of every document: a new process once in a while keeps it flat.
DOCUMENTS_A_PROCESS = 500


class WorkerLostError(Exception):
    """The process ended without an answer: `late` when it was killed for taking too long."""

    def __init__(self, *, late: bool) -> None:
        super().__init__(late)
        self.late = late


class PdfProcess:
    """A process that reads one document at a time; callers from several threads wait for each other.

    Args:
        module: What runs in it; see `pdf_worker.serve`.
        wall_seconds: After this a document is given up and the process killed; None for what a PDF gets.
    """

    def __init__(
        self, module: str = "disclosure_rules.ingest.pdf_worker", wall_seconds: float | None = None
    ) -> None:
        self._module = module
        self._wall_seconds = wall_seconds
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._owner = 0
        self._left = 0
        self._end: weakref.finalize[Any, Any] | None = None

    def read(self, data: bytes) -> dict[str, Any]:
        """What `pdf_reading.read` answers for `data`.

        Raises:
            WorkerLostError: The process crashed, went over a limit, or took too long.
        """
        with self._lock:
            process = self._started()
            late = threading.Event()

            def kill() -> None:
                late.set()
                process.kill()

            timer = threading.Timer(self._wall_seconds or WALL_SECONDS, kill)
            timer.start()
            try:
                return _ask(process, data)
            except (OSError, ValueError, EOFError) as problem:
                self._stop()
                raise WorkerLostError(late=late.is_set()) from problem
            finally:
                timer.cancel()

    def _started(self) -> subprocess.Popen[bytes]:
        """The process, a new one where there is none, where it is worn, or where this is a fork of its owner."""
        if self._process is not None and (self._left <= 0 or self._process.poll() is not None):
            self._stop()
        if self._process is None or self._owner != os.getpid():
            paths = os.pathsep.join(path for path in sys.path if path)
            self._process = subprocess.Popen(  # noqa: S603  a module of ours
                [sys.executable, "-P", "-m", self._module],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={**os.environ, "PYTHONPATH": paths},
            )
            self._owner = os.getpid()
            self._left = DOCUMENTS_A_PROCESS
            self._end = weakref.finalize(self, _end, self._process, self._owner)
        self._left -= 1
        return self._process

    def _stop(self) -> None:
        if self._end is not None:
            self._end()
        self._process = None


def _end(process: subprocess.Popen[bytes], owner: int) -> None:
    """End the process, unless it belongs to the process that this one is a fork of."""
    if owner != os.getpid():
        return
    for stream in (process.stdin, process.stdout):
        if stream is not None:
            with contextlib.suppress(OSError):
                stream.close()
    process.kill()
    process.wait()


def _ask(process: subprocess.Popen[bytes], data: bytes) -> dict[str, Any]:
    if process.stdin is None or process.stdout is None:
        raise EOFError
    process.stdin.write(len(data).to_bytes(HEADER, "big"))
    process.stdin.write(data)
    process.stdin.flush()
    header = process.stdout.read(HEADER)
    length = int.from_bytes(header, "big")
    if len(header) < HEADER or length > MOST_ANSWER:
        raise EOFError
    packed = process.stdout.read(length)
    if len(packed) < length:
        raise EOFError
    answer: dict[str, Any] = json.loads(packed)
    return answer

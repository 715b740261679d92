"""The process in which PDFium runs: PDFium is C++ fed with strangers' files, so it may crash or spin without us.

Requests and answers go over standard input and output, each led by its length: a document's bytes in, JSON out.
"""

from __future__ import annotations

import contextlib
import json
import signal
import sys
from typing import TYPE_CHECKING, Any, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["CPU_SECONDS", "HEADER", "MEMORY", "limit_memory", "main", "serve"]

HEADER = 8
CPU_SECONDS = 20
MEMORY = 1024 * 1024 * 1024


def main() -> None:
    """Answer requests until the input ends."""
    import pypdfium2_raw  # noqa: PLC0415  this process alone loads it

    from disclosure_rules.ingest.pdf_reading import read  # noqa: PLC0415  it loads PDFium too

    pypdfium2_raw.FPDF_InitLibrary()
    limit_memory(MEMORY)
    serve(read, sys.stdout.buffer, CPU_SECONDS, MEMORY)


def serve(read: Callable[[bytes], dict[str, Any]], answers: BinaryIO, cpu_seconds: int, memory: int) -> None:
    """Answer each document on standard input by what `read` says of it, until the input ends.

    Args:
        read: Reads a document into values that go through JSON.
        answers: Where the answers go.
        cpu_seconds: What each document may take.
        memory: The limit of this process, for the answer where it is hit.
    """
    # Ctrl-C is for the command; the end of input ends this process.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    requests = sys.stdin.buffer
    while True:
        length = int.from_bytes(_exactly(requests, HEADER), "big")
        if not length:
            return
        _limit_cpu(cpu_seconds)
        try:
            answer = read(_exactly(requests, length))
        except MemoryError:
            answer = {"error": "too-large", "what": "memory", "limit": memory, "page": 0}
        packed = json.dumps(answer).encode()
        answers.write(len(packed).to_bytes(HEADER, "big"))
        answers.write(packed)
        answers.flush()


def _exactly(stream: BinaryIO, length: int) -> bytes:
    """`length` bytes; none where the stream ends before."""
    data = stream.read(length)
    return data if len(data) == length else b""


def limit_memory(most: int) -> None:
    """Let this process take no more than `most` bytes, where the system knows such limits."""
    with contextlib.suppress(ImportError, ValueError, OSError):  # no such limit on this system
        import resource  # noqa: PLC0415  Unix only

        resource.setrlimit(resource.RLIMIT_AS, (most, most))


def _limit_cpu(seconds: int) -> None:
    """Give the next document its seconds; the system kills the process that takes more."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource  # noqa: PLC0415

        usage = resource.getrusage(resource.RUSAGE_SELF)
        _, most = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (int(usage.ru_utime + usage.ru_stime) + seconds + 1, most))


if __name__ == "__main__":
    main()

"""The process in which PDFium runs: PDFium is C++ fed with strangers' files, so it may crash or spin without us.

Requests and answers go over standard input and output, each led by its length: a document's bytes in, JSON out.
"""

from __future__ import annotations

import contextlib
import json
import signal
import sys
from typing import BinaryIO

__all__ = ["CPU_SECONDS", "HEADER", "MEMORY", "main"]

HEADER = 8
CPU_SECONDS = 20
MEMORY = 1024 * 1024 * 1024


def main() -> None:
    """Answer requests until the input ends."""
    import pypdfium2_raw  # noqa: PLC0415  this process alone loads it

    from disclosure_rules.ingest.pdf_reading import read  # noqa: PLC0415  it loads PDFium too

    signal.signal(
        signal.SIGINT, signal.SIG_IGN
    )  # Ctrl-C is for the command; the end of input ends this process
    pypdfium2_raw.FPDF_InitLibrary()
    _limit_memory()
    requests, answers = sys.stdin.buffer, sys.stdout.buffer
    while True:
        length = int.from_bytes(_exactly(requests, HEADER), "big")
        if not length:
            return
        _limit_cpu()
        try:
            answer = read(_exactly(requests, length))
        except MemoryError:
            answer = {"error": "too-large", "what": "memory", "limit": MEMORY, "page": 0}
        packed = json.dumps(answer).encode()
        answers.write(len(packed).to_bytes(HEADER, "big"))
        answers.write(packed)
        answers.flush()


def _exactly(stream: BinaryIO, length: int) -> bytes:
    """`length` bytes; none where the stream ends before."""
    data = stream.read(length)
    return data if len(data) == length else b""


def _limit_memory() -> None:
    with contextlib.suppress(ImportError, ValueError, OSError):  # no such limit on this system
        import resource  # noqa: PLC0415  Unix only

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def _limit_cpu() -> None:
    """Give the next document its seconds; the system kills the process that takes more."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource  # noqa: PLC0415

        usage = resource.getrusage(resource.RUSAGE_SELF)
        _, most = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(
            resource.RLIMIT_CPU, (int(usage.ru_utime + usage.ru_stime) + CPU_SECONDS + 1, most)
        )


if __name__ == "__main__":
    main()

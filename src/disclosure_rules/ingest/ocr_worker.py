"""The process in which characters are recognised in pictures: large libraries on strangers' files, and slow.

It speaks as pdf_worker.py does. It has no network: the models lie in the installed package, and a library that would
rather fetch one cannot.
"""

from __future__ import annotations

import os
import socket
import sys
from typing import NoReturn

from disclosure_rules.ingest.pdf_worker import limit_memory, serve

__all__ = ["CPU_SECONDS", "MEMORY", "main"]

CPU_SECONDS = 900
# The libraries reserve far more than they use: 0.9 GB was used for pages of A4.
MEMORY = 6 * 1024 * 1024 * 1024
_MOST_PIXELS = 50_000_000


def main() -> None:
    """Answer requests until the input ends."""
    # What a library prints must not get between the answers.
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    os.environ["OPENCV_IO_MAX_IMAGE_PIXELS"] = str(_MOST_PIXELS)
    no_network()
    limit_memory(MEMORY)
    from disclosure_rules.ingest.ocr_reading import read  # noqa: PLC0415  it loads what was limited above

    serve(read, answers, CPU_SECONDS, MEMORY)


def no_network() -> None:
    """Let no library of this process reach out."""
    for name in ("connect", "connect_ex", "sendto"):
        setattr(socket.socket, name, _refuse)
    for name in ("create_connection", "getaddrinfo", "gethostbyname"):
        setattr(socket, name, _refuse)


def _refuse(*_arguments: object, **_options: object) -> NoReturn:
    raise OSError("there is no network in this process")


if __name__ == "__main__":
    main()

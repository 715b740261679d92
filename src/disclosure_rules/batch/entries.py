"""What a run keeps of each input, and how it is packed."""

from __future__ import annotations

import zlib
from typing import Any, Literal, NamedTuple

__all__ = ["Entry", "Known", "Part", "Role", "Side", "packed", "unpacked"]

_LEVEL = 1  # of compression: the fastest, which is most of the gain

Side = Literal["now", "previous"]
# Of an input that has been done: the hash of its content, what judged it, whose report it is, and of which year.
Known = tuple[str, str, str | None, int | None]

Role = Literal["main", "joined", "version", "same", "attachment", "alone"]


class Part(NamedTuple):
    """A file that is not judged as it is, since it belongs to a report with others.

    Attributes:
        name: Its path within the batch.
        main: The report it belongs to.
        role: `main`: others were joined to it. `joined`: joined to the report. `version`: differs from the report, and is
            judged with what it lacks of it. `same`: says nothing that the report does not. `attachment`: holds
            nothing of a report. `alone`: tables that nobody knows the report of, which are not judged.
        taken: The keys of the sections and tables that were taken, of the report for a `version`.
    """

    name: str
    main: str
    role: Role
    taken: tuple[str, ...] = ()


class Entry(NamedTuple):
    """One input: what became of it.

    Attributes:
        side: Whether it is a report of this batch, or of the year before.
        name: Its path within the batch.
        sha256: Of its content; empty where it could not be opened.
        run: The fingerprint of everything that judged it.
        status: What became of it; only `checked` has a report.
        verdict: That of its result; None for a report of last year.
        body: The body's name as the report gives it.
        region: GB/T 2260 code.
        kind: The kind of body.
        year: The report year.
        facts: What the rules over the whole batch ask of it, as plain values (`batch.facts`).
        tables: The numbers of its tables as JSON, packed.
        shingles: What its text is compared with other bodies' by, packed (`batch.samples`).
        result: The result as JSON, packed.
        report: The structured report as JSON, packed; None where it was not read.
    """

    side: Side
    name: str
    sha256: str
    run: str
    status: Literal["checked", "unreadable", "too-slow", "crashed"]
    verdict: str | None = None
    body: str | None = None
    region: str | None = None
    kind: str | None = None
    year: int | None = None
    facts: dict[str, Any] = {}  # noqa: RUF012  a NamedTuple's default is never changed
    tables: bytes | None = None
    shingles: bytes | None = None
    result: bytes | None = None
    report: bytes | None = None


def packed(text: str) -> bytes:
    """Text as it is kept: compressed, the same bytes for the same text."""
    return zlib.compress(text.encode(), _LEVEL)


def unpacked(data: bytes) -> str:
    """What `packed` was given."""
    return zlib.decompress(data).decode()

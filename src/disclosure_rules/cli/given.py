"""The reports that a command was given: files, folders, archives, `-`; with a bar for whoever waits for many."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from disclosure_rules.ingest.inputs import Input, inputs, inputs_of_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["each", "given"]


def given(words: Sequence[str]) -> list[Input]:
    """What the words of a command line stand for, in order; `-` is standard input."""
    found: list[Input] = []
    for word in words:
        found += inputs_of_bytes(_standard_input(), "<stdin>") if word == "-" else inputs(Path(word))
    return found


def _standard_input() -> bytes:
    """All of standard input; whoever starts a program may leave it without one."""
    return sys.stdin.buffer.read() if sys.stdin is not None else b""


def each(found: Sequence[Input]) -> Iterator[Input]:
    """The inputs, one by one; of several the progress is shown on a terminal, and nowhere else."""
    quiet = len(found) < 2 or not sys.stderr.isatty()  # noqa: PLR2004  one is no progress
    with click.progressbar(found, file=sys.stderr, hidden=quiet, show_pos=True) as bar:
        yield from bar

"""What a run is over: the files of the paths that were named, and of a manifest, each under a name of its own.

A manifest is an option and never guessed: a text file among the paths is a report, as it is everywhere else.
"""

from __future__ import annotations

import pickle
import zlib
from collections import Counter
from collections.abc import Collection
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from disclosure_rules.errors import ReadError
from disclosure_rules.ingest.inputs import Input, inputs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from disclosure_rules.batch.manifest import Line, Manifest

__all__ = ["Inputs", "gather"]

_TOGETHER = 500  # files whose paths are packed together


class Inputs(Collection[Input]):
    """Inputs in their order. Of files only the paths are kept, packed: there may be a hundred thousand."""

    def __init__(self, given: Iterable[Input]) -> None:
        self._number = 0
        self._chunks: list[bytes | list[Input]] = []
        chunk: list[Input] = []
        for one in given:
            self._number += 1
            chunk.append(one)
            if len(chunk) == _TOGETHER:
                self._keep(chunk)
                chunk = []
        self._keep(chunk)

    def _keep(self, chunk: list[Input]) -> None:
        # What is within an archive is read from there, so that the archive itself is kept.
        files = all(isinstance(one.origin, str) for one in chunk)
        self._chunks.append(zlib.compress(pickle.dumps(chunk), 1) if files else chunk)

    def __iter__(self) -> Iterator[Input]:
        return chain.from_iterable(
            pickle.loads(zlib.decompress(one)) if isinstance(one, bytes) else one  # noqa: S301  our own
            for one in self._chunks
        )

    def __len__(self) -> int:
        return self._number

    def __contains__(self, one: object) -> bool:
        return any(one == other for other in self)


def gather(paths: Sequence[Path], manifest: Manifest | None = None) -> Inputs:
    """The inputs of a run.

    Args:
        paths: Files, folders and archives.
        manifest: A list of more of them.

    Returns:
        Each input once. No two have one name: inputs of several folders begin with the folder's name, and with its
        whole path where two are named alike.
    """
    if manifest is None and len(paths) == 1:
        return Inputs(inputs(paths[0]))  # which have names of their own
    found: dict[str, Input] = {}
    for path, above in zip(paths, _above(paths), strict=True):
        for one in inputs(path):
            _add(found, one._replace(relative=f"{above}{one.relative}"))
    for line in manifest.lines if manifest else ():
        for listed in _of_line(line):
            one = _add(found, listed)
            before = found[one.relative]
            # A line for a file itself says more than one for the folder that it lies in.
            if line.body and (before.body is None or not line.is_folder):
                found[one.relative] = before._replace(body=line.body)
    return Inputs(found.values())


def _add(found: dict[str, Input], one: Input) -> Input:
    """Put an input among the others, by its whole path where another file has its name; the input as it is called."""
    before = found.get(one.relative)
    if before is not None and Path(before.name).resolve() != Path(one.name).resolve():
        one = one._replace(relative=Path(one.name).absolute().as_posix().strip("/"))
    found.setdefault(one.relative, one)
    return one


def _of_line(line: Line) -> Iterator[Input]:
    """The inputs of one line, named as the manifest names them."""
    if isinstance(line.path, ReadError):
        yield Input(line.name, line.name, line.path)
        return
    above = f"{line.name}/" if line.is_folder else f"{line.name.rpartition('/')[0]}/".lstrip("/")
    for one in inputs(line.path):
        yield one._replace(relative=f"{above}{one.relative}", body=line.body)


def _above(paths: Sequence[Path]) -> list[str]:
    """What the names of each path's inputs begin with: nothing for a file named as no other."""
    names = Counter(path.resolve().name for path in paths)
    above = []
    for path in paths:
        only = names[path.resolve().name] == 1
        whole = path.resolve().as_posix().strip("/")
        if path.is_dir():
            above.append(f"{path.resolve().name if only else whole}/")
        else:
            above.append("" if only else f"{whole.rpartition('/')[0]}/")
    return above

"""What a run is over: the files of the paths that were named, and of a manifest, each under a name of its own.

A manifest is an option and never guessed: a text file among the paths is a report, as it is everywhere else.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from disclosure_rules.errors import ReadError
from disclosure_rules.ingest.inputs import Input, inputs

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from disclosure_rules.batch.manifest import Line, Manifest

__all__ = ["gather"]


def gather(paths: Sequence[Path], manifest: Manifest | None = None) -> list[Input]:
    """The inputs of a run.

    Args:
        paths: Files, folders and archives.
        manifest: A list of more of them.

    Returns:
        Each input once. No two have one name: inputs of several folders begin with the folder's name, and with its
        whole path where two are named alike.
    """
    found: dict[str, Input] = {}
    for path, above in zip(paths, _above(paths, alone=manifest is None), strict=True):
        for one in inputs(path):
            _add(found, one._replace(relative=f"{above}{one.relative}"))
    for line in manifest.lines if manifest else ():
        for listed in _of_line(line):
            one = _add(found, listed)
            before = found[one.relative]
            # A line for a file itself says more than one for the folder that it lies in.
            if line.body and (before.body is None or not line.is_folder):
                found[one.relative] = before._replace(body=line.body)
    return list(found.values())


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


def _above(paths: Sequence[Path], *, alone: bool) -> list[str]:
    """What the names of each path's inputs begin with: nothing where it is the only one, or a file named as no other."""
    if alone and len(paths) == 1:
        return [""]
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

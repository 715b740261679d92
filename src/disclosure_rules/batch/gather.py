"""What a run is over: the files of the paths that were named, and of a manifest, each under a name of its own.

A manifest is an option and never guessed: a text file among the paths is a report, as it is everywhere else.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from disclosure_rules.errors import ReadError
from disclosure_rules.ingest.inputs import Input, inputs

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

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
    for path, above in zip(paths, _above(paths), strict=True):
        for one in inputs(path):
            name = f"{above}{one.relative}"
            found.setdefault(name, one._replace(relative=name))
    for line in manifest.lines if manifest else ():
        for one in _of_line(line):
            before = found.setdefault(one.relative, one)
            # A line for a file itself says more than one for the folder that it lies in.
            if line.body and (before.body is None or not line.is_folder):
                found[one.relative] = before._replace(body=line.body)
    return list(found.values())


def _of_line(line: Line) -> Iterator[Input]:
    """The inputs of one line, named as the manifest names them."""
    if isinstance(line.path, ReadError):
        yield Input(line.name, line.name, line.path)
        return
    above = f"{line.name}/" if line.is_folder else f"{line.name.rpartition('/')[0]}/".lstrip("/")
    for one in inputs(line.path):
        yield one._replace(relative=f"{above}{one.relative}", body=line.body)


def _above(paths: Sequence[Path]) -> list[str]:
    """What the names of each path's inputs begin with: nothing where it is the only one, or a file named as no other."""
    if len(paths) == 1:
        return [""]
    names = Counter(path.resolve().name for path in paths)
    above = []
    for path in paths:
        alone = names[path.resolve().name] == 1
        whole = path.resolve().as_posix().strip("/")
        if path.is_dir():
            above.append(f"{path.resolve().name if alone else whole}/")
        else:
            above.append("" if alone else f"{whole.rpartition('/')[0]}/")
    return above

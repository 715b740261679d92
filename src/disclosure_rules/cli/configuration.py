"""`disclosure-rules.toml`: the choices of an office, found upward from the working directory.

Only the command reads it; the library does what its caller says.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from disclosure_rules.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["FILE", "Configuration", "configuration"]

FILE = "disclosure-rules.toml"
_KEYS = ("packs", "no-packs")
_MOST_BYTES = 1_000_000


class Configuration(NamedTuple):
    """What the file states.

    Attributes:
        packs: Packs that judge besides those that a report's region selects: ids, or folders beside the file.
        no_packs: Ids of packs that do not judge.
    """

    packs: tuple[str, ...] = ()
    no_packs: tuple[str, ...] = ()


def configuration(start: Path | None = None) -> Configuration:
    """The nearest configuration at or above a folder; without a file, nothing is stated.

    Args:
        start: The folder to begin in; None for the working directory.

    Raises:
        UsageError: The file is not as it must be.
    """
    folder = (start or Path.cwd()).absolute()
    file = next((place / FILE for place in (folder, *folder.parents) if (place / FILE).is_file()), None)
    return Configuration() if file is None else _read(file)


def _read(file: Path) -> Configuration:
    import tomllib  # noqa: PLC0415  only where there is a file

    try:
        with file.open("rb") as stream:
            stated = tomllib.loads(stream.read(_MOST_BYTES).decode("utf-8"))
    except (OSError, ValueError, RecursionError) as problem:
        raise _error(file, f"不能读取（{problem}）", f"it cannot be read ({problem})") from problem
    for key in stated:
        if key not in _KEYS:
            raise _error(
                file,
                f"没有「{key[:60]}」这个键，可用的有 {'、'.join(_KEYS)}",
                f"there is no key '{key[:60]}'; known are {', '.join(_KEYS)}",
            )
    packs = (_located(file, name) for name in _names(file, stated, "packs"))
    return Configuration(tuple(packs), _names(file, stated, "no-packs"))


def _names(file: Path, stated: Mapping[str, Any], key: str) -> tuple[str, ...]:
    names = stated.get(key, [])
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise _error(
            file,
            f'{key} 应是一列文字，如 {key} = ["./cn-gd-foshan"]',
            f'{key} is a list of strings: {key} = ["./cn-gd-foshan"]',
        )
    return tuple(names)


def _located(file: Path, name: str) -> str:
    """A folder beside the file as a path from anywhere; an id as it is."""
    folder = file.parent / name
    return str(folder) if (folder / "pack.yaml").is_file() else name


def _error(file: Path, zh: str, en: str) -> UsageError:
    return UsageError(f"{file}：{zh}", f"{file}: {en}", code="bad-configuration")

"""`disclosure-rules.toml`: the choices of an office, found upward from the working directory.

Only the command reads it; the library does what its caller says.
"""

from __future__ import annotations

import re
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from pydantic import ValidationError

from disclosure_rules.errors import UsageError
from disclosure_rules.foreign import shape_words, system_words
from disclosure_rules.model.profile import PROFILES, Profile

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["FILE", "Configuration", "configuration", "no_profile"]

FILE = "disclosure-rules.toml"
_KEYS = ("packs", "no-packs", "profile", "profiles", "office")
_MOST_BYTES = 1_000_000
_LINE = re.compile(r"line (\d+)")


class Configuration(NamedTuple):
    """What the file states.

    Attributes:
        packs: Packs that judge besides those that a report's region selects: ids, or folders beside the file.
        no_packs: Ids of packs that do not judge.
        profile: The name of the profile of a run that names none.
        profiles: Profiles of the office by name, each a table that may begin from another one (`from`).
        office: The name of the office, which signs the letters of a batch.
    """

    packs: tuple[str, ...] = ()
    no_packs: tuple[str, ...] = ()
    profile: str = "default"
    profiles: Mapping[str, Profile] = MappingProxyType({})
    office: str | None = None


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
    except OSError as problem:
        zh, en = system_words(problem)
        raise _error(file, f"不能读取（{zh}）", f"it cannot be read ({en})") from problem
    except (ValueError, RecursionError) as problem:
        found = _LINE.search(str(problem))
        where = f"第 {found[1]} 行" if found else ""
        raise _error(
            file,
            f"不能读取：{where}不是正确的 TOML，请检查引号、方括号和等号，并存为 UTF-8",
            f"it cannot be read: it is no TOML ({problem}); check quotes, brackets and =, and save it as UTF-8",
        ) from problem
    for key in stated:
        if key not in _KEYS:
            raise _error(
                file,
                f"没有「{key[:60]}」这个键，可用的有 {'、'.join(_KEYS)}",
                f"there is no key '{key[:60]}'; known are {', '.join(_KEYS)}",
            )
    packs = (_located(file, name) for name in _names(file, stated, "packs"))
    profile = stated.get("profile", "default")
    profiles = _profiles(file, stated.get("profiles", {}))
    if profile not in {*PROFILES, *profiles}:
        raise _error(file, *no_profile(str(profile), profiles))
    office = stated.get("office")
    if office is not None and not isinstance(office, str):
        raise _error(
            file,
            'office 应是机关名称，如 office = "长子县人民政府办公室"',
            "office is the name of the office",
        )
    return Configuration(tuple(packs), _names(file, stated, "no-packs"), profile, profiles, office)


def no_profile(name: str, profiles: Mapping[str, Profile]) -> tuple[str, str]:
    """That there is no such profile, in Chinese and in English, with those that there are."""
    known = [*PROFILES, *(one for one in profiles if one not in PROFILES)]
    return (
        f"没有名为「{name[:60]}」的检查方案，可用的有：{'、'.join(known)}",
        f"there is no profile '{name[:60]}'; known are: {', '.join(known)}",
    )


def _profiles(file: Path, stated: Any) -> dict[str, Profile]:  # noqa: ANN401  plain data
    """The profiles of the file; one begins from the shipped or earlier one that its `from` names."""
    found: dict[str, Profile] = {}
    tables = stated if isinstance(stated, dict) else {"": stated}
    for name, table in tables.items():
        if not name or not isinstance(table, dict):
            raise _error(
                file,
                "方案写作 [profiles.名称] 下的表",
                "a profile is a table under [profiles.name]",
            )
        values = dict(table)
        base = {**PROFILES, **found}.get(str(values.pop("from", "default")))
        if base is None:
            raise _error(file, *no_profile(str(table["from"]), found))
        known = Profile.model_fields.keys() - {"name"}
        for key in values:
            if key not in known:
                raise _error(
                    file,
                    f"方案 {name} 没有「{key[:60]}」这个键，可用的有 {'、'.join(sorted(known))}",
                    f"profile {name} has no key '{key[:60]}'; known are {', '.join(sorted(known))}",
                )
        merged = {**base.model_dump(), **values, "name": name}
        for key in ("ignore", "levels"):  # what the base leaves out stays left out
            merged[key] = [*base.model_dump()[key], *values.get(key, [])]
        try:
            found[name] = Profile.model_validate(merged)
        except ValidationError as problem:
            raise _error(file, *_mistakes(name, problem)) from problem
    return found


def _mistakes(name: str, problem: ValidationError) -> tuple[str, str]:
    """What is wrong with a profile, in Chinese and in English."""
    zh, en = [], []
    for error in problem.errors(include_url=False, include_input=False):
        place = ".".join(map(str, error["loc"]))
        says = shape_words(error)
        zh.append(f"{place}：{says[0]}")
        en.append(f"{place}: {says[1]}")
    return f"方案 {name} 有误：{'；'.join(zh)}", f"profile {name}: {'; '.join(en)}"


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
    return UsageError(zh, en, place=str(file), code="bad-configuration")

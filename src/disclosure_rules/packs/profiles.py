"""Profiles that a pack brings (`profiles/<name>.yaml`), such as a city's marking scheme; asked for as `cn-fj/<name>`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from disclosure_rules.errors import UsageError
from disclosure_rules.model.profile import Profile
from disclosure_rules.packs.content import PackContent
from disclosure_rules.packs.find import find_packs

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from disclosure_rules.errors import PackError

__all__ = ["examine_profiles", "pack_profile"]


def pack_profile(folders: Iterable[Path], name: str) -> Profile:
    """The profile `pack/name` of one of the packs in some folders.

    Raises:
        UsageError: There is none.
        PackError: Its file is not as it must be.
    """
    pack, _, own = name.partition("/")
    folder = find_packs(folders).get(pack)
    content = PackContent(folder) if folder is not None else None
    known = {source.path.stem: source for source in content.profiles()} if content else {}
    if own not in known:
        told = "、".join(f"{pack}/{one}" for one in known) or "无"
        raise UsageError(
            f"规则包没有检查方案「{name[:60]}」，可用的有：{told}",
            f"no pack has the profile '{name[:60]}'; known are: {told}",
            code="unknown-profile",
        )
    problems: list[PackError] = []
    profile = known[own].model(Profile, known[own].data, problems)
    if profile is None or problems:
        raise problems[0]
    return profile


def examine_profiles(content: PackContent) -> list[PackError]:
    """The mistakes of a pack's profiles: their form, and that each is named for its place."""
    problems: list[PackError] = []
    for source in content.profiles():
        profile = source.model(Profile, source.data, problems)
        due = f"{content.name}/{source.path.stem}"
        if profile is not None and profile.name != due:
            zh, en = f"方案名应是「{due}」", f"the name is '{due}'"
            problems.append(source.error("id-not-path", zh, en, ("name",)))
    return problems

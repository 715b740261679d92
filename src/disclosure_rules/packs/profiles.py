"""Profiles that a pack brings (`profiles/<name>.yaml`), such as a city's marking scheme; asked for as `cn-fj/<name>`."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from disclosure_rules.errors import UsageError
from disclosure_rules.model.profile import PROFILES, Profile
from disclosure_rules.packs.content import PackContent
from disclosure_rules.packs.find import find_packs
from disclosure_rules.packs.source import suggestion

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from disclosure_rules.errors import PackError

__all__ = ["examine_profiles", "fitting", "pack_profile"]

_SHIPPED = {one.rule for profile in PROFILES.values() for one in profile.ignore}


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


def fitting(profile: Profile, rule_ids: Callable[[], Iterable[str]]) -> Profile:
    """The profile, each of whose ids and patterns is that of a rule: one that fits none would do nothing, and in silence.

    Args:
        profile: The profile.
        rule_ids: Gives the ids of all rules; asked only where the profile says something of its own.

    Raises:
        UsageError: An id or a pattern fits no rule.
    """
    stated = {
        *profile.select,
        *(one.rule for one in profile.ignore),
        *(one.rule for one in profile.levels),
        *(rule for item in (profile.scoring.items if profile.scoring else ()) for rule in item.rules),
    }
    own = sorted(stated - _SHIPPED)
    ids = sorted(rule_ids()) if own else []
    for pattern in own:
        if not any(fnmatchcase(rule, pattern) for rule in ids):
            zh, en = suggestion(pattern, ids)
            raise UsageError(
                f"检查方案 {profile.name} 中的「{pattern[:100]}」不是任何规则{zh or '；rules list 列出全部规则'}",
                f"'{pattern[:100]}' of the profile {profile.name} is no rule{en or '; `rules list` lists them all'}",
                code="unknown-rule",
            )
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

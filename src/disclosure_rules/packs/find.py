"""Where packs are, without loading any."""

from __future__ import annotations

from typing import TYPE_CHECKING

from disclosure_rules.errors import PackError
from disclosure_rules.foreign import system_words

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

__all__ = ["find_packs"]


def find_packs(folders: Iterable[Path]) -> dict[str, Path]:
    """The packs in some folders: pack id → its folder, sorted by id.

    A pack's id is the name of its folder; a folder `cn-sx@2026.1` holds a former or future version, which is found under
    that name and judges only where it is asked for.

    Args:
        folders: Packs (folders with a `pack.yaml`), or folders that hold packs.

    Raises:
        PackError: A folder does not exist or holds no pack; a folder beside packs has rules but no
            `pack.yaml`; two packs have one id.
    """
    found: dict[str, Path] = {}
    for folder in folders:
        for pack in _packs_in(folder):
            other = found.setdefault(pack.name, pack)
            if other.resolve() != pack.resolve():
                raise PackError(
                    f"规则包「{pack.name}」有两个：{other} 和 {pack}，请只保留一个或改名",
                    f"there are two packs '{pack.name}': {other} and {pack}; keep one or rename one",
                    place=str(pack),
                    code="duplicate-pack",
                )
    return dict(sorted(found.items()))


def _packs_in(folder: Path) -> list[Path]:
    try:
        return _listed(folder)
    except OSError as problem:
        zh, en = system_words(problem)
        raise PackError(
            f"无法读取文件夹（{zh}）",
            f"the folder cannot be read ({en})",
            place=str(folder),
            code="unreadable-file",
        ) from problem


def _listed(folder: Path) -> list[Path]:
    if (folder / "pack.yaml").is_file():
        return [folder.absolute()]
    if not folder.is_dir():
        raise PackError(
            "没有这个规则包文件夹，请检查路径",
            "there is no such folder of rule packs; check the path",
            place=str(folder),
            code="no-such-folder",
        )
    packs = []
    for inner in sorted(folder.iterdir()):
        if (inner / "pack.yaml").is_file():
            packs.append(inner.absolute())
        elif inner.is_dir() and (any(inner.glob("*.yaml")) or any(inner.glob("*/*.yaml"))):
            raise PackError(
                "文件夹中有规则，但没有 pack.yaml，其中的规则不会运行，请补上 pack.yaml",
                "the folder has rules but no pack.yaml, so that none of them would run; add one",
                place=str(inner),
                code="no-manifest",
            )
    if not packs:
        raise PackError(
            "文件夹中没有规则包（含 pack.yaml 的文件夹）",
            "there is no rule pack in this folder (a folder with a pack.yaml)",
            place=str(folder),
            code="no-pack",
        )
    return packs

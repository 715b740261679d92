"""Where packs are, and which of them a report needs, without loading any."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from disclosure_rules.errors import PackError
from disclosure_rules.packs.applying import covers
from disclosure_rules.packs.load import load_manifest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

__all__ = ["find_packs", "packs_for"]

_REGIONS = re.compile(r"^regions:(.*)$", re.MULTILINE)
# `["14", "1404"]`, and nothing else on the line: whatever is written otherwise is parsed.
_PLAIN_CODES = re.compile(r'\s*\[\s*"[0-9]{2,6}"(?:\s*,\s*"[0-9]{2,6}")*\s*\]\s*')


def find_packs(folders: Iterable[Path]) -> dict[str, Path]:
    """The packs in some folders: pack id → its folder, sorted by id.

    A pack's id is the name of its folder; `load_manifest` refuses a pack that says otherwise.

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


def packs_for(found: Mapping[str, Path], region: str | None) -> tuple[str, ...]:
    """The ids of the packs that a report of `region` needs, not yet with those they extend.

    A pack that is for everywhere is always needed. A pack whose `regions:` stand on one line, as all shipped
    ones do, is not parsed for this: a run does not pay for the provinces that it has nothing to do with.

    Args:
        found: What `find_packs` found.
        region: GB/T 2260 code, or None where it is not known: only packs for everywhere are needed then.

    Raises:
        PackError: A `pack.yaml` that had to be parsed is broken.
    """
    needed = []
    for pack, folder in found.items():
        codes = _codes(folder)
        if not codes or (region is not None and covers(codes, region)):
            needed.append(pack)
    return tuple(needed)


def _codes(folder: Path) -> tuple[str, ...]:
    try:
        lines = _REGIONS.findall((folder / "pack.yaml").read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError):
        lines = []  # the loader has the sentence for it
    if len(lines) == 1 and _PLAIN_CODES.fullmatch(lines[0]):
        return tuple(re.findall(r"[0-9]+", lines[0]))
    return load_manifest(folder).regions

"""Packs as the rest of the library gets them: all of a pack or nothing, the first mistake raised."""

from __future__ import annotations

from typing import TYPE_CHECKING

from disclosure_rules.errors import PackError
from disclosure_rules.packs.parts import place_of, read_examples, read_layouts, read_manifest
from disclosure_rules.packs.read import read_pack
from disclosure_rules.packs.source import read_source

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from disclosure_rules.model.pack import PackManifest, RulePack
    from disclosure_rules.model.rule import Examples
    from disclosure_rules.packs.examine import Checks
    from disclosure_rules.packs.parts import LayoutFile

__all__ = ["load_examples", "load_layouts", "load_manifest", "load_pack"]


def load_pack(
    folder: Path,
    inherited: Sequence[RulePack] = (),
    *,
    layouts: Mapping[Path, LayoutFile] | None = None,
    checks: Checks | None = None,
) -> RulePack:
    """Load a pack, all of it or nothing.

    Args:
        folder: The folder with the `pack.yaml`.
        inherited: The packs that it extends, base first.
        layouts: What `load_layouts` gave for this folder, where it was asked before.
        checks: The verbs that rules may call; None leaves verbs and their params unchecked.

    Raises:
        PackError: The first mistake, by place, and how many more there are.
    """
    pack, problems, _ = read_pack(folder, inherited, layouts=layouts, checks=checks)
    if pack is None or problems:
        first, more = problems[0], len(problems) - 1
        if not more:
            raise first
        raise PackError(
            f"{first.zh}（规则包另有 {more} 处错误）",
            f"{first.en} (and {more} more in this pack)",
            place=first.place,
            code=first.code,
        )
    return pack


def load_manifest(folder: Path) -> PackManifest:
    """What a pack is and for whom, without its rules.

    Raises:
        PackError: `pack.yaml` is missing or broken.
    """
    problems: list[PackError] = []
    manifest, _ = read_manifest(folder, problems)
    if manifest is None or problems:
        raise problems[0]
    return manifest


def load_layouts(folder: Path) -> dict[Path, LayoutFile]:
    """The layouts of a pack by file, for those who need them before the rules.

    What their `basis` cites is checked by `load_pack`.

    Raises:
        PackError: A file is no layout.
    """
    problems: list[PackError] = []
    layouts = read_layouts(folder, problems)
    if problems:
        raise problems[0]
    return layouts


def load_examples(path: Path) -> Examples:
    """The examples of a rule, which `load_pack` leaves unparsed.

    Args:
        path: The rule's file (`RulePack.files`).

    Raises:
        PackError: They are not as a rule's examples must be.
    """
    problems: list[PackError] = []
    examples = read_examples(
        read_source(path, place_of(path, path.parent.parent), cut_examples=True), problems
    )
    if problems:
        raise problems[0]
    return examples

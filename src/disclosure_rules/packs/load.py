"""Packs as the rest of the library gets them: all of a pack or nothing, the first mistake raised."""

from __future__ import annotations

from typing import TYPE_CHECKING

from disclosure_rules.errors import PackError
from disclosure_rules.packs.read import place_of, read_examples, read_manifest, read_pack
from disclosure_rules.packs.source import Source, read_source, suggestion

if TYPE_CHECKING:
    from pathlib import Path
    from collections.abc import Iterable, Mapping, Sequence
    from disclosure_rules.model.pack import PackManifest, RulePack
    from disclosure_rules.model.rule import Examples
    from disclosure_rules.packs.examine import Checks, KnownValues

__all__ = ["load_examples", "load_manifest", "load_pack", "load_packs"]


def load_pack(
    folder: Path,
    *,
    inherited: Sequence[RulePack] = (),
    checks: Checks | None = None,
    known_values: KnownValues | None = None,
) -> RulePack:
    """Load a pack, all of it or nothing.

    Args:
        folder: The folder with the `pack.yaml`.
        inherited: The packs that it extends, base first.
        checks: The verbs that rules may call; None leaves verbs and their params unchecked.
        known_values: What the messages of rules that call a verb may show, by verb. None, here or for a verb:
            anything.

    Raises:
        PackError: The first mistake, by place, and how many more there are.
    """
    pack, problems, _ = read_pack(folder, inherited=inherited, checks=checks, known_values=known_values)
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


def load_packs(
    ids: Iterable[str],
    found: Mapping[str, Path],
    *,
    loaded: Iterable[RulePack] = (),
    checks: Checks | None = None,
    known_values: KnownValues | None = None,
) -> tuple[RulePack, ...]:
    """Load packs with all that they extend, each once, base first.

    Args:
        ids: Ids of packs.
        found: What `find_packs` found.
        loaded: Packs loaded before, which are not loaded again.
        checks: See `load_pack`.
        known_values: See `load_pack`.

    Raises:
        PackError: A pack is unknown, extends itself by way of others, or is broken.
    """
    have = {pack.manifest.id: pack for pack in loaded}
    order: dict[str, RulePack] = {}
    for wanted in ids:
        chain: list[RulePack] = []
        for pack in reversed(_chain(wanted, found, have)):
            if pack not in have:
                have[pack] = load_pack(found[pack], inherited=chain, checks=checks, known_values=known_values)
            chain.append(have[pack])
            order[pack] = have[pack]
    return tuple(order.values())


def _chain(wanted: str, found: Mapping[str, Path], have: Mapping[str, RulePack]) -> list[str]:
    """`wanted`, the pack it extends, and so on to the base."""
    if wanted not in found:
        raise _unknown_pack(wanted, found)
    chain = [wanted]
    while True:
        folder = found[chain[-1]]
        manifest = have[chain[-1]].manifest if chain[-1] in have else load_manifest(folder)
        base = manifest.extends
        if base is None:
            return chain
        if base in chain or base not in found:
            source = read_source(folder / "pack.yaml", place_of(folder / "pack.yaml", folder))
            if base not in found:
                raise _unknown_pack(base, found, source)
            circle = " → ".join([*chain[chain.index(base) :], base])
            raise source.error(
                "circular-extends",
                f"规则包互相继承，成了循环：{circle}",
                f"the packs extend each other in a circle: {circle}",
                ("extends",),
            )
        chain.append(base)


def _unknown_pack(wanted: str, found: Mapping[str, Path], source: Source | None = None) -> PackError:
    zh, en = suggestion(wanted, found)
    words = (
        f"没有「{wanted[:60]}」这个规则包，可用的有 {'、'.join(found)}{zh}",
        f"there is no pack '{wanted[:60]}'; known are {', '.join(found)}{en}",
    )
    if source is None:
        return PackError(*words, code="unknown-pack")
    return source.error("unknown-pack", *words, ("extends",))


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

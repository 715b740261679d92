"""The packs at hand: found by folder, loaded when a report needs them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from disclosure_rules.errors import PackError
from disclosure_rules.packs.load import PackContent, load_content, load_examples
from disclosure_rules.packs.resolve import resolve

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from disclosure_rules.hookspecs import Check
    from disclosure_rules.model.body import BodyKind
    from disclosure_rules.model.layout import Layout
    from disclosure_rules.model.pack import RulePack, RuleSet
    from disclosure_rules.model.rule import Examples

__all__ = ["Library", "find_packs"]

NATIONAL = "cn"

# First two digits of GB/T 2260 → ISO 3166-2, after which a province's pack is named (cn-sx).
_PROVINCES = {
    "11": "bj",
    "12": "tj",
    "13": "he",
    "14": "sx",
    "15": "nm",
    "21": "ln",
    "22": "jl",
    "23": "hl",
    "31": "sh",
    "32": "js",
    "33": "zj",
    "34": "ah",
    "35": "fj",
    "36": "jx",
    "37": "sd",
    "41": "ha",
    "42": "hb",
    "43": "hn",
    "44": "gd",
    "45": "gx",
    "46": "hi",
    "50": "cq",
    "51": "sc",
    "52": "gz",
    "53": "yn",
    "54": "xz",
    "61": "sn",
    "62": "gs",
    "63": "qh",
    "64": "nx",
    "65": "xj",
}


def find_packs(folders: Iterable[Path]) -> dict[str, Path]:
    """The packs in `folders`, each a pack or a folder of packs, by id.

    Raises:
        PackError: Two folders hold a pack of the same id.
    """
    found: dict[str, Path] = {}
    for folder in folders:
        here = [folder] if (folder / "pack.yaml").is_file() else sorted(folder.glob("*/"))
        for pack in here:
            if not (pack / "pack.yaml").is_file():
                continue
            if pack.name in found and found[pack.name].resolve() != pack.resolve():
                raise PackError(
                    f"规则包「{pack.name}」在两处都有：{found[pack.name]} 和 {pack}，请去掉一处",
                    f"the pack '{pack.name}' is in two places: {found[pack.name]} and {pack}; remove one",
                    place=str(pack),
                    code="duplicate-pack",
                )
            found[pack.name] = pack
    return found


class Library:
    """Finds, loads and resolves packs; each is loaded once, when first needed.

    Args:
        folders: Where packs are: folders of a pack, or folders that hold packs.
        asked: Packs that shall judge besides those that a report's region selects: ids, or folders of a pack.
        without: Ids of packs that shall not judge.

    Raises:
        PackError: A pack asked for does not exist.
    """

    def __init__(
        self, folders: Iterable[Path], asked: Sequence[str | Path] = (), without: Sequence[str] = ()
    ) -> None:
        places = [Path(item) for item in asked if (Path(item) / "pack.yaml").is_file()]
        self._folders = find_packs([*folders, *places])
        self._asked = tuple(
            Path(item).resolve().name if Path(item) in places else str(item) for item in asked
        )
        self._without = frozenset(without)
        self._loaded: dict[str, RulePack] = {}
        for pack in (*self._asked, *sorted(self._without)):
            if pack not in self._folders:
                raise PackError(
                    f"没有规则包「{pack}」，可用的有：{'、'.join(self._folders)}",
                    f"there is no pack '{pack}'; known are: {', '.join(self._folders)}",
                    place=pack,
                    code="unknown-pack",
                )

    @property
    def national(self) -> Path:
        """The folder of the national pack, which also holds the regions."""
        return self._folders[NATIONAL]

    @property
    def layouts(self) -> Mapping[str, Layout]:
        """The national layouts, by id."""
        return self._pack(NATIONAL, ()).layouts

    def every(self) -> tuple[RulePack, ...]:
        """All packs, loaded, those that others build on first."""
        return self._chain(sorted(self._folders))

    def examples(self, rule: str) -> Examples:
        """The examples of a rule.

        Raises:
            KeyError: No pack has the rule.
        """
        pack = self._pack(rule.split("/", 1)[0], ())
        return load_examples(Path(pack.files[rule]))

    def lint(self, wanted: frozenset[str], checks: Mapping[str, Check]) -> list[PackError]:
        """Everything wrong with the packs in `wanted`, or with all packs where it is empty."""
        from disclosure_rules.packs.lint import lint_pack  # noqa: PLC0415  authors need it, reports do not

        problems: list[PackError] = []
        for pack in self.every():
            if wanted and pack.manifest.id not in wanted:
                continue
            parents = self._lineage(pack.manifest.id, ())[:-1]
            problems += lint_pack(pack, parents, checks)
        return problems

    def resolve(
        self, *, layout: str | None, year: int | None, region: str | None, body: BodyKind | None
    ) -> RuleSet:
        """What is in force for a report: the national pack, its province's, those asked for and their parents."""
        wanted = [NATIONAL]
        province = f"cn-{_PROVINCES.get(region[:2], '')}" if region else ""
        if province in self._folders:
            wanted.append(province)
        wanted += self._asked
        return resolve(
            self._chain(wanted), without=self._without, layout=layout, year=year, region=region, body=body
        )

    def _chain(self, wanted: Iterable[str]) -> tuple[RulePack, ...]:
        chain: dict[str, RulePack] = {}
        for name in wanted:
            for pack in self._lineage(name, ()):
                chain.setdefault(pack.manifest.id, pack)
        return tuple(chain.values())

    def _lineage(self, name: str, below: tuple[str, ...]) -> tuple[RulePack, ...]:
        pack = self._pack(name, below)
        parent = pack.manifest.extends
        return (*self._lineage(parent, (*below, name)), pack) if parent else (pack,)

    def _pack(self, name: str, below: tuple[str, ...]) -> RulePack:
        if name in below:
            circle = " → ".join((*below, name))
            raise PackError(
                f"规则包互相继承，形成循环：{circle}",
                f"packs extend each other in a circle: {circle}",
                place=name,
                code="cyclic-extends",
            )
        if name not in self._folders:
            raise PackError(
                f"规则包「{below[-1] if below else name}」继承的「{name}」不存在",
                f"'{name}', which '{below[-1] if below else name}' extends, does not exist",
                place=name,
                code="unknown-pack",
            )
        if name not in self._loaded:
            content = PackContent(self._folders[name])
            parent = content.manifest.extends
            inherited = self._lineage(parent, (*below, name)) if parent else ()
            self._loaded[name] = load_content(content, inherited)
        return self._loaded[name]

"""The packs at hand: found by folder, loaded when a report needs them."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from disclosure_rules.errors import PackError
from disclosure_rules.packs.content import PackContent
from disclosure_rules.packs.find import find_packs
from disclosure_rules.packs.load import load_content, load_examples
from disclosure_rules.packs.naming import ROOMS
from disclosure_rules.packs.resolve import resolve
from disclosure_rules.packs.source import suggestion

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from disclosure_rules.errors import ExpressionError
    from disclosure_rules.hookspecs import Check
    from disclosure_rules.model.body import BodyKind
    from disclosure_rules.model.layout import Layout
    from disclosure_rules.model.pack import RulePack, RuleSet
    from disclosure_rules.model.rule import Examples

__all__ = ["Library"]

NATIONAL = "cn"

# First digits of GB/T 2260 → ISO 3166-2, after which a province's pack is named (cn-sx). The cities of the Production and
# Construction Corps, 6590 within Xinjiang, report within the Corps.
_PROVINCES = {
    "6590": "xpcc",
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


def _province_pack(region: str) -> str | None:
    """The id of the pack for a GB/T 2260 code; None for a code of no province."""
    short = _PROVINCES.get(region[:4]) or _PROVINCES.get(region[:2])
    return f"cn-{short}" if short else None


class Library:
    """Finds, loads and resolves packs; each is loaded once, when first needed.

    Args:
        folders: Where packs are: folders of a pack, or folders that hold packs.
        asked: Packs that shall judge besides those that a report's region selects: ids, or folders of a pack. `cn@2026.1`
            is that version of a pack, which takes the place of the current one.
        without: Ids of packs that shall not judge.
        checks: The verbs at hand, by name; None where rules shall not be held against them.

    Raises:
        PackError: A pack asked for does not exist.
    """

    def __init__(
        self,
        folders: Iterable[Path],
        asked: Sequence[str | Path] = (),
        without: Sequence[str] = (),
        *,
        checks: Mapping[str, Check] | None = None,
    ) -> None:
        places = [Path(item) for item in asked if (Path(item) / "pack.yaml").is_file()]
        found = find_packs([*folders, *places])
        self._folders = {name: folder for name, folder in found.items() if "@" not in name}
        self._frozen = {name: folder for name, folder in found.items() if "@" in name}
        self._without = frozenset(without)
        self._checks = checks
        self._contents: dict[str, PackContent] = {}
        self._loaded: dict[str, RulePack] = {}
        self._asked = tuple(
            self._settled(Path(item).resolve().name if Path(item) in places else str(item)) for item in asked
        )
        for pack in (*self._asked, *sorted(self._without)):
            if pack not in self._folders:
                raise PackError(*self._no_pack(pack), place=pack, code="unknown-pack")

    @property
    def national(self) -> Path:
        """The folder of the national pack, which also holds the regions."""
        return self._folders[NATIONAL]

    @property
    def layouts(self) -> Mapping[str, Layout]:
        """The national layouts, by id."""
        return self._pack(NATIONAL, ()).layouts

    @property
    def digest(self) -> str:
        """The SHA-256 of the content of every pack at hand: what may judge a report."""
        contents = [(name, self._content(name).digest) for name in sorted(self._folders)]
        return hashlib.sha256(repr((contents, self._asked, sorted(self._without))).encode()).hexdigest()

    def rule_ids(self) -> frozenset[str]:
        """The ids of the rules of all packs at hand, by the names of their files: nothing is loaded."""
        return frozenset(
            f"{name}/{path.parent.name}/{path.stem}"
            for name, folder in self._folders.items()
            for path in folder.glob("*/*.y*ml")
            if path.parent.name in ROOMS
        )

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

    def located(self, mistake: ExpressionError) -> PackError:
        """A mistake in an expression of a rule, `<id of the rule>:<field>`, with its file and line."""
        rule, _, field = mistake.place.partition(":")
        pack, _, name = rule.partition("/")
        source = self._content(pack).source(f"{name}.yaml")
        if source is None:
            return PackError(mistake.zh, mistake.en, place=mistake.place, code=mistake.code)
        return source.error(mistake.code, mistake.zh, mistake.en, tuple(field.split(".", 1)))

    def lint(self, wanted: frozenset[str] = frozenset()) -> list[PackError]:
        """Everything wrong with the packs in `wanted`, or with all packs where it is empty.

        Raises:
            PackError: A pack in `wanted` does not exist.
        """
        from disclosure_rules.packs.lint import lint_pack  # noqa: PLC0415  authors need it, reports do not

        problems: list[PackError] = []
        for name in sorted(wanted or self._folders):
            if name not in self._folders:
                raise PackError(*self._no_pack(name), place=name, code="unknown-pack")
            try:
                above = self._above(name, ())
            except PackError as problem:
                problems.append(problem)
            else:
                problems += lint_pack(self._content(name), above, self._checks or {})
        return list({(problem.place, problem.en): problem for problem in problems}.values())

    def resolve(
        self,
        *,
        layout: str | None,
        year: int | None,
        region: str | None,
        body: BodyKind | None,
        as_of: date | None = None,
    ) -> RuleSet:
        """What is in force for a report: the national pack, its province's, those asked for and their parents.

        Args:
            layout: Id of the report's form.
            year: Its year.
            region: GB/T 2260 code of its body's region.
            body: Kind of its body.
            as_of: The day whose state of the law is asked; None for all that the packs know.
        """
        wanted = [NATIONAL]
        province = _province_pack(region) if region else None
        if province in self._folders:
            wanted.append(province)
        wanted += self._asked
        return resolve(
            self._chain(wanted),
            without=self._without,
            layout=layout,
            year=year,
            region=region,
            body=body,
            as_of=as_of,
        )

    def chain(self, pack: str) -> tuple[RulePack, ...]:
        """A pack with those that it builds on, loaded, base first.

        Raises:
            PackError: It does not exist or is broken.
        """
        name = self._settled(pack)
        if name not in self._folders:
            raise PackError(*self._no_pack(name), place=name, code="unknown-pack")
        return self._lineage(name, ())

    def _settled(self, asked: str) -> str:
        """The id of a pack asked for; where it is asked for in a version, that version becomes the one at hand."""
        name, at, version = asked.partition("@")
        if not at:
            return name
        if asked in self._frozen:
            self._folders[name] = self._frozen[asked]
            return name
        manifest = self._content(name).manifest if name in self._folders else None
        if manifest is None or manifest.version != version:
            versions = [other for other in self._frozen if other.startswith(f"{name}@")]
            known = "、".join([*versions, *([f"{name}@{manifest.version}"] if manifest else [])])
            raise PackError(
                f"没有规则包「{asked[:60]}」这个版本，可用的有：{known or '无'}",
                f"there is no version '{asked[:60]}'; known are: {known or 'none'}",
                place=asked[:60],
                code="unknown-version",
            )
        return name

    def _chain(self, wanted: Iterable[str]) -> tuple[RulePack, ...]:
        chain: dict[str, RulePack] = {}
        for name in wanted:
            for pack in self._lineage(name, ()):
                chain.setdefault(pack.manifest.id, pack)
        return tuple(chain.values())

    def _lineage(self, name: str, below: tuple[str, ...]) -> tuple[RulePack, ...]:
        return (*self._above(name, below), self._pack(name, below))

    def _above(self, name: str, below: tuple[str, ...]) -> tuple[RulePack, ...]:
        """The packs that a pack extends, base first; `below` are those that led here."""
        manifest = self._content(name).manifest
        if manifest is None:
            raise self._content(name).problems[0]
        parent = manifest.extends
        if parent is None:
            return ()
        path = (*below, name)
        if parent in path:
            circle = " → ".join((*path[path.index(parent) :], parent))
            raise self._extends(
                name,
                "cyclic-extends",
                f"规则包互相继承，形成循环：{circle}",
                f"packs extend each other in a circle: {circle}",
            )
        if parent not in self._folders:
            raise self._extends(name, "unknown-pack", *self._no_pack(parent))
        return self._lineage(parent, path)

    def _pack(self, name: str, below: tuple[str, ...]) -> RulePack:
        if name not in self._loaded:
            above = self._above(name, below)
            self._loaded[name] = load_content(self._content(name), above, checks=self._checks)
        return self._loaded[name]

    def _content(self, name: str) -> PackContent:
        if name not in self._contents:
            self._contents[name] = PackContent(self._folders[name])
        return self._contents[name]

    def _extends(self, pack: str, code: str, zh: str, en: str) -> PackError:
        source = self._content(pack).source("pack.yaml")
        return (
            source.error(code, zh, en, ("extends",)) if source else PackError(zh, en, place=pack, code=code)
        )

    def _no_pack(self, name: str) -> tuple[str, str]:
        zh, en = suggestion(name, self._folders)
        return (
            f"没有规则包「{name[:60]}」，可用的有：{'、'.join(self._folders)}{zh}",
            f"there is no pack '{name[:60]}'; known are: {', '.join(self._folders)}{en}",
        )

"""A folder → a pack and all its mistakes.

Everything is looked at before anything is refused, so that `lint_pack` can list every mistake and `load_pack`
raise the first.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, NamedTuple

from disclosure_rules.errors import PackError
from disclosure_rules.model.pack import Instrument, Override, PackManifest, RulePack
from disclosure_rules.model.rule import Rule
from disclosure_rules.model.text import Frozen
from disclosure_rules.packs.applying import covers
from disclosure_rules.packs.effective import combine
from disclosure_rules.packs.examine import Surroundings, examine_override, examine_rule, examine_supersedes
from disclosure_rules.packs.examine_layout import examine_layout
from disclosure_rules.packs.naming import ROOMS
from disclosure_rules.packs.parts import LayoutFile, place_of, read_layouts, read_manifest
from disclosure_rules.packs.source import Source, read_source, suggestion

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from disclosure_rules.model.layout import Layout
    from disclosure_rules.packs.examine import Checks

__all__ = ["OverridesFile", "PackReading", "read_pack"]

_FILES = ("instruments.yaml", "overrides.yaml", "pack.yaml")
_YAML = (".yaml", ".yml")


class OverridesFile(Frozen):
    """`overrides.yaml`: everything that a pack changes in the rules it inherits, one entry a rule."""

    overrides: tuple[Override, ...]


class PackReading(NamedTuple):
    """A pack as far as it could be read.

    `pack` holds what is right of it, and is None where its manifest cannot be read. `problems` are sorted by
    place. `sources` maps the ids of its rules to their files.
    """

    pack: RulePack | None
    problems: tuple[PackError, ...]
    sources: Mapping[str, Source]


def read_pack(
    folder: Path,
    inherited: Sequence[RulePack] = (),
    *,
    layouts: Mapping[Path, LayoutFile] | None = None,
    checks: Checks | None = None,
) -> PackReading:
    """Read a pack; arguments as for `load_pack`. Mistakes are collected, none is raised."""
    problems: list[PackError] = []
    manifest, source = read_manifest(folder, problems)
    if manifest is None or source is None:
        return PackReading(None, tuple(problems), {})
    reader = _Reader(folder, manifest, inherited, problems)
    reader.digest(source)
    reader.examine_lineage(source)
    pack = reader.read(read_layouts(folder, problems) if layouts is None else layouts, checks)
    return PackReading(pack, tuple(sorted(problems, key=_by_place)), reader.sources)


def _by_place(problem: PackError) -> tuple[str, int, int, str]:
    """A sort key: file, line, column, sentence."""
    file, *numbers = problem.place.split(":")
    line, column = (int(number) for number in (*numbers, "0", "0")[:2])
    return file, line, column, problem.en


class _Reader:
    """The files of one pack, read once each."""

    def __init__(
        self, folder: Path, manifest: PackManifest, inherited: Sequence[RulePack], problems: list[PackError]
    ) -> None:
        self.folder = folder
        self.manifest = manifest
        self.inherited = inherited
        self.problems = problems
        self.sources: dict[str, Source] = {}
        self._hashes: list[str] = []

    def digest(self, source: Source) -> None:
        """Let a file count in the pack's `sha256`, by its name within the pack."""
        name = source.path.relative_to(self.folder).as_posix()
        self._hashes.append(f"{name} {hashlib.sha256((source.text + source.rest).encode()).hexdigest()}")

    def examine_lineage(self, source: Source) -> None:
        """`extends` names the pack that was handed in, and this pack stays within that one's regions."""
        base = self.inherited[-1].manifest if self.inherited else None
        if self.manifest.extends != (base.id if base else None):
            self.problems.append(
                source.error(
                    "unknown-pack",
                    f"继承的规则包「{self.manifest.extends}」没有一起载入",
                    f"the pack '{self.manifest.extends}' that this one extends is not loaded with it",
                    ("extends",),
                )
            )
        for index, code in enumerate(self.manifest.regions):
            if base is not None and base.regions and not covers(base.regions, code):
                self.problems.append(
                    source.error(
                        "outside-regions",
                        f"「{code[:20]}」不在所继承的规则包 {base.id} 的范围（{'、'.join(base.regions)}）内",
                        f"'{code[:20]}' is outside the regions of {base.id} ({', '.join(base.regions)})",
                        ("regions", index),
                    )
                )

    def read(self, layout_files: Mapping[Path, LayoutFile], checks: Checks | None) -> RulePack:
        """Everything but the manifest."""
        above = self.inherited
        instruments = self._instruments()
        registry = {key: one for pack in above for key, one in pack.instruments.items()} | instruments
        layouts = self._layouts(layout_files, registry)
        forms = {key: one for pack in above for key, one in pack.layouts.items()} | layouts
        around = Surroundings(self.manifest, registry, forms, combine(above), checks)
        rules = self._rules(around, {rule for pack in above for rule in pack.rules})
        return RulePack.model_construct(
            manifest=self.manifest,
            instruments=instruments,
            layouts=layouts,
            rules=rules,
            overrides=self._overrides(around),
            files={rule: str(source.path) for rule, source in self.sources.items()},
            sha256=hashlib.sha256("\n".join(sorted(self._hashes)).encode()).hexdigest(),
        )

    def _rule_files(self) -> Iterator[Path]:
        """The files of rules; whatever looks like a file of a pack and would not be read is a mistake."""
        for entry in self._entries(self.folder):
            if entry.is_dir():
                yield from self._room(entry)
            elif entry.suffix.lower() in _YAML and entry.name not in _FILES:
                zh, en = suggestion(entry.name, _FILES)
                self._stray(
                    entry,
                    f"规则包中只读取 {'、'.join(_FILES)} 和下级文件夹中的规则{zh}",
                    f"of a pack only {', '.join(_FILES)} and the rules in folders are read{en}",
                )

    def _room(self, room: Path) -> Iterator[Path]:
        if room.name not in (*ROOMS, "layouts") and any(room.rglob("*.yaml")):
            zh, en = suggestion(room.name, ROOMS)
            self._stray(
                room,
                f"没有「{room.name[:60]}」这个规则文件夹，可用的有 {'、'.join(ROOMS)}{zh}",
                f"there is no room '{room.name[:60]}'; rooms are {', '.join(ROOMS)}{en}",
                code="unknown-room",
            )
            return
        for path in self._entries(room):
            if path.is_dir() and any(path.rglob("*.yaml")):
                self._stray(
                    path, "规则文件只能直接放在规则文件夹中", "rules lie directly in a room, not deeper"
                )
            elif path.suffix.lower() in _YAML and path.suffix != ".yaml":
                self._stray(path, "规则包的文件名以 .yaml 结尾", "the files of a pack end in .yaml")
            elif path.suffix == ".yaml" and room.name != "layouts":
                yield path

    def _entries(self, folder: Path) -> list[Path]:
        try:
            return sorted(path for path in folder.iterdir() if not path.name.startswith("."))
        except OSError as problem:
            self._stray(
                folder,
                f"无法读取文件夹（{problem.strerror}）",
                f"the folder cannot be read ({problem.strerror})",
            )
            return []

    def _stray(self, path: Path, zh: str, en: str, code: str = "stray-file") -> None:
        self.problems.append(PackError(zh, en, place=place_of(path, self.folder), code=code))

    def _source(self, path: Path, *, cut_examples: bool = False) -> Source | None:
        try:
            source = read_source(path, place_of(path, self.folder), cut_examples=cut_examples)
        except PackError as problem:
            self.problems.append(problem)
            return None
        self.digest(source)
        return source

    def _instruments(self) -> dict[str, Instrument]:
        path = self.folder / "instruments.yaml"
        found: dict[str, Instrument] = {}
        source = self._source(path) if path.exists() else None
        if source is None:
            return found
        for key, data in source.data.items():
            owner = next((pack.manifest.id for pack in self.inherited if key in pack.instruments), None)
            if owner is not None:
                self._taken(source, key, owner)
            if isinstance(data, dict):
                if "id" in data:
                    self.problems.append(
                        source.error(
                            "unknown-key",
                            "编号就是上面的键，请删去 id",
                            "the key above is the id; remove `id`",
                            (key, "id"),
                            key=True,
                        )
                    )
                data = {**data, "id": key}  # noqa: PLW2901  the entry as the model has it
            instrument = source.model(Instrument, data, self.problems, (key,))
            if instrument is not None:
                found[key] = instrument
        return found

    def _taken(self, source: Source, key: str, owner: str) -> None:
        self.problems.append(
            source.error(
                "duplicate-id",
                f"「{key[:60]}」在继承的规则包 {owner} 中已有，请删去或改名",
                f"'{key[:60]}' is in the inherited pack {owner}; remove it or rename it",
                (key,) if key in source.data else ("id",),
                key=True,
            )
        )

    def _layouts(
        self, files: Mapping[Path, LayoutFile], registry: Mapping[str, Instrument]
    ) -> dict[str, Layout]:
        found: dict[str, Layout] = {}
        for path, (source, layout) in files.items():
            self.digest(source)
            owner = next((pack.manifest.id for pack in self.inherited if layout.id in pack.layouts), None)
            if owner is not None:
                self._taken(source, layout.id, owner)
            self.problems += examine_layout(source, layout, path.stem, registry)
            found[layout.id] = layout
        return found

    def _rules(self, around: Surroundings, known: set[str]) -> dict[str, Rule]:
        found: dict[str, Rule] = {}
        for path in self._rule_files():
            source = self._source(path, cut_examples=True)
            if source is None:
                continue
            due = f"{self.manifest.id}/{path.parent.name}/{path.stem}"
            if "examples" in source.data:
                self.problems.append(
                    source.error(
                        "examples-not-last",
                        "examples 必须是文件的最后一个键，在行首写「examples:」",
                        "`examples` must be the last key of the file: write `examples:` at the start of a line",
                        ("examples",),
                        key=True,
                    )
                )
                continue
            rule = source.model(Rule, source.data, self.problems)
            if rule is None:
                continue
            self.problems += examine_rule(source, rule, due, around)
            self.sources[due] = source
            found[due] = rule
        for due, rule in found.items():
            self.problems += examine_supersedes(self.sources[due], rule, known | found.keys())
        return found

    def _overrides(self, around: Surroundings) -> tuple[Override, ...]:
        path = self.folder / "overrides.yaml"
        source = self._source(path) if path.exists() else None
        if source is None:
            return ()
        file = source.model(OverridesFile, source.data, self.problems)
        first: dict[str, int] = {}
        for index, override in enumerate(file.overrides if file else ()):
            if override.rule in first:
                line = source.line(("overrides", first[override.rule]))
                self.problems.append(
                    source.error(
                        "duplicate-override",
                        f"第 {line} 行已调整了规则「{override.rule[:80]}」，请合并为一项",
                        f"'{override.rule[:80]}' is already changed in line {line}; make it one entry",
                        ("overrides", index, "rule"),
                    )
                )
                continue
            first[override.rule] = index
            self.problems += examine_override(source, override, index, around)
        return file.overrides if file else ()

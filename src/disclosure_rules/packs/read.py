"""A folder → a pack and all its mistakes.

Everything is looked at before anything is refused, so that `lint_pack` can list every mistake and `load_pack`
raise the first.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from disclosure_rules.model.layout import Layout
from disclosure_rules.model.pack import Instrument, Override, PackManifest, RulePack
from disclosure_rules.model.quantities import Vocabulary
from disclosure_rules.model.rule import Rule
from disclosure_rules.model.text import Frozen
from disclosure_rules.packs.applying import covers
from disclosure_rules.packs.effective import combine
from disclosure_rules.packs.examine import (
    Surroundings,
    examine_override,
    examine_registry,
    examine_rule,
    examine_supersedes,
)
from disclosure_rules.packs.examine_layout import examine_layout
from disclosure_rules.packs.examine_quantities import examine_quantities

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from disclosure_rules.errors import PackError
    from disclosure_rules.packs.content import PackContent
    from disclosure_rules.packs.examine import Checks
    from disclosure_rules.packs.source import Source

__all__ = ["OverridesFile", "PackReading", "read_pack"]


_PLACE = re.compile(r"(.*):([0-9]+):([0-9]+)", re.DOTALL)
# Mistakes told of one rule or layout, and entries of instruments.yaml and overrides.yaml that may be wrong.
_MOST_TOLD = 20


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
    content: PackContent, inherited: Sequence[RulePack] = (), *, checks: Checks | None = None
) -> PackReading:
    """Read a pack; arguments as for `load_content`. Mistakes are collected, none is raised."""
    manifest, source = content.manifest, content.source("pack.yaml")
    reader = _Reader(content, inherited)
    pack = None
    if manifest is not None and source is not None:
        reader.examine_lineage(manifest, source)
        pack = reader.read(manifest, checks)
    problems = sorted((*content.problems, *reader.problems), key=_by_place)
    return PackReading(pack, tuple(problems), reader.sources)


def _by_place(problem: PackError) -> tuple[str, int, int, str]:
    """A sort key: file, line, column, sentence."""
    found = _PLACE.fullmatch(problem.place)
    file, line, column = found.groups() if found else (problem.place, 0, 0)
    return file, int(line), int(column), problem.en


class _Reader:
    """Makes the models of one pack and holds them against each other."""

    def __init__(self, content: PackContent, inherited: Sequence[RulePack]) -> None:
        self.content = content
        self.inherited = inherited
        self.problems: list[PackError] = []
        self.sources: dict[str, Source] = {}

    def _take(self, problems: Iterable[PackError]) -> None:
        self.problems += islice(problems, _MOST_TOLD)

    def examine_lineage(self, manifest: PackManifest, source: Source) -> None:
        """`extends` names the pack that was handed in, and this pack stays within that one's regions."""
        base = self.inherited[-1].manifest if self.inherited else None
        if manifest.extends != (base.id if base else None):
            self.problems.append(
                source.error(
                    "unknown-pack",
                    f"继承的规则包「{manifest.extends}」没有一起载入",
                    f"the pack '{manifest.extends}' that this one extends is not loaded with it",
                    ("extends",),
                )
            )
        for index, code in enumerate(manifest.regions):
            if base is not None and base.regions and not covers(base.regions, code):
                self.problems.append(
                    source.error(
                        "outside-regions",
                        f"「{code[:20]}」不在所继承的规则包 {base.id} 的范围（{'、'.join(base.regions)}）内",
                        f"'{code[:20]}' is outside the regions of {base.id} ({', '.join(base.regions)})",
                        ("regions", index),
                    )
                )

    def read(self, manifest: PackManifest, checks: Checks | None) -> RulePack:
        """Everything but the manifest."""
        above = self.inherited
        instruments = self._instruments()
        registry = {key: one for pack in above for key, one in pack.instruments.items()} | instruments
        listed = self.content.source("instruments.yaml")
        if listed is not None:
            self._take(examine_registry(listed, instruments, registry))
        layouts = self._layouts(registry)
        forms = {key: one for pack in above for key, one in pack.layouts.items()} | layouts
        around = Surroundings(manifest, registry, forms, combine(above), checks)
        rules = self._rules(around, {rule for pack in above for rule in pack.rules})
        return RulePack.model_construct(
            manifest=manifest,
            instruments=instruments,
            layouts=layouts,
            rules=rules,
            overrides=self._overrides(around),
            vocabulary=self._vocabulary(forms),
            files={rule: str(source.path) for rule, source in self.sources.items()},
            sha256=self.content.digest,
        )

    def _instruments(self) -> dict[str, Instrument]:
        found: dict[str, Instrument] = {}
        source = self.content.source("instruments.yaml")
        if source is None:
            return found
        before = len(self.problems)
        for key, data in source.data.items():
            if len(self.problems) > before + _MOST_TOLD:
                break
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

    def _layouts(self, registry: Mapping[str, Instrument]) -> dict[str, Layout]:
        found: dict[str, Layout] = {}
        for source in self.content.layouts():
            layout = source.model(Layout, source.data, self.problems)
            if layout is None:
                continue
            owner = next((pack.manifest.id for pack in self.inherited if layout.id in pack.layouts), None)
            if owner is not None:
                self._taken(source, layout.id, owner)
            self._take(examine_layout(source, layout, source.path.stem, registry))
            found[layout.id] = layout
        return found

    def _rules(self, around: Surroundings, known: set[str]) -> dict[str, Rule]:
        found: dict[str, Rule] = {}
        for source in self.content.rules():
            due = f"{self.content.name}/{source.path.parent.name}/{source.path.stem}"
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
            self._take(examine_rule(source, rule, due, around))
            self.sources[due] = source
            found[due] = rule
        every = known | found.keys()
        for due, rule in found.items():
            self._take(examine_supersedes(self.sources[due], rule, every))
        return found

    def _vocabulary(self, forms: Mapping[str, Layout]) -> Vocabulary | None:
        source = self.content.source("quantities.yaml")
        if source is None:
            return None
        owner = next((pack.manifest.id for pack in self.inherited if pack.vocabulary is not None), None)
        if owner is not None:
            self.problems.append(
                source.error(
                    "duplicate-id",
                    f"继承的规则包 {owner} 已有 quantities.yaml，一份报告只用一份",
                    f"the inherited pack {owner} has a quantities.yaml already, and a report is read by one",
                )
            )
        vocabulary = source.model(Vocabulary, source.data, self.problems)
        if vocabulary is not None:
            self._take(examine_quantities(source, vocabulary, forms))
        return vocabulary

    def _overrides(self, around: Surroundings) -> tuple[Override, ...]:
        source = self.content.source("overrides.yaml")
        if source is None:
            return ()
        file = source.model(OverridesFile, source.data, self.problems)
        first: dict[str, int] = {}
        before = len(self.problems)
        for index, override in enumerate(file.overrides if file else ()):
            if len(self.problems) > before + _MOST_TOLD:
                break
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
            self._take(examine_override(source, override, index, around))
        return file.overrides if file else ()

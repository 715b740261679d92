"""The whole flow on one screen: input → Report → RuleSet → CheckResult."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from disclosure_rules.checks.context import CheckContext
from disclosure_rules.engine import assemble, build_program, run
from disclosure_rules.errors import UsageError
from disclosure_rules.identify import Overrule, identify
from disclosure_rules.ingest.recognise import recognise
from disclosure_rules.ingest.sniff import read_bytes, read_file
from disclosure_rules.ingest.structured import build_from_mapping, build_report
from disclosure_rules.model.document import Document
from disclosure_rules.model.profile import Profile
from disclosure_rules.packs import Library
from disclosure_rules.plugins import Plugins
from disclosure_rules.regions import RegionIndex

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from disclosure_rules.engine import Program
    from disclosure_rules.errors import PackError
    from disclosure_rules.hookspecs import Check, Formatter
    from disclosure_rules.model.document import StructuredInput
    from disclosure_rules.model.layout import Layout
    from disclosure_rules.model.pack import RulePack, RuleSet
    from disclosure_rules.model.report import Report
    from disclosure_rules.model.result import CheckResult
    from disclosure_rules.model.rule import Examples

__all__ = ["Checker", "Overrule", "Source", "check", "load_report"]

# A file, its bytes, or plain values by schemas/report.schema.json.
Source = Path | str | bytes | Mapping[str, Any]
_NOTHING = Overrule()


class Checker:
    """Checks reports with the same packs and choices; packs are loaded once and rules compiled once.

    A Checker may be used from several threads: what it keeps is only ever added to.

    Args:
        packs: Packs beside those that the report's region selects: ids, or folders of a pack.
        without: Ids of packs that shall not judge.
        profile: The choices of the run.
        plugins: The plugins of the run; None for the installed ones.
        as_of: The day on which the state of the law is asked; None where rules shall not ask.

    Raises:
        PackError, PluginError: A pack or a plugin cannot be used.
    """

    def __init__(
        self,
        *,
        packs: Sequence[str | Path] = (),
        without: Sequence[str] = (),
        profile: Profile | None = None,
        plugins: Plugins | None = None,
        as_of: date | None = None,
    ) -> None:
        self._plugins = plugins or Plugins()
        self._library = Library(self._plugins.pack_folders, packs, without, checks=self._plugins.checks)
        self._regions = RegionIndex.load(self._library.national)
        self._profile = profile or Profile()
        self._as_of = as_of
        self._rule_sets: dict[tuple[object, ...], RuleSet] = {}
        self._programs: dict[tuple[object, ...], Program] = {}

    @property
    def layouts(self) -> Mapping[str, Layout]:
        """The known forms of the report, by id."""
        return self._library.layouts

    def formatter(self, name: str) -> Formatter:
        """The formatter with this name.

        Raises:
            UsageError: There is none.
        """
        formatters = self._plugins.formatters
        if name not in formatters:
            raise UsageError(
                f"没有名为「{name}」的输出格式，可用的有：{'、'.join(formatters)}",
                f"there is no output format '{name}'; known are: {', '.join(formatters)}",
                code="unknown-format",
            )
        return formatters[name]

    def verb(self, name: str) -> Check:
        """The verb with this name.

        Raises:
            UsageError: There is none.
        """
        verbs = self._plugins.checks
        if name not in verbs:
            raise UsageError(
                f"没有检查函数「{name}」，可用的有：{'、'.join(sorted(verbs))}",
                f"there is no check '{name}'; known are: {', '.join(sorted(verbs))}",
                code="unknown-check",
            )
        return verbs[name]

    def packs(self) -> tuple[RulePack, ...]:
        """Every pack at hand, loaded, those that others build on first."""
        return self._library.every()

    def chain(self, pack: str) -> tuple[RulePack, ...]:
        """A pack by its id with those that it builds on, loaded, base first.

        Raises:
            PackError: It does not exist or is broken.
        """
        return self._library.chain(pack)

    def examples(self, rule: str) -> Examples:
        """The examples of a rule.

        Raises:
            KeyError: No pack has the rule.
        """
        return self._library.examples(rule)

    def lint(self, packs: frozenset[str] = frozenset()) -> list[PackError]:
        """Everything wrong with the packs named, or with all packs."""
        return self._library.lint(packs)

    def load_report(
        self, source: Source, *, name: str | None = None, overrule: Overrule = _NOTHING
    ) -> Report:
        """Read and recognise one report.

        Args:
            source: A path, the bytes of a file, or a structured report as plain values.
            name: What to call bytes in messages.
            overrule: What the caller knows better than the report.

        Raises:
            ReadError: The input cannot be read as a report.
            UsageError: `overrule` names a region that does not exist.
        """
        layouts = self._library.layouts
        if isinstance(source, Mapping):
            return identify(build_from_mapping(source, layouts), self._regions, overrule)
        read: Document | StructuredInput
        if isinstance(source, bytes):
            read = read_bytes(source, name or "<bytes>", self._plugins.readers)
        else:
            name = name or str(source)
            read = read_file(Path(source), self._plugins.readers)
        if isinstance(read, Document):
            report = recognise(read, layouts, self._regions, path=name)
        else:
            report = build_report(read, layouts, path=name)
        return identify(report, self._regions, overrule)

    def rule_set(self, report: Report) -> RuleSet:
        """The rules in force for `report`, by its layout, year, region and kind of body."""
        body = report.body
        region = body.region.code if body and body.region else None
        kind = body.kind if body else None
        key = (report.layout, report.year, region, kind)
        known = self._rule_sets.get(key)
        if known is None:
            known = self._rule_sets[key] = self._library.resolve(
                layout=report.layout, year=report.year, region=region, body=kind
            )
        return known

    def check(self, source: Source, *, name: str | None = None, overrule: Overrule = _NOTHING) -> CheckResult:
        """Read one report and judge it; arguments and errors are those of `load_report`."""
        return self.judge(self.load_report(source, name=name, overrule=overrule))

    def judge(self, report: Report) -> CheckResult:
        """Judge a report that was read before."""
        rule_set = self.rule_set(report)
        program = self._program(rule_set, {key: table.form for key, table in report.tables.items()})
        context = CheckContext(
            report=report,
            layout=rule_set.layout,
            layouts=rule_set.layouts,
            instruments=rule_set.instruments,
            regions=self._regions,
            as_of=self._as_of,
        )
        return assemble(report, rule_set, program, run(program, report, context), self._profile)

    def _program(self, rule_set: RuleSet, forms: Mapping[str, str]) -> Program:
        key = (rule_set.fingerprint, *sorted(forms.items()))
        known = self._programs.get(key)
        if known is None:
            known = self._programs[key] = build_program(rule_set, self._plugins.checks, forms)
        return known


def check(
    source: Source,
    *,
    packs: Sequence[str | Path] = (),
    profile: Profile | None = None,
    overrule: Overrule = _NOTHING,
) -> CheckResult:
    """Check one report. For more than one, keep a `Checker`: it loads the packs once.

    Args:
        source: A path, the bytes of a file, or a structured report as plain values.
        packs: Packs beside those that the report's region selects: ids, or folders of a pack.
        profile: The choices of the run.
        overrule: What the caller knows better than the report.
    """
    return Checker(packs=packs, profile=profile).check(source, overrule=overrule)


def load_report(source: Source, *, overrule: Overrule = _NOTHING) -> Report:
    """Read and recognise one report without judging it."""
    return Checker().load_report(source, overrule=overrule)

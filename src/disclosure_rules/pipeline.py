"""The whole flow on one screen: input → Report → RuleSet → CheckResult."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from disclosure_rules.checks.context import CheckContext
from disclosure_rules.checks.mentions import Lexicon
from disclosure_rules.engine import Forms, assemble, build_program, run
from disclosure_rules.engine.decide import with_waivers
from disclosure_rules.engine.score import with_score
from disclosure_rules.errors import ExpressionError, ReadError, UsageError
from disclosure_rules.identify import Overrule, identify
from disclosure_rules.ingest.sniff import read_bytes, read_file
from disclosure_rules.kept import Kept
from disclosure_rules.model.document import Document
from disclosure_rules.model.note import NO_PREVIOUS, Note
from disclosure_rules.model.profile import Profile
from disclosure_rules.model.report import Report
from disclosure_rules.model.text import Text
from disclosure_rules.packs import Library
from disclosure_rules.packs.profiles import fitting
from disclosure_rules.plugins import Plugins
from disclosure_rules.previous import choose_previous, refuse_other
from disclosure_rules.regions import RegionIndex
from disclosure_rules.root_causes import with_root_causes

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from disclosure_rules.engine import Program
    from disclosure_rules.errors import PackError
    from disclosure_rules.hookspecs import Check, Formatter, ReportFormatter
    from disclosure_rules.model.document import StructuredInput
    from disclosure_rules.model.layout import Layout
    from disclosure_rules.model.pack import RulePack, RuleSet
    from disclosure_rules.model.result import CheckResult
    from disclosure_rules.model.rule import Examples
    from disclosure_rules.model.waiver import Waiver

__all__ = ["Checker", "Overrule", "Source", "check", "load_report"]

# A file, its bytes, plain values by schemas/report.schema.json, or a report that was read before.
Source = Path | str | bytes | Mapping[str, Any] | Report
_NOTHING = Overrule()
_MOST_KEPT = 500  # rule sets, and programs: some 100 KB each
_MOST_FILES = 1000  # of a folder in which last year's report is looked for


class Checker:
    """Checks reports with the same packs and choices; packs are loaded once and rules compiled once.

    A Checker may be used from several threads: what it keeps is whole at any time.

    Args:
        packs: Packs beside those that the report's region selects: ids, or folders of a pack.
        without: Ids of packs that shall not judge.
        profile: The choices of the run.
        plugins: The plugins of the run; None for the installed ones.
        as_of: The day whose state of the law judges: what was issued later is not known, what ended later is in force.
            None for all that the packs know.
        convert: Whether LibreOffice may be run on files that only it reads (.doc, .wps, .rtf, .odt).
        ocr: Whether characters may be recognised in scans and pictures.
        waivers: Findings that somebody in charge accepts, until a day.
        today: Tells the day on which waivers are held; None for `as_of`.
        timings: Gets the seconds that each rule took, as `engine.run` tells; for one thread at a time.

    Raises:
        PackError, PluginError: A pack or a plugin cannot be used.
        UsageError: There are waivers and no day to hold them on; the profile speaks of a rule that does not exist.
    """

    def __init__(  # noqa: PLR0913  what a run consists of, each by name
        self,
        *,
        packs: Sequence[str | Path] = (),
        without: Sequence[str] = (),
        profile: Profile | None = None,
        plugins: Plugins | None = None,
        as_of: date | None = None,
        convert: bool = False,
        ocr: bool = False,
        waivers: Sequence[Waiver] = (),
        today: Callable[[], date] | None = None,
        timings: dict[str, float] | None = None,
    ) -> None:
        self._plugins = plugins or Plugins()
        self._readers = dict(self._plugins.readers)
        if convert:
            from disclosure_rules.ingest.conversion import conversion_reader  # noqa: PLC0415  few runs may

            self._readers["convert"] = conversion_reader(allowed=True)
        if ocr:
            from disclosure_rules.ingest.ocr import Recognition, image_reader  # noqa: PLC0415  the same
            from disclosure_rules.ingest.pdf import pdf_reader  # noqa: PLC0415

            recognition = Recognition()
            self._readers |= {"pdf": pdf_reader(recognition), "image": image_reader(recognition)}
        self._library = Library(self._plugins.pack_folders, packs, without, checks=self._plugins.checks)
        self._regions = RegionIndex.load(self._library.national)
        self._profile = fitting(profile or Profile(), self._library.rule_ids)
        self._as_of = as_of
        self._waivers = tuple(waivers)
        self._timings = timings
        self._today = today
        if self._waivers and today is None and as_of is None:
            raise UsageError(
                "用豁免时要给出检查日期 today 或 as_of，以便判断是否过期",
                "with waivers the day of the check is needed (today or as_of): waivers expire",
                code="no-day",
            )
        self._rule_sets: Kept[tuple[object, ...], RuleSet] = Kept(_MOST_KEPT)
        self._lexicons: Kept[tuple[str, int | None], Lexicon] = Kept(_MOST_KEPT)
        self._programs: Kept[tuple[object, ...], Program] = Kept(_MOST_KEPT)
        self._folders: dict[Path, tuple[tuple[Report, ...], int]] = {}

    @property
    def layouts(self) -> Mapping[str, Layout]:
        """The known forms of the report, by id."""
        return self._library.layouts

    @property
    def digest(self) -> str:
        """The SHA-256 of the content of every pack at hand."""
        return self._library.digest

    def formatter(self, name: str) -> Formatter | ReportFormatter:
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
            source: A path, the bytes of a file, a structured report as plain values, or a report, which is returned.
            name: What to call bytes in messages.
            overrule: What the caller knows better than the report.

        Raises:
            ReadError: The input cannot be read as a report.
            UsageError: `overrule` names a region that does not exist.
        """
        if isinstance(source, Report):
            return source
        layouts = self._library.layouts
        # Each way is imported when it is taken: a structured report needs none of the recognition of documents.
        if isinstance(source, Mapping):
            from disclosure_rules.ingest.structured import build_from_mapping  # noqa: PLC0415

            return identify(build_from_mapping(source, layouts), self._regions, overrule)
        read: Document | StructuredInput
        if isinstance(source, bytes):
            read = read_bytes(source, name or "<bytes>", self._readers)
        else:
            name = name or str(source)
            read = read_file(Path(source), self._readers)
        if isinstance(read, Document):
            from disclosure_rules.ingest.recognise import recognise  # noqa: PLC0415

            report = recognise(read, layouts, self._regions, path=name)
        else:
            from disclosure_rules.ingest.structured import build_report  # noqa: PLC0415

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
                layout=report.layout, year=report.year, region=region, body=kind, as_of=self._as_of
            )
        return known

    def collection_rules(self, year: int | None) -> RuleSet:
        """The rules over a whole batch of reports for a year, by the national pack and those asked for."""
        rule_set = self._library.resolve(layout=None, year=year, region=None, body=None, as_of=self._as_of)
        rules = tuple(one for one in rule_set.rules if one.rule.scope == "collection")
        return rule_set.model_copy(update={"rules": rules})

    def check(
        self,
        source: Source,
        *,
        previous: Source | None = None,
        name: str | None = None,
        overrule: Overrule = _NOTHING,
    ) -> CheckResult:
        """Read one report and judge it; the other arguments and errors are those of `load_report`.

        Args:
            source: The report.
            previous: The same body's report of the year before, or a folder in which it is looked for by what the
                reports say. Where a folder has none, or more than one, the result says so in a note and the rules
                about two years stay open.
            name: What to call bytes in messages.
            overrule: What the caller knows better than the report.

        Raises:
            UsageError: `previous` is a report of another body or of another year.
        """
        report = self.load_report(source, name=name, overrule=overrule)
        if previous is None:
            return self.judge(report)
        if isinstance(previous, (str, Path)) and Path(previous).is_dir():
            try:
                return self.judge(report, self._in_folder(report, Path(previous)))
            except UsageError as problem:
                note = Note(code=NO_PREVIOUS, message=Text(zh=problem.zh, en=problem.en))
                return self.judge(report.model_copy(update={"notes": (*report.notes, note)}))
        # What the caller knows of the body holds for both years.
        same = Overrule(region=overrule.region, body_kind=overrule.body_kind)
        return self.judge(report, self.load_report(previous, overrule=same))

    def _in_folder(self, report: Report, folder: Path) -> Report:
        """Last year's report among those of a folder. A folder is read once, with all that lies below it.

        Raises:
            UsageError: There is none, or more than one; or the folder holds too many files.
        """
        if folder not in self._folders:
            found = islice((path for path in folder.rglob("*") if path.is_file()), _MOST_FILES + 1)
            files = sorted(found)
            if len(files) > _MOST_FILES:
                raise UsageError(
                    f"文件夹 {folder} 的文件超过 {_MOST_FILES} 个；请用 --previous 指定文件",
                    f"the folder {folder} holds more than {_MOST_FILES} files; name the file",
                    code="too-many-files",
                )
            read: list[Report] = []
            for path in files:
                with suppress(ReadError):  # counted: what cannot be read may be the one that is wanted
                    read.append(self.load_report(path))
            self._folders[folder] = tuple(read), len(files) - len(read)
        reports, unread = self._folders[folder]
        try:
            return choose_previous(report, reports)
        except UsageError as problem:
            if not unread:
                raise
            raise UsageError(
                f"{problem.zh}（另有 {unread} 个文件无法读取）",
                f"{problem.en} ({unread} more files could not be read)",
                code=problem.code,
            ) from problem

    def judge(self, report: Report, previous: Report | None = None) -> CheckResult:
        """Judge a report that was read before, and hold it against the same body's report of the year before.

        Raises:
            UsageError: `previous` is a report of another body or of another year.
        """
        if previous is not None:
            refuse_other(report, previous)
        rule_set = self.rule_set(report)
        program = self._program(rule_set, report, previous)
        context = self.context(report, previous)
        outcomes = run(program, report, context, previous, self._timings)
        result = assemble(report, rule_set, program, outcomes, self._profile, previous)
        result = with_root_causes(result, program, context)
        day = self._today() if self._today is not None else self._as_of
        if self._waivers and day is not None:
            unwaivable = {effective.rule.id for effective in rule_set.rules if not effective.rule.waivable}
            result = with_waivers(result, self._waivers, unwaivable=unwaivable, today=day)
        scoring = self._profile.scoring
        return with_score(result, scoring) if scoring is not None else result

    def context(self, report: Report, previous: Report | None = None) -> CheckContext:
        """What the verbs of rules are given for `report`."""
        rule_set = self.rule_set(report)
        return CheckContext(
            report=report,
            layout=rule_set.layout,
            layouts=rule_set.layouts,
            instruments=rule_set.instruments,
            regions=self._regions,
            as_of=self._as_of,
            lexicon=self._lexicon(rule_set, report.year),
            previous=previous,
        )

    def _lexicon(self, rule_set: RuleSet, year: int | None) -> Lexicon | None:
        if rule_set.vocabulary is None:
            return None
        key = (rule_set.fingerprint, year)
        known = self._lexicons.get(key)
        if known is None:
            known = self._lexicons[key] = Lexicon(rule_set.vocabulary, year)
        return known

    def _program(self, rule_set: RuleSet, report: Report, previous: Report | None) -> Program:
        forms = _forms(report)
        earlier = _forms(previous) if previous is not None else None
        key = (
            rule_set.fingerprint,
            *(one and (one.layout, *sorted(one.tables.items())) for one in (forms, earlier)),
        )
        known = self._programs.get(key)
        if known is None:
            try:
                known = build_program(rule_set, self._plugins.checks, forms.tables, earlier)
            except ExpressionError as mistake:
                raise self._library.located(mistake) from mistake
            self._programs[key] = known
        return known


def _forms(report: Report) -> Forms:
    return Forms(report.layout, {key: table.form for key, table in report.tables.items()})


def check(
    source: Source,
    *,
    previous: Source | None = None,
    packs: Sequence[str | Path] = (),
    profile: Profile | None = None,
    overrule: Overrule = _NOTHING,
) -> CheckResult:
    """Check one report. For more than one, keep a `Checker`: it loads the packs once.

    Args:
        source: A path, the bytes of a file, or a structured report as plain values.
        previous: The same body's report of the year before, or a folder in which it is looked for.
        packs: Packs beside those that the report's region selects: ids, or folders of a pack.
        profile: The choices of the run.
        overrule: What the caller knows better than the report.
    """
    return Checker(packs=packs, profile=profile).check(source, previous=previous, overrule=overrule)


def load_report(source: Source, *, overrule: Overrule = _NOTHING) -> Report:
    """Read and recognise one report without judging it."""
    return Checker().load_report(source, overrule=overrule)

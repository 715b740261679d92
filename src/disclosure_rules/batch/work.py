"""What a worker does: a few inputs in, what became of each out. It keeps nothing but a loaded checker."""

from __future__ import annotations

import hashlib
import json
import signal
import threading
from collections import Counter
from contextlib import contextmanager
from datetime import date
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from disclosure_rules.batch.entries import Entry, packed, unpacked
from disclosure_rules.batch.facts import bare_names, facts_of, tables_of
from disclosure_rules.batch.page_files import Drawer
from disclosure_rules.batch.samples import samples
from disclosure_rules.batch.store import Store
from disclosure_rules.batch.waived import run_of
from disclosure_rules.engine.result import unread
from disclosure_rules.errors import DisclosureRulesError, ReadError, UsageError
from disclosure_rules.foreign import system_words
from disclosure_rules.formatters.structured import to_compact_json
from disclosure_rules.model.note import NO_PREVIOUS, Note
from disclosure_rules.model.profile import Profile
from disclosure_rules.model.report import Source
from disclosure_rules.model.rule import Severity
from disclosure_rules.model.text import Text
from disclosure_rules.pipeline import Checker, Overrule
from disclosure_rules.previous import choose_previous

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from types import FrameType

    from disclosure_rules.batch.entries import Known, Side
    from disclosure_rules.batch.page_files import Page
    from disclosure_rules.model.body import BodyKind
    from disclosure_rules.model.report import Report
    from disclosure_rules.model.result import CheckResult
    from disclosure_rules.model.text import Lang
    from disclosure_rules.model.waiver import Waiver

__all__ = ["Choices", "Done", "Task", "checker_for", "problem_entry", "process", "report_entry", "store_of"]

_MOST_BYTES = 200_000_000  # the readers refuse far less; this only bounds what is taken into memory


class Choices(NamedTuple):
    """The choices of a run, the same for every report; plain values, since they go to other processes.

    `today` is the day on which waivers are held. `seconds` bounds one report. `store` is the result folder in whose store
    last year's reports are, None without. `pages` is the result folder into which a report's page is written when it is
    judged, in the language `lang`; None where workers do not have that folder.
    """

    packs: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    profile: Profile = Profile()
    as_of: str | None = None
    waivers: tuple[Waiver, ...] = ()
    today: str | None = None
    convert: bool = False
    ocr: bool = False
    year: int | None = None
    region: str | None = None
    body_kind: BodyKind | None = None
    seconds: float = 60.0
    store: str | None = None
    pages: str | None = None
    lang: Lang = "zh"

    @property
    def judging(self) -> Choices:
        """What of them can change a result; what is in the report's or last year's store is asked apart."""
        return self._replace(seconds=0, store=None, pages=None, lang="zh")

    @property
    def overrule(self) -> Overrule:
        """What the caller knows better than every report."""
        return Overrule(year=self.year, region=self.region, body_kind=self.body_kind)


class Task(NamedTuple):
    """One input to do; `known` is what the store has of it, where it has anything.

    `own` is the hash of the file that it is told as, where `source` was put together of several.
    """

    side: Side
    name: str
    source: Path | bytes
    known: Known | None = None
    own: str | None = None


class Done(NamedTuple):
    """What became of one input: nothing where it was known already, else its entry, its bodies' names, and its page."""

    name: str
    entry: Entry | None
    names: tuple[tuple[Side, str, int, str], ...] = ()
    page: Page | None = None


class _TooSlowError(Exception):
    pass


def process(choices: Choices, run: str, tasks: Sequence[Task]) -> list[Done]:
    """Do some inputs; none of them can stop the others.

    Args:
        choices: The choices of the run.
        run: The fingerprint of all that judges.
        tasks: The inputs.
    """
    return [_done(choices, run, task) for task in tasks]


def problem_entry(side: Side, name: str, run: str, problem: DisclosureRulesError) -> Entry:
    """The entry of an input that could not be opened."""
    return _failed(side, name, "", run, problem)


def checker_for(choices: Choices) -> Checker:
    """The checker of a worker; packs are loaded once in each process."""
    return _checker(choices.judging)


@cache
def _checker(choices: Choices) -> Checker:
    return Checker(
        packs=choices.packs,
        without=choices.without,
        profile=choices.profile,
        as_of=date.fromisoformat(choices.as_of) if choices.as_of else None,
        waivers=choices.waivers,
        today=partial(date.fromisoformat, choices.today) if choices.today else None,
        convert=choices.convert,
        ocr=choices.ocr,
    )


@cache
def store_of(folder: str) -> Store:
    """The store of a result folder, to read in a worker."""
    return Store(Path(folder), read_only=True)


def _done(choices: Choices, run: str, task: Task) -> Done:
    sha256 = ""
    try:
        data = task.source if isinstance(task.source, bytes) else _bytes(task.source, task.name)
        sha256 = hashlib.sha256(data).hexdigest()
        if task.known and task.known[:2] == (sha256, run_of(run, choices, *task.known[2:])):
            return Done(task.name, None)
        with _bounded(choices.seconds):
            done, report, judged = _judged(choices, run, task, data, sha256)
    except DisclosureRulesError as problem:
        return Done(task.name, _failed(task.side, task.name, sha256, run, problem))
    except _TooSlowError:
        slow = ReadError(
            f"检查超过 {choices.seconds:.0f} 秒，已停止；请单独检查这个文件",
            f"checking took more than {choices.seconds:.0f} s and was stopped; check this file alone",
            code="too-slow",
        )
        return Done(task.name, _failed(task.side, task.name, sha256, run, slow)._replace(status="too-slow"))
    except Exception as crash:  # noqa: BLE001  one bad file stops nothing; it is told as a defect of ours
        defect = ReadError(
            f"程序内部出错（{type(crash).__name__}），没有检查；这是程序的缺陷，请反馈",
            f"internal error ({type(crash).__name__}); it was not checked; please tell us",
            code="internal-error",
        )
        return Done(task.name, _failed(task.side, task.name, sha256, run, defect)._replace(status="crashed"))
    if judged is None or done.entry is None or choices.pages is None:
        return done
    # While the report is at hand; a page that cannot be written is no fault of the report, and ends the run.
    drawer = Drawer(Path(choices.pages), checker_for(choices).layouts, choices.lang)
    return done._replace(page=drawer.write(done.entry, (judged, report)))


def _judged(
    choices: Choices, run: str, task: Task, data: bytes, sha256: str
) -> tuple[Done, Report, CheckResult | None]:
    """A report read and, where it is of this batch, judged."""
    checker = checker_for(choices)
    report = checker.load_report(data, name=task.name, overrule=choices.overrule)
    if task.own is not None:
        sha256 = task.own
        source = report.source.model_copy(update={"sha256": sha256})
        report = report.model_copy(update={"source": source})
    found = bare_names(report)
    names = tuple((task.side, name, report.year, task.name) for name in found if report.year is not None)
    result: bytes | None = None
    judged: CheckResult | None = None
    if task.side == "now":
        judged = _result(choices, checker, report, found)
        result = packed(json.dumps(judged.to_json(), ensure_ascii=False, separators=(",", ":")))
    entry = report_entry(task.side, task.name, report)
    if judged is not None:
        rules = dict(sorted(Counter(finding.rule for finding in judged.findings).items()))
        counts = [judged.counts[severity] for severity in Severity]
        more: dict[str, object] = {"rules": rules, "summary": [judged.verdict, *counts]}
        if judged.score is not None:
            more["score"] = [judged.score.least, judged.score.most]
        entry = entry._replace(facts={**entry.facts, **more})
    entry = entry._replace(
        sha256=sha256,
        run=run_of(run, choices, entry.body, entry.year),
        verdict=judged.verdict if judged else None,
        result=result,
        report=packed(to_compact_json(report, checker.layouts)),
    )
    return Done(task.name, entry, names), report, judged


def report_entry(side: Side, name: str, report: Report) -> Entry:
    """What the rules over a whole batch need of a report, as an entry without result and report."""
    body = report.body
    return Entry(
        side=side,
        name=name,
        sha256="",
        run="",
        status="checked",
        body=body.name if body else None,
        region=body.region.code if body and body.region else None,
        kind=body.kind if body else None,
        year=report.year,
        facts=facts_of(report),
        tables=packed(json.dumps(tables_of(report), separators=(",", ":"))),
        shingles=samples(report) if side == "now" else None,
    )


def _result(choices: Choices, checker: Checker, report: Report, names: Sequence[str]) -> CheckResult:
    """The report judged, with last year's where the store has it."""
    if choices.store is None or report.year is None or not names:
        return checker.judge(report)
    # Bodies of other regions have the same bare name, 财政局 and the like, and are never the same body.
    region = report.body.region.code if report.body and report.body.region else None
    found = store_of(choices.store).of_body("previous", names, report.year - 1, region)
    candidates = [_restored(checker, entry) for entry in found]
    try:
        previous = choose_previous(report, candidates)
        return checker.judge(report, previous)
    except UsageError as problem:
        if not candidates:
            return checker.judge(report)  # the overview says whose report of last year is missing
        note = Note(code=NO_PREVIOUS, message=Text(zh=problem.zh, en=problem.en))
        return checker.judge(report.model_copy(update={"notes": (*report.notes, note)}))


def _restored(checker: Checker, entry: Entry) -> Report:
    """A report from the store, with the source it was read from."""
    report = checker.load_report(unpacked(entry.report or b"").encode(), name=entry.name)
    return report.model_copy(
        update={"source": Source(path=entry.name, sha256=entry.sha256, format=report.source.format)}
    )


def _failed(side: Side, name: str, sha256: str, run: str, problem: DisclosureRulesError) -> Entry:
    result = unread(name, sha256 or None, problem)
    text = json.dumps(result.to_json(), ensure_ascii=False, separators=(",", ":"))
    return Entry(
        side,
        name,
        sha256,
        run,
        "unreadable",
        result.verdict,
        facts={"problem": problem.zh, "code": problem.code},
        result=packed(text),
    )


def _bytes(path: Path, name: str) -> bytes:
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise ReadError(
                "文件超过 200 MB，没有读取，请确认是否选错了文件",
                "the file is larger than 200 MB and was not read; make sure it is the right one",
                place=name,
                code="too-large",
            )
        return path.read_bytes()
    except FileNotFoundError as problem:
        raise ReadError(
            "没有这个文件，请检查路径；可能在运行时被移走或改名",
            "there is no such file; check the path, or whether it was moved while this ran",
            place=name,
            code="no-file",
        ) from problem
    except OSError as problem:
        zh, en = system_words(problem)
        raise ReadError(
            f"文件无法读取（{zh}）",
            f"the file cannot be read ({en})",
            place=name,
            code="unreadable-file",
        ) from problem


@contextmanager
def _bounded(seconds: float) -> Iterator[None]:
    """Stop what takes longer; where there are no alarms (Windows, threads of a cluster's worker) nothing is stopped."""
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def ring(_number: int, _frame: FrameType | None) -> None:
        raise _TooSlowError

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)

"""The reports of a run that stand in several files, put together to be judged."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, NamedTuple

from disclosure_rules.batch.belonging import groups
from disclosure_rules.batch.entries import Part, unpacked
from disclosure_rules.batch.joining import differ, fill, holds_nothing, part_note, words_of
from disclosure_rules.batch.work import Task, problem_entry
from disclosure_rules.errors import ReadError
from disclosure_rules.formatters.structured import to_compact_json
from disclosure_rules.model.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from disclosure_rules.batch.entries import Entry, Role, Side
    from disclosure_rules.batch.store import Store
    from disclosure_rules.model.report import Report
    from disclosure_rules.pipeline import Checker

__all__ = ["Joint", "joints"]

_NOBODYS = ReadError(
    "只有报告的表格，没有正文，也看不出是哪个单位的，没有检查；请与正文放进同一个文件夹，或在文件名中写明单位",
    "tables of a report alone, without text or the name of a body; they were not checked. Put the file into one folder "
    "with its report, or name the body in the file's name",
    code="tables-alone",
)


class Joint(NamedTuple):
    """The files that belong to one report, and what is to be judged of them; `run` names all that can change it.

    `alone` is a file that is judged with nothing, and told as that.
    """

    parts: tuple[Part, ...]
    tasks: tuple[Task, ...]
    run: str
    alone: Entry | None = None


def joints(store: Store, side: Side, run: str, checker: Checker) -> Iterator[Joint]:
    """What belongs together in a side, in the order of names."""
    for group in groups(store, side):
        if group.main is None:
            [entry] = group.parts
            told = problem_entry(side, entry.name, "", _NOBODYS)._replace(sha256=entry.sha256)
            yield Joint((Part(entry.name, entry.name, "alone"),), (), run, told)
        else:
            yield _Joining(store, checker, group.main, group.parts).joint(side, run)


class _Joining:
    """One report with its parts."""

    def __init__(self, store: Store, checker: Checker, main: Entry, parts: Sequence[Entry]) -> None:
        self._store = store
        self._checker = checker
        self._report_of = main
        self._parts = parts
        self._main = main.name

    def joint(self, side: Side, run: str) -> Joint:
        """Join what can be joined, file by file in the order of names."""
        report = self._report(self._report_of)
        told: list[Text] = []
        parts: list[Part] = []
        tasks: list[Task] = []
        for entry in self._parts:
            part, report, version = self._one(entry, report)
            parts.append(part)
            words = words_of(part.taken, self._checker.layouts)
            if part.role == "joined":
                told.append(Text(zh=f"{words.zh}取自“{part.name}”", en=f"{words.en} from “{part.name}”"))
            if version is not None:
                says = Text(
                    zh=f"这个文件与“{self._main}”有不同的内容，另算一份；其中没有的（{words.zh or '无'}）取自那一份",
                    en=f"this file differs from “{self._main}” and is a version of its own; "
                    f"what it lacks ({words.en or 'nothing'}) is from there",
                )
                tasks.append(self._task(side, entry, version, says))
        if told:
            says = Text(
                zh=f"这份报告由几个文件合在一起检查：{'；'.join(one.zh for one in told)}；其余取自“{self._main}”",
                en=f"put together of several files: {'; '.join(one.en for one in told)}; the rest from “{self._main}”",
            )
            tasks.append(self._task(side, self._report_of, report, says))
            parts.append(Part(self._main, self._main, "main"))
        seen = repr([run, *((one.name, one.sha256, one.run) for one in (self._report_of, *self._parts))])
        return Joint(tuple(parts), tuple(tasks), hashlib.sha256(seen.encode()).hexdigest())

    def _one(self, entry: Entry, report: Report) -> tuple[Part, Report, Report | None]:
        """What one file is to the report, the report with it, and the report that the file is a version of."""
        if entry.status != "checked":
            return Part(entry.name, self._main, "attachment"), report, None
        other, layouts = self._report(entry), self._checker.layouts
        if holds_nothing(other, layouts):
            return Part(entry.name, self._main, "attachment"), report, None
        if differ(report, other, layouts):
            # Its own contents stand, and what it lacks is that of the report: judged alone it would lack its text.
            whole = fill(other, report, layouts)
            return Part(entry.name, self._main, "version", whole.taken), report, whole.report
        joined = fill(report, other, layouts)
        role: Role = "joined" if joined.taken else "same"
        return Part(entry.name, self._main, role, joined.taken), joined.report, None

    def _task(self, side: Side, entry: Entry, report: Report, says: Text) -> Task:
        noted = report.model_copy(update={"notes": (part_note(says), *report.notes)})
        data = to_compact_json(noted, self._checker.layouts).encode()
        return Task(side, entry.name, data, own=entry.sha256)

    def _report(self, entry: Entry) -> Report:
        raw = self._store.raw(entry.side, entry.name)
        text = unpacked(raw.report) if raw is not None and raw.report is not None else "{}"
        return self._checker.load_report(text.encode(), name=entry.name)

"""A letter for each body of a batch that has something to mend, and one for each whose report is missing."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

from disclosure_rules.batch.entries import unpacked
from disclosure_rules.batch.judge import frequent
from disclosure_rules.batch.letter_folder import LetterFolder
from disclosure_rules.batch.letter_items import Item, items_between, items_of
from disclosure_rules.formatters.words import SEVERITY_WORDS, laws
from disclosure_rules.model.result import CheckResult
from disclosure_rules.model.rule import Severity
from disclosure_rules.word.merge import Fields

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from disclosure_rules.batch.report_files import Batch
    from disclosure_rules.model.collection import CollectionFinding, CollectionOpen, Submitted
    from disclosure_rules.model.roster import RosterEntry
    from disclosure_rules.word.merge import Template

__all__ = ["LETTER", "REMINDER", "Letters", "Written", "write_letters"]

_COMMON = ("单位名称", "报告年度", "发函机关", "答复期限")
LETTER = Fields(
    single=(*_COMMON, "报告文件", "问题总数", "错误数", "警告数", "说明数"),
    row=("序号", "类别", "位置", "问题", "依据", "建议"),
)
REMINDER = Fields(single=(*_COMMON, "报送期限", "情况", "依据"))
_MISSING = "cn/collection/report-missing"
_OTHER_YEAR = "cn/collection/report-of-other-year"
# About the roster: nothing that the body could mend.
_FOR_THE_OFFICE = frozenset((_MISSING, "cn/collection/body-not-in-roster"))
_NO_DAY = "　　年　　月　　日"
_NO_YEAR = "　　　　"
_MOST_FILES = 5


class Letters(NamedTuple):
    """The choices of the office; what is None is left for it to fill in."""

    letter: Template
    reminder: Template
    office: str | None = None
    reply_by: date | None = None


class Written(NamedTuple):
    """What was written.

    Attributes:
        letters: How many letters there are.
        common: How many of them ask for nothing but what more than a fifth of the reports have.
        reminders: How many reminders there are.
        kept: The names of those that the office has changed, which were kept.
    """

    letters: int
    common: int
    reminders: int
    kept: tuple[str, ...]


def write_letters(folder: Path, batch: Batch, letters: Letters) -> Written:
    """Write the letters of a batch. Those of an earlier run that nobody changed are replaced, or taken away.

    Args:
        folder: Where to; it is made where it is missing.
        batch: The run; its results are read one by one.
        letters: The choices.

    Raises:
        UsageError: A letter cannot be written.
    """
    writer = _Writer(batch, letters)
    into = LetterFolder(folder, batch.store)
    counts: Counter[str] = Counter()
    for kind, name, data in writer.every():
        into.put(name if kind == "letter" else f"{name}（催报）", data)
        counts[kind] += 1
    return Written(counts["letter"], writer.common, counts["reminder"], into.finish())


class _Writer:
    def __init__(self, batch: Batch, letters: Letters) -> None:
        self._batch = batch
        self._letters = letters
        self._frequent = frequent(batch.store).keys()
        self.common = 0
        self._by_row: dict[int, list[CollectionFinding]] = defaultdict(list)
        self._by_file: dict[str, list[CollectionFinding]] = defaultdict(list)
        for finding in batch.judged.findings:
            if finding.row is not None:
                self._by_row[finding.row].append(finding)
            elif finding.files:
                self._by_file[finding.files[0]].append(finding)

    def every(self) -> Iterator[tuple[str, str, bytes]]:
        """Kind, body and bytes of each letter: bodies in the order of the roster, then those that it does not have."""
        for entry in self._batch.context.roster:
            findings = self._by_row.get(entry.row, [])
            missing = self._missing(entry)
            if missing is not None:
                yield "reminder", entry.name, self._reminder(entry, missing)
                continue
            reports = self._batch.context.by_row.get(entry.row, ())
            letter = self._letter(entry.name, reports, findings)
            if letter is not None:
                yield "letter", entry.name, letter
        for name, others in self._others().items():
            findings = [finding for one in others for finding in self._by_file.get(one.name, [])]
            letter = self._letter(name, others, findings)
            if letter is not None:
                yield "letter", name, letter

    def _others(self) -> Mapping[str, Sequence[Submitted]]:
        """The reports of no row of the roster, by the body that they name; without one by their file."""
        found: dict[str, list[Submitted]] = defaultdict(list)
        for one in self._batch.context.submitted:
            if one.row is None:
                found[one.body or f"（单位待核：{one.name}）"].append(one)
        return found

    def _missing(self, entry: RosterEntry) -> CollectionFinding | CollectionOpen | None:
        """What tells that there is no report of a body, or that what came in could not be read; None for any other."""
        findings: list[CollectionFinding | CollectionOpen] = [*self._by_row.get(entry.row, [])]
        if entry.row in self._batch.context.unread:
            findings += [one for one in self._batch.judged.open if one.row == entry.row]
        return next((one for one in findings if one.rule == _MISSING), None)

    def _letter(
        self, name: str, reports: Sequence[Submitted], findings: Sequence[CollectionFinding]
    ) -> bytes | None:
        """The letter on the reports of a body; None where there is nothing to mend."""
        told = {(one.rule, one.message): one for one in findings if one.rule not in _FOR_THE_OFFICE}
        items = list(items_between(told.values()))
        # What stands in two copies of one file is told once.
        copies = {self._batch.store.contents(one.name): one for one in reversed(reports)}
        several = len(copies) > 1
        for report in sorted(copies.values(), key=lambda one: one.name):
            entry = self._batch.store.entry("now", report.name)
            if entry is not None and entry.result is not None:
                result = CheckResult.model_validate_json(unpacked(entry.result))
                items += [_in_file(item, report.name) if several else item for item in items_of(result)]
        if not items:
            return None
        self.common += all(rule in self._frequent for item in items for rule in item.rules)
        counts = Counter(item.severity for item in items)
        files = "、".join(one.name for one in reports[:_MOST_FILES])
        year = next((one.year for one in reports if one.year is not None), self._batch.context.year)
        values = self._common(name, year) | {
            "报告文件": files + (f"等 {len(reports)} 个文件" if len(reports) > _MOST_FILES else ""),
            "问题总数": str(len(items)),
            "错误数": str(counts[Severity.ERROR]),
            "警告数": str(counts[Severity.WARNING]),
            "说明数": str(counts[Severity.EXPLAIN]),
        }
        return self._letters.letter.filled(values, [_row(place, item) for place, item in enumerate(items, 1)])

    def _reminder(self, entry: RosterEntry, missing: CollectionFinding | CollectionOpen) -> bytes:
        year = self._batch.context.year
        told = [
            f"收到的文件“{head.name}”不能读取（{head.facts.get('problem', '')}）"
            for name in self._batch.context.unread.get(entry.row, ())
            if (head := self._batch.store.head(name)) is not None
        ]
        told = told or [f"目前没有收到你单位{year or _NO_YEAR}年度的报告"]
        for one in self._by_row[entry.row]:
            if one.rule == _OTHER_YEAR:
                told.append(f"你单位交来的是{one.values['year']}年度的报告（{'、'.join(one.files)}）")
            elif one.rule not in _FOR_THE_OFFICE:
                told.append(one.message.zh.rstrip("。"))
        values = self._common(entry.name, year) | {
            "报送期限": _day(entry.due),
            "情况": "；".join(told),
            "依据": "、".join(laws([_without_words(missing)], "zh")) or "有关规定",
        }
        return self._letters.reminder.filled(values)

    def _common(self, name: str, year: int | None) -> dict[str, str]:
        reply = self._letters.reply_by
        return {
            "单位名称": " ".join(name.split()),
            "报告年度": str(year) if year is not None else _NO_YEAR,
            "发函机关": self._letters.office or "（发函机关）",
            "答复期限": _day(reply.isoformat() if reply else None),
        }


def _in_file(item: Item, file: str) -> Item:
    return item._replace(place=f"{file}\n{item.place}")


def _row(place: int, item: Item) -> dict[str, str]:
    return {
        "序号": str(place),
        "类别": SEVERITY_WORDS[item.severity].zh,
        "位置": item.place,
        "问题": item.problem,
        "依据": item.law,
        "建议": item.advice,
    }


def _day(iso: str | None) -> str:
    if iso is None:
        return _NO_DAY
    year, month, day = iso.split("-")
    return f"{int(year)}年{int(month)}月{int(day)}日"


def _without_words(finding: CollectionFinding | CollectionOpen) -> CollectionFinding | CollectionOpen:
    """A finding that cites articles only: their words fill the sentence they are cited in."""
    return finding.model_copy(
        update={"basis": tuple(one.model_copy(update={"quote": None}) for one in finding.basis)}
    )

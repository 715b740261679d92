"""The sheet of a workbook with a row for each body, and for each file that is of none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from disclosure_rules.batch.abbreviations import shortened
from disclosure_rules.batch.bare_names import bare
from disclosure_rules.batch.index_lines import may_be, why_outside
from disclosure_rules.batch.store import SCORED
from disclosure_rules.batch.workbook_links import linked
from disclosure_rules.model.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from disclosure_rules.batch.report_files import Batch
    from disclosure_rules.batch.workbook_links import Link
    from disclosure_rules.model.collection import Submitted
    from disclosure_rules.model.roster import RosterEntry
    from disclosure_rules.model.text import Lang

__all__ = ["VERDICT", "body_rows"]

VERDICT = {
    "pass": Text(zh="通过", en="passed"),
    "fail": Text(zh="不通过", en="failed"),
    "incomplete": Text(zh="检查不完整", en="incomplete"),
}
_STATES = {
    "several": Text(zh="已交（多份）", en="came in, several"),
    "one": Text(zh="已交", en="came in"),
    "maybe": Text(zh="存疑", en="doubtful"),
    "none": Text(zh="未交", en="missing"),
}
_UNREAD = Text(zh="没有读出", en="not read")
_ASK = Text(
    zh="不能确定是不是这个单位的报告，请核对",
    en="not certain whether it is the report of this body: please look",
)


def body_rows(batch: Batch, lang: Lang) -> Iterator[list[object]]:
    """The rows: bodies in the order of the roster, what belongs to none of them, what could not be read."""
    rows = _Rows(batch, lang)
    yield from rows.of_roster()
    yield from rows.outside()
    yield from rows.unread()


class _Rows:
    def __init__(self, batch: Batch, lang: Lang) -> None:
        self._batch = batch
        self._lang: Lang = lang
        self._scored = batch.store.meta(SCORED) == "yes"
        self._joined: dict[str, str] = {}
        for part in batch.parts():
            if part.role == "joined":
                self._joined[part.main] = f"{self._joined.get(part.main, part.main)}\n＋ {part.name}"

    def of_roster(self) -> Iterator[list[object]]:
        context = self._batch.context
        for entry in context.roster:
            reports = context.by_row.get(entry.row, ())
            maybe = context.uncertain.get(entry.row, ())
            for one in reports:
                state = _STATES["several" if len(reports) > 1 else "one"]
                head = [entry.name, state(self._lang), self._file(one), one.year, *self._told(one)]
                yield [*head, entry.due, entry.parent, self._called(entry, one)]
            unread = context.came_unread.get(entry.row, ())
            if unread:
                yield from self._came_unread(entry, unread)
            elif not reports:
                state = _STATES["maybe" if maybe else "none"]
                names = "、".join(item.name for item in maybe)
                remark = _ASK(self._lang) if maybe else self._of_other_years(entry)
                yield [
                    entry.name,
                    state(self._lang),
                    names,
                    *self._nothing(),
                    entry.due,
                    entry.parent,
                    remark,
                ]

    def _came_unread(self, entry: RosterEntry, unread: Sequence[str]) -> Iterator[list[object]]:
        """A row for each file of a body that could not be read, with why."""
        for name in unread:
            head = self._batch.store.head(name)
            if head is not None:
                file = linked(name, name, head.body)
                told = [entry.name, _UNREAD(self._lang), file, *self._nothing(), entry.due, entry.parent]
                yield [*told, head.facts.get("problem")]

    def _of_other_years(self, entry: RosterEntry) -> str | None:
        """What came in of a body whose report is missing, where that is of another year."""
        found = self._batch.context.of_other_years.get(entry.row, ())
        told = "、".join(f"{one.year}（{one.name}）" for one in found)
        words = Text(zh=f"交来的是其他年度的报告：{told}", en=f"what came in is of another year: {told}")
        return words(self._lang) if found else None

    def outside(self) -> Iterator[list[object]]:
        context = self._batch.context
        names = {entry.row: entry.name for entry in context.roster}
        for one in context.submitted:
            if one.row is None or one.year != context.year:
                state = why_outside(one) if context.roster else _STATES["one"]
                head = [one.body, state(self._lang), self._file(one), one.year, *self._told(one)]
                remark = None
                if one.rows and one.row is None:
                    remark = may_be([names[row] for row in one.rows])(self._lang)
                yield [*head, None, None, remark]

    def unread(self) -> Iterator[list[object]]:
        told = {name for names in self._batch.context.came_unread.values() for name in names}
        for failed in self._batch.store.heads():
            if failed.status != "checked" and failed.name not in told:
                name = linked(failed.name, failed.name, failed.body)
                yield [
                    None,
                    _UNREAD(self._lang),
                    name,
                    *self._nothing(),
                    None,
                    None,
                    failed.facts.get("problem"),
                ]

    def _file(self, one: Submitted) -> Link:
        return linked(self._joined.get(one.name, one.name), one.name, one.facts.get("body"))

    def _told(self, one: Submitted) -> list[object]:
        """Verdict, findings by severity, marks, and the day of publication."""
        summary: Sequence[object] = one.facts["summary"]
        marks = [_marks(*one.facts["score"])] if self._scored else []
        return [VERDICT[str(summary[0])](self._lang), *summary[1:], *marks, one.facts.get("published")]

    def _nothing(self) -> list[object]:
        """What stands in place of the year and of `_told` where there is no report."""
        return [None] * (8 if self._scored else 7)

    def _called(self, entry: RosterEntry, one: Submitted) -> str | None:
        """What the report calls the body, where that is no more than its name with or without its regions."""
        if (
            one.body is None
            or bare(one.body).endswith(bare(entry.name))
            or bare(entry.name).endswith(bare(one.body))
        ):
            return None
        short = shortened(one.body)
        by_name = short.endswith(shortened(entry.name)) or shortened(entry.name).endswith(short)
        zh = f"报告中写作“{one.body}”" + ("" if by_name else "，按名册的其他名称或文件名认作这个单位")
        en = f"called “{one.body}” in the report" + (
            "" if by_name else "; found by another name or the file's"
        )
        return Text(zh=zh, en=en)(self._lang)


def _marks(least: int, most: int) -> int | str:
    """The marks; from the least to the most where a person must judge the rest."""
    return most if least == most else f"{least}～{most}"

"""`结果.xlsx`: what the people of a superior office work through, in Excel or WPS.

Rows are written as they come and kept nowhere, so memory does not grow with the batch. Every text is written as text:
what a report holds is never taken for a formula or a link. Links lead to the pages beside the workbook.
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, datetime
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any
from unicodedata import east_asian_width

from disclosure_rules.batch.joining import ROLES, words_of
from disclosure_rules.batch.report_files import waived_words
from disclosure_rules.batch.since import CHANGED, counts
from disclosure_rules.batch.store import SCORED
from disclosure_rules.batch.waived import STATES
from disclosure_rules.batch.workbook_before import workbook_before
from disclosure_rules.batch.workbook_bodies import VERDICT, body_rows
from disclosure_rules.batch.workbook_classes import sheet_class, workbook_class
from disclosure_rules.batch.workbook_columns import (
    BETWEEN,
    OVERVIEW,
    PARTS,
    RATES,
    SINCE,
    WAIVERS,
    bodies,
    findings,
)
from disclosure_rules.batch.workbook_links import LONGEST, Link, formula, linked
from disclosure_rules.errors import unwritable
from disclosure_rules.model.rule import Severity
from disclosure_rules.model.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

    from disclosure_rules.batch.report_files import Batch, Checked
    from disclosure_rules.batch.workbook_before import Kept, Key
    from disclosure_rules.batch.workbook_columns import Column
    from disclosure_rules.model.text import Lang

__all__ = ["write_workbook"]

_LONGEST = 32_000  # characters of a cell; Excel's own limit is 32,767
_KEPT = 4096  # texts of which it is known how many lines they take: many stand in the rows of many reports
_LINE = 15.0  # points of a line of text, and of the highest row that Excel has
_HIGHEST = 409.0
_MOST_ROWS = 1_000_000  # of a sheet; Excel's own limit is 1,048,576
# What XML cannot hold.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# A rule that speaks of more than a fifth of the reports is a bad rule, or tells of a practice that all share.
_OFTEN = 0.2
_WORK = Text(zh="待处理,已改正,不是问题", en="to do,mended,no fault")
_SEVERITY = {
    "error": Text(zh="错误", en="error"),
    "warning": Text(zh="警告", en="warning"),
    "explain": Text(zh="说明", en="explain"),
    "note": Text(zh="提示", en="note"),
}
# By which a severity is seen at a glance, in print too: the word stands beside it.
_COLOURS = {"error": "#B42318", "warning": "#93540A", "explain": "#1F5FA8", "note": "#555E6B"}


def write_workbook(file: Path, batch: Batch, given: Iterable[Checked], lang: Lang) -> Kept | None:
    """Write the workbook: overview, bodies, findings, findings between reports, how often each rule speaks.

    What the office has filled in for findings that are still there is taken over.

    Args:
        file: Where to; replaced only when all of it is written.
        batch: The run.
        given: Its results; they are taken one by one, all of them.
        lang: The language of headings and words.

    Returns:
        Where the workbook that was there is kept, if somebody had changed it.

    Raises:
        UsageError: XlsxWriter is not installed, or the file cannot be written.
    """
    draft = file.with_name(f".{file.name}.draft")
    try:
        before = workbook_before(file, batch.store)
        with workbook_class()(
            draft, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        ) as book:
            # The same run gives the same bytes: the day on which a file was made is none of its contents.
            book.set_properties({"created": datetime(2020, 1, 1, tzinfo=UTC)})
            _Writer(book, batch, lang, before.states).write(given)
        kept = before.give_way(batch.store, draft)
        draft.replace(file)
    except OSError as problem:
        raise unwritable(
            file,
            problem,
            "文件若在 Excel 或 WPS 中打开，请先关闭",
            "close it in Excel or WPS where it is open",
        ) from problem
    finally:
        draft.unlink(missing_ok=True)
    return kept


class _Writer:
    """Writes the sheets of one workbook."""

    def __init__(self, book: Workbook, batch: Batch, lang: Lang, states: Mapping[Key, str]) -> None:
        self._filled_in = states
        self._book = book
        self._batch = batch
        self._lang = lang
        self._head = book.add_format({"bold": True, "bg_color": "#DDE6F0", "border": 1, "text_wrap": True})
        self._wrap = book.add_format({"text_wrap": True, "valign": "top"})
        self._blue = book.add_format(
            {"text_wrap": True, "valign": "top", "font_color": "#0563C1", "underline": 1}
        )
        self._number = book.add_format({"align": "center", "valign": "top"})
        self._severities = {
            word: book.add_format({"bold": True, "valign": "top", "font_color": _COLOURS[severity]})
            for severity, text in _SEVERITY.items()
            for word in [self._text(text)]
        }
        self._share = book.add_format({"num_format": "0.0%", "valign": "top"})

    def write(self, given: Iterable[Checked]) -> None:
        """Every sheet; what the overview counts is counted on the way over the findings."""
        overview = self._sheet("概况", "overview", OVERVIEW)
        wanted = bodies(scored=self._batch.store.meta(SCORED) == "yes")
        self._rows(self._sheet("各单位", "bodies", wanted), wanted, body_rows(self._batch, self._lang))
        wanted, state = findings(waived=bool(self._batch.waivers))
        sheet = self._sheet("问题", "findings", wanted)
        spoke: Counter[tuple[str, str]] = Counter()
        told: Counter[str] = Counter()
        rows = self._rows(sheet, wanted, self._finding_rows(given, spoke, told))
        self._states(sheet, state, rows)
        sheet.print_area(0, 0, rows, state)
        if self._batch.waivers:
            self._rows(self._sheet("豁免", "waivers", WAIVERS), WAIVERS, self._waiver_rows())
        between = self._sheet("批次问题", "between reports", BETWEEN)
        rows = self._rows(between, BETWEEN, self._between_rows())
        self._states(between, 6, rows)
        if self._batch.earlier is not None:
            self._rows(self._sheet("与上次相比", "since then", SINCE), SINCE, self._since_rows())
        if any(True for _ in self._batch.parts()):
            self._rows(self._sheet("附件", "attachments", PARTS), PARTS, self._part_rows())
        self._rows(self._sheet("规则频次", "how often", RATES), RATES, self._rate_rows(spoke))
        self._rows(overview, OVERVIEW, self._overview_rows(told))

    def _text(self, text: Text) -> str:
        return text(self._lang)

    def _sheet(self, zh: str, en: str, columns: Sequence[Column]) -> Worksheet:
        sheet = self._book.add_worksheet(zh if self._lang == "zh" else en, sheet_class())
        for index, column in enumerate(columns):
            sheet.set_column(index, index, column.width)
            sheet.write_string(0, index, self._text(column.title), self._head)
        sheet.freeze_panes(1, 1)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        sheet.autofilter(0, 0, _MOST_ROWS, len(columns) - 1)
        return sheet

    def _rows(self, sheet: Worksheet, columns: Sequence[Column], rows: Iterator[list[object]]) -> int:
        """Write rows below the heading; returns how many. A sheet that is full says in its last row what is left out.

        Each is as high as its longest text needs: not every program works that out when it opens the file. All rows are
        taken, also those that find no room: the counts of the overview are made on the way.
        """
        written = left_out = 0
        for row in rows:
            if written >= _MOST_ROWS:
                left_out += 1
                continue
            written += 1
            # What is known of rows that are written already is kept for pictures, of which there are none.
            sheet.row_sizes.clear()
            sheet.row_info.pop(written - 2, None)
            sheet.set_row(written, _height(row, columns))
            for column, value in enumerate(row):
                self._cell(sheet, written, column, value)
        if left_out:
            full = (
                f"行数已达上限，另有 {left_out} 行没有写入，见 findings.csv 和 results.jsonl"
                if self._lang == "zh"
                else f"full; {left_out} more rows are in findings.csv and results.jsonl"
            )
            sheet.write_string(written + 1, 0, full)
        return written

    def _cell(self, sheet: Worksheet, row: int, column: int, value: object) -> None:
        if isinstance(value, float):
            sheet.write_number(row, column, value, self._share)
        elif isinstance(value, int):
            sheet.write_number(row, column, value, self._number)
        elif value:
            text = _FORBIDDEN.sub("\ufffd", str(value))
            if len(text) > _LONGEST:
                text = text[:_LONGEST] + ("……（已截断）" if self._lang == "zh" else " … (cut)")
            if isinstance(value, Link) and len(text) <= LONGEST:
                sheet.write_formula(row, column, formula(value.page, text), self._blue, text)
            else:
                sheet.write_string(row, column, text, self._severities.get(text, self._wrap))

    def _states(self, sheet: Worksheet, column: int, rows: int) -> None:
        """A list to choose from in the column that the office fills in."""
        if rows:
            choices = self._text(_WORK).split(",")
            sheet.data_validation(1, column, rows, column, {"validate": "list", "source": choices})

    def _finding_rows(
        self, given: Iterable[Checked], spoke: Counter[tuple[str, str]], told: Counter[str]
    ) -> Iterator[list[object]]:
        yes, no = ("是", "否") if self._lang == "zh" else ("yes", "no")
        rows = {entry.row: entry.name for entry in self._batch.context.roster}
        submitted = iter(self._batch.context.submitted)  # in the order of names, as the results are
        one = next(submitted, None)
        for entry, _, result in given:
            name = entry.name
            spoke.update({(finding["title"][self._lang], finding["rule"]) for finding in result["findings"]})
            told.update(finding["severity"] for finding in result["findings"])
            file = linked(name, name, entry.body)
            body = entry.body
            if one is not None and one.name == name:
                body = rows.get(one.row or 0, body)  # as in the sheet of bodies, to filter by
                one = next(submitted, None)
            for finding in result["findings"]:
                suggestion = finding["suggestion"]
                yield [
                    body,
                    file,
                    self._text(_SEVERITY[finding["severity"]]),
                    finding["title"][self._lang],
                    finding["location"]["words"][self._lang],
                    finding["message"][self._lang],
                    suggestion[self._lang] if suggestion else None,
                    _law(finding["basis"]),
                    yes if finding["blocks"] else no,
                    *([waived_words(finding, self._lang)] if self._batch.waivers else []),
                    self._filled_in.get((name, finding["rule"], finding["fingerprint"])),
                    finding["rule"],
                    finding["fingerprint"],
                ]

    def _waiver_rows(self) -> Iterator[list[object]]:
        for waiver, state, file in self._batch.waivers:
            head = [waiver.body, waiver.year, self._text(STATES[state]), waiver.reason, waiver.basis]
            named = file and linked(file, file, waiver.body)
            yield [*head, waiver.approved_by, waiver.expires, named, waiver.rule, waiver.finding]

    def _between_rows(self) -> Iterator[list[object]]:
        for finding in self._batch.judged.findings:
            severity = self._text(_SEVERITY[finding.severity.value])
            suggestion = self._text(finding.suggestion) if finding.suggestion else None
            words = [
                finding.body,
                severity,
                self._text(finding.title),
                self._text(finding.message),
                suggestion,
            ]
            state = self._filled_in.get((finding.body or "", finding.rule, self._text(finding.message)))
            yield [*words, "\n".join(finding.files), state, finding.rule]
        names = {entry.row: entry.name for entry in self._batch.context.roster}
        unknown = "未能判断" if self._lang == "zh" else "not decided"
        for one in self._batch.judged.open:
            reason = self._text(one.reason)
            title = self._text(one.title) if one.title else None
            body = names.get(one.row or 0)
            state = self._filled_in.get((body or "", one.rule, reason))
            yield [body, unknown, title, reason, None, "\n".join(one.files), state, one.rule]

    def _part_rows(self) -> Iterator[list[object]]:
        for part in self._batch.store.parts():
            if part.role != "main":
                taken = self._text(words_of(part.taken, self._batch.context.layouts))
                yield [part.name, part.main, self._text(ROLES[part.role]), taken]

    def _since_rows(self) -> Iterator[list[object]]:
        for change in self._batch.changes():
            finding, lang = change.finding, self._lang
            severity = self._text(_SEVERITY[finding["severity"]])
            head = [change.body, self._text(CHANGED[change.state]), severity, finding["title"][lang]]
            place = finding["location"]["words"][lang] if "location" in finding else None
            yield [*head, place, finding["message"][lang], change.file, finding["rule"]]

    def _rate_rows(self, spoke: Counter[tuple[str, str]]) -> Iterator[list[object]]:
        reports = len(self._batch.context.submitted)
        remark = (
            "超过五分之一的报告都有：规则可能有误，或者是普遍做法"
            if self._lang == "zh"
            else "more than a fifth of the reports: a bad rule, or a practice that all share"
        )
        for (title, rule), count in sorted(spoke.items(), key=lambda item: (-item[1], item[0])):
            share = count / reports if reports else 0.0
            yield [title, count, share, remark if share > _OFTEN else None, rule]

    def _overview_rows(self, told: Counter[str]) -> Iterator[list[object]]:
        context, zh = self._batch.context, self._lang == "zh"
        ended = Counter((entry.status, entry.verdict) for entry in self._batch.store.heads())
        unread = sum(count for (status, _), count in ended.items() if status != "checked")
        yield ["报告年度" if zh else "report year", context.year]
        if context.roster:
            yield ["名册单位" if zh else "bodies of the roster", len(context.roster)]
            yield ["已收到" if zh else "came in", len(context.by_row)]
        parts = sum(1 for _ in self._batch.parts())
        yield ["文件" if zh else "files", ended.total() + parts]
        if parts:
            yield ["其中附件" if zh else "attachments among them", parts]
        yield ["没有读出" if zh else "not read", unread]
        for verdict, words in VERDICT.items():
            yield [f"{'报告' if zh else 'reports'}：{self._text(words)}", ended["checked", verdict]]
        for severity in Severity:
            words = _SEVERITY[severity.value]
            yield [f"{'报告中的问题' if zh else 'findings'}：{self._text(words)}", told[severity.value]]
        if self._batch.waivers:
            holding = sum(one.state == "holds" for one in self._batch.waivers)
            yield ["其中已豁免" if zh else "waived among them", holding]
            yield ["不生效的豁免" if zh else "waivers that do not hold", len(self._batch.waivers) - holding]
        for title, count in Counter(
            self._text(one.title) for one in self._batch.judged.findings
        ).most_common():
            yield [title, count]
        if self._batch.earlier is not None:
            found = counts(self._batch.changes())
            for state, words in CHANGED.items():
                yield [f"{'与上次相比' if zh else 'since then'}：{self._text(words)}", found[state]]
            told_apart = self._batch.other_rules()
            yield [self._text(told_apart), None] if told_apart else []
        for note in self._batch.notes:
            yield [f"{self._text(note.message)}：{'、'.join(note.words)}", note.count]


def _height(row: Sequence[object], columns: Sequence[Column]) -> float:
    """The height of a row in points: as many lines as the fullest of its cells takes at the width of its column."""
    lines = 1
    for value, column in zip(row, columns, strict=False):
        if isinstance(value, str) and (2 * len(value) >= column.width or "\n" in value):
            lines = max(lines, _lines(str(value), column.width))
    return min(lines * _LINE, _HIGHEST)


@lru_cache(_KEPT)
def _lines(text: str, width: int) -> int:
    """How many lines a text takes at a width."""
    return sum(1 + _broad(one) // width for one in text[:_LONGEST].split("\n"))


def _broad(text: str) -> int:
    """How broad a text is in the units of columns: a Chinese character is two."""
    if text.isascii():
        return len(text)
    return len(text) + sum(map(_is_wide, text))


@cache
def _is_wide(character: str) -> bool:
    return east_asian_width(character) in "WFA"


def _law(bases: Sequence[Mapping[str, Any]]) -> str:
    return "；".join(
        f"《{one['title']}》{'（' + one['number'] + '）' if one['number'] else ''}{one['article'] or ''}"
        for one in bases
    )

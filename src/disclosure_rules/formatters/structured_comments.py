"""What an extract tells a person beside its values: what could not be read, how to correct, and printed labels."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple

from disclosure_rules.formatters.wrapping import wrap
from disclosure_rules.model.note import READ_BY_OCR
from disclosure_rules.model.report import CellStatus
from disclosure_rules.model.text import Text
from disclosure_rules.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from disclosure_rules.model.layout import Layout, TableSpec
    from disclosure_rules.model.location import Location
    from disclosure_rules.model.report import Cell, Report, Table
    from disclosure_rules.model.text import Lang

__all__ = ["Comments", "comments_on"]

_COLUMNS = 96
# All of it stays well below what is looked at to tell that a file is YAML.
_MOST_LINES = 40
_MOST_PLACES = 3
_LONGEST = 40
_LONGEST_NOTE = 200
# Cells that wait for somebody to look at the document; a blank or a mark is what the document says.
_UNSURE = {
    CellStatus.UNREADABLE: Text(zh="无法读取", en="could not be read"),
    CellStatus.INFERRED: Text(
        zh="不是直接读到的，请核对", en="was not read directly; compare with the document"
    ),
    CellStatus.NOT_CALCULATED: Text(zh="公式没有保存结果", en="is a formula without a value"),
    CellStatus.ABSENT: Text(zh="没有找到", en="was not found"),
}
_HOW = {
    "zh": (
        "怎样改：数字读错，改 number 后面的数；空白、无法读取或待核对的单元格，把整个 {…} 换成数字，例如 total: 12。",
        "改好后检查：disclosure-rules check 本文件。「#」后面是说明，改不改都不影响检查。",
    ),
    "en": (
        "To correct: change the figure after `number`; a cell that is blank, unreadable or to be confirmed gets its",
        "figure in place of the whole {…}, as in total: 12.",
        "Then: disclosure-rules check THIS-FILE. What follows a # is for people and is not checked.",
    ),
}

_CONFIRMED = {
    "zh": "全部与原件核对、改成数字后，删去下面 notes 中 read-by-ocr 的一条，才会按正式数据检查。",
    "en": "When all of it was compared and replaced, remove read-by-ocr from `notes` below: only then it counts.",
}


class Comments(NamedTuple):
    """Lines for the top, and remarks beside values by the keys that lead to them."""

    top: tuple[str, ...]
    beside: Mapping[tuple[str, ...], str]


def comments_on(report: Report, layouts: Mapping[str, Layout], lang: Lang) -> Comments:
    """The comments for the extract of a report.

    Args:
        report: The report.
        layouts: The known forms, by id.
        lang: The language of the words.
    """
    zh = lang == "zh"
    file = _plain(PurePath(report.source.path).name) if report.source.path else ""
    head = (
        f"由 disclosure-rules {VERSION} 从{f'「{file}」' if file else '报告'}读出。"
        if zh
        else f"Read from {file or 'a report'} by disclosure-rules {VERSION}."
    )
    unsure = list(_unsure(report, layouts, lang))
    lines = [head, *_HOW[lang], *(_CONFIRMED[lang] for note in report.notes if note.code == READ_BY_OCR), ""]
    if unsure:
        lines.append(
            f"没有读到、没有读准或需要留意的（{len(unsure)} 项）："
            if zh
            else f"Not read, or to look at ({len(unsure)}):"
        )
        lines += [f"- {line}" for line in unsure[:_MOST_LINES]]
        if len(unsure) > _MOST_LINES:
            more = len(unsure) - _MOST_LINES
            lines.append(f"- 另有 {more} 项，见各单元格" if zh else f"- and {more} more: see the cells")
    else:
        lines.append("全部内容都读到了。" if zh else "Everything was read.")
    top = tuple(part for line in lines for part in _wrapped(line))
    return Comments(top, dict(_beside(report, layouts, lang)))


def _wrapped(line: str) -> list[str]:
    """The line in the width of a screen; what goes on from a dash is set in."""
    indent = "  " if line.startswith("- ") else ""
    parts = list(wrap(line, _COLUMNS - len(indent))) if line else [""]
    return [parts[0], *(indent + part for part in parts[1:])]


def _tables(report: Report, layouts: Mapping[str, Layout]) -> Iterator[tuple[Table, TableSpec]]:
    for key, table in report.tables.items():
        spec = layouts[table.form].table(key)
        if spec is not None:
            yield table, spec


def _unsure(report: Report, layouts: Mapping[str, Layout], lang: Lang) -> Iterator[str]:
    """What the reader noted, then the cells that wait for somebody to look, row by row."""
    for note in report.notes:
        where = dict.fromkeys(filter(None, (_place(place, lang) for place in note.places[:_MOST_PLACES])))
        yield _short(note.message(lang).rstrip("。."), _LONGEST_NOTE) + _bracketed("、".join(where), lang)
    for table, spec in _tables(report, layouts):
        groups: dict[tuple[str, CellStatus], list[tuple[str, Cell]]] = {}
        for index, (row, column) in enumerate(spec.cells):
            cell = table.cell(index)
            if cell.status in _UNSURE:
                groups.setdefault((row, cell.status), []).append((column, cell))
        for (row, status), cells in groups.items():
            yield _row_words(spec, row, [column for column, _ in cells], lang) + _said(status, cells, lang)


def _row_words(spec: TableSpec, row: str, columns: Sequence[str], lang: Lang) -> str:
    zh = lang == "zh"
    table = spec.title(lang).split("（")[0].split(" (")[0]
    words = f"{table}「{spec.row(row).label.zh}」" if zh else f"{table}, “{spec.row(row).label.en}”"
    if len(columns) == 1:
        label = spec.column(columns[0]).label(lang)
        return words + (f"的「{label}」：" if zh else f", “{label}”: ")
    return words + (f"的 {len(columns)} 格：" if zh else f", {len(columns)} cells: ")


def _said(status: CellStatus, cells: Sequence[tuple[str, Cell]], lang: Lang) -> str:
    printed = dict.fromkeys(_short(cell.text, _LONGEST) for _, cell in cells if cell.text)
    texts = ("、" if lang == "zh" else ", ").join(
        f"「{text}」" if lang == "zh" else f"“{text}”" for text in list(printed)[:_MOST_PLACES]
    )
    told = f"{'，原文' if lang == 'zh' else ', printed as '}{texts}" if texts else ""
    return _UNSURE[status](lang) + told + _bracketed(_place(cells[0][1].location, lang), lang)


def _bracketed(words: str, lang: Lang) -> str:
    if not words:
        return ""
    return f"（{words}）" if lang == "zh" else f" ({words})"


def _place(place: Location, lang: Lang) -> str:
    zh = lang == "zh"
    if place.page is not None:
        return f"第 {place.page} 页" if zh else f"page {place.page}"
    if place.line is not None:
        return f"第 {place.line} 行" if zh else f"line {place.line}"
    return ""


def _beside(
    report: Report, layouts: Mapping[str, Layout], lang: Lang
) -> Iterator[tuple[tuple[str, ...], str]]:
    for table, spec in _tables(report, layouts):
        yield ("tables", spec.key), spec.title(lang)
        for row in spec.rows:
            yield ("tables", spec.key, row.key), row.label(lang)
        for index, (row_key, column) in enumerate(spec.cells):
            status = table.cell(index).status
            told = f"{'：' if lang == 'zh' else ': '}{_UNSURE[status](lang)}" if status in _UNSURE else ""
            yield ("tables", spec.key, row_key, column), spec.column(column).label(lang) + told
    if report.layout is not None:
        for fact in layouts[report.layout].facts:
            yield ("facts", fact.key), fact.title(lang)


def _short(text: str, most: int) -> str:
    plain = _plain(text)
    return plain if len(plain) <= most else f"{plain[:most]}…"


def _plain(text: str) -> str:
    """The text on one line: nothing of a document may end a comment."""
    return "".join(character if character.isprintable() else " " for character in text)

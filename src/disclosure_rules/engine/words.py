"""Places, labels and reasons in words that a clerk understands."""

from __future__ import annotations

from functools import cached_property
from itertools import islice
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from disclosure_rules.model.report import CellStatus
from disclosure_rules.model.result import Place
from disclosure_rules.model.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from disclosure_rules.engine.program import Program
    from disclosure_rules.model.layout import Layout, TableSpec
    from disclosure_rules.model.location import Location
    from disclosure_rules.model.report import Report

__all__ = ["Teller", "make_teller"]

_STATUS = {
    CellStatus.READ: Text(zh="不是数字", en="is no number"),
    CellStatus.BLANK: Text(zh="空白", en="is blank"),
    CellStatus.MARK: Text(zh="填的是符号", en="holds a mark"),
    CellStatus.UNREADABLE: Text(zh="无法读取", en="could not be read"),
    CellStatus.INFERRED: Text(
        zh="是推算或识别出来的，不能作为依据", en="was inferred or recognised and is no evidence"
    ),
    CellStatus.ABSENT: Text(zh="没有", en="is missing"),
    CellStatus.NOT_CALCULATED: Text(zh="是未计算的公式", en="is a formula without a value"),
}
# Parts of a report that are no section; locations name them as if they were.
_OUTSIDE = {
    "introduction": Text(zh="引言", en="introduction"),
    "closing": Text(zh="落款", en="closing"),
}
_MOST_NAMED = 3
_Words = tuple[str, str]  # in Chinese and in English


class Teller:
    """Tells places of one report in words.

    Args:
        layout: The report's layout; None where it is not known.
        specs: Table key → the specification its rows follow.
        report: The report.
        previous: Tells places of last year's report.
    """

    def __init__(
        self,
        layout: Layout | None,
        specs: Mapping[str, TableSpec],
        report: Report,
        previous: Teller | None = None,
    ) -> None:
        self._layout = layout
        self._previous = previous
        self._specs = specs
        self._report = report

    def place(self, location: Location) -> Location:
        """`location` with the page, line and pointer that the report knows for it."""
        known = self._known(location)
        # Page and line of another file would say where nothing is.
        if known is None or location.file not in {None, known.file}:
            return location
        extra = {
            name: value
            for name, value in known
            if value is not None and getattr(location, name, None) is None and name != "words"
        }
        return location.model_copy(update=extra) if extra else location

    def _known(self, location: Location) -> Location | None:
        if location.table is not None:
            table = self._report.tables.get(location.table)
            spec = self._specs.get(location.table)
            if table is None or spec is None:
                return None
            if location.row is None or location.column is None:
                return table.location
            index = spec.index.get((location.row, location.column))
            if index is None:
                return None
            # A cell of which nothing but its number is known stands where its table does.
            found, file = table.cell(index).location, table.location.file
            return found if found.file == file else found.model_copy(update={"file": file})
        if location.section is not None:
            section = self._report.section(location.section)
            return section.location if section else None
        return None

    def words(self, location: Location) -> Place:
        """`location` with its words."""
        zh: list[str] = []
        en: list[str] = []
        if location.file is not None:
            name = PurePosixPath(location.file).name
            zh.append(f"“{name}”")
            en.append(f"“{name}”")
        if location.page is not None:
            zh.append(f"第 {location.page} 页")
            en.append(f"page {location.page}")
        if location.line is not None:
            zh.append(f"第 {location.line} 行")
            en.append(f"line {location.line}")
        if location.table is not None:
            cell = self._cell_words(location)
            zh.append(cell.zh)
            en.append(cell.en)
        elif location.section is not None:
            section = self._section_words(location.section)
            zh.append(section.zh)
            en.append(section.en)
            if location.line is None and location.paragraph is not None:
                zh.append(f"第 {location.paragraph} 段")
                en.append(f"paragraph {location.paragraph}")
        words = Text(zh=" ".join(zh) or "全文", en=", ".join(en) or "the whole report")
        return Place(**{name: value for name, value in location if name != "words"}, words=words)

    def reading_order(self, location: Location) -> tuple[str | int, ...]:
        """Where `location` comes when the report is read from top to bottom, and after it its other files."""
        spec = self._specs.get(location.table or "")
        section = location.section or (spec.section if spec else None)
        rows, columns = spec.order if spec else ({}, {})
        return (
            location.file or "",
            location.page or 0,
            location.line or 0,
            self._places.get(section, len(self._report.sections) + 1),
            location.paragraph or 0,
            rows.get(location.row or "", -1) + 1,
            columns.get(location.column or "", -1) + 1,
        )

    @cached_property
    def _places(self) -> dict[str | None, int]:
        """The place of each section in print; what stands in none comes first."""
        sections = self._report.sections
        found: dict[str | None, int] = {}
        for place, section in enumerate(sections, start=1):
            found.setdefault(section.key, place)
        return {**found, None: 0, "introduction": 0, "closing": len(sections) + 1}

    def _section_words(self, key: str) -> Text:
        if key in _OUTSIDE:
            return _OUTSIDE[key]
        found = self._report.section(key)
        spec = self._layout.section(key) if self._layout else None
        title = spec.title if spec else Text(zh=key, en=key)
        heading = found.heading if found else title.zh
        return Text(zh=f"「{heading}」", en=f"section “{title.en}”")

    def _cell_words(self, location: Location) -> Text:
        spec = self._specs.get(location.table or "")
        if spec is None:
            return Text(zh=location.table or "", en=location.table or "")
        return spec.words(location.row, location.column)

    def labels(self, binding: Mapping[str, str]) -> dict[str, Text]:
        """The labels of what the `each` variables of an instance stand for."""
        return {name: self._label(path) for name, path in binding.items()}

    def _label(self, path: str) -> Text:
        parts = path.split(".")
        spec = self._specs.get(parts[0])
        key = parts[-1]
        if spec is not None and len(parts) == 3:  # noqa: PLR2004  table.row.column
            return spec.words(parts[1], key)
        if parts[0] == "sections":
            found = self._layout.section(key) if self._layout else None
            return found.title if found else Text(zh=key, en=key)
        if parts[0] == "tables" and key in self._specs:
            return self._specs[key].title
        labels: dict[str, Text] = {}
        if spec is not None:
            labels.update((row.key, row.label) for row in spec.rows)
            labels.update((column.key, column.label) for column in spec.columns)
        return labels.get(key) or Text(zh=key, en=key)

    def unknown(self, paths: Iterable[str]) -> Text:
        """Why a rule could not be decided: the cells and figures it lacked, the first few by name."""
        subjects: dict[str, str] = {}
        for path in paths:
            subjects.setdefault(self._subject(path), path)
        named = [self._told_unknown(path) for path in islice(subjects.values(), _MOST_NAMED)]
        more = len(subjects) - _MOST_NAMED
        zh = "；".join(zh for zh, _ in named) + (f"；另有 {more} 处" if more > 0 else "")
        en = "; ".join(en for _, en in named) + (f"; and {more} more" if more > 0 else "")
        return Text(zh=zh or "有内容未能读取", en=en or "something could not be read")

    def _subject(self, path: str) -> str:
        """What is told to be unknown: the thing itself, or the whole table where that was not found."""
        first, _, rest = path.partition(".")
        if first == "previous" and self._previous is not None:
            return f"previous.{self._previous._subject(rest)}"  # noqa: SLF001  one of the same class
        return first if first in self._specs and first not in self._report.tables else path

    def _told_unknown(self, path: str) -> _Words:
        parts = path.split(".")
        if parts[0] == "previous" and self._previous is not None:
            text = self._previous.unknown([path.split(".", 1)[1]])
            return f"上一年报告{text.zh}", f"last year's report: {text.en}"
        spec = self._specs.get(parts[0])
        if spec is None or len(parts) != 3:  # noqa: PLR2004  table.row.column
            return self._unknown_figure(parts)
        table = self._report.tables.get(parts[0])
        if table is None:
            title = spec.title
            return f"没有读到{title.zh}", f"{title.en} was not found"
        index = spec.index.get((parts[1], parts[2]))
        status = table.cell(index).status if index is not None else CellStatus.ABSENT
        where, is_so = spec.words(parts[1], parts[2]), _STATUS[status]
        return where.zh + is_so.zh, f"{where.en} {is_so.en}"

    def _unknown_figure(self, parts: list[str]) -> _Words:
        if parts == ["report", "year"]:
            return "没有读到报告年度", "the report year was not found"
        if parts[0] == "sections" and len(parts) == 2:  # noqa: PLR2004  sections.key
            section = self._section_words(parts[1])
            return f"没有读到{section.zh}部分", f"{section.en} was not found"
        if parts[0] == "facts" and self._layout is not None:
            spec = next((fact for fact in self._layout.facts if fact.key == parts[-1]), None)
            if spec is not None:
                return f"正文中没有读到{spec.title.zh}", f"the text gives no figure for: {spec.title.en}"
        return f"没有读到 {'.'.join(parts)}", f"{'.'.join(parts)} was not found"


def make_teller(program: Program, report: Report, previous: Report | None) -> Teller:
    """What tells the places of a report that was judged by `program`, and of last year's report."""
    names = program.names.previous
    earlier = (
        Teller(names.layout, names.tables, previous) if names is not None and previous is not None else None
    )
    return Teller(program.layout, program.specs, report, earlier)

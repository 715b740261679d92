"""A report as printed, with what was found at its places: sections, paragraphs and tables, a note beside each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from disclosure_rules.formatters.html_notes import badge, cause_box, note
from disclosure_rules.formatters.html_places import (
    CLOSING,
    INTRODUCTION,
    TABLES,
    TITLE,
    WHOLE,
    Spot,
    place_findings,
)
from disclosure_rules.formatters.html_tables import Fit, Signs, draw_table, statuses
from disclosure_rules.formatters.html_words import LOOK, STATUS, pick
from disclosure_rules.formatters.markup import tag, text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from disclosure_rules.formatters.html_places import Noted
    from disclosure_rules.formatters.markup import Markup
    from disclosure_rules.model.layout import Layout, TableSpec
    from disclosure_rules.model.report import Paragraph, Report, Section, Table
    from disclosure_rules.model.result import CheckResult, RootCause
    from disclosure_rules.model.text import Lang

__all__ = ["printed_report"]


def printed_report(
    result: CheckResult, report: Report, layouts: Mapping[str, Layout], prefix: str, lang: Lang
) -> Markup:
    """The report with the findings of its result.

    Args:
        result: The result.
        report: The report it is of.
        layouts: The known forms by id.
        prefix: What the anchors of the report begin with.
        lang: The language of what is said of it.
    """
    specs = {
        key: spec
        for key, table in report.tables.items()
        if table.form in layouts and (spec := layouts[table.form].table(key)) is not None
    }
    return _Printer(result, report, specs, prefix, lang).article()


class _Printer:
    """Prints one report."""

    def __init__(
        self, result: CheckResult, report: Report, specs: Mapping[str, TableSpec], prefix: str, lang: Lang
    ) -> None:
        self._report = report
        self._specs = specs
        self._prefix = prefix
        self._lang = lang
        self._noted = place_findings(result, report, specs)
        self._known = {
            finding.fingerprint: (number, finding) for number, finding in enumerate(result.findings, 1)
        }
        self._causes = list(enumerate(result.root_causes, 1))
        self._signs = Signs(self._noted, _fits(self._causes), prefix, lang)

    def article(self) -> Markup:
        """The report from its title to its signature; tables whose section is not there come last."""
        lang, printed = self._lang, {section.key for section in self._report.sections}
        alone = [key for key, spec in self._specs.items() if spec.section not in printed]
        unknown = pick(lang, "（没有读到标题）", "(no title was found)")
        return tag(
            "article",
            self._block(tag("h3", self._report.title or unknown, class_="title"), Spot(TITLE)),
            self._notes(self._noted.get(Spot(WHOLE), ())),
            self._paragraphs(INTRODUCTION, self._report.introduction),
            (self._section(number, section) for number, section in enumerate(self._report.sections)),
            (self._table(key) for key in alone),
            self._paragraphs(CLOSING, self._report.closing),
            class_="report",
            lang="zh-CN",
        )

    def _section(self, number: int, section: Section) -> Iterator[Markup]:
        yield self._block(tag("h4", _heading(section)), Spot(number))
        yield from self._paragraphs(number, section.paragraphs)
        first = all(other.key != section.key for other in self._report.sections[:number])
        for key, spec in self._specs.items():
            if first and spec.section == section.key:
                yield self._table(key)

    def _paragraphs(self, part: int, paragraphs: Sequence[Paragraph]) -> Iterator[Markup]:
        for place, paragraph in enumerate(paragraphs):
            spot = Spot(part, place)
            noted = self._noted.get(spot, ())
            yield self._block(tag("p", _marked(paragraph.text, noted)), spot)

    def _block(self, shown: Markup, spot: Spot) -> Markup:
        """A piece of the report with its notes; the signs of findings stand at its end."""
        noted = self._noted.get(spot, ())
        if not noted:
            return shown
        signs = (badge(one.finding, one.number, self._prefix, self._lang) for one in noted)
        return tag(
            "div",
            tag("div", shown, tag("span", signs, class_="signs"), class_="said"),
            self._notes(noted),
            class_="block" if spot.paragraph is not None else "block over",
        )

    def _notes(self, noted: Sequence[Noted]) -> Markup | None:
        if not noted:
            return None
        return tag("aside", (note(one, self._prefix, self._lang) for one in noted), lang=_code(self._lang))

    def _table(self, key: str) -> Markup:
        table, spec = self._report.tables[key], self._specs[key]
        here = [
            one
            for spot, found in self._noted.items()
            if spot.part == TABLES and spot.table == key
            for one in found
        ]
        here.sort(key=lambda one: one.number)
        causes = [(number, cause) for number, cause in self._causes if cause.table == key]
        box = tag(
            "div",
            draw_table(table, spec, self._signs),
            class_="scroll",
            tabindex=0,
            role="region",
            aria_label=spec.title(self._lang),
        )
        told = [cause_box(cause, number, self._known, self._prefix, self._lang) for number, cause in causes]
        told += [note(one, self._prefix, self._lang) for one in here]
        return tag(
            "div",
            box,
            self._legend(table),
            self._unplaced(table),
            tag("aside", told, lang=_code(self._lang)) if told else None,
            class_="drawn",
        )

    def _legend(self, table: Table) -> Markup | None:
        lang, shown = self._lang, statuses(table)
        if not shown:
            return None
        entries = (
            tag(
                "li",
                tag("span", STATUS[one][0](lang), class_=f"state {one.value}"),
                " ",
                STATUS[one][1](lang),
            )
            for one in shown
        )
        return tag("ul", entries, class_="legend", lang=_code(lang))

    def _unplaced(self, table: Table) -> Markup | None:
        if not table.unplaced:
            return None
        words = pick(
            self._lang, "印在表中、格式中没有的行列：", "Rows and columns in print that the form has not: "
        )
        rows = (tag("li", seen.text or seen.value) for seen in table.unplaced)
        return tag("div", tag("p", words, lang=_code(self._lang)), tag("ul", rows), class_="unplaced")


def _fits(causes: Sequence[tuple[int, RootCause]]) -> dict[tuple[str, str, str], Fit]:
    """The cells of the first correction of each root cause."""
    return {
        (cause.table, cell.location.row or "", cell.location.column or ""): Fit(
            cell.fits, number, cause.count == 1 and cause.every
        )
        for number, cause in causes
        for cell in cause.corrections[0].cells
    }


def _heading(section: Section) -> str:
    """A heading with its number, where it was read apart from it."""
    heading, number = section.heading, section.number
    return heading if number is None or heading.startswith((number, "第", "（")) else f"{number}、{heading}"


def _marked(paragraph: str, noted: Sequence[Noted]) -> Iterator[Markup]:
    """A paragraph with the passages of its findings marked; of those that overlap, the first and longest."""
    found = {one.passage: one for one in reversed(noted) if one.passage}
    spans = sorted(
        (start, -len(passage), passage) for passage in found for start in [paragraph.find(passage)]
    )
    at = 0
    for start, _, passage in spans:
        if start < at:
            continue
        yield text(paragraph[at:start])
        one = found[passage]
        yield tag("mark", passage, class_=LOOK[one.finding.severity])
        at = start + len(passage)
    yield text(paragraph[at:])


def _code(lang: Lang) -> str:
    return "zh-CN" if lang == "zh" else "en"

"""Where the comment of a finding goes: at what it is about where that is certain, else at the nearest certain place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from disclosure_rules.model.report import CellStatus
from disclosure_rules.model.text import Text
from disclosure_rules.word.markup import w

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from xml.etree.ElementTree import Element

    from disclosure_rules.model.location import Location
    from disclosure_rules.model.report import Cell, Paragraph, Report
    from disclosure_rules.model.result import Finding
    from disclosure_rules.word.markup import Markup

__all__ = ["Anchor", "Anchors"]

_QUOTED = re.compile("「([^「」]{2,})」")
_AT_TABLE = Text(
    zh="批注标在这张表的开头，具体位置见上", en="the comment stands at the beginning of this table"
)
_AT_ROW = Text(
    zh="批注标在这一行第一个有数据的单元格上",
    en="the comment stands at the first cell of the row that was read",
)
_AT_HEADING = Text(
    zh="批注标在这一部分的标题上，具体位置见上", en="the comment stands at the heading of this section"
)
_AT_START = Text(
    zh="批注标在文档开头，具体位置见上", en="the comment stands at the beginning of the document"
)
_AT_BOX = Text(
    zh="批注标在文本框所在的段落上", en="the comment stands at the paragraph that holds the text box"
)


class Anchor(NamedTuple):
    """A paragraph, words of it (none for the whole), and where it is where the finding is about another place."""

    paragraph: Element
    words: str = ""
    near: Text | None = None


class Anchors:
    """The anchors of the findings about one document.

    Args:
        report: What was recognised in the document.
        markup: The document's text.
        numbered: Its paragraphs in the order of the numbers that places give; those of footnotes are not in `markup`.
    """

    def __init__(self, report: Report, markup: Markup, numbered: Sequence[Element]) -> None:
        self._report = report
        self._markup = markup
        self._numbered = numbered
        self.start = next(
            paragraph for paragraph in markup.root.iter(w("p")) if self._outermost(paragraph) is paragraph
        )

    def anchor(self, finding: Finding) -> Anchor:
        """Where the comment of a finding goes."""
        place = finding.location
        if place.table is not None:
            return self._in_table(place)
        quoted = sorted(
            (words.rstrip("…") for words in _QUOTED.findall(finding.message.zh)), key=len, reverse=True
        )
        if place.section is not None:
            return self._in_section(place, quoted)
        if place.paragraph is None:
            return Anchor(self.start)
        found = set(self._without_section(place.paragraph))
        if len(found) == 1:
            return self._at(found.pop(), quoted) or Anchor(self.start, near=_AT_START)
        return Anchor(self.start, near=_AT_START)

    def _in_table(self, place: Location) -> Anchor:
        table = self._report.tables.get(place.table or "")
        if table is None:
            heading = self._heading(place.section)
            return (
                Anchor(heading, near=_AT_HEADING)
                if heading is not None
                else Anchor(self.start, near=_AT_START)
            )
        of_row = [cell for cell in table.details.values() if cell.location.row == place.row]
        exact = [cell for cell in of_row if cell.location.column == place.column]
        for cell, near in (*((cell, None) for cell in exact), *((cell, _AT_ROW) for cell in of_row)):
            paragraph = self._of_cell(cell)
            if paragraph is not None:
                return Anchor(paragraph, near=near)
        beginning = self._paragraph(table.location.paragraph)
        if beginning is None or beginning not in self._markup.spans:
            return Anchor(self.start, near=_AT_START)
        outermost = self._outermost(beginning)
        whole = outermost is beginning and place.row is None and place.column is None
        return Anchor(outermost, near=None if whole else _AT_TABLE)

    def _of_cell(self, cell: Cell) -> Element | None:
        """The paragraph of a cell, where the document has one and the text read from it stands there."""
        if cell.status is CellStatus.ABSENT:
            return None
        paragraph = self._paragraph(cell.location.paragraph)
        if paragraph is None or paragraph not in self._markup.spans:
            return None
        box = next((one for one in self._markup.ancestors(paragraph) if one.tag == w("tc")), None)
        if box is None or self._outermost(paragraph) is not paragraph:
            return None
        return paragraph if _squeezed(cell.text) in _squeezed("".join(box.itertext())) else None

    def _in_section(self, place: Location, quoted: Sequence[str]) -> Anchor:
        heading = self._heading(place.section)
        near = Anchor(self.start, near=_AT_START) if heading is None else Anchor(heading, near=_AT_HEADING)
        if place.paragraph is None:
            own = heading is not None and place.section not in {"introduction", "closing"}
            return near._replace(near=None) if own else near
        of_section = list(self._of_section(place.section or ""))
        if len(of_section) != 1 or not 1 <= place.paragraph <= len(of_section[0]):
            return near
        origin = self._paragraph(of_section[0][place.paragraph - 1].origin)
        return self._at(origin, quoted) or near

    def _of_section(self, key: str) -> Iterator[Sequence[Paragraph]]:
        """The paragraphs of each section of a key; only of a single one it is certain which are counted."""
        if key == "introduction":
            yield self._report.introduction
        elif key == "closing":
            yield self._report.closing
        else:
            yield from (section.paragraphs for section in self._report.sections if section.key == key)

    def _heading(self, key: str | None) -> Element | None:
        section = self._report.section(key) if key is not None else None
        found = self._paragraph(section.origin) if section is not None else None
        return self._outermost(found) if found is not None and found in self._markup.spans else None

    def _without_section(self, number: int) -> Iterator[Element]:
        """What a number without a section may mean: a paragraph of the file, or of a section that is not of the form."""
        report = self._report
        seen = (*report.titles, *report.bodies, *report.years, *report.regions)
        of_file = {one.location.paragraph for one in seen if one.location.section is None}
        of_file |= {section.origin for section in report.sections if section.key is None}
        origins = [number] if number in of_file else []
        origins += [
            section.paragraphs[number - 1].origin or 0
            for section in report.sections
            if section.key is None and 1 <= number <= len(section.paragraphs)
        ]
        for origin in origins:
            found = self._paragraph(origin)
            if found is not None:
                yield found

    def _paragraph(self, number: int | None) -> Element | None:
        return (
            self._numbered[number - 1] if number is not None and 1 <= number <= len(self._numbered) else None
        )

    def _at(self, paragraph: Element | None, quoted: Sequence[str]) -> Anchor | None:
        """A paragraph of the document with the longest of the quoted words that stand in it once."""
        if paragraph is None or paragraph not in self._markup.spans:
            return None
        outermost = self._outermost(paragraph)
        if outermost is not paragraph:
            return Anchor(outermost, near=_AT_BOX)
        text = "".join(text.text or "" for text in paragraph.iterfind(f"{w('r')}/{w('t')}"))
        return Anchor(paragraph, next((words for words in quoted if text.count(words) == 1), ""))

    def _outermost(self, paragraph: Element) -> Element:
        """The paragraph, or the one that holds the text box it stands in: programs show no comments in text boxes."""
        around = [one for one in self._markup.ancestors(paragraph) if one.tag == w("p")]
        return around[-1] if around else paragraph


def _squeezed(text: str) -> str:
    return "".join(text.split())

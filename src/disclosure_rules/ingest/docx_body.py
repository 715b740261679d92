"""The way through the body of a .docx: one pass with an explicit stack, whatever the author's program nested."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from disclosure_rules.errors import ReadError
from disclosure_rules.ingest.docx_numbering import value
from disclosure_rules.ingest.docx_paragraph import Fields, Paragraph
from disclosure_rules.ingest.docx_runs import PLAIN, look_of
from disclosure_rules.ingest.docx_styles import Style, child, is_on, list_of
from disclosure_rules.ingest.docx_tables import OpenTable
from disclosure_rules.ingest.grids import MOST_CELLS, table_too_large
from disclosure_rules.ingest.ooxml import WORD, local
from disclosure_rules.ingest.plain_block import PlainBlock
from disclosure_rules.ingest.raised import symbol_of
from disclosure_rules.ingest.unseen import UNSEEN
from disclosure_rules.model.location import at_paragraph

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from typing import Literal
    from xml.etree.ElementTree import Element

    from disclosure_rules.ingest.docx_numbering import Numbering
    from disclosure_rules.ingest.docx_runs import Look

    Leave = Callable[[], None] | None
    # Which children to visit, None for no child, and what to do after them.
    Entered = tuple[Element | None, Leave]

__all__ = ["Body"]

_DEEPEST = 1_000
_NO_STYLE = Style()
_SKIPPED = frozenset(
    (
        "pPr", "rPr", "tblPr", "tblPrEx", "tblGrid", "trPr", "tcPr", "sdtPr", "sdtEndPr", "sectPr", "instrText",
        "delInstrText", "delText", "fldData", "rt", "rubyPr", "bookmarkStart", "bookmarkEnd", "proofErr",
        "lastRenderedPageBreak", "commentRangeStart", "commentRangeEnd",
    )
)  # fmt: skip
# Formulas in which characters do not stand side by side on one line.
_BUILT = ("f", "sSup", "sSub", "sSubSup", "sPre", "rad", "nary", "m", "eqArr")
_DELETED, _INSERTED = f"{WORD}cellDel", f"{WORD}cellIns"  # changes of a whole cell
_NUMBERS = {"footnoteReference": "footnotes", "endnoteReference": "endnotes"}


class Body:
    """The blocks of a document.

    Args:
        styles: The styles by id.
        numbering: The lists.
        footnotes: Footnotes and endnotes by kind and id.
        name: The file's name, for messages.
    """

    _look: Look = PLAIN  # of the open run
    _placeholders = 0  # open content controls that nobody has filled in
    _count = 0  # paragraphs so far
    _cells = 0  # and cells of tables

    def __init__(
        self,
        styles: Mapping[str, Style],
        numbering: Numbering,
        footnotes: Mapping[tuple[str, str], Element],
        name: str,
    ) -> None:
        self._styles = styles
        self._numbering = numbering
        self._footnotes = footnotes
        self._name = name
        self.blocks: list[PlainBlock] = []
        # What was met and how it was taken: code of a note → numbers of paragraphs.
        self.met: dict[str, list[int]] = defaultdict(list)
        # The paragraphs in the order of their numbers, which begin at 1.
        self.numbered: list[Element] = []
        self._sinks: list[list[PlainBlock]] = [self.blocks]
        self._paragraphs: list[Paragraph] = []
        self._tables: list[OpenTable] = []
        self._carried: list[list[str]] | None = None
        self._footnotes_due: list[Element] = []
        self._in_footnote = False
        self._enter: Mapping[str, Callable[[Element], Entered]] = {
            "p": self._enter_paragraph,
            "r": self._enter_run,
            "t": self._text,
            "tab": lambda _: self._print("\t"),
            "ptab": lambda _: self._print("\t"),
            "noBreakHyphen": lambda _: self._print("-"),
            "sym": self._symbol,
            "br": self._break,
            "cr": self._break,
            "ins": self._inserted,
            "moveTo": self._inserted,
            "del": self._deleted,
            "moveFrom": self._deleted,
            "tbl": self._enter_table,
            "tr": self._enter_row,
            "tc": self._enter_cell,
            "txbxContent": self._enter_box,
            "AlternateContent": _alternative,
            **self._no_text(),
            "footnoteReference": self._footnote,
            "endnoteReference": self._footnote,
        }

    def _no_text(self) -> dict[str, Callable[[Element], Entered]]:
        """What is met that prints something else than text, or no text of its own."""
        return {
            "fldChar": self._field_mark,
            "sdt": self._enter_control,
            "drawing": self._enter_drawing,
            "pict": self._enter_drawing,
            "object": self._enter_drawing,
            "pgNum": lambda _: self._unseen(),
            "altChunk": self._embedded,
            **dict.fromkeys(_BUILT, self._enter_formula),
            "OLEObject": lambda _: self._met("embedded-not-read"),
            "pic": lambda _: self._met("image-not-read"),
            "imagedata": lambda _: self._met("image-not-read"),
        }

    def read(self, root: Element) -> None:
        """Read what stands in `root`.

        Raises:
            ReadError: `nested-too-deep` or `table-too-large`.
        """
        stack: list[tuple[Iterator[Element], Leave]] = [(iter(root), None)]
        entering: dict[str, Callable[[Element], Entered] | None] = {}
        while stack:
            element = next(stack[-1][0], None)
            if element is None:
                leave = stack.pop()[1]
                if leave is not None:
                    leave()
                continue
            tag = element.tag
            if tag not in entering:
                name = local(tag)
                entering[tag] = None if name in _SKIPPED else self._enter.get(name, _pass_through)
            enter = entering[tag]
            if enter is None:
                continue
            children, leave = enter(element)
            if children is not None and len(children):
                stack.append((iter(children), leave))
                if len(stack) > _DEEPEST:
                    raise _too_deep(self._name)
            elif leave is not None:
                leave()
        self._end_carried()

    def _enter_paragraph(self, element: Element) -> Entered:
        self._count += 1
        self.numbered.append(element)
        properties = child(element, "pPr")
        style, joins_next = self._styles.get("", _NO_STYLE), False
        in_list = style.list
        if properties is not None and len(properties):
            style = self._styles.get(value(child(properties, "pStyle")), style)
            joins_next = child(child(properties, "rPr"), "del") is not None
            in_list = list_of(properties, style)
        if style.hidden or joins_next:
            in_list = None
        number = self._numbering.number(*in_list) if in_list else ""
        paragraph = Paragraph(self._count, style, number)
        paragraph.joins_next = joins_next
        if self._carried is not None:
            paragraph.lines, self._carried = self._carried, None
        self._paragraphs.append(paragraph)
        return element, self._leave_paragraph

    def _leave_paragraph(self) -> None:
        paragraph = self._paragraphs.pop()
        if paragraph.fields or paragraph.digits_apart:
            paragraph.end(in_cell=self._is_in_cell())
        if paragraph.joins_next:
            self._carried = paragraph.lines
            self._met("tracked-deletion", paragraph.place)
        elif paragraph.style.hidden:
            if any(paragraph.printed(in_cell=False)):
                self._met("hidden-text", paragraph.place)
        else:
            self._end_lines(paragraph)
        if paragraph.after:
            self._sinks[-1] += paragraph.after
        if self._footnotes_due:
            self._print_footnotes()

    def _end_lines(self, paragraph: Paragraph) -> None:
        kind: Literal["heading", "paragraph"] = "heading" if paragraph.style.heading else "paragraph"
        for line in paragraph.printed(in_cell=self._is_in_cell()):
            self._sinks[-1].append(PlainBlock(kind, line, at_paragraph(paragraph.place)))

    def _end_carried(self) -> None:
        """Print what was to be joined with a paragraph that does not come."""
        if self._carried is not None:
            last = Paragraph(self._count, Style(), "")
            last.lines, self._carried = self._carried, None
            self._end_lines(last)

    def _enter_run(self, element: Element) -> Entered:
        properties = child(element, "rPr")
        style = self._paragraphs[-1].style if self._paragraphs else _NO_STYLE
        if (properties is None or not len(properties)) and not style.struck:
            self._look = PLAIN
            return element, None
        look = look_of(properties if properties is not None else element, self._styles, style)
        if look.gone:
            if any(local(part.tag) == "t" and (part.text or "").strip() for part in element):
                self._met(look.gone)
            return None, None
        self._look = look
        return element, None if look is PLAIN else self._end_run

    def _end_run(self) -> None:
        self._look = PLAIN

    def _text(self, element: Element) -> Entered:
        text = element.text or ""
        if self._look.digits:
            text = text.translate(self._look.digits)
        if self._look.apart and self._paragraphs:
            self._paragraphs[-1].digits_apart += sum(map(str.isdigit, text))
        return self._print(text + UNSEEN if self._placeholders and self._is_in_cell() else text)

    def _print(self, text: str) -> Entered:
        if self._paragraphs:
            paragraph = self._paragraphs[-1]
            if paragraph.fields is None or not paragraph.fields.takes(text):
                paragraph.lines[-1].append(text)
        return None, None

    def _unseen(self) -> Entered:
        """Something is printed here that is no text: in a cell the number beside it, or a blank, cannot be trusted."""
        return self._print(UNSEEN) if self._is_in_cell() else (None, None)

    def _is_in_cell(self) -> bool:
        return bool(self._tables) and self._tables[-1].cell is not None

    def _field_mark(self, element: Element) -> Entered:
        kind = next((text for name, text in element.items() if local(name) == "fldCharType"), "")
        if self._paragraphs:
            paragraph = self._paragraphs[-1]
            paragraph.fields = paragraph.fields or Fields()
            if paragraph.fields.mark(kind):
                self._unseen()
        return None, None

    def _enter_control(self, element: Element) -> Entered:
        """A content control; one that nobody has filled in shows words, or a number, that its form came with."""
        if child(child(element, "sdtPr"), "showingPlcHdr") is None:
            return element, None
        self._placeholders += 1

        def leave() -> None:
            self._placeholders -= 1

        return element, leave

    def _enter_drawing(self, element: Element) -> Entered:
        if self._is_in_cell() and not any(local(part.tag) == "txbxContent" for part in element.iter()):
            self._unseen()
        return element, None

    def _enter_formula(self, element: Element) -> Entered:
        if element.tag.rpartition("}")[0].endswith("/math"):
            self._unseen()
        return element, None

    def _embedded(self, _: Element) -> Entered:
        if self._is_in_cell():
            self._sinks[-1].append(PlainBlock("paragraph", UNSEEN, at_paragraph(self._count)))
        return self._met("embedded-not-read")

    def _symbol(self, element: Element) -> Entered:
        """A character of a symbol font by its code, which may lie in the private area: kept as it is."""
        said = {local(name): text for name, text in element.items()}
        try:
            return self._print(symbol_of(said.get("font", ""), int(said.get("char", ""), 16)))
        except (ValueError, OverflowError):
            return None, None

    def _break(self, _: Element) -> Entered:
        if self._paragraphs:
            self._paragraphs[-1].lines.append([])
        return None, None

    def _inserted(self, element: Element) -> Entered:
        self._met("tracked-insertion")
        return element, None

    def _deleted(self, _: Element) -> Entered:
        return self._met("tracked-deletion")

    def _met(self, code: str, place: int | None = None) -> Entered:
        self.met[code].append(place or (self._paragraphs[-1].place if self._paragraphs else self._count))
        return None, None

    def _enter_table(self, element: Element) -> Entered:
        self._end_carried()
        self._tables.append(OpenTable(self._name))
        return element, self._leave_table

    def _leave_table(self) -> None:
        self._sinks[-1] += self._tables.pop().content()
        self._print_footnotes()

    def _enter_row(self, element: Element) -> Entered:
        if not self._tables:
            return element, None
        properties = child(element, "trPr")
        if child(properties, "del") is not None:
            return self._met("tracked-deletion")
        if is_on(child(properties, "hidden")):
            return self._met("hidden-text")
        if child(properties, "ins") is not None:
            self._met("tracked-insertion")
        self._tables[-1].open_row(properties)
        return element, None

    def _enter_cell(self, element: Element) -> Entered:
        if not self._tables:
            return element, None
        self._cells += 1
        if self._cells > MOST_CELLS:
            raise table_too_large(self._name)
        properties = child(element, "tcPr")
        said = {part.tag: part for part in properties} if properties is not None else {}
        if _DELETED in said:
            return self._met("tracked-deletion")
        if _INSERTED in said:
            self._met("tracked-insertion")
        self._sinks.append(self._tables[-1].open_cell(said, self._count + 1))
        return element, self._leave_cell

    def _leave_cell(self) -> None:
        self._end_carried()
        self._sinks.pop()
        if self._tables[-1].close_cell():
            self._met("hidden-text")

    def _enter_box(self, element: Element) -> Entered:
        """A text box: its paragraphs follow the one that it is anchored in."""
        if not self._paragraphs:
            return element, None
        self._sinks.append(self._paragraphs[-1].after)

        def leave() -> None:
            self._sinks.pop()

        return element, leave

    def _footnote(self, element: Element) -> Entered:
        wanted = next((text for name, text in element.items() if local(name) == "id"), "")
        note = self._footnotes.get((_NUMBERS[local(element.tag)], wanted))
        if note is not None and not self._in_footnote:
            self._footnotes_due.append(note)
        return None, None

    def _print_footnotes(self) -> None:
        """Print the footnotes of a paragraph after it, those of a table after the table: never in a cell."""
        if self._tables or self._paragraphs:
            return
        due, self._footnotes_due = self._footnotes_due, []
        self._in_footnote = True
        for note in due:
            self.read(note)
        self._in_footnote = False


def _pass_through(element: Element) -> Entered:
    """An element that says nothing itself."""
    return element, None


def _alternative(element: Element) -> Entered:
    """Of the forms that one thing is given in, the first: the last is a fallback for old programs."""
    return next(((part, None) for part in element if local(part.tag) in ("Choice", "Fallback")), (None, None))


def _too_deep(name: str) -> ReadError:
    return ReadError(
        f"文档的结构嵌套超过 {_DEEPEST} 层，不像是正常的文档，请用 Word 或 WPS 打开后另存一份",
        f"the document is nested more than {_DEEPEST} deep, as no sound document is; "
        "open it in Word or WPS and save it anew",
        place=name,
        code="nested-too-deep",
    )

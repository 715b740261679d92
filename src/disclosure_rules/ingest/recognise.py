"""Document to Report: who reports on which year, in which layout, section by section, with the figures told.

Nothing is repaired and nothing is guessed in silence: every step that chose between readings leaves a note, and
what could not be placed is listed with its place.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from disclosure_rules.errors import ReadError
from disclosure_rules.fold import fold
from disclosure_rules.ingest import identity, remarks
from disclosure_rules.ingest.body_names import body_candidates, speaks_of_report, year_spoken_of
from disclosure_rules.ingest.facts import find_facts
from disclosure_rules.ingest.headings import Heading, find_headings, outlines
from disclosure_rules.ingest.lost_headings import lost_headings
from disclosure_rules.ingest.names import SectionNames, section_names
from disclosure_rules.ingest.reflow import looks_like_table
from disclosure_rules.ingest.sections import Parts, cut, introduction_before, loose_headings
from disclosure_rules.ingest.shown import Shown, show_layout
from disclosure_rules.ingest.tables.debris import without_debris
from disclosure_rules.ingest.tables.recognise_tables import recognise_tables, with_whole_tables
from disclosure_rules.ingest.tables.text_tables import with_line_tables, with_text_tables
from disclosure_rules.ingest.uncertain import without_evidence
from disclosure_rules.ingest.who import who_reports
from disclosure_rules.model.report import Candidate, Paragraph, Report, Source

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from disclosure_rules.model.document import Block, Document
    from disclosure_rules.model.layout import Layout
    from disclosure_rules.model.note import Note
    from disclosure_rules.model.report import Table
    from disclosure_rules.regions import RegionIndex

__all__ = ["recognise"]

_PICTURES = frozenset(("image-not-read", "picture", "page-without-text"))
_FIRST_PARAGRAPHS = 3
_ALL_TABLES = 3
_HEADING_ROW = re.compile(r"[一二三四五六七八][、.．][^。\n]{4,40}情况")
_SUBJECT = ("信息公开", "政务公开", "公开信息")
# What only an annual report says of itself, also one whose parts have names of their own.
_STATED = re.compile(r"本(?:年度)?报告(?:中)?所列(?:的)?数据的?统计(?:期限|时限|时段)")
_SCHOOL_YEAR = re.compile(r"学年度?(?:高校|高等学校)?信息公开")
_SCHOOLS_LAW = "《高等学校信息公开办法》"
_SCHOOL = re.compile("大学|学院|[我本]校|^学校")
# Whoever is over schools names their law as well, and is bound by the Regulation.
_OVER_SCHOOLS = re.compile("教育(?:厅|局|委|部)")


class _Titles(NamedTuple):
    """The titles, and the block and offset where the report's text begins after them."""

    candidates: tuple[Candidate, ...]
    end: tuple[int, int]


class _Year(NamedTuple):
    value: int | None
    candidates: tuple[Candidate, ...]
    notes: tuple[Note, ...]


class _Frame(NamedTuple):
    titles: _Titles
    year: _Year
    shown: Shown
    chain: tuple[tuple[Heading, str], ...]
    parts: Parts


def recognise(
    document: Document, layouts: Mapping[str, Layout], regions: RegionIndex | None, *, path: str | None = None
) -> Report:
    """Recognise an annual report in a document.

    Args:
        document: What a reader returned.
        layouts: The layouts to tell apart, by id.
        regions: The administrative divisions; None leaves the region open.
        path: Where the document came from, for the report's source and for messages.

    Returns:
        The report as far as it was recognised; the kind of body is left to `identify`, which also knows what the
        caller states.

    Raises:
        ReadError: `no-report-content` where nothing in the document is of an annual report.
    """
    printed = [block for block in document.blocks if block.kind != "keyvalue"]
    read = _read_tables(document, printed, layouts)
    fields, blocks = read.fields, read.blocks
    text = fold("\n".join(map(_all_text, (*fields, *printed))))
    frame = _frame(fields, blocks, layouts, text, has_tables=bool(read.tables))
    if frame is None:
        raise _no_report(path, document)
    _refuse_school(frame, path, has_tables=bool(read.tables))
    titles, year, shown, parts = frame.titles, frame.year, frame.shown, frame.parts
    who = who_reports(_names(frame, fields), _paragraphs(parts), regions, year.value)
    notes = (*read.noted, *remarks.text_damage(blocks), *who.notes, *_notes(frame, blocks, read.noted))
    report = Report(
        source=Source(path=path, sha256=document.sha256, format=document.format, encoding=document.encoding),
        title=next((title.value for title in titles.candidates), None),
        body=who.body,
        year=year.value,
        layout=shown.layout.id if shown.layout else None,
        layout_from=shown.source,
        period=identity.statistics_period(_paragraphs(parts)),
        published=identity.published(fields, _below(titles, blocks)),
        introduction=parts.introduction,
        sections=parts.sections,
        closing=parts.closing,
        tables=read.tables,
        facts=find_facts(parts.sections),
        titles=titles.candidates,
        bodies=who.bodies,
        years=year.candidates,
        regions=who.regions,
        notes=(*notes, *read.notes),
    )
    return report if document.certain else without_evidence(report)


def _below(titles: _Titles, blocks: Sequence[Block]) -> Sequence[Block]:
    """The lines right below the title; none where no title is found."""
    end, _ = titles.end
    return blocks[end : end + _FIRST_PARAGRAPHS] if end else ()


def _names(frame: _Frame, fields: Sequence[Block]) -> list[Candidate]:
    """The names that may be the reporting body's."""
    parts = frame.parts
    overview = parts.sections[0].paragraphs[:_FIRST_PARAGRAPHS] if parts.sections else ()
    return list(body_candidates(frame.titles.candidates, fields, parts.introduction, parts.closing, overview))


class _Tables(NamedTuple):
    """The tables, the fields, the other blocks without the text of tables, what notes still hold, and notes on tables."""

    tables: Mapping[str, Table]
    fields: list[Block]
    blocks: list[Block]
    noted: list[Note]
    notes: tuple[Note, ...]


def _read_tables(document: Document, printed: Sequence[Block], layouts: Mapping[str, Layout]) -> _Tables:
    is_text = document.format == "text"
    placed = with_whole_tables(with_text_tables(printed, layouts) if is_text else printed, layouts)
    tables, notes = recognise_tables(placed, layouts)
    if not is_text and len(tables) < _ALL_TABLES:
        lined = with_line_tables(placed, layouts)
        more, remarks = recognise_tables(lined, layouts)
        if len(more) > len(tables) and all(more.get(key) == table for key, table in tables.items()):
            placed, tables, notes = lined, more, remarks
    left = any(looks_like_table(block.text) for block in placed if block.kind == "paragraph")
    all_read = tables or (is_text and not left)
    noted = [note for note in document.notes if not all_read or note.code != "table-not-read"]
    fields = [block for block in (*document.blocks, *placed) if block.kind == "keyvalue"]
    blocks = [_without_grid_text(block) for block in placed if block.kind != "keyvalue"]
    requests = tables.get("requests")
    spec = layouts[requests.form].table("requests") if requests and is_text else None
    if requests and spec:
        names = section_names(layouts.values())
        blocks, debris = without_debris(
            blocks, requests, spec, lambda block: _is_other_section(block, names, spec.key)
        )
        notes = (*notes, *debris)
    return _Tables(tables, fields, blocks, noted, notes)


def _is_other_section(block: Block, names: SectionNames, key: str) -> bool:
    """Whether a block is the heading of a section, and of another than this."""
    found = find_headings([block], names)
    return any(sense.key != key for heading in found for sense in heading.meanings.values())


def _without_grid_text(block: Block) -> Block:
    """The block; a grid keeps its place among the others but is no paragraph of its section.

    A row of one cell at its top that is the heading of the section (三、…情况) stays: some pages lay it into the table.
    """
    if block.kind != "grid":
        return block
    top = [cell.text.strip() for cell in block.grid.cells if cell.row == 0] if block.grid else []
    if len(top) == 1 and _HEADING_ROW.fullmatch(top[0]):
        return block.model_copy(update={"kind": "heading", "text": top[0], "lines": (), "grid": None})
    return block.model_copy(update={"text": ""}) if block.text else block


def _all_text(block: Block) -> str:
    """The text of a block, with that of its cells."""
    return "\n".join([block.text, *(cell.text for cell in block.grid.cells)]) if block.grid else block.text


def _frame(
    fields: Sequence[Block],
    blocks: Sequence[Block],
    layouts: Mapping[str, Layout],
    text: str,
    *,
    has_tables: bool,
) -> _Frame | None:
    """Titles, year, layout and parts of a report; None where there is none, nor a section, nor a table, nor a title told.

    Tables alone are part of a report: offices hand them in as a workbook beside its text.
    """
    if not has_tables and not any(word in text for word in _SUBJECT):
        return None
    headings = find_headings(blocks, section_names(layouts.values()))
    found = outlines(headings, layouts)
    chain = found[0].chain if found else ()
    titles = _titles(fields, blocks, chain)
    introduction = introduction_before(blocks, chain, titles.end)
    told = speaks_of_report(introduction) or any(_STATED.search(fold(one.text)) for one in introduction)
    if not (titles.candidates or chain or has_tables or told):
        return None
    year = _year(titles.candidates, blocks, introduction)
    shown = show_layout(found, text, year.value)
    chain = shown.outline.chain if shown.outline else ()
    return _Frame(titles, year, shown, chain, cut(blocks, chain, loose_headings(headings, chain), titles.end))


def _titles(
    fields: Sequence[Block], blocks: Sequence[Block], chain: Sequence[tuple[Heading, str]]
) -> _Titles:
    first = (chain[0][0].block, chain[0][0].start) if chain else (len(blocks), 0)
    seen = identity.titles(fields, blocks, first)
    return _Titles(tuple(title for title, _ in seen), max((end for _, end in seen), default=(0, 0)))


def _no_report(path: str | None, document: Document) -> ReadError:
    """A text that has neither the title nor the subject and the sections of an annual report."""
    pictures = any(note.code in _PICTURES for note in document.notes)
    return ReadError(
        "这份文件不像政府信息公开工作年度报告：既没有年度报告的标题，也没有任何一个规定的部分。"
        + (
            "文件中有图片，图片里的内容没有读取；报告如果是以图片形式放在里面的，请改用文字版。"
            if pictures
            else ""
        )
        + "请核对是否选错了文件。",
        "This does not look like an annual report on government information disclosure: it has neither such a "
        "title nor any of its sections. "
        + (
            "It holds pictures, which were not read; if the report is in them, hand in its text. "
            if pictures
            else ""
        )
        + "See whether it is the right file.",
        place=path or "",
        code="no-report-content",
    )


def _refuse_school(frame: _Frame, path: str | None, *, has_tables: bool) -> None:
    """Refuse the report of a school year, or one that rests on the law of schools: Art. 49 and 50 do not bind it.

    One with the tables of the form is made as a government's would be, and is read.
    """
    titles = "".join(fold(title.value) for title in frame.titles.candidates)
    stated = [fold(paragraph.text) for paragraph in frame.parts.introduction]
    rests = any(_SCHOOLS_LAW in text for text in stated)
    speaks = [titles, *stated, *(fold(one.text) for one in _paragraphs(frame.parts)[:_FIRST_PARAGRAPHS])]
    is_school = any(_SCHOOL.search(text) for text in speaks)
    if (
        has_tables
        or _OVER_SCHOOLS.search(titles)
        or not (_SCHOOL_YEAR.search(titles) or (rests and is_school))
    ):
        return
    raise ReadError(
        "这是学校按《高等学校信息公开办法》编制的信息公开年度报告，不是政府信息公开工作年度报告：学校属于公共企事业单位"
        "（条例第五十五条），条例第四十九条、第五十条和国办的格式不适用于它，这里没有适用的规则。",
        "This is a school's report, made by the measures for institutions of higher education. Schools are public "
        "institutions (Art. 55 of the Regulation): Art. 49 and 50 and the format do not bind them, and no rules for "
        "them are held here.",
        place=path or "",
        code="no-report-content",
    )


def _year(titles: Sequence[Candidate], blocks: Sequence[Block], introduction: Sequence[Paragraph]) -> _Year:
    """The report year: that of the first title with one, then of one that the introduction speaks of, of the period.

    Where there is none of these it is the year that the text is about.
    """
    candidates = []
    for title in titles:
        read = identity.read_title(title.value)
        if read and read.year:
            candidates.append(title.model_copy(update={"value": str(read.year), "source": "title"}))
    spoken = None if candidates else year_spoken_of(introduction)
    candidates += [spoken] if spoken else []
    body = [Paragraph(text=block.text, location=block.location, lines=block.lines) for block in blocks]
    period = identity.statistics_period([*introduction, *body])
    stated = period and (period.end or period.start)
    if period and stated:
        candidates.append(
            Candidate(value=stated[:4], source="period", text=period.text, location=period.location)
        )
    in_text = identity.year_in_text(body)
    if in_text:
        candidates.append(in_text)
    if not candidates:
        return _Year(None, (), (remarks.nothing_found("year-not-found", "报告年度", "report year"),))
    chosen = candidates[0]
    strong = [candidate for candidate in candidates if candidate.source != "text"]
    notes = remarks.differing("years-differ", "年度", "years", strong)
    if chosen.source != "title":
        notes.append(remarks.year_from(chosen))
    return _Year(int(chosen.value), tuple(candidates), tuple(notes))


def _paragraphs(parts: Parts) -> list[Paragraph]:
    inside = (paragraph for section in parts.sections for paragraph in section.paragraphs)
    return [*parts.introduction, *inside, *parts.closing]


def _notes_on_titles(titles: _Titles, blocks: Sequence[Block]) -> list[Note]:
    if not titles.candidates:
        return [remarks.nothing_found("title-not-found", "年度报告的标题", "title of an annual report")]
    in_text = next((title for title in reversed(titles.candidates) if title.source == "heading"), None)
    return [
        *remarks.differing("titles-differ", "标题", "titles", titles.candidates),
        *remarks.text_before_title(blocks, titles.end, in_text),
    ]


def _notes(frame: _Frame, blocks: Sequence[Block], noted: Sequence[Note]) -> list[Note]:
    shown, sections = frame.shown, frame.parts.sections
    notes = [*_notes_on_titles(frame.titles, blocks), *frame.year.notes]
    if shown.layout is None:
        notes.append(remarks.layout_unknown())
    elif shown.source == "year":
        notes.append(remarks.layout_by_year(shown.layout.id, frame.year.value))
    notes += remarks.running_headings(sum(not heading.own_line for heading, _ in frame.chain))
    notes += remarks.read_as(frame.chain, sections, shown.layout)
    notes += remarks.unplaced_headings(sections)
    notes += lost_headings(sections, shown.layout)
    notes += remarks.unread_tables(sections, shown.layout, noted)
    if not sections:
        notes.append(remarks.nothing_found("sections-not-found", "报告各部分的标题", "heading of a section"))
    return notes

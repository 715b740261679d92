"""Document to Report: who reports on which year, in which layout, section by section, with the figures told.

Nothing is repaired and nothing is guessed in silence: every step that chose between readings leaves a note, and
what could not be placed is listed with its place.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from disclosure_rules.bodies import body_kind
from disclosure_rules.errors import ReadError
from disclosure_rules.ingest import identity, remarks
from disclosure_rules.ingest.facts import find_facts
from disclosure_rules.ingest.fold import fold
from disclosure_rules.ingest.headings import find_headings, outlines
from disclosure_rules.ingest.names import SectionNames
from disclosure_rules.ingest.sections import Parts, cut, loose_headings
from disclosure_rules.ingest.shown import Shown, show_layout
from disclosure_rules.model.body import PublicBody
from disclosure_rules.model.report import Candidate, Paragraph, Report, Source

if TYPE_CHECKING:
    from disclosure_rules.ingest.headings import Heading
    from disclosure_rules.model.body import Region
    from disclosure_rules.model.document import Block, Document
    from disclosure_rules.model.layout import Layout
    from disclosure_rules.model.note import Note
    from disclosure_rules.model.report import Period
    from disclosure_rules.regions import RegionIndex

__all__ = ["recognise"]

_SUBJECT = ("信息公开", "政务公开")


class _Years(NamedTuple):
    year: int | None
    candidates: tuple[Candidate, ...]


class _Who(NamedTuple):
    body: PublicBody | None
    bodies: tuple[Candidate, ...]
    regions: tuple[Candidate, ...]
    notes: tuple[Note, ...]


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
        The report as far as it was recognised. Tables are not read from text yet.

    Raises:
        ReadError: `no-report-content` where nothing in the document is of an annual report.
    """
    fields = [block for block in document.blocks if block.kind == "keyvalue"]
    blocks = [block for block in document.blocks if block.kind != "keyvalue"]
    headings = find_headings(blocks, SectionNames(layouts.values()))
    found = outlines(headings, layouts)
    first = _first_heading(found[0].chain if found else ())
    titled = identity.titles(fields, blocks, first or (len(blocks), 0))
    _refuse_other_text(titled, found[0].chain if found else (), blocks, path)
    title_end = max((end for _, end in titled), default=(0, 0))
    text = fold("\n".join(block.text for block in blocks))
    years = _years([candidate for candidate, _ in titled], blocks)
    shown = show_layout(found, text, years.year)
    chain = shown.outline.chain if shown.outline else ()
    loose = loose_headings(headings, chain)
    parts = cut(blocks, chain, loose, title_end)
    return _report(document, path, fields, [candidate for candidate, _ in titled], parts, shown, regions, loose)

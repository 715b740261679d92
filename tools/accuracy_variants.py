"""The part of `docs/accuracy.md` on forms: made reports, their PDFs, and the beginnings of real pages."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pypdfium2

from disclosure_rules import Checker
from disclosure_rules.errors import ReadError
from disclosure_rules.plugins import Plugins

ROOT = Path(__file__).resolve().parent.parent
TESTS = ROOT / "tests" / "ingest"
if str(TESTS) not in sys.path:
    sys.path.append(str(TESTS))

from grades import EXCERPTS, LAYOUTS, VARIANTS, Found, excerpt, read_made, read_variant
from test_ocr import scan

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_TEXT = """\
Reports made of the labels of the form and of figures, in forms drawn by a seed: bodies of every kind, twelve forms of
title and six places for it, nine ways to number the sections, layout tables, menus, fields, wrong charsets, markup of
word processors, tables whole, cut or in blocks, full-width and grouped figures, blanks of every kind. Word: plain,
tracked changes, content controls, one run a letter, numbers that Word counts. Workbooks: the whole report in one sheet;
rows left blank at the end of its tables are not seen, and flagged. Text: rows with bars, tabs, or a line for each cell;
what has lost its blanks is flagged. PDFs: the same by LibreOffice and Chromium (`tools/make_variants.py`). A title that
only the window of a page shows is not in its PDF: open. Excerpts: the beginnings of real pages (`tests/data/excerpts`),
as programs that keep only the text leave them; where the excerpt names no title or body, none found is right, and
sections are right where every heading has one.
"""
PDFS = ("made-0-libreoffice", "made-4-libreoffice", "made-8-libreoffice", "made-11-libreoffice", "made-1-chromium",
        "pingtan-guanweihui-2022-libreoffice")  # fmt: skip
SEEDS = {"html": 100, "docx": 50, "docx-numbered": 25, "txt": 50, "xlsx": 25, "ods": 25}
_NAMES = {"docx-numbered": "made, .docx with numbers that Word counts"}


class _Sum(NamedTuple):
    right: int = 0
    open: int = 0
    wrong: int = 0

    def add(self, found: object, due: object) -> _Sum:
        """One more, right, open or wrong."""
        if found == due:
            return self._replace(right=self.right + 1)
        return self._replace(open=self.open + 1) if found is None else self._replace(wrong=self.wrong + 1)


def _groups() -> Iterator[tuple[str, list[tuple[Found, Found]]]]:
    """Each group with pairs of what was read and what is due."""
    for kind, count in SEEDS.items():
        yield _NAMES.get(kind, f"made, .{kind}"), [_pair(seed, kind) for seed in range(count)]
    yield "PDFs of LibreOffice and Chromium", [read_variant(name) for name in PDFS]
    excerpts = []
    for name, truth in EXCERPTS.items():
        found = excerpt(name)
        sections = [key for key in found.sections if key]  # as printed: None would be a heading of no section
        due = found._replace(
            **{key: truth[key] for key in ("title", "body", "year", "layout")}, sections=sections
        )
        excerpts.append((found, due))
    yield "beginnings of real pages", excerpts


def _pair(seed: int, kind: str) -> tuple[Found, Found]:
    made, found = read_made(seed, kind)
    sections: list[str | None] = [section.key for section in LAYOUTS[made.layout].sections]
    return found, found._replace(
        title=made.title, body=made.body, year=made.year, layout=made.layout, sections=sections
    )


def render() -> str:
    """The part of the page."""
    lines = [
        "## Forms\n",
        _TEXT,
        "| | reports | title | body | year | layout | sections | cells |",
        "|---|" + "---|" * 7,
    ]
    lines += [_line(name, pairs) for name, pairs in _groups()]
    lines.append("\nright / open / wrong; cells: right / flagged / silently wrong.\n")
    told = [_refusal(name) for name in PDFS]
    lines.append(
        f"Scans: of the pages of each of these {len(PDFS)} PDFs as pictures, without leave to recognise them, "
        f"{told.count('scan')} are told as a scan, {len(told) - told.count('scan')} not.\n"
    )
    return "\n".join(lines)


def _refusal(name: str) -> str | None:
    """What is said of a PDF whose pages are pictures; None where it is read."""
    with pypdfium2.PdfDocument(VARIANTS / f"{name}.pdf") as document:
        pictures = [page.render().to_numpy()[:, :, :3] for page in document]
    try:
        Checker(plugins=Plugins(installed=False)).load_report(scan(pictures), name="x.pdf")
    except ReadError as error:
        return error.code
    return None


def _line(name: str, pairs: Sequence[tuple[Found, Found]]) -> str:
    sums = []
    for key in ("title", "body", "year", "layout", "sections"):
        total = _Sum()
        for found, due in pairs:
            value, expected = getattr(found, key), getattr(due, key)
            assumed = key == "body" and value != expected and "body-not-in-title" in found.notes
            total = total.add(None if assumed else value, expected)
        sums.append(" / ".join(map(str, total)))
    counts = (
        sum(found.right for found, _ in pairs),
        sum(found.flagged for found, _ in pairs),
        sum(len(found.wrong) for found, _ in pairs),
    )
    return f"| {name} | {len(pairs)} | {' | '.join(sums)} | {' / '.join(f'{count:,}' for count in counts)} |"

"""Small OFD files written by the tests, and pages of a PDF written as OFD the way converters do."""

from __future__ import annotations

import io
import zipfile
from itertools import pairwise
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from disclosure_rules.ingest.pdf_page import Char, Page, Rule

__all__ = ["as_ofd", "line", "ofd", "text"]

_SPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'
_POINTS = 72 / 25.4


def text(  # noqa: PLR0913  what a text object says
    x: float, y: float, words: str, *, size: float = 4, deltas: str | None = None, more: str = ""
) -> str:
    """A text whose first baseline begins at (x, y), in millimetres."""
    steps = f'DeltaX="g {len(words)} {size}"' if deltas is None else deltas
    return (
        f'<ofd:TextObject ID="9" Boundary="{x} {y - size} 90 {2 * size}" Font="1" Size="{size}" {more}>'
        f'<ofd:TextCode X="0" Y="{size}" {steps}>{escape(words)}</ofd:TextCode></ofd:TextObject>'
    )


def line(x0: float, y0: float, x1: float, y1: float, more: str = "") -> str:
    """A drawn line."""
    return (
        f'<ofd:PathObject ID="8" Boundary="{x0} {y0} {x1 - x0} {y1 - y0}" LineWidth="0.2" {more}>'
        f"<ofd:AbbreviatedData>M 0 0 L {x1 - x0} {y1 - y0}</ofd:AbbreviatedData></ofd:PathObject>"
    )


def ofd(
    *pages: str,
    box: str = "0 0 210 297",
    document: str = "",
    entry: str = "",
    parts: Mapping[str, str] | None = None,
) -> bytes:
    """A file of pages with this content; `document` and `entry` are put into the two parts that lead to them."""
    files = {
        "OFD.xml": f'<ofd:OFD {_SPACE} DocType="OFD"><ofd:DocBody><ofd:DocRoot>/Doc_0/Document.xml</ofd:DocRoot>'
        f"</ofd:DocBody>{entry}</ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {_SPACE}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>{box}"
        f"</ofd:PhysicalBox></ofd:PageArea>{document}</ofd:CommonData><ofd:Pages>"
        + "".join(
            f'<ofd:Page ID="{index}" BaseLoc="Pages/Page_{index}/Content.xml"/>'
            for index in range(len(pages))
        )
        + "</ofd:Pages></ofd:Document>",
    }
    for index, page in enumerate(pages):
        files[f"Doc_0/Pages/Page_{index}/Content.xml"] = (
            f'<ofd:Page {_SPACE}><ofd:Content><ofd:Layer ID="1">{page}</ofd:Layer></ofd:Content></ofd:Page>'
        )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {**files, **(parts or {})}.items():
            archive.writestr(name, f'<?xml version="1.0" encoding="UTF-8"?>{content}')
    return stream.getvalue()


def as_ofd(pages: Iterable[Page]) -> bytes:
    """The pages of a PDF as an OFD: a text object for each run of characters, a path for each line."""
    drawn: list[str] = []
    box = "0 0 210 297"
    for page in pages:
        box = f"0 0 {page.width / _POINTS} {page.height / _POINTS}"
        content = [_run(run) for run in _runs(page.chars)]
        content += [_rule(rule, level=True) for rule in page.across]
        content += [_rule(rule, level=False) for rule in page.down]
        drawn.append("".join(content))
    return ofd(*drawn, box=box)


def _runs(chars: Iterable[Char]) -> list[list[Char]]:
    """The characters in runs of one height on one line, none with a gap; turned ones each alone."""
    runs: list[list[Char]] = []
    for char in chars:
        last = runs[-1][-1] if runs else None
        height = char.y1 - char.y0
        goes_on = (
            last is not None
            and not (char.turned or last.turned)
            and abs(char.base - last.base) < height / 10
            and abs(height - (last.y1 - last.y0)) < height / 10
            and -height / 10 < char.x0 - last.x1 < height / 2
        )
        if goes_on:
            runs[-1].append(char)
        else:
            runs.append([char])
    return runs


def _run(chars: list[Char]) -> str:
    first = chars[0]
    x, base, size = first.x0 / _POINTS, first.base / _POINTS, (first.y1 - first.y0) / _POINTS
    steps = " ".join(f"{(after.x0 - before.x0) / _POINTS}" for before, after in pairwise(chars))
    words = "".join(char.text for char in chars)
    return text(x, base, words, size=size, deltas=f'DeltaX="{steps}"')


def _rule(rule: Rule, *, level: bool) -> str:
    """Every other line as a thin filled box, as some programs draw them."""
    at, start, end = rule.at / _POINTS, rule.start / _POINTS, rule.end / _POINTS
    if int(rule.at) % 2:
        return line(start, at, end, at) if level else line(at, start, at, end)
    x, y, width, height = (start, at, end - start, 0.1) if level else (at, start, 0.1, end - start)
    return (
        f'<ofd:PathObject ID="7" Boundary="{x} {y} {width} {height}" Fill="true" Stroke="false"><ofd:AbbreviatedData>'
        f"M 0 0 L {width} 0 L {width} {height} L 0 {height} C</ofd:AbbreviatedData></ofd:PathObject>"
    )

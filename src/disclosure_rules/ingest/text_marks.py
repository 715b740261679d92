"""What stands in the lines of a text and is not printed in the report: numbers of pages, pictures, marks of Markdown."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from disclosure_rules.model.location import Location
from disclosure_rules.model.note import Note
from disclosure_rules.model.text import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from disclosure_rules.ingest.reflow import Line

__all__ = ["as_printed"]

# — 2 —, as official documents number their pages; it stands in the middle of sentences.
_PAGE = re.compile(r"\s{0,40}[—–－-]{1,2}\s?\d{1,3}\s?[—–－-]{1,2}\s{0,40}")
_PICTURE = re.compile(r"\s{0,40}!\[[^\]]{0,200}\]\([^()\s]{1,800}(?:\s+\"[^\"]{0,200}\")?\)\s{0,40}")
# **1295**件, $47.36\%$: figures in bold type or in a formula. Of words nothing is taken: 李** may be a name withheld.
_FIGURE = re.compile(
    r"(?<!\*)\*\*(?P<bold>[^\s*]{0,20}?\d[^\s*]{0,20})\*\*(?!\*)|\$\s{0,3}(?P<formula>\d[\d.,]{0,20})\s{0,3}(?P<share>\\?%)?\s{0,3}\$"
)
_MOST_PLACES = 20
_SENTENCES = {
    "page-numbers": (
        "{} 行页码（如「— 2 —」）不作为正文。",
        "{} lines of page numbers (— 2 —) are no text of the report.",
    ),
    "image-not-read": (
        "文中有 {} 张图片，图片里的文字和表格没有读取。",
        "{} images were not read, nor any text or table in them.",
    ),
    "markdown-marks": (
        "{} 行数字上的 Markdown 记号（加粗、公式）没有作为文字读取。",
        "The marks of Markdown on figures (bold type, formulas) in {} lines were not read as text.",
    ),
}


def as_printed(lines: Sequence[Line]) -> tuple[list[Line], list[Note]]:
    """The lines as the report prints them, and notes on what was left out, with its places.

    Args:
        lines: The lines of a file. Only where one is a heading of Markdown are there any marks of it.

    Returns:
        The lines that are text, each with its number in the file.
    """
    is_markdown = any(line.text.startswith("#") for line in lines)
    places: dict[str, list[int]] = {code: [] for code in _SENTENCES}
    kept: list[Line] = []
    for line in lines:
        text = line.text
        if _PAGE.fullmatch(text):
            places["page-numbers"].append(line.number)
        elif is_markdown and _PICTURE.fullmatch(text):
            places["image-not-read"].append(line.number)
        elif is_markdown and ("**" in text or "$" in text) and (plain := _FIGURE.sub(_figure, text)) != text:
            places["markdown-marks"].append(line.number)
            kept.append(line._replace(text=plain))
        else:
            kept.append(line)
    return kept, [_note(code, numbers) for code, numbers in places.items() if numbers]


def _figure(found: re.Match[str]) -> str:
    return found["bold"] or found["formula"] + ("%" if found["share"] else "")


def _note(code: str, numbers: Sequence[int]) -> Note:
    zh, en = _SENTENCES[code]
    return Note(
        code=code,
        message=Text(zh=zh.format(len(numbers)), en=en.format(len(numbers))),
        count=len(numbers),
        places=tuple(Location(line=number) for number in numbers[:_MOST_PLACES]),
    )

"""What the reader of pages says about its work, in words."""

from __future__ import annotations

from disclosure_rules.errors import ReadError
from disclosure_rules.model.location import Location
from disclosure_rules.model.note import Note
from disclosure_rules.model.text import Text

__all__ = ["hidden_text", "too_deep", "too_many_tags"]

_MAX_PLACES = 20


def hidden_text(lines: list[int]) -> Note:
    """Text that a browser does not show, or strikes through."""
    return Note(
        code="hidden-text",
        message=Text(
            zh=f"页面中有 {len(lines)} 处隐藏文字（浏览时看不到）或者划去的文字，未读取。",
            en=f"{len(lines)} stretches of the page are hidden from its visitors or struck through; they were "
            "not read.",
        ),
        count=len(lines),
        places=tuple(Location(line=line) for line in dict.fromkeys(lines))[:_MAX_PLACES],
    )


def too_deep(lines: list[int], deepest: int) -> Note:
    """Tables within tables beyond what is read as such."""
    return Note(
        code="tables-too-deep",
        message=Text(
            zh=f"有 {len(lines)} 个表格嵌套超过 {deepest} 层，只读取了文字，未按表格读取。",
            en=f"{len(lines)} tables are nested more than {deepest} deep; their text was read, but not as tables.",
        ),
        count=len(lines),
        places=tuple(Location(line=line) for line in dict.fromkeys(lines))[:_MAX_PLACES],
    )


def too_many_tags(name: str, limit: int) -> ReadError:
    """The refusal of a page that no report can be."""
    return ReadError(
        f"网页的标签或单元格超过 {limit} 个，不像是一份年度报告，请确认是否选错了文件",
        f"the page has more than {limit} tags or cells, which no annual report has; make sure it is the right file",
        place=name,
        code="too-many-tags",
    )

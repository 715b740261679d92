"""Fields of a saved page: `索引号：…` in a line, label and value side by side in a table, and `<meta>`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from disclosure_rules.ingest.plain_block import PlainBlock

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["KNOWN_FIELDS", "META_FIELDS", "fields_in_line", "fields_in_table", "may_have_fields"]

# Fields that pages print beside the text.
KNOWN_FIELDS = frozenset(
    {
        "标题", "名称", "题名", "信息名称", "发布时间", "发布日期", "公开日期", "成文日期", "生成日期", "发布机构",
        "发文机关", "发布单位", "公开主体", "信息来源", "来源", "索引号", "文号", "发文字号", "栏目", "主题分类",
        "原文链接", "信息分类", "组配分类", "内容概述", "发布文号", "主题导航", "发文日期", "公开方式", "公开形式",
        "主办单位", "责任部门", "发布者", "公开范围", "公开时限", "信息索引", "有效性", "时效性", "关键词", "公报标题",
        "时间", "日期", "发表日期", "发表时间", "公布日期", "公布时间",
        "公文生成日期", "备注/文号", "文章来源", "浏览次数", "阅读次数", "点击次数", "点击数",
        "访问量", "字号", "字体", "字体大小", "文件有效性", "时效", "录入", "作者", "编辑", "责任编辑",
    }
)  # fmt: skip
# The names of 国办发〔2017〕47号 (政府网站发展指引), annex 2, for the tags that every government page carries.
META_FIELDS = {
    "articletitle": "标题",
    "pubdate": "发布时间",
    "contentsource": "来源",
    "columnname": "栏目",
    "sitename": "网站名称",
    "siteidcode": "网站标识码",
}
_MAX_LINE = 300
_MAX_LABEL = 12
_LONGEST_SUMMARY = 2_000
_FEWEST = 2
# `发布时间：2023-02-20 来源：…`: a name of a few letters before a colon, at the start or after a blank; those that pages
# print behind the day of publication also where the blank was lost: `2024-01-22 15:40:00来源：某局字号：[大 中 小]`; and
# the day itself behind a field left empty: `文号：发布日期：2023-01-19`.
_NAMED = re.compile(
    r"(?:(?:^|(?<=[\s|【\[•]))([^\s:：|【】\[\]\d]{1,4}(?:[ \u3000\xa0]{0,8}[^\s:：|【】\[\]\d]){0,5})"
    r"|(?<=\d)(信息来源|文章来源|来源|作者)|(?<=[:：])(发布日期|发布时间|公开日期)"
    r"|(?<=[^\s|【\[])(浏览次数|点击次数|点击数|字号|字体))[ \u3000\xa0]{0,4}[:：]"
)
# 【打印】【字体：大 中 小】: a button before the first field, or the bullet of a list.
_BUTTONS = re.compile(r"[\s•]{0,9}(?:\s{0,9}[【\[][^:：【】\[\]]{1,6}[】\]]){0,4}\s{0,9}[【\[]{0,2}")


def fields_in_line(block: PlainBlock) -> list[PlainBlock]:
    """The fields that a short line consists of; empty where it does not begin with a known one."""
    names = _names_in(block.text)
    ends = [*(name.start for name in names[1:]), len(block.text)]
    return [
        block._replace(
            kind="keyvalue",
            name=name.words,
            text=block.text[name.end : end].strip(" \t\u3000\xa0|【】[]"),
        )
        for name, end in zip(names, ends if names else (), strict=True)
    ]


class _Named(NamedTuple):
    """The name of a field in a line: its bounds with the colon, and its words."""

    start: int
    end: int
    words: str


def _names_in(text: str) -> list[_Named]:
    """The names of the fields that a short line consists of; empty where it does not begin with a known one."""
    # Most lines have no colon, and most of the others begin with no field.
    if len(text) > _MAX_LINE or (":" not in text and "：" not in text):
        return []
    buttons = _BUTTONS.match(text)
    begin = buttons.end() if buttons else 0
    first = _NAMED.search(text, begin)
    if first is None or first.start() != begin or _name(_said(first)) not in KNOWN_FIELDS:
        return []
    return [_named(match) for match in _NAMED.finditer(text, begin)]


def _named(match: re.Match[str]) -> _Named:
    """The name that a match found, without the value of the field before: 信息来源: 市气象局 发布时间:."""
    said = _said(match)
    last = said.split()[-1]
    if _name(said) not in KNOWN_FIELDS and _name(last) in KNOWN_FIELDS:
        return _Named(match.start() + said.rindex(last), match.end(), _name(last))
    return _Named(match.start(), match.end(), _name(said))


def may_have_fields(texts: Iterable[str]) -> bool:
    """Whether `fields_in_table` could find a field in a table whose cells hold these texts; most tables have none."""
    # Most cells of a table hold a number.
    return any(not text.isdigit() and (_name(text) in KNOWN_FIELDS or _names_in(text)) for text in texts)


def fields_in_table(rows: Sequence[Sequence[Sequence[PlainBlock]]]) -> list[PlainBlock]:
    """The fields of a table of metadata, and what else stands in it; empty where the table is none.

    Args:
        rows: The blocks of each cell of each row.
    """
    if not may_have_fields(_text(cell) for row in rows for cell in row):
        return []
    found: list[PlainBlock] = []
    known = 0
    for row in rows:
        label: PlainBlock | None = None
        for cell in row:
            if _is_content(cell, label):
                found += [*([label] if label else ()), *cell]
                label = None
                continue
            block = _merged(cell)
            if label is not None:
                name = _name(label.text)
                known += name in KNOWN_FIELDS
                place = (block or label).location
                value = block.text if block else ""
                found.append(PlainBlock("keyvalue", value, place, name=name))
                label = None
            elif block is not None:
                named = fields_in_line(block)
                known += len(named)
                if not named and len(block.text) <= _MAX_LABEL:
                    label = block
                else:
                    found += named or [block]
        if label is not None:
            found.append(label)
    return found if known >= _FEWEST else []


def _is_content(cell: Sequence[PlainBlock], label: PlainBlock | None) -> bool:
    """Whether a cell holds the text of the page, which a table of its metadata may as well arrange."""
    if any(block.grid for block in cell):
        return True
    length = sum(len(block.text) for block in cell)
    return length > (_LONGEST_SUMMARY if label and _name(label.text) in KNOWN_FIELDS else _MAX_LINE)


def _merged(blocks: Sequence[PlainBlock]) -> PlainBlock | None:
    """The blocks of a cell as one; None where it is blank."""
    if not blocks:
        return None
    return PlainBlock("paragraph", _text(blocks), blocks[0].location)


def _text(blocks: Sequence[PlainBlock]) -> str:
    return blocks[0].text if len(blocks) == 1 else " ".join([block.text for block in blocks])


def _said(name: re.Match[str]) -> str:
    """The name that a match found, in whichever of its places it stands."""
    return name[name.lastindex or 1]


def _name(printed: str) -> str:
    return "".join(printed.split()).rstrip(":：")

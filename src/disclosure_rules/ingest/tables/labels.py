"""Labels of rows and columns as they are compared: one width, no marks, the enumerator apart."""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher
from functools import lru_cache
from typing import NamedTuple

from disclosure_rules.fold import fold

__all__ = [
    "MOST_LOOKED_UP",
    "Label",
    "han",
    "label",
    "likeness",
    "squeezed_label",
    "without_remark",
    "without_year_said",
]

_HAN_NUMBER = "一二三四五六七八九十"
_ENUMERATOR = re.compile(
    rf"\((?P<bracket>[{_HAN_NUMBER}]{{1,2}}|\d{{1,2}})\)|(?P<han>[{_HAN_NUMBER}]{{1,2}})[、.,:]"
    r"|(?P<digit>\d{1,2})[.、,:)](?!\d)|(?P<bare>\d{1,2})(?=[^\d.,\W])"
)
_MARKS = re.compile(r"[\W_]+")
_CIRCLED = {0x2460 + offset: f"{offset + 1}." for offset in range(20)}
_BRACKETED = {0x3220 + offset: f"({number})" for offset, number in enumerate(_HAN_NUMBER)}
# No label is longer; more is prose, and comparing it would take long.
_LONGEST = 80
# How many words of cells each vocabulary keeps the meaning of: those of reports are much alike.
MOST_LOOKED_UP = 2048
# 上一年项目数量（指2019年事项数）: what a city's copy of the form explains. A unit is no remark.
_REMARK = re.compile(r"(?<=\S)\s{0,4}[(（](?![^()（）]{0,400}元)[^()（）]{5,400}[)）]\s{0,4}$")
# 本年(2023)制发件数: the year that a label speaks of, said within it.
_YEAR_SAID = re.compile(r"\(20\d{2}年?度?\)")
# The characters of the labels in which the traditional form differs and that headings (fold.py) do not have.
_TRADITIONAL = (
    "织織 总總 结結 纠糾 审審 复復 诉訴 讼訟 转轉 续續 数數 业業 构構 团團 体體 们們 请請 询詢 访訪 举舉 "
    "报報 无無 现現 制製 另另 补補 仍仍 确確 认認 获獲 缴繳 纳納 费費 通通 属屬 国國 规規 危危 稳穩 护護 "
    "权權 类類 内內 务務 过過 执執 卷卷 项項 关關 当當 对對 处處 给給 决決 减減 购購 额額 单單 许許 罚罰 "
    "强強 维維 终終 统統 计計 样樣 时時 来來 带帶 义義 见見 论論 记記 录錄 备備 应應 丢丟 虑慮 优優 个個 范範 废廢"
)
_TO_SIMPLIFIED = {ord(pair[1]): pair[0] for pair in _TRADITIONAL.split()}


class Label(NamedTuple):
    """A label in its two parts: the enumerator as (style, number), and the words without marks."""

    enumerator: tuple[str, int] | None
    words: str


def squeezed_label(text: str) -> str:
    """The label in half width and simplified characters, without blanks, invisible characters and a year in brackets.

    Other marks are kept.
    """
    return _squeezed(text[: 2 * _LONGEST])


@lru_cache(maxsize=4096)
def _squeezed(text: str) -> str:
    clean = unicodedata.normalize("NFKC", text.translate(_CIRCLED).translate(_BRACKETED))
    clean = clean.replace("檔案", "文件")  # what a text put into the words of Taiwan says
    return without_year_said("".join(fold(clean).translate(_TO_SIMPLIFIED).split()))


def without_year_said(squeezed: str) -> str:
    """A text without blanks and in half width, without the years that its labels say in brackets."""
    return _YEAR_SAID.sub("", squeezed)


def without_remark(text: str) -> str:
    """A label without the explanation in brackets that closes it; a label of the form may end so as well."""
    return _REMARK.sub("", text) if text.rstrip().endswith((")", "）")) else text


def label(text: str) -> Label:
    """Take a printed label apart.

    Args:
        text: The label as printed.

    Returns:
        Its enumerator (`一、` is ("han", 1), `（三）` ("bracket", 3), `2.` ("digit", 2)) and its words.
    """
    return _label(text[: 2 * _LONGEST])


@lru_cache(maxsize=4096)
def _label(text: str) -> Label:
    clean = _squeezed(text)
    match = _ENUMERATOR.match(clean)
    enumerator = None
    if match:
        style = match.lastgroup or "digit"
        written = match[style]
        number = int(written) if written.isdigit() else _han_number(written)
        if written.isdigit() and style == "bracket":
            style = "digit"
        enumerator = ("digit" if style == "bare" else style, number)
        clean = clean[match.end() :]
    return Label(enumerator, _MARKS.sub("", clean)[:_LONGEST])


def _han_number(written: str) -> int:
    """一 to 十九."""
    if written[0] == "十":
        return 10 + (_HAN_NUMBER.index(written[1]) + 1 if len(written) > 1 else 0)
    return _HAN_NUMBER.index(written[0]) + 1


def han(text: str) -> int:
    """How many Chinese characters a text has."""
    return _han(text[: 4 * _LONGEST])


@lru_cache(maxsize=2048)
def _han(text: str) -> int:
    return sum("\u4e00" <= letter <= "\u9fff" for letter in text)


@lru_cache(maxsize=16_384)
def likeness(left: str, right: str) -> float:
    """How alike two words of labels are: twice the letters in common and in order over all letters, 0 to 1."""
    if left == right:
        return 1.0
    total = len(left) + len(right)
    if not left or not right:
        return 0.0
    if 4 * min(len(left), len(right)) < total or 4 * sum(map(right.__contains__, left)) < len(left):
        return 0.0
    return SequenceMatcher(None, left, right, autojunk=False).ratio()

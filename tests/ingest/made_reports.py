"""Annual reports made for the tests, in the many ways in which offices and sites print them.

A report is made of the labels of a layout and of numbers, then written as a page, a Word document or a text. Every
choice (numbering, template, markup of tables, form of numbers) comes from one seed, so that each is made anew alike.
"""

from __future__ import annotations

import random
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from disclosure_rules.model.layout import Layout, TableSpec

__all__ = ["BODIES", "Choices", "Made", "Part", "Printed", "made", "tables_of"]

Printed = list[list[tuple[int, int, str]]]  # rows of (rowspan, colspan, text)
Numbers = dict[tuple[str, str, str], int | None]

# Bodies of every kind, with the short name that a title often has where it differs.
BODIES = (
    "沭阳县发展和改革局", "淮安市洪泽区人民政府", "平潭综合实验区管理委员会", "上海市人民政府办公厅", "宿迁市人民政府",
    "长子县住房和城乡建设管理局", "张掖市甘州区北街街道办事处", "榆林市榆阳区驼峰路街道办事处", "国家税务总局昆山市税务局",
    "阳城县固隆乡人民政府", "沅江市草尾镇人民政府", "厦门市气象局", "中国证券监督管理委员会天津监管局", "莆田海关",
    "苏州工业园区管理委员会", "西安高新技术产业开发区管理委员会", "内蒙古自治区教育厅", "乌拉特前旗苏独仑镇人民政府",
    "北京市通州区人民政府中仓街道办事处", "宁国市商务局", "南平市人民政府办公室", "山东省水利厅", "新疆维吾尔自治区人民政府",
    "伊犁哈萨克自治州人民政府", "西双版纳傣族自治州勐海县农业农村局", "深圳市前海管理局", "三沙市人民政府", "江津区人力社保局",
    "马鞍山市花山区市场监督管理局", "中国人民银行上海总部",
)  # fmt: skip
_INTRODUCTION = (
    "本报告根据《中华人民共和国政府信息公开条例》（国务院令第711号）和《中华人民共和国政府信息公开工作年度报告格式》"
    "（国办公开办函〔2021〕30号）的要求编制。本报告中所列数据的统计期限自{year}年1月1日起至{year}年12月31日止。"
    "如对本报告有疑问，请与{body}办公室联系（地址：人民路1号，邮编：223600，电话：0527-83593059）。"
)
_PROSE = {
    "overview": (
        "{year}年，{body}认真贯彻落实《中华人民共和国政府信息公开条例》，坚持以公开为常态、不公开为例外。",
        "（一）主动公开情况。通过政府网站主动公开政府信息1782条，其中政策解读24条、规划计划3条。",
        "（二）依申请公开情况。全年按照规定登记、审核、办理、答复、归档。",
        "（三）政府信息管理情况。严格执行“三审三校”，一是健全机制，二是加强培训；三是强化考核。",
        "1.加强组织领导。成立领导小组，由主要负责人任组长。",
        "2.完善制度。印发《政务公开工作要点》（〔{year}〕15号），明确任务分工。",
    ),
    "problems_and_improvements": (
        "（一）存在的主要问题：一是公开内容还不够丰富，二是解读形式较为单一。",
        "（二）改进措施：下一步将加强学习，提高业务能力。",
    ),
    "other_matters": ("本年度没有收取信息处理费。无其他需要报告的事项。",),
}


class Made(NamedTuple):
    """A report as a file, and what a careful reader would find in it."""

    name: str
    data: bytes
    title: str
    body: str
    year: int
    layout: str
    numbers: Numbers
    choices: tuple[str, ...]


class Choices:
    """One choice after another, each with its name, from a seed."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311 -- to make the same again, not to hide
        self.made: list[str] = []

    def of(self, what: str, *options: str) -> str:
        """One of the options; the first is the usual one and as likely as all others together."""
        chosen = options[0] if self.random.random() < 0.5 else self.random.choice(options)
        self.made.append(f"{what}={chosen}")
        return chosen


def made(seed: int, layouts: dict[str, Layout], *, kind: str = "html") -> Made:
    """A report in the forms that the seed chooses; `kind` is html, docx, docx-numbered, txt, xlsx or ods."""
    from made_pages import docx_of, page_of, text_of  # noqa: PLC0415 -- its other half
    from made_sheets import numbered_docx_of, ods_of, xlsx_of  # noqa: PLC0415 -- the same

    choose = Choices(seed)
    pick = choose.random
    body = pick.choice(BODIES)
    layout = layouts[choose.of("form", "2021", "2019")]
    year = pick.choice((2019, 2020, 2023) if layout.id == "2019" else (2021, 2022, 2023, 2024, 2025))
    title = _title(choose, body, year)
    numbers = _numbers(pick, layout, choose.of("numbers", "few", "many", "zeros", "blank"))
    parts = _parts(choose, layout, body, year, numbers)
    writers: dict[str, Callable[..., bytes]] = {
        "html": page_of, "docx": docx_of, "docx-numbered": numbered_docx_of, "txt": text_of, "xlsx": xlsx_of, "ods": ods_of,
    }  # fmt: skip
    data = writers[kind](choose, title, body, year, parts)
    return Made(
        f"made-{seed}.{kind.partition('-')[0]}",
        data,
        title,
        body,
        year,
        layout.id,
        numbers,
        tuple(choose.made),
    )


def _title(choose: Choices, body: str, year: int) -> str:
    form = choose.of(
        "title", "{b}{y}年政府信息公开工作年度报告", "{y}年{b}政府信息公开工作年度报告", "{b}{y}年度政府信息公开工作年度报告",
        "{b}{y}年政府信息公开年度报告", "{b}关于{y}年政府信息公开工作年度报告", "{b}{y}年政府信息公开工作年报",
        "{y}年度{b}政府信息公开工作报告", "{b}{h}年政府信息公开工作年度报告", "{b}政府信息公开工作年度报告（{y}年）",
        "{b}政府信息公开工作{y}年度报告", "{b}{y}年政务公开工作年度报告", "{b}{y}年政府信息公开工作情况年度报告",
    )  # fmt: skip
    digits = "".join("〇一二三四五六七八九"[int(digit)] for digit in str(year))
    return form.format(b=body, y=year, h=digits)


def _numbers(pick: random.Random, layout: Layout, how: str) -> Numbers:
    numbers: Numbers = {}
    for spec in layout.tables:
        for row, column in spec.cells:
            if how == "many":
                value: int | None = pick.randrange(1, 4000)
            elif how == "zeros":
                value = 0
            elif how == "blank":
                value = None
            else:
                value = pick.choice((0, 0, 0, 1, 2, 7, 26, 110, None))
            numbers[spec.key, row, column] = value
    return numbers


Part = tuple[str, str, tuple[str, ...], list[Printed]]  # key, heading with number, paragraphs, tables


def _parts(choose: Choices, layout: Layout, body: str, year: int, numbers: Numbers) -> list[Part]:
    number = choose.of(
        "number", "{h}、", "{h}、　", "第{h}部分 ", "{h}.", "{h}．", "{h}", "{h}，", "{a}、", ""
    )
    parts: list[Part] = [
        ("introduction", "", (_INTRODUCTION.format(year=year, body=body),), [])
        if choose.of("introduction", "yes", "no") == "yes"
        else ("introduction", "", (), [])
    ]
    drawn = tables_of(choose, layout, numbers)
    for at, section in enumerate(layout.sections, start=1):
        printed = number.format(h="一二三四五六七八"[at - 1], a=at) + section.title.zh
        paragraphs = tuple(text.format(year=year, body=body) for text in _PROSE.get(section.key, ()))
        parts.append((section.key, printed, paragraphs, drawn.get(section.key, [])))
    return parts


def tables_of(choose: Choices, layout: Layout, numbers: Numbers) -> dict[str, list[Printed]]:
    """The tables of a report, by the section that they stand in; one that is split is several."""
    write = _writer(choose)

    def value(table: str, row: str, column: str) -> str:
        number = numbers[table, row, column]
        if number is None or "amount" in column:
            return "" if number is None else str(number)
        return write(number)

    specs = {spec.key: spec for spec in layout.tables}
    two = _proactive(choose, specs["proactive_disclosure"], value)
    three = _requests(choose, specs["requests"], value)
    four = _reviews(specs["reviews_and_litigation"], value)
    return {"proactive_disclosure": two, "requests": three, "reviews_and_litigation": [four]}


def _writer(choose: Choices) -> Callable[[int], str]:
    how = choose.of("figures", "plain", "wide", "thousands", "spaced", "unit", "mark")
    wide = str.maketrans("0123456789", "０１２３４５６７８９")
    forms: dict[str, Callable[[int], str]] = {
        "plain": str,
        "wide": lambda number: str(number).translate(wide),
        "thousands": lambda number: f"{number:,}",
        "spaced": lambda number: f" {number}　",
        "unit": lambda number: f"{number}件" if number else "0",
        "mark": str,
    }
    return forms[how]


def _proactive(choose: Choices, spec: TableSpec, value: Callable[..., str]) -> list[Printed]:
    columns = {column.key: column.label.zh for column in spec.columns}
    blocks: list[Printed] = []
    wide = choose.of("table2", "wide", "narrow") == "wide"
    for clause, rows in groupby(spec.rows, key=lambda row: row.parent):
        block: Printed = [[(1, 4, clause or "")]]
        for at, row in enumerate(rows):
            keys = row.columns or tuple(columns)
            span = 3 // len(keys) if wide else 1
            spans = [span] * (len(keys) - 1) + [3 - span * (len(keys) - 1) if wide else 1]
            if at == 0:
                block.append(
                    [(1, 1, "信息内容"), *((1, s, columns[key]) for s, key in zip(spans, keys, strict=True))]
                )
            block.append(
                [
                    (1, 1, row.label.zh),
                    *((1, s, value(spec.key, row.key, key)) for s, key in zip(spans, keys, strict=True)),
                ]
            )
        blocks.append(block)
    if choose.of("blocks", "one", "each") == "each":
        return blocks
    return [[row for block in blocks for row in block]]


def _requests(choose: Choices, spec: TableSpec, value: Callable[..., str]) -> list[Printed]:
    leaves = [column.label.zh for column in spec.columns]
    caption = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
    flat = choose.of("labels", "groups", "flat", "two")
    labels = {"groups": 3, "flat": 1, "two": 2}[flat]
    headed = choose.of("header", "three rows", "leaf") == "three rows"
    header: Printed = (
        [
            [(3, labels, caption), (1, 7, "申请人情况")],
            [(2, 1, leaves[0]), (1, 5, "法人或其他组织"), (2, 1, leaves[6])],
            [(1, 1, leaf) for leaf in leaves[1:6]],
        ]
        if headed
        else [[(1, labels, "申请人情况"), *((1, 1, leaf) for leaf in leaves)]]
    )
    rows: Printed = []
    of_group = [row.parent for row in spec.rows]
    results = [row for row in spec.rows if "results" in row.groups or row.key == "results_total"]
    first = spec.rows.index(results[0])
    last = max(at for at, row in enumerate(spec.rows) if row.parent)
    for at, row in enumerate(spec.rows):
        cells = [(1, 1, value(spec.key, row.key, column.key)) for column in spec.columns]
        own: list[tuple[int, int, str]] = []
        if flat == "flat" or row.parent is None:
            own = [(1, labels, row.label.zh)]
        else:
            if flat == "groups" and at == first:
                own.append((last - first + 1, 1, "三、本年度办理结果"))
            width = labels - (flat == "groups")
            if "三、" in row.parent:
                own.append((1, width, row.label.zh))
            else:
                if width > 1 and (at == 0 or of_group[at - 1] != row.parent):
                    count = sum(parent == row.parent for parent in of_group)
                    own.append((count, 1, row.parent))
                own.append((1, 1, row.label.zh))
        rows.append([*own, *cells])
    cut = choose.of("cut", "whole", "two", "three", "two-headed")
    if flat != "flat" and cut != "whole":
        cut = "whole"  # a cut through a group is for the tests of page breaks
    if cut == "whole":
        return [header + rows]
    at = choose.random.randrange(3, len(rows) - 3)
    again = header if cut == "two-headed" else []
    if cut == "three":
        middle = choose.random.randrange(at + 1, len(rows) - 1)
        return [header + rows[:at], rows[at:middle], rows[middle:]]
    return [header + rows[:at], again + rows[at:]]


def _reviews(spec: TableSpec, value: Callable[..., str]) -> Printed:
    names = [column.label.zh for column in spec.columns]
    heads = [(row.key, row.label.zh) for row in spec.rows]
    figures = [(1, 1, value(spec.key, key, column.key)) for key, _ in heads for column in spec.columns]
    return [
        [(2, 5, "行政复议"), (1, 10, "行政诉讼")],
        [(1, 5, "未经复议直接起诉"), (1, 5, "复议后起诉")],
        [(1, 1, name) for _ in heads for name in names],
        figures,
    ]

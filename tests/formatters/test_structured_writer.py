"""What `extract` writes, `check` reads back to the same report."""

from __future__ import annotations

import json
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from disclosure_rules.formatters.structured import to_json, to_structured, to_yaml
from disclosure_rules.ingest.recognise import recognise
from disclosure_rules.ingest.structured import build_from_mapping, build_report
from disclosure_rules.ingest.structured_json import read_json
from disclosure_rules.ingest.structured_yaml import read_yaml
from disclosure_rules.ingest.text import read_text
from disclosure_rules.model.body import BODY_KINDS, PublicBody, Region
from disclosure_rules.model.location import Location
from disclosure_rules.model.note import Note
from disclosure_rules.model.report import (
    Candidate,
    Cell,
    CellStatus,
    Fact,
    Paragraph,
    Period,
    Report,
    Section,
    Source,
    Table,
)
from disclosure_rules.model.text import Text
from disclosure_rules.packs.load import load_layouts
from disclosure_rules.resources import rules_folder
from disclosure_rules.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Mapping

    from disclosure_rules.model.layout import Layout

ROOT = Path(__file__).parent.parent.parent


@cache
def layouts() -> Mapping[str, Layout]:
    return load_layouts(rules_folder() / "cn")


def assert_read_back(report: Report) -> None:
    """From the values, from JSON and from YAML: equal but for the source, and for the names of the region."""
    expected = report.model_copy(update={"source": Source()})
    if expected.body is not None and expected.body.region is not None:
        region = Region(code=expected.body.region.code, name="")
        expected = expected.model_copy(update={"body": expected.body.model_copy(update={"region": region})})
    plain = to_structured(report, layouts())
    assert build_from_mapping(plain, layouts()) == expected
    if not any(plain.get(key) for key in ("title", "sections", "tables")):
        return  # a file without any of them is refused as no report
    for read, text in ((read_json, to_json(report, layouts())), (read_yaml, to_yaml(report, layouts()))):
        found = build_report(read(text.encode(), "a"), layouts(), path="a")
        assert found.model_copy(update={"source": Source()}) == expected
        assert found.source.sha256


TEXT = st.text(alphabet=st.characters(codec="utf-8"), max_size=12) | st.sampled_from(
    [
        *("no", "null", "~", "010", "- a", "a: b", "# c", "{a}", "年报", "2024-01-01"),
        *(" 前后 ", "\u2028\x85\ufeff", "a\nb", "'", '"\\'),
    ]
)  # fmt: skip
SOME = st.none() | TEXT
COUNT = st.none() | st.integers(1, 9999)
NUMBER = st.integers(-(10**15), 10**15) | st.decimals(-(10**6), 10**6, places=4)
PLACE = st.builds(
    Location,
    section=SOME,
    table=SOME,
    row=SOME,
    column=SOME,
    page=COUNT,
    line=COUNT,
    paragraph=COUNT,
    pointer=SOME,
)
LINES = st.lists(st.tuples(st.integers(0, 99), st.integers(1, 99)), max_size=3).map(tuple)
PARAGRAPHS = st.lists(st.builds(Paragraph, text=TEXT, location=PLACE, lines=LINES), max_size=3).map(tuple)
CANDIDATES = st.lists(
    st.builds(Candidate, value=TEXT, source=TEXT, text=TEXT, location=PLACE), max_size=2
).map(tuple)
SECTION_KEYS = st.none() | st.sampled_from(["overview", "consultations", "other_matters", "requests"])
SECTIONS = st.lists(
    st.builds(Section, key=SECTION_KEYS, heading=TEXT, number=SOME, paragraphs=PARAGRAPHS, location=PLACE),
    max_size=3,
).map(tuple)
CELLS = (
    st.builds(Cell, text=TEXT, status=st.just(CellStatus.READ), number=NUMBER, location=PLACE)
    | st.builds(
        Cell, text=TEXT, status=st.just(CellStatus.INFERRED), number=st.none() | NUMBER, location=PLACE
    )
    | st.builds(
        Cell,
        text=TEXT,
        status=st.sampled_from(["blank", "mark", "unreadable", "absent", "not_calculated"]),
        location=PLACE | st.just(Location()),
    )
)
FACTS = st.recursive(
    st.builds(Fact, key=TEXT, text=TEXT, number=st.none() | NUMBER, unit=SOME, location=PLACE),
    lambda inner: st.builds(
        Fact,
        key=TEXT,
        text=TEXT,
        number=st.none() | NUMBER,
        unit=SOME,
        parts=st.lists(inner, max_size=3).map(tuple),
    ),
    max_leaves=4,
)
NOTES = st.builds(
    Note,
    code=TEXT,
    message=st.builds(Text, zh=TEXT, en=TEXT),
    count=st.integers(1, 99),
    places=st.lists(PLACE, max_size=2).map(tuple),
    words=st.lists(TEXT, max_size=2).map(tuple),
)
KINDS = st.sampled_from([None, *BODY_KINDS])
DATES = st.none() | st.dates().map(lambda day: day.isoformat())


@st.composite
def tables(draw: st.DrawFn) -> dict[str, Table]:
    found = {}
    for key in draw(st.sets(st.sampled_from(["proactive_disclosure", "requests", "reviews_and_litigation"]))):
        form = draw(st.sampled_from(["2019", "2021"]))
        spec = layouts()[form].table(key)
        assert spec is not None
        values = [draw(st.none() | NUMBER) if place < 12 else place for place in range(len(spec.cells))]
        details = draw(st.dictionaries(st.integers(0, len(values) - 1), CELLS, max_size=4))
        for place, cell in details.items():
            values[place] = cell.number if cell.status is CellStatus.READ else None
        found[key] = Table(
            key=key,
            form=form,
            values=tuple(values),
            details=details,
            heading=draw(SOME),
            labels=draw(st.dictionaries(TEXT, TEXT, max_size=2)),
            unplaced=draw(CANDIDATES),
            location=draw(PLACE),
        )
    return found


def within(part: str, paragraphs: tuple[Paragraph, ...]) -> tuple[Paragraph, ...]:
    """The paragraphs with places that name the part of the report they stand in, as readers give them."""
    return tuple(
        paragraph.model_copy(update={"location": paragraph.location.model_copy(update={"section": part})})
        for paragraph in paragraphs
    )


@st.composite
def reports(draw: st.DrawFn) -> Report:
    layout = draw(st.none() | st.sampled_from(["2008", "2019", "2021"]))
    region = draw(st.none() | st.just(Region(code="140428", name="长子县")))
    facts = draw(st.dictionaries(st.sampled_from(["disclosed", "reviews", "其他"]), FACTS, max_size=2))
    return Report(
        title=draw(SOME),
        body=draw(st.none() | st.builds(PublicBody, name=TEXT, kind=KINDS, region=st.just(region))),
        year=draw(st.none() | st.integers(1900, 2999)),
        layout=layout,
        layout_from=draw(st.sampled_from(["stated", "shown", "year"])) if layout else "none",
        period=draw(st.none() | st.builds(Period, start=DATES, end=DATES, text=TEXT, location=PLACE)),
        published=draw(DATES),
        introduction=within("introduction", draw(PARAGRAPHS)),
        sections=draw(SECTIONS),
        closing=within("closing", draw(PARAGRAPHS)),
        tables=draw(tables()),
        facts={key: fact.model_copy(update={"key": key}) for key, fact in facts.items()},
        titles=draw(CANDIDATES),
        bodies=draw(CANDIDATES),
        years=draw(CANDIDATES),
        regions=draw(CANDIDATES),
        notes=draw(st.lists(NOTES, max_size=2).map(tuple)),
    )  # fmt: skip


@given(reports())
@settings(max_examples=80, deadline=None)
def test_any_report_is_read_back(report: Report) -> None:
    assert_read_back(report)


@pytest.mark.parametrize(
    "path", sorted((ROOT / "tests" / "data" / "reports").glob("*.txt")), ids=lambda path: path.stem
)
def test_real_documents_are_read_back(path: Path) -> None:
    document = read_text(path.read_bytes(), path.name)
    assert_read_back(recognise(document, layouts(), None, path=path.name))


@pytest.mark.parametrize("name", ["suqian-shizhengfu-2024", "shanghai-zhengfubangongting-2019"])
def test_the_examples_are_written_as_they_stand(name: str) -> None:
    text = (ROOT / "examples" / f"{name}.yaml").read_text("utf-8")
    report = build_report(read_yaml(text.encode(), name), layouts(), path=name)
    assert_read_back(report)
    rows = to_structured(report, layouts())["tables"]["requests"]
    assert rows["received"]["total"] == {"suqian-shizhengfu-2024": 3525}.get(name, 859)


def test_what_is_written_can_be_read_by_people() -> None:
    report = build_from_mapping(
        {
            "title": "宿迁市2024年政府信息公开工作年度报告",
            "year": 2024,
            "layout": "2021",
            "sections": [
                {"key": "overview", "number": "一", "heading": "总体情况", "paragraphs": [{"text": "甲。", "line": 3}]}
            ],
            "tables": {"proactive_disclosure": {"administrative_charges": {"amount": Decimal("12.50")}}},
        },
        layouts(),
    )  # fmt: skip
    assert to_yaml(report, layouts()) == (
        f"# 由 disclosure-rules {VERSION} 从报告读出。\n"
        "# 怎样改：数字读错，改 number 后面的数；空白、无法读取或待核对的单元格，把整个 {…} 换成数字，例如\n"
        "# total: 12。\n"
        "# 改好后检查：disclosure-rules check 本文件。「#」后面是说明，改不改都不影响检查。\n"
        "#\n"
        "# 没有读到、没有读准或需要留意的（5 项）：\n"
        "# - 表二「规章」的 3 格：没有找到\n"
        "# - 表二「行政规范性文件」的 3 格：没有找到\n"
        "# - 表二「行政许可」的「本年处理决定数量」：没有找到\n"
        "# - 表二「行政处罚」的「本年处理决定数量」：没有找到\n"
        "# - 表二「行政强制」的「本年处理决定数量」：没有找到\n"
        "title: 宿迁市2024年政府信息公开工作年度报告\n"
        "year: 2024\n"
        'layout: "2021"\n'
        "sections:\n"
        "  - key: overview\n"
        "    number: 一\n"
        "    heading: 总体情况\n"
        "    paragraphs:\n"
        "      - {text: 甲。, line: 3}\n"
        "tables:\n"
        "  proactive_disclosure:  # 表二（主动公开政府信息情况）\n"
        "    administrative_charges: {amount: 12.50}  # 行政事业性收费\n"
    )
    assert json.loads(to_json(report, layouts()))["tables"] == {
        "proactive_disclosure": {"administrative_charges": {"amount": 12.5}}
    }
    assert '"amount": 12.50' in to_json(report, layouts())


def test_numbers_keep_every_digit() -> None:
    for number in (Decimal("0.000001"), Decimal("0.0000001"), Decimal("-0.0"), 10**15):
        data: dict[str, Any] = {"title": "x", "facts": {"disclosed": number}}
        report = build_from_mapping(data, layouts())
        again = build_report(read_json(to_json(report, layouts()).encode(), "a"), layouts(), path="a")
        assert str(again.facts["disclosed"].number) == str(number)

"""From structured data to Report: real reports, forms, cells, sections, figures."""

from __future__ import annotations

import json
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from disclosure_rules.ingest.structured import build_from_mapping, build_report
from disclosure_rules.ingest.structured_json import read_json
from disclosure_rules.ingest.structured_yaml import read_yaml
from disclosure_rules.model.location import Location
from disclosure_rules.model.report import Cell, CellStatus
from disclosure_rules.packs.load import load_layouts
from disclosure_rules.resources import rules_folder

if TYPE_CHECKING:
    from collections.abc import Mapping

    from disclosure_rules.model.layout import Layout
    from disclosure_rules.model.report import Report

ROOT = Path(__file__).parent.parent.parent
REPORTS = ROOT / "tests" / "data" / "reports"
WITH_TABLES = sorted(
    path.name.removesuffix(".truth.json")
    for path in REPORTS.glob("*.truth.json")
    if "tables" in json.loads(path.read_text("utf-8"))
)


@cache
def layouts() -> Mapping[str, Layout]:
    return load_layouts(rules_folder() / "cn")


def build(**data: Any) -> Report:  # noqa: ANN401  any part of a report
    return build_from_mapping(data, layouts())


def truth(name: str) -> dict[str, Any]:
    found = json.loads((REPORTS / f"{name}.truth.json").read_text("utf-8"), parse_float=Decimal)
    assert isinstance(found, dict)
    return found


def cell(report: Report, table: str, row: str, column: str) -> Cell:
    found = report.tables[table]
    spec = layouts()[found.form].table(table)
    assert spec is not None
    return found.cell(spec.index[row, column])


def test_the_corpus_has_both_forms() -> None:
    assert {truth(name)["layout"] for name in WITH_TABLES} == {"2019", "2021"}
    assert len(WITH_TABLES) >= 10


@pytest.mark.parametrize("name", WITH_TABLES)
def test_a_real_report_is_read_cell_by_cell(name: str) -> None:
    known = truth(name)
    data = {key: known[key] for key in ("title", "body", "year", "tables")}
    text = json.dumps(data, ensure_ascii=False, default=float)
    report = build_report(read_json(text.encode(), name), layouts(), path=name)
    assert (report.title, report.year) == (known["title"], known["year"])
    assert report.body is not None
    assert report.body.name == known["body"]
    assert (report.layout, report.layout_from) == (known["layout"], "shown")
    for key, rows in known["tables"].items():
        cells = {(row, column): number for row, columns in rows.items() for column, number in columns.items()}
        spec = layouts()[report.tables[key].form].table(key)
        assert spec is not None
        assert set(cells) == set(spec.cells), "the corpus gives every cell of the form"
        for (row, column), number in cells.items():
            found = cell(report, key, row, column)
            assert found.status is (CellStatus.BLANK if number is None else CellStatus.READ)
            assert found.number == number
            assert found.text == ("" if number is None else str(number))


def test_tables_of_two_forms_in_one_report_keep_their_own() -> None:
    # 洪泽 2024 prints table 2 of 2021 and table 3 with the rows of 2019.
    known = truth("hongze-quzhengfu-2024")
    report = build(title=known["title"], year=2024, tables=known["tables"])
    assert report.layout == "2021"
    assert {key: table.form for key, table in report.tables.items()} == {
        "proactive_disclosure": "2021",
        "requests": "2019",
        "reviews_and_litigation": "2021",
    }


@pytest.mark.parametrize("name", ["suqian-shizhengfu-2024", "shanghai-zhengfubangongting-2019"])
def test_the_examples_hold_the_tables_of_the_corpus(name: str) -> None:
    path = ROOT / "examples" / f"{name}.yaml"
    report = build_report(read_yaml(path.read_bytes(), name), layouts(), path=name)
    known = truth(name)
    assert (report.title, report.year, report.layout) == (known["title"], known["year"], known["layout"])
    assert [section.key for section in report.sections] == [
        *("overview", "proactive_disclosure", "requests", "reviews_and_litigation"),
        *("problems_and_improvements", "other_matters"),
    ]
    expected = build(title=known["title"], year=known["year"], tables=known["tables"])
    for key, table in expected.tables.items():
        assert report.tables[key].values == table.values


RECEIVED = {"received": {"total": 1}}


@pytest.mark.parametrize(
    ("data", "layout", "found"),
    [
        ({"year": 2024, "layout": "2008"}, "2008", "stated"),
        ({"year": 2024, "layout": 2019}, "2019", "stated"),
        ({"year": 2012}, "2008", "year"),
        ({"year": 2019}, "2019", "year"),
        ({"year": 2024}, "2021", "year"),
        ({"year": 1999}, None, "none"),
        ({}, None, "none"),
        ({"year": 2019, "sections": {"overview": "", "consultations": ""}}, "2008", "shown"),
        ({"year": 2012, "sections": {"overview": "", "fees": ""}}, "2008", "shown"),
        ({"year": 2019, "sections": {"overview": "", "other_matters": ""}}, "2019", "shown"),
        ({"year": 2022, "sections": {"overview": "", "other_matters": ""}}, "2021", "shown"),
        ({"year": 2018, "sections": {"overview": "", "other_matters": ""}}, "2019", "shown"),
        ({"sections": {"overview": "", "other_matters": ""}}, None, "none"),
        ({"year": 2018, "sections": {"overview": ""}}, "2008", "year"),
        ({"year": 2019, "tables": {"requests": {"other_rest": {"total": 1}}}}, "2021", "shown"),
        ({"year": 2024, "tables": {"requests": {"other_handling": {"total": 1}}}}, "2019", "shown"),
        ({"year": 2018, "tables": {"requests": RECEIVED}}, "2019", "shown"),
        ({"year": 2024, "tables": {"requests": RECEIVED}}, "2021", "shown"),
        ({"layout": "2019", "tables": {"requests": {"other_rest": {"total": 1}}}}, "2019", "stated"),
    ],
)
def test_the_form_is_what_is_stated_else_shown_else_of_the_year(
    data: dict[str, Any], layout: str | None, found: str
) -> None:
    report = build(**data)
    assert (report.layout, report.layout_from) == (layout, found)


def test_a_table_of_another_form_than_the_stated_one_keeps_its_own() -> None:
    report = build(
        layout="2019", tables={"requests": {"other_rest": {"total": 1}}, "reviews_and_litigation": {}}
    )
    assert report.tables["requests"].form == "2021"
    assert report.tables["reviews_and_litigation"].form == "2019"


def test_a_cell_is_a_number_a_blank_or_says_more() -> None:
    rows = {
        "natural_person": 3,
        "commercial_enterprise": None,
        "research_institution": {"text": "—"},
        "public_interest_organization": {"text": "１，２３４", "line": 7},
        "legal_service_agency": {"text": "约30"},
        "other_organization": {"status": "inferred", "number": 4},
    }
    report = build(tables={"requests": {"received": rows}})
    found = {column: cell(report, "requests", "received", column) for column in (*rows, "total")}
    assert [(item.status, item.number) for item in found.values()] == [
        (CellStatus.READ, 3),
        (CellStatus.BLANK, None),
        (CellStatus.MARK, None),
        (CellStatus.READ, 1234),
        (CellStatus.UNREADABLE, None),
        (CellStatus.INFERRED, 4),
        (CellStatus.ABSENT, None),
    ]
    assert found["public_interest_organization"].text == "１，２３４"
    assert found["public_interest_organization"].location == Location(
        section="requests", table="requests", row="received", column="public_interest_organization", line=7
    )
    # Only what was read may be used by a rule: neither the inferred number nor a missing row.
    values = report.tables["requests"].values
    assert [value for value in values if value is not None] == [3, 1234]
    assert cell(report, "requests", "carried_in", "total").status is CellStatus.ABSENT


def test_numbers_of_python_are_taken_as_printed() -> None:
    report = build(tables={"proactive_disclosure": {"administrative_charges": {"amount": 72701.2578}}})
    assert cell(report, "proactive_disclosure", "administrative_charges", "amount").number == Decimal(
        "72701.2578"
    )


def test_json_numbers_are_exact() -> None:
    text = '{"title": "x", "tables": {"proactive_disclosure": {"administrative_charges": {"amount": %s}}}}'
    for written, number in [
        ("0.1", "0.1"),
        ("12.50", "12.50"),
        ("1e3", "1000"),
        ("1.5E2", "150"),
        ("-0.0", "-0.0"),
    ]:
        report = build_report(read_json((text % written).encode(), "a"), layouts(), path="a")
        assert str(cell(report, "proactive_disclosure", "administrative_charges", "amount").number) == number


def test_sections_are_a_list_or_a_mapping() -> None:
    listed = build(
        year=2024, sections=[{"key": "overview", "heading": "总体情况", "paragraphs": ["甲", "乙"]}]
    )
    assert listed.sections == build(year=2024, sections={"overview": ["甲", "乙"]}).sections
    assert listed.sections == build(year=2024, sections={"overview": "甲\n\n乙\n"}).sections
    assert [item.location.paragraph for item in listed.sections[0].paragraphs] == [1, 2]


def test_a_section_without_a_heading_is_headed_by_the_title_of_its_form() -> None:
    assert build(year=2012, sections={"overview": None}).sections[0].heading == "概述"
    assert build(year=2024, sections={"overview": None}).sections[0].heading == "总体情况"
    # A heading that was printed as nothing stays so, and an unknown one has no key.
    assert build(sections=[{"key": "overview", "heading": ""}]).sections[0].heading == ""
    assert build(sections=[{"heading": "七、附表"}]).sections[0].key is None


def test_figures_of_the_narrative() -> None:
    report = build(
        facts={
            "disclosed": 56,
            "consultations": {
                "text": "87条",
                "parts": [49, {"key": "电话", "number": 21}, {"text": "17"}],
                "line": 9,
            },
            "requests_received": {"text": "约30件"},
            "anything_else": 1,
        }
    )
    assert (report.facts["disclosed"].number, report.facts["disclosed"].text) == (56, "56")
    consultations = report.facts["consultations"]
    assert (consultations.number, consultations.unit, consultations.location.line) == (87, "条", 9)
    assert [(part.key, part.number) for part in consultations.parts] == [("", 49), ("电话", 21), ("", 17)]
    assert report.facts["requests_received"].number is None


def test_what_is_stated_is_its_own_candidate() -> None:
    report = build(title="年报", body={"name": "甲局", "region": 140428}, year="2019")
    assert report.body is not None
    assert report.body.region is not None
    assert report.body.region.code == "140428"
    seen = (report.titles, report.bodies, report.years, report.regions)
    assert [[(item.value, item.source) for item in items] for items in seen] == [
        [("年报", "stated")],
        [("甲局", "stated")],
        [("2019", "stated")],
        [("140428", "stated")],
    ]
    listed = build(title="年报", candidates={"titles": [{"value": "乙", "source": "publisher", "line": 2}]})
    assert [(item.value, item.location.line) for item in listed.titles] == [("乙", 2)]


def test_codes_and_years_in_yaml_are_the_same_with_and_without_quotes() -> None:
    for text in (
        "year: 2019\nbody: {name: x, region: 140428}",
        "year: '2019'\nbody: {name: x, region: '140428'}",
    ):
        report = build_report(read_yaml(f"title: x\n{text}".encode(), "a"), layouts(), path="a")
        assert report.year == 2019
        assert report.body is not None
        assert report.body.region is not None
        assert report.body.region.code == "140428"


def test_every_entry_has_its_place() -> None:
    text = 'title: x\ntables:\n  requests:\n    received: {total: 1}\nclosing: [a, {text: b}]\n"a/b~c": 1\n'
    marks = read_yaml(text.encode(), "a").marks
    assert marks == {
        "/title": (1, 1),
        "/tables": (2, 1),
        "/tables/requests": (3, 3),
        "/tables/requests/received": (4, 5),
        "/tables/requests/received/total": (4, 16),
        "/closing": (5, 1),
        "/closing/0": (5, 11),
        "/closing/1": (5, 14),
        "/closing/1/text": (5, 15),
        "/a~1b~0c": (6, 1),
    }
    assert dict(read_json(b'{"a": [1,\n {"b": "\\u00e9"}], "c": {}}', "a").marks) == {
        "/a": (1, 2),
        "/a/0": (1, 8),
        "/a/1": (2, 2),
        "/a/1/b": (2, 3),
        "/c": (2, 20),
    }

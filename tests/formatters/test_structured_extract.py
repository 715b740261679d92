"""The output of `extract`, given to `check`, yields the same findings as the document."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from disclosure_rules.formatters.structured import to_compact_json, to_json, to_yaml
from disclosure_rules.model.note import Note
from disclosure_rules.model.report import Cell, CellStatus, Report, Source, Table
from disclosure_rules.model.text import Text
from disclosure_rules.pipeline import Checker
from disclosure_rules.resources import schemas_folder

ROOT = Path(__file__).parent.parent.parent
REPORTS = ROOT / "tests" / "data" / "reports"
HONGZE = REPORTS / "hongze-quzhengfu-2024.pdf"
DOCUMENTS = [
    *sorted(path for path in REPORTS.iterdir() if path.suffix in {".txt", ".html", ".docx", ".pdf"}),
    *sorted((ROOT / "tests" / "data" / "variants").glob("*libreoffice*.pdf")),
    *sorted((ROOT / "examples").glob("*.yaml")),
]


@cache
def checker() -> Checker:
    return Checker()


def judged(source: Path | bytes) -> dict[str, Any]:
    result = checker().check(source, name="same").to_json()
    result.pop("source")
    return result


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_what_was_extracted_is_judged_like_the_document(path: Path) -> None:
    expected = judged(path)
    report = checker().load_report(path)
    for write in (to_yaml, to_json, to_compact_json):
        assert judged(write(report, checker().layouts).encode()) == expected


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_what_was_extracted_obeys_the_schema(path: Path) -> None:
    schema = json.loads((schemas_folder() / "report.schema.json").read_text("utf-8"))
    report = checker().load_report(path)
    jsonschema.validate(json.loads(to_json(report, checker().layouts)), schema)


def test_a_corrected_extract_is_judged_as_corrected() -> None:
    text = to_yaml(checker().load_report(HONGZE), checker().layouts)
    assert text.count("total: {number: 95, page: 3}  # 总计") == 1
    found = judged(text.replace("total: {number: 95, page: 3}", "total: {number: 96, page: 3}").encode())
    rules = {finding["rule"] for finding in found["findings"]} - {
        finding["rule"] for finding in judged(HONGZE)["findings"]
    }
    assert "cn/requests/applicants-unequal-total" in rules


def test_what_was_not_read_stands_on_top_and_beside_its_cell_and_can_be_put_right() -> None:
    report = checker().load_report(REPORTS / "pingtan-guanweihui-2021.txt")
    for lang, top, beside in (
        ("zh", "表三「（一）予以公开」的 7 格：无法读取", "自然人：不是直接读到的，请核对"),
        ("en", "“Granted”, 7 cells: could not be read", "Natural persons: was not read directly"),
    ):
        text = to_yaml(report, checker().layouts, lang)  # type: ignore[arg-type]
        head, _, _ = text.partition("\ntitle:")
        assert all(line.startswith("#") for line in head.splitlines())
        assert top in head.replace("\n#   ", "")
        assert beside in text
    cell = re.search(r"natural_person: (\{.*status: inferred.*?\})", text)
    assert cell is not None
    corrected = checker().load_report(text.replace(cell[1], "64", 1).encode())
    assert 64 in corrected.tables["requests"].values


def test_no_text_of_a_document_ends_a_comment() -> None:
    cell = Cell(text="1\n2\u2028x: 1\x1b\x85", status=CellStatus.UNREADABLE)
    layout = checker().layouts["2021"]
    spec = layout.table("reviews_and_litigation")
    assert spec is not None
    table = Table(
        key=spec.key,
        form="2021",
        values=(None,) * len(spec.cells),
        details=dict.fromkeys(range(len(spec.cells)), cell),
    )
    note = Note(code="x", message=Text(zh="甲\n乙: 丙\x07", en="a\nb: c"))
    report = Report(
        layout="2021", tables={spec.key: table}, notes=(note,), source=Source(path="a\nb.docx"), title="题"
    )
    again = checker().load_report(to_yaml(report, checker().layouts).encode())
    assert again.title == "题"
    assert again.tables[spec.key].cell(0).text == cell.text


@pytest.mark.parametrize("number", ["72701.2578", "0.10", "123456789012.123456789012", "0.100000000000"])
def test_compact_json_keeps_every_digit(number: str) -> None:
    layouts = checker().layouts
    amount = {"administrative_charges": {"amount": Decimal(number)}}
    report = checker().load_report({"layout": "2021", "tables": {"proactive_disclosure": amount}})
    assert f'"amount":{number}' in to_compact_json(report, layouts).replace(" ", "")

"""What a clerk is told where sums are broken, on real tables."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING

import jsonschema
import pytest
from repair_reports import REPORTS, checker, fits, judged, real

from disclosure_rules import Checker
from disclosure_rules.formatters.json import to_json
from disclosure_rules.formatters.text import render
from disclosure_rules.model.report import CellStatus
from disclosure_rules.plugins import Plugins
from disclosure_rules.resources import schemas_folder

if TYPE_CHECKING:
    from pathlib import Path

    from disclosure_rules.model.result import CheckResult

SUQIAN = "suqian-shizhengfu-2024"
CLEAN = [
    "hongze-quzhengfu-2024",
    "suqian-shizhengfu-2023",
    SUQIAN,
    "pingtan-guanweihui-2021",
    "pingtan-guanweihui-2019",
]


@pytest.mark.parametrize("name", [*CLEAN, "shanghai-zhengfubangongting-2019", "shuyang-fagaiju-2023"])
def test_tables_that_add_up_have_no_root_cause(name: str) -> None:
    result = judged(name)
    assert result.root_causes == ()
    assert not any("root-cause" in note.code for note in result.notes)


def test_the_blank_cells_of_shanghai_and_shuyang_are_not_taken_for_zero() -> None:
    for name in (
        "shanghai-zhengfubangongting-2019.html",
        "shuyang-fagaiju-2023.html",
        "hongze-quzhengfu-2024.pdf",
    ):
        assert checker().check(REPORTS / name).root_causes == ()


def test_one_slip_is_one_cause_with_its_value_place_and_findings() -> None:
    result = judged(SUQIAN, other_rest__natural_person=325)
    (cause,) = result.root_causes
    assert fits(cause) == {"other_rest.natural_person": "352"}
    assert (cause.count, cause.every, cause.smallest, cause.undecided) == (1, True, True, 0)
    assert cause.corrections[0].slip == "digits-swapped"
    assert cause.corrections[0].cells[0].printed == "325"
    assert cause.message.zh == (
        "表三「3.其他」行「自然人」列应为 352（现为 325）：改这一处，2 条不成立的勾稽关系全部成立（相邻两位数字颠倒）。"
    )
    assert cause.message.en == (
        "Table 3, row “Other: rest”, column “Natural persons” should be 352 (is 325): with this one change "
        "both broken sums hold (two neighbouring digits swapped)."
    )
    sums = [finding for finding in result.findings if "unequal" in finding.rule]
    assert sorted(cause.explains) == sorted(finding.fingerprint for finding in sums)
    assert len(sums) == 2


def test_a_wrong_corner_breaks_three_sums_and_is_one_cause() -> None:
    (cause,) = judged(SUQIAN, results_total__total=3512).root_causes
    assert fits(cause) == {"results_total.total": "3521"}
    assert len(cause.explains) == 3
    assert "改这一处，3 条不成立的勾稽关系全部成立" in cause.message.zh


def test_slips_with_nothing_in_common_are_causes_of_their_own() -> None:
    result = judged(
        SUQIAN, other_rest__natural_person=325, granted__commercial_enterprise=12, review__total=107
    )
    assert [fits(cause) for cause in result.root_causes] == [
        {"review.total": "170"},
        {"granted.commercial_enterprise": "21"},
        {"other_rest.natural_person": "352"},
    ]
    told = [fingerprint for cause in result.root_causes for fingerprint in cause.explains]
    assert len(told) == len(set(told)) == 5


def test_pingtan_2020_has_two_corrections_of_two_cells_and_is_not_decided_for_the_clerk() -> None:
    (cause,) = judged("pingtan-guanweihui-2020").root_causes
    assert [fits(correction) for correction in cause.corrections] == [
        {"granted.natural_person": "0", "granted.total": "1"},
        {"partially_granted.natural_person": "0", "partially_granted.total": "0"},
    ]
    assert (cause.count, cause.every, cause.smallest) == (2, True, True)
    assert cause.message.zh.startswith("同样小的改法有 2 种，请对照台账确定；例如：")
    assert len(cause.explains) == 2


def test_one_request_in_the_wrong_column_names_the_pair_and_counts_the_rows() -> None:
    slip = {"unavailable_not_held__natural_person": 858, "unavailable_not_held__other_organization": 3}
    (cause,) = judged(SUQIAN, **slip).root_causes
    assert fits(cause) == {
        "unavailable_not_held.natural_person": "859",
        "unavailable_not_held.other_organization": "2",
    }
    assert cause.corrections[0].slip == "counted-elsewhere"
    # Every other row has no 其他 to take from: this slip can be undone in one way only.
    assert cause.count == 1
    slip = {"unavailable_not_held__natural_person": 860, "unavailable_not_held__other_organization": 1}
    (cause,) = judged(SUQIAN, **slip).root_causes
    assert cause.count > 10
    assert len(cause.corrections) == 10
    assert f"同样小的改法有 {cause.count} 种" in cause.message.zh


def test_the_likeliest_is_called_so_only_for_its_kind_of_slip() -> None:
    (cause,) = judged(SUQIAN, review__upheld=8).root_causes
    assert fits(cause) == {"review.upheld": "88"}
    assert cause.corrections[0].slip == "digit-dropped"
    assert "最可能的是" in cause.message.zh
    assert {next(iter(fits(one))) for one in cause.corrections} == {
        "review.upheld", "review.corrected", "review.other", "review.pending", "review.total",
    }  # fmt: skip


@pytest.mark.parametrize(("printed", "slip"), [(-28, "sign"), (-5, "other")])
def test_a_negative_count_is_what_is_mended_first(printed: int, slip: str) -> None:
    (cause,) = judged(SUQIAN, review__other=printed).root_causes
    assert fits(cause) == {"review.other": "28"}
    assert cause.corrections[0].slip == slip
    assert "最可能的是" in cause.message.zh


def test_sums_with_unknown_cells_are_left_out_and_counted() -> None:
    (cause,) = judged(SUQIAN, other_rest__natural_person=325, other_rest__total=None).root_causes
    # The row and the total column cannot be calculated; every other cell of the column stands in a row that holds.
    assert cause.undecided == 2
    assert "本表另有 2 条勾稽关系因单元格空白或未能读取而无法核对" in cause.message.zh
    assert fits(cause) == {"other_rest.natural_person": "352"}
    assert cause.count == 1


def test_a_correction_that_no_entry_in_a_blank_could_bear_out_is_refused() -> None:
    # 沭阳 leaves all organisations blank, so no row adds up; yet natural persons cannot exceed the total of their row,
    # and in every other row of the column that total is 0.
    (cause,) = judged("shuyang-fagaiju-2023", granted__natural_person=25).root_causes
    assert fits(cause) == {"granted.natural_person": "26"}
    assert (cause.count, cause.undecided) == (1, 25 + 10)


def test_what_blanks_cannot_make_good_is_mended_first() -> None:
    split = {"granted__natural_person": 20, "granted__total": 20, "unavailable_not_held__total": 6}
    assert judged("shuyang-fagaiju-2023", **split, unavailable_not_held__natural_person=6).root_causes == ()
    (cause,) = judged("shuyang-fagaiju-2023", **split, unavailable_not_held__natural_person=7).root_causes
    assert [fits(one) for one in cause.corrections] == [
        {"unavailable_not_held.natural_person": "6"},
        {"granted.natural_person": "19"},
    ]


def test_cells_of_no_use_are_unknown_whatever_their_status() -> None:
    for status in (CellStatus.UNREADABLE, CellStatus.INFERRED, CellStatus.MARK):
        report = real(SUQIAN, other_rest__natural_person=325)
        cell = {"text": "354", "status": status.value}
        if status is CellStatus.INFERRED:
            cell["number"] = 354
        report["tables"]["requests"]["other_rest"]["total"] = cell
        (cause,) = checker().check(report).root_causes
        assert cause.undecided == 2


def test_a_table_that_is_wrong_all_over_gets_a_note_and_no_guess() -> None:
    changes = {f"{row}__total": 9000 + 37 * i * i for i, row in enumerate(real(SUQIAN)["tables"]["requests"])}
    result = judged(SUQIAN, **changes)
    assert result.root_causes == ()
    (note,) = [note for note in result.notes if note.code == "root-cause-not-found"]
    assert "表三" in note.message.zh
    assert "未能推断" in note.message.zh
    assert result.verdict == "fail"


@pytest.mark.parametrize("number", [Decimal("1408.5"), 13_800_138_000, 999_999_999_999_999])
def test_a_figure_that_is_no_count_or_no_likely_one_is_mended(number: int | Decimal) -> None:
    report = real(SUQIAN)
    report["tables"]["requests"]["granted"]["natural_person"] = number
    (cause,) = checker().check(report).root_causes
    assert fits(cause) == {"granted.natural_person": "1408"}
    assert cause.corrections[0].cells[0].printed == str(number)


def test_the_same_report_gives_the_same_bytes() -> None:
    one, other = (judged("pingtan-guanweihui-2020").model_dump_json() for _ in range(2))
    assert one == other


def test_text_tells_one_cause_and_its_findings_only_once() -> None:
    text = render([judged(SUQIAN, other_rest__natural_person=325)], columns=80)
    assert "根源  2 个错误出自 1 个单元格" in text
    assert text.count("列办理结果各项之和为 3413 件") == 1
    assert text.count("cn/requests/results-unequal-total") == 1
    assert "（有 3 个错误" in text  # with the missing table 2: the findings count as before
    english = render([judged("pingtan-guanweihui-2020")], "en", columns=80)
    assert "root cause  2 errors come from 2 cells" in english
    assert "      or  Table 3, row “Partially granted”" in english


PROVINCE = """\
id: zz/requests/{name}
title: {{zh: 一, en: a}}
severity: {severity}
basis: [{{instrument: guide, article: 第一条}}]
{condition}assert: requests.received.total == 2 * requests.carried_in.total + 3000
message: {{zh: 一, en: a}}
"""


def _with_rule(folder: Path, severity: str, condition: str = "") -> CheckResult:
    pack = folder / "zz"
    (pack / "requests").mkdir(parents=True)
    (pack / "pack.yaml").write_text('id: zz\ntitle: {zh: 一, en: a}\nversion: "1"\n', "utf-8")
    (pack / "instruments.yaml").write_text("guide: {title: 指南, tier: A, evidence: made up}\n", "utf-8")
    rule = PROVINCE.format(name="fault", severity=severity, condition=condition)
    (pack / "requests" / "fault.yaml").write_text(rule, "utf-8")
    return Checker(packs=[pack], without=["cn"], plugins=Plugins(installed=False)).check(real(SUQIAN))


def test_an_equality_of_another_pack_joins_by_itself(tmp_path: Path) -> None:
    (cause,) = _with_rule(tmp_path, "error").root_causes
    # 3525 = 2 x 121 + 3000 does not hold; 121 cannot become 262.5.
    assert fits(cause) == {"received.total": "3242"}
    assert cause.count == 1


@pytest.mark.parametrize(
    ("severity", "condition"), [("warning", ""), ("error", "when: requests.received.total > 0\n")]
)
def test_a_rule_that_need_not_hold_is_no_equation(tmp_path: Path, severity: str, condition: str) -> None:
    result = _with_rule(tmp_path, severity, condition)
    assert len(result.findings) == 1
    assert result.root_causes == ()


def test_a_condition_that_no_number_can_change_is_kept(tmp_path: Path) -> None:
    result = _with_rule(tmp_path, "error", "when: present(tables.requests)\n")
    assert [fits(cause) for cause in result.root_causes] == [{"received.total": "3242"}]


def test_a_cell_of_a_document_is_told_with_its_line() -> None:
    name = "pingtan-guanweihui-2022.html"
    page = (REPORTS / name).read_text("utf-8")
    # The first 37 after the row's label is the figure of natural persons.
    label = page.index("本机关不掌握相关政府信息")
    figure = page.index(">37<", label)
    wrong = page[:figure] + ">73<" + page[figure + 4 :]
    result = checker().check(wrong.encode(), name=name)
    (cause,) = result.root_causes
    assert fits(cause) == {"unavailable_not_held.natural_person": "37"}
    (cell,) = cause.corrections[0].cells
    assert cell.location.line == page.count("\n", 0, page.rindex("<td", 0, figure)) + 1
    assert f"第 {cell.location.line} 行" in render([result], columns=80).split("根源")[1]


def test_a_crash_is_a_fault_and_costs_no_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = judged(SUQIAN, other_rest__natural_person=325)

    def crash(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("disclosure_rules.repair.root_causes", crash)
    result = judged(SUQIAN, other_rest__natural_person=325)
    assert result.findings == whole.findings
    assert result.root_causes == ()
    assert [fault.rule for fault in result.faults] == ["root-causes"]
    assert "故障" in render([result], columns=80)


def test_the_json_obeys_the_schema() -> None:
    schema = json.loads((schemas_folder() / "result.schema.json").read_text("utf-8"))
    results = [judged(SUQIAN, other_rest__natural_person=325), judged("pingtan-guanweihui-2020")]
    written = json.loads(to_json(results))
    jsonschema.validate(written, schema)
    assert [len(result["root_causes"]) for result in written["results"]] == [1, 1]

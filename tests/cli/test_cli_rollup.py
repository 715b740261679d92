"""`disclosure-rules rollup` after a batch: sums, what is missing, and never a lower bound as if it were a sum."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from disclosure_rules.cli import main
from disclosure_rules.pipeline import Checker

if TYPE_CHECKING:
    from pathlib import Path


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as stopped:
        main(list(arguments))
    assert isinstance(stopped.value.code, int)
    return stopped.value.code


def _report(body: str, upheld: int, form: str = "2021") -> dict[str, Any]:
    tables: dict[str, dict[str, dict[str, Any]]] = {}
    for table in Checker().layouts[form].tables:
        tables[table.key] = {}
        for row, column in table.index:
            tables[table.key].setdefault(row, {})[column] = 0
    tables["reviews_and_litigation"]["review"] |= {"upheld": upheld, "total": upheld}
    return {"body": body, "year": 2024, "layout": form, "tables": tables}


@pytest.fixture
def result(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    for number, (body, upheld) in enumerate(
        (("长子县人民政府", 6), ("长子县财政局", 3), ("长子县审计局", 2))
    ):
        (folder / f"{number}.json").write_text(json.dumps(_report(body, upheld), ensure_ascii=False), "utf-8")
    rows = "单位名称,上级单位,汇总范围\n长子县人民政府,,长子县财政局、长子县审计局\n长子县财政局,,\n长子县审计局,,\n"
    (tmp_path / "名册.csv").write_text(rows, "utf-8")
    run(
        "batch",
        str(folder),
        "--out",
        str(tmp_path / "out"),
        "--roster",
        str(tmp_path / "名册.csv"),
        "--jobs",
        "1",
    )
    capsys.readouterr()
    return tmp_path


def test_the_sums_beside_the_superiors_own_figures(result: Path, capsys: pytest.CaptureFixture[str]) -> None:
    roster = str(result / "名册.csv")
    # Everything is in, and its own report says something else.
    assert run("rollup", str(result / "out"), "--roster", roster, "--body", "长子县人民政府") == 1
    told = capsys.readouterr().out
    assert "汇总 2 / 2 个单位" in told
    assert "行政复议 · 结果维持：5（本级报告为 6）" in told
    assert (
        run("rollup", str(result / "out"), "--roster", roster, "--body", "长子县人民政府", "--format", "json")
        == 1
    )
    values = json.loads(capsys.readouterr().out)
    assert values["complete"] is True
    cell = next(one for one in values["tables"]["reviews_and_litigation"] if one["column"] == "upheld")
    assert (cell["sum"], cell["partial"], cell["own"], cell["wrong"]) == (5, False, 6, True)


def test_a_sum_with_a_part_missing_is_a_lower_bound(result: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = "单位名称,汇总范围\n长子县人民政府,长子县财政局、长子县审计局、长子县统计局\n长子县财政局,\n长子县审计局,\n长子县统计局,\n"
    (result / "名册.csv").write_text(rows, "utf-8")
    arguments = ("--roster", str(result / "名册.csv"), "--body", "长子县人民政府")
    assert run("rollup", str(result / "out"), *arguments) == 2
    told = capsys.readouterr().out
    assert "缺：长子县统计局" in told
    assert "行政复议 · 结果维持：至少 5" in told


def _again(result: Path, *reports: dict[str, Any]) -> None:
    for number, report in enumerate(reports):
        (result / "in" / f"{number}.json").write_text(json.dumps(report, ensure_ascii=False), "utf-8")
    folders = (str(result / "in"), "--out", str(result / "out2"))
    run("batch", *folders, "--roster", str(result / "名册.csv"), "--jobs", "1")


@pytest.mark.parametrize("own", ["6", "9"])
def test_a_scope_known_by_superiors_alone_gives_no_whole_sum(
    result: Path, capsys: pytest.CaptureFixture[str], own: str
) -> None:
    county = "长子县人民政府"
    (result / "名册.csv").write_text(
        f"单位名称,上级单位\n{county},\n长子县财政局,{county}\n长子县审计局,{county}\n", "utf-8"
    )
    _again(result, _report(county, int(own)))
    capsys.readouterr()
    arguments = ("--roster", str(result / "名册.csv"), "--body", county)
    assert run("rollup", str(result / "out2"), *arguments) == 2
    told = capsys.readouterr().out
    assert "汇总 2 / 2 个单位" in told
    assert "本级自身的数字不在合计内" in told
    # More than a lower bound is no difference.
    assert "行政复议 · 结果维持：至少 5\n" in told
    assert "其余单元格：已知部分为 0，完整合计未知" in told


def test_a_list_that_names_the_body_itself_gives_no_whole_sum(
    result: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = "单位名称,汇总范围\n长子县人民政府,长子县人民政府、长子县财政局、长子县审计局\n长子县财政局,\n长子县审计局,\n"
    (result / "名册.csv").write_text(rows, "utf-8")
    arguments = ("--roster", str(result / "名册.csv"), "--body", "长子县人民政府")
    assert run("rollup", str(result / "out"), *arguments) == 2
    assert "行政复议 · 结果维持：至少 5\n" in capsys.readouterr().out


def test_a_blank_cell_of_a_part_keeps_the_sum_open(result: Path, capsys: pytest.CaptureFixture[str]) -> None:
    county, blank = _report("长子县人民政府", 1), _report("长子县财政局", 3)
    blank["tables"]["reviews_and_litigation"]["review"]["upheld"] = ""
    _again(result, county, blank)
    capsys.readouterr()
    arguments = ("--roster", str(result / "名册.csv"), "--body", "长子县人民政府")
    assert run("rollup", str(result / "out2"), *arguments) == 1
    told = capsys.readouterr().out
    # The blank is not 0, and what is in already is more than the superior's own figure.
    assert "行政复议 · 结果维持：至少 2（本级报告为 1）" in told


def test_of_several_reports_of_a_body_the_one_that_counts_is_told(
    result: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (result / "in" / "9.json").write_text(
        json.dumps(_report("长子县财政局", 30), ensure_ascii=False), "utf-8"
    )
    _again(result)
    capsys.readouterr()
    arguments = ("--roster", str(result / "名册.csv"), "--body", "长子县人民政府")
    run("rollup", str(result / "out2"), *arguments)
    told = capsys.readouterr().out
    assert "交了多份，只计文件名最前的一份：1.json" in told
    assert "行政复议 · 结果维持：5" in told


def test_a_table_that_no_report_has_is_told(result: Path, capsys: pytest.CaptureFixture[str]) -> None:
    reports = [_report(body, 1) for body in ("长子县人民政府", "长子县财政局", "长子县审计局")]
    for report in reports:
        del report["tables"]["reviews_and_litigation"]
    _again(result, *reports)
    capsys.readouterr()
    arguments = ("--roster", str(result / "名册.csv"), "--body", "长子县人民政府")
    assert run("rollup", str(result / "out2"), *arguments) == 2
    assert "没有一份报告有这张表：表四" in capsys.readouterr().out


def test_a_body_that_the_roster_lacks_is_told(result: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert (
        run("rollup", str(result / "out"), "--roster", str(result / "名册.csv"), "--body", "某县人民政府")
        == 2
    )
    assert "名册中没有「某县人民政府」" in capsys.readouterr().err


def _arguments(result: Path) -> tuple[str, ...]:
    return ("--roster", str(result / "名册.csv"), "--body", "长子县人民政府")


def test_the_report_that_is_given_is_held_against_the_sums(
    result: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = result / "本级.json"
    own.write_text(json.dumps(_report("长子县人民政府", 5), ensure_ascii=False), "utf-8")
    assert run("rollup", str(result / "out"), *_arguments(result), "--against", str(own)) == 0
    assert "本级报告为" not in capsys.readouterr().out
    own.write_text(json.dumps(_report("长子县人民政府", 4), ensure_ascii=False), "utf-8")
    assert run("rollup", str(result / "out"), *_arguments(result), "--against", str(own)) == 1
    assert "结果维持：5（本级报告为 4）" in capsys.readouterr().out


def test_a_superiors_table_of_another_form_is_told_and_held_against_what_both_have(
    result: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = _report("长子县人民政府", 5, "2019")
    own["tables"]["requests"]["received"]["total"] = 7  # a cell of both forms
    own["tables"]["requests"]["other_handling"]["total"] = 9  # a cell of the form of 2019 alone
    file = result / "本级.json"
    file.write_text(json.dumps(own, ensure_ascii=False), "utf-8")
    assert run("rollup", str(result / "out"), *_arguments(result), "--against", str(file)) == 1
    told = capsys.readouterr().out
    assert told.count("只对照两种格式共有的单元格") == 2  # tables 2 and 3; table 4 is the same in both
    assert "一、本年新收政府信息公开申请数量 · 总计：0（本级报告为 7）" in told
    assert "为 9" not in told


def test_a_table_that_the_superior_lacks_is_told(result: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own = _report("长子县人民政府", 5)
    del own["tables"]["requests"]
    file = result / "本级.json"
    file.write_text(json.dumps(own, ensure_ascii=False), "utf-8")
    assert run("rollup", str(result / "out"), *_arguments(result), "--against", str(file)) == 0
    assert capsys.readouterr().out.count("本级报告没有读出这张表") == 1


def test_table_four_of_both_forms_is_added_up(result: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _again(result, _report("长子县人民政府", 5), _report("长子县财政局", 3, "2019"))
    capsys.readouterr()
    run("rollup", str(result / "out2"), *_arguments(result), "--format", "json")
    values = json.loads(capsys.readouterr().out)
    cell = next(one for one in values["tables"]["reviews_and_litigation"] if one["column"] == "upheld")
    assert (cell["sum"], cell["partial"]) == (5, False)
    assert {one["table"] for one in values["unread"]} == {"proactive_disclosure", "requests"}


def test_the_sums_as_a_report_that_check_reads(result: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run("rollup", str(result / "out"), *_arguments(result), "--format", "yaml")
    told = capsys.readouterr().out
    assert told.startswith("# 长子县人民政府：汇总 2 / 2 个单位\n")
    report = Checker().load_report(told.encode(), name="汇总.yaml")
    assert report.body is not None
    assert report.body.name == "长子县人民政府"
    cases = report.tables["reviews_and_litigation"]
    assert cases.values[0] == 5


def test_a_sum_on_which_more_may_come_is_no_figure_of_the_report(
    result: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = "单位名称,汇总范围\n长子县人民政府,长子县财政局、长子县审计局、长子县统计局\n长子县财政局,\n长子县审计局,\n长子县统计局,\n"
    (result / "名册.csv").write_text(rows, "utf-8")
    run("rollup", str(result / "out"), *_arguments(result), "--format", "yaml")
    told = capsys.readouterr().out
    assert "# 缺：长子县统计局" in told
    cases = Checker().load_report(told.encode(), name="汇总.yaml").tables["reviews_and_litigation"]
    assert cases.values[0] is None
    assert cases.cell(0).text == "5"

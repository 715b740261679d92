"""Which report is last year's: what is refused, what is found in a folder, what is told and not guessed."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from years_reports import CHECKER, REPORTS

from disclosure_rules.errors import UsageError
from disclosure_rules.model.body import PublicBody, Region
from disclosure_rules.model.report import Candidate, Report, Source
from disclosure_rules.pipeline import Checker, Overrule
from disclosure_rules.plugins import Plugins
from disclosure_rules.previous import choose_previous, refuse_other

if TYPE_CHECKING:
    from pathlib import Path

_SUQIAN = Region(code="321300", name="宿迁市", path=("江苏省", "宿迁市"))
_HUAIAN = Region(code="320800", name="淮安市", path=("江苏省", "淮安市"))


def report(name: str, year: int | None, region: Region | None = None, path: str = "x") -> Report:
    """A report of which only the head is known."""
    return Report(year=year, body=PublicBody(name=name, region=region), source=Source(path=path))


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("宿迁市人民政府", "宿迁市"),
        ("江苏省宿迁市人民政府", "宿迁市"),
        ("平潭综合实验区", "平潭综合实验区管委会"),
        ("平潭综合实验区管理委员会", "平潭综合实验区管委会"),
        ("宿迁市教育局", "江苏省宿迁市教育局"),
        ("宿迁市教育局", "宿迁市 教育局"),
    ],
)
def test_one_body_under_two_forms_of_its_name(name: str, other: str) -> None:
    region = _SUQIAN if "宿迁" in name else None
    refuse_other(report(name, 2024, region), report(other, 2023, region))
    found = choose_previous(report(name, 2024, region), [report(other, 2023, region)])
    assert found.year == 2023


def test_the_name_in_the_title_counts_too() -> None:
    title = Candidate(value="长子县住建局", source="title")
    later = report("长子县住房和城乡建设管理局", 2024).model_copy(update={"bodies": (title,)})
    refuse_other(later, report("长子县住建局", 2023))
    # Whom the introduction tells the reader to ask may be another body.
    contact = Candidate(value="长子县人民政府办公室", source="introduction")
    with pytest.raises(UsageError, match="not of"):
        refuse_other(later.model_copy(update={"bodies": (contact,)}), report("长子县人民政府办公室", 2023))


@pytest.mark.parametrize(
    ("previous", "code"),
    [
        (report("宿迁市教育局", 2023, _SUQIAN), "previous-other-body"),
        (report("宿迁市人民政府", 2023, _HUAIAN), "previous-other-body"),
        (report("宿迁市人民政府", 2022, _SUQIAN), "previous-other-year"),
        (report("宿迁市人民政府", 2024, _SUQIAN), "previous-other-year"),
        (report("宿迁市人民政府", None, _SUQIAN), "previous-year-unknown"),
    ],
)
def test_what_is_not_last_years_report_is_refused_in_words(previous: Report, code: str) -> None:
    later = report("宿迁市人民政府", 2024, _SUQIAN)
    with pytest.raises(UsageError) as refused:
        CHECKER.judge(later, previous)
    assert refused.value.code == code
    assert refused.value.zh
    with pytest.raises(UsageError) as none:
        choose_previous(later, [previous])
    assert none.value.code == "previous-not-found"


def test_a_report_that_names_no_body_is_taken_by_name_but_never_found() -> None:
    later, nameless = report("宿迁市人民政府", 2024), Report(year=2023)
    refuse_other(later, nameless)
    with pytest.raises(UsageError, match="no report"):
        choose_previous(later, [nameless])
    with pytest.raises(UsageError, match="not known"):
        choose_previous(Report(year=2024), [nameless])


def test_two_reports_of_last_year_are_told_and_copies_count_once() -> None:
    later = report("宿迁市人民政府", 2024)
    draft, final = report("宿迁市", 2023, path="a"), report("宿迁市", 2023, path="b")
    with pytest.raises(UsageError, match="a, b") as told:
        choose_previous(later, [draft, final])
    assert told.value.code == "previous-ambiguous"
    copies = [
        one.model_copy(update={"source": Source(path=one.source.path, sha256="1")}) for one in (draft, final)
    ]
    assert choose_previous(later, copies).year == 2023


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Last year's reports: two bodies, this year's of one, a file that is no report."""
    inner = tmp_path / "2023"
    inner.mkdir()
    for name in ("suqian-shizhengfu-2023.txt", "suqian-shizhengfu-2024.txt", "pingtan-guanweihui-2021.txt"):
        shutil.copy(REPORTS / name, inner)
    (inner / "damaged.docx").write_bytes(b"PK\x03\x04 nothing")
    return tmp_path


def test_a_folder_is_searched_by_what_the_reports_say(folder: Path) -> None:
    checker = Checker(plugins=Plugins(installed=False))
    result = checker.check(REPORTS / "suqian-shizhengfu-2024.txt", previous=folder)
    assert result.previous is not None
    assert result.previous.year == 2023
    assert any(rule == "cn/years/carry-over-differs" for rule in result.passed)
    other = checker.check(REPORTS / "pingtan-guanweihui-2022.txt", previous=str(folder))
    assert other.previous is not None
    assert other.previous.title == "平潭综合实验区2021年度政府信息公开工作年度报告"


def test_where_a_folder_has_none_the_rules_stay_open_and_the_result_says_why(folder: Path) -> None:
    result = Checker(plugins=Plugins(installed=False)).check(
        REPORTS / "hongze-quzhengfu-2024.pdf", previous=folder
    )
    assert result.previous is None
    note = next(note for note in result.notes if note.code == "previous-not-found")
    assert "2023" in note.message.zh
    assert "1 个文件无法读取" in note.message.zh  # it may be the one that is wanted
    waiting = {rule.rule: rule.reason for rule in result.open if rule.rule.startswith("cn/years/")}
    assert waiting["cn/years/carry-over-differs"] == note.message
    assert not any(rule.startswith("cn/years/") for rule in result.passed)


def test_what_the_caller_knows_of_the_body_holds_for_both_years() -> None:
    name = {"name": "第一中心小学筹建办公室"}
    now, last = ({"year": year, "layout": "2021", "body": name} for year in (2024, 2023))
    overrule = Overrule(region="321300", body_kind="authorized_organization")
    result = CHECKER.check(now, previous=last, overrule=overrule)
    assert result.previous is not None
    stated = {**last, "body": {**name, "region": "320800"}}
    with pytest.raises(UsageError, match="not of"):
        CHECKER.check({**now, "body": {**name, "region": "321300"}}, previous=stated)


def test_a_folder_with_too_many_files_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("disclosure_rules.pipeline._MOST_FILES", 2)
    for name in "abc":
        (tmp_path / name).write_text("没有", "utf-8")
    result = CHECKER.check(REPORTS / "suqian-shizhengfu-2024.txt", previous=tmp_path)
    assert any("超过 2 个" in note.message.zh for note in result.notes)

"""The rules on structure, cells, law cited and text against real reports, and the edges of their verbs."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosure_rules.checks.privacy import _CHECK, _WEIGHTS
from disclosure_rules.pipeline import Checker

_REPORTS = Path(__file__).parent.parent / "data" / "reports"
_CHECKER = Checker()

# Of these rules each real report has exactly the findings below, every one read and found right by hand.
_JUDGED = {
    "cn/document/contact-malformed",
    "cn/document/cutoff-vague",
    "cn/document/date-damaged",
    "cn/document/digits-apart",
    "cn/document/file-of-other-year",
    "cn/document/heading-nonstandard",
    "cn/document/identity-number-shown",
    "cn/document/instrument-lapsed",
    "cn/document/instrument-misquoted",
    "cn/document/label-misprinted",
    "cn/document/letter-posted",
    "cn/document/notice-of-other-year",
    "cn/document/number-left-out",
    "cn/document/old-parts-named",
    "cn/document/other-place-named",
    "cn/document/own-word-unlike",
    "cn/document/parts-unlisted",
    "cn/document/phone-of-person-shown",
    "cn/document/placeholder-left",
    "cn/document/scope-word-unlike",
    "cn/document/row-unforeseen",
    "cn/document/sentence-unended",
    "cn/document/subheading-skipped",
    "cn/document/tables-all-zero",
    "cn/document/title-number-unlike",
    "cn/document/title-swallowed",
    "cn/document/title-year-doubled",
    "cn/document/text-of-other-year",
    "cn/document/titles-differ",
    "cn/document/words-doubled",
    "cn/document/year-stale",
    "cn/other_matters/fees-impossible",
    "cn/other_matters/fees-parts-unequal",
    "cn/other_matters/fees-unpaid-unreported",
    "cn/other_matters/fees-unquantified",
    "cn/overview/preface-alone",
    "cn/overview/preface-inside",
    "cn/overview/too-short",
    "cn/problems_and_improvements/half-told",
    "cn/problems_and_improvements/measures-fewer",
    "cn/problems_and_improvements/measures-of-past-year",
    "cn/problems_and_improvements/problems-of-others",
    "cn/problems_and_improvements/too-short",
    "cn/proactive_disclosure/amount-in-yuan",
    "cn/proactive_disclosure/amount-unit-misprinted",
    "cn/proactive_disclosure/amount-unlikely",
    "cn/proactive_disclosure/documents-made-undisclosed",
    "cn/proactive_disclosure/rules-beyond-power",
    "cn/proactive_disclosure/rules-in-force-too-few",
    "cn/publication/signed-before-year-end",
    "cn/requests/other-handling-high",
}
_FOUND = {
    "hongze-quzhengfu-2024.pdf": {"document/label-misprinted"},
    "pingtan-guanweihui-2014.txt": {"document/titles-differ"},
    "pingtan-guanweihui-2016.txt": {"document/scope-word-unlike"},
    "pingtan-guanweihui-2018.txt": {"document/contact-malformed", "document/cutoff-vague"},
    "pingtan-guanweihui-2019.txt": {"document/number-left-out", "document/title-year-doubled"},
    "pingtan-guanweihui-2020.txt": {"document/other-place-named", "document/title-year-doubled"},
    "pingtan-guanweihui-2021.txt": {"document/title-year-doubled", "document/words-doubled"},
    "pingtan-guanweihui-2022.html": {
        "document/heading-nonstandard",
        "document/title-year-doubled",
        "document/words-doubled",
    },
    "pingtan-guanweihui-2022.txt": {
        "document/heading-nonstandard",
        "document/title-year-doubled",
        "document/words-doubled",
    },
    "pingtan-xianzhengfu-2011.txt": {"document/scope-word-unlike"},
    "pingtan-xianzhengfu-2012.txt": {"document/scope-word-unlike"},
    "shanghai-kewei-2024.txt": {"document/label-misprinted", "document/words-doubled"},
    "shanghai-zhengfubangongting-2019.html": set(),
    "shuyang-fagaiju-2023.html": {
        "document/heading-nonstandard",
        "document/label-misprinted",
        "document/sentence-unended",
        "problems_and_improvements/measures-of-past-year",
    },
    "suqian-shizhengfu-2023.txt": set(),
    "suqian-shizhengfu-2024.txt": {"document/words-doubled", "other_matters/fees-unpaid-unreported"},
    "template-blank-2021.docx": {
        "document/placeholder-left",
        "overview/too-short",
        "problems_and_improvements/half-told",
        "problems_and_improvements/too-short",
    },
    "zhangzi-zhujianju-2019.txt": {"document/cutoff-vague"},
}


def test_every_judged_rule_is_a_rule() -> None:
    assert {rule for pack in _CHECKER.packs() for rule in pack.rules} >= _JUDGED


@pytest.mark.parametrize("name", _FOUND)
def test_a_real_report_has_the_faults_seen_by_hand_and_no_others(name: str) -> None:
    result = _CHECKER.check(_REPORTS / name)
    found = {finding.rule for finding in result.findings} & _JUDGED
    assert {rule.removeprefix("cn/") for rule in found} == _FOUND[name]
    assert not result.faults


def _rules(text: str) -> set[str]:
    return {
        finding.rule.removeprefix("cn/") for finding in _CHECKER.check(text.encode(), name="x.txt").findings
    }


def _report(
    *, introduction: str = "", overview: str = "", year: int = 2023, body: str = "长子县教育局"
) -> str:
    return (
        f"{body}{year}年政府信息公开工作年度报告\n{introduction}\n一、总体情况\n{overview}\n"
        "二、主动公开政府信息情况\n本年度主动公开。\n三、收到和处理政府信息公开申请情况\n未收到申请。\n"
    )


@pytest.mark.parametrize(
    ("cited", "found"),
    [
        ("《国务院办公厅政府信息与政务公开办公室关于政府信息公开工作年度报告有关事项的通知》", True),
        ("国办公开办函〔2019〕60号", True),
        ("国办公开办函[2019] 60号", True),
        ("《中华人民共和国政府信息公开工作年度报告格式（试行）》", True),
        ("《中华人民共和国政府信息公开工作年度报告格式》（国办公开办函〔2021〕30号）", False),
        ("《长治市人民政府办公室关于政府信息公开工作年度报告有关事项的通知》", False),
    ],
)
def test_a_superseded_notice_is_found_by_number_and_by_its_own_title(cited: str, found: bool) -> None:  # noqa: FBT001
    rules = _rules(_report(introduction=f"根据{cited}要求，编制本报告。"))
    assert ("document/format-notice-superseded" in rules) is found


def test_a_notice_told_as_history_is_no_basis() -> None:
    text = _report(introduction="2019年印发的国办公开办函〔2019〕60号已由新格式取代。")
    assert "document/format-notice-superseded" not in _rules(text)


def test_the_regulation_of_2019_is_not_taken_for_that_of_2007_by_its_title() -> None:
    text = _report(introduction="根据《中华人民共和国政府信息公开条例》编制本报告。")
    assert not _rules(text) & {"document/regulation-superseded", "document/instrument-lapsed"}


def test_a_province_feeds_the_verbs_on_law_with_its_registry_alone() -> None:
    text = _report(introduction="根据《海南省政府信息公开规定》编制本报告。", body="海南省教育厅")
    assert "document/instrument-misquoted" in _rules(text)
    elsewhere = _report(introduction="根据《海南省政府信息公开规定》编制本报告。", body="长子县教育局")
    assert "document/instrument-misquoted" not in _rules(elsewhere)


@pytest.mark.parametrize(
    ("cited", "year", "found"),
    [
        ("《安徽省政府信息公开办法》", 2023, True),
        ("《安徽省政府信息公开办法》", 2019, False),
        ("《安徽省政务公开办公室关于政府信息公开的办法》", 2023, False),
    ],
)
def test_a_repealed_regulation_of_a_province_is_no_basis_any_more(cited: str, year: int, found: bool) -> None:  # noqa: FBT001
    rules = _rules(_report(introduction=f"根据{cited}编制本报告。", body="安徽省教育厅", year=year))
    assert ("document/instrument-lapsed" in rules) is found


@pytest.mark.parametrize(
    ("cited", "body", "basis"),
    [
        ("《安徽省政府信息公开办法》", "安徽省教育厅", "安徽省人民政府令第306号"),
        ("《辽宁省政府信息公开规定》", "辽宁省教育厅", "辽宁省人民政府令第333号"),
        # It was for reports of one year, which its own title says; the format notice does not.
        ("《关于做好2021年度政府信息公开工作年度报告编制和发布工作的通知》（皖政务办秘〔2021〕37号）", "安徽省教育厅", "皖政务办秘〔2021〕37号"),
        ("国办发〔2014〕32号文件", "长子县教育局", "国办公开办函〔2021〕30号"),
    ],
)  # fmt: skip
def test_what_repealed_an_instrument_is_the_law_of_resting_on_it(cited: str, body: str, basis: str) -> None:
    text = _report(introduction=f"根据{cited}编制本报告。", body=body)
    result = _CHECKER.check(text.encode(), name="a.txt")
    (found,) = (one for one in result.findings if one.rule == "cn/document/instrument-lapsed")
    assert [cited.number for cited in found.basis] == [basis]


def test_a_title_used_again_under_another_number_is_another_document() -> None:
    cited = "《重庆市人民政府办公厅关于做好政府信息公开工作年度报告有关工作的通知》"
    for number in ("", "（渝府办发〔2022〕999号）"):
        rules = _rules(_report(introduction=f"根据{cited}{number}编制。", body="重庆市教育委员会"))
        assert "document/instrument-lapsed" not in rules


@pytest.mark.parametrize(
    "text",
    [
        "长治市人民政府和山西省人民政府印发通知。",
        "长子县人民政府门户网站公开信息5条。",
        "赴晋城市政府门户网站学习考察。",
        "转发《山西省政务公开办法》，向晋城市居民答复。",
    ],
)
def test_own_places_and_visits_are_no_other_place(text: str) -> None:
    assert "document/other-place-named" not in _rules(_report(overview=text))


def test_the_older_name_of_the_place_is_no_other_place() -> None:
    text = _report(
        overview="原兴仁县人民政府网站已停用。兴仁县人民政府网站迁移。", body="兴仁市教育局", year=2019
    )
    assert "document/other-place-named" not in _rules(text)


@pytest.mark.parametrize(
    "text",
    [
        "晋城市坚持公开为常态。",
        "在泽州县人民政府网站公开5条。",
        "原泽州县人民政府网站。泽州县人民政府网站迁移。",
    ],
)
def test_another_place_as_the_subject_is_found(text: str) -> None:
    assert "document/other-place-named" in _rules(_report(overview=text))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("以营利为目的的申请", False),
        ("除了了解情况，为了了解需求", False),
        ("信息公开工作工作机制不断健全，", False),
        ("一件一件答复，一项一项落实，", False),
        ("重大政策的的出台，", True),
        ("在全区办公室主任会议上在全区办公室主任会议上部署，", True),
    ],
)
def test_only_what_cannot_be_meant_is_doubled(text: str, found: bool) -> None:  # noqa: FBT001
    assert ("document/words-doubled" in _rules(_report(overview=f"本年度，{text}。"))) is found


@given(
    born=st.dates(date(1930, 1, 1), date(2010, 12, 31)),
    region=st.integers(110000, 659999),
    serial=st.integers(0, 999),
    wrong=st.integers(1, 10),
)
def test_a_number_is_an_identity_number_by_its_check_digit_alone(
    born: date, region: int, serial: int, wrong: int
) -> None:
    stem = f"{region}{born:%Y%m%d}{serial:03}"
    remainder = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, stem, strict=True)) % 11
    right, other = _CHECK[remainder], _CHECK[(remainder + wrong) % 11]
    for end, found in ((right, True), (other, False)):
        data = {"year": 2023, "sections": {"overview": f"申请人{stem}{end}。"}}
        result = _CHECKER.check(data)
        told = [each for each in result.findings if each.rule == "cn/document/identity-number-shown"]
        assert bool(told) is found
        assert not any(stem in each.message.zh for each in told), "a message must not repeat the number"


def test_a_word_of_prose_does_not_make_a_report_one_of_the_form_of_2019() -> None:
    rules = _rules(_report(overview="公开规范性文件2件，行政许可3件。", year=2022))
    assert "document/form-superseded" not in rules


def test_a_misprinted_column_is_told_by_its_printed_name() -> None:
    text = _report().replace(
        "本年度主动公开。",
        "\n| 第二十条第（一）项 ||||\n| 信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件 |\n"
        "| 规章 | 0 | 0 | 0 |\n| 行政规范性文件 | 1 | 0 | 3 |\n| 第二十条第（五）项 ||||\n"
        "| 信息内容 | 本年处理决定数量 |||\n| 行政许可 | 5 |||\n",
    )
    result = _CHECKER.check(text.encode(), name="x.txt")
    told = [each for each in result.findings if each.rule == "cn/document/label-misprinted"]
    assert [(each.location.column, each.values["printed"]) for each in told] == [("in_force", "现行有效件")]


def test_a_long_text_without_an_end_is_read_in_one_pass() -> None:
    """Patterns that run away would take hours here; the limit is far above what the check takes."""
    code = (
        "from disclosure_rules import Checker\n"
        "text = ('长子县教育局2023年政府信息公开工作年度报告\\n一、总体情况\\n' + '《（审核2019年' * 60000 + '\\n'"
        " + '二、主动公开政府信息情况\\n' + '公开条、' * 60000)\n"
        "Checker().check(text.encode(), name='x.txt')\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=240)  # noqa: S603  our own interpreter


_PAGE = """<html><head><meta charset="utf-8"></head><body><h1>{title}</h1><p>发布日期：{day} 来源：{origin}</p>
<p>本报告统计期限为2023年1月1日至2023年12月31日。如有疑问，请与长子县教育局联系。</p>
<p>一、总体情况</p><p>（一）主动公开政府信息情况</p><p>在网站公开信息。</p>{second}
<p>三、收到和处理政府信息公开申请情况</p><p>见表。</p></body></html>"""


def _page(title: str, *, second: str = "", origin: str = "长子县教育局") -> tuple[set[str], set[str]]:
    page = _PAGE.format(title=title, day="2024-02-08", origin=origin, second=second).encode()
    result = Checker().check(page, name="report.html")
    return (
        {finding.rule.removeprefix("cn/") for finding in result.findings},
        {entry.rule.removeprefix("cn/") for entry in result.open},
    )


def test_a_sub_heading_does_not_stand_for_a_missing_section() -> None:
    title, missing = "长子县教育局2023年政府信息公开工作年度报告", "proactive_disclosure/section-missing"
    assert missing in _page(title)[0]
    assert missing not in _page(title, second="<p>二、主动公开政府信息情况</p><p>见表。</p>")[0]


def test_a_body_that_only_the_introduction_names_does_not_make_a_report_late() -> None:
    late = "publication/department-late"
    assert late in _page("长子县教育局2023年政府信息公开工作年度报告")[0]
    found, left = _page("2023年政府信息公开工作年度报告", origin="http://www.example.cn")
    assert late not in found
    assert late in left


def test_where_a_page_was_taken_from_is_no_other_name_of_the_body() -> None:
    found, _ = _page("长子县教育局2023年政府信息公开工作年度报告", origin="长治市人民政府网站")
    assert "document/body-names-differ" not in found

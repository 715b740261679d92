"""What the national rules find in real reports: exactly this, no more and no less."""

from __future__ import annotations

from pathlib import Path

import pytest

from disclosure_rules.pipeline import Checker

_REPORTS = Path(__file__).parent.parent / "data" / "reports"

_FOUND = {
    "zhangzi-zhujianju-2019.txt": {
        "cn/document/body-name-short",
        "cn/document/cutoff-vague",
        "cn/document/form-not-unified-2019",
        "cn/document/principle-superseded",
        "cn/document/text-damaged",
        "cn/document/title-nonstandard",
    },
    "pingtan-xianzhengfu-2011.txt": {
        "cn/consultations/section-missing",
        "cn/document/scope-word-unlike",
        "cn/proactive_disclosure/parts-unequal-figure",
        "cn/publication/late-before-2019",
        "cn/reviews_and_litigation/section-missing",
    },
    "pingtan-xianzhengfu-2012.txt": {
        "cn/consultations/section-missing",
        "cn/document/scope-word-unlike",
        "cn/document/share-miscalculated",
        "cn/proactive_disclosure/parts-unequal-figure",
        "cn/reviews_and_litigation/section-missing",
    },
    "pingtan-guanweihui-2014.txt": {
        "cn/consultations/section-missing",
        "cn/document/titles-differ",
        "cn/proactive_disclosure/parts-unequal-figure",
        "cn/reviews_and_litigation/section-missing",
    },
    "pingtan-guanweihui-2016.txt": {
        "cn/consultations/section-missing",
        "cn/document/markup-left",
        "cn/document/scope-word-unlike",
        "cn/problems_and_improvements/past-year-planned",
    },
    "pingtan-guanweihui-2018.txt": {
        "cn-fj/document/fees-unreported",
        "cn/consultations/section-missing",
        "cn/document/bracket-unclosed",
        "cn/document/contact-malformed",
        "cn/document/cutoff-vague",
        "cn/document/mark-doubled",
    },
}


@pytest.fixture(scope="module")
def checker() -> Checker:
    return Checker()


@pytest.mark.parametrize("name", _FOUND)
def test_a_real_report_has_exactly_the_faults_a_careful_reader_saw(checker: Checker, name: str) -> None:
    result = checker.check(_REPORTS / name)
    assert {finding.rule for finding in result.findings} == _FOUND[name]
    assert not result.faults


def test_what_is_right_in_the_report_of_zhangzi_passes(checker: Checker) -> None:
    result = checker.check(_REPORTS / "zhangzi-zhujianju-2019.txt")
    assert {
        "cn/consultations/parts-unequal-figure",
        "cn/consultations/section-missing",
        "cn/overview/section-missing",
        "cn/document/numbering-broken",
        "cn/proactive_disclosure/section-missing",
        "cn/problems_and_improvements/section-missing",
        "cn/requests/section-missing",
        "cn/reviews_and_litigation/section-missing",
        "cn/consultations/reply-rate-over-100",
    } <= set(result.passed)


def test_the_superseded_principle_is_told_once_as_it_is_printed(checker: Checker) -> None:
    result = checker.check(_REPORTS / "zhangzi-zhujianju-2019.txt")
    told = [finding for finding in result.findings if finding.rule == "cn/document/principle-superseded"]
    assert [finding.values for finding in told] == [{"text": "以公开为原则，丌公开为例外"}]
    assert told[0].location.section == "problems_and_improvements"
    lines = (_REPORTS / "zhangzi-zhujianju-2019.txt").read_text(encoding="utf-8").splitlines()
    assert told[0].location.line is not None
    assert "丌公开为例外" in lines[told[0].location.line - 1]


def test_the_categories_of_pingtan_2011_miss_the_total_by_four(checker: Checker) -> None:
    result = checker.check(_REPORTS / "pingtan-xianzhengfu-2011.txt")
    told = [finding for finding in result.findings if finding.rule.endswith("parts-unequal-figure")]
    assert [(finding.values["number"], finding.values["total"]) for finding in told] == [("425", "421")]


def test_no_report_from_before_2019_is_held_against_later_law(checker: Checker) -> None:
    for name in _FOUND:
        if "2019" in name:
            continue
        for finding in checker.check(_REPORTS / name).findings:
            assert not {basis.instrument for basis in finding.basis} & {"regulation-2019", "format-2021"}

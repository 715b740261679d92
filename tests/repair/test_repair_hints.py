"""What the text and last year's report say settles which of equally small corrections comes first, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from repair_reports import checker, fits, real

if TYPE_CHECKING:
    from disclosure_rules.model.result import RootCause

SUQIAN, BEFORE = "suqian-shizhengfu-2024", "suqian-shizhengfu-2023"
# Two totals are wrong by one in opposite directions: any column in which both figures allow it explains that as well.
TOTALS = {"granted__total": 1430, "partially_granted__total": 472}


def _cause(text: str = "", *, previous: bool = False, **changes: int) -> RootCause:
    report = real(SUQIAN, **changes)
    if text:
        report["sections"] = [{"key": "overview", "heading": "总体情况", "paragraphs": [text]}]
    result = checker().check(report, previous=real(BEFORE) if previous else None)
    (cause,) = result.root_causes
    return cause


def _all(cause: RootCause) -> set[tuple[tuple[str, str], ...]]:
    return {tuple(sorted(fits(one).items())) for one in cause.corrections}


def test_the_text_says_that_the_totals_are_wrong_and_the_sentence_quotes_it() -> None:
    alone = _cause(**TOTALS)
    told = _cause("对政府信息公开申请，予以公开1431件、部分公开471件。", **TOTALS)
    wanted = {"granted.total": "1431", "partially_granted.total": "471"}
    assert fits(alone) != wanted
    assert fits(told) == wanted
    assert "最可能的是" in told.message.zh
    assert "与正文「" in told.message.zh
    assert "1431件」一致" in told.message.zh
    assert "as the text (“" in told.message.en


def test_the_text_says_that_the_totals_are_right() -> None:
    told = _cause("对政府信息公开申请，予以公开1430件、部分公开472件。", **TOTALS)
    assert fits(told) != {"granted.total": "1431", "partially_granted.total": "471"}
    assert fits(_cause(**TOTALS)) == fits(told)
    assert "一致" not in told.message.zh


def test_a_figure_of_last_year_in_the_text_is_no_hint() -> None:
    assert fits(_cause("2023年对政府信息公开申请，予以公开1431件、部分公开471件。", **TOTALS)) == fits(
        _cause(**TOTALS)
    )


def test_last_year_says_which_column_was_carried_in() -> None:
    slip = _slip()
    alone, told = _cause(**slip), _cause(previous=True, **slip)
    wanted = {
        place.replace("__", "."): str(real(SUQIAN)["tables"]["requests"][row][column])
        for place in slip
        for row, column in [place.split("__")]
    }
    assert fits(told) == wanted
    assert fits(alone) != wanted
    assert "与上一年报告一致" in told.message.zh
    assert "as last year's report has it" in told.message.en


def test_hints_change_the_order_alone() -> None:
    told = _cause("对政府信息公开申请，予以公开1431件、部分公开471件。", **TOTALS)
    alone = _cause(**TOTALS)
    assert _all(told) == _all(alone)
    assert (told.count, told.every, told.smallest) == (alone.count, alone.every, alone.smallest)
    # One cell explains one broken row, whatever the text says.
    (one,) = _cause("对政府信息公开申请，予以公开1400件。", granted__natural_person=1407).corrections
    assert fits(one) == {"granted.natural_person": "1408"}


def _slip() -> dict[str, int]:
    """One request carried in, of a column other than the largest, is counted as new."""
    rows = real(SUQIAN)["tables"]["requests"]
    column = "commercial_enterprise"
    return {
        f"received__{column}": rows["received"][column] + 1,
        f"carried_in__{column}": rows["carried_in"][column] - 1,
    }


def test_a_number_of_cases_filed_that_is_the_printed_total_keeps_the_total() -> None:
    upheld = real(SUQIAN)["tables"]["reviews_and_litigation"]["review"]["upheld"]
    alone = _cause(review__upheld=upheld + 1)
    told = _cause("全市全年备案政府信息依申请公开领域行政复议案件170件。", review__upheld=upheld + 1)
    assert set(fits(alone)) == {"review.total"}
    assert set(fits(told)) == {"review.upheld"}
    assert set(fits(told.corrections[-1])) == {"review.total"}
    # Which of the parts is wrong nobody knows, nor, without the text, whether it is the total.
    for cause in (alone, told):
        assert "例如：" in cause.message.zh
        assert "最可能" not in cause.message.zh

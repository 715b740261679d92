"""Numbers as reports print them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosure_rules.model.report import CellStatus
from disclosure_rules.numbers import chinese_number, read_number


@pytest.mark.parametrize(
    ("text", "number", "unit", "note"),
    [
        ("1,234", 1234, None, None),
        ("1，234", 1234, None, None),
        ("12，345", 12345, None, None),
        ("1,234,567.50", Decimal("1234567.50"), None, None),
        ("１２", 12, None, None),
        ("7730.28", Decimal("7730.28"), None, None),
        ("4166.241619", Decimal("4166.241619"), None, None),
        ("12.50", Decimal("12.50"), None, None),
        ("-5", -5, None, None),
        ("－5", -5, None, None),
        ("−5", -5, None, None),
        ("+3", 3, None, None),
        ("〇", 0, None, None),
        ("零", 0, None, None),
        ("0", 0, None, None),
        ("\u200b7\ufeff", 7, None, None),
        ("2 6", 26, None, "digits-apart"),
        ("1 234", 1234, None, "digits-apart"),
        ("251000元", 251000, "元", None),
        ("26 件", 26, "件", None),
        ("100％", 100, "%", None),
        ("1.2万", 12000, None, "multiplied"),
        ("3万件", 30000, "件", "multiplied"),
        ("1.2万元", Decimal("1.2"), "万元", None),
    ],
)
def test_a_number_is_read_exactly(
    text: str, number: int | Decimal, unit: str | None, note: str | None
) -> None:
    reading = read_number(text)
    assert reading == (CellStatus.READ, number, unit, note)
    assert type(reading.number) is type(number)
    assert str(reading.number) == str(number)


@pytest.mark.parametrize("text", ["", " ", "\xa0", "\u3000", "\t\n", "\u200b", " " * 500])
def test_white_space_is_blank_and_not_zero(text: str) -> None:
    assert read_number(text)[:2] == (CellStatus.BLANK, None)


@pytest.mark.parametrize("text", ["-", "—", "——", "/", "／", "\\", "*", "…", "……", "无", " — ", "－"])
def test_a_mark_says_that_there_is_nothing_to_fill_in(text: str) -> None:
    assert read_number(text)[:2] == (CellStatus.MARK, None)


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("O", "looks-like-0"),
        ("o", "looks-like-0"),
        ("l", "looks-like-1"),
        ("约30", "approximate"),
        ("≥5", "approximate"),
        ("14万余条", "approximate"),
        ("1,23", "grouping"),
        ("1.2.3", "grouping"),
        (".5", "grouping"),
        ("5.", "grouping"),
        ("010", "leading-zero"),
        ("00", "leading-zero"),
        ("9" * 16, "too-long"),
        ("9" * 100_000, "too-long"),
        ("(5)", "words"),
        ("未统计", "words"),
        ("1e3", "words"),
        ("0x1F", "words"),
        ("٣", "words"),
        ("13①", "words"),
        ("13¹", "words"),
        ("①", "words"),
        ("元", "words"),
        ("十二", "chinese-numeral"),
    ],
)
def test_what_a_person_would_have_to_guess_at_stays_unread(text: str, note: str) -> None:
    assert read_number(text) == (CellStatus.UNREADABLE, None, None, note)


@given(st.text(max_size=80))
def test_any_text_has_a_reading_and_only_read_has_a_number(text: str) -> None:
    reading = read_number(text)
    assert (reading.number is not None) == (reading.status is CellStatus.READ)


@given(st.integers(-(10**15) + 1, 10**15 - 1))
def test_a_printed_number_is_read_back(number: int) -> None:
    assert read_number(str(number)).number == number
    assert read_number(f"{number:,}").number == number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("零", 0),
        ("两", 2),
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("一百一十二", 112),
        ("一百十二", 112),
        ("一百二十", 120),
        ("一百零二", 102),
        ("两千〇五", 2005),
        ("一千零二十", 1020),
        ("三万零五百", 30500),
        ("二十万", 200_000),
        ("一亿二千万", 120_000_000),
        ("壹佰贰拾", 120),
        ("二〇一九", 2019),
        ("二〇", 20),
    ],
)
def test_chinese_numbers(text: str, number: int) -> None:
    assert chinese_number(text) == number


@pytest.mark.parametrize(
    "text", ["", "一百二", "三万五", "三五", "百", "万", "一二百", "十百", "三件", "一万万", "零零", "一百零"]
)
def test_no_chinese_number_or_one_of_two_readings(text: str) -> None:
    assert chinese_number(text) is None


@given(st.integers(0, 99_999_999))
def test_a_number_spelt_out_is_read_back(number: int) -> None:
    assert chinese_number(_spelt(number)) == number


def _spelt(number: int) -> str:
    """An independent writer: by place, zeros between places closed up to one."""
    if number == 0:
        return "零"
    upper, lower = divmod(number, 10**4)
    text = _group(upper) + "万" if upper else ""
    if lower and upper and lower < 1000:
        text += "零"
    return text + _group(lower)


def _group(number: int) -> str:
    text, gap = "", False
    for place, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // place % 10
        if digit:
            text += ("零" if gap and text else "") + "零一二三四五六七八九"[digit] + unit
        gap = not digit
    return text

"""Splitting figures that run together."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosure_rules.ingest.tables.runs import separate, split_run


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("15130000154", (151, 3, 0, 0, 0, 0, 154)),
        ("230 000023", (23, 0, 0, 0, 0, 0, 23)),
        ("220000022", None),  # 2+20 and 22+0 both add up
        ("26 26", None),  # blank cells leave no trace
        ("1000002", None),  # the sum is wrong: no split adds up
        ("9" * 60, None),
        ("1" * 59, None),
    ],
)
def test_only_the_one_way_that_adds_up_is_taken(text: str, numbers: tuple[int, ...] | None) -> None:
    assert split_run(text, [7]) == numbers


@given(st.lists(st.integers(0, 9_999), min_size=6, max_size=6), st.booleans())
def test_a_split_is_the_printed_one_or_none(parts: list[int], apart: bool) -> None:  # noqa: FBT001 -- hypothesis fills it in
    numbers = (*parts, sum(parts))
    text = ("  " if apart else "").join(map(str, numbers))
    assert split_run(text, [7]) in (numbers, None)
    assert separate(text, 7) == (numbers if apart else None)


@given(st.lists(st.integers(0, 99), min_size=12, max_size=12))
def test_three_groups_are_split_together(parts: list[int]) -> None:
    numbers = [number for at in (0, 4, 8) for number in (*parts[at : at + 4], sum(parts[at : at + 4]))]
    assert split_run("".join(map(str, numbers)), [5, 5, 5]) in (tuple(numbers), None)

"""Damaged copies of documents: refused in words, or read in part; never another number, a crash or a hang.

A part of `make fuzz`, which reads thousands; seeds that have found something are kept below.
"""

from __future__ import annotations

import pytest
from mutation import SOURCES, read_mutant

OUTCOMES = {"refused", "partly", "whole"}
BY_NAME = {source.name: source for source in SOURCES}
# What these found: a digit whose glyph was lost (734), a row read by a label with lost letters, which made the table one
# of another form (290, 2186), a blank cell that pushed on the figures of a row (9) or the names of the columns
# (3573), also where the first figure of a row is blank (20285).
HONGZE = "reports/hongze-quzhengfu-2024.pdf"
FOUND = (
    (HONGZE, 734),
    (HONGZE, 290),
    (HONGZE, 2186),
    *(("made-8", seed) for seed in (9, 3573, 3873, 4305, 20285)),
)


@pytest.mark.parametrize("seed", range(15 * len(SOURCES)))
def test_a_damaged_copy_gives_no_other_number(seed: int) -> None:
    outcome, wrong = read_mutant(SOURCES[seed % len(SOURCES)], seed)
    assert outcome in OUTCOMES
    assert wrong == []


@pytest.mark.parametrize(("name", "seed"), FOUND)
def test_what_was_found_stays_mended(name: str, seed: int) -> None:
    assert read_mutant(BY_NAME[name], seed)[1] == []

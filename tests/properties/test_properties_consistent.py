"""A report in which everything agrees has no fault; one changed cell makes exactly the relations speak that read it."""

from __future__ import annotations

from copy import deepcopy
from functools import cache
from typing import Any

import pytest
from consistent_reports import broken_relations, consistent_reports
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from disclosure_rules.pipeline import Checker
from disclosure_rules.plugins import Plugins
from disclosure_rules.testing import place_key

_SLOW = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


@cache
def checker() -> Checker:
    return Checker(plugins=Plugins(installed=False))


def errors(report: dict[str, Any]) -> set[tuple[str, str]]:
    result = checker().check(report)
    assert not result.faults
    return {(entry.rule, place_key(entry.location)) for entry in result.findings if entry.severity == "error"}


@pytest.mark.parametrize("layout", ["2019", "2021"])
def test_a_consistent_report_has_neither_error_nor_warning(layout: str) -> None:
    @_SLOW
    @given(consistent_reports(layout))
    def holds(report: dict[str, Any]) -> None:
        result = checker().check(report)
        assert [entry.message.zh for entry in result.findings if entry.severity in ("error", "warning")] == []
        assert result.verdict == "pass"

    holds()


@pytest.mark.parametrize("layout", ["2019", "2021"])
@pytest.mark.parametrize("table", ["requests", "reviews_and_litigation"])
def test_a_changed_cell_breaks_exactly_the_relations_that_read_it(layout: str, table: str) -> None:
    @_SLOW
    @given(consistent_reports(layout), st.data())
    def holds(report: dict[str, Any], data: st.DataObject) -> None:
        changed = deepcopy(report)
        rows = changed["tables"][table]
        row = data.draw(st.sampled_from(sorted(rows)))
        column = data.draw(st.sampled_from(sorted(rows[row])))
        rows[row][column] += data.draw(st.integers(1, 500))
        expected = broken_relations(changed)
        assert expected
        assert errors(changed) == expected

    holds()


@pytest.mark.parametrize("layout", ["2019", "2021"])
def test_what_is_broken_in_two_cells_is_broken_in_the_findings(layout: str) -> None:
    @_SLOW
    @given(consistent_reports(layout), st.data())
    def holds(report: dict[str, Any], data: st.DataObject) -> None:
        changed = deepcopy(report)
        rows = changed["tables"]["requests"]
        for _ in range(2):
            row = data.draw(st.sampled_from(sorted(rows)))
            column = data.draw(st.sampled_from(sorted(rows[row])))
            rows[row][column] = data.draw(st.integers(0, 60))
        assert errors(changed) == broken_relations(changed)

    holds()

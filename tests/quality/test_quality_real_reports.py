"""Every finding in a real report was judged by a person, and few were judged false."""

from __future__ import annotations

from pathlib import Path

import pytest
from seeded import real

PAGE = Path(__file__).resolve().parents[2] / "docs" / "real-reports.md"


@pytest.mark.parametrize("name", real.documents())
def test_every_finding_of_a_real_report_was_judged(name: str) -> None:
    assert {entry.key for entry in real.found_in(name)} == set(real.verdicts(name)), "run `make real-reports`"
    assert {one["judged"] for one in real.judged()[name]["findings"]} <= {"right", "false", "doubtful"}


@pytest.mark.parametrize("name", real.documents())
def test_every_fault_a_reader_wrote_down_is_found_or_said_why_not(name: str) -> None:
    rules = {entry.rule for entry in real.found_in(name)}
    answers = real.judged()[name]["errors"]
    assert len(answers) == len(real.truth_errors(name))
    for answer in answers:
        assert set(answer.get("rules", ())) <= rules
        assert answer.get("rules") or answer["why"]


def test_no_error_is_false_and_at_most_one_warning_in_ten_reports() -> None:
    false = [
        (entry.severity, name, entry.rule)
        for name in real.documents()
        for entry in real.found_in(name)
        if real.verdicts(name)[entry.key]["judged"] == "false"
    ]
    assert [one for one in false if one[0] == "error"] == []
    assert 10 * sum(severity == "warning" for severity, *_ in false) <= len(real.documents())


def test_the_page_on_real_reports_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == real.render(), "run `make real-reports`"

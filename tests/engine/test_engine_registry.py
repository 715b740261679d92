"""Which citations a finding shows for a report year."""

from __future__ import annotations

import pytest

from disclosure_rules.engine.findings import Registry
from disclosure_rules.model.pack import Instrument
from disclosure_rules.model.rule import Rule

_INSTRUMENTS = {
    "old": Instrument(
        id="old", title="旧", first_report_year=2008, last_report_year=2018, tier="A", evidence="-"
    ),
    "new": Instrument(id="new", title="新", first_report_year=2019, tier="A", evidence="-"),
}
_RULE = Rule.model_validate(
    {
        "id": "cn/requests/x",
        "title": {"zh": "题", "en": "t"},
        "severity": "error",
        "basis": [{"instrument": "old"}, {"instrument": "new"}],
        "assert": "1 == 1",
        "message": {"zh": "文", "en": "m"},
    }
)


@pytest.mark.parametrize(
    ("year", "cited"),
    [(2011, ["old"]), (2018, ["old"]), (2019, ["new"]), (2030, ["new"]), (None, ["old", "new"])],
)
def test_a_finding_cites_the_law_of_its_report_year(year: int | None, cited: list[str]) -> None:
    assert [basis.instrument for basis in Registry(_INSTRUMENTS, year).cite(_RULE)] == cited


def test_where_no_instrument_governs_the_year_all_are_cited() -> None:
    cited = Registry({"old": _INSTRUMENTS["old"], "new": _INSTRUMENTS["new"]}, 2007).cite(_RULE)
    assert [basis.instrument for basis in cited] == ["old", "new"]

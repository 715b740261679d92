"""A rule that would keep everybody waiting is told by lint, with its file."""

from pathlib import Path

import pytest

from disclosure_rules import testing
from disclosure_rules.cli import main
from disclosure_rules.model.report import CellStatus
from disclosure_rules.pipeline import Checker
from disclosure_rules.plugins import Plugins

LATE = """\
id: our-pack/publication/late
title: {zh: 迟, en: Late}
severity: note
basis: [{instrument: regulation-2019}]
applies: {years: {to: 1999}, bodies: [township], regions: ["1404"]}
check: published-late
params: {month: 3, day: 30}
message: {zh: 迟。, en: Late.}
examples:
  pass:
    - {name: 按时, report: {year: 1999, published: "2000-01-01"}}
  fail:
    - {name: 迟, report: {year: 1999, published: "2000-12-01"}, finds: [report]}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    room = tmp_path / "our-pack" / "publication"
    room.mkdir(parents=True)
    (room.parent / "pack.yaml").write_text(
        'id: our-pack\ntitle: {zh: 一, en: a}\nversion: "1"\nextends: cn\n', "utf-8"
    )
    (room / "late.yaml").write_text(LATE, "utf-8")
    return room.parent


@pytest.mark.parametrize(("bound", "count"), [(-1.0, 1), (1000.0, 0)])
def test_a_rule_over_the_bound_is_told_with_its_file(
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    bound: float,
    count: int,
) -> None:
    """The rule is tried although no long report is of its year, body or region; the rules above it are not."""
    monkeypatch.setattr(testing, "_MOST_SECONDS", bound)
    with pytest.raises(SystemExit) as stopped:
        main(["rules", "lint", str(folder)])
    assert stopped.value.code == count
    told = capsys.readouterr().out
    place = f"{folder.parent.name}/our-pack/publication/late.yaml:1:1：用一份很长的报告试，检查函数 published-late"
    assert told.count(place) == told.count("太慢") == count


def test_the_long_report_has_every_cell_and_section_of_its_form() -> None:
    checker = Checker(plugins=Plugins(installed=False))
    for layout in checker.layouts.values():
        report = checker.load_report(testing.long_report(layout))
        assert {section.key for section in report.sections} == {section.key for section in layout.sections}
        for spec in layout.tables:
            table = report.tables[spec.key]
            for index, value in enumerate(table.values):
                assert value == 7 or table.cell(index).status is CellStatus.ABSENT
        assert sum(len(one.text) for section in report.sections for one in section.paragraphs) > 20_000

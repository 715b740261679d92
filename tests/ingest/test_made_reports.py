"""Reports in the many forms in which offices and sites print them: no figure wrong, and what they say of themselves right."""

from __future__ import annotations

import pytest
from grades import EXCERPTS, LAYOUTS, excerpt, read_made

SEEDS = {
    "html": range(150), "docx": range(60), "docx-numbered": range(40), "txt": range(90), "xlsx": range(40), "ods": range(20),
}  # fmt: skip
SHEETS = ("xlsx", "ods")


@pytest.mark.parametrize(("kind", "seed"), [(kind, seed) for kind, seeds in SEEDS.items() for seed in seeds])
def test_a_report_is_read_right_in_every_form(kind: str, seed: int) -> None:
    made, found = read_made(seed, kind)
    assert found.wrong == [], made.choices
    said = (found.title, found.body, found.year, found.layout)
    assert said == (made.title, made.body, made.year, made.layout), made.choices
    assert found.sections == [section.key for section in LAYOUTS[made.layout].sections], made.choices
    # Of a sheet nobody can tell whether blank rows below a table belong to it: they are absent, not blank.
    if kind != "txt" and not (kind in SHEETS and "numbers=blank" in made.choices):
        assert found.flagged == 0, made.choices


def test_of_tables_in_text_only_what_has_lost_its_blanks_is_flagged() -> None:
    found = [read_made(seed, "txt")[1] for seed in SEEDS["txt"]]
    right, flagged = sum(each.right for each in found), sum(each.flagged for each in found)
    assert right > 9 * flagged


@pytest.mark.parametrize("name", EXCERPTS)
def test_the_beginnings_of_real_reports_are_read_or_left_open(name: str) -> None:
    truth, found = EXCERPTS[name], excerpt(name)
    assert found.wrong == []
    assert found.title == truth["title"]
    assert found.title is not None or "title-not-found" in found.notes
    assert found.body == truth["body"]
    assert (found.year, found.layout) == (truth["year"], truth["layout"])
    assert None not in found.sections

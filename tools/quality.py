"""Plant known defects in clean twins of real reports; `make quality` writes what is found to `docs/quality.md`."""

import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests" / "quality"))

from seeded.measure import planted
from seeded.report import by_group, recall, render

if TYPE_CHECKING:
    from seeded.measure import Form, Planted


def measured(form: "Form") -> "list[Planted]":
    """Every defect in one form."""
    return list(planted(form))


def main() -> None:
    """Measure, print the groups, and write the page."""
    with ProcessPoolExecutor(2) as pool:
        made = [one for part in pool.map(measured, ("structured", "document")) for one in part]
    (ROOT / "docs" / "quality.md").write_text(render(made), encoding="utf-8")
    for group, row in by_group(recall(made)).items():
        counts = (
            f"planted {row.planted:5}  found {row.found:5}  elsewhere {row.elsewhere:3}  open {row.open:3}"
        )
        print(f"{group:12} {counts}  {100 * row.share:.1f} %")


if __name__ == "__main__":
    main()

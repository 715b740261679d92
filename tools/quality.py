"""Plant known defects in clean twins of real reports, and write what the rules find to `docs/quality.md`: `make quality`."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests" / "quality"))

from seeded.measure import planted  # noqa: E402  the folder above is on no path of its own
from seeded.report import by_group, recall, render  # noqa: E402


def main() -> None:
    """Measure, print the groups, and write the page."""
    made = [*planted("structured"), *planted("document")]
    (ROOT / "docs" / "quality.md").write_text(render(made), encoding="utf-8")
    for group, row in by_group(recall(made)).items():
        print(f"{group:12} planted {row.planted:5}  found {row.found:5}  elsewhere {row.elsewhere:3}  {100 * row.share:.1f} %")


if __name__ == "__main__":
    main()

"""Check the real reports, and write every finding with its judgement to `docs/real-reports.md`: `make real-reports`.

A finding that was not judged is printed as an entry for `tests/quality/real_reports.yaml`, to be filled in.
"""

import sys
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests" / "quality"))

from seeded import real


def main() -> None:
    """Write the page, and print what is to be judged."""
    (ROOT / "docs" / "real-reports.md").write_text(real.render(), encoding="utf-8")
    for name in real.documents():
        known = real.verdicts(name)
        found = real.found_in(name)
        new = [entry for entry in found if entry.key not in known]
        gone = set(known) - {entry.key for entry in found}
        for entry in new:
            told = {
                "rule": entry.rule,
                "place": entry.place,
                "says": entry.says,
                "judged": "right, false or doubtful?",
            }
            print(f"{name}: judge this\n{yaml.safe_dump([told], allow_unicode=True, sort_keys=False)}")
        for rule, place, says in sorted(gone):
            print(f"{name}: no longer found: {rule} at {place}: {says}")


if __name__ == "__main__":
    main()

"""Bytes of a structured report → Report, beside json.loads and pydantic's parse into the wire model.

Run by `make bench`. Prints Markdown. Every figure is the best of several rounds, in one process and one run: the
smallest is the one least disturbed by other work on the machine.
"""

from __future__ import annotations

import json
import platform
import timeit
from pathlib import Path
from typing import TYPE_CHECKING

from disclosure_rules.formatters.structured import to_structured
from disclosure_rules.ingest.structured import build_report
from disclosure_rules.ingest.structured_checked import build_checked
from disclosure_rules.ingest.structured_json import read_json
from disclosure_rules.ingest.structured_usual import build_usual
from disclosure_rules.ingest.structured_yaml import read_yaml
from disclosure_rules.model.report import Source
from disclosure_rules.model.structured import StructuredReport
from disclosure_rules.packs.load import load_layouts
from disclosure_rules.resources import rules_folder

if TYPE_CHECKING:
    from collections.abc import Callable

EXAMPLE = Path(__file__).resolve().parent.parent / "examples" / "suqian-shizhengfu-2024.yaml"
ROUNDS = 9


def microseconds(work: Callable[[], object], repeat: int = 1000) -> float:
    """The best time of one call, in µs."""
    return min(timeit.repeat(work, number=repeat, repeat=ROUNDS)) / repeat * 1e6


def main() -> None:
    layouts = load_layouts(rules_folder() / "cn")
    text = EXAMPLE.read_bytes()
    report = build_report(read_yaml(text, EXAMPLE.name), layouts, path=None)
    whole = to_structured(report, layouts)
    tables = {key: whole[key] for key in ("title", "body", "year", "layout", "tables")}
    print(f"\nPython {platform.python_version()}, {EXAMPLE.name}\n")
    print("| step | tables only | whole report |\n| --- | --- | --- |")
    contents = [json.dumps(data, ensure_ascii=False, default=float).encode() for data in (tables, whole)]
    rows: dict[str, list[str]] = {"size, KB": [f"{len(content) / 1024:.1f}" for content in contents]}
    for content in contents:
        source = read_json(content, "x")
        parse = microseconds(lambda content=content: StructuredReport.model_validate_json(content))
        ours = microseconds(lambda content=content: build_report(read_json(content, "x"), layouts, path="x"))
        figures = {
            "json.loads, µs": microseconds(lambda content=content: json.loads(content)),
            "pydantic model_validate_json, µs": parse,
            "read_json, µs": microseconds(lambda content=content: read_json(content, "x")),
            "the short way to Report, µs": microseconds(
                lambda data=source.data: build_usual(data, layouts, Source())
            ),
            "the thorough way to Report, µs": microseconds(
                lambda data=source.data: build_checked(data, layouts, Source()), 100
            ),
            "bytes → Report, µs": ours,
        }
        for name, figure in figures.items():
            rows.setdefault(name, []).append(f"{figure:.1f}")
        rows.setdefault("bytes → Report, × pydantic", []).append(f"{ours / parse:.2f}")
    for name, found in rows.items():
        print(f"| {name} | {' | '.join(found)} |")
    print(f"\nThe same report as YAML ({len(text) / 1024:.1f} KB):", end=" ")
    yaml = microseconds(lambda: build_report(read_yaml(text, "x"), layouts, path="x"), 10)
    print(f"{yaml / 1000:.1f} ms bytes → Report")


if __name__ == "__main__":
    main()

"""What the rules over a whole batch ask of one report, as plain values that a store keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from disclosure_rules.batch.bare_names import bare
from disclosure_rules.batch.samples import subjects

if TYPE_CHECKING:
    from disclosure_rules.model.report import Report

__all__ = ["bare_names", "facts_of", "tables_of"]

# An introduction names whom to ask, which may be another body's office.
_OWN = ("title", "closing")


def bare_names(report: Report) -> tuple[str, ...]:
    """The names under which a report's body is looked for: that of the body, of the title and of the signature."""
    path = report.body.region.path if report.body and report.body.region else ()
    names = [
        report.body.name if report.body else "",
        *(seen.value for seen in report.bodies if seen.source in _OWN),
    ]
    found: dict[str, None] = {}
    for name in names:
        plain = bare(name)
        for region in path:
            plain = plain.removeprefix(region) or plain
        if plain:
            found[plain] = None
    return tuple(found)


def facts_of(report: Report) -> dict[str, Any]:
    """The facts.

    Returns:
        `title`, `published` (ISO), `names` (as the report gives them, the surest first), `bare_names`, `subjects`
        (`batch.samples`), and `texts` (keys of the sections with text and no table), `filled`
        (keys of the tables with a number).
    """
    names = [
        report.body.name if report.body else "",
        *(seen.value for seen in report.bodies if seen.source in _OWN),
    ]
    return {
        "title": report.title,
        "published": report.published,
        "names": list(dict.fromkeys(name for name in names if name)),
        "bare_names": bare_names(report),
        "subjects": subjects(report),
        "filled": [
            key for key, table in report.tables.items() if any(value is not None for value in table.values)
        ],
        "texts": [
            section.key
            for section in report.sections
            if section.key is not None
            and section.key not in report.tables
            and any(paragraph.text.strip() for paragraph in section.paragraphs)
        ],
    }


def tables_of(report: Report) -> dict[str, Any]:
    """The tables by key: the `form` and the `values` in its order.

    Exact numbers are int or text; None where no number may be used.
    """
    return {
        key: {
            "form": table.form,
            "values": [
                value if value is None or isinstance(value, int) else str(value) for value in table.values
            ],
        }
        for key, table in report.tables.items()
    }

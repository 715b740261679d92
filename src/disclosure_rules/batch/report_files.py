"""What a run leaves for programs: `results.jsonl`, `findings.csv`, `batch.json`. The same run gives the same bytes."""

from __future__ import annotations

import csv
import json
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple, TextIO

from disclosure_rules.batch.entries import unpacked
from disclosure_rules.batch.judge import base_rates, frequent
from disclosure_rules.batch.since import changes, counts, other_rules
from disclosure_rules.errors import unwritable
from disclosure_rules.formatters.lines import COLUMNS, safe
from disclosure_rules.formatters.settled import settled
from disclosure_rules.model.waiver import Waived
from disclosure_rules.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from disclosure_rules.batch.entries import Entry, Part
    from disclosure_rules.batch.judge import Judged
    from disclosure_rules.batch.since import Change, Earlier
    from disclosure_rules.batch.store import Store
    from disclosure_rules.batch.waived import ToldWaiver
    from disclosure_rules.model.collection import CollectionContext
    from disclosure_rules.model.note import Note
    from disclosure_rules.model.text import Lang, Text

__all__ = [
    "Batch",
    "Checked",
    "replaced",
    "results",
    "waived_words",
    "write_summary",
    "written_on_the_way",
]

_SCHEMA = "disclosure-rules/batch/1"


class Checked(NamedTuple):
    """A report with its result, as a line of `results.jsonl` and as plain data."""

    entry: Entry
    text: str
    result: dict[str, Any]


class Batch(NamedTuple):
    """A finished run.

    Attributes:
        store: What was read and judged.
        context: The batch.
        judged: What the rules over it came to.
        notes: What of the roster could not be used.
        earlier: The run that this one is held against.
        waivers: What became of each waiver of the run.
    """

    store: Store
    context: CollectionContext
    judged: Judged
    notes: tuple[Note, ...]
    earlier: Earlier | None = None
    waivers: tuple[ToldWaiver, ...] = ()

    def parts(self) -> Iterator[Part]:
        """The files that are no reports of their own: joined to one, or only handed in beside it."""
        return (one for one in self.store.parts() if one.role not in {"main", "version", "alone"})

    def changes(self) -> Iterator[Change]:
        """What became of each finding since the earlier run; nothing where there is none."""
        if self.earlier is not None:
            yield from changes(self.store, self.context, self.judged, self.earlier)

    def other_rules(self) -> Text | None:
        """What is to be said where the earlier run was judged by other rules."""
        return other_rules(self.store, self.earlier.store) if self.earlier is not None else None


def results(store: Store) -> Iterator[Checked]:
    """Every report with its result, in the order of names."""
    for entry in store.entries():
        text = unpacked(entry.result or b"")
        yield Checked(entry, text, json.loads(text))


def written_on_the_way(out: Path, given: Iterable[Checked], lang: Lang) -> Iterator[Checked]:
    """The results as they come, each of them written to `results.jsonl` and `findings.csv`.

    The files take the place of the old ones when all results have been taken.

    Args:
        out: The result folder.
        given: The reports with their results.
        lang: The language of the headings and words of the table.
    """
    with replaced(out / "results.jsonl") as lines, replaced(out / "findings.csv") as table:
        table.write("\ufeff")  # by which Excel tells UTF-8
        writer = csv.writer(table, lineterminator="\r\n")
        writer.writerow(zh if lang == "zh" else en for zh, en in COLUMNS)
        for one in given:
            lines.write(f"{one.text}\n")
            head = [one.entry.name, one.entry.body or "", str(one.entry.year or "")]
            for finding in one.result["findings"]:
                writer.writerow([safe(value) for value in (*head, *_cells(finding, lang))])
            yield one


def write_summary(out: Path, batch: Batch) -> None:
    """Write `batch.json`: what the batch comes to, for programs."""
    with replaced(out / "batch.json") as file:
        json.dump(_summary(batch), file, ensure_ascii=False, indent=1)
        file.write("\n")


def _cells(finding: dict[str, Any], lang: Lang) -> Iterator[str]:
    """A finding as plain values, from severity on, in the order of `COLUMNS`."""
    yes, no = ("是", "否") if lang == "zh" else ("yes", "no")
    suggestion = finding["suggestion"]
    yield from (
        finding["severity"],
        finding["rule"],
        finding["title"][lang],
        finding["location"]["words"][lang],
    )
    yield from (finding["message"][lang], suggestion[lang] if suggestion else "")
    yield "；".join(
        f"{one['title']}{'（' + one['number'] + '）' if one['number'] else ''}{one['article'] or ''}"
        for one in finding["basis"]
    )
    yield from (yes if finding["blocks"] else no, finding["fingerprint"])
    yield waived_words(finding, lang)


def waived_words(finding: Mapping[str, Any], lang: Lang) -> str:
    """Why a finding does not block though its severity would; nothing for any other."""
    waived = Waived.model_validate(finding["waived"]) if finding["waived"] else None
    return settled(waived, finding["baseline"], lang)


def _summary(batch: Batch) -> dict[str, Any]:
    return {
        "schema": _SCHEMA,
        "tool": {"name": "disclosure-rules", "version": VERSION},
        "year": batch.context.year,
        "roster": len(batch.context.roster),
        "submitted": len(batch.context.submitted),
        "base_rates": base_rates(batch.store.heads()),
        "frequent": sorted(frequent(batch.store)),
        "findings": [finding.model_dump(mode="json") for finding in batch.judged.findings],
        "open": [one.model_dump(mode="json", exclude={"basis"}) for one in batch.judged.open],
        "parts": [one._asdict() for one in batch.store.parts()],
        "notes": [note.model_dump(mode="json") for note in batch.notes],
        "waivers": [
            {**one.waiver.model_dump(mode="json"), "state": one.state, "file": one.file}
            for one in batch.waivers
        ],
        "since": dict(sorted(counts(batch.changes()).items())) if batch.earlier else None,
        "since_other_rules": told.model_dump() if (told := batch.other_rules()) else None,
    }


@contextmanager
def replaced(file: Path) -> Iterator[TextIO]:
    """A file to write text to, which takes the place of the old one only when all of it is written.

    Raises:
        UsageError: It cannot be written, such as on a full disk.
    """
    draft = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        with draft.open("w", encoding="utf-8", newline="") as stream:
            yield stream
        draft.replace(file)
    except OSError as problem:
        raise unwritable(
            file,
            problem,
            "请检查磁盘空间和权限，再运行一次即可继续",
            "check space and permissions, then run again to continue",
        ) from problem
    finally:
        draft.unlink(missing_ok=True)

"""The waivers of a batch: which of them concern a report, and what became of each."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from disclosure_rules.batch.entries import unpacked
from disclosure_rules.model.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from disclosure_rules.batch.store import Store
    from disclosure_rules.batch.work import Choices
    from disclosure_rules.model.waiver import Waiver

__all__ = ["STATES", "ToldWaiver", "run_of", "told_waivers"]

STATES: Mapping[str, Text] = {
    "holds": Text(zh="生效", en="holds"),
    "expired": Text(zh="已过期", en="expired"),
    "void": Text(zh="已失效：数值与批准时不同", en="void: other values"),
    "refused": Text(zh="这条规则不准许豁免", en="refused: the rule may not be waived"),
    "unused": Text(zh="未用上：没有这个问题", en="unused: no such finding"),
    "no-report": Text(zh="不属于本批任何一份报告", en="of no report of the batch"),
}


class ToldWaiver(NamedTuple):
    """What became of a waiver: a key of `STATES`, and the report it is about, where there is one."""

    waiver: Waiver
    state: str
    file: str | None = None


def run_of(run: str, choices: Choices, body: str | None, year: int | None) -> str:
    """The fingerprint of all that judges the report of a body, the waivers of that report among it.

    A waiver that is added, changed, or ends costs the one report that it is about another check, and no other.

    Args:
        run: The fingerprint of what judges every report.
        choices: The choices of the run.
        body: The body as the report gives it.
        year: The report year.
    """
    own = [one for one in choices.waivers if (one.body, one.year) == (body, year)]
    if not own:
        return run
    seen = [run, *((one.model_dump_json(), one.expires < (choices.today or "")) for one in own)]
    return hashlib.sha256(json.dumps(seen).encode()).hexdigest()


def told_waivers(store: Store, waivers: Sequence[Waiver]) -> Iterator[ToldWaiver]:
    """Every waiver of the run in the order of its file, once for each report that it is about."""
    files: dict[tuple[str, int], list[str]] = defaultdict(list)
    wanted = {(one.body, one.year) for one in waivers}
    for entry in store.heads() if wanted else ():
        if entry.body is not None and entry.year is not None and (entry.body, entry.year) in wanted:
            files[entry.body, entry.year].append(entry.name)
    for waiver in waivers:
        names = files.get((waiver.body, waiver.year), [])
        if not names:
            yield ToldWaiver(waiver, "no-report")
        for name in names:
            yield ToldWaiver(waiver, _state(store, name, waiver), name)


def _state(store: Store, name: str, waiver: Waiver) -> str:
    entry = store.entry("now", name)
    result = json.loads(unpacked(entry.result)) if entry is not None and entry.result is not None else {}
    for note in result.get("waivers", ()):
        if (note["finding"], note["rule"]) == (waiver.finding, waiver.rule):
            return str(note["state"])
    return "holds"

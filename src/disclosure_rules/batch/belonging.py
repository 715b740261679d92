"""Which files of a batch are parts of another one's report: its tables in a workbook, an annex, a notice beside it.

By what the files say, else by where they lie and how they are called. Where two reports could be meant, none is: a part
given to the wrong body would be worse than one that is judged alone.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from disclosure_rules.batch.bare_names import bare, endings
from disclosure_rules.batch.matching import names_other_body

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from disclosure_rules.batch.entries import Entry, Side
    from disclosure_rules.batch.store import Store

__all__ = ["Group", "groups"]

_ANNEX = re.compile(r"附[件表录]")
_YEAR = re.compile(r"20\d\d")
_SHORTEST = 3  # characters of a body's name that is looked for in a file's name


class Group(NamedTuple):
    """A report and the files that belong to it, as entries without what is large.

    No report: a file with tables alone that says of nobody whose they are, and lies beside no one report.
    """

    main: Entry | None
    parts: tuple[Entry, ...]


def groups(store: Store, side: Side) -> Iterator[Group]:
    """The reports of a side that have parts, in the order of names; only they are held in memory."""
    stated = store.stated() if side == "now" else {}
    found: dict[str, list[Entry]] = {}
    mains: dict[str, Entry] = {}
    places = _Places(store, side)
    for entry in store.raw_heads(side):
        if _is_part(entry):
            main = _main_of(entry, store, places, stated)
            if main is not None:
                mains[main.name] = main
                found.setdefault(main.name, []).append(entry)
            elif _is_nobodys(entry) and entry.name not in stated:
                found[entry.name] = [entry]
    for name in sorted(found):
        yield Group(mains.get(name), tuple(found[name]))


def _is_nobodys(part: Entry) -> bool:
    return part.status == "checked" and part.facts["title"] is None and not part.facts["names"]


def _is_part(entry: Entry) -> bool:
    """Whether a file is no report by itself: nothing of one, tables alone, or an annex without a title."""
    if entry.status == "unreadable":
        return bool(entry.facts.get("code") == "no-report-content")
    if entry.status != "checked":
        return False
    annex = entry.facts["title"] is None and _ANNEX.search(_stem(entry.name)) is not None
    return annex or not entry.facts["texts"]


def _is_main(entry: Entry) -> bool:
    return entry.status == "checked" and not _is_part(entry)


class _Places:
    """The reports of one folder; those of the last folder asked for are kept."""

    def __init__(self, store: Store, side: Side) -> None:
        self._store = store
        self._side: Side = side
        self._folder: str | None = None
        self._mains: list[Entry] = []

    def __call__(self, folder: str) -> list[Entry]:
        if folder != self._folder:
            inside = self._store.raw_heads(self._side, f"{folder}/" if folder else "")
            self._mains = [one for one in inside if _folder(one.name) == folder and _is_main(one)]
            self._folder = folder
        return self._mains


def _main_of(part: Entry, store: Store, places: _Places, stated: dict[str, str]) -> Entry | None:
    """The report that a part is of; None where there is none, or more than one."""
    said = bare(stated[part.name]) if part.name in stated else None
    own = tuple(part.facts.get("bare_names", ()))
    if own:
        near: Sequence[Entry] = [
            one for one in store.raw_of_names(part.side, own, part.region) if _is_main(one)
        ]
    else:
        folder = _folder(part.name)
        near = places(folder)
        if not near and _ANNEX.search(folder.rsplit("/", 1)[-1]):
            near = places(_folder(folder))
        near = _called(part, near)
    if said is not None:
        near = [one for one in near if said in (bare(stated.get(one.name, "")), *one.facts["bare_names"])]
    years = {int(year) for year in _YEAR.findall(_stem(part.name))}
    fitting = [one for one in near if one.name != part.name and (part.year is None or one.year == part.year)]
    if len(fitting) > 1 and len({one.year for one in fitting}) == len(fitting):
        fitting = [one for one in fitting if one.year in years]
    if len(fitting) > 1 and len({frozenset(one.facts["bare_names"]) for one in fitting}) == 1:
        # Of two reports of one body the tables are of the one that lacks them.
        filled = set(part.facts.get("filled", ()))
        fitting = [one for one in fitting if filled and filled.isdisjoint(one.facts["filled"])]
    return fitting[0] if len(fitting) == 1 else None


def _called(part: Entry, near: Sequence[Entry]) -> Sequence[Entry]:
    """Of the reports of a folder those that a file without a body may be of: by its name, which may name one of them."""
    words = bare(_stem(part.name))
    named = [(max(_said(words, one), key=len, default=""), one) for one in near]
    longest = max((name for name, _ in named), key=len, default="")
    # What speaks of a body or a place that is none of these is another one's: 壶关县财政局 is not the 财政局 of 长子县.
    if names_other_body(words.replace(longest, "", 1)):
        return []
    return [one for name, one in named if len(name) == len(longest)]


def _said(words: str, one: Entry) -> list[str]:
    """The names of a report's body that stand in some words: 长治市长子县财政局 as 长子县财政局 and 财政局 too."""
    whole = {bare(name) for name in one.facts["names"]} | set(one.facts["bare_names"])
    forms = whole | {ending for name in whole for ending in endings(name)}
    named = [name for name in forms if len(name) >= _SHORTEST and name in words]
    return [f"{name}{rest}" for name in named for rest in ("人民政府", "") if f"{name}{rest}" in words]


def _stem(name: str) -> str:
    return name.rsplit("/", 1)[-1].rsplit(".", 1)[0]


def _folder(name: str) -> str:
    return name.rpartition("/")[0]

"""The reports of a batch as its rules see them. They stay in the store, whoever asks for one is given it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from functools import lru_cache
from sys import intern
from typing import TYPE_CHECKING, Any

from disclosure_rules.model.collection import Submitted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from disclosure_rules.batch.entries import Entry
    from disclosure_rules.batch.matching import Matcher
    from disclosure_rules.batch.store import Matched, Store

__all__ = ["Submissions"]

_KEPT = 512  # reports whose facts are in memory: those of one superior are asked for again and again


class Submissions(Collection[Submitted]):
    """What came in and could be read, in the order of names, each with the bodies that it may be of.

    Args:
        store: The run.
        matcher: Tells whose a report is.
    """

    def __init__(self, store: Store, matcher: Matcher) -> None:
        self._store = store
        kept = lru_cache(_KEPT)
        self._tables, self._small = kept(store.tables), kept(store.facts)
        stated = store.stated()
        years: Counter[int] = Counter()
        self._number = 0

        def matched() -> Iterator[Matched]:
            for entry in store.heads():
                if entry.status == "checked":
                    self._number += 1
                    if entry.year is not None:
                        years[entry.year] += 1
                    yield _matched(matcher, entry, stated.get(entry.name))

        store.match(matched())
        # The year of most reports; of equal ones the later: last year's stragglers are the few.
        self.year = max(years, key=lambda one: (years[one], one)) if years else None

    def __iter__(self) -> Iterator[Submitted]:
        return map(self._submitted, self._store.matched())

    def __len__(self) -> int:
        return self._number

    def __contains__(self, one: object) -> bool:
        return isinstance(one, Submitted) and self.get(one.name) is not None

    def get(self, name: str) -> Submitted | None:
        """A report by its name; None where none of that name could be read."""
        found = self._store.matched_of(name)
        return found and self._submitted(found)

    def _submitted(self, found: Matched) -> Submitted:
        name, rows, doubtful, body, year, kind = found
        told = tuple(map(int, rows.split(","))) if rows else ()
        facts = _Facts(self._tables, self._small, name)
        return Submitted(name, told, bool(doubtful), body, year, kind and intern(kind), facts)


def _matched(matcher: Matcher, entry: Entry, stated: str | None) -> Matched:
    match = matcher.match(entry.facts["names"], entry.region, entry.name, stated)
    rows = ",".join(str(one.row) for one in match.entries)
    return entry.name, rows, int(match.doubtful), entry.body or stated, entry.year, entry.kind


class _Facts(Mapping[str, Any]):
    """The facts of one report, which stay in the store until they are asked for."""

    __slots__ = ("_name", "_small", "_tables")

    def __init__(self, tables: Callable[[str], Any], small: Callable[[str], Any], name: str) -> None:
        self._tables = tables
        self._small = small
        self._name = name

    def __getitem__(self, key: str) -> Any:  # noqa: ANN401  plain data
        return self._tables(self._name) if key == "tables" else self._small(self._name)[key]

    def __iter__(self) -> Iterator[str]:
        yield from self._small(self._name)
        yield "tables"

    def __len__(self) -> int:
        return len(self._small(self._name)) + 1

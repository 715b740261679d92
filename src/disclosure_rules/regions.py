"""Which administrative division a name speaks of: GB/T 2260, with the names that reports since 2008 carried.

The table `regions.tsv` is a rule pack's data; `regions.README.md` beside it names its source and its limits. It ends
at the county: townships, streets and development zones have no code in GB/T 2260 and stay in `RegionMatch.rest`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from disclosure_rules.errors import PackError
from disclosure_rules.model.body import Region

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

__all__ = ["RegionIndex", "RegionMatch"]

_PROVINCE_DIGITS, _PREFECTURE_DIGITS, _COUNTY_DIGITS = 2, 4, 6
_LEVELS = "省市区县旗州盟"  # what a name in running text must end in
_KEY = 2  # names are looked up by their first two characters
_SHORTEST_IN_TEXT = 3  # 城区, 郊区, 矿区 and 芒市 are too often ordinary words
_STREET = "街道"  # 城区街道办事处 is the office of a street named 城区, in a place that is not named


class _Entry(NamedTuple):
    """One name of one code. In force at most from `since` to `until`, both included; None is open."""

    code: str
    name: str
    since: int | None
    until: int | None
    short: tuple[str, ...]

    def possible(self, year: int) -> bool:
        """Whether the name can have been in force in the year."""
        return (self.since is None or self.since <= year) and (self.until is None or year <= self.until)

    def gives_way_to(self, other: _Entry) -> bool:
        """Whether `other` is this place's later code: its name and province, begun when this ended."""
        return (
            self.until is not None
            and other.since is not None
            and self.until <= other.since
            and self.name == other.name
            and self.code[:_PROVINCE_DIGITS] == other.code[:_PROVINCE_DIGITS]
        )


@dataclass(frozen=True, slots=True)
class RegionMatch:
    """The region that a text names.

    Attributes:
        candidates: All divisions that fit, by code; empty where the text names none.
        matched: The words that name it (`福州市晋安区`).
        rest: The text after them; empty in the matches of `find_all`.
        start: Where the words begin in the text.
    """

    candidates: tuple[Region, ...] = ()
    matched: str = ""
    rest: str = ""
    start: int = 0

    @property
    def region(self) -> Region | None:
        """The only candidate; None where there is none or more than one."""
        return self.candidates[0] if len(self.candidates) == 1 else None


class RegionIndex:
    """The administrative divisions of China with their former names. Made by `load`."""

    def __init__(self, entries: tuple[_Entry, ...]) -> None:
        self._entries = entries

    @classmethod
    def load(cls, folder: Path) -> RegionIndex:
        """Read `regions.tsv`.

        Args:
            folder: The folder of the pack that holds the file (`rules/cn`).

        Raises:
            PackError: The file is not there or a line of it is not as the format demands.
        """
        file = folder / "regions.tsv"
        try:
            lines = file.read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise PackError(
                f"行政区划表无法读取（{error}）；请恢复该文件",
                f"the table of regions cannot be read ({error}); restore the file",
                place=str(file),
                code="regions-unreadable",
            ) from error
        entries = []
        for number, line in enumerate(lines, start=1):
            if line.startswith("#"):
                continue
            try:
                code, name, since, until, short = line.split("\t")
                entries.append(
                    _Entry(
                        code,
                        name,
                        int(since) if since else None,
                        int(until) if until else None,
                        tuple(short.split()),
                    )
                )
            except ValueError as error:
                raise PackError(
                    "每行应为以制表符分隔的五列：代码、名称、起始年、终止年、简称",
                    "a line has five columns parted by tabs: code, name, since, until, short forms",
                    place=f"{file}:{number}",
                    code="regions-malformed",
                ) from error
        return cls(tuple(entries))

    def get(self, code: str) -> Region | None:
        """The division with this code, current or former, under its latest name; None where there is none."""
        names = self._by_code.get(code)
        return self._region(names[-1]) if names else None

    def provinces(self) -> tuple[Region, ...]:
        """The divisions of the first level, by code."""
        codes = sorted(code for code in self._by_code if len(_stem(code)) == _PROVINCE_DIGITS)
        return tuple(self._region(self._by_code[code][-1]) for code in codes)

    def parents(self, code: str) -> tuple[str, ...]:
        """The codes above a code, from the province down: `440000`, `440100` above `440106`."""
        above = (
            code[:digits].ljust(_COUNTY_DIGITS, "0") for digits in (_PROVINCE_DIGITS, _PREFECTURE_DIGITS)
        )
        return tuple(parent for parent in above if parent != code and parent in self._by_code)

    def find(self, text: str, *, year: int | None = None, within: str | None = None) -> RegionMatch:
        """The region named at the start of a body's name or a title (without its year).

        A name may lead down (`山西省长治市长子县`); a level in between may be left out. A name of several places
        (朝阳区) has several candidates. Short forms of autonomous places and banners (喀左县, 西乌旗) are names
        too; the short form of a province (山西) counts where a name of that province follows, or nothing. A
        region before 街道 is a street's name and is not seen.

        Args:
            text: The name or title, with the region first.
            year: The report year: names that can have been in force then go before all others.
            within: A code; only this region and those below it are candidates.
        """
        chain, end = self._chain(text, 0, [])
        if not end:
            chain, end = self._after_short_province(text)
        if within is not None:
            stem = _stem(within)
            chain = [entry for entry in chain if entry.code.startswith(stem)]
        if not chain:
            return RegionMatch(rest=text)
        return self._match(text, 0, end, _preferred(chain, year), year)

    def find_all(self, text: str) -> tuple[RegionMatch, ...]:
        """The regions named in running text, each wording once, in the order of their first places.

        Only full names of three characters or more that end in a level (长子县, not 长子) are seen. An ordinary
        word may still contain one (老城区改造), so what is found is evidence, not proof. Time grows with the
        length of the text, memory with the number of different wordings.
        """
        found: dict[str, RegionMatch] = {}
        position = 0
        while position < len(text) - 1:
            chain, end = self._chain(text, position, [], running=True)
            if end == position:
                position += 1
                continue
            words = text[position:end]
            if words not in found:
                match = self._match(text, position, end, _preferred(chain, None), None)
                found[words] = RegionMatch(match.candidates, words, "", position)
            position = end
        return tuple(found.values())

    def _chain(
        self, text: str, start: int, above: list[_Entry], *, running: bool = False
    ) -> tuple[list[_Entry], int]:
        """The entries below `above` that the names from `start` on agree in, and where the names end."""
        chain, end = above, start
        while True:
            step, length = self._longest(text, end, chain, running=running)
            if not step:
                return chain, end
            chain, end = step, end + length

    def _longest(
        self, text: str, start: int, above: list[_Entry], *, running: bool
    ) -> tuple[list[_Entry], int]:
        """The entries of the longest name at `start` that lie below `above`, and its length."""
        stems = tuple({_stem(entry.code) for entry in above})
        for length in self._lengths.get(text[start : start + _KEY], ()):
            name = text[start : start + length]
            if running and (length < _SHORTEST_IN_TEXT or name[-1] not in _LEVELS):
                continue
            if text.startswith(_STREET, start + length):
                continue
            step = [
                entry
                for entry in self._by_name.get(name, ())
                if (not stems or (entry.code.startswith(stems) and _stem(entry.code) not in stems))
                and not (running and entry.name != name)
            ]
            if step:
                return step, length
        return [], 0

    def _after_short_province(self, text: str) -> tuple[list[_Entry], int]:
        """山西长治市…, or 山西 alone."""
        for short, province in self._short_provinces.items():
            if text == short:  # 吉林 is a province and a city, 北京 both in one
                return list(dict.fromkeys([province, *self._by_name.get(f"{short}市", ())])), len(short)
            if text.startswith(short):
                chain, end = self._chain(text, len(short), [province])
                if end > len(short):
                    return chain, end
        return [], 0

    def _match(
        self, text: str, start: int, end: int, entries: Iterable[_Entry], year: int | None
    ) -> RegionMatch:
        candidates = tuple(
            self._region(entry, year) for entry in sorted(entries, key=lambda entry: entry.code)
        )
        return RegionMatch(candidates, text[start:end], text[end:], start)

    def _region(self, entry: _Entry, year: int | None = None) -> Region:
        """The entry with its path; of a parent's names, the one of the entry's own time."""
        when = entry.until if year is None or not entry.possible(year) else year
        path = [self._name_at(parent, when) for parent in self.parents(entry.code)]
        return Region(code=entry.code, name=entry.name, path=(*path, entry.name))

    def _name_at(self, code: str, year: int | None) -> str:
        names = self._by_code[code]
        if year is not None:
            names = [entry for entry in names if entry.possible(year)] or names
        return names[-1].name

    @cached_property
    def _by_code(self) -> dict[str, list[_Entry]]:
        """Entries by code, the latest name last."""
        table: dict[str, list[_Entry]] = {}
        for entry in self._entries:
            table.setdefault(entry.code, []).append(entry)
        for names in table.values():
            if len(names) > 1:
                names.sort(key=lambda entry: (entry.until is None, entry.until or 0, entry.since or 0))
        return table

    @cached_property
    def _by_name(self) -> dict[str, list[_Entry]]:
        """Entries by name and by short form; the short forms of provinces are kept apart."""
        table: dict[str, list[_Entry]] = {}
        for entry in self._entries:
            table.setdefault(entry.name, []).append(entry)
            if not entry.code.endswith("0000"):
                for short in entry.short:
                    table.setdefault(short, []).append(entry)
        return table

    @cached_property
    def _lengths(self) -> dict[str, tuple[int, ...]]:
        """The lengths of the names that begin with two characters, longest first."""
        table: dict[str, set[int]] = {}
        for name in self._by_name:
            table.setdefault(name[:_KEY], set()).add(len(name))
        return {key: tuple(sorted(lengths, reverse=True)) for key, lengths in table.items()}

    @cached_property
    def _short_provinces(self) -> dict[str, _Entry]:
        return {
            short: entry for entry in self._entries if entry.code.endswith("0000") for short in entry.short
        }


def _stem(code: str) -> str:
    """The digits that all codes below a code share: 14 for 140000, 1404 for 140400."""
    if code.endswith("0000"):
        return code[:_PROVINCE_DIGITS]
    return code[:_PREFECTURE_DIGITS] if code.endswith("00") else code


def _preferred(entries: list[_Entry], year: int | None) -> list[_Entry]:
    """Without those not in force in the year, if any is, and without a place's earlier codes."""
    if year is not None:
        entries = [entry for entry in entries if entry.possible(year)] or entries
    return [entry for entry in entries if not any(entry.gives_way_to(other) for other in entries)]

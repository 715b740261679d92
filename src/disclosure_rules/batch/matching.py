"""Which body of the roster a report is of: by what the report says, else by the file's name.

Nothing is guessed: a name that fits two bodies is doubtful, and is told with both.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from disclosure_rules.model.roster import Roster, RosterEntry

__all__ = ["Match", "Matcher", "bare", "endings"]

_GOVERNMENT = ("人民政府", "管理委员会", "管委会")
_GOVERNMENT_WORDS = ("政府", "管委会", "管理委员会")
_LEVELS = "省市区县旗州盟"
_SHORTEST = 4  # characters of a name that is looked for inside of a file's name

By = Literal["report", "list", "file", "none"]


class Match(NamedTuple):
    """The body that a report is of, and by what. More than one entry: doubtful. None: not in the roster.

    `doubtful` is set too where the report names a body that is not in the roster, and the file's name one that is. A
    list of files that names the body is believed, unless the report names another one of the roster.
    """

    entries: tuple[RosterEntry, ...]
    by: By
    doubtful: bool = False

    @property
    def entry(self) -> RosterEntry | None:
        """The only entry; None where there is none or more than one."""
        return self.entries[0] if len(self.entries) == 1 else None


def _plain(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).split())


def bare(name: str) -> str:
    """A name without white space and full-width letters, and without a last 人民政府 or 管理委员会."""
    plain = _plain(name)
    for ending in _GOVERNMENT:
        plain = plain.removesuffix(ending) or plain
    return plain


class Matcher:
    """Finds the entries of a roster by name."""

    def __init__(self, roster: Roster) -> None:
        self._by_name: dict[str, list[RosterEntry]] = defaultdict(list)
        for entry in roster.entries:
            for name in dict.fromkeys(bare(one) for one in (entry.name, *entry.other_names)):
                self._by_name[name].append(entry)
        self._by_ending: dict[str, list[RosterEntry]] = defaultdict(list)
        for name, entries in self._by_name.items():
            for ending in endings(name):
                self._by_ending[ending] += [
                    entry for entry in entries if entry not in self._by_ending[ending]
                ]
        self._longest_first = sorted(self._by_name, key=lambda name: (-len(name), name))

    def match(self, names: Iterable[str], region: str | None, file: str, stated: str | None = None) -> Match:
        """The body of one report.

        Args:
            names: The names that the report gives its body, the surest first.
            region: GB/T 2260 code that the report shows; tells two bodies of one name apart.
            file: The path of the file, which may name the body.
            stated: Whose report a list of files says it is.
        """
        known = list(names)
        listed = tuple(self._of(bare(stated), region)) if stated else ()
        for name in known:
            found = tuple(self._of(bare(name), region))
            if found:
                every = dict.fromkeys((*found, *(one for one in listed if not set(found) & set(listed))))
                return Match(tuple(every), "report", doubtful=len(every) > 1)
        if listed:
            return Match(listed, "list", doubtful=len(listed) > 1)
        for depth, part in enumerate(reversed(file.replace("!/", "/").split("/"))):
            whole = part if depth else part.rsplit(".", 1)[0]
            part = bare(whole)  # noqa: PLW2901
            # A file named by the body that its report names says nothing more: 教育局驻外联络处 is not the 教育局 in it.
            for name in known:
                part = part.replace(bare(name), "\0")  # noqa: PLW2901
            within = tuple(self._within(part, region))
            if depth and not any(word in whole for word in _GOVERNMENT_WORDS):
                # A folder called 长子县 holds what came from there: it says of no file that it is the government's.
                within = tuple(one for one in within if bare(one.name) == _plain(one.name))
            if within:
                return Match(within, "file", doubtful=len(within) > 1 or bool(known))
        return Match((), "none")

    def _of(self, name: str, region: str | None) -> Sequence[RosterEntry]:
        """The entries of a name: whole, else without the names of regions before it, on either side."""
        found = self._by_name.get(name) or self._by_ending.get(name)
        if not found:
            found = [entry for ending in endings(name) for entry in self._by_name.get(ending, ())]
        return _told_apart(found, region)

    def _within(self, text: str, region: str | None) -> Sequence[RosterEntry]:
        """The entries whose names stand in a text; of names one within another the longer."""
        found: list[RosterEntry] = []
        for name in self._longest_first:
            if len(name) >= _SHORTEST and name in text:
                found += [entry for entry in self._by_name[name] if entry not in found]
                text = text.replace(name, "\0")
        return _told_apart(found, region)


def endings(name: str) -> list[str]:
    """A name without the names of regions before it, the longest first: 长治市长子县财政局 → 长子县财政局.

    One of three characters counts where it is a region itself: 淮安市洪泽区 → 洪泽区.
    """
    cuts = [place + 1 for place, character in enumerate(name) if character in _LEVELS]
    shortest = _SHORTEST - 1 if name[-1:] in _LEVELS else _SHORTEST
    return [name[cut:] for cut in cuts if len(name) - cut >= shortest]


def _told_apart(found: Sequence[RosterEntry], region: str | None) -> Sequence[RosterEntry]:
    if len(found) > 1 and region is not None:
        there = [entry for entry in found if entry.region == region]
        return there or found
    return found

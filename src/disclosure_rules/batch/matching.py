"""Which body of the roster a report is of: by what the report says, else by the file's name.

Nothing is guessed: a name that fits two bodies is doubtful, and so is one that may be short for another; both are told.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Literal, NamedTuple

from disclosure_rules.batch.abbreviations import MayBe, shortened
from disclosure_rules.batch.bare_names import bare, cuts, endings, plain_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from disclosure_rules.model.roster import Roster, RosterEntry

__all__ = ["Match", "Matcher", "names_other_body"]

_GOVERNMENT_WORDS = ("政府", "管委会", "管理委员会")
_SHORTEST = 4  # characters of a name that is looked for inside of a file's name
_SHORTEST_ALONE = 3  # characters of a whole name of the roster, or of a report's that says no region
_MOST = 5  # bodies of which one is looked for, or all are told as doubtful; a name of more says nothing
# Words of a file's name that are no body's, and what a body's name ends with.
_NO_BODY = re.compile(r"(?:政府)?信息公开|政务公开|办理|行政|办件|委托")
_BODY = re.compile(r"[\u4e00-\u9fff](?:局|委|厅|办|院|政府|中心|街道|乡|镇|公司|学校|县|市|区|旗)")
_OWN_ENDING = re.compile(r"^(?:人民(?=政府)|管理委员会|管委会)")  # of a government, after its bare name

By = Literal["report", "list", "file", "none"]


class Match(NamedTuple):
    """The body that a report is of, and by what. More than one entry: doubtful. None: not in the roster.

    `doubtful` is set too where the report names a body that is not in the roster, and the file's name one that is, and
    where its name may be short for one that is. A list of files that names the body is believed, unless the report
    names another one of the roster.
    """

    entries: tuple[RosterEntry, ...]
    by: By
    doubtful: bool = False

    @property
    def entry(self) -> RosterEntry | None:
        """The only entry; None where there is none or more than one."""
        return self.entries[0] if len(self.entries) == 1 else None


class Matcher:
    """Finds the entries of a roster by name."""

    def __init__(self, roster: Roster) -> None:
        self._full = _Names(roster, bare)
        self._short = _Names(roster, shortened)
        self._may_be = MayBe(roster.entries)

    def match(self, names: Iterable[str], region: str | None, file: str, stated: str | None = None) -> Match:
        """The body of one report.

        Args:
            names: The names that the report gives its body, the surest first.
            region: GB/T 2260 code that the report shows; tells two bodies of one name apart.
            file: The path of the file, which may name the body.
            stated: Whose report a list of files says it is.
        """
        known = list(names)
        listed = tuple(self._of(stated, region)) if stated else ()
        for name in known:
            found = self._of(name, region)
            if len(found) > 1:
                found = _by_place(found, name, file)
            if found and len(found) <= _MOST:
                every = dict.fromkeys((*found, *(one for one in listed if not set(found) & set(listed))))
                return Match(tuple(every), "report", doubtful=len(every) > 1)
        if listed:
            return Match(listed, "list", doubtful=len(listed) > 1)
        return self._of_file(known, region, file) or self._doubtful(known, file)

    def _of(self, name: str, region: str | None) -> Sequence[RosterEntry]:
        return self._full.of(name, region) or self._short.of(name, region)

    def _of_file(self, known: Sequence[str], region: str | None, file: str) -> Match | None:
        """The body that a file or one of its folders is named by, the nearest first."""
        for depth, part in enumerate(reversed(file.replace("!/", "/").split("/"))):
            whole = part if depth else part.rsplit(".", 1)[0]
            # 教育局 in a file called 长子县教育局 is that one.
            agreed = [
                one
                for one in self._short.within(whole, region)
                if any(shortened(one.name).endswith(shortened(name)) for name in known)
            ]
            if len(agreed) == 1:
                return Match(tuple(agreed), "file")
            words = bare(whole)
            # A file named by the body that its report names says nothing more: 教育局驻外联络处 is not the 教育局 in it.
            for name in known:
                words = words.replace(bare(name), "\0")
            within = [
                one for one in self._short.within(words, region) if _is_meant(one, whole, folder=depth > 0)
            ]
            if within:
                return Match(tuple(within), "file", doubtful=len(within) > 1 or bool(known))
        return None

    def _doubtful(self, known: Sequence[str], file: str) -> Match:
        """The bodies that a report may be of which names none of the roster: 财政局 without its county, or in short."""
        for name in known:
            found = self._full.ending(name) or self._short.ending(name)
            placed = _by_place(found, name, file)
            if len(placed) == 1 < len(found):
                return Match(tuple(placed), "file")
            if 0 < len(placed) <= _MOST:
                return Match(tuple(placed), "report", doubtful=True)
        for name in known:
            if may_be := self._may_be(name):
                return Match(tuple(may_be), "report", doubtful=True)
        return Match((), "none")


class _Names:
    """The names of a roster in one form, by which its entries are found."""

    def __init__(self, roster: Roster, form: Callable[[str], str]) -> None:
        self._form = form
        by_name: dict[str, dict[int, RosterEntry]] = defaultdict(dict)
        for entry in roster.entries:
            for name in (entry.name, *entry.other_names):
                by_name[form(name)][entry.row] = entry
        by_ending: dict[str, dict[int, RosterEntry]] = defaultdict(dict)
        by_body: dict[str, dict[int, RosterEntry]] = defaultdict(dict)
        for name, entries in by_name.items():
            for ending in endings(name):
                by_ending[ending] |= entries
            for cut in cuts(name):
                by_body[name[cut:]] |= entries
        self._by_name, self._by_ending, self._by_body = map(_lists, (by_name, by_ending, by_body))
        self._longest_first = sorted(self._by_name, key=lambda name: (-len(name), name))

    def of(self, given: str, region: str | None) -> Sequence[RosterEntry]:
        """The entries of a name: whole, else without the names of regions before it, on either side."""
        name = self._form(given)
        found = self._by_name.get(name) or self._by_ending.get(name)
        if not found:
            rests = [name[cut:] for cut in cuts(name) if len(name) - cut >= _SHORTEST_ALONE]
            found = next((self._by_name[rest] for rest in rests if rest in self._by_name), [])
        return _told_apart(found or self._of_own_level(name), region)

    def _of_own_level(self, name: str) -> Sequence[RosterEntry]:
        """The entries that a roster calls 市科委, of a report of 上海市科委: those of that very place."""
        return [
            entry
            for cut in cuts(name)
            for entry in self._by_name.get(name[cut - 1 :], ())
            if name[:cut] in self._form(entry.name) or not cuts(entry.name)
        ]

    def ending(self, given: str) -> Sequence[RosterEntry]:
        """The entries whose names end with a name that says no region."""
        name = self._form(given)
        return self._by_body.get(name, ()) if len(name) >= _SHORTEST_ALONE else ()

    def within(self, given: str, region: str | None) -> Sequence[RosterEntry]:
        """The entries whose names stand in a text; of names one within another the longer."""
        text = self._form(given)
        found: dict[int, RosterEntry] = {}
        for name in self._longest_first:
            if len(name) >= _SHORTEST and name in text:
                found |= {entry.row: entry for entry in self._by_name[name]}
                text = text.replace(name, "\0")
        return _told_apart(list(found.values()), region)


def names_other_body(words: str) -> bool:
    """Whether the rest of a file's name, without the name that was found in it, names a body or a place."""
    return _BODY.search(_NO_BODY.sub("", words)) is not None


def _is_meant(entry: RosterEntry, words: str, *, folder: bool) -> bool:
    """Whether a name in the words of a file is that of a body and not only that of its region.

    A folder called 长子县 holds what came from there, and 长子县审计局.docx is of that bureau: neither says that a
    file is the government's.
    """
    if bare(entry.name) == plain_name(entry.name):
        return True
    if folder:
        return any(word in words for word in _GOVERNMENT_WORDS)
    _, name, after = plain_name(words).partition(bare(entry.name))
    return not name or not names_other_body(_OWN_ENDING.sub("", after))


def _by_place(found: Sequence[RosterEntry], name: str, file: str) -> Sequence[RosterEntry]:
    """Of bodies of one name those of the region that a folder or the file is named by, the nearest one; else all."""
    at: dict[int, int] = {}
    path = plain_name(file)
    for entry in found:
        form = bare(entry.name).removesuffix(bare(name))
        if form == bare(entry.name):
            form = shortened(entry.name).removesuffix(shortened(name))
        region = form[([0, *cuts(form)])[-2] :] if cuts(form) else ""
        at[entry.row] = path.rfind(region) if region else -1
    best = max(at.values(), default=-1)
    return [entry for entry in found if at[entry.row] == best] if best >= 0 else found


def _lists(found: Mapping[str, Mapping[int, RosterEntry]]) -> dict[str, list[RosterEntry]]:
    return {name: list(entries.values()) for name, entries in found.items()}


def _told_apart(found: Sequence[RosterEntry], region: str | None) -> Sequence[RosterEntry]:
    if len(found) > 1 and region is not None:
        there = [entry for entry in found if entry.region == region]
        return there or found
    return found

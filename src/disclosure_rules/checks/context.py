"""What a verb is given besides the parameters of its rule."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from disclosure_rules.checks.breaking_off import breaking_off
from disclosure_rules.checks.formulas import amount
from disclosure_rules.checks.mentions import Mentions, read_mentions
from disclosure_rules.checks.passages import passages
from disclosure_rules.checks.registry import named_by, titled
from disclosure_rules.checks.similarity import Comparison

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from disclosure_rules.checks.formulas import Amount
    from disclosure_rules.checks.mentions import Lexicon, Mention
    from disclosure_rules.checks.passages import Passage
    from disclosure_rules.checks.registry import Titled
    from disclosure_rules.model.layout import Layout
    from disclosure_rules.model.pack import Instrument
    from disclosure_rules.model.report import Report, Section
    from disclosure_rules.regions import RegionIndex

__all__ = ["CheckContext"]


@dataclass(frozen=True)
class CheckContext:
    """One report and what is known around it.

    Attributes:
        report: The report.
        layout: The form that the report follows; None where it is not known.
        layouts: Every known form by id; a table may follow another one than the report.
        instruments: The registry of laws and notices by id, with numbers and years.
        regions: Administrative divisions; None where none were loaded.
        lexicon: The words for the figures of the text; None where the packs have none.
        as_of: The day of the check where the caller states one; verbs never read the clock.
        previous: The same body's report of the year before, where it is at hand. Rules of `scope: years` run only then.
    """

    report: Report
    layout: Layout | None
    layouts: Mapping[str, Layout]
    instruments: Mapping[str, Instrument]
    regions: RegionIndex | None = None
    as_of: date | None = None
    previous: Report | None = None
    _comparisons: dict[str, Comparison | None] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    lexicon: Lexicon | None = None
    _amounts: dict[tuple[tuple[str, ...], str | None], Amount | None] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    @cached_property
    def earlier(self) -> tuple[Passage, ...]:
        """Every paragraph of last year's report, as `reading`; () where it is not at hand."""
        return tuple(passages(self.previous)) if self.previous is not None else ()

    @cached_property
    def reading(self) -> tuple[Passage, ...]:
        """Every paragraph in reading order, read through font damage once for all verbs."""
        return tuple(passages(self.report))

    @cached_property
    def broken_off(self) -> Passage | None:
        """The paragraph or heading within which the text ends; see `breaking_off`."""
        return breaking_off(self.report, self.layout, self.reading)

    @cached_property
    def _read(self) -> Mentions:
        if self.lexicon is None:
            return Mentions((), whole=True)
        return read_mentions(self.report, self.reading, self.lexicon)

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """Every figure of the text in reading order, with what it counts where that is certain."""
        return self._read.figures

    @property
    def mentions_whole(self) -> bool:
        """Whether the text was read to its end."""
        return self._read.whole

    def passages(self, sections: Iterable[str] | None = None) -> Iterable[Passage]:
        """The paragraphs of some sections by key, or for None of the whole report with introduction and closing."""
        if sections is None:
            return self.reading
        wanted = frozenset(sections)
        return (entry for entry in self.reading if entry.section is not None and entry.section.key in wanted)

    def amount(self, terms: tuple[str, ...], column: str | None = None) -> Amount | None:
        """The sum of cells of the report's tables, once for all verbs; see `formulas.amount`."""
        key = (terms, column)
        if key not in self._amounts:
            self._amounts[key] = amount(self.layouts, self.report, terms, column)
        return self._amounts[key]

    def compared(self, section: str) -> Comparison | None:
        """A section held against last year's, once for all verbs; None where one of the two has no text there."""
        if section not in self._comparisons:
            later, earlier = (
                tuple(entry for entry in text if entry.section is not None and entry.section.key == section)
                for text in (self.reading, self.earlier)
            )
            self._comparisons[section] = Comparison(later, earlier) if later and earlier else None
        return self._comparisons[section]

    @cached_property
    def citing(self) -> tuple[Passage, ...]:
        """The paragraphs in which a law or a notice may be cited: most hold neither a title nor a number."""
        return tuple(entry for entry in self.reading if "《" in entry.read or "号" in entry.read)

    def passages_of(self, section: Section) -> Iterable[Passage]:
        """The paragraphs of one section, also of one without a key."""
        return (entry for entry in self.reading if entry.section is section)

    def titles(self, passage: Passage) -> tuple[Titled, ...]:
        """The titles in book-title marks of a passage, found once for all verbs."""
        return self._titles.get(id(passage), ())

    def named(self, title: str) -> Mapping[str, Instrument]:
        """The instruments that a title names, by id, looked up once for all verbs; see `registry.named_by`."""
        found = self._named.get(title)
        if found is None:
            found = self._named[title] = named_by(title, self.instruments)
        return found

    @cached_property
    def _named(self) -> dict[str, Mapping[str, Instrument]]:
        return {}

    @cached_property
    def _titles(self) -> dict[int, tuple[Titled, ...]]:
        return {id(entry): tuple(titled(entry)) for entry in self.reading if "《" in entry.printed}

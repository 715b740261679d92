"""Verbs about figures and statements of the running text."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from disclosure_rules.checks.passages import occurrences, sentence_around, spoken
from disclosure_rules.model.location import Location
from disclosure_rules.model.result import SATISFIED, Evidence, Satisfied, Undecided
from disclosure_rules.model.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from disclosure_rules.checks.context import CheckContext
    from disclosure_rules.checks.passages import Passage
    from disclosure_rules.model.report import Fact, Number

__all__ = ["claim_contradicted", "parts_of_figures"]


def parts_of_figures(
    context: CheckContext, *, facts: Sequence[str], open_lists: Sequence[str]
) -> Iterator[Evidence | Satisfied | Undecided]:
    """Figures whose listed parts do not add up to them.

    A list that falls short is undecided where its sentence says that it goes on, or that it is only of examples.

    Args:
        context: The report.
        facts: Keys of the figures.
        open_lists: Words that leave a list open: 等, 余, 其中.
    """
    for key in facts:
        fact = context.report.facts.get(key)
        if fact is None or not fact.parts:
            continue
        numbers = [part.number for part in fact.parts]
        known = [number for number in numbers if number is not None]
        location = fact.location if fact.location != Location() else Location(pointer=f"/facts/{key}")
        if fact.number is None or len(known) != len(numbers):
            yield Undecided(reason=_unread(fact), location=location)
            continue
        total: Number = sum(known)
        gap = fact.number - total
        values: dict[str, Number | str | None] = {
            "number": fact.number,
            "parts": " + ".join(str(number) for number in known),
            "total": total,
            "difference": gap if gap > 0 else -gap,
        }
        if total == fact.number:
            yield SATISFIED
        elif total < fact.number and any(word in fact.text for word in open_lists):
            yield Undecided(reason=_unfinished(fact, total), location=location)
        else:
            yield Evidence(location=location, values=values)


def _unread(fact: Fact) -> Text:
    words = spoken(fact.text, 0, len(fact.text))
    return Text(zh=f"「{words}」中有数字没有读出", en=f"a number of “{words}” could not be read")


def _unfinished(fact: Fact, total: Number) -> Text:
    return Text(
        zh=f"列出的各项合计 {total}，少于 {fact.number}，但原文未说明已全部列出",
        en=f"the listed parts make {total}, less than {fact.number}, but the text does not say the list is complete",
    )


def claim_contradicted(  # noqa: PLR0913  what a claim is and what it is held against are the rule's to say
    context: CheckContext,
    *,
    phrases: Sequence[str],
    cells: Sequence[str],
    facts: Sequence[str] = (),
    quantities: Sequence[str] = (),
    sections: Sequence[str] | None = None,
    others: Sequence[str] = (),
    spared: Mapping[str, Sequence[str]] | None = None,
) -> Iterator[Evidence | Satisfied | Undecided]:
    """A statement that there was none, or that nothing is left, beside a figure above 0.

    Args:
        context: The report.
        phrases: The statements, word for word.
        cells: Cells of the tables that must be 0 then: `requests.carried_out.total`.
        facts: Figures of the text that must be 0 then, as the recogniser keeps them.
        quantities: Quantities of `quantities.yaml` that must be 0 then, wherever the text gives them.
        sections: Where the statement is looked for; None for the whole text.
        others: Words that make the statement one about somebody or something else; sentences with them are left out.
        spared: Words of a sentence → the cells of which the statement then says nothing (审结的均获维持: the pending).
    """
    claims = list(_claims(context, phrases, sections, others))
    if not claims:
        return
    figures = _figures(context, cells, facts, quantities)
    if all(figure.number is None for figure in figures):
        yield Undecided(reason=_nothing_to_compare(claims[0].text))
        return
    for claim in claims:
        location = claim.passage.place(claim.offset)
        silent = {path for word, paths in (spared or {}).items() if word in claim.sentence for path in paths}
        compared = [figure for figure in figures if figure.path not in silent]
        against = next((one for one in compared if one.number is not None and one.number > 0), None)
        unknown = next((one for one in compared if one.number is None), None)
        if against is not None:
            values = {"text": claim.text, "figure": against.told, "number": against.number}
            yield Evidence(location=location, values=values)
        elif unknown is not None:
            yield Undecided(reason=_not_known(claim.text, unknown.told), location=location)
        else:
            yield SATISFIED


class _Figure(NamedTuple):
    """A figure that a claim is held against: `path` is "" for one of the running text."""

    path: str
    told: str
    number: Number | None


def _figures(
    context: CheckContext, cells: Sequence[str], facts: Sequence[str], quantities: Sequence[str]
) -> list[_Figure]:
    """The cells that the report's tables have, the figures of the text, and the mentions of the quantities."""
    found = [_Figure(path, _told(context, path), number) for path in cells for number in _cell(context, path)]
    found += [
        _Figure(f"facts.{key}", _told(context, f"facts.{key}"), fact.number)
        for key in facts
        if (fact := context.report.facts.get(key)) is not None
    ]
    found += [
        _Figure("", f"正文「{mention.words}」，", mention.number)
        for mention in context.mentions
        if mention.quantity in quantities and mention.comparable
    ]
    return found


class _Claim(NamedTuple):
    passage: Passage
    text: str
    offset: int
    sentence: str


def _claims(
    context: CheckContext, phrases: Sequence[str], sections: Sequence[str] | None, others: Sequence[str]
) -> Iterator[_Claim]:
    for passage in context.passages(sections):
        for phrase in phrases:
            if phrase not in passage.read:
                continue
            for offset in occurrences(passage.read, phrase):
                start, end = sentence_around(passage.read, offset, offset + len(phrase))
                sentence = passage.read[start:end]
                if not any(word in sentence for word in others):
                    yield _Claim(passage, spoken(passage.printed, start, end), offset, sentence)


def _cell(context: CheckContext, path: str) -> Iterator[Number | None]:
    """The number of a cell, where the report has its table and the table's form has the cell."""
    key, row, column = path.split(".")
    table = context.report.tables.get(key)
    layout = context.layouts.get(table.form) if table else None
    spec = layout.table(key) if layout else None
    if table is not None and spec is not None and (row, column) in spec.index:
        yield table.values[spec.index[row, column]]


def _told(context: CheckContext, path: str) -> str:
    """A figure by the printed names of the form."""
    parts = path.split(".")
    if parts[0] == "facts":
        fact = context.report.facts[parts[1]]
        return spoken(fact.text, 0, len(fact.text))
    table = context.report.tables[parts[0]]
    spec = context.layouts[table.form].table(parts[0])
    if spec is None:
        return path
    return (
        f"{spec.title.zh.split('（')[0]}「{spec.row(parts[1]).label.zh}」「{spec.column(parts[2]).label.zh}」"
    )


def _nothing_to_compare(claim: str) -> Text:
    return Text(
        zh=f"正文称「{claim}」，但没有可以核对的数字",
        en=f"the text says “{claim}”, but there is no figure to compare it with",
    )


def _not_known(claim: str, figure: str) -> Text:
    return Text(
        zh=f"正文称「{claim}」，但{figure}为空白或没有读出，不能核对",
        en=f"the text says “{claim}”, but {figure} is blank or could not be read",
    )

"""Verbs that hold the figures of the text against the tables, and against each other."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from disclosure_rules.checks.mentions import Scope, When
from disclosure_rules.checks.passages import spoken
from disclosure_rules.checks.telling import about_figures
from disclosure_rules.model.result import SATISFIED, Evidence, Satisfied, Undecided
from disclosure_rules.model.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from disclosure_rules.checks.context import CheckContext
    from disclosure_rules.checks.formulas import Amount
    from disclosure_rules.checks.mentions import Mention
    from disclosure_rules.model.quantities import Quantity
    from disclosure_rules.model.report import Number

__all__ = ["denials_contradicted", "figures_differ", "figures_of_other_scope", "figures_unequal_table"]

_OF_WHICH = re.compile(r"[（(，,]\s?(?:其中|含|包括|包含)[^，,。；;、（）()]{1,16}")
_YUAN = {"元": Decimal("0.0001"), "万元": Decimal(1), "亿元": Decimal(10_000)}


@about_figures
def figures_unequal_table(
    context: CheckContext, *, topics: Sequence[str]
) -> Iterator[Evidence | Satisfied | Undecided]:
    """Figures of the text that are none of the sums of cells that they may be.

    Every figure counts whose wording places it for certain, for this year and for the whole report. One that names the
    topic and cannot be placed, or says about how many, is undecided. A cell without a number decides only where what
    is known of the sum is already more than the figure.

    Args:
        context: The report.
        topics: Keys of topics of `quantities.yaml`.
    """
    for mention in context.mentions:
        topic = _topic(context, mention)
        if topic not in topics or mention.denied or mention.when is not When.THIS:
            continue
        if mention.scope is not Scope.REPORT:
            continue
        if mention.quantity is None:
            if mention.unit and context.lexicon is not None and mention.unit in context.lexicon.units[topic]:
                yield Undecided(reason=_unplaced(mention), location=mention.location)
            continue
        yield from _held(context, mention)


@about_figures
def figures_of_other_scope(
    context: CheckContext, *, topics: Sequence[str]
) -> Iterator[Evidence | Satisfied | Undecided]:
    """Figures of the government's own office, or of cases filed, that differ from the tables for the whole.

    Both may be right; the reader must be told why they differ.

    Args:
        context: The report.
        topics: Keys of topics of `quantities.yaml`.
    """
    for mention in context.mentions:
        if (
            _topic(context, mention) in topics
            and mention.quantity is not None
            and not mention.denied
            and mention.when is When.THIS
            and mention.scope in {Scope.OFFICE, Scope.FILED}
        ):
            yield from _held(context, mention)


@about_figures
def denials_contradicted(
    context: CheckContext, *, topics: Sequence[str], sections: Sequence[str] | None = None
) -> Iterator[Evidence | Satisfied | Undecided]:
    """Statements that there was none beside a figure above 0, in the table or elsewhere in the text.

    Where the form has no table for them, the text alone decides.

    Args:
        context: The report.
        topics: Keys of topics of `quantities.yaml`.
        sections: Where the statement is looked for; None for the whole text.
    """
    for denial in context.mentions:
        key = denial.passage.section.key if denial.passage.section else None
        if (
            not denial.denied
            or _topic(context, denial) not in topics
            or denial.when is not When.THIS
            or denial.scope is not Scope.REPORT
            or (sections is not None and key not in sections)
        ):
            continue
        figures = list(_figures(context, denial))
        against = next((figure for figure in figures if figure[0] != 0), None)
        text = spoken(denial.passage.printed, denial.start, denial.end)
        if against is not None:
            yield Evidence(
                location=denial.location,
                values={
                    "text": text,
                    "number": against[0],
                    "figure_zh": against[1].zh,
                    "figure_en": against[1].en,
                },
            )
        elif figures or not _has_table(context, denial):
            yield SATISFIED
        else:
            yield Undecided(reason=_nothing_to_compare(text), location=denial.location)


@about_figures
def figures_differ(
    context: CheckContext, *, topics: Sequence[str], of_all: Sequence[str] = (), of_some: Sequence[str] = ()
) -> Iterator[Evidence | Satisfied | Undecided]:
    """The same quantity with two numbers in the text, where no table says which is right.

    Args:
        context: The report.
        topics: Keys of topics of `quantities.yaml`.
        of_all: Words of which the figure's clause must hold one; none where every clause counts.
        of_some: Words that make the figure one of a channel or a class: 通过, 网站; a clause with one is left out.
    """
    first: dict[tuple[str, str | None], Mention] = {}
    for mention in context.mentions:
        if not mention.comparable or mention.denied or mention.quantity is None:
            continue
        if _topic(context, mention) not in topics or _told_by_table(context, mention):
            continue
        if of_all and not any(word in mention.words for word in of_all):
            continue
        if any(word in mention.words for word in of_some):
            continue
        known = first.setdefault((mention.quantity, mention.column), mention)
        if known is mention or known.number is None or mention.number is None:
            continue
        if known.number == mention.number:
            yield SATISFIED
        else:
            yield Evidence(
                location=mention.location,
                values={
                    "number": mention.number,
                    "text": mention.words,
                    "first": known.number,
                    "first_text": known.words,
                },
            )


def _held(context: CheckContext, mention: Mention) -> Iterator[Evidence | Satisfied | Undecided]:
    """One figure against the sums that it may be."""
    assert mention.quantity is not None  # noqa: S101  the callers ask
    amounts = amounts_of(context, mention)
    if not amounts:
        return
    if mention.number is None:
        yield Undecided(reason=_about(mention), location=mention.location)
        return
    number = _plain(mention.number, mention)
    margin = _plain(mention.margin, mention)
    if any(one.exact is not None and abs(one.exact - number) <= margin for one in amounts):
        yield SATISFIED
    elif all(_excludes(one, number + margin) for one in amounts):
        due = amounts[0]
        told = _due(due, _hint(context, mention, number))
        yield Evidence(
            location=mention.location,
            values={
                "text": mention.words,
                "number": mention.number,
                "cells_zh": due.words.zh,
                "cells_en": due.words.en,
                "due_zh": told.zh,
                "due_en": told.en,
            },
        )
    else:
        yield Undecided(reason=_no_number(amounts[0]), location=mention.location)


def _due(one: Amount, hint: Text) -> Text:
    """What the sum makes, and what the figure would be right for."""
    if one.exact is None:
        return Text(
            zh=f"按已填的数至少为 {one.least}{hint.zh}", en=f"which makes at least {one.least}{hint.en}"
        )
    if len(one.terms) == 1:
        return Text(zh=f"两处不符{hint.zh}", en=f"which is another number{hint.en}")
    return Text(zh=f"合计 {one.exact}{hint.zh}", en=f"which makes {one.exact}{hint.en}")


def _excludes(one: Amount, number: Decimal) -> bool:
    """Whether the sum is certainly not the number, given that it is not equal to it."""
    return one.exact is not None or (one.least is not None and one.least > number)


def amounts_of(context: CheckContext, mention: Mention) -> list[Amount]:
    """The sums that a figure may be; a form that has not the cells offers none."""
    quantity = _quantity(context, mention)
    options = list(quantity.equals)
    if quantity.made_of and _said_to_be_made_of(context, mention, quantity):
        options.append(tuple(term for part in quantity.made_of for term in _by_key(context, part).equals[0]))
    found = (context.amount(terms, mention.column) for terms in options)
    return [one for one in found if one is not None]


def _said_to_be_made_of(context: CheckContext, mention: Mention, quantity: Quantity) -> bool:
    """Whether the paragraph says that the figure is made of others: 收到12件，其中新收10件，上年结转2件.

    One of them right behind it says so as well: 收到12件（含上年结转2件）.
    """
    text = mention.passage.printed
    if any(
        other.quantity in quantity.made_of
        and other.passage is mention.passage
        and _OF_WHICH.fullmatch(text, mention.end, other.start)
        for other in context.mentions
    ):
        return True
    parts = {
        other.quantity: other.number
        for other in context.mentions
        if other.passage is mention.passage
        and other.quantity in quantity.made_of
        and other.number is not None
    }
    return set(parts) == set(quantity.made_of) and sum(n for n in parts.values() if n) == mention.number


def _hint(context: CheckContext, mention: Mention, number: Decimal) -> Text:
    """What the figure would be right for: the column of natural persons, or another quantity of the topic."""
    lexicon = context.lexicon
    topic = lexicon.topics[lexicon.topic_of[mention.quantity or ""]] if lexicon else None
    if not number or topic is None:
        return Text(zh="", en="")
    for column in () if mention.column else topic.columns:
        for terms in _quantity(context, mention).equals:
            one = context.amount(terms, column.column)
            if one is not None and one.exact == number:
                return Text(zh=f"（{number} 恰为{one.words.zh}）", en=f" (but {one.words.en} makes {number})")
    for quantity in topic.quantities:
        one = context.amount(quantity.equals[0], mention.column) if quantity.equals else None
        if one is not None and one.exact == number and quantity.key != mention.quantity:
            return Text(
                zh=f"（{number} 恰为{quantity.title.zh}的数）",
                en=f" ({number} is the number of {quantity.title.en})",
            )
    return Text(zh="", en="")


def _figures(context: CheckContext, denial: Mention) -> Iterator[tuple[Number, Text]]:
    """The numbers that a denial says are 0: of the table, and of the text."""
    for one in amounts_of(context, denial)[:1]:
        known = one.exact if one.exact is not None else one.least
        if known is not None and (one.exact is not None or known > 0):
            yield known, one.words
    for other in context.mentions:
        if (
            other.quantity == denial.quantity
            and other.comparable
            and not other.denied
            and other.number is not None
        ):
            yield other.number, Text(zh=f"正文又称「{other.words}」", en=f"the text itself (“{other.words}”)")


def _has_table(context: CheckContext, mention: Mention) -> bool:
    """Whether the report's form has the table that the figure is in."""
    terms = [term for option in _quantity(context, mention).equals for term in option]
    keys = {term.removeprefix("-").split(".")[0] for term in terms}
    return context.layout is None or any(context.layout.table(key) is not None for key in keys)


def _told_by_table(context: CheckContext, mention: Mention) -> bool:
    return any(one.exact is not None for one in amounts_of(context, mention))


def _topic(context: CheckContext, mention: Mention) -> str:
    if mention.quantity is not None and context.lexicon is not None:
        return context.lexicon.topic_of[mention.quantity]
    return mention.topic or ""


def _quantity(context: CheckContext, mention: Mention) -> Quantity:
    return _by_key(context, mention.quantity or "")


def _by_key(context: CheckContext, key: str) -> Quantity:
    assert context.lexicon is not None  # noqa: S101  mentions are read by it
    return context.lexicon.quantities[key]


def _plain(number: Number, mention: Mention) -> Decimal:
    """The number as cells hold it: amounts of money in 万元."""
    return number * _YUAN.get(mention.unit, Decimal(1))


def _unplaced(mention: Mention) -> Text:
    return Text(
        zh=f"「{mention.words}」所指的是哪个数，措辞不能确定，未参加核对",
        en=f"what “{mention.words}” counts is not certain from its wording; it was not compared",
    )


def _about(mention: Mention) -> Text:
    return Text(
        zh=f"「{mention.words}」是约数，不能核对",
        en=f"“{mention.words}” is an approximate figure and cannot be compared",
    )


def _no_number(one: Amount) -> Text:
    return Text(zh=f"{one.words.zh}：有单元格没有可用的数", en=f"{one.words.en}: a cell has no number")


def _nothing_to_compare(claim: str) -> Text:
    return Text(
        zh=f"正文称「{claim}」，但没有可以核对的数字",
        en=f"the text says “{claim}”, but there is no figure to compare it with",
    )

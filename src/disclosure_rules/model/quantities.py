"""What the figures of the running text stand for, as a pack's `quantities.yaml` states it."""

from __future__ import annotations

from disclosure_rules.model.text import Frozen, Text

__all__ = ["ApplicantWords", "Quantity", "ScopeWords", "Topic", "Vocabulary"]


class Quantity(Frozen):
    """One quantity that reports speak of, and the cells that it must agree with.

    `words` say what became of the things counted (收到, 予以公开); a quantity without words is the number of the
    things themselves. In a word, `[a|b]` may be left out, and `{last}` and `{next}` are the years beside the report's.
    `equals` lists the sums of cells of which the figure must be one; a term is `table.row.column`, a row alone stands
    for its total column, a group of rows for their sum, and `-` before a term takes it away. Where the text itself says
    that the figure is made of those in `made_of`, it may be their sum. `whole` marks a figure that others break down,
    `itself` one whose words name the things counted too (复议后起诉).
    """

    key: str
    title: Text
    words: tuple[str, ...] = ()
    equals: tuple[tuple[str, ...], ...]
    made_of: tuple[str, ...] = ()
    whole: bool = False
    itself: bool = False


class ApplicantWords(Frozen):
    """Words for a column, or a group of columns, of the table that a topic is about."""

    words: tuple[str, ...]
    column: str


class Topic(Frozen):
    """Things that are counted and their quantities.

    `neutral` words may stand before the things without changing what is counted (收到行政复议1件). In the section
    `section` a figure is about this topic unless the text names another. The first of `denied` is the quantity that is
    0 where the text says that there were none of the things, the others are 0 where their own words are denied (无结转).
    """

    key: str
    things: tuple[str, ...]
    neutral: tuple[str, ...] = ()
    units: tuple[str, ...] | None = None
    section: str | None = None
    denied: tuple[str, ...] = ()
    quantities: tuple[Quantity, ...]
    columns: tuple[ApplicantWords, ...] = ()


class ScopeWords(Frozen):
    """Words that say whose figure it is: the whole area's, the government office's own, or that of cases filed."""

    whole: tuple[str, ...]
    office: tuple[str, ...]
    filed: tuple[str, ...]


class Vocabulary(Frozen):
    """`quantities.yaml`: everything that is known of the wording of figures.

    Only `fillers` may stand between a figure and the word that tells what it counts; words of `partial` before it
    make it one of a part (a channel), `periods` make those of the sentence ones of another time than the year, with
    `blocking` words nothing can be told, `negators` deny, and `last_year` words place a figure a year earlier.
    """

    fillers: tuple[str, ...]
    partial: tuple[str, ...]
    periods: tuple[str, ...]
    blocking: tuple[str, ...]
    negators: tuple[str, ...]
    last_year: tuple[str, ...]
    scopes: ScopeWords
    units: tuple[str, ...]
    topics: tuple[Topic, ...]

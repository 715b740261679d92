"""From answers to root causes: what belongs together, which answer is named first, and the sentence."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from disclosure_rules.expr.arithmetic import EXACT
from disclosure_rules.model.note import Note
from disclosure_rules.model.result import CorrectedCell, Correction, RootCause
from disclosure_rules.model.text import Text
from disclosure_rules.repair.hints import Hints
from disclosure_rules.repair.search import MOST_CELLS, Answer, smallest
from disclosure_rules.repair.slips import SLIPS, Slip, Slips
from disclosure_rules.repair.system import systems

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from fractions import Fraction

    from disclosure_rules.expr import Frame, Instance
    from disclosure_rules.model.layout import TableSpec
    from disclosure_rules.model.location import Location
    from disclosure_rules.model.result import Finding, Place
    from disclosure_rules.repair.hints import Hint
    from disclosure_rules.repair.search import Answers
    from disclosure_rules.repair.system import Equation, System

    Words = Callable[[Location], Place]

__all__ = ["MOST_LISTED", "Causes", "Telling", "root_causes"]

MOST_LISTED = 10


class Causes(NamedTuple):
    """The root causes in the order of the findings they explain, and a note for each system without an answer."""

    causes: tuple[RootCause, ...]
    notes: tuple[Note, ...]


def root_causes(
    instances: Iterable[Instance],
    frame: Frame,
    specs: Mapping[str, TableSpec],
    telling: Telling,
    hints: Sequence[Hint] = (),
) -> Causes:
    """What the broken sums among the findings come from.

    Args:
        instances: The demands of the rules whose breach is an error.
        frame: The numbers of the report.
        specs: The specification that each table follows.
        telling: What the causes are told with.
        hints: What the text and last year's report say of the cells.
    """
    causes: list[RootCause] = []
    notes: list[Note] = []
    for system in systems(instances, frame, specs):
        told = _Told(system, specs[system.table], telling, hints)
        answers = smallest(system)
        if answers.found:
            causes += (told.cause(group, answers) for group in _groups(system, answers.found))
        else:
            notes.append(told.nothing_found(answers))
    order = {finding.fingerprint: position for position, finding in enumerate(telling.findings)}
    causes.sort(key=lambda cause: min((order[one] for one in cause.explains), default=len(order)))
    return Causes(tuple(causes), tuple(notes))


class Telling(NamedTuple):
    """The findings of the report, in reading order, and a place with its words and all that the report knows of it."""

    findings: Sequence[Finding]
    words: Words


class _Group(NamedTuple):
    """Broken equations that no answer takes apart, as a bit mask, and the parts of the answers that mend them."""

    broken: int
    parts: tuple[Answer, ...]


def _groups(system: System, found: Iterable[Answer]) -> list[_Group]:
    """The answers, cut into independent causes.

    Two slips with nothing in common are two causes, and each has its own alternatives; where answers pair the same
    broken equations differently, these stay one cause.
    """
    pieces = [_pieces(system, answer) for answer in found]
    masks: list[int] = []
    for one in pieces:
        for broken, _ in one:
            joined = broken
            for other in [mask for mask in masks if mask & broken]:
                masks.remove(other)
                joined |= other
            masks.append(joined)
    groups = []
    for mask in sorted(masks, key=lambda mask: mask & -mask):
        parts = (
            tuple(sorted(change for broken, part in one if broken & mask for change in part))
            for one in pieces
        )
        groups.append(_Group(mask, tuple(dict.fromkeys(parts))))
    return groups


def _pieces(system: System, answer: Answer) -> list[tuple[int, Answer]]:
    """The parts of an answer that share no equation, each with the broken equations it mends."""
    parts: list[tuple[int, Answer]] = []
    for change in answer:
        mask = system.masks[change[0]]
        changes: Answer = (change,)
        for part in [part for part in parts if part[0] & mask]:
            parts.remove(part)
            mask |= part[0]
            changes += part[1]
        parts.append((mask, changes))
    return [(mask & system.broken, changes) for mask, changes in parts]


class _Told:
    """Tells the causes of one system."""

    def __init__(self, system: System, spec: TableSpec, telling: Telling, hints: Sequence[Hint]) -> None:
        self._system = system
        self._spec = spec
        self._slips = Slips(system, spec, Hints(hints, system))
        self._findings, self._words = telling

    def cause(self, group: _Group, answers: Answers) -> RootCause:
        """The root cause behind the equations of `group`."""
        slips = {part: self._slips.slip(part) for part in group.parts}
        parts = sorted(group.parts, key=lambda part: (*slips[part].rank, part))
        corrections = tuple(self._correction(part, slips[part]) for part in parts[:MOST_LISTED])
        return RootCause(
            table=self._system.table,
            message=self._message(corrections[0], [slips[part] for part in parts], group, answers),
            corrections=corrections,
            count=len(parts),
            every=answers.every,
            smallest=answers.smallest,
            explains=self._explained(group.broken),
            undecided=self._system.undecided,
        )

    def nothing_found(self, answers: Answers) -> Note:
        """The note that no correction was found."""
        broken, tried = self._system.broken.bit_count(), answers.tried
        title = self._spec.title
        why = (
            Text(
                zh=f"改 {tried} 格以内不能使其全部成立",
                en=f"no change of up to {tried} cells makes them hold",
            )
            if tried == MOST_CELLS
            else Text(
                zh=f"错处较多，查到 {tried} 格为止没有结果",
                en=f"too much is wrong: up to {tried} cells were tried",
            )
        )
        return Note(
            code="root-cause-not-found",
            message=Text(
                zh=f"{title.zh}有 {broken} 条勾稽关系不成立，未能推断出错的单元格：{why.zh}。",
                en=f"{title.en}: {broken} sums do not hold and no root cause was found: {why.en}.",
            ),
        )

    def _explained(self, broken: int) -> tuple[str, ...]:
        equations = [one for number, one in enumerate(self._system.equations) if broken >> number & 1]
        return tuple(
            finding.fingerprint
            for finding in self._findings
            if any(_is_of(finding, equation) for equation in equations)
        )

    def _correction(self, part: Answer, kind: Slip) -> Correction:
        cells = []
        for cell, fits in part:
            place = self._words(self._system.slots[cell].location())
            printed = _plain(self._system.values[cell])
            cells.append(CorrectedCell(location=place, printed=printed, fits=str(fits)))
        changes = [self._change(cell) for cell in cells]
        message = Text(
            zh=self._spec.title.zh.split("（")[0] + "，".join(change.zh for change in changes),
            en=f"{self._spec.title.en.split(' (')[0]}, {', '.join(change.en for change in changes)}",
        )
        return Correction(
            message=message, cells=tuple(cells), slip=kind.kind, slip_words=SLIPS[kind.kind].words
        )

    def _message(self, first: Correction, slips: Sequence[Slip], group: _Group, answers: Answers) -> Text:
        zh, en = self._holds(first, slips[0].source, group.broken.bit_count())
        count, every = len(slips), answers.every
        if count > 1 or not every:
            likelier = count > 1 and slips[0].is_likelier(slips[1])
            named = ("最可能的是", "the likeliest") if likelier else ("例如", "for example")
            zh = f"同样小的改法{'' if every else '至少'}有 {count} 种，请对照台账确定；{named[0]}：{zh}"
            many = f"{count}{'' if every else ' or more'} corrections are equally small"
            en = f"{many}, decide by the register; {named[1]}: {en}"
        if not answers.smallest:
            zh += "未能证明没有更小的改法。"
            en += " It was not proven that none is smaller."
        if self._system.undecided:
            count = self._system.undecided
            zh += f"本表另有 {count} 条勾稽关系因单元格空白或未能读取而无法核对。"
            en += f" {count} more sums of this table cannot be calculated: cells are blank or not known."
        return Text(zh=zh, en=en)

    def _holds(self, first: Correction, source: Text | None, sums: int) -> tuple[str, str]:
        """That with the changes of `first` all holds, what slip it is, and what else agrees; Chinese and English."""
        cells = len(first.cells)
        here = "这一处" if cells == 1 else f"这 {cells} 处"
        these = "with this one change" if cells == 1 else f"with these {cells} changes"
        kept = {1: "the broken sum holds", 2: "both broken sums hold"}.get(
            sums, f"all {sums} broken sums hold"
        )
        also = [] if first.slip in {"other", "several"} else [first.slip_words]
        if source is not None:
            also.append(Text(zh=f"与{source.zh}一致", en=f"as {source.en} has it"))
        zh = f"{first.message.zh}：改{here}，{sums} 条不成立的勾稽关系全部成立"
        en = f"{first.message.en}: {these} {kept}"
        if also:
            zh = f"{zh}（{'，'.join(one.zh for one in also)}）"
            en = f"{en} ({', '.join(one.en for one in also)})"
        return f"{zh}。", f"{en}."

    def _change(self, cell: CorrectedCell) -> Text:
        # Page and line stand with the cells of the correction: the sentence is to be read.
        row = self._spec.row(cell.location.row or "").label
        column = self._spec.column(cell.location.column or "").label
        return Text(
            zh=f"「{row.zh}」行「{column.zh}」列应为 {cell.fits}（现为 {cell.printed}）",
            en=f"row “{row.en}”, column “{column.en}” should be {cell.fits} (is {cell.printed})",
        )


def _plain(value: int | Fraction) -> str:
    """A printed number, which is a whole one or a decimal, with all its digits."""
    if value.denominator == 1:
        return str(value)
    return format(EXACT.divide(Decimal(value.numerator), Decimal(value.denominator)), "f")


def _is_of(finding: Finding, equation: Equation) -> bool:
    """Whether `finding` is the breach of `equation`: of the same rule, and about the same cells."""
    return finding.rule == equation.instance.rule_id and all(
        slot.path in finding.values for slot in equation.terms
    )

"""For rule authors: reports from plain values, and the examples of rules as tests."""

from __future__ import annotations

import re
from hashlib import sha256
from time import process_time
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from disclosure_rules.engine import Forms, build_program, run
from disclosure_rules.errors import DisclosureRulesError
from disclosure_rules.model.pack import EffectiveRule
from disclosure_rules.model.result import Outcome
from disclosure_rules.model.roster import Roster, RosterEntry
from disclosure_rules.model.rule import Severity
from disclosure_rules.model.text import Text
from disclosure_rules.mutants import mutants
from disclosure_rules.pipeline import Checker

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from disclosure_rules.batch.judge import Judged
    from disclosure_rules.hookspecs import Check
    from disclosure_rules.model.layout import Layout
    from disclosure_rules.model.location import Location
    from disclosure_rules.model.pack import RulePack
    from disclosure_rules.model.report import Report
    from disclosure_rules.model.result import CheckResult, Finding
    from disclosure_rules.model.rule import Example, Examples

__all__ = [
    "ExampleOutcome",
    "judge_batch",
    "long_report",
    "place_key",
    "report_from",
    "run_example",
    "run_examples",
    "slow_rules",
    "told_of_example",
]

Kind = Literal["pass", "fail", "open", "missed"]
# A rule is asked of thousands of reports: seconds of one processor for one example, all rules in force together.
_MOST_SECONDS = 1.0
_UNFILLED = re.compile(r"\{\w+\}")
# A real report has some thousand characters; this many times the sentence makes a section of six thousand.
_SENTENCE = (
    "2024年全县共收到政府信息公开申请{n}件，同比增长5.1%，其中予以公开23件、部分公开12件（含上年结转3件），"
    "占18.7%；按照《中华人民共和国政府信息公开条例》（国务院令第711号）的要求，主动公开政府信息1,234条。"
)
_TIMES = 60
# How the names of rules end that ask for what a report leaves out. An example leaves out on purpose whatever its rule
# does not look at, so that these say nothing about it.
_LEFT_OUT = frozenset({"blank", "empty", "missing", "unmentioned", "unreported"})


class ExampleOutcome(NamedTuple):
    """One example, run. `problem` is None where the rule said what the example says it does."""

    rule: str
    kind: Kind
    name: str
    problem: Text | None


def report_from(data: Mapping[str, Any]) -> Report:
    """A report from plain values, by `schemas/report.schema.json`; everything may be left out.

    Raises:
        ReadError: A key or a value is not one of the format.
    """
    return Checker().load_report(data)


def place_key(location: Location) -> str:
    """A place as `finds` of an example writes it: dotted keys, else `line:N`, else `report`."""
    if location.table is not None:
        return ".".join(key for key in (location.table, location.row, location.column) if key)
    if location.section is not None:
        return f"sections.{location.section}"
    if location.pointer is not None:
        return location.pointer.strip("/").replace("/", ".")
    return f"line:{location.line}" if location.line is not None else "report"


def run_examples(checker: Checker, rule: str, examples: Examples) -> Iterator[ExampleOutcome]:
    """Run the examples of one rule, each against everything in force for its report.

    No other rule of its pack, or of those that the pack builds on, may find an error or a warning in what an example
    states, unless the example names that rule in `also`. A passing example is also changed in one place after another:
    one of the changes must keep the rule from passing, or the example shows nothing.

    Args:
        checker: Loads the packs; the rule must be in one of them.
        rule: The rule's id.
        examples: Its examples.
    """
    kinds: tuple[tuple[Kind, tuple[Example, ...]], ...] = (
        ("pass", examples.passing),
        ("fail", examples.fail),
        ("open", examples.open),
        ("missed", examples.missed),
    )
    for kind, group in kinds:
        for example in group:
            problem = run_example(checker, rule, kind, example)
            if problem is None and kind == "pass":
                problem = _unmoved(checker, rule, example)
            yield ExampleOutcome(rule, kind, example.name, problem)


def run_example(checker: Checker, rule: str, kind: Kind, example: Example) -> Text | None:
    """What is wrong with one example; None where the rule does what the example says."""
    if example.batch is not None:
        return _run_batch_example(checker, rule, kind, example)
    try:
        report = _report(checker, example)
        previous = checker.load_report(example.previous) if example.previous is not None else None
        in_force = {effective.rule.id: effective for effective in checker.rule_set(report).rules}
        started = process_time()
        result = checker.judge(report, previous)
        seconds = process_time() - started
    except DisclosureRulesError as problem:
        return _unchecked(problem)
    if rule not in in_force:
        return Text(
            zh="规则不适用于这份报告（格式、年度、主体类别或地区不符）",
            en="the rule does not apply to this report (layout, year, body or region)",
        )
    if seconds > _MOST_SECONDS:
        return Text(
            zh=f"检查这个例子用了 {seconds:.1f} 秒处理器时间，上限是 {_MOST_SECONDS:.0f} 秒",
            en=f"checking it took {seconds:.1f} s of the processor; the bound is {_MOST_SECONDS:.0f} s",
        )
    others = [_Other(one.rule, one.severity, place_key(one.location), one.message) for one in result.findings]
    differing = _difference(result, in_force[rule], kind, example)
    return differing or _unsaid(checker, rule, others, example)


def slow_rules(checker: Checker, pack: RulePack) -> dict[str, float]:
    """The rules of a pack that take more than a second with a long report of some form, and the seconds they took.

    Every rule about one or two reports is tried, whatever years, bodies and regions it is for. An expression has no time
    of its own: what it may cost is bounded when it is bound.

    Args:
        checker: Has the pack.
        pack: The pack.
    """
    verbs = {rule.check: checker.verb(rule.check) for rule in pack.rules.values() if rule.check is not None}
    slow: dict[str, float] = {}
    for layout in checker.layouts.values():
        first = _seconds(checker, pack, layout, verbs)
        if any(taken > _MOST_SECONDS for taken in first.values()):
            again = _seconds(checker, pack, layout, verbs)  # a busy machine makes one run slow, hardly two
            least = {rule: min(taken, again[rule]) for rule, taken in first.items()}
            slow |= {rule: taken for rule, taken in least.items() if taken > _MOST_SECONDS}
    return slow


def _seconds(
    checker: Checker, pack: RulePack, layout: Layout, verbs: Mapping[str, Check]
) -> dict[str, float]:
    """The seconds that each rule of a pack with a verb takes for a long report of a form."""
    report = checker.load_report(long_report(layout))
    rules = tuple(
        EffectiveRule(rule=rule, pack=pack.manifest.id)
        for rule in pack.rules.values()
        if rule.check is not None and rule.scope != "collection"
        if rule.applies.layouts is None or layout.id in rule.applies.layouts
    )
    rule_set = checker.rule_set(report).model_copy(update={"rules": rules})
    forms = Forms(report.layout, {key: table.form for key, table in report.tables.items()})
    timings: dict[str, float] = {}
    program = build_program(rule_set, verbs, forms.tables, forms)
    run(program, report, checker.context(report, report), report, timings)
    return {rule.id: timings[rule.id] for rule in (one.rule for one in rules)}


def long_report(layout: Layout) -> dict[str, Any]:
    """A report in every cell and section of a form, much longer than any real one, as plain values."""
    tables = {
        table.key: {
            row.key: dict.fromkeys(row.columns or [column.key for column in table.columns], 7)
            for row in table.rows
        }
        for table in layout.tables
    }
    text = [_SENTENCE.format(n=100 + times) for times in range(_TIMES)]
    sections = {section.key: text for section in layout.sections}
    return {"layout": layout.id, "year": layout.to_year, "sections": sections, "tables": tables}


def told_of_example(checker: Checker, rule: str, example: Example) -> Text | None:
    """The first message that a rule has for an example; None where it finds nothing in it.

    Raises:
        ReadError: The example is no report.
        ValueError, KeyError: The roster of its batch is not as it must be.
    """
    if example.batch is not None:
        judged = judge_batch(checker, example)
        return next((one.message for one in judged.findings if one.rule == rule), None)
    previous = checker.load_report(example.previous) if example.previous is not None else None
    result = checker.judge(_report(checker, example), previous)
    return next((one.message for one in result.findings if one.rule == rule), None)


def judge_batch(checker: Checker, example: Example) -> Judged:
    """What the rules over a whole batch say of an example's batch.

    Raises:
        ValueError, KeyError: The roster of the example is not as it must be.
        ReadError: A report of it is not.
    """
    from disclosure_rules.batch.entries import packed  # noqa: PLC0415
    from disclosure_rules.batch.judge import collection_context, judge  # noqa: PLC0415  few rules need it
    from disclosure_rules.batch.store import Store  # noqa: PLC0415
    from disclosure_rules.batch.work import report_entry  # noqa: PLC0415
    from disclosure_rules.formatters.structured import to_compact_json  # noqa: PLC0415

    given = example.batch or {}
    entries = [RosterEntry.model_validate({"row": row, **one}) for row, one in enumerate(given["roster"], 1)]
    store = Store(None)
    for number, one in enumerate(given["reports"], 1):
        stated = {key: value for key, value in one.items() if key != "file"}
        report = checker.load_report(stated)
        entry = report_entry("now", str(one.get("file", f"{number}.yaml")), report)._replace(
            sha256=sha256(repr(stated).encode()).hexdigest(),
            report=packed(to_compact_json(report, checker.layouts)),
        )
        store.write([entry])
    return judge(collection_context(store, Roster(entries=tuple(entries)), checker), checker)


def _run_batch_example(checker: Checker, rule: str, kind: Kind, example: Example) -> Text | None:
    """What is wrong with an example of a rule over a whole batch."""
    try:
        judged = judge_batch(checker, example)
    except (ValueError, KeyError, DisclosureRulesError) as problem:
        return _unchecked(problem)
    found = sorted({finding.body or "" for finding in judged.findings if finding.rule == rule})
    stayed_open = any(one.rule == rule for one in judged.open)
    ended = _ended(found, stayed_open=stayed_open, passed=True)
    others = [_Other(one.rule, one.severity, one.body or "", one.message) for one in judged.findings]
    return _compared(found, kind, example, ended=ended) or _unsaid(checker, rule, others, example)


def _unchecked(problem: Exception) -> Text:
    zh = problem.text("zh") if isinstance(problem, DisclosureRulesError) else str(problem)
    return Text(zh=f"这个例子无法检查：{zh}", en=f"the example cannot be checked: {problem}")


class _Other(NamedTuple):
    """What a rule found in an example."""

    rule: str
    severity: Severity
    place: str
    message: Text


def _unsaid(checker: Checker, rule: str, found: Iterable[_Other], example: Example) -> Text | None:
    """The first rule that finds something in an example which does not say so, or does not and is said to."""
    lineage = {pack.manifest.id for pack in checker.chain(rule.split("/", 1)[0])}
    others = [one for one in found if one.rule != rule and one.rule.split("/", 1)[0] in lineage]
    for other in others:
        grave = other.severity.rank >= Severity.WARNING.rank
        left_out = other.rule.rsplit("-", 1)[-1] in _LEFT_OUT
        if grave and not left_out and other.rule not in example.also:
            return Text(
                zh=f"另一条规则 {other.rule} 也在 {other.place} 发现问题：{other.message.zh}"
                f"请改例子；确应如此的，在例子中写 also: [{other.rule}]",
                en=f"another rule, {other.rule}, finds something at {other.place}: {other.message.en} "
                f"Mend the example; where it is meant, write also: [{other.rule}]",
            )
    idle = sorted(set(example.also) - {one.rule for one in others})
    if idle:
        return Text(
            zh=f"also 中的 {idle[0]} 在这个例子中没有发现问题，请删去",
            en=f"{idle[0]} in `also` finds nothing in this example; remove it",
        )
    return None


def _unmoved(checker: Checker, rule: str, example: Example) -> Text | None:
    """Why a passing example shows nothing; None where some change of it keeps the rule from passing."""
    if example.report is None:
        return None
    for report in mutants(example.report):
        try:
            result = checker.check(report, previous=example.previous)
        except DisclosureRulesError:
            continue  # a change that makes it no report at all
        if rule not in result.passed:
            return None
    return Text(
        zh="例子改动任何一处，规则都照样通过：它没有显示规则要求什么",
        en="whatever is changed in the example, the rule passes: it does not show what the rule demands",
    )


def _report(checker: Checker, example: Example) -> Report:
    if example.report is not None:
        return checker.load_report(example.report)
    return checker.load_report((example.document or "").encode(), name=example.name)


def _difference(result: CheckResult, effective: EffectiveRule, kind: Kind, example: Example) -> Text | None:
    rule = effective.rule.id
    fault = next((fault for fault in result.faults if fault.rule == rule), None)
    if fault is not None:
        return fault.message
    findings = [finding for finding in result.findings if finding.rule == rule]
    unfilled = next((match[0] for one in findings if (match := _UNFILLED.search(_words(one)))), None)
    if unfilled is not None:
        return Text(
            zh=f"这里没有 {unfilled} 的值，看报告的人会读到占位符",
            en=f"the verb gives no value for {unfilled} here, so officials would read the placeholder",
        )
    found = sorted({place_key(finding.location) for finding in findings})
    stayed_open = any(entry.rule == rule for entry in result.open)
    return _compared(
        found, kind, example, ended=_ended(found, stayed_open=stayed_open, passed=rule in result.passed)
    )


def _words(finding: Finding) -> str:
    told = (finding.message, finding.suggestion)
    return " ".join(f"{text.zh} {text.en}" for text in told if text is not None)


def _ended(found: list[str], *, stayed_open: bool, passed: bool) -> Outcome:
    if found:
        return Outcome.FAIL
    if stayed_open:
        return Outcome.OPEN
    return Outcome.PASS if passed else Outcome.NOT_APPLICABLE


def _compared(found: list[str], kind: Kind, example: Example, *, ended: Outcome) -> Text | None:
    wanted = {"pass": Outcome.PASS, "fail": Outcome.FAIL, "open": Outcome.OPEN, "missed": Outcome.FAIL}[kind]
    if kind == "missed":
        # A known miss: the day the rule finds it, the example must move to `fail`.
        moved = Text(
            zh="规则现在能发现了：请把例子移到 fail", en="the rule finds this now: move the example to `fail`"
        )
        return moved if ended is wanted else None
    places = ", ".join(found)
    if ended is not wanted:
        return Text(
            zh=f"规则的结果是 {ended.value}{f'（{places}）' if found else ''}，例子写的是 {wanted.value}",
            en=f"the rule ended in {ended.value}{f' at {places}' if found else ''}, the example says {wanted.value}",
        )
    if kind == "fail" and example.finds is not None and sorted(set(example.finds)) != found:
        said = ", ".join(sorted(example.finds))
        return Text(
            zh=f"发现于 {places}，例子的 finds 写的是 {said}",
            en=f"found at {places}; the example says {said}",
        )
    return None

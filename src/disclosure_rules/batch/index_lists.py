"""The lists of the index of a batch: its bodies, what was found by rule, and what is wrong between reports."""

from __future__ import annotations

from itertools import groupby, islice
from typing import TYPE_CHECKING, NamedTuple

from disclosure_rules.batch.charts import Part, bar, share
from disclosure_rules.batch.index_lines import STATES, way_to
from disclosure_rules.batch.joining import ROLES, words_of
from disclosure_rules.batch.waived import STATES as WAIVED
from disclosure_rules.formatters.html_words import LOOK, SEVERITY, SIGN, pick
from disclosure_rules.formatters.markup import Markup, tag
from disclosure_rules.model.rule import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from disclosure_rules.batch.index_lines import BodyLine, Gathered, Spoken
    from disclosure_rules.batch.report_files import Batch
    from disclosure_rules.model.collection import CollectionFinding
    from disclosure_rules.model.text import Lang

__all__ = ["Lists", "anchor", "named"]

_AT_ONCE = 100  # rows of a table
_MOST_BODIES = 20  # named in one line; the workbook has them all
_OFTEN = 0.2  # a rule that speaks of more of the reports is a bad rule, or tells of a practice that all share


def named(one: BodyLine) -> Markup | str:
    """A body's name, which leads to the page of its report where there is one."""
    return tag("a", one.body, href=one.line.page) if one.line else one.body


def anchor(rule: str) -> str:
    """The id of a rule's place in the list."""
    return f"rule-{rule.replace('/', '-')}"


class _Line(NamedTuple):
    """A rule in the list: its title, how many places it has, that number in words, and what is to be remarked."""

    rule: str
    title: str
    severity: Severity
    places: int
    number: str
    remark: str | None = None


class Lists:
    """The lists of one batch.

    Args:
        batch: The run.
        gathered: What was kept of its reports.
        late: The names of the reports that came late.
        lang: The language.
    """

    def __init__(self, batch: Batch, gathered: Gathered, late: frozenset[str], lang: Lang) -> None:
        self._batch = batch
        self._gathered = gathered
        self._late = late
        self._lang = lang

    def _say(self, zh: str, en: str) -> str:
        return pick(self._lang, zh, en)

    def body_table(self, bodies: Iterator[BodyLine]) -> Iterator[Markup]:
        """The bodies, one a row, in tables of so many that a browser lays out only those in sight."""
        heads = [self._say("单位", "body"), self._say("状态", "status")]
        heads += [words(self._lang) for words in SEVERITY.values()]
        heads += [self._say("公布", "published"), self._say("期限", "due"), self._say("上级", "superior")]
        heads.append(self._say("文件", "file"))
        head = tag("thead", tag("tr", (tag("th", one, scope="col") for one in heads)))
        yield Markup('<div class="scroll" tabindex="0" role="region" aria-labelledby="bodies">')
        while some := list(islice(bodies, _AT_ONCE)):
            rows = tag("tbody", (self._body_row(one) for one in some))
            yield tag("div", tag("table", head, rows, class_="bodies"), class_="some")
        yield Markup("</div>")

    def _body_row(self, one: BodyLine) -> Markup:
        counts = one.line.counts if one.line else ()
        has = " ".join(LOOK[severity] for severity, count in zip(Severity, counts, strict=False) if count)
        outside = one.outside(self._lang) if one.outside else None
        tardy = self._say("逾期", "late") if one.file in self._late else None
        return tag(
            "tr",
            tag("th", named(one), scope="row"),
            tag(
                "td",
                tag("span", STATES[one.state](self._lang), class_=f"state {one.state}"),
                *(tag("span", words, class_="state late") for words in (tardy, outside) if words),
            ),
            (
                tag("td", str(count or ""), class_=LOOK[severity] if count else None)
                for severity, count in zip(Severity, counts or (0,) * len(Severity), strict=True)
            ),
            tag("td", one.published),
            tag("td", one.due),
            tag("td", one.superior),
            tag("td", one.file, class_="file"),
            data_s=one.state,
            data_w=has or None,
        )

    def rules(self, reports: int) -> Iterator[Markup]:
        """The rules that found something, each with the reports; `reports` is how many were read."""
        order = list(Severity)
        spoken = sorted(
            self._gathered.rules.items(),
            key=lambda item: (order.index(item[1].severity), -item[1].count, item[0]),
        )
        most = max((one.count for _, one in spoken), default=0)
        for rule, one in spoken:
            yield self._rule(rule, one, most, reports)

    def _rule(self, rule: str, spoken: Spoken, most: int, reports: int) -> Markup:
        count = spoken.count
        spread = count > reports * _OFTEN
        often = self._say("普遍：先看几份", "frequent: look at a few first") if spread else None
        number = f"{self._say(f'{count} 份', str(count))} · {share(count, reports)}"
        line = _Line(rule, spoken.title(self._lang), spoken.severity, count, number, often)
        places = (self._where(*place) for place in spoken.places)
        more = count - len(spoken.places)
        rest = tag("p", self._say(f"另有 {more} 份，见 findings.csv", f"and {more} more: see findings.csv"))
        return self._folded(line, most, tag("ul", places, class_="places many"), rest if more else None)

    def _folded(self, line: _Line, most: int, places: Markup, rest: Markup | None = None) -> Markup:
        """A rule as one line, which opens to its places; what is an error is open already.

        The bar is as long as its count is of `most`.
        """
        look = LOOK[line.severity]
        remark = tag("span", line.remark, class_="state often") if line.remark else None
        return tag(
            "details",
            tag(
                "summary",
                tag("span", SIGN[line.severity](self._lang), class_=f"badge {look}"),
                tag("span", line.title, remark, class_="name"),
                bar([Part(line.places, look, "")], most),
                tag("span", line.number, class_="number"),
            ),
            tag("p", tag("code", line.rule)),
            places,
            rest,
            class_="rule",
            id=anchor(line.rule),
            open="" if line.severity is Severity.ERROR else None,
            data_w=look,
        )

    def _where(self, name: str, body: str | None, number: int, times: int) -> Markup:
        words = f" ×{times}" if times > 1 else None
        return tag("li", tag("a", body or name, href=f"{way_to(name, body)}#f{number}"), words)

    def _link(self, name: str, shown: str) -> Markup | str:
        """A report's name, or its body's, which leads to its page where there is one."""
        head = self._batch.store.head(name)
        return tag("a", shown, href=way_to(name, head.body)) if head else shown

    def between(self) -> Iterator[Markup]:
        """What is wrong between reports, what could not be decided, and what of the roster was not used."""
        judged = self._batch.judged
        if judged.findings:
            yield tag("h2", self._say("批次问题", "Between reports"), id="between")
            order = list(Severity)
            found = sorted(judged.findings, key=lambda one: (order.index(one.severity), one.rule))
            runs = [(rule, list(run)) for rule, run in groupby(found, key=lambda one: one.rule)]
            most = max(len(run) for _, run in runs)
            for rule, run in runs:
                yield self._run(rule, run, most)
        told = list(self._undecided())
        told += [f"{note.message(self._lang)}：{'、'.join(note.words)}" for note in self._batch.notes]
        if told:
            heading = self._say(
                "未能判断的，和名册、清单中需要注意的",
                "Not decided, and what to mind of the roster and the list",
            )
            yield tag(
                "details",
                tag("summary", tag("h2", f"{heading} ", tag("small", str(len(told))))),
                tag("ul", (tag("li", words) for words in told), class_="remarks"),
            )

    def _undecided(self) -> Iterator[str]:
        """What could not be decided, those of one rule for one reason together, with the bodies."""
        names = {entry.row: entry.name for entry in self._batch.context.roster}
        found: dict[str, dict[str, None]] = {}
        for one in self._batch.judged.open:
            title = one.title(self._lang) if one.title else one.rule
            words = f"{title}{self._say('：', ': ')}{one.reason(self._lang)}"
            found.setdefault(words, {}).update(dict.fromkeys([names.get(one.row or 0, "")]))
        for words, bodies in found.items():
            named = [name for name in bodies if name]
            shown = "、".join(named[:_MOST_BODIES])
            more = self._say(f"等 {len(named)} 个单位", f" and others, {len(named)} bodies")
            told = f"{shown}{more if len(named) > _MOST_BODIES else ''}"
            yield f"{words}{self._say(f'（{told}）', f' ({told})')}" if named else words

    def waivers(self) -> Iterator[Markup]:
        """Every waiver of the run, with whether it holds, why, and who approved it."""
        told = self._batch.waivers
        if not told:
            return
        heading = self._say("豁免", "Waivers")
        say = self._say
        rows = (
            tag(
                "li",
                self._link(file, one.body) if file else one.body,
                f" {one.year} ",
                tag("code", one.rule),
                say("：", ": "),
                tag("b", WAIVED[state](self._lang)),
                say(
                    f"；{one.reason}（{one.approved_by}，有效至 {one.expires}）",
                    f"; {one.reason} ({one.approved_by}, until {one.expires})",
                ),
            )
            for one, state, file in told
        )
        yield tag(
            "details",
            tag("summary", tag("h2", f"{heading} ", tag("small", str(len(told))))),
            tag("ul", rows, class_="remarks"),
            open="" if any(one.state != "holds" for one in told) else None,
        )

    def parts(self) -> Iterator[Markup]:
        """The files that belong to a report with others, and what was done with them."""
        found = [one for one in self._batch.store.parts() if one.role != "main"]
        if not found:
            return
        heading = self._say("附件，和分在几个文件里的报告", "Attachments, and reports in several files")
        layouts = self._batch.context.layouts
        rows = (
            tag(
                "li",
                f"{part.name} → ",
                self._link(part.main, part.main),
                self._say("：", ": "),
                ROLES[part.role](self._lang),
                f"（{words_of(part.taken, layouts)(self._lang)}）" if part.taken else None,
            )
            for part in found
        )
        yield tag(
            "details",
            tag("summary", tag("h2", f"{heading} ", tag("small", str(len(found))))),
            tag("ul", rows, class_="remarks"),
        )

    def _run(self, rule: str, found: Sequence[CollectionFinding], most: int) -> Markup:
        first, count = found[0], len(found)
        number = self._say(f"{count} 处", str(count))
        line = _Line(rule, first.title(self._lang), first.severity, count, number)
        return self._folded(line, most, tag("ul", (self._found(one) for one in found), class_="places"))

    def _found(self, finding: CollectionFinding) -> Markup:
        files = (tag("li", self._link(name, name)) for name in finding.files)
        return tag(
            "li",
            tag("b", finding.body) if finding.body else None,
            tag("p", finding.message(self._lang)),
            tag("ul", files) if finding.files else None,
            class_="told",
        )

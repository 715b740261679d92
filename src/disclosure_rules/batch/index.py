"""`index.html`: a whole batch on one page, what matters first.

It fetches nothing. Its few lines of script only search and filter: without them it shows all of it.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

from disclosure_rules.batch.charts import Part, bar, legend, timeline
from disclosure_rules.batch.index_lines import STATES, body_lines, late
from disclosure_rules.batch.index_lists import Lists, anchor, named
from disclosure_rules.batch.index_seen import ASKED, MOST_NAMED, Seen
from disclosure_rules.batch.report_files import replaced
from disclosure_rules.batch.since import CHANGED, counts
from disclosure_rules.formatters.html import style
from disclosure_rules.formatters.html_words import LOOK, SEVERITY, SIGN, pick
from disclosure_rules.formatters.markup import Markup, foot, head, own_file, tag
from disclosure_rules.model.rule import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from disclosure_rules.batch.index_lines import Gathered
    from disclosure_rules.batch.index_seen import Most
    from disclosure_rules.batch.report_files import Batch
    from disclosure_rules.model.text import Lang

__all__ = ["write_index"]

_NAMED = 6  # of a list at the top, before the rest is folded away
_WORST = 10  # bodies with most to mend


def write_index(file: Path, batch: Batch, gathered: Gathered, lang: Lang) -> None:
    """Write the index; it is replaced only when all of it is written.

    Args:
        file: Where to.
        batch: The run.
        gathered: What was kept of its reports.
        lang: The language.

    Raises:
        UsageError: The file cannot be written.
    """
    index = _Index(batch, gathered, lang)
    script = _script()
    with replaced(file) as page:
        page.write(head(index.title, style() + _style(), lang, script))
        page.write("<main>")
        page.writelines(f"{part}\n" for part in index.parts())
        page.write("</main>\n")
        page.write(foot(script))


@cache
def _style() -> str:
    return own_file("disclosure_rules.batch", "index.css")


@cache
def _script() -> str:
    return own_file("disclosure_rules.batch", "index.js")


class _Index:
    """The parts of one index."""

    def __init__(self, batch: Batch, gathered: Gathered, lang: Lang) -> None:
        self._batch = batch
        self._gathered = gathered
        self._lang = lang
        self._late = late(batch, gathered)
        self._reports = len(batch.context.submitted)
        self._seen = Seen(self._late)
        for one in body_lines(batch):
            self._seen.add(one)
        year = batch.context.year
        self.title = pick(
            lang,
            f"{f'{year} 年' if year else ''}政府信息公开工作年度报告 · 批次检查结果",
            f"Annual reports{f' of {year}' if year else ''}: what the batch came to",
        )

    def _say(self, zh: str, en: str) -> str:
        return pick(self._lang, zh, en)

    def parts(self) -> Iterator[Markup]:
        """The page from top to bottom."""
        yield tag("header", tag("h1", self.title), tag("p", self._sum(), class_="about"))
        yield from self._since()
        yield self._first()
        charts = (self._states(), self._severities(), self._worst(), self._spread(), self._published())
        yield tag("div", charts, class_="charts")
        yield self._tools()
        yield tag("h2", self._say("各单位", "Bodies"), " ", tag("small", str(self._seen.bodies)), id="bodies")
        lists = Lists(self._batch, self._gathered, self._late, self._lang)
        yield from lists.body_table(body_lines(self._batch))
        yield tag("h2", self._say("各类问题", "Findings by rule"), id="rules")
        yield tag(
            "p", self._say("点开一条规则，看涉及的单位。", "Open a rule to see the bodies."), class_="about"
        )
        yield from lists.rules(self._reports)
        yield from lists.between()
        yield from lists.waivers()
        yield from lists.parts()

    def _sum(self) -> str:
        parts = sum(1 for _ in self._batch.parts())
        files, roster = self._reports + self._seen.states["unread"] + parts, len(self._batch.context.roster)
        came = len(self._batch.context.by_row)
        zh, en = (
            f"{files} 个文件，读出 {self._reports} 份报告",
            f"{files} files, {self._reports} reports read",
        )
        if parts:
            zh, en = f"{zh}，附件 {parts} 个", f"{en}, {parts} attachments"
        if roster:
            zh, en = (
                f"名册 {roster} 个单位，收到 {came} 个 · {zh}",
                f"{came} of {roster} bodies came in · {en}",
            )
        return self._say(zh, en)

    def _since(self) -> Iterator[Markup]:
        """What has changed since an earlier run, in numbers; one by one it stands in the workbook."""
        if self._batch.earlier is None:
            return
        found = counts(self._batch.changes())
        parts = (
            tag("li", words(self._lang), " ", tag("b", str(found[state]))) for state, words in CHANGED.items()
        )
        told = self._batch.other_rules()
        yield tag(
            "section",
            tag("h2", self._say("与上次相比", "Since the earlier run")),
            tag("ul", parts, class_="parts"),
            tag("p", told(self._lang), class_="about") if told else None,
            class_="chart wide",
        )

    def _first(self) -> Markup:
        """What matters first: each group as a number and the bodies it is about."""
        seen = self._seen
        between = Counter(one.title(self._lang) for one in self._batch.judged.findings)
        titles = (
            tag("li", f"{title} ", tag("b", str(count))) for title, count in between.most_common(_NAMED)
        )
        link = tag("a", self._say("逐条查看", "see each"), href="#between")
        return tag(
            "div",
            self._group(self._say("未交", "Missing"), seen.missing, "missing"),
            self._group(self._say("逾期", "Late"), seen.tardy, "late"),
            self._group(self._say("有错误", "With errors"), seen.wrong, "fail"),
            self._group(
                self._say("没有读出或不能确定是谁的", "Not read, or doubtful whose"), seen.unread, "doubtful"
            ),
            tag(
                "section",
                tag("h2", tag("b", str(between.total())), self._say("批次问题", "Between reports")),
                tag("ul", titles) if between else None,
                tag("p", link) if between else None,
                class_=f"group {'between' if between else 'none'}",
            ),
            class_="first",
        )

    def _group(self, title: str, found: Most, look: str) -> Markup:
        bodies = found.first(MOST_NAMED)
        rest, unnamed = bodies[_NAMED:], found.number - len(bodies)
        more = self._say(f"其余 {found.number - _NAMED} 个", f"{found.number - _NAMED} more")
        table = self._say(f"另有 {unnamed} 个，见“各单位”", f"and {unnamed} more: see the table of bodies")
        return tag(
            "section",
            tag("h2", tag("b", str(found.number)), title),
            tag("ul", (tag("li", named(one)) for one in bodies[:_NAMED])) if bodies else None,
            tag(
                "details",
                tag("summary", more),
                tag("ul", (tag("li", named(one)) for one in rest)),
                tag("p", tag("a", table, href="#bodies")) if unnamed else None,
            )
            if rest
            else None,
            class_=f"group {look if bodies else 'none'}",
        )

    def _states(self) -> Markup:
        parts = [Part(self._seen.states[key], key, words(self._lang)) for key, words in STATES.items()]
        heading = self._say("各单位的情况", "Bodies by status")
        return self._chart(heading, bar(parts, self._seen.bodies), legend(parts, self._seen.bodies))

    def _severities(self) -> Markup:
        told = self._gathered.severities
        parts = [Part(told[one], LOOK[one], words(self._lang)) for one, words in SEVERITY.items()]
        whole = told.total()
        heading = self._say("问题的严重程度", "Findings by severity")
        return self._chart(heading, bar(parts, whole), legend(parts, whole))

    def _chart(self, heading: str, *shown: Markup, class_: str = "chart") -> Markup:
        return tag("section", tag("h2", heading), shown, class_=class_)

    def _worst(self) -> Markup | None:
        """The bodies with most to mend: most errors, then warnings, then what is to be explained."""
        found = self._seen.to_mend.first(_WORST)
        if not found:
            return None
        shown = [(one, one.line.counts[:ASKED]) for one in found if one.line]
        most = max(sum(counts) for _, counts in shown)
        rows = (
            tag(
                "tr",
                tag("th", named(one), scope="row"),
                tag("td", bar(self._counted(counts), most)),
                tag(
                    "td",
                    " ".join(
                        f"{SIGN[s](self._lang)}{n}" for s, n in zip(Severity, counts, strict=False) if n
                    ),
                ),
            )
            for one, counts in shown
        )
        heading = self._say("最需要改的单位", "Bodies with most to mend")
        return self._chart(heading, tag("table", tag("tbody", rows), class_="bars"))

    def _spread(self) -> Markup | None:
        """The rules that speak of most reports."""
        found = sorted(self._gathered.rules.items(), key=lambda item: (-item[1].count, item[0]))[:_WORST]
        if not found:
            return None
        rows = (
            tag(
                "tr",
                tag("th", tag("a", spoken.title(self._lang), href=f"#{anchor(rule)}"), scope="row"),
                tag("td", bar([Part(spoken.count, LOOK[spoken.severity], "")], self._reports)),
                tag("td", self._say(f"{spoken.count} 份", str(spoken.count))),
            )
            for rule, spoken in found
        )
        heading = self._say("最普遍的问题（占全部报告）", "Most frequent findings, of all reports")
        return self._chart(heading, tag("table", tag("tbody", rows), class_="bars"))

    def _counted(self, counts: Sequence[int]) -> list[Part]:
        return [Part(count, LOOK[one], "") for one, count in zip(Severity, counts, strict=False)]

    def _published(self) -> Markup | None:
        year = self._batch.context.year
        days = self._seen.days
        if year is None or not days:
            return None
        came_late = sum(number for (_, tardy), number in days.items() if tardy)
        parts = [
            Part(days.total() - came_late, "in-time", self._say("未逾期", "not late")),
            Part(came_late, "late", self._say("逾期", "late")),
        ]
        heading = self._say("公布时间（按旬）", "When reports were published")
        return self._chart(
            heading, timeline(days, year, self._lang), legend(parts, days.total()), class_="chart wide"
        )

    def _tools(self) -> Markup:
        """Search and filters; the script shows them, since without it they would do nothing."""
        states = (tag("option", words(self._lang), value=key) for key, words in STATES.items())
        severities = (
            tag("option", self._say(f"有{words.zh}", f"with {words.en}"), value=LOOK[one])
            for one, words in SEVERITY.items()
        )
        every = self._say("全部", "all")
        return tag(
            "form",
            tag(
                "label",
                self._say("查找", "Search"),
                tag(
                    "input",
                    type="search",
                    id="q",
                    placeholder=self._say("单位、文件、问题", "body, file, finding"),
                ),
            ),
            tag(
                "label",
                self._say("状态", "Status"),
                tag("select", tag("option", every, value=""), states, id="s"),
            ),
            tag(
                "label",
                self._say("问题", "Findings"),
                tag("select", tag("option", every, value=""), severities, id="w"),
            ),
            tag("output", id="n", aria_live="polite"),
            class_="tools",
            hidden="",
            id="tools",
        )

"""The choices of a run. Facts come from the report and law from the packs; what blocks is for whoever runs the check."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import Literal

from disclosure_rules.model.rule import Basis, Severity
from disclosure_rules.model.text import Frozen, Lang, Text

__all__ = ["PROFILES", "Ignored", "Profile", "Relevelled", "ScoreItem", "Scoring"]


class Ignored(Frozen):
    """Rules whose findings are not told, and why; `rule` is an id or a pattern (`cn/publication/*`)."""

    rule: str
    reason: str


class Relevelled(Frozen):
    """Rules whose findings weigh otherwise in this run, and why; `rule` is an id or a pattern."""

    rule: str
    severity: Severity
    reason: str


class ScoreItem(Frozen):
    """What costs points: a finding of one of some rules, once a report or once a root cause.

    An item without rules cannot be seen from a report: it is told with the score, and a person must judge it.
    """

    title: Text
    points: int
    rules: tuple[str, ...] = ()
    per: Literal["report", "cause"] = "report"


class Scoring(Frozen):
    """A marking scheme: so many points, less what the items cost, never below 0."""

    total: int
    basis: tuple[Basis, ...] = ()
    items: tuple[ScoreItem, ...]


class Profile(Frozen):
    """What is told and what blocks.

    Attributes:
        name: Its name.
        title: What it is for.
        fail_on: A report with a finding of this severity or above fails.
        open_blocks: Whether a rule of such a severity that could not be decided makes the check incomplete.
        select: Ids or patterns of the rules that are asked; empty for all.
        ignore: Rules that are not told.
        levels: Rules that weigh otherwise; the last that fits counts.
        lang: The language of what people read; None for that of the command.
        scoring: How the report is marked; None for no marks.
    """

    name: str = "default"
    title: Text | None = None
    fail_on: Severity = Severity.ERROR
    open_blocks: bool = True
    select: tuple[str, ...] = ()
    ignore: tuple[Ignored, ...] = ()
    levels: tuple[Relevelled, ...] = ()
    lang: Lang | None = None
    scoring: Scoring | None = None

    def ignored(self, rule: str) -> Ignored | None:
        """Why the findings of a rule are not told; None where they are."""
        if self.select and not any(fnmatchcase(rule, pattern) for pattern in self.select):
            return Ignored(rule=rule, reason="select")
        return next((one for one in self.ignore if fnmatchcase(rule, one.rule)), None)

    def level(self, rule: str, severity: Severity) -> Severity:
        """How much a finding of a rule weighs in this run."""
        fitting = [one.severity for one in self.levels if fnmatchcase(rule, one.rule)]
        return fitting[-1] if fitting else severity


# The profiles that are shipped, by name.
PROFILES = {
    profile.name: profile
    for profile in (
        Profile(title=Text(zh="缺省：错误即不通过", en="The usual one: an error fails the report")),
        Profile(
            name="strict",
            title=Text(zh="从严：警告也不通过", en="Warnings fail the report too"),
            fail_on=Severity.WARNING,
        ),
        Profile(
            name="drafting",
            title=Text(zh="起草：不看公布日期", en="While it is written: nothing about publication"),
            ignore=(Ignored(rule="*/publication/*", reason="起草阶段尚未公布"),),
        ),
        Profile(
            name="gate",
            title=Text(
                zh="报送关口：只拦错误，不看公布日期", en="Before submission: errors block, dates do not"
            ),
            ignore=(Ignored(rule="*/publication/*", reason="报送时尚未公布"),),
        ),
    )
}

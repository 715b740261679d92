"""Compliance checker for China's government information disclosure annual reports (政府信息公开工作年度报告)."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from disclosure_rules.batch.many import check_many
    from disclosure_rules.errors import DisclosureRulesError, PackError, PluginError, ReadError
    from disclosure_rules.hookspecs import hookimpl
    from disclosure_rules.model.profile import Profile
    from disclosure_rules.model.report import Report
    from disclosure_rules.model.result import CheckResult, CitedBasis, Evidence, Finding, Satisfied, Undecided
    from disclosure_rules.model.rule import Severity
    from disclosure_rules.packs.waivers import read_waivers
    from disclosure_rules.pipeline import Checker, Overrule, check, load_report

__all__ = [
    "CheckResult",
    "Checker",
    "CitedBasis",
    "DisclosureRulesError",
    "Evidence",
    "Finding",
    "Overrule",
    "PackError",
    "PluginError",
    "Profile",
    "ReadError",
    "Report",
    "Satisfied",
    "Severity",
    "Undecided",
    "check",
    "check_many",
    "hookimpl",
    "load_report",
    "read_waivers",
]

_HOMES = {
    "batch.many": ("check_many",),
    "errors": ("DisclosureRulesError", "PackError", "PluginError", "ReadError"),
    "hookspecs": ("hookimpl",),
    "model.profile": ("Profile",),
    "model.report": ("Report",),
    "model.result": ("CheckResult", "CitedBasis", "Evidence", "Finding", "Satisfied", "Undecided"),
    "model.rule": ("Severity",),
    "packs.waivers": ("read_waivers",),
    "pipeline": ("Checker", "Overrule", "check", "load_report"),
}


def __getattr__(name: str) -> Any:  # noqa: ANN401  the module's own names, each of its own type
    # Names are imported when they are first used, so that `import disclosure_rules.errors` costs nothing more.
    for home, names in _HOMES.items():
        if name in names:
            from importlib import import_module  # noqa: PLC0415

            return getattr(import_module(f"{__name__}.{home}"), name)
    msg = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(msg)

"""The whole flow on one screen: input → Report → RuleSet → CheckResult."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from disclosure_rules.checks.context import CheckContext
from disclosure_rules.engine import assemble, build_program, run
from disclosure_rules.identify import identify
from disclosure_rules.ingest.recognise import recognise
from disclosure_rules.ingest.sniff import read_bytes, read_file
from disclosure_rules.ingest.structured import build_from_mapping, build_report
from disclosure_rules.model.document import Document
from disclosure_rules.model.profile import Profile
from disclosure_rules.model.report import Report
from disclosure_rules.plugins import Plugins

if TYPE_CHECKING:
    from disclosure_rules.engine import Program
    from disclosure_rules.model.body import BodyKind
    from disclosure_rules.model.pack import RuleSet
    from disclosure_rules.model.result import CheckResult

__all__ = ["Checker", "Overrule", "check", "load_report"]

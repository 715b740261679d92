"""RuleSet × Report → CheckResult. This room knows no file format, no pack folder and no verb by name."""

from disclosure_rules.engine.program import Forms, Program, build_program
from disclosure_rules.engine.result import assemble
from disclosure_rules.engine.run import run
from disclosure_rules.engine.words import Teller

__all__ = ["Forms", "Program", "Teller", "assemble", "build_program", "run"]

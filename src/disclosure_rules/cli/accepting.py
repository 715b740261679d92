"""`--waivers` and `--baseline`: what the operator of a run accepts, read as soon as it is named."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from disclosure_rules.accepted import Baseline
from disclosure_rules.errors import PackError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from disclosure_rules.model.waiver import Waiver

__all__ = ["baseline_option", "waivers_option"]


def waivers_option(function: Callable[..., object]) -> Callable[..., object]:
    """`--waivers FILE`, as the waivers that it holds."""
    return click.option(
        "--waivers",
        type=click.Path(),
        metavar="FILE",
        callback=lambda _context, _option, file: _waivers(file),
        help="豁免清单 waivers.yaml · Accepted findings.",
    )(function)


def baseline_option(function: Callable[..., object]) -> Callable[..., object]:
    """`--baseline FILE`, as the `Baseline` that it is."""
    return click.option(
        "--baseline",
        type=click.Path(),
        metavar="FILE",
        callback=lambda _context, _option, file: Baseline.read(Path(file)) if file else None,
        help="以前的 JSON 结果，只看新问题 · Earlier result.",
    )(function)


def _waivers(file: str | None) -> tuple[Waiver, ...]:
    if file is None:
        return ()
    from disclosure_rules.packs.waivers import read_waivers  # noqa: PLC0415  few runs have any

    try:
        return read_waivers(Path(file))
    except PackError as problem:  # none of a pack: whoever runs the check is to mend their list
        zh, en = f"豁免清单有误：{problem.zh}", f"the waivers are not as they must be: {problem.en}"
        raise UsageError(zh, en, place=problem.place, code="bad-waivers") from problem

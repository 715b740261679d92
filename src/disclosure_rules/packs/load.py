"""Packs as the rest of the library gets them: all of a pack or nothing, the first mistake raised."""

from __future__ import annotations

from typing import TYPE_CHECKING

from disclosure_rules.errors import PackError
from disclosure_rules.model.layout import Layout
from disclosure_rules.model.rule import Examples
from disclosure_rules.packs.content import PackContent
from disclosure_rules.packs.read import read_pack
from disclosure_rules.packs.source import Source, read_text, suggestion

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from disclosure_rules.model.pack import RulePack
    from disclosure_rules.packs.examine import Checks

__all__ = ["load_content", "load_examples", "load_layouts", "load_pack", "read_examples"]


def load_pack(folder: Path, inherited: Sequence[RulePack] = (), *, checks: Checks | None = None) -> RulePack:
    """The pack in `folder`; the other arguments and the errors are those of `load_content`."""
    return load_content(PackContent(folder), inherited, checks=checks)


def load_content(
    content: PackContent, inherited: Sequence[RulePack] = (), *, checks: Checks | None = None
) -> RulePack:
    """Load a pack, all of it or nothing.

    Args:
        content: The pack's files.
        inherited: The packs that it extends, base first.
        checks: The verbs that rules may call; None leaves verbs and their params unchecked.

    Raises:
        PackError: The first mistake, by place, and how many more there are.
    """
    pack, problems, _ = read_pack(content, inherited, checks=checks)
    if pack is not None and not problems:
        content.keep()
        return pack
    first, more = problems[0], len(problems) - 1
    if not more:
        raise first
    raise PackError(
        f"{first.zh}（规则包另有 {more} 处错误）",
        f"{first.en} (and {more} more in this pack)",
        place=first.place,
        code=first.code,
    )


def load_layouts(folder: Path) -> dict[str, Layout]:
    """The layouts of the pack in `folder` alone, by id.

    Raises:
        PackError: A file is no layout.
    """
    content = PackContent(folder)
    problems = content.problems
    layouts = [source.model(Layout, source.data, problems) for source in content.layouts()]
    if problems:
        raise problems[0]
    return {layout.id: layout for layout in layouts if layout is not None}


def load_examples(path: Path) -> Examples:
    """The examples of a rule, which `load_pack` leaves unparsed.

    Args:
        path: The rule's file (`RulePack.files`).

    Raises:
        PackError: They are not as a rule's examples must be.
    """
    holder = path.parent.parent.parent.parent  # of rules/cn/requests/unbalanced.yaml
    place = path.relative_to(holder).as_posix()
    text, rest = read_text(path, place, cut_examples=True)
    problems: list[PackError] = []
    examples = read_examples(Source(path, place, text, rest, {}), problems)
    if problems:
        raise problems[0]
    return examples


def read_examples(source: Source, problems: list[PackError]) -> Examples:
    """The examples in a rule's file; each mistake is added to `problems`."""
    if not source.rest:
        return Examples()
    # Empty lines in place of the rule keep the line numbers of messages true.
    text = "\n" * source.text.count("\n") + source.rest
    try:
        alone = Source.parse(source.path, source.place, text)
    except PackError as problem:
        problems.append(problem)
        return Examples()
    if "examples" not in alone.data:  # `examples::` is another key
        key = next(iter(alone.data))
        zh, en = suggestion(key, ["examples"])
        problems.append(
            alone.error(
                "unknown-key",
                f"没有「{key[:60]}」这个键{zh}",
                f"there is no key '{key[:60]}'{en}",
                (key,),
                key=True,
            )
        )
        return Examples()
    return alone.model(Examples, alone.data["examples"], problems, ("examples",)) or Examples()

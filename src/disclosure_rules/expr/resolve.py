"""A path in an expression → what it stands for, or an error that names what was probably meant."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, NamedTuple

from disclosure_rules.expr.syntax import MAX_PATH

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from disclosure_rules.errors import ExpressionError
    from disclosure_rules.expr.names import Names
    from disclosure_rules.expr.slots import Slot
    from disclosure_rules.expr.syntax import Source

__all__ = ["Resolver", "Variable", "suggestion"]

_SHOWN = 40
_OPTIONS = 4


class Variable(NamedTuple):
    """What an `each` variable stands for in one instance: a slot, or (for a column) only a key."""

    path: str
    key: str
    slot: Slot | None


def suggestion(word: str, options: Iterable[str]) -> tuple[str, str]:
    """`did you mean …` in Chinese and English; empty where nothing is near."""
    import difflib  # noqa: PLC0415  needed only for an error; a check of a good pack starts without it

    near = difflib.get_close_matches(word, list(options), n=1, cutoff=0.6)
    return (f"；是否想写 {near[0]}？", f"; did you mean {near[0]}?") if near else ("", "")


class Resolver:
    """Resolves paths against the names of a form and the `each` variables of one instance."""

    def __init__(self, names: Names, variables: Mapping[str, Variable]) -> None:
        self.names = names
        self.variables = variables

    def resolve(self, source: Source, node: ast.expr) -> Slot | tuple[Slot, ...]:
        """The one thing that a path names, or the cells of the group that it names.

        Raises:
            ExpressionError: It is no path, too long, or names nothing of this form.
        """
        segments = self._segments(source, node)
        first, _ = segments[0]
        variable = self.variables.get(first)
        if variable is not None:
            if len(segments) == 1 and variable.slot is not None:
                return variable.slot
            raise source.error_at(
                node,
                f"{first} 代表 {variable.path}：请写成下标，如 requests.received[{first}]",
                f"{first} stands for {variable.path}: write it as an index, such as requests.received[{first}]",
                code="unknown-name",
            )
        path = self.names.plain(tuple(word for word, _ in segments))
        slot = self.names.slot(path)
        if slot is not None:
            return slot
        group = self.names.group(path)
        if group:
            return group
        raise self._unknown(source, path, [node for _, node in segments])

    def _segments(self, source: Source, node: ast.expr) -> list[tuple[str, ast.expr]]:
        """The words of a path with the nodes that hold them, `each` variables replaced by their keys."""
        segments: list[tuple[str, ast.expr]] = []
        here: ast.expr = node
        while not isinstance(here, ast.Name):
            if isinstance(here, ast.Attribute):
                segments.append((here.attr, here))
            elif isinstance(here, ast.Subscript):
                segments.append((self._key(source, here.slice), here.slice))
            else:
                raise source.error_at(
                    here,
                    "这里只能写名称，如 requests.received.total",
                    "only a name can stand here, such as requests.received.total",
                )
            here = here.value
            if len(segments) >= MAX_PATH:
                raise source.error_at(
                    node, f"名称最多 {MAX_PATH} 段", f"a name has at most {MAX_PATH} parts", code="too-big"
                )
        segments.append((here.id, here))
        return segments[::-1]

    def _key(self, source: Source, index: ast.expr) -> str:
        variable = self.variables.get(index.id) if isinstance(index, ast.Name) else None
        if variable is None:
            zh, en = suggestion(source.segment(index)[:_SHOWN], self.variables)
            raise source.error_at(
                index,
                f"方括号里只能写 each 的变量，其他请用点号，如 requests.received.total{zh}",
                f"only a variable of `each` stands in brackets; otherwise write requests.received.total{en}",
                code="unknown-name",
            )
        return variable.key

    def _unknown(self, source: Source, path: tuple[str, ...], nodes: list[ast.expr]) -> ExpressionError:
        """Which part of `path` is wrong, and what may stand there."""
        for i, word in enumerate(path):
            options = self.names.continuations(path[:i])
            if word in options:
                continue
            if i == 0 and word == "previous":
                raise source.error(
                    "只有 scope: years 的规则才能引用上一年报告（previous）",
                    "only a rule with `scope: years` may name last year's report (previous)",
                    _place(source, nodes[i]),
                    code="unknown-name",
                )
            before = ".".join(path[:i])
            where_zh, where_en = (f" {before} 里", f"in {before}") if before else ("", "here")
            if i == 0:
                options = (*options, *self.variables)
            zh, en = suggestion(word, options)
            earlier = path[0] == "previous" and self.names.previous is not None
            form = (self.names.previous if earlier and self.names.previous else self.names).layout.id
            return source.error(
                f"{form} 格式的{where_zh}没有 {word}{zh}",
                f"there is no {word} {where_en} (form {form}){en}",
                _place(source, nodes[i]),
                code="unknown-name",
            )
        options = self.names.continuations(path)
        return source.error(
            f"{'.'.join(path)} 不完整：后面要写 {'、'.join(options[:_OPTIONS])} 等",
            f"{'.'.join(path)} is not complete: go on with {', '.join(options[:_OPTIONS])} …",
            _place(source, nodes[-1]),
            code="unknown-name",
        )


def _place(source: Source, node: ast.expr) -> int:
    """Where the word that `node` adds to its path begins: an attribute's node begins with the path."""
    return source.end(node) - len(node.attr) if isinstance(node, ast.Attribute) else source.position(node)

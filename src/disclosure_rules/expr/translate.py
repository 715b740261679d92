"""Python's syntax tree → a bound tree: the allow-list of the language, and its kinds of values."""

from __future__ import annotations

import ast
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from disclosure_rules.expr.resolve import Resolver, suggestion
from disclosure_rules.expr.slots import Slot
from disclosure_rules.expr.syntax import MAX_DEPTH, Source
from disclosure_rules.expr.tree import Kind, Node, Op

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

__all__ = ["FUNCTIONS", "MAX_FACTORS", "MAX_PLACES", "Translator"]

MAX_FACTORS = 16  # figures multiplied with each other: bounds the digits of a result
MAX_PLACES = 10

_COMPARISONS: dict[type[ast.cmpop], str] = {
    ast.Eq: "==", ast.NotEq: "!=", ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=",
}  # fmt: skip


class _Function(NamedTuple):
    least: int
    most: int | None
    build: Callable[[Translator, ast.Call, int], Node]


class Translator:
    """Translates the expressions of one instance.

    Args:
        resolver: Resolves paths.
        lets: The values of `let` that may be used, by name.
    """

    def __init__(self, resolver: Resolver, lets: Mapping[str, Node]) -> None:
        self._resolver = resolver
        self._lets = lets
        self._source = Source("", "")

    def number(self, source: Source, tree: ast.expr) -> Node:
        """A tree whose value is a number.

        Raises:
            ExpressionError: It is a condition, or not of this language.
        """
        self._source = source
        return self._number(tree, 0)

    def truth(self, source: Source, tree: ast.expr) -> Node:
        """A tree whose value is a condition.

        Raises:
            ExpressionError: It is a number, or not of this language.
        """
        self._source = source
        return self._truth(tree, 0)

    def _number(self, tree: ast.expr, depth: int) -> Node:
        node = self._any(tree, depth)
        if node.kind == "truth":
            raise self._source.error_at(
                tree, "这里要写数字，不是条件", "a number is wanted here, not a condition", code="kind"
            )
        return node

    def _truth(self, tree: ast.expr, depth: int) -> Node:
        node = self._any(tree, depth)
        if node.kind != "truth":
            raise self._source.error_at(
                tree,
                "这里要写条件，不是数字：请写出比较，如 a > 0",
                "a condition is wanted here, not a number: write a comparison, such as a > 0",
                code="kind",
            )
        return node

    def _any(self, tree: ast.expr, depth: int) -> Node:
        if depth > MAX_DEPTH:
            raise self._source.error_at(
                tree, "嵌套太深：请用 let 拆开", "nested too deeply: split it with let", code="too-big"
            )
        read = _NODES.get(type(tree))
        if read is None:
            raise self._source.error_at(
                tree,
                "只能写算式、比较、and/or/not 和函数",
                "only arithmetic, comparisons, and/or/not and functions can be written",
            )
        return read(self, tree, depth)

    def _conditions(self, tree: ast.BoolOp, depth: int) -> Node:
        args = [self._truth(value, depth + 1) for value in tree.values]
        return self._node(tree, "all" if isinstance(tree.op, ast.And) else "any", "truth", args)

    def _node(self, tree: ast.expr, op: Op, kind: Kind, args: Sequence[Node], *, name: str = "") -> Node:
        """A node of bounded size: `size` and `factors` follow from those of `args`."""
        if op in {"product", "ratio"}:
            factors = sum(arg.factors for arg in args)
        elif op == "sum" and kind == "fraction":
            # Adding fractions multiplies their denominators.
            factors = sum(arg.factors for arg in args if arg.kind == "fraction")
        else:
            factors = max(arg.factors for arg in args)
        if factors > MAX_FACTORS:
            raise self._source.error_at(
                tree,
                f"相乘（或相加的比值）太多：最多 {MAX_FACTORS} 个",
                f"too many factors or ratios: {MAX_FACTORS} at most",
                code="too-big",
            )
        size = 1 + sum(arg.size for arg in args)
        return Node(op, kind, tuple(args), name=name, size=size, factors=factors)

    def _constant(self, tree: ast.Constant) -> Node:
        if isinstance(tree.value, float):
            return Node("constant", "number", number=Decimal(self._source.segment(tree)))
        if type(tree.value) is int:
            return Node("constant", "number", number=tree.value)
        raise self._source.error_at(tree, "只有名称和数字", "there are only names and numbers")

    def _figure(self, tree: ast.Name | ast.Attribute | ast.Subscript) -> Node:
        if isinstance(tree, ast.Name):
            let = self._lets.get(tree.id)
            if let is not None:
                return Node("let", let.kind, name=tree.id, factors=let.factors)
            if tree.id in FUNCTIONS:
                raise self._source.error_at(
                    tree,
                    f"{tree.id} 是函数：请写 {tree.id}(…)",
                    f"{tree.id} is a function: write {tree.id}(…)",
                )
        slot = self._resolver.resolve(self._source, tree)
        if not isinstance(slot, Slot):
            raise self._source.error_at(
                tree,
                "这是一组单元格：请写 sum(…)、max(…)、min(…) 或 count(…)",
                "this is a group of cells: write sum(…), max(…), min(…) or count(…)",
                code="kind",
            )
        if slot.number < 0:
            raise self._source.error_at(
                tree,
                f"{slot.path} 不是数字：请写到列，或写 present(…)",
                f"{slot.path} is no number: name a column too, or write present(…)",
                code="kind",
            )
        return Node("figure", "number", slot=slot)

    def _chain(self, tree: ast.BinOp, depth: int) -> Node:
        """`a + b - c` or `a * b * c` as one node, so that a long sum is not a deep one."""
        adding = isinstance(tree.op, (ast.Add, ast.Sub))
        if not adding and not isinstance(tree.op, ast.Mult):
            raise self._source.error_at(tree, "只有 + - *", "there are only + - *")
        args: list[Node] = []
        here: ast.expr = tree
        while isinstance(here, ast.BinOp) and isinstance(here.op, (ast.Add, ast.Sub) if adding else ast.Mult):
            arg = self._number(here.right, depth + 1)
            args.append(self._negative(here.right, arg) if isinstance(here.op, ast.Sub) else arg)
            here = here.left
        args.append(self._number(here, depth + 1))
        return self._node(tree, "sum" if adding else "product", _kind(args), args[::-1])

    def _negative(self, tree: ast.expr, arg: Node) -> Node:
        if arg.op == "constant":
            return arg._replace(number=-arg.number)
        return self._node(tree, "negative", arg.kind, [arg])

    def _unary(self, tree: ast.UnaryOp, depth: int) -> Node:
        if isinstance(tree.op, ast.Not):
            return self._node(tree, "not", "truth", [self._truth(tree.operand, depth + 1)])
        if isinstance(tree.op, ast.USub):
            return self._negative(tree, self._number(tree.operand, depth + 1))
        raise self._source.error_at(tree, "数字前不写 +", "no + before a number")

    def _compare(self, tree: ast.Compare, depth: int) -> Node:
        operands = [self._any(part, depth + 1) for part in (tree.left, *tree.comparators)]
        pairs = []
        for i, op in enumerate(tree.ops):
            name = _COMPARISONS.get(type(op))
            if name is None:
                raise self._source.error_at(
                    tree, "比较只有 == != < <= > >=", "compare with == != < <= > >= only"
                )
            left, right = operands[i : i + 2]
            conditions = (left.kind == "truth") + (right.kind == "truth")
            if conditions == 1 or (conditions and name not in {"==", "!="}):
                raise self._source.error_at(
                    tree.comparators[i],
                    "条件和数字不能比较；两个条件之间只有 == 和 !=",
                    "a condition is not compared with a number; two conditions only by == and !=",
                    code="kind",
                )
            pairs.append(self._node(tree, "compare", "truth", [left, right], name=name))
        return pairs[0] if len(pairs) == 1 else self._node(tree, "all", "truth", pairs)

    def _call(self, tree: ast.Call, depth: int) -> Node:
        name = tree.func.id if isinstance(tree.func, ast.Name) else None
        function = FUNCTIONS.get(name) if name else None
        if function is None:
            zh, en = suggestion(name, FUNCTIONS) if name else ("", "")
            raise self._source.error_at(
                tree,
                f"没有这个函数；有 {'、'.join(FUNCTIONS)}{zh}",
                f"there is no such function; there are {', '.join(FUNCTIONS)}{en}",
                code="unknown-name",
            )
        if tree.keywords or any(isinstance(arg, ast.Starred) for arg in tree.args):
            raise self._source.error_at(
                tree, "参数逐个写出，用逗号分开", "write the arguments out, with commas"
            )
        count = len(tree.args)
        if count < function.least or (function.most is not None and count > function.most):
            wanted = f"{function.least}" if function.most == function.least else f"≥ {function.least}"
            raise self._source.error_at(
                tree,
                f"{name} 要 {wanted} 个参数，写了 {count} 个",
                f"{name} takes {wanted} arguments, not {count}",
            )
        return function.build(self, tree, depth)

    def _spread(self, tree: ast.Call, depth: int, *, conditions: bool = False) -> list[Node]:
        """The arguments of a call, each group of cells spelled out."""
        found: list[Node] = []
        for arg in tree.args:
            if isinstance(arg, (ast.Attribute, ast.Subscript)):
                slot = self._resolver.resolve(self._source, arg)
                if not isinstance(slot, Slot):
                    found.extend(Node("figure", "number", slot=one) for one in slot)
                    continue
            found.append(self._any(arg, depth + 1) if conditions else self._number(arg, depth + 1))
        return found

    def _aggregate(self, tree: ast.Call, depth: int, op: Literal["sum", "min", "max"]) -> Node:
        args = self._spread(tree, depth)
        return self._node(tree, op, _kind(args), args)

    def _count(self, tree: ast.Call, depth: int) -> Node:
        return self._node(tree, "count", "number", self._spread(tree, depth, conditions=True))

    def _abs(self, tree: ast.Call, depth: int) -> Node:
        arg = self._number(tree.args[0], depth + 1)
        return self._node(tree, "abs", arg.kind, [arg])

    def _ratio(self, tree: ast.Call, depth: int) -> Node:
        return self._node(tree, "ratio", "fraction", [self._number(arg, depth + 1) for arg in tree.args])

    def _round_to(self, tree: ast.Call, depth: int) -> Node:
        places = tree.args[1]
        if not (
            isinstance(places, ast.Constant) and type(places.value) is int and places.value <= MAX_PLACES
        ):
            raise self._source.error_at(
                places,
                f"小数位数写 0 到 {MAX_PLACES}",
                f"write the places as a number from 0 to {MAX_PLACES}",
            )
        node = self._node(tree, "round_to", "number", [self._number(tree.args[0], depth + 1)])
        return node._replace(number=places.value)

    def _implies(self, tree: ast.Call, depth: int) -> Node:
        return self._node(tree, "implies", "truth", [self._truth(arg, depth + 1) for arg in tree.args])

    def _status(self, tree: ast.Call, op: Literal["present", "blank"]) -> Node:
        slot = self._resolver.resolve(self._source, tree.args[0])
        kinds = {"cell"} if op == "blank" else {"cell", "fact", "year", "section", "table"}
        if not isinstance(slot, Slot) or slot.kind not in kinds:
            raise self._source.error_at(
                tree.args[0],
                "blank 里写一个单元格" if op == "blank" else "present 里写一个部分、表、单元格或数字",
                "blank takes one cell" if op == "blank" else "present takes a section, table, cell or fact",
                code="kind",
            )
        return Node(op, "truth", slot=slot)


def _kind(args: Sequence[Node]) -> Kind:
    return "fraction" if any(arg.kind == "fraction" for arg in args) else "number"


# The closed list of node types and of functions; nothing else is ever evaluated.
_NODES: Mapping[type[ast.expr], Callable[[Translator, Any, int], Node]] = {
    **dict.fromkeys((ast.Name, ast.Attribute, ast.Subscript), lambda self, tree, _depth: self._figure(tree)),
    ast.Constant: lambda self, tree, _depth: self._constant(tree),
    ast.BinOp: lambda self, tree, depth: self._chain(tree, depth),
    ast.UnaryOp: lambda self, tree, depth: self._unary(tree, depth),
    ast.Compare: lambda self, tree, depth: self._compare(tree, depth),
    ast.BoolOp: lambda self, tree, depth: self._conditions(tree, depth),
    ast.Call: lambda self, tree, depth: self._call(tree, depth),
}

FUNCTIONS: Mapping[str, _Function] = {
    "sum": _Function(1, None, lambda self, tree, depth: self._aggregate(tree, depth, "sum")),
    "min": _Function(1, None, lambda self, tree, depth: self._aggregate(tree, depth, "min")),
    "max": _Function(1, None, lambda self, tree, depth: self._aggregate(tree, depth, "max")),
    "count": _Function(1, None, lambda self, tree, depth: self._count(tree, depth)),
    "abs": _Function(1, 1, lambda self, tree, depth: self._abs(tree, depth)),
    "ratio": _Function(2, 2, lambda self, tree, depth: self._ratio(tree, depth)),
    "round_to": _Function(2, 2, lambda self, tree, depth: self._round_to(tree, depth)),
    "implies": _Function(2, 2, lambda self, tree, depth: self._implies(tree, depth)),
    "present": _Function(1, 1, lambda self, tree, _depth: self._status(tree, "present")),
    "blank": _Function(1, 1, lambda self, tree, _depth: self._status(tree, "blank")),
}

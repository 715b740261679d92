"""Instances → one function that tells which of them a report does not plainly satisfy.

The function's syntax tree is built here from bound trees; no text of a pack is ever in it, and every name in it
is one of ours. A report's numbers become local variables. An unknown figure raises as soon as it is touched, and
the instance is then left to `explain`.
"""

from __future__ import annotations

import ast
from decimal import getcontext, setcontext
from typing import TYPE_CHECKING, Any

from disclosure_rules.expr.arithmetic import EXACT, UNDECIDABLE, fraction, ratio, round_to
from disclosure_rules.expr.explain import explain
from disclosure_rules.expr.syntax import AST_LOCK
from disclosure_rules.expr.unknown import UNKNOWN, UnknownOperandError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from disclosure_rules.expr.bind import Instance
    from disclosure_rules.expr.frame import Frame
    from disclosure_rules.expr.slots import Slot
    from disclosure_rules.expr.tree import Node

    Rules = Callable[[Frame, Sequence[Any], Callable[[int], None]], None]

__all__ = ["CHUNK_NODES", "compile_instances", "compiled"]

# One function holds about so many nodes: Python's compiler takes more than linear time for a huge one.
CHUNK_NODES = 10_000

_PLACE: dict[str, Any] = {"lineno": 1, "col_offset": 0, "end_lineno": 1, "end_col_offset": 0}
_LOAD, _STORE = ast.Load(), ast.Store()
_OPERATORS: dict[str, ast.cmpop] = {
    "==": ast.Eq(), "!=": ast.NotEq(), "<": ast.Lt(), "<=": ast.LtE(), ">": ast.Gt(), ">=": ast.GtE(),
}  # fmt: skip


def compile_instances(instances: Sequence[Instance]) -> Callable[[Frame], list[int]]:
    """A function from a frame to the indices of the instances that are to be explained, ascending.

    An instance is left out only where `when` and the demand are plainly true: what is false, unknown or not
    applicable is in the list. The frame must come from the `Names` that the instances were bound with. Code is
    generated when the function is called for the second time.
    """
    functions: list[Rules] | None = None
    called = False

    def unsatisfied(frame: Frame) -> list[int]:
        nonlocal functions, called
        if functions is None:
            if not called:
                # Compiling takes longer than explaining everything once, and most runs check one report.
                called = True
                return [i for i, one in enumerate(instances) if explain(one, frame).outcome != "pass"]
            functions = compiled(instances)
        found: list[int] = []
        saved = getcontext()
        setcontext(EXACT)
        try:
            for function in functions:
                function(frame, frame.numbers, found.append)
        finally:
            setcontext(saved)
        return found

    return unsatisfied


def compiled(instances: Sequence[Instance]) -> list[Rules]:
    """The generated functions, each for a run of instances: (frame, its numbers, what to do with an index)."""
    return [_function(chunk) for chunk in _chunks(instances)]


def _chunks(instances: Sequence[Instance]) -> Iterator[list[tuple[int, Instance]]]:
    chunk: list[tuple[int, Instance]] = []
    nodes = 0
    for index, instance in enumerate(instances):
        chunk.append((index, instance))
        nodes += instance.demand.size + sum(tree.size for _, tree in instance.lets)
        nodes += instance.when.size if instance.when else 0
        if nodes >= CHUNK_NODES:
            yield chunk
            chunk, nodes = [], 0
    if chunk:
        yield chunk


def _known(status: bool | None) -> bool:  # noqa: FBT001  a status of Frame, passed by generated code
    if status is None:
        raise UnknownOperandError
    return status


def _name(name: str) -> ast.Name:
    return ast.Name(name, _LOAD, **_PLACE)


def _constant(value: int) -> ast.Constant:
    return ast.Constant(value, **_PLACE)


class _Writer:
    """Writes the function of one chunk: figures are locals `n<number>`, lets locals, everything else globals."""

    def __init__(self) -> None:
        self.globals: dict[str, Any] = {
            "__builtins__": {},
            "stop": UNDECIDABLE,
            "unknown": UNKNOWN,
            "known": _known,
            "fraction": fraction,
            "ratio": ratio,
            "round_to": round_to,
            "abs": abs,
            "min": min,
            "max": max,
        }
        self.used: dict[int, ast.Name] = {}
        self._lets: dict[str, ast.Name] = {}
        self._slots: dict[str, str] = {}

    def statement(self, index: int, instance: Instance) -> ast.stmt:
        """`try: if not (when and demand): found(index)`, with the lets before and the same after an error."""
        needed = _needed_lets(instance)
        self._lets = {name: _name(f"let{i}") for i, name in enumerate(needed)}
        body: list[ast.stmt] = [
            ast.Assign([ast.Name(self._lets[name].id, _STORE, **_PLACE)], self.write(tree), **_PLACE)
            for name, tree in instance.lets
            if name in needed
        ]
        condition = self.write(instance.demand)
        if instance.when is not None:
            condition = ast.BoolOp(ast.And(), [self.write(instance.when), condition], **_PLACE)
        found: ast.stmt = ast.Expr(self._call("found", _constant(index)), **_PLACE)
        body.append(ast.If(ast.UnaryOp(ast.Not(), condition, **_PLACE), [found], [], **_PLACE))
        handler = ast.ExceptHandler(_name("stop"), None, [found], **_PLACE)
        return ast.Try(body, [handler], [], [], **_PLACE)

    def write(self, node: Node) -> ast.expr:
        """The Python expression of a bound tree."""
        return _WRITE[node.op](self, node)

    def _operands(self, args: Sequence[Node]) -> list[ast.expr]:
        """The arguments; all as fractions where one is, for Decimal and Fraction do not mix."""
        mixed = any(arg.kind == "fraction" for arg in args)
        return [
            self._call("fraction", self.write(arg)) if mixed and arg.kind != "fraction" else self.write(arg)
            for arg in args
        ]

    def _call(self, name: str, *args: ast.expr) -> ast.Call:
        return ast.Call(_name(name), list(args), [], **_PLACE)

    def number(self, node: Node) -> ast.expr:
        """A constant; a Decimal is a global, for it is no literal of Python."""
        if isinstance(node.number, int):
            return _constant(node.number)
        name = f"d{len(self.globals)}"
        self.globals[name] = node.number
        return _name(name)

    def figure(self, node: Node) -> ast.expr:
        """The local variable of a number of the report."""
        return self._local(_slot(node))

    def _local(self, slot: Slot) -> ast.Name:
        name = self.used.get(slot.number)
        if name is None:
            name = self.used[slot.number] = _name(f"n{slot.number}")
        return name

    def let(self, node: Node) -> ast.expr:
        """The local variable of a `let`."""
        return self._lets[node.name]

    def added(self, node: Node) -> ast.expr:
        """A sum: what is added less what is taken away."""
        operands = self._operands([arg.args[0] if arg.op == "negative" else arg for arg in node.args])
        plus: list[ast.expr] = []
        minus: list[ast.expr] = []
        for operand, arg in zip(operands, node.args, strict=True):
            (minus if arg.op == "negative" else plus).append(operand)
        total = _balanced(plus or [_constant(0)], ast.Add())
        return ast.BinOp(total, ast.Sub(), _balanced(minus, ast.Add()), **_PLACE) if minus else total

    def multiplied(self, node: Node) -> ast.expr:
        """A product."""
        return _balanced(self._operands(node.args), ast.Mult())

    def signed(self, node: Node) -> ast.expr:
        """A minus sign, or `not`."""
        sign = ast.Not() if node.op == "not" else ast.USub()
        return ast.UnaryOp(sign, self.write(node.args[0]), **_PLACE)

    def called(self, node: Node) -> ast.expr:
        """A function of the same name; `min` and `max` of one thing are that thing."""
        operands = self._operands(node.args)
        if node.op == "round_to":
            operands.append(_constant(int(node.number)))
        return (
            operands[0]
            if node.op in {"min", "max"} and len(operands) == 1
            else self._call(node.op, *operands)
        )

    def counted(self, node: Node) -> ast.expr:
        """How many arguments are true, or not 0."""
        truths = [
            self.write(arg)
            if arg.kind == "truth"
            else ast.Compare(self.write(arg), [ast.NotEq()], [_constant(0)], **_PLACE)
            for arg in node.args
        ]
        return _balanced([_constant(0), *truths], ast.Add())

    def compared(self, node: Node) -> ast.expr:
        """A comparison."""
        left, right = self._operands(node.args)
        return ast.Compare(left, [_OPERATORS[node.name]], [right], **_PLACE)

    def joined(self, node: Node) -> ast.expr:
        """`and`, `or`; an implication is `not a or b`."""
        parts = [self.write(arg) for arg in node.args]
        if node.op == "implies":
            parts[0] = ast.UnaryOp(ast.Not(), parts[0], **_PLACE)
        return ast.BoolOp(ast.And() if node.op == "all" else ast.Or(), parts, **_PLACE)

    def status(self, node: Node) -> ast.expr:
        """`present` and `blank`. A known number answers both, and spares the look at the report."""
        slot = _slot(node)
        name = self._slots.get(slot.path)
        if name is None:
            name = self._slots[slot.path] = f"slot{len(self._slots)}"
            self.globals[name] = slot
        method = ast.Attribute(
            _name("frame"), "presence" if node.op == "present" else "blank", _LOAD, **_PLACE
        )
        asked = self._call("known", ast.Call(method, [_name(name)], [], **_PLACE))
        if slot.number < 0:
            return asked
        is_unknown: tuple[ast.boolop, ast.cmpop] = (
            (ast.Or(), ast.IsNot()) if node.op == "present" else (ast.And(), ast.Is())
        )
        number = ast.Compare(self._local(slot), [is_unknown[1]], [_name("unknown")], **_PLACE)
        return ast.BoolOp(is_unknown[0], [number, asked], **_PLACE)

    def unpacking(self) -> list[ast.stmt]:
        """`n0, n1, … = numbers[:last]`: one step for all figures, faster than one look-up each."""
        if not self.used:
            return []
        last = max(self.used) + 1
        names = [f"n{i}" if i in self.used else "_" for i in range(last)]
        target = ast.Tuple([ast.Name(name, _STORE, **_PLACE) for name in names], _STORE, **_PLACE)
        part = ast.Slice(None, _constant(last), None, **_PLACE)
        return [ast.Assign([target], ast.Subscript(_name("numbers"), part, _LOAD, **_PLACE), **_PLACE)]


_WRITE: dict[str, Callable[[_Writer, Node], ast.expr]] = {
    "constant": _Writer.number,
    "figure": _Writer.figure,
    "let": _Writer.let,
    "sum": _Writer.added,
    "negative": _Writer.signed,
    "not": _Writer.signed,
    "product": _Writer.multiplied,
    "count": _Writer.counted,
    "compare": _Writer.compared,
    "present": _Writer.status,
    "blank": _Writer.status,
    **dict.fromkeys(("all", "any", "implies"), _Writer.joined),
    **dict.fromkeys(("ratio", "round_to", "abs", "min", "max"), _Writer.called),
}


def _slot(node: Node) -> Slot:
    if node.slot is None:
        raise TypeError(node.op)
    return node.slot


def _balanced(operands: list[ast.expr], op: ast.operator) -> ast.expr:
    """`operands` joined by `op`, as a tree of logarithmic depth: exact arithmetic is associative."""
    while len(operands) > 1:
        pairs: list[ast.expr] = [
            ast.BinOp(a, op, b, **_PLACE) for a, b in zip(operands[::2], operands[1::2], strict=False)
        ]
        operands = [*pairs, operands[-1]] if len(operands) % 2 else pairs
    return operands[0]


def _needed_lets(instance: Instance) -> set[str]:
    """The lets that the verdict depends on; the others are only for messages."""
    trees = dict(instance.lets)
    waiting = [instance.demand, *((instance.when,) if instance.when is not None else ())]
    needed: set[str] = set()
    while waiting:
        node = waiting.pop()
        if node.op == "let" and node.name not in needed:
            needed.add(node.name)
            waiting.append(trees[node.name])
        waiting.extend(node.args)
    return needed


def _function(
    chunk: list[tuple[int, Instance]],
) -> Callable[[Frame, Sequence[Any], Callable[[int], None]], None]:
    writer = _Writer()
    statements = [writer.statement(index, instance) for index, instance in chunk]
    with AST_LOCK:
        # Parsed, not built: the fields of a function's node differ between versions of Python.
        module = ast.parse("def rules(frame, numbers, found): pass")
        function = module.body[0]
        assert isinstance(function, ast.FunctionDef)  # noqa: S101  for the type checker: see the line above
        function.body = [*writer.unpacking(), *statements]
        code = compile(module, "<rules>", "exec")
    exec(code, writer.globals)  # noqa: S102  our own tree: see above
    rules: Rules = writer.globals["rules"]
    return rules

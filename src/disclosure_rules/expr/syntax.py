"""Text of an expression → Python's syntax tree, after everything that the language lacks was refused.

The text is first cut into words by a lexer of our own: it bounds length, size and nesting before Python's parser
sees them, and gives every refusal a sentence that says what to write instead. What the parser then returns is
walked by `bind`, which knows a closed list of node types and refuses every other.
"""

from __future__ import annotations

import ast
import keyword
import re
import threading
import unicodedata
from typing import NamedTuple

from disclosure_rules.errors import ExpressionError

__all__ = [
    "AST_LOCK",
    "MAX_CHARACTERS",
    "MAX_DECIMAL_DIGITS",
    "MAX_DEPTH",
    "MAX_INTEGER",
    "MAX_PATH",
    "MAX_WORDS",
    "Source",
    "parse",
]

# Python 3.11 counts the depth of the trees it makes for all threads together: two at once end in a SystemError.
AST_LOCK = threading.Lock()
MAX_CHARACTERS = 4_000
MAX_WORDS = 400  # names, numbers and operators; a path counts once
MAX_DEPTH = 60
MAX_NAME = 100
MAX_PATH = 8  # parts of a name
MAX_PREFIXES = 10  # `not` and signs in a row
MAX_INTEGER = 10**15
MAX_DECIMAL_DIGITS = 30

_WORD = re.compile(
    r"(?P<space>[ \t\r\n]+)|(?P<number>[0-9]+(?:\.[0-9]+)?)|(?P<name>[^\W0-9]\w*)"
    r"|(?P<operator>==|!=|<=|>=|\*\*|//|:=|->|<<|>>|<>|&&|\|\||[-+*<>().,\[\]])|(?P<other>.)",
    re.DOTALL,
)

_BLANKS = " \t\r\n"
_TO_SPACE = str.maketrans("\t\r\n", "   ")
_ALLOWED = frozenset({"==", "!=", "<=", ">=", "<", ">", "+", "-", "*", "(", ")", "[", "]", ".", ","})
_BRACKETS_AND_MARKS = frozenset({"(", ")", "[", "]", ".", ","})
_OPERATOR_WORDS = frozenset({"and", "or", "not"})

# What is refused → what to write instead, in Chinese and in English.
_INSTEAD = {
    "/": ("没有除法：请写 ratio(a, b)", "there is no division: write ratio(a, b)"),
    "//": ("没有整除：请写 round_to(ratio(a, b), 0)", "there is no division: write round_to(ratio(a, b), 0)"),
    "÷": ("没有除法：请写 ratio(a, b)", "there is no division: write ratio(a, b)"),
    "%": ("没有取余和百分号：百分之五请写 0.05", "there is no % operator: write 0.05 for five per cent"),
    "**": ("没有乘方：请把乘法写出来，a * a", "there are no powers: write the product out, a * a"),
    "@": ("没有矩阵运算：请写 a * b", "there is no @: write a * b"),
    "&": ("请写 and", "write and"),
    "&&": ("请写 and", "write and"),
    "|": ("请写 or", "write or"),
    "||": ("请写 or", "write or"),
    "~": ("请写 not", "write not"),
    "!": ("请写 not，或 !=", "write not, or !="),
    "^": ("没有位运算：条件请用 and、or、not", "there are no bit operators: use and, or, not"),
    "<<": ("没有位运算：请写 a * 2", "there are no bit operators: write a * 2"),
    ">>": ("没有位运算：请写 ratio(a, 2)", "there are no bit operators: write ratio(a, 2)"),
    "=": ("比较请写两个等号 ==", "to compare, write =="),
    ":=": ("表达式里不能赋值：请写在 let 里", "nothing is assigned in an expression: use let"),
    "->": ("没有这种写法：蕴含请写 implies(a, b)", "write implies(a, b)"),
    "<>": ("不等于请写 !=", "write !="),
    "≠": ("不等于请写 !=", "write !="),
    "≤": ("小于等于请写 <=", "write <="),
    "≥": ("大于等于请写 >=", "write >="),
    "×": ("乘号请写 *", "write *"),
    '"': ("没有字符串：这里只有名称和数字", "there are no strings: only names and numbers"),
    "'": ("没有字符串：这里只有名称和数字", "there are no strings: only names and numbers"),
    "`": ("没有字符串：这里只有名称和数字", "there are no strings: only names and numbers"),
    "\\": ("不能用反斜杠：换行不需要它", "no backslash: a line break needs none"),
    "{": (
        "没有集合和字典：请逐个写出比较，用 or 连接",
        "there are no sets: write the comparisons out, joined by or",
    ),
    "}": (
        "没有集合和字典：请逐个写出比较，用 or 连接",
        "there are no sets: write the comparisons out, joined by or",
    ),
    ":": ("没有切片和冒号：请用行、列的分组名", "there are no slices: use the group of rows or columns"),
    ";": ("只能写一个表达式：多个条件用 and 连接", "one expression only: join conditions with and"),
    "#": (
        "表达式里没有注释：请写在 YAML 的 # 之后或 remarks 里",
        "no comments here: use YAML's own, or remarks",
    ),
    "$": ("没有变量符号：请直接写名称", "no $: write the plain name"),
    "?": ("没有条件运算：请写 implies(a, b)", "there is no ?: write implies(a, b)"),
    "if": (
        "没有 if：请写 implies(条件, 要求)，或写在 when 里",
        "there is no if: write implies(a, b), or use when",
    ),
    "else": ("没有 if/else：请写 implies(条件, 要求)", "there is no if/else: write implies(a, b)"),
    "for": ("没有循环：请用 each", "there are no loops: use each"),
    "in": ("没有 in：请逐个写出比较，用 or 连接", "there is no in: write the comparisons out, joined by or"),
    "is": ("没有 is：请写 ==；是否有填写请写 present(…)", "there is no is: write ==, or present(…)"),
    "lambda": ("不能定义函数", "functions cannot be defined here"),
    "None": (
        "没有 None：是否存在请写 present(…)，是否空白请写 blank(…)",
        "there is no None: write present(…) or blank(…)",
    ),
    "True": ("条件直接写出，不与 True 比较", "write the condition itself, without True"),
    "False": ("请写 not 条件", "write not before the condition"),
}
# Full-width punctuation is an easy slip; each stands for its ASCII form.
_FULL_WIDTH = {
    "、": ",", "。": ".", "【": "[", "】": "]", "“": '"', "”": '"', "‘": "'", "’": "'", "−": "-", "–": "-", "—": "-",
}  # fmt: skip


class _Word(NamedTuple):
    kind: str
    text: str
    start: int
    end: int


class Source:
    """One expression's text and the field of the rule that it stands in."""

    def __init__(self, text: str, field: str) -> None:
        self.text = text
        self.field = field
        # Line breaks of a YAML block and blanks around it mean nothing here, but would to Python's parser.
        self.start = len(text) - len(text.lstrip(_BLANKS))
        self.plain = text.strip(_BLANKS).translate(_TO_SPACE)
        self._bytes: bytes | None = None

    def error(
        self, zh: str, en: str, position: int | None = None, *, code: str = "refused"
    ) -> ExpressionError:
        """The refusal of this text; `position` is the character concerned, from 0."""
        if position is not None:
            zh, en = f"第 {position + 1} 个字符处：{zh}", f"character {position + 1}: {en}"
        return ExpressionError(zh, en, place=self.field, code=code)

    def error_at(self, node: ast.expr, zh: str, en: str, *, code: str = "refused") -> ExpressionError:
        """The same, at a node of the syntax tree."""
        return self.error(zh, en, self.position(node), code=code)

    def position(self, node: ast.expr) -> int:
        """The character, from 0, at which a node begins."""
        return self.start + len(self._encoded[: node.col_offset].decode())

    def end(self, node: ast.expr) -> int:
        """The character after a node."""
        return self.start + len(self._encoded[: node.end_col_offset].decode())

    def segment(self, node: ast.expr) -> str:
        """The text of a node: the way to a decimal that was never a float."""
        return self._encoded[node.col_offset : node.end_col_offset].decode()

    @property
    def _encoded(self) -> bytes:
        # Python counts columns in bytes of UTF-8.
        if self._bytes is None:
            self._bytes = self.plain.encode()
        return self._bytes


def _visible(character: str) -> str:
    if character.isprintable() and not character.isspace():
        return f"「{character}」"
    return f"U+{ord(character):04X}"


def _words(source: Source) -> list[_Word]:
    found = []
    for match in _WORD.finditer(source.text):
        kind = match.lastgroup or "other"
        text = match.group()
        if kind == "space":
            continue
        instead = _INSTEAD.get(text)
        if instead is not None:
            raise source.error(*instead, match.start())
        if kind == "other" or (kind == "operator" and text not in _ALLOWED):
            raise _odd_character(source, text, match.start())
        if kind == "name":
            _check_name(source, text, match.start())
        elif kind == "number":
            _check_number(source, text, match.start(), match.end())
        found.append(_Word(kind, text, match.start(), match.end()))
    return found


def _odd_character(source: Source, text: str, position: int) -> ExpressionError:
    plain = _FULL_WIDTH.get(text) or unicodedata.normalize("NFKC", text)
    if plain in _INSTEAD:
        return source.error(*_INSTEAD[plain], position)
    if plain != text and plain.isascii() and plain.strip():
        return source.error(
            f"全角字符 {_visible(text)}：请写半角 {plain}",
            f"write ASCII {plain} for {_visible(text)}",
            position,
        )
    return source.error(
        f"不能用字符 {_visible(text)}", f"character {_visible(text)} has no place here", position
    )


def _check_name(source: Source, text: str, position: int) -> None:
    if text.startswith("_"):
        raise source.error("名称不能以下划线开头", "no name begins with an underscore", position)
    if len(text) > MAX_NAME:
        raise source.error("名称太长", "the name is too long", position, code="too-big")
    plain = unicodedata.normalize("NFKC", text)
    if plain != text:
        raise source.error(f"请用普通字符写 {plain}", f"write {plain} in plain characters", position)
    if not text.isidentifier():
        raise source.error(f"不是名称：{text}", f"not a name: {text}", position)
    if keyword.iskeyword(text) and text not in _OPERATOR_WORDS:
        raise source.error(
            f"没有 {text}：规则里只有算式和条件",
            f"there is no {text}: only arithmetic and conditions",
            position,
        )


def _check_number(source: Source, text: str, position: int, end: int) -> None:
    following = source.text[end : end + 1]
    if following in {".", "_"} or following.isalnum():
        raise source.error(
            "数字只写 0–9 和小数点，如 1000 或 0.5",
            "numbers are digits and a point, such as 1000 or 0.5",
            position,
        )
    whole, _, decimals = text.partition(".")
    if len(whole) > 1 and whole.startswith("0"):
        raise source.error("数字不以 0 开头", "a number has no leading zeros", position)
    if len(whole) + len(decimals) > MAX_DECIMAL_DIGITS:
        raise source.error(
            "数字太长（最多 30 位）", "the number is too long (30 digits at most)", position, code="too-big"
        )
    if not decimals and int(whole) > MAX_INTEGER:
        raise source.error(
            "整数太大（最大 10 的 15 次方）",
            "the integer is too big (10^15 at most)",
            position,
            code="too-big",
        )


def _check_size(source: Source, words: list[_Word]) -> None:
    """Refuse what would make a deep or large tree, before Python's parser builds one."""
    depth = prefixes = count = segments = 0
    operand = False  # whether the word before ended an operand
    previous = ""
    for word in words:
        text = word.text
        is_operator = text in _OPERATOR_WORDS or (word.kind == "operator" and text not in _BRACKETS_AND_MARKS)
        if text == "(" and previous in {")", "]"}:
            raise source.error("括号前要写运算符", "an operator is missing before the bracket", word.start)
        if text == "[" and not operand:
            raise source.error(
                "没有列表：请逐个写出，如 sum(a, b)", "there are no lists: write sum(a, b)", word.start
            )
        depth += (text in {"(", "["}) - (text in {")", "]"})
        prefixes = prefixes + 1 if is_operator and not operand else 0
        segments = segments + (previous == ".") if "." in {text, previous} else 0
        count += is_operator or (word.kind != "operator" and previous != ".")
        if depth > MAX_DEPTH or prefixes > MAX_PREFIXES:
            raise source.error(
                "嵌套太深：请用 let 拆开", "nested too deeply: split it with let", word.start, code="too-big"
            )
        if count > MAX_WORDS or segments >= MAX_PATH:
            raise source.error(
                f"表达式太长（最多 {MAX_WORDS} 个名称、数字和运算符，名称最多 {MAX_PATH} 段）：请用 let 拆开",
                f"too long ({MAX_WORDS} names, numbers and operators, {MAX_PATH} parts in a name): split it with let",
                word.start,
                code="too-big",
            )
        operand = not is_operator and (word.kind != "operator" or text in {")", "]"})
        previous = text


def parse(source: Source) -> ast.expr:
    """The syntax tree of an expression that is made of allowed words and of bounded size.

    Raises:
        ExpressionError: It is empty, too long, too deep, no expression, or uses what the language lacks.
    """
    text = source.text
    if len(text) > MAX_CHARACTERS:
        raise source.error(
            f"表达式有 {len(text)} 个字符，最多 {MAX_CHARACTERS} 个：请用 let 拆开",
            f"{len(text)} characters, at most {MAX_CHARACTERS}: split it with let",
            code="too-big",
        )
    words = _words(source)
    if not words:
        raise source.error("表达式是空的", "the expression is empty", code="syntax")
    _check_size(source, words)
    try:
        with AST_LOCK:
            return ast.parse(source.plain, mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        offset = error.offset if isinstance(error, SyntaxError) else None
        position = min(source.start + max(offset - 1, 0), len(text) - 1) if offset else None
        raise source.error(
            "读不懂这个表达式：请检查括号、逗号和运算符",
            "this is no expression: check brackets, commas and operators",
            position,
            code="syntax",
        ) from None

"""YAML in a strict subset, in which nothing changes its meaning and nothing is said twice: for reports and for packs.

Mappings, lists and scalars; no anchors, aliases, tags or merge keys, no second document, no key twice. What a scalar
without quotes means is the caller's to say, for YAML's own answer turns `no` into false, `010` into 8 and `1:30` into 90.
"""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn

import yaml

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Path", "Spot", "YamlMistake", "load", "spots"]

# libyaml's parser where PyYAML was built with it (ten times as fast); the same events either way.
_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

Path = tuple[str | int, ...]


class YamlMistake(Exception):  # noqa: N818  what the author made, not what the program did
    """What is wrong, in both languages without a full stop, and in which line and column, from 1, where that is known."""

    def __init__(self, place: tuple[int, int] | None, code: str, zh: str, en: str) -> None:
        super().__init__(place, code, zh, en)
        self.code = code
        self.zh = zh
        self.en = en
        self._place = place

    def at(self, name: str) -> str:
        """The place as messages give it: `name:line:column`."""
        return name if self._place is None else f"{name}:{self._place[0]}:{self._place[1]}"


def load(
    text: str,
    plain: Callable[[str], Any],
    *,
    most_levels: int,
    most_values: int = sys.maxsize,
    marks: dict[Path, tuple[int, int]] | None = None,
) -> Any:  # noqa: ANN401  plain data
    """The data of a YAML text: dicts, tuples, text, and what `plain` makes of scalars without quotes.

    Args:
        text: The text of the file.
        plain: Scalar without quotes → value.
        most_levels: How deep it may be nested.
        most_values: How many values it may hold.
        marks: Gets line and column of every entry: of its key in a mapping, of itself in a list.

    Raises:
        YamlMistake: The text is no YAML of the subset.
    """
    try:
        return _Parser(text, plain, (most_levels, most_values), marks).document()
    except yaml.MarkedYAMLError as error:
        raise _explained(error, text) from error
    except yaml.reader.ReaderError as error:
        raise _explained_character(text) from error
    except yaml.YAMLError as error:
        raise YamlMistake(
            None, "yaml-syntax", "YAML 无法解析，请检查写法", "the YAML cannot be parsed; check it"
        ) from error


class _Parser:
    """Descends through the events of one text; the depth allowed bounds the recursion."""

    def __init__(
        self,
        text: str,
        plain: Callable[[str], Any],
        limits: tuple[int, int],
        marks: dict[Path, tuple[int, int]] | None,
    ) -> None:
        self._loader = _LOADER(text)
        self._next = self._loader.get_event
        self._plain = plain
        self._most_levels, self._most_values = limits
        self._marks = marks
        self._values = 0

    def document(self) -> Any:  # noqa: ANN401  plain data
        try:
            self._next()  # the start of the stream
            event = self._next()
            if isinstance(event, yaml.StreamEndEvent):
                return None
            data = self._value(self._next(), ())
            self._next()  # the end of the document
            event = self._next()
            if not isinstance(event, yaml.StreamEndEvent):
                _refuse(
                    event,
                    "yaml-documents",
                    "一个文件只能有一份内容，请删去第二个「---」及其后的内容，或分成两个文件",
                    "one file holds one document; remove the second '---' and what follows, or make it a file of its own",
                )
            return data
        finally:
            self._loader.dispose()

    def _value(self, event: Any, path: Path) -> Any:  # noqa: ANN401  events are untyped in C
        kind = type(event)
        if kind is yaml.AliasEvent or event.anchor is not None or event.tag is not None:
            _refuse_extras(event)
        self._values += 1
        if self._values > self._most_values:
            _refuse(
                event,
                "too-many-values",
                f"数据超过 {self._most_values} 项，请检查是否选错了文件",
                f"more than {self._most_values} values; check that this is the right file",
            )
        if kind is yaml.ScalarEvent:
            return event.value if event.style else self._plain(event.value)
        if len(path) == self._most_levels:
            _refuse(
                event,
                "too-deep",
                f"嵌套超过 {self._most_levels} 层，请检查缩进和括号",
                f"nested more than {self._most_levels} levels deep; check indentation and brackets",
            )
        return self._mapping(path) if kind is yaml.MappingStartEvent else self._list(path)

    def _list(self, path: Path) -> tuple[Any, ...]:
        found: list[Any] = []
        while type(event := self._next()) is not yaml.SequenceEndEvent:
            below = (*path, len(found))
            if self._marks is not None:
                self._marks[below] = _place(event)
            found.append(self._value(event, below))
        return tuple(found)

    def _mapping(self, path: Path) -> dict[str, Any]:
        found: dict[str, Any] = {}
        keys: dict[str, Any] = {}
        while type(event := self._next()) is not yaml.MappingEndEvent:
            key = _key(event)
            if key in found:
                first = _place(keys[key])[0]
                _refuse(
                    event,
                    "duplicate-key",
                    f"键「{key[:60]}」重复，第 {first} 行已有，请只保留一个",
                    f"the key '{key[:60]}' was already given in line {first}; keep one",
                )
            keys[key] = event
            below = (*path, key)
            if self._marks is not None:
                self._marks[below] = _place(event)
            found[key] = self._value(self._next(), below)
        return found


def _key(event: Any) -> str:  # noqa: ANN401  events are untyped in C
    if type(event) is yaml.AliasEvent or event.anchor is not None or event.tag is not None:
        _refuse_extras(event)
    if type(event) is not yaml.ScalarEvent:
        _refuse(
            event,
            "key-not-text",
            "键必须是文字，不能是列表或映射",
            "a key must be text, not a list or a mapping",
        )
    key: str = event.value
    if not event.style and key == "<<":
        _refuse(
            event,
            "yaml-merge",
            "不支持合并键（<<），请把内容写全",
            "merge keys (<<) are not allowed; write it out",
        )
    if not key and not event.style:
        _refuse(event, "empty-key", "冒号前没有键，请补上", "there is no key before the colon; write one")
    return key


def _refuse_extras(event: Any) -> NoReturn:  # noqa: ANN401  events are untyped in C
    """What YAML may say of a value beside the value."""
    if type(event) is yaml.AliasEvent:
        _refuse(
            event, "yaml-alias", "不支持别名（*），请把内容写全", "aliases (*) are not allowed; write it out"
        )
    if event.anchor is not None:
        _refuse(event, "yaml-anchor", "不支持锚点（&），请删去", "anchors (&) are not allowed; remove it")
    _refuse(event, "yaml-tag", "不支持标签（!），请删去", "tags (!) are not allowed; remove it")


def _refuse(event: Any, code: str, zh: str, en: str) -> NoReturn:  # noqa: ANN401  as above
    raise YamlMistake(_place(event), code, zh, en)


def _place(event: Any) -> tuple[int, int]:  # noqa: ANN401  as above
    """Line and column, from 1."""
    return event.start_mark.line + 1, event.start_mark.column + 1


class Spot(NamedTuple):
    """Where a value stands: the node, and the mark of its key where it has one."""

    node: Any
    key: Any


def spots(text: str) -> dict[Path, Spot]:
    """Where everything in a text stands that `load` accepted, by path."""
    loader = _LOADER(text)
    try:
        root = loader.get_single_node()
    finally:
        loader.dispose()
    found: dict[Path, Spot] = {}
    waiting: list[tuple[Path, Spot]] = [((), Spot(root, root.start_mark))]
    while waiting:
        path, spot = waiting.pop()
        found[path] = spot
        if isinstance(spot.node, yaml.MappingNode):
            waiting += [((*path, key.value), Spot(value, key.start_mark)) for key, value in spot.node.value]
        elif isinstance(spot.node, yaml.SequenceNode):
            inner = enumerate(spot.node.value)
            waiting += [((*path, index), Spot(value, value.start_mark)) for index, value in inner]
    return found


_ADVICE = (
    (
        "mapping values are not allowed",
        "这里不应再有「: 」。值中有冒号加空格时，请给整个值加引号；或检查缩进",
        "no ': ' is allowed here; put a value that holds one in quotes, or check the indentation",
    ),
    (
        "could not find expected ':'",
        "此处应为「键: 值」，缺少半角冒号和空格",
        "a 'key: value' is due here; the colon and a space are missing",
    ),
    (
        "did not find expected key",
        "此处应为「键: 值」。值以 { 或 [ 开头时，请给整个值加引号；否则请检查缩进",
        "a 'key: value' is due here; put a value that begins with { or [ in quotes, or check the indentation",
    ),
    (
        "did not find expected <document start>",
        "内容在此处已经结束，后面不应再有文字，请检查缩进",
        "the content has ended here; check the indentation of what follows",
    ),
    (
        "block sequence entries are not allowed",
        "此处不能以「- 」开头。单独的「-」请加引号，列表请另起一行",
        "no '- ' is allowed here; put a lone dash in quotes, and begin a list on a line of its own",
    ),
    (
        "found character that cannot start any token",
        "值不能以这个字符开头，请给值加引号",
        "no value begins with this character; put such a value in quotes",
    ),
    (
        "block end",
        "缩进不一致，请与同级的行对齐（只用空格）",
        "the indentation does not agree; align it with its siblings, with spaces",
    ),
)
# What was opened and not closed is told where it was opened, by what the parser was about.
_OPENED = (
    (
        "quoted scalar",
        "从这里开始的引号没有结束，请补上同样的半角引号（全角的“”不算）",
        "the quote that begins here does not end; close it with the same quote",
    ),
    (
        "flow ",
        "从这里开始的括号里缺少半角逗号或右括号（全角的，：“”不算）",
        "in the bracket that begins here a comma or the closing bracket is missing",
    ),
)
_LOOKED_AT = 65_536


def _explained(error: yaml.MarkedYAMLError, text: str) -> YamlMistake:
    mark = error.problem_mark or error.context_mark
    place = None if mark is None else (mark.line + 1, mark.column + 1)
    if mark is not None and _tab_before(text, mark):
        return YamlMistake(
            place,
            "yaml-tab",
            "缩进中有制表符（Tab），请改用空格",
            "there is a tab in the indentation; use spaces",
        )
    for words, zh, en in _OPENED:
        if words in (error.context or "") and error.context_mark is not None:
            opened = error.context_mark
            return _wrong((opened.line + 1, opened.column + 1), zh, en)
    problem = error.problem or ""
    for words, zh, en in _ADVICE:
        if words in problem:
            return _wrong(place, zh, en)
    return YamlMistake(
        place,
        "yaml-syntax",
        "YAML 写法有误，请检查这一行的引号、冒号和缩进",
        f"YAML: {problem}; check quotes, colons and indentation of this line",
    )


def _wrong(place: tuple[int, int] | None, zh: str, en: str) -> YamlMistake:
    return YamlMistake(place, "yaml-syntax", f"YAML 写法有误：{zh}", f"YAML: {en}")


def _tab_before(text: str, mark: yaml.Mark) -> bool:
    """Whether a tab stands in the indentation of the line of a mark, or at the mark itself."""
    start = text.rfind("\n", 0, mark.index) + 1
    line = text[start : start + _LOOKED_AT].partition("\n")[0]  # a line may be the whole file
    return "\t" in line[: len(line) - len(line.lstrip())] + line[mark.column : mark.column + 1]


_NOT_ALLOWED = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _explained_character(text: str) -> YamlMistake:
    found = _NOT_ALLOWED.search(text)
    place, shown = None, ""
    if found is not None:
        at = found.start()
        place = text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
        shown = f" U+{ord(found.group()):04X}"
    return YamlMistake(
        place,
        "control-character",
        f"含有不能使用的控制字符{shown}，请删去",
        f"the control character{shown} is not allowed; remove it",
    )

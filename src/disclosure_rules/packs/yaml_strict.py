"""YAML of packs: plain mappings, lists and scalars, nothing that changes its meaning, nothing said twice."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import yaml

from disclosure_rules.errors import PackError
from disclosure_rules.packs.loaded import Loaded

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["load_yaml"]

# libyaml's parser where PyYAML was built with it (ten times as fast); the same nodes either way.
_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]{0,14})")
_NULLS = frozenset({"", "~", "null"})
_BOOLEANS = {"true": True, "false": False}
_MOST_BYTES = 4 * 1024 * 1024
_DEEPEST = 40


def load_yaml(text: str, file: str) -> Loaded:
    """Parse one YAML document of a pack.

    Plain scalars are integers where they look like one, `null`, `true`, `false`, else text: `no`, `010`, `1:30` and
    `2024-01-31` stay what they are.

    Raises:
        PackError: The text is not YAML of this kind; the place is `file:line:column`.
    """
    if len(text) > _MOST_BYTES:
        raise PackError("文件过大", "the file is too large", place=file, code="too-large")
    _refuse_depth(text, file)
    try:
        node = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as problem:
        mark = problem.problem_mark
        place = f"{file}:{mark.line + 1}:{mark.column + 1}" if mark else file
        raise PackError(
            f"YAML 写法有误：{problem.problem or problem}",
            f"this is not YAML: {problem.problem or problem}",
            place=place,
            code="yaml-syntax",
        ) from problem
    except yaml.YAMLError as problem:
        raise PackError(
            f"YAML 写法有误：{problem}", f"this is not YAML: {problem}", place=file, code="yaml-syntax"
        ) from problem
    if node is None:
        return Loaded(None)
    marks: dict[tuple[str | int, ...], tuple[int, int]] = {}
    return Loaded(_plain(node, (), marks, file), marks)


def _refuse_depth(text: str, file: str) -> None:
    """Refuse anchors, aliases, tags and deep nesting while the parser only reports events: nothing is built yet."""
    depth = documents = 0
    try:
        for event in _events(text):
            if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None) is not None:
                raise _refusal(
                    event, file, "不支持锚点和别名（& *）", "anchors and aliases (& *) are not allowed"
                )
            if getattr(event, "tag", None) is not None:
                raise _refusal(event, file, "不支持标签（!）", "tags (!) are not allowed")
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise _refusal(event, file, "一个文件只能有一个文档", "one file holds one document")
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
            if depth > _DEEPEST:
                raise _refusal(event, file, "嵌套过深", "the nesting is too deep")
    except yaml.YAMLError:
        return  # told with its place by the caller's own parse


def _events(text: str) -> Iterator[Any]:
    loader = _LOADER(text)
    try:
        while loader.check_event():
            yield loader.get_event()
    finally:
        loader.dispose()


def _refusal(event: Any, file: str, zh: str, en: str) -> PackError:  # noqa: ANN401  events share no typed base
    mark = event.start_mark
    return PackError(zh, en, place=f"{file}:{mark.line + 1}:{mark.column + 1}", code="yaml-strict")


def _plain(
    node: yaml.Node,
    path: tuple[str | int, ...],
    marks: dict[tuple[str | int, ...], tuple[int, int]],
    file: str,
) -> Any:  # noqa: ANN401  plain data
    marks[path] = (node.start_mark.line + 1, node.start_mark.column + 1)
    if isinstance(node, yaml.ScalarNode):
        return node.value if node.style else _scalar(node.value)
    if isinstance(node, yaml.SequenceNode):
        return [_plain(child, (*path, index), marks, file) for index, child in enumerate(node.value)]
    mapping: dict[str, Any] = {}
    for key_node, value_node in node.value:
        line, column = key_node.start_mark.line + 1, key_node.start_mark.column + 1
        if not isinstance(key_node, yaml.ScalarNode):
            raise PackError(
                "键必须是文字", "a key must be text", place=f"{file}:{line}:{column}", code="yaml-strict"
            )
        key = key_node.value
        if key in mapping:
            first = marks[(*path, key)][0]
            raise PackError(
                f"键「{key}」重复（第 {first} 行已有），请删去一个",
                f"the key '{key}' stands twice (first in line {first}); remove one",
                place=f"{file}:{line}:{column}",
                code="duplicate-key",
            )
        mapping[key] = _plain(value_node, (*path, key), marks, file)
        marks[(*path, key)] = (line, column)
    return mapping


def _scalar(text: str) -> Any:  # noqa: ANN401  an int, a bool, None or text
    if text in _NULLS:
        return None
    if _INTEGER.fullmatch(text):
        return int(text)
    return _BOOLEANS.get(text, text)

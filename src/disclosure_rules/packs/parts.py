"""The parts of a pack that are read by themselves: its manifest, its layouts, the examples of a rule."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from disclosure_rules.errors import PackError
from disclosure_rules.model.layout import Layout
from disclosure_rules.model.pack import PackManifest
from disclosure_rules.model.rule import Examples
from disclosure_rules.packs import yaml_strict
from disclosure_rules.packs.applying import is_code
from disclosure_rules.packs.naming import is_kebab
from disclosure_rules.packs.source import Source, read_source

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["LayoutFile", "place_of", "read_examples", "read_layouts", "read_manifest"]


class LayoutFile(NamedTuple):
    """A layout and the file that it stands in."""

    source: Source
    layout: Layout


def place_of(path: Path, folder: Path) -> str:
    """`rules/cn/pack.yaml`: the path from the folder that holds the packs' folder, with `/` everywhere."""
    return path.absolute().relative_to(folder.absolute().parent.parent).as_posix()


def read_manifest(folder: Path, problems: list[PackError]) -> tuple[PackManifest | None, Source | None]:
    """`pack.yaml`; each mistake is added to `problems`."""
    try:
        source = read_source(folder / "pack.yaml", place_of(folder / "pack.yaml", folder))
    except PackError as problem:
        problems.append(problem)
        return None, None
    manifest = source.model(PackManifest, source.data, problems)
    if manifest is None:
        return None, source
    name = folder.absolute().name
    if manifest.id != name:
        problems.append(
            source.error(
                "id-not-path",
                f"规则包编号应与文件夹名一致：写「{name}」，或给文件夹改名",
                f"the id is the folder's name: write '{name}', or rename the folder",
                ("id",),
            )
        )
    elif not is_kebab(name):
        problems.append(
            source.error(
                "misnamed",
                "规则包编号只用小写英文字母、数字和连字符，如 cn-sx",
                "a pack's id is lower-case words with hyphens, such as cn-sx",
                ("id",),
            )
        )
    for index, code in enumerate(manifest.regions):
        if not is_code(code):
            problems.append(
                source.error(
                    "bad-region",
                    f"「{code[:20]}」不是行政区划代码，请写六位代码或其前两位、前四位",
                    f"'{code[:20]}' is no GB/T 2260 code; write six digits or the first two or four",
                    ("regions", index),
                )
            )
    return manifest, source


def read_layouts(folder: Path, problems: list[PackError]) -> dict[Path, LayoutFile]:
    """`layouts/*.yaml`, by file; each mistake is added to `problems`."""
    found: dict[Path, LayoutFile] = {}
    for path in sorted((folder / "layouts").glob("[!.]*.yaml")):
        try:
            source = read_source(path, place_of(path, folder))
        except PackError as problem:
            problems.append(problem)
            continue
        layout = source.model(Layout, source.data, problems)
        if layout is not None:
            found[path] = LayoutFile(source, layout)
    return found


def read_examples(source: Source, problems: list[PackError]) -> Examples:
    """The examples in a rule's file; each mistake is added to `problems`."""
    if not source.rest:
        return Examples()
    # Empty lines in place of the rule keep the line numbers of messages true.
    text = "\n" * source.text.count("\n") + source.rest
    try:
        data = yaml_strict.parse(text, source.place)
    except PackError as problem:
        problems.append(problem)
        return Examples()
    alone = Source(source.path, source.place, text, "", data)
    return alone.model(Examples, data["examples"], problems, ("examples",)) or Examples()

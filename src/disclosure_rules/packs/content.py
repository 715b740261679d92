"""The files of a pack: read once, and parsed when asked for unless their parsed form is kept from another run."""

from __future__ import annotations

import hashlib
from functools import cached_property
from stat import S_ISDIR, S_ISLNK, S_ISREG
from typing import TYPE_CHECKING

from disclosure_rules.errors import PackError
from disclosure_rules.foreign import system_words
from disclosure_rules.model.pack import PackManifest
from disclosure_rules.packs.applying import is_code
from disclosure_rules.packs.cache import recall, remember
from disclosure_rules.packs.naming import ROOMS, is_kebab
from disclosure_rules.packs.source import Source, read_text, suggestion

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

__all__ = ["PackContent"]

_FILES = ("pack.yaml", "instruments.yaml", "overrides.yaml", "quantities.yaml")
_YAML = (".yaml", ".yml")


class PackContent:
    """The files of one pack.

    Mistakes are collected in `problems` as they are met, none is raised: what cannot be read or parsed is None.

    Args:
        folder: The folder with the `pack.yaml`: named after the pack (`cn-sx`), or after one version (`cn-sx@2026.1`).

    Attributes:
        name: The id that the folder's name gives the pack.
        frozen: The version that it gives; empty for the current one.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder.absolute()
        self._before_places = len(self.folder.parent.parent.as_posix().rstrip("/")) + 1
        self._before_names = len(self.folder.as_posix()) + 1
        self.name, _, self.frozen = self.folder.name.partition("@")
        self.problems: list[PackError] = []
        self._texts: dict[str, tuple[str, str]] = {}
        for path in (*(self.folder / name for name in _FILES if self._has(name)), *self._paths()):
            if not self._proper(path):
                continue
            try:
                self._texts[self._name(path)] = read_text(
                    path, self.place(path), cut_examples=path.parent.name in ROOMS
                )
            except PackError as problem:
                self.problems.append(problem)
        self._kept = recall(self.digest)
        self._sources: dict[str, Source | None] = {}

    @cached_property
    def digest(self) -> str:
        """The SHA-256 of what the files say, by their names in the pack: the same wherever the pack lies."""
        digest = hashlib.sha256()
        for name, (text, rest) in sorted(self._texts.items()):
            digest.update(f"{name}\0{len(text)}\0{len(rest)}\0{text}{rest}".encode())
        return digest.hexdigest()

    @cached_property
    def manifest(self) -> PackManifest | None:
        """`pack.yaml`; None where it cannot be read as one."""
        source = self.source("pack.yaml")
        manifest = source.model(PackManifest, source.data, self.problems) if source else None
        if source is None or manifest is None:
            return None
        if manifest.id != self.name:
            zh = f"规则包编号应与文件夹名一致：写「{self.name}」，或给文件夹改名"
            en = f"the id is the folder's name: write '{self.name}', or rename the folder"
            self.problems.append(source.error("id-not-path", zh, en, ("id",)))
        elif self.frozen and manifest.version != self.frozen:
            zh = f"版本应与文件夹名一致：写「{self.frozen}」，或给文件夹改名"
            en = f"the version is that of the folder's name: write '{self.frozen}', or rename the folder"
            self.problems.append(source.error("version-not-path", zh, en, ("version",)))
        elif not is_kebab(self.name):
            zh = "规则包编号只用小写英文字母、数字和连字符，如 cn-sx"
            en = "a pack's id is lower-case words with hyphens, such as cn-sx"
            self.problems.append(source.error("misnamed", zh, en, ("id",)))
        for index, code in enumerate(manifest.regions):
            if not is_code(code):
                zh = f"「{code[:20]}」不是行政区划代码，请写六位代码或其前两位、前四位"
                en = f"'{code[:20]}' is no GB/T 2260 code; write six digits or the first two or four"
                self.problems.append(source.error("bad-region", zh, en, ("regions", index)))
        return manifest

    def source(self, name: str) -> Source | None:
        """A file by its name in the pack; None where there is none, or none that can be parsed."""
        if name not in self._sources:
            self._sources[name] = self._parsed(name)
        return self._sources[name]

    def layouts(self) -> Iterator[Source]:
        """The files of layouts, in order of their names."""
        yield from self._in(("layouts",))

    def profiles(self) -> Iterator[Source]:
        """The files of profiles, in order of their names."""
        yield from self._in(("profiles",))

    def rules(self) -> Iterator[Source]:
        """The files of rules, in order of their names."""
        yield from self._in(ROOMS)

    def keep(self) -> None:
        """Keep the parsed form for other runs; for a pack that has no mistakes."""
        if self._kept is None:
            remember(self.digest, {name: source.data for name, source in self._sources.items() if source})

    def place(self, path: Path) -> str:
        """`rules/cn/pack.yaml`: the path from the folder that holds the packs' folder, with `/` everywhere."""
        return path.as_posix()[self._before_places :]

    def _name(self, path: Path) -> str:
        return path.as_posix()[self._before_names :]

    def _has(self, name: str) -> bool:
        return name == "pack.yaml" or (self.folder / name).exists()

    def _in(self, rooms: Collection[str]) -> Iterator[Source]:
        for name in self._texts:
            if name.rpartition("/")[0] in rooms and (source := self.source(name)) is not None:
                yield source

    def _parsed(self, name: str) -> Source | None:
        if name not in self._texts:
            return None
        text, rest = self._texts[name]
        path = self.folder / name
        if self._kept is not None and isinstance(kept := self._kept.get(name), dict):
            return Source(path, self.place(path), text, rest, kept)
        try:
            return Source.parse(path, self.place(path), text, rest)
        except PackError as problem:
            self.problems.append(problem)
            return None

    def _proper(self, path: Path) -> bool:
        """Whether a path is no pipe or device, on which a run would wait, and no link that leads out of the pack.

        Where a tool has installed a pack as links, file by file, the pack is where its `pack.yaml` really lies.
        """
        try:
            mode = path.lstat().st_mode
            if S_ISLNK(mode):
                own = (self.folder.resolve(), (self.folder / "pack.yaml").resolve().parent)
                target = path.resolve()
                if not any(target.is_relative_to(folder) for folder in own):
                    self._stray(
                        path,
                        "这是指向规则包以外的链接，不会读取，请换成文件本身",
                        "this is a link that leads out of the pack and is not followed; put the file itself here",
                        code="link-outside",
                    )
                    return False
                mode = target.stat().st_mode
        except OSError:
            return True  # reading it tells why it cannot be read
        if not S_ISREG(mode) and not S_ISDIR(mode):
            self._stray(path, "这不是文件，请删去", "this is no file; remove it", code="no-file")
            return False
        return True

    def _paths(self) -> Iterator[Path]:
        """The files of layouts and rules; whatever looks like a file of a pack and would not be read is a mistake."""
        for entry in self._entries(self.folder):
            if entry.is_dir():
                if self._proper(entry):
                    yield from self._room(entry)
            elif entry.suffix.lower() in _YAML and entry.name not in _FILES:
                zh, en = suggestion(entry.name, _FILES)
                self._stray(
                    entry,
                    f"规则包中只读取 {'、'.join(_FILES)} 和下级文件夹中的规则{zh}",
                    f"of a pack only {', '.join(_FILES)} and the rules in folders are read{en}",
                )

    def _room(self, room: Path) -> Iterator[Path]:
        if room.name not in (*ROOMS, "layouts", "profiles"):
            if any(room.rglob("*.yaml")):
                zh, en = suggestion(room.name, ROOMS)
                self._stray(
                    room,
                    f"没有「{room.name[:60]}」这个规则文件夹，可用的有 {'、'.join(ROOMS)}{zh}",
                    f"there is no room '{room.name[:60]}'; rooms are {', '.join(ROOMS)}{en}",
                    code="unknown-room",
                )
            return
        for path in self._entries(room):
            if path.is_dir() and any(path.rglob("*.yaml")):
                self._stray(
                    path, "规则文件只能直接放在规则文件夹中", "rules lie directly in a room, not deeper"
                )
            elif path.suffix.lower() in _YAML and path.suffix != ".yaml":
                self._stray(path, "规则包的文件名以 .yaml 结尾", "the files of a pack end in .yaml")
            elif path.suffix == ".yaml":
                yield path

    def _entries(self, folder: Path) -> list[Path]:
        try:
            return sorted(path for path in folder.iterdir() if not path.name.startswith("."))
        except OSError as problem:
            why = system_words(problem)
            zh, en = f"无法读取文件夹（{why[0]}）", f"the folder cannot be read ({why[1]})"
            self._stray(folder, zh, en, code="unreadable-file")
            return []

    def _stray(self, path: Path, zh: str, en: str, code: str = "stray-file") -> None:
        self.problems.append(PackError(zh, en, place=self.place(path), code=code))

"""What was parsed is kept by content, and a cache that is broken, full or forbidden changes nothing."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from disclosure_rules.errors import PackError
from disclosure_rules.packs import yaml_pack
from disclosure_rules.packs.content import PackContent
from disclosure_rules.packs.load import load_pack
from disclosure_rules.version import VERSION

Write = Callable[..., Path]


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("DISCLOSURE_RULES_NO_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "disclosure-rules" / VERSION


def test_a_second_load_gives_the_same_pack_without_parsing_its_rules(
    pack: Write, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = load_pack(pack())
    assert len(list(cache.iterdir())) == 1
    parsed: list[str] = []
    parse = yaml_pack.parse
    monkeypatch.setattr(yaml_pack, "parse", lambda text, file: parsed.append(file) or parse(text, file))
    assert load_pack(pack()) == first
    assert parsed == []


def test_a_changed_file_is_parsed_again(pack: Write, cache: Path) -> None:
    first = load_pack(pack())
    changed = load_pack(pack({"instruments.yaml": ("title: 指南", "title: 新指南")}))
    assert changed.instruments["guide"].title == "新指南"
    assert changed.sha256 != first.sha256
    assert len(list(cache.iterdir())) == 2


@pytest.mark.parametrize("content", [b"", b"[]", b"{", b"\xff\xfe"])
def test_a_broken_cache_is_ignored(pack: Write, cache: Path, content: bytes) -> None:
    first = load_pack(pack())
    for file in cache.iterdir():
        file.write_bytes(content)
    assert load_pack(pack()) == first


def test_a_cache_that_cannot_be_written_is_no_error(
    pack: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("in the way", "utf-8")
    monkeypatch.delenv("DISCLOSURE_RULES_NO_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert load_pack(pack()).rules


def test_nothing_is_written_where_the_cache_is_off(
    pack: Write, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISCLOSURE_RULES_NO_CACHE", "1")
    load_pack(pack())
    assert not cache.exists()


def test_a_broken_pack_is_not_kept_and_keeps_its_place(pack: Write, cache: Path) -> None:
    folder = pack({"instruments.yaml": ("guide:", "other:")})
    for _ in range(2):
        with pytest.raises(PackError) as caught:
            load_pack(folder)
        assert caught.value.place == "rules/cn-zz/layouts/2021.yaml:5:9"
    assert not cache.exists()


def test_content_cannot_be_moved_between_files(pack: Write) -> None:
    before = PackContent(pack()).digest
    folder = pack()
    (folder / "publication" / "late.yaml").rename(folder / "publication" / "later.yaml")
    assert PackContent(folder).digest != before


def test_decimals_and_lists_come_back_as_they_were(pack: Write, cache: Path) -> None:
    folder = pack({"publication/late.yaml": ("day: 31", 'day: 31.50, words: [甲, "1.5"]')})
    for _ in range(2):
        params = load_pack(folder).rules["cn-zz/publication/late"].params
        assert params == {"month": 3, "day": Decimal("31.50"), "words": ("甲", "1.5")}
        assert str(params["day"]) == "31.50"
    assert cache.exists()


def test_a_kept_file_with_other_data_is_still_held_against_the_rules(pack: Write, cache: Path) -> None:
    folder = pack()
    load_pack(folder)
    (file,) = cache.iterdir()
    file.write_text(file.read_text("utf-8").replace('"severity": "error"', '"severity": "fatal"'), "utf-8")
    with pytest.raises(PackError, match="'error' is none of error"):
        load_pack(folder)

"""A version of a pack, asked for by name: `cn-sx@2025.1` in place of the current one."""

import shutil
from pathlib import Path

import pytest

from disclosure_rules.errors import PackError
from disclosure_rules.packs.library import Library
from disclosure_rules.pipeline import Checker, Overrule
from disclosure_rules.resources import rules_folder

REPORT = {"layout": "2008", "year": 2017, "body": "长治市人民政府", "sections": {"overview": "概述。"}}


@pytest.fixture
def former(tmp_path: Path) -> Path:
    """The pack of Shanxi as it might have been: without its own rule."""
    folder = tmp_path / "cn-sx@2025.1"
    shutil.copytree(rules_folder() / "cn-sx", folder)
    shutil.rmtree(folder / "document")
    manifest = folder / "pack.yaml"
    manifest.write_text(manifest.read_text("utf-8").replace("2026.1", "2025.1"), "utf-8")
    return folder


def test_a_version_judges_in_place_of_the_current_one(former: Path) -> None:
    overrule = Overrule(region="140400")
    current = Checker().check(REPORT, overrule=overrule)
    frozen = Checker(packs=[former]).check(REPORT, overrule=overrule)
    assert ("cn-sx", "2025.1") in {(pack.id, pack.version) for pack in frozen.rules.packs}
    assert current.rules.fingerprint != frozen.rules.fingerprint
    own = "cn-sx/document/fees-unreported"
    assert own in {finding.rule for finding in current.findings}
    assert own not in {finding.rule for finding in frozen.findings}


def test_a_version_that_lies_beside_the_others_judges_only_when_asked_for(former: Path) -> None:
    def versions(*asked: str) -> dict[str, str]:
        library = Library([rules_folder(), former.parent], asked)
        rule_set = library.resolve(layout="2008", year=2017, region="140400", body=None)
        return {pack.id: pack.version for pack in rule_set.packs}

    current = versions()["cn-sx"]
    assert current != "2025.1"
    assert versions("cn-sx@2025.1")["cn-sx"] == "2025.1"
    assert versions(f"cn-sx@{current}")["cn-sx"] == current


def test_a_version_that_is_not_at_hand_is_told_with_those_that_are(former: Path) -> None:
    with pytest.raises(PackError, match=r"cn-sx@2025\.1、cn-sx@") as caught:
        Library([rules_folder(), former.parent], ["cn-sx@2019.9"])
    assert caught.value.code == "unknown-version"


def test_a_folder_of_a_version_must_hold_that_version(former: Path) -> None:
    folder = former.rename(former.parent / "cn-sx@2024.1")
    with pytest.raises(PackError) as caught:
        Library([rules_folder()], [folder]).every()
    assert caught.value.code == "version-not-path"

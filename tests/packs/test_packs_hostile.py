"""A stranger's pack: what is no file or lies elsewhere is refused; what a rule gets wrong is told with file and line."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from disclosure_rules.cli import main
from disclosure_rules.packs.content import PackContent
from disclosure_rules.packs.read import read_pack

Write = Callable[..., Path]
ROOT = Path(__file__).resolve().parents[2]
REPORT = ROOT / "examples" / "suqian-shizhengfu-2024.yaml"
RULE = """\
id: my-pack/requests/many-carried-over
title: {zh: 结转申请过多, en: Too many}
severity: note
basis: [{instrument: format-2021}]
applies: {layouts: ["2021"]}
each: {column: requests.columns}
let:
  taken: requests.received[column]
assert: requests.carried_out[column] <= taken
message: {zh: 多。, en: Many.}
"""


def _told(folder: Path) -> list[tuple[str, str]]:
    return [
        (one.place.removeprefix("rules/cn-zz/"), one.code) for one in read_pack(PackContent(folder)).problems
    ]


def test_a_pipe_is_no_file_and_nobody_waits_for_it(pack: Write) -> None:
    folder = pack()
    os.mkfifo(folder / "requests" / "pipe.yaml")
    assert _told(folder) == [("requests/pipe.yaml", "no-file")]


def test_a_link_out_of_the_pack_is_not_followed(pack: Write, tmp_path: Path) -> None:
    folder = pack()
    secret = tmp_path / "secret.yaml"
    secret.write_text("password: 1234\n", "utf-8")
    (folder / "requests" / "stolen.yaml").symlink_to(secret)
    (folder / "quantities.yaml").symlink_to(secret)
    (folder / "requests" / "lost.yaml").symlink_to(tmp_path / "nowhere.yaml")
    room = tmp_path / "elsewhere"
    (folder / "publication").rename(room)
    (folder / "publication").symlink_to(room)
    problems = read_pack(PackContent(folder)).problems
    places = {one.place.removeprefix("rules/cn-zz/") for one in problems}
    assert places == {"quantities.yaml", "publication", "requests/lost.yaml", "requests/stolen.yaml"}
    assert {one.code for one in problems} == {"link-outside"}
    assert not any("password" in one.en for one in problems)


def test_a_link_within_the_pack_is_followed(pack: Write) -> None:
    folder = pack()
    (folder / "instruments.yaml").rename(folder / ".kept")
    (folder / "instruments.yaml").symlink_to(folder / ".kept")
    assert _told(folder) == []


def test_a_pack_that_a_tool_installed_as_links_is_whole(pack: Write, tmp_path: Path) -> None:
    real = pack()
    linked = tmp_path / "site" / "rules" / "cn-zz"
    for file in real.rglob("*.yaml"):
        target = linked / file.relative_to(real)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.symlink_to(file)
    assert _told(linked) == []


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            "requests.carried_out[",
            "requests.caried_out[",
            "9:9：第 10 个字符处：2021 格式的 requests 里没有 caried_out",
        ),
        ("column: requests.columns", "column: request.columns", "6:16："),
        ("taken: requests.received", "taken: requests.recieved", "8:10："),
    ],
)
def test_a_check_tells_the_file_and_line_of_an_unknown_path(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], old: str, new: str, told: str
) -> None:
    assert old in RULE
    folder = tmp_path / "my-pack"
    (folder / "requests").mkdir(parents=True)
    manifest = 'id: my-pack\ntitle: {zh: 一, en: a}\nversion: "1"\nextends: cn\n'
    (folder / "pack.yaml").write_text(manifest, "utf-8")
    (folder / "requests" / "many-carried-over.yaml").write_text(RULE.replace(old, new), "utf-8")
    with pytest.raises(SystemExit) as stopped:
        main(["check", str(REPORT), "--pack", str(folder)])
    assert stopped.value.code == 2
    assert f"{tmp_path.name}/my-pack/requests/many-carried-over.yaml:{told}" in capsys.readouterr().err

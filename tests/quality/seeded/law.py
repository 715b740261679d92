"""Defects of the law cited: a notice that is no longer in force, a wrong number, a wrong title, an obsolete principle."""

from __future__ import annotations

from typing import TYPE_CHECKING

from seeded.planting import Edit, inserted, of_2021, plants

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

    from seeded.bases import Base

_REGULATION = "根据《中华人民共和国政府信息公开条例》{}，编制本报告。"
_NOTICE_2021 = (
    "《国务院办公厅政府信息与政务公开办公室关于印发〈中华人民共和国政府信息公开工作年度报告格式〉的通知》{}"
)
_NOTICE_2019 = "《国务院办公厅政府信息与政务公开办公室关于政府信息公开工作年度报告有关事项的通知》{}"


def _opened(kind: str, right: str, wrong: str, *, year_from: int = 0) -> None:
    """A kind: the introduction says `right` in the clean twin, `wrong` in the planted one."""

    @plants(kind)
    def _planter(base: Base, _: Random) -> Iterator[Edit]:
        if base.report["year"] < year_from:
            return
        clean, report = base.copy(), base.copy()
        clean["introduction"] = [*clean.get("introduction", []), right]
        report["introduction"] = [*report.get("introduction", []), wrong]
        yield Edit(report, at=("sections.introduction", "line:*", "report"), clean=clean)


_basis = "本报告按照{}的要求编制。".format
_opened(
    "notice-superseded",
    _basis(_NOTICE_2021.format("（国办公开办函〔2021〕30号）")),
    _basis(_NOTICE_2019.format("（国办公开办函〔2019〕60号）")),
    year_from=2021,
)
_opened(
    "notice-superseded-number-only",
    "本报告按照国办公开办函〔2021〕30号文件的要求编制。",
    "本报告按照国办公开办函〔2019〕60号文件的要求编制。",
    year_from=2021,
)
_opened(
    "notice-misnumbered",
    _basis(_NOTICE_2021.format("（国办公开办函〔2021〕30号）")),
    _basis(_NOTICE_2021.format("（国办公开办函〔2021〕33号）")),
    year_from=2021,
)
_opened(
    "notice-wrong-series",
    _basis(_NOTICE_2021.format("（国办公开办函〔2021〕30号）")),
    _basis(_NOTICE_2021.format("（国办函〔2021〕30号）")),
    year_from=2021,
)
_opened(
    "notice-wrong-year",
    _basis(_NOTICE_2021.format("（国办公开办函〔2021〕30号）")),
    _basis(_NOTICE_2021.format("（国办公开办函〔2020〕30号）")),
    year_from=2021,
)
_opened(
    "notice-title-of-other",
    _basis(_NOTICE_2021.format("（国办公开办函〔2021〕30号）")),
    _basis(_NOTICE_2019.format("（国办公开办函〔2021〕30号）")),
    year_from=2021,
)
_opened(
    "regulation-misnumbered",
    _REGULATION.format("（国务院令第711号）"),
    _REGULATION.format("（国务院令第771号）"),
)
_opened(
    "regulation-of-2007", _REGULATION.format("（国务院令第711号）"), _REGULATION.format("（国务院令第492号）")
)
_opened(
    "regulation-title-short",
    _REGULATION.format("（国务院令第711号）"),
    "根据《中华人民共和国信息公开条例》（国务院令第711号），编制本报告。",
)


@plants("principle-superseded", times=2)
def _principle(base: Base, rng: Random) -> Iterator[Edit]:
    words = rng.choice(("以公开为原则，以不公开为例外", "“以公开为原则、不公开为例外”"))
    yield Edit(inserted(base, f"坚持{words}，及时公开政府信息。"), at=("sections.overview",))


@plants("fee-instrument-misnumbered")
def _fee(base: Base, _: Random) -> Iterator[Edit]:
    if of_2021(base):
        form = "严格执行《政府信息公开信息处理费管理办法》（国办函〔2020〕{}号）。"
        yield Edit(
            inserted(base, form.format(190), "other_matters"),
            at=("sections.other_matters",),
            clean=inserted(base, form.format(109), "other_matters"),
        )

"""Names of bodies as they are compared: without what does not tell one from another."""

from __future__ import annotations

import unicodedata

__all__ = ["bare", "cuts", "endings", "plain_name"]

_GOVERNMENT = ("人民政府", "管理委员会", "管委会")
_LEVELS = "省市区县旗州盟"
_SHORTEST = 4  # characters of a name without the regions before it


def plain_name(name: str) -> str:
    """A name without white space and full-width letters."""
    return "".join(unicodedata.normalize("NFKC", name).split())


def bare(name: str) -> str:
    """A name without white space and full-width letters, and without a last 人民政府 or 管理委员会."""
    plain = plain_name(name)
    for ending in _GOVERNMENT:
        plain = plain.removesuffix(ending) or plain
    return plain


def cuts(name: str) -> list[int]:
    """The places in a name where that of a region may end."""
    return [place + 1 for place, character in enumerate(name) if character in _LEVELS]


def endings(name: str) -> list[str]:
    """A name without the names of regions before it, the longest first: 长治市长子县财政局 → 长子县财政局.

    One of three characters counts where it is a region itself: 淮安市洪泽区 → 洪泽区; and so does a township.
    """
    shortest = _SHORTEST - 1 if name[-1:] in f"{_LEVELS}乡镇" else _SHORTEST
    return [name[cut:] for cut in cuts(name) if len(name) - cut >= shortest]

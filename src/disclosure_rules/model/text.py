"""Words for people, in both languages."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

__all__ = ["Day", "Frozen", "Lang", "Text"]

Lang = Literal["zh", "en"]


class Frozen(BaseModel):
    """What every model of this library is: immutable, and closed to unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


def _one_way(text: str) -> str:
    try:
        same = date.fromisoformat(text).isoformat() == text
    except ValueError:
        same = False
    if not same:
        msg = "a day is written 2026-11-27"
        raise ValueError(msg)
    return text


# A day that is compared as it is written, so there is one way to write it: Python reads 20261127 and 2026-W48-5 as well.
Day = Annotated[str, AfterValidator(_one_way), Field(json_schema_extra={"format": "date"})]


class Text(Frozen):
    """One sentence or title in Chinese and in English."""

    zh: str
    en: str

    # Sentences are compared and counted all the time; pydantic's own comparison takes five times as long.
    def __eq__(self, other: object) -> bool:
        return isinstance(other, Text) and self.zh == other.zh and self.en == other.en

    def __hash__(self) -> int:
        return hash((self.zh, self.en))

    def __call__(self, lang: Lang) -> str:
        """The words in one language."""
        return self.zh if lang == "zh" else self.en

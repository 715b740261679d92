"""Words for people, in both languages."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

__all__ = ["Frozen", "Lang", "Text"]

Lang = Literal["zh", "en"]


class Frozen(BaseModel):
    """What every model of this library is: immutable, and closed to unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


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

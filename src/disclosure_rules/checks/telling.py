"""How much a verb about figures of the text may say, and that the text was read to its end."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec

from disclosure_rules.model.result import Evidence, Satisfied, Undecided
from disclosure_rules.model.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from disclosure_rules.checks.context import CheckContext

__all__ = ["about_figures"]

_P = ParamSpec("_P")
_MOST_UNDECIDED = 20
_TOO_LONG = Text(
    zh="正文过长，只核对了前面的数字",
    en="the text is too long; only the figures at its beginning were compared",
)


def about_figures(
    verb: Callable[Concatenate[CheckContext, _P], Iterator[Evidence | Satisfied | Undecided]],
) -> Callable[Concatenate[CheckContext, _P], Iterator[Evidence | Satisfied | Undecided]]:
    """A verb that reads `context.mentions`: of what it leaves undecided no more is told than somebody would read.

    Where the text was not read to its end, that is one more thing undecided.
    """

    @wraps(verb)
    def told(
        context: CheckContext, /, *args: _P.args, **params: _P.kwargs
    ) -> Iterator[Evidence | Satisfied | Undecided]:
        undecided = 0
        for answer in verb(context, *args, **params):
            if isinstance(answer, Undecided):
                undecided += 1
                if undecided > _MOST_UNDECIDED:
                    continue
            yield answer
        if undecided > _MOST_UNDECIDED:
            yield Undecided(reason=_more(undecided - _MOST_UNDECIDED))
        if not context.mentions_whole:
            yield Undecided(reason=_TOO_LONG)

    return told


def _more(count: int) -> Text:
    return Text(zh=f"另有 {count} 处不能确定", en=f"{count} more places could not be decided")

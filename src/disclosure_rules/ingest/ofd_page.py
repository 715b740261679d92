"""The objects of an OFD page (GB/T 33190, 8 to 11) → its characters and ruling lines, upright and in points.

The file gives the place of every character and the characters themselves; fonts are not needed. Where it leaves the
width of one open, a Han character is taken to be as wide as it is high, another about half as wide.
"""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import east_asian_width

from disclosure_rules.ingest.ofd_path import outlines
from disclosure_rules.ingest.ooxml import local
from disclosure_rules.ingest.pdf_page import DAMAGED, Char, Page, PageFlaw, TooLarge
from disclosure_rules.ingest.pdf_shapes import direction_of, lines_in, rules_in, turned_upright
from disclosure_rules.ingest.pdf_struck import without_struck

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from xml.etree.ElementTree import Element

    from disclosure_rules.ingest.pdf_shapes import Box

    Point = tuple[float, float]
    Place = Callable[[float, float], Point]

__all__ = ["numbers_of", "read_page"]

MOST_CHARS = 20_000
MOST_LINES = 50_000
_POINTS = 72 / 25.4  # in a millimetre
_ABOVE, _BELOW = 0.88, 0.12  # of a character's height, what stands above and below its baseline
_DIGIT = 0.6
_LARGE_PICTURE = 0.15
_WHITE = 250
_BLANKS = frozenset(" \t\r\n\xa0\u3000\u200b\ufeff")
_BOX, _MATRIX = 4, 6
# Cosine and sine of a direction, which turns with the clock: to the right, down, to the left, up.
_QUARTERS = {"0": (1, 0), "90": (0, 1), "180": (-1, 0), "270": (0, -1)}
_LIGHT = (1, 3)  # numbers of a colour in which white is the highest: grey, and red, green and blue


class _Run(NamedTuple):
    """The characters of a text object before the page is turned: box, where each stands, and itself.

    `direction` is where its letters look, in degrees, None for slanted ones; `down` says that they stand in a column.
    """

    direction: int | None
    down: bool
    chars: list[tuple[Box, Point, str]]


def read_page(objects: Iterable[Element], box: Sequence[float], number: int) -> Page:
    """Read a page.

    Args:
        objects: The elements of its content, those of its templates too.
        box: Left, top, width and height of the paper, in millimetres.
        number: Its number from 1.

    Raises:
        TooLarge: There is more on it than on any page of a report.
    """
    runs: list[_Run] = []
    segments: list[Box] = []
    flaws: Counter[str] = Counter()
    for element in objects:
        kind = local(element.tag)
        if kind == "TextObject" and not _shows(element):
            flaws["hidden-text"] += 1
            continue
        try:
            if kind == "TextObject":
                runs.append(_run(element, _placing(element, box)))
            elif kind == "PathObject":
                segments.extend(_lines(element, _placing(element, box)))
            elif kind == "ImageObject":
                flaws["picture"] += _is_large(element, box)
            elif kind == "CompositeObject":
                flaws["composite-not-read"] += 1
        except ValueError:
            flaws["object-not-read"] += 1
        if len(segments) > MOST_LINES:
            raise TooLarge("lines", MOST_LINES, number)
    return _page(runs, segments, flaws, box, number)


def numbers_of(text: str | None, count: int) -> list[float]:
    """So many numbers with blanks between them.

    Raises:
        ValueError: They are not as many, or no numbers.
    """
    numbers = [float(word) for word in (text or "").split()]
    if len(numbers) != count or not all(map(math.isfinite, numbers)):
        raise ValueError(text)
    return numbers


def _page(
    runs: Sequence[_Run], segments: Iterable[Box], flaws: Counter[str], box: Sequence[float], number: int
) -> Page:
    """The page turned so that most of its text runs to the right."""
    directions: Counter[int] = Counter()
    for run in runs:
        if run.direction is None:
            flaws["slanted-text"] += 1
        else:
            directions[run.direction] += len(run.chars)
    if sum(directions.values()) > MOST_CHARS:
        raise TooLarge("characters", MOST_CHARS, number)
    main = directions.most_common(1)[0][0] if directions else 0
    turn, width, height = turned_upright((0, 0, box[2] * _POINTS, box[3] * _POINTS), main)
    across, down = rules_in(segments, turn)
    chars: list[Char] = []
    for run in (run for run in runs if run.direction is not None):
        turned = run.down or run.direction != main
        for shape, (x, y), text in run.chars:
            x0, y0, x1, y1 = turn(*shape)
            if 0 <= (x0 + x1) / 2 <= width and 0 <= (y0 + y1) / 2 <= height:
                chars.append(Char(x0, y0, x1, y1, turn(x, y, x, y)[1], text, turned))
            else:
                flaws["text-off-page"] += 1
    kept, struck = without_struck(chars, across)
    flaws["struck-text"] += struck
    told = [PageFlaw(code, count) for code, count in flaws.items() if count]
    return Page(number, width, height, kept, across, down, told)


def _placing(element: Element, box: Sequence[float]) -> Place:
    """How a point of an object gets to the page, in points, y upwards: by its matrix, then from its boundary's corner."""
    left, top, _, _ = numbers_of(element.get("Boundary"), _BOX)
    a, b, c, d, e, f = _matrix(element)

    def place(x: float, y: float) -> Point:
        across, down = a * x + c * y + e + left - box[0], b * x + d * y + f + top - box[1]
        return across * _POINTS, (box[3] - down) * _POINTS

    return place


def _matrix(element: Element) -> Sequence[float]:
    given = element.get("CTM")
    return numbers_of(given, _MATRIX) if given else (1, 0, 0, 1, 0, 0)


def _run(element: Element, place: Place) -> _Run:
    size = float(element.get("Size") or numbers_of(element.get("Boundary"), _BOX)[3])
    if not 0 < size < math.inf:
        raise ValueError(size)
    cosine, sine = _toward(element, "CharDirection")
    printed = list(_characters(element, size * float(element.get("HScale") or 1)))
    found: list[tuple[Box, Point, str]] = []
    for x, y, width, char in printed:
        if char in _BLANKS:
            continue
        (x0, y0), (x1, y1) = (
            place(x + cosine * across - sine * below, y + sine * across + cosine * below)
            for across, below in ((0.0, -_ABOVE * size), (width, _BELOW * size))
        )
        shape = min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)
        found.append((shape, place(x, y), DAMAGED if _means_nothing(char) else char))
    a, b, c, d, _, _ = _matrix(element)
    # The page's y grows downwards, a direction is told with y upwards; + 0.0 makes 0.0 of -0.0.
    direction = direction_of(a * cosine + c * sine + 0.0, -(b * cosine + d * sine) + 0.0)
    return _Run(direction, len(printed) > 1 and len({x for x, _, _, _ in printed}) == 1, found)


def _toward(element: Element, name: str) -> tuple[int, int]:
    quarter = _QUARTERS.get(element.get(name) or "0")
    if quarter is None:
        raise ValueError(element.get(name))
    return quarter


def _characters(element: Element, wide: float) -> Iterator[tuple[float, float, float, str]]:
    """The characters of a text object: where each stands in its own space, its width, and itself."""
    x = y = math.nan
    right, below = _toward(element, "ReadDirection")
    for code in (child for child in element if local(child.tag) == "TextCode"):
        x, y = _coordinate(code, "X", x), _coordinate(code, "Y", y)
        text = (code.text or "").strip("\r\n\t")
        if len(text) > MOST_CHARS:
            raise ValueError(len(text))
        step_x, step_y = (_steps(code.get(name), len(text) - 1) for name in ("DeltaX", "DeltaY"))
        at_x, at_y = x, y
        for index, char in enumerate(text):
            usual = wide * _usual_width(char)
            given = index < len(step_x) or index < len(step_y)
            across = step_x[index] if index < len(step_x) else 0.0 if given else right * usual
            # A letter is as wide as its step, since W and i differ; a Han character is only justified apart.
            width = across if 0 < across <= (wide if char.isascii() else usual) else usual
            yield at_x, at_y, width, char
            at_x += across
            at_y += step_y[index] if index < len(step_y) else 0.0 if given else below * usual


def _usual_width(char: str) -> float:
    """A width that is not given, as a part of the height: no digit is narrower than half of it."""
    if east_asian_width(char) in "WFA":
        return 1.0
    return _DIGIT if char.isdigit() else 0.5


def _coordinate(code: Element, name: str, before: float) -> float:
    """Where a text begins; one that says nothing begins where the one before it did."""
    number = float(code.get(name) or before)
    if not math.isfinite(number):
        raise ValueError(name)
    return number


def _steps(deltas: str | None, most: int) -> list[float]:
    """The steps between characters: `5 g 3 4.5` is 5 4.5 4.5 4.5."""
    steps: list[float] = []
    words = iter((deltas or "").split())
    for word in words:
        times, step = (int(next(words, "")), next(words, "")) if word == "g" else (1, word)
        steps += [float(step)] * min(times, most - len(steps))
    if not all(map(math.isfinite, steps)):
        raise ValueError(deltas)
    return steps


def _means_nothing(char: str) -> bool:
    """Whether a character is one of a font's own, which stands for no known text."""
    return char == DAMAGED or "\ue000" <= char <= "\uf8ff" or char >= "\U000f0000"


def _lines(element: Element, place: Place) -> Iterator[Box]:
    filled = element.get("Fill") == "true" and _is_seen(element, "FillColor")
    stroked = element.get("Stroke") != "false" and _is_seen(element, "StrokeColor")
    if element.get("Visible") == "false" or not (filled or stroked):
        return
    for part in element:
        if local(part.tag) == "AbbreviatedData":
            for corners in outlines(part.text or ""):
                yield from lines_in([place(x, y) for x, y in corners], filled=filled, stroked=stroked)


def _shows(text: Element) -> bool:
    """Whether a text is painted."""
    painted = text.get("Fill") != "false" or text.get("Stroke") == "true"
    return painted and text.get("Visible") != "false" and text.get("Alpha") != "0"


def _is_seen(path: Element, name: str) -> bool:
    """Whether a path has another colour than the paper."""
    if path.get("Alpha") == "0":
        return False
    colour = next((part for part in path if local(part.tag) == name), None)
    if colour is None:
        return True
    if colour.get("Alpha") == "0":
        return False
    shares = (colour.get("Value") or "0").split()
    return len(shares) not in _LIGHT or not all(float(share) >= _WHITE for share in shares)


def _is_large(picture: Element, box: Sequence[float]) -> bool:
    _, _, width, height = numbers_of(picture.get("Boundary"), _BOX)
    return abs(width * height) > _LARGE_PICTURE * box[2] * box[3]

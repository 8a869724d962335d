"""Drawings set beside each other on one sheet without overlap: the large first, the small in the gaps."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt

Point = tuple[float, float]
_Box = tuple[float, float]

MARGIN_X, MARGIN_Y = 2.0, 1.0
"""The room beside and below a drawing, in the unit of its points; names run beside their nodes."""


def pack(drawings: Sequence[Sequence[Point]]) -> list[list[Point]]:
    """Return the drawings moved so that their boxes lie apart, the whole about as wide as high."""
    boxes = [_box(drawing) for drawing in drawings]
    order = sorted(range(len(boxes)), key=lambda index: (-boxes[index][1], -boxes[index][0], index))
    corners = _corners([boxes[index] for index in order])
    moved: list[list[Point]] = [[]] * len(drawings)
    for index, (left, top) in zip(order, corners, strict=True):
        x0 = min(x for x, _ in drawings[index])
        y0 = min(y for _, y in drawings[index])
        moved[index] = [(x - x0 + left, y - y0 + top) for x, y in drawings[index]]
    return moved


def _box(drawing: Sequence[Point]) -> _Box:
    xs = [x for x, _ in drawing]
    ys = [y for _, y in drawing]
    return (max(xs) - min(xs) + MARGIN_X, max(ys) - min(ys) + MARGIN_Y)


def _corners(boxes: Sequence[_Box]) -> list[Point]:
    """Return the top left corner of each box, which come by falling height.

    Boxes fill shelves as high as their first box; on a shelf, boxes that fit are stacked in columns.
    """
    sheet = 1.2 * sqrt(sum(width * height for width, height in boxes))
    corners: list[Point] = []
    top = left = column = shelf = down = 0.0
    for width, height in boxes:
        if corners and down + height > shelf:  # the column is full: start the next
            left, column, down = left + column, 0.0, 0.0
        if not corners or left + width > sheet:  # the shelf is full: start the next
            top, left, column, down, shelf = top + shelf, 0.0, 0.0, 0.0, height
        corners.append((left, top + down))
        column = max(column, width)
        down += height
    return corners

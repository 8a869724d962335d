"""JSON lines to rows, one article each, one line at a time."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from kg.errors import InputError, KgError, Place
from kg.read.encoding import decode

_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Row:
    """A row's fields as text, empty where it has none; `line` counts from 1."""

    line: int
    id: str
    title: str
    text: str
    url: str
    date: str


def rows(lines: Iterable[bytes], path: str, limit: int, on_error: Callable[[KgError], None]) -> Iterator[Row]:
    """Yield the rows; a line that is none, or is longer than `limit` bytes, goes to `on_error`.

    `lines` may give an overlong line in pieces, of which all but the last have no line end.
    """
    number, overlong = 1, False
    for line in lines:
        if overlong or len(line) > limit:
            if not overlong:
                on_error(_broken(Place(path, number), f"the line is longer than {limit // 2**20} MiB"))
            overlong = not line.endswith(b"\n")
        elif not line.isspace():
            try:
                yield _row(line, Place(path, number))
            except InputError as error:
                on_error(error)
        number += not overlong


def _row(line: bytes, place: Place) -> Row:
    text = decode(line, place)
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        raise _broken(Place(place.path, place.line, error.colno), f"is no JSON: {error.msg}") from error
    except (ValueError, RecursionError) as error:
        raise _broken(
            place, "is no JSON that can be read: a number too long, or nested too deeply"
        ) from error
    if not isinstance(data, dict) or not isinstance(data.get("text"), str):
        raise _broken(place, "is no JSON object with a `text`")
    return Row(place.line, *(_text(data.get(key)) for key in ("id", "title", "text", "url", "date")))


def _text(value: Any) -> str:
    """Return a JSON value as text; a list or an object is none."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return _SURROGATE.sub("\ufffd", str(value))


def _broken(place: Place, message: str) -> InputError:
    return InputError(message, place=place, hint='a line is one article: {"id": …, "title": …, "text": …}')

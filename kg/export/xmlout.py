"""XML written piece by piece, so that a large graph is never held as a tree.

The pieces are text, put together by the writers: to open and close a library's element for each value takes
three times as long. Escaping is all that they leave to be done.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from xml.sax.saxutils import escape

from kg.export.atomic import atomic_text

_SPECIAL = re.compile('[&<>"\r\n\t]')
_IN_TEXT = {"\r": "&#13;"}
_IN_ATTRIBUTE = {'"': "&quot;", "\r": "&#13;", "\n": "&#10;", "\t": "&#9;"}


@contextmanager
def xml_file(path: Path, root: str, attributes: Mapping[str, str]) -> Iterator[Callable[[str], object]]:
    """Yield what writes pieces into the root element of a new file; raises InputError where it cannot be written."""
    with atomic_text(path) as file:
        file.write(f"<?xml version='1.0' encoding='UTF-8'?>\n{opening(root, attributes)}")
        yield file.write
        file.write(f"\n</{root}>")


def opening(tag: str, attributes: Mapping[str, str]) -> str:
    """Return the opening tag of an element."""
    given = "".join(f' {name}="{attribute(value)}"' for name, value in attributes.items())
    return f"<{tag}{given}>"


def empty(tag: str, attributes: Mapping[str, str]) -> str:
    """Return an element that has attributes only."""
    return f"{opening(tag, attributes)}</{tag}>"


def text(value: str) -> str:
    """Return a value as it stands between tags."""
    return escape(value, _IN_TEXT) if _SPECIAL.search(value) else value


def attribute(value: str) -> str:
    """Return a value as it stands between the quotes of an attribute."""
    return escape(value, _IN_ATTRIBUTE) if _SPECIAL.search(value) else value

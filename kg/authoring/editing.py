"""Additions to rule files that leave all else, comments and order, as it was."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import yaml

from kg.errors import InputError, Place

_PLAIN = re.compile(r"[\w\u4e00-\u9fff·][\w\u4e00-\u9fff· .\-]*$")


def scalar(value: str) -> str:
    """Return a value as it is written in YAML, quoted only where it must be."""
    return value if _PLAIN.match(value) else f"'{value.replace(chr(39), chr(39) * 2)}'"


def add_item(path: Path, keys: tuple[str, ...], value: str) -> None:
    """Add a value to the list at `keys`, in the style of the list; a list that is missing is begun.

    Raises InputError where something else stands there.
    """
    text = path.read_text(encoding="utf-8-sig")
    node = _at(text, keys)
    if node is None and len(keys) == 1:
        _write(path, text.rstrip("\n") + f"\n{keys[0]}:\n  - {value}\n")
        return
    if not isinstance(node, yaml.SequenceNode):
        raise InputError(f"holds no list `{'.'.join(keys)}`", place=Place(path))
    if node.flow_style:
        end = node.end_mark.index - 1
        joint = ", " if node.value else ""
        body = text[:end].rstrip()
        _write(path, body + joint + scalar(value) + text[end:])
        return
    last = node.value[-1]
    line_end = text.find("\n", last.end_mark.index)
    end = len(text) if line_end < 0 else line_end
    if last.end_mark.column == 0:  # a block scalar or comment ran on: its end is the next line's start
        end = last.end_mark.index - 1
    _write(path, f"{text[:end]}\n{' ' * node.start_mark.column}- {value}{text[end:]}")


def add_entity(path: Path, name: str, aliases: tuple[str, ...] = ()) -> None:
    """Add a name to a lexicon file, begun in the file's own indent. Raises InputError where it is none."""
    text = path.read_text(encoding="utf-8-sig")
    node = _at(text, ("entities",))
    if not isinstance(node, yaml.MappingNode) or node.flow_style or not node.value:
        raise InputError("holds no block of `entities:`", place=Place(path))
    last = node.value[-1][1]
    line_end = text.find("\n", last.end_mark.index)
    end = len(text) if line_end < 0 else line_end
    indent = " " * node.value[0][0].start_mark.column
    line = f"{indent}{scalar(name)}: [{', '.join(map(scalar, aliases))}]"
    _write(path, f"{text[:end]}\n{line}{text[end:]}")


def _at(text: str, keys: tuple[str, ...]) -> yaml.Node | None:
    node = yaml.compose(text, Loader=yaml.BaseLoader)
    for key in keys:
        if not isinstance(node, yaml.MappingNode):
            return None
        node = next((value for name, value in node.value if name.value == key), None)
    return node


def _write(path: Path, text: str) -> None:
    path.write_text(text if text.endswith("\n") else text + "\n", encoding="utf-8")


def flow(names: list[str]) -> Any:
    """Return a list that YAML writes in one line."""
    from ruamel.yaml.comments import CommentedSeq

    sequence = CommentedSeq(names)
    sequence.fa.set_flow_style()
    return sequence


def edit(path: Path, change: Callable[[Any], None], beginning: str = "") -> Path:
    """Change a YAML file in place: all or nothing, its comments kept. A missing file begins with `beginning`.

    Raises InputError where it holds no keys and values, or cannot be written.
    """
    from ruamel.yaml import YAML
    from ruamel.yaml.comments import CommentedMap

    from kg.export.atomic import atomic_text

    writer = YAML()
    writer.preserve_quotes = True
    writer.width = 4096
    writer.indent(mapping=2, sequence=4, offset=2)
    present = path.exists() or not beginning
    content = writer.load(path.read_text(encoding="utf-8-sig")) if present else None
    content = CommentedMap() if content is None and beginning else content
    if not isinstance(content, dict):
        raise InputError("should hold keys and values", place=Place(path), hint="see docs/rules.md")
    change(content)
    written = StringIO()
    writer.dump(content, written)
    with atomic_text(path) as stream:
        stream.write(("" if present else beginning) + written.getvalue())
    return path

"""A YAML file as plain data in which every scalar is a string, with the place of every value.

YAML 1.1 would turn 360 into a number, ON into True and No into False; rule authors write words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from kg.errors import Place, RuleError

MAX_BYTES = 16 * 1024 * 1024
MAX_DEPTH = 12

_Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_FLOW_OPTIONAL = re.compile(r"^\s*-?\s*\w*:?\s*\[.*\[[^\]]*\].*\]")

_CONTENT = (yaml.ScalarEvent, yaml.CollectionStartEvent, yaml.AliasEvent)

Marks = tuple[int, int, Any]
"""Line and column of a value, counted from one, and the marks of what it holds: a dict, a list or None."""


class FileModel(BaseModel):
    """A rule file or a part of one: unknown keys are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


Model = TypeVar("Model", bound=FileModel)


@dataclass(frozen=True, slots=True)
class YamlFile:
    """The data of one file, `marks` of the same shape that tell where each value stands, and keys that stand twice."""

    path: Path
    data: Any
    marks: Marks | None
    duplicates: tuple[tuple[str, Place], ...]

    def place(self, *keys: str | int) -> Place:
        """Return the place of the value at `keys`, or of the nearest value around it."""
        if self.marks is None:
            return Place(self.path, 1, 1)
        line, column, below = self.marks
        for key in keys:
            try:
                line, column, below = below[key]
            except (KeyError, IndexError, TypeError):
                break
        return Place(self.path, line, column)


def read(path: Path) -> YamlFile:
    """Return the parsed file. Raises RuleError for what is no YAML, too large, too deep or aliased."""
    try:
        source = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise RuleError(
            f"cannot be read: {error}", place=Place(path), hint="save the file as UTF-8"
        ) from error
    if len(source) > MAX_BYTES:
        raise RuleError("is larger than 16 MB", place=Place(path), hint="split it into several files")
    try:
        return _Reader(path, source).read()
    except yaml.YAMLError as error:
        raise _syntax_error(path, source, error) from error


def parse(file: YamlFile, model: type[Model]) -> Model:
    """Return the file's data as a `model`. Raises RuleError at the first value that does not fit."""
    for key, place in file.duplicates:
        raise RuleError(f"`{key}` stands twice", place=place, hint="keep one of the two")
    if not isinstance(file.data, dict):
        raise RuleError("should hold keys and values", place=file.place(), hint="see docs/rules.md")
    try:
        return model.model_validate(file.data)
    except ValidationError as error:
        raise next(problems(file, model, error)) from error


def problems(file: YamlFile, model: type[FileModel], error: ValidationError) -> Iterator[RuleError]:
    """Yield one RuleError for each of pydantic's complaints, with place and remedy."""
    for item in error.errors():
        keys = tuple(key for key in item["loc"] if key == "" or not str(key).startswith("function-"))
        place = file.place(*keys)
        name = str(keys[-1]) if keys else ""
        if item["type"] == "extra_forbidden":
            known = _field_names(model)
            close = get_close_matches(name, known, 1)
            hint = f"did you mean `{close[0]}`?" if close else f"known keys: {', '.join(known)}"
            yield RuleError(f"unknown key `{name}`", place=place, hint=hint)
        elif item["type"] == "missing":
            yield RuleError(f"the key `{name}` is missing", place=place, hint=f"add `{name}:`")
        else:
            yield RuleError(f"`{name}`: {item['msg']}", place=place, hint="see docs/rules.md")


def _field_names(model: type[FileModel]) -> list[str]:
    names = {field.alias or name for name, field in model.model_fields.items()}
    for field in model.model_fields.values():
        for inner in (field.annotation, *getattr(field.annotation, "__args__", ())):
            if isinstance(inner, type) and issubclass(inner, BaseModel):
                names |= set(inner.model_fields)
    return sorted(names)


class _Reader:
    """Builds data and marks from the parser's events, in one pass: a change of one rule reads every file anew."""

    def __init__(self, path: Path, source: str) -> None:
        self._path = path
        self._events: Iterator[Any] = yaml.parse(source, Loader=_Loader)
        self._duplicates: list[tuple[str, Place]] = []

    def read(self) -> YamlFile:
        """Return the file; its data is empty where it holds no document."""
        data: Any = {}
        marks: Marks | None = None
        for event in self._events:
            if isinstance(event, _CONTENT):
                data, marks = self._value(event, 0)
            elif isinstance(event, yaml.DocumentStartEvent) and marks is not None:
                raise RuleError(
                    "holds a second document",
                    place=_place(self._path, event.start_mark),
                    hint="take out the line `---`, or make two files",
                )
        return YamlFile(self._path, data, marks, tuple(self._duplicates))

    def _value(self, event: Any, depth: int) -> tuple[Any, Marks]:
        start = event.start_mark
        if depth > MAX_DEPTH:
            raise RuleError("is nested too deeply", place=_place(self._path, start))
        if isinstance(event, yaml.ScalarEvent):
            return event.value, (start.line + 1, start.column + 1, None)
        if isinstance(event, yaml.AliasEvent):
            raise RuleError(
                "YAML aliases (*name) are not allowed",
                place=_place(self._path, start),
                hint="write the value out",
            )
        mapping = isinstance(event, yaml.MappingStartEvent)
        data, below = self._mapping(depth + 1) if mapping else self._sequence(depth + 1)
        return data, (start.line + 1, start.column + 1, below)

    def _mapping(self, depth: int) -> tuple[dict[str, Any], dict[str, Marks]]:
        data: dict[str, Any] = {}
        below: dict[str, Marks] = {}
        for event in self._events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            start = event.start_mark
            if not isinstance(event, yaml.ScalarEvent):
                raise RuleError(
                    "a key must be a word", place=_place(self._path, start), hint="write `key: value`"
                )
            key = event.value
            if key in data:
                self._duplicates.append((key, _place(self._path, start)))
            data[key], (_, _, inner) = self._value(next(self._events), depth)
            below[key] = (start.line + 1, start.column + 1, inner)
        return data, below

    def _sequence(self, depth: int) -> tuple[list[Any], list[Marks]]:
        data: list[Any] = []
        below: list[Marks] = []
        for event in self._events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            value, mark = self._value(event, depth)
            data.append(value)
            below.append(mark)
        return data, below


def _place(path: Path, mark: Any) -> Place:
    return Place(path, mark.line + 1, mark.column + 1)


def _syntax_error(path: Path, source: str, error: yaml.YAMLError) -> RuleError:
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or "is no valid YAML"
    place = _place(path, mark) if mark else Place(path)
    lines = source.splitlines()
    line = lines[place.line - 1] if 0 < place.line <= len(lines) else ""
    hint = "quote the value, or put each frame on its own line after `- `"
    if _FLOW_OPTIONAL.match(line):
        hint = "frames with [optional] parts must stand one a line after `- `, not inside [ ]"
    return RuleError(f"is no valid YAML: {problem}", place=place, hint=hint)

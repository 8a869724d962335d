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

Path_ = tuple[str | int, ...]


class FileModel(BaseModel):
    """A rule file or a part of one: unknown keys are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


Model = TypeVar("Model", bound=FileModel)


@dataclass(frozen=True, slots=True)
class YamlFile:
    """The data of one file and the place of each value, by its path of keys and indexes."""

    path: Path
    data: Any
    places: dict[Path_, Place]
    duplicates: tuple[tuple[str, Place], ...]

    def place(self, *keys: str | int) -> Place:
        """Return the place of the value at `keys`, or of the nearest value around it."""
        while keys and keys not in self.places:
            keys = keys[:-1]
        return self.places.get(keys, Place(self.path, 1, 1))


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
        for event in yaml.parse(source, Loader=_Loader):
            if isinstance(event, yaml.AliasEvent):
                raise RuleError(
                    "YAML aliases (*name) are not allowed",
                    place=_place(path, event.start_mark),
                    hint="write the value out",
                )
        root = yaml.compose(source, Loader=_Loader)
    except yaml.YAMLError as error:
        raise _syntax_error(path, source, error) from error
    except RecursionError as error:
        raise RuleError("is nested too deeply", place=Place(path)) from error
    places: dict[Path_, Place] = {}
    duplicates: list[tuple[str, Place]] = []
    data = {} if root is None else _plain(root, path, (), places, duplicates)
    return YamlFile(path, data, places, tuple(duplicates))


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


def _plain(
    node: yaml.Node, path: Path, keys: Path_, places: dict[Path_, Place], duplicates: list[tuple[str, Place]]
) -> Any:
    if len(keys) > MAX_DEPTH:
        raise RuleError("is nested too deeply", place=_place(path, node.start_mark))
    places[keys] = _place(path, node.start_mark)
    if isinstance(node, yaml.MappingNode):
        mapping: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value)
            if key in mapping:
                duplicates.append((key, _place(path, key_node.start_mark)))
            mapping[key] = _plain(value_node, path, (*keys, key), places, duplicates)
            places[(*keys, key)] = _place(path, key_node.start_mark)
        return mapping
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item, path, (*keys, i), places, duplicates) for i, item in enumerate(node.value)]
    return node.value


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

"""Files about the language: what one does not say of it, the shipped rules say.

Rules are copied and edited, and the shipped ones go on learning; a copy keeps working where they learned a key.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from kg.rules import yamlfile
from kg.rules.yamlfile import FileModel, YamlFile


def completed(file: YamlFile, model: type[FileModel], shipped: Path) -> YamlFile:
    """Return a file with the required keys that it lacks as they are in the file `shipped`.

    Raises RuleError where that one is broken.
    """
    if file.path == shipped or not isinstance(file.data, dict):
        return file
    if not _lacking(file.data, model):
        return file
    return replace(file, data=_filled(file.data, yamlfile.read(shipped).data, model))


def _lacking(own: dict[str, Any], model: type[FileModel]) -> bool:
    """Tell whether a required key is missing, here or in a part of the file."""
    return any(
        name not in own or (inner is not None and isinstance(own[name], dict) and _lacking(own[name], inner))
        for name, inner in _required(model)
    )


def _filled(own: dict[str, Any], base: dict[str, Any], model: type[FileModel]) -> dict[str, Any]:
    filled = dict(own)
    for name, inner in _required(model):
        if name not in own:
            filled[name] = base[name]
        elif inner is not None and isinstance(own[name], dict):
            filled[name] = _filled(own[name], base[name], inner)
    return filled


def _required(model: type[FileModel]) -> Iterator[tuple[str, type[FileModel] | None]]:
    """Yield the required keys, each with the model of its part of the file if it is one."""
    for name, field in model.model_fields.items():
        kind = field.annotation
        if field.is_required():
            yield name, kind if isinstance(kind, type) and issubclass(kind, FileModel) else None

"""Turning the words of a command line into values without pydantic.

Typer converts each of them with a pydantic adapter, and importing pydantic takes longer than a question to
the graph. Only plain types are converted here; a parameter of any other type is left to typer.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin

import typer
from typer.core import TyperArgument, TyperCommand, TyperGroup

_PLAIN: dict[Any, Callable[[Any], Any]] = {str: str, int: int, Path: Path, bool: bool}


class PlainConversion:
    """Stands where typer keeps the converter of a parameter, and converts as that would."""

    def __init__(self, convert: Callable[[str], Any]) -> None:
        self._convert = convert

    def coerce(self, value: Any, param: Any, ctx: Any) -> Any:
        """Return the value of a parameter. Raises typer.BadParameter for what is none."""
        several = param.multiple or param.nargs == -1
        if value is None:
            return () if several else None
        if several:
            return [self._one(each, param, ctx) for each in value]
        return self._one(value, param, ctx)

    def _one(self, value: Any, param: Any, ctx: Any) -> Any:
        try:
            converted = self._convert(value)
        except ValueError:
            raise typer.BadParameter(f"{value!r} is not a whole number.", ctx=ctx, param=param) from None
        if getattr(param, "min", None) is not None and converted < param.min:
            raise typer.BadParameter(f"{value} is less than {param.min}.", ctx=ctx, param=param)
        return converted


class PlainCommand(TyperCommand):
    """A command whose parameters of plain types are converted plainly."""

    def get_params(self, ctx: Any) -> Any:
        """Return the parameters, the one for help included."""
        return _converted_plainly(super().get_params(ctx))


class PlainGroup(TyperGroup):
    """A group of commands whose parameters of plain types are converted plainly."""

    def get_params(self, ctx: Any) -> Any:
        """Return the parameters, the one for help included."""
        return _converted_plainly(super().get_params(ctx))


def _converted_plainly(parameters: Any) -> Any:
    """Give parameters of plain types a plain conversion; a typer that keeps none there is left as it is."""
    for parameter in parameters:
        convert = _PLAIN.get(_type_of(parameter))
        if convert and hasattr(parameter, "_runtime_param"):
            parameter._runtime_param = PlainConversion(convert)
        if isinstance(parameter, TyperArgument):
            # its metavar says what it is; `<list[str]>` is for programmers
            vars(parameter)["display_type_rich"] = _nothing
    return parameters


def _nothing(ctx: Any = None) -> str:
    return ""


def _type_of(parameter: Any) -> Any:
    """Return the type of one value of a parameter: what is optional or repeated counts as what it holds."""
    kind = getattr(getattr(parameter, "type_descriptor", None), "annotation", None)
    while get_origin(kind) in (Union, UnionType, list):
        inner = [each for each in get_args(kind) if each is not NoneType]
        if len(inner) != 1:
            return kind
        kind = inner[0]
    return kind

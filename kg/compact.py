"""Pickles that come back fast.

Regular expressions are kept compiled, small values by what their constructors take, and the tens of thousands of
names of a lexicon as bytes, of which they are made when they are first asked for.
"""

from __future__ import annotations

import io
import pickle
import re
from array import array
from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from importlib import import_module
from typing import Any

from kg.recognise.automata import Name, NameAutomaton
from kg.rules.ruleset import Lexicon, LexiconEntry

# The steps of re.compile. What comes of them is kept only where it equals what re.compile makes.
_parser, _compiler, _engine = (import_module(name) for name in ("re._parser", "re._compiler", "_sre"))
_CODE = "I"


def dumps(value: object) -> bytes:
    """Return a value as bytes of which `loads` makes it again, in the same version of Python."""
    file = io.BytesIO()
    _Pickler(file, pickle.HIGHEST_PROTOCOL).dump(value)
    return file.getvalue()


def loads(content: bytes | memoryview) -> Any:
    """Return the value again. As with all pickles, the bytes must come from where code may come from."""
    return pickle.loads(content)


class _Pickler(pickle.Pickler):
    def reducer_override(self, value: Any) -> Any:
        """Return the function and arguments that make a value again, or NotImplemented for pickle's own way."""
        if isinstance(value, re.Pattern):
            return _of_pattern(value)
        if type(value) is Lexicon:
            rest = {
                field.name: getattr(value, field.name) for field in fields(value) if field.name != "entries"
            }
            return _lexicon, (_pack(value.entries), rest)
        if type(value) is NameAutomaton:
            rest = {key: part for key, part in vars(value).items() if key != "_names"}
            return _automaton, (_pack(vars(value)["_names"]), rest)
        if is_dataclass(value) and not isinstance(value, type):
            return _of_fields(value)
        return NotImplemented


def _of_fields(value: Any) -> Any:
    """By the constructor, where that does nothing but set the fields."""
    names = [field.name for field in fields(value)]
    plain = all(field.init for field in fields(value)) and not hasattr(value, "__post_init__")
    if not plain or vars(type(value)).get("__slots__") is None:
        return NotImplemented
    return type(value), tuple(getattr(value, name) for name in names)


def _of_pattern(pattern: re.Pattern[Any]) -> Any:
    """By the code that the expression is compiled to; where Python does that otherwise, by its text."""
    try:
        tree = _parser.parse(pattern.pattern, pattern.flags)
        code = array(_CODE, _compiler._code(tree, pattern.flags)).tobytes()
        names = [None] * tree.state.groups
        for name, index in tree.state.groupdict.items():
            names[index] = name
        parts = (
            pattern.pattern,
            pattern.flags,
            code,
            tree.state.groups - 1,
            tree.state.groupdict,
            tuple(names),
        )
        same = _pattern(*parts) == pattern
    except (AttributeError, TypeError, ValueError, OverflowError, RuntimeError):
        same = False
    return (_pattern, parts) if same else NotImplemented


def _pattern(
    text: Any, flags: int, code: bytes, groups: int, numbers: dict[str, int], names: tuple[str | None, ...]
) -> re.Pattern[Any]:
    made: re.Pattern[Any] = _engine.compile(text, flags, array(_CODE, code).tolist(), groups, numbers, names)
    return made


class _LaterLexicon(Lexicon):
    __slots__ = ("_kept",)
    _kept: bytes

    def __getattr__(self, name: str) -> Any:
        """Make the entries when they are first asked for."""
        if name != "entries":
            raise AttributeError(name)
        object.__setattr__(self, "entries", tuple(map(LexiconEntry._make, _unpack(self._kept))))
        return self.entries


class _LaterAutomaton(NameAutomaton):
    _kept: bytes

    def __getattr__(self, name: str) -> Any:
        """Make the names when they are first asked for."""
        if name != "_names":
            raise AttributeError(name)
        self._names = list(map(Name._make, _unpack(self._kept)))
        return self._names


def _pack(rows: Iterable[tuple[Any, ...]]) -> bytes:
    return pickle.dumps(tuple(zip(*rows, strict=True)), pickle.HIGHEST_PROTOCOL)


def _unpack(kept: bytes) -> Iterable[tuple[Any, ...]]:
    return zip(*loads(kept), strict=True)


def _lexicon(kept: bytes, rest: dict[str, Any]) -> Lexicon:
    made = _LaterLexicon.__new__(_LaterLexicon)
    for name, value in (("_kept", kept), *rest.items()):
        object.__setattr__(made, name, value)
    return made


def _automaton(kept: bytes, rest: dict[str, Any]) -> NameAutomaton:
    made = _LaterAutomaton.__new__(_LaterAutomaton)
    vars(made).update(rest, _kept=kept)
    return made

"""What reading.yaml says about articles: field labels, and which lines are no prose."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator, Field

from kg.errors import RuleError
from kg.rules import yamlfile

FILE = "reading.yaml"

_DECORATION = " \t\u3000\xa0#*|·•-–—_=~>【】[]()（）《》「」■◆●▲▼★☆→"
_COLON = "[:\uff1a]"
_NUMBER = r"\d[\d.,]*\s*[万亿kKwW+]*\s*[次人条个]?\s*"
_NOTHING = re.compile(r"(?!)")


def _quoted(value: object) -> object:
    if isinstance(value, dict):
        raise ValueError('a phrase with a colon must stand in quotes: "…:"')
    return value


_Phrases = list[Annotated[str, BeforeValidator(_quoted)]]


class _Fields(yamlfile.FileModel):
    title: _Phrases = []
    url: _Phrases = []
    date: _Phrases = []
    prose: _Phrases = []
    tags: _Phrases = []
    aside: _Phrases = []


class _Limits(yamlfile.FileModel):
    short: int = Field(gt=0)
    words: int = Field(gt=1)
    word: int = Field(gt=0)
    heading: int = Field(gt=0)
    title: int = Field(gt=0)
    header: int = Field(ge=0)


class _File(yamlfile.FileModel):
    fields_: _Fields = Field(_Fields(), alias="fields")
    lines: _Phrases = []
    starts: _Phrases = []
    contains: _Phrases = []
    endings: _Phrases = []
    counts: _Phrases = []
    navigation: _Phrases = []
    promotions: _Phrases = []
    limits: _Limits


@dataclass(frozen=True, slots=True)
class Limits:
    """Lengths in characters; `words` and `header` are counts."""

    short: int
    words: int
    word: int
    heading: int
    title: int
    header: int


@dataclass(frozen=True, slots=True)
class ReadingProfile:
    """The cues of reading.yaml, ready for use; it can be sent to another process.

    `label` matches a field's label and colon at the start of a line, `roles` says what each label means.
    `counter` matches a count with its word; `countable` lines that hold no other letters than such.
    """

    label: re.Pattern[str]
    roles: dict[str, str]
    lines: frozenset[str]
    starts: tuple[str, ...]
    contains: re.Pattern[str]
    endings: tuple[str, ...]
    countable: re.Pattern[str]
    counter: re.Pattern[str]
    navigation: frozenset[str]
    promotions: frozenset[str]
    limits: Limits


def load_profile(rules_dir: Path) -> ReadingProfile:
    """Return the profile in `rules_dir`/reading.yaml. Raises RuleError with its place when it is broken."""
    file = yamlfile.read(rules_dir / FILE)
    data = yamlfile.parse(file, _File)
    roles = _roles(file, data.fields_)
    counts = _any_of(data.counts)
    return ReadingProfile(
        label=re.compile(rf"[\s#*【]*({_any_of(roles)})[】*]*\s*{_COLON}\s*", re.IGNORECASE),
        roles=roles,
        lines=frozenset(core(line) for line in data.lines),
        starts=tuple(filter(None, map(core, data.starts))),
        contains=re.compile(_any_of(data.contains)),
        endings=tuple(filter(None, data.endings)),
        countable=re.compile(rf"[\W\d_年月日万亿kKwW次人条个数量{re.escape(''.join(data.counts))}]+"),
        counter=re.compile(rf"{_NUMBER}(?:{counts})[数量]?|(?:{counts})[数量]?[\W_]*{_NUMBER}"),
        navigation=frozenset(data.navigation),
        promotions=frozenset(core(line) for line in data.promotions),
        limits=Limits(**data.limits.model_dump()),
    )


def _roles(file: yamlfile.YamlFile, fields: _Fields) -> dict[str, str]:
    roles: dict[str, str] = {}
    for role, labels in fields.model_dump().items():
        for index, label in enumerate(labels):
            other = roles.setdefault(label.casefold(), role)
            if other != role:
                raise RuleError(
                    f"`{label}` stands under `{other}` and under `{role}`",
                    place=file.place("fields", role, index),
                    hint="keep one of the two",
                )
    return roles


def core(line: str) -> str:
    """Return the line without the signs and blanks that decorate its ends, in lower case."""
    return line.strip(_DECORATION).casefold()


def _any_of(phrases: Iterable[str]) -> str:
    """Return a pattern for any of `phrases`, the longest first; a colon stands for both widths."""
    written = sorted(filter(None, phrases), key=lambda phrase: (-len(phrase), phrase))
    if not written:
        return _NOTHING.pattern
    return "|".join(re.escape(phrase.replace("\uff1a", ":")).replace(":", _COLON) for phrase in written)

"""corrections.yaml: the edges that a person has marked wrong or added, checked against the ontology."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.dates import check_date
from kg.errors import InputError, Place, RuleError
from kg.ontology import Ontology
from kg.rules import yamlfile
from kg.rules.yamlfile import FileModel, YamlFile

FILE = "corrections.yaml"
WRONG, ADD = "wrong", "add"


class WrongFile(FileModel):
    """An edge that is wrong; `sentences` are those that a person has seen behind it."""

    head: str
    relation: str
    tail: str
    because: str = ""
    sentences: list[str] = []


class AddedFile(FileModel):
    """An edge that is missing; `doc` is the article that says so, if one does."""

    head: str
    relation: str
    tail: str
    because: str = ""
    time: str = ""
    doc: str = ""


class CorrectionsFile(FileModel):
    """corrections.yaml: what a person knows better."""

    wrong: list[WrongFile] = []
    add: list[AddedFile] = []


@dataclass(frozen=True, slots=True)
class Correction:
    """One edge marked `wrong`, or to `add`. `head` and `tail` are names or ids, of what is new `类型:名字`.

    `place` is where it is written.
    """

    kind: str
    head: str
    relation: str
    tail: str
    place: Place
    because: str = ""
    sentences: tuple[str, ...] = ()
    time: str | None = None
    doc: str = ""

    @property
    def triple(self) -> tuple[str, str, str]:
        """The edge in the words of the file."""
        return self.head, self.relation, self.tail


@dataclass(frozen=True, slots=True)
class Corrections:
    """All corrections in the order of the file; `hash` changes with any of them."""

    items: tuple[Correction, ...] = ()
    hash: str = ""


NONE = Corrections()


def load(folder: Path, ontology: Ontology) -> Corrections:
    """Return the corrections in a rule folder, none where there is no such file.

    Raises RuleError with file:line:column for what cannot be one.
    """
    return load_file(folder / FILE, ontology) if (folder / FILE).is_file() else NONE


def load_file(path: Path, ontology: Ontology) -> Corrections:
    """Return the corrections in a file. Raises RuleError with file:line:column for what cannot be one."""
    file = yamlfile.read(path)
    data = yamlfile.parse(file, CorrectionsFile)
    wrong = [
        Correction(
            WRONG,
            each.head,
            each.relation,
            each.tail,
            file.place(WRONG, at),
            each.because,
            tuple(each.sentences),
        )
        for at, each in enumerate(data.wrong)
    ]
    added = [
        Correction(
            ADD, each.head, each.relation, each.tail, file.place(ADD, at), each.because,
            time=_date(file, at, each.time), doc=each.doc,
        )
        for at, each in enumerate(data.add)
    ]  # fmt: skip
    _check(file, wrong, added, ontology)
    content = hashlib.sha256(path.read_bytes()).hexdigest() if wrong or added else ""
    return Corrections((*wrong, *added), content)


def _date(file: YamlFile, at: int, text: str) -> str | None:
    try:
        return check_date(text) if text else None
    except InputError as error:
        raise RuleError(error.message, place=file.place(ADD, at, "time"), hint=error.hint) from error


def _check(
    file: YamlFile, wrong: Sequence[Correction], added: Sequence[Correction], ontology: Ontology
) -> None:
    marked = {each.triple for each in wrong}
    for kind, items in ((WRONG, wrong), (ADD, added)):
        for at, each in enumerate(items):
            if each.relation not in ontology.relations:
                raise RuleError(
                    f"unknown relation `{each.relation}`",
                    place=file.place(kind, at, "relation"),
                    hint=f"known relations: {' '.join(ontology.relations)}",
                )
            if kind == ADD and each.triple in marked:
                raise RuleError(
                    f"`{' '.join(each.triple)}` is both wrong and to be added",
                    place=each.place,
                    hint="keep one of the two",
                )

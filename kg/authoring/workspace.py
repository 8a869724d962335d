"""A rule folder read tolerantly: what can be read is there, what cannot is a problem."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar, get_type_hints

from pydantic import ValidationError

from kg.authoring.problems import ERROR, Problem, from_error
from kg.errors import Place, RuleError
from kg.read import load_profile
from kg.rules import corrections, ruleset, schema, yamlfile
from kg.rules.yamlfile import FileModel, YamlFile

Model = TypeVar("Model", bound=FileModel)


def _singles() -> dict[str, tuple[str, type[FileModel]]]:
    """Return each file's field of the rule set and its model, whose docstring begins with the file."""
    found: dict[str, tuple[str, type[FileModel]]] = {}
    for field, model in get_type_hints(ruleset.RuleSet).items():
        if isinstance(model, type) and issubclass(model, FileModel):
            found[(model.__doc__ or "").split()[0].rstrip(":")] = (field, model)
    return {"ontology.yaml": ("ontology", schema.OntologyFile), **found}


FIELDS = _singles()
"""The field of a rule set that each file gives, and the file's model."""

SINGLES = {name: model for name, (_, model) in FIELDS.items()}
"""The model of each file that stands once in a rule folder."""

FOLDERS: dict[str, type[FileModel]] = {"lexicon": schema.LexiconFile, "relations": schema.RelationFile}
"""The model of each file in a folder of files."""

READING = "reading.yaml"
_COPY = "copy it from the shipped rules: `kg rules init DIR` writes them all"


@dataclass(frozen=True, slots=True)
class RuleFile:
    """A file that is YAML; `data` is None where it does not fit its model."""

    name: str
    file: YamlFile
    data: FileModel | None


class Workspace:
    """Every file of a rule folder that can be read. `problems` are those of reading."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.problems: list[Problem] = []
        self.files: list[RuleFile] = []
        present: set[str] = set()
        for path in sorted(p for p in folder.rglob("*.yaml") if p.is_file()):
            name = path.relative_to(folder).as_posix()
            present.add(name)
            self._read(path, name)
        for name in (*SINGLES, READING):
            if name not in present:
                self._report("files", Place(folder / name), "is missing", _COPY)
        for name in FOLDERS:
            if not any(other.startswith(f"{name}/") for other in present):
                remedy = "`kg rules new RELATION` starts one" if name == "relations" else _COPY
                self._report("files", Place(folder / name), "holds no files", remedy)

    def _report(self, check: str, place: Place, message: str, remedy: str) -> None:
        self.problems.append(Problem(check, ERROR, place, message, remedy))

    def _read(self, path: Path, name: str) -> None:
        model = SINGLES.get(name) or (FOLDERS.get(path.parent.name) if name.count("/") == 1 else None)
        if name == READING:
            try:
                load_profile(self.folder)
            except RuleError as error:
                self.problems.append(from_error("keys", error))
            return
        if name == corrections.FILE:
            self._read_corrections(path)
            return
        if model is None:
            known = ", ".join((*SINGLES, *(f"{folder}/*.yaml" for folder in FOLDERS)))
            self._report("files", Place(path, 1, 1), "nobody reads this file", f"rule files are {known}")
            return
        try:
            single = name in SINGLES
            file = ruleset.language_file(self.folder, name, model) if single else yamlfile.read(path)
        except RuleError as error:
            self.problems.append(from_error("yaml", error))
            return
        self.files.append(RuleFile(name, file, self._fitted(file, model)))

    def _read_corrections(self, path: Path) -> None:
        try:
            corrections.load_file(path, ruleset.load_ontology(self.folder))
        except RuleError as error:
            if error.place is None or error.place.path == path:  # the ontology has its own problems told
                self.problems.append(from_error("keys", error))

    def _fitted(self, file: YamlFile, model: type[FileModel]) -> FileModel | None:
        for key, place in file.duplicates:
            self._report(
                "keys", place, f"`{key}` stands twice", "keep one of the two: the later one would win"
            )
        if not isinstance(file.data, dict):
            self._report("keys", file.place(), "should hold keys and values", "see docs/rules.md")
            return None
        try:
            return model.model_validate(file.data)
        except ValidationError as error:
            seen: set[Place] = set()
            for problem in yamlfile.problems(file, model, error):
                # a value that may be one of two kinds is refused once for each
                if problem.place not in seen or "missing" in problem.message:
                    self.problems.append(from_error("keys", problem))
                if problem.place:
                    seen.add(problem.place)
            return None

    def one(self, name: str, model: type[Model]) -> Model | None:
        """Return the data of a file that stands once, None where it is missing or broken."""
        return next((f.data for f in self.files if f.name == name and isinstance(f.data, model)), None)

    def place(self, name: str, *keys: str | int) -> Place:
        """Return where in a file that stands once a value stands."""
        return next((f.file.place(*keys) for f in self.files if f.name == name), Place(self.folder / name))

    def all(self, model: type[Model]) -> Iterator[tuple[YamlFile, Model]]:
        """Yield the files of one model that can be used, in order."""
        for item in self.files:
            if isinstance(item.data, model):
                yield item.file, item.data

    @property
    def types(self) -> dict[str, schema.EntityTypeFile]:
        """Return the entity types, none where the ontology is broken."""
        ontology = self.one("ontology.yaml", schema.OntologyFile)
        return ontology.types if ontology else {}

    @property
    def relations(self) -> dict[str, schema.RelationTypeFile]:
        """Return the relation types, none where the ontology is broken."""
        ontology = self.one("ontology.yaml", schema.OntologyFile)
        return ontology.relations if ontology else {}

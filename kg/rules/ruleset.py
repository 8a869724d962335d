"""A rule folder, read and checked: everything the extractor knows."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, TypeVar

from kg.errors import Place, RuleError
from kg.ontology import Conflicts, EntityType, Ontology, RelationType
from kg.rules import corrections, schema, yamlfile
from kg.rules.inheriting import completed
from kg.rules.yamlfile import FileModel, YamlFile

Model = TypeVar("Model", bound=FileModel)

OWN = ("ontology.yaml", "merge.yaml")
"""The single files that are not about the language: nothing in them is as shipped unless it stands there."""

FOLDERS = ("lexicon", "relations")
"""The folders of files, each of one kind."""


class LexiconEntry(NamedTuple):
    """One known entity: its canonical name, type and other names."""

    name: str
    type: str
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All known entities; `ambiguous` are names that are everyday words too, `titled` those that need 《》.

    `no_companies` are the canonical names of organisations that nobody calls a company: media, authorities.
    """

    entries: tuple[LexiconEntry, ...]
    ambiguous: frozenset[str]
    titled: frozenset[str]
    no_companies: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class RelationRules:
    """The rules of one relation with the file they stand in."""

    file: YamlFile
    name: str
    data: schema.RelationFile

    @property
    def triggers(self) -> Mapping[str, list[str]]:
        """Return the trigger words by the name of their set; a plain list is the set `trigger`."""
        triggers = self.data.triggers
        return triggers if isinstance(triggers, dict) else {"trigger": triggers}

    def place(self, *keys: str | int) -> Place:
        """Return where in the file a value stands."""
        return self.file.place(*keys)


@dataclass(frozen=True, slots=True)
class RuleSet:
    """Everything of a rule folder."""

    folder: Path
    hash: str
    ontology: Ontology
    lexicon: Lexicon
    roles: schema.RolesFile
    people: schema.PeopleFile
    organisations: schema.OrganisationsFile
    products: schema.ProductsFile
    events: schema.EventsFile
    awards: schema.AwardsFile
    latin: schema.LatinFile
    times: schema.TimesFile
    quantities: schema.QuantitiesFile
    syntax: schema.SyntaxFile
    tone: schema.ToneFile
    reference: schema.ReferenceFile
    constructions: schema.ConstructionsFile
    merge: schema.MergeFile
    relations: tuple[RelationRules, ...]


def shipped() -> Path:
    """Return the folder of the rules that come with the package."""
    installed = Path(__file__).resolve().parent.parent / "shipped_rules"
    return installed if installed.is_dir() else Path(__file__).resolve().parents[2] / "rules"


def files(folder: Path) -> list[Path]:
    """Return every file of a folder that extraction follows, in a fixed order; corrections come after it.

    Raises RuleError where there is none.
    """
    found = sorted(
        path for path in folder.rglob("*.yaml") if path.is_file() and path != folder / corrections.FILE
    )
    if not found:
        raise RuleError(
            "holds no rule files", place=Place(folder), hint="`kg rules init DIR` copies the shipped rules"
        )
    return found


def language_file(folder: Path, name: str, model: type[FileModel]) -> YamlFile:
    """Return a file that stands once in a rule folder; what one of the language lacks is as shipped."""
    file = yamlfile.read(folder / name)
    return file if name in OWN else completed(file, model, shipped() / name)


def content_hash(folder: Path) -> str:
    """Return a hash of the names and contents of all rule files, and of shipped ones that complete them."""
    digest = hashlib.sha256()
    completing = []
    if folder.resolve() != shipped():
        for path in files(shipped()):
            name = path.relative_to(shipped()).as_posix()
            own = folder / name
            if name not in OWN and path.parent.name not in FOLDERS and own.is_file():
                completing += [path] if path.read_bytes() != own.read_bytes() else []
    for path in completing:
        digest.update(path.read_bytes())
    for path in files(folder):
        digest.update(path.relative_to(folder).as_posix().encode())
        digest.update(b"\0")
        digest.update(path.read_bytes())
        digest.update(b"\0")
    return digest.hexdigest()


def load(folder: Path) -> RuleSet:
    """Return the rules of a folder. Raises RuleError with file:line:column at the first mistake."""

    def one(name: str, model: type[Model]) -> Model:
        path = folder / name
        if not path.is_file():
            raise RuleError("is missing", place=Place(path), hint="copy it from the shipped rules")
        return yamlfile.parse(language_file(folder, name, model), model)

    ontology_file = folder / "ontology.yaml"
    ontology = _ontology(one("ontology.yaml", schema.OntologyFile), ontology_file)
    return RuleSet(
        folder=folder,
        hash=content_hash(folder),
        ontology=ontology,
        lexicon=load_lexicon(folder, ontology),
        roles=_checked_roles(one("recognisers/roles.yaml", schema.RolesFile), ontology, folder),
        people=one("recognisers/people.yaml", schema.PeopleFile),
        organisations=one("recognisers/organisations.yaml", schema.OrganisationsFile),
        products=one("recognisers/products.yaml", schema.ProductsFile),
        events=one("recognisers/events.yaml", schema.EventsFile),
        awards=one("recognisers/awards.yaml", schema.AwardsFile),
        latin=one("recognisers/latin.yaml", schema.LatinFile),
        times=one("recognisers/times.yaml", schema.TimesFile),
        quantities=one("recognisers/quantities.yaml", schema.QuantitiesFile),
        syntax=one("syntax.yaml", schema.SyntaxFile),
        tone=one("tone.yaml", schema.ToneFile),
        reference=one("reference.yaml", schema.ReferenceFile),
        constructions=one("constructions.yaml", schema.ConstructionsFile),
        merge=one("merge.yaml", schema.MergeFile),
        relations=_relations(folder, ontology),
    )


def load_ontology(folder: Path) -> Ontology:
    """Return only the ontology of a rule folder, for the stages that need no rules."""
    path = folder / "ontology.yaml"
    return _ontology(yamlfile.parse(yamlfile.read(path), schema.OntologyFile), path)


def _check_kinds(data: schema.OntologyFile, file: YamlFile) -> None:
    first: dict[str, str] = {}
    for name, item in data.types.items():
        if item.kind and first.setdefault(item.kind, name) != name:
            raise RuleError(
                f"`{first[item.kind]}` is of the kind `{item.kind}` already",
                place=file.place("types", name, "kind"),
                hint="names found by their form are of one type: give the kind to that one",
            )


def _check_named_relations(data: schema.OntologyFile, file: YamlFile) -> None:
    for name, item in data.relations.items():
        for keys, wanted in ((("closes",), item.closes), (("conflicts", "against"), item.conflicts.against)):
            for index, relation in enumerate(wanted):
                if relation not in data.relations:
                    raise RuleError(
                        f"unknown relation `{relation}`",
                        hint=f"known relations: {' '.join(data.relations)}",
                        place=file.place("relations", name, *keys, index),
                    )


def _ontology(data: schema.OntologyFile, path: Path) -> Ontology:
    types = {name: EntityType(name, item.color, item.hint, item.kind) for name, item in data.types.items()}
    relations: dict[str, RelationType] = {}
    file = yamlfile.read(path)
    _check_kinds(data, file)
    for name, item in data.relations.items():
        for side in ("head", "tail"):
            for index, wanted in enumerate(getattr(item, side)):
                if wanted not in types:
                    raise RuleError(
                        f"unknown entity type `{wanted}`",
                        hint=f"known types: {' '.join(types)}",
                        place=file.place("relations", name, side, index),
                    )
        relations[name] = RelationType(
            name,
            frozenset(item.head),
            frozenset(item.tail),
            item.symmetric,
            item.color,
            frozenset(item.qualifiers),
            tuple(item.closes),
            Conflicts(
                item.conflicts.one,
                frozenset(item.conflicts.posts),
                tuple(item.conflicts.against),
                item.conflicts.lists,
                item.conflicts.denials,
            ),
        )
    _check_named_relations(data, file)
    return Ontology(types, relations)


def _checked_roles(roles: schema.RolesFile, ontology: Ontology, folder: Path) -> schema.RolesFile:
    stated: dict[tuple[str, ...], dict[str, str]]
    stated = {("classes", name, "states"): role.states for name, role in roles.classes.items()}
    stated |= {("also", word): states for word, states in roles.also.items()}
    for keys, states in stated.items():
        for kind, relation in states.items():
            if relation not in ontology.relations:
                raise RuleError(
                    f"unknown relation `{relation}`",
                    place=yamlfile.read(folder / "recognisers/roles.yaml").place(*keys, kind),
                    hint=f"known relations: {' '.join(ontology.relations)}",
                )
    return roles


def load_lexicon(folder: Path, ontology: Ontology) -> Lexicon:
    """Return the names of a rule folder's lexicon. Raises RuleError for a broken file."""
    entries: list[LexiconEntry] = []
    ambiguous: set[str] = set()
    titled: set[str] = set()
    no_companies: set[str] = set()
    for path in sorted((folder / "lexicon").glob("*.yaml")):
        file = yamlfile.read(path)
        data = yamlfile.parse(file, schema.LexiconFile)
        if data.type not in ontology.types:
            raise RuleError(
                f"unknown entity type `{data.type}`",
                place=file.place("type"),
                hint=f"known types: {' '.join(ontology.types)}",
            )
        ambiguous.update(data.ambiguous)
        titled.update(data.titled)
        if not data.companies:
            no_companies.update(data.entities)
        entries.extend(
            LexiconEntry(name, data.type, tuple(aliases)) for name, aliases in data.entities.items()
        )
    return Lexicon(tuple(entries), frozenset(ambiguous), frozenset(titled), frozenset(no_companies))


def _relations(folder: Path, ontology: Ontology) -> tuple[RelationRules, ...]:
    rules: list[RelationRules] = []
    for path in sorted((folder / "relations").glob("*.yaml")):
        file = yamlfile.read(path)
        data = yamlfile.parse(file, schema.RelationFile)
        if data.relation not in ontology.relations:
            raise RuleError(
                f"unknown relation `{data.relation}`",
                place=file.place("relation"),
                hint=f"known relations: {' '.join(ontology.relations)}",
            )
        rules.append(RelationRules(file, data.relation, data))
    if not rules:
        raise RuleError(
            "holds no relation files",
            place=Place(folder / "relations"),
            hint="`kg rules new RELATION` starts one",
        )
    return tuple(rules)

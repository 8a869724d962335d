"""Frames compiled one relation file at a time, so that a broken one hides no other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from kg.authoring.workspace import FIELDS, Workspace
from kg.errors import RuleError
from kg.ontology import Ontology
from kg.recognise.automata import trigger_set
from kg.relate.matcher import Frame, FrameMatcher
from kg.rules import ruleset, schema
from kg.rules.alphabet import Alphabet
from kg.rules.frames import Syntax
from kg.rules.ruleset import Lexicon, RelationRules, RuleSet
from kg.rules.yamlfile import YamlFile


@dataclass(frozen=True, slots=True)
class Compiled:
    """A line under `frames` or `phrases`: the frames that it stands for, or why it stands for none."""

    file: YamlFile
    data: schema.RelationFile
    keys: tuple[str, int]
    frames: tuple[Frame, ...]
    error: RuleError | None


def ontology_of(rules: Workspace) -> Ontology | None:
    """Return the ontology, None where it is broken."""
    try:
        return ruleset.load_ontology(rules.folder)
    except RuleError:
        return None


@lru_cache(maxsize=1)
def compiled(rules: Workspace) -> tuple[Compiled, ...]:
    """Return every line of the relation files; none where a file that all share is broken.

    Several checks ask for it, one after the other.
    """
    return tuple(_compiled(rules))


def _compiled(rules: Workspace) -> Iterator[Compiled]:
    ontology = ontology_of(rules)
    constructions = rules.one("constructions.yaml", schema.ConstructionsFile)
    if ontology is None or constructions is None:
        return
    base = _base(rules, ontology, constructions)
    if base is None:
        return
    for file, data in rules.all(schema.RelationFile):
        if data.relation in ontology.relations:
            for index, text in enumerate(data.frames):
                alone = data.model_copy(update={"frames": [text], "phrases": []})
                yield _line(base, file, data, ("frames", index), alone)
            for index, text in enumerate(data.phrases):
                alone = data.model_copy(update={"frames": [], "phrases": [text]})
                yield _line(base, file, data, ("phrases", index), alone)


def _line(
    base: RuleSet,
    file: YamlFile,
    data: schema.RelationFile,
    keys: tuple[str, int],
    alone: schema.RelationFile,
) -> Compiled:
    relation = RelationRules(file, data.relation, alone)
    letters = Alphabet(list(base.ontology.types))
    for name, words in relation.triggers.items():
        if words:
            letters.trigger(frozenset((trigger_set(data.relation, name),)))
    shared = base.syntax
    syntax = Syntax(tuple(shared.prepositions), tuple(shared.conjunctions), frozenset(base.ontology.types))
    only = replace(base, relations=(relation,))
    try:
        matcher = FrameMatcher(only, letters, syntax)
    except RuleError as error:
        return Compiled(file, data, keys, (), error)
    return Compiled(file, data, keys, tuple(matcher.frames or matcher.phrases), None)


def _base(rules: Workspace, ontology: Ontology, constructions: schema.ConstructionsFile) -> RuleSet | None:
    """Return a rule set that will do for compiling frames: of the words it holds what the files give."""

    if rules.one("syntax.yaml", schema.SyntaxFile) is None:
        return None
    values: dict[str, Any] = {
        field: rules.one(name, model) or model.model_construct() for name, (field, model) in FIELDS.items()
    }
    values |= {
        "folder": rules.folder,
        "hash": "",
        "lexicon": Lexicon((), frozenset(), frozenset()),
        "relations": (),
    }
    values |= {"ontology": ontology, "constructions": constructions}
    return RuleSet(**values)

"""Checks of words: triggers, what vetoes them, examples."""

from __future__ import annotations

from collections.abc import Iterator

from kg.authoring.checking import Check, Finding, known_or_close
from kg.authoring.example_lines import parse
from kg.authoring.problems import WARNING
from kg.authoring.workspace import Workspace
from kg.errors import Place, RuleError
from kg.rules import schema
from kg.rules.yamlfile import YamlFile


def triggers(file: YamlFile, data: schema.RelationFile) -> Iterator[tuple[str, str, Place]]:
    """Yield the name of the set, the word and the place of every trigger."""
    if isinstance(data.triggers, dict):
        for name, words in data.triggers.items():
            for index, word in enumerate(words):
                yield name, word, file.place("triggers", name, index)
    else:
        for index, word in enumerate(data.triggers):
            yield "trigger", word, file.place("triggers", index)


class Triggers(Check):
    """A trigger that can never be one."""

    name = "triggers"
    severity = WARNING

    def run(self, rules: Workspace) -> Iterator[Finding]:
        """Yield triggers that a veto, a name or a role always takes, and those that stand twice."""
        names = {name for _, data in rules.all(schema.LexiconFile) for name in data.entities}
        roles = rules.one("recognisers/roles.yaml", schema.RolesFile)
        words = {word for item in roles.classes.values() for word in item.words} if roles else set()
        for file, data in rules.all(schema.RelationFile):
            vetoes = {word: file.place("not_in", i) for i, word in enumerate(data.not_in)}
            seen: set[tuple[str, str]] = set()
            for group, word, place in triggers(file, data):
                if (group, word) in seen:
                    yield Finding(place, f"trigger `{word}` stands twice", "keep one of the two")
                seen.add((group, word))
                if word in vetoes:
                    message = f"trigger `{word}` never counts: `not_in` rules it out ({vetoes[word]})"
                    yield Finding(place, message, "take it out of one of the two lists")
                elif word in words:
                    yield Finding(
                        place, f"trigger `{word}` never counts: it is a role", "state it by roles.yaml"
                    )
                elif word in names:
                    yield Finding(
                        place, f"trigger `{word}` never counts: it is a name of the lexicon", "choose another"
                    )


class Vetoes(Check):
    """A `not_in` word that rules nothing out."""

    name = "not-in"
    severity = WARNING
    remedy = "take it out, or write the longer word that holds a trigger"

    def run(self, rules: Workspace) -> Iterator[Finding]:
        """Yield `not_in` words that hold no trigger of any relation."""
        words = {word for file, data in rules.all(schema.RelationFile) for _, word, _ in triggers(file, data)}
        for file, data in rules.all(schema.RelationFile):
            for index, word in enumerate(data.not_in):
                if not any(trigger in word for trigger in words):
                    yield Finding(
                        file.place("not_in", index), f"`{word}` holds no trigger, so it rules nothing out"
                    )


class Examples(Check):
    """Every relation file shows what must match and what must not."""

    name = "examples"

    def run(self, rules: Workspace) -> Iterator[Finding]:
        """Yield files without examples of both kinds, and lines that are no examples."""
        for file, data in rules.all(schema.RelationFile):
            says = denies = False
            for index, line in enumerate(data.examples):
                place = file.place("examples", index)
                try:
                    example = parse(line, place, rules.relations)
                except RuleError as error:
                    yield Finding(place, error.message, error.hint)
                    continue
                says |= any(expected.relation == data.relation for expected in example.expected)
                denies |= not example.expected
                for expected in example.expected:
                    if rules.relations and expected.relation not in rules.relations:
                        remedy = known_or_close(expected.relation, rules.relations, "relations")
                        yield Finding(place, f"unknown relation `{expected.relation}`", remedy)
            if not says:
                remedy = f"add one: `句子 => 头 {data.relation} 尾`"
                yield Finding(file.place("examples"), f"no example shows a {data.relation}", remedy)
            if not denies:
                remedy = "add one that looks like it but is none: `句子 => none`"
                yield Finding(file.place("examples"), "no example shows what must not match", remedy)

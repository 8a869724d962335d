"""Which of the ontology's words mean what a word of schema.org means."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from pydantic import Field

from kg.rules.yamlfile import FileModel, parse, read

FILE = Path(__file__).with_name("schema_org.yaml")


class Property(FileModel):
    """schema.org's property for a relation; `head` and `tail` are the types for which it means the same."""

    name: str = Field(alias="property")
    inverse: bool = False
    head: frozenset[str] = frozenset()
    tail: frozenset[str] = frozenset()

    def holds(self, head: str, tail: str) -> bool:
        """Return whether it may be said of a head and a tail of these types."""
        return (not self.head or head in self.head) and (not self.tail or tail in self.tail)


class SchemaOrg(FileModel):
    """schema.org's classes by entity type and its properties by relation."""

    types: dict[str, str]
    relations: dict[str, Property]


@cache
def schema_org() -> SchemaOrg:
    """Return the words of the file that ships with the package."""
    return parse(read(FILE), SchemaOrg)

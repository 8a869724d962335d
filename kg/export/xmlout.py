"""XML written piece by piece, so that a large graph is never held as a tree."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Protocol

from lxml import etree

from kg.export.atomic import atomic_write


class Xml(Protocol):
    """What the writers use of lxml's incremental file."""

    def write(self, *text: str) -> None:
        """Write text, escaped."""

    def element(self, tag: str, attrib: Mapping[str, str] | None = None) -> AbstractContextManager[None]:
        """Open an element for the time of a `with` block."""


@contextmanager
def xml_file(
    path: Path, root: str, attributes: Mapping[str, str], spaces: dict[str | None, str]
) -> Iterator[Xml]:
    """Yield a writer inside the root element of a new file; raises InputError where it cannot be written."""
    with atomic_write(path) as file, etree.xmlfile(file, encoding="UTF-8") as xml:
        xml.write_declaration()
        with xml.element(root, attributes, nsmap=spaces):
            yield xml
            xml.write("\n")


def empty(xml: Xml, tag: str, attributes: Mapping[str, str]) -> None:
    """Write an element that has attributes only."""
    with xml.element(tag, attributes):
        pass

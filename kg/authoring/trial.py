"""Other frames tried on documents that have been read: names stay as they are."""

from __future__ import annotations

from collections.abc import Sequence

from kg.authoring.trace import DocumentTrace, Tracer
from kg.model import Document, Extraction, Region, Statement
from kg.relate.relater import Relater
from kg.resolve.resolver import Resolver
from kg.rules.ruleset import RuleSet


class Reader:
    """Keeps what the recogniser made of documents, so that trying frames costs no second reading."""

    def __init__(self, tracer: Tracer) -> None:
        self._tracer = tracer
        self._texts: dict[str, DocumentTrace] = {}

    def trace(self, document: Document) -> DocumentTrace:
        """Return the trace of a document by the tracer's own rules."""
        key = f"{document.id}\0{document.text}"
        if key not in self._texts:
            self._texts[key] = self._tracer.read(document)
        return self._texts[key]

    def sentence(self, text: str) -> DocumentTrace:
        """Return the trace of a text that is no file."""
        return self.trace(Document("example", text, (Region(0, len(text)),)))


class Trial:
    """The statements that other frames would find in documents that a reader has read."""

    def __init__(self, rules: RuleSet, reader: Reader, tracer: Tracer) -> None:
        self._reader = reader
        self._relater = Relater(rules)
        self._resolver = Resolver(rules, tracer.times)

    def extract(self, document: Document) -> Extraction:
        """Return what the rules find in a document."""
        trace = self._reader.trace(document)
        read = [item.read for item in trace.sentences]
        related = list(self._relater.relate(read))
        statements, entities, *_ = self._resolver.resolve(document, trace.text, read, related)
        return Extraction(document, statements, entities, sum(len(s.mentions) for s in read))

    def statements(self, documents: Sequence[Document]) -> list[Statement]:
        """Return what the rules find in all documents."""
        return [statement for document in documents for statement in self.extract(document).statements]

"""More lines tried on documents that have been read: names stay as they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.authoring.trace import DocumentTrace, Tracer
from kg.model import Document, Extraction, Region, Statement
from kg.relate.matcher import Frame
from kg.relate.raw import Related
from kg.relate.relater import Relater
from kg.rules.ruleset import RelationRules


class Reader:
    """Keeps what the recogniser made of documents, so that trying frames costs no second reading."""

    def __init__(self, tracer: Tracer) -> None:
        self.tracer = tracer
        self._texts: dict[str, DocumentTrace] = {}

    def trace(self, document: Document) -> DocumentTrace:
        """Return the trace of a document by the tracer's own rules."""
        key = f"{document.id}\0{document.text}"
        if key not in self._texts:
            self._texts[key] = self.tracer.read(document)
        return self._texts[key]

    def sentence(self, text: str) -> DocumentTrace:
        """Return the trace of a text that is no file."""
        return self.trace(Document("example", text, (Region(0, len(text)),)))


class Trial:
    """The statements that a reader's rules and some more lines of a relation find in documents."""

    def __init__(self, reader: Reader, added: RelationRules | None = None) -> None:
        """`added` holds the new lines and no others. Raises RuleError where one is no frame."""
        self._reader = reader
        relater = reader.tracer.relater
        self._relater: Relater = relater.with_lines(added) if added else relater
        matcher = self._relater.matcher
        self.frames: Sequence[Frame] = matcher.frames[len(relater.matcher.frames) :]
        self._phrases = matcher.phrases[len(relater.matcher.phrases) :]

    def extract(self, document: Document) -> Extraction:
        """Return what the lines find in a document; it is read again only where a new one may match."""
        trace = self._reader.trace(document)
        if not self._may_match(trace):
            return Extraction(document, trace.statements, trace.entities, 0)
        read = [item.read for item in trace.sentences]
        related = list(self._relater.relate(read))
        found = self._reader.tracer.resolver.resolve(document, trace.text, read, related)
        return Extraction(document, found.statements, found.entities, sum(len(s.mentions) for s in read))

    def added(self, documents: Sequence[Document]) -> Iterator[Statement]:
        """Yield what the new lines find in documents beyond what is found without them."""
        for document in documents:
            trace = self._reader.trace(document)
            if self._may_match(trace):
                known = {(s.head_id, s.relation, s.tail_id) for s in trace.statements}
                for said in self.extract(document).statements:
                    if (said.head_id, said.relation, said.tail_id) not in known:
                        yield said

    def alone(self, frame: Frame, trace: DocumentTrace) -> Sequence[Statement]:
        """Return what one of the new frames finds by itself, whatever other frames find."""
        tracer = self._reader.tracer
        said: list[Related] = []
        for item in trace.sentences:
            if item.encoded and _holds(item.encoded.text, frame):
                for raw in self._relater.matcher.find(frame, item.encoded):
                    certainty = tracer.relater.certainty(item.read, raw.where)
                    if certainty is not None:
                        said.append(Related(item.read, raw, certainty, None))
        if not said:
            return ()
        read = [item.read for item in trace.sentences]
        return tracer.resolver.resolve(trace.document, trace.text, read, said).statements

    def _may_match(self, trace: DocumentTrace) -> bool:
        for frames, seen in ((self.frames, "encoded"), (self._phrases, "phrases")):
            for item in trace.sentences if frames else ():
                sentence = getattr(item, seen)
                if sentence and any(_holds(sentence.text, frame) for frame in frames):
                    return True
        return False


def _holds(text: str, frame: Frame) -> bool:
    """Tell whether a sentence holds what a frame needs."""
    return all(any(word in text for word in need) for need in frame.needs)

"""The engine's own run over a document, with a record of what it saw and decided on the way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from kg.extraction import Extractor
from kg.model import Document, Entity, Region, Statement
from kg.recognise.mentions import Mark, Read
from kg.relate.encode import Encoded
from kg.relate.matcher import Frame
from kg.relate.raw import RawStatement, Related
from kg.text import Normalised, normalise


@dataclass(slots=True, eq=False)
class Judgement:
    """What a frame found, and what tone said of it: None where the text negates it."""

    raw: RawStatement
    certainty: str | None
    time: Mark | None = None
    related: Related | None = None


@dataclass(slots=True, eq=False)
class SentenceTrace:
    """One sentence: what was recognised, the encoded form that frames saw, and all that was found."""

    read: Read
    phrases: Encoded | None = None
    encoded: Encoded | None = None
    judged: list[Judgement] = field(default_factory=list)
    statements: list[tuple[Judgement, Statement | None, bool]] = field(default_factory=list)
    """Each judgement's statement, and whether it is kept: None where head and tail are one entity."""


@dataclass(slots=True, eq=False)
class DocumentTrace:
    """A document's sentences, statements and entities."""

    document: Document
    text: Normalised
    sentences: list[SentenceTrace]
    statements: tuple[Statement, ...]
    entities: tuple[Entity, ...]


class _Recorder:
    """A watcher that keeps a record of each sentence."""

    def __init__(self) -> None:
        self.traces: list[SentenceTrace] = []

    def begins(self, read: Read) -> None:
        self.traces.append(SentenceTrace(read))

    def sees_phrases(self, sentence: Encoded) -> None:
        self.traces[-1].phrases = _copy(sentence)

    def sees_clauses(self, sentence: Encoded) -> None:
        self.traces[-1].encoded = _copy(sentence)

    def judges(self, raw: RawStatement, related: Related | None) -> None:
        certainty, time = (related.certainty, related.time) if related else (None, None)
        self.traces[-1].judged.append(Judgement(raw, certainty, time, related))


class Tracer:
    """Reads documents by the stages of an extractor, and keeps what they did."""

    def __init__(self, extractor: Extractor) -> None:
        self.rules = extractor.rules
        self._recogniser = extractor.recogniser
        self.relater = extractor.relater
        self.resolver = extractor.resolver
        self.letters = self.relater.letters
        self.syntax = self.relater.syntax

    @property
    def frames(self) -> Sequence[Frame]:
        """Return the frames with triggers, in the order in which they are tried."""
        return self.relater.matcher.frames

    @property
    def phrases(self) -> Sequence[Frame]:
        """Return the frames without triggers, in the order in which they are tried."""
        return self.relater.matcher.phrases

    def read(self, document: Document) -> DocumentTrace:
        """Return all that the engine does with a document."""
        text = normalise(document.text)
        regions = [Region(text.position(r.start), text.position(r.end)) for r in document.regions]
        read = self._recogniser.read(text.text, regions)
        recorder = _Recorder()
        related = list(self.relater.relate(read, watcher=recorder))
        statements, entities, *_ = self.resolver.resolve(document, text, read, related)
        traces = recorder.traces
        open_ids = {statement.id: statement for statement in statements}
        for trace in traces:
            for judgement in trace.judged:
                if judgement.related:
                    alone = self.resolver.resolve(document, text, read, [judgement.related]).statements
                    statement = alone[0] if alone else None
                    kept = open_ids.pop(statement.id, None) if statement else None
                    trace.statements.append((judgement, kept or statement, kept is not None))
        return DocumentTrace(document, text, traces, statements, entities)

    def cue(self, read: Read, where: int) -> str:
        """Return the word but for which tone would judge otherwise what stands at `where`, or nothing."""
        verdict = self.relater.certainty(read, where)
        tone = self.rules.tone
        words = {*tone.negation.words, *tone.hedges.clause, *tone.hedges.sentence}
        for word in sorted(words, key=len, reverse=True):
            start = read.text.rfind(word, 0, where)
            if start >= 0:
                text = read.text[:start] + "□" * len(word) + read.text[start + len(word) :]
                without = Read(text, read.start, read.mentions, read.marks, read.words)
                if self.relater.certainty(without, where) != verdict:
                    return word
        return ""


def _copy(sentence: Encoded) -> Encoded:
    return Encoded(list(sentence.chars), list(sentence.items), list(sentence.offsets), sentence.source)

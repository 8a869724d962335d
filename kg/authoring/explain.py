"""`kg explain`: what the rules make of a sentence, step by step."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from kg.authoring.encoded_text import readable, words_of
from kg.authoring.near import NearMiss, NearMisses
from kg.authoring.trace import DocumentTrace, Judgement, SentenceTrace, Tracer
from kg.extraction import Extractor
from kg.model import Document, Entity, Region, Span, Statement
from kg.recognise.automata import ROLE, TRIGGER
from kg.recognise.mentions import CONTEXT, LEXICON, SHAPE
from kg.relate.encode import Encoded
from kg.rules.alphabet import is_mention

_FOUND_BY = {LEXICON: "lexicon", SHAPE: "shape", CONTEXT: "context"}
_BREAKS = "，；：。！？\n"


@dataclass(frozen=True, slots=True)
class MentionView:
    """A name in the sentence: `found_by` is lexicon, shape or context."""

    start: int
    end: int
    name: str
    types: tuple[str, ...]
    found_by: str
    entry: str | None


@dataclass(frozen=True, slots=True)
class MarkView:
    """A trigger, role, date, amount, round or pronoun; `means` is what it may trigger or refer to."""

    start: int
    end: int
    text: str
    kind: str
    means: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClauseView:
    """A clause in its readable encoded form, and its subject."""

    text: str
    subject: str
    inherited: bool


@dataclass(frozen=True, slots=True)
class MatchView:
    """What a frame found and what became of it: `outcome` is kept, negated, same entity or said already."""

    rule: str
    relation: str
    head: str
    tail: str
    trigger: Span | None
    certainty: str | None
    cue: str
    time: str | None
    qualifiers: dict[str, str]
    inferred: bool
    outcome: str
    statement: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class SentenceExplanation:
    """One sentence. Spans count in `text`, the normalised sentence; `start` and `end` in the document."""

    text: str
    start: int
    end: int
    mentions: tuple[MentionView, ...]
    marks: tuple[MarkView, ...]
    clauses: tuple[ClauseView, ...]
    encoded: str
    found: tuple[MatchView, ...]
    nearly: tuple[NearMiss, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """All that the rules make of a text, or of the sentence at one place of it.

    Without sentences, nothing in the text could hold a statement: no name, role, trigger or title.
    """

    text: str
    sentences: tuple[SentenceExplanation, ...]
    entities: tuple[Entity, ...]

    def as_json(self) -> dict[str, Any]:
        """Return everything as plain data; the keys stay stable."""
        return asdict(self)


class Explainer:
    """Explains texts by the rules of an extractor."""

    def __init__(self, extractor: Extractor) -> None:
        self._tracer = Tracer(extractor)
        self._near = NearMisses(self._tracer.frames, self._tracer.letters, self._tracer.syntax)

    def text(self, text: str, date: str | None = None) -> Explanation:
        """Return the explanation of a text; `date`, a partial ISO date, anchors relative dates."""
        return self.document(Document("text", text, (Region(0, len(text)),), date=date))

    def document(self, document: Document, at: int | None = None) -> Explanation:
        """Return the explanation of a document, or of its sentence at the character offset `at`."""
        trace = self._tracer.read(document)
        sentences = [self._sentence(trace, item) for item in trace.sentences]
        chosen = tuple(s for s in sentences if at is None or s.start <= at < s.end)
        ids = {
            found.statement[side]
            for s in chosen for found in s.found if found.statement
            for side in ("head_id", "tail_id")
        }  # fmt: skip
        entities = tuple(entity for entity in trace.entities if entity.id in ids)
        return Explanation(document.text, chosen, entities)

    def _sentence(self, trace: DocumentTrace, item: SentenceTrace) -> SentenceExplanation:
        read = item.read
        start, end = trace.text.span(read.start, read.start + len(read.text))
        fired = {(j.raw.relation, j.raw.trigger) for j in item.judged if j.raw.trigger}
        encoded = item.encoded or Encoded([], [], [])
        return SentenceExplanation(
            text=read.text,
            start=start,
            end=end,
            mentions=tuple(
                MentionView(m.start, m.end, m.name, tuple(sorted(m.types)), _FOUND_BY[m.source], m.entry)
                for m in read.mentions
            ),
            marks=tuple(
                MarkView(m.start, m.end, read.text[m.start : m.end], m.kind, _means(m.kind, m.value))
                for m in read.marks
            ),
            clauses=tuple(_clauses(encoded)),
            encoded=readable(encoded),
            found=tuple(self._found(item)),
            nearly=tuple(self._near.find(encoded, read.text, fired)),
        )

    def _found(self, item: SentenceTrace) -> list[MatchView]:
        resolved = {id(judgement): (statement, kept) for judgement, statement, kept in item.statements}
        views: list[MatchView] = []
        for judgement in item.judged:
            statement, kept = resolved.get(id(judgement), (None, False))
            views.append(self._match(item, judgement, statement, kept))
        return views

    def _match(
        self, item: SentenceTrace, judgement: Judgement, statement: Statement | None, kept: bool
    ) -> MatchView:
        raw = judgement.raw
        outcome = "kept" if kept else "said already" if statement else "same entity"
        if judgement.certainty is None:
            outcome = "negated"
        toned = judgement.certainty != "asserted"
        return MatchView(
            rule=raw.rule,
            relation=raw.relation,
            head=statement.head if statement else raw.head.name,
            tail=statement.tail if statement else raw.tail.name,
            trigger=raw.trigger,
            certainty=judgement.certainty,
            cue=self._tracer.cue(item.read, raw.where) if toned else "",
            time=statement.time if statement else None,
            qualifiers=dict(raw.qualifiers),
            inferred=raw.inferred,
            outcome=outcome,
            statement=statement.as_json() if statement and kept else None,
        )


def _means(kind: str, value: str) -> tuple[str, ...]:
    if kind == TRIGGER:
        return tuple(
            sorted({name.partition("/")[0] for name in value.split("\t") if not name.startswith("=")})
        )
    return (value,) if kind == ROLE else ()


def _clauses(sentence: Encoded) -> list[ClauseView]:
    views: list[ClauseView] = []
    start = 0
    for index in range(len(sentence.chars) + 1):
        if index < len(sentence.chars) and sentence.chars[index] not in _BREAKS:
            continue
        span = slice(start, index)
        piece = Encoded(sentence.chars[span], sentence.items[span], sentence.offsets[span])
        names = [i for i, c in zip(piece.items, piece.chars, strict=True) if i is not None and is_mention(c)]
        if piece.chars:
            first = names[0] if names else None
            views.append(
                ClauseView(readable(piece), words_of(first) if first else "", bool(first and first.inferred))
            )
        start = index + 1
    return views

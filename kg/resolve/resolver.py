"""Raw statements -> statements: entities, dates, evidence with offsets into the original document."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from kg.model import Document, Entity, Evidence, Renaming, Span, Statement
from kg.ontology import Ontology
from kg.recognise.mentions import Mention, Read
from kg.recognise.times import TIME, Moment, TimeRecogniser, from_iso, is_timeline
from kg.relate.raw import Related
from kg.resolve.names import NameBook, NameRules
from kg.resolve.renaming import Renamed, RenamingReader
from kg.rules.ruleset import RuleSet
from kg.text import Normalised

_EVENT_YEAR = re.compile(r"20[0-3]\d")


class Resolved(NamedTuple):
    """What a document says: statements and denials in text order, each (head, relation, tail, sentence) once."""

    statements: tuple[Statement, ...]
    entities: tuple[Entity, ...]
    denials: tuple[Statement, ...]
    renamings: tuple[Renaming, ...]


class Resolver:
    """Turns what was found in one document into its statements and entities."""

    def __init__(self, rules: RuleSet, times: TimeRecogniser) -> None:
        self._names = NameRules(rules)
        self._renaming = RenamingReader(rules)
        self._ontology: Ontology = rules.ontology
        kinds = rules.ontology.kinds
        self._events = kinds.event
        self._dating = kinds.event | kinds.document  # what is done at or with one has its date
        self._times = times

    def resolve(
        self,
        document: Document,
        text: Normalised,
        read: Sequence[Read],
        related: Sequence[Related],
        denied: Sequence[Related] = (),
    ) -> Resolved:
        """Return what a document says. What is denied names nothing and joins nothing that is not named elsewhere."""
        renamed: list[tuple[Read, Renamed]] = []
        book = NameBook(self._names, document.id)
        for sentence in read:
            for mention in sentence.mentions:
                book.add(mention)
            for found in self._renaming.find(sentence):
                book.rename(found.old, found.new)
                renamed.append((sentence, found))
        places = {id(m): sentence.start for sentence in read for m in sentence.mentions}
        for item in related:
            for mention in (item.raw.head, item.raw.tail):
                if id(mention) not in places:
                    places[id(mention)] = item.read.start
                    book.add(mention)
        for item in related:
            relation = self._ontology.relations[item.raw.relation]
            for mention, types in ((item.raw.head, relation.head), (item.raw.tail, relation.tail)):
                if len(mention.types) > 1:
                    book.use(mention, next(t for t in self._ontology.types if t in mention.types & types))
        book.close()
        moments = self._moments(document, read)
        known = [item for item in denied if {id(item.raw.head), id(item.raw.tail)} <= places.keys()]
        statements, denials = (
            self._distinct([self._statement(document, text, item, book, moments, places) for item in items])
            for items in (related, known)
        )
        renamings = (
            self._renaming_of(document, text, sentence, found, book, moments)
            for sentence, found in renamed
            if found.closed
        )
        return Resolved(
            tuple(self._dated(statements)), tuple(book.entities()), tuple(denials), tuple(renamings)
        )

    def _distinct(self, statements: Sequence[Statement]) -> list[Statement]:
        """Return the statements about two things, each (head, relation, tail, sentence) once."""
        distinct: dict[tuple[str, str, str, int], Statement] = {}
        for each in statements:
            ends = (each.head_id, each.tail_id)
            head_id, tail_id = sorted(ends) if each.relation in self._ontology.symmetric else ends
            if head_id != tail_id:
                distinct.setdefault((head_id, each.relation, tail_id, each.evidence.start), each)
        return list(distinct.values())

    def _renaming_of(
        self,
        document: Document,
        text: Normalised,
        sentence: Read,
        found: Renamed,
        book: NameBook,
        moments: dict[int, Moment],
    ) -> Renaming:
        start, end = text.span(sentence.start, sentence.start + len(sentence.text))
        moment = moments.get(id(found.time)) if found.time else None
        time = moment.iso() if moment else None
        owner = book.entity(found.new)
        return Renaming(owner.id, found.old.name, found.new.name, time, start, end, document.text[start:end])

    def _dated(self, statements: list[Statement]) -> list[Statement]:
        """Give a statement without a date the one that the article gives the same fact, or the event, elsewhere."""
        facts: dict[tuple[str, str, str], str] = {}
        events: dict[str, str] = {}
        for item in statements:
            if item.time is None:
                continue
            facts.setdefault((item.head_id, item.relation, item.tail_id), item.time)
            for name, kind in ((item.head_id, item.head_type), (item.tail_id, item.tail_type)):
                if kind in self._dating:
                    events.setdefault(name, item.time)
        return [
            item
            if item.time is not None
            else replace(
                item,
                time=facts.get((item.head_id, item.relation, item.tail_id))
                or events.get(item.tail_id)
                or events.get(item.head_id)
                or self._year_named(item),
            )
            for item in statements
        ]

    def _moments(self, document: Document, read: Sequence[Read]) -> dict[int, Moment]:
        """Return what each expression of time means, by the identity of its mark; years carry on in a timeline."""
        anchor = from_iso(document.date) or self._latest_year(read)
        found: dict[int, Moment] = {}
        last: Moment | None = None
        for sentence in read:
            timeline = is_timeline(sentence.text)
            for mark in sentence.marks:
                if mark.kind != TIME:
                    continue
                moment = self._times.resolve(mark.value, last if anchor is None or timeline else anchor, last)
                if moment is not None:
                    found[id(mark)] = moment
                    if moment.year is not None:
                        last = moment
        return found

    def _latest_year(self, read: Sequence[Read]) -> Moment | None:
        """Return the year in which an undated article must have been written: the last that it speaks of as past."""
        years = [
            year
            for sentence in read
            for year in self._times.years(
                sentence.text, [mark for mark in sentence.marks if mark.kind == TIME]
            )
        ]
        events = [m.name for sentence in read for m in sentence.mentions if m.types & self._events]
        years += [int(year) for name in events for year in _EVENT_YEAR.findall(name)]
        return Moment(max(years)) if years else None

    def _statement(
        self,
        document: Document,
        text: Normalised,
        item: Related,
        book: NameBook,
        moments: dict[int, Moment],
        places: dict[int, int],
    ) -> Statement:
        raw, read = item.raw, item.said_in or item.read
        head, tail = book.entity(raw.head), book.entity(raw.tail)
        head_span, tail_span = (self._span(text, m, places) for m in (raw.head, raw.tail))
        trigger: Span | None = None
        if raw.trigger is not None:
            trigger = text.span(read.start + raw.trigger[0], read.start + raw.trigger[1])
        if raw.relation in self._ontology.symmetric and tail_span < head_span:
            head, tail, head_span, tail_span = tail, head, tail_span, head_span
        start, end = text.span(read.start, read.start + len(read.text))
        moment = moments.get(id(item.time)) if item.time else None
        evidence = Evidence(document.id, start, end, document.text[start:end], head_span, tail_span, trigger)
        return Statement(
            document.id,
            head.name,
            head.type,
            head.id,
            raw.relation,
            tail.name,
            tail.type,
            tail.id,
            evidence,
            raw.rule,
            item.certainty,
            moment.iso() if moment else None,
            raw.qualifiers,
            raw.inferred,
        )

    def _span(self, text: Normalised, mention: Mention, places: dict[int, int]) -> Span:
        start = places[id(mention)]
        return text.span(start + mention.start, start + mention.end)

    def _year_named(self, item: Statement) -> str | None:
        """Return the year in the name of the event that a statement is about: 2025世界机器人大赛."""
        for name, kind in ((item.tail, item.tail_type), (item.head, item.head_type)):
            year = _EVENT_YEAR.search(name) if kind in self._events else None
            if year:
                return year.group()
        return None

"""Denials: what a text says is not so, kept beside what says that it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.model import DENIED, Span
from kg.recognise.mentions import Read
from kg.relate.clausebounds import clause_end, clause_start
from kg.relate.raw import RawStatement, Related
from kg.rules.patterns import alternatives, any_of
from kg.rules.ruleset import RuleSet


class DenialReader:
    """Tells of which statements a sentence says that they are not so, by the words of tone.yaml."""

    def __init__(self, rules: RuleSet) -> None:
        words = rules.tone.denials
        self._words = any_of((*words.refutes, *words.negates))
        self._refutes = any_of(words.refutes)
        objects = alternatives(words.objects) or r"(?!)"
        self._whole = re.compile(rf"(?:{self._refutes.pattern})(?:{objects})*[”’」]?(?=[，；。！？\n]|$)")
        self._answers = re.compile(rf"[\s“]*(?:{alternatives(words.answers) or '(?!)'})")

    def find(
        self, read: Read, said: Sequence[Related], negated: Sequence[RawStatement], before: Sequence[Related]
    ) -> Iterator[Related]:
        """Yield what the sentence denies: what it negates itself (否认收购), what it said first (公司否认), or, in a
        sentence that answers and states nothing, what the one `before` said (对此，公司回应称消息不实).
        """
        if not self._words.search(read.text):
            return
        own = [
            Related(read, _cued(raw, cue), DENIED, None) for raw in negated if (cue := self._cue(read, raw))
        ]
        if own:
            yield from own
        elif said:
            for related in said:
                if match := self._whole.search(read.text, clause_end(read.text, related.raw.where)):
                    yield replace(related, raw=_cued(related.raw, match.span()), certainty=DENIED)
        elif self._answers.match(read.text) and (match := self._whole.search(read.text)):
            for related in before:
                yield replace(related, raw=_cued(related.raw, match.span()), certainty=DENIED, said_in=read)

    def _cue(self, read: Read, raw: RawStatement) -> Span | None:
        """Return where the clause of a negated statement says that it is not so; a question says nothing."""
        start = clause_start(read.text, raw.where)
        match = self._words.search(read.text, start, clause_end(read.text, raw.where))
        return match.span() if match else None


def _cued(raw: RawStatement, cue: Span) -> RawStatement:
    return replace(raw, trigger=cue)

"""What a relater tells of its work while it reads: for those who explain, trace and teach rules."""

from __future__ import annotations

from typing import Protocol

from kg.recognise.mentions import Read
from kg.relate.encode import Encoded
from kg.relate.raw import RawStatement, Related


class Watcher(Protocol):
    """Is told of each sentence, in this order; what it is given it must not change."""

    def begins(self, read: Read) -> None:
        """Take note of the sentence that follows."""

    def sees_phrases(self, sentence: Encoded) -> None:
        """Take note of the sentence as frames without triggers see it; it changes afterwards."""

    def sees_clauses(self, sentence: Encoded) -> None:
        """Take note of the sentence as frames with triggers see it; it changes afterwards."""

    def judges(self, raw: RawStatement, related: Related | None) -> None:
        """Take note of what a frame found, and what came of it: None where the text negates it."""

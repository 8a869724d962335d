"""Document -> statements: the stages of extraction in their order."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

from kg.errors import InputError, Place
from kg.model import Document, Extraction, Region
from kg.recognise.recogniser import Recogniser
from kg.relate.raw import Related
from kg.relate.relater import Relater
from kg.resolve.resolver import Resolver
from kg.rules import ruleset
from kg.rules.ruleset import RuleSet
from kg.text import normalise

# A long list of names makes as many statements as it has pairs; what is found is held until the document ends.
MOST_STATEMENTS = 100_000


class Extractor:
    """Reads documents by one rule set. Loading takes a moment; extraction keeps nothing between documents."""

    def __init__(self, rules: RuleSet) -> None:
        self.rules = rules
        self.recogniser = Recogniser(rules)
        self.relater = Relater(rules)
        self.resolver = Resolver(rules, self.recogniser.times)

    @classmethod
    def load(cls, rules_dir: Path) -> Extractor:
        """Return the extractor of a rule folder. Raises RuleError with file:line:column."""
        return cls(ruleset.load(rules_dir))

    @property
    def rules_hash(self) -> str:
        """Return the hash of the rule folder's content."""
        return self.rules.hash

    def extract(self, document: Document) -> Extraction:
        """Return the statements and entities of a document.

        Raises InputError if they are more than MOST_STATEMENTS.
        """
        text = normalise(document.text)
        read = self.recogniser.read(
            text.text, [Region(text.position(r.start), text.position(r.end)) for r in document.regions]
        )
        denied: list[Related] = []
        related = list(islice(self.relater.relate(read, denied), MOST_STATEMENTS + 1))
        if len(related) + len(denied) > MOST_STATEMENTS:
            raise InputError(
                f"the document {document.id} says more than {MOST_STATEMENTS:,} things and was left out",
                place=Place(document.path),
                hint="split it, or leave out its lists",
            )
        found = self.resolver.resolve(document, text, read, related, denied)
        mentions = sum(len(sentence.mentions) for sentence in read)
        return Extraction(
            document, found.statements, found.entities, mentions, found.denials, found.renamings
        )

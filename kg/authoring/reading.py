"""Documents and gold for the commands that try rules on articles."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from kg.errors import KgError
from kg.evaluate import gold
from kg.evaluate.gold import GoldArticle
from kg.model import Document, Statement
from kg.ontology import Ontology
from kg.read import documents, load_profile

OnError = Callable[[KgError], None]

RIGHT, WRONG = "right", "wrong"


def refuse(error: KgError) -> None:
    """Raise an error: what to do with one unless the caller knows better."""
    raise error


def read_all(paths: Sequence[str], rules_dir: Path, on_error: OnError = refuse) -> list[Document]:
    """Return the documents of files and folders. Raises as `kg.read.documents` does."""
    return list(documents(paths, load_profile(rules_dir), on_error))


class Judge:
    """Says what the gold thinks of a statement."""

    def __init__(self, folder: Path | None, ontology: Ontology) -> None:
        self._symmetric = ontology.symmetric
        self.articles: dict[str, GoldArticle] = gold.load(folder, ontology.symmetric) if folder else {}

    def verdict(self, statement: Statement) -> str:
        """Return right or wrong, nothing for an article without gold."""
        article = self.articles.get(statement.doc)
        if article is None:
            return ""
        heads = article.entities(statement.head, relaxed=False)
        tails = article.entities(statement.tail, relaxed=False)
        keys = (gold.key(head, statement.relation, tail, self._symmetric) for head in heads for tail in tails)
        return RIGHT if any(key in article.triples for key in keys) else WRONG

"""How many facts of invented names are found in plain sentences?

    python -m benchmarks.invented

Puts each name of `invented.yaml` into each sentence for its kind and looks for what the sentence states: what is missed
are names that no list holds and that the recognisers do not know there.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import yaml

from kg.extraction import Extractor
from kg.model import Document, Region
from kg.rules import ruleset

CASES = Path(__file__).with_name("invented.yaml")


def main() -> None:
    """Print how many facts were found, and the sentences that lost some with the names they lost."""
    cases = yaml.safe_load(CASES.read_text(encoding="utf-8"))
    extractor = Extractor.load(ruleset.shipped())
    missed: dict[str, list[str]] = defaultdict(list)
    asked = 0
    for kind, sentence, fact in cases["sentences"]:
        for name in cases["names"][kind]:
            asked += 1
            if _plain(fact.format(name)) not in _said(extractor, sentence.format(name)):
                missed[sentence].append(name)
    print(f"{asked - sum(map(len, missed.values()))} of {asked} facts")
    for sentence, names in sorted(missed.items(), key=lambda entry: -len(entry[1])):
        print(f"{len(names):3}  {sentence}  {' '.join(names)}")


def _said(extractor: Extractor, text: str) -> set[str]:
    """Return what a text states, as written in the cases; what holds both ways, both ways."""
    both = extractor.rules.ontology.symmetric
    found: set[str] = set()
    for statement in extractor.extract(Document("invented", text, (Region(0, len(text)),))).statements:
        ends = [statement.head, statement.tail]
        for head, tail in [ends, ends[::-1]][: 2 if statement.relation in both else 1]:
            found.add(_plain(f"{head}{statement.relation}{tail}"))
    return found


def _plain(text: str) -> str:
    return "".join(char for char in text if not char.isspace() and char not in "“”")


if __name__ == "__main__":
    main()

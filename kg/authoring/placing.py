"""Which lexicon file a new name belongs into: the one whose names look like it and stand beside it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from kg.authoring.forms import FormModel
from kg.rules import yamlfile
from kg.rules.ruleset import RuleSet

_BESIDE = 4.0
"""How much a name of the same file in the same sentence counts, against what the characters say."""


class LexiconFiles:
    """The files of a rule folder's lexicon, by the type of their names."""

    def __init__(self, rules: RuleSet) -> None:
        self._files: dict[str, dict[str, Mapping[str, Sequence[str]]]] = {}
        for path in sorted((rules.folder / "lexicon").glob("*.yaml")):
            data = yamlfile.read(path).data
            if data.get("entities"):
                name = path.relative_to(rules.folder).as_posix()
                self._files.setdefault(data.get("type"), {})[name] = data["entities"]
        self._forms = {
            kind: FormModel((name, entity) for name, entities in files.items() for entity in entities)
            for kind, files in self._files.items()
        }

    def place(self, name: str, kind: str, samples: Sequence[str]) -> str:
        """Return the file for a name of a type that stands in some sentences, nothing where there is none."""
        files = self._files.get(kind)
        if not files:
            return ""
        forms = self._forms[kind].scores(name)
        every = sum(map(len, files.values()))
        known = {file: sum(entity in s for s in samples for entity in files[file]) for file in files}
        return max(
            sorted(files),
            key=lambda file: (
                forms[file] + math.log(len(files[file]) / every) + _BESIDE * math.log1p(known[file])
            ),
        )

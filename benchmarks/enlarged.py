"""A rule folder with ten times the names and ten times the relations, to see what growth costs."""

from __future__ import annotations

import random
import shutil
from pathlib import Path
from typing import Any

import yaml

from kg.rules import ruleset

TIMES = 10
_COMMON = (
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动"
    "同工也能下过子说产种面而方后多定行学法所民得经"
)


def enlarge(folder: Path, seed: int = 1) -> Path:
    """Make `folder` a rule folder ten times as large as the shipped one, and return it."""
    shutil.copytree(ruleset.shipped(), folder)
    chance = random.Random(seed)
    ontology_path = folder / "ontology.yaml"
    ontology = _load(ontology_path)
    for path in sorted((folder / "relations").glob("*.yaml")):
        for copy in range(2, TIMES + 1):
            data = _load(path)
            name = f"{data['relation']}{copy}"
            ontology["relations"][name] = dict(ontology["relations"][data["relation"]])
            data["relation"] = name
            data["triggers"] = _other_words(data.get("triggers", []), chance)
            data["not_in"] = _other_words(data.get("not_in", []), chance)
            _dump(path.with_name(f"{path.stem}{copy}.yaml"), data)
    _dump(ontology_path, ontology)
    _add_names(folder / "lexicon", chance)
    return folder


def _other_words(words: Any, chance: random.Random) -> Any:
    """Return as many made-up words as there are, of the same lengths."""
    if isinstance(words, dict):
        return {name: _other_words(own, chance) for name, own in words.items()}
    return ["".join(chance.choices(_COMMON, k=max(2, len(word)))) for word in words]


def _add_names(lexicon: Path, chance: random.Random) -> None:
    for path in sorted(lexicon.glob("*.yaml")):
        data = _load(path)
        names: dict[str, list[str]] = {}
        for _ in range((TIMES - 1) * len(data["entities"])):
            name = "".join(chance.choices(_COMMON, k=chance.randint(4, 7)))
            names[name] = [name[:-1] + "社"]
        _dump(path.with_name(f"{path.stem}-more.yaml"), {"type": data["type"], "entities": names})


def _load(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


def _dump(path: Path, data: Any) -> None:
    written = yaml.dump(data, Dumper=_Plain, allow_unicode=True, width=1000)
    path.write_text(written, encoding="utf-8")


class _Plain(yaml.SafeDumper):
    """Writes everything out, as rule files may hold no aliases."""

    def ignore_aliases(self, data: Any) -> bool:
        return True

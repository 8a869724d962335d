"""`kg rules init` and `kg rules new`: a folder of rules to edit, and a relation to start from."""

from __future__ import annotations

import re
import shutil
from collections.abc import Sequence
from pathlib import Path

from kg.errors import InputError, Place
from kg.ontology import Ontology, RelationType
from kg.rules import ruleset
from kg.rules.ruleset import Lexicon

_TEMPLATE = """\
# yaml-language-server: $schema=../schema/relation.json
# {head_type}{name}{tail_type}:写一句话说明什么算、什么不算。
relation: {name}
# 触发词:说出这种关系的词。
triggers: [{name}]
# 句式:“及物”展开成主动、被动等常见说法;其他写法见 docs/rules.zh.md。
frames:
  - 及物
# 例句:至少一句成立、一句不成立,用 kg rules test 试。
examples:
  - {head}{name}了{tail} => {head} {name} {tail}
  - {head}没有{name}{tail} => none
"""

_BARED = {
    "ontology.yaml": [
        (
            r"(?s)\nrelations:\n.*",
            "\n# kg rules new 关系 目录 --head 类型 --tail 类型 在这里添一行\nrelations: {}\n",
        )
    ],
    "merge.yaml": [(r"(?m)^never:\n(?:  - .*\n)+", "never: []\n")],
    "recognisers/roles.yaml": [
        (r"states: \{.*\}", "states: {}"),
        (r"(?m)^(also|makers|within):.*\n(?: .*\n)*", r"\1: {}\n"),
    ],
}
"""What a bare folder's files do without: expressions, and what stands there instead."""

_INVENTED = {"organisation": ("云杉科技有限公司", "清雁电子有限公司"), "person": ("王小明", "李大海")}
_UNKNOWN = ("甲公司", "乙公司")
"""Names for a first example where the lexicon holds none."""


def init(folder: Path, *, bare: bool = False) -> list[Path]:
    """Copy the shipped rules into a folder and return the files written.

    `bare` leaves out what only news of technology needs: all relations and decisions, and all names but those
    of places; what remains is the language. Raises InputError where the folder holds anything already.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise InputError("is not empty", place=Place(folder), hint="name a folder that does not exist yet")
    source = ruleset.shipped()
    written: list[Path] = []
    for path in sorted(p for p in source.rglob("*") if p.suffix in (".yaml", ".json")):
        if bare and _is_of_a_field(path.relative_to(source)):
            continue
        target = folder / path.relative_to(source)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
        written.append(target)
    if bare:
        for name, changes in _BARED.items():
            path = folder / name
            text = path.read_text(encoding="utf-8")
            for found, left in changes:
                text = re.sub(found, left, text)
            path.write_text(text, encoding="utf-8")
    return written


def _is_of_a_field(path: Path) -> bool:
    """Tell whether a rule file speaks of one field: its relations, its names but for places."""
    name = path.name
    return path.parts[0] == "relations" or (path.parts[0] == "lexicon" and not name.startswith("places"))


def new_relation(
    rules_dir: Path, name: str, head: Sequence[str] = (), tail: Sequence[str] = (), *, symmetric: bool = False
) -> list[Path]:
    """Start the rule file of a relation and return the files written.

    A relation that the ontology does not hold yet is added to it with the types of its ends. Raises
    InputError where the file is there or the types are missing or unknown, RuleError for broken rules.
    """
    ontology = ruleset.load_ontology(rules_dir)
    if not name.isidentifier():
        raise InputError(f"`{name}` is no name for a relation", hint="write a word without blanks and signs")
    path = rules_dir / "relations" / f"{name}.yaml"
    if path.exists():
        raise InputError("is there already", place=Place(path), hint="edit it, or choose another name")
    relation = ontology.relations.get(name)
    written = [path]
    if relation is None:
        relation = _checked(name, head, tail, symmetric, ontology)
        ontology_file = rules_dir / "ontology.yaml"
        text = _with_relation(ontology_file.read_text(encoding="utf-8-sig"), relation)
        ontology_file.write_text(text, encoding="utf-8")
        written.append(ontology_file)
    ends = _examples(ruleset.load_lexicon(rules_dir, ontology), relation, ontology)
    path.parent.mkdir(exist_ok=True)
    path.write_text(
        _TEMPLATE.format(
            name=name, head=ends[0], tail=ends[1], head_type="/".join(sorted(relation.head)),
            tail_type="/".join(sorted(relation.tail)),
        ),
        encoding="utf-8",
    )  # fmt: skip
    return written


def _checked(
    name: str, head: Sequence[str], tail: Sequence[str], symmetric: bool, ontology: Ontology
) -> RelationType:
    known = " ".join(ontology.types)
    if not head or not tail:
        hint = f"say what may stand at its ends; types are {known}"
        raise InputError(f"the ontology holds no relation `{name}`", hint=hint)
    for kind in (*head, *tail):
        if kind not in ontology.types:
            raise InputError(f"unknown entity type `{kind}`", hint=f"known types: {known}")
    return RelationType(name, frozenset(head), frozenset(tail), symmetric, "#888888")


def _with_relation(text: str, relation: RelationType) -> str:
    """Return ontology.yaml with one more line at the end of `relations:`, all else as it was."""
    lines = text.replace("\nrelations: {}\n", "\nrelations:\n").splitlines()
    start = next(i for i, line in enumerate(lines) if line.startswith("relations:"))
    end = next((i for i in range(start + 1, len(lines)) if lines[i][:1] not in ("", " ", "#")), len(lines))
    while not lines[end - 1].strip():
        end -= 1
    sides = ", ".join(f"{side}: [{', '.join(sorted(getattr(relation, side)))}]" for side in ("head", "tail"))
    symmetric = ", symmetric: true" if relation.symmetric else ""
    lines.insert(end, f'  {relation.name}: {{{sides}{symmetric}, color: "{relation.color}"}}')
    return "\n".join(lines) + "\n"


def _examples(lexicon: Lexicon, relation: RelationType, ontology: Ontology) -> tuple[str, str]:
    """Return two names that may stand at the relation's ends: of the lexicon, or made-up ones."""
    kinds = ontology.kinds
    invented = {kind: names for field, names in _INVENTED.items() for kind in getattr(kinds, field)}

    def name(types: frozenset[str], at: int, taken: str) -> str:
        own = (entry.name for entry in lexicon.entries if entry.type in types and entry.name != taken)
        made_up = (names[at] for kind, names in invented.items() if kind in types)
        return next(own, next(made_up, _UNKNOWN[at]))

    head = name(relation.head, 0, "")
    return head, name(relation.tail, 1, head)

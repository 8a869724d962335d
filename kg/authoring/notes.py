"""What each key of a rule file is for: said in the comment above it in the shipped rules, or here."""

from __future__ import annotations

import re
from pathlib import Path

from kg.authoring.workspace import SINGLES
from kg.rules import ruleset

_KEY = re.compile(r"^(?P<key>[A-Za-z_]+):")

# Files of which there are many, and keys that only their file's own heading explains.
_GIVEN: dict[str, dict[str, str]] = {
    "lexicon.json": {
        "type": "这些名字是什么类型,ontology.yaml 里的一种",
        "entities": "正名: [别名, 别名];没有别名写 []",
        "ambiguous": "也是日常词的名字:夹在别的词里、像日常用法时不算",
        "titled": "只在《》里或“杂志、期刊”前面才算的名字",
        "companies": "false 时，文章里单说的“公司”“CEO”不指这些机构(媒体、政府)",
    },
    "relation.json": {
        "relation": "哪种关系,ontology.yaml 里的一种",
        "triggers": "触发词:一张表,或几组有名字的表(句式里用 【组名】)",
        "not_in": "更长的词:触发词在它们里面时不算",
        "frames": "有触发词的句式,一行一条;一族句式写族名:及物、及物(组名)、及物(组名,反向)、及物:产品",
        "phrases": "没有触发词的句式;=> 后面是留下来的部分(head、tail、both)",
        "examples": "例句:句子 => 头 关系 尾; 头 关系 尾 (hedged),或 句子 => none",
    },
    "ontology.json": {
        "types": "实体类型:颜色和一句说明",
        "relations": "关系:head、tail 是两头允许的类型;symmetric 不分方向;color 用于图;"
        "closes 说了就使哪些关系结束;conflicts 怎样算互相矛盾:one 同时只有一个(posts 只在这些职务上),"
        "against 之后不再成立的关系,lists 各篇名单应当一致,denials 说的与否认的矛盾",
    },
    "merge.json": {"must": "每组名字是一个实体", "prefixes": "机构名前面可以省去的国名"},
    "constructions.json": {
        "families": "一族句式:句式里的 【trigger】 换成用它的关系的触发词",
        "roles": "身份的句式:【人物】 是谁,【所属】 在哪里,【身份】 一个或几个“所属+角色”,【称谓】 一个角色",
    },
    "tone.json": {
        "negation": "否定词,离触发词不超过 reach 个字",
        "hedges": "不确定的词",
        "denials": "否认的词:有人说没有这回事,与说有的摆在一起",
    },
    "reference.json": {"pronouns": "回指的词:types 可能是什么,which 找谁,bare 只在句读后面才算"},
}


def notes() -> dict[str, dict[str, str]]:
    """Return, by schema file, what each key at the top of a rule file is for."""
    found = {f"{Path(name).stem}.json": _comments(ruleset.shipped() / name) for name in SINGLES}
    return {name: {**found.get(name, {}), **_GIVEN.get(name, {})} for name in {*found, *_GIVEN}}


def _comments(path: Path) -> dict[str, str]:
    """Return the comment above each key; keys that follow one another share it."""
    found: dict[str, str] = {}
    comment: list[str] = []
    open_comment = False
    for line in path.read_text(encoding="utf-8-sig").splitlines():
        key = _KEY.match(line)
        if line.startswith("#"):
            comment = [*comment, line] if open_comment else [line]
            open_comment = True
            continue
        open_comment = False
        if key:
            said = [part.lstrip("# ") for part in comment if "yaml-language-server" not in part]
            found[key["key"]] = " ".join(said)
    return found

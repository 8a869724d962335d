"""The reference of the rule language, written from the models and the comments of the shipped rules.

`python -m kg.authoring.reference docs/rules-reference.md` writes it anew.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kg.authoring.check import CHECKS
from kg.authoring.schemas import models, schema
from kg.authoring.workspace import FOLDERS, SINGLES

_HEAD = """\
# 规则语言参考 · Reference of the rule language

由 `python -m kg.authoring.reference` 从模型和规则文件里的注释生成,不要手改。Generated; do not edit by hand.
先读[十步指南](rules.zh.md) · start with the [guide in ten steps](rules.md).

一律按字面读:`360`、`ON`、`No` 都是词。不认识的键是错误。
Every scalar is read as a word; unknown keys are errors.

## 句式 · frames

| 写法 · written | 意思 · meaning |
| --- | --- |
| `【head】` `【tail】` | 关系的两头 · the ends of the relation |
| `【双方】` | 并列的至少两个名字,对称关系的两头 · a group of at least two names |
| `【trigger】` `【组名】` | 触发词 · a trigger, or one of a named set |
| `【时间】` `【金额】` `【轮次】` `【职务】` | 日期、金额、轮次、职务 · a date, amount, round, post |
| `【机构】` … | 这种类型的名字 · a name of that type |
| `【tail:产品】` | 只要这种类型 · only that type |
| `【tail@国家】` | 只要 constructions.yaml 里这张名单上的 · only names of that list |
| `【tail*】` | 状语、定语里的也算 · also in adjuncts and modifiers |
| `【head!】` `【head~】` | 一组里只要第一个、最后一个 · only the first, the last of a group |
| `【head=】` | 不要代词 · no pronoun |
| `…` `……` | 隔几个字,不跨、可跨逗号 · a gap within the clause, across commas |
| `[甲\\|乙]` `(甲\\|乙)` | 可有可无、选一个 · optional, one of |
| `(@名单\\|乙)` | constructions.yaml 里这张名单上的词 · any word of that list |
| `^` `$` | 分句的开头、结尾 · the clause's start and end |
| `句式 => head` | 没有触发词的句式:之后只留下头(tail、both)· what remains of a phrase |
| `句式 @任职` | 尾没说出来:取头上一次“任职”的尾 · the tail of what was last said of the head |
| `句式 @*投资/机构` | 刚说过的、任何人“投资”的尾,没有就取机构 · what was just said of anybody, else a 机构 |

一条触发词只给一种关系算一次,写在前面的句式先试。
For each trigger the first frame of a relation that fits counts.
"""


def text() -> str:
    """Return the whole document."""
    return "\n".join((_HEAD, *_files(), *_checks())) + "\n"


def _files() -> Iterator[str]:
    names = {f"{Path(name).stem}.json": name for name in SINGLES}
    names |= {f"{name.removesuffix('s')}.json": f"{name}/*.yaml" for name in FOLDERS}
    for schema_name in models():
        found = schema(schema_name)
        yield f"## {names[schema_name]}\n"
        yield "| 键 · key | 写什么 · value | 必须 · required | 说明 · meaning |\n| --- | --- | --- | --- |"
        required = found.get("required", [])
        for key, value in found["properties"].items():
            note = value.get("description", "").replace("|", "\\|")
            yield f"| `{key}` | {_form(value, found)} | {'✓' if key in required else ''} | {note} |"
        yield ""


def _form(value: dict[str, Any], whole: dict[str, Any]) -> str:
    """Return in words what a value looks like."""
    if "$ref" in value:
        inner = whole["$defs"][value["$ref"].rpartition("/")[2]]
        return (
            "{" + ", ".join(f"{key}: {_form(item, whole)}" for key, item in inner["properties"].items()) + "}"
        )
    if "anyOf" in value:
        return " / ".join(_form(option, whole) for option in value["anyOf"])
    kind = value.get("type")
    if kind == "array":
        return f"[{_form(value['items'], whole)}, …]"
    if kind == "object":
        return f"{{名: {_form(value['additionalProperties'], whole)}, …}}"
    return {"integer": "整数", "boolean": "true / false"}.get(str(kind), "词")


def _checks() -> Iterator[str]:
    yield "## kg rules check\n"
    yield "| 检查 · check | 级别 · severity | 查什么 · what |\n| --- | --- | --- |"
    yield "| `yaml` | error | A file is YAML in UTF-8, without aliases. |"
    yield "| `keys` | error | Every key is known, none is missing or twice, every value has its form. |"
    yield "| `files` | error | Every file that is needed is there, and no other. |"
    for item in CHECKS:
        yield f"| `{item.name}` | {item.severity} | {(item.__doc__ or '').strip()} |"
    yield "| `swallowed` | warning | A trigger that the examples hold only inside longer words. |"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(text(), encoding="utf-8")

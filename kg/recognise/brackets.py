"""Other names that a text gives in brackets behind a name: 万亿参数联盟（简称TPC）, 吴恩达（Andrew Ng）."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.recognise.mentions import LEXICON, Mention
from kg.rules.patterns import alternatives
from kg.rules.ruleset import RuleSet

_BRACKET = re.compile(r"[”》]?（([^（）]{2,60})）")
_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9 .&'’\-·]*$")
_CJK_NAME = re.compile(r"[\u4e00-\u9fff·]{2,12}$")
_TICKER = re.compile(r"^[\d.]+|\b(?:HK|US|SZ|SH|NASDAQ|NYSE)\b")


class BracketReader:
    """Reads the bracket right behind a name."""

    def __init__(self, rules: RuleSet) -> None:
        markers = alternatives(rules.reference.short_markers)
        self._marked = re.compile(rf"(?:{markers})(?:为)?[：:]?[“《]?(?P<name>[^“”《》，、；]{{2,20}})")
        self._common = frozenset(rules.latin.common)
        self._person = rules.ontology.kinds.person

    def introduced(self, text: str, mention: Mention) -> Iterator[tuple[str, frozenset[str]]]:
        """Yield the names that the bracket behind a mention gives it, with the mention's types."""
        match = _BRACKET.match(text, mention.end)
        if match is None:
            return
        content = match.group(1).strip()
        marked = list(self._marked.finditer(content))
        if marked:
            for item in marked:
                yield item["name"].strip(), mention.types
            content = content[: marked[0].start()].rstrip("，, ")
        for part in re.split(r"[，,；;/]", content):
            name = part.strip()
            if self._is_name(name, mention):
                yield name, mention.types

    def _is_name(self, name: str, mention: Mention) -> bool:
        if len(name) < 2 or _TICKER.search(name):
            return False
        if _LATIN.match(name):
            return any(c.isupper() for c in name) and name not in self._common
        return mention.name[0].isascii() and bool(_CJK_NAME.match(name))

    def attach(self, text: str, mentions: list[Mention]) -> None:
        """Give each mention the names that stand in the bracket behind it; what names a person there is a person."""
        if "（" not in text:
            return
        for at, mention in enumerate(mentions):
            aliases = tuple(name for name, _ in self.introduced(text, mention))
            if aliases:
                mention.aliases = (*mention.aliases, *aliases)
            inside = mentions[at + 1] if at + 1 < len(mentions) else mention
            if mention.types == self._person and inside.source < LEXICON and inside.name in aliases:
                inside.types = mention.types

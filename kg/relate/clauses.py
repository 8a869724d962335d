"""Clauses: where they begin, who their subject is, and whom an omitted subject means."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.relate.encode import Encoded, Item
from kg.rules import alphabet
from kg.rules.alphabet import CORE, PLURAL, Alphabet, char_class
from kg.rules.ruleset import RuleSet

_BREAK = re.compile(r"[，；：。！？\n]")
_SUBJECT_TYPES = ("人物", "机构", "产品", "地点", "技术")


@dataclass(slots=True)
class Subject:
    """The character and item of a subject that later clauses may inherit."""

    char: str
    item: Item


class ClauseReader:
    """Finds each clause's subject and puts the inherited one where a clause has none."""

    def __init__(self, rules: RuleSet, letters: Alphabet) -> None:
        types = [name for name in _SUBJECT_TYPES if name in rules.ontology.types]
        self._subject = re.compile(char_class(letters.mentions_of(types, (CORE, PLURAL))))
        data = rules.syntax
        self._trigger = re.compile(f"[{chr(0xF8000)}-{chr(0xFFFFD)}]")
        links = "|".join(map(re.escape, sorted(data.links, key=len, reverse=True)))
        self._link = re.compile(rf"(?<=[^，；：。])(?:{links})(?=[^，；：。]{{0,10}}?[{chr(0xF8000)}-{chr(0xFFFFD)}])")
        speech = "|".join(map(re.escape, sorted(data.speech, key=len, reverse=True)))
        self._speech = re.compile(rf"(?:{speech})[^，；：。]{{0,2}}$")
        blockers = "|".join(map(re.escape, sorted(data.subject_blockers, key=len, reverse=True)))
        self._blocker = re.compile(blockers)

    def inherit(self, sentence: Encoded, before: Subject | None) -> Subject | None:
        """Insert inherited subjects; return the subject that the next sentence may inherit."""
        self._break_at_links(sentence)
        subject = before
        said = False
        start = 0
        first = True
        while start <= len(sentence.chars):
            end = self._clause_end(sentence, start)
            text = sentence.text[start:end]
            own = self._own_subject(sentence, text, start)
            if own is not None:
                subject = own
            elif subject is not None and self._needs_subject(text) and not said and not (first and before is None):
                item = Item(sentence.offsets[start] if start < len(sentence.offsets) else 0, 0,
                            list(subject.item.mentions), inferred=True, joint=subject.item.joint)
                item.end = item.start
                sentence.insert(start, subject.char, item, item.start)
                end += 1
            said = bool(self._speech.search(sentence.text[start:end]))
            first = False
            start = end + 1
        return subject

    def _break_at_links(self, sentence: Encoded) -> None:
        for match in reversed(list(self._link.finditer(sentence.text))):
            sentence.insert(match.start(), "，", None, sentence.offsets[match.start()])

    def _clause_end(self, sentence: Encoded, start: int) -> int:
        match = _BREAK.search(sentence.text, start)
        return match.start() if match else len(sentence.chars)

    def _own_subject(self, sentence: Encoded, text: str, start: int) -> Subject | None:
        """Return the first name that is neither aside nor behind the first trigger."""
        trigger = self._trigger.search(text)
        limit = trigger.start() if trigger else len(text)
        match = self._subject.search(text, 0, limit)
        if match is None:
            return None
        item = sentence.items[start + match.start()]
        assert item is not None
        return Subject(match.group(), item)

    def _needs_subject(self, text: str) -> bool:
        trigger = self._trigger.search(text)
        if trigger is None:
            return False
        return not self._blocker.search(text, 0, trigger.start())


def neutral(char: str) -> str:
    """Return the character of a mention as it stands alone or as a group, never aside."""
    variant = alphabet.variant_of(char)
    return alphabet.with_variant(char, CORE if variant in (CORE, alphabet.ASIDE) else PLURAL)

"""Names in Latin letters, and versions behind any product's name: Yi-34B, Epic Systems, Llama 3.1."""

from __future__ import annotations

import re

from kg.recognise.mentions import CONTEXT, SHAPE, Mention
from kg.rules.patterns import alternatives
from kg.rules.ruleset import RuleSet

_WORD = r"[A-Za-zÀ-ÿ][A-Za-z0-9À-ÿ'’]*(?:[.\-+_&][A-Za-z0-9]+)*\+?"
_RUN = re.compile(rf"{_WORD}(?: (?:{_WORD}|\d[A-Za-z0-9.\-]*))*")
_TIED_BEFORE = re.compile(r"(?<![A-Za-z0-9])(?:[A-Za-z0-9.]+-)+$")
_TIED_BEHIND = re.compile(r"[A-Za-z0-9]*(?:-[A-Za-z0-9]+(?:\.\d+)?[A-Za-z0-9]*)+")
_COUNTED = re.compile("[年月日家个亿万款名位倍]")
_TIE_REACH = 20
_SHAPE = re.compile(r"[A-Za-z].*\d|\d.*[A-Za-z]|[a-z][A-Z]|-[A-Z]")


class LatinRecogniser:
    """Finds Latin names and the versions of products."""

    def __init__(self, rules: RuleSet) -> None:
        kinds = rules.ontology.kinds
        self._product, self._organisation = kinds.product, kinds.organisation
        self._common = frozenset(rules.latin.common)
        self._titles = tuple(w for role in rules.roles.classes.values() for w in role.words if w.isascii())
        self._tails = frozenset(rules.latin.tails)
        self._ends = tuple(rules.latin.organisation_ends)
        words = alternatives(rules.products.version_words)
        self._version = re.compile(
            rf"(?:{rules.products.version}|[ \-]?(?:{words})(?![A-Za-z]))"
            rf"(?:[ \-](?:{words}|\d+(?:\.\d+)?[A-Za-z]{{0,2}}|[A-Z]\d\w?)(?![A-Za-z年月日]))*"
        )
        self._classes = tuple(sorted(rules.organisations.class_words, key=len, reverse=True))

    def version_end(self, text: str, end: int) -> int:
        """Return where a product's name ends together with the version behind it, `end` if there is none."""
        match = self._version.match(text, end)
        return match.end() if match else end

    def whole(self, text: str, start: int, end: int) -> tuple[int, int]:
        """Return the span of a Latin name with what hyphens tie to it: Open-|Sora, Llama|-Nemotron-Ultra."""
        if text[start].isascii():
            before = _TIED_BEFORE.search(text, max(0, start - _TIE_REACH), start)
            start = before.start() if before else start
        if text[end - 1].isascii():
            behind = _TIED_BEHIND.match(text, end)
            end = behind.end() if behind else end
        return start, end

    def find(self, text: str, known: list[Mention]) -> list[Mention]:
        """Return Latin names outside the known mentions, split at them and at common words."""
        found: list[Mention] = []
        covered = [(m.start, m.end) for m in known]
        for run in _RUN.finditer(text):
            for start, end in self._pieces(text, run.start(), run.end(), covered):
                mention = self._classify(text, self._begun_before(text, start, end, known), end)
                if mention:
                    found.append(mention)
        return found

    def _begun_before(self, text: str, start: int, end: int, known: list[Mention]) -> int:
        """Return where an organisation's name begins of which a known name is the first word: Luminous| Ventures."""
        if text[start:end] not in self._ends or text[start - 1 : start] != " ":
            return start
        return next((m.start for m in known if m.end == start - 1 and m.name.isascii()), start)

    def _pieces(
        self, text: str, start: int, end: int, covered: list[tuple[int, int]]
    ) -> list[tuple[int, int]]:
        """Split a run of words where a common or lower-case word stands, and leave out what is known."""
        pieces: list[tuple[int, int]] = []
        first = last = -1
        for word in re.finditer(r"\S+", text[start:end]):
            a, b = start + word.start(), start + word.end()
            plain = word.group().rstrip("'’.")
            title = next((t for t in self._titles if plain.endswith(t) and len(plain) > len(t) + 1), "")
            if title:
                pieces.append((a if first < 0 else first, b - len(title)))
                first = -1
                continue
            known = any(x < b and a < y for x, y in covered)
            if plain in self._tails and first >= 0 and not known and not text.startswith(" ", b):
                last = b
                continue
            lone_number = plain[0].isdigit() and (first < 0 or bool(_COUNTED.match(text, b)))
            if known or lone_number or plain in self._common or (plain.islower() and len(plain) < 3):
                if first >= 0:
                    pieces.append((first, last))
                first = -1
                continue
            if first < 0:
                first = a
            last = b
        if first >= 0:
            pieces.append((first, last))
        return pieces

    def _classify(self, text: str, start: int, end: int) -> Mention | None:
        name = text[start:end]
        if len(name) < 2 or not any(c.isupper() or c.isdigit() for c in name):
            return None
        if name.rsplit(" ", 1)[-1] in self._ends:
            return Mention(start, end, name, self._organisation, SHAPE)
        if text.startswith(self._classes, end):
            return Mention(start, end, name, self._organisation, SHAPE)
        extended = self.version_end(text, end)
        if extended > end or _SHAPE.search(name):
            end = extended
            return Mention(start, end, text[start:end], self._product, SHAPE)
        return Mention(start, end, name, self._product | self._organisation, CONTEXT)

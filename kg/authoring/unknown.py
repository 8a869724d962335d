"""Words that may be names and that no rule knows: told by segmenter, marks and neighbours."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.authoring.contexts import ContextModel
from kg.authoring.near import NearMiss
from kg.authoring.trace import SentenceTrace
from kg.recognise.automata import ROLE
from kg.recognise.mentions import LEXICON, Mark, Mention, Read
from kg.recognise.segment import NAME_TAGS, Token, is_word
from kg.rules.ruleset import RuleSet

_NOMINAL = ("n", "j", "x", "eng", "vn")
_QUOTED = re.compile(r"“([^“”，。！？；：\n]{2,12})”")
_NAME = re.compile(r"[\u4e00-\u9fffA-Za-z][\u4e00-\u9fffA-Za-z0-9·.\-]{1,11}$")
_SLOT = re.compile(r"【(head|tail)")
_BY_FORM = 4.0
"""How much a name's ending says for a type, on the scale of neighbours' logarithms."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A word of a sentence that may be a name: what speaks for each type, and whether a frame lacks it."""

    name: str
    scores: dict[str, float]
    clue: str
    fills: bool
    sentence: str


class NameFinder:
    """Looks for unknown names among the words that nothing has taken."""

    def __init__(self, rules: RuleSet, contexts: ContextModel) -> None:
        self._contexts = contexts
        self._types = rules.ontology.types
        endings = (
            ("机构", rules.organisations.suffixes),
            ("产品", rules.products.class_words),
            ("活动", rules.events.suffixes),
        )
        self._endings = [(kind, tuple(words)) for kind, words in endings if kind in self._types]
        self._plain = frozenset(
            (
                *rules.organisations.generic,
                *rules.organisations.suffixes,
                *rules.organisations.weak,
                *rules.organisations.stops,
                *rules.organisations.class_words,
                *rules.products.class_words,
                *rules.syntax.adverbs,
            )
        )

    def find(self, item: SentenceTrace, misses: Sequence[NearMiss]) -> Iterator[Candidate]:
        """Yield the candidates of a sentence, given the frames that nearly matched in it."""
        read = item.read
        spans: list[Mention | Mark] = [*read.mentions, *read.marks]
        taken = {offset for span in spans for offset in range(span.start, span.end)}
        free = [word for word in read.words if taken.isdisjoint(range(word.start, word.end))]
        seen: set[tuple[int, int]] = set()
        for run in _runs(free):
            if any(map(_is_odd, run)):
                seen.add((run[0].start, run[-1].end))
        for match in _QUOTED.finditer(read.text):
            if match.start(1) not in taken and not is_word(match.group(1)):
                seen.add(match.span(1))
        for start, end in sorted(seen):
            name = read.text[start:end]
            if _NAME.match(name) and name not in self._plain:
                yield self._candidate(read, start, end, name, misses)

    def _candidate(
        self, read: Read, start: int, end: int, name: str, misses: Sequence[NearMiss]
    ) -> Candidate:
        scores: dict[str, float] = defaultdict(float, self._contexts.scores(read, start, end))
        clue = f"`{read.text[max(0, start - 3) : start]}…{read.text[end : end + 3]}` is where names stand"
        for kind, words in self._endings:
            if name.endswith(words) and name not in words:
                scores[kind] += _BY_FORM
                clue = f"it ends like a {kind}"
        lacking = [m for m in misses if m.filled and _SLOT.match(m.stopped_at) and _is_near(m, start, end)]
        if lacking:
            clue = f"{lacking[0].relation} lacks a {lacking[0].stopped_at} at `{lacking[0].trigger_text}`"
        return Candidate(name, scores, clue, bool(lacking), read.text)


def may_be_name(text: str) -> bool:
    """Tell whether a text has the length and the characters of a name."""
    return bool(_NAME.match(text))


def free_words(read: Read) -> list[Token | None]:
    """Return the words of a sentence, None for those that the lexicon or a mark has taken."""
    spans: list[Mention | Mark] = [*(m for m in read.mentions if m.source >= LEXICON), *read.marks]
    taken = {offset for span in spans for offset in range(span.start, span.end)}
    return [word if taken.isdisjoint(range(word.start, word.end)) else None for word in read.words]


def unknown_words(read: Read) -> Iterator[tuple[int, int]]:
    """Yield the places of words, and of two words together, that begin where the lexicon knows no name."""
    free = free_words(read)
    for first, second in zip(free, [*free[1:], None], strict=True):
        if first and may_be_name(first.text):
            yield first.start, first.end
        if first and second and may_be_name(first.text + second.text):
            yield first.start, second.end


def stands_alone(read: Read, start: int, end: int) -> bool:
    """Tell whether no noun that is part of no name follows a word."""
    after = next((word for word in read.words if word.start == end), None)
    spans: list[Mention | Mark] = [*read.mentions, *read.marks]
    return after is None or any(span.start == end for span in spans) or not is_nominal(after)


def owners(read: Read, persons: frozenset[str]) -> Iterator[tuple[str, Mark]]:
    """Yield unknown nouns that stand right before a role word with a person behind it, and the role."""
    spans: list[Mention | Mark] = [*read.mentions, *read.marks]
    taken = {offset for span in spans for offset in range(span.start, span.end)}
    free = [word for word in read.words if taken.isdisjoint(range(word.start, word.end))]
    for role in (mark for mark in read.marks if mark.kind == ROLE):
        held = any(m.types == persons and 0 <= m.start - role.end <= 1 for m in read.mentions)
        run = next((run for run in _runs(free) if run[-1].end == role.start), []) if held else []
        name = read.text[run[0].start : role.start] if run else ""
        if _NAME.match(name) and (len(run) > 1 or any(map(_is_odd, run))):
            yield name, role


def _is_near(miss: NearMiss, start: int, end: int) -> bool:
    return -1 <= start - miss.trigger[1] <= 6 or -1 <= miss.trigger[0] - end <= 6


def _runs(free: Sequence[Token]) -> Iterator[list[Token]]:
    """Yield the longest runs of adjacent nouns, and the words of which a name could consist alone."""
    run: list[Token] = []
    for word in free:
        nominal = is_nominal(word)
        if run and (word.start != run[-1].end or not nominal):
            yield run
            run = []
        if nominal:
            run.append(word)
    if run:
        yield run


def is_nominal(word: Token) -> bool:
    """Tell whether a word may be part of a name; the segmenter tags signs as it tags unknown words."""
    return word.tag.startswith(_NOMINAL) and word.text[0].isalnum()


def _is_odd(word: Token) -> bool:
    """Tell whether a word is no everyday one, so that a run of nouns that holds it may be a name."""
    return word.tag.startswith(NAME_TAGS) or (len(word.text) > 1 and not is_word(word.text))

"""Document -> sentences with their mentions and marks: the order of the recognisers and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from kg.model import Region
from kg.recognise import segment
from kg.recognise.automata import PRONOUN, ROLE, TRIGGER, VETO, Name, NameAutomaton, WordAutomaton
from kg.recognise.brackets import BracketReader
from kg.recognise.events import EventRecogniser
from kg.recognise.latin import LatinRecogniser
from kg.recognise.mentions import CONTEXT, LEXICON, SHAPE, Mark, Mention, longest
from kg.recognise.names_in_marks import MarkedNames
from kg.recognise.nominal import runs
from kg.recognise.organisations import OrganisationRecogniser
from kg.recognise.people import PersonRecogniser
from kg.recognise.products import ProductRecogniser
from kg.recognise.quantities import QuantityRecogniser
from kg.recognise.roles import RoleRecogniser
from kg.recognise.segment import Token
from kg.recognise.times import TimeRecogniser
from kg.rules.ruleset import RuleSet
from kg.text import sentences

Hit = tuple[int, int, dict[str, list[str]]]

_LATIN_NAME = re.compile(r"[A-Z][A-Za-z]|[A-Za-z]\d")
_PRODUCT_TYPES = frozenset(("产品",))
_PERSON_TYPES = frozenset(("人物",))


@dataclass(slots=True, eq=False)
class Read:
    """A sentence as it was read: its text, where it stands in the normalised document, what was found."""

    text: str
    start: int
    mentions: list[Mention] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    words: list[Token] = field(default_factory=list)


class Recogniser:
    """Finds the mentions of a document. One instance serves any number of documents."""

    def __init__(self, rules: RuleSet) -> None:
        self._names = NameAutomaton(rules)
        self._vocabulary = WordAutomaton(rules)
        self._people = PersonRecogniser(rules)
        self._latin = LatinRecogniser(rules)
        self._marked = MarkedNames(rules)
        self._organisations = OrganisationRecogniser(rules)
        self._events = EventRecogniser(rules)
        self._roles = RoleRecogniser(rules)
        self._products = ProductRecogniser(rules)
        self._quantities = QuantityRecogniser(rules)
        self.times = TimeRecogniser(rules)
        self._brackets = BracketReader(rules)
        self._everyday_before = tuple(rules.syntax.everyday_before)
        self._everyday_after = tuple(rules.syntax.everyday_after)
        self._teams = tuple(rules.roles.teams)

    def read(self, text: str, regions: Sequence[Region]) -> list[Read]:
        """Return the sentences of a normalised text that hold a name, in order, with all they mention."""
        found: list[Read] = []
        for region in regions:
            found.extend(self._region(text, region))
        self._second_pass(found)
        for sentence in found:
            self._brackets.attach(sentence.text, sentence.mentions)
        return found

    def _region(self, text: str, region: Region) -> Iterator[Read]:
        body = text[region.start : region.end]
        names = self._names.find(body)
        words = self._vocabulary.find(body)
        n = w = 0
        for start, end in sentences(body, 0, len(body)):
            while n < len(names) and names[n][0] < start:
                n += 1
            first_name = n
            while n < len(names) and names[n][0] < end:
                n += 1
            while w < len(words) and words[w][0] < start:
                w += 1
            first_word = w
            while w < len(words) and words[w][0] < end:
                w += 1
            own = [(a - start, b - start, name) for a, b, name in names[first_name:n] if b <= end]
            hits = [(a - start, b - start, meaning) for a, b, meaning in words[first_word:w] if b <= end]
            piece = body[start:end]
            if own or self._may_hold_names(piece, hits):
                yield self._sentence(piece, region.start + start, own, hits)

    def _may_hold_names(self, text: str, hits: list[Hit]) -> bool:
        """The gate: without a name of the lexicon, a role, a Latin name or a mark of a name nothing can be stated."""
        return (
            any(ROLE in meanings or PRONOUN in meanings or TRIGGER in meanings for _, _, meanings in hits)
            or bool(_LATIN_NAME.search(text))
            or "《" in text
            or "·" in text
        )

    def _sentence(self, text: str, start: int, names: list[tuple[int, int, Name]], hits: list[Hit]) -> Read:
        words = segment.tokens(text)
        known = self._known(text, words, names)
        known += self._people.by_shape(text)
        known += self._marked.find(text)
        known = longest(known)
        known += self._latin.find(text, known)
        known = longest(self._products.complete(text, known))
        marks = self.times.find(text) + self._quantities.find(text)
        taken = {offset for m in known for offset in range(m.start, m.end)}
        roles = self._roles.find(text, hits, taken)
        known = longest(known + self._persons_at_roles(text, roles, taken) + self._people.by_words(text, words))
        open_class = self._open_classes(text, words, known, roles, marks)
        found = longest(known + open_class)
        taken = {offset for m in found for offset in range(m.start, m.end)}
        kept = [mark for mark in (*marks, *roles) if taken.isdisjoint(range(mark.start, mark.end))]
        kept += self._trigger_marks(hits, words, taken | {o for m in kept for o in range(m.start, m.end)})
        return Read(text, start, found, sorted(kept, key=lambda mark: mark.start), words)

    def _known(self, text: str, words: list[Token], names: list[tuple[int, int, Name]]) -> list[Mention]:
        edges = segment.boundaries(words)
        found: list[Mention] = []
        for start, end, name in names:
            cut = start not in edges or end not in edges
            if not text[start].isascii() and cut and (name.ambiguous or end - start <= 2):
                if self._crosses(words, start, end):
                    continue
            if name.ambiguous and (
                text.endswith(self._everyday_before, 0, start) or text.startswith(self._everyday_after, end)
            ):
                continue
            if name.types == _PRODUCT_TYPES or "产品" in name.types:
                longer = self._latin.version_end(text, end)
                if longer > end:
                    found.append(Mention(start, longer, text[start:longer], _PRODUCT_TYPES, SHAPE))
                    continue
            found.append(Mention(start, end, text[start:end], name.types, LEXICON, entry=name.entry))
        return found

    def _crosses(self, words: list[Token], start: int, end: int) -> bool:
        """Tell whether a word of the segmenter overlaps the span's edge, or swallows it as a longer word."""
        for word in words:
            if word.start < start < word.end or word.start < end < word.end:
                return segment.is_word(word.text)
        return False

    def _persons_at_roles(self, text: str, roles: list[Mark], taken: set[int]) -> list[Mention]:
        found: list[Mention] = []
        for role in roles:
            start = role.end
            while start < len(text) and text[start] in " ：|｜/丨“":
                start += 1
            mention = None if start in taken else self._people.after_role(text, start)
            if mention and taken.isdisjoint(range(mention.start, mention.end)):
                found.append(mention)
                found.extend(self._listed(text, mention.end, taken))
        return found

    def _listed(self, text: str, end: int, taken: set[int]) -> list[Mention]:
        """Names go on behind the first: 副总裁熊丘谷、徐勇力; 编辑:桃子 好困."""
        found: list[Mention] = []
        while end < len(text) and text[end] in "、 和" and end + 1 not in taken:
            mention = self._people.after_role(text, end + 1)
            if mention is None or not self._people.ends_well(text, mention.end):
                break
            found.append(mention)
            end = mention.end
        return found

    def _open_classes(
        self, text: str, words: list[Token], known: list[Mention], roles: list[Mark], marks: list[Mark]
    ) -> list[Mention]:
        nominal = runs(
            text, words, known, [*roles, *marks], self._organisations.is_stop, self._organisations.is_nominal_verb
        )
        found = self._organisations.find(text, nominal, roles)
        found += self._products.find(text, nominal)
        if self._events.may_hold(text):
            free = [m for m in known if m.types != frozenset(("活动",))]
            wide = runs(text, words, free, [], self._events.is_stop, self._organisations.is_nominal_verb)
            found += self._events.find(text, wide)
        return found

    def _trigger_marks(self, hits: list[Hit], words: list[Token], taken: set[int]) -> list[Mark]:
        found: list[Mark] = []
        for start, end, meanings in hits:
            if not taken.isdisjoint(range(start, end)) or VETO in meanings:
                continue
            if TRIGGER in meanings and not self._inside_noun(words, start, end):
                found.append(Mark(start, end, TRIGGER, "\t".join(sorted(set(meanings[TRIGGER])))))
            elif PRONOUN in meanings:
                found.append(Mark(start, end, PRONOUN, meanings[PRONOUN][0]))
        return found

    def _inside_noun(self, words: list[Token], start: int, end: int) -> bool:
        """A trigger inside a longer noun (投资者, 发布会) is none."""
        for word in words:
            if word.start <= start and end <= word.end and word.end - word.start > end - start:
                return word.tag.startswith(("n", "j")) and segment.is_word(word.text)
            if word.start > start:
                break
        return False

    def _second_pass(self, read: list[Read]) -> None:
        """Find names that the document introduces once wherever else it uses them."""
        known: dict[str, Mention] = {}
        for sentence in read:
            for mention in sentence.mentions:
                if mention.source < LEXICON and len(mention.name) > 1:
                    best = known.get(mention.name)
                    if best is None or best.source < mention.source:
                        known[mention.name] = mention
                for alias, types in self._brackets.introduced(sentence.text, mention):
                    known.setdefault(alias, Mention(0, 0, alias, types, CONTEXT))
        if not known:
            return
        pattern = re.compile("|".join(map(re.escape, sorted(known, key=len, reverse=True))))
        for sentence in read:
            again = [
                Mention(m.start(), m.end(), m.group(), known[m.group()].types, CONTEXT)
                for m in pattern.finditer(sentence.text)
                if not _inside_latin(sentence.text, m.start(), m.end())
            ]
            blocked = {o for mark in sentence.marks if mark.kind == ROLE for o in range(mark.start, mark.end)}
            again = [m for m in again if blocked.isdisjoint(range(m.start, m.end))]
            if again:
                sentence.mentions = longest(sentence.mentions + again)
                taken = {o for m in sentence.mentions for o in range(m.start, m.end)}
                sentence.marks = [k for k in sentence.marks if taken.isdisjoint(range(k.start, k.end))]


def _inside_latin(text: str, start: int, end: int) -> bool:
    before = text[start - 1] if start else ""
    after = text[end] if end < len(text) else ""
    return (before.isascii() and before.isalnum() and text[start].isascii()) or (
        after.isascii() and after.isalnum() and text[end - 1].isascii()
    )

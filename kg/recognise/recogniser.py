"""Document -> sentences with their mentions and marks: the order of the recognisers and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from operator import attrgetter

from kg.model import Region
from kg.recognise import segment
from kg.recognise.acting_names import ActingNames
from kg.recognise.automata import COMPOUND, PRONOUN, ROLE, TRIGGER, VETO, Name, NameAutomaton, WordAutomaton
from kg.recognise.awards import AwardRecogniser
from kg.recognise.brands import BrandRecogniser
from kg.recognise.bylines import BylineRecogniser
from kg.recognise.context_persons import ContextPersons, Hit
from kg.recognise.events import EventRecogniser
from kg.recognise.filings import FilingNames
from kg.recognise.hints import RunHints
from kg.recognise.ideas import IdeaRecogniser
from kg.recognise.known_names import KnownNames
from kg.recognise.latin import LatinRecogniser
from kg.recognise.lists import ListRecogniser
from kg.recognise.mentions import Mark, Mention, Read, bits, covered, longest
from kg.recognise.names_in_marks import MarkedNames
from kg.recognise.nominal import runs
from kg.recognise.organisation_words import OrganisationWords
from kg.recognise.organisations import OrganisationRecogniser
from kg.recognise.people import PersonRecogniser, Starts
from kg.recognise.places import LocatedPlaces, ShortPlaces, joined_places, widened_places
from kg.recognise.products import ProductRecogniser
from kg.recognise.quantities import QuantityRecogniser
from kg.recognise.rereading import Rereader
from kg.recognise.role_owners import RoleOwners
from kg.recognise.roles import RoleRecogniser
from kg.recognise.segment import Token
from kg.recognise.shared_stems import SharedStems
from kg.recognise.times import TimeRecogniser
from kg.rules.patterns import any_of
from kg.rules.ruleset import RuleSet
from kg.text import sentences

_SITE_STEM = 4
_LATIN_NAME = re.compile(r"[A-Z][A-Za-z]|[A-Za-z]\d")


class Recogniser:
    """Finds the mentions of a document. One instance serves any number of documents."""

    def __init__(self, rules: RuleSet) -> None:
        self._kinds = kinds = rules.ontology.kinds
        self._nesting = kinds.organisation | kinds.place | kinds.product | kinds.technology
        self._names = NameAutomaton(rules)
        self._vocabulary = WordAutomaton(rules)
        self._people = PersonRecogniser(rules)
        self._latin = LatinRecogniser(rules)
        self._marked = MarkedNames(rules)
        self._organisation_words = words = OrganisationWords(rules)
        self._acting = ActingNames(rules, words)
        self._owners = RoleOwners(rules, words)
        self._organisations = OrganisationRecogniser(rules, words, self._acting, self._owners)
        self._hints = RunHints(rules, self._acting)
        self._events = EventRecogniser(rules)
        self._awards = AwardRecogniser(rules)
        self._roles = RoleRecogniser(rules)
        self._bylines = BylineRecogniser(rules, self._people)
        self._context = ContextPersons(kinds, self._people, self._roles, self._bylines)
        self._products = ProductRecogniser(rules)
        self._brands = BrandRecogniser(rules)
        self._located = LocatedPlaces(rules)
        self._ideas = IdeaRecogniser(rules)
        self._shared_stems = SharedStems(rules)
        self._quantities = QuantityRecogniser(rules)
        self.times = TimeRecogniser(rules)
        self._known = KnownNames(rules, self._names, self._people, self._latin)
        self._rereader = Rereader(rules, self._names, self._people)
        self._lists = ListRecogniser(rules)
        self._short_places = ShortPlaces(rules)
        self._filings = FilingNames(rules)
        self._site = re.compile(
            f"[\u4e00-\u9fff]{{0,{_SITE_STEM}}}?{any_of(rules.organisations.sites).pattern}"
        )

    def read(self, text: str, regions: Sequence[Region]) -> list[Read]:
        """Return the sentences of a normalised text that hold a name, in order, with all they mention."""
        found: list[Read] = []
        for region in regions:
            found.extend(self._region(text, region))
        self._rereader.reread(found)
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
            any(meanings.keys() - {VETO} for _, _, meanings in hits)
            or bool(_LATIN_NAME.search(text))
            or "《" in text
            or "·" in text
            or self._acting.may_announce(text)
            or self._bylines.may_sign(text)
        )

    def _sentence(self, text: str, start: int, names: list[tuple[int, int, Name]], hits: list[Hit]) -> Read:
        words = segment.tokens(text)
        starts = {word[0]: word for word in words}
        marks = self.times.find(text) + self._quantities.find(text)
        posts = [hit for hit in hits if ROLE in hit[2]]
        known = self._names_by_themselves(text, words, starts, names, posts, marks)
        taken = covered(known)
        fields = covered(m for m in known if m.types == self._kinds.technology) if posts else 0
        roles = self._roles.find(text, posts, taken, fields) if posts else []
        if roles and known:
            known = longest(known + self._owners.embody(text, words, known, roles))
        known = self._context.complete(text, words, starts, known, taken, hits, posts, roles)
        open_class = self._open_classes(text, words, starts, known, roles, marks)
        open_class += self._filings.find(text, words, longest(known + open_class))
        if open_class or roles:
            known = [m for m in longest(known + open_class) if not _inside(m, roles)]
        members = self._lists.complete(text, known)
        found = joined_places(text, longest(known + members) if members else known, self._kinds.place)
        found = self._located.widen(text, self._brands.complete(text, found), words)
        return Read(text, start, found, self._marks(text, starts, hits, found, [*marks, *roles]), words)

    def _names_by_themselves(
        self,
        text: str,
        words: list[Token],
        starts: Starts,
        names: list[tuple[int, int, Name]],
        posts: list[Hit],
        marks: list[Mark],
    ) -> list[Mention]:
        """Return the names of lists and those that their own form tells, without overlaps."""
        known = self._known.find(text, words, starts, names) if names else []
        if marks:
            known = [m for m in known if not _cut_by(m, marks)]
        known += self._short_places.find(text, starts)
        known += self._people.by_shape(text, [end for _, end, _ in posts], starts)
        known += self._marked.find(text, known) + self._awards.find(text, marks) + self._ideas.find(text)
        known = longest(known)
        known += [m for m in self._latin.find(text, known) if not _cut_by(m, marks)]
        if not known:
            return known
        known = longest(self._events.complete(text, self._products.complete(text, known)))
        if "/" in text:
            known = self._shared_stems.complete(text, known)
        return widened_places(text, known, self._kinds.place, self._site)

    def _marks(
        self, text: str, starts: Starts, hits: list[Hit], found: list[Mention], marks: list[Mark]
    ) -> list[Mark]:
        """Return the marks that no name covers, in text order, with those of posts, triggers and pronouns."""
        taken = covered(found)
        kept = [mark for mark in marks if not taken & bits(mark.start, mark.end)]
        bodies = [m for m in found if m.types == self._kinds.organisation]
        if bodies:
            kept += self._roles.unlisted(text, bodies, taken | covered(kept))
        if hits:
            kept += self._trigger_marks(hits, starts, taken | covered(kept))
        kept.sort(key=attrgetter("start"))
        return kept

    def _open_classes(
        self,
        text: str,
        words: list[Token],
        starts: Starts,
        known: list[Mention],
        roles: list[Mark],
        marks: list[Mark],
    ) -> list[Mention]:
        found: list[Mention] = []
        if self._hints.given(text, words, starts, known, roles, marks, covered(known)):
            ends = self._owners.ends_before(text, known, roles)
            nominal = runs(
                text, words, known, [*roles, *marks], self._organisation_words, self._nesting, ends
            )
            found += self._organisations.find(text, nominal, roles, ends)
            if roles:
                self._owners.widen(text, words, longest(known + found), roles)
            found += self._products.find(text, nominal)
        if self._events.may_hold(text):
            free = [m for m in known if m.types != self._kinds.event]
            wide = runs(text, words, free, [], self._events, self._nesting)
            found += self._events.find(text, wide) + self._events.led(text, words)
        return found

    def _trigger_marks(self, hits: list[Hit], starts: Starts, taken: int) -> list[Mark]:
        found: list[Mark] = []
        for start, end, meanings in hits:
            if taken & bits(start, end):
                continue
            if TRIGGER in meanings and not _inside_noun(starts, start, end):
                found.append(Mark(start, end, TRIGGER, "\t".join(sorted(meanings[TRIGGER]))))
            elif COMPOUND in meanings:
                found.append(Mark(start, end, COMPOUND, meanings[COMPOUND][0]))
            elif PRONOUN in meanings:
                found.append(Mark(start, end, PRONOUN, meanings[PRONOUN][0]))
        return found


def _inside_noun(starts: Starts, start: int, end: int) -> bool:
    """Tell whether a trigger stands inside a longer noun (投资者, 发布会) and is none."""
    begin = start
    while begin not in starts:
        begin -= 1
    word = starts[begin]
    if end > word.end or word.end - begin <= end - start:
        return False
    return word.tag.startswith(("n", "j")) and segment.is_word(word.text)


def _cut_by(mention: Mention, marks: list[Mark]) -> bool:
    """Tell whether an amount, a round or a date holds the start of a mention: 17亿欧元 holds no 亿欧, A+轮 no A+."""
    return any(
        mark.start < mention.start < mark.end or (mark.start == mention.start and mention.end < mark.end)
        for mark in marks
    )


def _inside(mention: Mention, roles: list[Mark]) -> bool:
    """Tell whether a mention lies inside a role that was widened over it (云杉科技|上海总经理)."""
    return any(role.start <= mention.start and mention.end <= role.end for role in roles)

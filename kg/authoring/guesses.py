"""Guesses of names and their types: what the rules tell, the articles as a whole, and unknown words beside frames."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.authoring import gaps
from kg.authoring.compounds import CompoundModel
from kg.authoring.contexts import ContextModel
from kg.authoring.forms import FormModel
from kg.authoring.newwords import listed_words, new_words, row_words
from kg.authoring.told import spelled_out, told_names
from kg.authoring.trace import DocumentTrace, Tracer
from kg.authoring.unknown import owners, stands_alone, unknown_words
from kg.recognise.mentions import LEXICON, Mention, Read
from kg.recognise.segment import is_everyday, is_mere_word, tokens
from kg.rules.ruleset import LexiconEntry

_FORM_WEIGHT = 0.3
_FOUND_AS = 1.5
"""How much the type counts that a name was given where it stands, on the scale of logarithms."""
_OCCURRENCES = 8
_TOLD, _TOLD_APART = 0.95, 0.8
_CLOSE = 1.0
"""Types that lie no further apart are left to the frames, which take what fits them."""
_ONCE = 0.25
"""What is taken off for a name that stands in the articles only once, half of it where it stands twice."""
_OTHERWISE = 0.6
"""How sure it must be that a name has another type than the one that its form gives it."""
_COMPOUNDS = 3
"""With how many known names a word must begin to be taken for a name itself."""
_ALONE = 0.3
"""How often such a word must stand without another noun behind it: 小米的, but 人工|智能."""
_STRANGERS = 200
_IN_ROW = 0.9
_LEAST_SEEN, _SEEN_SO, _SEEN = 2, 0.8, 0.85
"""How often a name must be recognised elsewhere, in what part of those places as one type, and how sure it is then."""
SAMPLES = 3


@dataclass(frozen=True, slots=True)
class Guess:
    """A name for the lexicon, how sure its type is (0 to 1), why, and sentences with it."""

    name: str
    type: str
    confidence: float
    clue: str
    samples: tuple[str, ...]

    @property
    def entry(self) -> LexiconEntry:
        """Return what would stand in the lexicon."""
        return LexiconEntry(self.name, self.type, ())


class Guesser:
    """Guesses names of documents that have been read."""

    def __init__(self, tracer: Tracer, traces: Sequence[DocumentTrace]) -> None:
        self._tracer = tracer
        self._traces = traces
        self._reads = [item.read for trace in traces for item in trace.sentences]
        self._told = told_names(tracer.rules)
        self._contexts = ContextModel(item for trace in traces for item in trace.sentences)
        entries = tracer.rules.lexicon.entries
        names = [(e.type, name) for e in entries for name in (e.name, *e.aliases)]
        self._forms = FormModel(names)
        self._compounds = CompoundModel(names)
        self._known = {name for _, name in names}
        self._persons = tracer.rules.ontology.kinds.person
        self._plain = spelled_out(tracer.rules) - self._told.keys()

    def guesses(self) -> list[Guess]:
        """Return one guess a name, the surest first."""
        best: dict[str, Guess] = {}
        sources = (
            self._by_rules, self._by_compounds, self._new_words, self._listed, self._rows, self._by_articles,
            self._partly, self._owners, self._strangers,
        )  # fmt: skip
        for guess in (guess for source in sources for guess in source()):
            if guess.name not in best or best[guess.name].confidence < guess.confidence:
                best[guess.name] = guess
        return sorted(best.values(), key=lambda guess: (-guess.confidence, guess.name))

    def told_entries(self) -> tuple[LexiconEntry, ...]:
        """Return all names that examples and lists of the rules speak of, of their likeliest types.

        No article need hold them: without them, what examples show is not seen.
        """
        found: list[LexiconEntry] = []
        for name, types in self._told.items():
            forms = self._forms.scores(name)
            kind, _ = _best({k: types[k] + _FORM_WEIGHT * forms[k] for k in types if k in forms})
            if kind:
                found.append(LexiconEntry(name, kind, ()))
        return tuple(found)

    def _by_rules(self) -> Iterator[Guess]:
        """Yield names that examples and lists of the rules speak of."""
        reads = [item.read for trace in self._traces for item in trace.sentences]
        for name, types in self._told.items():
            places = [(r, at) for r in reads if (at := r.text.find(name)) >= 0] if len(name) > 1 else []
            if places:
                scores = self._scores(name, [(r, at, at + len(name)) for r, at in places], frozenset())
                kind, margin = _best({kind: scores[kind] + types[kind] for kind in types if kind in scores})
                sure = _TOLD if len(types) == 1 else min(_TOLD_APART, _sure(margin) + (1 - _sure(0)) / 2)
                if kind and (len(types) == 1 or margin > 2 * _CLOSE):
                    clue = "examples or lists of the rules hold it"
                    yield Guess(name, kind, sure, clue, _samples(r for r, _ in places))

    def _by_compounds(self) -> Iterator[Guess]:
        """Yield words with which several known names begin and that no rule spells out as a mere word."""
        found: dict[str, list[tuple[Read, int, int]]] = defaultdict(list)
        for trace in self._traces:
            for item in trace.sentences:
                for start, end in unknown_words(item.read):
                    found[item.read.text[start:end]].append((item.read, start, end))
        for name, places in found.items():
            compounds = self._compounds.compounds(name) if self._may_begin_names(name) else []
            alone = sum(stands_alone(*place) for place in places)
            if len(compounds) >= _COMPOUNDS and alone >= _ALONE * len(places):
                scores = self._scores(name, places, frozenset())
                for kind, score in self._compounds.scores(name).items():
                    scores[kind] += score
                kind, margin = _best({k: v for k, v in scores.items() if k not in self._persons})
                if not self._is_name(kind, places) or _is_read_so(kind, places):
                    continue
                clue = f"{len(compounds)} names begin with it, such as {name}{compounds[0][1]}"
                yield Guess(name, kind, _sure(margin), clue, _samples(read for read, _, _ in places))

    def _new_words(self) -> Iterator[Guess]:
        """Yield words that the articles use as one, of the type that their form and neighbours have."""
        for name, places in new_words(self._reads).items():
            if self._is_strange(name):
                kind, margin = _best(self._scores(name, places, frozenset()))
                if margin > _CLOSE and self._is_name(kind, places) and not _is_read_so(kind, places):
                    clue = f"its parts stand together {len(places)} times"
                    yield Guess(name, kind, _sure(margin), clue, _samples(read for read, _, _ in places))

    def _listed(self) -> Iterator[Guess]:
        """Yield words in a list with known names, of the same type."""
        for (name, kind), places in listed_words(self._reads).items():
            if self._is_strange(name) and not _is_read_so(kind, places):
                best, margin = _best(self._scores(name, places, frozenset((kind,))))
                if best == kind:
                    clue = f"it stands in a list with a known {kind}"
                    yield Guess(name, kind, _sure(margin), clue, _samples(read for read, _, _ in places))

    def _rows(self) -> Iterator[Guess]:
        """Yield what stands between known names of one type."""
        for (name, kind), places in row_words(self._reads).items():
            if self._is_strange(name) and not is_mere_word(name) and not _is_read_so(kind, places):
                clue = f"it stands in a row of known names, each a {kind}"
                yield Guess(name, kind, _IN_ROW, clue, _samples(read for read, _, _ in places))

    def _by_articles(self) -> Iterator[Guess]:
        """Yield names found by their form alone, where all that the articles say of one points to another type."""
        found: dict[str, list[tuple[Read, Mention]]] = defaultdict(list)
        for trace in self._traces:
            for item in trace.sentences:
                for mention in item.read.mentions:
                    if mention.source < LEXICON and mention.entry is None and len(mention.name) > 1:
                        found[mention.name].append((item.read, mention))
        for name, uses in found.items():
            given = Counter(mention.types for _, mention in uses).most_common(1)[0][0]
            places = [(read, mention.start, mention.end) for read, mention in uses]
            kind, margin = _best(self._scores(name, places, given))
            if kind and (kind not in given or (len(given) > 1 and margin > 2 * _CLOSE)):
                clue = f"its form and neighbours are those of a {kind}, not of {'/'.join(sorted(given))}"
                sure = round(_sure(margin) * (1 - _ONCE / len(uses)), 2)
                if sure >= _OTHERWISE:
                    yield Guess(name, kind, sure, clue, _samples(read for read, _ in uses))

    def _partly(self) -> Iterator[Guess]:
        """Yield names that are recognised in some sentences by what is said there, and missed in others."""
        found: dict[str, Counter[str]] = defaultdict(Counter)
        missed: dict[str, list[tuple[Read, int, int]]] = defaultdict(list)
        for read in self._reads:
            for mention in read.mentions:
                if mention.source < LEXICON and mention.entry is None and len(mention.types) == 1:
                    found[mention.name].update(mention.types)
            for start, end in unknown_words(read):
                missed[read.text[start:end]].append((read, start, end))
        for name, types in found.items():
            (kind, times), places = types.most_common(1)[0], missed[name]
            often = times >= max(_LEAST_SEEN, _SEEN_SO * types.total())
            if not (places and often and self._is_strange(name)):
                continue
            if _best(self._scores(name, places, frozenset((kind,))))[0] == kind:
                clue = f"{times} sentences show that it is a {kind}, {len(places)} do not tell"
                yield Guess(name, kind, _SEEN, clue, _samples(read for read, _, _ in places))

    def _strangers(self) -> Iterator[Guess]:
        """Yield words that nothing has taken and that stand where names do."""
        unknown = [n for n in gaps.of_traces(self._tracer, self._traces).names if n.type]
        for item in unknown[:_STRANGERS]:
            kind, margin = _best(self._forms.scores(item.name))
            if kind == item.type and margin > (_CLOSE if item.fills else 2 * _CLOSE):
                sure = min(_TOLD_APART, 1 - 0.5 ** (len(item.clues) + item.fills))
                yield Guess(item.name, item.type, sure, "; ".join(item.clues[:2]), item.samples)

    def _owners(self) -> Iterator[Guess]:
        """Yield unknown words right before a post that somebody holds: 番茄小说|负责人|张超."""
        states = {name: sorted(role.states) for name, role in self._tracer.rules.roles.classes.items()}
        found: dict[tuple[str, str], list[Read]] = defaultdict(list)
        for trace in self._traces:
            for item in trace.sentences:
                for name, role in owners(item.read, self._tracer.rules.ontology.kinds.person):
                    for kind in states[role.value][:1]:
                        found[name, kind].append(item.read)
        for (name, kind), reads in found.items():
            if len(reads) < _LEAST_SEEN and all(is_everyday(word.text) for word in tokens(name)):
                continue
            sure = round(_TOLD_APART - _ONCE / 2 / len(reads), 2)
            yield Guess(name, kind, sure, "it stands before a post that somebody holds", _samples(reads))

    def _may_begin_names(self, name: str) -> bool:
        """Tell whether a word may be a name because names begin with it: no first name, and no mere word."""
        return self._is_strange(name) and not is_mere_word(name) and not self._compounds.is_first_name(name)

    def _is_strange(self, name: str) -> bool:
        """Tell whether neither the lexicon nor the other rules hold a word."""
        return name not in self._plain and name not in self._known

    def _is_name(self, kind: str, places: Sequence[tuple[Read, int, int]]) -> bool:
        """Tell whether the places of a word are more those of a type than those of words that are no names."""
        return sum(self._contexts.scores(*place).get(kind, 0.0) for place in places) > 0

    def _scores(
        self, name: str, places: Sequence[tuple[Read, int, int]], given: frozenset[str]
    ) -> dict[str, float]:
        """Return how well each type fits a name, by its form, its places and the types that it was given."""
        scores = {kind: _FORM_WEIGHT * score for kind, score in self._forms.scores(name).items()}
        used = places[:_OCCURRENCES]
        for read, start, end in used:
            for kind, score in self._contexts.scores(read, start, end).items():
                if kind in scores:
                    scores[kind] += score / math.sqrt(len(used))
        for kind in given & scores.keys():
            scores[kind] += _FOUND_AS / len(given)
        return scores


def _is_read_so(kind: str, places: Sequence[tuple[Read, int, int]]) -> bool:
    """Tell whether a name is mostly recognised as what it is, so that the lexicon need not hold it."""
    found = sum(
        any((m.start, m.end) == (start, end) and kind in m.types for m in read.mentions)
        for read, start, end in places
    )
    return 2 * found >= len(places)


def _best(scores: Mapping[str, float]) -> tuple[str, float]:
    """Return the type that fits best, and by how much better than the next; nothing where there is none."""
    ranked = sorted(scores, key=lambda kind: (-scores[kind], kind))
    if not ranked:
        return "", 0.0
    return ranked[0], scores[ranked[0]] - scores[ranked[1]] if len(ranked) > 1 else math.inf


def _sure(margin: float) -> float:
    """Return how often types that won by such a margin are right; measured on names taken out of the lexicon."""
    return round(0.95 - 0.4 * math.exp(-margin / 3), 2)


def _samples(reads: Iterable[Read]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(read.text for read in reads))[:SAMPLES]

"""`kg gaps`: what was not understood, ordered by how much a rule for it would gain."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from kg import rulecache
from kg.authoring.contexts import ContextModel, is_certain
from kg.authoring.near import NearMiss, NearMisses
from kg.authoring.reading import OnError, read_all, refuse
from kg.authoring.trace import DocumentTrace, SentenceTrace, Tracer
from kg.authoring.unknown import Candidate, NameFinder
from kg.recognise.automata import TRIGGER
from kg.recognise.segment import is_word

SAMPLES = 3


@dataclass(frozen=True, slots=True)
class Silent:
    """A sentence with two names and a trigger that gives nothing; `nearest` came nearest."""

    doc: str
    sentence: str
    names: tuple[str, ...]
    triggers: tuple[str, ...]
    nearest: NearMiss | None

    @property
    def gain(self) -> float:
        """Return how near it is to a statement, between 0 and 1."""
        return self.nearest.share if self.nearest else 0.0


@dataclass(frozen=True, slots=True)
class UnknownName:
    """A word that may be a name: `type` is the guess that most clues make, empty where there is none.

    `score` says how much speaks for it; `fills` counts the sentences where a frame lacks a name beside it.
    """

    name: str
    type: str
    score: float
    count: int
    documents: int
    fills: int
    clues: tuple[str, ...]
    samples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UnknownVerb:
    """A verb between two names of one clause that triggers nothing; `pairs` are the types of the names."""

    verb: str
    count: int
    documents: int
    pairs: tuple[str, ...]
    samples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Gaps:
    """What the rules do not understand in some documents, each list with the greatest gain first."""

    documents: int
    silent: tuple[Silent, ...]
    names: tuple[UnknownName, ...]
    verbs: tuple[UnknownVerb, ...]

    def as_json(self) -> dict[str, Any]:
        """Return everything as plain data; the keys stay stable."""
        return {
            "documents": self.documents,
            "silent": [{**asdict(item), "gain": round(item.gain, 3)} for item in self.silent],
            "names": [asdict(item) for item in self.names],
            "verbs": [asdict(item) for item in self.verbs],
        }


def gaps(rules_dir: Path, paths: Sequence[str], on_error: OnError = refuse) -> Gaps:
    """Return what the rules of a folder leave ununderstood in files and folders.

    Raises RuleError for broken rules and InputError for unusable paths.
    """
    tracer = Tracer(rulecache.load(rules_dir))
    traces = [tracer.read(document) for document in read_all(paths, rules_dir, on_error)]
    return of_traces(tracer, traces)


def of_traces(tracer: Tracer, traces: Sequence[DocumentTrace]) -> Gaps:
    """Return the gaps of documents that have been read."""
    near = NearMisses(tracer.frames, tracer.letters, tracer.syntax)
    contexts = ContextModel(item for trace in traces for item in trace.sentences)
    finder = NameFinder(tracer.rules, contexts)
    silent: list[Silent] = []
    candidates: list[tuple[str, Candidate]] = []
    verbs: list[tuple[str, str, str, str]] = []
    for trace in traces:
        doc = trace.document.id
        for item in trace.sentences:
            misses = near.find(item.encoded, item.read.text, _fired(item)) if item.encoded else []
            candidates += [(doc, found) for found in finder.find(item, misses)]
            verbs += [(doc, *found) for found in _verbs(item)]
            names = tuple(dict.fromkeys(m.name for m in item.read.mentions))
            triggers = tuple(item.read.text[m.start : m.end] for m in item.read.marks if m.kind == TRIGGER)
            if len(names) > 1 and triggers and not item.judged:
                silent.append(Silent(doc, item.read.text, names, triggers, misses[0] if misses else None))
    silent.sort(key=lambda gap: -gap.gain)
    return Gaps(len(traces), tuple(silent), tuple(_names(candidates)), tuple(_counted(verbs)))


def _fired(item: SentenceTrace) -> set[tuple[str, tuple[int, int]]]:
    return {(j.raw.relation, j.raw.trigger) for j in item.judged if j.raw.trigger}


def _verbs(item: SentenceTrace) -> Iterator[tuple[str, str, str]]:
    """Yield (verb, types of the names around it, sentence) for verbs between two names of one clause."""
    text = item.read.text
    mentions = item.read.mentions
    marked = {offset for mark in item.read.marks for offset in range(mark.start, mark.end)}
    for left, right in zip(mentions, mentions[1:], strict=False):
        between = text[left.end : right.start]
        if not between or any(sign in between for sign in "，；：。！？、\n"):
            continue
        for word in item.read.words:
            inside = left.end <= word.start and word.end <= right.start and word.start not in marked
            if inside and word.tag == "v" and len(word.text) > 1 and is_word(word.text):
                pair = f"{'/'.join(sorted(left.types))} {'/'.join(sorted(right.types))}"
                yield word.text, pair, text


def _counted(found: list[tuple[str, str, str, str]]) -> list[UnknownVerb]:
    by_verb: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for doc, verb, pair, sentence in found:
        by_verb[verb].append((doc, pair, sentence))
    verbs = [
        UnknownVerb(
            verb,
            len(uses),
            len({doc for doc, _, _ in uses}),
            tuple(pair for pair, _ in Counter(pair for _, pair, _ in uses).most_common(SAMPLES)),
            tuple(dict.fromkeys(sentence for _, _, sentence in uses))[:SAMPLES],
        )
        for verb, uses in by_verb.items()
    ]
    return sorted(verbs, key=lambda verb: (-verb.documents, -verb.count, verb.verb))


def _names(found: list[tuple[str, Candidate]]) -> list[UnknownName]:
    by_name: dict[str, list[tuple[str, Candidate]]] = defaultdict(list)
    for doc, candidate in found:
        by_name[candidate.name].append((doc, candidate))
    names: list[UnknownName] = []
    for name, uses in by_name.items():
        scores: dict[str, float] = defaultdict(float)
        for _, use in uses:
            for kind, score in use.scores.items():
                scores[kind] += score
        best = max(sorted(scores), key=lambda kind: scores[kind], default="")
        names.append(
            UnknownName(
                name=name,
                type=best if is_certain(scores[best]) else "",
                score=round(scores[best], 2),
                count=len({(doc, use.sentence) for doc, use in uses}),
                documents=len({doc for doc, _ in uses}),
                fills=sum(use.fills for _, use in uses),
                clues=tuple(dict.fromkeys(use.clue for _, use in uses)),
                samples=tuple(dict.fromkeys(use.sentence for _, use in uses))[:SAMPLES],
            )
        )
    return sorted(names, key=lambda item: (not item.type, -item.fills, -item.score, item.name))


def render(found: Gaps, *, shown: int = 10) -> RenderableType:
    """Return the first `shown` of each kind of gap."""
    parts: list[RenderableType] = [Text("names that no rule knows", style="bold")]
    names = Table("name", "type", "fills", "count", "clue", box=None)
    for name in found.names[:shown]:
        names.add_row(name.name, name.type or "?", str(name.fills), str(name.count), name.clues[0])
    verbs = Table("verb", "count", "between", "in", box=None)
    for verb in found.verbs[:shown]:
        sample = Text(verb.samples[0], overflow="ellipsis", no_wrap=True)
        verbs.add_row(verb.verb, str(verb.count), verb.pairs[0], sample)
    parts += [names, Text("\nverbs between names that trigger nothing", style="bold"), verbs]
    parts.append(Text("\nsentences with names and a trigger that give nothing", style="bold"))
    for gap in found.silent[:shown]:
        parts.append(Text(gap.sentence))
        if gap.nearest:
            parts.append(Text(f"    {gap.nearest.rule}: {gap.nearest}", style="dim"))
    counts = f"{len(found.names)} names, {len(found.verbs)} verbs, {len(found.silent)} sentences"
    return Group(*parts, Text(f"{counts} in {found.documents} documents", style="bold"))

"""One pass over the text for all known names, and one for all words that rules speak of."""

from __future__ import annotations

from typing import NamedTuple

from daachorse import MATCH_KIND_LEFTMOST_LONGEST, CharwiseDoubleArrayAhoCorasick

from kg.recognise.nationalities import Nationalities
from kg.rules.ruleset import RuleSet
from kg.text import normalise

_LATIN = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")


class Name(NamedTuple):
    """What a surface form of the lexicon stands for: canonical name and the types it may have."""

    entry: str
    types: frozenset[str]
    ambiguous: bool
    titled: bool


def _spellings(form: str) -> list[str]:
    """Return a name with and without the hyphens and blanks inside it."""
    plain = (
        form.replace("-", "").replace(" ", "")
        if any(not c.isascii() for c in form)
        else form.replace("-", " ")
    )
    return [form] if plain == form else [form, plain]


class NameAutomaton:
    """Finds the lexicon's names, the longest first."""

    def __init__(self, rules: RuleSet) -> None:
        forms: dict[str, Name] = {}
        kinds: dict[frozenset[str], frozenset[str]] = {}
        nations = Nationalities(rules)
        for entry in rules.lexicon.entries:
            own = (entry.name, *entry.aliases)
            bodies = rules.ontology.kinds.organisation
            placed = {form for form in entry.aliases if nations.of(form, own)} if entry.type in bodies else ()
            spellings = [s for form in own if form not in placed for s in _spellings(form)]
            for form in spellings:
                text = normalise(form).text
                if len(text) < 2:
                    continue
                known = forms.get(text)
                if known and known.entry == entry.name:
                    types = known.types | {entry.type}
                elif known:
                    if form != entry.name:
                        continue
                    types = frozenset((entry.type,))
                else:
                    types = frozenset((entry.type,))
                forms[text] = Name(
                    entry.name,
                    kinds.setdefault(types, types),
                    form in rules.lexicon.ambiguous,
                    form in rules.lexicon.titled,
                )
        self._names = list(forms.values())
        self._search = CharwiseDoubleArrayAhoCorasick(list(forms) or ["\0"], MATCH_KIND_LEFTMOST_LONGEST)

    def find(self, text: str) -> list[tuple[int, int, Name]]:
        """Return (start, end, name) of every known name; a Latin name is not found inside a Latin word."""
        names = self._names
        found: list[tuple[int, int, Name]] = []
        size = len(text)
        for start, end, index in self._search.find(text):
            if text[start] in _LATIN and start and text[start - 1] in _LATIN:
                continue
            if text[end - 1] in _LATIN and end < size and text[end] in _LATIN and not text[end].isdigit():
                continue
            found.append((start, end, names[index]))
        return found


Meanings = dict[str, list[str]]
"""What a word may mean: a kind -> its values."""

ROLE, TRIGGER, PRONOUN, COMPOUND, VETO = "role", "trigger", "pronoun", "compound", "veto"

ENDING = "ending"
"""How many characters at its end make a word a role, where the whole is none."""
NO_ROLE = "role"
"""The value of a veto against roles; a relation's veto has the relation's name."""


class WordAutomaton:
    """Finds role words, trigger words and pronouns; longer words that hold one without being one veto it."""

    def __init__(self, rules: RuleSet) -> None:
        meanings = word_meanings(rules)
        self._meanings = list(meanings.values())
        self._search = CharwiseDoubleArrayAhoCorasick(list(meanings), MATCH_KIND_LEFTMOST_LONGEST)

    def find(self, text: str) -> list[tuple[int, int, Meanings]]:
        """Return (start, end, meanings) of every word; meanings maps a kind to its values."""
        meanings = self._meanings
        return [(start, end, meanings[index]) for start, end, index in self._search.find(text)]


def word_meanings(rules: RuleSet) -> dict[str, Meanings]:
    """Return what each word of the rules may mean: kind -> role class, trigger sets, pronoun or what it vetoes."""
    meanings: dict[str, Meanings] = {}

    def add(word: str, kind: str, value: str) -> None:
        meanings.setdefault(normalise(word).text, {}).setdefault(kind, []).append(value)

    for name, role in rules.roles.classes.items():
        for word in role.words:
            add(word, ROLE, name)
    for word in rules.roles.not_in:
        add(word, VETO, NO_ROLE)
    for relation in rules.relations:
        for set_name, words in relation.triggers.items():
            for word in words:
                add(word, TRIGGER, trigger_set(relation.name, set_name))
        for word in relation.data.not_in:
            add(word, VETO, relation.name)
    for index, pronoun in enumerate(rules.reference.pronouns):
        for word in pronoun.words:
            add(word, PRONOUN, str(index))
    _share_endings(meanings, tuple(rules.tone.negation.words))
    _apply_vetoes(meanings)
    for word in rules.reference.not_in:
        add(word, VETO, PRONOUN)
    for word in rules.reference.compounds:
        add(word, COMPOUND, word)
    return meanings


def _apply_vetoes(meanings: dict[str, Meanings]) -> None:
    """Take the trigger sets of vetoed relations from the words that would have them."""
    for own in meanings.values():
        if TRIGGER in own and VETO in own:
            sets = [name for name in own[TRIGGER] if name.partition("/")[0] not in own[VETO]]
            own.pop(TRIGGER)
            if sets:
                own[TRIGGER] = sets


def _share_endings(meanings: dict[str, Meanings], negations: tuple[str, ...]) -> None:
    """Let a longer word mean what it ends in, which the longest match would hide.

    正式加入 is a 加入 and 研发总监 a 总监, but 禁止使用 is no 使用.
    """
    for word, own in meanings.items():
        for length in range(1, len(word)):
            inner = meanings.get(word[-length:])
            if inner is None:
                continue
            if TRIGGER in own and TRIGGER in inner and not word[:-length].endswith(negations):
                own[TRIGGER] = sorted({*own[TRIGGER], *inner[TRIGGER]})
            if VETO in own and ROLE in inner and NO_ROLE not in own[VETO] and ROLE not in own:
                own[ROLE], own[ENDING] = inner[ROLE], [str(length)]


def trigger_set(relation: str, name: str) -> str:
    """Return the name of a relation's trigger set over all relations."""
    return f"{relation}/{name}"

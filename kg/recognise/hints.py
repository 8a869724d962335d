"""What a sentence must hold for runs of nominal words to give a name: most sentences give none, and need no runs."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from operator import itemgetter

from kg.recognise.acting_names import ActingNames
from kg.recognise.endings import Endings
from kg.recognise.mentions import Mark, Mention, bits
from kg.recognise.segment import Token, is_word
from kg.rules.patterns import any_of
from kg.rules.ruleset import RuleSet

_AS_TAGGED = itemgetter(2, 3)
_MOST_KEPT = 1 << 16
_VERSIONED = re.compile(r"[\u4e00-\u9fff](?:[A-Z]{1,3}\d|\d\.\d)")


class RunHints:
    """Tells whether OrganisationRecogniser.find and ProductRecogniser.find can find anything in a sentence.

    It may say yes where they find nothing, never no where they find something.
    """

    def __init__(self, rules: RuleSet, acting: ActingNames) -> None:
        self._acting = acting
        self.suffixes = Endings(rules.organisations.suffixes)
        self.introducing = frozenset(rules.organisations.introducing)
        self.division_ends = frozenset(name[2:] for name in rules.organisations.divisions)
        self._silent: set[tuple[str, str]] = set()
        self._products = any_of(rules.products.endings)

    def given(
        self,
        text: str,
        words: Sequence[Token],
        edges: Container[int],
        known: Sequence[Mention],
        roles: Sequence[Mark],
        marks: Sequence[Mark],
        taken: int,
    ) -> bool:
        """Tell whether a name may be found; `edges` are where words begin, `taken` are the offsets that names cover."""
        return bool(
            roles
            or self._are_neighbours(known)
            or self._ends_name(words, taken)
            or any(mention.name in self.introducing for mention in known)
            or self._acting.may_follow(text)
            or self._acting.may_announce(text)
            or _VERSIONED.search(text)
            or self._names_product(text, taken)
            or self._cuts_words(text, edges, known, marks)
        )

    def _are_neighbours(self, known: Sequence[Mention]) -> bool:
        """Tell whether a name stands right behind another: 河南省|社科院."""
        end = -1
        for mention in known:
            if mention.start == end:
                return True
            end = mention.end
        return False

    def _ends_name(self, words: Sequence[Token], taken: int) -> bool:
        """Tell whether a word outside the known names may end a name, or introduce one."""
        new = set(map(_AS_TAGGED, words)) - self._silent
        telling = {word for word in new if _tells(word, self)}
        if len(new) > len(telling):
            self._note(new - telling)
        return bool(telling) and any(
            not taken & bits(word.start, word.end) for word in words if _AS_TAGGED(word) in telling
        )

    def _note(self, silent: set[tuple[str, str]]) -> None:
        """Keep in mind what tells nothing: texts use the same words over and over."""
        if len(self._silent) > _MOST_KEPT:
            self._silent.clear()
        self._silent |= silent

    def _names_product(self, text: str, taken: int) -> bool:
        """Tell whether an ending of a product's name stands outside the known names."""
        return any(~taken & bits(*match.span()) for match in self._products.finditer(text))

    def _cuts_words(
        self, text: str, edges: Container[int], known: Sequence[Mention], marks: Sequence[Mark]
    ) -> bool:
        """Tell whether a name, a mark or a bracket cuts a word in two, of which either may be something else."""
        size = len(text)
        if any(
            span.start not in edges or (span.end not in edges and span.end < size)
            for spans in (known, marks)
            for span in spans
        ):
            return True
        close = text.find("）")
        while close >= 0:
            if close + 1 not in edges and close + 1 < size:
                return True
            close = text.find("）", close + 1)
        return False


def _tells(tagged: tuple[str, str], hints: RunHints) -> bool:
    """Tell whether a word may end an organisation's name, whole or but for its first character, or introduce one."""
    word, tag = tagged
    if word in hints.introducing or word[1:] in hints.introducing or word in hints.division_ends:
        return True
    suffix = hints.suffixes.of(word)
    return bool(suffix) and (
        len(suffix) > 1 or word == suffix or tag == "nt" or tag.startswith("nr") or not is_word(word)
    )

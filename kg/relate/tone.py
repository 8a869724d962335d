"""Tone: whether what a frame found is negated, hedged or asserted."""

from __future__ import annotations

import re

from kg.model import ASSERTED, HEDGED
from kg.recognise.mentions import Read
from kg.relate.clausebounds import clause_end, clause_start
from kg.rules.patterns import any_of
from kg.rules.ruleset import RuleSet

_BLANKS = re.compile(r" {2,}")
_CUE = 2


class ToneReader:
    """Reads the cues of tone.yaml before a trigger."""

    def __init__(self, rules: RuleSet) -> None:
        negation, hedges = rules.tone.negation, rules.tone.hedges
        self._open = any_of((*negation.questions, *negation.denials))
        self._ending = re.compile(rf"(?:{any_of(negation.endings).pattern})？")
        self._refuted = any_of(negation.refuted)
        self._turning = re.compile(rf"，(?:{any_of(negation.turning).pattern})")
        self._reach = negation.reach
        self._negation = any_of(negation.words)
        self._negation_friends = any_of(negation.friends)
        self._clause = any_of(hedges.clause)
        self._sentence = any_of(hedges.sentence)
        self._turns = any_of(hedges.until)
        self._hedge_friends = any_of(hedges.friends)

    def certainty(self, read: Read, where: int) -> str | None:
        """Return asserted or hedged for what is triggered at `where`, None where the text negates it."""
        text = read.text
        start = clause_start(text, where)
        names = [(m.start, m.end) for m in read.mentions]
        whole = self._negation_friends.sub(_blank, text[start:where])
        near = self._near(text, start, where, names)
        if self._negation.search(near) or self._open.search(whole) or self._undone(text, where):
            return None
        clause = _without(text, start, where, self._hedge_friends, names)
        starts = {m.start - start for m in read.mentions}
        for cue in self._clause.finditer(clause):
            if len(cue.group()) == 1 and cue.end() in starts:
                continue  # 将/把 before a name is a preposition
            return HEDGED
        turn = max((m.end() for m in self._turns.finditer(text, 0, where)), default=0)
        before = _without(text, turn, where, self._hedge_friends, names)
        return HEDGED if self._sentence.search(before) else ASSERTED

    def _near(self, text: str, start: int, where: int, names: list[tuple[int, int]]) -> str:
        """Return the last characters of the clause before `where`; a name counts as one: 没有在[纳斯达克]上市."""
        clause = _without(text, start, where, self._negation_friends, names)
        return _BLANKS.sub(" ", clause)[-self._reach - _CUE :]

    def _undone(self, text: str, where: int) -> bool:
        """Tell whether what follows in the clause asks for it, or says that it came to nothing."""
        end = clause_end(text, where)
        turn = self._turning.match(text, end)
        return bool(
            self._ending.search(text, where, end + 1)
            or self._refuted.search(text, where, end)
            or (turn and self._refuted.search(text, turn.end(), clause_end(text, turn.end())))
        )


def _without(text: str, start: int, end: int, friends: re.Pattern[str], names: list[tuple[int, int]]) -> str:
    """Return the stretch with false friends and names blanked out, offsets kept."""
    piece = list(friends.sub(_blank, text[start:end]))
    for a, b in names:
        for offset in range(max(a, start), min(b, end)):
            piece[offset - start] = " "
    return "".join(piece)


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())

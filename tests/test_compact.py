"""What is kept comes back equal, whatever Python does with it."""

from __future__ import annotations

import re
from types import SimpleNamespace

import pytest

from kg import compact
from kg.recognise.automata import Name
from kg.rules import nodes
from kg.rules.ruleset import Lexicon, LexiconEntry

PATTERNS = [
    re.compile(r"(?P<head>[一-龥㐀-䶿\U00020000]+?)(?:的|之)?(?P<tail>\w{2,9})(?<!\d)$"),
    re.compile(r"(a|b)*\1", re.IGNORECASE | re.VERBOSE),
    re.compile(rb"[\x80-\xff]+", re.DOTALL),
    re.compile("", re.MULTILINE),
]


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda pattern: str(pattern.pattern))
def test_an_expression_comes_back_equal(pattern: re.Pattern[str]) -> None:
    back = compact.loads(compact.dumps(pattern))
    assert back == pattern and back.groupindex == pattern.groupindex
    text = "谷歌的云a aA" if isinstance(pattern.pattern, str) else "谷歌".encode()
    assert [m.groups() for m in back.finditer(text)] == [m.groups() for m in pattern.finditer(text)]


def test_no_expression_is_compiled_again(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = compact.dumps(PATTERNS)
    monkeypatch.setattr(re, "_compile", None)
    assert compact.loads(kept) == PATTERNS


def test_where_python_compiles_otherwise_the_text_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compact, "_compiler", SimpleNamespace(_code=lambda *_: [1]))
    kept = compact.dumps(PATTERNS)
    monkeypatch.undo()
    assert compact.loads(kept) == PATTERNS


def test_values_and_lexicons_come_back_equal() -> None:
    tree = (nodes.Literal("的"), nodes.Slot("甲", aside=True, only="机构"), nodes.Gap(long=False))
    entries = (LexiconEntry("谷歌", "机构", ("Google",)), LexiconEntry("微软", "机构", ()))
    for known in (entries, ()):
        back_tree, back = compact.loads(
            compact.dumps((tree, Lexicon(known, frozenset("苹果"), frozenset("三体"))))
        )
        assert back_tree == tree
        assert (back.ambiguous, back.titled, back.entries) == (frozenset("苹果"), frozenset("三体"), known)
        with pytest.raises(AttributeError):
            _ = back.missing
    assert compact.loads(compact.dumps(Name("谷歌", frozenset(("机构",)), False, False))).entry == "谷歌"

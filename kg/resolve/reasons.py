"""Why two names were taken for one thing; these words are stored and shown."""

from __future__ import annotations

LEXICON = "lexicon"
SPELLING = "spelling"
BRACKET = "bracket"
SHORT = "short form"
PART = "part of the name"
TITLE = "surname and title"
RENAMED = "renamed"
SAME_NAME = "same name"
DECIDED = "merge.yaml"

CARRIED = frozenset((LEXICON, SPELLING, BRACKET, SHORT, RENAMED, DECIDED))
"""Those that hold in every document: 奥特曼 or 王教授 may be another person elsewhere."""

TWO_TYPES = "one name, two types"
SHARED = "several things have this name"
PART_ELSEWHERE = "part of a full name in another document"
"""Why a pair is doubtful."""

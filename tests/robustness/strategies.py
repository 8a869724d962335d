"""Hostile text and bytes: what Unicode and the open web may send, mixed with what rules look for."""

from __future__ import annotations

import json
from pathlib import Path

from hypothesis import strategies as st

# JSON, because only JSON can say half a character.
PIECES: dict[str, list[str]] = json.loads(
    (Path(__file__).parent / "cases" / "pieces.json").read_text(encoding="utf-8")
)
NASTY, TELLING = PIECES["nasty"], PIECES["telling"]
_CODECS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "big5", "latin-1", "utf-32")

characters = st.characters(codec=None, exclude_categories=())
pieces = st.one_of(
    st.sampled_from(NASTY),
    st.sampled_from(TELLING),
    st.sampled_from(TELLING),
    st.text(characters, max_size=8),
    st.builds(lambda piece, times: piece * times, st.sampled_from(NASTY + TELLING), st.integers(1, 60)),
)
texts = st.lists(pieces, max_size=40).map("".join)

encoded = st.builds(lambda written, codec: written.encode(codec, "replace"), texts, st.sampled_from(_CODECS))
files = st.one_of(
    encoded,
    st.binary(max_size=300),
    st.lists(st.one_of(encoded, st.binary(max_size=20)), max_size=4).map(b"\n".join),
)

_signs = st.sampled_from(PIECES["frames"])
frame_texts = st.lists(st.one_of(_signs, _signs, pieces), max_size=24).map("".join)

yaml_texts = st.lists(st.one_of(st.sampled_from(PIECES["yaml"]), pieces), max_size=30).map("".join)
yaml_files = st.one_of(yaml_texts.map(lambda written: written.encode("utf-8", "replace")), files)

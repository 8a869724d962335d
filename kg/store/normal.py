"""The form of a name that look-ups compare: width, case, spaces and punctuation do not count."""

from __future__ import annotations

import unicodedata

_IGNORED = dict.fromkeys(map(ord, " \t\r\n-‐‑‒–—―_.·•‧・∙⋅'\"`´‘’“”„«»‹›「」『』《》〈〉〝〞"))


def normal_form(name: str) -> str:
    """NFKC, case folded, without spaces, hyphens, dots and quotes; a name of nothing else stays as it is."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    return folded.translate(_IGNORED) or folded

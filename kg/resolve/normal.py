"""The form of a name that decides whether two spellings are one name."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_NOISE = re.compile(r"[\s\-_·.\"'“”‘’《》（）()]+")
# Between two digits a dot or a space tells versions apart: 2.5-7B is not 25-7B, 小米 1.5 not 小米 15.
_IN_NUMBER = re.compile(r"(?<=\d)[\s\-_.]+(?=\d)")
_HELD = "\x00"


@lru_cache(maxsize=1 << 16)
def normal_form(name: str) -> str:
    """Return a name without width, case, spaces, hyphens, dots and quotes, but for those in numbers."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    return _NOISE.sub("", _IN_NUMBER.sub(_HELD, folded)).replace(_HELD, ".")

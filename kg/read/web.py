"""HTML to the text of its article and what the page says about it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.errors import InputError, Place

# trafilatura takes time that grows faster than the number of tags: at this many, seconds at worst.
MAX_TAGS = 20_000
MAX_LENGTH = 8 * 1024 * 1024

# Only what a page says itself, and the same on whatever day it is read.
_DATE_SEARCH = {"extensive_search": False, "original_date": True, "max_date": "2100-01-01"}
# What other people's parsers raise on pages that nobody foresaw.
_CRASHES = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)


@dataclass(frozen=True, slots=True)
class Page:
    """An article and its metadata; what the page does not tell is empty."""

    text: str
    title: str
    url: str
    date: str


def extract(html: str, place: Place) -> Page:
    """Return the article of a page. Raises InputError if there is none or the page is beyond the limits."""
    if len(html) > MAX_LENGTH or html.count("<") > MAX_TAGS:
        raise InputError(
            f"is too large for a page: over {MAX_TAGS} tags or {MAX_LENGTH // 2**20} million characters",
            place=place,
            hint="save its article as text",
        )
    # Half a second to import, and only HTML needs it.
    from trafilatura import bare_extraction

    if not re.search(r"<(?:html|body)\b", html, re.IGNORECASE):
        html = f"<html><body>{html}</body></html>"
    try:
        found = bare_extraction(
            html, include_comments=False, with_metadata=True, date_extraction_params=_DATE_SEARCH
        )
    except _CRASHES as error:
        raise InputError("cannot be taken apart", place=place, hint="save its article as text") from error
    if found is None or isinstance(found, dict) or not found.text:
        raise InputError("holds no article", place=place, hint="save its article as text")
    return Page(found.text, found.title or "", found.url or "", found.date or "")

"""The date of a document, as ISO 8601 that may be partial: 2024, 2024-05, 2024-05-14."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

_YMD = r"((?:19|20)\d\d)(?:\s*年\s*|\s*[-/.]\s*)(\d{1,2})(?:\s*月\s*|\s*[-/.]\s*)(\d{1,2})(?!\d)\s*[日号]?"
_DAY = re.compile(rf"(?<!\d){_YMD}")
_COMPACT = re.compile(r"(?<!\d)((?:19|20)\d\d)(\d\d)(\d\d)(?!\d)")
_MONTH = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:\s*年\s*(\d{1,2})\s*月|\s*[-/]\s*(\d{1,2})(?!\d))")
_YEAR = re.compile(r"\s*((?:19|20)\d\d)\s*年?\s*$")
_DAY_IN_URL = re.compile(r"(?<!\d)(20\d\d)[-/_]?(0[1-9]|1[0-2])[-/_]?(0[1-9]|[12]\d|3[01])(?!\d)")
_MONTH_IN_URL = re.compile(r"/(20\d\d)[-/]?(0[1-9]|1[0-2])/")

_APART = re.compile(rf"(?:^|(?<=[\s:\uff1a|(（【]))(?<!\d){_YMD}(?=$|[\sT|)）】])")
_TIME = re.compile(r"[\sT]*\d{1,2}:\d\d")
_SENTENCE = re.compile(r"[。！？!?；;]")
_BULLETS = "-*•·●"
_MOST_BESIDE, _MOST_BESIDE_TIME = 24, 60


def written(value: str) -> str | None:
    """Return the date that `value`, a date field, gives: the day, else the month, else the year alone."""
    for day in (_DAY.search(value), _COMPACT.search(value)):
        if day and (found := _iso(day[1], day[2], day[3])):
            return found
    month = _MONTH.search(value)
    if month and (found := _iso(month[1], month[2] or month[3])):
        return found
    year = _YEAR.match(value)
    return year[1] if year else None


def in_header(lines: Iterable[str]) -> str | None:
    """Return the day that the first of `lines`, a document's first ones, bears that is a header's.

    A header's line has its date set apart, a time of day or little else beside it, and no sentence; a date
    within a sentence is the date of what that tells.
    """
    for line in lines:
        day = _APART.search(line)
        if not day or _SENTENCE.search(line) or line.lstrip()[:1] in _BULLETS:
            continue
        beside = len((line[: day.start()] + line[day.end() :]).strip())
        most = _MOST_BESIDE_TIME if _TIME.match(line, day.end()) else _MOST_BESIDE
        if beside <= most and (found := _iso(day[1], day[2], day[3])):
            return found
    return None


def in_url(url: str) -> str | None:
    """Return the day that a URL bears (/2024/01/29/, /20240129), or its month (/2024-01/), or None."""
    for day in _DAY_IN_URL.finditer(url):
        if found := _iso(day[1], day[2], day[3]):
            return found
    month = _MONTH_IN_URL.search(url)
    return f"{month[1]}-{month[2]}" if month else None


def _iso(year: str, month: str, day: str | None = None) -> str | None:
    try:
        found = date(int(year), int(month), int(day or 1)).isoformat()
    except ValueError:
        return None
    return found if day else found[:7]

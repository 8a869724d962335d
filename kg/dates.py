"""Partial ISO dates (2024, 2024-05, 2024-05-14) and the periods that questions ask for."""

from __future__ import annotations

import re
from typing import NamedTuple

from kg.errors import InputError

_SHAPE = r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?"

# Sorts after every digit and hyphen, so `date + AFTER` ends the year, month or day that a date names.
AFTER = "~"


class Period(NamedTuple):
    """A stretch of time between two partial dates, both included; None leaves a side open.

    A `moment` asks for what had begun until then and had not ended before.
    """

    since: str | None = None
    until: str | None = None
    moment: bool = False

    def __bool__(self) -> bool:
        return self.since is not None or self.until is not None

    def holds(self, date: str | None) -> bool:
        """Whether a dated thing may lie inside; an undated one lies only in the open period."""
        if not self:
            return True
        if date is None:
            return False
        return (self.since is None or date + AFTER >= self.since) and (
            self.until is None or date <= self.until + AFTER
        )


ALWAYS = Period()


def check_date(text: str) -> str:
    """The date without surrounding spaces; raises InputError when it is no year, month or day."""
    from datetime import date

    text = text.strip()
    shape = re.fullmatch(_SHAPE, text)
    if shape:
        year, month, day = (int(part or 1) for part in shape.groups())
        try:
            date(year, month, day)
        except ValueError:
            shape = None
    if not shape:
        raise InputError(f"{text!r} is no date", hint="write 2024, 2024-05 or 2024-05-14")
    return text


def period(since: str | None = None, until: str | None = None, at: str | None = None) -> Period:
    """The period of the flags; `at` asks for what held then. Raises InputError for a bad one."""
    if at is not None:
        if since is not None or until is not None:
            raise InputError("at cannot be combined with since or until", hint="give one or the other")
        return Period(until=check_date(at), moment=True)
    asked = Period(
        since=None if since is None else check_date(since), until=None if until is None else check_date(until)
    )
    if asked.since and asked.until and asked.since > asked.until + AFTER:
        raise InputError(f"{asked.since} comes after {asked.until}", hint="swap since and until")
    return asked

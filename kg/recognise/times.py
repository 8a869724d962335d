"""Expressions of time, absolute, partial and relative, and what date they mean."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from kg.recognise.mentions import Mark
from kg.rules.patterns import alternatives
from kg.rules.ruleset import RuleSet

TIME = "date"
_RANGE = re.compile(r" ?(?:-|—|~|至|到)+ ?")
_YEAR = re.compile(r"(?<!\d)20[0-3]\d(?!\d)")


_TIMELINE = re.compile(r"[-*●•►▶■]|(?:19|20)\d\d(?:年|\.\d)[^，。；]{0,12}[：: ]")


def is_timeline(text: str) -> bool:
    """Tell whether a sentence is an entry of a timeline: it begins with a bullet or a date and a blank or colon."""
    return bool(_TIMELINE.match(text))


@dataclass(frozen=True, slots=True)
class Moment:
    """A date as far as it is known."""

    year: int | None = None
    month: int | None = None
    day: int | None = None

    def iso(self) -> str | None:
        """Return 2023, 2023-11 or 2023-11-30; None without a year."""
        if self.year is None:
            return None
        if self.month is None:
            return f"{self.year:04d}"
        if self.day is None:
            return f"{self.year:04d}-{self.month:02d}"
        return f"{self.year:04d}-{self.month:02d}-{self.day:02d}"


def from_iso(text: str | None) -> Moment | None:
    """Return the moment of a partial ISO date."""
    if not text:
        return None
    parts = [int(part) for part in text.split("-")[:3]]
    return Moment(*parts)


class TimeRecogniser:
    """Finds expressions of time and resolves them against an anchor."""

    def __init__(self, rules: RuleSet) -> None:
        data = rules.times
        self._years, self._months, self._days = data.years, data.months, data.days
        self._days_of_week = {word[-1]: number for word, number in data.weekdays.items()}
        year_words, month_words, day_words, week_words, parts = (
            alternatives(words) for words in (data.years, data.months, data.days, data.weekdays, data.parts)
        )
        short_days = "".join(sorted({word[-1] for word in data.weekdays}))
        before = "|".join(map(re.escape, data.not_event_before))
        after = "|".join(map(re.escape, data.not_event_after))
        words = (*data.years, *data.months, *data.days, *data.weekdays, *data.not_event_before)
        opening = "".join(sorted({word[0] for word in words if word}))
        self._pattern = re.compile(
            rf"(?=[1-9{re.escape(opening)}])"  # only tells sooner where no expression can begin
            rf"(?P<bad>(?:{before}))?"
            rf"(?:(?:(?P<year>(?:19|20)\d\d)年|(?P<year_word>{year_words})|(?<![\d.])(?P<year_iso>20[0-3]\d)[-/.](?=\d))"
            rf"(?:(?P<part0>{parts})|的?(?:(?P<month>1[0-2]|0?[1-9])(?:月份?|[-/.](?=\d))(?P<part1>{parts})?"
            rf"(?:(?P<day>[12]\d|3[01]|0?[1-9])(?:日|号|(?!\d)))?|(?P<month_word_y>{month_words})))?"
            rf"|(?<![\d年.])(?P<month2>1[0-2]|[1-9])月(?P<part2>{parts})?(?:(?P<day2>[12]\d|3[01]|0?[1-9])[日号])?"
            rf"|(?P<month_word>{month_words})(?:(?P<part3>{parts})|(?P<day3>[12]\d|3[01]|0?[1-9])[日号])?"
            rf"|(?P<day_word>{day_words})(?:（\d+日）|（\d+月\d+日）)?(?P<week_after>{week_words}|[{short_days}])?"
            rf"|(?P<weekday>{week_words})"
            rf"|(?<![\d月年.])(?P<day4>[12]\d|3[01]|[1-9])日(?![前后内均常程游])"
            rf")(?P<after>{after})?"
        )

    def find(self, text: str) -> list[Mark]:
        """Return the expressions of time in a sentence that can say when something happened.

        A range (19日至21日) is one expression, and means its beginning.
        """
        found: list[Mark] = []
        for match in self._pattern.finditer(text):
            if match["bad"] or match["after"]:
                continue
            if match["year"] is None and match["year_word"] is None and match["weekday"]:
                continue
            if found and _RANGE.fullmatch(text, found[-1].end, match.start()):
                found[-1].end = match.end()
                continue
            found.append(Mark(match.start(), match.end(), TIME, match.group()))
        return found

    def years(self, text: str, marks: Sequence[Mark]) -> list[int]:
        """Return the years of a sentence's full dates and of names of events (HDC 2024).

        A bare year may lie ahead.
        """
        dates = [m for mark in marks if (m := self._pattern.match(mark.value)) and m["year"] and m["month"]]
        found = [int(m["year"]) for m in dates]
        bare = list(_YEAR.finditer(text)) if "20" in text else []
        if bare:
            taken = [(m.start(), m.end()) for m in self._pattern.finditer(text)]
            for match in bare:
                if not any(start <= match.start() < end for start, end in taken):
                    found.append(int(match.group()))
        return found

    def resolve(self, text: str, anchor: Moment | None, last: Moment | None) -> Moment | None:
        """Return what an expression means; `anchor` is the article's date, `last` the date told before.

        A year that is not said is the anchor's, None where there is no anchor.
        """
        match = self._pattern.fullmatch(text)
        if match is None:
            return None
        year = self._year(match, anchor, last)
        month = match["month"] or match["month2"]
        day = match["day"] or match["day2"] or match["day3"]
        if month:
            return _checked(year, int(month), int(day) if day else None)
        word = match["month_word"] or match["month_word_y"]
        if word:
            return self._relative_month(word, int(day) if day else None, anchor, last)
        if match["day_word"]:
            return self._relative_day(match["day_word"], match["week_after"], anchor, last)
        if match["day4"]:
            if anchor is None or anchor.month is None:
                return None
            return _checked(anchor.year, anchor.month, int(match["day4"]))
        return Moment(year) if year else None

    def _year(self, match: re.Match[str], anchor: Moment | None, last: Moment | None) -> int | None:
        if match["year"] or match["year_iso"]:
            return int(match["year"] or match["year_iso"])
        word = match["year_word"]
        if word:
            shift = self._years[word]
            base = last if shift in ("same", "next") else anchor
            if base is None or base.year is None:
                return None
            return base.year + (0 if shift == "same" else 1 if shift == "next" else int(shift))
        return anchor.year if anchor else None

    def _relative_month(
        self, word: str, day: int | None, anchor: Moment | None, last: Moment | None
    ) -> Moment | None:
        shift = self._months[word]
        base = last if shift == "same" else anchor
        if base is None or base.year is None or base.month is None:
            return None
        index = base.year * 12 + base.month - 1 + (0 if shift == "same" else int(shift))
        return _checked(index // 12, index % 12 + 1, day)

    def _relative_day(
        self, word: str, weekday: str | None, anchor: Moment | None, last: Moment | None
    ) -> Moment | None:
        shift = self._days[word]
        base = last if shift in ("same", "next") else anchor
        if base is None or base.year is None or base.month is None or base.day is None:
            return None
        day = date(base.year, base.month, base.day)
        if shift.startswith("week"):
            if weekday is None:
                return None
            monday = day - timedelta(days=day.weekday()) + timedelta(weeks=int(shift[4:]))
            day = monday + timedelta(days=self._days_of_week[weekday[-1]])
        elif shift != "same":
            day += timedelta(days=1 if shift == "next" else int(shift))
        return Moment(day.year, day.month, day.day)


def _checked(year: int | None, month: int, day: int | None) -> Moment | None:
    if not 1 <= month <= 12 or (day is not None and not 1 <= day <= 31):
        return None
    return Moment(year, month, day)

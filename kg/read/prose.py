"""Which stretches of a text are prose to be read, and what its labelled fields and first lines say."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import islice

from kg.model import Document, Region
from kg.read import dates
from kg.read.profile import ReadingProfile, core

_ENOUGH = 5000
_LINE = re.compile(r"[^\r\n]+")
_SENTENCE = re.compile(r"[。！？；：!?:]")
_FULL_STOP = re.compile(r"[。！？]")
_BETWEEN_WORDS = re.compile(r"[\s,，;|]+")
_BETWEEN_LINKS = re.compile(r"[\s|>/»›·•_＞｜]+")
_URL = r"(?:https?://|www\.)[!-~]+"
_BARE_URL = re.compile(rf"[^\w\n]*(?:[^\s:\uff1a]{{1,8}}\s*[:\uff1a]\s*)?{_URL}(?:\s+{_URL})*\s*$")
_WORD = re.compile(r"[^\W\d_年月日]")
_CJK = re.compile(r"[\u3400-\u9fff]")


@dataclass(slots=True)
class _Outline:
    """What has been found out about a text so far; `fields` go by their role."""

    profile: ReadingProfile
    fields: dict[str, str] = field(default_factory=dict)
    promoting: bool = False


def document(
    name: str,
    path: str,
    text: str,
    profile: ReadingProfile,
    *,
    title: str = "",
    url: str = "",
    date: str = "",
) -> Document:
    """Return the document of `text`; what it says of itself completes what is known of it beforehand."""
    outline = _Outline(profile)
    regions: list[Region] = []
    start = end = 0
    for match in _LINE.finditer(text):
        line = match.group()
        if line.isspace():
            continue
        left, right = _prose(line, outline)
        if left:
            _add(regions, text, start, end)
            start = match.start() + left
        end = match.start() + right
        if right < len(line):
            _add(regions, text, start, end)
            start = end = match.end()
    _add(regions, text, start, end)
    fields = outline.fields
    url = url.strip() or fields.get("url", "")
    return Document(
        id=name,
        text=text,
        regions=tuple(regions),
        path=path,
        title=" ".join(title.split()) or fields.get("title", "") or _first_line(text, regions, profile),
        url=url,
        date=dates.written(date) or dates.written(fields.get("date", "")) or _date(text, url, profile),
    )


def _add(regions: list[Region], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        regions.append(Region(start, end))


def _first_line(text: str, regions: list[Region], profile: ReadingProfile) -> str:
    """Return the first line of prose if it looks like a title, else an empty one."""
    if not regions:
        return ""
    line = text[regions[0].start : regions[0].start + profile.limits.title + 1]
    first = re.split(r"[\r\n]", line, maxsplit=1)[0].strip()
    return first if len(first) <= profile.limits.title and not first.endswith(("。", "，", ",")) else ""


def _date(text: str, url: str, profile: ReadingProfile) -> str | None:
    lines = (line.group() for line in _LINE.finditer(text) if not line.group().isspace())
    header = (line for line in islice(lines, profile.limits.header) if len(line) <= profile.limits.short)
    return dates.in_header(header) or dates.in_url(url)


def _prose(line: str, outline: _Outline) -> tuple[int, int]:
    """Return the part of `line` that is prose: 0, 0 if none is."""
    profile = outline.profile
    start, end = 0, len(line)
    label = profile.label.match(line)
    if label:
        # A letter may match regardless of case that is none of the label's: ı for i.
        role = profile.roles.get(label[1].casefold(), "")
        value = line[label.end() :].strip()
        if role == "prose":
            start = label.end()
            outline.fields[role] = ""
        elif _is_field(role, value, outline):
            outline.fields.setdefault(role, value.strip("\"'"))
            return 0, 0
    stripped = line.rstrip()
    if stripped.endswith(profile.endings):
        end = len(stripped) - max(len(ending) for ending in profile.endings if stripped.endswith(ending))
    return (0, 0) if _is_boilerplate(line[start:end], outline) else (start, end)


def _is_field(role: str, value: str, outline: _Outline) -> bool:
    """Say whether a labelled line is metadata: ordinary prose may begin with such a word and a colon, too."""
    if role == "url":
        return "://" in value or value.startswith("www.")
    if role == "date":
        return dates.written(value) is not None and not _FULL_STOP.search(value)
    if role == "tags":
        among_fields = bool(outline.fields) and len(value) <= outline.profile.limits.short
        return among_fields or not _FULL_STOP.search(value)
    if role == "aside":
        return len(value) <= outline.profile.limits.short
    return role == "title" and role not in outline.fields


def _is_boilerplate(line: str, outline: _Outline) -> bool:
    profile, limits = outline.profile, outline.profile.limits
    if len(line) <= limits.short:
        bare = core(line)
        if not bare:
            return True
        if bare in profile.promotions:
            outline.promoting = True
            return True
        if (
            bare in profile.lines
            or bare.startswith(profile.starts)
            or profile.contains.search(line)
            or _is_url(line)
        ):
            return True
        if "。" not in line and (_is_counter(line, profile) or _is_navigation(line, profile)):
            return True
    if "。" in line or _SENTENCE.search(line):
        return False
    if outline.promoting and len(line.strip()) <= limits.heading:
        return True
    return _is_tag_list(line, profile)


def _is_url(line: str) -> bool:
    return ("://" in line or "www." in line) and _BARE_URL.match(line) is not None


def _is_counter(line: str, profile: ReadingProfile) -> bool:
    """Say whether the line is made of counts (3589点击), dates and times, at least one of them a count."""
    if not profile.countable.fullmatch(line):
        return False
    rest, found = profile.counter.subn("", line)
    return found > 0 and not _WORD.search(rest)


def _is_navigation(line: str, profile: ReadingProfile) -> bool:
    words = [word for word in _BETWEEN_LINKS.split(line) if word]
    known = sum(word in profile.navigation for word in words)
    return known >= 2 and 2 * known >= len(words)


def _is_tag_list(line: str, profile: ReadingProfile) -> bool:
    """Say whether the line is a heap of short words, Chinese ones among them."""
    words = [word for word in _BETWEEN_WORDS.split(line[:_ENOUGH]) if word]
    if len(words) < profile.limits.words:
        return False
    short = sum(len(word) <= profile.limits.word for word in words)
    chinese = sum(1 for word in words if _CJK.search(word))
    return 10 * short >= 9 * len(words) and 3 * chinese >= len(words)

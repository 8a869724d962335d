"""A source to its documents, by format."""

from __future__ import annotations

import codecs
import json
import sys
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from kg.errors import InputError, KgError, Place
from kg.model import Document
from kg.read import jsonl, prose, web
from kg.read.encoding import decode
from kg.read.profile import ReadingProfile
from kg.read.sources import STDIN, Source, UniqueIds, shown, unreadable

# A file that is no JSONL, or a line of JSONL, that is longer is refused by name; so is a document of more
# characters. Together they bound what a process needs: docs/limits.md.
MAX_BYTES = 8 * 1024 * 1024
MAX_CHARACTERS = 1_000_000

_BOM16 = (b"\xff\xfe", b"\xfe\xff")
_PIECE = 64 * 1024


def load(source: Source, profile: ReadingProfile, on_error: Callable[[KgError], None]) -> Iterator[Document]:
    """Yield the documents of `source`, with ids unique within it.

    A broken JSONL line goes to `on_error`. Raises InputError if the file as a whole cannot be read.
    """
    try:
        if source.path == STDIN:
            yield from _load(source, sys.stdin.buffer, profile, on_error)
            return
        with Path(source.path).open("rb") as stream:
            yield from _load(source, stream, profile, on_error)
    except OSError as error:
        raise unreadable(source.path, error) from error


def _load(
    source: Source, stream: BinaryIO, profile: ReadingProfile, on_error: Callable[[KgError], None]
) -> Iterator[Document]:
    path = shown(source.path)
    first = stream.readline(MAX_BYTES + 1)
    ending = Path(source.path).suffix.lower() or _sniffed(first)
    if ending == ".jsonl":
        yield from _rows(source, path, _lines(first, stream), profile, on_error)
        return
    text = decode(_whole(first, stream, path), Place(path))
    if ending in (".html", ".htm"):
        page = web.extract(text, Place(path))
        _check_length(page.text, Place(path))
        yield prose.document(
            source.id, path, page.text, profile, title=page.title, url=page.url, date=page.date
        )
    else:
        _check_length(text, Place(path))
        yield prose.document(source.id, path, text, profile)


def _rows(
    source: Source,
    path: str,
    lines: Iterator[bytes],
    profile: ReadingProfile,
    on_error: Callable[[KgError], None],
) -> Iterator[Document]:
    ids = UniqueIds()
    for row in jsonl.rows(lines, path, MAX_BYTES, on_error):
        try:
            _check_length(row.text, Place(path, row.line))
        except InputError as error:
            on_error(error)
            continue
        name = ids.claim(shown(row.id).strip() or f"{source.id}:{row.line}")
        yield prose.document(name, path, row.text, profile, title=row.title, url=row.url, date=row.date)


def _check_length(text: str, place: Place) -> None:
    if len(text) > MAX_CHARACTERS:
        raise InputError(
            f"holds more than {MAX_CHARACTERS:,} characters",
            place=place,
            hint="split it into its articles",
        )


def _lines(first: bytes, stream: BinaryIO) -> Iterator[bytes]:
    """Yield the lines as UTF-8, those over MAX_BYTES in pieces that are longer than that, too."""
    if first.startswith(_BOM16):
        yield from _lines_of_utf16(chain([first], iter(lambda: stream.read(_PIECE), b"")))
        return
    yield from chain([first], iter(lambda: stream.readline(MAX_BYTES + 1), b""))


def _lines_of_utf16(pieces: Iterator[bytes]) -> Iterator[bytes]:
    begun = b""
    for text in codecs.iterdecode(pieces, "utf-16", "replace"):
        *lines, begun = (begun + text.encode()).split(b"\n")
        yield from (line + b"\n" for line in lines)
        if len(begun) > MAX_BYTES:
            yield begun
            begun = b""
    if begun:
        yield begun


def _whole(first: bytes, stream: BinaryIO, path: str) -> bytes:
    data = first if len(first) > MAX_BYTES else first + stream.read(MAX_BYTES + 1 - len(first))
    if len(data) > MAX_BYTES:
        raise InputError(
            f"is larger than {MAX_BYTES // 2**20} MiB",
            place=Place(path),
            hint="split it, or write it as .jsonl with one article a line",
        )
    return data


def _sniffed(first: bytes) -> str:
    """Return the ending that what has no name, such as standard input, deserves by its first line."""
    start = first.lstrip(b"\xef\xbb\xbf \t\r\n")[:9].lower()
    if start.startswith((b"<!doctype", b"<html")):
        return ".html"
    if start.startswith(b"{"):
        try:
            return ".jsonl" if isinstance(json.loads(first), dict) else ".txt"
        except (ValueError, RecursionError):
            return ".txt"
    return ".txt"

"""Files and folders to documents.

`documents` reads all that the paths name. A build that hands the reading to other processes takes the
`sources` and lets each process `load` some of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from kg.errors import InputError, KgError
from kg.model import Document
from kg.read.formats import load
from kg.read.profile import ReadingProfile, load_profile
from kg.read.sources import Source, UniqueIds, sources

__all__ = ["ReadingProfile", "Source", "UniqueIds", "documents", "load", "load_profile", "sources"]


def documents(
    paths: Sequence[str], profile: ReadingProfile, on_error: Callable[[KgError], None]
) -> Iterator[Document]:
    """Return the documents of files and folders, `-` for standard input, with ids unique among them.

    One unreadable file among several and a broken JSONL line go to `on_error` and are passed over. Raises
    InputError at once for a path that is missing or a folder without a file to read, and while reading for
    the only file if that is unreadable.
    """
    return _documents(sources(paths, on_error), profile, on_error)


def _documents(
    found: list[Source], profile: ReadingProfile, on_error: Callable[[KgError], None]
) -> Iterator[Document]:
    ids = UniqueIds()
    for source in found:
        try:
            for document in load(source, profile, on_error):
                unique = ids.claim(document.id)
                yield document if unique == document.id else replace(document, id=unique)
        except InputError as error:
            if len(found) == 1:
                raise
            on_error(error)

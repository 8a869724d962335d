"""Extracting one document such that neither its length nor a fault in it holds up all the others."""

from __future__ import annotations

from typing import Protocol

from kg.deadline import OutOfTimeError, limited
from kg.errors import InputError, KgError, Place
from kg.model import Document, Extraction

# What a document may take, in seconds of computing: a fortieth of the usual speed, and a while on top.
MOST_SECONDS = 30.0
LEAST_CHARACTERS_A_SECOND = 2_000


class Extractor(Protocol):
    """What is asked of kg.extraction.Extractor."""

    @property
    def rules_hash(self) -> str:
        """What changes with the rules."""

    def extract(self, document: Document, /) -> Extraction:
        """The statements of a document."""


def attempt(extractor: Extractor, document: Document, line: int = 0) -> Extraction | InputError:
    """Return what a document gives, or the problem that names it and its line if it takes too long, says too
    much or fails.

    Raises KgError where the fault is not the document's.
    """
    most = MOST_SECONDS + len(document.text) / LEAST_CHARACTERS_A_SECOND
    place = Place(document.path, line)
    named = f"the document {document.id}" if document.id else "a document without an id"
    try:
        with limited(most):
            return extractor.extract(document)
    except OutOfTimeError:
        return InputError(
            f"{named} took over {most:.0f} seconds and was left out",
            place=place,
            hint="kg rules check finds costly frames; or split the document",
        )
    except InputError as error:
        return InputError(error.message, place=place, hint=error.hint)
    except KgError:
        raise
    except Exception as error:
        return InputError(
            f"{named} was left out: {type(error).__name__}: {error}",
            place=place,
            hint="this is a fault of kg; please report it with the document",
        )

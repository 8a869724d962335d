"""The columns of every table that passes between machines, as Arrow schemas; docs/scale.md explains them."""

from __future__ import annotations

import pyarrow as pa

_TYPES = {
    "text": pa.string(),
    "int": pa.int64(),
    "bool": pa.bool_(),
    "bytes": pa.binary(),
    "real": pa.float64(),
}


def _schema(*groups: str) -> pa.Schema:
    """A schema from groups of columns, each a type and names, as in `int start end`."""
    columns = [(name, _TYPES[kind]) for kind, *names in map(str.split, groups) for name in names]
    return pa.schema(columns)


_SAID = (
    "text doc head head_type head_id relation tail tail_type tail_id certainty time qualifiers",
    "int start end",
    "text quote",
    "int head_start head_end tail_start tail_end trigger_start trigger_end",
    "text rule",
    "bool inferred",
)
_MET = ("text identity type name", "bool fullest", "text of why")
_RENAMED = ("text identity old new time", "int start end", "text quote")
_DOCUMENT = ("text name title url date hash", "int characters mentions", "bytes signature")

# What other engines get: statements as `kg extract` prints them, `qualifiers` as JSON.
STATEMENTS = _schema(*_SAID)

# What the first stage leaves of a block: documents count from 0 within it, lines from 1.
READ_DOCUMENTS = _schema("int ordinal line", *_DOCUMENT)
READ_APPEARANCES = _schema("int ordinal", *_MET)
READ_STATEMENTS = _schema("int ordinal place", *_SAID)
READ_RENAMINGS = _schema("int ordinal place", *_RENAMED)

# What a build leaves. `document` is the number of a document in the order of the input.
DOCUMENTS = _schema("int document", "text id source origin", *_DOCUMENT)
SAID = _schema("int document place", "text origin head_identity tail_identity", *_SAID)
APPEARANCES = _schema("int document", "text entity", *_MET)
RENAMINGS = _schema("int document place", "text entity", *_RENAMED)
ENTITIES = _schema("text id name type names", "int documents degree")
EDGES = _schema(
    "text head relation tail",
    "bool symmetric",
    "text certainty",
    "int evidence_count sources",
    "real weight",
    "text first_date last_date ended",
)
IDENTITIES = _schema("text id entity name of why")
DOUBTS = _schema("text one other name why")

WRITTEN = {
    "documents": DOCUMENTS,
    "statements": SAID,
    "entities": ENTITIES,
    "edges": EDGES,
    "appearances": APPEARANCES,
    "identities": IDENTITIES,
    "doubts": DOUBTS,
    "denials": SAID,
    "renamings": RENAMINGS,
}

"""The graph as RDF: entities, edges as reified statements, evidence, documents; for Turtle and JSON-LD.

A hedged edge is described but not asserted: the bare triple (head, relation, tail) is there only for what is
said outright. IRIs come from ids alone, so they stay the same over builds and machines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kg.export.model import Edge, GraphData, Node
from kg.export.schema_org import schema_org
from kg.model import ASSERTED, Evidence, Statement

PREFIXES = {
    "kg": "urn:kg:term:",
    "ent": "urn:kg:entity:",
    "type": "urn:kg:type:",
    "rel": "urn:kg:relation:",
    "edge": "urn:kg:edge:",
    "ev": "urn:kg:evidence:",
    "doc": "urn:kg:document:",
    "qual": "urn:kg:qualifier:",
    "schema": "https://schema.org/",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

# All but what Turtle's prefixed names and IRIs both allow as it stands, ideographs among that.
_NOT_KEPT = re.compile(r"[^A-Za-z0-9_:.\-\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\uffef]|^[.\-]|\.\Z")
_DATE_TYPES = {4: "xsd:gYear", 7: "xsd:gYearMonth", 10: "xsd:date"}


@dataclass(frozen=True, slots=True)
class Iri:
    """An IRI as prefix:local, fit for Turtle and JSON-LD as it stands."""

    name: str


@dataclass(frozen=True, slots=True)
class Literal:
    """A text, with its datatype as prefix:local if it is other than a string."""

    text: str
    datatype: str = ""


Property = tuple[Iri, Iri | Literal]


@dataclass(frozen=True, slots=True)
class Description:
    """A subject with its predicates and their objects, in order."""

    subject: Iri
    properties: list[Property]


A = Iri("rdf:type")
_PROOF = Iri("kg:evidence")


def describe(data: GraphData) -> Iterator[Description]:
    """Yield the description of everything in the graph, each subject once but entities that are a tail."""
    types = {node.id: node.type for node in data.nodes}
    documents: dict[str, Mapping[str, Any]] = {}
    yield from _vocabulary(data)
    for node in data.nodes:
        yield Description(iri("ent", node.id), list(_entity(node)))
    for edge in data.edges:
        if edge.certainty == ASSERTED:
            yield from _asserted(edge, types[edge.head], types[edge.tail])
        proofs = [_evidence_iri(said) for said in edge.statements]
        yield Description(iri("edge", edge.id), [*_reified(edge), *((_PROOF, proof) for proof in proofs)])
        for proof, said in zip(proofs, edge.statements, strict=True):
            documents.setdefault(said["doc"], said)
            yield Description(proof, list(_evidence(said)))
    for id in sorted(documents):
        yield Description(iri("doc", id), list(_document(documents[id])))


def iri(prefix: str, local: str) -> Iri:
    """Return the IRI of an id under one of PREFIXES."""
    return Iri(f"{prefix}:{_NOT_KEPT.sub(_percent, local)}")


def _percent(letter: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in letter[0].encode("utf-8"))


def _vocabulary(data: GraphData) -> Iterator[Description]:
    """Yield the types and relations in use, as classes and properties with their names."""
    for name in sorted({node.type for node in data.nodes}):
        yield Description(iri("type", name), [(A, Iri("rdfs:Class")), (Iri("rdfs:label"), Literal(name))])
    for name in sorted({edge.relation for edge in data.edges}):
        yield Description(iri("rel", name), [(A, Iri("rdf:Property")), (Iri("rdfs:label"), Literal(name))])


def _entity(node: Node) -> Iterator[Property]:
    yield A, iri("type", node.type)
    if node.type in schema_org().types:
        yield A, Iri(f"schema:{schema_org().types[node.type]}")
    yield Iri("schema:name"), Literal(node.name)
    for alias in node.aliases:
        yield Iri("schema:alternateName"), Literal(alias)


def _asserted(edge: Edge, head_type: str, tail_type: str) -> Iterator[Description]:
    """Yield the bare triple, and the one in schema.org's words where it has them."""
    head, tail = iri("ent", edge.head), iri("ent", edge.tail)
    said: list[Property] = [(iri("rel", edge.relation), tail)]
    known = schema_org().relations.get(edge.relation)
    if known and known.holds(head_type, tail_type):
        property = Iri(f"schema:{known.name}")
        if known.inverse:
            yield Description(tail, [(property, head)])
        else:
            said.append((property, tail))
    yield Description(head, said)


def _reified(edge: Edge) -> Iterator[Property]:
    yield A, Iri("rdf:Statement")
    yield Iri("rdf:subject"), iri("ent", edge.head)
    yield Iri("rdf:predicate"), iri("rel", edge.relation)
    yield Iri("rdf:object"), iri("ent", edge.tail)
    yield Iri("kg:certainty"), Literal(edge.certainty)
    yield Iri("kg:evidenceCount"), _number(edge.evidence_count)
    yield Iri("kg:weight"), Literal(repr(edge.weight), "xsd:double")
    yield from _date("kg:firstDate", edge.first_date)
    yield from _date("kg:lastDate", edge.last_date)


def _evidence(said: Mapping[str, Any]) -> Iterator[Property]:
    words = said["evidence"]
    yield A, Iri("kg:Evidence")
    yield Iri("schema:text"), Literal(words["quote"])
    yield Iri("prov:wasQuotedFrom"), iri("doc", said["doc"])
    yield Iri("kg:start"), _number(words["start"])
    yield Iri("kg:end"), _number(words["end"])
    yield Iri("kg:head"), Literal(said["head"])
    yield Iri("kg:tail"), Literal(said["tail"])
    for span in ("head", "tail", "trigger"):
        if words[span]:
            yield Iri(f"kg:{span}Start"), _number(words[span][0])
            yield Iri(f"kg:{span}End"), _number(words[span][1])
    yield Iri("kg:certainty"), Literal(said["certainty"])
    yield from _date("kg:time", said["time"])
    for name, value in said["qualifiers"].items():
        yield iri("qual", name), Literal(value)
    yield Iri("kg:rule"), Literal(said["rule"])
    yield Iri("kg:inferred"), Literal(str(said["inferred"]).lower(), "xsd:boolean")


def _document(said: Mapping[str, Any]) -> Iterator[Property]:
    yield A, Iri("schema:Article")
    yield Iri("schema:identifier"), Literal(said["doc"])
    if said.get("title"):
        yield Iri("schema:headline"), Literal(said["title"])
    if said.get("url"):
        yield Iri("schema:url"), Literal(said["url"], "xsd:anyURI")
    yield from _date("schema:datePublished", said.get("date"))


def _number(value: int) -> Literal:
    return Literal(str(value), "xsd:integer")


def _date(property: str, value: str | None) -> Iterator[Property]:
    if value:
        yield Iri(property), Literal(value, _DATE_TYPES.get(len(value), ""))


def _evidence_iri(said: Mapping[str, Any]) -> Iri:
    """Return the IRI of a statement, which is that of its id in `kg.model`."""
    words = said["evidence"]
    spans = {name: tuple(words[name]) for name in ("head", "tail", "trigger") if words[name]}
    evidence = Evidence(said["doc"], words["start"], words["end"], words["quote"], **spans)
    fields = {name: said[name] for name in _STATEMENT}
    return iri("ev", Statement(evidence=evidence, **fields).id)


_STATEMENT = (
    "doc", "head", "head_type", "head_id", "relation", "tail", "tail_type", "tail_id", "rule"
)  # fmt: skip

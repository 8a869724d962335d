"""RDF that rdflib reads, the same from Turtle and from JSON-LD."""

from __future__ import annotations

import re
from pathlib import Path

import export_graphs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import RDF, Graph, Literal, Namespace, URIRef
from rdflib.compare import isomorphic
from rdflib.plugins.sparql import prepareQuery

from kg.export import jsonld, turtle
from kg.export.legal import clean, legal
from kg.export.model import GraphData
from kg.export.rdf import PREFIXES, iri
from kg.export.schema_org import schema_org
from kg.rules.ruleset import load_ontology, shipped

KG, ENT, REL, DOC = (Namespace(PREFIXES[name]) for name in ("kg", "ent", "rel", "doc"))
SCHEMA = Namespace("https://schema.org/")


def read(data: GraphData, folder: Path) -> Graph:
    turtle.write(data, folder / "graph.ttl")
    return Graph().parse(folder / "graph.ttl", format="turtle")


@pytest.fixture
def small(tmp_path: Path) -> Graph:
    """The small graph, read from Turtle."""
    return read(export_graphs.data(export_graphs.small()), tmp_path)


def entity(name: str) -> URIRef:
    return ENT[iri("ent", f"e:{name}").name.removeprefix("ent:")]


# rdflib's own reader of JSON-LD uses what rdflib has deprecated.
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
@pytest.mark.parametrize("name", ["small", "hostile"])
def test_turtle_and_json_ld_say_the_same_and_round_trip(name: str, tmp_path: Path) -> None:
    data = export_graphs.data(getattr(export_graphs, name)())
    graph = read(data, tmp_path)
    jsonld.write(data, tmp_path / "graph.jsonld")
    other = Graph().parse(tmp_path / "graph.jsonld", format="json-ld")
    assert isomorphic(graph, other)
    assert isomorphic(graph, Graph().parse(data=graph.serialize(format="turtle"), format="turtle"))
    data = legal(data)
    assert len(list(graph.subjects(RDF.type, RDF.Statement))) == len(data.edges)
    assert {str(name) for name in graph.objects(None, SCHEMA.name)} == {node.name for node in data.nodes}
    quotes = {said["evidence"]["quote"] for edge in data.edges for said in edge.statements}
    assert {str(text) for text in graph.objects(None, SCHEMA.text)} == quotes


def test_an_edge_leads_to_its_sentences_and_their_articles(small: Graph) -> None:
    query = """
        SELECT ?quote ?title ?url ?start ?rule WHERE {
            ?edge rdf:subject ?head ; rdf:predicate rel:任职 ; rdf:object ?tail ; kg:evidence ?said .
            ?head schema:name "王五" . ?tail schema:name "甲公司" .
            ?said schema:text ?quote ; prov:wasQuotedFrom ?article ; kg:start ?start ; kg:rule ?rule .
            ?article schema:headline ?title ; schema:url ?url .
        } ORDER BY ?title"""
    found = [tuple(row) for row in small.query(prepareQuery(query, initNs=PREFIXES))]
    assert [
        (str(quote), str(title), str(url), start.toPython()) for quote, title, url, start, _ in found
    ] == [
        ("王五任甲公司首席执行官。", "文章a1", "https://example.com/a1", 0),
        ("甲公司的王五说", "文章a2", "https://example.com/a2", 40),
    ]


def test_what_is_hedged_is_described_and_not_asserted(small: Graph) -> None:
    assert (entity("王五"), REL["任职"], entity("甲公司")) in small
    assert (entity("王五"), REL["离职"], entity("甲公司")) not in small
    hedged = list(small.subjects(RDF.predicate, REL["离职"]))
    assert [str(small.value(edge, KG.certainty)) for edge in hedged] == ["hedged"]


def test_schema_org_says_what_means_the_same(small: Graph) -> None:
    assert (entity("王五"), RDF.type, SCHEMA.Person) in small
    assert (entity("王五"), SCHEMA.worksFor, entity("甲公司")) in small
    assert (entity("甲公司"), SCHEMA.founder, entity("王五")) in small
    assert (entity("甲公司"), SCHEMA.alternateName, Literal("Jia Inc.")) in small


def test_dates_have_the_type_of_their_precision(small: Graph) -> None:
    types = {str(time): str(time.datatype).rpartition("#")[2] for time in small.objects(None, KG.time)}
    assert types == {"2023": "gYear", "2024-05": "gYearMonth"}
    assert small.value(DOC["a2"], SCHEMA.datePublished).datatype.endswith("date")


def test_qualifiers_and_spans_are_kept(small: Graph) -> None:
    said = next(small.subjects(SCHEMA.text, Literal("王五任甲公司首席执行官。")))
    assert small.value(said, Namespace(PREFIXES["qual"])["职务"]) == Literal("首席执行官")
    assert (small.value(said, KG.triggerStart).toPython(), small.value(said, KG.triggerEnd).toPython()) == (
        2,
        3,
    )
    assert small.value(said, KG.inferred).toPython() is False


@given(st.text() | st.text(".-:%a字", max_size=5))
def test_any_id_makes_an_iri_that_is_its_own(text: str) -> None:
    name = iri("ent", clean(text)).name
    assert re.fullmatch(r"ent:(?:[^\s/?#%<>{}|\\^`\"]|%[0-9A-F]{2})*", name)
    turtle_source = f"@prefix ent: <{PREFIXES['ent']}> .\n{name} a {name} ."
    (subject,) = set(Graph().parse(data=turtle_source, format="turtle").subjects())
    assert str(subject) == PREFIXES["ent"] + name.removeprefix("ent:")


def test_iris_do_not_change() -> None:
    assert iri("ent", "机构:OpenAI").name == "ent:机构:OpenAI"
    assert iri("ent", "-.产品:GPT-3.5.").name == "ent:%2D.产品:GPT-3.5%2E"
    assert iri("ent", "a-b.c d/𠮷").name == "ent:a-b.c%20d%2F%F0%A0%AE%B7"


def test_schema_orgs_words_are_for_words_that_the_ontology_has() -> None:
    known, ontology = schema_org(), load_ontology(shipped())
    assert set(known.types) <= set(ontology.types)
    for name, word in known.relations.items():
        relation = ontology.relations[name]
        assert word.head <= relation.head
        assert word.tail <= relation.tail


def test_two_runs_give_the_same_bytes(tmp_path: Path) -> None:
    data = export_graphs.data(export_graphs.hostile())
    for writer in (turtle, jsonld):
        writer.write(data, tmp_path / "one")
        writer.write(data, tmp_path / "two")
        assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()

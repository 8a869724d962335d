// Which edges stand under the filters, and how many each choice would show.
//
// Certainty, date and document belong to a statement: an edge stands if enough of its statements do. The count beside
// a choice is taken with every other filter applied, as in a shop's catalogue, so that it says what ticking it brings.

import { isUnfiltered } from "./state.js";

const CERTAINTY = 1;
const DATE = 2;
const DOCUMENT = 4;

/** The filters with names turned into indexes. */
function compile(graph, filters) {
  const indexes = (names, list) => new Set(list.flatMap((name, index) => (names.has(name) ? [index] : [])));
  const documents = indexes(filters.documents, graph.documents.id);
  return {
    types: indexes(filters.types, graph.types.map((type) => type.name)),
    relations: indexes(filters.relations, graph.relations.map((relation) => relation.name)),
    certainties: indexes(filters.certainties, graph.certainties),
    dates: graph.dates.map((date) => dateStands(date, filters)),
    documents: documents.size ? documents : null,
    evidence: filters.evidence,
    degree: filters.degree,
  };
}

// Nodes without any edge are shown as long as nothing but types is asked for: no other filter can be true of them.
function keepsLooseNodes(filters) {
  return isUnfiltered({ ...filters, types: new Set() });
}

// A date may be partial (2024, 2024-05): it stands if it overlaps the range.
function dateStands(date, filters) {
  if (!date) return filters.undated;
  const afterStart = !filters.from || date >= filters.from.slice(0, date.length);
  const beforeEnd = !filters.to || date.slice(0, filters.to.length) <= filters.to.slice(0, date.length);
  return afterStart && beforeEnd;
}

function failures(graph, wanted, statement) {
  const { certainty, date, document } = graph.statements;
  let bits = 0;
  if (wanted.certainties.has(certainty[statement])) bits |= CERTAINTY;
  if (!wanted.dates[date[statement]]) bits |= DATE;
  if (wanted.documents && !wanted.documents.has(document[statement])) bits |= DOCUMENT;
  return bits;
}

/**
 * Applies the filters. Returns `edges` (1 where an edge stands), `support` (its statements that stand), `counts` for the
 * legend, the `hiddenTypes`, whether `loose` nodes, those without any edge, are shown, and `statement(index)`, which says
 * whether one statement stands.
 */
export function applyFilters(graph, filters) {
  const wanted = compile(graph, filters);
  const result = { edges: new Uint8Array(graph.edgeCount), support: new Int32Array(graph.edgeCount) };
  const counts = emptyCounts(graph);
  for (let edge = 0; edge < graph.edgeCount; edge += 1) {
    const tally = tallyOf(graph, wanted, edge);
    const checks = checksOf(graph, wanted, edge, tally.support);
    result.support[edge] = tally.support;
    result.edges[edge] = checks.types && checks.relation && checks.rest ? 1 : 0;
    countEdge(graph, counts, edge, tally, checks);
  }
  counts.types = counts.nodesOfType.map((nodes) => nodes.size);
  return {
    ...result,
    counts,
    hiddenTypes: wanted.types,
    loose: keepsLooseNodes(filters),
    statement: (index) => failures(graph, wanted, index) === 0,
  };
}

function emptyCounts(graph) {
  return {
    nodesOfType: graph.types.map(() => new Set()),
    relations: graph.relations.map(() => 0),
    certainties: graph.certainties.map(() => 0),
    documents: new Int32Array(graph.documents.id.length),
    dates: new Int32Array(graph.dates.length),
    undated: 0,
  };
}

// What the statements of one edge say: how many stand, and which certainties, documents and dates would count.
function tallyOf(graph, wanted, edge) {
  const { certainty, date, document } = graph.statements;
  const tally = { support: 0, certainties: new Set(), documents: new Set(), dates: [] };
  for (let statement = graph.firstStatement[edge]; statement < graph.firstStatement[edge + 1]; statement += 1) {
    const bits = failures(graph, wanted, statement);
    if (bits === 0) tally.support += 1;
    if ((bits & ~CERTAINTY) === 0) tally.certainties.add(certainty[statement]);
    if ((bits & ~DOCUMENT) === 0) tally.documents.add(document[statement]);
    if ((bits & ~DATE) === 0) tally.dates.push(date[statement]);
  }
  return tally;
}

function checksOf(graph, wanted, edge, support) {
  const from = graph.edges.from[edge];
  const to = graph.edges.to[edge];
  const { type, degree } = graph.nodes;
  const fromType = !wanted.types.has(type[from]);
  const toType = !wanted.types.has(type[to]);
  return {
    fromType,
    toType,
    types: fromType && toType,
    relation: !wanted.relations.has(graph.edges.relation[edge]),
    degrees: degree[from] >= wanted.degree && degree[to] >= wanted.degree,
    get rest() {
      return this.degrees && support >= wanted.evidence;
    },
  };
}

function countEdge(graph, counts, edge, tally, checks) {
  const { type } = graph.nodes;
  const from = graph.edges.from[edge];
  const to = graph.edges.to[edge];
  if (checks.relation && checks.rest) {
    if (checks.toType || type[from] === type[to]) counts.nodesOfType[type[from]].add(from);
    if (checks.fromType || type[from] === type[to]) counts.nodesOfType[type[to]].add(to);
  }
  if (checks.types && checks.rest) counts.relations[graph.edges.relation[edge]] += 1;
  if (!checks.types || !checks.relation || !checks.degrees) return;
  for (const certainty of tally.certainties) counts.certainties[certainty] += 1;
  for (const document of tally.documents) counts.documents[document] += 1;
  for (const date of tally.dates) counts.dates[date] += 1;
  if (tally.dates.some((date) => !graph.dates[date])) counts.undated += 1;
}

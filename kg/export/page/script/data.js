// The embedded graph: columns as they were packed at build time, plus the indexes that the page needs.

/** Parses one of the page's JSON blocks and lets the browser forget the text. */
export function takeBlock(id) {
  const element = document.getElementById(id);
  const value = JSON.parse(element.textContent);
  element.remove();
  return value;
}

/** The graph with nodes, edges and documents as columns; a node or an edge is an index into them. */
export function makeGraph(core) {
  const graph = {
    title: core.title,
    types: core.types.map(([name, color]) => ({ name, color })),
    relations: core.relations.map(([name, color, symmetric]) => ({ name, color, symmetric: symmetric === 1 })),
    certainties: core.certainties,
    dates: core.dates,
    nodes: core.nodes,
    edges: core.edges,
    documents: core.documents,
    statements: core.statements,
    conflicts: core.conflicts,
    opening: core.opening,
    folds: core.folds,
    readings: new Map(Object.entries(core.readings).map(([character, list]) => [character, list.split(" ")])),
    nodeCount: core.nodes.id.length,
    edgeCount: core.edges.id.length,
  };
  graph.nodeById = new Map(graph.nodes.id.map((id, index) => [id, index]));
  graph.edgeById = new Map(graph.edges.id.map((id, index) => [id, index]));
  graph.firstStatement = runningTotal(graph.edges.count);
  graph.incidence = incidence(graph);
  graph.byDegree = graph.nodes.id.map((_, index) => index).sort((a, b) => graph.nodes.degree[b] - graph.nodes.degree[a] || a - b);
  return graph;
}

function runningTotal(counts) {
  const total = new Int32Array(counts.length + 1);
  counts.forEach((count, index) => {
    total[index + 1] = total[index] + count;
  });
  return total;
}

/** Edges at each node as one flat list: those of node n are list[start[n]] to list[start[n + 1] - 1]. */
function incidence(graph) {
  const { from, to } = graph.edges;
  const start = new Int32Array(graph.nodeCount + 1);
  for (let edge = 0; edge < graph.edgeCount; edge += 1) {
    start[from[edge] + 1] += 1;
    if (to[edge] !== from[edge]) start[to[edge] + 1] += 1;
  }
  for (let node = 0; node < graph.nodeCount; node += 1) start[node + 1] += start[node];
  const list = new Int32Array(start[graph.nodeCount]);
  const next = start.slice();
  for (let edge = 0; edge < graph.edgeCount; edge += 1) {
    list[next[from[edge]]++] = edge;
    if (to[edge] !== from[edge]) list[next[to[edge]]++] = edge;
  }
  return { start, list };
}

/** All edges that touch a node, whichever way they point. */
export function edgesAt(graph, node) {
  return graph.incidence.list.subarray(graph.incidence.start[node], graph.incidence.start[node + 1]);
}

/** The node at the other end of an edge. */
export function otherEnd(graph, edge, node) {
  return graph.edges.from[edge] === node ? graph.edges.to[edge] : graph.edges.from[edge];
}

/** The indexes of the statements that an edge merges, in the order of the file. */
export function statementsOf(graph, edge) {
  const list = [];
  for (let index = graph.firstStatement[edge]; index < graph.firstStatement[edge + 1]; index += 1) list.push(index);
  return list;
}

/** The sentences are most of the file's weight, so they are parsed when the first one is asked for. */
export function makeEvidence(graph) {
  let store = null;
  return (index) => {
    store ??= takeBlock("evidence");
    const document = graph.statements.document[index];
    return {
      index,
      quote: store.quotes[store.quote[index]],
      start: store.start[index],
      end: store.end[index],
      spans: store.spans.slice(index * 6, index * 6 + 6),
      rule: store.rules[store.rule[index]],
      time: store.times[store.time[index]],
      qualifiers: store.qualifiers[store.qualifier[index]],
      inferred: store.inferred[index] === 1,
      certainty: graph.certainties[graph.statements.certainty[index]],
      date: graph.dates[graph.statements.date[index]],
      document: {
        id: graph.documents.id[document],
        title: graph.documents.title[document],
        url: graph.documents.url[document],
        date: graph.documents.date[document],
      },
    };
  };
}

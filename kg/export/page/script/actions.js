// What a gesture makes of the state. Each function returns the next state and changes nothing.

import { emptyState, NEIGHBOURS, withoutSelection } from "./state.js";
import { hiddenNeighbours } from "./scene.js";

/** Looks at one entity and its neighbourhood, and at nothing else. */
export function focusOn({ graph, state }, node) {
  const id = graph.nodes.id[node];
  return { ...withoutSelection(state), base: "ego", centers: [id], path: [], node: id, limit: NEIGHBOURS };
}

/** Selects a node; neighbours of it that are not shown come in. */
export function visit({ graph, state, scene, standing }, node) {
  const id = graph.nodes.id[node];
  const next = { ...withoutSelection(state), node: id };
  const complete = scene.shown.has(node) && hiddenNeighbours(graph, standing, scene, node) === 0;
  if (complete || state.centers.includes(id)) return next;
  return { ...next, centers: [...state.centers, id] };
}

/** Selects an edge, and brings its ends in if they are not shown. */
export function openEdge({ graph, state, scene }, edge) {
  const ends = [graph.edges.from[edge], graph.edges.to[edge]];
  return { ...withEnds(graph, state, scene, ends), edge: graph.edges.id[edge] };
}

/** Selects all edges between two nodes, or the only one. */
export function openEdges(app, edges) {
  if (edges.length === 1) return openEdge(app, edges[0]);
  const { graph, state, scene } = app;
  const ends = [graph.edges.from[edges[0]], graph.edges.to[edges[0]]];
  return { ...withEnds(graph, state, scene, ends), pair: ends.map((node) => graph.nodes.id[node]) };
}

function withEnds(graph, state, scene, ends) {
  const missing = ends.filter((node) => !scene.shown.has(node));
  const centers = [...new Set([...state.centers, ...missing.map((node) => graph.nodes.id[node])])];
  return { ...withoutSelection(state), centers };
}

/** The shortest path between two entities. */
export function showPath({ graph, state }, from, to) {
  const path = [graph.nodes.id[from], graph.nodes.id[to]];
  return { ...withoutSelection(state), base: "path", path, centers: [] };
}

/** The opening view or the whole graph; filters stay. */
export function showBase({ state }, base) {
  return { ...emptyState(), base, filters: state.filters, color: state.color, table: state.table };
}

/** Back to the n-th expansion of the breadcrumb; 0 is the base. */
export function backTo({ state }, count) {
  const centers = state.centers.slice(0, count);
  return { ...withoutSelection(state), centers, node: centers.at(-1) ?? "" };
}

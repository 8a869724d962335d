// What is drawn: a handful of nodes chosen from the graph, and their edges bundled by pair.

import { edgesAt, otherEnd } from "./data.js";
import { shortestPath } from "./path.js";

/**
 * The scene of a state under the filters: `steps` are the groups of nodes in the order they came in (the base, then one
 * for each expanded node), `nodes` all of them, `bundles` their edges by pair, `left` how many neighbours of the
 * expanded nodes were left out for room.
 */
export function makeScene(graph, standing, state) {
  const steps = [{ center: null, nodes: baseNodes(graph, standing, state) }];
  const shown = new Set(steps[0].nodes);
  let left = 0;
  for (const id of state.centers) {
    const center = graph.nodeById.get(id);
    const around = neighbours(graph, standing, center);
    const chosen = [center, ...around.slice(0, state.limit)].filter((node) => !shown.has(node));
    left += around.slice(state.limit).filter((node) => !shown.has(node)).length;
    for (const node of chosen) shown.add(node);
    steps.push({ center, nodes: chosen });
  }
  const nodes = [...shown];
  return { steps, nodes, shown, left, bundles: bundlesAmong(graph, standing, state, nodes, shown) };
}

function baseNodes(graph, standing, state) {
  if (state.base === "home") return openingNodes(graph, standing);
  if (state.base === "all") return allNodes(graph, standing);
  if (state.base === "path") return pathOf(graph, standing, state);
  return [];
}

/** The nodes of the shortest path between the two that the state names; the two alone if there is none. */
export function pathOf(graph, standing, state) {
  const [from, to] = state.path.map((id) => graph.nodeById.get(id));
  return shortestPath(graph, standing.edges, from, to) ?? [...new Set([from, to])];
}

// A node stands if an edge of it does.
function nodeStands(graph, standing, node) {
  const edges = edgesAt(graph, node);
  if (edges.length) return edges.some((edge) => standing.edges[edge]);
  return standing.loose && !standing.hiddenTypes.has(graph.nodes.type[node]);
}

function openingNodes(graph, standing) {
  return graph.opening.nodes.map((node) => node.id).filter((node) => nodeStands(graph, standing, node));
}

function allNodes(graph, standing) {
  const list = [];
  for (let node = 0; node < graph.nodeCount; node += 1) if (nodeStands(graph, standing, node)) list.push(node);
  return list;
}

/** The neighbours of a node, those with most evidence first. */
export function neighbours(graph, standing, node) {
  const support = new Map();
  for (const edge of edgesAt(graph, node)) {
    if (!standing.edges[edge]) continue;
    const other = otherEnd(graph, edge, node);
    if (other !== node) support.set(other, (support.get(other) ?? 0) + standing.support[edge]);
  }
  const { degree } = graph.nodes;
  return [...support.keys()].sort((a, b) => support.get(b) - support.get(a) || degree[b] - degree[a] || a - b);
}

// On a path only the steps are drawn, so that the way can be read.
function bundlesAmong(graph, standing, state, nodes, shown) {
  const onPath = state.base === "path" && !state.centers.length ? stepsOf(nodes) : null;
  const bundles = new Map();
  for (const node of nodes) {
    for (const edge of edgesAt(graph, node)) {
      const other = otherEnd(graph, edge, node);
      if (other < node || !standing.edges[edge] || !shown.has(other)) continue;
      const key = `${node}-${other}`;
      if (onPath && !onPath.has(key)) continue;
      if (!bundles.has(key)) bundles.set(key, { key, a: node, b: other, edges: [] });
      bundles.get(key).edges.push(edge);
    }
  }
  for (const bundle of bundles.values()) {
    bundle.edges.sort((x, y) => standing.support[y] - standing.support[x] || x - y);
  }
  return [...bundles.values()];
}

function stepsOf(nodes) {
  const keys = new Set();
  for (let step = 1; step < nodes.length; step += 1) keys.add(bundleKey(nodes[step - 1], nodes[step]));
  return keys;
}

/** The key of the bundle between two nodes, whichever comes first. */
export function bundleKey(a, b) {
  return a < b ? `${a}-${b}` : `${b}-${a}`;
}

/** How many neighbours of each node are not in the scene. */
export function hiddenNeighbours(graph, standing, scene, node) {
  const others = new Set();
  for (const edge of edgesAt(graph, node)) {
    if (!standing.edges[edge]) continue;
    const other = otherEnd(graph, edge, node);
    if (!scene.shown.has(other)) others.add(other);
  }
  return others.size;
}

// The shortest way between two entities over the edges that stand, whichever way they point.

import { edgesAt, otherEnd } from "./data.js";

/** The nodes from `from` to `to`, or null if nothing connects them. Equal ways: the one over better-connected nodes. */
export function shortestPath(graph, standing, from, to) {
  if (from === to) return [from];
  const cameFrom = new Map([[from, -1]]);
  let ring = [from];
  while (ring.length) {
    const next = [];
    for (const node of ring) {
      for (const edge of edgesAt(graph, node)) {
        if (!standing[edge]) continue;
        const other = otherEnd(graph, edge, node);
        if (cameFrom.has(other)) continue;
        cameFrom.set(other, node);
        if (other === to) return walkBack(cameFrom, to);
        next.push(other);
      }
    }
    ring = next.sort((a, b) => graph.nodes.degree[b] - graph.nodes.degree[a] || a - b);
  }
  return null;
}

function walkBack(cameFrom, to) {
  const nodes = [];
  for (let node = to; node !== -1; node = cameFrom.get(node)) nodes.unshift(node);
  return nodes;
}

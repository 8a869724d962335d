// How a node or an edge of the scene looks, in the terms of vis-network, from the page's own colours.

import { relationName } from "./language.js";
import { bundleKey } from "./scene.js";

// In half-width units: 15 Chinese characters or 30 Latin ones.
const LONGEST_LABEL = 30;
const ALWAYS_NAMED = 10;
const COMMUNITY_COLORS = [
  "#4e79a7", "#f28e2b", "#59a14f", "#e15759", "#76b7b2", "#edc948",
  "#b07aa1", "#ff9da7", "#9c755f", "#5fa2ce", "#a3acb9", "#c85200",
];
// Controls, and marks that change the direction of writing: a canvas has no way to isolate them. Joiners stay, for emoji.
const UNDRAWABLE = /[\p{Cc}\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/gu;

/** The colours of the page as the style sheet gives them, in the light or the dark. */
export function readTheme() {
  const style = getComputedStyle(document.documentElement);
  const read = (name) => style.getPropertyValue(name).trim();
  return {
    paper: read("--canvas"),
    ink: read("--ink"),
    muted: read("--muted"),
    line: read("--line-strong"),
    accent: read("--accent"),
    font: getComputedStyle(document.body).fontFamily,
  };
}

/** A name as the picture writes it: one line, and not too long. */
export function shortLabel(text) {
  const characters = [...text.slice(0, 400).replace(UNDRAWABLE, " ").replace(/\s+/gu, " ").trim()];
  if (!characters.length) return "∅";
  let width = 0;
  const end = characters.findIndex((character) => (width += unitsOf(character)) > LONGEST_LABEL);
  return end < 0 ? characters.join("") : `${characters.slice(0, end - 1).join("")}…`;
}

function unitsOf(character) {
  return character.codePointAt(0) > 0x2e7f ? 2 : 1;
}

/** The radius grows with the number of edges, slowly, so that a hub does not hide its neighbours. */
export function radius(graph, node) {
  return Math.min(24, 6 + 2.6 * Math.log2(1 + graph.nodes.degree[node]));
}

export function nodeColor(graph, node, by) {
  if (by === "community") return COMMUNITY_COLORS[graph.nodes.community[node] % COMMUNITY_COLORS.length];
  return graph.types[graph.nodes.type[node]].color;
}

/** Width and height that a node takes with its label, in the units of the picture. */
export function boxOf(graph, node) {
  const label = shortLabel(graph.nodes.label[node]);
  const width = [...label].reduce((sum, character) => sum + unitsOf(character) * 7, 0);
  const size = radius(graph, node) * 2;
  return { width: Math.max(size, width) + 16, height: size + 30 };
}

/** What is picked out: everything else is drawn faintly. Null if nothing is selected. */
export function emphasis(graph, scene, state) {
  if (state.node) {
    const node = graph.nodeById.get(state.node);
    const bundles = scene.bundles.filter((bundle) => bundle.a === node || bundle.b === node);
    return { nodes: new Set([node, ...bundles.flatMap(({ a, b }) => [a, b])]), keys: new Set(bundles.map((b) => b.key)) };
  }
  const ends = selectedPair(graph, state);
  return ends && { nodes: new Set(ends), keys: new Set([bundleKey(...ends)]) };
}

/** The two nodes of the selected edge or bundle, or null. */
export function selectedPair(graph, state) {
  if (state.pair.length) return state.pair.map((id) => graph.nodeById.get(id));
  if (!state.edge) return null;
  const edge = graph.edgeById.get(state.edge);
  return [graph.edges.from[edge], graph.edges.to[edge]];
}

export function nodeLook(graph, node, { theme, state, emphasised, enlarge, place }) {
  const id = graph.nodes.id[node];
  const color = nodeColor(graph, node, state.color);
  const faint = emphasised !== null && !emphasised.nodes.has(node);
  const picked = state.node === id || state.path.includes(id) || state.pair.includes(id);
  return {
    id: node,
    x: place.x,
    y: place.y,
    size: radius(graph, node) * enlarge,
    opacity: faint ? 0.22 : 1,
    borderWidth: picked ? 4 : 1.5 * enlarge,
    color: { background: color, border: picked ? theme.ink : theme.paper },
  };
}

/** The names and relations to be written, the most important first: see labels.js. */
export function labelsOf(graph, scene, places, context) {
  const { theme, state, emphasised, badges, enlarge } = context;
  const size = (node) => radius(graph, node) * enlarge;
  const first = new Set([state.node, ...state.pair, ...state.path, ...state.centers].map((id) => graph.nodeById.get(id)));
  const faint = (node) => emphasised !== null && !emphasised.nodes.has(node);
  const rank = (node) => (first.has(node) ? 2e9 : faint(node) ? 0 : 1e9) + graph.nodes.degree[node];
  const beside = besideFan(graph, scene, places, state);
  const nodes = scene.nodes.filter((node) => !faint(node) || !beside(node)).sort((a, b) => rank(b) - rank(a) || a - b);
  const names = nodes.map((node, index) => ({
    text: shortLabel(graph.nodes.label[node]),
    x: places.get(node).x,
    y: places.get(node).y,
    radius: size(node),
    color: faint(node) ? withAlpha(theme.muted, 0.55) : theme.ink,
    strong: first.has(node),
    must: first.has(node) || (index < ALWAYS_NAMED && !faint(node)),
  }));
  const discs = scene.nodes.map((node) => ({ ...places.get(node), radius: size(node) }));
  return {
    names,
    discs,
    relations: relationLabels(graph, scene, places, context),
    badges: [...badges].map(([node, count]) => ({ text: `+${count}`, ...places.get(node), radius: size(node) })),
  };
}

// Whether a node stands where the lines of the open bundle fan out, whose relations its name would cover.
function besideFan(graph, scene, places, state) {
  const pair = selectedPair(graph, state);
  const bundle = pair && scene.bundles.find(({ key }) => key === bundleKey(...pair));
  if (!bundle || bundle.edges.length < 2) return () => false;
  const [a, b] = [places.get(bundle.a), places.get(bundle.b)];
  const reach = Math.hypot(a.x - b.x, a.y - b.y) / 2;
  return (node) => Math.hypot(places.get(node).x - (a.x + b.x) / 2, places.get(node).y - (a.y + b.y) / 2) < reach;
}

function relationLabels(graph, scene, places, { theme, state, emphasised }) {
  const open = selectedPair(graph, state);
  const openKey = open ? bundleKey(...open) : "";
  return scene.bundles
    .filter(({ a, b }) => a !== b)
    .filter(({ key }) => !emphasised || emphasised.keys.has(key))
    .filter(({ key, edges }) => key !== openKey || edges.length === 1)
    .map((bundle) => {
      const from = places.get(bundle.a);
      const to = places.get(bundle.b);
      return {
        text: bundleLabel(graph, bundle),
        ax: from.x, ay: from.y, bx: to.x, by: to.y,
        color: bundle.key === openKey ? theme.accent : theme.muted,
      };
    });
}

/** The relation with most evidence, and how many more there are. */
function bundleLabel(graph, { edges: [edge, ...rest] }) {
  const strongest = shortLabel(relationName(graph.relations[graph.edges.relation[edge]].name));
  return rest.length ? `${strongest} +${rest.length}` : strongest;
}

/** The edges that a bundle is drawn as: one line, or a fan of curves when it is open. */
export function bundleLooks(graph, bundle, context) {
  const open = bundle.edges.length > 1 && bundle.key === context.openKey;
  if (!open) return [closedLook(graph, bundle, context)];
  return bundle.edges.map((edge, index) => fanLook(graph, bundle, edge, index, context));
}

function closedLook(graph, bundle, context) {
  const { from, to, relation } = graph.edges;
  const directed = bundle.edges.filter((each) => !graph.relations[relation[each]].symmetric);
  return {
    ...lineLook(graph, bundle.edges, context, bundle.key),
    id: `b${bundle.key}`,
    from: bundle.a,
    to: bundle.b,
    arrows: {
      to: { enabled: directed.some((each) => to[each] === bundle.b), scaleFactor: 0.55 },
      from: { enabled: directed.some((each) => from[each] === bundle.b && bundle.a !== bundle.b), scaleFactor: 0.55 },
    },
    smooth: { enabled: false },
  };
}

function fanLook(graph, bundle, edge, index, context) {
  const { from, to, relation } = graph.edges;
  const { name, symmetric } = graph.relations[relation[edge]];
  const side = (index - (bundle.edges.length - 1) / 2) * (from[edge] === bundle.a ? 1 : -1);
  const spread = Math.min(0.34, 1.5 / bundle.edges.length);
  return {
    ...lineLook(graph, [edge], context, bundle.key),
    id: `e${edge}`,
    from: from[edge],
    to: to[edge],
    label: shortLabel(relationName(name)),
    arrows: { to: { enabled: !symmetric, scaleFactor: 0.55 }, from: { enabled: false } },
    smooth: { enabled: side !== 0, type: side < 0 ? "curvedCCW" : "curvedCW", roundness: Math.abs(side) * spread },
  };
}

function lineLook(graph, edges, { theme, state, emphasised, standing, enlarge }, key) {
  const faint = emphasised !== null && !emphasised.keys.has(key);
  const picked = edges.some((edge) => graph.edges.id[edge] === state.edge) || (state.pair.length > 0 && !faint);
  const support = edges.reduce((sum, edge) => sum + standing.support[edge], 0);
  const own = edges.length === 1 ? graph.relations[graph.edges.relation[edges[0]]].color : theme.line;
  const hedged = edges.every((edge) => graph.certainties[graph.edges.certainty[edge]] !== "asserted");
  return {
    width: (Math.min(6, 1.3 + 0.8 * Math.log2(support || 1)) + (picked ? 1.5 : 0)) * enlarge,
    dashes: hedged ? [7, 6] : false,
    color: { color: picked ? theme.accent : own, opacity: faint ? 0.12 : 0.85 },
    font: {
      color: faint ? withAlpha(theme.muted, 0.2) : picked ? theme.accent : theme.muted,
      face: theme.font,
      size: 12 * enlarge,
      strokeColor: theme.paper,
      strokeWidth: 4,
    },
  };
}

function withAlpha(color, alpha) {
  const digits = Math.round(alpha * 255).toString(16).padStart(2, "0");
  return /^#[0-9a-f]{6}$/i.test(color) ? color + digits : color;
}

// The picture: vis-network drawing the scene, or the overview beneath it when the scene is too big for that.

/* global vis */
import { writeLabels } from "./labels.js";
import {
  boxOf, bundleLooks, emphasis, labelsOf, nodeColor, nodeLook, radius, readTheme, selectedPair, shortLabel,
} from "./look.js";
import { makeOverview } from "./overview.js";
import { placeChain, placeStep, untangle } from "./layout.js";
import { bundleKey } from "./scene.js";

const MOST_NODES = 450;
const MOST_BUNDLES = 1200;
const MOST_ZOOM = 1.25;
// Of the window's width, what a label at the edge of the picture may claim for itself; a longer one finds room inwards.
const LABEL_SHARE = 0.1;

/** True if the scene is painted as an overview rather than drawn node by node. */
export function isBig(scene) {
  return scene.nodes.length > MOST_NODES || scene.bundles.length > MOST_BUNDLES;
}

/**
 * Makes the picture in `container`. `handlers` are told of what the reader points at: onNode(node), onEdges(edges),
 * onNothing(), onHover({ node | edges, x, y } | null).
 */
export function makePicture(container, graph, handlers) {
  const nodes = new vis.DataSet();
  const edges = new vis.DataSet();
  const network = new vis.Network(container, { nodes, edges }, graph.opening.options);
  const overview = makeOverviewOf(network);
  const picture = {
    container, graph, handlers, network, overview, nodes, edges,
    places: new Map(), bundles: new Map(), theme: readTheme(), drawn: "", labels: null,
  };
  network.on("afterDrawing", (context) => {
    if (overview.isShown()) return;
    if (picture.labels) writeLabels(context, picture.theme, picture.labels());
  });
  listen(picture);
  return picture;
}

function makeOverviewOf(network) {
  const overview = makeOverview(() => network.redraw());
  network.on("beforeDrawing", (context) => overview.paint(context));
  return overview;
}

/** Draws a scene. The view is fitted when other nodes are shown than before; a mere selection leaves it as it is. */
export function drawScene(picture, scene, state, standing, badges) {
  const { graph } = picture;
  picture.theme = readTheme();
  const key = `${state.base}|${scene.nodes.join()}`;
  const big = isBig(scene);
  if (big) drawOverview(picture, scene, state);
  else drawNodes(picture, scene, state, standing, badges);
  if (key !== picture.drawn) fitScene(picture, scene, big, picture.drawn !== "");
  else if (state.node && scene.shown.has(graph.nodeById.get(state.node))) reveal(picture, graph.nodeById.get(state.node));
  picture.drawn = key;
  picture.network.redraw();
}

function drawNodes(picture, scene, state, standing, badges) {
  const { graph, theme } = picture;
  picture.overview.show(null);
  // vis-network draws while its data change; labels of the scene before must not be written then.
  picture.labels = null;
  placeScene(picture, scene, state);
  const pair = selectedPair(graph, state);
  const emphasised = emphasis(graph, scene, state);
  const enlarge = enlargement(picture, scene);
  const context = { theme, state, standing, emphasised, badges, enlarge, openKey: pair ? bundleKey(...pair) : "" };
  replaceAll(picture.nodes, scene.nodes.map((node) => (
    nodeLook(graph, node, { ...context, place: picture.places.get(node) })
  )));
  picture.bundles = new Map(scene.bundles.map((bundle) => [`b${bundle.key}`, bundle]));
  replaceAll(picture.edges, scene.bundles.flatMap((bundle) => bundleLooks(graph, bundle, context)));
  picture.labels = () => labelsOf(graph, scene, picture.places, context);
}

function replaceAll(set, items) {
  const wanted = new Set(items.map((item) => item.id));
  set.remove(set.getIds().filter((id) => !wanted.has(id)));
  set.update(items);
}

// Places stay while a scene grows or shrinks, and are forgotten when it begins anew.
function placeScene(picture, scene, state) {
  const { graph } = picture;
  const origin = [state.base, state.base === "path" ? state.path : "", state.base === "ego" ? state.centers[0] : ""].join("|");
  if (origin !== picture.origin) picture.places = new Map();
  picture.origin = origin;
  for (const node of [...picture.places.keys()]) if (!scene.shown.has(node)) picture.places.delete(node);
  const boxes = (node) => boxOf(graph, node);
  const links = scene.bundles.map((bundle) => [bundle.a, bundle.b]);
  const [base, ...expanded] = scene.steps;
  if (state.base === "path") placePath(picture, base.nodes, boxes);
  else if (state.base === "home") placeKnown(picture, base.nodes, boxes, links, openingPlaces(graph));
  else if (state.base === "all") placeKnown(picture, base.nodes, boxes, links, knownPlaces(graph));
  for (const step of expanded) placeStep(step, boxes, links, picture.places);
}

function placePath(picture, nodes, boxes) {
  const { clientWidth, clientHeight } = picture.container;
  if (nodes.some((node) => !picture.places.has(node))) placeChain(nodes, boxes, clientHeight > clientWidth, picture.places);
}

function placeKnown(picture, nodes, boxes, links, known) {
  if (nodes.every((node) => picture.places.has(node))) return;
  for (const node of nodes) picture.places.set(node, known(node));
  const { clientWidth, clientHeight } = picture.container;
  untangle(nodes, boxes, links, picture.places, clientWidth / clientHeight);
}

function openingPlaces(graph) {
  const places = new Map(graph.opening.nodes.map(({ id, x, y }) => [id, { x, y }]));
  return (node) => ({ ...places.get(node) });
}

function knownPlaces(graph) {
  return (node) => ({ x: graph.nodes.x[node], y: graph.nodes.y[node] });
}

function drawOverview(picture, scene, state) {
  const { graph, theme } = picture;
  picture.nodes.clear();
  picture.edges.clear();
  const { degree, x, y } = graph.nodes;
  const picked = state.node ? graph.nodeById.get(state.node) : null;
  const lines = scene.bundles.map((bundle) => [bundle.a, bundle.b]);
  const shrink = dotScale(graph, scene);
  picture.overview.show({
    theme, x, y, lines, picked,
    nodes: [...scene.nodes].sort((a, b) => degree[b] - degree[a] || a - b),
    pickedLines: picked === null ? [] : lines.filter((line) => line.includes(picked)),
    color: (node) => nodeColor(graph, node, state.color),
    radius: (node) => radius(graph, node) * shrink,
    label: (node) => shortLabel(graph.nodes.label[node]),
  });
}

// Dots together cover at most a sixth of the ground, or a dense graph would be one stain.
function dotScale(graph, scene) {
  const { left, right, top, bottom } = overviewBounds(graph, scene);
  const covered = scene.nodes.reduce((sum, node) => sum + Math.PI * radius(graph, node) ** 2, 0);
  return Math.min(1, Math.sqrt(((right - left) * (bottom - top)) / 6 / covered));
}

/** Moves the camera so that all that is drawn is seen, labels included. */
export function fitScene(picture, scene, big, glide) {
  if (!scene.nodes.length) return;
  const boundsAt = (scale) => (big ? overviewBounds(picture.graph, scene) : drawnBounds(picture, scene, scale));
  const scale = largestScale(picture, boundsAt);
  const bounds = boundsAt(scale);
  const position = { x: (bounds.left + bounds.right) / 2, y: (bounds.top + bounds.bottom) / 2 };
  moveCamera(picture, { position, scale }, glide && !big);
}

// A scene that has to be shrunk to fit is drawn with bigger dots and lines, or they would fade.
function enlargement(picture, scene) {
  const scale = largestScale(picture, (tried) => drawnBounds(picture, scene, tried));
  return Math.min(1.8, Math.max(1, 0.8 / scale));
}

// Labels keep their size while the picture shrinks, so what fits is found by halving.
function largestScale({ container }, boundsAt) {
  let [fits, breaks] = [0.002, 2 * MOST_ZOOM];
  for (let round = 0; round < 14; round += 1) {
    const scale = Math.sqrt(fits * breaks);
    const { left, right, top, bottom } = boundsAt(scale);
    const inside = (right - left) * scale < container.clientWidth - 30 && (bottom - top) * scale < container.clientHeight - 30;
    if (inside) fits = scale;
    else breaks = scale;
  }
  return Math.min(fits, MOST_ZOOM);
}

function moveCamera({ network }, camera, glide) {
  // The canvas may still have the size from before the panel opened.
  network.setSize("100%", "100%");
  const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  network.moveTo({ ...camera, animation: glide && !still ? { duration: 260, easingFunction: "easeOutQuad" } : false });
}

// A node that was picked in the panel or in the table may lie outside the window.
function reveal(picture, node) {
  const { x, y } = placeOf(picture, node);
  const at = picture.network.canvasToDOM({ x, y });
  const { clientWidth, clientHeight } = picture.container;
  if (at.x < 20 || at.y < 20 || at.x > clientWidth - 20 || at.y > clientHeight - 20) {
    moveCamera(picture, { position: { x, y }, scale: picture.network.getScale() }, true);
  }
}

function placeOf({ overview, graph, places }, node) {
  return overview.isShown() ? { x: graph.nodes.x[node], y: graph.nodes.y[node] } : places.get(node);
}

function drawnBounds({ container, graph, places }, scene, scale) {
  const widest = container.clientWidth * LABEL_SHARE;
  const bounds = { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity };
  for (const node of scene.nodes) {
    const { x, y } = places.get(node);
    const size = radius(graph, node);
    const half = Math.max(size, Math.min(widest, boxOf(graph, node).width / 2) / scale);
    bounds.left = Math.min(bounds.left, x - half);
    bounds.right = Math.max(bounds.right, x + half);
    bounds.top = Math.min(bounds.top, y - size);
    bounds.bottom = Math.max(bounds.bottom, y + size + 22 / scale);
  }
  return bounds;
}

// A few far-flung nodes must not shrink the rest to a dot: the outermost thousandth on each side may be off screen.
function overviewBounds(graph, scene) {
  const within = (values) => {
    const sorted = Float64Array.from(scene.nodes, (node) => values[node]).sort();
    const cut = Math.floor(sorted.length * 0.001);
    return [sorted[cut], sorted[sorted.length - 1 - cut]];
  };
  const [left, right] = within(graph.nodes.x);
  const [top, bottom] = within(graph.nodes.y);
  return { left, right, top, bottom };
}

function listen(picture) {
  const { network, handlers, container } = picture;
  network.on("click", ({ pointer }) => {
    const found = whatIsAt(picture, pointer.DOM);
    if (!found) handlers.onNothing();
    else if (found.node !== undefined) handlers.onNode(found.node);
    else handlers.onEdges(found.edges);
  });
  let asked = 0;
  container.addEventListener("pointermove", (event) => {
    cancelAnimationFrame(asked);
    if (event.pointerType === "touch" || event.buttons) return;
    asked = requestAnimationFrame(() => {
      const box = container.getBoundingClientRect();
      const at = { x: event.clientX - box.left, y: event.clientY - box.top };
      const found = whatIsAt(picture, at);
      container.classList.toggle("pointing", found !== null);
      handlers.onHover(found && { ...found, ...at });
    });
  });
  container.addEventListener("pointerleave", () => handlers.onHover(null));
  network.on("dragStart", () => handlers.onHover(null));
  network.on("zoom", () => handlers.onHover(null));
  network.on("dragEnd", ({ nodes }) => keepDragged(picture, nodes));
}

function keepDragged(picture, dragged) {
  const moved = picture.network.getPositions(dragged);
  for (const node of dragged) picture.places.set(node, moved[node]);
}

function whatIsAt(picture, at) {
  const { network, overview } = picture;
  if (overview.isShown()) {
    const { x, y } = network.DOMtoCanvas(at);
    const node = overview.nodeAt(x, y, 10 / network.getScale());
    return node === null ? null : { node };
  }
  const node = network.getNodeAt(at);
  if (node !== undefined) return { node };
  const edge = network.getEdgeAt(at);
  if (edge === undefined) return null;
  return { edges: picture.bundles.get(edge)?.edges ?? [Number(edge.slice(1))] };
}

/** Where a node, or the middle of a bundle, is on the screen: for scripts that drive the page. */
export function pointOf(picture, a, b = a) {
  const box = picture.container.getBoundingClientRect();
  const from = placeOf(picture, a);
  const to = placeOf(picture, b);
  if (!from || !to) return null;
  const { x, y } = picture.network.canvasToDOM({ x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 });
  return { x: box.left + x, y: box.top + y };
}

/** The picture on its own paper as a PNG. Resolves to a Blob. */
export function pictureAsPng(picture) {
  const source = picture.container.querySelector("canvas");
  const sheet = document.createElement("canvas");
  sheet.width = source.width;
  sheet.height = source.height;
  const context = sheet.getContext("2d");
  context.fillStyle = picture.theme.paper;
  context.fillRect(0, 0, sheet.width, sheet.height);
  context.drawImage(source, 0, 0);
  return new Promise((resolve) => {
    sheet.toBlob(resolve, "image/png");
  });
}

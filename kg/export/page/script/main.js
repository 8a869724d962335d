// Starts the page and keeps what is drawn in step with the state.

import * as actions from "./actions.js";
import { drawCorrections, makeCorrections } from "./corrections.js";
import { makeEvidence, makeGraph, takeBlock } from "./data.js";
import { byId, keepFocus } from "./dom.js";
import { drawFrame, drawHover, wireFrame } from "./frame.js";
import { applyFilters } from "./filters.js";
import { preferredLanguage, setLanguage, translatePage, useMessages } from "./language.js";
import { buildLegend, updateLegend } from "./legend.js";
import { makeIndex } from "./match.js";
import { drawPanel } from "./panel.js";
import { drawScene, fitScene, isBig, makePicture, pointOf } from "./picture.js";
import { hiddenNeighbours, makeScene } from "./scene.js";
import { decode, encode } from "./state.js";
import { drawTable } from "./table.js";

function start() {
  useMessages(takeBlock("messages"));
  setLanguage(preferredLanguage(new URLSearchParams(location.search).get("lang") ?? ""), false);
  const graph = makeGraph(takeBlock("graph"));
  const app = { graph, evidence: makeEvidence(graph), state: decode(location.hash, graph), act: {} };
  app.corrections = makeCorrections();
  let names = null;
  app.getIndex = () => (names ??= makeIndex(graph));
  app.act = actsOf(app);
  app.picture = makePicture(byId("network"), graph, {
    onNode: (node) => app.act.visit(node),
    onEdges: (edges) => go(app, actions.openEdges(app, edges)),
    onNothing: () => app.act.clear(),
    onHover: (found) => drawHover(app, found),
  });
  wireFrame(app);
  translate(app);
  listen(app);
  render(app);
  exposeForScripts(app);
  document.body.dataset.ready = "true";
}

// What the parts of the page may ask for. Every one ends in a new state, so every one can be undone with "back".
function actsOf(app) {
  return {
    visit: (node) => go(app, actions.visit(app, node)),
    focus: (node) => go(app, actions.focusOn(app, node)),
    openEdge: (edge) => go(app, actions.openEdge(app, edge)),
    path: (from, to) => go(app, actions.showPath(app, from, to)),
    base: (base) => go(app, actions.showBase(app, base)),
    backTo: (count) => go(app, actions.backTo(app, count)),
    clear: () => go(app, { ...app.state, node: "", edge: "", pair: [] }),
    filter: (patch, how) => go(app, { ...app.state, filters: { ...app.state.filters, ...patch } }, how),
    sort: (sort) => go(app, { ...app.state, sort }),
    table: (table) => go(app, { ...app.state, table }),
    color: (color) => go(app, { ...app.state, color }),
    limit: (limit) => go(app, { ...app.state, limit }),
    language: (language) => {
      setLanguage(language, true);
      translate(app);
      render(app);
    },
    redraw: () => render(app),
    fit: () => fitScene(app.picture, app.scene, isBig(app.scene), true),
  };
}

function translate(app) {
  translatePage();
  buildLegend(app);
}

// Moving to a state writes the address; "back" brings the address and with it the state.
function go(app, state, how = "push") {
  const hash = encode(state, app.graph);
  if (hash === encode(app.state, app.graph)) return;
  app.state = state;
  const address = `#${hash}`;
  if (how === "push") history.pushState(null, "", address);
  else history.replaceState(null, "", address);
  render(app);
}

function listen(app) {
  window.addEventListener("popstate", () => {
    app.state = decode(location.hash, app.graph);
    render(app);
  });
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => render(app));
}

/** Draws everything from the state. What depends on the filters or on the scene alone is kept while they stay. */
function render(app) {
  const { graph, state } = app;
  const filterKey = encode({ ...decode("", graph), filters: state.filters }, graph);
  if (filterKey !== app.filterKey) app.standing = applyFilters(graph, state.filters);
  const sceneKey = [filterKey, state.base, state.limit, state.path.join("\n"), state.centers.join("\n")].join("\r");
  if (sceneKey !== app.sceneKey) {
    app.scene = makeScene(graph, app.standing, state);
    app.badges = badgesOf(app);
  }
  app.filterKey = filterKey;
  app.sceneKey = sceneKey;
  keepFocus(() => draw(app), byId("panel-body"));
}

function draw(app) {
  drawFrame(app);
  updateLegend(app);
  drawPanel(app);
  drawCorrections(app);
  if (app.state.table) drawTable(app);
  else drawScene(app.picture, app.scene, app.state, app.standing, app.badges);
}

function badgesOf({ graph, standing, scene }) {
  if (isBig(scene)) return new Map();
  const counts = scene.nodes.map((node) => [node, hiddenNeighbours(graph, standing, scene, node)]);
  return new Map(counts.filter(([, count]) => count > 0));
}

// For whoever drives the page from outside: where things are on the screen, and what is shown.
function exposeForScripts(app) {
  const { graph } = app;
  const node = (id) => graph.nodeById.get(id);
  window.explorer = {
    pointOfNode: (id) => pointOf(app.picture, node(id)),
    pointBetween: (a, b) => pointOf(app.picture, node(a), node(b)),
    shown: () => app.scene.nodes.map((each) => graph.nodes.id[each]),
    edgesShown: () => app.scene.bundles.flatMap((bundle) => bundle.edges.map((edge) => graph.edges.id[edge])),
    linesDrawn: () => app.picture.edges.length,
    isSharp: () => !app.picture.overview.isShown() || app.picture.overview.isSharp(),
  };
}

start();

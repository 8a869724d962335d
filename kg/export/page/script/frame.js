// What stands around the picture: search, breadcrumb, switches, downloads, path finder, the note under the pointer.

import { saveCsv, saveJson, savePng } from "./download.js";
import { byId, el, nameOf } from "./dom.js";
import { language, number, relationName, t, typeName } from "./language.js";
import { makeSearchBox } from "./searchbox.js";
import { NEIGHBOURS } from "./state.js";

/** Connects the fixed parts of the page with the acts. */
export function wireFrame(app) {
  wireSearch(app);
  const press = (id, act) => {
    byId(id).addEventListener("click", act);
  };
  press("home", () => app.act.base("home"));
  press("whole", () => app.act.base("all"));
  press("fit", () => app.act.fit());
  press("as-picture", () => app.act.table(false));
  press("as-table", () => app.act.table(true));
  press("skip", () => {
    app.act.table(true);
    byId("table-scroll").focus();
  });
  press("language", () => app.act.language(language() === "zh" ? "en" : "zh"));
  press("panel-close", () => app.act.clear());
  press("save-csv", () => saveCsv(app));
  press("save-json", () => saveJson(app));
  press("save-png", () => savePng(app));
  press("filters-open", () => document.body.classList.toggle("filters-shown"));
  press("filters-close", () => document.body.classList.remove("filters-shown"));
  for (const by of ["type", "community"]) byId(`color-${by}`).addEventListener("change", () => app.act.color(by));
  wireDownloads();
  wireKeys(app);
}

// The menu closes after a choice and when one looks elsewhere.
function wireDownloads() {
  const menu = byId("downloads");
  document.addEventListener("click", (event) => {
    if (!menu.contains(event.target) || event.target.closest("button")) menu.open = false;
  });
}

function wireSearch(app) {
  const { graph, getIndex } = app;
  makeSearchBox(byId("search"), byId("search-list"), { graph, getIndex, onPick: (node) => {
    document.body.classList.remove("filters-shown");
    app.act.focus(node);
  } });
  const ends = [null, null];
  const boxes = ["from", "to"].map((name, position) => makeSearchBox(byId(`path-${name}`), byId(`path-${name}-list`), {
    graph, getIndex, keepText: true, onPick: (node) => pick(position, node),
  }));
  const pick = (position, node) => {
    ends[position] = node;
    boxes[position].show(node);
    if (ends[0] !== null && ends[1] !== null) {
      document.body.classList.remove("filters-shown");
      app.act.path(...ends);
    } else {
      document.body.classList.add("filters-shown");
      byId(position === 0 ? "path-to" : "path-from").focus();
    }
  };
  app.act.pickPathEnd = pick;
  app.showPathEnds = (nodes) => nodes.forEach((node, position) => {
    ends[position] = node;
    boxes[position].show(node);
  });
}

function wireKeys(app) {
  document.addEventListener("keydown", (event) => {
    const typing = event.target.matches("input, select, textarea");
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      byId("search").focus();
    } else if (event.key === "Escape" && !typing) {
      document.body.classList.remove("filters-shown");
      app.act.clear();
    }
  });
}

/** Draws the breadcrumb, the counts and the switches from the state. */
export function drawFrame(app) {
  const { state, graph, scene } = app;
  document.title = titleOf(app);
  drawCrumbs(app);
  drawStatus(app);
  byId("picture-view").hidden = state.table;
  byId("table-view").hidden = !state.table;
  byId("as-picture").setAttribute("aria-pressed", String(!state.table));
  byId("as-table").setAttribute("aria-pressed", String(state.table));
  byId("whole").setAttribute("aria-pressed", String(state.base === "all"));
  byId("save-png").disabled = state.table;
  byId(`color-${state.color}`).checked = true;
  byId("types").classList.toggle("uncoloured", state.color !== "type");
  byId("network").setAttribute("aria-label", t("picture.label", { entities: scene.nodes.length }));
  if (state.base === "path") app.showPathEnds(state.path.map((id) => graph.nodeById.get(id)));
}

function titleOf({ graph, state }) {
  const node = state.node ? graph.nodeById.get(state.node) : undefined;
  return node === undefined ? graph.title : `${graph.nodes.label[node].slice(0, 60)} – ${graph.title}`;
}

function drawCrumbs(app) {
  const { state, graph } = app;
  const labelOf = (id) => nameOf(graph.nodes.label[graph.nodeById.get(id)]);
  const [from, to] = state.path.map(labelOf);
  const base = { home: [t("home")], all: [t("whole")], path: [t("path"), ": ", from, " ⇢ ", to], ego: null }[state.base];
  const crumbs = [];
  if (state.base !== "home") crumbs.push({ label: [t("home")], go: () => app.act.base("home") });
  if (base) crumbs.push({ label: base, go: () => app.act.backTo(0) });
  state.centers.forEach((id, index) => crumbs.push({ label: [labelOf(id)], go: () => app.act.backTo(index + 1) }));
  byId("crumbs").replaceChildren(...crumbs.map(({ label, go }, index) => {
    const last = index === crumbs.length - 1;
    const button = { type: "button", "data-key": `crumb ${index}`, "aria-current": last ? "location" : null, onclick: go };
    return el("li", {}, el("button", button, ...label));
  }));
}

function drawStatus(app) {
  const { graph, scene, state } = app;
  const edges = scene.bundles.reduce((sum, bundle) => sum + bundle.edges.length, 0);
  const parts = [el("span", {}, t("status", {
    entities: scene.nodes.length, allEntities: graph.nodeCount, edges, allEdges: graph.edgeCount,
  }))];
  if (scene.left > 0) {
    const next = state.limit < NEIGHBOURS * 4 ? state.limit * 2 : 1_000_000;
    parts.push(el("button", { type: "button", onclick: () => app.act.limit(next) }, t("left.out", { count: scene.left })));
  }
  if (!scene.nodes.length) parts.push(el("strong", {}, t("nothing.shown")));
  byId("status").replaceChildren(...parts);
}

/** The note beside the pointer: what would be opened by a click. */
export function drawHover(app, found) {
  const note = byId("hover");
  note.hidden = found === null;
  if (found === null) return;
  note.replaceChildren(...(found.node === undefined ? edgesNote(app, found.edges) : nodeNote(app, found.node)));
  const { clientWidth, clientHeight } = byId("network");
  note.style.left = `${Math.max(0, Math.min(found.x + 14, clientWidth - note.offsetWidth - 8))}px`;
  note.style.top = `${Math.max(0, Math.min(found.y + 14, clientHeight - note.offsetHeight - 8))}px`;
}

function nodeNote({ graph, badges }, node) {
  const more = badges.get(node);
  return [
    el("strong", {}, nameOf(graph.nodes.label[node].slice(0, 80))),
    el("div", {}, `${typeName(graph.types[graph.nodes.type[node]].name)} · ${t("degree", { count: graph.nodes.degree[node] })}`),
    more ? el("div", {}, t("hover.more", { count: more })) : null,
  ].filter(Boolean);
}

function edgesNote({ graph, standing }, edges) {
  const lines = edges.slice(0, 6).map((edge) => el("div", {},
    nameOf(graph.nodes.label[graph.edges.from[edge]].slice(0, 40)), " ",
    el("strong", {}, relationName(graph.relations[graph.edges.relation[edge]].name)), " ",
    nameOf(graph.nodes.label[graph.edges.to[edge]].slice(0, 40)), ` (${number(standing.support[edge])})`));
  if (edges.length > 6) lines.push(el("div", {}, "…"));
  return lines;
}

// The panel on the right: the evidence of an edge, the statements of a node, the steps of a path, or the graph at large.

import { conflictSection } from "./conflicts.js";
import { addingForm, wrongButton } from "./corrections.js";
import { edgesAt, otherEnd, statementsOf } from "./data.js";
import { appendPaged, byId, el, nameOf, swatch } from "./dom.js";
import { certaintyName, number, relationName, t, typeName } from "./language.js";
import { nodeColor } from "./look.js";
import { namesOf } from "./match.js";
import { pathOf } from "./scene.js";

import { evidenceCard } from "./sentence.js";

const PAGE = 40;

/** Draws the panel for the state. `app.act` holds what its buttons do. */
export function drawPanel(app) {
  const { state, graph } = app;
  const panel = byId("panel-body");
  const close = byId("panel-close");
  const selected = state.edge || state.node || state.pair.length > 0;
  close.hidden = !selected;
  document.body.classList.toggle("has-selection", Boolean(selected || state.base === "path"));
  panel.replaceChildren(...contents(app, state, graph));
  panel.scrollTop = 0;
}

function contents(app, state, graph) {
  if (state.edge) return edgeContents(app, graph.edgeById.get(state.edge));
  if (state.pair.length) return pairContents(app, state.pair.map((id) => graph.nodeById.get(id)));
  if (state.node) return nodeContents(app, graph.nodeById.get(state.node));
  if (state.base === "path") return pathContents(app);
  return graphContents(app);
}

function entityButton(app, node, className = "entity") {
  return el(`button.${className}`, { type: "button", onclick: () => app.act.visit(node) },
    swatch(nodeColor(app.graph, node, app.state.color)), nameOf(app.graph.nodes.label[node]));
}

function edgeHeading(app, edge) {
  const { graph } = app;
  const { name, symmetric, color } = graph.relations[graph.edges.relation[edge]];
  return el("h2.triple", {},
    entityButton(app, graph.edges.from[edge]),
    el("span.relation", {}, swatch(color, "bar"), nameOf(relationName(name)), symmetric ? " ↔" : " →"),
    entityButton(app, graph.edges.to[edge]));
}

// The statements that stand under the filters; an edge reached by its address alone shows all of them.
function standingStatements(app, edge) {
  const all = statementsOf(app.graph, edge);
  const kept = all.filter((index) => app.standing.statement(index));
  return { shown: kept.length ? kept : all, hidden: kept.length ? all.length - kept.length : 0 };
}

function edgeContents(app, edge) {
  const { shown, hidden } = standingStatements(app, edge);
  const statements = shown.map(app.evidence).sort(byDate);
  const kinds = [...new Set(statements.map((statement) => certaintyName(statement.certainty)))];
  return [
    edgeHeading(app, edge),
    el("p.meta", {}, t("sentences", { count: statements.length }), " · ", kinds.join(" / "), ...range(statements)),
    wrongButton(app, edge, statementsOf(app.graph, edge).map(app.evidence)),
    legendOfMarks(),
    evidenceList(app, edge, statements),
    hidden ? el("p.meta", {}, t("filtered.out", { count: hidden })) : null,
  ].filter(Boolean);
}

function byDate(a, b) {
  if (a.date === b.date) return a.index - b.index;
  if (!a.date || !b.date) return a.date ? -1 : 1;
  return a.date < b.date ? -1 : 1;
}

function range(statements) {
  const dates = statements.map((statement) => statement.date).filter(Boolean).sort();
  if (!dates.length) return [];
  return [" · ", dates[0] === dates.at(-1) ? dates[0] : `${dates[0]} – ${dates.at(-1)}`];
}

function legendOfMarks() {
  const marks = ["head", "trigger", "tail"].map((role) => el(`mark.${role}`, {}, t(`mark.${role}`)));
  return el("p.marks", {}, ...marks.flatMap((mark) => [mark, " "]));
}

function evidenceList(app, edge, statements) {
  const { graph } = app;
  const ends = { head: graph.nodes.label[graph.edges.from[edge]], tail: graph.nodes.label[graph.edges.to[edge]] };
  const list = el("div.evidence-list", {});
  appendPaged(list, statements, (statement) => evidenceCard(statement, ends), PAGE, moreLabel);
  return list;
}

function moreLabel(count) {
  return t("more", { count });
}

// Parallel edges: one fold for each relation; the first is open.
function pairContents(app, [a, b]) {
  const { graph, standing } = app;
  const between = [...edgesAt(graph, a)].filter((edge) => otherEnd(graph, edge, a) === b);
  const edges = between.some((edge) => standing.edges[edge]) ? between.filter((edge) => standing.edges[edge]) : between;
  edges.sort((x, y) => standing.support[y] - standing.support[x] || x - y);
  return [
    el("h2.triple", {}, entityButton(app, a), el("span.relation", {}, "—"), entityButton(app, b)),
    el("p.meta", {}, t("relations.between", { count: edges.length })),
    legendOfMarks(),
    ...edges.map((edge, index) => edgeFold(app, edge, index === 0)),
  ];
}

// The sentences are made when the fold is first opened.
function edgeFold(app, edge, open) {
  const { graph } = app;
  const { name, color, symmetric } = graph.relations[graph.edges.relation[edge]];
  const { shown } = standingStatements(app, edge);
  const arrow = symmetric ? " ↔ " : " → ";
  const fold = el("details.fold", { open },
    el("summary", {}, swatch(color, "bar"),
      el("span.fold-title", {},
        nameOf(graph.nodes.label[graph.edges.from[edge]]), " ",
        el("b", {}, nameOf(relationName(name))), arrow,
        nameOf(graph.nodes.label[graph.edges.to[edge]])),
      el("span.count", {}, number(shown.length))));
  const fill = () => {
    if (!fold.open || fold.children.length > 1) return;
    fold.append(wrongButton(app, edge, statementsOf(graph, edge).map(app.evidence)));
    fold.append(evidenceList(app, edge, shown.map(app.evidence).sort(byDate)));
  };
  fold.addEventListener("toggle", fill);
  fill();
  return fold;
}

function nodeContents(app, node) {
  const { graph } = app;
  const aliases = namesOf(graph, node);
  return [
    el("h2.entity-title", {}, swatch(nodeColor(graph, node, app.state.color)), nameOf(graph.nodes.label[node])),
    el("p.meta", {}, typeName(graph.types[graph.nodes.type[node]].name), " · ", t("degree", { count: graph.nodes.degree[node] })),
    aliases.length ? aliasList(aliases) : null,
    el("p.tools", {},
      el("button", { type: "button", onclick: () => app.act.focus(node) }, t("focus")),
      el("button", { type: "button", onclick: () => app.act.pickPathEnd(0, node) }, t("path.from.here")),
      el("button", { type: "button", onclick: () => app.act.pickPathEnd(1, node) }, t("path.to.here"))),
    addingForm(app, node),
    ...groupsOf(app, node).map((group) => relationGroup(app, node, group)),
  ].filter(Boolean);
}

function aliasList(aliases) {
  const list = el("p.aliases", {}, el("span.label", {}, t("aliases")), " ");
  appendPaged(list, aliases, (alias) => nameOf(alias, "alias"), 20, moreLabel);
  return list;
}

// Statements by relation and direction, the largest group first.
function groupsOf(app, node) {
  const { graph, standing } = app;
  const groups = new Map();
  for (const edge of edgesAt(graph, node)) {
    if (!standing.edges[edge]) continue;
    const relation = graph.edges.relation[edge];
    const outgoing = graph.edges.from[edge] === node || graph.relations[relation].symmetric;
    const key = `${relation}${outgoing ? ">" : "<"}`;
    if (!groups.has(key)) groups.set(key, { relation, outgoing, edges: [] });
    groups.get(key).edges.push(edge);
  }
  const list = [...groups.values()];
  for (const group of list) group.edges.sort((a, b) => standing.support[b] - standing.support[a] || a - b);
  return list.sort((a, b) => b.edges.length - a.edges.length || a.relation - b.relation);
}

function relationGroup(app, node, { relation, outgoing, edges }) {
  const { graph } = app;
  const { name, color, symmetric } = graph.relations[relation];
  const direction = symmetric ? "↔ " : outgoing ? "→ " : "← ";
  const rows = el("ul.rows", {});
  appendPaged(rows, edges, (edge) => edgeRow(app, node, edge), PAGE, moreLabel);
  return el("section.group", {},
    el("h3", {}, swatch(color, "bar"), el("span", { title: t(outgoing ? "outgoing" : "incoming") }, direction),
      nameOf(relationName(name)), el("span.count", {}, number(edges.length))),
    rows);
}

function edgeRow(app, node, edge) {
  const { graph, standing } = app;
  const other = otherEnd(graph, edge, node);
  const hedged = graph.certainties[graph.edges.certainty[edge]] !== "asserted";
  return el("li", {},
    entityButton(app, other),
    hedged ? el("span.badge.hedged", {}, certaintyName("hedged")) : null,
    el("button.sentences", { type: "button", onclick: () => app.act.openEdge(edge) },
      t("sentences", { count: standing.support[edge] })));
}

function pathContents(app) {
  const { graph, standing, state } = app;
  const nodes = pathOf(graph, standing, state);
  const steps = nodes.slice(1).map((node, index) => edgesBetween(app, nodes[index], node));
  const ends = [nodes[0], nodes.at(-1)].map((node) => entityButton(app, node));
  if (steps.some((edges) => !edges.length)) {
    return [
      el("h2.triple", {}, ends[0], el("span.relation", {}, "⇢"), ends[1]),
      el("p.notice", { role: "status" }, t("path.none")),
    ];
  }
  return [
    el("h2.triple", {}, ends[0], el("span.relation", {}, "⇢"), ends[1]),
    el("p.meta", {}, t("path.steps", { count: steps.length })),
    legendOfMarks(),
    el("ol.steps", {}, ...steps.map((edges) => el("li", {}, ...edges.map((edge, index) => edgeFold(app, edge, index === 0))))),
  ];
}

function edgesBetween({ graph, standing }, a, b) {
  return [...edgesAt(graph, a)]
    .filter((edge) => standing.edges[edge] && otherEnd(graph, edge, a) === b)
    .sort((x, y) => standing.support[y] - standing.support[x] || x - y);
}

// With nothing selected: what this graph is, and where one might begin.
function graphContents(app) {
  const { graph } = app;
  const { degree } = graph.nodes;
  const best = graph.byDegree.slice(0, 12);
  const most = Math.max(1, degree[best[0]] ?? 1);
  const rows = best.map((node) => {
    const bar = el("span.bar", { "aria-hidden": "true" });
    bar.style.width = `${(degree[node] / most) * 100}%`;
    bar.style.background = nodeColor(graph, node, app.state.color);
    return el("li", {}, entityButton(app, node), el("span.track", {}, bar), el("span.count", {}, number(degree[node])));
  });
  return [
    el("h2", {}, t("about")),
    el("p.meta", {}, t("about.counts", {
      entities: graph.nodeCount,
      edges: graph.edgeCount,
      sentences: graph.statements.date.length,
      documents: graph.documents.id.length,
    })),
    el("p.hint", {}, t("about.hint")),
    rows.length ? el("h3", {}, t("best.connected")) : el("p.notice", {}, t("empty.graph")),
    el("ol.ranking", {}, ...rows),
    ...conflictSection(app),
  ];
}

// What a reader knows better: edges marked wrong or added, kept while the page is open and saved as corrections.yaml.

import { byId, el, nameOf, saveFile } from "./dom.js";
import { relationName, t } from "./language.js";

/** The list of a page: `wrong` by edge, `added` in the order of adding. */
export function makeCorrections() {
  return { wrong: new Map(), added: [] };
}

/** The button under an edge's heading that marks it wrong, or takes that back. */
export function wrongButton(app, edge, statements) {
  const { wrong } = app.corrections;
  const marked = wrong.has(edge);
  const reason = el("input.reason", { "aria-label": t("because"), placeholder: t("because"), hidden: marked });
  const button = el("button", { type: "button", "aria-pressed": String(marked), "data-key": "wrong", onclick: () => {
    if (marked) wrong.delete(edge);
    else wrong.set(edge, { because: reason.value.trim(), sentences: [...new Set(statements.map(({ quote }) => quote))] });
    app.act.redraw();
  } }, t(marked ? "wrong.undo" : "wrong.mark"));
  return el("p.tools.correcting", {}, marked ? el("strong.wrong", {}, t("wrong.marked")) : reason, button);
}

/** The fold of an entity's panel with which an edge is added. */
export function addingForm(app, node) {
  const { graph } = app;
  const choices = graph.relations.map(({ name }) => el("option", { value: name }, relationName(name)));
  const relation = el("select", { "aria-label": t("relations") }, ...choices);
  const tail = el("input", { "aria-label": t("add.tail"), placeholder: t("add.tail"), dir: "auto" });
  const reason = el("input", { "aria-label": t("because"), placeholder: t("because"), dir: "auto" });
  const told = el("span", { role: "status" });
  const add = () => {
    const found = callOf(graph, tail.value.trim());
    told.textContent = found ? "" : t("add.unknown");
    if (!found) return;
    const edge = { head: nameIn(graph, node), relation: relation.value, tail: found, because: reason.value.trim() };
    app.corrections.added.push(edge);
    app.act.redraw();
  };
  return el("details.adding", {}, el("summary", {}, t("add")),
    el("p.tools", {}, relation, tail, reason, el("button", { type: "button", onclick: add }, t("add.do")), told));
}

/** What has been added, with a way to take it back, and the button that saves all corrections. */
export function drawCorrections(app) {
  const { wrong, added } = app.corrections;
  const count = wrong.size + added.length;
  const rows = added.map((each, index) => el("li", {}, nameOf(`${each.head} ${each.relation} ${each.tail}`), " ",
    el("button", { type: "button", onclick: () => {
      added.splice(index, 1);
      app.act.redraw();
    } }, t("undo"))));
  const save = el("button", { type: "button", id: "save-corrections", onclick: () => {
    saveFile("corrections.yaml", new Blob([asYaml(app)], { type: "application/yaml" }));
  } }, t("corrections.save", { count }));
  byId("corrections").replaceChildren(...(count ? [save, el("ul", {}, ...rows), el("p.hint", {}, t("corrections.hint"))] : []));
}

// JSON strings are YAML strings, whatever is in them.
function asYaml(app) {
  const { graph, corrections: { wrong, added } } = app;
  const lines = ["# kg correct take corrections.yaml"];
  const field = (name, value) => `    ${name}: ${JSON.stringify(value)}`;
  if (wrong.size) lines.push("wrong:");
  for (const [edge, { because, sentences }] of wrong) {
    const relation = graph.relations[graph.edges.relation[edge]].name;
    lines.push(`  - head: ${JSON.stringify(nameIn(graph, graph.edges.from[edge]))}`, field("relation", relation));
    lines.push(field("tail", nameIn(graph, graph.edges.to[edge])));
    if (because) lines.push(field("because", because));
    lines.push("    sentences:", ...sentences.map((sentence) => `      - ${JSON.stringify(sentence)}`));
  }
  if (added.length) lines.push("add:");
  for (const { head, relation, tail, because } of added) {
    lines.push(`  - head: ${JSON.stringify(head)}`, field("relation", relation), field("tail", tail));
    if (because) lines.push(field("because", because));
  }
  return `${lines.join("\n")}\n`;
}

// An entity by its name, or by its id where several have that name.
function nameIn(graph, node) {
  const name = graph.nodes.label[node];
  return graph.nodes.label.indexOf(name) === graph.nodes.label.lastIndexOf(name) ? name : graph.nodes.id[node];
}

// What a reader typed as the correction is to call it: an entity of the graph, or a new one as 类型:名字.
function callOf(graph, text) {
  const node = graph.nodeById.get(text) ?? graph.nodes.label.findIndex((name, index) =>
    name === text || (graph.nodes.names[index] || []).includes(text));
  if (node >= 0) return nameIn(graph, node);
  const [type, name] = text.split(/:(.*)/s);
  return name && graph.types.some((each) => each.name === type) ? text : "";
}

// What is shown, as a table: for the keyboard, for screen readers, for sorting, and for taking away.

import { byId, el, nameOf, swatch } from "./dom.js";
import { certaintyBadge } from "./sentence.js";
import { statementsOf } from "./data.js";
import { number, relationName, t } from "./language.js";

const PAGE = 200;

const COLUMNS = [
  { key: "head", value: (row) => row.head },
  { key: "relation", value: (row) => row.relation },
  { key: "tail", value: (row) => row.tail },
  { key: "evidence", value: (row) => row.evidence },
  { key: "certainty", value: (row) => row.certainty },
  { key: "first", value: (row) => row.first },
  { key: "last", value: (row) => row.last },
  { key: "documents", value: (row) => row.documents },
];

/** One row for each edge of the scene, in no particular order. */
export function rowsOf({ graph, standing, scene }) {
  return scene.bundles.flatMap((bundle) => bundle.edges).map((edge) => rowOf(graph, standing, edge));
}

function rowOf(graph, standing, edge) {
  const { from, to, relation, certainty } = graph.edges;
  const statements = statementsOf(graph, edge).filter((index) => standing.statement(index));
  const dates = statements.map((index) => graph.dates[graph.statements.date[index]]).filter(Boolean).sort();
  return {
    edge,
    statements,
    head: graph.nodes.label[from[edge]],
    headType: graph.types[graph.nodes.type[from[edge]]].name,
    relation: graph.relations[relation[edge]].name,
    tail: graph.nodes.label[to[edge]],
    tailType: graph.types[graph.nodes.type[to[edge]]].name,
    certainty: graph.certainties[certainty[edge]],
    evidence: statements.length,
    first: dates[0] ?? "",
    last: dates.at(-1) ?? "",
    documents: new Set(statements.map((index) => graph.statements.document[index])).size,
  };
}

/** The rows in the order that the state asks for; equal ones by head, relation, tail. */
export function sortedRows(app) {
  const descending = app.state.sort.startsWith("-");
  const column = COLUMNS.find(({ key }) => key === app.state.sort.replace("-", "")) ?? COLUMNS[0];
  const words = new Intl.Collator("zh-Hans-u-co-pinyin", { numeric: true });
  const compare = (a, b) => (typeof a === "number" ? a - b : words.compare(a, b));
  return rowsOf(app).sort((a, b) => {
    const first = compare(column.value(a), column.value(b)) * (descending ? -1 : 1);
    return first || words.compare(a.head, b.head) || words.compare(a.relation, b.relation) || words.compare(a.tail, b.tail);
  });
}

/** Draws the table from its n-th row on. */
export function drawTable(app, start = 0) {
  const rows = sortedRows(app);
  const end = Math.min(rows.length, start + PAGE);
  byId("table-head").replaceChildren(el("tr", {}, ...COLUMNS.map((column) => headCell(app, column))));
  byId("table-body").replaceChildren(...rows.slice(start, end).map((row) => bodyRow(app, row)));
  byId("table-caption").textContent = rows.length
    ? t("table.caption", { from: start + 1, to: end, total: rows.length })
    : t("nothing.shown");
  byId("table-pages").replaceChildren(
    pageButton(app, t("previous"), start - PAGE, start > 0),
    pageButton(app, t("next"), end, end < rows.length),
  );
  byId("table-pages").hidden = rows.length <= PAGE;
}

function pageButton(app, label, start, possible) {
  return el("button", { type: "button", disabled: !possible, onclick: () => {
    drawTable(app, start);
    byId("table-scroll").scrollTop = 0;
    byId("table-scroll").focus();
  } }, label);
}

function headCell(app, { key }) {
  const { sort } = app.state;
  const direction = sort === key ? "ascending" : sort === `-${key}` ? "descending" : "none";
  const next = direction === "ascending" ? `-${key}` : key;
  const mark = { ascending: " ↑", descending: " ↓", none: "" }[direction];
  return el("th", { scope: "col", "aria-sort": direction, class: `column-${key}` },
    el("button", { type: "button", "data-key": `sort ${key}`, onclick: () => app.act.sort(next) },
      t(`column.${key}`), el("span", { "aria-hidden": "true" }, mark)));
}

function bodyRow(app, row) {
  const { graph } = app;
  const end = (node, name) => el("button.entity", { type: "button", onclick: () => app.act.visit(node) },
    swatch(graph.types[graph.nodes.type[node]].color), nameOf(name));
  const selected = graph.edges.id[row.edge] === app.state.edge;
  return el(selected ? "tr.selected" : "tr", {},
    el("td.column-head", {}, end(graph.edges.from[row.edge], row.head)),
    el("td.column-relation", {}, nameOf(relationName(row.relation))),
    el("td.column-tail", {}, end(graph.edges.to[row.edge], row.tail)),
    el("td.number", {}, el("button.sentences", {
      type: "button", "aria-label": t("open.evidence", { count: row.evidence }), onclick: () => app.act.openEdge(row.edge),
    }, number(row.evidence))),
    el("td.column-certainty", {}, certaintyBadge(row.certainty)),
    el("td.column-first", {}, row.first),
    el("td.column-last", {}, row.last),
    el("td.number", {}, number(row.documents)));
}

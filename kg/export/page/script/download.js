// What is shown, as a file: CSV for spreadsheets, JSON with the sentences, PNG of the picture.

import { saveFile } from "./dom.js";
import { pictureAsPng } from "./picture.js";
import { sortedRows } from "./table.js";

const CSV_COLUMNS = [
  "head", "headType", "relation", "tail", "tailType", "certainty", "evidence", "first", "last", "documents",
];
const CSV_NAMES = {
  headType: "head_type", tailType: "tail_type", evidence: "evidence_count", first: "first_date", last: "last_date",
};

export function saveCsv(app) {
  const names = CSV_COLUMNS.map((column) => CSV_NAMES[column] ?? column);
  const lines = [names, ...sortedRows(app).map((row) => CSV_COLUMNS.map((column) => row[column]))];
  // The mark at the beginning tells Excel that this is UTF-8.
  const text = `\ufeff${lines.map((line) => line.map(csvCell).join(",")).join("\r\n")}\r\n`;
  saveFile("graph.csv", new Blob([text], { type: "text/csv" }));
}

/** A cell in quotes where it needs them. What a spreadsheet would take for a formula gets an apostrophe before it. */
export function csvCell(value) {
  let text = String(value);
  if (typeof value === "string" && /^[\s]*[=+\-@\t\r]/.test(text)) text = `'${text}`;
  return /[",\r\n']/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export function saveJson(app) {
  const { graph, evidence } = app;
  const rows = sortedRows(app).map((row) => ({
    id: graph.edges.id[row.edge],
    head: endOf(graph, graph.edges.from[row.edge]),
    relation: row.relation,
    tail: endOf(graph, graph.edges.to[row.edge]),
    certainty: row.certainty,
    evidence: row.statements.map(evidence).map(asJson),
  }));
  saveFile("graph.json", new Blob([`${JSON.stringify(rows, null, 1)}\n`], { type: "application/json" }));
}

function endOf(graph, node) {
  return { id: graph.nodes.id[node], name: graph.nodes.label[node], type: graph.types[graph.nodes.type[node]].name };
}

function asJson({ quote, start, end, rule, time, qualifiers, inferred, certainty, document }) {
  return {
    doc: document.id, title: document.title, url: document.url, date: document.date, start, end, quote, certainty, time,
    qualifiers: Object.fromEntries(qualifiers), rule, inferred,
  };
}

export async function savePng(app) {
  const blob = await pictureAsPng(app.picture);
  if (blob) saveFile("graph.png", blob);
}

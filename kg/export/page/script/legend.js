// The legend is the filter: every choice has its colour, its tick and the number of things that it would show.

import { byId, el, nameOf, swatch } from "./dom.js";
import { certaintyName, number, relationName, t, typeName } from "./language.js";
import { drawDates } from "./dates.js";
import { emptyFilters, isUnfiltered } from "./state.js";

const MOST_DOCUMENTS = 60;

/** Builds the filters in the current language. `app.act.filter(patch)` is called with what changes. */
export function buildLegend(app) {
  const { graph } = app;
  const change = (name) => (value, wanted) => app.act.filter({ [name]: toggled(app.state.filters[name], value, !wanted) });
  const certainties = graph.certainties.map((name) => ({ name, color: "" }));
  const rows = {
    types: ticks("types", graph.types, typeName, "disc", change("types")),
    relations: ticks("relations", graph.relations, relationName, "bar", change("relations")),
    certainties: ticks("certainties", certainties, certaintyName, "dash", change("certainties")),
  };
  for (const name of ["types", "relations"]) buildAllButton(app, name, graph[name].map((choice) => choice.name));
  byId("document-search").oninput = () => drawDocuments(app);
  buildRange(app, "evidence", maximum(graph.edges.count));
  buildRange(app, "degree", maximum(graph.nodes.degree));
  byId("filters-reset").onclick = () => app.act.filter(emptyFilters());
  byId("filters-reset").textContent = t("filters.reset");
  app.legendRows = rows;
}

function maximum(values) {
  return values.reduce((most, value) => Math.max(most, value), 0);
}

function toggled(set, value, present) {
  const copy = new Set(set);
  if (present) copy.add(value);
  else copy.delete(value);
  return copy;
}

function ticks(id, choices, label, shape, onChange) {
  const rows = choices.map(({ name, color }) => {
    const input = el("input", { type: "checkbox", onchange: () => onChange(name, input.checked) });
    const count = el("span.count", {});
    const mark = shape === "dash" ? el(`span.line.${name}`, { "aria-hidden": "true" }) : swatch(color, shape);
    return { name, input, count, row: el("li", {}, el("label.tick", {}, input, mark, nameOf(label(name)), count)) };
  });
  byId(id).replaceChildren(...rows.map(({ row }) => row));
  return rows;
}

// One button for "all" and "none": which of them it is, is written on it.
function buildAllButton(app, name, all) {
  byId(`${name}-all`).onclick = () => {
    const hidden = app.state.filters[name];
    app.act.filter({ [name]: hidden.size ? new Set() : new Set(all) });
  };
}

function buildRange(app, name, most) {
  const input = byId(`${name}-least`);
  input.max = String(Math.max(most, Number(input.min)));
  input.disabled = most <= Number(input.min);
  input.oninput = () => app.act.filter({ [name]: Number(input.value) }, "replace");
}

/** Writes the state and the counts into the filters. */
export function updateLegend(app) {
  const { filters } = app.state;
  const { counts } = app.standing;
  for (const [name, rows] of Object.entries(app.legendRows)) {
    rows.forEach((row, index) => {
      row.input.checked = !filters[name].has(row.name);
      row.count.textContent = number(counts[name][index]);
      row.row.classList.toggle("vain", counts[name][index] === 0);
    });
  }
  for (const name of ["types", "relations"]) byId(`${name}-all`).textContent = t(filters[name].size ? "all" : "none");
  for (const name of ["evidence", "degree"]) {
    byId(`${name}-least`).value = String(filters[name]);
    byId(`${name}-value`).textContent = number(filters[name]);
  }
  drawDates(app);
  drawDocuments(app);
  byId("filters-reset").hidden = isUnfiltered(filters);
}

// The chosen documents first, then those with most edges; a field narrows the list by title.
function drawDocuments(app) {
  const { graph, standing, state } = app;
  const chosen = state.filters.documents;
  const wanted = byId("document-search").value.trim().toLowerCase();
  const { id, title } = graph.documents;
  const listed = id
    .map((name, index) => ({
      name,
      title: title[index] || name,
      count: standing.counts.documents[index],
      chosen: chosen.has(name),
    }))
    .filter((each) => each.chosen || !wanted || each.title.toLowerCase().includes(wanted) || each.name.includes(wanted))
    .sort((a, b) => b.chosen - a.chosen || b.count - a.count || (a.title < b.title ? -1 : 1));
  const rows = listed.slice(0, MOST_DOCUMENTS).map((each) => {
    const input = el("input", { type: "checkbox", "data-key": `document ${each.name}`, onchange: () => {
      app.act.filter({ documents: toggled(app.state.filters.documents, each.name, input.checked) });
    } });
    input.checked = each.chosen;
    const count = el("span.count", {}, number(each.count));
    return el("li", {}, el("label.tick", { title: each.title.slice(0, 300) }, input, nameOf(each.title), count));
  });
  const rest = listed.length - rows.length;
  if (rest > 0) rows.push(el("li.rest", {}, t("documents.rest", { count: rest })));
  byId("documents").replaceChildren(...rows);
  byId("document-search").hidden = id.length < 8;
}

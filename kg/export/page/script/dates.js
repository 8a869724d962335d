// The date filter: a small chart of when things were said, two date fields, and a tick for what has no date.

import { byId, el } from "./dom.js";
import { number, t } from "./language.js";

const MOST_MONTHS = 30;

/** Draws the chart and sets the fields from the state. */
export function drawDates(app) {
  const { graph, standing, state } = app;
  const { filters } = state;
  const bars = barsOf(graph.dates, standing.counts.dates);
  byId("dates").hidden = bars.length === 0;
  const most = Math.max(1, ...bars.map((bar) => bar.count));
  byId("chart").replaceChildren(...bars.map((bar) => drawBar(app, bar, most)));
  byId("chart-first").textContent = bars[0]?.name ?? "";
  byId("chart-last").textContent = bars.length > 1 ? bars.at(-1).name : "";
  bindDate(app, "from", filters.from);
  bindDate(app, "to", filters.to);
  const undated = byId("undated");
  undated.checked = filters.undated;
  undated.onchange = () => app.act.filter({ undated: undated.checked });
  byId("undated-count").textContent = number(standing.counts.undated);
}

function bindDate(app, name, value) {
  const input = byId(`date-${name}`);
  const shown = value.length === 10 ? value : "";
  if (input.value !== shown) input.value = shown;
  input.onchange = () => app.act.filter({ [name]: input.value });
}

// Months if there are few, otherwise years; empty ones in between are kept, so that gaps are seen.
function barsOf(dates, counts) {
  const months = dates.filter((date) => date.length >= 7).map((date) => date.slice(0, 7)).sort();
  const byMonth = months.length > 0 && monthNumber(months.at(-1)) - monthNumber(months[0]) < MOST_MONTHS
    && dates.every((date) => date === "" || date.length >= 7);
  const length = byMonth ? 7 : 4;
  const totals = new Map();
  dates.forEach((date, index) => {
    if (date) totals.set(date.slice(0, length), (totals.get(date.slice(0, length)) ?? 0) + counts[index]);
  });
  const names = [...totals.keys()].sort();
  if (!names.length) return [];
  return everyName(names[0], names.at(-1), byMonth).map((name) => ({ name, count: totals.get(name) ?? 0 }));
}

function monthNumber(month) {
  return Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1;
}

function everyName(first, last, byMonth) {
  const names = [];
  if (byMonth) {
    for (let month = monthNumber(first); month <= monthNumber(last); month += 1) {
      names.push(`${String(Math.floor(month / 12)).padStart(4, "0")}-${String((month % 12) + 1).padStart(2, "0")}`);
    }
  } else {
    // A stray year such as 0001 must not draw two thousand bars.
    const start = Math.max(Number(first), Number(last) - 99);
    for (let year = start; year <= Number(last); year += 1) names.push(String(year).padStart(4, "0"));
  }
  return names;
}

// A bar is a button: it narrows the range to its month or year, and pressed again opens it.
function drawBar(app, { name, count }, most) {
  const { filters } = app.state;
  const from = name.length === 7 ? `${name}-01` : `${name}-01-01`;
  const to = name.length === 7 ? `${name}-${lastDay(name)}` : `${name}-12-31`;
  const only = filters.from === from && filters.to === to;
  const within = (!filters.from || to >= filters.from) && (!filters.to || from <= filters.to);
  const bar = el(within ? "button" : "button.outside", {
    type: "button",
    "data-key": `bar ${name}`,
    "aria-pressed": String(only),
    "aria-label": t("bar", { name, count }),
    title: t("bar", { name, count }),
    onclick: () => app.act.filter(only ? { from: "", to: "" } : { from, to }),
  }, el("span", {}));
  bar.firstChild.style.height = count ? `${Math.max(6, (count / most) * 100)}%` : "0";
  return bar;
}

function lastDay(month) {
  return String(new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5, 7)), 0)).getUTCDate()).padStart(2, "0");
}

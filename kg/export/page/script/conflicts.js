// What cannot all hold: both sides with dates, articles and sentences, and no verdict.

import { appendPaged, articleLink, el, nameOf } from "./dom.js";
import { number, relationName, t } from "./language.js";

const PAGE = 20;

/** The section of the opening panel with the graph's conflicts; nothing if there are none. */
export function conflictSection({ graph }) {
  if (!graph.conflicts.length) return [];
  const list = el("div.conflicts", {});
  appendPaged(list, graph.conflicts, conflictFold, PAGE, (count) => t("more", { count }));
  return [el("h3", {}, t("conflicts"), el("span.count", {}, number(graph.conflicts.length))), list];
}

function conflictFold([kind, relation, about, sides]) {
  return el("details.fold.conflict", {},
    el("summary", {}, el("span.fold-title", {}, nameOf(about), " ", el("b", {}, relationName(relation)), ` · ${t(`conflict.${kind}`)}`)),
    ...sides.map(sideOf));
}

function sideOf([label, first, last, ended, sources, statements]) {
  const dates = [...new Set([first, last].filter(Boolean))].join(" – ");
  const about = [dates, ended && t("ended", { date: ended }), t("sources", { count: sources })].filter(Boolean);
  return el("section.side", {}, el("h4", {}, nameOf(label)), el("p.meta", {}, about.join(" · ")),
    ...statements.map(([quote, title, url, date]) => el("article.evidence", {},
      el("blockquote", { dir: "auto" }, quote),
      el("p.source", {}, articleLink(title, url), date ? el("time", { datetime: date }, date) : null))));
}

// One piece of evidence: the sentence with its marks, where it stands, and why it counts.

import { articleLink, copyText, el, nameOf, webAddress } from "./dom.js";
import { certaintyName, number, t } from "./language.js";

const LONGEST_RULE = 28;
const ROLES = ["head", "tail", "trigger"];

/** The sentence as text and <mark> elements; spans count characters, not UTF-16 units, and may overlap. */
export function markedSentence(quote, spans) {
  const characters = [...quote];
  const marks = ROLES.map((role, index) => ({ role, start: spans[index * 2], end: spans[index * 2 + 1] }))
    .filter(({ start, end }) => start >= 0 && end > start);
  const edges = [0, characters.length, ...marks.flatMap(({ start, end }) => [start, end])];
  const cuts = [...new Set(edges.map((cut) => Math.min(cut, characters.length)))].sort((a, b) => a - b);
  const pieces = cuts.slice(1).map((end, index) => {
    const start = cuts[index];
    const roles = marks.filter((mark) => mark.start <= start && mark.end >= end).map((mark) => mark.role);
    const text = characters.slice(start, end).join("");
    if (!roles.length) return text;
    return el(`mark.${roles.join(".")}`, { title: roles.map((role) => t(`mark.${role}`)).join(" · ") }, text);
  });
  return el("blockquote", { dir: "auto" }, ...pieces);
}

/** A card with everything that is known of one statement. `head` and `tail` are the names of the edge's ends. */
export function evidenceCard(statement, { head, tail }) {
  const { document: source } = statement;
  return el("article.evidence", {},
    markedSentence(statement.quote, statement.spans),
    ...elsewhere(statement, head, tail),
    el("p.source", {},
      articleLink(source.title || source.id, source.url),
      source.date ? el("time", { datetime: source.date }, source.date) : el("span.undated", {}, t("undated")),
    ),
    el("div.facts", {}, ...badges(statement), copyButton(statement)),
  );
}

// A pronoun or an omitted subject: the name stands in an earlier sentence, so no mark can show it.
function elsewhere(statement, head, tail) {
  const missing = [[head, 0], [tail, 2]].filter(([, at]) => statement.spans[at] < 0).map(([name]) => name);
  return missing.map((name) => el("p.elsewhere", {}, t("elsewhere"), " ", nameOf(name)));
}

export function certaintyBadge(certainty) {
  return el(certainty === "asserted" ? "span.badge" : "span.badge.hedged", {}, certaintyName(certainty));
}

function badges(statement) {
  const list = [certaintyBadge(statement.certainty)];
  if (statement.time) list.push(el("span.badge", {}, t("happened", { time: statement.time })));
  for (const [name, value] of statement.qualifiers) list.push(el("span.badge", {}, `${name} `, nameOf(value)));
  if (statement.inferred) list.push(el("span.badge", { title: t("inferred.hint") }, t("inferred")));
  list.push(ruleName(statement));
  return list;
}

// A rule may be named by its whole pattern; a long one opens on demand.
function ruleName({ rule, start, end }) {
  const title = t("rule.hint", { start, end });
  const characters = [...rule];
  if (characters.length <= LONGEST_RULE) return el("span.rule", { title }, nameOf(rule));
  const beginning = `${characters.slice(0, LONGEST_RULE).join("")}…`;
  return el("details.rule", { title }, el("summary", {}, nameOf(beginning)), nameOf(rule));
}

function copyButton(statement) {
  const button = el("button.copy", { type: "button", "aria-label": t("copy.label") }, t("copy"));
  button.addEventListener("click", async () => {
    button.textContent = (await copyText(citation(statement))) ? t("copied") : t("copy.failed");
    setTimeout(() => {
      button.textContent = t("copy");
    }, 1600);
  });
  return button;
}

/** The sentence with its source, as one would paste it into a note. */
export function citation({ quote, document: source, start, end }) {
  const where = [source.title || source.id, source.date, t("characters", { range: `${number(start)}–${number(end)}` })];
  const url = webAddress(source.url);
  return `“${quote}”\n—— ${where.filter(Boolean).join(", ")}${url ? `\n${url}` : ""}\n`;
}

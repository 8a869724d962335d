// A text field that completes names of entities: a combobox in the sense of the ARIA authoring practices.

import { el, nameOf, swatch } from "./dom.js";
import { number, t, typeName } from "./language.js";
import { find } from "./match.js";

const MOST = 12;

/**
 * Turns an <input> and the empty <ul> after it into a search box. `getIndex` gives the names when they are first needed,
 * `onPick(node)` is told of the choice. Returns `show(node | null)`, which writes a name without picking it.
 */
export function makeSearchBox(input, list, { graph, getIndex, onPick, keepText = false }) {
  let found = [];
  let active = -1;

  const close = () => {
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const pick = (choice) => {
    input.value = keepText ? graph.nodes.label[choice.node] : "";
    close();
    onPick(choice.node);
  };
  const highlight = (position) => {
    active = (position + found.length) % found.length;
    [...list.children].forEach((item, index) => item.setAttribute("aria-selected", String(index === active)));
    list.children[active].scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", list.children[active].id);
  };
  const refresh = () => {
    found = find(getIndex(), graph, input.value, MOST);
    const typed = input.value.trim() !== "";
    list.replaceChildren(...found.map((choice, index) => option(graph, choice, `${list.id}-${index}`, () => pick(choice))));
    if (typed && !found.length) list.append(el("li.none", { role: "option", "aria-disabled": "true" }, t("search.none")));
    list.hidden = !typed;
    input.setAttribute("aria-expanded", String(typed));
    if (found.length) highlight(0);
  };

  input.addEventListener("input", refresh);
  input.addEventListener("focus", () => input.value && !keepText && refresh());
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "Escape") close();
    if (list.hidden || !found.length) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      highlight(active + (event.key === "ArrowDown" ? 1 : -1));
    } else if (event.key === "Enter") {
      event.preventDefault();
      pick(found[Math.max(active, 0)]);
    }
  });
  close();
  return { show: (node) => {
    input.value = node === null ? "" : graph.nodes.label[node];
  } };
}

function option(graph, { node, name }, id, choose) {
  const label = graph.nodes.label[node];
  const item = el("li", { id, role: "option" },
    swatch(graph.types[graph.nodes.type[node]].color),
    nameOf(label, "option-name"),
    name === label ? null : nameOf(name, "option-alias"),
    el("span.option-type", {}, `${typeName(graph.types[graph.nodes.type[node]].name)} · ${number(graph.nodes.degree[node])}`));
  // The field must not lose its focus to the press, or the list would close before the click arrives.
  item.addEventListener("mousedown", (event) => event.preventDefault());
  item.addEventListener("click", choose);
  return item;
}

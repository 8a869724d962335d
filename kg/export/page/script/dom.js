// The only place that makes elements. Text goes in as text nodes, so nothing from an article is ever parsed as HTML.

/**
 * Makes an element: `el("li.row", { onclick: f, "aria-label": "…" }, "text", child)`.
 * A property that begins with "on" takes a function; false and null leave an attribute out.
 */
export function el(selector, properties, ...children) {
  const [tag, ...classes] = selector.split(".");
  const element = document.createElement(tag);
  if (classes.length) element.className = classes.join(" ");
  for (const [name, value] of Object.entries(properties ?? {})) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value != null) element.setAttribute(name, String(value));
  }
  element.append(...children.flat().filter((child) => child !== null && child !== false));
  return element;
}

const UNSEEN = /^[\s\p{Cc}\p{Cf}]*$/u;

/** A name from the data: isolated, so that right-to-left marks in it cannot reorder what stands around it. */
export function nameOf(text, className = "") {
  return el(className ? `bdi.${className}` : "bdi", {}, UNSEEN.test(text) ? "∅" : text);
}

export function byId(id) {
  return document.getElementById(id);
}

/**
 * Redraws without taking the keyboard's place away: what had the focus has it again, known by its data-key; if it is
 * gone, `fallback` gets it, so that a screen reader goes on reading at what was opened.
 */
export function keepFocus(draw, fallback) {
  const focused = document.activeElement;
  const key = focused?.dataset?.key;
  draw();
  if (!focused || focused === document.body || focused.isConnected) return;
  const again = key && document.querySelector(`[data-key="${CSS.escape(key)}"]`);
  (again || fallback).focus({ preventScroll: true });
}

/** A small coloured disc or bar. The colour is set through the style object, which the CSP allows. */
export function swatch(color, shape = "disc") {
  const mark = el(`span.swatch.${shape}`, { "aria-hidden": "true" });
  mark.style.setProperty("--swatch", color);
  return mark;
}

/** A link to an article if its address is http or https, otherwise the bare text. */
export function articleLink(text, address) {
  const url = webAddress(address);
  if (!url) return nameOf(text);
  return el("a", { href: url, rel: "noopener noreferrer", target: "_blank" }, nameOf(text));
}

export function webAddress(address) {
  if (!address) return null;
  try {
    const url = new URL(address);
    return url.protocol === "http:" || url.protocol === "https:" ? url.href : null;
  } catch {
    return null;
  }
}

/** Copies text; where the clipboard is closed to pages from disk, through a selection. Resolves to true on success. */
export async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = el("textarea.offscreen", { readonly: true });
    area.value = text;
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    return done;
  }
}

/** Hands a file to the person. */
export function saveFile(name, blob) {
  const address = URL.createObjectURL(blob);
  const link = el("a", { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** Shows a list a page at a time: `draw(item)` makes a child, a button brings the next `step`. */
export function appendPaged(parent, items, draw, step, moreLabel) {
  const showFrom = (start) => {
    const end = Math.min(items.length, start + step);
    parent.append(...items.slice(start, end).map(draw));
    if (end >= items.length) return;
    const more = el("button.more", { type: "button", onclick: () => {
      more.remove();
      showFrom(end);
    } }, moreLabel(items.length - end));
    parent.append(more);
  };
  showFrom(0);
}

// The words of the interface and the names of the ontology in the reader's language.

const STORED = "kg-language";
const GROUPED = new Intl.NumberFormat("en-US");

let messages = {};
let current = "zh";

export function useMessages(all) {
  messages = all;
}

/** The language asked for in the address, else the one chosen before, else the browser's. */
export function preferredLanguage(asked) {
  for (const wanted of [asked, readStored()]) if (Object.hasOwn(messages, wanted)) return wanted;
  return (navigator.language || "zh").toLowerCase().startsWith("zh") ? "zh" : "en";
}

// Storage can be closed to pages opened from disk; the choice then lasts as long as the page.
function readStored() {
  try {
    return localStorage.getItem(STORED) ?? "";
  } catch {
    return "";
  }
}

export function setLanguage(wanted, remember) {
  current = wanted;
  document.documentElement.lang = wanted === "zh" ? "zh-Hans" : "en";
  if (!remember) return;
  try {
    localStorage.setItem(STORED, wanted);
  } catch {
    // See readStored.
  }
}

export function language() {
  return current;
}

/** A sentence of the interface with {placeholders} filled in; numbers are grouped. */
export function t(key, values = {}) {
  const pattern = messages[current].words[key];
  return pattern.replace(/\{(\w+)\}/g, (_, name) => {
    const value = values[name];
    return typeof value === "number" ? number(value) : String(value);
  });
}

export function number(value) {
  return GROUPED.format(value);
}

// Names come from the reader's own ontology, so one may be called "constructor".
function named(words, name) {
  return Object.hasOwn(words, name) ? words[name] : name;
}

export function typeName(name) {
  return named(messages[current].types, name);
}

export function relationName(name) {
  return named(messages[current].relations, name);
}

export function certaintyName(name) {
  return named(messages[current].certainties, name);
}

/** Fills every element that carries data-t (text) or data-t-label, data-t-hint (attributes). */
export function translatePage() {
  for (const element of document.querySelectorAll("[data-t]")) element.textContent = t(element.dataset.t);
  for (const element of document.querySelectorAll("[data-t-label]")) {
    element.setAttribute("aria-label", t(element.dataset.tLabel));
  }
  for (const element of document.querySelectorAll("[data-t-hint]")) {
    element.setAttribute("placeholder", t(element.dataset.tHint));
  }
}

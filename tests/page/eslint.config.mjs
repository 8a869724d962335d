// How the page's script is linted: `npm install eslint@9 @eslint/js@9` anywhere, then
// `npx eslint --config tests/page/eslint.config.mjs kg/export/page/script`.

import js from "@eslint/js";

const browser = [
  "CSS", "Blob", "DOMPoint", "Intl", "URL", "URLSearchParams", "cancelAnimationFrame", "clearTimeout", "document",
  "getComputedStyle", "history", "localStorage", "location", "navigator", "performance", "requestAnimationFrame",
  "setTimeout", "window",
];

export default [
  js.configs.recommended,
  {
    languageOptions: {
      ecmaVersion: 2022,
      sourceType: "module",
      globals: Object.fromEntries(browser.map((name) => [name, "readonly"])),
    },
    rules: {
      "array-callback-return": "error",
      "eqeqeq": ["error", "always", { null: "ignore" }],
      "max-lines": ["error", 300],
      "max-lines-per-function": ["error", 55],
      "no-eval": "error",
      "no-implied-eval": "error",
      "no-restricted-properties": ["error", { property: "innerHTML" }, { property: "outerHTML" }, { property: "insertAdjacentHTML" }],
      "no-shadow": "error",
      "no-var": "error",
      "prefer-const": "error",
      "no-unused-vars": "error",
      "max-len": ["error", { code: 130 }],
    },
  },
];

// What the page shows is a value, and the address carries all of it: links, reload, back and forward follow from that.

export const NEIGHBOURS = 60;

/** The state before anyone did anything. Filters say what is left out, so that the plain address is short. */
export function emptyState() {
  return {
    base: "home",
    centers: [],
    limit: NEIGHBOURS,
    path: [],
    node: "",
    edge: "",
    pair: [],
    table: false,
    sort: "-evidence",
    color: "type",
    filters: emptyFilters(),
  };
}

export function emptyFilters() {
  return {
    types: new Set(),
    relations: new Set(),
    certainties: new Set(),
    documents: new Set(),
    from: "",
    to: "",
    undated: true,
    evidence: 1,
    degree: 0,
  };
}

const FILTER_SETS = { types: "-t", relations: "-r", certainties: "-c", documents: "d" };

/** The part of the address after "#". What follows from the selection alone is left out: `#n=…` is a whole address. */
export function encode(state, graph) {
  const pairs = new URLSearchParams();
  const { filters } = state;
  const implied = impliedBy(state, graph);
  if (state.node) pairs.append("n", state.node);
  if (state.edge) pairs.append("e", state.edge);
  for (const id of state.pair) pairs.append("b", id);
  if (state.base !== implied.base || !sameList(state.centers, implied.centers)) {
    if (state.base !== "home" || !state.centers.length) pairs.append("v", state.base);
    for (const id of state.centers) pairs.append("x", id);
  }
  for (const id of state.path) pairs.append("p", id);
  if (state.limit !== NEIGHBOURS) pairs.append("k", state.limit);
  if (state.table) pairs.append("table", "1");
  if (state.sort !== "-evidence") pairs.append("sort", state.sort);
  if (state.color !== "type") pairs.append("color", state.color);
  for (const [name, key] of Object.entries(FILTER_SETS)) {
    for (const value of [...filters[name]].sort()) pairs.append(key, value);
  }
  if (filters.from) pairs.append("from", filters.from);
  if (filters.to) pairs.append("to", filters.to);
  if (!filters.undated) pairs.append("undated", "0");
  if (filters.evidence > 1) pairs.append("evidence", filters.evidence);
  if (filters.degree > 0) pairs.append("degree", filters.degree);
  return pairs.toString();
}

/** Reads an address. A bare #n= or #e=, as one would write by hand, opens on what it names. */
export function decode(hash, graph) {
  const pairs = new URLSearchParams(hash.replace(/^#/, ""));
  const state = emptyState();
  const known = (key, map) => pairs.getAll(key).filter((id) => map.has(id));
  state.node = known("n", graph.nodeById)[0] ?? "";
  state.edge = known("e", graph.edgeById)[0] ?? "";
  state.pair = ofLengthTwo(known("b", graph.nodeById));
  state.path = ofLengthTwo(known("p", graph.nodeById));
  state.centers = known("x", graph.nodeById);
  state.limit = atLeast(pairs.get("k"), NEIGHBOURS);
  state.table = pairs.get("table") === "1";
  state.sort = /^-?[a-z]+$/.test(pairs.get("sort") ?? "") ? pairs.get("sort") : state.sort;
  state.color = pairs.get("color") === "community" ? "community" : "type";
  state.base = baseOf(pairs.get("v"), state);
  state.filters = decodeFilters(pairs);
  return pairs.has("v") || state.centers.length ? state : { ...state, ...impliedBy(state, graph) };
}

function ofLengthTwo(ids) {
  return ids.length === 2 ? ids : [];
}

function atLeast(text, least) {
  const value = Number.parseInt(text, 10);
  return Number.isFinite(value) && value > least ? value : least;
}

function baseOf(asked, state) {
  if (asked === "path") return state.path.length ? "path" : "home";
  return asked === "all" || asked === "ego" ? asked : "home";
}

// Where a bare selection is looked at: the neighbourhood of what is selected.
function impliedBy(state, graph) {
  if (state.node) return { base: "ego", centers: [state.node] };
  if (state.pair.length) return { base: "ego", centers: [...state.pair] };
  if (!state.edge) return { base: "home", centers: [] };
  const edge = graph.edgeById.get(state.edge);
  const ends = new Set([graph.edges.from[edge], graph.edges.to[edge]]);
  return { base: "ego", centers: [...ends].map((node) => graph.nodes.id[node]) };
}

function sameList(a, b) {
  return a.length === b.length && a.every((value, index) => value === b[index]);
}

function decodeFilters(pairs) {
  const filters = emptyFilters();
  for (const [name, key] of Object.entries(FILTER_SETS)) filters[name] = new Set(pairs.getAll(key));
  filters.from = isoDate(pairs.get("from"));
  filters.to = isoDate(pairs.get("to"));
  filters.undated = pairs.get("undated") !== "0";
  filters.evidence = atLeast(pairs.get("evidence"), 1);
  filters.degree = atLeast(pairs.get("degree"), 0);
  return filters;
}

function isoDate(text) {
  return /^\d{4}(-\d{2}){0,2}$/.test(text ?? "") ? text : "";
}

/** True if nothing is filtered out. */
export function isUnfiltered(filters) {
  const plain = filters.undated && !filters.from && !filters.to && filters.evidence === 1 && filters.degree === 0;
  return plain && Object.keys(FILTER_SETS).every((name) => filters[name].size === 0);
}

/** The state with nothing selected. */
export function withoutSelection(state) {
  return { ...state, node: "", edge: "", pair: [] };
}

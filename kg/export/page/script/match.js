// Finding names: by their characters (simplified or traditional), by pinyin, by initials, or by a mixture.
//
// No key is stored per name. The file carries two small tables, character to its readings and character to its
// simplified form, and a name is walked against what was typed: each character may be met by itself, by a whole
// syllable, or by the beginning of one (w, wa, wang; z, zh, zhong).

const LONGEST = 80;
const SKIPPED = /[\s·・.\-—_'’"“”()()《》,,:/]/u;

/** Lower case, full-width to half-width, traditional to simplified. */
export function fold(text, folds) {
  return [...text.normalize("NFKC").toLowerCase()].map((character) => folds[character] ?? character);
}

/** All names of all nodes, folded once; made when the reader first reaches for the search. */
export function makeIndex(graph) {
  const entries = [];
  for (let node = 0; node < graph.nodeCount; node += 1) {
    for (const name of [graph.nodes.label[node], ...namesOf(graph, node)]) {
      const characters = fold(name.slice(0, LONGEST), graph.folds).filter((c) => !SKIPPED.test(c));
      entries.push({ node, name, characters, text: characters.join("") });
    }
  }
  return entries;
}

/** Aliases: every form of the name that was met, without the one shown. */
export function namesOf(graph, node) {
  return graph.nodes.names[node] || [];
}

/** The best matches, one a node: [{ node, name }], best first; equal ones by how well connected they are. */
export function find(index, graph, typed, limit) {
  const query = fold(typed.slice(0, LONGEST), graph.folds).filter((c) => !SKIPPED.test(c));
  if (!query.length) return [];
  const best = new Map();
  for (const entry of index) {
    const rank = rankOf(entry, query, graph.readings);
    if (rank === null) continue;
    const known = best.get(entry.node);
    if (!known || rank < known.rank) best.set(entry.node, { node: entry.node, name: entry.name, rank });
  }
  const degree = graph.nodes.degree;
  return [...best.values()]
    .sort((a, b) => a.rank - b.rank || degree[b.node] - degree[a.node] || a.node - b.node)
    .slice(0, limit);
}

// Ranks, best first: the whole name, its beginning, its whole pinyin, the beginning by pinyin, inside, inside by pinyin.
function rankOf(entry, query, readings) {
  const text = query.join("");
  const at = entry.text.indexOf(text);
  if (at === 0) return entry.text.length === text.length ? 0 : 1;
  const failed = new Set();
  const end = walk(entry.characters, 0, query, 0, readings, failed);
  if (end > 0) return end === entry.characters.length ? 2 : 3;
  if (at > 0) return 4;
  for (let start = 1; start < entry.characters.length; start += 1) {
    if (walk(entry.characters, start, query, 0, readings, failed) > 0) return 5;
  }
  return null;
}

// Returns the position after the last character met, or -1. `failed` keeps dead ends, so the walk stays linear.
function walk(characters, position, query, typed, readings, failed) {
  if (typed === query.length) return position;
  if (position === characters.length) return -1;
  const key = position * 128 + typed;
  if (failed.has(key)) return -1;
  for (const length of steps(characters[position], query, typed, readings)) {
    const end = walk(characters, position + 1, query, typed + length, readings, failed);
    if (end > 0) return end;
  }
  failed.add(key);
  return -1;
}

// How many typed characters this character of the name can account for: longest first, so whole syllables win.
function steps(character, query, typed, readings) {
  const lengths = new Set();
  for (const reading of readings.get(character) ?? []) {
    let shared = 0;
    while (shared < reading.length && query[typed + shared] === reading[shared]) shared += 1;
    if (shared === 0) continue;
    if (shared === reading.length || typed + shared === query.length) lengths.add(shared);
    if (/^[zcs]h/.test(reading) && shared >= 2) lengths.add(2);
    lengths.add(1);
  }
  if (query[typed] === character) lengths.add(1);
  return [...lengths].sort((a, b) => b - a);
}

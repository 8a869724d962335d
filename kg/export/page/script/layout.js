// Where the nodes of a scene stand. No randomness and no clock: the same scene gets the same places each time.

const LINK = 130;
// Beyond this, nodes leave each other alone, so that loose parts do not flee from the rest.
const REACH = 3 * LINK;
const GOLDEN_ANGLE = 2.399963229728653;
const WORK = 9_000_000;
// The area for one node with its label.
const ROOM = 13_000;
// How far a node may go in the first round of springs, where places are new and where they were computed before.
const LIVELY = 60;
const GENTLE = 25;

/**
 * Places the nodes of one step among those already placed, which stay where they are.
 * `boxes` gives each node's width and height with its label, `links` pairs of nodes, `places` is a Map node -> {x, y}
 * that is added to.
 */
export function placeStep(step, boxes, links, places) {
  const fresh = step.nodes.filter((node) => !places.has(node));
  if (!fresh.length) return;
  const fixed = places.size;
  const nodes = [...places.keys(), ...fresh];
  seed(fresh, step.center, links, places);
  const bodies = makeBodies(nodes, boxes, places, fixed);
  relax(bodies, indexedLinks(nodes, links), LIVELY);
  separate(bodies);
  takePlaces(nodes, bodies, places);
}

/**
 * Gives places that were computed at build time the room that this many labels need: scales them, lets springs even
 * them out, leans them towards the shape of the window (`aspect`, width to height), and moves labels apart.
 */
export function untangle(nodes, boxes, links, places, aspect) {
  spread(nodes, places, 1);
  const bodies = makeBodies(nodes, boxes, places, 0);
  relax(bodies, indexedLinks(nodes, links), GENTLE);
  takePlaces(nodes, bodies, places);
  spread(nodes, places, aspect);
  const leaning = makeBodies(nodes, boxes, places, 0);
  separate(leaning);
  takePlaces(nodes, leaning, places);
}

function takePlaces(nodes, bodies, places) {
  nodes.forEach((node, i) => places.set(node, { x: bodies.x[i], y: bodies.y[i] }));
}

function spread(nodes, places, aspect) {
  const xs = nodes.map((node) => places.get(node).x);
  const ys = nodes.map((node) => places.get(node).y);
  const width = maximum(xs) - minimum(xs) + 50;
  const height = maximum(ys) - minimum(ys) + 50;
  const scale = Math.sqrt((nodes.length * ROOM) / (width * height));
  const lean = Math.min(1.4, Math.max(0.6, Math.sqrt((aspect * height) / width)));
  for (const node of nodes) {
    const { x, y } = places.get(node);
    places.set(node, { x: x * scale * lean, y: (y * scale) / lean });
  }
}

function maximum(values) {
  return values.reduce((most, value) => Math.max(most, value), -Infinity);
}

function minimum(values) {
  return values.reduce((least, value) => Math.min(least, value), Infinity);
}

// First places: on a sunflower around the expanded node, or around the neighbour that is already there.
function seed(fresh, center, links, places) {
  if (center !== null && !places.has(center)) {
    const anchor = anchorOf(center, links, places) ?? { x: 0, y: 0 };
    places.set(center, places.size ? outward(anchor, places) : anchor);
  }
  const origin = center === null ? { x: 0, y: 0 } : places.get(center);
  fresh.filter((node) => node !== center).forEach((node, i) => {
    const radius = LINK * (0.7 + 0.16 * Math.sqrt(i));
    const angle = i * GOLDEN_ANGLE;
    places.set(node, { x: origin.x + radius * Math.cos(angle), y: origin.y + radius * Math.sin(angle) });
  });
}

function anchorOf(node, links, places) {
  for (const [a, b] of links) {
    if (a === node && places.has(b)) return places.get(b);
    if (b === node && places.has(a)) return places.get(a);
  }
  return null;
}

// A place beyond the anchor, seen from the middle of what is there.
function outward(anchor, places) {
  let x = 0;
  let y = 0;
  for (const place of places.values()) {
    x += place.x / places.size;
    y += place.y / places.size;
  }
  const dx = anchor.x - x;
  const dy = anchor.y - y;
  const distance = Math.hypot(dx, dy) || 1;
  return { x: anchor.x + (dx / distance) * LINK * 1.5, y: anchor.y + (dy / distance) * LINK * 1.5 };
}

function makeBodies(nodes, boxes, places, fixed) {
  const count = nodes.length;
  const bodies = { count, fixed, x: new Float64Array(count), y: new Float64Array(count) };
  bodies.width = Float64Array.from(nodes, (node) => boxes(node).width);
  bodies.height = Float64Array.from(nodes, (node) => boxes(node).height);
  nodes.forEach((node, i) => {
    bodies.x[i] = places.get(node).x;
    bodies.y[i] = places.get(node).y;
  });
  return bodies;
}

function indexedLinks(nodes, links) {
  const index = new Map(nodes.map((node, i) => [node, i]));
  return links.filter(([a, b]) => index.has(a) && index.has(b) && a !== b).map(([a, b]) => [index.get(a), index.get(b)]);
}

// Fruchterman and Reingold's springs with cooling; bodies before `fixed` do not move.
function relax(bodies, links, warmth) {
  const { count, fixed, x, y } = bodies;
  const rounds = Math.max(30, Math.min(260, Math.floor(WORK / (count * count))));
  const dx = new Float64Array(count);
  const dy = new Float64Array(count);
  for (let round = 0; round < rounds; round += 1) {
    const heat = warmth * (1 - round / rounds) ** 1.5 + 0.5;
    dx.fill(0);
    dy.fill(0);
    repel(bodies, dx, dy);
    attract(bodies, links, dx, dy);
    for (let i = fixed; i < count; i += 1) {
      const length = Math.hypot(dx[i], dy[i]) || 1;
      const step = Math.min(length, heat) / length;
      x[i] += dx[i] * step;
      y[i] += dy[i] * step;
    }
  }
}

function repel({ count, fixed, x, y }, dx, dy) {
  for (let i = fixed; i < count; i += 1) {
    for (let j = 0; j < count; j += 1) {
      if (i === j) continue;
      // Two at one place part along a direction that depends on their order only.
      const gapX = x[i] - x[j] || (i - j) * 0.01;
      const gapY = y[i] - y[j] || (i - j) * 0.01;
      const distance = gapX * gapX + gapY * gapY;
      if (distance > REACH * REACH) continue;
      const force = Math.min((LINK * LINK) / distance, 5) * 0.8;
      dx[i] += gapX * force;
      dy[i] += gapY * force;
    }
    // A light pull to the middle keeps loose parts in the picture, stronger in height because screens are wide.
    dx[i] -= x[i] * 0.03 * Math.sqrt(count);
    dy[i] -= y[i] * 0.05 * Math.sqrt(count);
  }
}

function attract({ x, y }, links, dx, dy) {
  for (const [i, j] of links) {
    const gapX = x[i] - x[j];
    const gapY = y[i] - y[j];
    const force = Math.hypot(gapX, gapY) / LINK;
    dx[i] -= gapX * force;
    dy[i] -= gapY * force;
    dx[j] += gapX * force;
    dy[j] += gapY * force;
  }
}

// Pushes boxes apart along their lesser overlap until labels can be read.
function separate(bodies) {
  const rounds = Math.max(20, Math.min(120, Math.floor(WORK / (bodies.count * bodies.count))));
  for (let round = 0; round < rounds; round += 1) {
    let moved = false;
    for (let i = 0; i < bodies.count; i += 1) {
      for (let j = Math.max(i + 1, bodies.fixed); j < bodies.count; j += 1) moved = part(bodies, i, j) || moved;
    }
    if (!moved) return;
  }
}

function part({ fixed, x, y, width, height }, i, j) {
  const gapX = x[j] - x[i];
  const gapY = y[j] - y[i];
  const overX = (width[i] + width[j]) / 2 - Math.abs(gapX);
  const overY = (height[i] + height[j]) / 2 - Math.abs(gapY);
  if (overX <= 0 || overY <= 0) return false;
  // An earlier body that is fixed leaves the whole way to the later one.
  const share = i < fixed ? 0 : 0.5;
  if (overX < overY) {
    const push = (overX + 1) * (gapX < 0 ? -1 : 1);
    x[i] -= push * share;
    x[j] += push * (1 - share);
  } else {
    const push = (overY + 1) * (gapY < 0 ? -1 : 1);
    y[i] -= push * share;
    y[j] += push * (1 - share);
  }
  return true;
}

/** A path as a chain, from left to right, or downwards where the picture is higher than wide. */
export function placeChain(nodes, boxes, upright, places) {
  let along = 0;
  nodes.forEach((node, i) => {
    const size = upright ? 120 : Math.max(190, (boxes(node).width + boxes(nodes[Math.max(0, i - 1)]).width) / 2 + 110);
    along += i === 0 ? 0 : size;
    const sway = i % 2 === 0 ? -22 : 22;
    places.set(node, upright ? { x: sway, y: along } : { x: along, y: sway });
  });
}

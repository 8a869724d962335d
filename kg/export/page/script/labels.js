// Names at one size on the screen whatever the zoom: the most important first, and none over another.
//
// vis-network's own labels shrink with the picture and lie on each other; here one that finds no room is left out
// until the reader zooms in or points at it.

const NAME_SIZE = 13;
const RELATION_SIZE = 11;
const BADGE_SIZE = 10;

/**
 * Writes labels over the picture. `names` are { text, x, y, radius, color, strong, must } and stand at their disc,
 * `relations` are { text, ax, ay, bx, by, color }, `discs` are { x, y, radius } that labels keep clear of, `badges` are
 * { text, x, y, radius } small beside a disc; all in the picture's units.
 */
export function writeLabels(context, theme, { names, relations = [], discs = [], badges = [], most = 400 }) {
  const matrix = context.getTransform();
  const ratio = window.devicePixelRatio || 1;
  const sheet = { context, matrix, ratio, theme, discs: [], texts: [] };
  context.save();
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.lineJoin = "round";
  context.strokeStyle = theme.paper;
  sheet.discs = discs.map((disc) => discBox(sheet, disc));
  for (const name of names) {
    if (sheet.texts.length >= most) break;
    writeName(sheet, name);
  }
  useFont(sheet, RELATION_SIZE, false);
  for (const relation of relations) writeRelation(sheet, relation);
  useFont(sheet, BADGE_SIZE, false);
  for (const badge of badges) writeBadge(sheet, badge);
  context.restore();
}

function useFont(sheet, size, strong) {
  sheet.size = size * sheet.ratio;
  sheet.context.font = `${strong ? "600 " : ""}${sheet.size}px ${sheet.theme.font}`;
  sheet.context.lineWidth = 3.5 * sheet.ratio;
}

function onScreen({ matrix }, x, y) {
  return { x: x * matrix.a + matrix.e, y: y * matrix.d + matrix.f };
}

// Under its disc; if something is there already, over it or beside it. The most important may cover discs, but no name.
function writeName(sheet, { text, x, y, radius, color, strong, must }) {
  useFont(sheet, NAME_SIZE, strong);
  const center = onScreen(sheet, x, y);
  if (isOutside(sheet, center)) return;
  const down = radius * sheet.matrix.a + sheet.size * 0.8;
  const half = sheet.context.measureText(text).width / 2 + 4 * sheet.ratio;
  const aside = radius * sheet.matrix.a + half;
  const steps = [[0, down], [0, -down], [aside, 0], [-aside, 0]];
  const tries = steps.map(([right, below]) => ({ x: center.x + right, y: center.y + below }));
  const look = { color, gap: 2 };
  if (tries.some((at) => place(sheet, text, at, look)) || !must) return;
  const inside = (at) => ({ ...at, x: Math.min(Math.max(at.x, half), sheet.context.canvas.width - half) });
  tries.some((at) => place(sheet, text, inside(at), { ...look, over: true }));
}

// On the middle of the line, if the line is long enough to show that the word belongs to it.
function writeRelation(sheet, { text, ax, ay, bx, by, color }) {
  const a = onScreen(sheet, ax, ay);
  const b = onScreen(sheet, bx, by);
  const at = { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
  if (isOutside(sheet, at)) return;
  const width = sheet.context.measureText(text).width;
  if (Math.hypot(a.x - b.x, a.y - b.y) < width + 34 * sheet.ratio) return;
  place(sheet, text, at, { color, gap: 2, backed: true });
}

function writeBadge(sheet, { text, x, y, radius }) {
  const at = onScreen(sheet, x + radius, y - radius);
  at.x += sheet.context.measureText(text).width / 2 + 2 * sheet.ratio;
  at.y -= sheet.size * 0.4;
  if (!isOutside(sheet, at)) place(sheet, text, at, { color: sheet.theme.muted, gap: 1 });
}

function isOutside({ context }, { x, y }) {
  return x < 0 || y < 0 || x > context.canvas.width || y > context.canvas.height;
}

// Writes a text around a point if there is room, `over` discs if need be; `backed` on a plate of paper. Says whether it did.
function place({ context, discs, texts, size, ratio, theme }, text, at, { color, gap, backed = false, over = false }) {
  const half = context.measureText(text).width / 2 + gap * ratio;
  const box = { left: at.x - half, right: at.x + half, top: at.y - size * 0.6, bottom: at.y + size * 0.6 };
  const { width, height } = context.canvas;
  if (box.left < 0 || box.right > width || box.top < 0 || box.bottom > height) return false;
  if (texts.some((other) => overlap(box, other)) || (!over && discs.some((other) => overlap(box, other)))) return false;
  texts.push(box);
  if (backed) {
    context.fillStyle = theme.paper;
    context.fillRect(box.left, box.top, box.right - box.left, box.bottom - box.top);
  } else {
    context.strokeText(text, at.x, at.y);
  }
  context.fillStyle = color;
  context.fillText(text, at.x, at.y);
  return true;
}

function discBox(sheet, { x, y, radius }) {
  const at = onScreen(sheet, x, y);
  // A word may touch the rim of a disc, not cover it.
  const size = radius * sheet.matrix.a * 0.8;
  return { left: at.x - size, right: at.x + size, top: at.y - size, bottom: at.y + size };
}

function overlap(a, b) {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

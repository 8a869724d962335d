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
  const sheet = { context, matrix, ratio, theme, taken: [] };
  context.save();
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.lineJoin = "round";
  context.strokeStyle = theme.paper;
  for (const disc of discs) sheet.taken.push(discBox(sheet, disc));
  const full = discs.length + most;
  for (const name of names) {
    if (sheet.taken.length >= full) break;
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

// Under its disc; if something is there already, over it or beside it. The most important are written in any case.
function writeName(sheet, { text, x, y, radius, color, strong, must }) {
  useFont(sheet, NAME_SIZE, strong);
  const center = onScreen(sheet, x, y);
  if (isOutside(sheet, center)) return;
  const down = radius * sheet.matrix.a + sheet.size * 0.8;
  const aside = radius * sheet.matrix.a + sheet.context.measureText(text).width / 2 + 4 * sheet.ratio;
  const tries = [[0, down], [0, -down], [aside, 0], [-aside, 0]];
  const look = { color, gap: 2 };
  if (tries.some(([dx, dy]) => place(sheet, text, { x: center.x + dx, y: center.y + dy }, look)) || !must) return;
  place(sheet, text, { x: center.x, y: center.y + down }, { ...look, always: true });
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

// Writes a text around a point if there is room, or `always`; `backed` on a plate of paper. Says whether it did.
function place({ context, taken, size, ratio, theme }, text, at, { color, gap, backed = false, always = false }) {
  const half = context.measureText(text).width / 2 + gap * ratio;
  const box = { left: at.x - half, right: at.x + half, top: at.y - size * 0.6, bottom: at.y + size * 0.6 };
  const cut = box.left < 0 || box.right > context.canvas.width;
  if (!always && (cut || taken.some((other) => overlap(box, other)))) return false;
  taken.push(box);
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

// Names at one size on the screen whatever the zoom: the most important first, and none over another.
//
// vis-network's own labels shrink with the picture and lie on each other; here one that finds no room is left out
// until the reader zooms in or points at it.

const NAME_SIZE = 13;
const RELATION_SIZE = 11;
const BADGE_SIZE = 10;

/**
 * Writes labels over the picture. `names` are { text, x, y, color, strong }, their y where the text begins, `relations`
 * are { text, ax, ay, bx, by, color }, `discs` are { x, y, radius } that relations keep clear of, `badges` are
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
  useFont(sheet, NAME_SIZE, false);
  for (const name of names) {
    if (sheet.taken.length >= most) break;
    writeName(sheet, name);
  }
  for (const disc of discs) sheet.taken.push(discBox(sheet, disc));
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

function writeName(sheet, { text, x, y, color, strong }) {
  const at = onScreen(sheet, x, y);
  at.y += sheet.size * 0.75;
  if (isOutside(sheet, at)) return;
  if (strong) useFont(sheet, NAME_SIZE, true);
  place(sheet, text, at, color, 4);
  if (strong) useFont(sheet, NAME_SIZE, false);
}

// On the middle of the line, if the line is long enough to show that the word belongs to it.
function writeRelation(sheet, { text, ax, ay, bx, by, color }) {
  const a = onScreen(sheet, ax, ay);
  const b = onScreen(sheet, bx, by);
  const at = { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
  if (isOutside(sheet, at)) return;
  const width = sheet.context.measureText(text).width;
  if (Math.hypot(a.x - b.x, a.y - b.y) < width + 34 * sheet.ratio) return;
  place(sheet, text, at, color, 2, true);
}

function writeBadge(sheet, { text, x, y, radius }) {
  const at = onScreen(sheet, x + radius, y - radius);
  at.x += sheet.context.measureText(text).width / 2 + 2 * sheet.ratio;
  at.y -= sheet.size * 0.4;
  if (!isOutside(sheet, at)) place(sheet, text, at, sheet.theme.muted, 1);
}

function isOutside({ context }, { x, y }) {
  return x < 0 || y < 0 || x > context.canvas.width || y > context.canvas.height;
}

function place({ context, taken, size, ratio, theme }, text, at, color, gap, backed = false) {
  const half = context.measureText(text).width / 2 + gap * ratio;
  const box = { left: at.x - half, right: at.x + half, top: at.y - size * 0.6, bottom: at.y + size * 0.6 };
  if (taken.some((other) => overlap(box, other))) return;
  taken.push(box);
  if (backed) {
    context.fillStyle = theme.paper;
    context.fillRect(box.left, box.top, box.right - box.left, box.bottom - box.top);
  } else {
    context.strokeText(text, at.x, at.y);
  }
  context.fillStyle = color;
  context.fillText(text, at.x, at.y);
}

function discBox(sheet, { x, y, radius }) {
  const at = onScreen(sheet, x, y);
  const size = radius * sheet.matrix.a;
  return { left: at.x - size, right: at.x + size, top: at.y - size, bottom: at.y + size };
}

function overlap(a, b) {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

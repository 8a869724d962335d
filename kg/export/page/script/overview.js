// The whole of a big graph: too much for vis-network to move smoothly, so it is painted beneath it, with vis-network
// keeping the camera.
//
// The picture is painted in slices between frames and kept. While the reader pans or zooms, the kept one is moved, and
// a sharp one follows when the hand rests. Names are written over it, the best-connected first, as many as there is room.

import { writeLabels } from "./labels.js";

const MARGIN = 0.5;
const REST_MS = 140;
const SLICE_MS = 9;
const BATCH = 600;
const MOST_LABELS = 70;
const MOST_TRIED = 5000;

/**
 * `show(content)` says what to paint, null for nothing; `paint(context)` is to be called before vis-network draws, with
 * its transform set; `nodeAt` finds what is under the pointer. `refresh` is called when a sharper picture is ready.
 */
export function makeOverview(refresh) {
  let content = null;
  let kept = null;
  let run = 0;
  let timer = 0;

  function show(next) {
    content = next;
    kept = null;
    run += 1;
    clearTimeout(timer);
  }

  function paint(context) {
    if (!content) return;
    const matrix = context.getTransform();
    if (kept) context.drawImage(kept.bitmap, kept.x, kept.y, kept.width, kept.height);
    writeNames(context, content);
    if (kept && sameView(kept.matrix, matrix)) return;
    clearTimeout(timer);
    timer = setTimeout(() => startPainting(matrix, context.canvas), kept ? REST_MS : 0);
  }

  function startPainting(matrix, canvas) {
    run += 1;
    const mine = run;
    const frame = makeFrame(matrix, canvas);
    const work = strokes(content, frame);
    const slice = () => {
      if (mine !== run) return;
      const until = performance.now() + SLICE_MS;
      let done = false;
      while (!done && performance.now() < until) done = work.next().done;
      if (!done) {
        requestAnimationFrame(slice);
        return;
      }
      kept = frame;
      refresh();
    };
    slice();
  }

  return {
    show,
    paint,
    nodeAt: (x, y, reach) => (content ? nearest(content, x, y, reach) : null),
    isShown: () => content !== null,
    isSharp: () => kept !== null,
  };
}

function sameView(a, b) {
  return a.a === b.a && a.e === b.e && a.f === b.f;
}

// A bitmap that covers the view and a margin around it, so that a pan finds something there.
function makeFrame(matrix, canvas) {
  const inset = { x: canvas.width * MARGIN, y: canvas.height * MARGIN };
  const bitmap = document.createElement("canvas");
  bitmap.width = Math.ceil(canvas.width + 2 * inset.x);
  bitmap.height = Math.ceil(canvas.height + 2 * inset.y);
  const scale = matrix.a;
  return {
    bitmap,
    matrix,
    scale,
    x: (-inset.x - matrix.e) / scale,
    y: (-inset.y - matrix.f) / scale,
    width: bitmap.width / scale,
    height: bitmap.height / scale,
  };
}

// Draws the lines, then the dots, pausing after each batch.
function* strokes(content, frame) {
  const context = frame.bitmap.getContext("2d");
  const { scale } = frame;
  context.setTransform(scale, 0, 0, scale, -frame.x * scale, -frame.y * scale);
  yield* drawLines(context, content, frame, content.lines, {
    color: content.theme.line,
    alpha: Math.min(0.5, Math.max(0.09, 2500 / (content.lines.length + 1))),
    width: Math.max(0.7 / scale, 0.4),
  });
  yield* drawDots(context, content, frame);
  yield* drawLines(context, content, frame, content.pickedLines, {
    color: content.theme.accent,
    alpha: 0.8,
    width: 1.4 / scale,
  });
}

function* drawLines(context, { x, y }, frame, lines, { color, alpha, width }) {
  context.strokeStyle = color;
  context.lineWidth = width;
  context.globalAlpha = alpha;
  for (let start = 0; start < lines.length; start += BATCH) {
    context.beginPath();
    for (const [a, b] of lines.slice(start, start + BATCH)) {
      if (outside(frame, x[a], y[a], x[b], y[b])) continue;
      context.moveTo(x[a], y[a]);
      context.lineTo(x[b], y[b]);
    }
    context.stroke();
    yield;
  }
}

function* drawDots(context, { nodes, x, y, color, radius }, frame) {
  context.globalAlpha = 0.9;
  // The best-connected come first in the list and are to lie on top.
  for (let end = nodes.length; end > 0; end -= BATCH) {
    for (const node of nodes.slice(Math.max(0, end - BATCH), end).reverse()) {
      if (outside(frame, x[node], y[node], x[node], y[node])) continue;
      context.fillStyle = color(node);
      context.beginPath();
      context.arc(x[node], y[node], Math.max(radius(node), 1.2 / frame.scale), 0, 2 * Math.PI);
      context.fill();
    }
    yield;
  }
}

function outside(frame, ax, ay, bx, by) {
  return (
    Math.max(ax, bx) < frame.x || Math.min(ax, bx) > frame.x + frame.width ||
    Math.max(ay, by) < frame.y || Math.min(ay, by) > frame.y + frame.height
  );
}

function writeNames(context, { nodes, x, y, radius, label, theme, picked }) {
  const item = (node) => ({
    text: label(node),
    x: x[node],
    y: y[node],
    radius: radius(node),
    color: node === picked ? theme.accent : theme.ink,
    strong: node === picked,
    must: node === picked,
  });
  const names = nodes.slice(0, MOST_TRIED).map(item);
  writeLabels(context, theme, { names: picked === null ? names : [item(picked), ...names], most: MOST_LABELS });
}

function nearest({ nodes, x, y }, atX, atY, reach) {
  let best = null;
  let least = reach * reach;
  for (const node of nodes) {
    const distance = (x[node] - atX) ** 2 + (y[node] - atY) ** 2;
    if (distance < least) {
      least = distance;
      best = node;
    }
  }
  return best;
}

"""How much of what is missing do suggestions win back?

    python benchmarks/suggestions.py GOLD_DIR [--texts DIR] [--accept N] [--third N]

Takes a third of the lexicon's entities and of the relations' frames out of a copy of the shipped rules,
accepts the first N suggestions for the articles of a gold folder, and prints precision and recall with all
rules, with what was left, and with what was suggested: how much of the lost recall came back, and how many
of the statements that came back are right. As the rules themselves err, it also prints how many of the wrong
ones all rules say too, and how many are right of all that was lost. `--third` is 0, 1 or 2: which is taken out.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import shutil
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from kg.authoring import diff, starting, suggest
from kg.authoring.reading import RIGHT, WRONG
from kg.evaluate import Evaluation, evaluate

_EMPTY = re.compile(r"^(?:frames|phrases):\n(?:  #.*\n)*(?=\w)", re.MULTILINE)
_ENTITY = re.compile(r"  \S.*: \[.*\]\s*(?:#.*)?$")


def is_taken_out(text: str, third: int) -> bool:
    """Tell whether a line belongs to a third of all lines: the same ones in every run."""
    return hashlib.sha256(text.encode()).digest()[0] % 3 == third


def thin_out(folder: Path, third: int) -> tuple[int, int]:
    """Take a third of the entities and frames out of a rule folder; return how many of each."""
    entities = frames = 0
    for path in (folder / "lexicon").glob("*.yaml"):
        lines = path.read_text(encoding="utf-8").splitlines()
        start = lines.index("entities:") + 1
        kept = [
            line
            for n, line in enumerate(lines)
            if n < start or not _ENTITY.match(line) or not is_taken_out(line, third)
        ]
        entities += len(lines) - len(kept)
        path.write_text("\n".join(kept) + "\n", encoding="utf-8")
    for path in (folder / "relations").glob("*.yaml"):
        lines = path.read_text(encoding="utf-8").splitlines()
        frame = [n for n, line in enumerate(lines) if line.startswith("  - ") and "=>" not in line]
        out = {number for number in frame if is_taken_out(lines[number], third)}
        if len(out) == len(frame):
            out.pop()
        frames += len(out)
        text = "\n".join(line for number, line in enumerate(lines) if number not in out)
        text = _EMPTY.sub("", text + "\n")
        path.write_text(text, encoding="utf-8")
    return entities, frames


def show(name: str, found: Evaluation) -> None:
    """Print one line of figures."""
    score = found.strict
    print(f"{name:12} P {score.precision:.3f}  R {score.recall:.3f}  F1 {score.f1:.3f}")


def triple(change: diff.Change) -> tuple[str, str, str, str]:
    """Return what a change says, and where."""
    return change.doc, change.head, change.relation, change.tail


def main() -> None:
    """Run the experiment and print its figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", type=Path)
    parser.add_argument("--texts", type=Path, help="where the articles are, if not beside the gold")
    parser.add_argument("--accept", type=int, default=100, metavar="N")
    parser.add_argument("--third", type=int, choices=(0, 1, 2), default=0)
    options = parser.parse_args()
    texts = options.texts or options.gold
    ids = {path.stem for path in options.gold.glob("*.json")}
    articles = [str(path) for path in sorted(texts.glob("*.txt")) if path.stem in ids]
    with TemporaryDirectory() as name:
        full, thin = Path(name) / "full", Path(name) / "thin"
        starting.init(full)
        starting.init(thin)
        entities, frames = thin_out(thin, options.third)
        print(f"{entities} entities and {frames} frames taken out")
        before = evaluate(options.gold, full, texts=texts)
        show("all rules", before)
        left = evaluate(options.gold, thin, texts=texts)
        show("left", left)
        shutil.copytree(thin, Path(name) / "old")
        began = time.process_time()
        found = suggest.suggest(thin, articles)
        print(f"{(time.process_time() - began) / len(articles):.2f} s an article")
        for item in found.items[: options.accept]:
            suggest.accept(found, item.number)
        after = evaluate(options.gold, thin, texts=texts)
        show("suggested", after)
        gained = diff.diff(Path(name) / "old", thin, articles, options.gold).gained
        lost = diff.diff(Path(name) / "old", full, articles, options.gold).gained
    verdicts = [change.verdict for change in gained]
    right, wrong = verdicts.count(RIGHT), verdicts.count(WRONG)
    missing = before.strict.recall - left.strict.recall
    back = after.strict.recall - left.strict.recall
    print(f"{min(options.accept, len(found.items))} suggestions accepted")
    print(
        f"{back / missing:.0%} of the lost recall won back at precision {right / max(1, right + wrong):.2f}"
    )
    said = {triple(change) for change in lost}
    shared = sum(change.verdict == WRONG and triple(change) in said for change in gained)
    lost_right = sum(change.verdict == RIGHT for change in lost)
    print(f"of the {wrong} wrong ones {shared} are what all rules say too")
    print(f"of all that was lost {lost_right / max(1, len(lost)):.2f} is right")


if __name__ == "__main__":
    main()

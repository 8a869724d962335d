"""How much of what is missing do suggestions win back?

    python -m benchmarks.suggestions GOLD_DIR [--texts DIR] [--accept N] [--third N ...]

Takes a third of the lexicon's entities and of the relations' frames out of a copy of the shipped rules,
accepts the first N suggestions for the articles of a gold folder, and prints precision and recall with all
rules, with what was left, and with what was suggested: how much of the lost recall came back, how many of the
triples that came back are right, and how many of all that is found then. As the rules themselves err, it also
prints how many of the wrong ones all rules say too, and how many are right of all that was lost. `--third` says
which are taken out: 0, 1 and 2 divide the lines one way, 3, 4 and 5 another way, and so on.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import time
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from kg.authoring import starting, suggest
from kg.evaluate import Guide, gold, predictions
from kg.evaluate.scoring import Scorer
from kg.extraction import Extractor

_EMPTY = re.compile(r"^(?:frames|phrases):\n(?:  #.*\n)*(?=\w)", re.MULTILINE)
_THIRDS = 3
_ENTITY = re.compile(r"  \S.*: \[.*\]\s*(?:#.*)?$")


Triple = tuple[str, gold.Key]
"""An article and what is said in it, by the gold's own names where it has them."""


@dataclass(frozen=True, slots=True)
class Found:
    """The right and the wrong triples that some rules find, and how many the gold holds."""

    right: frozenset[Triple]
    wrong: frozenset[Triple]
    wanted: int

    @property
    def recall(self) -> float:
        """Return the share of the gold that is found."""
        return len(self.right) / self.wanted

    def __str__(self) -> str:
        precision = share(self.right, self.wrong)
        both = 2 * precision * self.recall / (precision + self.recall)
        return f"P {precision:.3f}  R {self.recall:.3f}  F1 {both:.3f}"


def share(right: frozenset[Triple], wrong: frozenset[Triple]) -> float:
    """Return the share of what is right."""
    return len(right) / max(1, len(right) + len(wrong))


def find(rules_dir: Path, gold_dir: Path, texts: Path) -> Found:
    """Return what the rules of a folder find in the articles of a gold folder."""
    extractor = Extractor.load(rules_dir)
    ontology = extractor.rules.ontology
    golds = gold.load(gold_dir, ontology.symmetric)
    said = predictions.extracted(extractor, texts, set(golds))
    tally = Scorer(golds, ontology.relations, ontology.symmetric, Guide()).tally(said, relaxed=False)
    right = frozenset((article, key) for article, keys in tally.hit.items() for key in keys)
    return Found(right, frozenset(tally.wrong), sum(len(article.triples) for article in golds.values()))


def is_taken_out(text: str, third: int) -> bool:
    """Tell whether a line belongs to a third of all lines: the same ones in every run."""
    division, part = divmod(third, _THIRDS)
    salted = f"{division}{text}" if division else text
    return hashlib.sha256(salted.encode()).digest()[0] % _THIRDS == part


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


def measure(third: int, accepted: int, gold_dir: Path, texts: Path) -> None:
    """Take out a third, accept suggestions, and print what came back."""
    ids = {path.stem for path in gold_dir.glob("*.json")}
    articles = [str(path) for path in sorted(texts.glob("*.txt")) if path.stem in ids]
    with TemporaryDirectory() as name:
        full, thin = Path(name) / "full", Path(name) / "thin"
        starting.init(full)
        starting.init(thin)
        entities, frames = thin_out(thin, third)
        whole, left = find(full, gold_dir, texts), find(thin, gold_dir, texts)
        began = time.process_time()
        suggested = suggest.suggest(thin, articles)
        seconds = (time.process_time() - began) / len(articles)
        for item in suggested.items[:accepted]:
            suggest.accept(suggested, item.number)
        after = find(thin, gold_dir, texts)
    print(f"third {third}: {entities} entities and {frames} frames taken out")
    print(f"all rules    {whole}\nleft         {left}\nsuggested    {after}")
    report(whole, left, after)
    print(f"{min(accepted, len(suggested.items))} suggestions accepted, {seconds:.2f} s an article\n")


def report(whole: Found, left: Found, after: Found) -> None:
    """Print how much of what was lost came back, and how much of what came back is right."""
    right, wrong = after.right - left.right, after.wrong - left.wrong
    back = (after.recall - left.recall) / (whole.recall - left.recall)
    print(f"{back:.0%} of the lost recall won back")
    print(
        f"precision of what came back {share(right, wrong):.2f}, of the whole {share(after.right, after.wrong):.3f}"
    )
    print(f"of the {len(wrong)} wrong ones {len(wrong & whole.wrong)} are what all rules say too")
    print(f"of all that was lost {share(whole.right - left.right, whole.wrong - left.wrong):.2f} is right")


def main() -> None:
    """Run the experiment and print its figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", type=Path)
    parser.add_argument("--texts", type=Path, help="where the articles are, if not beside the gold")
    parser.add_argument("--accept", type=int, default=100, metavar="N")
    parser.add_argument("--third", type=int, nargs="+", default=[0, 1, 2], metavar="N")
    options = parser.parse_args()
    for third in options.third:
        measure(third, options.accept, options.gold, options.texts or options.gold)


if __name__ == "__main__":
    main()

"""Synthetic news: articles composed from the templates of corpus.yaml and the lexicon, each one different.

The same seed gives the same articles whatever number of them is asked for.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from kg.rules import ruleset

SHARES = {"stating": 0.22, "naming": 0.38, "nameless": 0.40}
"""How many of the sentences state something, hold names only, hold none: as in the seeds (21%, 42%, 37%)."""

SEED = 7
_SLOT = re.compile(r"【(\w+)】")
_SENTENCES_AN_ARTICLE = (8, 40)
_SENTENCES_A_NOTE = 4
_SENTENCES_A_PARAGRAPH = 4
_FILES_A_FOLDER = 1_000


@dataclass(frozen=True, slots=True)
class Article:
    """One article as it would stand in a file."""

    name: str
    text: str


class Composer:
    """Composes articles from templates and the names of a rule folder's lexicon."""

    def __init__(self, rules_dir: Path | None = None, templates: Path | None = None) -> None:
        path = templates or Path(__file__).with_name("corpus.yaml")
        self._data: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
        self._names = _names_by_type(rules_dir or ruleset.shipped())
        self._kinds, self._shares = list(SHARES), list(SHARES.values())
        self._figures: Mapping[str, Callable[[random.Random], str]] = {
            "年": lambda r: str(r.randint(2012, 2024)),
            "月": lambda r: str(r.randint(1, 12)),
            "日": lambda r: str(r.randint(1, 28)),
            "几": lambda r: str(r.randint(2, 9)),
            "数": lambda r: str(r.randint(2, 600)),
            "小数": lambda r: f"{r.uniform(0.1, 60):.1f}",
            "金额": lambda r: (
                f"{r.randint(1, 900)}{r.choice(('万', '亿', '亿', '千万'))}{r.choice(('元', '美元'))}"
            ),
            "新人": self._person,
            "新公司": self._company,
        }

    def article(self, seed: int, number: int) -> Article:
        """Return the article with this number; it depends on nothing but the seed and the number."""
        chance = random.Random(f"{seed}/{number}")
        written = [self._fill(chance, chance.choice(self._data["titles"])), ""]
        date = f"{chance.randint(2018, 2024)}-{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}"
        written.append(f"发布时间：{date}")
        paragraph: list[str] = []
        for kind in chance.choices(self._kinds, self._shares, k=chance.randint(*_SENTENCES_AN_ARTICLE)):
            paragraph.append(self._fill(chance, chance.choice(self._data[kind])))
            if len(paragraph) == _SENTENCES_A_PARAGRAPH:
                written.append("".join(paragraph))
                paragraph = []
        return Article(f"{number:09d}.txt", "\n".join([*written, "".join(paragraph), ""]))

    def note(self, seed: int, number: int) -> dict[str, str]:
        """Return a short document of four sentences, about 110 characters, as a line of JSONL has it."""
        chance = random.Random(f"note {seed}/{number}")
        kinds = chance.choices(self._kinds, self._shares, k=_SENTENCES_A_NOTE)
        text = "".join(self._fill(chance, chance.choice(self._data[kind])) for kind in kinds)
        date = f"{chance.randint(2018, 2024)}-{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}"
        return {"id": f"{number:09d}", "text": text, "date": date}

    def articles(self, seed: int, size: int) -> Iterator[Article]:
        """Yield articles until they are `size` bytes of UTF-8 together."""
        number = total = 0
        while total < size:
            article = self.article(seed, number)
            yield article
            total += len(article.text.encode())
            number += 1

    def _fill(self, chance: random.Random, template: str) -> str:
        return _SLOT.sub(lambda slot: self._filling(chance, slot[1]), template)

    def _filling(self, chance: random.Random, slot: str) -> str:
        if slot in self._figures:
            return self._figures[slot](chance)
        if slot in self._data["words"]:
            word: str = chance.choice(self._data["words"][slot])
            return word
        names = self._names[slot]
        return names[int(len(names) * chance.random() ** 2)]  # some are in the news more often than others

    def _person(self, chance: random.Random) -> str:
        given = chance.choices(self._data["given"], k=chance.choice((1, 2, 2)))
        return str(chance.choice(self._data["surnames"])) + "".join(given)

    def _company(self, chance: random.Random) -> str:
        return f"{chance.choice(self._data['stems'])}{chance.choice(self._data['endings'])}"


def write_articles(folder: Path, articles: Iterable[Article]) -> list[Path]:
    """Write articles below a folder, a thousand in each of its own, and return their files."""
    paths: list[Path] = []
    for number, article in enumerate(articles):
        own = folder / f"{number // _FILES_A_FOLDER:04d}"
        own.mkdir(parents=True, exist_ok=True)
        paths.append(own / article.name)
        paths[-1].write_text(article.text, encoding="utf-8")
    return paths


def _names_by_type(rules_dir: Path) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for entry in ruleset.load(rules_dir).lexicon.entries:
        found.setdefault(entry.type, []).append(entry.name)
    for names in found.values():
        random.Random(0).shuffle(names)
    return found

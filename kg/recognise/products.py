"""Products that no list holds, by the class word beside the name: 开源推理框架PowerInfer, 央视听媒体大模型."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.recognise.mentions import CONTEXT, LEXICON, SHAPE, Mention
from kg.recognise.nominal import Atom, Run
from kg.recognise.segment import is_word
from kg.rules.patterns import alternatives, any_of
from kg.rules.ruleset import RuleSet

_MAX_LENGTH = 16
_COINED = 3
_CJK = re.compile(r"[\u4e00-\u9fff]+")
_CODE = re.compile(r"[A-Z]{1,3}\d{1,4}[A-Za-z]{0,3}")
_VERSION = re.compile(r"\d\.\d{1,2}")
_NUMBER_GOES_ON = re.compile(r"[%‰\d.]")
_NAMING_TAGS = ("nr", "nz")


class ProductRecogniser:
    """Decides which unknown names are products, and where a product's name ends."""

    def __init__(self, rules: RuleSet) -> None:
        data = rules.products
        self._type = rules.ontology.kinds.product
        self._before = tuple(sorted(data.class_before, key=len, reverse=True))
        self._after = tuple(sorted(data.class_words, key=len, reverse=True))
        self._extending = tuple(sorted(data.extending, key=len, reverse=True))
        self._edition, self._edition_of = data.edition, tuple(data.edition_of)
        self._kind, self._code_brands = data.kind, frozenset(data.code_brands)
        self._code = re.compile(rf" ?\d{{1,3}}(?!{alternatives(data.measures)})[A-Z]{{1,2}}(?![A-Za-z\d])")
        self._endings = tuple(sorted(data.endings, key=len, reverse=True))
        classes = "|".join(map(re.escape, self._after))
        self._model = re.compile(rf" ?(?:AI|智能)?(?:{classes})[A-Z][A-Za-z]*\d[A-Za-z0-9]*")
        self._trades = frozenset(
            (*rules.organisations.generic, *rules.organisations.trades, *data.trades, *rules.roles.fields)
        )
        self._coinable = tuple(data.coinable)
        self._releasing = tuple(data.releasing)
        self._measures = any_of(data.measures)
        self._classes = self._trades | frozenset((*data.class_before, *data.class_words, *data.endings))
        self._telling_nothing = self._trades.union(rules.organisations.generic, data.class_words)
        self._technology, self._organisation = (
            rules.ontology.kinds.technology,
            rules.ontology.kinds.organisation,
        )
        self._team = re.compile(
            rf" ?(?:{alternatives(data.teams)})(?=[^，。；]{{0,6}}?(?:{alternatives(data.team_deeds)}))"
        )
        self._proposing, self._methods = tuple(data.proposing), tuple(data.methods)

    def _with_codes(self, text: str, mentions: list[Mention]) -> list[Mention]:
        """Join a brand and the code right behind it: 尊界|S800, 讯飞星火|X1."""
        done: list[Mention] = []
        for mention in sorted(mentions, key=lambda m: m.start):
            before = done[-1] if done else None
            latin = before is not None and text[before.end - 1].isascii() and mention.source < LEXICON
            if (
                before is not None
                and before.end <= mention.start
                and (
                    before.types == mention.types == self._type
                    or self._is_further_word(text, before, mention)
                )
                and text[mention.start].isascii()
                and text[before.end : mention.start] in ((" ",) if latin else ("", " ", "·"))
                and (latin or not text[before.end - 1].isascii())
            ):
                done[-1] = Mention(
                    before.start, mention.end, text[before.start : mention.end], self._type, SHAPE
                )
            else:
                done.append(mention)
        return done

    def _with_models(self, text: str, mentions: list[Mention]) -> list[Mention]:
        """Make one product of a brand and the number of a model behind it, which no list holds: 极氪| 8X, 荣耀|30S."""
        if not any(mention.name in self._code_brands for mention in mentions):
            return mentions
        listed = {mention.start for mention in mentions if mention.source >= LEXICON}
        done: list[Mention] = []
        for mention in mentions:
            code = self._code.match(text, mention.end) if mention.name in self._code_brands else None
            if code and listed.isdisjoint(range(mention.end, code.end())):
                name = text[mention.start : code.end()]
                done.append(Mention(mention.start, code.end(), name, self._type, SHAPE))
            elif not done or mention.start >= done[-1].end:
                done.append(mention)
        return done

    def _is_further_word(self, text: str, before: Mention, mention: Mention) -> bool:
        """Tell whether an unknown Latin word goes on with a known name: Qwen|Code, 云计算平台Mistral|Compute."""
        return (
            before.source == LEXICON
            and (before.types == self._type or text.endswith(self._before, 0, before.start))
            and text[before.end - 1].isascii()
            and mention.source == CONTEXT
            and bool(mention.types & self._type)
            and " " not in mention.name
            and mention.name[0].isupper()
        )

    def complete(self, text: str, mentions: list[Mention]) -> list[Mention]:
        """Return the mentions with product names made whole and unknown Latin names typed by class words."""
        done: list[Mention] = []
        for mention in self._with_models(text, self._with_codes(text, mentions)):
            if mention.types & self._type:
                team = self._team.match(text, mention.end) if mention.types == self._type else None
                if team:
                    name = text[mention.start : team.end()]
                    done.append(Mention(mention.start, team.end(), name, self._organisation, SHAPE))
                    continue
                word = next((w for w in self._extending if text.startswith(w, mention.end)), None)
                if word and not self._is_of_another(text, mention, word):
                    end = mention.end + len(word)
                    done.append(Mention(mention.start, end, text[mention.start : end], self._type, SHAPE))
                    continue
                model = self._model.match(text, mention.end)
                if model and mention.name.isascii():
                    done.append(
                        Mention(
                            mention.start, model.end(), text[mention.start : model.end()], self._type, SHAPE
                        )
                    )
                    continue
                if mention.source < LEXICON and self._is_proposed(text, mention):
                    mention.types = self._technology
                elif len(mention.types) > 1 and self._beside_class(text, mention):
                    mention.types = self._type
            done.append(mention)
        return done

    def _is_of_another(self, text: str, mention: Mention, word: str) -> bool:
        """Tell whether an edition is what another product is of this one: 甲为抖音|海外版, 剪映|海外版|CapCut.

        The class of models behind a Latin name is no part of it either: Gemini|大语言模型.
        """
        if mention.name.isascii() and word.endswith(self._kind):
            return True
        behind = text[mention.end + len(word) :]
        named = behind[:1].isascii() and behind[:1].isalpha()
        return word.endswith(self._edition) and (named or text.endswith(self._edition_of, 0, mention.start))

    def _is_proposed(self, text: str, mention: Mention) -> bool:
        """Tell whether somebody proposes what a Latin name names, or it is a method: 提出了|Titans|架构."""
        named = text.endswith(self._proposing, 0, mention.start)
        return named and (mention.source == CONTEXT or text.startswith(self._methods, mention.end))

    def _beside_class(self, text: str, mention: Mention) -> bool:
        before = text[: mention.start].rstrip("“ —")
        return before.endswith(self._before) or text.startswith(self._after, mention.end)

    def find(self, text: str, runs: Sequence[Run]) -> list[Mention]:
        """Return names that end in a product's class word and hold a word that names something."""
        found: list[Mention] = []
        for run in runs:
            atoms = self._whole_endings(run.atoms)
            found += self._versioned(text, atoms)
            last = next(
                (
                    i
                    for i in range(len(atoms) - 1, -1, -1)
                    if atoms[i].mention is None and atoms[i].text.endswith(self._endings)
                ),
                -1,
            )
            if last < 1:
                continue
            coined = self._coined(text, atoms[last - 1], atoms[last])
            if coined:
                found.append(coined)
                continue
            first = last
            while first > 0 and atoms[first - 1].mention is None:
                first -= 1
            own = [atom for atom in atoms[first : last + 1] if atom.text not in self._telling_nothing]
            if not any(atom.proper and not atom.text.endswith(self._endings) for atom in own) or all(
                atom.text[0].isdigit()
                for atom in own[:-1]  # 13B|大模型
            ):
                continue
            start, end = atoms[first].start, atoms[last].end
            if 4 <= end - start <= _MAX_LENGTH:
                found.append(Mention(start, end, text[start:end], self._type, CONTEXT))
        return found

    def _versioned(self, text: str, atoms: Sequence[Atom]) -> list[Mention]:
        """Return the names that a code or the number of a version ends: 发布|天枢|X5, 星语|2.0."""
        found: list[Mention] = []
        for stem, number in zip(atoms, atoms[1:], strict=False):
            if number.text.isalpha():
                continue
            code = bool(_CODE.fullmatch(number.text)) and not self._is_listed(number)
            version = bool(_VERSION.fullmatch(number.text)) and not self._is_amount(text, number.end)
            if not (code or version) or not self._may_be_versioned(stem):
                continue
            coined = not is_word(stem.text) or stem.tag.startswith(_NAMING_TAGS)
            if coined or (code and text.endswith(self._releasing, 0, stem.start)):
                name = text[stem.start : number.end]
                found.append(Mention(stem.start, number.end, name, self._type, SHAPE))
        return found

    def _may_be_versioned(self, stem: Atom) -> bool:
        """Tell whether a word can be the name of a product that has versions; a class of products cannot."""
        return (
            stem.mention is None
            and stem.tag.startswith(self._coinable)
            and 2 <= len(stem.text) <= _COINED
            and bool(_CJK.fullmatch(stem.text))
            and stem.text not in self._classes
        )

    def _is_amount(self, text: str, end: int) -> bool:
        """Tell whether what follows a number shows that it counts or measures something."""
        return bool(_NUMBER_GOES_ON.match(text, end) or self._measures.match(text, end))

    def _is_listed(self, atom: Atom) -> bool:
        return atom.mention is not None and atom.mention.source >= LEXICON

    def _whole_endings(self, atoms: Sequence[Atom]) -> Sequence[Atom]:
        """Return the atoms with an ending that was cut in two made one: 青鸟|大|模型."""
        done: list[Atom] = []
        for atom in atoms:
            if (
                done
                and atom.mention is None is done[-1].mention
                and done[-1].text + atom.text in self._endings
            ):
                done[-1] = done[-1]._replace(end=atom.end, text=done[-1].text + atom.text, tag=atom.tag)
            else:
                done.append(atom)
        return done

    def _coined(self, text: str, stem: Atom, ending: Atom) -> Mention | None:
        """Return the product that a plain noun and an ending name: 青鸟|大模型, where no list says 青鸟 is a trade."""
        if (
            stem.mention is not None
            or ending.text not in self._endings
            or stem.text in self._trades
            or not stem.tag.startswith(self._coinable)
            or not 2 <= len(stem.text) <= _COINED
            or not _CJK.fullmatch(stem.text)
        ):
            return None
        return Mention(stem.start, ending.end, text[stem.start : ending.end], self._type, CONTEXT)
